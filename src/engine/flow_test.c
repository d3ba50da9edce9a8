/* The machine of flows: tests/bots/travel has every kind of step, its chats say what each does. Here: that they pass and reach all of it,
 * that a state that was tampered with moves nothing to where it can't stand, and that mistakes in a flow are named with their line. */
#include "engine/bot_private.h"
#include "engine/chat_script.h"
#include "engine/trace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct bot *bot;
static struct arena *arena;

static int
setup(void **state)
{
    struct bot_fault fault;

    (void)state;
    if (bot_make("tests/bots/travel", &fault, &bot) != ERR_NONE) {
        print_message("%s:%u: %s\n", fault.file, fault.line, fault.text);
        return 1;
    }
    return arena_make((size_t)1 << 20, &arena) != ERR_NONE;
}

static int
teardown(void **state)
{
    (void)state;
    bot_free(&bot);
    arena_free(&arena);
    return 0;
}

static void
the_chats_pass_and_reach_every_step(void **state)
{
    struct chat_cover cover;
    BUF_SCOPE(report, 1 << 20);

    (void)state;
    assert_int_equal(chat_cover_make(bot, &cover), ERR_NONE);
    struct chat_result result = {.cover = &cover};
    assert_int_equal(chat_script_run_folder(bot, "tests/bots/travel", &report, &result), ERR_NONE);
    print_message("%.*s", STR_ARG(buf_str(&report)));
    assert_int_equal(result.failed, 0);
    assert_true(result.files >= 16 && result.checks >= 110);
    for (size_t i = 0, at = 0; i < bot->flow_count; i++)
        for (size_t k = 0; k < bot->flows[i].step_count; k++, at++) {
            /* Nobody is verified yet, and nothing is sent: what follows is not reached. */
            bool is_behind = (str_is(bot->flows[i].id, STR("points")) && k == 1) || (str_is(bot->flows[i].id, STR("book_trip")) && k == 8);
            if ((cover.steps[at] == 0) != is_behind)
                fail_msg("%.*s, step %zu: reached %u times", STR_ARG(bot->flows[i].id), k + 1, cover.steps[at]);
        }
    chat_cover_free(&cover);
}

static void
a_wrong_expectation_fails(void **state)
{
    static const char *const scripts[] = {"> reserve a seat\n< on which day\n", "> reserve a seat\n= flow luggage\n", "> weather\n= slot window true\n",
                                          "wait: a while\n", "> weather\n= step 1\n", "> reserve a seat\n= flow\n", "> weather\n= keep traveller\n"};

    (void)state;
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        struct chat_result result = {.files = 0};
        BUF_SCOPE(report, 1 << 16);
        assert_int_equal(chat_script_run(bot, STR("wrong.chat"), str_from(scripts[i]), &report, &result), ERR_NONE);
        assert_int_equal(result.failed, 1);
        assert_true(str_has_prefix(buf_str(&report), STR("wrong.chat:")));
    }
}

/* "p2 HASH" and these lines. */
static struct dialogue *
parse(const char *lines)
{
    struct dialogue *dialogue = NULL;
    str blob;

    arena_reset(arena);
    assert_int_equal(arena_take_text(arena, &blob, "p2\t%016llx\n%s", (unsigned long long)bot->hash, lines), ERR_NONE);
    assert_int_equal(dialogue_parse(arena, bot, blob, &dialogue), ERR_NONE);
    return dialogue;
}

