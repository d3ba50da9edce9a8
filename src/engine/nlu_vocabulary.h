/* nlu_vocabulary.h - the words of a bot's examples: which are known, how much they say, and what a mistyped or joined one means. */
#ifndef ENGINE_NLU_VOCABULARY_H
#define ENGINE_NLU_VOCABULARY_H

#include "engine/spell.h"
#include "engine/words.h"

struct nlu_vocabulary;

/* nlu_vocabulary_make - an empty one, for examples to be added; nlu_vocabulary_seal ends that. Errs: ERR_MEMORY. */
enum err nlu_vocabulary_make(struct nlu_vocabulary **out) MUST_CHECK;
enum err nlu_vocabulary_add(struct nlu_vocabulary *vocabulary, const struct words *words) MUST_CHECK;
enum err nlu_vocabulary_seal(struct nlu_vocabulary *vocabulary) MUST_CHECK;
void nlu_vocabulary_free(struct nlu_vocabulary **vocabulary);
/* nlu_vocabulary_repair - the words with unknown ones replaced by what they most likely were meant to be; at most 16 are looked
 * into. *out lies in the arena or is the same words. Errs: ERR_LIMIT. */
enum err nlu_vocabulary_repair(const struct nlu_vocabulary *vocabulary, struct arena *arena, const struct words *words,
                               const struct words **out) MUST_CHECK;
/* nlu_vocabulary_coverage - share of the text's idf mass whose stems are known; `own` examples count as unknown: 1 for a text
 * that is an example itself. */
float nlu_vocabulary_coverage(const struct nlu_vocabulary *vocabulary, const struct words *words, uint32_t own);
size_t nlu_vocabulary_bytes(const struct nlu_vocabulary *vocabulary);

#endif
