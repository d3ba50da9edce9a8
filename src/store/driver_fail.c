/* A driver whose n-th call fails. It never fails twice, so that recovery can be watched. */
#include "store/driver_fail.h"

#include "base/alloc.h"

struct driver_fail {
    struct driver driver;
    struct driver *inner;
    uint64_t left;
};

static struct driver_fail *
driver_fail_of(struct driver *driver)
{
    return (struct driver_fail *)driver;
}

static bool
driver_fail_is_due(struct driver *driver)
{
    struct driver_fail *fail = driver_fail_of(driver);
    return fail->left > 0 && --fail->left == 0;
}

#define DRIVER_FAIL_FIRST(driver)                                                                  \
    do {                                                                                           \
        if (driver_fail_is_due(driver))                                                            \
            return err_raise(ERR_IO, "store: failed as told");                                     \
    } while (0)

static enum err
driver_fail_run(struct driver *driver, const struct driver_query *query, uint64_t *changed)
{
    DRIVER_FAIL_FIRST(driver);
    struct driver *inner = driver_fail_of(driver)->inner;
    return inner->ops->run(inner, query, changed);
}

static enum err
driver_fail_begin(struct driver *driver)
{
    DRIVER_FAIL_FIRST(driver);
    struct driver *inner = driver_fail_of(driver)->inner;
    return inner->ops->begin(inner);
}

static enum err
driver_fail_commit(struct driver *driver)
{
    DRIVER_FAIL_FIRST(driver);
    struct driver *inner = driver_fail_of(driver)->inner;
    return inner->ops->commit(inner);
}

static enum err
driver_fail_rollback(struct driver *driver)
{
    /* A rollback does not fail: whoever reaches it has failed already. */
    struct driver *inner = driver_fail_of(driver)->inner;
    return inner->ops->rollback(inner);
}

static enum err
driver_fail_script(struct driver *driver, const char *sql)
{
    DRIVER_FAIL_FIRST(driver);
    struct driver *inner = driver_fail_of(driver)->inner;
    return inner->ops->script(inner, sql);
}

static enum err
driver_fail_check(struct driver *driver, struct buf *report)
{
    DRIVER_FAIL_FIRST(driver);
    struct driver *inner = driver_fail_of(driver)->inner;
    return inner->ops->check(inner, report);
}

static enum err
driver_fail_scrub(struct driver *driver)
{
    DRIVER_FAIL_FIRST(driver);
    struct driver *inner = driver_fail_of(driver)->inner;
    return inner->ops->scrub(inner);
}

static void
driver_fail_close(struct driver **driver)
{
    struct driver *inner = driver_fail_of(*driver)->inner;
    inner->ops->close(&inner);
    alloc_free(driver);
}

static const struct driver_ops fail_ops = {
    .run = driver_fail_run,
    .begin = driver_fail_begin,
    .commit = driver_fail_commit,
    .rollback = driver_fail_rollback,
    .script = driver_fail_script,
    .check = driver_fail_check,
    .scrub = driver_fail_scrub,
    .close = driver_fail_close,
};

enum err
driver_fail_make(struct driver **inner, struct driver **out)
{
    void *piece = NULL;

    TRY(alloc_make(1, sizeof(struct driver_fail), &piece));
    struct driver_fail *fail = piece;
    fail->driver.ops = &fail_ops;
    fail->inner = *inner;
    *inner = NULL;
    *out = &fail->driver;
    return ERR_NONE;
}

void
driver_fail_arm(struct driver *driver, uint64_t nth)
{
    driver_fail_of(driver)->left = nth;
}

bool
driver_fail_is_armed(const struct driver *driver)
{
    return ((const struct driver_fail *)driver)->left > 0;
}