static void
a_state_stands_only_where_a_question_waits(void **state)
{
    static const struct {
        const char *lines;
        size_t depth;
    } cases[] = {
        {"f\tbook_trip\t0\ti\n", 1},
        {"f\tbook_trip\t6\ti\n", 1},                                   /* a confirm */
        {"f\tbook_trip\t2\ti\nf\tseat\t1\ti\n", 2},                    /* interrupted */
        {"f\tluggage\t0\ti\nf\tcount_bags\t0\tc\n", 2},                /* called */
        {"f\tbook_trip\t7\ti\n", 0},                                   /* a request: no question */
        {"f\tbook_trip\t8\ti\n", 0},                                   /* what follows a request that succeeded */
        {"f\tpoints\t1\ti\n", 0},                                      /* what only a verified visitor gets */
        {"f\tbook_trip\t400\ti\n", 0},
        {"f\tbook_trip\t-1\ti\n", 0},
        {"f\tno_such_flow\t0\ti\n", 0},
        {"f\tcount_bags\t0\tc\n", 0},                                  /* called by nobody */
        {"f\tbook_trip\t0\ti\nf\tcount_bags\t0\tc\n", 0},              /* called by a flow that does not call it */
        {"f\tluggage\t0\ti\nf\tseat\t1\tc\n", 0},
        {"f\tluggage\t0\ti\n", 0},                                     /* waits at a call, and nothing was called */
        {"f\tluggage\t1\ti\nf\tcount_bags\t0\tc\n", 0},
        {"f\tbook_trip\t0\ti\nf\tseat\t1\ti\nf\tbook_trip\t0\ti\nf\tseat\t1\ti\nf\tseat\t1\ti\n", 0}, /* more than there is room for */
        {"f\n", 0},
        {"f\t\t\t\n", 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (parse(cases[i].lines)->depth != cases[i].depth)
            fail_msg("%s: %zu frames, not %zu", cases[i].lines, parse(cases[i].lines)->depth, cases[i].depth);
}

static void
a_state_is_read_as_it_was_written(void **state)
{
    BUF_SCOPE(first, DIALOGUE_BYTES_MAX);
    BUF_SCOPE(again, DIALOGUE_BYTES_MAX);

    (void)state;
    struct dialogue *dialogue = parse("m\t29563740\nf\tbook_trip\t2\ti\nf\tluggage\t0\ti\nf\tcount_bags\t0\tc\nq\t1\t2\ns\torigin\tOslo\n");
    assert_int_equal(dialogue->depth, 3);
    assert_int_equal(dialogue->wrong, 1);
    assert_int_equal(dialogue->aside, 2);
    assert_int_equal(dialogue->minute, 29563740);
    assert_int_equal(dialogue_write(dialogue, &first), ERR_NONE);
    assert_int_equal(dialogue_parse(arena, bot, buf_str(&first), &dialogue), ERR_NONE);
    assert_int_equal(dialogue_write(dialogue, &again), ERR_NONE);
    assert_true(str_is(buf_str(&first), buf_str(&again)));
    assert_true(first.len < 200);
}

static void
mistakes_in_a_flow_are_named_with_their_line(void **state)
{
    static const struct {
        const char *steps, *wanted; /* line 9 is the first */
        unsigned line;
    } cases[] = {
        {"    - confirm: utter_x\n", "where does it go when the answer is no", 9},
        {"    - require: verified visitor\n", "where does it go when the visitor is not verified", 9},
        {"    - require: a friend\n      else: END\n", "only \"require: verified visitor\"", 9},
        {"    - request: nothing\n      else: END\n", "there is no endpoint \"nothing\"", 9},
        {"    - action: utter_x\n      else: END\n", "this step can't fail", 10},
        {"    - action: utter_x\n      tries: 2\n", "\"tries\" belongs to a collect", 10},
        {"    - collect: day\n      tries: 0\n", "no number from 1 to 10", 10},
        {"    - collect: day\n      ask: utter_y\n", "there is no response \"utter_y\"", 10},
        {"    - collect: day\n      else: nowhere\n", "there is no step \"nowhere\"", 10},
        {"    - id: a\n      action: utter_x\n    - id: a\n      action: utter_x\n", "stands here twice", 11},
        {"    - call: one\n", "calls itself", 9},
        {"    - call: nothing\n", "there is no flow \"nothing\"", 9},
        {"    - set: {nothing: 1}\n", "there is no slot \"nothing\"", 9},
        {"    - action: utter_x\n      collect: day\n", "a step does one thing", 9},
        {"    - action: utter_x\n    timeout: soon\n", "no length of time", 10},
        {"    - action: utter_x\n    digressions: 99\n", "no number from 0 to 20", 10},
        {"    - jump: x\n", "unknown key \"jump\"", 9},
        {"      []\n", "the flow has no steps", 8},
    };
    char folder[] = "/tmp/privet-test-XXXXXX", path[64];

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/bot.yaml", folder);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct bot_fault fault;
        struct bot *made = NULL;
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fprintf(file, "version: \"1\"\nname: X\nlanguages: [en]\nslots: {day: {type: date}}\nresponses: {utter_x: [{text: x}], utter_ask_day: [{text: day}]}\n"
                      "flows:\n  one:\n    steps:\n%s", cases[i].steps);
        fclose(file);
        enum err err = bot_make(folder, &fault, &made);
        if (err != ERR_INPUT || fault.line != cases[i].line || !strstr(fault.text, cases[i].wanted))
            fail_msg("%s: error %d at line %u: %s", cases[i].steps, (int)err, fault.line, fault.text);
    }
    assert_int_equal(remove(path), 0);
    assert_int_equal(remove(folder), 0);
}

static void
the_trace_shows_what_decided(void **state)
{
    struct dialogue *dialogue = parse("");
    struct grasp grasp;
    struct decision decision;
    struct recall recall = {.passage_count = 0};
    BUF_SCOPE(out, 1 << 16);

    (void)state;
    struct grasp_input input = {.text = STR("book a journey from Berlin to Paris"), .language = STR("en"), .now_ms = 1};
    assert_int_equal(grasp_run(bot, arena, &input, dialogue, &grasp), ERR_NONE);
    assert_int_equal(decide_run(bot, arena, &grasp, dialogue, &decision), ERR_NONE);
    struct trace_turn turn = {&grasp, &decision, &recall, dialogue};
    assert_int_equal(trace_write(bot, &turn, &out), ERR_NONE);
    static const char *const wanted[] = {"journey+", "intents   book_trip", "in scope", "entities  city=Berlin city=Paris", "decision  book_trip: response utter_ask_day",
                                         "book_trip step 1 (collect, bot.yaml:", "): known already", "step 3 when (collect", "): asked",
                                         "slot      destination = Paris", "waiting   book_trip, step 3"};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (str_find(buf_str(&out), str_from(wanted[i])) == SIZE_MAX)
            fail_msg("no \"%s\" in\n%.*s", wanted[i], STR_ARG(buf_str(&out)));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_chats_pass_and_reach_every_step),
        cmocka_unit_test(a_wrong_expectation_fails),
        cmocka_unit_test(a_state_stands_only_where_a_question_waits),
        cmocka_unit_test(a_state_is_read_as_it_was_written),
        cmocka_unit_test(mistakes_in_a_flow_are_named_with_their_line),
        cmocka_unit_test(the_trace_shows_what_decided),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
