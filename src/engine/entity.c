/* The built-in entities of a text: shapes first, then the language's grammar over what is left, the longest reading at each place. It writes values
 * in their one form and keeps nothing. */
#include "engine/entity.h"

#include "base/log.h"
#include "engine/entity_private.h"
#include "engine/entity_shape.h"
#include "engine/entity_table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *const entity_names[ENTITY_KINDS] = {"number", "ordinal", "money", "quantity", "date", "time", "datetime", "interval", "duration",
                                                       "email", "phone", "url", "order_number", "colour", "size"};

str
entity_kind_name(enum entity_kind kind)
{
    return str_from(entity_names[kind]);
}

enum err
entity_grammar_of(struct arena *arena, str language, struct entity_grammar **out)
{
    static const struct {
        const char *language;
        const unsigned char *text;
        const size_t *len;
    } tables[] = {{"de", entity_table_de, &entity_table_de_len}, {"en", entity_table_en, &entity_table_en_len}, {"es", entity_table_es, &entity_table_es_len},
                  {"fr", entity_table_fr, &entity_table_fr_len}, {"it", entity_table_it, &entity_table_it_len}, {"nl", entity_table_nl, &entity_table_nl_len},
                  {"pt", entity_table_pt, &entity_table_pt_len}};
    str texts[2], common = str_bytes(entity_table_common, entity_table_common_len);
    struct entity_place place;
    size_t count = 0;

    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (str_has_prefix(language, str_from(tables[i].language)) && (language.len == 2 || language.at[2] == '-'))
            texts[count++] = str_bytes(tables[i].text, *tables[i].len);
    texts[count++] = common;
    enum err err = entity_grammar_make(arena, texts, count, &place, out);
    if (err != ERR_INPUT)
        return err;
    LOG("entity_table_broken", log_str("language", language), log_int("table", (int64_t)place.text), log_int("line", place.line),
        log_str("what", str_from(place.what)));
    return err_raise(ERR_BUG, "entity: a mistake in our own tables");
}

struct entity_work {
    struct arena *arena;
    const struct entity_tokens *tokens;
    struct entity_now now;
    struct entity_find *out;
    size_t count;
};

static enum err
entity_add(struct entity_work *work, enum entity_kind kind, size_t from, size_t len, const char *value)
{
    if (work->count == ENTITY_FINDS_MAX || value[0] == 0)
        return ERR_NONE;
    struct entity_find *find = &work->out[work->count];
    *find = (struct entity_find){.kind = kind, .from = from, .len = len};
    TRY(arena_take_str(work->arena, str_from(value), &find->value));
    work->count++;
    return ERR_NONE;
}

/* At most `places` decimals, without zeros at the end. */
static void
entity_number_text(double value, int places, char *out, size_t size_bytes)
{
    int len = snprintf(out, size_bytes, "%.*f", places, value);

    if (len <= 0 || (size_t)len >= size_bytes || !strchr(out, '.'))
        return;
    while (out[len - 1] == '0')
        out[--len] = 0;
    if (out[len - 1] == '.')
        out[--len] = 0;
}

static enum err
entity_add_number(struct entity_work *work, enum entity_kind kind, size_t from, size_t len, double value)
{
    char text[48];

    entity_number_text(value, 6, text, sizeof text);
    return entity_add(work, kind, from, len, text);
}

static enum err
entity_add_amount(struct entity_work *work, enum entity_kind kind, size_t from, size_t len, const struct entity_meaning *meaning)
{
    char text[64], number[48];
    double values[2] = {meaning->number, meaning->second};

    for (int i = 0; i < (meaning->has_second ? 2 : 1); i++) {
        bool is_money = kind == ENTITY_MONEY, has_cents = fabs(values[i] - round(values[i])) > 1e-9;
        if (is_money && has_cents)
            snprintf(number, sizeof number, "%.2f", values[i]);
        else
            entity_number_text(values[i], 4, number, sizeof number);
        if (is_money)
            snprintf(text, sizeof text, "%.*s %s", STR_ARG(str_slice(meaning->name, 0, 3)), number);
        else
            snprintf(text, sizeof text, "%s %.*s", number, STR_ARG(str_slice(meaning->name, 0, 10)));
        TRY(entity_add(work, kind, from, len, text));
        TRY(entity_add_number(work, ENTITY_NUMBER, from, len, values[i]));
    }
    return ERR_NONE;
}

static enum err
entity_add_name(struct entity_work *work, enum entity_kind kind, size_t from, size_t len, str name)
{
    char text[24];

    snprintf(text, sizeof text, "%.*s", STR_ARG(str_slice(name, 0, 20)));
    return entity_add(work, kind, from, len, text);
}

