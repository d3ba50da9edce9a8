/* The sentences, one row per language: what it was, what became of it, what to do. Complete in each language, since a test counts them. */
#include "guard/remark.h"

#include "guard/number.h"

enum remark_kind {
    REMARK_CARD, REMARK_CODE, REMARK_PASSWORD, REMARK_OTP, REMARK_KEY, REMARK_ID, REMARK_ACCOUNT, REMARK_BIRTH, REMARK_VEHICLE,
    REMARK_DEVICE, REMARK_OTHER, REMARK_KINDS
};

/* %s is the name of what was recognised. */
static const struct remark_row {
    const char *language, *refused, *removed;
    const char *name[REMARK_KINDS];
    const char *advice_card, *advice_secret, *advice_other, *stopped;
} rows[] = {
    {"en", "I recognised %s in your message. I have not kept it and not passed it on; the whole message is gone.",
     "I recognised %s in your message and took it out. It is not kept and not passed on.",
     {"a payment card number", "a card security code", "a password or PIN", "a one-time code", "an access key", "an identity number",
      "a bank account number", "a date of birth", "the number of a vehicle", "the address of a device", "personal data"},
     "Please write again without it. Enter card details only where you pay.",
     "Nobody here will ever ask for it. If somebody else may have seen it, please change it.", "Please leave it out here; it is not needed.",
     "I had an answer, but it did not pass the check that protects you, so I do not show it. Please ask in other "
     "words, or ask for a person."},
    {"de", "Ich habe in Ihrer Nachricht %s erkannt. Ich habe nichts davon gespeichert oder weitergegeben; die ganze Nachricht ist verworfen.",
     "Ich habe in Ihrer Nachricht %s erkannt und entfernt. Davon wird nichts gespeichert oder weitergegeben.",
     {"eine Kartennummer", "eine Kartenprüfnummer", "ein Passwort oder eine PIN", "einen Einmalcode", "einen Zugangsschlüssel",
      "eine Ausweis- oder Personennummer", "eine Kontonummer", "ein Geburtsdatum", "die Nummer eines Fahrzeugs", "die Adresse eines Geräts",
      "persönliche Daten"},
     "Bitte schreiben Sie noch einmal ohne sie. Geben Sie Kartendaten nur dort ein, wo Sie bezahlen.",
     "Danach fragt hier niemand. Falls jemand anders es gesehen haben könnte, ändern Sie es bitte.",
     "Bitte lassen Sie es hier weg; es wird nicht gebraucht.",
     "Ich hatte eine Antwort, aber sie hat die Prüfung nicht bestanden, die Sie schützt; ich zeige sie deshalb "
     "nicht. Bitte fragen Sie mit anderen Worten oder verlangen Sie einen Menschen."},
    {"fr", "J’ai reconnu %s dans votre message. Je n’en ai rien gardé ni transmis ; le message entier est effacé.",
     "J’ai reconnu %s dans votre message et je l’ai retiré. Rien n’en est gardé ni transmis.",
     {"un numéro de carte bancaire", "un code de sécurité de carte", "un mot de passe ou un code PIN", "un code à usage unique",
      "une clé d’accès", "un numéro d’identité", "un numéro de compte", "une date de naissance", "le numéro d’un véhicule",
      "l’adresse d’un appareil", "des données personnelles"},
     "Écrivez à nouveau sans lui, s’il vous plaît. N’indiquez vos données de carte que là où vous payez.",
     "Personne ici ne vous le demandera. Si quelqu’un d’autre a pu le voir, changez-le.", "Vous pouvez l’omettre ici ; ce n’est pas nécessaire.",
     "J’avais une réponse, mais elle n’a pas passé le contrôle qui vous protège ; je ne la montre donc pas. "
     "Demandez autrement, ou demandez une personne."},
    {"es", "He reconocido %s en su mensaje. No lo he guardado ni transmitido; el mensaje entero se ha borrado.",
     "He reconocido %s en su mensaje y lo he quitado. No se guarda ni se transmite.",
     {"un número de tarjeta", "un código de seguridad de tarjeta", "una contraseña o un PIN", "un código de un solo uso",
      "una clave de acceso", "un número de identidad", "un número de cuenta", "una fecha de nacimiento", "el número de un vehículo",
      "la dirección de un dispositivo", "datos personales"},
     "Escriba de nuevo sin él, por favor. Introduzca los datos de la tarjeta solo donde paga.",
     "Aquí nadie se lo pedirá. Si otra persona pudo verlo, cámbielo, por favor.", "Por favor, no lo escriba aquí; no hace falta.",
     "Tenía una respuesta, pero no superó el control que le protege, así que no la muestro. Pregunte con otras "
     "palabras o pida hablar con una persona."},
    {"it", "Ho riconosciuto %s nel suo messaggio. Non l’ho conservato né trasmesso; l’intero messaggio è cancellato.",
     "Ho riconosciuto %s nel suo messaggio e ho tolto quel valore. Non viene conservato né trasmesso.",
     {"un numero di carta", "un codice di sicurezza della carta", "una password o un PIN", "un codice monouso", "una chiave di accesso",
      "un numero di identità", "un numero di conto", "una data di nascita", "il numero di un veicolo", "l’indirizzo di un dispositivo",
      "dati personali"},
     "Scriva di nuovo senza quel numero, per favore. Inserisca i dati della carta solo dove paga.",
     "Qui nessuno lo chiederà mai. Se qualcun altro può averlo visto, lo cambi.", "Per favore non lo scriva qui; non serve.",
     "Avevo una risposta, ma non ha superato il controllo che la protegge, quindi non la mostro. Chieda con altre "
     "parole, o chieda di una persona."},
    {"nl", "Ik herkende %s in uw bericht. Ik heb het niet bewaard en niet doorgegeven; het hele bericht is weg.",
     "Ik herkende %s in uw bericht en heb het eruit gehaald. Het wordt niet bewaard en niet doorgegeven.",
     {"een kaartnummer", "een beveiligingscode van een kaart", "een wachtwoord of pincode", "een eenmalige code", "een toegangssleutel",
      "een identiteitsnummer", "een rekeningnummer", "een geboortedatum", "het nummer van een voertuig", "het adres van een apparaat",
      "persoonsgegevens"},
     "Schrijf het alstublieft opnieuw zonder dat nummer. Vul kaartgegevens alleen in waar u betaalt.",
     "Hier vraagt niemand ernaar. Kan iemand anders het gezien hebben, wijzig het dan.", "Laat het hier alstublieft weg; het is niet nodig.",
     "Ik had een antwoord, maar het kwam niet door de controle die u beschermt; daarom toon ik het niet. Vraag het "
     "in andere woorden, of vraag naar een mens."},
    {"pl", "Rozpoznano w wiadomości %s. Niczego nie zapisano ani nie przekazano; cała wiadomość została usunięta.",
     "Rozpoznano w wiadomości %s i usunięto tę wartość. Nie jest zapisana ani przekazywana.",
     {"numer karty", "kod zabezpieczający karty", "hasło lub PIN", "kod jednorazowy", "klucz dostępu", "numer identyfikacyjny",
      "numer konta", "datę urodzenia", "numer pojazdu", "adres urządzenia", "dane osobowe"},
     "Proszę napisać jeszcze raz bez niego. Dane karty podaje się tylko tam, gdzie się płaci.",
     "Nikt tutaj o to nie zapyta. Jeśli ktoś inny mógł to zobaczyć, proszę to zmienić.", "Proszę tego tu nie podawać; nie jest to potrzebne.",
     "Odpowiedź nie przeszła kontroli, która chroni użytkownika, więc nie jest pokazana. Proszę zapytać innymi "
     "słowami albo poprosić o rozmowę z człowiekiem."},
    {"pt", "Reconheci %s na sua mensagem. Não guardei nem transmiti nada; a mensagem inteira foi apagada.",
     "Reconheci %s na sua mensagem e retirei esse valor. Não é guardado nem transmitido.",
     {"um número de cartão", "um código de segurança do cartão", "uma palavra-passe ou um PIN", "um código de uso único",
      "uma chave de acesso", "um número de identificação", "um número de conta", "uma data de nascimento", "o número de um veículo",
      "o endereço de um dispositivo", "dados pessoais"},
     "Escreva de novo sem ele, por favor. Indique os dados do cartão apenas onde paga.",
     "Ninguém aqui o pedirá. Se outra pessoa o pode ter visto, altere-o.", "Por favor, não o escreva aqui; não é necessário.",
     "Tinha uma resposta, mas ela não passou no controlo que o protege, por isso não a mostro. Pergunte por outras "
     "palavras ou peça para falar com uma pessoa."},
    {"sv", "Jag kände igen %s i ditt meddelande. Jag har varken sparat eller lämnat vidare något; hela meddelandet är borta.",
     "Jag kände igen %s i ditt meddelande och tog bort det. Det sparas inte och lämnas inte vidare.",
     {"ett kortnummer", "en säkerhetskod till ett kort", "ett lösenord eller en pinkod", "en engångskod", "en åtkomstnyckel",
      "ett personnummer eller id-nummer", "ett kontonummer", "ett födelsedatum", "ett fordons nummer", "en enhets adress", "personuppgifter"},
     "Skriv gärna igen utan det. Ange kortuppgifter bara där du betalar.",
     "Ingen här frågar efter det. Kan någon annan ha sett det, byt det.", "Utelämna det här; det behövs inte.",
     "Jag hade ett svar, men det klarade inte kontrollen som skyddar dig, så jag visar det inte. Fråga med andra "
     "ord, eller be om en människa."},
    {"tr", "Mesajınızda %s tespit ettim. Hiçbirini saklamadım ve iletmedim; mesajın tamamı silindi.",
     "Mesajınızda %s tespit ettim ve çıkardım. Saklanmaz ve iletilmez.",
     {"bir kart numarası", "bir kart güvenlik kodu", "bir parola veya PIN", "tek kullanımlık bir kod", "bir erişim anahtarı",
      "bir kimlik numarası", "bir hesap numarası", "bir doğum tarihi", "bir araç numarası", "bir cihaz adresi", "kişisel veriler"},
     "Lütfen onsuz yeniden yazın. Kart bilgilerini yalnızca ödeme yaptığınız yere girin.",
     "Burada kimse bunu sormaz. Başka biri görmüş olabilirse lütfen değiştirin.", "Lütfen buraya yazmayın; gerekli değil.",
     "Bir yanıtım vardı ama sizi koruyan denetimden geçmedi, bu yüzden göstermiyorum. Lütfen başka sözcüklerle "
     "sorun ya da bir insanla görüşmek isteyin."},
    {"ar", "تعرّفت في رسالتك على %s. لم أحفظ منها شيئًا ولم أنقلها؛ حُذفت الرسالة كلها.",
     "تعرّفت في رسالتك على %s وأزلتها. لا تُحفظ ولا تُنقل.",
     {"رقم بطاقة دفع", "رمز أمان بطاقة", "كلمة مرور أو رقم سري", "رمز لمرة واحدة", "مفتاح وصول", "رقم هوية", "رقم حساب مصرفي",
      "تاريخ ميلاد", "رقم مركبة", "عنوان جهاز", "بيانات شخصية"},
     "من فضلك اكتب مرة أخرى بدونه. أدخل بيانات البطاقة حيث تدفع فقط.", "لن يطلبه أحد هنا. إن كان غيرك قد رآه فغيّره من فضلك.",
     "من فضلك لا تكتبه هنا؛ لا حاجة إليه.",
     "كان لدي جواب لكنه لم يجتز الفحص الذي يحميك، لذلك لا أعرضه. من فضلك اسأل بكلمات أخرى أو اطلب التحدث مع إنسان."},
};

