/* Cleans what a person said. It never changes a visible letter beyond Unicode's canonical form (NFC). */
#include "guard/plain.h"

#include <uninorm.h>
#include <unistr.h>

static bool
plain_is_dropped(ucs4_t c)
{
    return (c < 0x20 && c != '\n' && c != '\t' && c != '\r') || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0xFEFF ||
           (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
           (c >= 0xE0000 && c <= 0xE007F);
}

static bool
plain_is_blank(ucs4_t c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200A);
}

/* Drops and folds, before the normal form: what stood between two letters must not keep them apart. */
static size_t
plain_fold(str raw, uint8_t *at)
{
    size_t done = 0;

    for (size_t i = 0; i < raw.len;) {
        ucs4_t c = 0;
        int step = u8_mbtouc(&c, (const uint8_t *)raw.at + i, raw.len - i);
        bool blank = plain_is_blank(c);
        if (blank && done > 0 && at[done - 1] != ' ')
            at[done++] = ' ';
        for (int k = 0; !blank && !plain_is_dropped(c) && k < step; k++)
            at[done++] = (uint8_t)raw.at[i + (size_t)k];
        i += (size_t)step;
    }
    return done > 0 && at[done - 1] == ' ' ? done - 1 : done;
}

enum err
plain_take(struct arena *arena, said words, str *out)
{
    str raw = words.words;
    void *folded = NULL, *piece = NULL;

    if (!str_is_utf8(raw))
        return err_raise(ERR_INPUT, "plain: not UTF-8");
    if (str_utf8_count(raw) > PLAIN_POINTS_MAX)
        return err_raise(ERR_LIMIT, "plain: too long");
    TRY(arena_take(arena, raw.len + 1, 1, &folded));
    size_t len = plain_fold(raw, folded), size = len * 3 + 16; /* NFC makes at most three bytes of one */
    if (len == 0)
        return err_raise(ERR_INPUT, "plain: nothing is left");
    TRY(arena_take(arena, size, 1, &piece));
    if (u8_normalize(UNINORM_NFC, folded, len, piece, &size) != piece)
        return err_raise(ERR_LIMIT, "plain: grows too much");
    str text = str_bytes(piece, size);
    if (str_utf8_count(text) > PLAIN_POINTS_MAX)
        return err_raise(ERR_LIMIT, "plain: too long");
    *out = text;
    return ERR_NONE;
}
