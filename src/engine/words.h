/* words.h - text as the engine sees it: folded words and their stems, in any script. */
#ifndef ENGINE_WORDS_H
#define ENGINE_WORDS_H

#include "base/arena.h"

#define WORDS_MAX ((size_t)512)
#define WORDS_LETTERS_MAX ((size_t)48) /* bytes of a word that are read for its stem and its letter features */

struct words {
    str folded;     /* lower case, words with single blanks between and one at each end */
    size_t count;
    str *word;      /* views into folded */
    str *bare;      /* without accents; a blank stands before and behind */
    str *stem;      /* without accents */
    bool *is_joined; /* follows its neighbour without a blank: Han, kana, Thai … (utf8_is_single) */
    uint8_t *elided; /* bytes before the last inner apostrophe: the l of l'article; 0 none */
};

/* words_take - at most WORDS_MAX words, the rest is not read. Words are runs of letters, digits and inner apostrophes, which
 * are left out ("what's" is "whats"); a letter of a script without blanks is a word of its own; invisible characters are
 * no characters. language is ISO 639-1; an unknown one has stems = words.
 *
 * Errs: ERR_LIMIT  arena full
 * Cost: linear; ASCII text costs no Unicode look-up
 * From: UAX 15 (NFKC), UAX 29 in outline; Snowball.
 */
enum err words_take(struct arena *arena, str text, str language, struct words *out) MUST_CHECK;
/* words_fold - a text as lower case words with single blanks between. Errs: ERR_LIMIT. */
enum err words_fold(struct arena *arena, str text, str *out) MUST_CHECK;
/* words_forget - at the end of a turn: a stemmer keeps the last word that it was given; now it keeps none. Of this thread. */
void words_forget(void);
/* words_has - a phrase of folded words stands in the text, at word borders. */
bool words_has(const struct words *words, str phrase);
/* words_is_common - of the language's minimal list of words that carry no meaning in search. */
bool words_is_common(str word, str language);
/* words_stem - the stem of one folded word, at most size_bytes long, without accents. */
str words_stem(str word, str language, char *at, size_t size_bytes);
/* words_stem_at - the same for word i, without an article that is elided before it. */
str words_stem_at(const struct words *words, size_t i, str language, char *at, size_t size_bytes);

#endif
