/* nlu.h - intents by a linear model over words and characters, trained when the bot is loaded.
 *
 * Features: stems and their bigrams; character 2- to 5-grams of each word padded with a blank. Weight (1 + ln tf) · idf^0.5,
 * L2 norm per block, hashed with a keyed hash. One-against-rest L2-regularised squared-hinge SVM, C = 1 (liblinear).
 * From: Rennie et al. 2003 (weights); Fan et al. 2008 (liblinear).
 */
#ifndef ENGINE_NLU_H
#define ENGINE_NLU_H

#include "engine/words.h"

struct nlu;

struct nlu_example {
    size_t intent;
    str text, language;
};

struct nlu_result {
    size_t intent, second;
    float score, second_score; /* margins; above 0 the model says yes */
    float known_ratio;         /* share of the words that some example has */
};

/* nlu_make - trains on all examples; intents are numbered 0 … intent_count - 1 and number at least 2.
 * Cost: 40 intents of 20 examples: see bench. Errs: ERR_INPUT, ERR_MEMORY. */
enum err nlu_make(const struct nlu_example *examples, size_t count, size_t intent_count, struct nlu **out) MUST_CHECK;
void nlu_free(struct nlu **nlu);
enum err nlu_find(const struct nlu *nlu, struct arena *arena, const struct words *words, struct nlu_result *out) MUST_CHECK;

#endif
