/* lexicon.h - words by number: each text once, numbered from 0 in the order of their coming. */
#ifndef ENGINE_LEXICON_H
#define ENGINE_LEXICON_H

#include "base/str.h"

#define LEXICON_NONE UINT32_MAX

struct lexicon;

enum err lexicon_make(struct lexicon **out) MUST_CHECK;
void lexicon_free(struct lexicon **lexicon);
/* lexicon_add - the word's number, a new one when it is new. Errs: ERR_LIMIT  256 MB of text, ERR_MEMORY. */
enum err lexicon_add(struct lexicon *lexicon, str word, uint32_t *out) MUST_CHECK;
uint32_t lexicon_find(const struct lexicon *lexicon, str word);
/* lexicon_get - good until the next lexicon_add. */
str lexicon_get(const struct lexicon *lexicon, uint32_t number);
size_t lexicon_count(const struct lexicon *lexicon);
size_t lexicon_bytes(const struct lexicon *lexicon);

#endif
