/* Days and times of the calendar: what "the third of next month at three" is, seen from now. It knows one zone, the visitor's, and no summer time:
 * times are those that the visitor's clock will show. */
#include "engine/entity_private.h"

#include <string.h>

#define DAY_S ((int64_t)86400)

/* From: Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
int64_t
entity_time_days(int64_t year, int month, int day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void
entity_time_civil(int64_t days, int *year, int *month, int *day)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t of_era = days - era * 146097;
    int64_t years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * years + years / 4 - years / 100);
    int64_t shifted = (5 * of_year + 2) / 153;
    *day = (int)(of_year - (153 * shifted + 2) / 5 + 1);
    *month = (int)(shifted + (shifted < 10 ? 3 : -9));
    *year = (int)(years + era * 400 + (*month <= 2));
}

int
entity_time_month_days(int64_t year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

struct time_day {
    int64_t today; /* days since 1970 */
    int year, month, day, weekday;
};

static int
time_weekday(int64_t days)
{
    return (int)(((days + 3) % 7 + 7) % 7) + 1; /* 1970-01-01 was a Thursday */
}

static struct time_day
time_today(const struct entity_now *now)
{
    struct time_day day = {.today = (now->local_s >= 0 ? now->local_s : now->local_s - DAY_S + 1) / DAY_S};

    entity_time_civil(day.today, &day.year, &day.month, &day.day);
    day.weekday = time_weekday(day.today);
    return day;
}

static int32_t
time_get(const struct entity_meaning *meaning, enum entity_field field, int32_t otherwise)
{
    return entity_op_has(meaning, field) ? meaning->field[field] : otherwise;
}

struct time_days {
    int64_t from, to;
};

static bool
time_one(int64_t day, struct time_days *out)
{
    *out = (struct time_days){day, day};
    return true;
}

/* The n-th weekday of a month, from its end when n < 0. */
static bool
time_nth(int64_t year, int month, int nth, int weekday, struct time_days *out)
{
    int64_t first = entity_time_days(year, month, 1), length = entity_time_month_days(year, month);
    int64_t day = nth > 0 ? first + (weekday - time_weekday(first) + 7) % 7 + 7 * (nth - 1)
                          : first + length - 1 - (time_weekday(first + length - 1) - weekday + 7) % 7;
    return day < first + length && time_one(day, out);
}

/* Within a month: a day, the n-th weekday, a third of it, or all of it. */
static bool
time_in_month(const struct entity_meaning *meaning, int64_t year, int month, struct time_days *out)
{
    int64_t first = entity_time_days(year, month, 1), length = entity_time_month_days(year, month);
    int day = time_get(meaning, FIELD_DAY, 0), third = time_get(meaning, FIELD_THIRD, 0);

    if (day > length)
        return false;
    if (day > 0)
        return time_one(first + day - 1, out);
    if (entity_op_has(meaning, FIELD_NTH) && entity_op_has(meaning, FIELD_WEEKDAY))
        return time_nth(year, month, meaning->field[FIELD_NTH], meaning->field[FIELD_WEEKDAY], out);
    out->from = first + (third > 1 ? (third - 1) * 10 : 0);
    out->to = first + (third == 1 ? 9 : third == 2 ? 19 : length - 1);
    return true;
}

static bool
time_in_year(const struct entity_meaning *meaning, int64_t year, struct time_days *out)
{
    int third = time_get(meaning, FIELD_THIRD, 0);

    if (entity_op_has(meaning, FIELD_MONTH))
        return time_in_month(meaning, year, meaning->field[FIELD_MONTH], out);
    int from = third > 1 ? third * 4 - 3 : 1, to = third > 0 ? third * 4 : 12;
    *out = (struct time_days){entity_time_days(year, from, 1), entity_time_days(year, to, entity_time_month_days(year, to))};
    return true;
}

static void
time_months(const struct time_day *now, int64_t more, int64_t *year, int *month)
{
    int64_t months = (int64_t)now->year * 12 + now->month - 1 + more;
    *year = months / 12;
    *month = (int)(months % 12) + 1;
}

/* The week that the 4th of January is in is the first. From: ISO 8601. */
static int64_t
time_week_begin(int64_t year, int week)
{
    int64_t fourth = entity_time_days(year, 1, 4);
    return fourth - time_weekday(fourth) + 1 + 7 * (int64_t)(week - 1);
}

