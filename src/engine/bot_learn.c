/* What a bot learns when it is loaded: intents from their examples and names, languages from every text. It learns nothing from
 * visitors. */
#include "engine/bot_private.h"

#define LEARN_ARENA_BYTES ((size_t)1 << 20)
#define LEARN_TEXT_MAX ((size_t)8192) /* of one text, for the languages */
#define LEARN_SECTIONS_MAX ((size_t)2000) /* show the languages well enough */

static enum err
learn_language(struct bot *bot, struct arena *arena, str text, size_t language)
{
    struct words words;

    arena_reset(arena);
    TRY(words_take(arena, str_slice(text, 0, LEARN_TEXT_MAX), STR(""), &words));
    return language_add(bot->language, language, &words);
}

static enum err
learn_text(struct bot *bot, struct arena *arena, const struct bot_text *text)
{
    for (size_t i = 0; i < bot->language_count; i++)
        TRY(learn_language(bot, arena, text->at[i], i));
    return ERR_NONE;
}

static enum err
learn_languages(struct bot *bot)
{
    ARENA_SCOPE(arena);

    TRY(arena_make(LEARN_ARENA_BYTES, &arena));
    TRY(language_make(bot->languages, bot->language_count, &bot->language));
    for (size_t i = 0; i < bot->example_count; i++)
        TRY(learn_language(bot, arena, bot->examples[i].text, bot_language_find(bot, bot->examples[i].language)));
    for (size_t i = 0; i < bot->response_count; i++)
        for (size_t k = 0; k < bot->responses[i].variant_count; k++)
            TRY(learn_text(bot, arena, &bot->responses[i].variants[k].text));
    for (size_t i = 0; i < bot->section_count && i < LEARN_SECTIONS_MAX; i++) {
        TRY(learn_language(bot, arena, bot->sections[i].title, bot->sections[i].language));
        TRY(learn_language(bot, arena, bot->sections[i].text, bot->sections[i].language));
    }
    language_seal(bot->language);
    return ERR_NONE;
}

enum err
bot_learn_run(struct bot *bot)
{
    void *piece = NULL;

    TRY(learn_languages(bot));
    TRY(arena_take(bot->arena, bot->intent_count, sizeof(str), &piece));
    str *names = piece;
    for (size_t i = 0; i < bot->intent_count; i++)
        names[i] = bot->intents[i].name;
    bot->lesson = (struct nlu_lesson){bot->examples, bot->example_count, bot->intent_count, names, STR("en")};
    return nlu_make(&bot->lesson, &bot->nlu);
}
