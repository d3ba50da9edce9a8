/* Compiles the grammars of entities: each rule becomes a row of items, each word a number. It runs nothing; entity_match.c does.
 *
 *   %number one 1 two 2        words of numbers            %ordinal first 1     and of ordinals
 *   %part vent 20              only inside a joined one    %end te ste          makes an ordinal of a joined one
 *   %weak one 1                an article as often         %and and             joins tens and ones
 *   %point point               before decimals             %minus minus
 *   %decimal ,                 the sign before decimals    %and-from 100        "and" joins to what is at least so much
 *   %plain centesimi           is no number, though it could be taken apart into one
 *   %joined                    einundzwanzig               %groups              1 234 567      %eighty   quatre-vingt-dix */
#include "engine/entity_private.h"

#include "base/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DRAFT_WORDS GRAMMAR_WORDS_MAX
#define DRAFT_ITEMS 16000
#define DRAFT_RULES 8000
#define DRAFT_DEPTH 6
#define DRAFT_ROW 24 /* items of one alternative */

static const char *const native_names[NAME_NATIVE_COUNT] = {"int", "num", "ord", "d1", "d", "dd", "d4", "digits", "other"};
static const char *const goal_names[GOAL_COUNT] = {"when", "order", "duration", "money", "quantity", "size", "colour", "ordinal", "number"};

struct draft {
    struct arena *arena; /* of the grammar: words live there */
    struct arena *room;
    struct entity_grammar grammar;
    struct entity_place *place;
    str rest; /* of the pattern that is being read */
};

static enum err
draft_refuse(struct draft *draft, const char *what)
{
    draft->place->what = what;
    return err_raise(ERR_INPUT, "entity: a mistake in a grammar");
}

static size_t
grammar_bucket(const struct entity_grammar *grammar, str word)
{
    uint32_t hash = 2166136261u;

    for (size_t i = 0; i < word.len; i++)
        hash = (hash ^ (unsigned char)word.at[i]) * 16777619u;
    return hash & (grammar->bucket_count - 1);
}

uint16_t
entity_grammar_word(const struct entity_grammar *grammar, str folded)
{
    uint16_t at = grammar->buckets[grammar_bucket(grammar, folded)];

    while (at != GRAMMAR_NONE && !str_is(grammar->words[at].folded, folded))
        at = grammar->words[at].next;
    return at;
}

static enum err
draft_word(struct draft *draft, str folded, uint16_t *out)
{
    struct entity_grammar *grammar = &draft->grammar;

    *out = entity_grammar_word(grammar, folded);
    if (*out != GRAMMAR_NONE)
        return ERR_NONE;
    if (grammar->word_count == DRAFT_WORDS)
        return draft_refuse(draft, "too many words");
    uint16_t *bucket = &grammar->buckets[grammar_bucket(grammar, folded)];
    struct grammar_word *word = &grammar->words[grammar->word_count];
    *word = (struct grammar_word){.next = *bucket};
    TRY(arena_take_str(draft->arena, folded, &word->folded));
    *out = *bucket = (uint16_t)grammar->word_count++;
    return ERR_NONE;
}

static enum err
draft_name(struct draft *draft, str name, uint16_t *out)
{
    struct entity_grammar *grammar = &draft->grammar;

    for (size_t i = 0; i < grammar->name_count; i++)
        if (str_is(grammar->names[i], name)) {
            *out = (uint16_t)i;
            return ERR_NONE;
        }
    if (grammar->name_count == GRAMMAR_NAMES_MAX)
        return draft_refuse(draft, "too many names");
    grammar->names[grammar->name_count] = name;
    *out = (uint16_t)grammar->name_count++;
    return ERR_NONE;
}

struct draft_row {
    struct grammar_item items[DRAFT_ROW];
    size_t count;
};

static enum err
draft_row_add(struct draft *draft, struct draft_row *row, struct grammar_item item)
{
    if (row->count == DRAFT_ROW)
        return draft_refuse(draft, "a rule is too long");
    row->items[row->count++] = item;
    return ERR_NONE;
}

