/* Every sentence is whole in every language, and no secret is called "personal data". */
#include "guard/remark.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const char *const languages[] = {"ar", "de", "en", "es", "fr", "it", "nl", "pl", "pt", "sv", "tr"};

static void
every_language_says_what_became_of_it(void **state)
{
    BUF_SCOPE(first, 4096);
    BUF_SCOPE(second, 4096);

    (void)state;
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        buf_reset(&first);
        assert_int_equal(remark_stopped_write(str_from(languages[i]), &first), ERR_NONE);
        assert_true(first.len > 60 && str_is_utf8(buf_str(&first)));
    }
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
        for (unsigned type = 0; type < pii_type_count(); type++) {
            buf_reset(&first);
            buf_reset(&second);
            assert_int_equal(remark_write(str_from(languages[i]), type, true, &first), ERR_NONE);
            assert_int_equal(remark_write(str_from(languages[i]), type, false, &second), ERR_NONE);
            assert_true(first.len > 60 && second.len > 60 && !str_is(buf_str(&first), buf_str(&second)));
            assert_true(str_find(buf_str(&first), STR("%")) == SIZE_MAX && str_is_utf8(buf_str(&first)));
        }
}

static void
another_language_gets_english(void **state)
{
    BUF_SCOPE(some, 4096);
    BUF_SCOPE(english, 4096);

    (void)state;
    assert_int_equal(remark_write(STR("xx-YY"), PII_CARD, true, &some), ERR_NONE);
    assert_int_equal(remark_write(STR("en-GB"), PII_CARD, true, &english), ERR_NONE);
    assert_true(str_is(buf_str(&some), buf_str(&english)));
}

static void
every_secret_has_a_name(void **state)
{
    (void)state;
    for (unsigned type = 0; type < pii_type_count(); type++)
        if (pii_type_get(type).is_secret)
            assert_true(remark_is_known(type));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_language_says_what_became_of_it),
        cmocka_unit_test(another_language_gets_english),
        cmocka_unit_test(every_secret_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
