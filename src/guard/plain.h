/* plain.h - the door from what a person said to text that the engine reads. */
#ifndef GUARD_PLAIN_H
#define GUARD_PLAIN_H

#include "base/arena.h"

#define PLAIN_POINTS_MAX ((size_t)4000)

/* plain_take - NFC, without control, zero-width and bidi-override characters, white space folded; in the arena.
 * Errs: ERR_INPUT not UTF-8, or nothing is left; ERR_LIMIT over PLAIN_POINTS_MAX code points or arena full. */
enum err plain_take(struct arena *arena, said words, str *out) MUST_CHECK;

#endif