/* "o'clock" is three tokens. */
static enum err
draft_literal(struct draft *draft, str text, bool is_glued, struct draft_row *row)
{
    struct entity_tokens tokens;

    arena_reset(draft->room);
    TRY(entity_token_take(draft->room, text, &tokens));
    for (size_t i = 0; i < tokens.count; i++) {
        struct grammar_item item = {.kind = ITEM_WORD, .is_glued = is_glued};
        TRY(draft_word(draft, tokens.at[i].folded, &item.arg));
        bool digits = i > 0 && (tokens.at[i].kind == ENTITY_DIGITS || tokens.at[i - 1].kind == ENTITY_DIGITS);
        item.is_glued = i == 0 ? is_glued : digits;
        TRY(draft_row_add(draft, row, item));
    }
    return tokens.count > 0 ? ERR_NONE : draft_refuse(draft, "nothing stands here");
}

static void
draft_blanks(struct draft *draft)
{
    while (draft->rest.len > 0 && draft->rest.at[0] == ' ')
        draft->rest = str_slice(draft->rest, 1, draft->rest.len);
}

static bool
draft_take(struct draft *draft, char mark)
{
    if (draft->rest.len == 0 || draft->rest.at[0] != mark)
        return false;
    draft->rest = str_slice(draft->rest, 1, draft->rest.len);
    return true;
}

static enum err
draft_keep_row(struct draft *draft, const struct draft_row *row, struct grammar_alternative *out)
{
    struct entity_grammar *grammar = &draft->grammar;

    if (grammar->item_count + row->count > DRAFT_ITEMS)
        return draft_refuse(draft, "too many items");
    out->begin = (uint16_t)grammar->item_count;
    if (row->count > 0)
        memcpy(grammar->items + grammar->item_count, row->items, row->count * sizeof *row->items);
    grammar->item_count += row->count;
    out->end = (uint16_t)grammar->item_count;
    return ERR_NONE;
}

static enum err draft_sequence(struct draft *draft, unsigned depth, struct draft_row *row);

static enum err
draft_group(struct draft *draft, unsigned depth, struct grammar_item *item)
{
    struct grammar_alternative alternatives[64];
    size_t count = 0;

    do {
        struct draft_row row = {.count = 0};
        if (count == sizeof alternatives / sizeof *alternatives)
            return draft_refuse(draft, "too many alternatives in a group");
        TRY(draft_sequence(draft, depth + 1, &row));
        TRY(draft_keep_row(draft, &row, &alternatives[count++]));
    } while (draft_take(draft, '|'));
    if (!draft_take(draft, ')'))
        return draft_refuse(draft, "a ( is not closed");
    if (draft->grammar.alternative_count + count > DRAFT_RULES)
        return draft_refuse(draft, "too many alternatives");
    item->kind = ITEM_GROUP;
    item->arg = (uint16_t)draft->grammar.alternative_count;
    item->count = (uint16_t)count;
    memcpy(draft->grammar.alternatives + draft->grammar.alternative_count, alternatives, count * sizeof *alternatives);
    draft->grammar.alternative_count += count;
    return ERR_NONE;
}

/* One item, or the several of a literal; `?` behind it. */
static enum err
draft_item(struct draft *draft, unsigned depth, struct draft_row *row)
{
    struct grammar_item item = {.is_glued = draft_take(draft, '~'), .is_not = draft_take(draft, '!'), .is_ahead = draft_take(draft, '&')};
    size_t before = row->count, len = 0;

    if (draft_take(draft, '(')) {
        TRY(draft_group(draft, depth, &item));
        TRY(draft_row_add(draft, row, item));
    } else if (draft_take(draft, '<')) {
        size_t end = str_find(draft->rest, STR(">"));
        if (end == SIZE_MAX)
            return draft_refuse(draft, "a < is not closed");
        item.kind = ITEM_NAME;
        TRY(draft_name(draft, str_slice(draft->rest, 0, end), &item.arg));
        draft->rest = str_slice(draft->rest, end + 1, draft->rest.len);
        TRY(draft_row_add(draft, row, item));
    } else {
        while (len < draft->rest.len && !strchr(" ()|?<>~!&", draft->rest.at[len]))
            len++;
        str text = str_slice(draft->rest, 0, len);
        draft->rest = str_slice(draft->rest, len, draft->rest.len);
        TRY(draft_literal(draft, text, item.is_glued, row));
    }
    if ((item.is_not || item.is_ahead) && item.kind != ITEM_NAME)
        return draft_refuse(draft, "! and & stand before a <name>");
    if (!draft_take(draft, '?'))
        return ERR_NONE;
    if (row->count != before + 1)
        return draft_refuse(draft, "? stands behind one word, a <name> or a group");
    row->items[before].is_optional = true;
    return ERR_NONE;
}

