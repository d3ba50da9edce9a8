/* Time by one door, so that tests can hold it still. It never formats and never sleeps. */
#include "base/clock.h"

#include <stdatomic.h>
#include <time.h>

static _Atomic uint64_t fixed_ms;

static uint64_t
clock_read(clockid_t id)
{
    struct timespec now;
    uint64_t held = atomic_load_explicit(&fixed_ms, memory_order_relaxed);

    if (held)
        return held;
    clock_gettime(id, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

uint64_t
clock_unix_ms(void)
{
    return clock_read(CLOCK_REALTIME);
}

uint64_t
clock_steady_ms(void)
{
    return clock_read(CLOCK_MONOTONIC);
}

static uint64_t
clock_read_ns(clockid_t id)
{
    struct timespec now;

    clock_gettime(id, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

uint64_t
clock_steady_ns(void)
{
    return clock_read_ns(CLOCK_MONOTONIC);
}

uint64_t
clock_cpu_ns(void)
{
    return clock_read_ns(CLOCK_PROCESS_CPUTIME_ID);
}

void
clock_set_fixed(uint64_t unix_ms)
{
    atomic_store(&fixed_ms, unix_ms);
}

void
clock_set_real(void)
{
    atomic_store(&fixed_ms, 0);
}
