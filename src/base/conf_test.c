/* Settings: precedence, and mistakes named by place. */
#include "base/conf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static enum err
conf_from(const char *text, struct conf *conf, struct conf_fault *fault)
{
    char path[] = "/tmp/privet-conf-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
    enum err err = conf_read(path, conf, fault);
    unlink(path);
    return err;
}

static void
mistakes_are_named_by_line_and_column_with_what_to_write(void **state)
{
    static const struct {
        const char *text;
        unsigned line, column;
        const char *says;
    } cases[] = {
        {"port: 99999\n", 1, 7, "from 1 to 65535"},
        {"site: a\nretention_day: 3\n", 2, 1, "retention_days"},
        {"port: [1]\n", 1, 1, "one line"},
        {"- x\n", 1, 1, "name: value"},
        {"site: a\n  b: c\n", 2, 4, "not YAML"},
        {"tls_key: x\n", 1, 10, "belong together"},
        {"origins: http://localhost:8080\n", 1, 10, "must differ"},
    };
    struct conf conf;
    struct conf_fault fault;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(conf_from(cases[i].text, &conf, &fault), ERR_INPUT);
        assert_non_null(strstr(fault.text, cases[i].says));
        if (strcmp(cases[i].says, "belong together") != 0 && strcmp(cases[i].says, "must differ") != 0) {
            assert_int_equal(fault.line, cases[i].line);
            assert_int_equal(fault.column, cases[i].column);
        }
    }
}

static void
the_environment_goes_before_the_file_and_the_file_before_the_default(void **state)
{
    struct conf conf;
    struct conf_fault fault;
    (void)state;
    assert_int_equal(setenv("PRIVET_PORT", "9001", 1), 0);
    assert_int_equal(conf_from("port: 9000\nsite: shop\ndata: here\n", &conf, &fault), ERR_NONE);
    assert_int_equal(unsetenv("PRIVET_PORT"), 0);
    assert_int_equal(conf.port, 9001);
    assert_string_equal(conf.site, "shop");
    assert_string_equal(conf.data, "/tmp/here");
    assert_int_equal(conf.retention_days, 30);
}

static void
the_page_of_settings_is_the_table(void **state)
{
    BUF_SCOPE(made, 65536);
    char kept[65536];
    (void)state;
    assert_int_equal(conf_document(&made), ERR_NONE);
    FILE *file = fopen("docs/config.md", "r");
    assert_non_null(file);
    size_t len = fread(kept, 1, sizeof kept, file);
    fclose(file);
    assert_int_equal(len, made.len);
    assert_memory_equal(kept, made.at, len);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mistakes_are_named_by_line_and_column_with_what_to_write),
        cmocka_unit_test(the_environment_goes_before_the_file_and_the_file_before_the_default),
        cmocka_unit_test(the_page_of_settings_is_the_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
