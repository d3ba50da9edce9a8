/* trace.h - one turn in the open, for authors: `privet talk --trace`. It shows what was said, so it is for a terminal and never for a log. */
#ifndef ENGINE_TRACE_H
#define ENGINE_TRACE_H

#include "engine/engine.h"

struct trace_turn {
    const struct grasp *grasp;
    const struct decision *decision;
    const struct recall *recall;
    const struct dialogue *dialogue; /* behind the reply */
};

/* trace_write - adds lines of text: the words and what each does for the best intent (how much its ratio falls without the word), intents
 * with their ratios, whether the text is in scope, entities, passages and products with theirs, what was decided, each step of the flows, and
 * the slots that are filled. Errs: ERR_LIMIT, ERR_MEMORY. Cost: nlu_find once for each of the first 24 words. */
enum err trace_write(const struct bot *bot, const struct trace_turn *turn, struct buf *out) MUST_CHECK;

#endif
