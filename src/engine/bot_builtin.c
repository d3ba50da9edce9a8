/* What every bot says and understands without being told: built-in responses and intents, in English and German. */
#include "engine/bot_private.h"

#include <string.h>

#define BUILTIN_SAME 3 /* examples in common: no accident */

struct builtin_text {
    const char *name, *en, *de;
};

static const struct builtin_text builtin_responses[KNOWN_COUNT] = {
    {"utter_unknown", "I don't know that, and I don't want to guess. Could you say it in other words?",
     "Das weiß ich nicht, und raten möchte ich nicht. Können Sie es anders sagen?"},
    {"utter_differently", "I have no other way to say it. Which part should I look up?",
     "Anders kann ich es nicht sagen. Was genau soll ich nachsehen?"},
    {"utter_bot", "Yes, I am a machine, not a person.", "Ja, ich bin eine Maschine, kein Mensch."},
    {"utter_person", "I am a machine, and I can't hand this chat over to a person.",
     "Ich bin eine Maschine und kann dieses Gespräch nicht an einen Menschen übergeben."},
    {"utter_suggest", "Did you mean one of these?", "Meinten Sie eines davon?"},
    {"utter_cancelled", "All right, I have stopped that.", "Gut, ich habe das abgebrochen."},
    {"utter_no_products", "I found no product like that.", "Ein solches Produkt habe ich nicht gefunden."},
    {"utter_products", "This is what I found:", "Das habe ich gefunden:"},
    {"utter_greet", "Hello! How can I help?", "Hallo! Wie kann ich helfen?"},
    {"utter_thanks", "You're welcome.", "Gern geschehen."},
    {"utter_bye", "Goodbye!", "Auf Wiedersehen!"},
    {"utter_help", "Ask me a question in your own words.", "Stellen Sie mir eine Frage in Ihren eigenen Worten."},
    {"utter_wrong", "That doesn't fit here.", "Das passt hier nicht."},
};

struct builtin_intent {
    const char *name;
    enum bot_known action;
    const char *en, *de; /* examples, one a line */
};

static const struct builtin_intent builtin_intents[BOT_BUILTIN_INTENTS] = {
    {"greet", KNOWN_GREET, "hello\nhi\nhey\nhi there\nhello there\ngood morning\ngood evening\ngood afternoon\nhey there",
     "hallo\nhi\nguten tag\nguten morgen\nguten abend\nmoin\nservus\ngrüß gott\nhallo zusammen"},
    {"thanks", KNOWN_THANKS, "thanks\nthank you\nthanks a lot\nthank you very much\ngreat thanks\ncheers\nthat helped thank you",
     "danke\nvielen dank\ndanke schön\ndankeschön\nbesten dank\nsuper danke\ndanke das hat geholfen"},
    {"bye", KNOWN_BYE, "bye\ngoodbye\nbye bye\nsee you\nsee you later\nhave a nice day\nthat was all bye",
     "tschüss\nauf wiedersehen\nbis bald\nciao\nschönen tag noch\nbis später\ndas war alles tschüss"},
    {"differently", KNOWN_DIFFERENTLY,
     "say it differently\nsay that differently\nI don't understand\ncan you explain that another way\nin other words please\n"
     "what do you mean\nrephrase that\nthat is not what I asked\nplease explain it again",
     "sag es anders\nkannst du das anders sagen\nich verstehe das nicht\nmit anderen worten bitte\nwas meinst du\n"
     "das habe ich nicht gefragt\nbitte noch einmal erklären\nanders bitte"},
    {"cancel", KNOWN_CANCELLED, "cancel\ncancel that\nstop\nstop it\nabort\nnever mind\nforget it\nlet's stop here\nquit",
     "abbrechen\nstopp\nstop\nvergiss es\nlass es\nbrich das ab\nnicht mehr nötig\naufhören"},
    {"help", KNOWN_HELP, "help\nwhat can you do\nhow does this work\nwhat can I ask you\nhelp me\nwhat are you able to do",
     "hilfe\nwas kannst du\nwie funktioniert das hier\nwas kann ich dich fragen\nhilf mir\nwas können Sie"},
    {"affirm", KNOWN_HELP, "yes\nyes please\nyeah\nyep\nsure\nok\nokay\nof course\ncorrect\nI agree\nthat's right",
     "ja\nja bitte\njawohl\nklar\nok\nokay\nsicher\nnatürlich\nrichtig\nich stimme zu\neinverstanden"},
    {"deny", KNOWN_HELP, "no\nno thanks\nnope\nnot really\nno thank you\nI disagree\nI don't want that",
     "nein\nnein danke\nnö\nnicht wirklich\nlieber nicht\nich will das nicht\nauf keinen fall"},
};

