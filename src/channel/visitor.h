/* visitor.h - the visitor's side of the channel in C: for tests, `privet bench` and Privet's own probes of itself.
 *
 * Browsers run web/channel. This one holds keys in plain memory and is never part of the server's path.
 */
#ifndef CHANNEL_VISITOR_H
#define CHANNEL_VISITOR_H

#include "channel/handshake.h"
#include "channel/record.h"
#include "crypt/keynote.h"
#include "trust/identity.h"

struct visitor {
    struct secret *device;            /* DS, a seed */
    unsigned char history_secret[32]; /* AHK */
    unsigned char history[32];
    unsigned char client_secret[32]; /* c, for one handshake */
    unsigned char psk[32];
    unsigned char m1[571];
    struct session session; /* keys, turn */
    unsigned char request_hash[32];
    uint16_t flags; /* for M1 */
    struct handshake_welcome welcome; /* out of M2 */
};

/* visitor_init - fresh DS and AHK. */
enum err visitor_init(struct visitor *visitor) MUST_CHECK;
void visitor_done(struct visitor *visitor);
struct visitor_notes {
    str root, identity, keys;
    uint64_t now_s;
    uint64_t seen_identity, seen_keys; /* the highest serials seen before; 0 = none */
};
/* What checked notes say; views point into the notes. */
struct visitor_server {
    struct identity identity;
    struct keynote keys;
};
/* visitor_check - holds the notes against ROOT, clock, each other, what was seen before, and the embedding page's origin.
 * Errs: those of identity_open and keynote_open; ERR_DENIED when a serial went back or the origin is not in the identity note. */
enum err visitor_check(const struct visitor_notes *notes, str origin, struct visitor_server *out) MUST_CHECK;
/* visitor_open - visitor_check, then M1 to visitor->m1. */
enum err visitor_open(struct visitor *visitor, const struct visitor_notes *notes, str origin) MUST_CHECK;
/* visitor_seal_m1 - the inner half: M1 for a key note whose checks are done. */
enum err visitor_seal_m1(struct visitor *visitor, const struct keynote_key *key, str keys_note, str origin) MUST_CHECK;
/* visitor_accept - reads M2: welcome and a new session. Errs: ERR_INPUT. */
enum err visitor_accept(struct visitor *visitor, str m2) MUST_CHECK;
/* visitor_proof - signs th with DS. */
void visitor_proof(struct visitor *visitor, unsigned char signature[64]);
/* visitor_request, visitor_reply - one turn. */
enum err visitor_request(struct visitor *visitor, str request, struct buf *out) MUST_CHECK;
enum err visitor_reply(struct visitor *visitor, str body, struct buf *reply) MUST_CHECK;

/* visitor_step - goes on to the next turn without the reply, for requests that are sealed before they are sent. */
void visitor_step(struct visitor *visitor);

struct visitor_wrap {
    uint32_t from;
    unsigned char wrap[80];
};
struct visitor_row {
    uint32_t n;
    char author;
    unsigned char commit[32];
    str ct;
};
/* A stored conversation as `history` hands it over: all of it. */
struct visitor_history {
    unsigned char conversation[16], slot[32];
    uint32_t entries;
    const struct visitor_wrap *wraps; /* by `from`, rising */
    size_t wrap_count;
    const struct visitor_row *rows; /* by n, rising */
    size_t row_count;
};
/* visitor_read - opens a whole stored conversation and adds each text and a newline to `texts`.
 * Errs: ERR_INPUT when a row is missing, moved, doubled, changed or cut off, or no wrap of ours opens its chain. */
enum err visitor_read(const struct visitor *visitor, const struct visitor_history *history, struct buf *texts) MUST_CHECK;

#endif
