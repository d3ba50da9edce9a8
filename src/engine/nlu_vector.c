/* Loops that the compiler turns into SSE2 or, where the processor has it, AVX2. No fused multiply-add, which would round
 * otherwise: the same bot becomes the same model on every machine of the same byte order. Sums are built in blocks of columns
 * that fit into registers. */
#include "engine/nlu_vector.h"

#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define VECTOR_INLINE __attribute__((always_inline))
#define VECTOR_BLOCK (4 * NLU_VECTOR_STEP)
#define VECTOR_FLOATS __attribute__((vector_size(NLU_VECTOR_STEP * sizeof(float))))

/* One step of 8 columns of a sum; the compiler keeps `sum` in a register. */
#define VECTOR_ADD_FLOATS(sum, from, by)                                                           \
    do {                                                                                           \
        float VECTOR_FLOATS step;                                                                  \
        memcpy(&step, (from), sizeof step);                                                        \
        (sum) += (by) * step;                                                                      \
    } while (0)
#define VECTOR_ADD_BYTES(sum, from, by)                                                            \
    do {                                                                                           \
        for (size_t k = 0; k < NLU_VECTOR_STEP; k++)                                               \
            (sum)[k] += (by) * (float)(from)[k];                                                   \
    } while (0)
/* Blocks of 32 columns, then steps of 8. */
#define VECTOR_GATHER(add)                                                                         \
    for (; at + VECTOR_BLOCK <= width; at += VECTOR_BLOCK) {                                       \
        float VECTOR_FLOATS sum[4];                                                                \
        memcpy(sum, to + at, sizeof sum);                                                          \
        for (size_t i = 0; i < count; i++) {                                                       \
            size_t from = item[i].row * width + at;                                                \
            add(sum[0], table + from, item[i].value);                                              \
            add(sum[1], table + from + NLU_VECTOR_STEP, item[i].value);                            \
            add(sum[2], table + from + 2 * NLU_VECTOR_STEP, item[i].value);                        \
            add(sum[3], table + from + 3 * NLU_VECTOR_STEP, item[i].value);                        \
        }                                                                                          \
        memcpy(to + at, sum, sizeof sum);                                                          \
    }                                                                                              \
    for (; at < width; at += NLU_VECTOR_STEP) {                                                    \
        float VECTOR_FLOATS sum;                                                                   \
        memcpy(&sum, to + at, sizeof sum);                                                         \
        for (size_t i = 0; i < count; i++)                                                         \
            add(sum, table + item[i].row * width + at, item[i].value);                             \
        memcpy(to + at, &sum, sizeof sum);                                                         \
    }

static inline VECTOR_INLINE void
vector_gather(float *to, const float *table, size_t width, const struct nlu_item *item, size_t count)
{
    size_t at = 0;
    VECTOR_GATHER(VECTOR_ADD_FLOATS)
}

static void
vector_gather_bytes(float *to, const int8_t *table, size_t width, const struct nlu_item *item, size_t count)
{
    size_t at = 0;
    VECTOR_GATHER(VECTOR_ADD_BYTES)
}

static inline VECTOR_INLINE void
vector_add(float *to, const float *from, float by, size_t n)
{
    for (size_t at = 0; at < n; at += NLU_VECTOR_STEP) {
        float VECTOR_FLOATS sum;
        memcpy(&sum, to + at, sizeof sum);
        VECTOR_ADD_FLOATS(sum, from + at, by);
        memcpy(to + at, &sum, sizeof sum);
    }
}

static inline VECTOR_INLINE void
vector_spread(float *table, size_t width, const struct nlu_item *item, size_t count, const float *by)
{
    for (size_t i = 0; i < count; i++)
        vector_add(table + item[i].row * width, by, item[i].value, width);
}

static inline VECTOR_INLINE float
vector_dot(const float *a, const float *b, size_t n)
{
    float VECTOR_FLOATS sum = {0}, x, y;
    float all = 0;

    for (size_t at = 0; at < n; at += NLU_VECTOR_STEP) {
        memcpy(&x, a + at, sizeof x);
        memcpy(&y, b + at, sizeof y);
        sum += x * y;
    }
    for (size_t k = 0; k < NLU_VECTOR_STEP; k++)
        all += sum[k];
    return all;
}

/* Each loop twice: for every processor, and for those with AVX2. */
#if defined(__x86_64__)
#define VECTOR_WIDE __attribute__((target("avx2")))
#define VECTOR_IS_WIDE __builtin_cpu_supports("avx2")
/* No compiler finds the instruction that widens eight bytes. */
#define VECTOR_ADD_BYTES_WIDE(sum, from, by)                                                       \
    do {                                                                                           \
        int64_t bytes;                                                                             \
        memcpy(&bytes, (from), sizeof bytes);                                                      \
        (sum) += (by) * _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(_mm_cvtsi64_si128(bytes)));        \
    } while (0)
#else
#define VECTOR_WIDE
#define VECTOR_IS_WIDE 0
#define VECTOR_ADD_BYTES_WIDE VECTOR_ADD_BYTES
#endif

#define VECTOR_TWICE(name, parameters, arguments)                                                  \
    VECTOR_WIDE static void vector_##name##_wide parameters                                        \
    {                                                                                              \
        vector_##name arguments;                                                                   \
    }                                                                                              \
    void nlu_vector_##name parameters                                                              \
    {                                                                                              \
        if (VECTOR_IS_WIDE)                                                                        \
            vector_##name##_wide arguments;                                                        \
        else                                                                                       \
            vector_##name arguments;                                                               \
    }

VECTOR_TWICE(gather, (float *to, const float *table, size_t width, const struct nlu_item *item, size_t count),
             (to, table, width, item, count))
VECTOR_TWICE(spread, (float *table, size_t width, const struct nlu_item *item, size_t count, const float *by),
             (table, width, item, count, by))
VECTOR_TWICE(add, (float *to, const float *from, float by, size_t n), (to, from, by, n))

VECTOR_WIDE static float
vector_dot_wide(const float *a, const float *b, size_t n)
{
    return vector_dot(a, b, n);
}

float
nlu_vector_dot(const float *a, const float *b, size_t n)
{
    return VECTOR_IS_WIDE ? vector_dot_wide(a, b, n) : vector_dot(a, b, n);
}

VECTOR_WIDE static void
vector_gather_bytes_wide(float *to, const int8_t *table, size_t width, const struct nlu_item *item, size_t count)
{
    size_t at = 0;
    VECTOR_GATHER(VECTOR_ADD_BYTES_WIDE)
}

void
nlu_vector_gather_bytes(float *to, const int8_t *table, size_t width, const struct nlu_item *item, size_t count)
{
    if (VECTOR_IS_WIDE)
        vector_gather_bytes_wide(to, table, width, item, count);
    else
        vector_gather_bytes(to, table, width, item, count);
}
