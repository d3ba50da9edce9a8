/* Limits by leaky bucket (Turner, "New directions in communications", 1986): what was taken comes back evenly. All in whole numbers, so
 * that nothing is lost or won by asking often. It never keeps whom it counts. */
#include "guard/limit.h"

#include "base/alloc.h"
#include "base/rand.h"

#include <sodium.h>
#include <string.h>

static uint64_t
limit_taken(const struct limit_bucket *bucket, const struct limit_rate *rate, uint64_t now_ms)
{
    uint64_t passed = now_ms > bucket->seen_ms ? now_ms - bucket->seen_ms : 0, back;

    /* A year gives all back; without the cap the product could run over. */
    if (passed > 366 * LIMIT_DAY_MS)
        return 0;
    back = passed * rate->count;
    return bucket->taken > back ? bucket->taken - back : 0;
}

static void
limit_set(struct limit_bucket *bucket, uint64_t taken, uint64_t now_ms)
{
    *bucket = (struct limit_bucket){taken, now_ms};
}

bool
limit_take(struct limit_bucket *bucket, const struct limit_rate *rate, uint64_t now_ms)
{
    uint64_t taken = limit_taken(bucket, rate, now_ms) + rate->period_ms;
    bool is_there = taken <= rate->burst * rate->period_ms;

    if (is_there)
        limit_set(bucket, taken, now_ms);
    return is_there;
}

void
limit_owe(struct limit_bucket *bucket, const struct limit_rate *rate, uint64_t now_ms)
{
    uint64_t taken = limit_taken(bucket, rate, now_ms) + rate->period_ms, most = rate->burst * rate->period_ms * (LIMIT_DEBT_MAX + 1);
    limit_set(bucket, taken < most ? taken : most, now_ms);
}

uint64_t
limit_debt(const struct limit_bucket *bucket, const struct limit_rate *rate, uint64_t now_ms)
{
    uint64_t taken = limit_taken(bucket, rate, now_ms), full = rate->burst * rate->period_ms;
    return taken > full ? (taken - full + rate->period_ms - 1) / rate->period_ms : 0;
}

uint64_t
limit_wait_ms(const struct limit_bucket *bucket, const struct limit_rate *rate, uint64_t now_ms)
{
    uint64_t taken = limit_taken(bucket, rate, now_ms) + rate->period_ms, full = rate->burst * rate->period_ms;
    return taken > full ? (taken - full + rate->count - 1) / rate->count : 0;
}

void
limit_table_init(struct limit_table *table, uint64_t now_ms)
{
    memset(table, 0, sizeof *table);
    rand_bytes(table->key, sizeof table->key);
    table->drawn_ms = now_ms;
}

bool
limit_table_renew(struct limit_table *table, uint64_t now_ms)
{
    uint64_t generation = table->generation + 1;

    if (now_ms - table->drawn_ms < LIMIT_DAY_MS)
        return false;
    alloc_wipe(table, sizeof *table);
    limit_table_init(table, now_ms);
    table->generation = generation;
    return true;
}

uint32_t
limit_table_row(const struct limit_table *table, str who)
{
    unsigned char hash[crypto_shorthash_BYTES];
    uint32_t row;

    crypto_shorthash(hash, (const unsigned char *)who.at, who.len, table->key);
    memcpy(&row, hash, sizeof row);
    return row & (LIMIT_ROWS - 1);
}

struct limit_bucket *
limit_table_find(struct limit_table *table, str who, uint64_t now_ms)
{
    (void)limit_table_renew(table, now_ms);
    return &table->rows[limit_table_row(table, who)];
}
