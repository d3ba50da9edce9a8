/* Random bytes by one door. It never falls back to anything weaker than the kernel's generator. */
#include "base/rand.h"

#include "base/err.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

static _Thread_local const unsigned char *fixed;
static _Thread_local size_t fixed_len;

void
rand_bytes(void *at, size_t len)
{
    unsigned char *out = at;
    size_t given = len < fixed_len ? len : fixed_len;

    if (given > 0) {
        memcpy(out, fixed, given);
        fixed += given;
        fixed_len -= given;
    }
    for (size_t done = given; done < len;) {
        ssize_t got = getrandom(out + done, len - done, 0);
        must(got > 0 || errno == EINTR);
        done += got > 0 ? (size_t)got : 0;
    }
}

void
rand_set_fixed(const unsigned char *bytes, size_t len)
{
    fixed = bytes;
    fixed_len = bytes ? len : 0;
}
