/* privet check: compiles a bot, holds what it asks against what it declares, runs its chats, says what it mixes up; and writes the
 * records of processing. */
#include "cli/check.h"

#include "cli/settings.h"
#include "cli/word.h"
#include "engine/bot_check.h"
#include "engine/bot_report.h"
#include "engine/chat_script.h"
#include "rights/notice_records.h"

#include <stdio.h>

static enum err
check_chats(const struct bot *bot, const char *folder, struct chat_result *result)
{
    BUF_SCOPE(report, 1 << 20);

    enum err err = chat_script_run_folder(bot, folder, &report, result);
    word_print(&report);
    return err;
}

enum err
check_asks(struct bot *bot, str origins, struct bot_fault *fault)
{
    struct pii *pii = NULL;
    struct request *request = NULL;
    BUF_SCOPE(warnings, 1 << 20);

    enum err err = pii_make(&pii);
    if (err == ERR_NONE)
        err = request_make(&request);
    struct bot_check_tools tools = {pii, request, origins, false};
    if (err == ERR_NONE)
        err = bot_check_run(bot, &tools, &warnings, fault);
    word_print(&warnings);
    request_free(&request);
    pii_free(&pii);
    return err;
}

static enum err
check_records(const struct conf *conf, const struct bot *bot)
{
    struct notice notice = {.operator = STR("(operator of privet.yaml)"), .contact = STR("(contact of privet.yaml)"), .language = bot_language(bot, 0),
                            .days = 30};
    BUF_SCOPE(records, 1 << 20);

    if (conf) {
        notice.operator = str_from(conf->operator);
        notice.contact = str_from(conf->contact);
        notice.days = (unsigned)conf->retention_days;
    }
    for (size_t i = 0; i < bot_field_count(bot) && i < NOTICE_FIELDS_MAX; i++)
        bot_field_purpose(bot, i, notice.language, &notice.fields[notice.field_count++]);
    TRY(notice_records_write(&notice, bot_name(bot), &records));
    word_print(&records);
    return ERR_NONE;
}

static int
check_fault(const char *folder, const struct bot_fault *fault)
{
    fprintf(stderr, "%s/%s:%u:%u: %s\n", folder, fault->file, fault->line, fault->column, fault->text);
    return WORD_FAILED;
}

static int
check_bot(const struct word_line *line, const struct conf *conf, struct bot *bot, const char *folder)
{
    struct chat_result result = {.files = 0};
    struct bot_fault fault = {.line = 0};
    BUF_SCOPE(report, 1 << 20);
    BUF_SCOPE(origins, 4 * CONF_TEXT_MAX);

    enum err err = conf ? buf_add_text(&origins, "%s %s %s", conf->origin, conf->origins, conf->home) : ERR_NONE;
    if (err == ERR_NONE)
        err = check_asks(bot, buf_str(&origins), &fault);
    if (err != ERR_NONE && fault.file[0])
        return check_fault(folder, &fault);
    if (err == ERR_NONE && word_has(line, "records")) {
        err = check_records(conf, bot);
        return err == ERR_NONE ? WORD_DONE : word_fail("can't write the records", err, WORD_FAILED);
    }
    if (err == ERR_NONE)
        err = check_chats(bot, folder, &result);
    if (err == ERR_NONE && !word_has(line, "quick"))
        err = bot_report_write(bot, &report);
    word_print(&report);
    if (err != ERR_NONE)
        return word_fail("can't check", err, WORD_FAILED);
    printf("%u chats, %u checks, %u failed\n", result.files, result.checks, result.failed);
    return result.failed == 0 ? WORD_DONE : WORD_FAILED;
}

int
check_run(const struct word_line *line)
{
    static struct conf conf;
    const char *folder = word_plain(line, 0);
    struct bot *bot = NULL;
    struct bot_fault fault = {.line = 0};

    if (!folder)
        return word_fail("which folder? privet check BOT", ERR_NONE, WORD_USAGE);
    if (word_has(line, "config") && settings_read(line, &conf) != ERR_NONE)
        return WORD_SETTINGS;
    enum err err = bot_make(folder, &fault, &bot);
    if (err != ERR_NONE && fault.file[0])
        return check_fault(folder, &fault);
    if (err != ERR_NONE)
        return word_fail("the bot can't be read", err, WORD_FAILED);
    int code = check_bot(line, word_has(line, "config") ? &conf : NULL, bot, folder);
    bot_free(&bot);
    return code;
}
