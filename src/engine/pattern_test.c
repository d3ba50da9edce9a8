/* Authors' expressions: what is found, what is refused, and that no text makes them slow. */
#include "engine/pattern.h"

#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;

static int
arena_begin(void **state)
{
    (void)state;
    return arena_make((size_t)1 << 20, &arena) == ERR_NONE ? 0 : -1;
}

static int
arena_end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static struct pattern *
compiled(const char *text)
{
    struct pattern *pattern = NULL;
    const char *what = "";

    if (pattern_parse(arena, str_from(text), &pattern, &what) != ERR_NONE)
        fail_msg("%s: %s", text, what);
    return pattern;
}

/* Pattern, text, and the first match; NULL none. */
static const char *const found[][3] = {
    {"PR-[0-9]{5}", "where is pr-10042 now", "pr-10042"},
    {"PR-[0-9]{5}", "APR-10042", NULL},
    {"PR-[0-9]{5}", "PR-100421", NULL},
    {"PR-[0-9]{5}", "xPR-10042 and PR-10043", "PR-10043"},
    {"\\d{3}|\\d{5}", "12345", "12345"},
    {"a|ab", "ab", "ab"},
    {"(a|ab)(c|bcd)?", "x abcd", "abcd"},
    {"[A-Z]{2}\\d{2}[A-Z0-9]{4,8}", "my iban is de89 3704", NULL},
    {"[A-Z]{2}\\d{2}[A-Z0-9]{4,8}", "my iban is de893704x", "de893704x"},
    {"\\bfoo\\b", "a foo, b", "foo"},
    {"^\\d+$", "123", "123"},
    {"^\\d+$", "123 4", NULL},
    {"colou?r", "the Color red", "Color"},
    {"gr[üu]n", "GRÜN ist", "GRÜN"},
    {"[^ ]+@[^ ]+", "to a@b or c@d", "a@b"},
    {"\\w+?-\\w+", "see ab-cd", "ab-cd"},
    {"x*", "yyxx xx", "xx"},
    {"(ab){2,3}", "abab", "abab"},
    {"(ab){,2}c", "ababc", "ababc"},
    {"(?:ab|cd)+", "xx abcdab", "abcdab"},
    {"(?P<n>\\d+) km", "about 12 km", "12 km"},
    {"\\$\\d+\\.\\d{2}", "that is $12.50.", "$12.50"},
    {"[[:digit:][:space:]]{4}", "12 4x 1 23", "1 23"},
    {"[]x]+", "a ]x]", "]x]"},
    {"[a-]+", "b a-a", "a-a"},
    {"a{x}", "a{x}", "a{x}"},
    {"(?i)ABC", "abc", "abc"},
    {"()", "abc", NULL},
    {"(a*)*b", "aab", "aab"},
    {"日本", "日本", "日本"},
    {".", "\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80"},
};

static void
what_an_expression_finds(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
        size_t start = 0, end = 0;
        str text = str_from(found[i][1]);
        bool is_found = pattern_find(compiled(found[i][0]), text, 0, &start, &end);
        if (is_found != (found[i][2] != NULL))
            fail_msg("%s in %s: %d", found[i][0], found[i][1], is_found);
        if (is_found && !str_is(str_slice(text, start, end - start), str_from(found[i][2])))
            fail_msg("%s in %s: %.*s", found[i][0], found[i][1], (int)(end - start), text.at + start);
    }
}

static void
the_search_goes_on_behind_a_match(void **state)
{
    const struct pattern *pattern = compiled("\\d+");
    size_t start = 0, end = 0, sum = 0;
    str text = STR("1 and 22, 333é4 55");
    (void)state;
    for (size_t from = 0; pattern_find(pattern, text, from, &start, &end); from = end)
        sum += end - start;
    assert_int_equal(sum, 1 + 2 + 2);
}

static const char *const refused[] = {"(", ")", "[a", "a{2,1}", "a{1001}", "*a", "(?=x)", "(?<!x)y", "(a)\\1", "\\", "\\q", "[z-a]", "[[:nothing:]]",
                                      "a{600}b{600}", "((((((a{9}){9}){9}){9}){9}){9})", "(?Px)", "(((){999}){999}){999}"};

static void
what_can_not_be_matched_is_refused_with_a_reason(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct pattern *pattern = NULL;
        const char *what = "";
        if (pattern_parse(arena, str_from(refused[i]), &pattern, &what) != ERR_INPUT)
            fail_msg("%s is not refused", refused[i]);
        assert_true(what[0] != 0);
    }
    static char nested[400];
    for (size_t i = 0; i < 100; i++)
        memcpy(nested + i, "(", 2);
    struct pattern *pattern = NULL;
    const char *what = "";
    assert_int_equal(pattern_parse(arena, str_from(nested), &pattern, &what), ERR_INPUT);
}

/* Expressions over which a backtracking matcher takes longer than anyone lives. */
static void
no_text_makes_an_expression_slow(void **state)
{
    static const char *const slow[] = {"(a+)+$", "(a|aa)+b", "(.*)*x", "([a-z]+)*\\d", "a{0,300}a{300}b", "(((((a?)?)?)?)?)+c"};
    static char text[4001];
    (void)state;
    memset(text, 'a', sizeof text - 1);
    for (size_t i = 0; i < sizeof slow / sizeof *slow; i++) {
        const struct pattern *pattern = compiled(slow[i]);
        size_t start, end;
        uint64_t before = clock_cpu_ns();
        (void)pattern_find(pattern, str_bytes(text, 4000), 0, &start, &end);
        /* 4,000 letters × at most 1,000 steps; sanitizers are slow. */
        assert_true(clock_cpu_ns() - before < 2000000000u);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_an_expression_finds, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(the_search_goes_on_behind_a_match, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(what_can_not_be_matched_is_refused_with_a_reason, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(no_text_makes_an_expression_slow, arena_begin, arena_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
