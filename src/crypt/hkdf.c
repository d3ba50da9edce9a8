/* HKDF and HMAC on libsodium's SHA-256. It keeps no key: every intermediate value is wiped. */
#include "crypt/hkdf.h"

#include <sodium.h>
#include <string.h>

void
hkdf_digest_init(struct hkdf_digest *digest)
{
    crypto_hash_sha256_init(&digest->state);
}

void
hkdf_digest_add(struct hkdf_digest *digest, str piece)
{
    crypto_hash_sha256_update(&digest->state, (const unsigned char *)piece.at, piece.len);
}

void
hkdf_digest_done(struct hkdf_digest *digest, unsigned char out[32])
{
    crypto_hash_sha256_final(&digest->state, out);
    sodium_memzero(digest, sizeof *digest);
}

void
hkdf_hash(const str *pieces, size_t piece_count, unsigned char out[32])
{
    struct hkdf_digest digest;

    hkdf_digest_init(&digest);
    for (size_t i = 0; i < piece_count; i++)
        hkdf_digest_add(&digest, pieces[i]);
    hkdf_digest_done(&digest, out);
}

void
hkdf_mac(str key, const str *pieces, size_t piece_count, unsigned char out[32])
{
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, (const unsigned char *)key.at, key.len);
    for (size_t i = 0; i < piece_count; i++)
        crypto_auth_hmacsha256_update(&state, (const unsigned char *)pieces[i].at, pieces[i].len);
    crypto_auth_hmacsha256_final(&state, out);
    sodium_memzero(&state, sizeof state);
}

void
hkdf_extract(str salt, str ikm, unsigned char out[32])
{
    hkdf_mac(salt, &ikm, 1, out);
}

void
hkdf_expand(str prk, const str *info, size_t info_count, unsigned char *out, size_t out_len)
{
    unsigned char block[32];
    size_t done = 0;

    must(out_len <= 255 * HKDF_HASH_BYTES);
    /* RFC 5869, section 2.3: T(i) = HMAC(PRK, T(i-1) | info | i). */
    for (unsigned char i = 1; done < out_len; i++) {
        crypto_auth_hmacsha256_state state;
        crypto_auth_hmacsha256_init(&state, (const unsigned char *)prk.at, prk.len);
        if (i > 1)
            crypto_auth_hmacsha256_update(&state, block, sizeof block);
        for (size_t k = 0; k < info_count; k++)
            crypto_auth_hmacsha256_update(&state, (const unsigned char *)info[k].at, info[k].len);
        crypto_auth_hmacsha256_update(&state, &i, 1);
        crypto_auth_hmacsha256_final(&state, block);
        sodium_memzero(&state, sizeof state);
        size_t step = out_len - done < sizeof block ? out_len - done : sizeof block;
        memcpy(out + done, block, step);
        done += step;
    }
    sodium_memzero(block, sizeof block);
}
