/* What rules make of their parts: lengths of time, "in three days", "ten to four", "from Monday to Friday". Each is one small function of a table. */
#include "engine/entity_private.h"

#include <math.h>
#include <string.h>

#define DAY_S ((int64_t)86400)

const char *const entity_op_names[OP_COUNT] = {
    "", "duration", "ahead", "ago", "range", "until", "since", "before", "after", "next-span", "last-span", "to", "half-to", "to-half", "past-half", "pair", "from", "slash", "cents", "by"};

bool
entity_op_has(const struct entity_meaning *meaning, enum entity_field field)
{
    return meaning->set >> field & 1;
}

static void
op_set(struct entity_meaning *meaning, enum entity_field field, int32_t value)
{
    meaning->field[field] = value;
    meaning->set |= 1u << field;
}

static void
op_clear(struct entity_meaning *meaning, enum entity_field from, enum entity_field to)
{
    for (unsigned i = from; i <= to; i++)
        meaning->set &= ~(1u << i);
}

static int64_t
op_get(const struct entity_meaning *meaning, enum entity_field field)
{
    return entity_op_has(meaning, field) ? meaning->field[field] : 0;
}

bool
entity_op_join(struct entity_meaning *to, const struct entity_meaning *part)
{
    for (unsigned i = 0; i < FIELD_COUNT; i++) {
        if (!entity_op_has(part, i))
            continue;
        if (entity_op_has(to, i) && to->field[i] != part->field[i])
            return false;
        op_set(to, i, part->field[i]);
    }
    if (to->has_span && part->has_span)
        return false;
    if (part->has_span) {
        to->has_span = true;
        to->span = part->span;
    }
    if (part->has_number) {
        to->has_number = true;
        to->number = part->number;
    }
    if (part->has_second) {
        to->has_second = true;
        to->second = part->second;
    }
    to->name = part->name.len > 0 ? part->name : to->name;
    return true;
}

/* 1.5 hours is an hour and thirty minutes; half a year is six months. */
static bool
op_duration(struct entity_meaning *out)
{
    static const struct {
        char unit, below;
        enum entity_field field;
        double factor; /* of the unit below */
    } units[] = {{'Y', 'M', FIELD_D_YEARS, 12},  {'M', 'D', FIELD_D_MONTHS, 30},  {'W', 'D', FIELD_D_WEEKS, 7},     {'D', 'h', FIELD_D_DAYS, 24},
                 {'h', 'm', FIELD_D_HOURS, 60}, {'m', 's', FIELD_D_MINUTES, 60}, {'s', 0, FIELD_D_SECONDS, 0}};
    double number = out->number;
    char unit = (char)op_get(out, FIELD_UNIT);

    if (!out->has_number || number < 0 || number > 100000)
        return false;
    if (unit == 'Q') {
        unit = 'M';
        number *= 3;
    }
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (units[i].unit != unit)
            continue;
        double whole = floor(number + 1e-9);
        if (unit == 'W' && number - whole > 0.01) { /* weeks stand alone in ISO 8601 */
            number *= 7;
            unit = 'D';
            continue;
        }
        if (whole > 0 || number - whole < 0.001)
            op_set(out, units[i].field, (int32_t)whole);
        number = (number - whole) * units[i].factor;
        if (number < 0.01)
            break;
        unit = units[i].below;
    }
    op_clear(out, FIELD_UNIT, FIELD_UNIT);
    out->has_number = false;
    return true;
}

static bool
op_has_duration(const struct entity_meaning *meaning)
{
    return meaning->set >> FIELD_D_YEARS != 0;
}

static bool
op_has_date(const struct entity_meaning *meaning)
{
    return (meaning->set & (1u << FIELD_YEAR | 1u << FIELD_MONTH | 1u << FIELD_WEEK | 1u << FIELD_DAY | 1u << FIELD_WEEKDAY | 1u << FIELD_UNIT | 1u << FIELD_PLUS_DAYS |
                            1u << FIELD_PLUS_MONTHS)) != 0;
}

