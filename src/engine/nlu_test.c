/* The intent model: what it understands, what it refuses, and that it is the same every time. */
#include "engine/nlu.h"

#include "base/fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const str names[] = {{"track_order", 11}, {"return_item", 11}, {"openingHours", 12}, {"pay_bill", 8}};
static const struct nlu_example examples[] = {
    {0, {"where is my order", 17}, {"en", 2}},          {0, {"track my parcel", 15}, {"en", 2}},
    {0, {"when will my package arrive", 27}, {"en", 2}}, {0, {"has my order been shipped", 25}, {"en", 2}},
    {0, {"wo ist meine Bestellung", 23}, {"de", 2}},     {0, {"wann kommt mein Paket an", 24}, {"de", 2}},
    {1, {"I want to send something back", 29}, {"en", 2}}, {1, {"how do I return these shoes", 27}, {"en", 2}},
    {1, {"can I get a refund", 18}, {"en", 2}},          {1, {"give it back for my money", 25}, {"en", 2}},
    {1, {"ich will das zurückgeben", 25}, {"de", 2}},    {1, {"wie schicke ich etwas zurück", 29}, {"de", 2}},
    {2, {"when are you open", 17}, {"en", 2}},           {2, {"what are your opening hours", 27}, {"en", 2}},
    {2, {"do you open on sundays", 22}, {"en", 2}},      {2, {"at what time do you close", 25}, {"en", 2}},
    {2, {"wann haben Sie geöffnet", 24}, {"de", 2}},     {2, {"营业时间是几点", 21}, {"zh", 2}},
    {3, {"pay my bill", 11}, {"en", 2}},                 {3, {"I would like to pay an invoice", 30}, {"en", 2}},
    {3, {"settle the amount due", 21}, {"en", 2}},       {3, {"can I pay by card", 17}, {"en", 2}},
    {3, {"Rechnung bezahlen", 17}, {"de", 2}},           {3, {"我要付账单", 15}, {"zh", 2}},
};
static const struct nlu_lesson lesson = {examples, sizeof examples / sizeof *examples, 4, names, {"en", 2}};
static struct nlu *nlu;
static struct arena *arena;

static int
nlu_begin(void **state)
{
    (void)state;
    return arena_make((size_t)1 << 20, &arena) != ERR_NONE || nlu_make(&lesson, &nlu) != ERR_NONE;
}

static int
nlu_end(void **state)
{
    (void)state;
    nlu_free(&nlu);
    arena_free(&arena);
    return 0;
}

static struct nlu_result
ask(const struct nlu *model, const char *text, const char *language)
{
    struct words words;
    struct nlu_result result;

    arena_reset(arena);
    assert_int_equal(words_take(arena, str_from(text), str_from(language), &words), ERR_NONE);
    assert_int_equal(nlu_find(model, arena, &words, &result), ERR_NONE);
    return result;
}

