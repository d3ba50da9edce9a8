/* What a text mentions: the author's expressions and synonyms, e-mail addresses, numbers. */
#include "engine/bot_private.h"

#include "engine/words.h"

#include <string.h>

#define ENTITY_TEXT_MAX ((size_t)2000)

enum err
entity_compile(const char *pattern, struct bot_entity *entity)
{
    if (regcomp(&entity->regex, pattern, REG_EXTENDED | REG_ICASE) != 0)
        return err_raise(ERR_INPUT, "entity: bad expression");
    entity->has_regex = true;
    return ERR_NONE;
}

enum err
entity_fold(struct arena *arena, str text, str *out)
{
    struct words words;

    TRY(words_take(arena, text, STR("xx"), &words));
    *out = str_trim(words.folded);
    return ERR_NONE;
}

static void
entity_add(struct grasp *out, str name, str value, size_t from, size_t len)
{
    if (out->entity_count < GRASP_ENTITIES_MAX && value.len > 0)
        out->entities[out->entity_count++] = (struct grasp_entity){name, value, from, len};
}

static bool
entity_is_edge(unsigned char c)
{
    return !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80);
}

/* The text has a zero byte behind it or is cut to a copy that has one. */
static void
entity_find_regex(const struct bot_entity *entity, const char *text, str whole, struct grasp *out)
{
    regmatch_t match[1];

    if (regexec(&entity->regex, text, 1, match, 0) != 0 || match[0].rm_eo <= match[0].rm_so)
        return;
    size_t from = (size_t)match[0].rm_so, to = (size_t)match[0].rm_eo;
    if ((from > 0 && !entity_is_edge((unsigned char)text[from - 1])) || (text[to] && !entity_is_edge((unsigned char)text[to])))
        return;
    entity_add(out, entity->name, str_slice(whole, from, to - from), from, to - from);
}

static void
entity_find_synonym(const struct bot_entity *entity, const struct words *words, struct grasp *out)
{
    const struct bot_synonym *best = NULL;

    for (size_t i = 0; i < entity->synonym_count; i++) {
        const struct bot_synonym *synonym = &entity->synonyms[i];
        if (synonym->folded.len > 0 && words_has(words, synonym->folded) && (!best || synonym->folded.len > best->folded.len))
            best = synonym;
    }
    if (best)
        entity_add(out, entity->name, best->value, 0, 0);
}

static bool
entity_is_mail(unsigned char c)
{
    return c && (!entity_is_edge(c) || strchr("._%+-", c));
}

static void
entity_find_email(str text, struct grasp *out)
{
    for (size_t at = 1; at + 3 < text.len; at++) {
        if (text.at[at] != '@')
            continue;
        size_t from = at, to = at + 1, dot = 0;
        while (from > 0 && entity_is_mail((unsigned char)text.at[from - 1]))
            from--;
        while (to < text.len && entity_is_mail((unsigned char)text.at[to])) {
            if (text.at[to] == '.' && to > at + 1 && to + 1 < text.len && !entity_is_edge((unsigned char)text.at[to + 1]))
                dot = to;
            to++;
        }
        while (to > at && entity_is_edge((unsigned char)text.at[to - 1]))
            to--;
        if (dot > at && dot < to && from < at)
            entity_add(out, STR("email"), str_slice(text, from, to - from), from, to - from);
    }
}

static void
entity_find_number(str text, struct grasp *out)
{
    for (size_t at = 0; at < text.len; at++) {
        size_t to = at;
        if (text.at[at] < '0' || text.at[at] > '9' || (at > 0 && !entity_is_edge((unsigned char)text.at[at - 1])))
            continue;
        while (to < text.len && ((text.at[to] >= '0' && text.at[to] <= '9') || text.at[to] == '.' || text.at[to] == ','))
            to++;
        while (to > at && (text.at[to - 1] == '.' || text.at[to - 1] == ','))
            to--;
        bool is_word = to < text.len && !entity_is_edge((unsigned char)text.at[to]) && (unsigned char)text.at[to] < 0x80;
        if (!is_word)
            entity_add(out, STR("number"), str_slice(text, at, to - at), at, to - at);
        at = to;
    }
}

void
entity_find(const struct bot *bot, const struct words *words, str text, struct grasp *out)
{
    char copy[ENTITY_TEXT_MAX + 1];
    str cut = str_slice(text, 0, ENTITY_TEXT_MAX);

    memcpy(copy, cut.at, cut.len);
    copy[cut.len] = 0;
    for (size_t i = 0; i < bot->entity_count; i++) {
        if (bot->entities[i].has_regex)
            entity_find_regex(&bot->entities[i], copy, text, out);
        entity_find_synonym(&bot->entities[i], words, out);
    }
    entity_find_email(text, out);
    entity_find_number(text, out);
    memset(copy, 0, sizeof copy);
}
