/* handshake.h - core's half of the handshake: M2 and the traffic keys (protocol/channel.md, section 3). */
#ifndef CHANNEL_HANDSHAKE_H
#define CHANNEL_HANDSHAKE_H

#include "channel/session.h"

#define HANDSHAKE_M2_BYTES ((size_t)321)

/* What the visitor is told in M2. */
struct handshake_welcome {
    uint64_t time_ms;
    uint32_t request_bytes_max;
    uint32_t session_seconds;
    uint16_t retention_days;
    uint8_t policy;
    unsigned char notice_version[8];
};

/* handshake_accept - fills a new session's keys and writes M2. `opened` is wiped by the caller.
 * Errs: ERR_INPUT when c_pub is of small order. */
enum err handshake_accept(struct session *session, str m1, const struct vault_opened *opened,
                          const struct handshake_welcome *welcome, unsigned char m2[321]) MUST_CHECK;
/* handshake_welcome_parse - the visitor's side: what ct1 held. Errs: ERR_INPUT (length, padding, a policy bit that is not ours). */
enum err handshake_welcome_parse(const unsigned char plain[256], struct handshake_welcome *out) MUST_CHECK;
/* handshake_keys - ms, up0, dn0 from the context of M2 and both messages; both sides use it. */
struct hpke;
void handshake_keys(const struct hpke *hpke, str m1, str m2, struct session *session);
/* handshake_check_proof - Ed25519(DS, "privet/1 device" ‖ th). Errs: ERR_DENIED. */
enum err handshake_check_proof(const struct session *session, const unsigned char signature[64]) MUST_CHECK;

#endif
