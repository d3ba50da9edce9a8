/* Purposes: their legal bases, which kinds of purpose need which data, and a question that asks for less. It judges words by a table and
 * says so: a purpose that it does not know is left to the author. */
#include "rights/purpose.h"

#include "guard/fold.h"

#include <string.h>

static const struct {
    const char *name, *article;
} bases[] = {
    [PURPOSE_CONSENT] = {"consent", "6(1)(a)"},       [PURPOSE_CONTRACT] = {"contract", "6(1)(b)"},
    [PURPOSE_LEGAL] = {"legal_obligation", "6(1)(c)"}, [PURPOSE_VITAL] = {"vital_interests", "6(1)(d)"},
    [PURPOSE_PUBLIC] = {"public_task", "6(1)(e)"},    [PURPOSE_LEGITIMATE] = {"legitimate_interests", "6(1)(f)"},
    [PURPOSE_UNDECIDED] = {"undecided", "6(1)(?)"},
};

/* Words of a purpose, and what it needs at most. The first row whose words stand in the text is its kind. Words are folded; a blank at an
 * end asks for the end of a word. */
#define NEEDS_MAX 8
static const struct purpose_kind {
    const char *words;
    uint16_t needs[NEEDS_MAX]; /* type + 1; 0 ends */
} kinds[] = {
    {"newsletter|rundbrief|infolettre|boletin|nieuwsbrief|biuletyn|nyhetsbrev|bulten|mailing list|verteiler", {PII_EMAIL + 1, PII_PERSON + 1}},
    {"old enough|of age|age check|age limit|adult|minor|alcohol|volljahrig|altersprufung|jugendschutz|alkohol|majeur|mayor de edad|maggiorenne|"
     "meerderjarig|pelnoletni|maior de idade|myndig|resit", {PII_AGE + 1}},
    {"order status|where an order|where is an order|track|parcel|shipment|bestellstatus|wo eine bestellung|sendung|paket|suivi|colis|"
     "seguimiento|paquete|tracciamento|spedizione|zending|przesylk|rastre|encomenda|sparning|kargo|find your order|find the order|find an order|"
     "look up your order|look up an order|bestellung zu finden|bestellung finden|cancel an order|order can be cancelled|order can still|"
     "stornier|annuler une commande",
     {PII_POSTCODE + 1, PII_EMAIL + 1}},
    {"refund|money back|reimburse|erstatt|ruckzahlung|rembours|reembolso|rimborso|terugbetal|zwrot|aterbetal|iade",
     {PII_IBAN + 1, PII_BANK_ACCOUNT + 1, PII_PERSON + 1, PII_EMAIL + 1, PII_POSTCODE + 1}},
    {"return|send back|sent back|retour|rucksend|zuruckschick|renvoy|devoluc|devolver|reso |terugstur|odesla|devolu",
     {PII_POSTCODE + 1, PII_EMAIL + 1, PII_PERSON + 1}},
    {"deliver|ship |liefer|versand|livr|entrega|consegn|bezorg|dostaw|leverans|teslimat",
     {PII_PERSON + 1, PII_STREET + 1, PII_POSTCODE + 1, PII_CITY + 1, PII_PHONE + 1, PII_EMAIL + 1}},
    {"patient|doctor|practice|clinic|medical|arzt|praxis|klinik|sprechstunde|medecin|cabinet|medico|clinica|huisarts|lekarz|przychodni|lakare|"
     "hasta|doktor",
     {PII_PERSON + 1, PII_BIRTH_DATE + 1, PII_PHONE + 1, PII_EMAIL + 1, PII_HEALTH + 1}},
    {"appointment|booking|book a|reserv|termin|rendez vous|cita |appuntament|afspraak|wizyt|agendament|tidsbokning|randevu",
     {PII_PERSON + 1, PII_PHONE + 1, PII_EMAIL + 1}},
    {"call you back|callback|call back|get back to|contact you|answer you|reach you|reply to you|write to you|ruckruf|zuruckruf|melden|"
     "antworten|per e mail antwort|erreichen|rappel|recontacter|repondre|llamar|contactar|responder|ricontatt|richiam|rispond|terugbel|"
     "contact met|oddzwon|kontakt|retorn|entrar em contato|ring|kontakta|geri ara",
     {PII_EMAIL + 1, PII_PHONE + 1, PII_PERSON + 1, PII_USERNAME + 1}},
    {"apply|application|career|job|bewerb|candidat|empleo|lavoro|sollicit|praca|vaga|ansok|is basvuru",
     {PII_PERSON + 1, PII_EMAIL + 1, PII_PHONE + 1}},
    {"quote|offer|estimate|angebot|kostenvoranschlag|devis|presupuesto|preventivo|offerte|wycen|orcamento|offert|teklif",
     {PII_PERSON + 1, PII_EMAIL + 1, PII_PHONE + 1, PII_POSTCODE + 1}},
    {"complain|complaint|beschwerde|reklamation|reclam|klacht|skarg|klagomal|sikayet",
     {PII_PERSON + 1, PII_EMAIL + 1, PII_PHONE + 1, PII_POSTCODE + 1}},
    {"gift|advice|recommend|suggest|geschenk|beratung|empfehl|cadeau|conseil|regalo|consejo|consigl|advies|porad|presente|present|hediye", {0}},
};

