/* RFC 9180, section 4 and 5, on libsodium's X25519. It never goes on from an all-zero shared point, and wipes every
 * intermediate secret. */
#include "crypt/hpke.h"

#include "base/rand.h"
#include "crypt/aead.h"
#include "crypt/hkdf.h"

#include <sodium.h>
#include <string.h>

/* suite_id of the KEM is "KEM" ‖ 0x0020; of HPKE "HPKE" ‖ 0x0020 ‖ 0x0001 ‖ 0x0002. */
#define HPKE_KEM_SUITE ((str){"KEM\x00\x20", 5})
#define HPKE_SUITE ((str){"HPKE\x00\x20\x00\x01\x00\x02", 10})
#define HPKE_VERSION STR("HPKE-v1")

/* LabeledExtract(salt, label, ikm). */
static void
hpke_extract(str suite, str salt, str label, str ikm, unsigned char out[32])
{
    hkdf_mac(salt, HKDF_PIECES(HPKE_VERSION, suite, label, ikm), out);
}

/* LabeledExpand(prk, label, info, len); info is at most two pieces. */
static void
hpke_expand(const unsigned char prk[32], str suite, const str piece[3], unsigned char *out, size_t out_len)
{
    char length[2] = {(char)(out_len >> 8), (char)out_len};
    hkdf_expand(str_bytes(prk, 32), HKDF_PIECES(str_bytes(length, 2), HPKE_VERSION, suite, piece[0], piece[1], piece[2]),
                out, out_len);
}

/* DHKEM's ExtractAndExpand(dh, kem_context), kem_context = enc ‖ receiver's public key. */
static enum err
hpke_shared(const unsigned char secret[32], const unsigned char point[32], const unsigned char enc[32],
            const unsigned char receiver[32], unsigned char out[32])
{
    unsigned char dh[32], prk[32];

    /* libsodium answers -1 when the output is all zero (RFC 9180, section 7.1.4). */
    if (crypto_scalarmult_curve25519(dh, secret, point) != 0) {
        sodium_memzero(dh, sizeof dh);
        return err_raise(ERR_INPUT, "hpke: public key of small order");
    }
    hpke_extract(HPKE_KEM_SUITE, (str){"", 0}, STR("eae_prk"), str_bytes(dh, 32), prk);
    hpke_expand(prk, HPKE_KEM_SUITE, (const str[3]){STR("shared_secret"), str_bytes(enc, 32), str_bytes(receiver, 32)},
                out, 32);
    sodium_memzero(dh, sizeof dh);
    sodium_memzero(prk, sizeof prk);
    return ERR_NONE;
}

/* RFC 9180, section 5.1: KeySchedule(mode, shared_secret, info, psk, psk_id). */
static void
hpke_schedule(const unsigned char shared[32], str info, struct hpke_psk psk, struct hpke *out)
{
    unsigned char context[1 + 32 + 32] = {0}, secret[32];
    str all = str_bytes(context, sizeof context);

    /* Section 5.1, VerifyPSKInputs. */
    must((psk.key.len > 0) == (psk.id.len > 0));
    context[0] = psk.key.len > 0 ? 0x01 : 0x00;
    hpke_extract(HPKE_SUITE, (str){"", 0}, STR("psk_id_hash"), psk.id, context + 1);
    hpke_extract(HPKE_SUITE, (str){"", 0}, STR("info_hash"), info, context + 33);
    hpke_extract(HPKE_SUITE, str_bytes(shared, 32), STR("secret"), psk.key, secret);
    hpke_expand(secret, HPKE_SUITE, (const str[3]){STR("key"), all, {"", 0}}, out->key, sizeof out->key);
    hpke_expand(secret, HPKE_SUITE, (const str[3]){STR("base_nonce"), all, {"", 0}}, out->nonce, sizeof out->nonce);
    hpke_expand(secret, HPKE_SUITE, (const str[3]){STR("exp"), all, {"", 0}}, out->exporter, sizeof out->exporter);
    sodium_memzero(secret, sizeof secret);
}

enum err
hpke_send(const unsigned char receiver[32], str info, struct hpke_psk psk, unsigned char enc[32], struct hpke *out)
{
    unsigned char secret[32], public[32], shared[32];

    hpke_pair(secret, public);
    enum err err = hpke_shared(secret, receiver, public, receiver, shared);
    sodium_memzero(secret, sizeof secret);
    TRY(err);
    hpke_schedule(shared, info, psk, out);
    memcpy(enc, public, 32);
    sodium_memzero(shared, sizeof shared);
    return ERR_NONE;
}

enum err
hpke_receive(const unsigned char secret[32], const unsigned char enc[32], str info, struct hpke_psk psk, struct hpke *out)
{
    unsigned char receiver[32], shared[32];

    crypto_scalarmult_curve25519_base(receiver, secret);
    TRY(hpke_shared(secret, enc, enc, receiver, shared));
    hpke_schedule(shared, info, psk, out);
    sodium_memzero(shared, sizeof shared);
    return ERR_NONE;
}

enum err
hpke_seal(const struct hpke *hpke, str aad, str plain, unsigned char *out)
{
    return aead_seal(hpke->key, hpke->nonce, aad, plain, out);
}

enum err
hpke_open(const struct hpke *hpke, str aad, str sealed, unsigned char *out)
{
    return aead_open(hpke->key, hpke->nonce, aad, sealed, out);
}

void
hpke_export(const struct hpke *hpke, str label, unsigned char *out, size_t out_len)
{
    hpke_expand(hpke->exporter, HPKE_SUITE, (const str[3]){STR("sec"), label, {"", 0}}, out, out_len);
}

void
hpke_wipe(struct hpke *hpke)
{
    sodium_memzero(hpke, sizeof *hpke);
}

bool
hpke_key_is_good(const unsigned char public[32])
{
    /* Every clamped scalar is a multiple of 8, so that one answers for all of them. */
    static const unsigned char scalar[32] = {8};
    unsigned char point[32];
    return crypto_scalarmult_curve25519(point, scalar, public) == 0;
}

void
hpke_pair(unsigned char secret[32], unsigned char public[32])
{
    rand_bytes(secret, 32);
    crypto_scalarmult_curve25519_base(public, secret);
}
