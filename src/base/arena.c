/* A bump allocator with one owner and one end. It never grows, never gives back singly, never leaves bytes behind.
 *
 *   | header | piece | gap | piece | gap | ... free ... |        gaps exist in ASan builds only
 */
#include "base/arena.h"

#include "base/alloc.h"

#include <stdarg.h>
#include <stdalign.h>
#include <stdio.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif

#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define ARENA_GAP_BYTES ((size_t)16)
#define arena_hide(at, len) ASAN_POISON_MEMORY_REGION((at), (len))
#define arena_show(at, len) ASAN_UNPOISON_MEMORY_REGION((at), (len))
#else
#define ARENA_GAP_BYTES ((size_t)0)
#define arena_hide(at, len) ((void)(at), (void)(len))
#define arena_show(at, len) ((void)(at), (void)(len))
#endif

#define ARENA_ALIGN_BYTES alignof(max_align_t)

struct arena {
    size_t size_bytes;
    size_t used_bytes;
    alignas(max_align_t) unsigned char room[];
};

enum err
arena_make(size_t size_bytes, struct arena **out)
{
    void *piece = NULL;

    TRY(alloc_make(1, sizeof(struct arena) + size_bytes, &piece));
    struct arena *arena = piece;
    arena->size_bytes = size_bytes;
    arena_hide(arena->room, size_bytes);
    *out = arena;
    return ERR_NONE;
}

void
arena_reset(struct arena *arena)
{
    arena_show(arena->room, arena->used_bytes);
    alloc_wipe(arena->room, arena->used_bytes);
    arena_hide(arena->room, arena->used_bytes);
    arena->used_bytes = 0;
}

void
arena_free(struct arena **arena)
{
    if (!*arena)
        return;
    arena_reset(*arena);
    arena_show((*arena)->room, (*arena)->size_bytes);
    alloc_free(arena);
}

enum err
arena_take(struct arena *arena, size_t count, size_t size_bytes, void **out)
{
    size_t want;

    if (__builtin_mul_overflow(count, size_bytes, &want) || want > arena->size_bytes)
        return err_raise(ERR_LIMIT, "arena: full");
    size_t step = (want + ARENA_GAP_BYTES + ARENA_ALIGN_BYTES - 1) / ARENA_ALIGN_BYTES * ARENA_ALIGN_BYTES;
    if (step > arena->size_bytes - arena->used_bytes)
        return err_raise(ERR_LIMIT, "arena: full");
    unsigned char *at = arena->room + arena->used_bytes;
    arena->used_bytes += step;
    arena_show(at, want);
    /* Fresh and reset memory is zero already: calloc and the wipe see to it. */
    *out = at;
    return ERR_NONE;
}

enum err
arena_take_str(struct arena *arena, str s, str *out)
{
    void *piece = NULL;

    TRY(arena_take(arena, s.len + 1, 1, &piece));
    if (s.len > 0)
        memcpy(piece, s.at, s.len);
    *out = (str){piece, s.len};
    return ERR_NONE;
}

enum err
arena_take_text(struct arena *arena, str *out, const char *format, ...)
{
    void *piece = NULL;
    va_list list;

    va_start(list, format);
    int length = vsnprintf(NULL, 0, format, list);
    va_end(list);
    if (length < 0)
        return err_raise(ERR_BUG, "arena: bad format");
    TRY(arena_take(arena, (size_t)length + 1, 1, &piece));
    va_start(list, format);
    vsnprintf(piece, (size_t)length + 1, format, list);
    va_end(list);
    *out = (str){piece, (size_t)length};
    return ERR_NONE;
}

size_t
arena_used_bytes(const struct arena *arena)
{
    return arena->used_bytes;
}
