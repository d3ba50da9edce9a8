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

enum err
plain_take(struct arena *arena, said words, str *out)
{
    str raw = words.words;
    void *piece = NULL;
    size_t len = raw.len * 3 + 16, used = 0, done = 0;

    if (!str_is_utf8(raw))
        return err_raise(ERR_INPUT, "plain: not UTF-8");
    if (str_utf8_count(raw) > PLAIN_POINTS_MAX)
        return err_raise(ERR_LIMIT, "plain: too long");
    TRY(arena_take(arena, len, 1, &piece));
    uint8_t *at = piece;
    if (raw.len > 0 && u8_normalize(UNINORM_NFC, (const uint8_t *)raw.at, raw.len, at, &len) != at)
        return err_raise(ERR_LIMIT, "plain: grows too much");
    for (size_t i = 0; raw.len > 0 && i < len;) {
        ucs4_t c = 0;
        int step = u8_mbtouc(&c, at + i, len - i);
        bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200A);
        if (blank && done > 0 && at[done - 1] != ' ')
            at[done++] = ' ';
        for (int k = 0; !blank && !plain_is_dropped(c) && k < step; k++)
            at[done++] = at[i + (size_t)k];
        i += (size_t)step;
        used = i;
    }
    (void)used;
    *out = str_trim(str_bytes(at, done));
    return out->len > 0 ? ERR_NONE : err_raise(ERR_INPUT, "plain: nothing is left");
}
