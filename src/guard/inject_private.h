/* inject_private.h - what the parts of the alarm share. */
#ifndef GUARD_INJECT_PRIVATE_H
#define GUARD_INJECT_PRIVATE_H

#include "guard/inject.h"

/* inject_pattern.c - adds the kinds whose rows reach INJECT_POINTS. `folded` is lower case; a copy goes into the arena. */
#define INJECT_POINTS 10
enum err inject_pattern_find(struct arena *arena, str folded, uint16_t *kinds) MUST_CHECK;
size_t inject_pattern_count(void);

/* inject_decode.c - each puts into `out` what it decoded; it has room for INJECT_DECODED_BYTES. False: there was nothing. */
#define INJECT_DECODED_BYTES(text_bytes) (2 * (text_bytes) + 2) /* three quarters by base64, half by hex, and a line's end for each run */
struct inject_text {
    char *at;
    size_t len;
};
bool inject_decode_escapes(str text, struct inject_text *out); /* the whole text, its escapes undone */
bool inject_decode_runs(str text, struct inject_text *out);    /* pieces of base64 and hex, a line each */

#endif
