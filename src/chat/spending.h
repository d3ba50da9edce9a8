/* spending.h - what the site has spent on answers today, kept over a restart: one row a site, a day and a number, nobody's name. */
#ifndef CHAT_SPENDING_H
#define CHAT_SPENDING_H

#include "guard/quota.h"
#include "store/driver.h"

struct spending {
    struct quota *quota;
    str site;
    uint64_t kept; /* units, as the disk has them */
};

/* spending_load - into the quota, once at the start. */
enum err spending_load(struct driver *driver, struct spending *spending) MUST_CHECK;
/* spending_is_new - whether there is something to keep. */
bool spending_is_new(const struct spending *spending);
/* spending_keep - a writer's job; `context` is a struct spending. */
enum err spending_keep(struct driver *driver, void *context) MUST_CHECK;

#endif
