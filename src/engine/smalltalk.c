/* What must be understood in every language, before anything else: "are you a robot?", "I want a person", yes and no.
 *
 * A bot question needs the machine and "you" close together, so that a robot vacuum stays a product. */
#include "engine/bot_private.h"

#include "base/alloc.h"
#include "engine/lexicon.h"

static const char *const smalltalk_bot[] = {
    /* en */ "are you a bot", "are you a robot", "are you a machine", "are you an ai", "are you ai", "are you a computer", "are you human",
    "are you a human", "are you a real person", "are you a person", "are you real", "is this a bot", "is this a robot", "is this an ai",
    "is this a machine", "is this a real person", "is this a human", "are you chatgpt", "are you a chatbot", "is this a chatbot",
    "am i talking to a bot", "am i talking to a robot", "am i talking to a machine", "am i talking to a human", "am i talking to a person",
    "am i talking to a real person", "am i talking to an ai", "am i chatting with a bot", "am i chatting with a human",
    "am i speaking to a human", "am i speaking with a human", "am i speaking to a bot", "you a bot", "you are a bot", "youre a bot",
    "youre a robot", "you are a robot", "you are a machine", "are you an actual person", "are you an actual human", "are you a real human",
    "are you just a bot", "are you artificial intelligence", "are you automated", "bot or human", "human or bot", "you human", "r u a bot",
    "are u a bot", "are u human", "r u human", "are you alive", "are you some kind of bot", "are you really a person", "are you really human",
    "are you a real bot", "are you bot", "are you robot",
    /* de */ "bist du ein bot", "bist du ein roboter", "bist du eine maschine", "bist du eine ki", "bist du ein mensch", "bist du echt",
    "bist du menschlich", "sind sie ein bot", "sind sie ein roboter", "sind sie eine maschine", "sind sie eine ki", "sind sie ein mensch",
    "sind sie echt", "sind sie ein echter mensch", "bist du ein echter mensch", "rede ich mit einem bot", "rede ich mit einer maschine",
    "rede ich mit einem menschen", "spreche ich mit einem menschen", "spreche ich mit einem bot", "spreche ich mit einer maschine",
    "spreche ich mit einem roboter", "schreibe ich mit einem menschen", "schreibe ich mit einem bot", "ist das ein bot", "bist du ki",
    "ist das eine maschine", "ist da ein mensch", "ist das ein roboter", "bist du ein computer", "sind sie ein computer", "mensch oder maschine",
    "bist du ein chatbot", "sind sie ein chatbot", "bist du eine künstliche intelligenz", "sind sie eine künstliche intelligenz",
    "bist du eine echte person", "sind sie eine echte person", "bist du wirklich ein mensch", "du bist ein bot", "du bist doch ein bot",
    "bist du bot", "rede ich mit einem roboter", "rede ich mit einer ki", "chatte ich mit einem menschen",
    /* fr */ "es tu un robot", "êtes vous un robot", "etes vous un robot", "es tu une machine", "êtes vous une machine", "es tu humain",
    "êtes vous humain", "es tu un bot", "êtes vous un bot", "tu es un robot", "vous êtes un robot", "es tu un humain", "êtes vous un humain",
    "êtes vous une vraie personne", "es tu une vraie personne", "est ce un robot", "est ce que tu es un robot", "tu es humain",
    "est ce que vous êtes un robot", "est ce que je parle à un robot", "je parle à un robot", "es tu une ia", "êtes vous une ia",
    /* es */ "eres un robot", "es usted un robot", "eres una máquina", "eres una maquina", "eres humano", "eres un bot", "eres una persona",
    "eres una ia", "es un robot", "hablo con un robot", "estoy hablando con un robot", "hablo con una persona", "eres real", "es usted humano",
    "eres una persona real", "eres un humano", "es usted una persona", "estoy hablando con una máquina", "estoy hablando con una persona",
    /* it */ "sei un robot", "sei un bot", "sei una macchina", "sei umano", "sei una persona", "sei una persona vera", "è un robot",
    "lei è un robot", "sto parlando con un robot", "parlo con un robot", "sei reale", "sei una ia", "sto parlando con una persona",
    "sei un essere umano", "sto parlando con una macchina",
    /* nl */ "ben je een robot", "ben je een bot", "ben jij een robot", "ben jij een bot", "bent u een robot", "bent u een bot",
    "ben je een mens", "ben jij een mens", "bent u een mens", "ben je een machine", "praat ik met een robot", "praat ik met een mens",
    "ben je echt", "is dit een bot", "is dit een robot", "ben je een computer", "spreek ik met een mens", "ben je een ai",
    /* pt */ "és um robô", "você é um robô", "voce é um robô", "você é um robo", "voce e um robo", "você é um bot", "você é humano",
    "é um robô", "és humano", "estou falando com um robô", "estou a falar com um robô", "você é uma pessoa", "és uma pessoa",
    "você é uma máquina", "és uma máquina", "você é uma ia", "és um bot", "você é real", NULL};