/* "a week from Friday": so many months and days behind a day that is named. */
static bool
op_shift_day(struct entity_meaning *out, const struct entity_now *now, int64_t months, int64_t days)
{
    struct entity_span span;
    int year, month, day;

    op_clear(out, FIELD_D_YEARS, FIELD_D_SECONDS);
    if (!entity_time_span(out, now, &span) || !span.is_day || !span.has_from || span.from != span.to)
        return false;
    entity_time_civil(span.from / DAY_S, &year, &month, &day);
    months += (int64_t)year * 12 + month - 1;
    int length = entity_time_month_days(months / 12, (int)(months % 12) + 1);
    span.from = span.to = (entity_time_days(months / 12, (int)(months % 12) + 1, day < length ? day : length) + days) * DAY_S;
    *out = (struct entity_meaning){.has_span = true, .span = span};
    return true;
}

static bool
op_shift(struct entity_meaning *out, const struct entity_now *now, int sign)
{
    int64_t months = op_get(out, FIELD_D_YEARS) * 12 + op_get(out, FIELD_D_MONTHS);
    int64_t days = op_get(out, FIELD_D_WEEKS) * 7 + op_get(out, FIELD_D_DAYS);
    int64_t seconds = op_get(out, FIELD_D_HOURS) * 3600 + op_get(out, FIELD_D_MINUTES) * 60 + op_get(out, FIELD_D_SECONDS);
    bool has_seconds = out->set >> FIELD_D_HOURS != 0;

    if (!op_has_duration(out) || months > 12000 || days > 1000000 || seconds > INT32_MAX)
        return false;
    if (op_has_date(out))
        return !has_seconds && op_shift_day(out, now, sign * months, sign * days);
    op_clear(out, FIELD_D_YEARS, FIELD_D_SECONDS);
    op_set(out, FIELD_PLUS_MONTHS, (int32_t)(sign * months));
    op_set(out, FIELD_PLUS_DAYS, (int32_t)(sign * days));
    if (has_seconds)
        op_set(out, FIELD_PLUS_SECONDS, (int32_t)(sign * seconds));
    return true;
}

/* "the last three days": from then to now. */
static bool
op_span(struct entity_meaning *out, const struct entity_now *now, int sign)
{
    struct entity_meaning today = {.set = 1u << FIELD_PLUS_DAYS}, then = *out;
    struct entity_span here, there;

    if (entity_op_has(out, FIELD_D_HOURS) || entity_op_has(out, FIELD_D_MINUTES) || entity_op_has(out, FIELD_D_SECONDS))
        op_set(&today, FIELD_PLUS_SECONDS, 0);
    if (!op_shift(&then, now, sign) || !entity_time_span(&today, now, &here) || !entity_time_span(&then, now, &there))
        return false;
    *out = (struct entity_meaning){.has_span = true, .span = sign > 0 ? here : there};
    out->span.to = sign > 0 ? there.to : here.to;
    return true;
}

static void
op_give(struct entity_meaning *to, const struct entity_meaning *from, enum entity_field field)
{
    if (!entity_op_has(to, field) && entity_op_has(from, field))
        op_set(to, field, from->field[field]);
}

