/* A bot with one mistake of each kind: the report names each, at its line, and says nothing of the kind about a good one. */
#include "engine/bot_report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char bad[] = "version: \"1\"\n"                                                                        /* 1 */
                          "name: X\n"
                          "languages: [en, de]\n"
                          "intents:\n"
                          "- intent: refund\n"                                                                      /* 5 */
                          "  examples:\n"
                          "    en: [give me my money back, I want a refund, refund please, pay me back, return my money]\n"
                          "    de: [Geld zurück, Erstattung bitte]\n"                                               /* few */
                          "  action: utter_refund\n"
                          "- intent: payment\n"                                                                     /* 10: no German */
                          "  examples:\n"
                          "    en:\n"
                          "    - how can I pay\n"
                          "    - please give me my money back\n"                                                    /* 14: twin */
                          "    - which cards do you take\n"
                          "    - pay by invoice\n"
                          "    - payment methods\n"
                          "  action: utter_payment\n"
                          "- intent: idle\n"                                                                        /* 19: does nothing */
                          "  examples: {en: [a b c, d e f, g h i, j k l, m n o], de: [p q r, s t u, v w x, y z a, b c d]}\n"
                          "slots: {n: {type: number}}\n"
                          "responses:\n"
                          "  utter_refund: [{text: {en: Yes., de: Ja.}}]\n"
                          "  utter_payment: [{text: By card.}]\n"                                                   /* 24: no German */
                          "  utter_dead: [{text: {en: Never., de: Nie.}}]\n"                                        /* 25 */
                          "  utter_ask_n: [{text: {en: How many?, de: Wie viele?}}]\n"
                          "flows:\n"
                          "  lost:\n"                                                                               /* 28: nothing begins it */
                          "    steps:\n"
                          "    - collect: n\n"
                          "      next:\n"
                          "      - else: END\n"
                          "      - if: slots.n > 1\n"                                                               /* 33: behind an else */
                          "        then: END\n"
                          "    - action: utter_refund\n";                                                           /* 35: no way leads here */

struct found {
    unsigned count[FINDING_KINDS];
    const char *text[64];
    unsigned line[64], all;
    char room[64][600];
};

static enum err
note(void *context, const struct bot_finding *finding)
{
    struct found *found = context;

    found->count[finding->kind]++;
    if (found->all < 64) {
        snprintf(found->room[found->all], sizeof found->room[0], "%s%s: %.*s", finding->is_warning ? "!" : "", bot_report_name(finding->kind), STR_ARG(finding->text));
        found->line[found->all++] = finding->line;
    }
    return ERR_NONE;
}

static bool
has(const struct found *found, unsigned line, const char *what)
{
    for (unsigned i = 0; i < found->all; i++)
        if (found->line[i] == line && strstr(found->room[i], what))
            return true;
    return false;
}

static void
each_mistake_is_named_at_its_line(void **state)
{
    static const struct {
        unsigned line;
        const char *what;
    } wanted[] = {
        {5, "!few examples: the intent refund has 2 examples in de"},   {10, "!untranslated: the intent payment has no example in de"},
        {14, "!twins: \"please give me my money back\" (payment)"},      {19, "dead: the intent idle does nothing"},
        {24, "!untranslated: the response utter_payment has no text in de"}, {25, "!dead: nothing says utter_dead"},
        {28, "!unreachable: nothing begins the flow lost"},            {33, "!unreachable: this rule stands behind an \"else\""},
        {35, "!unreachable: no way leads to step 2 of lost"},          {30, "untried: no chat reaches step 1 of lost"},
        {5, "untried: no chat has the intent refund"},                 {0, "untried: chats reach 0 of 2 intents and 0 of 2 steps"},
        {0, "understanding: "},
    };
    static struct found found;
    char folder[] = "/tmp/privet-test-XXXXXX", path[64];
    struct bot *bot = NULL;
    struct bot_fault fault;
    struct chat_cover cover;

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/bot.yaml", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(bad, file);
    fclose(file);
    if (bot_make(folder, &fault, &bot) != ERR_NONE)
        fail_msg("%s:%u: %s", fault.file, fault.line, fault.text);
    assert_int_equal(chat_cover_make(bot, &cover), ERR_NONE);
    struct bot_report report = {.bot = bot, .cover = &cover, .found = note, .context = &found};
    assert_int_equal(bot_report_run(&report), ERR_NONE);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (!has(&found, wanted[i].line, wanted[i].what)) {
            for (unsigned k = 0; k < found.all; k++)
                print_message("%u: %s\n", found.line[k], found.room[k]);
            fail_msg("not said at line %u: %s", wanted[i].line, wanted[i].what);
        }
    assert_int_equal(found.count[FINDING_TWINS], 1);
    assert_int_equal(found.count[FINDING_FEW], 1);
    chat_cover_free(&cover);
    bot_free(&bot);
    assert_int_equal(remove(path) | remove(folder), 0);
}

static void
a_good_bot_gets_no_warning(void **state)
{
    static struct found found;
    struct bot *bot = NULL;
    struct bot_fault fault;

    (void)state;
    assert_int_equal(bot_make("bots/clinic", &fault, &bot), ERR_NONE);
    struct bot_report report = {.bot = bot, .found = note, .context = &found};
    assert_int_equal(bot_report_run(&report), ERR_NONE);
    assert_int_equal(found.count[FINDING_UNDERSTANDING], 1);
    for (unsigned i = 0; i < found.all; i++)
        if (found.room[i][0] == '!')
            fail_msg("%u: %s", found.line[i], found.room[i]);
    bot_free(&bot);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_mistake_is_named_at_its_line),
        cmocka_unit_test(a_good_bot_gets_no_warning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