static const char *const smalltalk_person[] = {
    /* en */ "talk to a person", "talk to a human", "speak to a person", "speak to a human", "speak with a person", "speak with a human",
    "talk to someone", "speak to someone", "talk with someone", "real person", "real human", "human agent", "live agent", "human please",
    "talk to an agent", "speak to an agent", "customer service", "customer support", "talk to support", "call me back", "call me",
    "a person please", "want a person", "want a human", "need a human", "need a person", "talk to a representative", "talk with a person",
    "talk with a human", "chat with a human", "chat with a person", "speak to a representative", "speak to staff", "talk to staff",
    "connect me to", "representative", "transfer me", "speak with someone", "talk to somebody", "speak to somebody", "a human being",
    "callback", "call back", "speak to a manager", "talk to a manager", "contact a human", "get me a human", "someone from your team",
    "operator please", "want to talk to a real", "talk to your staff", "human support", "actual person", "actual human",
    /* de */ "mit einem menschen", "mit einem mitarbeiter", "mit einer mitarbeiterin", "mit jemandem sprechen", "mit jemandem reden",
    "echten menschen", "einen menschen sprechen", "einen mitarbeiter sprechen", "mitarbeiter sprechen", "mensch bitte", "einen menschen",
    "rückruf", "zurückrufen", "rufen sie mich", "ruf mich", "kundendienst", "kundenservice", "kundenbetreuung", "echte person",
    "mit einer person", "mit einer echten person", "jemanden sprechen", "einem berater", "ansprechpartner", "mitarbeiter bitte",
    "mit einem echten", "person sprechen", "mit wem sprechen",
    /* fr */ "parler à quelqu'un", "parler à quelquun", "parler à un humain", "parler à une personne", "parler avec un humain", "un conseiller",
    "parler avec une personne", "service client", "une vraie personne", "parler à un agent", "être rappelé", "rappelez moi", "un humain svp",
    "parler avec quelquun", "parler à un conseiller", "je veux un humain",
    /* es */ "hablar con una persona", "hablar con alguien", "hablar con un humano", "un agente", "atención al cliente", "persona real",
    "hablar con un agente", "llámame", "llámenme", "quiero una persona", "servicio al cliente", "hablar con un operador",
    /* it */ "parlare con una persona", "parlare con qualcuno", "parlare con un operatore", "un operatore", "servizio clienti",
    "parlare con un umano", "persona vera", "persona reale", "richiamatemi", "parlare con un essere umano",
    /* nl */ "iemand spreken", "met een mens", "met iemand praten", "met een medewerker", "een medewerker", "echt persoon", "klantenservice",
    "met een persoon", "echte persoon", "bel me terug", "een mens spreken", "terugbellen", "medewerker spreken",
    /* pt */ "falar com uma pessoa", "falar com alguém", "falar com um humano", "falar com um atendente", "um atendente", "pessoa real",
    "atendimento ao cliente", "quero falar com", "ligue me", "falar com um operador", "serviço de apoio", NULL};

/* "are you a robot vacuum shop" and the like are about things. */
static const char *const smalltalk_things[] = {"vacuum", "vacuums", "cleaner", "mower", "saugroboter", "mähroboter", "staubsauger", "toy", NULL};

