/* Connections: each phase has its time, and when it is nearly full the idlest makes room. */
#include "front/line.h"

#include "base/clock.h"

#include <netinet/in.h>
#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#define NOW_MS ((uint64_t)1790000000000)

static struct lines lines;
static const struct sockaddr_in peer = {.sin_family = AF_INET, .sin_addr.s_addr = 0x0100007F};

static int
lines_make(void **state)
{
    static struct conf conf = {.connections_max = 32, .connections_per_address = 100, .handshakes_per_s = 1, .idle_timeout_s = 30, .request_timeout_s = 20};
    (void)state;
    clock_set_fixed(NOW_MS);
    return line_init(&lines, &conf) != ERR_NONE;
}

static int
lines_end(void **state)
{
    (void)state;
    clock_set_real();
    return lines.count != 0;
}

/* A connection whose other end sees when it is shut. */
static struct line *
open_one(int *other)
{
    struct line *line = NULL;
    int pair[2];

    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    assert_int_equal(line_open(&lines, pair[0], (const struct sockaddr *)&peer, &line), ERR_NONE);
    *other = pair[1];
    return line;
}

static bool
is_shut(int other)
{
    char byte;
    return recv(other, &byte, 1, MSG_DONTWAIT) == 0;
}

static void
close_one(struct line *line, int other)
{
    close(line->fd);
    close(other);
    line_close(&lines, &line);
}

static void
each_phase_has_its_time_and_core_has_all_of_it(void **state)
{
    static const struct {
        enum line_phase phase;
        uint64_t seconds; /* 0: for ever */
    } rows[] = {{LINE_HEAD, 20}, {LINE_BODY, 20}, {LINE_ANSWER, 20}, {LINE_IDLE, 30}, {LINE_CORE, 0}};
    int other;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        clock_set_fixed(NOW_MS);
        struct line *line = open_one(&other);
        line_set(&lines, line, rows[i].phase);
        clock_set_fixed(NOW_MS + (rows[i].seconds ? rows[i].seconds * 1000 - 1 : (uint64_t)1 << 40));
        assert_int_equal(line_shut_slow(&lines), 0);
        assert_false(is_shut(other));
        clock_set_fixed(NOW_MS + rows[i].seconds * 1000);
        assert_int_equal(line_shut_slow(&lines), rows[i].seconds ? 1 : 0);
        assert_int_equal(is_shut(other), rows[i].seconds != 0);
        line_set(&lines, line, LINE_IDLE);
        assert_int_equal(line->phase, rows[i].seconds ? LINE_SHUT : LINE_IDLE);
        close_one(line, other);
    }
}

static void
a_byte_now_and_then_prolongs_nothing(void **state)
{
    int other;
    (void)state;
    struct line *line = open_one(&other);
    for (uint64_t s = 0; s < 19; s++) {
        assert_int_equal(send(other, "x", 1, MSG_NOSIGNAL), 1);
        clock_set_fixed(NOW_MS + s * 1000);
        assert_int_equal(line_shut_slow(&lines), 0);
    }
    clock_set_fixed(NOW_MS + 20000);
    assert_int_equal(line_shut_slow(&lines), 1);
    close_one(line, other);
}

static void
when_it_is_nearly_full_the_idlest_makes_room(void **state)
{
    struct line *all[31];
    int others[31];
    (void)state;
    for (int i = 0; i < 30; i++) {
        clock_set_fixed(NOW_MS + (uint64_t)i);
        all[i] = open_one(&others[i]);
        line_set(&lines, all[i], i == 0 ? LINE_CORE : LINE_IDLE);
    }
    for (int i = 0; i < 30; i++)
        assert_false(is_shut(others[i]));
    line_set(&lines, all[1], LINE_IDLE); /* has just asked something */
    all[30] = open_one(&others[30]);
    for (int i = 0; i < 31; i++)
        assert_int_equal(is_shut(others[i]), i == 2);
    for (int i = 0; i < 31; i++)
        close_one(all[i], others[i]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_phase_has_its_time_and_core_has_all_of_it, lines_make, lines_end),
        cmocka_unit_test_setup_teardown(a_byte_now_and_then_prolongs_nothing, lines_make, lines_end),
        cmocka_unit_test_setup_teardown(when_it_is_nearly_full_the_idlest_makes_room, lines_make, lines_end),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
