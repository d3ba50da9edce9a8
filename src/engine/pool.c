/* A chain of chunks with one owner and one end, for what is made once and read often. It never gives back singly. */
#include "engine/pool.h"

#include "base/alloc.h"

#include <stdalign.h>
#include <string.h>

#define POOL_CHUNK_BYTES ((size_t)32 * 1024)
#define POOL_ALIGN_BYTES alignof(max_align_t)
#define POOL_GROW_FIRST ((size_t)4)

struct pool_chunk {
    struct pool_chunk *next;
    size_t size_bytes;
    size_t used_bytes;
    alignas(max_align_t) unsigned char room[];
};

struct pool {
    struct pool_chunk *first;
};

enum err
pool_make(struct pool **out)
{
    void *piece = NULL;

    TRY(alloc_make(1, sizeof(struct pool), &piece));
    *out = piece;
    return ERR_NONE;
}

void
pool_free(struct pool **pool)
{
    if (!*pool)
        return;
    while ((*pool)->first) {
        struct pool_chunk *chunk = (*pool)->first;
        (*pool)->first = chunk->next;
        alloc_free(&chunk);
    }
    alloc_free(pool);
}

static enum err
pool_add_chunk(struct pool *pool, size_t want)
{
    void *piece = NULL;
    size_t size = want > POOL_CHUNK_BYTES ? want : POOL_CHUNK_BYTES;

    TRY(alloc_make(1, sizeof(struct pool_chunk) + size, &piece));
    struct pool_chunk *chunk = piece;
    chunk->size_bytes = size;
    /* A big piece has a chunk of its own, behind the one that is being filled. */
    if (want > POOL_CHUNK_BYTES && pool->first) {
        chunk->next = pool->first->next;
        pool->first->next = chunk;
        return ERR_NONE;
    }
    chunk->next = pool->first;
    pool->first = chunk;
    return ERR_NONE;
}

enum err
pool_take(struct pool *pool, size_t count, size_t size_bytes, void **out)
{
    size_t want;

    if (__builtin_mul_overflow(count, size_bytes, &want) || want > SIZE_MAX / 2)
        return err_raise(ERR_MEMORY, "pool: too large");
    want = (want + POOL_ALIGN_BYTES - 1) / POOL_ALIGN_BYTES * POOL_ALIGN_BYTES;
    if (!pool->first || want > pool->first->size_bytes - pool->first->used_bytes)
        TRY(pool_add_chunk(pool, want));
    struct pool_chunk *chunk = pool->first;
    if (want > chunk->size_bytes - chunk->used_bytes)
        chunk = chunk->next;
    *out = chunk->room + chunk->used_bytes;
    chunk->used_bytes += want;
    return ERR_NONE;
}

enum err
pool_take_str(struct pool *pool, str s, str *out)
{
    void *piece = NULL;

    TRY(pool_take(pool, s.len + 1, 1, &piece));
    if (s.len > 0)
        memcpy(piece, s.at, s.len);
    *out = (str){piece, s.len};
    return ERR_NONE;
}

enum err
pool_grow(struct pool *pool, void *array_pointer, size_t count, size_t item_bytes)
{
    void *old = NULL, *piece = NULL;

    if (count > 0 && (count < POOL_GROW_FIRST || (count & (count - 1)) != 0))
        return ERR_NONE;
    memcpy(&old, array_pointer, sizeof old);
    TRY(pool_take(pool, count == 0 ? POOL_GROW_FIRST : 2 * count, item_bytes, &piece));
    if (count > 0)
        memcpy(piece, old, count * item_bytes);
    memcpy(array_pointer, &piece, sizeof piece);
    return ERR_NONE;
}
