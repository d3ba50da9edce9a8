/* The state of a dialogue as lines of a name and values, parted by tabs. It comes back from outside: every line that does not
 * fit the bot is left out.
 *
 *   p2 HASH            of the bot
 *   m MINUTE           of the last turn, since 1970
 *   f FLOW STEP KIND   a frame (engine/flow.h), the lowest first; KIND c: it was called, i: it began by itself
 *   q WRONG ASIDE      answers that did not fit, and digressions, at the question
 *   s SLOT VALUE | t TABLE | x FOUND | v RESPONSE TURNS | k SECTION | a RESPONSE | l LANGUAGE
 *   c PRODUCT           that was shown, the oldest first
 *   w WORDS FILTER      what products were looked for (catalog_memory.c)
 *
 * Frames fit when each waits where one can wait: the uppermost at a question, a caller at its call, an interrupted flow at its question.
 * One that does not ends them all. */
#include "engine/bot_private.h"

#include <stdio.h>
#include <string.h>

#define DIALOGUE_VALUE_MAX ((size_t)400)

static enum err
dialogue_new(struct arena *arena, const struct bot *bot, struct dialogue **out)
{
    void *piece = NULL, *slots = NULL, *done = NULL, *rows = NULL, *looked = NULL, *turns = NULL;

    TRY(arena_take(arena, 1, sizeof(struct dialogue), &piece));
    TRY(arena_take(arena, bot->slot_count + 1, sizeof(str), &slots));
    TRY(arena_take(arena, bot->slot_count + 1, sizeof(bool), &done));
    TRY(arena_take(arena, bot->table_count + 1, sizeof(size_t), &rows));
    TRY(arena_take(arena, bot->table_count + 1, sizeof(bool), &looked));
    TRY(arena_take(arena, bot->response_count + 1, sizeof(unsigned), &turns));
    struct dialogue *dialogue = piece;
    *dialogue = (struct dialogue){.bot = bot, .slots = slots, .is_done = done, .rows = rows, .is_looked = looked,
                                  .turns = turns, .last = BOT_NONE};
    for (size_t i = 0; i < bot->table_count; i++)
        dialogue->rows[i] = BOT_NONE;
    *out = dialogue;
    return ERR_NONE;
}

static void
dialogue_parse_frame(struct dialogue *dialogue, str id, str step, str kind)
{
    size_t flow = bot_find_flow(dialogue->bot, id);
    uint64_t number = 0;

    if (dialogue->depth == FLOW_FRAMES_MAX || flow == BOT_NONE || str_parse_u64(step, dialogue->bot->flows[flow].step_count - 1, &number) != ERR_NONE)
        flow = BOT_NONE;
    dialogue->frames[dialogue->depth < FLOW_FRAMES_MAX ? dialogue->depth++ : 0] = (struct flow_frame){flow, (size_t)number, str_is(kind, STR("c"))};
}

static void
dialogue_check_frames(struct dialogue *dialogue)
{
    for (size_t i = 0; i < dialogue->depth; i++) {
        const struct flow_frame *frame = &dialogue->frames[i], *above = i + 1 < dialogue->depth ? frame + 1 : NULL;
        const struct bot_step *step = frame->flow == BOT_NONE ? NULL : &dialogue->bot->flows[frame->flow].steps[frame->step];
        bool calls = step && above && above->is_called && step->kind == STEP_CALL && step->what == above->flow;
        bool asks = step && !(above && above->is_called) && (step->kind == STEP_COLLECT || step->kind == STEP_CONFIRM);
        if ((!calls && !asks) || (i == 0 && frame->is_called))
            dialogue->depth = 0;
    }
}

static void
dialogue_parse_counts(struct dialogue *dialogue, str wrong, str aside)
{
    uint64_t number = 0;

    if (str_parse_u64(wrong, 100, &number) == ERR_NONE)
        dialogue->wrong = (unsigned)number;
    if (str_parse_u64(aside, 100, &number) == ERR_NONE)
        dialogue->aside = (unsigned)number;
}

