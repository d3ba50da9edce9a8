/* entity.h - what a text mentions: the author's entities and those that are built in, with their values in one form.
 *
 *   number        21, 3.5, -2                      ordinal   3
 *   money         EUR 12.50 (ISO 4217)             quantity  2.5 kg
 *   date          2026-03-20                       time      15:00
 *   datetime      2026-03-20T15:00                 duration  PT1H30M, P2W
 *   interval      2026-03-09/2026-03-15 (days: both belong to it), 2026-03-20T14:00/2026-03-20T16:00, 14:00/16:00, ../2026-03-20
 *   email, url    lower-case host                  phone     +492214710123 (E.164)
 *   order_number  PR-10042                         colour    red          size  XL, 42, 40 x 60 cm
 *
 * Times are those of the visitor's clock. An author's entity of the same name takes the place of the built-in one. A range of amounts is two of
 * them; a date and time is a date and a time as well, an amount of money or a measure a number.
 */
#ifndef ENGINE_ENTITY_H
#define ENGINE_ENTITY_H

#include "engine/entity_grammar.h"

enum entity_kind {
    ENTITY_NUMBER, ENTITY_ORDINAL, ENTITY_MONEY, ENTITY_QUANTITY, ENTITY_DATE, ENTITY_TIME, ENTITY_DATETIME, ENTITY_INTERVAL, ENTITY_DURATION,
    ENTITY_EMAIL, ENTITY_PHONE, ENTITY_URL, ENTITY_ORDER_NUMBER, ENTITY_COLOUR, ENTITY_SIZE, ENTITY_KINDS
};
#define ENTITY_VALUE_MAX ((size_t)200)
#define ENTITY_FINDS_MAX ((size_t)40)

struct entity_find {
    enum entity_kind kind;
    size_t from, len; /* bytes of the text */
    str value;
};

/* How a language and a visitor write. */
struct entity_ask {
    const struct entity_grammar *grammar;
    uint64_t now_ms;  /* since 1970, UTC */
    int zone_minutes; /* east of UTC */
    str tag;          /* of the visitor's language, "en-GB": says whether 3/4 is in March or in April, and how numbers are dialled */
    str country;      /* ISO 3166, when the tag does not say one; may be empty */
};

/* entity_kind_name - "number" and so on. */
str entity_kind_name(enum entity_kind kind);
/* entity_grammar_of - the grammar of a language, ISO 639-1; that of digits and signs for one that has none.
 * Errs: ERR_LIMIT, ERR_MEMORY; ERR_BUG a mistake in the tables. */
enum err entity_grammar_of(struct arena *arena, str language, struct entity_grammar **out) MUST_CHECK;
/* entity_find_all - built-in entities in the order of the text, at most ENTITY_FINDS_MAX; values lie in the arena. The tokens' words are
 * numbered and addresses blocked. Errs: ERR_LIMIT. Cost: linear; 10 µs for ten words. */
enum err entity_find_all(struct arena *arena, const struct entity_ask *ask, struct entity_tokens *tokens, struct entity_find *out,
                         size_t *count) MUST_CHECK;

#endif
