/* What an author declares: values and their synonyms, expressions, words that examples mark; in any form, with typing errors, the longest first. */
#include "engine/bot_private.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char bot_text[] =
    "version: \"1\"\nname: Test\nlanguages: [en, de]\ncountry: AT\nintents:\n- intent: look\n  examples:\n    en: |\n      - show me [crimson](paint) walls\n"
    "      - balance of my [credit card account]{\"entity\":\"account\",\"value\":\"credit\"}\n      - a trip to [Vienna](city:Wien)\n    de: |\n      - zeig mir [Zinnober](paint)\n"
    "entities:\n  paint: {values: {red: [scarlet, dark red], blue: [navy, navy blue]}}\n  account: {values: {savings: [piggy bank]}}\n  city: {}\n"
    "  ticket: {regex: 'T-[0-9]{4}'}\n  ticket_or_case: {regex: '(T|C)-[0-9]+'}\n  number: {values: {few: [a handful]}}\n";

static struct bot *bot;
static struct arena *arena;

static int
bot_begin(void **state)
{
    char folder[] = "/tmp/privet-mention-XXXXXX", path[64], command[128];
    struct bot_fault fault;

    (void)state;
    if (!mkdtemp(folder) || arena_make((size_t)4 << 20, &arena) != ERR_NONE)
        return -1;
    snprintf(path, sizeof path, "%s/bot.yaml", folder);
    FILE *file = fopen(path, "we");
    if (!file)
        return -1;
    fputs(bot_text, file);
    fclose(file);
    enum err err = bot_make(folder, &fault, &bot);
    if (err != ERR_NONE)
        print_message("%s:%u:%u %s\n", fault.file, fault.line, fault.column, fault.text);
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command) == 0 && err == ERR_NONE ? 0 : -1;
}

static int
bot_end(void **state)
{
    (void)state;
    bot_free(&bot);
    arena_free(&arena);
    return 0;
}

/* Text, and what it mentions as "entity value; ...". */
static const char *const said_and_found[][2] = {
    {"a scarlet wall", "paint red"},
    {"paint it dark red please", "paint red"},
    {"navy blue or navy", "paint blue; paint blue"},
    {"a SCARLET one", "paint red"},
    {"a scarlte wall", "paint red"},          /* a typing error that nobody's word is */
    {"crimson", "paint crimson"},             /* marked in an example */
    {"what is on my credit card account", "account credit"},
    {"my piggy-bank", "account savings"},
    {"off to Vienna", "city Wien"},
    {"zinnober", "paint Zinnober"},
    {"see t-1234", "ticket t-1234; ticket_or_case t-1234"},
    {"see T-12345", "ticket_or_case T-12345"}, /* an expression stands at the borders of words */
    {"a handful", "number few"},              /* in the place of the built-in one */
    {"give me 3", ""},
    {"scars are lettered", ""},
};

static void
what_an_author_declares_is_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof said_and_found / sizeof *said_and_found; i++) {
        struct grasp grasp;
        char found[256] = "";
        size_t used = 0;
        arena_reset(arena);
        struct grasp_input input = {.text = str_from(said_and_found[i][0]), .language = STR("en"), .now_ms = 1773235800000};
        assert_int_equal(grasp_run(bot, arena, &input, NULL, &grasp), ERR_NONE);
        for (size_t k = 0; k < grasp.entity_count; k++)
            if (!str_is(grasp.entities[k].entity, STR("order_number")) && !str_is(grasp.entities[k].entity, STR("colour")))
                used += (size_t)snprintf(found + used, sizeof found - used, "%s%.*s %.*s", used > 0 ? "; " : "", STR_ARG(grasp.entities[k].entity),
                                         STR_ARG(grasp.entities[k].value));
        assert_string_equal(found, said_and_found[i][1]);
    }
}

static str
value_of(const struct grasp *grasp, const char *entity)
{
    for (size_t i = 0; i < grasp->entity_count; i++)
        if (str_is(grasp->entities[i].entity, str_from(entity)))
            return grasp->entities[i].value;
    return (str){"", 0};
}

/* 23:30 in London is half past midnight of the next day in Vienna; a number is dialled as in the bot's country. */
static void
the_visitors_clock_and_the_bots_country_count(void **state)
{
    struct grasp grasp;
    struct grasp_input input = {.text = STR("tomorrow, call 0664 1234567"), .language = STR("en"), .now_ms = 1773271800000};

    (void)state;
    arena_reset(arena);
    assert_int_equal(grasp_run(bot, arena, &input, NULL, &grasp), ERR_NONE);
    assert_true(str_is(value_of(&grasp, "date"), STR("2026-03-12")));
    assert_true(str_is(value_of(&grasp, "phone"), STR("+436641234567")));
    input.zone_minutes = 60;
    assert_int_equal(grasp_run(bot, arena, &input, NULL, &grasp), ERR_NONE);
    assert_true(str_is(value_of(&grasp, "date"), STR("2026-03-13")));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_an_author_declares_is_found),
        cmocka_unit_test(the_visitors_clock_and_the_bots_country_count),
    };
    return cmocka_run_group_tests(tests, bot_begin, bot_end);
}
