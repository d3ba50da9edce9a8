/* visitor.h - the visitor's side of the channel in C: for tests, `privet bench` and Privet's own probes of itself.
 *
 * Browsers run web/channel. This one holds keys in plain memory and is never part of the server's path.
 */
#ifndef CHANNEL_VISITOR_H
#define CHANNEL_VISITOR_H

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
};

/* visitor_init - fresh DS and AHK. */
enum err visitor_init(struct visitor *visitor) MUST_CHECK;
void visitor_done(struct visitor *visitor);
/* visitor_open - checks the notes as a widget does and writes M1 to visitor->m1.
 * Errs: those of identity_open and keynote_open; ERR_DENIED when the origin is not in the identity note. */
struct visitor_notes {
    str root, identity, keys;
    uint64_t now_s;
};
enum err visitor_open(struct visitor *visitor, const struct visitor_notes *notes, str origin) MUST_CHECK;
/* visitor_seal_m1 - the inner half: M1 for a key note whose checks are done. */
enum err visitor_seal_m1(struct visitor *visitor, const struct keynote_key *key, str keys_note, str origin) MUST_CHECK;
/* visitor_accept - reads M2. Errs: ERR_INPUT. */
enum err visitor_accept(struct visitor *visitor, str m2) MUST_CHECK;
/* visitor_proof - signs th with DS. */
void visitor_proof(struct visitor *visitor, unsigned char signature[64]);
/* visitor_request, visitor_reply - one turn. */
enum err visitor_request(struct visitor *visitor, str request, struct buf *out) MUST_CHECK;
enum err visitor_reply(struct visitor *visitor, str body, struct buf *reply) MUST_CHECK;

#endif
