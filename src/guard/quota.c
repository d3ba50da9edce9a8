/* Limits of chats, devices and the site's day. A device is counted under a keyed hash of its tag, by a key that lives for a day. It refuses
 * nobody for good: whoever asked too much is told how long to wait. */
#include "guard/quota.h"

#include "base/alloc.h"
#include "base/clock.h"

#include <pthread.h>

struct quota {
    pthread_mutex_t lock;
    struct limit_rate of_session, of_device;
    struct limit_table devices;
    uint64_t cost_per_day, spent;
    int64_t day;
};

enum err
quota_make(const struct conf *conf, struct quota **out)
{
    void *piece = NULL;

    TRY(alloc_make(1, sizeof(struct quota), &piece));
    struct quota *quota = piece;
    pthread_mutex_init(&quota->lock, NULL);
    quota->of_session = (struct limit_rate){(uint64_t)conf->requests_per_min, 60000, 2 * (uint64_t)conf->requests_per_min};
    quota->of_device = (struct limit_rate){(uint64_t)conf->device_messages_per_day, LIMIT_DAY_MS, (uint64_t)conf->device_messages_per_day};
    quota->cost_per_day = (uint64_t)conf->cost_per_day;
    limit_table_init(&quota->devices, clock_steady_ms());
    *out = quota;
    return ERR_NONE;
}

void
quota_free(struct quota **quota)
{
    if (!*quota)
        return;
    pthread_mutex_destroy(&(*quota)->lock);
    alloc_free(quota);
}

/* The lock is held. A clock that is set back does not bring a day back. */
static void
quota_turn_day(struct quota *quota)
{
    int64_t today = (int64_t)(clock_unix_ms() / LIMIT_DAY_MS);

    if (today <= quota->day)
        return;
    quota->day = today;
    quota->spent = 0;
}

static enum err
quota_take_device(struct quota *quota, str device_tag, uint64_t now_ms, uint64_t *wait_ms)
{
    struct limit_bucket *device = limit_table_find(&quota->devices, device_tag, now_ms);

    if (limit_take(device, &quota->of_device, now_ms))
        return ERR_NONE;
    *wait_ms = limit_wait_ms(device, &quota->of_device, now_ms);
    return err_raise(ERR_LIMIT, "quota: this device asks too much");
}

static enum err
quota_take_locked(struct quota *quota, const struct quota_ask *ask, uint64_t *wait_ms)
{
    uint64_t now_ms = clock_steady_ms();

    *wait_ms = limit_wait_ms(ask->session, &quota->of_session, now_ms);
    if (*wait_ms > 0)
        return err_raise(ERR_LIMIT, "quota: this chat asks too fast");
    quota_turn_day(quota);
    if (ask->is_message && quota->spent >= quota->cost_per_day)
        return err_raise(ERR_BUSY, "quota: the day is spent");
    if (ask->is_message)
        TRY(quota_take_device(quota, ask->device_tag, now_ms, wait_ms));
    must(limit_take(ask->session, &quota->of_session, now_ms));
    return ERR_NONE;
}

enum err
quota_take(struct quota *quota, const struct quota_ask *ask, uint64_t *wait_ms)
{
    pthread_mutex_lock(&quota->lock);
    enum err err = quota_take_locked(quota, ask, wait_ms);
    pthread_mutex_unlock(&quota->lock);
    return err;
}

void
quota_spend(struct quota *quota, uint64_t units)
{
    pthread_mutex_lock(&quota->lock);
    quota_turn_day(quota);
    quota->spent += units;
    pthread_mutex_unlock(&quota->lock);
}

void
quota_get_spent(struct quota *quota, int64_t *day, uint64_t *units)
{
    pthread_mutex_lock(&quota->lock);
    quota_turn_day(quota);
    *day = quota->day;
    *units = quota->spent;
    pthread_mutex_unlock(&quota->lock);
}

void
quota_set_spent(struct quota *quota, int64_t day, uint64_t units)
{
    pthread_mutex_lock(&quota->lock);
    quota_turn_day(quota);
    if (day >= quota->day) {
        quota->day = day;
        quota->spent += units;
    }
    pthread_mutex_unlock(&quota->lock);
}
