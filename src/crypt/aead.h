/* aead.h - AES-256-GCM with a 96-bit nonce and a 128-bit tag (NIST SP 800-38D). */
#ifndef CRYPT_AEAD_H
#define CRYPT_AEAD_H

#include "base/err.h"
#include "base/str.h"

#define AEAD_KEY_BYTES ((size_t)32)
#define AEAD_NONCE_BYTES ((size_t)12)
#define AEAD_TAG_BYTES ((size_t)16)

/* aead_init - loads what libcrypto loads at first use (its configuration, its provider): before a process locks itself in. */
enum err aead_init(void) MUST_CHECK;
/* aead_seal - writes plain.len + AEAD_TAG_BYTES to out, which may be plain.at itself.
 * A nonce is used once per key, which the caller sees to. Errs: ERR_MEMORY, ERR_BUG from libcrypto. */
enum err aead_seal(const unsigned char key[32], const unsigned char nonce[12], str aad, str plain,
                   unsigned char *out) MUST_CHECK;
/* aead_open - writes sealed.len - AEAD_TAG_BYTES to out. Errs: ERR_INPUT when the tag does not fit; out is then zeroed. */
enum err aead_open(const unsigned char key[32], const unsigned char nonce[12], str aad, str sealed,
                   unsigned char *out) MUST_CHECK;

#endif