static bool
time_iso_week(const struct entity_meaning *meaning, const struct time_day *now, struct time_days *out)
{
    int week = meaning->field[FIELD_WEEK];
    int64_t year = time_get(meaning, FIELD_YEAR, now->year), from = time_week_begin(year, week);

    if (!entity_op_has(meaning, FIELD_YEAR) && from + 6 < now->today)
        from = time_week_begin(++year, week);
    *out = (struct time_days){from, from + 6};
    return from < time_week_begin(year + 1, 1);
}

/* So many months and days from today; with a weekday, that of the week there. */
static bool
time_plus(const struct entity_meaning *meaning, const struct time_day *now, struct time_days *out)
{
    int64_t year, day;
    int month;

    time_months(now, time_get(meaning, FIELD_PLUS_MONTHS, 0), &year, &month);
    int length = entity_time_month_days(year, month);
    day = entity_time_days(year, month, now->day < length ? now->day : length) + time_get(meaning, FIELD_PLUS_DAYS, 0);
    if (entity_op_has(meaning, FIELD_WEEKDAY))
        day += meaning->field[FIELD_WEEKDAY] - time_weekday(day);
    return time_one(day, out);
}

/* This, the next, the last of a unit. */
static bool
time_relative(const struct entity_meaning *meaning, const struct time_day *now, struct time_days *out)
{
    int32_t rel = time_get(meaning, FIELD_REL, 0);
    int64_t year, monday = now->today - now->weekday + 1 + 7 * (int64_t)rel;
    int month;

    switch (meaning->field[FIELD_UNIT]) {
    case 'D':
        return time_one(now->today + rel, out);
    case 'W':
        *out = (struct time_days){monday, monday + 6};
        return !entity_op_has(meaning, FIELD_WEEKDAY) || time_one(monday + meaning->field[FIELD_WEEKDAY] - 1, out);
    case 'E':
        *out = (struct time_days){monday + 5, monday + 6};
        return true;
    case 'M':
        time_months(now, rel, &year, &month);
        return time_in_month(meaning, year, month, out);
    case 'Q':
        time_months(now, rel * 3 - (now->month - 1) % 3, &year, &month);
        *out = (struct time_days){entity_time_days(year, month, 1), entity_time_days(year, month + 2, entity_time_month_days(year, month + 2))};
        return true;
    case 'Y':
        return time_in_year(meaning, now->year + (int64_t)rel, out);
    default:
        return false;
    }
}

/* The coming 3rd of a month, or 3 March; the last one when that is said. */
static bool
time_calendar(const struct entity_meaning *meaning, const struct time_day *now, struct time_days *out)
{
    bool has_month = entity_op_has(meaning, FIELD_MONTH), is_past = time_get(meaning, FIELD_REL, 0) < 0;
    bool is_after = time_get(meaning, FIELD_REL, 0) > 0;

    if (entity_op_has(meaning, FIELD_YEAR))
        return time_in_year(meaning, meaning->field[FIELD_YEAR], out);
    for (int step = 0; step < 9; step++) { /* the 29th of February may be eight years away */
        int64_t year = now->year + (is_past ? -step : step);
        int month = has_month ? meaning->field[FIELD_MONTH] : 0;
        if (!has_month)
            time_months(now, is_past ? -step : step, &year, &month);
        if (!time_in_month(meaning, year, month, out))
            continue;
        if (is_past ? out->to < now->today : is_after ? out->from > now->today : out->to >= now->today)
            return true;
    }
    return false;
}

static bool
time_week(const struct entity_meaning *meaning, const struct time_day *now, struct time_days *out)
{
    int ahead = (meaning->field[FIELD_WEEKDAY] - now->weekday + 7) % 7;
    bool has_rel = entity_op_has(meaning, FIELD_REL);

    if (has_rel && meaning->field[FIELD_REL] < 0)
        return time_one(now->today + (ahead == 0 ? -7 : ahead - 7), out);
    return time_one(now->today + (ahead == 0 && !has_rel ? 7 : ahead), out);
}

