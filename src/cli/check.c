/* privet check: compiles a bot, runs its chats, says what it mixes up. */
#include "cli/check.h"

#include "cli/word.h"
#include "engine/bot_report.h"
#include "engine/chat_script.h"

#include <stdio.h>

static enum err
check_chats(const struct bot *bot, const char *folder, struct chat_result *result)
{
    BUF_SCOPE(report, 1 << 20);

    enum err err = chat_script_run_folder(bot, folder, &report, result);
    word_print(&report);
    return err;
}

int
check_run(const struct word_line *line)
{
    const char *folder = word_plain(line, 0);
    struct bot *bot = NULL;
    struct bot_fault fault = {.line = 0};
    struct chat_result result = {0, 0, 0};
    BUF_SCOPE(report, 1 << 20);

    if (!folder)
        return word_fail("which folder? privet check BOT", ERR_NONE, WORD_USAGE);
    enum err err = bot_make(folder, &fault, &bot);
    if (err != ERR_NONE && fault.file[0]) {
        fprintf(stderr, "%s/%s:%u:%u: %s\n", folder, fault.file, fault.line, fault.column, fault.text);
        return WORD_FAILED;
    }
    if (err != ERR_NONE)
        return word_fail("the bot can't be read", err, WORD_FAILED);
    err = check_chats(bot, folder, &result);
    if (err == ERR_NONE && !word_has(line, "quick"))
        err = bot_report_write(bot, &report);
    word_print(&report);
    bot_free(&bot);
    if (err != ERR_NONE)
        return word_fail("can't check", err, WORD_FAILED);
    printf("%u chats, %u checks, %u failed\n", result.files, result.checks, result.failed);
    return result.failed == 0 ? WORD_DONE : WORD_FAILED;
}
