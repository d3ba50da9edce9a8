/* program_key.h - API keys: who may use the bot as a program, without the sealed channel.
 *
 *   pvk_ base64url( id(8) ‖ secret(32) )
 *
 * The store has the id, a name for people, the day, and SHA-256("privet/1 api key\0" ‖ secret). A key is shown once.
 */
#ifndef CHAT_PROGRAM_KEY_H
#define CHAT_PROGRAM_KEY_H

#include "store/driver.h"

#define PROGRAM_KEY_NAME_MAX ((size_t)100)
#define PROGRAM_KEYS_MAX 1000

struct program_key {
    unsigned char id[8], secret[32];
};

/* program_key_parse - the text of a key. Errs: ERR_INPUT. */
enum err program_key_parse(str text, struct program_key *out) MUST_CHECK;
/* program_key_add - draws one, stores its hash, adds its text. Errs: ERR_INPUT name empty or too long; ERR_LIMIT; ERR_IO. */
enum err program_key_add(struct driver *driver, str name, int64_t day, struct buf *text) MUST_CHECK;
/* program_key_check - is it one of ours? In the same time for a wrong secret as for a wrong id. Errs: ERR_DENIED; ERR_ABSENT there is no
 * key at all, so that nobody can use the bot as a program; ERR_IO. */
enum err program_key_check(struct driver *driver, const struct program_key *key) MUST_CHECK;
/* program_key_check_id - of a session token: the key that it came from has not been removed. Errs: the same. */
enum err program_key_check_id(struct driver *driver, const unsigned char id[8]) MUST_CHECK;
/* program_key_each - id as 16 hex digits, name, day; oldest first. */
enum err program_key_each(struct driver *driver, enum err (*row)(void *context, str id, str name, int64_t day), void *context) MUST_CHECK;
/* program_key_remove - by id. Errs: ERR_ABSENT. */
enum err program_key_remove(struct driver *driver, str id) MUST_CHECK;

#endif
