/* spell.h - which known words are one or two typing errors away, and into which known words does a joined one fall?
 *
 * Every known word is entered under itself and under each form that lacks one letter; a question is looked up under itself and
 * under its forms that lack one or two. What meets there is measured. So the cost depends on the word asked for, not on how many
 * are known. Of two errors in one word those are not found that both lie in letters which the known word has and the other lacks or
 * changes.
 *
 * From: Mor and Fraenkel 1982 (deletion neighbourhoods).
 */
#ifndef ENGINE_SPELL_H
#define ENGINE_SPELL_H

#include "base/arena.h"
#include "base/str.h"

#define SPELL_HITS_MAX ((size_t)3)
#define SPELL_LETTERS_MIN ((size_t)4) /* shorter words have no neighbours */
#define SPELL_LETTERS_MAX ((size_t)24)
#define SPELL_PIECES_MAX ((size_t)6)

struct spell;

struct spell_hit {
    uint32_t word;
    unsigned distance;
};

/* spell_make - words are numbered as given, each once, the better ones first; their texts are borrowed. Errs: ERR_MEMORY. */
enum err spell_make(const str *words, size_t count, struct spell **out) MUST_CHECK;
void spell_free(struct spell **spell);
/* spell_find_exact - the word's number, or UINT32_MAX. */
uint32_t spell_find_exact(const struct spell *spell, str word);
/* spell_find - nearest first, at most SPELL_HITS_MAX; within 1 error up to 5 letters, else 2. The word itself is no neighbour. */
size_t spell_find(const struct spell *spell, str word, struct spell_hit hits[SPELL_HITS_MAX]);
/* spell_split - a word of 6 letters or more as two to six known ones, the fewest; 0 when it can't be. */
size_t spell_split(const struct spell *spell, str word, uint32_t pieces[SPELL_PIECES_MAX]);
size_t spell_bytes(const struct spell *spell);

#endif