static enum err
draft_sequence(struct draft *draft, unsigned depth, struct draft_row *row)
{
    if (depth > DRAFT_DEPTH)
        return draft_refuse(draft, "groups are too deep");
    for (draft_blanks(draft); draft->rest.len > 0 && draft->rest.at[0] != '|' && draft->rest.at[0] != ')'; draft_blanks(draft))
        TRY(draft_item(draft, depth, row));
    return ERR_NONE;
}

static const char *const field_names[FIELD_COUNT] = {
    "year", "month", "week", "day", "weekday", "hour", "minute", "second", "meridiem", "part", "loose", "nth", "rel", "unit", "third",
    "plus-months", "plus-days", "plus-seconds", "d-years", "d-months", "d-weeks", "d-days", "d-hours", "d-minutes", "d-seconds"};
static const char *const effect_names[] = {"number", "add", "times", "name", "yy"};

/* FIELD=VALUE, FIELD=# or an operation. */
static enum err
draft_effect(struct draft *draft, str text, struct grammar_rule *rule)
{
    struct entity_grammar *grammar = &draft->grammar;
    struct grammar_effect effect = {.field = UINT8_MAX};
    char digits[16], *end = NULL;
    str field, value = text;

    for (uint8_t i = 1; i < OP_COUNT; i++)
        if (str_is(text, str_from(entity_op_names[i]))) {
            rule->op = i;
            return ERR_NONE;
        }
    (void)str_split(&value, '=', &field);
    for (uint8_t i = 0; i < FIELD_COUNT; i++)
        if (str_is(field, str_from(field_names[i])))
            effect.field = i;
    for (uint8_t i = 0; i < sizeof effect_names / sizeof *effect_names; i++)
        if (str_is(field, str_from(effect_names[i])))
            effect.field = (uint8_t)(FIELD_COUNT + i);
    if (effect.field == UINT8_MAX || !value.at || value.len == 0)
        return draft_refuse(draft, "what a rule means is FIELD=VALUE or an operation");
    effect.is_number = str_is(value, STR("#"));
    effect.name = value;
    if (!effect.is_number && effect.field != EFFECT_NAME) {
        bool is_letter = effect.field == FIELD_UNIT;
        snprintf(digits, sizeof digits, "%.*s", STR_ARG(str_slice(value, 0, 15)));
        effect.value = is_letter ? (unsigned char)value.at[0] : strtod(digits, &end);
        if (!is_letter && (end == digits || *end))
            return draft_refuse(draft, "a value is no number");
    }
    if (grammar->effect_count == DRAFT_RULES)
        return draft_refuse(draft, "too many effects");
    grammar->effects[grammar->effect_count++] = effect;
    rule->effect_count++;
    return ERR_NONE;
}

