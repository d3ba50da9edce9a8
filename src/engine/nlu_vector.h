/* nlu_vector.h - the loops in which the intent model spends its time: sums over the rows of a table that a text's features name.
 * Widths are multiples of 8; results are the same with and without AVX2, bit by bit. */
#ifndef ENGINE_NLU_VECTOR_H
#define ENGINE_NLU_VECTOR_H

#include <stddef.h>
#include <stdint.h>

#define NLU_VECTOR_STEP ((size_t)8)
#define NLU_VECTOR_PAD(n) (((n) + NLU_VECTOR_STEP - 1) / NLU_VECTOR_STEP * NLU_VECTOR_STEP)

struct nlu_item {
    uint32_t row;
    float value;
};

/* to += sum of value * table[row] */
void nlu_vector_gather(float *to, const float *table, size_t width, const struct nlu_item *item, size_t count);
void nlu_vector_gather_bytes(float *to, const int8_t *table, size_t width, const struct nlu_item *item, size_t count);
/* table[row] += value * by */
void nlu_vector_spread(float *table, size_t width, const struct nlu_item *item, size_t count, const float *by);
/* to += by * from */
void nlu_vector_add(float *to, const float *from, float by, size_t n);
/* Eight sums side by side, added up in order. */
float nlu_vector_dot(const float *a, const float *b, size_t n);

#endif