static void
other_words_typing_errors_and_scripts_are_understood(void **state)
{
    static const struct {
        size_t intent;
        const char *language, *text;
    } rows[] = {
        {0, "en", "where's my parcel"},   {0, "en", "trakc my ordr"},      {0, "en", "trackmyorder"},   {0, "de", "wo bleibt mein Paket"},
        {1, "en", "returning an item"},   {1, "de", "zurueckgeben"},       {2, "en", "OPENING HOURS"},  {2, "en", "openning huors"},
        {2, "zh", "几点营业"},            {3, "zh", "付账单"},             {3, "en", "pay the bil"},    {3, "de", "eine Rechnung bezalen"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct nlu_result result = ask(nlu, rows[i].text, rows[i].language);
        if (result.intent[0] != rows[i].intent)
            fail_msg("\"%s\" was taken for %.*s", rows[i].text, STR_ARG(names[result.intent[0]]));
    }
}

static void
an_example_is_surer_than_a_stranger(void **state)
{
    struct nlu_result own = ask(nlu, "where is my order", "en"), stranger = ask(nlu, "مرحبا بالعالم", "en");
    (void)state;
    assert_true(own.is_known);
    assert_false(stranger.is_known);
    assert_true(own.ratio[0] > stranger.ratio[0]);
    assert_true(own.scope_score > stranger.scope_score);
    assert_true(own.ratio[0] <= 1 && own.ratio[0] > own.ratio[1] && own.ratio[1] >= own.ratio[2] && own.ratio[2] >= 0);
}

static void
the_same_lesson_becomes_the_same_model(void **state)
{
    struct nlu *again = NULL;
    (void)state;
    assert_int_equal(nlu_make(&lesson, &again), ERR_NONE);
    for (size_t i = 0; i < lesson.count; i++) {
        struct nlu_result a = ask(nlu, examples[i].text.at, "en"), b = ask(again, examples[i].text.at, "en");
        assert_memory_equal(&a.ratio, &b.ratio, sizeof a.ratio);
        assert_memory_equal(&a.scope_score, &b.scope_score, sizeof a.scope_score);
    }
    nlu_free(&again);
}

static void
one_intent_with_one_example_is_enough(void **state)
{
    const struct nlu_lesson small = {examples, 1, 1, NULL, STR("en")};
    const struct nlu_lesson none = {examples, 0, 1, NULL, STR("en")};
    struct nlu *model = NULL;
    (void)state;
    assert_int_equal(nlu_make(&small, &model), ERR_NONE);
    assert_int_equal(ask(model, "where is my order", "en").intent[0], 0);
    assert_int_equal(ask(model, "", "en").guess_count, 1);
    nlu_free(&model);
    assert_int_equal(nlu_make(&none, &model), ERR_INPUT);
}

/* 10 kB of one letter, of mixed scripts, of new words: none costs more than a bounded turn has. */
static void
floods_fit_the_arena_of_a_turn(void **state)
{
    static const char *const pieces[] = {"a", "ab ", "\xE4\xBD\xA0\xD0\xB6z", "\xE2\x80\x8B", "qzxv", "delivary "};
    static char flood[10240];
    struct arena *turn = NULL;
    struct words words;
    struct nlu_result result;
    (void)state;
    assert_int_equal(arena_make((size_t)192 * 1024, &turn), ERR_NONE);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t len = strlen(pieces[i]), used = 0;
        for (; used + len <= sizeof flood; used += len)
            memcpy(flood + used, pieces[i], len);
        arena_reset(turn);
        assert_int_equal(words_take(turn, str_bytes(flood, used), STR("en"), &words), ERR_NONE);
        assert_int_equal(nlu_find(nlu, turn, &words, &result), ERR_NONE);
    }
    arena_free(&turn);
}

static void
no_failed_allocation_leaks_or_goes_unseen(void **state)
{
    (void)state;
    for (uint64_t n = 1;; n++) {
        struct nlu *model = NULL;
        fault_arm(FAULT_ALLOC, n);
        enum err err = nlu_make(&lesson, &model);
        bool is_through = fault_is_armed(FAULT_ALLOC);
        fault_arm(FAULT_ALLOC, 0);
        if (is_through) {
            assert_int_equal(err, ERR_NONE);
            nlu_free(&model);
            return;
        }
        if (err == ERR_NONE) /* scope's sorting may do without its list */
            nlu_free(&model);
        else
            assert_int_equal(err, ERR_MEMORY);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_words_typing_errors_and_scripts_are_understood),
        cmocka_unit_test(an_example_is_surer_than_a_stranger),
        cmocka_unit_test(the_same_lesson_becomes_the_same_model),
        cmocka_unit_test(one_intent_with_one_example_is_enough),
        cmocka_unit_test(floods_fit_the_arena_of_a_turn),
        cmocka_unit_test(no_failed_allocation_leaks_or_goes_unseen),
    };
    return cmocka_run_group_tests(tests, nlu_begin, nlu_end);
}
