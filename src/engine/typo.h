/* typo.h - how far apart are two words? */
#ifndef ENGINE_TYPO_H
#define ENGINE_TYPO_H

#include "base/str.h"

#define TYPO_LETTERS_MAX ((size_t)32)

/* typo_distance - insertions, deletions, changes and swaps of neighbours between two folded words, or max + 1 when there are
 * more than max or a word has more than TYPO_LETTERS_MAX letters. From: Damerau 1964, the optimal string alignment form. */
unsigned typo_distance(str a, str b, unsigned max);
/* typo_mask - one bit per kind of letter: words whose masks differ in more than 2 * max bits are more than max apart. */
uint32_t typo_mask(str word);

#endif
