/* hkdf.h - HKDF and HMAC with SHA-256 (RFC 5869, RFC 2104). */
#ifndef CRYPT_HKDF_H
#define CRYPT_HKDF_H

#include "base/err.h"
#include "base/str.h"

#define HKDF_HASH_BYTES ((size_t)32)
#define HKDF_INFO_MAX ((size_t)8)

/* hkdf_hash - SHA-256 of the pieces joined. */
void hkdf_hash(const str *pieces, size_t piece_count, unsigned char out[32]);
/* The same in steps, where the number of pieces is not known before: init, add …, done. One at a time in a thread. */
struct hkdf_digest {
    void *context;
};
void hkdf_digest_init(struct hkdf_digest *digest);
void hkdf_digest_add(struct hkdf_digest *digest, str piece);
void hkdf_digest_done(struct hkdf_digest *digest, unsigned char out[32]);
/* hkdf_mac - HMAC-SHA256(key, pieces joined). */
void hkdf_mac(str key, const str *pieces, size_t piece_count, unsigned char out[32]);
/* hkdf_extract - HKDF-Extract(salt, ikm). */
void hkdf_extract(str salt, str ikm, unsigned char out[32]);
/* hkdf_expand - HKDF-Expand(prk, info pieces joined, out_len); out_len must be at most 255 * 32, info_count at most HKDF_INFO_MAX. */
void hkdf_expand(str prk, const str *info, size_t info_count, unsigned char *out, size_t out_len);

/* Number of elements, for the pieces above: hkdf_hash(P(a, b), out). */
#define HKDF_PIECES(...)                                                                           \
    (const str[]){__VA_ARGS__}, sizeof((const str[]){__VA_ARGS__}) / sizeof(str)

#endif
