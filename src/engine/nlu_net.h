/* nlu_net.h - training of the small nets that vote beside the linear part: stems and letters → 32 hidden units → intents.
 *
 * Half of the features and one in seven hidden units are left out at random, labels are smoothed, steps shrink by row
 * (Adagrad) and over time. Several nets from different seeds err differently, so their mean errs less.
 *
 * From: Iyyer et al. 2015 (deep averaging network); Duchi et al. 2011 (Adagrad); Szegedy et al. 2016 (smoothing).
 */
#ifndef ENGINE_NLU_NET_H
#define ENGINE_NLU_NET_H

#include "engine/nlu_bag.h"

#define NLU_NET_HIDDEN ((size_t)32)

struct nlu_net {
    size_t width, row_count;
    float *embed;       /* row × NLU_NET_HIDDEN */
    float *embed_speed; /* per row: sum of mean squared gradients; so are all speeds */
    float *out;         /* NLU_NET_HIDDEN × width */
    float *out_bias;    /* width */
    float hidden_bias[NLU_NET_HIDDEN], out_speed[NLU_NET_HIDDEN], hidden_speed, out_bias_speed;
};

/* nlu_net_make - trained on the examples whose fold is not `without`; fold NULL: all. Errs: ERR_MEMORY. */
enum err nlu_net_make(const struct nlu_set *set, size_t row_count, const uint8_t *fold, int without, unsigned seed,
                      struct nlu_net *out) MUST_CHECK;
void nlu_net_free(struct nlu_net *net);
/* nlu_net_softmax - logits to probabilities, in place; by sharpens. */
void nlu_net_softmax(float *logit, size_t count, float by);

#endif
