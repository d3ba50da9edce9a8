/* driver.h - what Privet needs of a database: SQL with parameters, transactions, nothing else.
 *
 * SQL is portable between SQLite 3.40 and PostgreSQL 15 and stands at the top of the noun that owns the table. Values are
 * always parameters. Implementations: driver_sqlite (a file, or ram), driver_fail (another one, whose n-th call fails).
 */
#ifndef STORE_DRIVER_H
#define STORE_DRIVER_H

#include "base/buf.h"

struct driver;

/* One parameter or one column. Text and blobs are views; those of a row last until the next row. */
struct driver_value {
    enum { DRIVER_NULL, DRIVER_INT, DRIVER_BLOB, DRIVER_TEXT } kind;
    int64_t number;
    str bytes;
};

#define DRIVER_ROW_MAX 16

/* A query calls its row function for each row; a failure ends the query with that failure. */

struct driver_query {
    const char *sql; /* a literal: it is the key under which the statement stays prepared */
    const struct driver_value *values;
    size_t value_count;
    enum err (*row)(void *context, const struct driver_value *columns, size_t count); /* NULL when no rows are wanted */
    void *context;
};

struct driver_ops {
    /* run - executes. changed may be NULL; rows that were written. Errs: ERR_IO; ERR_DENIED a constraint; what row gave.
     * Errs of all but close: ERR_LIMIT the disk is full; nothing is changed, and the caller may try again after a rollback. */
    enum err (*run)(struct driver *driver, const struct driver_query *query, uint64_t *changed);
    enum err (*begin)(struct driver *driver);
    enum err (*commit)(struct driver *driver);
    enum err (*rollback)(struct driver *driver);
    /* script - several statements without parameters: migrations. */
    enum err (*script)(struct driver *driver, const char *sql);
    /* check - proves integrity; adds a line per fault to `report`. Errs: ERR_IO when it can't even look. */
    enum err (*check)(struct driver *driver, struct buf *report);
    /* scrub - after deletion: no deleted row stays in a journal. Outside a transaction. */
    enum err (*scrub)(struct driver *driver);
    void (*close)(struct driver **driver);
};

struct driver {
    const struct driver_ops *ops;
};

#define DRIVER_INT(n) ((struct driver_value){DRIVER_INT, (int64_t)(n), {"", 0}})
#define DRIVER_BLOB(at, len) ((struct driver_value){DRIVER_BLOB, 0, str_bytes((at), (len))})
#define DRIVER_TEXT(s) ((struct driver_value){DRIVER_TEXT, 0, (s)})

/* driver_run - ops->run with a list of values. */
#define driver_run(driver, sql, row, context, ...)                                                 \
    ((driver)->ops->run((driver),                                                                  \
                        &(struct driver_query){"" sql,                                             \
                                               (const struct driver_value[]){__VA_ARGS__},         \
                                               sizeof((const struct driver_value[]){__VA_ARGS__}) / \
                                                   sizeof(struct driver_value),                    \
                                               (row), (context)},                                  \
                        NULL))

#endif
