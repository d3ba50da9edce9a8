/* language.h - which of a bot's languages does a text show? Learned from the author's own texts and a list of small words for the
 * seven languages that the engine speaks, by naive Bayes over words and their letters. */
#ifndef ENGINE_LANGUAGE_H
#define ENGINE_LANGUAGE_H

#include "engine/words.h"

#define LANGUAGE_MAX ((size_t)16)
#define LANGUAGE_UNSURE SIZE_MAX

struct language;

/* language_make - tags of the bot's languages; texts are added before the first question. Errs: ERR_LIMIT more than
 * LANGUAGE_MAX, ERR_MEMORY. */
enum err language_make(const str *tags, size_t count, struct language **out) MUST_CHECK;
void language_free(struct language **language);
/* language_add - the author wrote this text in language `which`. Errs: ERR_LIMIT, ERR_MEMORY. */
enum err language_add(struct language *language, size_t which, const struct words *words) MUST_CHECK;
/* language_seal - ends the adding. */
void language_seal(struct language *language);
/* language_find - index of the language, or LANGUAGE_UNSURE: for a name, a number, a word that two languages share. `expected` is the
 * language of the page or of what was said before, or LANGUAGE_UNSURE: a few words must speak clearly against it. */
size_t language_find(const struct language *language, const struct words *words, size_t expected);

#endif
