/* str.h - views of bytes that someone else owns.
 *
 * `str` may be logged, compared, stored. `said` is what a person said: no log, error or metric function takes it, and only
 * guard/ and channel/ unwrap it. Neither is terminated by a zero byte.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

typedef struct str {
    const char *at;
    size_t len;
} str;

typedef struct said {
    str words;
} said;

/* A view of a string literal. */
#define STR(literal) ((str){"" literal, sizeof(literal) - 1})
/* For printf("%.*s", STR_ARG(s)). */
#define STR_ARG(s) (int)(s).len, (s).at

str str_from(const char *text);                   /* of a C string; NULL is empty */
static inline str
str_bytes(const void *at, size_t len)
{
    return (str){at, len};
}
bool str_is(str a, str b);                        /* same bytes */
bool str_is_nocase(str a, str b);                 /* same but for ASCII case */
bool str_has_prefix(str s, str prefix);
bool str_has_suffix(str s, str suffix);
str str_slice(str s, size_t from, size_t len);    /* cut to what s holds */
str str_trim(str s);                              /* without ASCII white space at both ends */
/* str_find - where `part` begins in s, or SIZE_MAX. */
size_t str_find(str s, str part);
/* str_split - takes the part before the first `mark` off *rest; false when *rest is used up (its at is NULL). */
bool str_split(str *rest, char mark, str *part);
/* str_parse_u64 - decimal digits only, no sign, no blanks. ERR_INPUT otherwise or when over max. */
enum err str_parse_u64(str s, uint64_t max, uint64_t *out) MUST_CHECK;
/* str_is_utf8 - valid UTF-8 (RFC 3629: no surrogates, no overlong forms, at most U+10FFFF). */
bool str_is_utf8(str s);
/* str_utf8_count - code points of valid UTF-8. */
size_t str_utf8_count(str s);
/* str_is_equal_secret - same bytes, in time that depends on the length only. */
bool str_is_equal_secret(str a, str b);

#endif
