/* work.h - a proof of work before a handshake: what a visitor's browser does by itself where others show a puzzle (protocol/channel.md, section 3).
 *
 *   challenge = bits(1) ‖ until(4) ‖ tag(16)               tag = HMAC-SHA256(a key of this process, bits ‖ until ‖ where), cut to 16
 *   work      = challenge ‖ nonce(8)                        SHA256(SHA256("privet/1 work\0" ‖ challenge ‖ M1) ‖ nonce) begins with `bits` zeros
 *
 * Nothing is remembered of who was asked; of work that was done, until it is too old to be shown again. Used by front's one thread.
 */
#ifndef CHANNEL_WORK_H
#define CHANNEL_WORK_H

#include "base/str.h"

#define WORK_CHALLENGE_BYTES ((size_t)21)
#define WORK_BYTES ((size_t)29)
#define WORK_BITS_MAX 22 /* four million tries: some seconds of a telephone */
#define WORK_LIFE_S 120
#define WORK_SETS 4096 /* a power of two */
#define WORK_WAYS 8

struct work {
    unsigned char key[32];
    struct work_done {
        uint64_t mark; /* of the whole proof */
        uint64_t until_s; /* over then: the place is free */
    } done[WORK_SETS][WORK_WAYS];
};

/* work_init - a new key; nothing is done yet. */
void work_init(struct work *work);
/* work_ask - a challenge of `bits`, 1..WORK_BITS_MAX, for whoever is at `where`, and nobody elsewhere. */
void work_ask(const struct work *work, str where, unsigned bits, uint64_t now_ms, unsigned char challenge[21]);
/* work_check - whether `proof` is work for this M1, by the one who was asked, and shown for the first time; *bits is how much.
 * Errs: ERR_DENIED it is not; ERR_BUSY more was done in these minutes than can be remembered. */
enum err work_check(struct work *work, str where, str m1, str proof, uint64_t now_ms, unsigned *bits) MUST_CHECK;
/* work_solve - the visitor's side; about 2^bits hashes. Errs: ERR_LIMIT more is asked than anybody should be. */
enum err work_solve(const unsigned char challenge[21], str m1, unsigned char proof[29]) MUST_CHECK;

#endif
