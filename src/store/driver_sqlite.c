/* The SQLite driver. Statements stay prepared under their literal's address. It never builds SQL from values, and a commit
 * has reached the disk when it returns. */
#include "store/driver_sqlite.h"

#include "base/alloc.h"
#include "base/fault.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DRIVER_STATEMENTS_MAX 64
#define DRIVER_JOURNAL_PAGES 1000

struct driver_sqlite {
    struct driver driver;
    sqlite3 *db;
    struct {
        const char *sql;
        sqlite3_stmt *statement;
    } prepared[DRIVER_STATEMENTS_MAX];
};

static struct driver_sqlite *
driver_sqlite_of(struct driver *driver)
{
    return (struct driver_sqlite *)driver;
}

/* SQLite tells a quota from no failure of the disk but by the number that the system gave for the journal's last write. */
static bool
driver_sqlite_is_over_quota(sqlite3 *db)
{
    sqlite3_file *journal = NULL;
    int number = 0;

    return sqlite3_extended_errcode(db) == SQLITE_IOERR_WRITE &&
           sqlite3_file_control(db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &journal) == SQLITE_OK && journal && journal->pMethods &&
           journal->pMethods->xFileControl(journal, SQLITE_FCNTL_LAST_ERRNO, &number) == SQLITE_OK && number == EDQUOT;
}

/* No room is no failure of the disk: what could not be written was rolled back, and the next write may fit. */
static bool
driver_sqlite_is_full(sqlite3 *db, int code)
{
    return (code & 0xFF) == SQLITE_FULL || driver_sqlite_is_over_quota(db);
}

static enum err
driver_sqlite_err(sqlite3 *db, int code)
{
    if (driver_sqlite_is_full(db, code))
        return err_raise(ERR_LIMIT, "store: the disk is full");
    switch (code & 0xFF) {
    case SQLITE_CONSTRAINT:
        return err_raise(ERR_DENIED, "store: a constraint says no");
    case SQLITE_NOMEM:
        return err_raise(ERR_MEMORY, "store: out of memory");
    case SQLITE_BUSY:
        return err_raise(ERR_BUSY, "store: locked by another process");
    case SQLITE_READONLY:
        return err_raise(ERR_IO, "store: the file is read-only");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return err_raise(ERR_IO, "store: the file is damaged");
    default:
        return err_raise(ERR_IO, "store: SQLite failed");
    }
}

static enum err
driver_sqlite_prepare(struct driver_sqlite *sqlite, const char *sql, sqlite3_stmt **out)
{
    size_t i = 0;

    while (i < DRIVER_STATEMENTS_MAX && sqlite->prepared[i].sql && sqlite->prepared[i].sql != sql)
        i++;
    must(i < DRIVER_STATEMENTS_MAX);
    if (!sqlite->prepared[i].sql) {
        int code = sqlite3_prepare_v3(sqlite->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &sqlite->prepared[i].statement, NULL);
        if (code != SQLITE_OK)
            return driver_sqlite_err(sqlite->db, code);
        sqlite->prepared[i].sql = sql;
    }
    *out = sqlite->prepared[i].statement;
    return ERR_NONE;
}

static int
driver_sqlite_bind(sqlite3_stmt *statement, const struct driver_query *query)
{
    for (size_t i = 0; i < query->value_count; i++) {
        const struct driver_value *value = &query->values[i];
        int place = (int)i + 1, code = SQLITE_OK;
        if (value->kind == DRIVER_INT)
            code = sqlite3_bind_int64(statement, place, value->number);
        else if (value->kind == DRIVER_BLOB)
            code = sqlite3_bind_blob64(statement, place, value->bytes.at, value->bytes.len, SQLITE_STATIC);
        else if (value->kind == DRIVER_TEXT)
            code = sqlite3_bind_text64(statement, place, value->bytes.at, value->bytes.len, SQLITE_STATIC, SQLITE_UTF8);
        else
            code = sqlite3_bind_null(statement, place);
        if (code != SQLITE_OK)
            return code;
    }
    return SQLITE_OK;
}

