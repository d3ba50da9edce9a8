/* manifest.h - what the widget consists of: the note that monitors hold against what the chat's address serves
 * (protocol/channel.md, section 2).
 *
 *   privet-widget/1\n
 *   name NAME\n
 *   serial N\n
 *   version X.Y.Z\n
 *   file PATH sha384-BASE64\n            1 to 64, sorted by path, each path once
 */
#ifndef TRUST_MANIFEST_H
#define TRUST_MANIFEST_H

#include "crypt/note.h"

#define MANIFEST_FILES_MAX ((size_t)64)
#define MANIFEST_HASH_BYTES ((size_t)48)
#define MANIFEST_PATH_MAX_BYTES ((size_t)255)

struct manifest_file {
    str path; /* begins with a slash; no blank, no control */
    unsigned char hash[48]; /* SHA-384 */
};

struct manifest {
    str name;
    uint64_t serial;
    str version; /* three numbers without leading zeros */
    size_t file_count;
    struct manifest_file files[MANIFEST_FILES_MAX];
};

/* manifest_write - the text of the note, unsigned; the vault signs it. Errs: ERR_INPUT when a value does not fit its line. */
enum err manifest_write(struct buf *buf, const struct manifest *manifest) MUST_CHECK;
/* manifest_open - checks signature and form; out's views point into `note`.
 * Errs: ERR_ABSENT signed by another key; ERR_DENIED bad signature; ERR_INPUT form. */
enum err manifest_open(str note, const struct note_key *online, struct manifest *out) MUST_CHECK;
/* manifest_find - the file of this path. Errs: ERR_ABSENT. */
enum err manifest_find(const struct manifest *manifest, str path, const struct manifest_file **out) MUST_CHECK;
/* manifest_hash - SHA-384 of a file's bytes. Errs: ERR_BUG from libcrypto. */
enum err manifest_hash(str bytes, unsigned char out[48]) MUST_CHECK;

#endif
