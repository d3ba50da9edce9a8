/* decide.h - what the two halves of decide_run share: decide.c, and decide_flow.c for a pending question. */
#ifndef ENGINE_DECIDE_H
#define ENGINE_DECIDE_H

#include "engine/bot_private.h"

#define DECIDE_SURE_RATIO 0.8f
#define DECIDE_SEARCH_SURE_RATIO 0.5f /* a passage that fits so well is asked for */

/* decide_intent - acts on the best intent; is_answered false when it does nothing. Errs: ERR_LIMIT. */
enum err decide_intent(struct arena *arena, const struct grasp *grasp, struct dialogue *dialogue, struct decision *out) MUST_CHECK;
/* decide_search - knowledge or products, when they answer. decide_best_passage - how well the best passage fits, 0..1. */
bool decide_search(const struct grasp *grasp, struct decision *out);
float decide_best_passage(const struct grasp *grasp);
/* decide_is_searched - a passage or products fit better than the best intent. */
bool decide_is_searched(const struct grasp *grasp);
/* decide_flow_run - a question is pending. Errs: ERR_LIMIT. */
enum err decide_flow_run(struct arena *arena, const struct grasp *grasp, struct dialogue *dialogue, struct decision *out) MUST_CHECK;

#endif
