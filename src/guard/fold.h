/* fold.h - text as a machine compares it, every byte of it knowing where it came from.
 *
 * Full-width and styled letters, digits of every script, dashes, blanks and quotes become ASCII; accents go; zero-width, bidi and
 * tag characters vanish; letters of other alphabets become lower case; Greek and Cyrillic look-alikes become Latin inside words
 * that mix alphabets. Case of ASCII letters stays.
 */
#ifndef GUARD_FOLD_H
#define GUARD_FOLD_H

#include "base/arena.h"

struct fold {
    const char *at;         /* the folded bytes; not longer than the text */
    size_t len;
    const uint32_t *origin; /* len + 1 entries: where in the text each byte begins; NULL: the text is plain, every byte itself */
    bool has_hidden;        /* something invisible was taken out */
};

/* fold_take - Cost: one pass; plain ASCII is not copied. `text` may hold any bytes. Errs: ERR_LIMIT arena full. */
enum err fold_take(struct arena *arena, str text, struct fold *out) MUST_CHECK;
/* fold_start, fold_end - the bytes of the text that the folded bytes [from, to) came from. Needs from < to. */
size_t fold_start(const struct fold *fold, size_t from);
size_t fold_end(const struct fold *fold, str text, size_t to);
/* fold_write - folds and lower-cases into `out`, at most `size` bytes; returns how many. For words of tables. */
size_t fold_write(str text, char *out, size_t size);

#endif