/* 1 days, 0 none named, -1 a day that does not exist. */
static int
time_date(const struct entity_meaning *meaning, const struct time_day *now, struct time_days *out)
{
    bool fits;

    if (entity_op_has(meaning, FIELD_PLUS_DAYS) || entity_op_has(meaning, FIELD_PLUS_MONTHS))
        fits = time_plus(meaning, now, out);
    else if (entity_op_has(meaning, FIELD_UNIT))
        fits = time_relative(meaning, now, out);
    else if (entity_op_has(meaning, FIELD_WEEK))
        fits = time_iso_week(meaning, now, out);
    else if (entity_op_has(meaning, FIELD_YEAR) || entity_op_has(meaning, FIELD_MONTH) || entity_op_has(meaning, FIELD_DAY))
        fits = time_calendar(meaning, now, out);
    else if (entity_op_has(meaning, FIELD_WEEKDAY))
        fits = time_week(meaning, now, out);
    else
        return 0;
    return fits ? 1 : -1;
}

/* Seconds of the day; false when there is no hour or no such one. */
static bool
time_clock(const struct entity_meaning *meaning, int64_t *out)
{
    int hour = time_get(meaning, FIELD_HOUR, -1), minute = time_get(meaning, FIELD_MINUTE, 0), second = time_get(meaning, FIELD_SECOND, 0);
    int part = time_get(meaning, FIELD_PART, PART_NONE), meridiem = time_get(meaning, FIELD_MERIDIEM, 0);

    if (hour < 0 || hour > 24 || minute > 59 || (hour == 24 && minute > 0) || (meridiem && hour > 12))
        return false;
    if (meridiem)
        hour = hour % 12 + (meridiem == 2 ? 12 : 0);
    else if (part == PART_AFTERNOON || part == PART_EVENING)
        hour += hour < 12 ? 12 : part == PART_EVENING && hour == 12 ? 12 : 0;
    else if (part == PART_NIGHT)
        hour += hour >= 7 && hour < 12 ? 12 : hour == 12 ? 12 : 0;
    else if (part == PART_MORNING)
        hour -= hour == 12 ? 12 : 0;
    else if (entity_op_has(meaning, FIELD_LOOSE) && hour < (meaning->field[FIELD_LOOSE] > 1 ? 6 : 7))
        hour += 12;
    *out = hour * (int64_t)3600 + minute * 60 + second;
    return true;
}

static bool
time_part(int part, int64_t *from, int64_t *to)
{
    static const int hours[][2] = {{0, 0}, {6, 12}, {12, 18}, {18, 24}, {22, 30}};

    if (part < PART_MORNING || part > PART_NIGHT)
        return false;
    *from = hours[part][0] * (int64_t)3600;
    *to = hours[part][1] * (int64_t)3600;
    return true;
}

/* "today at nine", said in the afternoon. */
static int64_t
time_later(const struct entity_meaning *meaning, const struct entity_now *now, int64_t at)
{
    int64_t half = DAY_S / 2;
    bool is_open = entity_op_has(meaning, FIELD_LOOSE) && !entity_op_has(meaning, FIELD_PART) && !entity_op_has(meaning, FIELD_MERIDIEM);
    bool is_today = at / DAY_S == now->local_s / DAY_S && at % DAY_S < half;

    return is_open && is_today && at < now->local_s && at + half > now->local_s ? at + half : at;
}

bool
entity_time_span(const struct entity_meaning *meaning, const struct entity_now *now, struct entity_span *out)
{
    struct time_day today = time_today(now);
    struct time_days days = {0, 0};
    int64_t clock = 0, part_from = 0, part_to = 0;

    if (meaning->has_span) {
        *out = meaning->span;
        return true;
    }
    int dates = time_date(meaning, &today, &days);
    if (entity_op_has(meaning, FIELD_PLUS_SECONDS)) {
        int64_t at = now->local_s + (dates == 1 ? days.from - today.today : 0) * DAY_S + meaning->field[FIELD_PLUS_SECONDS];
        *out = (struct entity_span){at, at, true, true, false, false};
        return true;
    }
    bool has_clock = time_clock(meaning, &clock);
    bool has_part = !has_clock && time_part(time_get(meaning, FIELD_PART, PART_NONE), &part_from, &part_to);
    if (dates < 0 || (entity_op_has(meaning, FIELD_HOUR) && !has_clock) || ((has_clock || has_part) && days.from != days.to))
        return false;
    if (!has_clock && !has_part) {
        *out = (struct entity_span){days.from * DAY_S, days.to * DAY_S, true, true, false, true};
        return dates == 1;
    }
    int64_t from = days.from * DAY_S + (has_clock ? clock : part_from), to = days.from * DAY_S + (has_clock ? clock : part_to);
    if (dates == 1 && has_clock)
        from = to = time_later(meaning, now, from);
    *out = (struct entity_span){from, to, true, true, dates == 0, false};
    return true;
}
