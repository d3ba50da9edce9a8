/* nlu_scope.h - is a text about anything that the bot knows, and how sure is the best intent?
 *
 *   s = z(largest margin) + 1/2 z(cosine of the letters to the nearest example of that intent) + 0.35 z(coverage)
 *
 * z and the threshold come from the author's own examples, each judged by a model that has not seen it; 5.5 % of them would be
 * refused. Confidence is a logistic curve over the ratio, the distance to the runner-up and s, fitted on the same judgements.
 *
 * From: Platt 1999.
 */
#ifndef ENGINE_NLU_SCOPE_H
#define ENGINE_NLU_SCOPE_H

#include "engine/nlu_bag.h"

struct nlu_near; /* examples by intent, to measure the nearest */

/* nlu_scope_near_make - of the examples whose fold is not `without`, at most 16 of an intent. Errs: ERR_MEMORY. */
enum err nlu_scope_near_make(const struct nlu_set *set, const uint8_t *fold, int without, struct nlu_near **out) MUST_CHECK;
void nlu_scope_near_free(struct nlu_near **near);
/* nlu_scope_near - cosine of the letters to the nearest example of an intent, 0..1. Uses bag->slot. */
float nlu_scope_near(const struct nlu_near *near, struct nlu_bag *bag, size_t intent);
size_t nlu_scope_near_bytes(const struct nlu_near *near);

/* What is measured of one text. */
struct nlu_signs {
    float margin, near, coverage;
    float ratio, gap; /* of the best intent; to the next margin */
    bool is_right;    /* while fitting */
};

struct nlu_scope {
    float mean[3], spread[3]; /* of margin, near, coverage */
    float least;              /* s below it is out of scope */
    float curve[4];           /* logistic: 1, logit of the ratio, gap, s */
};

/* nlu_scope_fit - from judged examples. */
void nlu_scope_fit(const struct nlu_signs *signs, size_t count, struct nlu_scope *out);
float nlu_scope_score(const struct nlu_scope *scope, const struct nlu_signs *signs);
/* nlu_scope_confidence - 0..1: how often such a text is understood right, if it is in scope. */
float nlu_scope_confidence(const struct nlu_scope *scope, const struct nlu_signs *signs);

#endif
