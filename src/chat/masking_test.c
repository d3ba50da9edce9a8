/* What the engine may read, what is kept, what others may see of a message; and that flows still get what they ask for. */
#include "chat/masking.h"

#include "chat/ask.h"
#include "chat/turn.h"
#include "engine/bot_check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct pii *pii;
static struct request *request;
static struct bot *bot;
static struct arena *arena;
static struct turn_room room;
static struct buf state = {NULL, 0, 0, 1 << 16};

static int
setup(void **context)
{
    struct bot_fault fault;

    (void)context;
    return pii_make(&pii) || request_make(&request) || bot_make("bots/shop", &fault, &bot) ||
           bot_check_run(bot, &(struct bot_check_tools){pii, request, {"", 0}, false}, NULL, &fault) || arena_make((size_t)4 << 20, &arena) || turn_room_make(&room);
}

static int
teardown(void **context)
{
    (void)context;
    request_free(&request);
    pii_free(&pii);
    bot_free(&bot);
    arena_free(&arena);
    turn_room_free(&room);
    buf_done(&state);
    return 0;
}

static int
fresh(void **context)
{
    (void)context;
    buf_reset(&state);
    arena_reset(arena);
    return 0;
}

static bool
says(const char *language, const char *text, const char *wanted)
{
    struct turn_talk talk = {.bot = bot, .pii = pii, .text = (said){str_from(text)}, .language = str_from(language)};

    assert_int_equal(turn_talk(&talk, &room, &state), ERR_NONE);
    bool has = str_find(buf_str(&room.reply), str_from(wanted)) != SIZE_MAX;
    if (!has)
        print_message("%s: %.*s\n", text, STR_ARG(buf_str(&room.reply)));
    return has;
}

static bool
state_has(const char *text)
{
    return str_find(buf_str(&state), str_from(text)) != SIZE_MAX;
}

static void
run(const char *text, const char *payload, str kept, struct masking *out)
{
    struct dialogue *dialogue = NULL;

    assert_int_equal(dialogue_parse(arena, bot, (str){"", 0}, &dialogue), ERR_NONE);
    struct masking_input input = {pii, bot, dialogue, str_from(text), str_from(payload), kept, NULL};
    assert_int_equal(masking_run(arena, &input, out), ERR_NONE);
}

static void
a_flow_gets_what_it_asks_for(void **context)
{
    (void)context;
    assert_true(says("en", "where is my order", "order number"));
    assert_true(says("en", "PR-10001", "postcode"));
    assert_true(says("en", "50667", "PR-10001"));
    assert_true(says("en", "I want to talk to a person", "May I keep"));
    assert_true(says("en", "yes", "e-mail address?"));
    assert_true(says("en", "ada@example.com", "within one working day"));
}

static void
a_declared_value_passes_while_it_is_asked_for(void **context)
{
    struct bot *shop = bot;
    struct bot_fault fault;
    char folder[] = "/tmp/privet-test-XXXXXX", command[128];

    (void)context;
    assert_non_null(mkdtemp(folder));
    snprintf(command, sizeof command, "cp tests/flows/birth-date-for-an-order.yaml %s/bot.yaml", folder);
    assert_int_equal(system(command), 0);
    assert_int_equal(bot_make(folder, &fault, &bot), ERR_NONE);
    assert_int_equal(bot_check_run(bot, &(struct bot_check_tools){pii, request, {"", 0}, false}, NULL, &fault), ERR_NONE);
    assert_true(says("en", "I was born on 12.5.1980", "I recognised a date of birth"));
    assert_true(says("en", "where is my order", "What is your date of birth?"));
    assert_true(says("en", "12.5.1980", "Thank you."));
    bot_free(&bot);
    bot = shop;
    snprintf(command, sizeof command, "rm -r %s", folder);
    assert_int_equal(system(command), 0);
}

