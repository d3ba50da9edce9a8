/* note.h - C2SP signed notes with one Ed25519 signature (protocol/channel.md, section 2).
 *
 *   text, ends in \n
 *   \n
 *   U+2014 SP NAME SP base64(key hash(4) ‖ signature(64)) \n
 */
#ifndef CRYPT_NOTE_H
#define CRYPT_NOTE_H

#include "base/buf.h"
#include "base/secret.h"

#define NOTE_MAX_BYTES ((size_t)16384)
#define NOTE_NAME_MAX_BYTES ((size_t)128)
#define NOTE_TOLERANCE_S ((uint64_t)300) /* that clocks may differ */

/* A verifier key: NAME+HASH+BASE64(01 ‖ public key). `name` is a view into the text it was parsed from. */
struct note_key {
    str name;
    unsigned char public[32];
};

/* note_key_write - adds the verifier key's text. Errs: ERR_INPUT when the name is empty, too long, has a space, a plus or a control. */
enum err note_key_write(struct buf *buf, str name, const unsigned char public[32]) MUST_CHECK;
/* note_key_parse - Errs: ERR_INPUT; a hash that does not fit and a key of small order are refused too. */
enum err note_key_parse(str text, struct note_key *out) MUST_CHECK;
/* note_sign - adds text and signature to buf. Errs: ERR_INPUT (text empty, not UTF-8, no newline at its end, too long). */
enum err note_sign(struct buf *buf, str text, str name, struct secret *seed) MUST_CHECK;
/* note_open - checks the note and gives its text, a view into `note`.
 * Errs: ERR_INPUT not a note in canonical form; ERR_ABSENT signed by another key; ERR_DENIED signature does not fit. */
enum err note_open(str note, const struct note_key *key, str *text) MUST_CHECK;

/* note_line - takes the line "LABEL SP VALUE\n" off *rest; a bare "LABEL\n" when value is NULL. ERR_INPUT when the next line is
 * another; *rest is then unchanged. */
enum err note_line(str *rest, str label, str *value) MUST_CHECK;

#endif
