/* The command line's parser against its table: what is given is found, and what no row names is refused. */
#include "cli/word.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct word example = {
    .name = "example", .options = {{"config", "FILE", "a file"}, {"allow", "URL", "may repeat"}, {"quick", NULL, "a flag"}}};

static enum err
parse(const char *const *arguments, struct word_line *line)
{
    int count = 0;
    while (arguments[count])
        count++;
    char *list[16];
    for (int i = 0; i < count; i++)
        list[i] = (char *)(uintptr_t)arguments[i];
    return word_parse(&example, count, list, line);
}

#define GIVEN(...) ((const char *const[]){__VA_ARGS__, NULL})

static void
a_flag_takes_no_value_from_behind_it(void **state)
{
    static struct word_line line;
    (void)state;
    assert_int_equal(parse(GIVEN("--quick", "bots/shop"), &line), ERR_NONE);
    assert_true(word_has(&line, "quick"));
    assert_string_equal(word_plain(&line, 0), "bots/shop");
    assert_null(word_plain(&line, 1));
}

static void
values_stand_behind_a_blank_or_an_equals_sign(void **state)
{
    static struct word_line line;
    (void)state;
    assert_int_equal(parse(GIVEN("--config", "a.yaml", "x", "--allow=https://a", "--allow", "https://b"), &line), ERR_NONE);
    assert_string_equal(word_value(&line, "config", ""), "a.yaml");
    assert_string_equal(word_value(&line, "allow", ""), "https://b");
    assert_int_equal(line.given_count, 3);
    assert_string_equal(line.given[1].value, "https://a");
    assert_string_equal(word_value(&line, "quick", "absent"), "absent");
}

static void
what_no_row_names_is_refused(void **state)
{
    const char *const *const bad[] = {GIVEN("--confg", "a"), GIVEN("--config"), GIVEN("--quick=1"), GIVEN("--"  "q"), GIVEN("--=x")};
    static struct word_line line;
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(parse(bad[i], &line), ERR_INPUT);
}

static void
two_dashes_end_the_options(void **state)
{
    static struct word_line line;
    (void)state;
    assert_int_equal(parse(GIVEN("--", "--quick"), &line), ERR_NONE);
    assert_false(word_has(&line, "quick"));
    assert_string_equal(word_plain(&line, 0), "--quick");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_flag_takes_no_value_from_behind_it),
        cmocka_unit_test(values_stand_behind_a_blank_or_an_equals_sign),
        cmocka_unit_test(what_no_row_names_is_refused),
        cmocka_unit_test(two_dashes_end_the_options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
