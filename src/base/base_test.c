/* Tests of the values that everything stands on. */
#include "base/alloc.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "base/rand.h"
#include "base/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void
utf8_is_told_from_what_only_looks_like_it(void **state)
{
    static const struct {
        const char *text;
        bool good;
    } cases[] = {
        {"", true},          {"plain", true},         {"\xC3\xBC", true},         {"\xF0\x9F\x8C\xB1", true},
        {"\xC0\x80", false}, {"\xED\xA0\x80", false}, {"\xF4\x90\x80\x80", false}, {"\xE2\x82", false},
        {"\x80", false},     {"\xE0\x80\x80", false}, {"\xF0\x80\x80\x80", false}, {"\xFF", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(str_is_utf8(str_from(cases[i].text)), cases[i].good);
    assert_int_equal(str_utf8_count(STR("gr\xC3\xBCn")), 4);
}

static void
numbers_are_digits_and_nothing_else(void **state)
{
    uint64_t n = 7;
    (void)state;
    assert_int_equal(str_parse_u64(STR("18446744073709551615"), UINT64_MAX, &n), ERR_NONE);
    assert_true(n == UINT64_MAX);
    assert_int_equal(str_parse_u64(STR("18446744073709551616"), UINT64_MAX, &n), ERR_INPUT);
    assert_int_equal(str_parse_u64(STR("+1"), 10, &n), ERR_INPUT);
    assert_int_equal(str_parse_u64(STR(""), 10, &n), ERR_INPUT);
    assert_int_equal(str_parse_u64(STR("11"), 10, &n), ERR_INPUT);
    assert_true(n == UINT64_MAX);
}

static void
a_string_is_split_into_all_its_parts(void **state)
{
    str rest = STR("a,,b"), part;
    (void)state;
    assert_true(str_split(&rest, ',', &part) && str_is(part, STR("a")));
    assert_true(str_split(&rest, ',', &part) && part.len == 0);
    assert_true(str_split(&rest, ',', &part) && str_is(part, STR("b")));
    assert_false(str_split(&rest, ',', &part));
    assert_int_equal(str_find(STR("haystack"), STR("stack")), 3);
    assert_true(str_find(STR("hay"), STR("stack")) == SIZE_MAX);
}

static void
an_arena_is_bounded_zeroed_and_one_allocation(void **state)
{
    ARENA_SCOPE(arena);
    void *piece = NULL;
    str text;
    (void)state;
    uint64_t before = alloc_count();
    assert_int_equal(arena_make(4096, &arena), ERR_NONE);
    assert_int_equal(arena_take(arena, 100, 10, &piece), ERR_NONE);
    memset(piece, 0xAA, 1000);
    assert_int_equal(arena_take_text(arena, &text, "%d turns", 12), ERR_NONE);
    assert_true(str_is(text, STR("12 turns")));
    assert_int_equal(arena_take(arena, 4096, 1, &piece), ERR_LIMIT);
    assert_int_equal(arena_take(arena, SIZE_MAX / 2, 4, &piece), ERR_LIMIT);
    arena_reset(arena);
    assert_int_equal(arena_take(arena, 1000, 1, &piece), ERR_NONE);
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(((unsigned char *)piece)[i], 0);
    assert_int_equal(alloc_count() - before, 1);
}

static void
a_buffer_refuses_to_pass_its_maximum_and_keeps_what_it_had(void **state)
{
    BUF_SCOPE(buf, 300);
    (void)state;
    for (int i = 0; i < 300; i++)
        assert_int_equal(buf_add_u8(&buf, (uint8_t)i), ERR_NONE);
    assert_int_equal(buf_add_u8(&buf, 1), ERR_LIMIT);
    assert_int_equal(buf.len, 300);
    assert_int_equal(buf.at[299], 299 & 0xFF);
}

static void
big_endian_values_come_back(void **state)
{
    BUF_SCOPE(buf, 64);
    uint16_t two = 0;
    uint64_t eight = 0;
    (void)state;
    assert_int_equal(buf_add_u16(&buf, 0x0102), ERR_NONE);
    assert_int_equal(buf_add_u64(&buf, 0x1122334455667788), ERR_NONE);
    assert_int_equal(buf.at[0], 1);
    struct view view = {buf.at, buf.len};
    assert_int_equal(buf_view_u16(&view, &two), ERR_NONE);
    assert_int_equal(buf_view_u64(&view, &eight), ERR_NONE);
    assert_true(two == 0x0102 && eight == 0x1122334455667788);
    assert_int_equal(buf_view_u16(&view, &two), ERR_INPUT);
}

static void
every_allocation_that_fails_is_reported(void **state)
{
    (void)state;
    for (uint64_t nth = 1;; nth++) {
        struct arena *arena = NULL;
        struct secret *secret = NULL;
        fault_arm(FAULT_ALLOC, nth);
        enum err first = arena_make(64, &arena);
        enum err second = secret_make(32, &secret);
        bool reached = !fault_is_armed(FAULT_ALLOC);
        fault_arm(FAULT_ALLOC, 0);
        arena_free(&arena);
        secret_free(&secret);
        if (!reached) {
            assert_true(nth > 2);
            break;
        }
        assert_true(first == ERR_MEMORY || second == ERR_MEMORY);
    }
}

static void
an_event_that_floods_is_held_and_says_how_often(void **state)
{
    static char text[1 << 16];
    int ends[2];
    size_t lines = 0;
    (void)state;

    assert_int_equal(pipe(ends), 0);
    log_set_fd(ends[1]);
    for (uint64_t second = 0; second < 2; second++) {
        clock_set_fixed(1700000000000 + second * 1000);
        for (int i = 0; i < 100; i++)
            LOG("flood", log_int("i", i));
        LOG("other", log_int("i", 0));
    }
    log_set_fd(STDERR_FILENO);
    clock_set_real();
    ssize_t len = read(ends[0], text, sizeof text - 1);
    close(ends[0]);
    close(ends[1]);
    assert_true(len > 0);
    text[len] = 0;
    for (const char *at = text; (at = strchr(at, '\n')); at++)
        lines++;
    assert_int_equal(lines, 2 * LOG_LINES_PER_SECOND + 2);
    const char *told = strstr(text, "\"event\":\"flood\",\"i\":0,\"held\":80}");
    assert_non_null(told);
    assert_null(strstr(strchr(told, 10), "\"held\""));
}

static void
a_log_line_cannot_be_forged_by_a_value(void **state)
{
    int ends[2];
    char line[4096];
    (void)state;
    assert_int_equal(pipe(ends), 0);
    log_set_fd(ends[1]);
    LOG("probe", log_str("value", STR("x\"}\n{\"event\":\"forged\"}\xE2\x80\xA8")), log_int("count", -3));
    log_set_fd(STDERR_FILENO);
    ssize_t got = read(ends[0], line, sizeof line - 1);
    assert_true(got > 0);
    line[got] = 0;
    assert_int_equal(strchr(line, '\n') - line, got - 1);
    assert_null(strstr(line, "\"event\":\"forged\""));
    assert_non_null(strstr(line, "\"count\":-3}"));
    close(ends[0]);
    close(ends[1]);
}

static void
fixed_random_bytes_come_first_and_then_real_ones(void **state)
{
    unsigned char out[8] = {0};
    (void)state;
    rand_set_fixed((const unsigned char *)"abcd", 4);
    rand_bytes(out, 8);
    assert_memory_equal(out, "abcd", 4);
    rand_set_fixed(NULL, 0);
}

#ifdef PRIVET_WIPE
/* What a library made and freed: the C library's own strdup, and a vector that grows by realloc. The allocator writes into the first bytes of
 * a freed piece; the rest is as it was left. */
static void
what_any_library_frees_is_overwritten(void **state)
{
    char words[200], seen[200], *volatile copy;
    (void)state;
    memset(words, 'w', sizeof words - 1);
    words[sizeof words - 1] = 0;
    copy = strdup(words);
    uintptr_t at = (uintptr_t)copy;
    free(copy);
    memcpy(seen, (void *)at, sizeof seen);
    assert_null(memchr(seen + 32, 'w', sizeof seen - 32));
    copy = strdup(words);
    at = (uintptr_t)copy;
    void *blocker = malloc(200);
    copy = realloc(copy, 100000);
    assert_memory_equal(copy, words, sizeof words);
    memcpy(seen, (void *)at, sizeof seen);
    assert_null(memchr(seen + 32, 'w', sizeof seen - 32));
    char *volatile same = realloc(copy, 90000);
    assert_memory_equal(same, words, sizeof words);
    free(same);
    free(blocker);
}

static __attribute__((noinline)) void
leave_on_the_stack(volatile uintptr_t *at)
{
    volatile char words[512];
    for (size_t i = 0; i < sizeof words; i++)
        words[i] = 'w';
    *at = (uintptr_t)words;
}

static void
what_a_function_left_on_the_stack_is_overwritten(void **state)
{
    char seen[512];
    (void)state;
    volatile uintptr_t at;
    leave_on_the_stack(&at);
    alloc_wipe_stack();
    memcpy(seen, (void *)at, sizeof seen);
    assert_null(memchr(seen, 'w', sizeof seen));
}
#endif

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_is_told_from_what_only_looks_like_it),
        cmocka_unit_test(numbers_are_digits_and_nothing_else),
        cmocka_unit_test(a_string_is_split_into_all_its_parts),
        cmocka_unit_test(an_arena_is_bounded_zeroed_and_one_allocation),
        cmocka_unit_test(a_buffer_refuses_to_pass_its_maximum_and_keeps_what_it_had),
        cmocka_unit_test(big_endian_values_come_back),
        cmocka_unit_test(every_allocation_that_fails_is_reported),
        cmocka_unit_test(a_log_line_cannot_be_forged_by_a_value),
        cmocka_unit_test(an_event_that_floods_is_held_and_says_how_often),
        cmocka_unit_test(fixed_random_bytes_come_first_and_then_real_ones),
#ifdef PRIVET_WIPE
        cmocka_unit_test(what_any_library_frees_is_overwritten),
        cmocka_unit_test(what_a_function_left_on_the_stack_is_overwritten),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
