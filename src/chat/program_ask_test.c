/* What programs send, and what is wrong with it. */
#include "chat/program_ask.h"

#include "channel/record.h"
#include "chat/ask.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;

static int
make_arena(void **state)
{
    (void)state;
    ask_init();
    return arena_make((size_t)1 << 20, &arena) != ERR_NONE;
}

static int
free_arena(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void
assert_str(str seen, const char *wanted)
{
    assert_int_equal(seen.len, strlen(wanted));
    assert_memory_equal(seen.at, wanted, seen.len);
}

static void
a_message_of_rasa_is_read(void **state)
{
    struct program_ask ask;
    struct program_fault fault = {NULL, NULL};
    (void)state;

    assert_int_equal(program_ask_parse_rest(arena, STR("{\"sender\":\"u1\",\"message\":\"Hi\",\"metadata\":{\"language\":\"de\",\"notice\":\"ab\"},\"input_channel\":\"rest\"}"), &ask, &fault),
                     ERR_NONE);
    assert_str(ask.sender, "u1");
    assert_str(record_words(ask.text), "Hi");
    assert_str(ask.payload, "");
    assert_str(ask.language, "de");
    assert_str(ask.notice, "ab");
    assert_int_equal(program_ask_parse_rest(arena, STR("{\"sender\":\"u1\",\"message\":\"/inform{\\\"a\\\":\\\"b\\\"}\"}"), &ask, &fault), ERR_NONE);
    assert_str(ask.payload, "/inform{\"a\":\"b\"}");
}

static void
the_last_message_is_said_and_the_earlier_ones_are_gone_through(void **state)
{
    struct program_ask ask;
    struct program_fault fault = {NULL, NULL};
    (void)state;

    assert_int_equal(program_ask_parse_chat(arena,
                                            STR("{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"one\"},"
                                                "{\"role\":\"assistant\",\"content\":null},{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"two\"},{\"type\":\"text\",\"text\":\"three\"}]}],"
                                                "\"stream\":true,\"stream_options\":{\"include_usage\":true},\"user\":null}"),
                                            &ask, &fault),
                     ERR_NONE);
    assert_int_equal(ask.earlier_count, 1);
    assert_str(record_words(ask.earlier[0]), "one");
    assert_str(record_words(ask.text), "two\nthree");
    assert_true(ask.is_stream && ask.has_usage && !ask.is_first);
    assert_int_equal(ask.prompt_bytes, 1 + 3 + 9);
}

static void
of_many_messages_the_newest_are_gone_through(void **state)
{
    struct program_ask ask;
    struct program_fault fault = {NULL, NULL};
    BUF_SCOPE(json, (size_t)1 << 16);
    (void)state;

    assert_int_equal(buf_add_str(&json, STR("{\"model\":\"m\",\"messages\":[")), ERR_NONE);
    for (unsigned i = 0; i < 100; i++)
        assert_int_equal(buf_add_text(&json, "%s{\"role\":\"user\",\"content\":\"n%u\"}", i > 0 ? "," : "", i), ERR_NONE);
    assert_int_equal(buf_add_str(&json, STR("]}")), ERR_NONE);
    assert_int_equal(program_ask_parse_chat(arena, buf_str(&json), &ask, &fault), ERR_NONE);
    assert_int_equal(ask.earlier_count, PROGRAM_EARLIER_MAX - 1);
    assert_str(record_words(ask.earlier[ask.earlier_count - 1]), "n98");
    assert_str(record_words(ask.text), "n99");
    assert_true(ask.is_first);
}

static void
what_is_wrong_is_named_with_its_member(void **state)
{
    static const struct {
        bool is_chat;
        const char *json, *member;
    } cases[] = {{false, "{", NULL}, {false, "[]", NULL}, {false, "{\"message\":\"x\"}", "sender"}, {false, "{\"sender\":7,\"message\":\"x\"}", "sender"},
                 {false, "{\"sender\":\"a\\u0000b\",\"message\":\"x\"}", NULL}, {false, "{\"sender\":\"a\\nb\",\"message\":\"x\"}", "sender"},
                 {false, "{\"sender\":\"a\"}", "message"}, {false, "{\"sender\":\"a\",\"message\":\"x\",\"metadata\":7}", "metadata"},
                 {false, "{\"sender\":\"a\",\"sender\":\"b\",\"message\":\"x\"}", NULL}, {true, "{\"messages\":[]}", "model"}, {true, "{\"model\":\"m\"}", "messages"},
                 {true, "{\"model\":\"m\",\"messages\":[7]}", "messages"}, {true, "{\"model\":\"m\",\"messages\":[{\"role\":\"king\",\"content\":\"x\"}]}", "messages"},
                 {true, "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":{}}]}", "messages"},
                 {true, "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}]}", "messages"},
                 {true, "{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"x\"}]}", "messages"}, {true, "{\"model\":\"m\",\"messages\":[],\"stream\":1}", "stream"},
                 {true, "{\"model\":\"m\",\"messages\":[],\"n\":3}", "n"}, {true, "{\"model\":\"m\",\"messages\":[],\"tool_choice\":\"required\"}", "tool_choice"}};
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct program_ask ask;
        struct program_fault fault = {NULL, NULL};
        str json = str_from(cases[i].json);
        assert_int_equal(cases[i].is_chat ? program_ask_parse_chat(arena, json, &ask, &fault) : program_ask_parse_rest(arena, json, &ask, &fault), ERR_INPUT);
        assert_non_null(fault.text);
        assert_true(cases[i].member ? fault.member && strcmp(fault.member, cases[i].member) == 0 : !fault.member);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_of_rasa_is_read),
        cmocka_unit_test(the_last_message_is_said_and_the_earlier_ones_are_gone_through),
        cmocka_unit_test(of_many_messages_the_newest_are_gone_through),
        cmocka_unit_test(what_is_wrong_is_named_with_its_member),
    };
    return cmocka_run_group_tests(tests, make_arena, free_arena);
}
