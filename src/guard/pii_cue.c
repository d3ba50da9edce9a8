/* The words that announce a value, in English, German, French, Spanish, Italian, Dutch, Polish, Portuguese, Swedish, Turkish and the
 * commonest of others. To add a language: add its words to the rows. Accents and case don't matter, nor does one mistyped letter in
 * words of five letters and more. Cues of national numbers stand in their own rows (number.h). */
#include "guard/pii_private.h"

/* clang-format off */
static const struct pii_cue_row pii_cue_rows[] = {
    {CUE(CARD), "card|credit card|debit card|card number|card no|cc|visa|mastercard|amex|american express|maestro|discover|"
     "diners|jcb|kreditkarte|kreditkartennummer|kartennummer|karte|carte|carte bancaire|carte bleue|carte de credit|numero de carte|"
     "cb|tarjeta|tarjeta de credito|numero de tarjeta|carta di credito|numero carta|numero di carta|creditcard|kaartnummer|pinpas|"
     "bankpas|karta|karty|numer karty|karte kredytowa|cartao|cartao de credito|numero do cartao|kort|kortnummer|kreditkort|bankkort|"
     "kart|kredi karti|kart numarasi|kart no|pan|карта|карты|номер карты|卡号|信用卡|カード番号|クレジットカード", 0},
    {CUE(CVV), "cvv|cvc|cvv2|cvc2|cid|csc|security code|card verification|verification value|card code|kartenprufnummer|prufnummer|prufziffer|"
     "sicherheitscode|code de securite|cryptogramme|cryptogramme visuel|codigo de seguridad|codice di sicurezza|codice sicurezza|"
     "beveiligingscode|veiligheidscode|kod cvv|kod bezpieczenstwa|codigo de seguranca|sakerhetskod|guvenlik kodu|back of my card|"
     "back of the card|on the back|3 digits|three digits|security code of my card|security code of the card|security code on my card|"
     "security code for my card|code on my card|code of my card|sicherheitscode meiner karte|prufnummer meiner karte|"
     "code de securite de ma carte|codigo de seguridad de mi tarjeta|codice di sicurezza della mia carta|"
     "beveiligingscode van mijn kaart|codigo de seguranca do meu cartao", 0},
    {CUE(EXPIRY), "exp|expiry|expires|expiration|exp date|expiry date|expiration date|valid thru|valid until|valid till|good thru|gultig bis|"
     "ablaufdatum|gueltig bis|verfallsdatum|date d'expiration|expire|expire fin|caducidad|fecha de caducidad|vencimiento|scadenza|"
     "data di scadenza|vervaldatum|geldig tot|data waznosci|wazna do|validade|vence|giltig till|utgangsdatum|son kullanma|"
     "son kullanma tarihi|gecerlilik", 0},
    {CUE(IBAN), "iban|iban number|iban nummer|kontoverbindung|bankverbindung|rib", 0},
    {CUE(BIC), "bic|swift|swift code|bic code|bic swift|swift bic", 0},
    {CUE(ACCOUNT), "account number|account no|acct|acct no|acc no|bank account|bank account number|checking account|savings account|a c no|"
     "routing and account|kontonummer|konto|konto nr|bankkonto|numero de compte|compte bancaire|numero de cuenta|cuenta|cuenta bancaria|"
     "numero di conto|conto|conto corrente|rekeningnummer|rekening|numer konta|numer rachunku|rachunek|numero da conta|conta|"
     "conta bancaria|kontonumret|hesap numarasi|hesap no|hesap|account ending|bsb|bsb and account", 0},
    {CUE(ROUTING), "routing|routing number|routing no|aba|aba number|rtn|sort code|bankleitzahl|blz|code guichet|code banque|bsb|bsb number|"
     "ifsc|ifsc code|transit number|institution number|abi|cab|clearingnummer|clearing|agencia", 0},
    {CUE(MAIL), "email|e mail|mail|email address|mail address|e mail address|mailadresse|e mail adresse|emailadresse|courriel|adresse mail|"
     "adresse email|correo|correo electronico|indirizzo email|posta elettronica|mailadres|e mailadres|adres email|adres e mail|"
     "endereco de email|e post|epost|mejl|mejladress|eposta|e posta|почта|邮箱|メール", 0},
    {CUE(PHONE), "phone|telephone|tel|mobile|cell|cellphone|cell phone|phone number|mobile number|phone no|mob|call me|ring me|call|text me|"
     "reach me|reach me at|reached|whatsapp|fax|landline|callback|handy|handynummer|telefon|telefonnummer|mobil|mobilnummer|rufnummer|"
     "ruckruf|anrufen|erreichbar|erreichen|festnetz|telefone|telemovel|telephone|numero de telephone|portable|appelez|joignable|"
     "joindre|rappeler|rappelez|mon numero|mon tel|telefono|numero de telefono|movil|celular|llamame|llamar|llamarme|cellulare|"
     "numero di telefono|chiamami|chiamare|chiamatemi|telefoonnummer|telefoon|mobiel|mobiele nummer|bel me|bellen|bereikbaar|gsm|"
     "numer telefonu|telefonu|komorka|komorkowy|zadzwon|zadzwonic|ligar|ligue|contacto|contato|telefonnumret|mobilnumret|ring mig|"
     "ringa|nar mig|cep|cep telefonu|telefon numarasi|telefon numaram|cep numaram|arayin|ara|numaram|numero di cellulare|"
     "телефон|номер телефона|позвоните|电话|手机|电话号码|電話番号|電話|携帯|contact number|my number is|my number|mein nummer|"
     "meine nummer|mi numero|mio numero|mijn nummer|moj numer|meu numero|mitt nummer|dial|sms|signal|telegram", 0},
    {CUE(IP), "ip|ip address|ipv4|ipv6|ip adresse|adresse ip|direccion ip|indirizzo ip|ip adres|server|host", 0},
    {CUE(MAC), "mac|mac address|mac adresse|adresse mac|hardware address", 0},
    {CUE(IMEI), "imei|imei number|imei nummer|imei no|serial of my phone", 0},
    {CUE(GPS), "gps|coordinates|latitude|longitude|lat|lon|lng|koordinaten|coordonnees|coordenadas|coordinate|location pin", 0},
    {CUE(WALLET), "wallet|btc|bitcoin|eth|ethereum|crypto|wallet address|ltc|litecoin|doge|usdt|xmr|monero|tron|solana", 0},
    {CUE(PASSWORD), "password|passwort|passcode|passphrase|pwd|passwd|pass word|kennwort|mot de passe|mdp|contrasena|clave|clave de acceso|"
     "parola|parola d'ordine|wachtwoord|haslo|senha|palavra passe|losenord|sifre|sifrem|parola|пароль|密码|パスワード|login password|"
     "pass|passw|pw|passwort lautet|parole", 0},
    {CUE(PIN), "pin|pin code|pin number|pincode|pin nummer|geheimzahl|code pin|code secret|code confidentiel|codigo pin|numero pin|codice pin|"
     "kod pin|pinkod|pin kodu|puk|atm pin|card pin|phone banking pin|unlock code|codigo secreto|t pin|tpin", 0},
    {CUE(OTP), "otp|one time code|one time password|one time passcode|verification code|2fa|2fa code|auth code|authentication code|"
     "confirmation code|security token|sms code|login code|tan|mtan|bestatigungscode|verifizierungscode|einmalcode|einmalpasswort|"
     "code de verification|code de confirmation|code recu|codigo de verificacion|codigo de confirmacion|codice di verifica|"
     "codice di conferma|verificatiecode|bevestigingscode|kod weryfikacyjny|kod sms|codigo de verificacao|verifieringskod|engangskod|"
     "dogrulama kodu|onay kodu|tek kullanimlik|код подтверждения|验证码|認証コード|code you sent|code i got|code i received|"
     "authenticator code|mfa code", 0},
    {CUE(KEY), "api key|apikey|api token|access token|access key|secret key|secret|client secret|auth token|bearer|token|private key|api schlussel|"
     "cle api|clave api|chiave api|license key|app secret|webhook secret|x api key|authorization", 0},
    {CUE(BIRTH), "dob|d o b|date of birth|birth date|birthdate|birthday|born|born on|born in|geburtsdatum|geboren|geboren am|geburtstag|geb|"
     "date de naissance|ne le|nee le|naissance|anniversaire|fecha de nacimiento|naci|nacido|nacida|nacimiento|cumpleanos|data di nascita|"
     "nato il|nata il|nato|nata|nascita|compleanno|geboortedatum|geboren op|verjaardag|data urodzenia|urodzony|urodzona|urodzilem|"
     "urodzilam|ur|data de nascimento|nasci|nascido|nascida|nascimento|aniversario|fodelsedatum|fodd|fodelsedag|dogum tarihi|"
     "dogum tarihim|dogum|dogdum|dogumlu|дата рождения|родился|родилась|生日|出生日期|生年月日", 0},
    {CUE(AGE), "age|aged|alter|years old|year old|yrs old|jahre alt|ans|age de|edad|tengo|anos de edad|eta|jaar oud|leeftijd|lat|wiek|idade|"
     "ar gammal|alder|yas|yasim|yasindayim|yo|y o", 0},
    {CUE(YEARS), "years old|year old|yrs old|yr old|jahre alt|ans|anos|anni|jaar oud|jaar|ar gammal|yasindayim|yo|y o|yasinda|"
     "years of age|lat", 0},
    {CUE(STREET), "address|street address|home address|shipping address|billing address|delivery address|mailing address|live at|lives at|"
     "living at|deliver to|ship to|ship it to|send it to|send to|deliver it to|sent it to|shipped to|bring it to|came to|goes to|go to|went to|adresse|anschrift|wohne|wohnhaft|lieferadresse|rechnungsadresse|strasse|"
     "adresse de livraison|habite|j'habite|domicilie|direccion|domicilio|vivo en|indirizzo|abito|abito in|residente|residenza|adres|"
     "woon|woon op|wonend|bezorgadres|ulica|mieszkam|adres dostawy|zamieszkaly|morada|endereco|moro|moro na|bor pa|adress|leveransadress|"
     "adresim|teslimat adresi|oturuyorum|ikamet|地址|住所|адрес|moved to|relocated to|located at|residing at", 0},
    {CUE(POSTCODE), "zip|zip code|zipcode|postcode|post code|postal code|plz|postleitzahl|code postal|codigo postal|cap|codice postale|"
     "codice di avviamento postale|kod pocztowy|cep|postnummer|posta kodu|postakodu|индекс|邮编|郵便番号|eircode|pincode|pin code", 0},
    {CUE(CITY), "city|town|live in|lives in|living in|i'm from|im from|i am from|come from|hometown|based in|resident of|moved to|stadt|wohnort|"
     "ort|wohne in|komme aus|aus|ville|commune|j'habite a|habite a|viens de|ciudad|vivo en|soy de|localidad|citta|abito a|vivo a|comune|"
     "woonplaats|stad|woon in|kom uit|miasto|mieszkam w|miejscowosc|pochodze z|cidade|moro em|vivo em|sou de|localidade|stad|ort|bor i|"
     "kommer fran|sehir|il|ilce|yasiyorum|oturuyorum", 0},
    {CUE(NAME), "name|full name|first name|last name|surname|family name|my name is|my name's|name's|names|"
     "i'm called|under the name|in the name of|name of|on behalf of|account holder|cardholder|card holder|passenger|guest|patient|"
     "addressee|recipient|contact person|signed|vorname|nachname|familienname|mein name ist|heisse|ich heisse|hier spricht|"
     "name ist|auf den namen|kontoinhaber|karteninhaber|empfanger|nom|prenom|nom de famille|je m'appelle|m'appelle|au nom de|"
     "titulaire|nombre|apellido|apellidos|me llamo|llamo|mi nombre es|mi nombre|a nombre de|titular|nome|cognome|mi chiamo|chiamo|"
     "il mio nome|a nome di|a nome|intestatario|intestata|naam|voornaam|achternaam|ik heet|heet|mijn naam is|mijn naam|op naam van|"
     "ten name van|imie|nazwisko|imie i nazwisko|nazywam sie|nazywam|mam na imie|na nazwisko|chamo|me chamo|meu nome|meu nome e|"
     "em nome de|sobrenome|apelido|namn|fornamn|efternamn|jag heter|heter|mitt namn|mitt namn ar|i namnet|isim|soyad|soyadi|"
     "adim|ismim|benim adim|adi soyadi|adina|имя|фамилия|меня зовут|зовут|名字|姓名|我叫|名前|heissen|heisst|namen|jmenuji se|jmenuju se|jeg hedder|jeg heter|mit navn er|mitt navn er|mit navn|nimeni on|a nevem|numele meu este|"
     "ma numesc|chiama|chiami|llama|llamas|"
     "appelez vous|vous appelez|appelles|nazywa|nazywasz|chama|chamas|adiniz|adin|isminiz|soyadiniz|nomes|nombres|noms|nomi", 0},
    {CUE(SURNAME), "surname|last name|family name|nachname|familienname|nom de famille|apellido|apellidos|cognome|achternaam|nazwisko|"
     "sobrenome|apelido|efternamn|soyad|soyadi|soyadim|фамилия", 0},
    {CUE(INTRO), "my name is|my name's|name's|this is|i am|i'm|im|mein name ist|ich heisse|ich bin|hier ist|hier spricht|je m'appelle|"
     "m'appelle|je suis|c'est|me llamo|mi nombre es|soy|mi chiamo|il mio nome e|sono|ik heet|mijn naam is|ik ben|nazywam sie|mam na imie|"
     "jestem|me chamo|meu nome e|sou|jag heter|mitt namn ar|jag ar|adim|ismim|benim adim|ben|меня зовут|我叫|name is|name ist|it's|its|"
     "it is|that is|that's|it was|speaking with|under the name|in the name of|au nom de|a nombre de|a nome di|op naam van|na nazwisko|em nome de|i namnet|auf den namen|"
     "the name is|nimi on|jmenuji se|jmenuju se|a nevem|numele meu este|ma numesc|mit navn er|mitt navn er|jeg hedder|jeg heter|nimeni on", 0},
    {CUE(USER), "username|user name|login|login name|user id|userid|login id|handle|nickname|nick|screen name|account name|benutzername|"
     "nutzername|anmeldename|nom d'utilisateur|identifiant|pseudo|nombre de usuario|usuario|nome utente|utente|gebruikersnaam|inlognaam|"
     "nazwa uzytkownika|login to|nome de usuario|usuario|utilizador|anvandarnamn|kullanici adi|kullanici adim|twitter|instagram|insta|"
     "discord|skype|gamertag|snapchat|tiktok|логин|用户名", 0},
    {CUE(PLATE), "plate|license plate|licence plate|number plate|plate number|registration plate|reg plate|vehicle registration|car registration|"
     "reg number|reg no|kennzeichen|nummernschild|autokennzeichen|plaque|plaque d'immatriculation|immatriculation|matricula|placa|targa|"
     "kenteken|nummerplaat|tablica rejestracyjna|numer rejestracyjny|rejestracja|registreringsnummer|regnummer|registreringsskylt|plaka|"
     "plakasi|plaka no|plakam|tablice|车牌|номер машины|car reg|nummernschild|immatricule", 0},
    {CUE(VIN), "vin|vin number|vehicle identification|vehicle identification number|chassis|chassis number|fahrgestellnummer|fin|"
     "fahrzeug identifizierungsnummer|numero de chassis|numero de serie|bastidor|numero de bastidor|telaio|numero di telaio|"
     "chassisnummer|numer vin|nadwozia|sasi no|sase numarasi|numero do chassi|chassi", 0},
    {CUE(PASSPORT), "passport|passport number|passport no|passport num|reisepass|passnummer|reisepassnummer|pass nr|passeport|"
     "numero de passeport|pasaporte|numero de pasaporte|passaporto|numero di passaporto|numero passaporto|paspoort|paspoortnummer|paszport|"
     "paszportu|numer paszportu|passaporte|numero do passaporte|passnummer|pasaport|pasaport no|pasaport numarasi|pasaport numaram|паспорт|"
     "护照|护照号|パスポート|travel document", 0},
    {CUE(LICENCE), "driver's license|drivers license|driver license|driving licence|driving license|drivers licence|driver's licence|"
     "license number|licence number|dl number|dl no|dvla|fuhrerschein|fuhrerscheinnummer|fuehrerschein|permis|permis de conduire|"
     "numero de permis|permiso de conducir|carnet de conducir|licencia de conducir|licencia|patente|patente di guida|numero patente|rijbewijs|"
     "rijbewijsnummer|prawo jazdy|prawa jazdy|numer prawa jazdy|carta de conducao|cnh|carteira de motorista|korkort|korkortsnummer|"
     "ehliyet|ehliyet no|surucu belgesi|водительское|驾照|運転免許", 0},
    {CUE(ID), "id|id number|id no|id card|identity|identity number|identity card|national id|national identity|national identification|"
     "personal id|government id|identification number|citizen id|ausweis|ausweisnummer|identitatsnummer|personalnummer|personenkennziffer|"
     "carte d'identite|piece d'identite|numero d'identite|numero d'identification|documento|documento de identidad|cedula|"
     "numero de identidad|identificacion|carta d'identita|documento d'identita|identiteitsnummer|identiteitskaart|id kaart|"
     "dowod|numer dowodu|numer identyfikacyjny|bilhete de identidade|documento de identificacao|id nummer|id kort|legitimation|personnummer|"
     "kimlik|kimlik no|kimlik numarasi|kimlik numaram|удостоверение|证件号|身份证|national number|resident registration|resident id|"
     "personal number|personal code|birth number|citizen number|identity code", 0},
    {CUE(TAX), "tax|tax id|tax number|tax no|tin|taxpayer|vat|vat number|vat id|fiscal|fiscal code|fiscal number|steuer|steuernummer|steuer id|"
     "finanzamt|numero fiscal|impots|identifiant fiscal|numero fiscale|codice fiscale|partita iva|fiscaal|belastingnummer|btw nummer|"
     "podatkowy|numer podatkowy|contribuinte|imposto|skatt|skattenummer|vergi|vergi no|vergi numarasi|налог|税号|company number|"
     "business number|registration number|tax identification", 0},
    {CUE(HEALTH_NO), "health card|health number|insurance number|medicare|medicaid|nhs|patient id|patient number|member id|health insurance|"
     "versichertennummer|krankenversicherung|krankenkasse|gesundheitskarte|carte vitale|tarjeta sanitaria|tessera sanitaria|"
     "zorgverzekering|numer ubezpieczenia|cartao de saude|saglik|health id|health care number|healthcare number", 0},
    {CUE(SOCIAL), "social security|social security number|social insurance|national insurance|sozialversicherung|sozialversicherungsnummer|"
     "securite sociale|numero de securite sociale|seguridad social|sicurezza sociale|sociale zekerheid|ubezpieczenie spoleczne|"
     "seguranca social|previdencia|socialforsakring|sosyal guvenlik|sgk|pension number|rentenversicherung|social", 0},

    {CUE(ORDER), "ending in|ending with|ends in|ends with|last four|last 4|endet auf|terminant par|terminada en|order|order number|order no|order id|order nr|invoice|invoice number|invoice no|ticket|ticket number|ticket no|booking|booking number|"
     "booking reference|booking ref|reference|ref|reference number|ref no|confirmation number|tracking|tracking number|tracking no|parcel|"
     "shipment|consignment|serial|serial number|model|model number|sku|part number|part no|item|item number|product|product id|product code|"
     "article|case|case number|case id|claim|claim number|transaction|transaction id|quote|po|purchase order|voucher|coupon|promo|promo code|"
     "coupon code|discount code|gift card|batch|lot|isbn|ean|upc|asin|commit|build|customer id|customer number|customer no|client id|"
     "session id|error|error code|flight|bestellung|bestellnummer|auftrag|auftragsnummer|rechnung|rechnungsnummer|sendung|"
     "sendungsnummer|sendungsverfolgung|kundennummer|artikel|artikelnummer|vorgangsnummer|buchung|buchungsnummer|seriennummer|gutschein|"
     "commande|numero de commande|facture|numero de facture|colis|suivi|numero de suivi|reservation|dossier|article|numero de client|"
     "pedido|numero de pedido|factura|envio|seguimiento|numero de seguimiento|reserva|referencia|ordine|numero ordine|numero d'ordine|"
     "fattura|spedizione|tracciamento|prenotazione|riferimento|bestelling|bestelnummer|ordernummer|factuur|factuurnummer|zending|"
     "klantnummer|zamowienie|zamowienia|numer zamowienia|faktura|faktury|przesylka|przesylki|encomenda|fatura|rastreio|bestallning|"
     "ordernummer|paket|sparning|siparis|siparis no|siparis numarasi|fatura no|kargo|takip|takip no|takip numarasi|заказ|заказа|"
     "订单|订单号|注文番号|hash|uuid|guid|timestamp|epoch|log|line|row|port|meter|meter reading|barcode|gtin|score|points", 0},
    {CUE(MONEY), "price|cost|costs|total|amount|paid|pay|refund|usd|eur|euro|euros|dollars|dollar|pounds|gbp|bucks|cents|preis|kostet|betrag|"
     "prix|coute|montant|precio|cuesta|importe|prezzo|costa|importo|prijs|kost|bedrag|cena|kosztuje|kwota|zl|pln|preco|custa|valor|pris|"
     "kostar|belopp|kr|sek|fiyat|tl|lira|tutar|цена|руб|yen|rupees|inr|chf|miles|km|kg|meters|metres|feet|percent|people|items|pieces|"
     "units|balance|salary|budget|population", 0},
    {CUE(VERSION), "version|ver|release|firmware|v|build number|ios|android|windows|kernel|driver version|update|patch|rev|revision|"
     "versione|versie|wersja|versao|surum|python|node|java|chrome|firefox|chapter|section|paragraph|figure", 0},

    {CUE(NUMBER), "number|no|nr|num|nummer|numero|numer|numara|numarasi|numaram|code|id|номер|号|番号", 0},
    {CUE(IS), "is|are|was|ist|lautet|war|est|etait|es|e|is het|jest|to|ar|olan|to be|:|will be|should be|=|son|sono|sind", 0},
    {CUE(NOT), "not|no|wrong|incorrect|never|nicht|kein|keine|falsch|pas|faux|non|sbagliata|niet|fout|nie|bledne|nao|errada|inte|fel|degil|yanlis", 0},
    {CUE(MONTH), "january|jan|januar|janvier|janv|enero|ene|gennaio|genn|januari|stycznia|styczen|janeiro|ocak|января", 1},
    {CUE(MONTH), "february|feb|februar|fevrier|fevr|febrero|febbraio|febb|februari|lutego|luty|fevereiro|fev|subat|февраля", 2},
    {CUE(MONTH), "march|mar|marz|maerz|mars|marzo|maart|marca|marzec|marco|mart|марта", 3},
    {CUE(MONTH), "april|apr|avril|avr|abril|abr|aprile|kwietnia|kwiecien|nisan|апреля", 4},
    {CUE(MONTH), "may|mai|mayo|maggio|magg|mei|maja|maj|maio|mayis|мая", 5},
    {CUE(MONTH), "june|jun|juni|juin|junio|giugno|giu|czerwca|czerwiec|junho|haziran|июня", 6},
    {CUE(MONTH), "july|jul|juli|juillet|juil|julio|luglio|lug|lipca|lipiec|julho|temmuz|июля", 7},
    {CUE(MONTH), "august|aug|aout|agosto|ago|augustus|sierpnia|sierpien|augusti|agustos|августа", 8},
    {CUE(MONTH), "september|sep|sept|septembre|septiembre|settembre|sett|wrzesnia|wrzesien|setembro|set|eylul|сентября", 9},
    {CUE(MONTH), "october|oct|oktober|okt|octobre|octubre|ottobre|ott|pazdziernika|pazdziernik|outubro|out|ekim|октября", 10},
    {CUE(MONTH), "november|nov|novembre|noviembre|listopada|listopad|novembro|kasim|ноября", 11},
    {CUE(MONTH), "december|dec|dezember|dez|decembre|diciembre|dic|dicembre|grudnia|grudzien|dezembro|aralik|декабря", 12},

    /* 1: a way by any reading; 2: Turkish, the number stands behind; 0: a way only where an address is spoken of. */
    {CUE(WAY_AFTER), "street|st|road|rd|avenue|ave|av|boulevard|blvd|lane|ln|drive|dr|court|ct|place|pl|square|sq|terrace|crescent|"
     "cres|parkway|pkwy|highway|hwy|circle|cir|trail|trl|alley|plaza|close|mews|turnpike|expressway|freeway|streets|"
     "esplanade", 1},
    {CUE(WAY_AFTER), "caddesi|cadde|cad|cd|sokagi|sokak|sok|sk|bulvari|bulvar|mahallesi|mah", 2},
    {CUE(WAY_AFTER), "fort|forts|groves|greens|glens|inlet|inlets|junctions|parks|parkways|points|stations|woodlands|oaks|crossings|mountain|row|run|lodge|"
     "ter|way|gardens|grove|row|loop|ridge|walk|path|rise|green|quay|wharf|route|broadway|promenade|heights|hill|"
     "hills|park|manor|vista|view|views|crossing|crossroad|junction|fork|forks|ford|fords|forge|glen|harbor|harbors|"
     "haven|hollow|island|islands|isle|knoll|knolls|lake|lakes|landing|mall|meadow|meadows|mill|mills|motorway|mount|"
     "mountain|mountains|neck|orchard|oval|overpass|passage|pike|pine|pines|plains|port|ports|prairie|radial|ramp|"
     "ranch|rapid|rapids|river|roads|shoal|shoals|shore|shores|skyway|spring|springs|spur|spurs|squares|station|"
     "stravenue|stream|summit|throughway|trace|track|trafficway|tunnel|underpass|unions|valley|valleys|viaduct|"
     "village|villages|ville|walks|wall|ways|well|wells|cape|causeway|center|centers|centre|circles|cliff|cliffs|"
     "corner|corners|courts|cove|coves|creek|crest|curve|dale|dam|divide|drives|estate|estates|extension|fall|falls|"
     "ferry|fields|forest|garden|gateway|brook|brooks|burg|burgs|bypass|camp|canyon|bridge|branch|bottom|bluff|bluffs|"
     "bend|beach|bayou|annex|arcade|avens|union|course|common|light|pass|point|field|rest|run|key|flat", 0},
    {CUE(WAY_BEFORE), "rue|avenue|av|boulevard|bd|place|chemin|allee|impasse|quai|route|cours|square|passage|voie|sentier|faubourg|"
     "calle|c|avenida|avda|avd|plaza|paseo|pso|carretera|ctra|camino|ronda|travesia|callejon|glorieta|rambla|carrer|via|viale|v le|piazza|p za|corso|"
     "c so|vicolo|largo|strada|piazzale|lungomare|lungotevere|contrada|ulica|ul|aleja|al|aleje|plac|pl|osiedle|os|rondo|rynek|bulwar|bulw|skwer|ogrod|szosa|droga|wyspa|wybrzeze|wyb|deptak|bulw|trakt|rua|r|travessa|praca|"
     "alameda|estrada|rodovia|beco|calcada|bulevar|ulitsa|улица|ул|проспект|пр|borgo|salita|incrocio|rotonda|piazzetta|colonia|barrio|"
     "poligono|urbanizacion|jardines|parque|aldea|apartamento|arroyo|bajada|barranco|calleja|caserio|colegio|conjunto|chalet|escalinata|"
     "explanada|extramuros|extrarradio|ferrocarril|gran subida|huerta|lado|masia|mercado|monte|muelle|municipio|parcela|partida|pasaje|poblado|"
     "prolongacion|puente|ramal|rampa|riera|rincon|salida|seccion|senda|solar|subida|terrenos|torrente|via publica|puerta|sector|lugar|entrada|grupo|manzana|bloque|edificio|cuesta|aldea|arrabal|"
     "quinta|vila|viela|marginal|am|an der|auf dem|auf der|im|in der|zum|zur|unter den", 0},
    {CUE(UNIT), "apt|apartment|suite|ste|unit|flat|floor|fl|room|rm|wohnung|whg|stock|etage|og|appartement|appt|bat|batiment|escalier|piso|puerta|"
     "pta|planta|interno|int|scala|piano|bus|appartement|m|mieszkanie|lok|lokal|andar|apto|lgh|daire|kat|no|nr|d", 0},
    {CUE(BOX), "po box|p o box|box|postfach|boite postale|bp|apartado|apartado de correos|casella postale|postbus|skrytka pocztowa|skr poczt|"
     "caixa postal|posta kutusu|postbox|pob", 0},
    {CUE(TITLE), "mr|mrs|ms|miss|mx|dr|prof|professor|doctor|sir|madam|herr|herrn|frau|dr med|monsieur|madame|mademoiselle|mme|mlle|"
     "senor|senora|senorita|sr|sra|srta|don|dona|signor|signora|signore|sig|signorina|dott|dottor|dottoressa|dhr|mevr|mevrouw|meneer|"
     "pan|pani|panem|pana|panu|senhor|senhora|fru|froken|bay|bayan|sayin|hanim|bey", 0},
    {CUE(GREET), "hi|hello|hey|dear|hallo|guten tag|liebe|lieber|sehr geehrter herr|sehr geehrte frau|bonjour|salut|cher|chere|hola|buenos dias|"
     "estimado|estimada|querido|ciao|buongiorno|gentile|caro|cara|hoi|beste|geachte|czesc|dzien dobry|szanowny|ola|bom dia|prezado|caro|hej|"
     "basta|merhaba|selam|sayin", 0},
    {CUE(BYE), "regards|best regards|kind regards|sincerely|yours|yours truly|mit freundlichen grussen|viele grusse|"
     "liebe grusse|freundliche grusse|gruss|grusse|mfg|lg|vg|cordialement|bien a vous|amicalement|saludos|atentamente|"
     "un saludo|cordiali saluti|saluti|distinti saluti|groeten|groetjes|met vriendelijke groet|mvg|pozdrawiam|"
     "z powazaniem|atenciosamente|cumprimentos|abracos|med vanliga halsningar|halsningar|mvh|vanligen|saygilarimla|"
     "saygilar|sevgiler", 0},
    {CUE(BYE), "thanks|thank you|cheers|best|love|merci|gracias|grazie|bedankt|dziekuje|obrigado|obrigada|tack|tesekkurler|"
     "best wishes", 1},

    {CUE(AT), "at|chiocciola|arobase|klammeraffe|arroba|snabel a|kukac|malpa|apenstaartje|et|ät|kuyruklu a|собака|shenja e", 0},
    {CUE(DOT), "dot|punkt|point|punto|ponto|kropka|punt|nokta|точка|период", 0},
    {CUE(UNDER), "underscore|unterstrich|tiret bas|guion bajo|dash|minus|hyphen|bindestrich", 0},
    {CUE(DIGIT), "zero|oh|null|cero|nul|noll|sifir|nought", 0}, {CUE(DIGIT), "one|eins|un|uno|een|jeden|um|ett|bir", 1},
    {CUE(DIGIT), "two|zwei|zwo|deux|dos|due|twee|dwa|dois|tva|iki", 2}, {CUE(DIGIT), "three|drei|trois|tres|tre|drie|trzy|uc", 3},
    {CUE(DIGIT), "four|vier|quatre|cuatro|quattro|cztery|quatro|fyra|dort", 4},
    {CUE(DIGIT), "five|funf|fuenf|cinq|cinco|cinque|vijf|piec|fem|bes", 5}, {CUE(DIGIT), "six|sechs|seis|sei|zes|szesc|sex|alti", 6},
    {CUE(DIGIT), "seven|sieben|sept|siete|sette|zeven|siedem|sete|sju|yedi", 7},
    {CUE(DIGIT), "eight|acht|huit|ocho|otto|osiem|oito|atta|sekiz", 8}, {CUE(DIGIT), "nine|neun|neuf|nueve|nove|negen|dziewiec|nio|dokuz", 9},
    {CUE(TWICE), "double", 2}, {CUE(TWICE), "triple|treble", 3},

    {CUE(HEALTH), "cancer|diabetes|diabetic|hiv|aids|pregnant|pregnancy|miscarriage|depression|depressed|bipolar|schizophrenia|epilepsy|asthma|"
     "chemotherapy|chemo|dialysis|insulin|antidepressants|psychiatrist|psychotherapy|tumor|tumour|leukemia|alzheimer|alzheimers|dementia|"
     "parkinson|parkinsons|hepatitis|autism|autistic|adhd|anorexia|bulimia|disability|disabled|wheelchair|diagnosed|suicidal|overdose|"
     "stroke|heart attack|abortion|rehab|multiple sclerosis|chronic illness|krebs|schwanger|schwangerschaft|depressionen|epilepsie|"
     "behinderung|schwerbehindert|rollstuhl|chemotherapie|krankheit|cancer|enceinte|grossesse|depression|sida|handicap|handicape|diabete|"
     "diabetique|embarazada|embarazo|diabetica|diabetico|discapacidad|vih|sida|incinta|gravidanza|diabetico|depressione|disabile|"
     "tumore|zwanger|zwangerschap|kanker|gehandicapt|ciaza|cukrzyca|rak piersi|depresja|gravida|gravidez|deficiencia|gravid|"
     "diabetiker|funktionsnedsattning|hamile|hamilelik|kanser|diyabet|engelli", 0},
    {CUE(RELIGION), "muslim|catholic|protestant|jewish|christian faith|hindu|buddhist|atheist|mormon|sikh|jehovah's witness|orthodox jew|"
     "my religion|my faith|my church|my mosque|my synagogue|ramadan|islam|moslem|katholisch|evangelisch|judisch|konfession|kirchensteuer|"
     "musulman|musulmane|catholique|juif|juive|catolico|catolica|judio|musulmano|musulmana|cattolico|cattolica|ebreo|ebrea|"
     "katholiek|joods|katolik|katoliczka|zyd|judeu|muculmano|katolsk|judisk|musluman|hristiyan|yahudi|kosher|halal", 0},
    {CUE(POLITICS), "republican|republicans|democrat voter|i voted for|i vote for|party member|my political|socialist|communist|conservative party|"
     "labour party|green party|parteimitglied|cdu|spd|afd|fdp|gewahlt habe|syndicaliste|je vote|vote pour|partido politico|militante|voto por|"
     "partito democratico|iscritto al partito|partijlid|lid van de partij|czlonek partii|filiado ao partido|partimedlem|parti uyesi", 0},
    {CUE(SEX), "gay|lesbian|bisexual|transgender|homosexual|queer|transsexual|nonbinary|non binary|asexual|lgbt|lgbtq|my sexuality|"
     "sexual orientation|schwul|lesbisch|bisexuell|homosexuell|lesbienne|homosexuel|homosexuelle|bisexuel|lesbiana|bisexual|"
     "omosessuale|lesbica|homoseksueel|biseksueel|gej|lesbijka|homoseksualny|homossexual|lesbica|homosexuell|escinsel|lezbiyen|biseksuel", 0},
    {CUE(UNION), "trade union|union member|union membership|labor union|labour union|union rep|shop steward|gewerkschaft|gewerkschaftsmitglied|"
     "verdi mitglied|ig metall|syndicat|syndique|sindicato|sindicalista|afiliado al sindicato|sindacato|iscritto al sindacato|vakbond|"
     "vakbondslid|zwiazek zawodowy|zwiazku zawodowego|sindicalizado|fackforening|fackligt|sendika|sendika uyesi", 0},
};
/* clang-format on */

size_t
pii_cue_count(void)
{
    return sizeof pii_cue_rows / sizeof *pii_cue_rows;
}

const struct pii_cue_row *
pii_cue_get(size_t i)
{
    return &pii_cue_rows[i];
}
