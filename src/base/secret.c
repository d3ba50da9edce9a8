/* Guarded, locked, undumped memory for keys, on libsodium's allocator. It never copies a key and never prints one. */
#include "base/secret.h"

#include "base/alloc.h"
#include "base/fault.h"

#include <sodium.h>
#include <sys/mman.h>
#include <unistd.h>

struct secret {
    unsigned char *bytes;
    size_t size_bytes;
};

enum err
secret_make(size_t size_bytes, struct secret **out)
{
    void *piece = NULL;

    if (sodium_init() < 0)
        return err_raise(ERR_BUG, "secret: libsodium does not start");
    TRY(alloc_make(1, sizeof(struct secret), &piece));
    struct secret *secret = piece;
    secret->bytes = fault_is_due(FAULT_ALLOC) ? NULL : sodium_malloc(size_bytes);
    if (!secret->bytes) {
        alloc_free(&secret);
        return err_raise(ERR_MEMORY, "secret: no guarded memory");
    }
    sodium_memzero(secret->bytes, size_bytes);
    secret->size_bytes = size_bytes;
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    unsigned char *start = secret->bytes - (size_t)((uintptr_t)secret->bytes % page);
    /* A forked child finds zeros; older kernels refuse, and privet never forks while it holds a secret. */
    (void)madvise(start, page, MADV_WIPEONFORK);
    *out = secret;
    return ERR_NONE;
}

void
secret_free(struct secret **secret)
{
    if (!*secret)
        return;
    sodium_free((*secret)->bytes);
    alloc_free(secret);
}

unsigned char *
secret_bytes(struct secret *secret)
{
    return secret->bytes;
}

size_t
secret_size_bytes(const struct secret *secret)
{
    return secret->size_bytes;
}
