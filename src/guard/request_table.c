/* What a text asks for and how requests are worded, one row per kind; to add a language, add its words to the rows. Accents, case and
 * apostrophes don't matter. */
#include "guard/request.h"

#define VALUE(type, words) {0, type, false, words}
#define WEAK(type, words) {0, type, true, words}
#define FORM(form, words) {REQUEST_##form, 0, false, words}

/* clang-format off */
static const struct request_row request_rows[] = {
    VALUE(PII_CARD, "card number|card no|card numbers|credit card number|debit card number|number of your card|number on your card|"
          "number on the card|number of the card|credit card details|card details|card data|full card number|16 digits|sixteen digits|"
          "16 digit number|long number|kartennummer|kreditkartennummer|nummer ihrer karte|nummer deiner karte|nummer ihrer kreditkarte|"
          "kartendaten|kreditkartendaten|numero de carte|numero de votre carte|numero de ta carte|numero de carte bancaire|"
          "coordonnees bancaires|numero de tarjeta|numero de su tarjeta|numero de tu tarjeta|datos de su tarjeta|datos de la tarjeta|"
          "numero di carta|numero della carta|numero della sua carta|numero della tua carta|dati della carta|kaartnummer|"
          "creditcardnummer|nummer van uw kaart|nummer van je kaart|kaartgegevens|creditcardgegevens|numer karty|numer swojej karty|"
          "dane karty|numeru karty|numero do cartao|numero do seu cartao|numero de cartao|dados do cartao|kortnummer|kortnumret|"
          "numret pa ditt kort|kortuppgifter|kreditkortsnummer|kart numaraniz|kart numaranizi|kart numarasi|kart numarasini|"
          "kredi karti numaraniz|kart bilgilerinizi|kart bilgileriniz"),
    WEAK(PII_CARD, "card|credit card|debit card|payment card|karte|kreditkarte|bankkarte|carte|carte bancaire|carte de credit|tarjeta|"
          "tarjeta de credito|carta di credito|creditcard|bankpas|karte kredytowa|cartao|cartao de credito|kort|kreditkort|kredi karti"),
    VALUE(PII_CVV, "cvv|cvc|cvv2|cvc2|security code of your card|card security code|card verification|card verification code|3 digits on the back|"
          "three digits on the back|3 digit code on the back|code on the back of your card|kartenprufnummer|prufnummer|"
          "prufziffer ihrer karte|cryptogramme|code de securite de votre carte|cryptogramme visuel|codigo de seguridad de su tarjeta|"
          "codigo de seguridad de la tarjeta|codice di sicurezza della carta|beveiligingscode van uw kaart|kod cvv|kodu cvv|"
          "codigo de seguranca do cartao|cvv koden|cvv kodu|cvv kodunuz|cvv kodunuzu|guvenlik kodunuzu"),
    VALUE(PII_CARD_EXPIRY, "expiry date of your card|expiration date of your card|card expiry|card expiry date|expiry of your card|"
          "ablaufdatum ihrer karte|ablaufdatum der karte|date d expiration de votre carte|date d expiration de la carte|"
          "fecha de caducidad de su tarjeta|fecha de caducidad de la tarjeta|data di scadenza della carta|vervaldatum van uw kaart|"
          "data waznosci karty|validade do cartao|kortets utgangsdatum|kartinizin son kullanma tarihi"),
    VALUE(PII_PASSWORD, "password|passwords|passcode|passphrase|pass phrase|pass word|passwort|passwortes|passworter|kennwort|zugangsdaten|"
          "login details|login data|credentials|mot de passe|mots de passe|identifiants de connexion|contrasena|contrasenas|"
          "clave de acceso|password di accesso|parola d ordine|credenziali|wachtwoord|wachtwoorden|inloggegevens|haslo|hasla|hasel|"
          "dane logowania|senha|senhas|palavra passe|palavra chave|dados de acesso|losenord|losenordet|inloggningsuppgifter|sifreniz|"
          "sifrenizi|sifren|sifreni|parolaniz|parolanizi|parolan|parolani|online banking pin"),
    VALUE(PII_PIN, "pin|pin code|pin number|pincode|card pin|pin nummer|geheimzahl|geheimnummer|code pin|code secret|code confidentiel|codigo pin|"
          "numero pin|codice pin|pinkod|pin kod|kod pin|pin kodunuz|pin kodunuzu|pin numaraniz"),
    VALUE(PII_OTP, "one time code|one time codes|one time password|one time passcode|otp|verification code|security code|2fa code|"
          "authentication code|authenticator code|sms code|login code|code from the sms|code in the sms|code we sent|code we sent you|"
          "code we texted you|code you received|code you got|code that we sent|code we just sent|code we have sent|"
          "code we have just sent|code we ve sent|code we ve just sent|code that we just sent|code that we have sent|code that we have just sent|"
          "code that you received|code you have received|code you just received|code sent to your phone|code on your phone|"
          "code from your phone|code from the text message|code in the text message|code from the message|code from your authenticator|"
          "code from your app|6 digit code|six digit code|"
          "confirmation code from the sms|mtan|push tan|einmalcode|einmalpasswort|bestatigungscode|verifizierungscode|sicherheitscode|"
          "code aus der sms|code per sms|code aus ihrer sms|code aus der nachricht|code auf ihrem handy|code von ihrem handy|"
          "code den wir ihnen gesendet|code den wir ihnen geschickt|code recu par telephone|code que nous venons|code que nous vous avons|"
          "codigo que le enviamos|codigo que te enviamos|codigo que le hemos enviado|codigo que acabamos|codice che le abbiamo inviato|"
          "codice che abbiamo inviato|code die we u hebben gestuurd|code die we hebben gestuurd|code die wij u hebben gestuurd|"
          "kod ktory wyslalismy|codigo que enviamos|codigo que lhe enviamos|koden som vi har skickat|koden vi skickade|gonderdigimiz kodu|"
          "sms tan|code a usage unique|code de verification|code de confirmation|code recu|"
          "code recu par sms|code sms|codigo de un solo uso|codigo de verificacion|codigo sms|codigo de confirmacion|codigo que recibio|"
          "codice monouso|codice di verifica|codice otp|codice ricevuto|codice sms|eenmalige code|verificatiecode|sms code die u|"
          "kod jednorazowy|kod weryfikacyjny|kod sms|kod z sms a|kodu sms|codigo de uso unico|codigo de verificacao|engangskod|"
          "engangskoden|verifieringskod|sms koden|tek kullanimlik kod|tek kullanimlik kodu|dogrulama kodunuz|dogrulama kodunuzu|"
          "dogrulama kodu|onay kodunuzu|sms kodu|ihre tan|deine tan|tan nummer"),
    VALUE(PII_API_KEY, "api key|api token|secret key|access token|private key|recovery phrase|seed phrase|recovery code|backup code|security answer|"
          "mother s maiden name|api schlussel|geheimer schlussel|wiederherstellungsphrase|cle api|cle secrete|cle privee|clave api|"
          "clave privada|frase semilla|chiave api|chiave privata|api sleutel|prive sleutel|klucz api|klucz prywatny|chave de api|"
          "chave privada|api nyckel|privat nyckel|api anahtari|ozel anahtar"),
    VALUE(PII_BIRTH_DATE, "date of birth|birth date|birthdate|birthday|dob|year of birth|when were you born|when are you born|geburtsdatum|geburtstag|"
          "geburtsjahr|wann sind sie geboren|wann bist du geboren|wann wurden sie geboren|date de naissance|annee de naissance|"
          "anniversaire|quand etes vous ne|quand es tu ne|fecha de nacimiento|cumpleanos|cuando nacio|cuando naciste|data di nascita|"
          "compleanno|quando e nato|quando sei nato|geboortedatum|verjaardag|wanneer bent u geboren|wanneer ben je geboren|"
          "data urodzenia|date urodzenia|daty urodzenia|kiedy sie urodziles|data de nascimento|quando nasceu|fodelsedatum|fodelsedag|"
          "nar ar du fodd|dogum tarihi|dogum tarihiniz|dogum tarihinizi|dogum gununuz|ne zaman dogdunuz"),
    VALUE(PII_AGE, "how old are you|your age|wie alt sind sie|wie alt bist du|ihr alter|dein alter|quel age avez vous|quel age as tu|votre age|"
          "cuantos anos tiene|cuantos anos tienes|su edad|tu edad|quanti anni ha|quanti anni hai|la sua eta|hoe oud bent u|"
          "hoe oud ben je|uw leeftijd|ile masz lat|ile ma pan lat|wiek|quantos anos tem|sua idade|hur gammal ar du|din alder|"
          "kac yasindasiniz|yasiniz"),
    VALUE(PII_EMAIL, "e mail address|email address|mail address|e mail adresse|mailadresse|emailadresse|email adresse|adresse e mail|adresse mail|"
          "adresse email|adresse electronique|correo electronico|direccion de correo|direccion de email|indirizzo email|indirizzo e mail|"
          "indirizzo di posta elettronica|e mailadres|mailadres|emailadres|adres e mail|adres email|adresu e mail|endereco de email|"
          "endereco de e mail|e postadress|mejladress|mailadress|e posta adresi|e posta adresiniz|e posta adresinizi"),
    WEAK(PII_EMAIL, "email|e mail|mail|courriel|correo|mejl|e post|epost|e posta|e postaniz"),
    VALUE(PII_PHONE, "phone number|telephone number|mobile number|cell number|cell phone number|contact number|number to call|telefonnummer|"
          "handynummer|mobilnummer|rufnummer|telefonnummern|numero de telephone|numero de portable|numero de telefono|numero de movil|"
          "numero di telefono|numero di cellulare|recapito telefonico|telefoonnummer|mobiele nummer|numer telefonu|numeru telefonu|"
          "numero de telefone|numero de telemovel|telefonnumret|mobilnumret|telefon numaraniz|telefon numaranizi|telefon numarasi|"
          "cep telefonunuz|cep numaraniz"),
    WEAK(PII_PHONE, "phone|telephone|mobile|telefon|telefono|telefoon|telefone"),
    VALUE(PII_STREET, "street address|home address|postal address|shipping address|delivery address|billing address|mailing address|house number|"
          "street and house number|street name|where do you live|where you live|anschrift|postanschrift|lieferadresse|wohnadresse|"
          "hausnummer|strasse und hausnummer|wo wohnen sie|wo wohnst du|adresse postale|adresse de livraison|adresse complete|"
          "ou habitez vous|direccion postal|direccion de entrega|domicilio|donde vive|donde vives|indirizzo di casa|"
          "indirizzo di consegna|dove abita|dove abiti|adres thuis|bezorgadres|huisnummer|waar woont u|waar woon je|adres zamieszkania|"
          "adres dostawy|gdzie mieszkasz|morada|endereco completo|endereco de entrega|onde mora|hemadress|leveransadress|gatuadress|"
          "var bor du|ev adresiniz|adresiniz|adresinizi|teslimat adresiniz|nerede oturuyorsunuz"),
    WEAK(PII_STREET, "address|adresse|direccion|indirizzo|adres|endereco|adress"),
    VALUE(PII_POSTCODE, "postcode|post code|postal code|zip code|zipcode|zip|postleitzahl|plz|code postal|codigo postal|codice postale|kod pocztowy|"
          "kodu pocztowego|postnummer|posta kodu|posta kodunuz|posta kodunuzu"),
    VALUE(PII_PERSON, "full name|first name|last name|family name|surname|given name|name on the card|vorname|vornamen|nachname|nachnamen|"
          "familienname|vollstandiger name|vollstandigen namen|wie heissen sie|wie heisst du|prenom|nom de famille|nom complet|"
          "nom et prenom|comment vous appelez vous|comment t appelles tu|nombre completo|apellido|apellidos|nombre y apellidos|"
          "como se llama|como te llamas|nome e cognome|nome completo|cognome|come si chiama|come ti chiami|voornaam|achternaam|"
          "volledige naam|hoe heet u|hoe heet je|imie i nazwisko|imie|nazwisko|jak sie nazywasz|jak sie pan nazywa|sobrenome|apelido|"
          "como se chama|fornamn|efternamn|fullstandigt namn|vad heter du|adiniz|adinizi|soyadiniz|soyadinizi|adiniz soyadiniz|"
          "adinizi ve soyadinizi|what are you called|who am i talking to|mit wem spreche ich"),
    WEAK(PII_PERSON, "name|namen|nom|nombre|nome|naam|namn|isminiz|isim"),
    VALUE(PII_USERNAME, "user name|username|user id|login name|benutzername|benutzernamen|nutzername|nom d utilisateur|nombre de usuario|nome utente|"
          "gebruikersnaam|nazwa uzytkownika|nome de usuario|nome de utilizador|anvandarnamn|kullanici adiniz|kullanici adinizi"),
    VALUE(PII_PASSPORT, "passport number|passport no|number of your passport|passport details|reisepassnummer|passnummer|passdaten|numero de passeport|"
          "numero de votre passeport|numero de pasaporte|numero di passaporto|numero del passaporto|paspoortnummer|numer paszportu|"
          "numero do passaporte|pasaport numaraniz|pasaport numaranizi"),
    VALUE(PII_LICENCE, "driving licence number|driver s license number|drivers license number|driver license number|fuhrerscheinnummer|"
          "numero de permis|numero de permiso de conducir|numero di patente|numero della patente|rijbewijsnummer|numer prawa jazdy|"
          "numero da carta de conducao|korkortsnummer|ehliyet numaraniz"),
    VALUE(PII_ID_NUMBER, "id number|id card number|identity number|identity card number|national id|national id number|identification number|"
          "social security number|social security no|ssn|national insurance number|social insurance number|tax id|tax number|"
          "tax id number|taxpayer number|health insurance number|insurance number|government id|ausweisnummer|personalausweisnummer|"
          "ausweis nummer|sozialversicherungsnummer|steuernummer|steuer id|steueridentifikationsnummer|rentenversicherungsnummer|"
          "versichertennummer|krankenversicherungsnummer|numero d identite|numero de securite sociale|numero de carte d identite|"
          "numero fiscal|numero de identidad|numero de identificacion|dni|numero de la seguridad social|documento de identidad|"
          "numero d identita|numero della carta d identita|codice fiscale|tessera sanitaria|identiteitsnummer|burgerservicenummer|bsn|"
          "bsn nummer|numer dowodu|numer dowodu osobistego|pesel|numer pesel|numeru pesel|nip|numero de identificacao|"
          "numero do cartao de cidadao|nif|numero de contribuinte|cpf|personnummer|personnumret|id nummer|kimlik numaraniz|"
          "kimlik numaranizi|tc kimlik numaraniz|tc kimlik no|aadhaar|aadhaar number|avs nummer|ahv nummer"),
    VALUE(PII_IBAN, "iban|iban number|iban nummer|bankverbindung|kontoverbindung"),
    VALUE(PII_BANK_ACCOUNT, "bank account|bank account number|account number|sort code and account number|kontonummer|kontodaten|bankdaten|"
          "numero de compte|numero de compte bancaire|numero de cuenta|cuenta bancaria|numero di conto|conto corrente|rekeningnummer|"
          "bankrekening|numer konta|numeru konta|numer rachunku|numero da conta|conta bancaria|bankkontonummer|kontonumret|"
          "hesap numaraniz|hesap numaranizi"),
    VALUE(PII_PLATE, "license plate|licence plate|number plate|registration number of your car|car registration|kennzeichen|autokennzeichen|"
          "nummernschild|plaque d immatriculation|matricula|targa|kenteken|numer rejestracyjny|matricula do carro|registreringsnummer|"
          "plakaniz|plakanizi"),
    VALUE(PII_HEALTH, "medical history|health insurance|diagnosis|diagnoses|symptoms|medical condition|medical conditions|health condition|illnesses|"
          "are you pregnant|allergies|medication|medications|blood type|disability|vorerkrankungen|diagnose|symptome|krankheiten|"
          "allergien|medikamente|sind sie schwanger|blutgruppe|behinderung|antecedents medicaux|maladies|symptomes|etes vous enceinte|"
          "enfermedades|sintomas|esta embarazada|alergias|malattie|sintomi|allergie|e incinta|ziektes|symptomen|allergieen|"
          "bent u zwanger|choroby|objawy|alergie|doencas|sjukdomar|symtom|allergier|hastaliklariniz|belirtileriniz"),
    VALUE(PII_RELIGION, "your religion|religion|religious beliefs|denomination|ihre religion|konfession|religionszugehorigkeit|votre religion|"
          "su religion|religione|geloofsovertuiging|religie|wyznanie|religiao|dininiz"),
    VALUE(PII_POLITICS, "political views|political opinion|political party|who do you vote for|which party do you vote for|politische meinung|"
          "parteizugehorigkeit|welche partei wahlen sie|opinions politiques|opinion politica|opinione politica|politieke voorkeur|"
          "poglady polityczne|opiniao politica|politisk asikt|siyasi gorusunuz"),
    VALUE(PII_SEX_LIFE, "sexual orientation|sexuality|sexuelle orientierung|orientation sexuelle|orientacion sexual|orientamento sessuale|"
          "seksuele geaardheid|orientacja seksualna|orientacao sexual|sexuell laggning|cinsel yoneliminiz"),
    FORM(WHAT, "what|which|what s|whats|welche|welcher|welches|welchen|wie lautet|wie lauten|wie ist|quel|quelle|quels|quelles|quel est|"
          "quelle est|cual|cuales|que|qual|quale|quali|qual e|che|wat|welk|welke|hoe luidt|jaki|jaka|jakie|jak brzmi|podaj|quais|vad|"
          "vilken|vilket|vilka|nedir|nelerdir|hangi|may i have|may i ask for|may i ask|can i have|could i have|can i get|could i get|"
          "can we have|could we have|can i please have|darf ich fragen|darf ich um|ich bitte um|puis je avoir|puis je connaitre|pourrais je avoir|puedo tener|"
          "me puede dar|posso avere|mag ik|moge prosic o|prosze o|poprosze o|posso saber|kan jag fa|far jag be om|alabilir miyim|"
          "ogrenebilir miyim|was ist|was sind|wie sind"),
    FORM(FILL, "is|are|s|was|the|of|on|for|and|or|exact|full|current|new|old|complete|own|also|then|again|with|in|to|this|that|number|ist|"
          "sind|die|der|das|den|dem|des|auf|fur|und|oder|genaue|genauen|volle|aktuelle|neue|haben|wissen|erfahren|est|sont|le|la|les|l|"
          "de|du|d|pour|et|ou|avoir|connaitre|es|son|el|los|las|del|para|e|lo|il|gli|dello|della|per|ed|het|een|van|voor|en|zijn|hebben|"
          "jest|sa|do|na|dla|lub|sao|os|as|um|uma|da|ar|ett|av|till|och|eller|ve|veya|why not|why don t you|warum nicht|pourquoi pas|"
          "por que no|perche non"),
    {REQUEST_FILL | REQUEST_YOUR, 0, false,
     "your|yours|ur|ihr|ihre|ihren|ihrem|ihrer|ihres|dein|deine|deinen|deiner|deinem|euer|eure|votre|vos|ton|ta|tes|su|sus|tu|tus|"
     "vuestro|vuestra|suo|sua|suoi|sue|tuo|tua|vostro|vostra|uw|jouw|je|jullie|twoj|twoje|twoja|twojego|twojej|swoj|swoje|swoja|"
     "swojego|swojej|pana|pani|panstwa|seu|teu|vosso|vossa|din|ditt|dina|ert|era|a sua|a tua|o seu|o teu|as suas|os seus"},
    {REQUEST_TELL | REQUEST_HERE, 0, false,
     "tell me|tell us|give me|give us|send me|send us|text me|provide me with|provide us with|share|share your|confirm me|"
     "let me know|let us know|let me have|write me|reply with|respond with|answer with|i need|we need|i ll need|we ll need|"
     "i will need|we will need|i require|we require|i d like to know|i would like to know|nennen sie|nenne mir|nenn mir|"
     "sagen sie mir|sag mir|gib mir|mitteilen|teile mir|teil mir|sende mir|schick mir|schicke mir|schreib mir|verraten sie|"
     "verrate mir|brauche|brauchen wir|brauche ich|ich brauche|wir brauchen|benotige|benotigen wir|ich benotige|wir benotigen|"
     "zeigen sie mir|donnez moi|donne moi|indiquez moi|indique moi|communiquez moi|dites moi|dis moi|envoyez moi|envoie moi|"
     "j ai besoin de|j ai besoin|nous avons besoin de|il me faut|il nous faut|me donner|m indiquer|me communiquer|me dire|digame|"
     "dime|dame|deme|indiqueme|envieme|enviame|facilitame|faciliteme|necesito|necesitamos|decirme|darme|facilitarme|indicarme|"
     "mi dica|dimmi|mi dia|dammi|comunicami|mi comunichi|inviami|mi mandi|ho bisogno|abbiamo bisogno|mi serve|ci serve|dirmi|darmi|"
     "geef me|geef mij|stuur me|stuur mij|vertel me|vertel mij|ik heb nodig|ik heb|wij hebben nodig|heb ik nodig|nodig|potrzebuje|"
     "potrzebujemy|diga me|me diga|indique me|informe me|me informe|envie me|me envie|preciso|precisamos|pode me dizer|me dizer|"
     "me passar|passe me|jag behover|vi behover|behover jag|behover vi|fyll i|soyleyin|soyler misiniz|gonderin|gonderir misiniz|"
     "paylasin|paylasir misiniz|ihtiyacim var|lazim"},
    FORM(TELL, "give|send|enter|enter your|type|type in|type your|provide|confirm your|confirm the|verify your|submit|submit your|state your|"
          "write your|fill in|need your|require your|need to know|what about|nennen|sagen sie|geben sie|gib|eingeben|angeben|teilen sie|"
          "senden sie|schicken sie|schreiben sie|tippen sie|tippe|bestatigen sie|donnez|indiquez|indiquer|communiquez|saisissez|saisir|"
          "entrez|tapez|ecrivez|fournissez|precisez|confirmez votre|confirmez|indique|introduzca|introduce|escriba|escribe|envie|"
          "facilite|proporcione|confirme su|inserisca|inserisci|scriva|scrivi|digiti|digita|indichi|indica|comunichi|fornisca|fornisci|"
          "invii|geef|geeft u|vul in|vul|vult u|voer|voer in|typ|stuur|schrijf|vertel|noem|deel|bevestig uw|opgeven|doorgeven|podaj|"
          "podac|prosze podac|wpisz|wpisac|przeslij|wyslij|napisz|prosze wpisac|powiedz|poda|diga|informe|digite|insira|escreva|forneca|"
          "confirme seu|confirme a sua|ange|skriv|skriv in|skicka|beratta|ge mig|uppge|bekrafta ditt|girin|giriniz|yazin|yaziniz|"
          "belirtin|bildirin|verin|verir misiniz|yazar misiniz|girer misiniz|gerekiyor"),
    FORM(PLEASE, "please|pls|plz|kindly|bitte|s il vous plait|s il te plait|svp|por favor|per favore|per cortesia|alstublieft|alsjeblieft|aub|"
          "prosze|se faz favor|tack|snalla|lutfen"),
    FORM(NOT, "not|never|don t|dont|do not|doesn t|won t|cannot|can t|without|no need|nobody|no one|nicht|nie|niemals|kein|keine|keinen|"
          "keinesfalls|ohne|niemand|ne|n|pas|jamais|aucun|aucune|sans|personne|nunca|jamas|sin|nadie|ningun|ninguna|non|mai|nessuno|"
          "nessuna|senza|niet|nooit|geen|zonder|nigdy|bez|nikt|nao|sem|ninguem|inte|aldrig|ingen|utan|asla|hicbir|olmadan|sormayiz|"
          "gerek yok|degil"),
    FORM(IF, "if|when|whenever|in case|after|before|unless|until|once|wenn|falls|sobald|nachdem|bevor|sofern|si|quand|lorsque|apres|avant|"
          "cuando|despues|antes|se|quando|dopo|prima|als|wanneer|nadat|voordat|jesli|jezeli|gdy|kiedy|po|depois|antes de|om|nar|efter|"
          "innan|eger"),
    FORM(ELSE, "on the sign in page|on the login page|on the log in page|sign in page|login page|on the website|on our website|on our site|"
          "on the site|on our page|on the page|on the payment page|payment page|at checkout|at the checkout|in the checkout|"
          "in the basket|in the cart|in the shop|in the app|in our app|in the banking app|in your banking app|in your account|"
          "in your profile|in online banking|in settings|in the settings|in the form|on the form|on the slip|on the envelope|"
          "in the store|at the counter|at the desk|at the branch|in branch|at the terminal|on the terminal|on the keypad|at the machine|"
          "at the atm|ready|at hand|to hand|on your device|in the menu|on the portal|in the portal|customer portal|bring|at the office|"
          "at the town hall|in the field|on the card itself|auf der anmeldeseite|auf der website|auf unserer website|auf der seite|"
          "auf unserer seite|im warenkorb|an der kasse|im konto|in ihrem konto|in ihrem kundenkonto|im kundenkonto|in der app|"
          "in ihrer app|in ihrer banking app|im online banking|im onlinebanking|im formular|auf dem formular|auf dem schein|"
          "in den einstellungen|im profil|am schalter|in der filiale|vor ort|am automaten|am terminal|im portal|im burgeramt|im rathaus|"
          "mitbringen|bringen sie|bereit|sur la page|sur le site|sur notre site|dans l application|dans votre compte|dans le panier|"
          "au guichet|a la caisse|dans le formulaire|en la pagina|en el sitio|en la web|en la aplicacion|en su cuenta|en la cesta|"
          "en el formulario|sulla pagina|sul sito|nell app|nel suo conto|nel carrello|nel modulo|op de pagina|op de website|"
          "op onze website|in de app|in uw account|in de winkelwagen|in het formulier|na stronie|w aplikacji|na koncie|w koszyku|"
          "w formularzu|na pagina|no site|na aplicacao|no aplicativo|na sua conta|no carrinho|no formulario|pa sidan|pa webbplatsen|"
          "i appen|i ditt konto|i varukorgen|i formularet|sayfasinda|sitemizde|uygulamada|hesabinizda|sepette|formda"),
    FORM(HERE, "here|below|in this chat|in the chat|into the chat|to me|right now|hier|unten|im chat|in diesem chat|in den chat|ici|"
          "ci dessous|dans ce chat|aqui|abajo|qui|qui sotto|in questa chat|hieronder|in deze chat|tutaj|ponizej|abaixo|neste chat|har|"
          "nedan|i chatten|buraya|asagiya"),
    FORM(WHO, "you|we|they|i|it|he|she|who|that|which|to|will|sie|du|wir|man|ich|er|vous|nous|tu|usted|ustedes|nosotros|lei|noi|voi|u|jij|"
          "wij|ze|voce|vi|siz|biz"),
    FORM(COULD, "could|can|would|will|may|might|would you mind|konnten|konnen|konntest|kannst|wurden|wurdest|mochten|pourriez|pouvez|peux|"
          "pourrais|voulez|podria|puede|puedes|podrias|potrebbe|puo|puoi|potresti|kunt|kun|zou|wilt|czy mozesz|czy moglbys|mozesz|pode|"
          "poderia|podes|kan|skulle|want you to|need you to|ask you to|like you to"),
    FORM(PART, "last four|last 4|last four digits|last 4 digits|last digits|first six|last two|letzten vier|letzten 4|quatre derniers|"
          "4 derniers|ultimos cuatro|ultimos 4|ultime quattro|ultime 4|laatste vier|laatste 4|ostatnie cztery|ultimos quatro|sista fyra|"
          "son dort|ending|endet auf"),
};
/* clang-format on */

size_t
request_table_count(void)
{
    return sizeof request_rows / sizeof *request_rows;
}

const struct request_row *
request_table_get(size_t i)
{
    return &request_rows[i];
}
