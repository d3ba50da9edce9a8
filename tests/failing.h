/* failing.h - what a test tells a server whose file calls fail as told: the test writes it into DATA/failing, which core maps. */
#ifndef TESTS_FAILING_H
#define TESTS_FAILING_H

#include <stdatomic.h>
#include <stdint.h>

#define FAILING_READ 1u
#define FAILING_WRITE 2u
#define FAILING_SYNC 4u
#define FAILING_TRUNCATE 8u
#define FAILING_FOREVER UINT32_MAX

struct failing {
    _Atomic uint32_t calls; /* which, 0: none; set last */
    _Atomic uint32_t skip;  /* so many of them pass */
    _Atomic uint32_t left;  /* so many of those that follow fail */
    _Atomic uint32_t failed; /* so many did */
    int32_t error;          /* errno; a write that fails has written nothing */
    char file[20];          /* what the file's name ends with */
};

#endif
