/* nlu_random.h - numbers that look random and are the same every time: training must be repeatable, and no secret hangs on them.
 * From: Marsaglia 2003, xorshift. */
#ifndef ENGINE_NLU_RANDOM_H
#define ENGINE_NLU_RANDOM_H

#include <stddef.h>
#include <stdint.h>

struct nlu_random {
    uint64_t state;
};
#define NLU_RANDOM_SEED(n) {0x9E3779B97F4A7C15u * (uint64_t)((n) + 1)}

static inline uint32_t
nlu_random_take(struct nlu_random *random)
{
    random->state ^= random->state << 13;
    random->state ^= random->state >> 7;
    random->state ^= random->state << 17;
    return (uint32_t)(random->state >> 32);
}

/* 0 … 1, 1 left out */
static inline float
nlu_random_ratio(struct nlu_random *random)
{
    return (float)(nlu_random_take(random) >> 8) * (1.0f / 16777216);
}

static inline void
nlu_random_shuffle(struct nlu_random *random, uint32_t *order, size_t count)
{
    for (size_t i = count; i > 1; i--) {
        size_t k = nlu_random_take(random) % i;
        uint32_t swap = order[i - 1];
        order[i - 1] = order[k];
        order[k] = swap;
    }
}

#endif
