/* identity.h - who this server is: the note that ROOT signs (protocol/channel.md, section 2). */
#ifndef TRUST_IDENTITY_H
#define TRUST_IDENTITY_H

#include "crypt/note.h"

#define IDENTITY_ORIGINS_MAX ((size_t)64)
#define IDENTITY_DAYS 90u

struct identity {
    str name;
    uint64_t serial;
    uint64_t from_s, to_s; /* Unix seconds */
    struct note_key online;
    str online_text;
    str staff_ca;  /* verifier key, or empty */
    str next_root; /* hex of SHA-256, or empty */
    size_t origin_count;
    str origins[IDENTITY_ORIGINS_MAX];
};

/* identity_write - the text of the note, unsigned. Errs: ERR_INPUT when a value does not fit its line. */
enum err identity_write(struct buf *buf, const struct identity *identity) MUST_CHECK;
/* identity_open - checks signature, form and dates; out's views point into `note`.
 * Errs: ERR_ABSENT signed by another root; ERR_DENIED bad signature; ERR_INPUT form; ERR_LIMIT not yet or no longer valid. */
enum err identity_open(str note, const struct note_key *root, uint64_t now_s, struct identity *out) MUST_CHECK;
bool identity_has_origin(const struct identity *identity, str origin);
/* identity_origin_is_good - "http://host[:port]" or "https://…": no path, no blank, lower case. */
bool identity_origin_is_good(str origin);

#endif
