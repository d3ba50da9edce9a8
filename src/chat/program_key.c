/* API keys. It never stores one, and compares in constant time; 256 random bits need no slow hash. */
#include "chat/program_key.h"

#include "base/alloc.h"
#include "base/rand.h"
#include "crypt/base64.h"
#include "crypt/hkdf.h"

#include <string.h>

#define PROGRAM_KEY_PREFIX STR("pvk_")

static void
program_key_hash(const unsigned char secret[32], unsigned char hash[32])
{
    static const char label[] = "privet/1 api key"; /* with its zero byte */
    hkdf_hash(HKDF_PIECES(str_bytes(label, sizeof label), str_bytes(secret, 32)), hash);
}

enum err
program_key_parse(str text, struct program_key *out)
{
    unsigned char bytes[40];

    if (!str_has_prefix(text, PROGRAM_KEY_PREFIX))
        return err_raise(ERR_INPUT, "program: not a key");
    TRY(base64_parse_exact(BASE64_URL, str_slice(text, PROGRAM_KEY_PREFIX.len, text.len), bytes, sizeof bytes));
    memcpy(out->id, bytes, 8);
    memcpy(out->secret, bytes + 8, 32);
    alloc_wipe(bytes, sizeof bytes);
    return ERR_NONE;
}

static enum err
program_key_number(void *context, const struct driver_value *columns, size_t count)
{
    (void)count;
    *(int64_t *)context = columns[0].number;
    return ERR_NONE;
}

enum err
program_key_add(struct driver *driver, str name, int64_t day, struct buf *text)
{
    unsigned char bytes[40], hash[32];
    int64_t keys = 0;

    if (name.len == 0 || name.len > PROGRAM_KEY_NAME_MAX || !str_is_utf8(name))
        return err_raise(ERR_INPUT, "program: a key has a name of 1 to 100 bytes");
    TRY(driver_run(driver, "SELECT COUNT(*) FROM program_key WHERE day > ?", program_key_number, &keys, DRIVER_INT(-1)));
    if (keys >= PROGRAM_KEYS_MAX)
        return err_raise(ERR_LIMIT, "program: there are a thousand keys already");
    rand_bytes(bytes, sizeof bytes);
    program_key_hash(bytes + 8, hash);
    enum err err = driver_run(driver, "INSERT INTO program_key (id, name, day, hash) VALUES (?, ?, ?, ?)", NULL, NULL, DRIVER_BLOB(bytes, 8), DRIVER_TEXT(name),
                              DRIVER_INT(day), DRIVER_BLOB(hash, 32));
    if (err == ERR_NONE)
        err = buf_add_str(text, PROGRAM_KEY_PREFIX);
    if (err == ERR_NONE)
        err = base64_write(text, BASE64_URL, str_bytes(bytes, sizeof bytes));
    alloc_wipe(bytes, sizeof bytes);
    return err;
}

struct program_key_found {
    unsigned char hash[32];
    bool is_there;
};

static enum err
program_key_row(void *context, const struct driver_value *columns, size_t count)
{
    struct program_key_found *found = context;

    if (count != 1 || columns[0].bytes.len != 32)
        return err_raise(ERR_IO, "program: a damaged key");
    memcpy(found->hash, columns[0].bytes.at, 32);
    found->is_there = true;
    return ERR_NONE;
}

static enum err
program_key_find(struct driver *driver, const unsigned char id[8], struct program_key_found *out)
{
    int64_t keys = 0;

    TRY(driver_run(driver, "SELECT hash FROM program_key WHERE id = ?", program_key_row, out, DRIVER_BLOB(id, 8)));
    if (out->is_there)
        return ERR_NONE;
    TRY(driver_run(driver, "SELECT COUNT(*) FROM program_key WHERE day > ?", program_key_number, &keys, DRIVER_INT(-1)));
    return keys > 0 ? ERR_NONE : err_raise(ERR_ABSENT, "program: there is no key");
}

enum err
program_key_check(struct driver *driver, const struct program_key *key)
{
    struct program_key_found found = {.is_there = false};
    unsigned char hash[32];

    TRY(program_key_find(driver, key->id, &found));
    program_key_hash(key->secret, hash);
    bool is_same = str_is_equal_secret(str_bytes(hash, 32), str_bytes(found.hash, 32));
    return is_same && found.is_there ? ERR_NONE : err_raise(ERR_DENIED, "program: not a key of ours");
}

enum err
program_key_check_id(struct driver *driver, const unsigned char id[8])
{
    struct program_key_found found = {.is_there = false};

    TRY(program_key_find(driver, id, &found));
    return found.is_there ? ERR_NONE : err_raise(ERR_DENIED, "program: that key was removed");
}

struct program_key_walk {
    enum err (*row)(void *context, str id, str name, int64_t day);
    void *context;
};

static enum err
program_key_walk_row(void *context, const struct driver_value *columns, size_t count)
{
    const struct program_key_walk *walk = context;
    BUF_SCOPE(id, 64);
    (void)count;

    TRY(base64_hex_write(&id, columns[0].bytes));
    return walk->row(walk->context, buf_str(&id), columns[1].bytes, columns[2].number);
}

enum err
program_key_each(struct driver *driver, enum err (*row)(void *context, str id, str name, int64_t day), void *context)
{
    struct program_key_walk walk = {row, context};

    return driver_run(driver, "SELECT id, name, day FROM program_key WHERE day > ? ORDER BY day, name, id", program_key_walk_row, &walk, DRIVER_INT(-1));
}

enum err
program_key_remove(struct driver *driver, str id)
{
    unsigned char bytes[8];
    uint64_t changed = 0;

    TRY(base64_hex_parse_exact(id, bytes, sizeof bytes));
    const struct driver_value values[] = {DRIVER_BLOB(bytes, 8)};
    struct driver_query query = {"DELETE FROM program_key WHERE id = ?", values, 1, NULL, NULL};
    TRY(driver->ops->run(driver, &query, &changed));
    return changed > 0 ? ERR_NONE : err_raise(ERR_ABSENT, "program: there is no such key");
}