static enum err
dialogue_parse_line(struct arena *arena, struct dialogue *dialogue, char kind, str rest)
{
    str name = {"", 0}, value = {"", 0}, more = {"", 0};
    uint64_t number;
    size_t found;

    (void)!str_split(&rest, '\t', &name);
    (void)!str_split(&rest, '\t', &value);
    (void)!str_split(&rest, '\t', &more);
    switch (kind) {
    case 'f':
        dialogue_parse_frame(dialogue, name, value, more);
        break;
    case 'q':
        dialogue_parse_counts(dialogue, name, value);
        break;
    case 'm':
        if (str_parse_u64(name, UINT32_MAX, &number) == ERR_NONE)
            dialogue->minute = number;
        break;
    case 's':
        found = bot_find_slot(dialogue->bot, name);
        if (found != BOT_NONE && value.len <= DIALOGUE_VALUE_MAX)
            TRY(arena_take_str(arena, value, &dialogue->slots[found]));
        break;
    case 't':
        found = bot_find_table(dialogue->bot, name);
        if (found != BOT_NONE)
            dialogue_lookup(dialogue, found);
        break;
    case 'x':
        dialogue->is_found = str_is(name, STR("1"));
        break;
    case 'v':
        found = bot_find_response(dialogue->bot, name);
        if (found != BOT_NONE && str_parse_u64(value, 1000000, &number) == ERR_NONE)
            dialogue->turns[found] = (unsigned)number;
        break;
    case 'a':
        dialogue->last = bot_find_response(dialogue->bot, name);
        break;
    case 'l':
        dialogue->language = bot_language_find(dialogue->bot, name);
        dialogue->has_language = true;
        break;
    case 'w':
        return catalog_memory_parse(arena, name, value, &dialogue->products);
    case 'c':
        if (str_parse_u64(name, UINT32_MAX, &number) == ERR_NONE && number < dialogue->bot->product_count &&
            dialogue->products.shown_count < CATALOG_SHOWN_MAX)
            dialogue->products.shown[dialogue->products.shown_count++] = (size_t)number;
        break;
    case 'k':
        if (str_parse_u64(name, UINT32_MAX, &number) == ERR_NONE && number < dialogue->bot->section_count &&
            dialogue->passage_count < DIALOGUE_PASSAGES_MAX)
            dialogue->passages[dialogue->passage_count++] = (size_t)number;
        break;
    default:
        break;
    }
    return ERR_NONE;
}

enum err
dialogue_parse(struct arena *arena, const struct bot *bot, str blob, struct dialogue **out)
{
    struct dialogue *dialogue = NULL;
    str rest = blob, line;
    char head[32];

    TRY(dialogue_new(arena, bot, &dialogue));
    snprintf(head, sizeof head, "p2\t%016llx", (unsigned long long)bot->hash);
    bool is_ours = blob.len <= DIALOGUE_BYTES_MAX && str_has_prefix(blob, STR("p2\t")) && str_is_utf8(blob);
    bool is_same = false;
    while (is_ours && str_split(&rest, '\n', &line)) {
        if (str_is(line, str_from(head)))
            is_same = true;
        if (line.len < 3 || line.at[1] != '\t' || ((line.at[0] == 'k' || line.at[0] == 'c' || line.at[0] == 'w') && !is_same))
            continue;
        TRY(dialogue_parse_line(arena, dialogue, line.at[0], str_slice(line, 2, line.len)));
    }
    struct catalog_memory *products = &dialogue->products;
    products->last_count = products->last_count < products->shown_count ? products->last_count : products->shown_count;
    dialogue_check_frames(dialogue);
    *out = dialogue;
    return ERR_NONE;
}

/* A line that does not fit is left out: the dialogue then forgets it. */
static enum err
dialogue_line(struct buf *out, size_t from, char kind, str name, str value)
{
    if (out->len - from + name.len + value.len + 4 > DIALOGUE_BYTES_MAX || value.len > DIALOGUE_VALUE_MAX)
        return ERR_NONE;
    TRY(buf_add_text(out, "%c\t", kind));
    TRY(buf_add_str(out, name));
    TRY(buf_add_u8(out, '\t'));
    for (size_t i = 0; i < value.len; i++)
        TRY(buf_add_u8(out, (unsigned char)value.at[i] < 0x20 ? ' ' : (unsigned char)value.at[i]));
    return buf_add_u8(out, '\n');
}

static enum err
dialogue_line_number(struct buf *out, size_t from, char kind, str name, size_t number)
{
    char digits[24];

    snprintf(digits, sizeof digits, "%zu", number);
    return name.len > 0 ? dialogue_line(out, from, kind, name, str_from(digits)) : dialogue_line(out, from, kind, str_from(digits), name);
}

static enum err
dialogue_write_products(const struct dialogue *dialogue, struct buf *out, size_t from)
{
    BUF_SCOPE(filter, 4096);

    if (dialogue->products.last_count == 0)
        return ERR_NONE;
    TRY(catalog_memory_write(&dialogue->products, &filter));
    TRY(dialogue_line(out, from, 'w', dialogue->products.words, buf_str(&filter)));
    for (size_t i = 0; i < dialogue->products.shown_count; i++)
        TRY(dialogue_line_number(out, from, 'c', (str){"", 0}, dialogue->products.shown[i]));
    return ERR_NONE;
}

