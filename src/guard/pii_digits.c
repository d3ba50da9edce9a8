/* Numbers: runs of digits and letters, as they stand and joined over single blanks, dashes, dots and slashes, each offered to every kind
 * of number that is so long. A run joins at most NUMBER_PIECES words, so that the work stays linear. */
#include "guard/pii_private.h"

#include "guard/number_sum.h"
#include "guard/phone.h"

#include <string.h>

#define NUMBER_PIECES 9 /* with something between */
#define NUMBER_WORDS 18  /* at all */

/* ISO/IEC 7812: beginnings that networks have given out, and how long their numbers are. */
static const struct {
    unsigned from, to; /* of the first four digits */
    unsigned char shortest, longest;
} digits_issuers[] = {
    {4000, 4999, 13, 19}, /* Visa: 13, 16, 19 */
    {5100, 5599, 16, 16}, {2221, 2720, 16, 16}, /* Mastercard */
    {3400, 3499, 15, 15}, {3700, 3799, 15, 15}, /* American Express */
    {6011, 6011, 16, 19}, {6440, 6599, 16, 19}, {6221, 6229, 16, 19}, /* Discover */
    {6200, 6299, 16, 19}, {8100, 8171, 16, 19}, /* UnionPay */
    {3000, 3059, 14, 19}, {3095, 3095, 14, 19}, {3600, 3699, 14, 19}, {3800, 3999, 14, 19}, /* Diners */
    {3528, 3589, 16, 19}, /* JCB */
    {5000, 5099, 12, 19}, {5600, 5899, 12, 19}, {6390, 6390, 12, 19}, {6700, 6799, 12, 19}, {6304, 6304, 12, 19}, /* Maestro */
    {6062, 6062, 13, 19}, {6370, 6370, 16, 16}, {6376, 6376, 16, 16}, {6500, 6530, 16, 16}, {6521, 6522, 16, 16}, /* Hipercard, Elo, RuPay */
    {2200, 2204, 16, 19}, {9792, 9792, 16, 16}, {5019, 5019, 16, 16}, {8600, 8600, 16, 16}, {9860, 9860, 16, 16}, /* Mir, Troy, Dankort, UzCard, Humo */
};

bool
pii_digits_is_card(str digits)
{
    if (digits.len < 12 || digits.len > 19)
        return false;
    unsigned head = (unsigned)number_sum_part(digits.at, 0, 4);
    bool issued = false;
    for (size_t i = 0; i < sizeof digits_issuers / sizeof *digits_issuers; i++)
        issued |= head >= digits_issuers[i].from && head <= digits_issuers[i].to && digits.len >= digits_issuers[i].shortest &&
                  digits.len <= digits_issuers[i].longest;
    if (head / 1000 == 4 && digits.len != 13 && digits.len != 16 && digits.len != 19)
        issued = false;
    return issued && number_sum_luhn(digits.at, digits.len);
}

/* A candidate: words first..last, joined without what stands between. */
struct digits_run {
    size_t first, last;
    char compact[NUMBER_LENGTH_MAX + 4];
    size_t len, digits;
    bool is_date;
    struct pii_near near;
    bool has_before, has_near; /* of `near`: what does not change while the run grows, and what does */
};

static const struct pii_near *
digits_near(const struct pii_scan *scan, struct digits_run *run)
{
    if (!run->has_before)
        pii_words_before(scan, run->first, &run->near);
    if (!run->has_near)
        pii_words_after(scan, run->last, &run->near);
    run->has_before = run->has_near = true;
    return &run->near;
}

static void
digits_card(struct pii_scan *scan, struct digits_run *run)
{
    str digits = {run->compact, run->len};
    size_t at = scan->word[run->first].at, end = pii_word_end(scan, run->last);

    if (run->len < 12 || run->len > 19)
        return;
    const struct pii_near *near = digits_near(scan, run);
    unsigned near_by = pii_words_announces(near, CUE(CARD));
    if (pii_digits_is_card(digits)) {
        /* Twelve and thirteen digits pass by chance too often. */
        /* "JD" and "#" make a code of it. */
        bool coded = scan->word[run->first].is_glued && scan->word[run->first - 1].len <= 3 && scan->word[run->first - 1].is_upper &&
                     scan->word[run->first - 1].cue == 0;
        bool alone = (run->len >= 14 && !coded) || near_by > 0 || run->last > run->first;
        pii_add(scan, at, end, PII_CARD, near_by >= 2 ? 99 : !alone ? 40 : (near->first & CUES_AGAINST) ? 70 : 95);
    } else if (near_by >= 2 && run->len >= 13 && (near_by == 3 || number_sum_luhn(run->compact, run->len))) {
        /* Mistyped, or of an issuer that is not in the table: it was announced as a card. */
        pii_add(scan, at, end, PII_CARD, number_sum_luhn(run->compact, run->len) ? 90 : 78);
    }
}

