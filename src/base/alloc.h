/* alloc.h - the heap, by one door.
 *
 * alloc.c is the only caller of malloc, so that tests can make the n-th allocation fail and count how many a turn makes. It also stands in
 * for the C library's free and realloc: whatever is freed is overwritten first, whoever made it. Libraries that know nothing of a visitor's
 * privacy leave nothing of it in the heap. (Builds with a sanitizer, and -Dwipe=false for valgrind, have their own.)
 */
#ifndef BASE_ALLOC_H
#define BASE_ALLOC_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

/* alloc_make - `count` zeroed pieces of `size_bytes`; owned by the caller, who ends it with alloc_free.
 * Errs: ERR_MEMORY (also when count * size_bytes overflows). */
enum err alloc_make(size_t count, size_t size_bytes, void **out) MUST_CHECK;

/* alloc_grow - resizes *piece, which may be NULL, to size_bytes; new bytes are not zeroed. On failure *piece is unchanged. */
enum err alloc_grow(void **piece, size_t size_bytes) MUST_CHECK;

/* alloc_free - frees *piece and sets it NULL; NULL is fine. */
void alloc_free(void *piece_pointer);

/* alloc_wipe - overwrites memory in a way that the compiler keeps. */
void alloc_wipe(void *at, size_t size_bytes);

/* alloc_wipe_stack - overwrites what returned functions have left below the caller's frame, ALLOC_STACK_BYTES deep. */
void alloc_wipe_stack(void);
#define ALLOC_STACK_BYTES ((size_t)48 * 1024) /* a turn reaches about 30 */

/* alloc_init - before a process with threads locks itself in: the first time that the C library shrinks a thread's heap, it opens a file
 * of /proc. Errs: ERR_MEMORY. Cost: a millisecond. */
enum err alloc_init(void) MUST_CHECK;
/* alloc_trim - gives memory that was freed back to the system, which the C library by itself does for the end of the heap alone. Cost:
 * milliseconds; every half minute or so. */
void alloc_trim(void);
/* alloc_count - allocations of this thread since it started; for tests of "one allocation per turn". */
uint64_t alloc_count(void);

#endif
