/* What every bot says and understands without being told: built-in responses and intents. */
#include "engine/bot_builtin_table.h"

#include <string.h>

#define BUILTIN_SAME 3 /* examples in common: no accident */

/* The column of a language of the bot; BUILTIN_LANGUAGES when there is none. */
static size_t
builtin_column(const struct bot *bot, size_t language)
{
    size_t i = 0;

    while (i < BUILTIN_LANGUAGES && !str_is(str_slice(bot->languages[language], 0, 2), str_from(builtin_languages[i])))
        i++;
    return i;
}

/* The first language falls back to English, the others to the first. */
static str
builtin_pick(const struct bot *bot, size_t language, const char *const *at)
{
    size_t column = builtin_column(bot, language);

    if (column < BUILTIN_LANGUAGES)
        return str_from(at[column]);
    return language == 0 ? str_from(at[0]) : (str){"", 0};
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
            variant->text.at[k] = builtin_pick(bot, k, known->at);
        bot->known[i] = bot->response_count;
        bot->responses[bot->response_count++] =
            (struct bot_response){str_from(known->name), variant, 1, 0, true, true};
    }
    for (size_t i = 0; i < KNOWN_COUNT; i++)
        bot->responses[bot->known[i]].is_used = true;
    return ERR_NONE;
}

static void
builtin_examples(struct bot *bot, size_t intent, size_t language, str examples)
{
    str rest = examples, line;

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
        bool is_same = false;
        for (size_t k = 0; k < BUILTIN_LANGUAGES; k++) {
            str rest = str_from(known->at[k]), line;
            while (!is_same && str_split(&rest, '\n', &line))
                is_same = builtin_is_same(str_trim(bot->examples[i].text), line);
        }
        same += is_same;
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
        bot->intents[intent] = (struct bot_intent){str_from(known->name), bot->known[known->action], BOT_NONE, 0, true, 0};
        for (size_t k = 0; k < bot->language_count; k++) {
            str examples = builtin_pick(bot, k, known->at);
            if (examples.len > 0)
                builtin_examples(bot, intent, k, examples);
        }
    }
    return ERR_NONE;
}