/* A question that asks for less. `kind` is the beginning of a kind's words, NULL any. */
static const struct {
    uint16_t type;
    const char *kind, *language, *question;
} betters[] = {
    {PII_BIRTH_DATE, "old enough", "en", "Are you 18 or older?"},
    {PII_BIRTH_DATE, "old enough", "de", "Sind Sie 18 oder älter?"},
    {PII_AGE, NULL, "en", "Are you 18 or older?"},
    {PII_AGE, NULL, "de", "Sind Sie 18 oder älter?"},
    {PII_POSTCODE, NULL, "en", "Which region are you in?"},
    {PII_POSTCODE, NULL, "de", "In welcher Region sind Sie?"},
    {PII_STREET, "order status", "en", "What is the postcode on the order?"},
    {PII_STREET, "order status", "de", "Welche Postleitzahl steht auf der Bestellung?"},
    {PII_STREET, NULL, "en", "What is your postcode?"},
    {PII_STREET, NULL, "de", "Wie lautet Ihre Postleitzahl?"},
    {PII_PHONE, "newsletter", "en", "What is your e-mail address?"},
    {PII_PHONE, "newsletter", "de", "Wie lautet Ihre E-Mail-Adresse?"},
    {PII_TYPE_OWN, "order status", "en", "What is the postcode on the order?"}, /* any other type */
    {PII_TYPE_OWN, "order status", "de", "Welche Postleitzahl steht auf der Bestellung?"},
    {PII_TYPE_OWN, "refund", "en", "What is the order number, and the postcode on the order?"},
    {PII_TYPE_OWN, "refund", "de", "Wie lauten die Bestellnummer und die Postleitzahl auf der Bestellung?"},
    {PII_TYPE_OWN, "return", "en", "What is the order number, and the postcode on the order?"},
    {PII_TYPE_OWN, "return", "de", "Wie lauten die Bestellnummer und die Postleitzahl auf der Bestellung?"},
    {PII_TYPE_OWN, "call you back", "en", "How may a colleague reach you: by e-mail or by phone?"},
    {PII_TYPE_OWN, "call you back", "de", "Wie dürfen wir Sie erreichen: per E-Mail oder per Telefon?"},
};

enum err
purpose_basis_find(str name, enum purpose_basis *out)
{
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++)
        if (str_is(name, str_from(bases[i].name))) {
            *out = (enum purpose_basis)i;
            return ERR_NONE;
        }
    return err_raise(ERR_ABSENT, "purpose: no such basis");
}

const char *
purpose_basis_article(enum purpose_basis basis)
{
    return bases[basis].article;
}

bool
purpose_is_special(unsigned type)
{
    return type >= PII_HEALTH && type <= PII_UNION;
}

/* At the beginning of a word. */
static bool
purpose_has(str folded, str word)
{
    for (size_t at = 0, found; (found = str_find(str_slice(folded, at, SIZE_MAX), word)) != SIZE_MAX; at += found + 1)
        if (at + found == 0 || folded.at[at + found - 1] == ' ')
            return true;
    return false;
}

static const struct purpose_kind *
purpose_kind_of(str folded)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        str rest = str_from(kinds[i].words), word;
        while (str_split(&rest, '|', &word)) {
            if (purpose_has(folded, word))
                return &kinds[i];
        }
    }
    return NULL;
}

static const char *
purpose_better(const struct purpose_kind *kind, unsigned type, str language)
{
    const char *english = NULL;

    for (size_t i = 0; i < sizeof betters / sizeof *betters; i++) {
        bool fits = (betters[i].type == type || betters[i].type == PII_TYPE_OWN) &&
                    (!betters[i].kind || str_has_prefix(str_from(kind->words), str_from(betters[i].kind)));
        if (!fits)
            continue;
        if (str_has_prefix(language, str_from(betters[i].language)))
            return betters[i].question;
        if (!english && strcmp(betters[i].language, "en") == 0)
            english = betters[i].question;
    }
    return english;
}

enum purpose_need
purpose_check(str about, unsigned type, str language, const char **better)
{
    char folded[1024];
    size_t len = fold_write(str_slice(about, 0, 700), folded, sizeof folded - 2), used = 1;

    /* Words with single blanks between and around. */
    char words[1024] = " ";
    for (size_t i = 0; i < len; i++) {
        char c = folded[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
        if (letter || words[used - 1] != ' ')
            words[used++] = letter ? c : ' ';
    }
    words[used++] = ' ';
    const struct purpose_kind *kind = purpose_kind_of((str){words, used});
    *better = NULL;
    if (!kind)
        return PURPOSE_UNKNOWN;
    for (size_t i = 0; i < NEEDS_MAX && kind->needs[i] != 0; i++)
        if (kind->needs[i] == type + 1)
            return PURPOSE_NEEDED;
    *better = purpose_better(kind, type, language);
    return PURPOSE_TOO_MUCH;
}

enum err
purpose_types_write(const uint8_t *types, struct buf *out)
{
    char name[64];
    bool first = true;

    for (unsigned i = 0; i < pii_type_count(); i++) {
        if (!pii_is_wanted(types, i))
            continue;
        TRY(buf_add_str(out, first ? STR("") : STR(", ")));
        TRY(buf_add_str(out, pii_type_name(i, name)));
        first = false;
    }
    return first ? buf_add_str(out, STR("free text")) : ERR_NONE;
}
