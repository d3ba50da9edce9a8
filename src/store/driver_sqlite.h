/* driver_sqlite.h - SQLite: WAL, synchronous FULL, secure_delete, temporary things in memory. */
#ifndef STORE_DRIVER_SQLITE_H
#define STORE_DRIVER_SQLITE_H

#include "store/driver.h"

/* driver_sqlite_open - opens or makes the file with mode 0600; ":memory:" is the ram driver. Used by one thread at a time.
 * Errs: ERR_IO, ERR_MEMORY. */
enum err driver_sqlite_open(const char *path, struct driver **out) MUST_CHECK;

#endif
