/* rand.h - random bytes from the kernel (getrandom), replaceable by tests that reproduce vectors. */
#ifndef BASE_RAND_H
#define BASE_RAND_H

#include <stddef.h>
#include <stdint.h>

/* rand_bytes - fills `at`. Ends the process when the kernel gives none: nothing may go on without. */
void rand_bytes(void *at, size_t len);
/* rand_set_fixed - this thread's rand_bytes gives these bytes in order, then the real ones; for tests only. NULL ends it. */
void rand_set_fixed(const unsigned char *bytes, size_t len);

#endif
