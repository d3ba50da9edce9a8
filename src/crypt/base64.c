/* Bytes as text and back, on libsodium's constant-time coder. It never accepts two texts for the same bytes. */
#include "crypt/base64.h"

#include <sodium.h>
#include <string.h>

#define BASE64_STEP_BYTES ((size_t)3 * 256)

static int
base64_variant(enum base64_kind kind)
{
    return kind == BASE64_PLAIN ? sodium_base64_VARIANT_ORIGINAL : sodium_base64_VARIANT_URLSAFE_NO_PADDING;
}

size_t
base64_length(enum base64_kind kind, size_t len)
{
    return kind == BASE64_PLAIN ? (len + 2) / 3 * 4 : len / 3 * 4 + (len % 3 ? len % 3 + 1 : 0);
}

enum err
base64_write(struct buf *buf, enum base64_kind kind, str bytes)
{
    char text[BASE64_STEP_BYTES / 3 * 4 + 5];
    enum err err = ERR_NONE;

    for (size_t at = 0; at < bytes.len && err == ERR_NONE; at += BASE64_STEP_BYTES) {
        str part = str_slice(bytes, at, BASE64_STEP_BYTES);
        sodium_bin2base64(text, sizeof text, (const unsigned char *)part.at, part.len, base64_variant(kind));
        err = buf_add(buf, text, strlen(text));
    }
    sodium_memzero(text, sizeof text);
    return err;
}

enum err
base64_parse(enum base64_kind kind, str text, unsigned char *out, size_t out_max, size_t *out_len)
{
    size_t len = 0;
    const char *end = NULL;
    unsigned char all = 0;

    /* libsodium 1.0.18 takes some bytes over 0x7F for letters: its comparisons want a char that is not negative. */
    for (size_t i = 0; i < text.len; i++)
        all |= (unsigned char)text.at[i];
    if (all > 0x7F)
        return err_raise(ERR_INPUT, "base64: not ASCII");
    /* libsodium refuses left-over bits and wrong padding; without an ignore list it stops at the first foreign letter. */
    if (sodium_base642bin(out, out_max, text.at, text.len, NULL, &len, &end, base64_variant(kind)) != 0 ||
        end != text.at + text.len)
        return err_raise(ERR_INPUT, "base64: not canonical, or too long");
    *out_len = len;
    return ERR_NONE;
}

enum err
base64_parse_exact(enum base64_kind kind, str text, unsigned char *out, size_t len)
{
    size_t got = 0;

    if (text.len != base64_length(kind, len))
        return err_raise(ERR_INPUT, "base64: wrong length");
    TRY(base64_parse(kind, text, out, len, &got));
    return got == len ? ERR_NONE : err_raise(ERR_INPUT, "base64: wrong length");
}

enum err
base64_hex_write(struct buf *buf, str bytes)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char c = (unsigned char)bytes.at[i];
        TRY(buf_add(buf, (const char[2]){digits[c >> 4], digits[c & 15]}, 2));
    }
    return ERR_NONE;
}

static int
base64_hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

enum err
base64_hex_parse_exact(str text, unsigned char *out, size_t len)
{
    if (text.len != len * 2)
        return err_raise(ERR_INPUT, "hex: wrong length");
    for (size_t i = 0; i < len; i++) {
        int high = base64_hex_digit(text.at[2 * i]), low = base64_hex_digit(text.at[2 * i + 1]);
        if (high < 0 || low < 0)
            return err_raise(ERR_INPUT, "hex: not lower-case hex");
        out[i] = (unsigned char)(high << 4 | low);
    }
    return ERR_NONE;
}
