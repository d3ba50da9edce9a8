/* Limits: exact in the long run however one asks, waited out as told, forgotten after a day; chats, devices and the site's day. */
#include "guard/limit.h"

#include "base/clock.h"
#include "guard/quota.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const struct limit_rate rate = {3, 10000, 6};

static void
what_comes_back_does_not_depend_on_how_often_one_asks(void **state)
{
    static const uint64_t steps[] = {1, 7, 50, 333, 1111};
    (void)state;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct limit_bucket bucket = {0, 0};
        uint64_t taken = 0;
        for (uint64_t now = 1; now <= 10000000; now += steps[i])
            taken += limit_take(&bucket, &rate, now);
        assert_in_range(taken, 3005 - steps[i] / 100, 3006);
    }
}

static void
who_waits_as_long_as_told_is_served_and_not_before(void **state)
{
    struct limit_bucket bucket = {0, 0};
    uint64_t now = 5;
    (void)state;
    for (int i = 0; i < 6; i++)
        assert_true(limit_take(&bucket, &rate, now));
    uint64_t wait = limit_wait_ms(&bucket, &rate, now);
    assert_int_equal(wait, 3334);
    assert_false(limit_take(&bucket, &rate, now + wait - 1));
    assert_true(limit_take(&bucket, &rate, now + wait));
    assert_int_equal(limit_wait_ms(&bucket, &rate, now + (uint64_t)400 * LIMIT_DAY_MS), 0);
}

static void
debt_is_counted_bounded_and_paid_by_time(void **state)
{
    struct limit_bucket bucket = {0, 0};
    (void)state;
    for (int i = 0; i < 6; i++)
        limit_owe(&bucket, &rate, 0);
    assert_int_equal(limit_debt(&bucket, &rate, 0), 0);
    limit_owe(&bucket, &rate, 0);
    assert_int_equal(limit_debt(&bucket, &rate, 0), 1);
    for (int i = 0; i < 100000; i++)
        limit_owe(&bucket, &rate, 0);
    assert_int_equal(limit_debt(&bucket, &rate, 0), 6 * LIMIT_DEBT_MAX);
    assert_int_equal(limit_debt(&bucket, &rate, 1280000), 0);
    assert_false(limit_take(&bucket, &rate, 1280000));
}

/* As many names as a /32 of IPv6 gives: memory stays, and somebody else still has a row or shares one. */
static void
a_flood_of_names_changes_no_size_and_no_key_lives_for_two_days(void **state)
{
    static struct limit_table table;
    unsigned char old[16];
    uint64_t now = 1000, taken = 0;
    (void)state;
    limit_table_init(&table, now);
    for (uint32_t i = 0; i < 300000; i++)
        taken += limit_take(limit_table_find(&table, str_bytes(&i, sizeof i), now), &rate, now);
    assert_in_range(taken, (uint64_t)LIMIT_ROWS * 6 * 99 / 100, (uint64_t)LIMIT_ROWS * 6);
    memcpy(old, table.key, sizeof old);
    assert_false(limit_table_renew(&table, now + LIMIT_DAY_MS - 1));
    assert_true(limit_take(limit_table_find(&table, STR("x"), now + LIMIT_DAY_MS), &rate, now + LIMIT_DAY_MS));
    assert_memory_not_equal(table.key, old, sizeof old);
    uint64_t left = 0;
    for (size_t i = 0; i < LIMIT_ROWS; i++)
        left += table.rows[i].taken;
    assert_int_equal(left, rate.period_ms);
}

/* ---- quota ---- */

#define NOON ((uint64_t)1790000000000 / LIMIT_DAY_MS * LIMIT_DAY_MS + LIMIT_DAY_MS / 2)

static struct quota *
quota_of(int64_t per_min, int64_t per_day, int64_t cost)
{
    static struct conf conf;
    struct quota *quota = NULL;

    conf.requests_per_min = per_min;
    conf.device_messages_per_day = per_day;
    conf.cost_per_day = cost;
    clock_set_fixed(NOON);
    assert_int_equal(quota_make(&conf, &quota), ERR_NONE);
    return quota;
}

