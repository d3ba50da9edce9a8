/* limit.h - how often somebody may do something: buckets that empty with time, and a table of them by keyed hash.
 *
 * A bucket of all zeros is one that nothing was taken from. A table keeps no name of anybody: its key is drawn at random and destroyed
 * after a day, with all that was counted. Its size never changes: a flood of names makes rows shared, never memory larger, and whoever
 * shares a row is only ever limited earlier. Each call takes the same time, whatever is in the table. Not thread-safe.
 */
#ifndef GUARD_LIMIT_H
#define GUARD_LIMIT_H

#include "base/str.h"

#define LIMIT_ROWS 16384 /* a power of two */
#define LIMIT_DAY_MS ((uint64_t)86400 * 1000)
#define LIMIT_DEBT_MAX 64 /* in bursts */

/* `count` each `period_ms` in the long run, and `burst` at once; counts up to a million, periods up to a day. */
struct limit_rate {
    uint64_t count, period_ms, burst;
};

struct limit_bucket {
    uint64_t taken; /* and not yet back, in parts of 1/period_ms */
    uint64_t seen_ms;
};

struct limit_table {
    unsigned char key[16];
    uint64_t drawn_ms;
    uint64_t generation; /* how many keys were drawn */
    struct limit_bucket rows[LIMIT_ROWS];
};

/* limit_take - takes one; false when there is none now: then nothing is taken. */
bool limit_take(struct limit_bucket *bucket, const struct limit_rate *rate, uint64_t now_ms);
/* limit_owe - takes one, be there one or not: what is owed is waited for by all that come later. At most LIMIT_DEBT_MAX bursts are owed. */
void limit_owe(struct limit_bucket *bucket, const struct limit_rate *rate, uint64_t now_ms);
/* limit_debt - how many are owed. */
uint64_t limit_debt(const struct limit_bucket *bucket, const struct limit_rate *rate, uint64_t now_ms);
/* limit_wait_ms - how long until one can be taken; 0: now. */
uint64_t limit_wait_ms(const struct limit_bucket *bucket, const struct limit_rate *rate, uint64_t now_ms);

/* limit_table_init - an empty table with a new key. */
void limit_table_init(struct limit_table *table, uint64_t now_ms);
/* limit_table_renew - after a day draws a new key and forgets everything; returns whether it did. limit_table_find does it too. */
bool limit_table_renew(struct limit_table *table, uint64_t now_ms);
/* limit_table_row - whose row it is, until the key is renewed. */
uint32_t limit_table_row(const struct limit_table *table, str who);
struct limit_bucket *limit_table_find(struct limit_table *table, str who, uint64_t now_ms);

#endif
