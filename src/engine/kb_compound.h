/* kb_compound.h - German and Dutch words that are made of others: Rückgabefrist is Rückgabe and Frist. */
#ifndef ENGINE_KB_COMPOUND_H
#define ENGINE_KB_COMPOUND_H

#include "engine/spell.h"

#define KB_PARTS_MAX ((size_t)4)

/* kb_compound_has - the language has such words. */
bool kb_compound_has(str language);
/* kb_compound_split - two to four known words of at least four letters, with s, es, n, en, er, e or - between them; the longest first
 * part wins. 0 when it can't be. */
size_t kb_compound_split(const struct spell *spell, str word, uint32_t parts[KB_PARTS_MAX]);

#endif