static enum err
draft_rule(struct draft *draft, str line)
{
    struct entity_grammar *grammar = &draft->grammar;
    struct grammar_rule rule = {.effect = (uint16_t)grammar->effect_count};
    size_t colon = str_find(line, STR(": ")), arrow = str_find(line, STR(" -> "));
    str effects = arrow == SIZE_MAX ? (str){"", 0} : str_slice(line, arrow + 4, line.len), effect;

    if (colon == SIZE_MAX)
        return draft_refuse(draft, "a rule is NAME: PATTERN -> MEANING");
    TRY(draft_name(draft, str_slice(line, 0, colon), &rule.name));
    while (effects.len > 0 && str_split(&effects, ' ', &effect))
        if (effect.len > 0)
            TRY(draft_effect(draft, effect, &rule));
    draft->rest = str_slice(line, colon + 2, (arrow == SIZE_MAX ? line.len : arrow) - colon - 2);
    do {
        struct draft_row row = {.count = 0};
        struct grammar_alternative place = {0, 0};
        TRY(draft_sequence(draft, 0, &row));
        if (row.count == 0)
            return draft_refuse(draft, "a rule reads nothing");
        TRY(draft_keep_row(draft, &row, &place));
        if (grammar->rule_count == DRAFT_RULES)
            return draft_refuse(draft, "too many rules");
        rule.begin = place.begin;
        rule.end = place.end;
        grammar->rules[grammar->rule_count++] = rule;
        const struct grammar_item *first = &grammar->items[rule.begin];
        if (first->kind == ITEM_WORD && !first->is_optional)
            grammar->words[first->arg].is_sense = true;
    } while (draft_take(draft, '|'));
    return draft->rest.len == 0 ? ERR_NONE : draft_refuse(draft, "a ) has no ( before it");
}

/* "one 1 two 2", or words alone when has_values is false. */
static enum err
draft_numbers(struct draft *draft, str list, uint8_t kind, bool is_part)
{
    bool has_values = kind == NUMBER_CARDINAL || kind == NUMBER_ORDINAL || kind == NUMBER_WEAK;
    str word, value;
    char digits[24], *end;
    uint16_t number;

    while (list.len > 0 && str_split(&list, ' ', &word)) {
        struct entity_tokens tokens;
        if (word.len == 0)
            continue;
        arena_reset(draft->room);
        TRY(entity_token_take(draft->room, word, &tokens));
        if (tokens.count != 1)
            return draft_refuse(draft, "a word of numbers is one word");
        TRY(draft_word(draft, tokens.at[0].folded, &number));
        draft->grammar.words[number].number = kind;
        draft->grammar.words[number].is_part = is_part;
        if (!has_values)
            continue;
        (void)!str_split(&list, ' ', &value);
        snprintf(digits, sizeof digits, "%.*s", STR_ARG(str_slice(value, 0, 20)));
        draft->grammar.words[number].value = strtod(digits, &end);
        if (end == digits || *end)
            return draft_refuse(draft, "a word of numbers has no value behind it");
    }
    return ERR_NONE;
}

static enum err
draft_setting(struct draft *draft, str line)
{
    static const struct {
        const char *name;
        uint8_t kind;
        bool is_part;
    } kinds[] = {{"number", NUMBER_CARDINAL, false}, {"ordinal", NUMBER_ORDINAL, false}, {"part", NUMBER_CARDINAL, true}, {"end", NUMBER_END, true},
                 {"weak", NUMBER_WEAK, false}, {"and", NUMBER_AND, false}, {"point", NUMBER_POINT, false}, {"minus", NUMBER_MINUS, false}, {"plain", NUMBER_PLAIN, false}};
    struct entity_grammar *grammar = &draft->grammar;
    str rest = line, name;

    (void)str_split(&rest, ' ', &name);
    rest = rest.at ? str_trim(rest) : (str){"", 0};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_is(name, str_from(kinds[i].name)))
            return draft_numbers(draft, rest, kinds[i].kind, kinds[i].is_part);
    if (str_is(name, STR("decimal")) && rest.len == 1)
        grammar->decimal = rest.at[0];
    else if (str_is(name, STR("and-from")))
        grammar->and_least = (unsigned)strtoul(rest.at, NULL, 10);
    else if (str_is(name, STR("joined")))
        grammar->is_joined = true;
    else if (str_is(name, STR("groups")))
        grammar->is_blank_group = true;
    else if (str_is(name, STR("eighty")))
        grammar->is_eighty = true;
    else
        return draft_refuse(draft, "unknown setting");
    return ERR_NONE;
}

static enum err
draft_text(struct draft *draft, str text)
{
    str line;

    draft->place->line = 0;
    while (str_split(&text, '\n', &line)) {
        draft->place->line++;
        line = str_trim(line);
        if (line.len == 0 || line.at[0] == '#')
            continue;
        if (line.at[0] == '%' && line.len > 1 && line.at[1] >= 'a' && line.at[1] <= 'z')
            TRY(draft_setting(draft, str_slice(line, 1, line.len)));
        else
            TRY(draft_rule(draft, line));
    }
    return ERR_NONE;
}