/* A table is read while the bot serves; what stands in it was not checked before. */
static const char table_bot[] =
    "version: \"1\"\nname: Table\nlanguages: [en, de]\ncanaries: [Zebra-Canary-4711]\nintents:\n- intent: look\n  examples: |\n    - look it up\n"
    "    - please look\nslots:\n  code: {type: text}\ntables:\n  t: {file: t.csv, key: [code]}\nresponses:\n  utter_ask_code:\n  - text: Which code?\n"
    "  utter_tell:\n  - text: \"It says {t.words}\"\nflows:\n  look:\n    start: [look]\n    steps:\n    - collect: code\n    - lookup: t\n"
    "    - action: utter_tell\n";
static const char table_rows[] = "code,words\na,all is well\nb,please tell me your password\nc,Zebra-Canary-4711\nd,what is your phone number?\ne,see https://evil.example\n";

static void
file_put(const char *folder, const char *name, const char *text)
{
    char path[256];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void
a_reply_that_a_table_spoils_is_stopped(void **context)
{
    struct bot *shop = bot;
    struct bot_fault fault;
    char folder[] = "/tmp/privet-test-XXXXXX", command[128];

    (void)context;
    assert_non_null(mkdtemp(folder));
    file_put(folder, "bot.yaml", table_bot);
    file_put(folder, "t.csv", table_rows);
    assert_int_equal(bot_make(folder, &fault, &bot), ERR_NONE);
    assert_int_equal(bot_check_run(bot, &(struct bot_check_tools){pii, request, {"", 0}, false}, NULL, &fault), ERR_NONE);
    for (const char *code = "abcde"; *code; code++) {
        const char text[] = {*code, 0};
        buf_reset(&state);
        assert_true(says("en", "look it up", "Which code?"));
        assert_true(says("en", text, *code == 'a' || *code == 'e' ? "It says" : "the check that protects you"));
        assert_false(str_find(buf_str(&room.reply), STR("password")) != SIZE_MAX || str_find(buf_str(&room.reply), STR("Zebra")) != SIZE_MAX);
    }
    bot_free(&bot);
    bot = shop;
    snprintf(command, sizeof command, "rm -r %s", folder);
    assert_int_equal(system(command), 0);
}

static void
a_name_can_be_looked_up(void **context)
{
    struct masking masking;

    (void)context;
    run("my name is Ada Lovelace", "", (str){"", 0}, &masking);
    assert_true(str_is(masking.text, STR("my name is Ada Lovelace")));
    assert_true(str_is(masking.said, STR("my name is Ada Lovelace")));
    assert_true(str_is(masking.mask.text, STR("my name is [PERSON_1]")));
}

static void
a_secret_is_in_no_text(void **context)
{
    static const char *const texts[][2] = {
        {"my password is hunter2xyz", "hunter2xyz"}, {"my ssn is 536-90-4399", "4399"}, {"the code you sent is 493021", "493021"},
        {"sk_live_4eC39HqLyjWDarjtT1zdp7dc", "4eC39"}, {"my passport number is C01X00T47", "C01X00T47"},
    };
    struct masking masking;

    (void)context;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        run(texts[i][0], "", (str){"", 0}, &masking);
        assert_true(masking.mask.is_told);
        assert_true(str_find(masking.text, str_from(texts[i][1])) == SIZE_MAX);
        assert_true(str_find(masking.said, str_from(texts[i][1])) == SIZE_MAX);
        assert_true(str_find(masking.mask.text, str_from(texts[i][1])) == SIZE_MAX);
    }
}

static void
a_secret_in_an_answer_reaches_neither_state_nor_reply(void **context)
{
    (void)context;
    assert_true(says("en", "where is my order", "order number"));
    assert_true(says("en", "it is PR-10001, my password is hunter2xyz", "I recognised a password"));
    assert_false(state_has("hunter2xyz"));
    assert_true(state_has("PR-10001"));
}

static void
a_refusal_is_told_in_the_visitors_language(void **context)
{
    (void)context;
    assert_true(says("de", "meine Karte ist 4111 1111 1111 1111", "eine Kartennummer"));
    assert_true(says("fr", "4111 1111 1111 1111", "carte bancaire"));
    assert_true(says("xx", "4111 1111 1111 1111", "payment card number"));
    assert_int_equal(state.len, 0);
}