static enum err
entity_add_size(struct entity_work *work, size_t from, size_t len, const struct entity_meaning *meaning)
{
    char text[128], sides[3][40];

    if (!meaning->has_number)
        return entity_add_name(work, ENTITY_SIZE, from, len, meaning->name);
    entity_number_text(meaning->number, 2, sides[0], sizeof sides[0]);
    entity_number_text(meaning->second, 2, sides[1], sizeof sides[1]);
    entity_number_text(meaning->third, 2, sides[2], sizeof sides[2]);
    snprintf(text, sizeof text, "%.38s%s%.38s%s%.38s%s%.*s", sides[0], meaning->has_second ? " x " : "", meaning->has_second ? sides[1] : "",
             meaning->has_third ? " x " : "", meaning->has_third ? sides[2] : "", meaning->name.len > 0 ? " " : "", STR_ARG(str_slice(meaning->name, 0, 5)));
    return entity_add(work, ENTITY_SIZE, from, len, text);
}

static enum err
entity_add_duration(struct entity_work *work, size_t from, size_t len, const struct entity_meaning *meaning)
{
    static const char letters[] = "YMWDHMS";
    char text[96] = "P";
    int32_t count[7];
    size_t used = 1;

    for (int i = 0; i < 7; i++)
        count[i] = entity_op_has(meaning, (enum entity_field)(FIELD_D_YEARS + i)) ? meaning->field[FIELD_D_YEARS + i] : 0;
    bool has_others = count[0] || count[1] || count[3] || count[4] || count[5] || count[6];
    if (has_others && count[2]) { /* weeks stand alone in ISO 8601 */
        count[3] += 7 * count[2];
        count[2] = 0;
    }
    for (int i = 0; i < 7; i++) {
        if (i == 4 && (count[4] || count[5] || count[6]))
            text[used++] = 'T';
        if (count[i])
            used += (size_t)snprintf(text + used, sizeof text - used, "%d%c", count[i], letters[i]);
    }
    text[used] = 0;
    return entity_add(work, ENTITY_DURATION, from, len, used > 1 ? text : "PT0S");
}

enum entity_form { FORM_DAY, FORM_CLOCK, FORM_BOTH };

static size_t
entity_time_text(int64_t at, enum entity_form form, char *out, size_t size_bytes)
{
    int64_t days = (at >= 0 ? at : at - 86399) / 86400, rest = at - days * 86400;
    int year, month, day, used = 0;

    if (form == FORM_CLOCK) {
        rest = at <= 86400 ? at : rest;
    } else {
        entity_time_civil(days, &year, &month, &day);
        used = snprintf(out, size_bytes, "%04d-%02d-%02d", year, month, day);
    }
    if (form == FORM_DAY)
        return (size_t)used;
    used += snprintf(out + used, size_bytes - (size_t)used, "%s%02d:%02d", form == FORM_BOTH ? "T" : "", (int)(rest / 3600), (int)(rest / 60 % 60));
    if (rest % 60)
        used += snprintf(out + used, size_bytes - (size_t)used, ":%02d", (int)(rest % 60));
    return (size_t)used;
}

static enum err
entity_add_interval(struct entity_work *work, size_t from, size_t len, const struct entity_span *span)
{
    enum entity_form form = span->is_day ? FORM_DAY : span->is_clock ? FORM_CLOCK : FORM_BOTH;
    char text[96] = "..";
    size_t used = span->has_from ? entity_time_text(span->from, form, text, sizeof text) : 2;

    text[used++] = '/';
    if (span->has_to)
        (void)entity_time_text(span->to, form, text + used, sizeof text - used);
    else
        snprintf(text + used, sizeof text - used, "..");
    return entity_add(work, ENTITY_INTERVAL, from, len, text);
}

static enum err
entity_add_when(struct entity_work *work, size_t from, size_t len, const struct entity_meaning *meaning)
{
    struct entity_span span;
    char text[64];

    if (!entity_time_span(meaning, &work->now, &span))
        return ERR_NONE;
    bool is_range = !span.has_from || !span.has_to || span.from != span.to;
    bool is_one_day = span.has_from && span.has_to && !span.is_clock && !span.is_day && span.to - span.from <= 86400 && span.to > span.from;
    if (is_range) {
        TRY(entity_add_interval(work, from, len, &span));
    } else if (span.is_day || span.is_clock) {
        (void)entity_time_text(span.from, span.is_day ? FORM_DAY : FORM_CLOCK, text, sizeof text);
        return entity_add(work, span.is_day ? ENTITY_DATE : ENTITY_TIME, from, len, text);
    } else {
        (void)entity_time_text(span.from, FORM_BOTH, text, sizeof text);
        TRY(entity_add(work, ENTITY_DATETIME, from, len, text));
        (void)entity_time_text(span.from % 86400, FORM_CLOCK, text, sizeof text);
        TRY(entity_add(work, ENTITY_TIME, from, len, text));
    }
    if (is_range && !is_one_day)
        return ERR_NONE;
    (void)entity_time_text(span.from, FORM_DAY, text, sizeof text);
    return entity_add(work, ENTITY_DATE, from, len, text);
}

