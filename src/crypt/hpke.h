/* hpke.h - RFC 9180 in modes base and psk, suite DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
 *
 * A context seals or opens one message (sequence number 0) and exports secrets; Privet needs no more.
 */
#ifndef CRYPT_HPKE_H
#define CRYPT_HPKE_H

#include "base/err.h"
#include "base/str.h"

#define HPKE_ENC_BYTES ((size_t)32)
#define HPKE_KEY_BYTES ((size_t)32)

/* What both sides hold after the key schedule. Wipe it with hpke_wipe. */
struct hpke {
    unsigned char key[32];
    unsigned char nonce[12];
    unsigned char exporter[32];
};

/* A pre-shared key and its name; both empty in mode base. */
struct hpke_psk {
    str key;
    str id;
};

/* hpke_send - SetupBaseS or SetupPSKS: draws an ephemeral key from rand_bytes (its 32 bytes are the private key).
 * Out: enc, to be sent; out. Errs: ERR_INPUT when the receiver's key is of small order. */
enum err hpke_send(const unsigned char receiver[32], str info, struct hpke_psk psk, unsigned char enc[32],
                   struct hpke *out) MUST_CHECK;
/* hpke_receive - SetupBaseR or SetupPSKR. Errs: ERR_INPUT when enc is of small order. */
enum err hpke_receive(const unsigned char secret[32], const unsigned char enc[32], str info, struct hpke_psk psk,
                      struct hpke *out) MUST_CHECK;
enum err hpke_seal(const struct hpke *hpke, str aad, str plain, unsigned char *out) MUST_CHECK; /* plain.len + 16 bytes */
enum err hpke_open(const struct hpke *hpke, str aad, str sealed, unsigned char *out) MUST_CHECK; /* sealed.len - 16 */
/* hpke_export - Context.Export(label, out_len), out_len at most 255 * 32. */
void hpke_export(const struct hpke *hpke, str label, unsigned char *out, size_t out_len);
void hpke_wipe(struct hpke *hpke);
/* hpke_key_is_good - an X25519 public key that is not of small order: its shared point is never all zero. */
bool hpke_key_is_good(const unsigned char public[32]);
/* hpke_pair - a fresh X25519 pair from rand_bytes. */
void hpke_pair(unsigned char secret[32], unsigned char public[32]);

#endif
