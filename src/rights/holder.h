/* holder.h - whoever keeps a visitor's data says so here, so that erasure and retention can't forget it.
 *
 * A table with a column `conversation` is named by exactly one holder; a test reads the schema and checks.
 */
#ifndef RIGHTS_HOLDER_H
#define RIGHTS_HOLDER_H

#include "store/driver.h"

struct holder {
    const char *name;
    const char *const *tables; /* NULL-terminated */
    /* erase - every row of a conversation; inside the writer's transaction. */
    enum err (*erase)(struct driver *driver, str site, str conversation);
};

#endif
