/* Folding: one code point after the other through a table made from Unicode's own data, then look-alikes inside mixed words. It
 * never reads past the text, whatever the bytes are: what is no UTF-8 stays as it is, byte by byte. */
#include "guard/fold.h"

#include <string.h>

struct fold_row {
    uint32_t point;
    char to[5];
};

#include "guard/fold_table.h"

#define FOLD_ROWS (sizeof fold_rows / sizeof *fold_rows)

/* Greek (lower case) and Cyrillic letters that look Latin: Unicode UTS 39, confusables, the part that fonts draw alike. */
static const struct fold_row fold_alike[] = {
    {0x3B1, "a"}, {0x3B3, "y"}, {0x3B5, "e"}, {0x3B9, "i"}, {0x3BA, "k"}, {0x3BD, "v"}, {0x3BF, "o"}, {0x3C1, "p"}, {0x3C3, "o"},
    {0x3C4, "t"}, {0x3C5, "u"}, {0x3C7, "x"}, {0x3F2, "c"}, {0x3F3, "j"}, {0x430, "a"}, {0x432, "b"}, {0x433, "r"}, {0x435, "e"},
    {0x437, "3"}, {0x438, "u"}, {0x43A, "k"}, {0x43C, "m"}, {0x43D, "h"}, {0x43E, "o"}, {0x43F, "n"}, {0x440, "p"}, {0x441, "c"},
    {0x442, "t"}, {0x443, "y"}, {0x445, "x"}, {0x455, "s"}, {0x456, "i"}, {0x458, "j"}, {0x461, "w"}, {0x475, "v"}, {0x4BB, "h"},
    {0x4CF, "l"}, {0x501, "d"}, {0x51B, "q"}, {0x51D, "w"}, {0x585, "o"}, {0x578, "n"}, {0x57D, "u"}, {0x563, "q"},
};

/* 1..4 bytes of the code point at s; broken bytes give U+FFFD and one byte. RFC 3629. */
static size_t
fold_next(str s, size_t at, uint32_t *point)
{
    const unsigned char *p = (const unsigned char *)s.at + at;
    size_t left = s.len - at, need = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;

    *point = 0xFFFD;
    if (p[0] < 0x80) {
        *point = p[0];
        return 1;
    }
    if (p[0] < 0xC2 || p[0] > 0xF4 || left < need)
        return 1;
    uint32_t value = p[0] & (0xFFu >> (need + 1));
    for (size_t i = 1; i < need; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 1;
        value = value << 6 | (p[i] & 0x3F);
    }
    *point = value;
    return need;
}

/* The row of a code point in a sorted table, or NULL. */
static const struct fold_row *
fold_find(const struct fold_row *rows, size_t count, uint32_t point)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (rows[middle].point < point)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && rows[low].point == point ? &rows[low] : NULL;
}

static bool
fold_is_plain(str text)
{
    size_t i = 0;

    for (uint64_t eight; i + 8 <= text.len; i += 8) {
        memcpy(&eight, text.at + i, 8);
        if (eight & 0x8080808080808080u)
            return false;
    }
    for (; i < text.len; i++)
        if ((unsigned char)text.at[i] >= 0x80)
            return false;
    return true;
}

/* Folds one code point to `out`; returns how many bytes that is, 0 for what vanishes. */
static size_t
fold_point(str text, size_t at, size_t step, uint32_t point, char out[4])
{
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    /* Variation selectors' supplement and tags stand above the table; so do most ideographs and emoji, which stay. */
    if (point >= 0xE0000 && point <= 0xE01EF)
        return 0;
    bool in_table = point < 0x3400 || (point >= 0xA620 && point < 0xAC00) || (point >= 0xF900 && point < 0x20000);
    const struct fold_row *row = in_table ? fold_find(fold_rows, FOLD_ROWS, point) : NULL;
    if (row) {
        size_t len = strlen(row->to);
        memcpy(out, row->to, len);
        return len;
    }
    memcpy(out, text.at + at, step);
    return step;
}

static bool
fold_is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Look-alikes in words that hold Latin letters, digits or an @ too; what shrinks is closed up. */
static size_t
fold_settle(char *at, uint32_t *origin, size_t len)
{
    size_t used = 0;

    for (size_t from = 0, to; from < len; from = to) {
        bool latin = false, other = false;
        for (to = from; to < len && !fold_is_blank(at[to]); to++) {
            unsigned char c = (unsigned char)at[to];
            other |= c >= 0x80;
            latin |= (c | 32) >= 'a' && (c | 32) <= 'z';
            latin |= c == '@' || (c >= '0' && c <= '9');
        }
        to += to < len;
        for (size_t i = from; i < to;) {
            uint32_t point = 0;
            size_t step = fold_next((str){at, to}, i, &point);
            const struct fold_row *row =
                latin && other ? fold_find(fold_alike, sizeof fold_alike / sizeof *fold_alike, point) : NULL;
            if (row) {
                origin[used] = origin[i];
                at[used++] = row->to[0];
            }
            for (size_t k = 0; !row && k < step; k++) {
                origin[used] = origin[i + k];
                at[used++] = at[i + k];
            }
            i += step;
        }
    }
    return used;
}

enum err
fold_take(struct arena *arena, str text, struct fold *out)
{
    void *bytes = NULL, *places = NULL;
    size_t used = 0;
    struct fold fold = {text.at, text.len, NULL, false};

    if (fold_is_plain(text)) {
        *out = fold;
        return ERR_NONE;
    }
    TRY(arena_take(arena, text.len + 1, 1, &bytes));
    TRY(arena_take(arena, text.len + 1, sizeof(uint32_t), &places));
    char *at = bytes;
    uint32_t *origin = places;
    bool alike = false;
    for (size_t i = 0; i < text.len;) {
        uint32_t point = 0;
        char to[4];
        size_t step = fold_next(text, i, &point), len = fold_point(text, i, step, point, to);
        fold.has_hidden |= len == 0 && (point < 0x300 || point > 0x36F);
        alike |= point >= 0x370 && point < 0x600;
        for (size_t k = 0; k < len; k++) {
            origin[used] = (uint32_t)i;
            at[used++] = to[k];
        }
        i += step;
    }
    if (alike)
        used = fold_settle(at, origin, used);
    origin[used] = (uint32_t)text.len;
    fold.at = at;
    fold.len = used;
    fold.origin = origin;
    *out = fold;
    return ERR_NONE;
}

size_t
fold_start(const struct fold *fold, size_t from)
{
    return fold->origin ? fold->origin[from] : from;
}

size_t
fold_end(const struct fold *fold, str text, size_t to)
{
    if (!fold->origin)
        return to;
    uint32_t point;
    size_t last = fold->origin[to - 1], end = last + fold_next(text, last, &point);
    /* Marks that vanished behind the last letter belong to it. */
    return fold->origin[to] > end && fold->origin[to] <= end + 4 && to < fold->len ? fold->origin[to] : end;
}

size_t
fold_write(str text, char *out, size_t size)
{
    size_t used = 0;

    for (size_t i = 0; i < text.len;) {
        uint32_t point = 0;
        char to[4];
        size_t step = fold_next(text, i, &point), len = fold_point(text, i, step, point, to);
        for (size_t k = 0; k < len && used < size; k++)
            out[used++] = to[k] >= 'A' && to[k] <= 'Z' ? (char)(to[k] + 32) : to[k];
        i += step;
    }
    return used;
}
