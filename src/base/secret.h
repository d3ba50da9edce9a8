/* secret.h - key bytes that are used, never handed out.
 *
 * A secret lies between guard pages, locked in memory, left out of core dumps and wiped on fork (libsodium's guarded heap
 * and madvise). Long-term ones are made only in vault/. No function gives a pointer to the bytes to anyone but the
 * cryptographic rooms: secret_bytes is for crypt/ and vault/ alone, which a law of the house checks.
 */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include "base/err.h"

#include <stddef.h>

struct secret;

/* secret_make - `size_bytes` of zeros. Errs: ERR_MEMORY (also when memory can't be locked: RLIMIT_MEMLOCK). */
enum err secret_make(size_t size_bytes, struct secret **out) MUST_CHECK;
/* secret_free - wipes, frees, sets NULL. */
void secret_free(struct secret **secret);
unsigned char *secret_bytes(struct secret *secret);
size_t secret_size_bytes(const struct secret *secret);

#endif
