/* words.h - text as the engine sees it: folded words and their stems. */
#ifndef ENGINE_WORDS_H
#define ENGINE_WORDS_H

#include "base/arena.h"

#define WORDS_MAX ((size_t)512)

struct words {
    str folded;     /* lower case, words with single blanks between and one at each end */
    size_t count;
    str *word;      /* views into folded */
    str *stem;
};

/* words_take - at most WORDS_MAX words, the rest is not read. language is ISO 639-1; an unknown one has stems = words.
 * Errs: ERR_LIMIT. */
enum err words_take(struct arena *arena, str text, str language, struct words *out) MUST_CHECK;
/* words_has - a phrase of folded words stands in the text, at word borders. */
bool words_has(const struct words *words, str phrase);
/* words_is_common - of the minimal list that carries no meaning in search. */
bool words_is_common(str word);

#endif
