/* Ed25519 on libsodium. It never verifies under a key of small order, and wipes the expanded key after each signature. */
#include "crypt/sign.h"

#include <sodium.h>
#include <string.h>

void
sign_seed_set(struct secret *seed, const unsigned char bytes[32])
{
    must(secret_size_bytes(seed) == SIGN_SEED_BYTES);
    memcpy(secret_bytes(seed), bytes, 32);
}

void
sign_public(struct secret *seed, unsigned char public[32])
{
    unsigned char expanded[crypto_sign_SECRETKEYBYTES];

    must(secret_size_bytes(seed) == SIGN_SEED_BYTES);
    crypto_sign_seed_keypair(public, expanded, secret_bytes(seed));
    sodium_memzero(expanded, sizeof expanded);
}

void
sign_make(struct secret *seed, str text, unsigned char signature[64])
{
    unsigned char expanded[crypto_sign_SECRETKEYBYTES], public[32];

    must(secret_size_bytes(seed) == SIGN_SEED_BYTES);
    crypto_sign_seed_keypair(public, expanded, secret_bytes(seed));
    crypto_sign_detached(signature, NULL, (const unsigned char *)text.at, text.len, expanded);
    sodium_memzero(expanded, sizeof expanded);
}

bool
sign_key_is_good(const unsigned char public[32])
{
    return crypto_core_ed25519_is_valid_point(public) == 1;
}

enum err
sign_check(const unsigned char public[32], str text, const unsigned char signature[64])
{
    if (!sign_key_is_good(public))
        return err_raise(ERR_DENIED, "sign: the public key is not a point of the main subgroup");
    if (crypto_sign_verify_detached(signature, (const unsigned char *)text.at, text.len, public) != 0)
        return err_raise(ERR_DENIED, "sign: the signature does not fit");
    return ERR_NONE;
}