static void
a_chat_that_asks_too_fast_waits_and_others_do_not(void **state)
{
    struct quota *quota = quota_of(60, 1000, 1000);
    struct limit_bucket here = {0, 0}, there = {0, 0};
    struct quota_ask ask = {&here, STR("device 1"), true}, other = {&there, STR("device 2"), true};
    uint64_t wait = 0;
    (void)state;
    for (int i = 0; i < 120; i++)
        assert_int_equal(quota_take(quota, &ask, &wait), ERR_NONE);
    assert_int_equal(quota_take(quota, &ask, &wait), ERR_LIMIT);
    assert_int_equal(wait, 1000);
    assert_int_equal(quota_take(quota, &other, &wait), ERR_NONE);
    clock_set_fixed(NOON + 999);
    assert_int_equal(quota_take(quota, &ask, &wait), ERR_LIMIT);
    clock_set_fixed(NOON + 1000);
    assert_int_equal(quota_take(quota, &ask, &wait), ERR_NONE);
    quota_free(&quota);
    clock_set_real();
}

static void
a_device_is_counted_over_all_its_chats_but_not_for_reading(void **state)
{
    struct quota *quota = quota_of(1000000, 10, 1000);
    uint64_t wait = 0;
    (void)state;
    for (int i = 0; i < 11; i++) {
        struct limit_bucket fresh = {0, 0};
        struct quota_ask ask = {&fresh, STR("device 1"), true};
        assert_int_equal(quota_take(quota, &ask, &wait), i < 10 ? ERR_NONE : ERR_LIMIT);
        ask.is_message = false;
        assert_int_equal(quota_take(quota, &ask, &wait), ERR_NONE);
    }
    struct limit_bucket fresh = {0, 0};
    assert_int_equal(quota_take(quota, &(struct quota_ask){&fresh, STR("device 1"), true}, &wait), ERR_LIMIT);
    assert_int_equal(wait, LIMIT_DAY_MS / 10);
    assert_int_equal(quota_take(quota, &(struct quota_ask){&fresh, STR("device 2"), true}, &wait), ERR_NONE);
    quota_free(&quota);
    clock_set_real();
}

static void
a_spent_day_ends_at_midnight_and_not_with_a_restart(void **state)
{
    struct quota *quota = quota_of(1000000, 1000, 3);
    struct limit_bucket here = {0, 0};
    struct quota_ask ask = {&here, STR("device 1"), true};
    uint64_t wait = 0, units = 0;
    int64_t day = 0;
    (void)state;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(quota_take(quota, &ask, &wait), ERR_NONE);
        quota_spend(quota, QUOTA_ANSWER);
    }
    assert_int_equal(quota_take(quota, &ask, &wait), ERR_BUSY);
    ask.is_message = false;
    assert_int_equal(quota_take(quota, &ask, &wait), ERR_NONE);
    quota_get_spent(quota, &day, &units);
    assert_int_equal(units, 3);
    quota_free(&quota);
    quota = quota_of(1000000, 1000, 3);
    ask.is_message = true;
    quota_set_spent(quota, day - 1, 3);
    assert_int_equal(quota_take(quota, &ask, &wait), ERR_NONE);
    quota_set_spent(quota, day, 3);
    assert_int_equal(quota_take(quota, &ask, &wait), ERR_BUSY);
    clock_set_fixed(NOON + LIMIT_DAY_MS / 2);
    assert_int_equal(quota_take(quota, &ask, &wait), ERR_NONE);
    clock_set_fixed(NOON); /* set back */
    quota_get_spent(quota, &day, &units);
    assert_int_equal(units, 0);
    quota_free(&quota);
    clock_set_real();
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_comes_back_does_not_depend_on_how_often_one_asks),
        cmocka_unit_test(who_waits_as_long_as_told_is_served_and_not_before),
        cmocka_unit_test(debt_is_counted_bounded_and_paid_by_time),
        cmocka_unit_test(a_flood_of_names_changes_no_size_and_no_key_lives_for_two_days),
        cmocka_unit_test(a_chat_that_asks_too_fast_waits_and_others_do_not),
        cmocka_unit_test(a_device_is_counted_over_all_its_chats_but_not_for_reading),
        cmocka_unit_test(a_spent_day_ends_at_midnight_and_not_with_a_restart),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
