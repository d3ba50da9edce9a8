/* nlu.h - which intent does a text show? Trained from the author's examples when the bot is loaded, in the time of a breath.
 *
 * Features, weights: nlu_bag.h. A linear part (nlu_line.h) and small nets (nlu_net.h) vote (nlu_model.h); nlu_scope.h says how
 * sure that is. Mistyped and joined words are mended first (nlu_vocabulary.h). The name of an intent is one more example of it.
 * The same examples become the same model.
 *
 * CLINC150, HWU64, SNIPS and ten examples per intent: see bench/README.md.
 */
#ifndef ENGINE_NLU_H
#define ENGINE_NLU_H

#include "engine/words.h"

#define NLU_GUESSES_MAX ((size_t)3)
#define NLU_INTENTS_MAX ((size_t)4096)
#define NLU_ARENA_BYTES ((size_t)48 * 1024)

struct nlu;

struct nlu_example {
    size_t intent;
    str text, language;
};

/* Examples of intents 0 … intent_count - 1; names may be NULL, language is that of the names. */
struct nlu_lesson {
    const struct nlu_example *examples;
    size_t count, intent_count;
    const str *names;
    str language;
};

struct nlu_result {
    size_t intent[NLU_GUESSES_MAX]; /* best first */
    float ratio[NLU_GUESSES_MAX];   /* probability that it is meant, if anything is that the bot knows; calibrated */
    size_t guess_count;
    bool is_known;                  /* in scope */
    float scope_score;              /* above 0: in scope; about one standard deviation of the examples per 1 */
    float margin, near_ratio, coverage_ratio; /* what the scope is made of: nlu_scope.h */
};

/* nlu_make - trains on all examples. Errs: ERR_INPUT  no intent or no example    ERR_LIMIT    ERR_MEMORY.
 * Cost: 600 examples of 30 intents 0.05 s, 15,000 of 150 three seconds on one core: see bench/README.md. */
enum err nlu_make(const struct nlu_lesson *lesson, struct nlu **out) MUST_CHECK;
void nlu_free(struct nlu **nlu);
/* nlu_find - Errs: ERR_LIMIT  arena full; NLU_ARENA_BYTES and 12 bytes per intent are enough. Cost: linear in the text. */
enum err nlu_find(const struct nlu *nlu, struct arena *arena, const struct words *words, struct nlu_result *out) MUST_CHECK;
/* nlu_bytes - memory that the model takes. */
size_t nlu_bytes(const struct nlu *nlu);

#endif