static enum remark_kind
remark_kind_of(unsigned type)
{
    switch (type) {
    case PII_CARD:
    case PII_CARD_EXPIRY:
        return REMARK_CARD;
    case PII_CVV:
        return REMARK_CODE;
    case PII_PASSWORD:
    case PII_PIN:
    case PII_URL_CREDENTIALS:
        return REMARK_PASSWORD;
    case PII_OTP:
        return REMARK_OTP;
    case PII_API_KEY:
    case PII_PRIVATE_KEY:
    case PII_JWT:
        return REMARK_KEY;
    case PII_PASSPORT:
    case PII_LICENCE:
    case PII_ID_NUMBER:
        return REMARK_ID;
    case PII_IBAN:
    case PII_BANK_ACCOUNT:
        return REMARK_ACCOUNT;
    case PII_BIRTH_DATE:
        return REMARK_BIRTH;
    case PII_PLATE:
    case PII_VIN:
        return REMARK_VEHICLE;
    case PII_MAC:
    case PII_IMEI:
    case PII_IP:
        return REMARK_DEVICE;
    default:
        break;
    }
    if (type < PII_TYPE_OWN)
        return REMARK_OTHER;
    return number_get(type - PII_TYPE_OWN)->kind == NUMBER_BANK ? REMARK_ACCOUNT : REMARK_ID;
}

bool
remark_is_known(unsigned type)
{
    return remark_kind_of(type) != REMARK_OTHER;
}

static const struct remark_row *
remark_row_of(str language)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (str_is_nocase(str_slice(language, 0, 2), str_from(rows[i].language)))
            return &rows[i];
    return &rows[0];
}

enum err
remark_write(str language, unsigned type, bool is_refused, struct buf *out)
{
    const struct remark_row *row = remark_row_of(language);
    enum remark_kind kind = remark_kind_of(type);
    str sentence = str_from(is_refused ? row->refused : row->removed);
    size_t gap = str_find(sentence, STR("%s"));

    TRY(buf_add_str(out, str_slice(sentence, 0, gap)));
    TRY(buf_add_str(out, str_from(row->name[kind])));
    TRY(buf_add_str(out, str_slice(sentence, gap + 2, sentence.len)));
    TRY(buf_add_u8(out, ' '));
    const char *advice = kind <= REMARK_CODE ? row->advice_card : kind <= REMARK_KEY ? row->advice_secret : row->advice_other;
    return buf_add_str(out, str_from(advice));
}

enum err
remark_stopped_write(str language, struct buf *out)
{
    return buf_add_str(out, str_from(remark_row_of(language)->stopped));
}