static enum err
driver_sqlite_row(sqlite3_stmt *statement, const struct driver_query *query)
{
    struct driver_value columns[DRIVER_ROW_MAX];
    int count = sqlite3_column_count(statement);

    if (!query->row)
        return ERR_NONE;
    must(count <= DRIVER_ROW_MAX);
    for (int i = 0; i < count; i++) {
        int type = sqlite3_column_type(statement, i);
        columns[i] = (struct driver_value){DRIVER_NULL, 0, {"", 0}};
        if (type == SQLITE_INTEGER)
            columns[i] = DRIVER_INT(sqlite3_column_int64(statement, i));
        if (type == SQLITE_BLOB || type == SQLITE_TEXT) {
            const void *at = sqlite3_column_blob(statement, i);
            columns[i].kind = type == SQLITE_BLOB ? DRIVER_BLOB : DRIVER_TEXT;
            columns[i].bytes = str_bytes(at ? at : "", (size_t)sqlite3_column_bytes(statement, i));
        }
    }
    return query->row(query->context, columns, (size_t)count);
}

static enum err
driver_sqlite_run(struct driver *driver, const struct driver_query *query, uint64_t *changed)
{
    struct driver_sqlite *sqlite = driver_sqlite_of(driver);
    sqlite3_stmt *statement = NULL;
    enum err err = ERR_NONE;

    if (fault_is_due(FAULT_STORE))
        return err_raise(ERR_IO, "store: failed as told");
    TRY(driver_sqlite_prepare(sqlite, query->sql, &statement));
    int code = driver_sqlite_bind(statement, query);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    while (code == SQLITE_ROW && err == ERR_NONE) {
        err = driver_sqlite_row(statement, query);
        if (err == ERR_NONE)
            code = sqlite3_step(statement);
    }
    if (err == ERR_NONE && code != SQLITE_DONE)
        err = driver_sqlite_err(sqlite->db, code);
    if (err == ERR_NONE && changed)
        *changed = (uint64_t)sqlite3_changes64(sqlite->db);
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return err;
}

