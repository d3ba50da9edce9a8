/* attack.h - tries every way to read past turns with what was stolen. */
#ifndef ATTACK_ATTACK_H
#define ATTACK_ATTACK_H

#include "loot.h"

struct attack {
    size_t guesses;       /* 32-byte values that were tried as keys, each in every role */
    size_t wraps;         /* chain keys that opened */
    size_t turns;         /* stored entries that were read */
    size_t live_turns;    /* recorded requests and answers that were read */
    size_t first_flights; /* M1s that opened: who shook hands, not what was said */
    size_t fields;        /* what flows collect for the business: MASTER opens them, by design */
    size_t reused;        /* pairs of ciphertexts under one key */
    size_t leaks;         /* plaintext that lies in a file */
};

/* attack_run - marks in loot what it read. Errs: ERR_MEMORY. Cost: guesses times entries, about 6 µs each. */
enum err attack_run(struct loot *loot, struct attack *out) MUST_CHECK;

#endif
