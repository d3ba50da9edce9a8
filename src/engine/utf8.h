/* utf8.h - code points of text that is known to be valid UTF-8. */
#ifndef ENGINE_UTF8_H
#define ENGINE_UTF8_H

#include "base/str.h"

/* utf8_next - the code point at *at, which moves behind it; *at < s.len. A broken sequence gives U+FFFD and one byte. */
static inline uint32_t
utf8_next(str s, size_t *at)
{
    const unsigned char *p = (const unsigned char *)s.at + *at;
    size_t left = s.len - *at;

    if (p[0] < 0x80) {
        *at += 1;
        return p[0];
    }
    if (p[0] < 0xE0 && left >= 2) {
        *at += 2;
        return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
    }
    if (p[0] < 0xF0 && left >= 3) {
        *at += 3;
        return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    }
    if (left >= 4) {
        *at += 4;
        return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 | (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
    }
    *at += 1;
    return 0xFFFD;
}

/* utf8_write - writes 1..4 bytes, returns how many. */
size_t utf8_write(uint32_t code_point, char *out);
/* utf8_fold - lower case of one code point; typographic apostrophes become '. */
uint32_t utf8_fold(uint32_t code_point);
/* utf8_is_word - a letter, digit or mark; what words are made of, the inner apostrophe apart. */
bool utf8_is_word(uint32_t code_point);
/* utf8_is_single - a letter of a script that puts no blanks between words (Han, kana, Thai, Lao, Khmer): a word of its own. */
bool utf8_is_single(uint32_t code_point);

/* utf8_base - the letter under the accents of a Latin letter: e for é; itself otherwise. */
uint32_t utf8_base(uint32_t code_point);
/* utf8_is_ignorable - shows nothing and parts nothing: zero-width, direction and variation marks, the soft hyphen. */
bool utf8_is_ignorable(uint32_t code_point);

#endif