static enum err
driver_sqlite_script(struct driver *driver, const char *sql)
{
    if (fault_is_due(FAULT_STORE))
        return err_raise(ERR_IO, "store: failed as told");
    sqlite3 *db = driver_sqlite_of(driver)->db;
    int code = sqlite3_exec(db, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? ERR_NONE : driver_sqlite_err(db, code);
}

/* Prepared once, where a script would be read anew for each group. */
static enum err
driver_sqlite_begin(struct driver *driver)
{
    return driver_sqlite_run(driver, &(struct driver_query){.sql = "BEGIN IMMEDIATE"}, NULL);
}

static enum err
driver_sqlite_commit(struct driver *driver)
{
    return driver_sqlite_run(driver, &(struct driver_query){.sql = "COMMIT"}, NULL);
}

static enum err
driver_sqlite_rollback(struct driver *driver)
{
    sqlite3 *db = driver_sqlite_of(driver)->db;

    if (sqlite3_get_autocommit(db))
        return ERR_NONE; /* SQLite has rolled back already, as it does when there is no room */
    int code = sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    return code == SQLITE_OK ? ERR_NONE : driver_sqlite_err(db, code);
}

static enum err
driver_sqlite_check_row(void *context, const struct driver_value *columns, size_t count)
{
    struct buf *report = context;

    if (count == 1 && str_is(columns[0].bytes, STR("ok")))
        return ERR_NONE;
    TRY(buf_add_str(report, STR("integrity: ")));
    TRY(buf_add_str(report, columns[0].bytes));
    return buf_add_u8(report, '\n');
}

static enum err
driver_sqlite_check(struct driver *driver, struct buf *report)
{
    struct driver_query integrity = {"PRAGMA integrity_check", NULL, 0, driver_sqlite_check_row, report};
    struct driver_query keys = {"PRAGMA foreign_key_check", NULL, 0, driver_sqlite_check_row, report};

    TRY(driver_sqlite_run(driver, &integrity, NULL));
    return driver_sqlite_run(driver, &keys, NULL);
}

static enum err
driver_sqlite_scrub(struct driver *driver)
{
    return driver_sqlite_script(driver, "PRAGMA wal_checkpoint(TRUNCATE)");
}

static void
driver_sqlite_close(struct driver **driver)
{
    struct driver_sqlite *sqlite = driver_sqlite_of(*driver);

    for (size_t i = 0; i < DRIVER_STATEMENTS_MAX; i++)
        sqlite3_finalize(sqlite->prepared[i].statement);
    sqlite3_close(sqlite->db);
    alloc_free(driver);
}

static const struct driver_ops sqlite_ops = {
    .run = driver_sqlite_run,
    .begin = driver_sqlite_begin,
    .commit = driver_sqlite_commit,
    .rollback = driver_sqlite_rollback,
    .script = driver_sqlite_script,
    .check = driver_sqlite_check,
    .scrub = driver_sqlite_scrub,
    .close = driver_sqlite_close,
};

/* After a commit: a journal that has grown is written back to the database. SQLite's own hook does not tell when that fails; here a sync
 * that failed is the commit's failure, though what it committed stays. No room, or a reader in the way: the next commit tries again. */
static int
driver_sqlite_write_back(void *context, sqlite3 *db, const char *name, int pages)
{
    (void)context;
    if (pages < DRIVER_JOURNAL_PAGES)
        return SQLITE_OK;
    int code = sqlite3_wal_checkpoint_v2(db, name, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    bool is_harmless = (code & 0xFF) == SQLITE_BUSY || (code & 0xFF) == SQLITE_LOCKED || (code & 0xFF) == SQLITE_NOMEM || driver_sqlite_is_full(db, code);
    return is_harmless ? SQLITE_OK : code;
}

/* SQLite would make the file readable for others. One that is there is never opened here: to close any descriptor of it gives up all POSIX locks
 * that this process holds on it, another connection's too, and the next program that looks into the store would take the journal away. */
static enum err
driver_sqlite_make_file(const char *path)
{
    struct stat facts;
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

    if (fd >= 0) {
        close(fd);
        return ERR_NONE;
    }
    return errno == EEXIST && lstat(path, &facts) == 0 && S_ISREG(facts.st_mode) ? ERR_NONE : err_raise(ERR_IO, "store: the file can't be opened or made");
}

static enum err
driver_sqlite_start(struct driver_sqlite *sqlite, const char *path)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;

    if (strcmp(path, ":memory:") != 0)
        TRY(driver_sqlite_make_file(path));
    int code = sqlite3_open_v2(path, &sqlite->db, flags, NULL);
    if (code != SQLITE_OK)
        return driver_sqlite_err(sqlite->db, code);
    sqlite3_busy_timeout(sqlite->db, 5000);
    sqlite3_wal_hook(sqlite->db, driver_sqlite_write_back, NULL);
    return driver_sqlite_script(&sqlite->driver,
                                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
                                "PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;"
                                "PRAGMA cell_size_check=ON; PRAGMA cache_size=-4096; PRAGMA journal_size_limit=16777216;");
}

enum err
driver_sqlite_open(const char *path, struct driver **out)
{
    void *piece = NULL;

    TRY(alloc_make(1, sizeof(struct driver_sqlite), &piece));
    struct driver_sqlite *sqlite = piece;
    sqlite->driver.ops = &sqlite_ops;
    struct driver *driver = &sqlite->driver;
    enum err err = driver_sqlite_start(sqlite, path);
    if (err != ERR_NONE) {
        driver_sqlite_close(&driver);
        return err;
    }
    *out = driver;
    return ERR_NONE;
}
