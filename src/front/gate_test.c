/* The gate: limits by address, at whatever time; proxies and what they forward. */
#include "front/gate.h"

#include "base/clock.h"
#include "base/rand.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct gate gate;
static uint64_t now;
static unsigned char challenge[WORK_CHALLENGE_BYTES];

static struct gate_place
place_of(const char *address)
{
    struct sockaddr_storage peer = {0};
    struct sockaddr_in *v4 = (void *)&peer;
    struct sockaddr_in6 *v6 = (void *)&peer;

    if (inet_pton(AF_INET, address, &v4->sin_addr) == 1)
        v4->sin_family = AF_INET;
    else if (inet_pton(AF_INET6, address, &v6->sin6_addr) == 1)
        v6->sin6_family = AF_INET6;
    else
        fail_msg("no address: %s", address);
    return gate_find(&gate, (const struct sockaddr *)&peer, now);
}

static int
gate_make(void **state)
{
    static struct conf conf = {.connections_per_address = 3, .handshakes_per_s = 2, .site_handshakes_per_s = 100, .work_bits = 4,
                               .proxies = "127.0.0.1  2001:db8::1"};
    (void)state;
    now = clock_steady_ms();
    return gate_init(&gate, &conf) != ERR_NONE;
}

static void
an_address_may_open_so_many_connections_and_no_more(void **state)
{
    struct gate_place here = place_of("203.0.113.7"), there = place_of("203.0.113.8");
    (void)state;
    if (here.row == there.row)
        skip(); /* one in 16,384: they share a row */
    for (int i = 0; i < 3; i++) {
        assert_true(gate_may_connect(&gate, here));
        gate_connect(&gate, here);
    }
    assert_false(gate_may_connect(&gate, here));
    assert_true(gate_may_connect(&gate, there));
    gate_leave(&gate, here);
    assert_true(gate_may_connect(&gate, here));
}

/* A handshake as somebody asks for it who does no work. */
static bool
shake(struct gate_place place)
{
    return gate_shake(&gate, place, STR("m1"), (str){NULL, 0}, now, challenge) == ERR_NONE;
}

/* The same by somebody who does what is asked; how many bits that was. */
static unsigned
shake_working(struct gate_place place, enum err *err)
{
    static uint64_t number;
    unsigned char m1[571] = {1}, proof[WORK_BYTES];

    number++;
    memcpy(m1 + 100, &number, sizeof number);
    str bytes = str_bytes(m1, sizeof m1);
    *err = gate_shake(&gate, place, bytes, (str){NULL, 0}, now, challenge);
    if (*err != ERR_DENIED)
        return 0;
    assert_int_equal(work_solve(challenge, bytes, proof), ERR_NONE);
    *err = gate_shake(&gate, place, bytes, str_bytes(proof, sizeof proof), now, challenge);
    return proof[0];
}

static void
handshakes_come_back_with_time_and_never_pile_up(void **state)
{
    struct gate_place here = place_of("198.51.100.1");
    (void)state;
    for (int i = 0; i < 16; i++)
        assert_true(shake(here));
    assert_false(shake(here));
    now += 499;
    assert_false(shake(here));
    now += 1;
    assert_true(shake(here));
    assert_false(shake(here));
    now += LIMIT_DAY_MS - 1000;
    for (int i = 0; i < 16; i++)
        assert_true(shake(here));
    assert_false(shake(here));
}

static void
an_office_is_served_and_pays_more_the_more_come(void **state)
{
    struct gate_place office = place_of("198.51.100.1");
    unsigned bits = 0, first = 0;
    enum err err;
    (void)state;
    for (int i = 0; i < 200; i++) {
        bits = shake_working(office, &err);
        assert_int_equal(err, ERR_NONE);
        first = first ? first : bits;
        now += 10;
    }
    assert_int_equal(first, 4);
    assert_in_range(bits, 6, 8);
    /* An address that asked for nothing is none the wiser. */
    struct gate_place other = place_of("198.51.100.2");
    if (other.row != office.row)
        assert_true(shake(other));
    /* What was owed is forgotten with time. */
    now += 3600 * 1000;
    assert_true(shake(office));
}

static void
when_all_addresses_flood_the_unknown_one_is_served_for_work(void **state)
{
    char address[64];
    size_t served = 0;
    unsigned bits;
    enum err err;
    (void)state;
    for (int i = 0; i < 200000; i++) {
        snprintf(address, sizeof address, "2001:db8:%x:%x::1", (unsigned)i >> 8, (unsigned)(i & 255) << 8);
        served += shake(place_of(address));
    }
    assert_in_range(served, 800, 900); /* eight seconds' worth of the site, and what came back meanwhile */
    bits = shake_working(place_of("203.0.113.50"), &err);
    assert_int_equal(err, ERR_NONE);
    assert_int_equal(bits, 4);
    /* They took what the site gives, not what other addresses have. */
    size_t empty = 0;
    for (size_t i = 0; i < LIMIT_ROWS; i++)
        empty += limit_wait_ms(&gate.shakes.rows[i], &gate.of_address, now) > 0;
    assert_in_range(empty, 0, 100);
    now += 60000;
    assert_true(shake(place_of("203.0.113.51")));
}