/* "order no. 4711", "case 2026-4711": the number stands at the end and begins with its first digit, as written. */
static enum err
entity_add_order(struct entity_work *work, size_t i, size_t end)
{
    const struct entity_token *first = &work->tokens->at[i], *last = &work->tokens->at[end - 1];
    char text[32];

    while (first < last && first->kind != ENTITY_DIGITS)
        first++;
    size_t len = (size_t)last->from + last->len - first->from;
    if (len < 4 || len >= sizeof text)
        return ERR_NONE;
    snprintf(text, sizeof text, "%.*s", STR_ARG(str_slice(work->tokens->text, first->from, len)));
    return entity_add(work, ENTITY_ORDER_NUMBER, first->from, len, text);
}

/* An article is a number only when nothing else is said. */
static bool
entity_is_weak(const struct entity_work *work, const struct entity_grammar *grammar, size_t i, size_t end)
{
    struct entity_number number;
    return entity_number_read(grammar, work->tokens, i, &number) && number.is_weak && number.end == end && work->tokens->count > 2;
}

static enum err
entity_add_match(struct entity_work *work, const struct entity_grammar *grammar, size_t i, const struct entity_match *match)
{
    const struct entity_token *first = &work->tokens->at[i], *last = &work->tokens->at[match->end - 1];
    const struct entity_meaning *meaning = &match->meaning;
    size_t from = first->from, len = (size_t)last->from + last->len - from;

    switch (match->goal) {
    case GOAL_WHEN:
        return entity_add_when(work, from, len, meaning);
    case GOAL_ORDER:
        return entity_add_order(work, i, match->end);
    case GOAL_DURATION:
        return entity_add_duration(work, from, len, meaning);
    case GOAL_MONEY:
        return entity_add_amount(work, ENTITY_MONEY, from, len, meaning);
    case GOAL_QUANTITY:
        return entity_add_amount(work, ENTITY_QUANTITY, from, len, meaning);
    case GOAL_SIZE:
        return entity_add_size(work, from, len, meaning);
    case GOAL_COLOUR:
        return entity_add_name(work, ENTITY_COLOUR, from, len, meaning->name);
    case GOAL_ORDINAL:
        return entity_add_number(work, ENTITY_ORDINAL, from, len, meaning->number);
    default:
        return entity_is_weak(work, grammar, i, match->end) ? ERR_NONE : entity_add_number(work, ENTITY_NUMBER, from, len, meaning->number);
    }
}

/* The region of a tag, or the language's own. */
static str
entity_region(const struct entity_ask *ask)
{
    static const char *const own[][2] = {{"de", "DE"}, {"fr", "FR"}, {"es", "ES"}, {"it", "IT"}, {"nl", "NL"}, {"pt", "PT"}};

    for (size_t i = 0; i + 3 <= ask->tag.len; i++)
        if (ask->tag.at[i] == '-' && ask->tag.at[i + 1] >= 'A' && ask->tag.at[i + 1] <= 'Z' && (i + 3 == ask->tag.len || ask->tag.at[i + 3] == '-'))
            return str_slice(ask->tag, i + 1, 2);
    if (ask->country.len == 2)
        return ask->country;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (str_has_prefix(ask->tag, str_from(own[i][0])))
            return str_from(own[i][1]);
    return (str){"", 0};
}

/* 3/4 is the fourth of March in the United States, and for those who write English on their clock. */
static bool
entity_is_month_first(const struct entity_ask *ask, str region)
{
    bool is_english = str_has_prefix(ask->tag, STR("en"));

    if (region.len > 0)
        return is_english && str_is(region, STR("US"));
    return is_english && ask->zone_minutes <= -240 && ask->zone_minutes >= -600;
}

static void
entity_sort(struct entity_find *finds, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t k = i; k > 0 && finds[k].from < finds[k - 1].from; k--) {
            struct entity_find swap = finds[k];
            finds[k] = finds[k - 1];
            finds[k - 1] = swap;
        }
}

enum err
entity_find_all(struct arena *arena, const struct entity_ask *ask, struct entity_tokens *tokens, struct entity_find *out, size_t *count)
{
    static const enum entity_kind kinds[] = {ENTITY_EMAIL, ENTITY_URL, ENTITY_PHONE, ENTITY_ORDER_NUMBER};
    struct entity_shape shapes[ENTITY_SHAPES_MAX];
    struct entity_matcher *matcher = NULL;
    struct entity_match match;
    str region = entity_region(ask);
    struct entity_work work = {.arena = arena, .tokens = tokens, .out = out};

    work.now = (struct entity_now){(int64_t)(ask->now_ms / 1000) + ask->zone_minutes * (int64_t)60, entity_is_month_first(ask, region)};
    entity_grammar_read(ask->grammar, tokens);
    size_t shape_count = entity_shape_find(tokens, region, shapes);
    for (size_t i = 0; i < shape_count; i++)
        TRY(entity_add(&work, kinds[shapes[i].kind], shapes[i].from, shapes[i].len, shapes[i].value));
    TRY(entity_match_take(arena, ask->grammar, tokens, &work.now, &matcher));
    for (size_t i = 0; i < tokens->count;) {
        if (!entity_match_find(matcher, i, &match)) {
            i++;
            continue;
        }
        TRY(entity_add_match(&work, ask->grammar, i, &match));
        i = match.end;
    }
    entity_sort(out, work.count);
    *count = work.count;
    return ERR_NONE;
}
