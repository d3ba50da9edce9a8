/* What encodings hide. It gives readable text or nothing, never longer than what it was made of, and it decides nothing. */
#include "guard/inject_private.h"

#include "guard/pii_private.h"

#include <string.h>

#define DECODE_ESCAPES_MIN 2
#define DECODE_RUN_MIN 16 /* letters of base64, digits of hex */

static int
decode_hex(char c)
{
    if (pii_is_digit(c))
        return c - '0';
    c = (char)(c | 32);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The number behind an escape's mark: `most` digits of a base; *end where it ends. -1: none. */
static int
decode_number(str text, size_t at, int base, size_t most, size_t *end)
{
    int value = 0;
    size_t i = at;

    for (; i < text.len && i < at + most; i++) {
        int digit = decode_hex(text.at[i]);
        if (digit < 0 || digit >= base)
            break;
        value = value * base + digit;
    }
    *end = i;
    return i > at ? value : -1;
}

/* %41, \x41, \u0041, &#65;, &#x41; at i: its value, and where it ends. -1: none of them. */
static int
decode_escape(str text, size_t i, size_t *end)
{
    str rest = str_slice(text, i, 4);
    int value = -1;

    if (rest.len < 3)
        return -1;
    if (rest.at[0] == '%') {
        value = decode_number(text, i + 1, 16, 2, end);
        return *end == i + 3 ? value : -1;
    }
    if (rest.at[0] == '\\' && (rest.at[1] == 'x' || rest.at[1] == 'u')) {
        size_t digits = rest.at[1] == 'x' ? 2 : 4;
        value = decode_number(text, i + 2, 16, digits, end);
        return *end == i + 2 + digits ? value : -1;
    }
    if (rest.at[0] != '&' || rest.at[1] != '#')
        return -1;
    bool hex = rest.at[2] == 'x';
    value = decode_number(text, i + 2 + (hex ? 1 : 0), hex ? 16 : 10, 7, end);
    *end += *end < text.len && text.at[*end] == ';' ? 1 : 0;
    return value;
}

/* &lt; and its like. 0: none. */
static char
decode_entity(str text, size_t i, size_t *end)
{
    static const struct {
        const char *name;
        char c;
    } entities[] = {{"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&amp;", '&'}, {"&apos;", '\''}, {"&lpar;", '('}, {"&colon;", ':'}};

    for (size_t k = 0; k < sizeof entities / sizeof *entities; k++)
        if (str_has_prefix(str_slice(text, i, 8), str_from(entities[k].name))) {
            *end = i + strlen(entities[k].name);
            return entities[k].c;
        }
    return 0;
}

bool
inject_decode_escapes(str text, struct inject_text *out)
{
    size_t escapes = 0, len = 0;

    for (size_t i = 0; i < text.len;) {
        size_t end = i + 1;
        int value = -1;
        char c = text.at[i];
        if (c == '%' || c == '\\' || c == '&')
            value = decode_escape(text, i, &end);
        if (c == '&' && value < 0)
            value = decode_entity(text, i, &end) ? decode_entity(text, i, &end) : -1;
        if (value > 0 && value < 0x80) {
            out->at[len++] = (char)value;
            escapes++;
            i = end;
        } else {
            out->at[len++] = text.at[i++];
        }
    }
    out->len = len;
    return escapes >= DECODE_ESCAPES_MIN;
}

static int
decode_base64(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (pii_is_digit(c))
        return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

/* Text, and not what a word happens to decode to. */
static bool
decode_is_readable(const char *at, size_t len)
{
    size_t good = 0;

    for (size_t i = 0; i < len; i++)
        good += pii_is_alnum(at[i]) || at[i] == ' ';
    for (size_t i = 0; i < len; i++)
        if ((at[i] >= 0 && at[i] < ' ' && at[i] != '\n' && at[i] != '\r' && at[i] != '\t') || at[i] == 0x7F)
            return false;
    return len >= 6 && good * 4 >= len * 3 - len / 4;
}

static size_t
decode_base64_run(str run, char *to)
{
    unsigned bits = 0, have = 0;
    size_t len = 0;

    for (size_t i = 0; i < run.len; i++) {
        bits = bits << 6 | (unsigned)decode_base64(run.at[i]);
        have += 6;
        if (have >= 8) {
            have -= 8;
            to[len++] = (char)(bits >> have & 0xFF);
        }
    }
    return len;
}

/* Pairs of hex digits from i on, close together or each with the same one or two signs between: 69 67, 69:67, 0x69,0x67. */
static size_t
decode_hex_run(str text, size_t i, char *to, size_t *len)
{
    size_t digits = 0;

    *len = 0;
    while (i + 1 < text.len) {
        if (text.at[i] == '0' && (text.at[i + 1] | 32) == 'x')
            i += 2;
        if (i + 1 >= text.len || decode_hex(text.at[i]) < 0 || decode_hex(text.at[i + 1]) < 0)
            break;
        to[(*len)++] = (char)(decode_hex(text.at[i]) << 4 | decode_hex(text.at[i + 1]));
        digits += 2;
        i += 2;
        for (int skip = 0; skip < 2 && i < text.len && (text.at[i] == ' ' || text.at[i] == ':' || text.at[i] == ','); skip++)
            i++;
    }
    if (digits < DECODE_RUN_MIN)
        *len = 0;
    return i;
}

static void
decode_keep(struct inject_text *out, size_t len)
{
    if (!decode_is_readable(out->at + out->len, len))
        return;
    out->len += len;
    out->at[out->len++] = '\n';
}

bool
inject_decode_runs(str text, struct inject_text *out)
{
    out->len = 0;
    for (size_t i = 0; i < text.len;) {
        size_t end = i;
        while (end < text.len && decode_base64(text.at[end]) >= 0)
            end++;
        if (end - i >= DECODE_RUN_MIN)
            decode_keep(out, decode_base64_run(str_slice(text, i, end - i), out->at + out->len));
        i = end > i ? end : i + 1;
    }
    for (size_t i = 0; i < text.len;) {
        bool begins = decode_hex(text.at[i]) >= 0 && (i == 0 || !pii_is_alnum(text.at[i - 1]));
        size_t len = 0, end = begins ? decode_hex_run(text, i, out->at + out->len, &len) : i + 1;
        decode_keep(out, len);
        i = end > i ? end : i + 1;
    }
    return out->len > 0;
}
