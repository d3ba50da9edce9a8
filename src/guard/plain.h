/* plain.h - the door from what a person said to text that the engine reads. */
#ifndef GUARD_PLAIN_H
#define GUARD_PLAIN_H

#include "base/arena.h"
#include "base/str.h"

#define PLAIN_CODE_POINTS_MAX ((size_t)4000)

/* plain_take - valid UTF-8 in NFC, without control, zero-width and direction characters, white space folded to one blank
 * and none at the ends. A zero-width joiner between emoji goes as well: no answer depends on it.
 *
 * In:    typed  1..PLAIN_CODE_POINTS_MAX code points
 * Out:   out    in the arena; may be empty
 * Errs:  ERR_INPUT  not UTF-8    ERR_LIMIT  too long, or arena full
 * Never: logs; allocates outside the arena (but for NFC of text that is not in NFC).
 */
enum err plain_take(struct arena *arena, said typed, str *out) MUST_CHECK;

#endif
