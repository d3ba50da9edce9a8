/* The keys of bot.yaml. A key that is not here is refused by the reader; a row that no reader asks for is caught by bot_schema_test.c. */
#include "engine/bot_shape.h"

#include <string.h>

#define TYPES "text|number|bool|email|date|time|datetime|duration|interval|money|quantity|phone|url|order_number|colour|size|ordinal"
#define BASES "consent|contract|legal_obligation|vital_interests|public_task|legitimate_interests|undecided"

const struct shape_key bot_shape_keys[] = {
    {SHAPE_TOP, "version", SHAPE_WORD, 0, true, "1", "The version of this format, in quotes"},
    {SHAPE_TOP, "name", SHAPE_STRING, 0, true, NULL, "What the bot calls itself"},
    {SHAPE_TOP, "languages", SHAPE_STRINGS, 0, false, NULL, "ISO 639-1 codes; the first is the default"},
    {SHAPE_TOP, "country", SHAPE_STRING, 0, false, NULL, "ISO 3166 code: how telephone numbers and dates are read when a browser's language doesn't say"},
    {SHAPE_TOP, "disclosure", SHAPE_TEXT, 0, false, NULL, "Your own sentence about being a machine, beside the product's"},
    {SHAPE_TOP, "intents", SHAPE_LIST, SHAPE_INTENT, false, NULL, "What people want, each with examples of how they say it"},
    {SHAPE_TOP, "entities", SHAPE_NAMED, SHAPE_ENTITY, false, NULL, "Things that texts mention, beside the built-in ones"},
    {SHAPE_TOP, "synonyms", SHAPE_STRINGS_2, 0, false, NULL, "For search: each list means the same"},
    {SHAPE_TOP, "slots", SHAPE_NAMED, SHAPE_SLOT, false, NULL, "What a flow remembers"},
    {SHAPE_TOP, "fields", SHAPE_NAMED, SHAPE_FIELD, false, NULL, "Personal data that a flow may collect, with its purpose"},
    {SHAPE_TOP, "tables", SHAPE_NAMED, SHAPE_TABLE, false, NULL, "CSV files that a flow may look up"},
    {SHAPE_TOP, "endpoints", SHAPE_NAMED, SHAPE_ENDPOINT, false, NULL, "Services that a flow may call"},
    {SHAPE_TOP, "responses", SHAPE_NAMED_LISTS, SHAPE_VARIANT, false, NULL, "What the bot says; variants are taken in turn"},
    {SHAPE_TOP, "flows", SHAPE_NAMED, SHAPE_FLOW, false, NULL, "Conversations of several steps"},
    {SHAPE_TOP, "guard", SHAPE_STRING_MAP, 0, false, NULL, "What is done with a type of personal data"},
    {SHAPE_TOP, "links", SHAPE_STRINGS, 0, false, NULL, "Hosts that links may lead to, beside the site's own"},
    {SHAPE_TOP, "canaries", SHAPE_STRINGS, 0, false, NULL, "Strings that must never be said"},

    {SHAPE_INTENT, "intent", SHAPE_STRING, 0, true, NULL, "Its name: letters, digits, _ and -"},
    {SHAPE_INTENT, "examples", SHAPE_EXAMPLES, 0, true, NULL, "How people say it; ten or more in each language"},
    {SHAPE_INTENT, "action", SHAPE_STRING, 0, false, NULL, "The response, when no flow starts with it"},

    {SHAPE_ENTITY, "regex", SHAPE_STRING, 0, false, NULL, "A regular expression, matched without regard to case"},
    {SHAPE_ENTITY, "values", SHAPE_STRINGS_MAP, 0, false, NULL, "Values, each with its other names"},
    {SHAPE_ENTITY, "labels", SHAPE_TEXT_MAP, 0, false, NULL, "How replies say a value, by language"},

    {SHAPE_SLOT, "entity", SHAPE_STRING, 0, false, NULL, "The entity that fills it"},
    {SHAPE_SLOT, "type", SHAPE_WORD, 0, false, TYPES, "What it holds, when no entity of yours fills it"},
    {SHAPE_SLOT, "min", SHAPE_NUMBER, 0, false, NULL, "Least value of a number, or letters of a text"},
    {SHAPE_SLOT, "max", SHAPE_NUMBER, 0, false, NULL, "Greatest value of a number, or letters of a text"},
    {SHAPE_SLOT, "label", SHAPE_TEXT, 0, false, NULL, "As people call it: \"change the day\" asks for it again"},

    {SHAPE_FIELD, "slot", SHAPE_STRING, 0, true, NULL, "The slot that collects it"},
    {SHAPE_FIELD, "type", SHAPE_STRING_OR_STRINGS, 0, false, NULL, "Its type of personal data, `privet redact --types-list`, or OTHER"},
    {SHAPE_FIELD, "purpose", SHAPE_TEXT, 0, true, NULL, "What it is needed for, as the visitor is told"},
    {SHAPE_FIELD, "basis", SHAPE_WORD, 0, false, BASES, "The legal basis; consent when there is a consent slot"},
    {SHAPE_FIELD, "consent", SHAPE_STRING, 0, false, NULL, "The yes or no that comes before it"},
    {SHAPE_FIELD, "days", SHAPE_NUMBER, 0, true, NULL, "How long it is kept; 0: for this chat only"},
    {SHAPE_FIELD, "label", SHAPE_TEXT, 0, false, NULL, "Its name in the notice"},
    {SHAPE_FIELD, "recipients", SHAPE_TEXT, 0, false, NULL, "Who receives it"},

    {SHAPE_TABLE, "file", SHAPE_STRING, 0, true, NULL, "A CSV file in the bot's folder"},
    {SHAPE_TABLE, "key", SHAPE_STRINGS, 0, true, NULL, "Columns of the names of slots; together they find a row"},

    {SHAPE_ENDPOINT, "url", SHAPE_STRING, 0, true, NULL, "https://…; http only on this machine"},
    {SHAPE_ENDPOINT, "method", SHAPE_WORD, 0, false, "POST|GET", "POST when absent"},
    {SHAPE_ENDPOINT, "send", SHAPE_STRINGS, 0, false, NULL, "Slots that it is told"},
    {SHAPE_ENDPOINT, "receive", SHAPE_STRING_MAP, 0, false, NULL, "Slots that its answer fills: slot: member of the JSON answer"},
    {SHAPE_ENDPOINT, "timeout", SHAPE_STRING, 0, false, NULL, "How long it may take: 5 seconds"},

    {SHAPE_VARIANT, "text", SHAPE_TEXT, 0, true, NULL, "What is said; {slot} is replaced"},
    {SHAPE_VARIANT, "image", SHAPE_STRING, 0, false, NULL, "A picture: a path of the chat's own, or a link"},
    {SHAPE_VARIANT, "buttons", SHAPE_LIST, SHAPE_BUTTON, false, NULL, "Quick replies"},

    {SHAPE_BUTTON, "title", SHAPE_TEXT, 0, true, NULL, "What stands on it"},
    {SHAPE_BUTTON, "payload", SHAPE_STRING, 0, true, NULL, "/intent or /intent{\"slot\":\"value\"}"},

    {SHAPE_FLOW, "description", SHAPE_STRING, 0, false, NULL, "What it does, for you"},
    {SHAPE_FLOW, "start", SHAPE_STRINGS, 0, false, NULL, "Intents that begin it; person is built in"},
    {SHAPE_FLOW, "timeout", SHAPE_STRING, 0, false, NULL, "It ends when the visitor is silent for longer: 60 minutes when absent"},
    {SHAPE_FLOW, "digressions", SHAPE_NUMBER, 0, false, NULL, "How often a question is asked again after another topic, before the flow is put aside: 3 when absent"},
    {SHAPE_FLOW, "steps", SHAPE_LIST, SHAPE_STEP, true, NULL, "What it does, from above"},

    {SHAPE_STEP, "id", SHAPE_STRING, 0, false, NULL, "A name for next, then and else"},
    {SHAPE_STEP, "collect", SHAPE_STRING, 0, false, NULL, "Asks until this slot has a valid value"},
    {SHAPE_STEP, "confirm", SHAPE_STRING, 0, false, NULL, "Says this response and waits for yes or no"},
    {SHAPE_STEP, "lookup", SHAPE_STRING, 0, false, NULL, "Finds a row of this table"},
    {SHAPE_STEP, "action", SHAPE_STRING, 0, false, NULL, "Says this response"},
    {SHAPE_STEP, "keep", SHAPE_STRING, 0, false, NULL, "Keeps this field, when the visitor agreed"},
    {SHAPE_STEP, "set", SHAPE_STRING_MAP, 0, false, NULL, "Gives slots a value; an empty one is asked for again"},
    {SHAPE_STEP, "call", SHAPE_STRING, 0, false, NULL, "Runs another flow, then goes on"},
    {SHAPE_STEP, "request", SHAPE_STRING, 0, false, NULL, "Calls this endpoint"},
    {SHAPE_STEP, "require", SHAPE_WORD, 0, false, "verified visitor", "Goes on for a verified visitor only"},
    {SHAPE_STEP, "ask", SHAPE_STRING, 0, false, NULL, "The question of a collect; utter_ask_SLOT when absent"},
    {SHAPE_STEP, "wrong", SHAPE_STRING, 0, false, NULL, "What is said to a value that does not fit; utter_wrong_SLOT when absent"},
    {SHAPE_STEP, "tries", SHAPE_NUMBER, 0, false, NULL, "How many answers may not fit: 3 when absent"},
    {SHAPE_STEP, "next", SHAPE_NEXT, SHAPE_RULE, false, NULL, "Where it goes; the step behind when absent"},
    {SHAPE_STEP, "else", SHAPE_STRING, 0, false, NULL, "Where it goes when it failed, or END"},

    {SHAPE_RULE, "if", SHAPE_STRING, 0, false, NULL, "slots.x, slots.x == \"y\", not, and, or"},
    {SHAPE_RULE, "then", SHAPE_STRING, 0, false, NULL, "The step when it holds, or END"},
    {SHAPE_RULE, "else", SHAPE_STRING, 0, false, NULL, "The step in any other case, or END"},
};
const size_t bot_shape_count = sizeof bot_shape_keys / sizeof *bot_shape_keys;

const struct shape_key *
bot_shape_find(enum shape_map map, const char *key, size_t len)
{
    for (size_t i = 0; i < bot_shape_count; i++)
        if (bot_shape_keys[i].map == map && strlen(bot_shape_keys[i].key) == len && memcmp(bot_shape_keys[i].key, key, len) == 0)
            return &bot_shape_keys[i];
    return NULL;
}