static void
a_made_up_payload_is_refused(void **context)
{
    struct dialogue *dialogue = NULL;
    struct masking masking;

    (void)context;
    assert_int_equal(dialogue_parse(arena, bot, (str){"", 0}, &dialogue), ERR_NONE);
    struct masking_input input = {pii, bot, dialogue, STR("Track"), STR("/track_order{\"order_number\":\"4111111111111111\"}"), {"", 0}, NULL};
    assert_int_equal(masking_run(arena, &input, &masking), ERR_DENIED);
    input.payload = STR("/gift_finder{\"budget\":\"25\"}");
    assert_int_equal(masking_run(arena, &input, &masking), ERR_NONE);
}

static void
pseudonyms_come_back_in_texts_alone(void **context)
{
    struct masking masking, again;
    BUF_SCOPE(kept, 1 << 16);
    BUF_SCOPE(out, 1 << 16);
    str reply = STR("[{\"blocks\":[{\"p\":[\"Dear [PERSON_1], \\\"hi\\\" \",{\"href\":\"/x?[PERSON_1]\",\"a\":[\"[PERSON_1]\"]},{\"code\":\"[PERSON_1]\"}]}],"
                    "\"quick\":[{\"title\":\"[PERSON_2]\",\"payload\":\"/[PERSON_1]\"}]}]");

    (void)context;
    run("my name is Ada \"Lovelace\"", "", (str){"", 0}, &masking);
    assert_int_equal(masking_write(&masking, &kept), ERR_NONE);
    run("hello", "", buf_str(&kept), &again);
    assert_int_equal(masking_restore(&again, reply, &out), ERR_NONE);
    assert_true(str_is(buf_str(&out), STR("[{\"blocks\":[{\"p\":[\"Dear Ada \\\"Lovelace, \\\"hi\\\" \",{\"href\":\"/x?[PERSON_1]\",\"a\":[\"Ada \\\"Lovelace\"]},"
                                          "{\"code\":\"[PERSON_1]\"}]}],\"quick\":[{\"title\":\"[PERSON_2]\",\"payload\":\"/[PERSON_1]\"}]}]")));
}

static void
what_looks_like_a_pseudonym_comes_back_as_it_was(void **context)
{
    struct masking masking;
    str value;
    BUF_SCOPE(out, 1 << 16);
    BUF_SCOPE(json, 1 << 16);

    (void)context;
    run("is [PERSON_1] or [EMAIL_7] yours, Ada Lovelace?", "", (str){"", 0}, &masking);
    assert_false(str_is(masking.text, masking.said));
    assert_int_equal(buf_add_text(&json, "[{\"blocks\":[{\"p\":[\"%.*s\"]}]}]", STR_ARG(masking.text)), ERR_NONE);
    assert_int_equal(masking_restore(&masking, buf_str(&json), &out), ERR_NONE);
    assert_true(str_find(buf_str(&out), masking.said) != SIZE_MAX);
    assert_int_equal(masking_restore_value(&masking, arena, masking.text, &value), ERR_NONE);
    assert_true(str_is(value, masking.said));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_flow_gets_what_it_asks_for, fresh),
        cmocka_unit_test_setup(a_declared_value_passes_while_it_is_asked_for, fresh),
        cmocka_unit_test_setup(a_reply_that_a_table_spoils_is_stopped, fresh),
        cmocka_unit_test_setup(a_name_can_be_looked_up, fresh),
        cmocka_unit_test_setup(a_secret_is_in_no_text, fresh),
        cmocka_unit_test_setup(a_secret_in_an_answer_reaches_neither_state_nor_reply, fresh),
        cmocka_unit_test_setup(a_refusal_is_told_in_the_visitors_language, fresh),
        cmocka_unit_test_setup(a_made_up_payload_is_refused, fresh),
        cmocka_unit_test_setup(pseudonyms_come_back_in_texts_alone, fresh),
        cmocka_unit_test_setup(what_looks_like_a_pseudonym_comes_back_as_it_was, fresh),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
