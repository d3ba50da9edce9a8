/* Views of bytes: comparing, cutting, checking. It never allocates and never writes. */
#include "base/str.h"

#include <string.h>
#include <strings.h>

str
str_from(const char *text)
{
    return text ? (str){text, strlen(text)} : (str){"", 0};
}

bool
str_is(str a, str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

bool
str_is_nocase(str a, str b)
{
    return a.len == b.len && (a.len == 0 || strncasecmp(a.at, b.at, a.len) == 0);
}

bool
str_has_prefix(str s, str prefix)
{
    return s.len >= prefix.len && str_is((str){s.at, prefix.len}, prefix);
}

bool
str_has_suffix(str s, str suffix)
{
    return s.len >= suffix.len && str_is((str){s.at + s.len - suffix.len, suffix.len}, suffix);
}

str
str_slice(str s, size_t from, size_t len)
{
    if (from > s.len)
        from = s.len;
    if (len > s.len - from)
        len = s.len - from;
    return (str){s.at + from, len};
}

static bool
str_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

str
str_trim(str s)
{
    while (s.len > 0 && str_is_blank(s.at[0])) {
        s.at++;
        s.len--;
    }
    while (s.len > 0 && str_is_blank(s.at[s.len - 1]))
        s.len--;
    return s;
}

size_t
str_find(str s, str part)
{
    if (part.len == 0)
        return 0;
    const char *at = s.len >= part.len ? memmem(s.at, s.len, part.at, part.len) : NULL;
    return at ? (size_t)(at - s.at) : SIZE_MAX;
}

bool
str_split(str *rest, char mark, str *part)
{
    if (!rest->at)
        return false;
    const char *at = rest->len ? memchr(rest->at, mark, rest->len) : NULL;
    if (!at) {
        *part = *rest;
        *rest = (str){NULL, 0};
        return true;
    }
    size_t before = (size_t)(at - rest->at);
    *part = (str){rest->at, before};
    *rest = (str){at + 1, rest->len - before - 1};
    return true;
}

enum err
str_parse_u64(str s, uint64_t max, uint64_t *out)
{
    uint64_t value = 0;

    if (s.len == 0 || s.len > 20)
        return err_raise(ERR_INPUT, "str: not a number");
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] < '0' || s.at[i] > '9')
            return err_raise(ERR_INPUT, "str: not a number");
        uint64_t digit = (uint64_t)(s.at[i] - '0');
        if (value > (UINT64_MAX - digit) / 10)
            return err_raise(ERR_INPUT, "str: number too large");
        value = value * 10 + digit;
    }
    if (value > max)
        return err_raise(ERR_INPUT, "str: number too large");
    *out = value;
    return ERR_NONE;
}

/* Length of the well-formed sequence at p (RFC 3629, section 4), 0 when there is none. */
static size_t
str_utf8_step(const unsigned char *p, size_t left)
{
    unsigned char low = 0x80, high = 0xBF;
    size_t more;

    if (p[0] < 0x80)
        return 1;
    if (p[0] >= 0xC2 && p[0] <= 0xDF)
        more = 1;
    else if (p[0] >= 0xE0 && p[0] <= 0xEF)
        more = 2;
    else if (p[0] >= 0xF0 && p[0] <= 0xF4)
        more = 3;
    else
        return 0;
    if (p[0] == 0xE0)
        low = 0xA0;
    if (p[0] == 0xED)
        high = 0x9F;
    if (p[0] == 0xF0)
        low = 0x90;
    if (p[0] == 0xF4)
        high = 0x8F;
    if (left <= more || p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i <= more; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    return more + 1;
}

bool
str_is_utf8(str s)
{
    for (size_t i = 0; i < s.len;) {
        size_t step = str_utf8_step((const unsigned char *)s.at + i, s.len - i);
        if (step == 0)
            return false;
        i += step;
    }
    return true;
}

size_t
str_utf8_count(str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.len; i++)
        count += ((unsigned char)s.at[i] & 0xC0) != 0x80;
    return count;
}

bool
str_is_equal_secret(str a, str b)
{
    volatile unsigned char differs = 0;
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        differs = (unsigned char)(differs | (a.at[i] ^ b.at[i]));
    return differs == 0;
}
