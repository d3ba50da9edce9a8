/* number.h - national identity, tax, health and company numbers: one row per kind of number, with its law or standard.
 *
 * To add a country: one row in number_europe.c, number_america.c or number_world.c and one line in number_test.c. A row says what
 * the number looks like, which digit guards it, which words announce it, and where that is written down.
 */
#ifndef GUARD_NUMBER_H
#define GUARD_NUMBER_H

#include "base/str.h"

#define NUMBER_LENGTH_MAX ((size_t)22)

enum number_kind { NUMBER_ID, NUMBER_TAX, NUMBER_HEALTH, NUMBER_SOCIAL, NUMBER_BANK, NUMBER_COMPANY };

/* How much the number says by itself. */
enum number_strength {
    NUMBER_WEAK,   /* shape alone: its own words must stand near */
    NUMBER_GUARDED, /* has a check digit: any word of its kind must stand near */
    NUMBER_ALONE   /* fewer than one in 500 random runs of its length pass: it stands alone */
};

struct number_row {
    const char *country; /* ISO 3166 */
    const char *name;    /* the type is COUNTRY_NAME */
    /* # digit, @ letter, * either, others themselves; a count may follow: "@2#6@1". Alternatives are divided by |. Without blanks,
     * dots, dashes and slashes: those are taken out before. */
    const char *shape;
    const char *format; /* as people write it; a number written so counts as one rank stronger. NULL: no such form */
    const char *cues;   /* words that announce it, divided by | */
    const char *about;
    const char *source; /* law or standard */
    /* Weighted sum over all but the last place, repeated when shorter than the number, ended by NUMBER_END; letters count from
     * A = 10. The last character must be map[sum % strlen(map)]. NULL: no such sum. */
    const int8_t *weights;
    const char *map;
    /* What else must hold; NULL: nothing. `s` has upper case only. */
    bool (*check)(const char *s, size_t len);
    enum number_kind kind;
    enum number_strength strength;
};

#define NUMBER_END 127
#define NUMBER_WEIGHTS(...) ((const int8_t[]){__VA_ARGS__, NUMBER_END})

/* number_count, number_get - all rows, in a fixed order. */
size_t number_count(void);
const struct number_row *number_get(size_t i);
/* number_is_shaped - `s` (upper case, compact) has the row's shape. number_is_valid - and passes its checks. */
bool number_is_shaped(const struct number_row *row, str s);
bool number_is_valid(const struct number_row *row, str s);
/* number_is_summed - `s`, of the row's shape, passes its checks. */
bool number_is_summed(const struct number_row *row, str s);
/* number_is_formatted - `raw`, as written, has the row's format. */
bool number_is_formatted(const struct number_row *row, str raw);

#endif
