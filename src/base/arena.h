/* arena.h - one bounded piece of memory per turn, wiped at its end.
 *
 * What is taken from an arena lives until arena_reset or arena_free; nothing is given back singly. ASan builds poison
 * what is not handed out and leave a gap between pieces, so that an overflow is seen.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/err.h"
#include "base/str.h"

struct arena;

/* arena_make - an arena of size_bytes: one allocation, its header included. Errs: ERR_MEMORY. */
enum err arena_make(size_t size_bytes, struct arena **out) MUST_CHECK;
/* arena_free - wipes what was used, frees, sets NULL. */
void arena_free(struct arena **arena);
/* arena_reset - wipes what was used; everything taken is gone. */
void arena_reset(struct arena *arena);
/* arena_take - zeroed, aligned for any type. Errs: ERR_LIMIT when full. */
enum err arena_take(struct arena *arena, size_t count, size_t size_bytes, void **out) MUST_CHECK;
/* arena_take_str - a copy of s, with a zero byte behind it that its len does not count. Errs: ERR_LIMIT. */
enum err arena_take_str(struct arena *arena, str s, str *out) MUST_CHECK;
/* arena_take_text - as printf; the same terminator. Never for what a person said. Errs: ERR_LIMIT. */
enum err arena_take_text(struct arena *arena, str *out, const char *format, ...)
    __attribute__((format(printf, 3, 4))) MUST_CHECK;
/* arena_used_bytes - high-water mark since the last reset. */
size_t arena_used_bytes(const struct arena *arena);

#define ARENA_SCOPE(name) __attribute__((cleanup(arena_free))) struct arena *name = NULL

#endif
