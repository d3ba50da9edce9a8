/* Bad flows (tests/flows), each refused or warned of at the right line, with better words; good ones and the demo bots pass. */
#include "engine/bot_check.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct bot_check_tools tools;
static struct pii *pii;
static struct request *request;
static char folder[64];

static int
setup(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/privet-test-XXXXXX");
    if (!mkdtemp(folder) || pii_make(&pii) || request_make(&request))
        return 1;
    tools = (struct bot_check_tools){pii, request, STR("https://shop.example https://chat.example"), false};
    return 0;
}

static int
teardown(void **state)
{
    char command[128];

    (void)state;
    pii_free(&pii);
    request_free(&request);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

/* Copies a flow to be the bot, and gives its first line. */
static void
bot_put(const char *name, char first[256])
{
    char path[512], line[4096];
    FILE *in, *out;

    snprintf(path, sizeof path, "tests/flows/%s", name);
    in = fopen(path, "r");
    assert_non_null(in);
    snprintf(path, sizeof path, "%s/bot.yaml", folder);
    out = fopen(path, "w");
    assert_non_null(out);
    assert_non_null(fgets(first, 256, in));
    fputs(first, out);
    while (fgets(line, sizeof line, in))
        fputs(line, out);
    fclose(in);
    fclose(out);
}

static enum err
bot_run(const char *at, struct buf *warnings, struct bot_fault *fault)
{
    struct bot *bot = NULL;

    enum err err = bot_make(at, fault, &bot);
    if (err == ERR_NONE)
        err = bot_check_run(bot, &tools, warnings, fault);
    bot_free(&bot);
    return err;
}

static bool
flow_is_judged_right(const char *name)
{
    char first[256], kind[16] = "", words[200] = "", wanted[256];
    unsigned line = 0;
    struct bot_fault fault = {.line = 0};
    BUF_SCOPE(warnings, 1 << 16);

    bot_put(name, first);
    assert_true(sscanf(first, "# %15s %u: %199[^\n]", kind, &line, words) == 3 || strcmp(first, "# good\n") == 0);
    enum err err = bot_run(folder, &warnings, &fault);
    snprintf(wanted, sizeof wanted, "bot.yaml:%u:", line);
    bool right = strcmp(kind, "refused") == 0  ? err == ERR_INPUT && fault.line == line && strstr(fault.text, words)
                 : strcmp(kind, "warned") == 0 ? err == ERR_NONE && str_has_prefix(buf_str(&warnings), str_from(wanted)) &&
                                                     str_find(buf_str(&warnings), str_from(words)) != SIZE_MAX
                                               : err == ERR_NONE && warnings.len == 0;
    if (!right)
        print_message("%s: wanted %s     had: %s at %u: %s\n%.*s", name, first, err_name(err), fault.line, fault.text, STR_ARG(buf_str(&warnings)));
    return right;
}

static void
each_flow_is_judged_at_its_line(void **state)
{
    struct dirent **names = NULL;
    int count = scandir("tests/flows", &names, NULL, alphasort), wrong = 0, flows = 0;

    (void)state;
    for (int i = 0; i < count; i++) {
        if (strstr(names[i]->d_name, ".yaml")) {
            flows++;
            wrong += !flow_is_judged_right(names[i]->d_name);
        }
        free(names[i]);
    }
    free(names);
    assert_true(flows >= 30);
    assert_int_equal(wrong, 0);
}

static void
the_demo_bots_pass_without_a_warning(void **state)
{
    static const char *const bots[] = {"bots/shop", "bots/bank", "bots/clinic", "bots/townhall"};

    (void)state;
    for (size_t i = 0; i < sizeof bots / sizeof *bots; i++) {
        struct bot_fault fault = {.line = 0};
        BUF_SCOPE(warnings, 1 << 16);
        if (bot_run(bots[i], &warnings, &fault) != ERR_NONE || warnings.len > 0)
            fail_msg("%s:%u: %s\n%.*s", fault.file, fault.line, fault.text, STR_ARG(buf_str(&warnings)));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_flow_is_judged_at_its_line),
        cmocka_unit_test(the_demo_bots_pass_without_a_warning),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