/* Groups as people write telephone numbers: an area in brackets, or groups of two to five. */
static bool
digits_is_grouped(const struct pii_scan *scan, const struct digits_run *run)
{
    size_t groups = run->last - run->first + 1;

    if (groups < 2 || groups > 6)
        return false;
    for (size_t i = run->first; i <= run->last; i++)
        if (scan->word[i].len > 8 || (scan->word[i].len < 2 && i != run->first))
            return false;
    return true;
}

/* The American form: 3-3-4, an area and an exchange that don't begin with 0 or 1. */
static bool
digits_is_nanp(const struct pii_scan *scan, const struct digits_run *run)
{
    size_t first = run->first + (scan->word[run->first].len == 1 && scan->word[run->first].at < scan->fold.len &&
                                 scan->fold.at[scan->word[run->first].at] == '1');
    const char *ten = run->compact + (run->len == 11);

    return (run->len == 10 || (run->len == 11 && run->compact[0] == '1')) && run->last == first + 2 &&
           scan->word[first].len == 3 && scan->word[first + 1].len == 3 && scan->word[run->last].len == 4 && ten[0] >= '2';
}

static unsigned
digits_phone_score(const struct pii_scan *scan, const struct digits_run *run, const struct pii_near *near, size_t at)
{
    str digits = {run->compact, run->len};
    bool plus = at > 0 && scan->fold.at[at - 1] == '+', grouped = digits_is_grouped(scan, run);
    unsigned near_by = pii_words_announces(near, CUE(PHONE));
    bool against = (near->first & ~(CUE(PHONE) | CUE(NAME))) != 0 && near_by < 3;
    const char *country = scan->input->country;

    if (plus)
        return phone_is_international(digits) ? 97 : 65;
    if (digits.len > 8 && str_has_prefix(digits, STR("00")) && phone_is_international(str_slice(digits, 2, digits.len)))
        return near_by > 0 ? 94 : 75;
    if (str_has_prefix(digits, STR("011")) && digits.len > 10 && phone_is_international(str_slice(digits, 3, digits.len)))
        return near_by > 0 ? 94 : 70;
    bool nanp = digits_is_nanp(scan, run);
    if (near_by == 0 && (against || run->is_date || (!nanp && run->compact[0] != '0' && !(country[0] && grouped))))
        return 0;
    bool here = country[0] && phone_is_national(country, digits), somewhere = here || phone_is_somewhere(digits);
    if (near_by >= 2)
        return somewhere || phone_is_international(digits) ? 93 : run->is_date ? 0 : 80;
    if (near_by == 1 && somewhere)
        return 72;
    if (against || run->is_date)
        return 0;
    if (nanp)
        return 74;
    if (grouped && run->len >= 9 && run->compact[0] == '0' && somewhere)
        return 70;
    if (here && (grouped || run->compact[0] == '0') && run->len >= 8)
        return 66;
    return run->len >= 10 && run->len <= 11 && run->compact[0] == '0' && somewhere && (near->all & CUES_AGAINST) == 0 ? 58 : 0;
}

static void
digits_phone(struct pii_scan *scan, struct digits_run *run)
{
    size_t at = scan->word[run->first].at, end = pii_word_end(scan, run->last);

    /* 3-7-7 is how a big shop writes its orders. */
    bool shop = run->last == run->first + 2 && scan->word[run->first].len == 3 && scan->word[run->first + 1].len == 7;
    if (run->len < 6 || run->len > 16 || (shop && scan->word[run->last].len == 7))
        return;
    unsigned score = digits_phone_score(scan, run, digits_near(scan, run), at);
    if (score == 0)
        return;
    at -= at > 0 && scan->fold.at[at - 1] == '(';
    at -= at > 0 && scan->fold.at[at - 1] == '+';
    /* The longest of equal sureness wins in settlement. */
    pii_add(scan, at, end, PII_PHONE, score);
}

