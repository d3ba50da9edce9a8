/* Other readings of a text. One as it reads when characters that stand apart are joined ("4 1 1 1 …"), digits that are spelled out become digits and
 * percent and entity codes become what they stand for; one with blanks where a capital letter or a digit begins a word in what was spaced
 * out or glued together, for names and streets. Made only when the text has such things. */
#include "guard/pii_private.h"

#include <string.h>

#define LOOSE_RUN 6 /* fewer single characters are an enumeration */
#define LOOSE_GLUED 32 /* longer runs of letters are no words */

struct loose {
    char *at;
    uint32_t *origin;
    size_t len;
};

static void
loose_add(struct loose *loose, char c, size_t origin)
{
    loose->at[loose->len] = c;
    loose->origin[loose->len++] = (uint32_t)origin;
}

/* A letter or digit that stands alone, not in a code. */
static bool
loose_is_single(const struct pii_scan *scan, size_t i)
{
    return scan->word[i].len == 1 && !scan->word[i].is_glued && !(i + 1 < scan->word_count && scan->word[i + 1].is_glued);
}

static bool
loose_is_mark(char c)
{
    return c == ' ' || c == '-' || c == '.' || c == '_' || c == '*';
}

/* How far single characters go on from i, with one blank (or the like) between each two; 0 when they are too few. */
static size_t
loose_spaced_end(const struct pii_scan *scan, size_t i)
{
    const char *text = scan->fold.at;
    size_t count = 0, end = i;

    if (i > 0 && (unsigned char)text[i - 1] > ' ')
        return 0;
    char mark = pii_byte(scan, i + 1);
    while (end < scan->fold.len && (unsigned char)text[end] > ' ') {
        bool single = end + 1 >= scan->fold.len || pii_byte(scan, end + 1) == mark;
        if (!single || !loose_is_mark(mark)) {
            if (count > 0 && end + 1 < scan->fold.len && (unsigned char)text[end + 1] > ' ')
                end--;
            break;
        }
        count++;
        end += 2;
        /* Words of a spaced-out sentence may have wider gaps. */
        if (mark == ' ' && pii_byte(scan, end) == ' ' && end + 1 < scan->fold.len && pii_byte(scan, end + 2) == ' ')
            end++;
    }
    end = end > scan->fold.len ? scan->fold.len : end;
    while (end > i && text[end - 1] == ' ')
        end--;
    return count >= LOOSE_RUN ? end : 0;
}

static void
loose_join(const struct pii_scan *scan, size_t from, size_t end, struct loose *loose)
{
    char mark = scan->fold.at[from + 1];

    for (size_t i = from; i < end; i++) {
        bool gap = (i - from) % 2 == 1 && scan->fold.at[i] == mark;
        if (!gap || (mark == ' ' && pii_byte(scan, i + 1) == ' '))
            loose_add(loose, scan->fold.at[i], i);
    }
}

/* Digits in words from word i on: at least four, with "double" and "triple". Returns the word behind them. */
static size_t
loose_spoken_end(const struct pii_scan *scan, size_t i, size_t *count)
{
    size_t k = i;

    for (*count = 0; k < scan->word_count; k++) {
        const struct pii_word *word = &scan->word[k];
        bool near_by = k == i || word->at - pii_word_end(scan, k - 1) <= 3;
        if (!near_by || !(word->cue & (CUE(DIGIT) | CUE(TWICE))))
            break;
        *count += (word->cue & CUE(TWICE)) ? word->value - 1u : 1u;
    }
    return k;
}

static void
loose_say(const struct pii_scan *scan, size_t from, size_t end, struct loose *loose)
{
    for (size_t i = from, times = 1; i < end; i++) {
        const struct pii_word *word = &scan->word[i];
        if (word->cue & CUE(TWICE)) {
            times = word->value;
            continue;
        }
        for (; times > 0 && loose->len < scan->fold.len; times--)
            loose_add(loose, (char)('0' + word->value % 10), word->at);
        times = 1;
    }
}

