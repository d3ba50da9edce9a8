/* API keys: shown once, stored as a hash, ended at once. */
#include "chat/program_key.h"

#include "store/driver_sqlite.h"
#include "store/migrate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct driver *driver;

static int
open_store(void **state)
{
    (void)state;
    return driver_sqlite_open(":memory:", &driver) != ERR_NONE || migrate_run(driver) != ERR_NONE;
}

static int
close_store(void **state)
{
    (void)state;
    driver->ops->close(&driver);
    return 0;
}

static void
add(const char *name, struct program_key *out)
{
    BUF_SCOPE(text, 256);
    assert_int_equal(program_key_add(driver, str_from(name), 20000, &text), ERR_NONE);
    assert_int_equal(program_key_parse(buf_str(&text), out), ERR_NONE);
}

static void
before_the_first_key_there_is_no_interface(void **state)
{
    struct program_key key = {.id = {0}};
    (void)state;

    assert_int_equal(program_key_check(driver, &key), ERR_ABSENT);
    assert_int_equal(program_key_check_id(driver, key.id), ERR_ABSENT);
}

static void
every_bit_of_a_key_counts(void **state)
{
    struct program_key key, bent;
    (void)state;

    add("a", &key);
    assert_int_equal(program_key_check(driver, &key), ERR_NONE);
    for (size_t i = 0; i < 8 * sizeof key.secret; i++) {
        bent = key;
        bent.secret[i / 8] ^= (unsigned char)(1u << (i % 8));
        assert_int_equal(program_key_check(driver, &bent), ERR_DENIED);
    }
    for (size_t i = 0; i < 8 * sizeof key.id; i++) {
        bent = key;
        bent.id[i / 8] ^= (unsigned char)(1u << (i % 8));
        assert_int_equal(program_key_check(driver, &bent), ERR_DENIED);
    }
}

static enum err
take_id(void *context, str id, str name, int64_t day)
{
    char *out = context;

    if (str_is(name, STR("to be removed")))
        memcpy(out, id.at, 16);
    assert_int_equal(day, 20000);
    return ERR_NONE;
}

static void
one_that_is_removed_ends_and_the_others_do_not(void **state)
{
    struct program_key key, other;
    char id[17] = "";
    (void)state;

    add("to be removed", &key);
    add("another", &other);
    assert_int_equal(program_key_each(driver, take_id, id), ERR_NONE);
    assert_int_equal(program_key_remove(driver, str_from(id)), ERR_NONE);
    assert_int_equal(program_key_check(driver, &key), ERR_DENIED);
    assert_int_equal(program_key_check_id(driver, key.id), ERR_DENIED);
    assert_int_equal(program_key_check(driver, &other), ERR_NONE);
    assert_int_equal(program_key_remove(driver, str_from(id)), ERR_ABSENT);
    assert_int_equal(program_key_remove(driver, STR("zz")), ERR_INPUT);
}

static void
what_is_no_key_is_refused(void **state)
{
    static const char *const texts[] = {"", "pvk_", "pvk_AAAA", "sk-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                                        "pvk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!", "pvk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"};
    struct program_key key;
    BUF_SCOPE(text, 256);
    (void)state;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(program_key_parse(str_from(texts[i]), &key), ERR_INPUT);
    assert_int_equal(program_key_add(driver, STR(""), 1, &text), ERR_INPUT);
    assert_int_equal(text.len, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(before_the_first_key_there_is_no_interface, open_store, close_store),
        cmocka_unit_test_setup_teardown(every_bit_of_a_key_counts, open_store, close_store),
        cmocka_unit_test_setup_teardown(one_that_is_removed_ends_and_the_others_do_not, open_store, close_store),
        cmocka_unit_test_setup_teardown(what_is_no_key_is_refused, open_store, close_store),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
