/* What a text mentions, for a bot: its author's expressions and lists, and the built-in entities that no author's entity stands for. */
#include "engine/bot_private.h"

#include "base/clock.h"
#include "engine/catalog_word.h"

#include <string.h>

#define MENTION_LISTS_MAX ((size_t)48)
#define MENTION_SECTIONS_MAX ((size_t)2000) /* whose words are known; the rest adds little */

enum err
mention_add(struct bot *bot, size_t entity, str value, str phrase, str language)
{
    void *piece = NULL;

    TRY(arena_take(bot->arena, 1, sizeof(struct bot_synonym), &piece));
    struct bot_synonym *synonym = piece;
    TRY(arena_take_str(bot->arena, value, &synonym->value));
    TRY(arena_take_str(bot->arena, phrase, &synonym->phrase));
    synonym->language = language;
    *bot->entities[entity].synonyms_end = synonym;
    bot->entities[entity].synonyms_end = &synonym->next;
    return ERR_NONE;
}

/* In its own language, or in each of the bot's. */
static enum err
mention_index(struct bot *bot, size_t entity, const struct bot_synonym *synonym)
{
    struct entity_list *list = bot->lists;

    if (synonym->language.len > 0)
        return entity_list_add(list, (uint32_t)entity, synonym->phrase, synonym->value, synonym->language);
    for (size_t i = 0; i < bot->language_count; i++)
        TRY(entity_list_add(list, (uint32_t)entity, synonym->phrase, synonym->value, bot->languages[i]));
    return ERR_NONE;
}

static enum err
mention_know_text(struct bot *bot, const struct bot_text *text)
{
    for (size_t i = 0; i < bot->language_count; i++)
        TRY(entity_list_know(bot->lists, text->at[i]));
    return ERR_NONE;
}

/* The author's own words are no typing errors. */
static enum err
mention_know(struct bot *bot)
{
    for (size_t i = 0; i < bot->example_count; i++)
        TRY(entity_list_know(bot->lists, bot->examples[i].text));
    for (size_t i = 0; i < bot->response_count; i++)
        for (size_t k = 0; k < bot->responses[i].variant_count; k++)
            TRY(mention_know_text(bot, &bot->responses[i].variants[k].text));
    for (size_t i = 0; i < bot->section_count && i < MENTION_SECTIONS_MAX; i++) {
        TRY(entity_list_know(bot->lists, bot->sections[i].title));
        TRY(entity_list_know(bot->lists, bot->sections[i].text));
    }
    for (size_t i = 0; i < bot->product_count && i < MENTION_SECTIONS_MAX; i++) {
        TRY(mention_know_text(bot, &bot->products[i].title));
        TRY(mention_know_text(bot, &bot->products[i].description));
    }
    return ERR_NONE;
}

enum err
mention_load(struct bot *bot)
{
    bool has_lists = false;

    for (size_t i = 0; i < bot->language_count; i++) {
        struct entity_grammar *grammar = NULL;
        TRY(entity_grammar_of(bot->arena, bot->languages[i], &grammar));
        bot->grammars[i] = grammar;
    }
    for (size_t i = 0; i < bot->own_entity_count; i++)
        has_lists = has_lists || bot->entities[i].synonyms;
    if (!has_lists && bot->product_count == 0)
        return ERR_NONE;
    TRY(entity_list_make(&bot->lists));
    for (size_t i = 0; i < bot->own_entity_count; i++)
        for (const struct bot_synonym *synonym = bot->entities[i].synonyms; synonym; synonym = synonym->next)
            TRY(mention_index(bot, i, synonym));
    if (bot->product_count > 0)
        TRY(catalog_word_index(bot, bot->lists, (uint32_t)bot->own_entity_count));
    TRY(mention_know(bot));
    return entity_list_seal(bot->lists);
}

static void
mention_keep(struct grasp *out, str entity, str value, size_t from, size_t len)
{
    if (out->entity_count < GRASP_ENTITIES_MAX && value.len > 0)
        out->entities[out->entity_count++] = (struct grasp_entity){entity, value, from, len};
}

static void
mention_patterns(const struct bot *bot, str text, struct grasp *out)
{
    for (size_t i = 0; i < bot->own_entity_count; i++) {
        size_t from = 0, start = 0, end = 0;
        for (int k = 0; k < 4 && bot->entities[i].pattern && pattern_find(bot->entities[i].pattern, text, from, &start, &end); k++) {
            mention_keep(out, bot->entities[i].name, str_slice(text, start, end - start), start, end - start);
            from = end;
        }
    }
}

static void
mention_lists(const struct bot *bot, const struct entity_tokens *tokens, struct grasp *out)
{
    struct entity_list_hit hits[MENTION_LISTS_MAX];

    if (!bot->lists)
        return;
    size_t count = entity_list_find(bot->lists, tokens, bot->languages[out->language], hits, MENTION_LISTS_MAX);
    for (size_t i = 0; i < count; i++) {
        const struct entity_token *first = &tokens->at[hits[i].from], *last = &tokens->at[hits[i].end - 1];
        size_t len = (size_t)last->from + last->len - first->from;
        if (hits[i].entity < bot->own_entity_count)
            mention_keep(out, bot->entities[hits[i].entity].name, hits[i].value, first->from, len);
        else
            catalog_word_keep(hits[i].entity - (uint32_t)bot->own_entity_count, hits[i].value, first->from, len, out);
    }
}

enum err
mention_find(const struct bot *bot, struct arena *arena, const struct grasp_input *input, struct grasp *out)
{
    struct entity_tokens tokens;
    struct entity_find finds[ENTITY_FINDS_MAX];
    /* The tag that the visitor's browser gave says more than the bot's, when both are of one language. */
    str language = bot->languages[out->language];
    bool is_same = str_has_prefix(input->language, str_slice(language, 0, 2));
    struct entity_ask ask = {.grammar = bot->grammars[out->language], .now_ms = input->now_ms ? input->now_ms : clock_unix_ms(),
                             .zone_minutes = input->zone_minutes, .tag = is_same ? input->language : language, .country = bot->country};
    size_t count = 0;

    mention_patterns(bot, out->text, out);
    TRY(entity_token_take(arena, out->text, &tokens));
    TRY(entity_find_all(arena, &ask, &tokens, finds, &count));
    mention_lists(bot, &tokens, out);
    for (size_t i = 0; i < count; i++) {
        str name = entity_kind_name(finds[i].kind);
        size_t known = bot_find_entity(bot, name);
        if (known != BOT_NONE && bot->entities[known].is_built_in)
            mention_keep(out, name, finds[i].value, finds[i].from, finds[i].len);
    }
    return ERR_NONE;
}