static int
loose_hex(char c)
{
    return pii_is_digit(c) ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

/* %40 and &#64; and &commat; at i: the character, and how long the code is; 0 for none. */
static size_t
loose_code(const struct pii_scan *scan, size_t i, char *out)
{
    static const struct {
        const char *name;
        char is;
    } names[] = {{"&commat;", '@'}, {"&period;", '.'}, {"&amp;", '&'}, {"&colon;", ':'}, {"&sol;", '/'}, {"&num;", '#'}, {"&nbsp;", ' '}};
    str rest = str_slice((str){scan->fold.at, scan->fold.len}, i, 12);

    if (rest.len >= 3 && rest.at[0] == '%' && loose_hex(rest.at[1]) >= 0 && loose_hex(rest.at[2]) >= 0) {
        int value = loose_hex(rest.at[1]) * 16 + loose_hex(rest.at[2]);
        *out = (char)value;
        return value > 0x20 && value < 0x7F ? 3 : 0;
    }
    if (rest.len >= 4 && rest.at[0] == '&' && rest.at[1] == '#') {
        bool hex = (rest.at[2] | 32) == 'x';
        int value = 0;
        size_t k = hex ? 3 : 2;
        for (; k < rest.len && k < 8 && (hex ? loose_hex(rest.at[k]) >= 0 : pii_is_digit(rest.at[k])); k++)
            value = value * (hex ? 16 : 10) + loose_hex(rest.at[k]);
        *out = (char)value;
        return k < rest.len && rest.at[k] == ';' && value >= 0x20 && value < 0x7F ? k + 1 : 0;
    }
    for (size_t k = 0; rest.len > 0 && rest.at[0] == '&' && k < sizeof names / sizeof *names; k++)
        if (str_has_prefix(rest, str_from(names[k].name))) {
            *out = names[k].is;
            return strlen(names[k].name);
        }
    return 0;
}

/* One step at i: what is added, and where to go on. */
static size_t
loose_step(const struct pii_scan *scan, size_t i, size_t *word, struct loose *loose, bool *changed)
{
    char c = scan->fold.at[i];
    size_t end = loose_spaced_end(scan, i), count = 0;

    if (end > i) {
        loose_join(scan, i, end, loose);
        *changed = true;
        return end;
    }
    while (*word < scan->word_count && scan->word[*word].at < i)
        ++*word;
    if (*word < scan->word_count && scan->word[*word].at == i && (scan->word[*word].cue & (CUE(DIGIT) | CUE(TWICE)))) {
        size_t stop = loose_spoken_end(scan, *word, &count), from = *word;
        if (count >= 4) {
            loose_say(scan, from, stop, loose);
            *changed = true;
            return pii_word_end(scan, stop - 1);
        }
    }
    size_t len = c == '%' || c == '&' ? loose_code(scan, i, &c) : 0;
    loose_add(loose, c, i);
    *changed |= len > 0;
    return i + (len > 0 ? len : 1);
}

static bool
loose_is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool
loose_is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Does a word end between a and b? Names begin with a capital letter, house numbers are digits. */
static bool
loose_is_border(char a, char b)
{
    return (!loose_is_upper(a) && pii_is_letter(a) && loose_is_upper(b)) || (pii_is_letter(a) && pii_is_digit(b)) || (pii_is_digit(a) && pii_is_letter(b));
}

/* In text that is not spaced out: "byJohn", "to12", "5bitte"; and neither "iPhone" nor "12b". */
static bool
loose_is_glued(const struct pii_scan *scan, size_t i)
{
    const char *text = scan->fold.at;
    char before = pii_byte(scan, i - 2), a = text[i - 1], b = text[i], after = pii_byte(scan, i + 1);

    if (loose_is_upper(b))
        return loose_is_lower(a) && pii_is_letter(before) && loose_is_lower(after);
    return (pii_is_letter(a) && pii_is_letter(before) && pii_is_digit(b)) || (pii_is_digit(a) && pii_is_letter(b) && pii_is_letter(after));
}

/* Adds a byte, and a blank before it where a word begins. */
static void
loose_add_apart(struct loose *loose, bool begins, char c, size_t origin)
{
    if (begins)
        loose_add(loose, ' ', origin);
    loose_add(loose, c, origin);
}

/* Keys and codes change their case all the time: only a run of letters can be words glued together. */
static bool
loose_is_of_letters(const struct pii_scan *scan, size_t i)
{
    size_t from = i, end = i;

    while (from > 0 && pii_is_letter(scan->fold.at[from - 1]))
        from--;
    while (end < scan->fold.len && pii_is_letter(scan->fold.at[end]))
        end++;
    char before = from > 0 ? scan->fold.at[from - 1] : ' ', after = pii_byte(scan, end);
    return end - from <= LOOSE_GLUED && !pii_is_digit(before) && !pii_is_digit(after) && !strchr("@_/=+", before) && !strchr("@_/=+", after);
}

static bool
loose_has_glued(const struct pii_scan *scan)
{
    bool streets = scan->has_digits && ((scan->cues | scan->asked) & (CUE(STREET) | CUE(WAY_BEFORE) | CUE(WAY_AFTER)));

    for (size_t i = 0; i < scan->word_count; i++) {
        const struct pii_word *word = &scan->word[i];
        if (streets && word->is_glued && word->at > 1 && loose_is_glued(scan, word->at))
            return true;
        for (size_t k = word->at + 2; word->has_capital_inside && k < pii_word_end(scan, i); k++)
            if (loose_is_upper(scan->fold.at[k]) && loose_is_glued(scan, k) && loose_is_of_letters(scan, k))
                return true;
    }
    return false;
}

enum err
pii_loose_take_words(const struct pii_scan *scan, struct fold *out)
{
    struct loose loose = {NULL, NULL, 0};
    size_t singles = 0;
    bool changed = false;
    void *bytes = NULL, *places = NULL;

    for (size_t i = 0; i < scan->word_count; i++)
        singles += loose_is_single(scan, i);
    if (singles < LOOSE_RUN && !loose_has_glued(scan))
        return ERR_ABSENT;
    TRY(arena_take(scan->arena, 2 * scan->fold.len + 1, 1, &bytes));
    TRY(arena_take(scan->arena, 2 * scan->fold.len + 1, sizeof(uint32_t), &places));
    loose.at = bytes;
    loose.origin = places;
    for (size_t i = 0; i < scan->fold.len;) {
        size_t end = singles >= LOOSE_RUN ? loose_spaced_end(scan, i) : 0, from = loose.len;
        bool glued = i > 1 && loose_is_glued(scan, i);
        changed |= glued || end > i;
        if (end <= i) {
            loose_add_apart(&loose, glued, scan->fold.at[i], i);
            i++;
            continue;
        }
        for (size_t k = i; k < end; k += k + 1 < end && scan->fold.at[k + 1] == scan->fold.at[i + 1] ? 2 : 1)
            loose_add_apart(&loose, loose.len > from && loose_is_border(loose.at[loose.len - 1], scan->fold.at[k]), scan->fold.at[k], k);
        i = end;
    }
    if (!changed)
        return ERR_ABSENT;
    loose.origin[loose.len] = (uint32_t)scan->fold.len;
    *out = (struct fold){loose.at, loose.len, loose.origin, false};
    return ERR_NONE;
}

enum err
pii_loose_take(const struct pii_scan *scan, struct fold *out)
{
    struct loose loose = {NULL, NULL, 0};
    size_t singles = 0, spoken = 0, codes = 0, word = 0;
    bool changed = false;
    void *bytes = NULL, *places = NULL;

    for (size_t i = 0; i < scan->word_count; i++) {
        singles += loose_is_single(scan, i);
        spoken += (scan->word[i].cue & CUE(DIGIT)) != 0;
    }
    codes = (scan->marks & PII_MARK_CODE) != 0;
    if (scan->fold.len == 0 || (singles < LOOSE_RUN && spoken < 3 && codes == 0))
        return ERR_ABSENT;
    TRY(arena_take(scan->arena, scan->fold.len + 1, 1, &bytes));
    TRY(arena_take(scan->arena, scan->fold.len + 1, sizeof(uint32_t), &places));
    loose.at = bytes;
    loose.origin = places;
    for (size_t i = 0; i < scan->fold.len;)
        i = loose_step(scan, i, &word, &loose, &changed);
    if (!changed)
        return ERR_ABSENT;
    loose.origin[loose.len] = (uint32_t)scan->fold.len;
    *out = (struct fold){loose.at, loose.len, loose.origin, false};
    return ERR_NONE;
}
