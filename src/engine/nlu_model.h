/* nlu_model.h - the trained model, small: 8-bit weights of the linear part where they matter, 8-bit nets, one row per feature.
 *
 *   ratio = 1/2 softmax(4 · margins) + 1/2 softmax(mean of the nets' logits)
 */
#ifndef ENGINE_NLU_MODEL_H
#define ENGINE_NLU_MODEL_H

#include "engine/nlu_line.h"
#include "engine/nlu_net.h"

#define NLU_MODEL_NETS_MAX ((size_t)8)

struct nlu_model;

/* nlu_model_make - from trained parts, which it does not keep. Errs: ERR_MEMORY. */
enum err nlu_model_make(const struct nlu_line *line, const struct nlu_net *nets, size_t net_count, size_t intent_count,
                        struct nlu_model **out) MUST_CHECK;
void nlu_model_free(struct nlu_model **model);
/* nlu_model_score - ratio and margin have room for NLU_VECTOR_PAD(intent_count). Errs: ERR_LIMIT  arena full. */
enum err nlu_model_score(const struct nlu_model *model, struct arena *arena, const struct nlu_bag *bag, float *ratio,
                         float *margin) MUST_CHECK;
size_t nlu_model_bytes(const struct nlu_model *model);

#endif
