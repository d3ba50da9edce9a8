/* pii.h - finds personal data in what a person wrote.
 *
 * A message that holds nothing costs one pass over its bytes. Else it is folded (fold.h), cut into words, and each extractor offers
 * what it finds; the words around, the question that the bot asked just before and the country decide; overlaps are settled the
 * same way every time. Everything is taken from the caller's arena. Matching is linear in the message, whatever it holds.
 */
#ifndef GUARD_PII_H
#define GUARD_PII_H

#include "base/arena.h"
#include "guard/pii_type.h"

#define PII_TEXT_MAX ((size_t)1 << 20)
#define PII_SCORE_MIN 50 /* what is less sure is not reported */
#define PII_TAIL_MAX 19

struct pii; /* the tables: made once, const from then on, shared by threads */

/* Digits that ended the visitor's last messages: a card number that is sent in pieces. Carried by the caller from turn to turn. */
struct pii_tail {
    char digits[PII_TAIL_MAX];
    uint8_t len, age; /* messages since */
};

struct pii_input {
    str text;
    str asked;        /* what the bot asked just before, or empty */
    char country[2];  /* ISO 3166, upper case, or zeros */
    /* One bit per type of those wanted, NULL: all. */
    const uint8_t *types;
    struct pii_tail *tail; /* NULL: messages stand alone */
};

struct pii_span {
    uint32_t start, end; /* bytes of the text */
    uint16_t type;
    uint8_t score; /* 0..100 */
    /* The same for every way to write it: digits without blanks, lower case. In the arena. */
    str canonical;
};

struct pii_spans {
    struct pii_span *span; /* in order, without overlap */
    size_t count;
    bool has_hidden; /* invisible characters stood in the text */
};

/* pii_make - Errs: ERR_MEMORY. Cost: some milliseconds. */
enum err pii_make(struct pii **out) MUST_CHECK;
void pii_free(struct pii **pii);
/* pii_find - Errs: ERR_LIMIT text over PII_TEXT_MAX or arena full; then nothing may go on as if it were clean.
 * Cost: text.len * 24 bytes of arena and some kilobytes, none of it for a text that holds nothing.
 * Never: keeps, logs or sends anything. */
enum err pii_find(const struct pii *pii, struct arena *arena, const struct pii_input *input, struct pii_spans *out) MUST_CHECK;
/* pii_is_wanted - a type in a set like pii_input.types; pii_want adds it. */
bool pii_is_wanted(const uint8_t *types, unsigned type);
void pii_want(uint8_t *types, unsigned type);
#define PII_TYPES_BYTES ((size_t)64)

#endif
