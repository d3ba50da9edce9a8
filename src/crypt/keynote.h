/* keynote.h - the note by which ONLINE names the keys of first flights (protocol/channel.md, section 2). */
#ifndef CRYPT_KEYNOTE_H
#define CRYPT_KEYNOTE_H

#include "crypt/note.h"

#define KEYNOTE_KEYS_MAX ((size_t)16)
#define KEYNOTE_SECONDS ((uint64_t)48 * 3600)
#define KEYNOTE_SUITE 0x0001u

struct keynote_key {
    unsigned char kid[8]; /* first 8 bytes of SHA-256(public) */
    uint8_t node;
    unsigned char public[32];
};

struct keynote {
    str name;
    uint64_t serial; /* Unix milliseconds of signing, never smaller than before */
    uint64_t from_s, to_s;
    unsigned char identity_hash[32];
    size_t key_count;
    struct keynote_key keys[KEYNOTE_KEYS_MAX];
};

enum err keynote_write(struct buf *buf, const struct keynote *keynote) MUST_CHECK;
/* keynote_open - checks that `online` signed it, that it belongs to the identity note, and its dates.
 * Errs: as identity_open; ERR_INPUT also when it belongs to another identity note. */
enum err keynote_open(str note, str identity_note, const struct note_key *online, uint64_t now_s, struct keynote *out) MUST_CHECK;
void keynote_kid(const unsigned char public[32], unsigned char kid[8]);

#endif
