/* sign.h - Ed25519 (RFC 8032) with the checks that outside keys need. */
#ifndef CRYPT_SIGN_H
#define CRYPT_SIGN_H

#include "base/secret.h"
#include "base/str.h"

#define SIGN_PUBLIC_BYTES ((size_t)32)
#define SIGN_SEED_BYTES ((size_t)32)
#define SIGN_BYTES ((size_t)64)

/* sign_seed_set - puts 32 bytes into a secret of 32; the caller wipes its copy. */
void sign_seed_set(struct secret *seed, const unsigned char bytes[32]);
/* sign_public - the public key of a 32-byte seed. */
void sign_public(struct secret *seed, unsigned char public[32]);
/* sign_make - signs `text` with a 32-byte seed. */
void sign_make(struct secret *seed, str text, unsigned char signature[64]);
/* sign_key_is_good - a canonical point of the main subgroup: on the curve, not of small order. Outside keys are asked this first. */
bool sign_key_is_good(const unsigned char public[32]);
/* sign_check - ERR_DENIED when the signature does not fit or the key is of small order or off the curve. */
enum err sign_check(const unsigned char public[32], str text, const unsigned char signature[64]) MUST_CHECK;

#endif
