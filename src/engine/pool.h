/* pool.h - memory that lives as long as a bot: taken piece by piece while it is compiled, ended at once. */
#ifndef ENGINE_POOL_H
#define ENGINE_POOL_H

#include "base/str.h"

struct pool;

enum err pool_make(struct pool **out) MUST_CHECK;
void pool_free(struct pool **pool);
/* pool_take - zeroed, aligned for any type. Errs: ERR_MEMORY. */
enum err pool_take(struct pool *pool, size_t count, size_t size_bytes, void **out) MUST_CHECK;
/* pool_take_str - a copy with a zero byte behind it. */
enum err pool_take_str(struct pool *pool, str s, str *out) MUST_CHECK;
/* pool_grow - makes room for one more behind `count` items in *array_pointer (a T **). The old piece stays in the pool
 * until its end: at most twice the memory, and old pointers stay good. */
enum err pool_grow(struct pool *pool, void *array_pointer, size_t count, size_t item_bytes) MUST_CHECK;

#define POOL_SCOPE(name) __attribute__((cleanup(pool_free))) struct pool *name = NULL

#endif
