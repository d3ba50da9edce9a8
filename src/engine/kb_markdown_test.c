/* Articles become blocks of JSON; what can't become JSON is refused with words for its author. */
#include "engine/kb_markdown.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    const char *article;
    bool is_good;
} cases[] = {
    {"# Head\nText *em* **strong** `code` [link](https://shop.example)\n\n- one\n- two\n", true},
    {"\"quotes\" \\ and \x07 bells\n", true},
    {"caf\xE9 in Latin-1\n", false},
    {"## \xF5\n", false},
    {"code `over\ntwo lines` and ``a`b``\n", true},
    {"- a\n\n  b `c\n  d`\n  1. e\n\n> quote\n> - list\n\n```\ntwo\nlines\n```\n1\n", true},
    {"- # a heading in a list\n", false},
    {"> # a heading in a quote\n> text\n", true},
    {"# Head\nText *em** *nstrog `code` [link](https://shop*example/a \"t\").\n\n- one\n  1. th\n>eqer\n uope\n", false},
    {"*em `co\nde` **strong\nbreak\\\nhard** [a\nb](https://a.b)*\n", true},
    {"# `code` *and* [link](https://a.b) in a heading\n", true},
    {"<b>markup</b>\n", false},
    {"![image](x.png)\n", false},
};

static void
an_article_becomes_json_or_is_refused(void **state)
{
    static struct kb_section sections[KB_SECTIONS_MAX];
    ARENA_SCOPE(arena);

    (void)state;
    assert_int_equal(arena_make(1 << 20, &arena), ERR_NONE);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *what = NULL;
        size_t count = 0;
        enum err err = kb_markdown_parse(arena, str_from(cases[i].article), sections, &count, &what);
        if (err != (cases[i].is_good ? ERR_NONE : ERR_INPUT))
            fail_msg("case %zu: %s", i, err_name(err));
        assert_true(err == ERR_NONE || (what && what[0]));
        for (size_t k = 0; err == ERR_NONE && k < count; k++) {
            BUF_SCOPE(list, 1 << 20);
            json_error_t error;
            assert_int_equal(buf_add_text(&list, "[%.*s]", STR_ARG(sections[k].blocks)), ERR_NONE);
            json_t *parsed = json_loadb((const char *)list.at, list.len, 0, &error);
            if (!parsed)
                fail_msg("case %zu: %.*s", i, STR_ARG(buf_str(&list)));
            json_decref(parsed);
        }
    }
}

static void
a_zero_byte_is_refused_wherever_it_stands(void **state)
{
    const str articles[] = {STR("a\0b"), STR("`a\0b`"), STR("```\n\0\n```\n"), STR("[a\0](https://a.b)"), STR("[a](https://a.b/\0)")};
    static struct kb_section sections[KB_SECTIONS_MAX];
    ARENA_SCOPE(arena);
    const char *what = NULL;
    size_t count = 0;

    (void)state;
    assert_int_equal(arena_make(1 << 20, &arena), ERR_NONE);
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
        assert_int_equal(kb_markdown_parse(arena, articles[i], sections, &count, &what), ERR_INPUT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(an_article_becomes_json_or_is_refused),
                                       cmocka_unit_test(a_zero_byte_is_refused_wherever_it_stands)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