static void
work_serves_once_there_and_for_that_flight_only(void **state)
{
    struct gate_place here = place_of("198.51.100.7"), there = place_of("198.51.100.8");
    unsigned char m1[571] = {1}, proof[WORK_BYTES];
    str bytes = str_bytes(m1, sizeof m1), shown = str_bytes(proof, sizeof proof);
    (void)state;
    if (here.row == there.row)
        skip();
    while (shake(here))
        continue;
    assert_int_equal(gate_shake(&gate, here, bytes, (str){NULL, 0}, now, challenge), ERR_DENIED);
    assert_int_equal(work_solve(challenge, bytes, proof), ERR_NONE);
    assert_int_equal(gate_shake(&gate, there, bytes, shown, now, challenge), ERR_DENIED);
    assert_int_equal(gate_shake(&gate, here, bytes, shown, now + (WORK_LIFE_S + 1) * 1000, challenge), ERR_DENIED);
    assert_int_equal(gate_shake(&gate, here, bytes, shown, now, challenge), ERR_NONE);
    assert_int_equal(gate_shake(&gate, here, bytes, shown, now, challenge), ERR_DENIED);
}

static void
too_little_work_is_asked_again(void **state)
{
    struct gate_place here = place_of("198.51.100.9");
    unsigned char m1[571] = {2}, proof[WORK_BYTES];
    str bytes = str_bytes(m1, sizeof m1);
    enum err err;
    (void)state;
    while (shake(here))
        continue;
    assert_int_equal(gate_shake(&gate, here, bytes, (str){NULL, 0}, now, challenge), ERR_DENIED);
    assert_int_equal(work_solve(challenge, bytes, proof), ERR_NONE);
    for (int i = 0; i < 200; i++)
        (void)shake_working(here, &err);
    assert_int_equal(gate_shake(&gate, here, bytes, str_bytes(proof, sizeof proof), now, challenge), ERR_DENIED);
    assert_in_range(challenge[0], proof[0] + 3, WORK_BITS_MAX);
}

static void
an_open_connection_outlives_the_key(void **state)
{
    struct gate_place before = place_of("203.0.113.9");
    unsigned char old[16];
    (void)state;
    memcpy(old, gate.shakes.key, sizeof old);
    gate_connect(&gate, before);
    now += LIMIT_DAY_MS;
    struct gate_place after = place_of("203.0.113.9");
    assert_memory_not_equal(gate.shakes.key, old, sizeof old);
    assert_int_not_equal(after.side, before.side);
    gate_connect(&gate, after);
    gate_leave(&gate, before);
    gate_leave(&gate, after);
    for (size_t i = 0; i < LIMIT_ROWS; i++)
        assert_int_equal(gate.connections[0][i] + gate.connections[1][i], 0);
}

static void
a_network_of_ipv6_is_one_place(void **state)
{
    (void)state;
    assert_int_equal(place_of("2001:db8:1:2200::1").row, place_of("2001:db8:1:22ff:9999::7").row);
    assert_int_equal(place_of("::ffff:192.0.2.9").row, place_of("192.0.2.9").row);
    assert_int_not_equal(place_of("2001:db8:1:2200::1").row + place_of("2001:db8:1:2300::1").row + place_of("2001:db8:1:2400::1").row,
                         3 * place_of("2001:db8:1:2200::1").row);
}

static void
a_proxy_is_known_and_what_it_saw_last_is_what_counts(void **state)
{
    struct gate_place found;
    (void)state;
    assert_true(place_of("127.0.0.1").is_proxy);
    assert_true(place_of("2001:db8::1").is_proxy);
    assert_false(place_of("127.0.0.2").is_proxy);
    assert_int_equal(gate_find_forwarded(&gate, STR("192.0.2.1, 10.0.0.1,203.0.113.7 "), now, &found), ERR_NONE);
    assert_int_equal(found.row, place_of("203.0.113.7").row);
    assert_int_equal(gate_find_forwarded(&gate, STR("2001:db8:1:2::5"), now, &found), ERR_NONE);
    static const char *const bad[] = {"", "unknown", "1.2.3", "1.2.3.4:80", "a, b", "203.0.113.7,", "[::1]",
                                      "1111111111111111111111111111111111111111111111111111111111111111111111111"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(gate_find_forwarded(&gate, str_from(bad[i]), now, &found), ERR_INPUT);
}

static void
a_wrong_proxy_is_refused_at_the_start(void **state)
{
    static struct conf conf = {.connections_per_address = 1, .handshakes_per_s = 1, .site_handshakes_per_s = 1, .work_bits = 1, .proxies = "10.0.0.1 proxy.example"};
    static struct gate other;
    (void)state;
    assert_int_equal(gate_init(&other, &conf), ERR_INPUT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(an_address_may_open_so_many_connections_and_no_more, gate_make),
        cmocka_unit_test_setup(handshakes_come_back_with_time_and_never_pile_up, gate_make),
        cmocka_unit_test_setup(an_office_is_served_and_pays_more_the_more_come, gate_make),
        cmocka_unit_test_setup(when_all_addresses_flood_the_unknown_one_is_served_for_work, gate_make),
        cmocka_unit_test_setup(work_serves_once_there_and_for_that_flight_only, gate_make),
        cmocka_unit_test_setup(too_little_work_is_asked_again, gate_make),
        cmocka_unit_test_setup(an_open_connection_outlives_the_key, gate_make),
        cmocka_unit_test_setup(a_network_of_ipv6_is_one_place, gate_make),
        cmocka_unit_test_setup(a_proxy_is_known_and_what_it_saw_last_is_what_counts, gate_make),
        cmocka_unit_test(a_wrong_proxy_is_refused_at_the_start),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
