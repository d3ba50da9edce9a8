/* Counts calls that may fail and lets the armed one fail. It never fails anything that no test armed. */
#include "base/fault.h"

#include <stdatomic.h>

static _Atomic uint64_t left[FAULT_KIND_COUNT];

void
fault_arm(enum fault_kind kind, uint64_t nth)
{
    atomic_store(&left[kind], nth);
}

bool
fault_is_due(enum fault_kind kind)
{
    uint64_t now = atomic_load_explicit(&left[kind], memory_order_relaxed);
    while (now > 0)
        if (atomic_compare_exchange_weak(&left[kind], &now, now - 1))
            return now == 1;
    return false;
}

bool
fault_is_armed(enum fault_kind kind)
{
    return atomic_load(&left[kind]) > 0;
}