static uint64_t
digits_kind_cues(enum number_kind kind)
{
    static const uint64_t cues[] = {
        [NUMBER_ID] = CUE(ID) | CUE(SOCIAL), [NUMBER_TAX] = CUE(TAX) | CUE(ID), [NUMBER_HEALTH] = CUE(HEALTH_NO) | CUE(ID),
        [NUMBER_SOCIAL] = CUE(SOCIAL) | CUE(ID) | CUE(HEALTH_NO), [NUMBER_BANK] = CUE(ACCOUNT), [NUMBER_COMPANY] = CUE(TAX)};
    return cues[kind];
}

/* How sure a row is of this run; 0: it is not its number. */
static unsigned
digits_row_score(const struct pii_scan *scan, struct digits_run *run, unsigned index)
{
    const struct number_row *row = number_get(index);
    str compact = {run->compact, run->len};
    size_t at = scan->word[run->first].at, end = pii_word_end(scan, run->last);

    if (!number_is_shaped(row, compact))
        return 0;
    bool valid = number_is_summed(row, compact), formatted = number_is_formatted(row, (str){scan->fold.at + at, end - at});
    unsigned strength = row->strength + (formatted && row->strength == NUMBER_GUARDED);
    const struct pii_near *near = digits_near(scan, run);
    unsigned own = pii_words_names_row(scan, run->first, run->last, near, index);
    unsigned kind = pii_words_announces(near, digits_kind_cues(row->kind));
    bool home = memcmp(scan->input->country, row->country, 2) == 0;
    unsigned bonus = home ? 3 : 0;

    if (own >= 2)
        return valid ? 95 + bonus + formatted : run->digits >= 5 ? 68 + bonus : 0;
    if (!valid)
        return 0;
    if (own == 1)
        return 84;
    if (kind >= 2 && strength > NUMBER_WEAK)
        return 82 + bonus * 2 + strength + formatted * 2u;
    if (kind >= 2 && home)
        return 74;
    if (strength == NUMBER_ALONE)
        return (near->first & CUES_AGAINST) && row->strength != NUMBER_ALONE ? 45 : 72 + bonus * 3 + formatted * 4u;
    return kind == 1 && strength > NUMBER_WEAK ? 60 + bonus * 2 : 0;
}

static void
digits_rows(struct pii_scan *scan, struct digits_run *run)
{
    bool mixed = run->digits < run->len;
    const uint16_t *rows = scan->pii->by_length[mixed][run->len];
    uint64_t idcues = CUE(ID) | CUE(TAX) | CUE(SOCIAL) | CUE(HEALTH_NO) | CUE(ROW) | CUE(ACCOUNT);
    const struct pii_near *near = digits_near(scan, run);
    bool announced = ((near->all | near->after | near->asked) & idcues) != 0;
    size_t at = scan->word[run->first].at, end = pii_word_end(scan, run->last), best = SIZE_MAX;
    unsigned best_score = 0;

    if (run->digits < 4 && !announced)
        return;
    for (size_t i = 0; rows[i] != PII_ROW_NONE && (announced || i < scan->pii->alone[mixed][run->len]); i++) {
        unsigned score = digits_row_score(scan, run, rows[i]);
        if (score > best_score) {
            best_score = score;
            best = rows[i];
        }
    }
    if (best != SIZE_MAX)
        pii_add(scan, at, end, PII_TYPE_OWN + (unsigned)best, best_score);
}

/* Day, month and year in some order: three numbers, or yyyymmdd with marks. */
static bool
digits_is_date(const struct pii_scan *scan, size_t first, size_t last)
{
    unsigned long part[3];

    if (last != first + 2)
        return false;
    for (size_t i = 0; i < 3; i++) {
        if (!scan->word[first + i].is_digits || scan->word[first + i].len > 4)
            return false;
        part[i] = number_sum_part(scan->fold.at + scan->word[first + i].at, 0, scan->word[first + i].len);
    }
    bool year_last = scan->word[first].len <= 2 && scan->word[first + 1].len <= 2 && part[0] >= 1 && part[1] >= 1 &&
                     ((part[0] <= 31 && part[1] <= 12) || (part[0] <= 12 && part[1] <= 31));
    bool year_first = scan->word[first].len == 4 && part[0] >= 1800 && part[0] < 2200 && part[1] >= 1 && part[1] <= 12 && part[2] <= 31;
    return year_first || (year_last && (scan->word[last].len == 2 || (part[2] >= 1800 && part[2] < 2200)));
}