static const char *const smalltalk_yes[] = {"yes", "yeah", "yep", "yup", "sure", "ok", "okay", "of course", "agreed", "i agree", "i do", "fine",
    "correct", "thats right", "that is right", "exactly", "ja", "stimmt", "das stimmt", "genau", "passt", "exact", "cest exact", "cest ça", "jawohl", "klar", "gerne", "gern", "einverstanden", "natürlich", "jo", "oui", "daccord", "si", "sí", "sì", "claro", "sim", "true", NULL};
static const char *const smalltalk_no[] = {"no", "nope", "nah", "not", "dont", "never", "nein", "nö", "nicht", "nee", "kein", "keine", "non", "não",
    "nao", "niet", "false", "disagree", NULL};

static const struct {
    unsigned kind;
    const char *const *phrases;
} smalltalk_lists[] = {{SMALLTALK_BOT, smalltalk_bot},       {SMALLTALK_PERSON, smalltalk_person}, {SMALLTALK_THING, smalltalk_things},
                       {SMALLTALK_YES, smalltalk_yes},       {SMALLTALK_NO, smalltalk_no}};

#define SMALLTALK_PHRASES_MAX ((size_t)1024)

/* Phrases by their text, and by the word they begin with: most words of a message begin none and cost one look. */
struct smalltalk {
    struct lexicon *phrases, *starts;
    uint8_t kinds[SMALLTALK_PHRASES_MAX];
    uint8_t longest[SMALLTALK_PHRASES_MAX]; /* words of the longest phrase with this start */
};

static enum err
smalltalk_add(struct smalltalk *talk, str phrase, unsigned kind)
{
    str rest = phrase, first, next;
    uint32_t number = 0, start = 0;
    uint8_t count = 1;

    (void)str_split(&rest, ' ', &first);
    while (rest.at && str_split(&rest, ' ', &next))
        count++;
    TRY(lexicon_add(talk->phrases, phrase, &number));
    TRY(lexicon_add(talk->starts, first, &start));
    must(number < SMALLTALK_PHRASES_MAX && start < SMALLTALK_PHRASES_MAX);
    talk->kinds[number] = (uint8_t)(talk->kinds[number] | kind);
    talk->longest[start] = count > talk->longest[start] ? count : talk->longest[start];
    return ERR_NONE;
}

static enum err
smalltalk_fill(struct smalltalk *talk)
{
    TRY(lexicon_make(&talk->phrases));
    TRY(lexicon_make(&talk->starts));
    for (size_t i = 0; i < sizeof smalltalk_lists / sizeof *smalltalk_lists; i++)
        for (const char *const *phrase = smalltalk_lists[i].phrases; *phrase; phrase++)
            TRY(smalltalk_add(talk, str_from(*phrase), smalltalk_lists[i].kind));
    return ERR_NONE;
}

enum err
smalltalk_make(struct smalltalk **out)
{
    void *piece = NULL;

    TRY(alloc_make(1, sizeof(struct smalltalk), &piece));
    struct smalltalk *talk = piece;
    enum err err = smalltalk_fill(talk);
    if (err != ERR_NONE) {
        smalltalk_free(&talk);
        return err;
    }
    *out = talk;
    return ERR_NONE;
}

void
smalltalk_free(struct smalltalk **talk)
{
    if (!*talk)
        return;
    lexicon_free(&(*talk)->phrases);
    lexicon_free(&(*talk)->starts);
    alloc_free(talk);
}

unsigned
smalltalk_find(const struct smalltalk *talk, const struct words *words)
{
    unsigned found = 0;

    for (size_t i = 0; i < words->count; i++) {
        uint32_t start = lexicon_find(talk->starts, words->word[i]);
        size_t longest = start == LEXICON_NONE ? 0 : talk->longest[start];
        for (size_t k = i; k < words->count && k < i + longest; k++) {
            /* Words lie in the folded text with single blanks between. */
            const char *end = words->word[k].at + words->word[k].len;
            uint32_t phrase = lexicon_find(talk->phrases, str_bytes(words->word[i].at, (size_t)(end - words->word[i].at)));
            found |= phrase == LEXICON_NONE ? 0 : talk->kinds[phrase];
        }
    }
    return found;
}

int
smalltalk_answer(unsigned found, const struct words *words)
{
    if (words->count > 6)
        return 0;
    if (found & SMALLTALK_NO)
        return -1;
    return (found & SMALLTALK_YES) != 0;
}
