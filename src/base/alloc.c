/* The only caller of the C heap, and what every free of the process goes through. It never hands out memory that was not asked for by size,
 * never ignores overflow, and leaves nothing in what was freed. */
#include "base/alloc.h"

#include "base/fault.h"

#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static _Thread_local uint64_t made_count;

enum err
alloc_make(size_t count, size_t size_bytes, void **out)
{
    made_count++;
    void *piece = fault_is_due(FAULT_ALLOC) ? NULL : calloc(count ? count : 1, size_bytes ? size_bytes : 1);
    if (!piece)
        return err_raise(ERR_MEMORY, "alloc: out of memory");
    *out = piece;
    return ERR_NONE;
}

enum err
alloc_grow(void **piece, size_t size_bytes)
{
    made_count++;
    void *grown = fault_is_due(FAULT_ALLOC) ? NULL : realloc(*piece, size_bytes ? size_bytes : 1);
    if (!grown)
        return err_raise(ERR_MEMORY, "alloc: out of memory");
    *piece = grown;
    return ERR_NONE;
}

void
alloc_free(void *piece_pointer)
{
    void *piece;
    memcpy(&piece, piece_pointer, sizeof piece);
    free(piece);
    memset(piece_pointer, 0, sizeof piece);
}

#ifdef PRIVET_WIPE
/* The dynamic linker finds these before the C library's own, for every library of the process. */
void alloc_library_free(void *piece) __asm__("free") __attribute__((visibility("default")));
void *alloc_library_realloc(void *piece, size_t size_bytes) __asm__("realloc") __attribute__((visibility("default")));
extern void alloc_libc_free(void *piece) __asm__("__libc_free");

void
alloc_library_free(void *piece)
{
    int before = errno;

    if (piece)
        explicit_bzero(piece, malloc_usable_size(piece));
    alloc_libc_free(piece);
    errno = before;
}

/* A piece that moves leaves no copy where it was. */
void *
alloc_library_realloc(void *piece, size_t size_bytes)
{
    size_t room = piece ? malloc_usable_size(piece) : 0;

    if (piece && size_bytes > 0 && size_bytes <= room && size_bytes >= room / 2)
        return piece;
    void *fresh = piece && size_bytes == 0 ? NULL : malloc(size_bytes);
    if (piece && fresh)
        memcpy(fresh, piece, size_bytes < room ? size_bytes : room);
    if (fresh || size_bytes == 0)
        alloc_library_free(piece);
    return fresh;
}
#endif

__attribute__((noinline)) void
alloc_wipe_stack(void)
{
    unsigned char below[ALLOC_STACK_BYTES];
    explicit_bzero(below, sizeof below);
}

void
alloc_wipe(void *at, size_t size_bytes)
{
    explicit_bzero(at, size_bytes);
}

/* In a thread, whose heap is none of the main one: grow it over the limit from which it is shrunk, and let it shrink. */
static void *
alloc_grow_and_shrink(void *context)
{
    void *pieces[64] = {NULL};

    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        pieces[i] = malloc(100 * 1000);
    for (size_t i = sizeof pieces / sizeof *pieces; i > 0; i--)
        free(pieces[i - 1]);
    return context;
}

enum err
alloc_init(void)
{
    pthread_t thread;

    if (pthread_create(&thread, NULL, alloc_grow_and_shrink, NULL) != 0 || pthread_join(thread, NULL) != 0)
        return err_raise(ERR_MEMORY, "alloc: no thread");
    return ERR_NONE;
}

void
alloc_trim(void)
{
    malloc_trim(0);
}

uint64_t
alloc_count(void)
{
    return made_count;
}
