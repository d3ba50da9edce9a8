/* record.h - sealed requests and replies (protocol/channel.md, section 4).
 *
 *   length(4) ‖ type(1) ‖ sid(16) ‖ turn(4) ‖ idx(4) ‖ ct         length counts from type; the 25 bytes before ct are the AAD
 */
#ifndef CHANNEL_RECORD_H
#define CHANNEL_RECORD_H

#include "base/arena.h"
#include "channel/refusal.h"
#include "channel/session.h"

#define RECORD_HEAD_BYTES ((size_t)25)
#define RECORD_REQUEST_PART 0x10u
#define RECORD_REQUEST_LAST 0x11u
#define RECORD_REPLY_CHUNK 0x20u
#define RECORD_REPLY_FINAL 0x21u

/* record_session_id - the session that a request body names. ERR_INPUT when it is too short for one record. */
enum err record_session_id(str body, unsigned char id[16]) MUST_CHECK;

/* record_open - opens a request of the session's next turn.
 * Out: words in the arena, of which it takes body.len bytes; request_hash = SHA-256 of the records joined, without their lengths,
 *      which binds the reply.
 *      *cached the stored reply when the same bytes came again within 60 s; words is then untouched.
 * On refusal *why is set, ERR_INPUT comes back, and a record that failed has ended the session.
 * Cost: one AES-GCM pass, three HMACs. */
struct record_request {
    said words;
    unsigned char request_hash[32];
    str cached;
};
enum err record_open(struct session *session, struct arena *arena, str body, struct record_request *out,
                     enum refusal *why) MUST_CHECK;
/* record_reply - seals the reply, steps the ratchet, caches the bytes in session->last_reply, of which *out is a view.
 * Errs: ERR_LIMIT, ERR_MEMORY: the session is then ended, since the visitor can't be answered. */
enum err record_reply(struct session *session, const unsigned char request_hash[32], str reply, str *out) MUST_CHECK;
/* record_words - the one door from what a person sent to bytes: the JSON of section 7. Only chat/ask parses it. */
str record_words(said words);

/* The visitor's side, for tests, bench and Privet's own probes. */
enum err record_request_seal(struct session *session, str request, unsigned char request_hash[32], struct buf *out) MUST_CHECK;
/* record_step - the ratchet alone, as if the reply had come. */
void record_step(struct session *session);
enum err record_reply_open(struct session *session, const unsigned char request_hash[32], str body, struct buf *reply) MUST_CHECK;

#endif
