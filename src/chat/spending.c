/* The day's spending on disk. Core keeps it every few seconds: what was spent since is all that a crash forgets. */
#include "chat/spending.h"

struct spending_row {
    int64_t day, units;
};

static enum err
spending_row(void *context, const struct driver_value *columns, size_t count)
{
    (void)count;
    *(struct spending_row *)context = (struct spending_row){columns[0].number, columns[1].number};
    return ERR_NONE;
}

enum err
spending_load(struct driver *driver, struct spending *spending)
{
    struct spending_row row = {0, 0};

    TRY(driver_run(driver, "SELECT day, units FROM spending WHERE site = ?", spending_row, &row, DRIVER_TEXT(spending->site)));
    quota_set_spent(spending->quota, row.day, row.units > 0 ? (uint64_t)row.units : 0);
    return ERR_NONE;
}

bool
spending_is_new(const struct spending *spending)
{
    uint64_t units = 0;
    int64_t day = 0;

    quota_get_spent(spending->quota, &day, &units);
    return units != spending->kept;
}

enum err
spending_keep(struct driver *driver, void *context)
{
    struct spending *spending = context;
    uint64_t units = 0;
    int64_t day = 0;

    quota_get_spent(spending->quota, &day, &units);
    TRY(driver_run(driver,
                   "INSERT INTO spending (site, day, units) VALUES (?, ?, ?)"
                   " ON CONFLICT (site) DO UPDATE SET day = excluded.day, units = excluded.units",
                   NULL, NULL, DRIVER_TEXT(spending->site), DRIVER_INT(day), DRIVER_INT((int64_t)units)));
    spending->kept = units;
    return ERR_NONE;
}