enum err
dialogue_write(const struct dialogue *dialogue, struct buf *out)
{
    const struct bot *bot = dialogue->bot;
    size_t from = out->len;

    TRY(buf_add_text(out, "p2\t%016llx\n", (unsigned long long)bot->hash));
    if (dialogue->minute > 0)
        TRY(dialogue_line_number(out, from, 'm', (str){"", 0}, (size_t)dialogue->minute));
    for (size_t i = 0; i < dialogue->depth; i++)
        TRY(buf_add_text(out, "f\t%.*s\t%zu\t%c\n", STR_ARG(bot->flows[dialogue->frames[i].flow].id), dialogue->frames[i].step,
                         dialogue->frames[i].is_called ? 'c' : 'i'));
    if (dialogue->depth > 0 && dialogue->wrong + dialogue->aside > 0)
        TRY(buf_add_text(out, "q\t%u\t%u\n", dialogue->wrong, dialogue->aside));
    for (size_t i = 0; i < bot->slot_count; i++)
        if (dialogue->slots[i].len > 0 && !dialogue->is_done[i])
            TRY(dialogue_line(out, from, 's', bot->slots[i].name, dialogue->slots[i]));
    for (size_t i = 0; i < bot->table_count && dialogue->depth > 0; i++)
        if (dialogue->is_looked[i])
            TRY(dialogue_line(out, from, 't', bot->tables[i].name, (str){"", 0}));
    if (dialogue->is_found && dialogue->depth > 0)
        TRY(dialogue_line(out, from, 'x', STR("1"), (str){"", 0}));
    for (size_t i = 0; i < dialogue->passage_count; i++)
        TRY(dialogue_line_number(out, from, 'k', (str){"", 0}, dialogue->passages[i]));
    TRY(dialogue_write_products(dialogue, out, from));
    if (dialogue->last != BOT_NONE)
        TRY(dialogue_line(out, from, 'a', bot->responses[dialogue->last].name, (str){"", 0}));
    if (dialogue->has_language)
        TRY(dialogue_line(out, from, 'l', bot->languages[dialogue->language], (str){"", 0}));
    for (size_t i = 0; i < bot->response_count; i++)
        if (dialogue->turns[i] > 0 && bot->responses[i].variant_count > 1)
            TRY(dialogue_line_number(out, from, 'v', bot->responses[i].name, dialogue->turns[i] % bot->responses[i].variant_count));
    return ERR_NONE;
}

str
dialogue_flow(const struct dialogue *dialogue)
{
    return dialogue->depth == 0 ? (str){"", 0} : dialogue->bot->flows[dialogue->frames[dialogue->depth - 1].flow].id;
}

str
dialogue_language(const struct dialogue *dialogue)
{
    return !dialogue->has_language ? (str){"", 0} : dialogue->bot->languages[dialogue->language];
}

str
dialogue_slot(const struct dialogue *dialogue, str name)
{
    size_t slot = bot_find_slot(dialogue->bot, name);
    return slot == BOT_NONE ? (str){"", 0} : dialogue->slots[slot];
}

str
dialogue_value(const struct bot *bot, const struct dialogue *dialogue, str name)
{
    str rest = name, table = {"", 0};

    if (str_is(name, STR("found")))
        return dialogue->is_found ? STR("true") : (str){"", 0};
    if (bot_find_slot(bot, name) != BOT_NONE)
        return dialogue_slot(dialogue, name);
    if (!str_split(&rest, '.', &table) || !rest.at)
        return (str){"", 0};
    size_t at = bot_find_table(bot, table);
    if (at == BOT_NONE || dialogue->rows[at] == BOT_NONE)
        return (str){"", 0};
    const struct csv *csv = &bot->tables[at].csv;
    size_t column = csv_find(csv, rest);
    return column == SIZE_MAX ? (str){"", 0} : csv->cell[dialogue->rows[at] * csv->column_count + column];
}

/* Without regard to ASCII case and spaces. */
static bool
dialogue_is_key(str a, str b)
{
    size_t i = 0, k = 0;

    for (;;) {
        while (i < a.len && a.at[i] == ' ')
            i++;
        while (k < b.len && b.at[k] == ' ')
            k++;
        if (i == a.len || k == b.len)
            return i == a.len && k == b.len;
        if (!str_is_nocase(str_slice(a, i++, 1), str_slice(b, k++, 1)))
            return false;
    }
}

void
dialogue_lookup(struct dialogue *dialogue, size_t table)
{
    const struct bot_table *from = &dialogue->bot->tables[table];

    dialogue->is_looked[table] = true;
    dialogue->rows[table] = BOT_NONE;
    for (size_t row = 0; row < from->csv.row_count && dialogue->rows[table] == BOT_NONE; row++) {
        bool fits = true;
        for (size_t i = 0; i < from->key_count && fits; i++) {
            str have = dialogue->slots[from->key_slots[i]];
            fits = have.len > 0 && dialogue_is_key(have, from->csv.cell[row * from->csv.column_count + from->key_columns[i]]);
        }
        if (fits)
            dialogue->rows[table] = row;
    }
    dialogue->is_found = dialogue->rows[table] != BOT_NONE;
}
