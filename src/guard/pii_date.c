/* Dates of birth: a date that a word or the bot's question announces as one. Dates of orders and deliveries are nobody's. */
#include "guard/pii_private.h"

#include "guard/number_sum.h"

static unsigned long
date_value(const struct pii_scan *scan, size_t i)
{
    return scan->word[i].len > 4 ? 0 : number_sum_part(scan->fold.at, scan->word[i].at, scan->word[i].len);
}

static bool
date_is_day(const struct pii_scan *scan, size_t i)
{
    return scan->word[i].is_digits && scan->word[i].len <= 2 && date_value(scan, i) >= 1 && date_value(scan, i) <= 31;
}

static bool
date_is_year(const struct pii_scan *scan, size_t i)
{
    return scan->word[i].is_digits && ((scan->word[i].len == 4 && date_value(scan, i) >= 1890 && date_value(scan, i) < 2100) ||
                                       scan->word[i].len == 2);
}

/* Words that stand inside a written date: th, of, de, ". ". */
static size_t
date_skip(const struct pii_scan *scan, size_t i)
{
    static const char inside[] = " st nd rd th of de del do den er o ";

    while (i < scan->word_count && pii_words_is_in(scan, i, inside))
        i++;
    return i;
}

/* The last word of a date that begins at word i, or SIZE_MAX: numbers with marks, "12 March 1985", "March 12, 1985", "19850312". */
static size_t
date_end(const struct pii_scan *scan, size_t i)
{
    const struct pii_word *word = scan->word;
    size_t count = scan->word_count;

    if (word[i].is_digits && word[i].len == 8) {
        bool year_first = number_sum_is_date(scan->fold.at + word[i].at, 2, 4, 6, false);
        bool year_last = number_sum_is_date(scan->fold.at + word[i].at, 6, 2, 0, false);
        return year_first || year_last ? i : SIZE_MAX;
    }
    if (i + 2 < count && word[i].is_digits && word[i + 1].is_digits && word[i + 2].is_digits &&
        word[i + 1].at - pii_word_end(scan, i) <= 2 && word[i + 2].at - pii_word_end(scan, i + 1) <= 2) {
        bool year_first = word[i].len == 4 && date_is_year(scan, i) && date_is_day(scan, i + 1) && date_is_day(scan, i + 2);
        bool year_last = date_is_day(scan, i) && date_is_day(scan, i + 1) && date_is_year(scan, i + 2);
        return year_first || year_last ? i + 2 : SIZE_MAX;
    }
    if (date_is_day(scan, i)) {
        size_t month = date_skip(scan, i + 1);
        if (month >= count || !(word[month].cue & CUE(MONTH)))
            return SIZE_MAX;
        size_t year = date_skip(scan, month + 1);
        return year < count && date_is_year(scan, year) ? year : month;
    }
    if ((word[i].cue & CUE(MONTH)) && i + 1 < count && word[i + 1].is_digits) {
        if (word[i + 1].len == 4)
            return date_is_year(scan, i + 1) ? i + 1 : SIZE_MAX;
        if (!date_is_day(scan, i + 1))
            return SIZE_MAX;
        size_t year = date_skip(scan, i + 2);
        return year < count && date_is_year(scan, year) && !word[year].is_break ? year : i + 1;
    }
    return SIZE_MAX;
}

void
pii_date_find(struct pii_scan *scan)
{
    if (((scan->cues | scan->asked) & CUE(BIRTH)) == 0)
        return;
    for (size_t i = 0; i < scan->word_count; i++) {
        size_t last = date_end(scan, i);
        struct pii_near near;
        if (last == SIZE_MAX)
            continue;
        pii_words_near(scan, i, last, &near);
        unsigned near_by = pii_words_announces(&near, CUE(BIRTH));
        /* A birthday without a year is a day to celebrate, unless the bot asked for it. */
        bool whole = last > i + 1 || scan->word[last].len >= 4;
        if (!whole && near_by != 2)
            continue;
        if (near_by > 0)
            pii_add(scan, scan->word[i].at, pii_word_end(scan, last), PII_BIRTH_DATE, near_by >= 2 ? 94 : 70);
        i = last;
    }
}