static str
builtin_pick(const struct bot *bot, size_t language, const char *en, const char *de)
{
    return str_has_prefix(bot->languages[language], STR("de")) ? str_from(de)
           : str_has_prefix(bot->languages[language], STR("en")) || language == 0 ? str_from(en)
                                                                                  : (str){"", 0};
}

enum err
bot_builtin_responses(struct bot *bot)
{
    for (size_t i = 0; i < KNOWN_COUNT; i++) {
        const struct builtin_text *known = &builtin_responses[i];
        void *piece = NULL;
        bot->known[i] = bot_find_response(bot, str_from(known->name));
        if (bot->known[i] != BOT_NONE)
            continue;
        TRY(arena_take(bot->arena, 1, sizeof(struct bot_variant), &piece));
        struct bot_variant *variant = piece;
        for (size_t k = 0; k < bot->language_count; k++)
            variant->text.at[k] = builtin_pick(bot, k, known->en, known->de);
        bot->known[i] = bot->response_count;
        bot->responses[bot->response_count++] =
            (struct bot_response){str_from(known->name), variant, 1, 0, true, true};
    }
    for (size_t i = 0; i < KNOWN_COUNT; i++)
        bot->responses[bot->known[i]].is_used = true;
    return ERR_NONE;
}

static void
builtin_examples(struct bot *bot, size_t intent, size_t language, const char *examples)
{
    str rest = str_from(examples), line;

    while (str_split(&rest, '\n', &line)) {
        bot->examples[bot->example_count++] = (struct nlu_example){intent, line, bot->languages[language]};
        bot->intents[intent].example_count++;
    }
}

static bool
builtin_is_same(str own, str known)
{
    while (own.len > 0 && strchr("!?., ", own.at[own.len - 1]))
        own.len--;
    return str_is_nocase(own, known);
}

/* An author's intent that says the same under another name ("thank", "goodbye") takes the place of a built-in one: two for the same words would
 * only be mixed up. */
static bool
builtin_is_there(const struct bot *bot, size_t own_count, const struct builtin_intent *known)
{
    size_t same = 0;

    for (size_t i = 0; i < own_count && same < BUILTIN_SAME; i++) {
        const char *texts[] = {known->en, known->de};
        for (size_t k = 0; k < 2; k++) {
            str rest = str_from(texts[k]), line;
            bool is_same = false;
            while (!is_same && str_split(&rest, '\n', &line))
                is_same = builtin_is_same(str_trim(bot->examples[i].text), line);
            same += is_same;
        }
    }
    return same >= BUILTIN_SAME;
}

enum err
bot_builtin_intents(struct bot *bot)
{
    size_t own_count = bot->example_count;

    for (size_t i = 0; i < BOT_BUILTIN_INTENTS; i++) {
        const struct builtin_intent *known = &builtin_intents[i];
        if (bot_find_intent(bot, str_from(known->name)) != BOT_NONE || builtin_is_there(bot, own_count, known))
            continue;
        size_t intent = bot->intent_count++;
        bot->intents[intent] = (struct bot_intent){str_from(known->name), bot->known[known->action], BOT_NONE, 0, true};
        bool any = false;
        for (size_t k = 0; k < bot->language_count; k++) {
            bool is_de = str_has_prefix(bot->languages[k], STR("de")), is_en = str_has_prefix(bot->languages[k], STR("en"));
            if (is_de || is_en)
                builtin_examples(bot, intent, k, is_de ? known->de : known->en);
            any = any || is_de || is_en;
        }
        if (!any)
            builtin_examples(bot, intent, 0, known->en);
    }
    return ERR_NONE;
}