/* "from 3 to 5 pm", "5 to 9 May", "Friday from 3 to 5": what only one end says holds for both. */
static void
op_share(struct entity_meaning *a, struct entity_meaning *b)
{
    if (entity_op_has(a, FIELD_HOUR) && entity_op_has(b, FIELD_HOUR)) {
        if (op_get(a, FIELD_HOUR) <= op_get(b, FIELD_HOUR) && !entity_op_has(a, FIELD_PART) && op_get(a, FIELD_HOUR) < 12)
            op_give(a, b, FIELD_MERIDIEM);
        if (!entity_op_has(a, FIELD_MERIDIEM) && op_get(a, FIELD_HOUR) <= op_get(b, FIELD_HOUR))
            op_give(a, b, FIELD_PART);
        if (op_has_date(a) && !op_has_date(b))
            for (unsigned i = FIELD_YEAR; i <= FIELD_PLUS_DAYS; i++)
                if (i < FIELD_HOUR || i > FIELD_LOOSE)
                    op_give(b, a, i);
        if (!op_has_date(a) && op_has_date(b))
            for (unsigned i = FIELD_YEAR; i <= FIELD_PLUS_DAYS; i++)
                if (i < FIELD_HOUR || i > FIELD_LOOSE)
                    op_give(a, b, i);
        return;
    }
    if (entity_op_has(a, FIELD_DAY) && entity_op_has(b, FIELD_DAY))
        op_give(a, b, FIELD_MONTH);
    if (entity_op_has(a, FIELD_DAY) && entity_op_has(b, FIELD_DAY) && !entity_op_has(b, FIELD_MONTH))
        op_give(b, a, FIELD_MONTH);
    if (entity_op_has(a, FIELD_MONTH) && entity_op_has(b, FIELD_MONTH)) {
        op_give(a, b, FIELD_YEAR);
        op_give(b, a, FIELD_YEAR);
    }
}

static bool
op_range(const struct entity_meaning *parts, size_t count, const struct entity_now *now, struct entity_meaning *out)
{
    struct entity_meaning ends[2];
    struct entity_span a, b;
    size_t found = 0;

    /* A day before the two ends belongs to both: "Friday from 3 to 5". */
    struct entity_meaning shared = {.set = 0};
    for (size_t i = 0; i < count; i++) {
        if (count - i > 2 && !entity_op_join(&shared, &parts[i]))
            return false;
        if (count - i <= 2)
            ends[found++] = parts[i];
    }
    if (found < 2 || (shared.set && (!entity_op_join(&ends[0], &shared) || !entity_op_join(&ends[1], &shared))))
        return false;
    op_share(&ends[0], &ends[1]);
    if (!entity_time_span(&ends[0], now, &a) || !entity_time_span(&ends[1], now, &b) || a.is_clock != b.is_clock || a.is_day != b.is_day)
        return false;
    bool is_week = a.is_day && entity_op_has(&ends[1], FIELD_WEEKDAY) && !entity_op_has(&ends[1], FIELD_DAY);
    for (int i = 0; i < 60 && is_week && b.to < a.from; i++)
        b.to += 7 * DAY_S;
    if (!a.is_day && b.to < a.from && a.from - b.to < DAY_S)
        b.to += DAY_S; /* over midnight */
    if (b.to < a.from)
        return false;
    *out = (struct entity_meaning){.has_span = true, .span = {a.from, b.to, true, true, a.is_clock, a.is_day}};
    return true;
}

/* "since Monday" is the last one. */
static void
op_to_past(struct entity_meaning *meaning, const struct entity_now *now, struct entity_span *span)
{
    struct entity_meaning past = *meaning;

    if (span->is_clock || span->from <= now->local_s || entity_op_has(meaning, FIELD_REL) || entity_op_has(meaning, FIELD_PLUS_DAYS))
        return;
    op_set(&past, FIELD_REL, -1);
    struct entity_span last;
    if (entity_time_span(&past, now, &last))
        *span = last;
}

static bool
op_open(enum entity_op_kind op, struct entity_meaning *out, const struct entity_now *now)
{
    struct entity_span span;

    if (!entity_time_span(out, now, &span))
        return false;
    if (op == OP_SINCE)
        op_to_past(out, now, &span);
    if (op == OP_UNTIL || op == OP_BEFORE) {
        span.has_from = false;
        span.to = op == OP_BEFORE ? span.from - (span.is_day ? DAY_S : 0) : span.to;
    } else {
        span.has_to = false;
        span.from = op == OP_AFTER ? span.to + (span.is_day ? DAY_S : 0) : span.from;
    }
    *out = (struct entity_meaning){.has_span = true, .span = span};
    return true;
}

