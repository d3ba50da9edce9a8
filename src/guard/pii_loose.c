/* The text as it reads when characters that stand apart are joined ("4 1 1 1 …"), digits that are spelled out become digits and
 * percent and entity codes become what they stand for. Made only when the text has such things. */
#include "guard/pii_private.h"

#include <string.h>

#define LOOSE_RUN 6 /* fewer single characters are an enumeration */

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

enum err
pii_loose_take(const struct pii_scan *scan, struct fold *out)
{
    struct loose loose = {NULL, NULL, 0};
    size_t singles = 0, spoken = 0, codes = 0, word = 0;
    bool changed = false;
    void *bytes = NULL, *places = NULL;

    for (size_t i = 0; i < scan->word_count; i++) {
        singles += scan->word[i].len == 1;
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
