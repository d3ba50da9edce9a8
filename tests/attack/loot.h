/* loot.h - what a thief holds: a copy of the data folder, the server's keys, recorded traffic; and, for controls, a visitor's keys.
 *
 *   attack FOLDER [--ek HEX] [--ahk HEX] [--client HEX] [--traffic FILE] [--text TEXT]
 *
 * FOLDER is a copy: its database is opened for writing. It is what `privet init` makes: keys/, data/.
 */
#ifndef ATTACK_LOOT_H
#define ATTACK_LOOT_H

#include "base/arena.h"
#include "base/buf.h"

#define LOOT_ROWS_MAX 4096
#define LOOT_KEYS_MAX 64
#define LOOT_FILES_MAX 64

struct loot_conversation {
    unsigned char id[16], tag[32];
    unsigned char last_hash[32]; /* of the ciphertext of its last entry */
    int64_t cell;
    unsigned char slot[32];
    bool has_slot; /* the file of SLOTs still has the cell of this name */
};

struct loot_wrap {
    unsigned char id[16], wrap[80];
    uint32_t from;
};

struct loot_entry {
    unsigned char id[16], commit[32], message[16];
    uint32_t n;
    char author;
    str ct;
    bool is_open; /* the attack read it */
};

struct loot_field {
    unsigned char id[16];
    str site, name, sealed;
    bool is_open;
};

/* One request and its answer, as the wire showed them. */
struct loot_exchange {
    str path, request, reply;
    bool is_open;
};

struct loot_key {
    const char *name;
    unsigned char bytes[32];
};

struct loot {
    struct loot_conversation conversations[LOOT_ROWS_MAX];
    struct loot_wrap wraps[LOOT_ROWS_MAX];
    struct loot_entry entries[LOOT_ROWS_MAX];
    struct loot_field fields[LOOT_ROWS_MAX];
    struct loot_exchange exchanges[LOOT_ROWS_MAX];
    size_t conversation_count, wrap_count, entry_count, field_count, exchange_count;
    struct loot_key keys[LOOT_KEYS_MAX]; /* of the server: ROOT, ONLINE, MASTER, EK; and what the command line gave */
    size_t key_count;
    struct buf files[LOOT_FILES_MAX]; /* every byte of every file */
    char names[LOOT_FILES_MAX][64];
    size_t file_count;
    str key_note;        /* out of the traffic */
    struct arena *arena; /* what views point into */
};

/* loot_read - the folder. Errs: ERR_IO, ERR_INPUT. */
enum err loot_read(struct loot *loot, const char *folder) MUST_CHECK;
/* loot_add_key - a key that something else gave; `name` is a literal. */
enum err loot_add_key(struct loot *loot, const char *name, const unsigned char bytes[32]) MUST_CHECK;
/* loot_read_traffic - per connection length(4) ‖ what the browser sent ‖ length(4) ‖ what the server sent; HTTP/1.1 with lengths. */
enum err loot_read_traffic(struct loot *loot, str bytes) MUST_CHECK;
/* loot_has - whether any file has these bytes; its name, or NULL. */
const char *loot_has(const struct loot *loot, str what);
void loot_done(struct loot *loot);

#endif