/* What may stand between two words of one number. */
static bool
digits_may_join(const struct pii_scan *scan, size_t i)
{
    size_t from = pii_word_end(scan, i), gap = scan->word[i + 1].at - from;
    const char *at = scan->fold.at + from;

    if (gap <= 1)
        return gap == 0 || strchr(" -./_()\\", *at);
    if (gap == 2)
        return strchr(" )-./", at[0]) && strchr(" (-./", at[1]);
    return gap == 3 && ((at[0] == ' ' && strchr("-/.(", at[1]) && at[2] == ' ') || (at[0] == ' ' && at[1] == '(' && at[2] == '+') ||
                        (at[0] == ')' && at[1] == ' ' && at[2] == '('));
}

/* Letters of a number: part of a mixed run, or a few standing beside digits. Words of a sentence are not. */
static bool
digits_may_be_letters(const struct pii_scan *scan, size_t i, bool is_glued)
{
    static const char small[] = " is my no id nr on it to of at in am me we or so do de la el le mi et if as an by es un il lo da di en ik je ich und "
                                "war ist est mon ma num pin key tel fax ref and the for was has exp cvv cvc ssn dob iban bic bei mit von der die das ";
    const struct pii_word *word = &scan->word[i];

    if (word->len > 12 || (unsigned char)scan->fold.at[word->at] >= 0x80)
        return false;
    if (is_glued)
        return true;
    bool plate = (scan->cues | scan->asked) & CUE(PLATE);
    bool dashed = (word->is_upper || plate) && word->len <= 3 &&
                  ((word->at > 0 && scan->fold.at[word->at - 1] == '-') || pii_byte(scan, pii_word_end(scan, i)) == '-');
    if (dashed)
        return true;
    if (word->len > 5 || (word->cue & CUES_NAMING))
        return false;
    bool everyday = pii_words_is_in(scan, i, small);
    return word->is_upper ? word->len == 1 || word->len == 2 || word->len == 5 || !everyday : word->len <= 2 && !everyday;
}

static void
digits_offer(struct pii_scan *scan, struct digits_run *run)
{
    bool mixed = run->digits < run->len;

    run->has_near = false;
    run->is_date = !mixed && digits_is_date(scan, run->first, run->last);
    if (!mixed) {
        digits_card(scan, run);
        digits_phone(scan, run);
    }
    bool left = scan->word[run->first].is_glued, right = run->last + 1 < scan->word_count && scan->word[run->last + 1].is_glued;
    /* Glued to a word on a side: only long runs of digits are sure to be numbers of their own. */
    if ((left || right) && (mixed || run->len < 9))
        if (!(left && scan->word[run->first - 1].cue != 0) || right)
            return;
    if (run->len >= 5 && run->len <= NUMBER_LENGTH_MAX && !(run->is_date && run->len == 8))
        digits_rows(scan, run);
    pii_value_find(scan, run->first, run->last, (str){run->compact, run->len}, digits_near(scan, run));
}

static void
digits_from(struct pii_scan *scan, size_t first)
{
    struct digits_run run = {.first = first};
    bool close = scan->word[first].is_digits;

    /* Letters may begin a number only with digits close behind. */
    for (size_t i = first + 1; i < scan->word_count && i < first + 3; i++)
        close |= scan->word[i].is_digits;
    if (!close)
        return;
    for (size_t i = first, gaps = 0; i < scan->word_count && i < first + NUMBER_WORDS; i++) {
        const struct pii_word *word = &scan->word[i];
        gaps += i > first && !word->is_glued;
        if (gaps == NUMBER_PIECES)
            return;
        if (i > first && !digits_may_join(scan, i - 1))
            return;
        bool glued = (i > first && word->is_glued) || (i + 1 < scan->word_count && scan->word[i + 1].is_glued);
        if (run.len + word->len > NUMBER_LENGTH_MAX || (!word->is_digits && !digits_may_be_letters(scan, i, glued)))
            return;
        for (size_t k = 0; k < word->len; k++) {
            char c = scan->fold.at[word->at + k];
            run.compact[run.len++] = c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
        }
        run.digits += word->is_digits ? word->len : 0;
        run.last = i;
        if (run.digits > 0)
            digits_offer(scan, &run);
    }
}

void
pii_digits_find(struct pii_scan *scan)
{
    for (size_t i = 0; scan->has_digits && i < scan->word_count; i++)
        digits_from(scan, i);
}
