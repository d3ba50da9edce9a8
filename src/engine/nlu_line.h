/* nlu_line.h - training of the linear part: one-against-rest machines with squared hinge loss, all intents at once.
 *
 * Dual coordinate descent, C = 1.5: for an example and every intent y·f(x) >= 1 - loss. The weights of all intents for one
 * feature lie side by side, so that one pass over an example serves all intents; examples that no longer move rest.
 *
 * From: Hsieh et al. 2008, "A dual coordinate descent method for large-scale linear SVM".
 */
#ifndef ENGINE_NLU_LINE_H
#define ENGINE_NLU_LINE_H

#include "engine/nlu_bag.h"

struct nlu_line {
    size_t width;   /* intents, padded to a multiple of 8 */
    size_t row_count, example_count;
    float *weight;  /* row × width */
    float *bias;    /* width */
    float *alpha;   /* example × width: how much an example holds each intent's border */
};

/* nlu_line_make - an untrained one. Errs: ERR_MEMORY. */
enum err nlu_line_make(const struct nlu_set *set, size_t row_count, struct nlu_line *out) MUST_CHECK;
/* nlu_line_copy - *to becomes the same; both of the same set. */
void nlu_line_copy(const struct nlu_line *from, struct nlu_line *to);
void nlu_line_free(struct nlu_line *line);
/* nlu_line_train - at most `passes` over the examples whose fold is not `out`, or until nothing moves by more than 0.1;
 * goes on from where it stands. fold NULL: all examples. Errs: ERR_MEMORY. */
enum err nlu_line_train(struct nlu_line *line, const struct nlu_set *set, const uint8_t *fold, int out, int passes) MUST_CHECK;
/* nlu_line_drop - forgets the examples of a fold. */
void nlu_line_drop(struct nlu_line *line, const struct nlu_set *set, const uint8_t *fold, int out);

#endif
