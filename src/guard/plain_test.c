/* What is left of what a person said: one form, whatever was hidden in it. */
#include "guard/plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    const char *said, *text; /* NULL: refused */
} cases[] = {
    {"hello", "hello"},
    {"  two \t\r\n lines\n", "two lines"},
    {"A\xCC\x8A", "\xC3\x85"},                               /* composed: NFC */
    {"n\x01\xCC\x81", "\xC5\x84"},                           /* composed although a control stood between */
    {"a\xE2\x80\x8B\xCC\x81", "\xC3\xA1"},                   /* … or a zero-width space */
    {"pay\xE2\x80\xAEpal", "paypal"},                        /* no override of direction */
    {"\xEF\xBB\xBFhi", "hi"},
    {"\xE0\xA5\x98", "\xE0\xA4\x95\xE0\xA4\xBC"},            /* one that NFC takes apart */
    {"\x01\x02", NULL},
    {" \xC2\xA0 ", NULL},
    {"\xFF", NULL},
    {"", NULL},
};

static void
what_was_said_has_one_form(void **state)
{
    ARENA_SCOPE(arena);
    str text, again;

    (void)state;
    assert_int_equal(arena_make(1 << 20, &arena), ERR_NONE);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum err err = plain_take(arena, (said){str_from(cases[i].said)}, &text);
        assert_int_equal(err, cases[i].text ? ERR_NONE : ERR_INPUT);
        if (err != ERR_NONE)
            continue;
        if (!str_is(text, str_from(cases[i].text)))
            fail_msg("case %zu: \"%.*s\"", i, STR_ARG(text));
        assert_int_equal(plain_take(arena, (said){text}, &again), ERR_NONE);
        assert_true(str_is(again, text));
    }
}

static void
four_thousand_letters_are_the_most_before_and_after(void **state)
{
    static char said_text[3 * 4001];
    ARENA_SCOPE(arena);
    str text;

    (void)state;
    assert_int_equal(arena_make(1 << 20, &arena), ERR_NONE);
    memset(said_text, 'x', sizeof said_text);
    assert_int_equal(plain_take(arena, (said){{said_text, 4000}}, &text), ERR_NONE);
    assert_int_equal(plain_take(arena, (said){{said_text, 4001}}, &text), ERR_LIMIT);
    for (size_t i = 0; i < 4000; i++)
        memcpy(said_text + 3 * i, "\xE0\xA5\x98", 3); /* NFC makes two of each */
    assert_int_equal(plain_take(arena, (said){{said_text, 3 * 2000}}, &text), ERR_NONE);
    assert_int_equal(plain_take(arena, (said){{said_text, 3 * 2001}}, &text), ERR_LIMIT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_said_has_one_form),
        cmocka_unit_test(four_thousand_letters_are_the_most_before_and_after),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
