/* migrate.h - the schema, in numbered steps that are never changed once released. */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "store/driver.h"

/* migrate_run - brings the database to the newest step, each in its own transaction. Errs: ERR_DENIED when the database is newer than
 * this program; ERR_IO. */
enum err migrate_run(struct driver *driver) MUST_CHECK;
/* migrate_version - the step the database is at; 0 when new. */
enum err migrate_version(struct driver *driver, int64_t *out) MUST_CHECK;
int64_t migrate_newest(void);

#endif
