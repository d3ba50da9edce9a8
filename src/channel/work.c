/* Proof of work by partial preimage (Back, "Hashcash", 2002). One block of SHA-256 a try, on both sides. A challenge is stateless: whoever
 * floods costs a MAC each. It never takes the same proof twice, and never more proofs than it can remember. */
#include "channel/work.h"

#include "base/err.h"
#include "base/rand.h"
#include "crypt/hkdf.h"

#include <sodium.h>
#include <string.h>

static void
work_tag(const struct work *work, str where, const unsigned char challenge[21], unsigned char tag[16])
{
    unsigned char mac[32];

    hkdf_mac(str_bytes(work->key, sizeof work->key), HKDF_PIECES(STR("privet/1 work"), str_bytes(challenge, 5), where), mac);
    memcpy(tag, mac, 16);
}

static uint64_t
work_until_s(const unsigned char challenge[21])
{
    return (uint64_t)challenge[1] << 24 | (uint64_t)challenge[2] << 16 | (uint64_t)challenge[3] << 8 | challenge[4];
}

static bool
work_is_done(const unsigned char base[40], unsigned bits)
{
    unsigned char hash[crypto_hash_sha256_BYTES];

    crypto_hash_sha256(hash, base, 40);
    uint32_t first = (uint32_t)hash[0] << 24 | (uint32_t)hash[1] << 16 | (uint32_t)hash[2] << 8 | hash[3];
    return first >> (32 - bits) == 0;
}

/* Puts a proof down until it is too old. */
static enum err
work_remember(struct work *work, const unsigned char base[40], uint64_t now_s, uint64_t until_s)
{
    unsigned char hash[crypto_shorthash_BYTES];
    struct work_done *free = NULL;
    uint64_t mark;

    crypto_shorthash(hash, base, 40, work->key);
    memcpy(&mark, hash, sizeof mark);
    struct work_done *set = work->done[mark & (WORK_SETS - 1)];
    for (size_t i = 0; i < WORK_WAYS; i++) {
        bool is_over = set[i].until_s < now_s || set[i].mark == 0;
        if (!is_over && set[i].mark == mark)
            return err_raise(ERR_DENIED, "work: shown before");
        free = is_over ? &set[i] : free;
    }
    if (!free)
        return err_raise(ERR_BUSY, "work: no more can be remembered");
    *free = (struct work_done){mark, until_s};
    return ERR_NONE;
}

static void
work_base(const unsigned char challenge[21], str m1, unsigned char base[40])
{
    hkdf_hash(HKDF_PIECES(str_bytes("privet/1 work", 14), str_bytes(challenge, WORK_CHALLENGE_BYTES), m1), base);
}

void
work_init(struct work *work)
{
    memset(work, 0, sizeof *work);
    rand_bytes(work->key, sizeof work->key);
}

void
work_ask(const struct work *work, str where, unsigned bits, uint64_t now_ms, unsigned char challenge[21])
{
    uint64_t until_s = now_ms / 1000 + WORK_LIFE_S;

    must(bits > 0);
    challenge[0] = (unsigned char)(bits < WORK_BITS_MAX ? bits : WORK_BITS_MAX);
    for (int i = 0; i < 4; i++)
        challenge[1 + i] = (unsigned char)(until_s >> (24 - 8 * i));
    work_tag(work, where, challenge, challenge + 5);
}

enum err
work_check(struct work *work, str where, str m1, str proof, uint64_t now_ms, unsigned *bits)
{
    unsigned char challenge[21], tag[16], base[40];
    uint64_t now_s = now_ms / 1000;

    if (proof.len != WORK_BYTES)
        return err_raise(ERR_DENIED, "work: of another length");
    memcpy(challenge, proof.at, sizeof challenge);
    work_tag(work, where, challenge, tag);
    if (sodium_memcmp(tag, challenge + 5, sizeof tag) != 0)
        return err_raise(ERR_DENIED, "work: nobody there was asked for it");
    uint64_t until_s = work_until_s(challenge);
    if (until_s < now_s)
        return err_raise(ERR_DENIED, "work: too old");
    work_base(challenge, m1, base);
    memcpy(base + 32, proof.at + WORK_CHALLENGE_BYTES, 8);
    if (!work_is_done(base, challenge[0]))
        return err_raise(ERR_DENIED, "work: not done");
    TRY(work_remember(work, base, now_s, until_s));
    *bits = challenge[0];
    return ERR_NONE;
}

enum err
work_solve(const unsigned char challenge[21], str m1, unsigned char proof[29])
{
    unsigned char base[40];

    if (challenge[0] == 0 || challenge[0] > WORK_BITS_MAX)
        return err_raise(ERR_LIMIT, "work: more is asked than anybody should be");
    work_base(challenge, m1, base);
    for (uint64_t nonce = 0;; nonce++) {
        for (int i = 0; i < 8; i++)
            base[32 + i] = (unsigned char)(nonce >> (56 - 8 * i));
        if (work_is_done(base, challenge[0]))
            break;
    }
    memcpy(proof, challenge, WORK_CHALLENGE_BYTES);
    memcpy(proof + WORK_CHALLENGE_BYTES, base + 32, 8);
    return ERR_NONE;
}
