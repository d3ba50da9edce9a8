/* clock.h - time, replaceable by tests. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/* clock_unix_ms - wall clock, milliseconds since 1970. clock_steady_ms - never goes back, for deadlines. */
uint64_t clock_unix_ms(void);
uint64_t clock_steady_ms(void);
/* clock_steady_ns, clock_cpu_ns - for measurements alone: steady time, and what this process has used of its processors. */
uint64_t clock_steady_ns(void);
uint64_t clock_cpu_ns(void);
/* clock_set_fixed - both clocks answer `unix_ms` until clock_set_real; for tests only. */
void clock_set_fixed(uint64_t unix_ms);
void clock_set_real(void);

#endif
