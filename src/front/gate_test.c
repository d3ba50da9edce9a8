/* The gate: limits by address, at whatever time; proxies and what they forward. */
#include "front/gate.h"

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
    return gate_find(&gate, (const struct sockaddr *)&peer);
}

static int
gate_make(void **state)
{
    static struct conf conf = {.connections_per_address = 3, .handshakes_per_s = 2, .proxies = "127.0.0.1  2001:db8::1"};
    (void)state;
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

static void
handshakes_come_back_with_time_and_never_pile_up(void **state)
{
    struct gate_place here = place_of("198.51.100.1");
    uint64_t now = 1000000;
    (void)state;
    for (int i = 0; i < 16; i++)
        assert_true(gate_may_shake(&gate, here, now));
    assert_false(gate_may_shake(&gate, here, now));
    assert_false(gate_may_shake(&gate, here, now + 499));
    assert_true(gate_may_shake(&gate, here, now + 500));
    assert_false(gate_may_shake(&gate, here, now + 500));
    now += (uint64_t)365 * 86400 * 1000;
    for (int i = 0; i < 16; i++)
        assert_true(gate_may_shake(&gate, here, now));
    assert_false(gate_may_shake(&gate, here, now));
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
    assert_int_equal(gate_find_forwarded(&gate, STR("192.0.2.1, 10.0.0.1,203.0.113.7 "), &found), ERR_NONE);
    assert_int_equal(found.row, place_of("203.0.113.7").row);
    assert_int_equal(gate_find_forwarded(&gate, STR("2001:db8:1:2::5"), &found), ERR_NONE);
    static const char *const bad[] = {"", "unknown", "1.2.3", "1.2.3.4:80", "a, b", "203.0.113.7,", "[::1]",
                                      "1111111111111111111111111111111111111111111111111111111111111111111111111"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(gate_find_forwarded(&gate, str_from(bad[i]), &found), ERR_INPUT);
}

static void
a_wrong_proxy_is_refused_at_the_start(void **state)
{
    static struct conf conf = {.connections_per_address = 1, .handshakes_per_s = 1, .proxies = "10.0.0.1 proxy.example"};
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
        cmocka_unit_test_setup(a_network_of_ipv6_is_one_place, gate_make),
        cmocka_unit_test_setup(a_proxy_is_known_and_what_it_saw_last_is_what_counts, gate_make),
        cmocka_unit_test(a_wrong_proxy_is_refused_at_the_start),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