/* "ten to four", and what German and Dutch say: halb vier, fünf vor halb vier. */
static bool
op_clock(enum entity_op_kind op, struct entity_meaning *out)
{
    int64_t hour = op_get(out, FIELD_HOUR), minute = op_get(out, FIELD_MINUTE);

    if (!entity_op_has(out, FIELD_HOUR) || minute > 59)
        return false;
    minute = op == OP_TO ? 60 - minute : op == OP_HALF_TO ? 30 : op == OP_TO_HALF ? 30 - minute : 30 + minute;
    op_set(out, FIELD_HOUR, (int32_t)(hour > 0 ? hour - 1 : 23));
    op_set(out, FIELD_MINUTE, (int32_t)minute);
    return minute >= 0 && minute < 60;
}

static bool
op_pair(const struct entity_meaning *parts, size_t count, struct entity_meaning *out)
{
    if (count < 2 || !parts[0].has_number || !parts[1].has_number || parts[0].number > parts[1].number)
        return false;
    for (size_t i = 0; i < count; i++)
        out->name = parts[i].name.len > 0 ? parts[i].name : out->name;
    out->has_number = true;
    out->number = parts[0].number;
    out->second = parts[1].number;
    out->has_second = true;
    return true;
}

/* 3/4/2026: whose turn it is says the visitor's country, unless only one reading exists. */
static bool
op_slash(const struct entity_meaning *parts, size_t count, const struct entity_now *now, struct entity_meaning *out)
{
    if (count < 2 || !parts[0].has_number || !parts[1].has_number)
        return false;
    bool is_month_first = parts[0].number <= 12 && (now->is_month_first || parts[1].number > 12);
    double day = parts[is_month_first ? 1 : 0].number, month = parts[is_month_first ? 0 : 1].number;
    if (day < 1 || day > 31 || month < 1 || month > 12 || (count > 2 && !entity_op_join(out, &parts[2])))
        return false;
    op_set(out, FIELD_DAY, (int32_t)day);
    op_set(out, FIELD_MONTH, (int32_t)month);
    return true;
}

/* "20 euros and 50 cents" */
static bool
op_cents(const struct entity_meaning *parts, size_t count, struct entity_meaning *out)
{
    if (count != 2 || !parts[1].has_number || parts[1].number >= 100 || fmod(parts[0].number, 1) != 0)
        return false;
    *out = parts[0];
    out->number += parts[1].number / 100;
    return true;
}

/* "40 x 60 x 20 cm" */
static bool
op_by(const struct entity_meaning *parts, size_t count, struct entity_meaning *out)
{
    double sides[3] = {0, 0, 0};
    size_t found = 0;

    for (size_t i = 0; i < count; i++)
        if (parts[i].has_number && found < 3)
            sides[found++] = parts[i].number;
    out->number = sides[0];
    out->second = sides[1];
    out->third = sides[2];
    out->has_second = found > 1;
    out->has_third = found > 2;
    return out->has_second;
}

bool
entity_op_run(enum entity_op_kind op, const struct entity_now *now, const struct entity_meaning *parts, size_t count, struct entity_meaning *out)
{
    switch (op) {
    case OP_DURATION:
        return op_duration(out);
    case OP_AHEAD:
        return op_shift(out, now, 1);
    case OP_AGO:
        return op_shift(out, now, -1);
    case OP_RANGE:
        return op_range(parts, count, now, out);
    case OP_UNTIL:
    case OP_SINCE:
    case OP_BEFORE:
    case OP_AFTER:
    case OP_FROM:
        return op_open(op, out, now);
    case OP_NEXT_SPAN:
        return op_span(out, now, 1);
    case OP_LAST_SPAN:
        return op_span(out, now, -1);
    case OP_TO:
    case OP_HALF_TO:
    case OP_TO_HALF:
    case OP_PAST_HALF:
        return op_clock(op, out);
    case OP_PAIR:
        return op_pair(parts, count, out);
    case OP_SLASH:
        return op_slash(parts, count, now, out);
    case OP_CENTS:
        return op_cents(parts, count, out);
    case OP_BY:
        return op_by(parts, count, out);
    default:
        return true;
    }
}
