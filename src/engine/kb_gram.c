/* Runs of letters of a word, by bytes: what both sides cut in the same way meets. It keeps nothing. */
#include "engine/kb_private.h"

bool
kb_gram_next(str bare, size_t *at, size_t *size, str *out)
{
    const char *from = bare.at - 1, *end = bare.at + (bare.len < KB_GRAM_WORD_BYTES ? bare.len : KB_GRAM_WORD_BYTES) + 1;

    *size = *size == 0 ? KB_GRAM_MIN : *size + 1;
    if (*size > KB_GRAM_MAX) {
        *size = KB_GRAM_MIN;
        (*at)++;
    }
    if (from + *at + *size > end && *size > KB_GRAM_MIN) {
        *size = KB_GRAM_MIN;
        (*at)++;
    }
    *out = str_bytes(from + *at, *size);
    return from + *at + *size <= end;
}
