/* Schema steps. Columns hold random ids, numbers, days and ciphertext: no address, no user agent, no plaintext. A table with a
 * column `conversation` keeps a visitor's data and has a holder (rights/holder.h), which a test checks. */
#include "store/migrate.h"

static const char *const steps[] = {
    /* 1: conversations, the keys sealed to their readers, the sealed entries, the declared fields. */
    "CREATE TABLE conversation (site TEXT NOT NULL, conversation BLOB NOT NULL, device_tag BLOB NOT NULL, slot BIGINT NOT NULL,"
    " entries BIGINT NOT NULL, last_hash BLOB NOT NULL, day BIGINT NOT NULL, PRIMARY KEY (site, conversation),"
    " UNIQUE (site, device_tag));"
    "CREATE TABLE wrap (site TEXT NOT NULL, conversation BLOB NOT NULL, first_entry BIGINT NOT NULL, wrap BLOB NOT NULL,"
    " PRIMARY KEY (site, conversation, first_entry));"
    "CREATE TABLE entry (site TEXT NOT NULL, conversation BLOB NOT NULL, n BIGINT NOT NULL, author TEXT NOT NULL,"
    " day BIGINT NOT NULL, message BLOB, commitment BLOB NOT NULL, ct BLOB NOT NULL, PRIMARY KEY (site, conversation, n));"
    "CREATE UNIQUE INDEX entry_message ON entry (site, conversation, message);"
    "CREATE INDEX conversation_day ON conversation (day);"
    "CREATE TABLE field (site TEXT NOT NULL, conversation BLOB NOT NULL, name TEXT NOT NULL, day BIGINT NOT NULL,"
    " until_day BIGINT NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (site, conversation, name, day));"
    "CREATE INDEX field_until ON field (until_day);",
    /* 2: a message can come twice only as the first of a new session, which looks for it: an index of all would be written each turn. */
    "DROP INDEX entry_message;",
    /* 3: what the last entry says too was written with every turn. */
    "ALTER TABLE conversation DROP COLUMN entries; ALTER TABLE conversation DROP COLUMN last_hash;",
    /* 4: what a site has spent on answers, of one day. */
    "CREATE TABLE spending (site TEXT PRIMARY KEY, day BIGINT NOT NULL, units BIGINT NOT NULL);",
    /* 5: programs' API keys: a hash of each, and no visitor's data. */
    "CREATE TABLE program_key (id BLOB NOT NULL PRIMARY KEY, name TEXT NOT NULL, day BIGINT NOT NULL, hash BLOB NOT NULL);",
};

static enum err
migrate_row(void *context, const struct driver_value *columns, size_t count)
{
    (void)count;
    *(int64_t *)context = columns[0].number;
    return ERR_NONE;
}

int64_t
migrate_newest(void)
{
    return (int64_t)(sizeof steps / sizeof *steps);
}

enum err
migrate_version(struct driver *driver, int64_t *out)
{
    struct driver_query query = {"SELECT COALESCE(MAX(step), 0) FROM migration", NULL, 0, migrate_row, out};

    TRY(driver->ops->script(driver, "CREATE TABLE IF NOT EXISTS migration (step BIGINT PRIMARY KEY)"));
    return driver->ops->run(driver, &query, NULL);
}

static enum err
migrate_step(struct driver *driver, int64_t step)
{
    TRY(driver->ops->script(driver, steps[step - 1]));
    return driver_run(driver, "INSERT INTO migration (step) VALUES (?)", NULL, NULL, DRIVER_INT(step));
}

enum err
migrate_run(struct driver *driver)
{
    int64_t version = 0;

    TRY(migrate_version(driver, &version));
    if (version > migrate_newest())
        return err_raise(ERR_DENIED, "store: the database belongs to a newer version of Privet");
    for (int64_t step = version + 1; step <= migrate_newest(); step++) {
        TRY(driver->ops->begin(driver));
        enum err err = migrate_step(driver, step);
        if (err == ERR_NONE)
            err = driver->ops->commit(driver);
        if (err != ERR_NONE) {
            (void)!driver->ops->rollback(driver);
            return err;
        }
    }
    return ERR_NONE;
}
