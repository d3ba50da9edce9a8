/* output.h - what a reply may hold, whoever wrote it: a script, a table, a model.
 *
 * It asks for no secret and for nothing that no field declares; it links to hosts of a list and to own paths; its images are own paths; it
 * is the tree that the widget draws (tree.h); no canary is in it, in any of the usual disguises; and every personal value in it comes from
 * its sources: the visitor's own words and values, and what the author published.
 */
#ifndef GUARD_OUTPUT_H
#define GUARD_OUTPUT_H

#include "guard/request.h"

#include "base/buf.h"

#define OUTPUT_CANARY_BYTES ((size_t)8) /* letters and digits that a canary has at least */
#define OUTPUT_NEEDLES 7                /* as it is, reversed, rot13, hex, base64 at each of three places */

struct output_canary {
    str needle[OUTPUT_NEEDLES]; /* squeezed */
};

/* Of one bot, const while it serves. */
struct output_rules {
    const struct pii *pii;
    const struct request *request;
    uint8_t may_ask[PII_TYPES_BYTES];
    const str *hosts; /* lower case; "*.shop.example" is every name below shop.example */
    size_t host_count;
    const struct output_canary *canaries;
    size_t canary_count;
};

enum output_kind {
    OUTPUT_GOOD,
    OUTPUT_MARKUP,       /* not the tree */
    OUTPUT_ASKS_SECRET,  /* a password, card number, one-time code … */
    OUTPUT_ASKS_MORE,    /* what no field declares */
    OUTPUT_LINK, OUTPUT_IMAGE, /* to or from elsewhere */
    OUTPUT_CANARY,
    OUTPUT_VALUE         /* a personal value that none of its sources has */
};

/* output_check - In: json     MESSAGE in a list, as reply_write gives it, pseudonyms still in it
 *                    sources  texts that its values may come from
 *                    scratch  a buffer of the caller's
 * Out: *out  the first thing that must not be; what it was is in no error and no log.
 * Errs: ERR_LIMIT arena full, ERR_MEMORY: then the reply must not go out either.
 * Cost: a pass over the texts; the detector only where digits, an @, a web address or a long token stand. */
struct output_input {
    str json;
    const str *sources;
    size_t source_count;
    struct buf *scratch;
};
enum err output_check(const struct output_rules *rules, struct arena *arena, const struct output_input *input, enum output_kind *out) MUST_CHECK;
/* output_kind_name - for the log: "asks_secret", … */
const char *output_kind_name(enum output_kind kind);
/* output_link_is_allowed - an own path, mailto, tel, or http and https to a host of the list. */
bool output_link_is_allowed(const struct output_rules *rules, str href);
/* output_link_host - of http and https, without user, port and a dot at its end; empty when there is none, or it is doubtful. */
str output_link_host(str href);
/* output_canary_make - Errs: ERR_INPUT too short; ERR_LIMIT. All in the arena. */
enum err output_canary_make(struct arena *arena, str canary, struct output_canary *out) MUST_CHECK;

#endif
