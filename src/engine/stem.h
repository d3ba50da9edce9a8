/* stem.h - Snowball stemmers of one language, lent to threads. */
#ifndef ENGINE_STEM_H
#define ENGINE_STEM_H

#include "base/str.h"

struct stem;
struct stem_loan;

/* stem_make - for a language tag ("en", "de"); a language without a Snowball algorithm stems nothing. Errs: ERR_MEMORY. */
enum err stem_make(str language, struct stem **out) MUST_CHECK;
void stem_free(struct stem **stem);
/* stem_take - one stemmer for this thread alone until stem_release; waits for none: NULL when all are lent, and then words
 * stay as they are. */
struct stem_loan *stem_take(const struct stem *stem);
void stem_release(struct stem_loan **loan);
/* stem_get - the stem of a folded word; good until the next call with this loan. A NULL loan gives the word back. */
str stem_get(struct stem_loan *loan, str word);

#endif