/* The draft's arrays, copied to what they need. */
static enum err
draft_keep(struct draft *draft, struct arena *room, struct entity_grammar **out)
{
    struct entity_grammar *grammar = &draft->grammar;
    const struct {
        void **at;
        size_t count, bytes;
    } parts[] = {{(void **)&grammar->words, grammar->word_count, sizeof *grammar->words},
                 {(void **)&grammar->buckets, grammar->bucket_count, sizeof *grammar->buckets},
                 {(void **)&grammar->items, grammar->item_count, sizeof *grammar->items},
                 {(void **)&grammar->alternatives, grammar->alternative_count, sizeof *grammar->alternatives},
                 {(void **)&grammar->rules, grammar->rule_count, sizeof *grammar->rules},
                 {(void **)&grammar->effects, grammar->effect_count, sizeof *grammar->effects}};
    void *piece = NULL;

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        TRY(arena_take(draft->arena, parts[i].count + 1, parts[i].bytes, &piece));
        memcpy(piece, *parts[i].at, parts[i].count * parts[i].bytes);
        *parts[i].at = piece;
    }
    TRY(arena_take(draft->arena, 1, sizeof *grammar, &piece));
    *(struct entity_grammar *)piece = *grammar;
    if (entity_first_make(draft->arena, room, piece) == ERR_INPUT)
        return draft_refuse(draft, "a rule may read nothing");
    *out = piece;
    return ERR_NONE;
}

static enum err
draft_begin(struct draft *draft, struct arena *room)
{
    struct entity_grammar *grammar = &draft->grammar;
    void *words = NULL, *buckets = NULL, *items = NULL, *alternatives = NULL, *rules = NULL, *effects = NULL;
    uint16_t number;

    grammar->bucket_count = 1024;
    grammar->decimal = '.';
    grammar->and_least = 100;
    TRY(arena_take(room, DRAFT_WORDS, sizeof *grammar->words, &words));
    TRY(arena_take(room, grammar->bucket_count, sizeof *grammar->buckets, &buckets));
    TRY(arena_take(room, DRAFT_ITEMS, sizeof *grammar->items, &items));
    TRY(arena_take(room, DRAFT_RULES, sizeof *grammar->alternatives, &alternatives));
    TRY(arena_take(room, DRAFT_RULES, sizeof *grammar->rules, &rules));
    TRY(arena_take(room, DRAFT_RULES, sizeof *grammar->effects, &effects));
    memset(buckets, 0xFF, grammar->bucket_count * sizeof *grammar->buckets);
    grammar->words = words;
    grammar->buckets = buckets;
    grammar->items = items;
    grammar->alternatives = alternatives;
    grammar->rules = rules;
    grammar->effects = effects;
    for (size_t i = 0; i < NAME_NATIVE_COUNT; i++)
        TRY(draft_name(draft, str_from(native_names[i]), &number));
    for (size_t i = 0; i < GOAL_COUNT; i++)
        TRY(draft_name(draft, str_from(goal_names[i]), &grammar->goals[i]));
    return ERR_NONE;
}

enum err
entity_grammar_make(struct arena *arena, const str *texts, size_t count, struct entity_place *place, struct entity_grammar **out)
{
    ARENA_SCOPE(room);
    ARENA_SCOPE(scratch);
    void *piece = NULL;

    *place = (struct entity_place){.what = ""};
    TRY(arena_make((size_t)2 << 20, &room));
    TRY(arena_make((size_t)1 << 17, &scratch));
    TRY(arena_take(room, 1, sizeof(struct draft), &piece));
    struct draft *draft = piece;
    draft->arena = arena;
    draft->room = scratch;
    draft->place = place;
    TRY(draft_begin(draft, room));
    for (size_t i = 0; i < count; i++) {
        place->text = i;
        TRY(draft_text(draft, texts[i]));
    }
    return draft_keep(draft, room, out);
}

void
entity_grammar_read(const struct entity_grammar *grammar, struct entity_tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++)
        tokens->at[i].word = entity_grammar_word(grammar, tokens->at[i].folded);
}
