/* privet check: compiles a bot, holds what it asks against what it declares, runs its chats, says what it mixes up; and writes the
 * records of processing. */
#include "cli/check.h"

#include "cli/junit.h"
#include "cli/settings.h"
#include "cli/word.h"
#include "engine/bot_check.h"
#include "engine/bot_report.h"
#include "engine/chat_script.h"
#include "rights/notice_records.h"

#include <stdio.h>

struct check_run {
    const struct bot *bot;
    const char *folder;
    struct junit junit;
    bool is_strict;
    unsigned warnings;
    struct buf findings[FINDING_KINDS], report;
    bool is_warned[FINDING_KINDS];
};

static enum err
check_chat(void *context, const struct chat_case *one)
{
    struct check_run *run = context;

    return junit_add(&run->junit, &(struct junit_case){.suite = STR("chats"), .name = one->name, .failure = one->report, .took_ns = one->took_ns});
}

/* One line for people, and for the build server with the others of its kind. */
static enum err
check_finding(void *context, const struct bot_finding *finding)
{
    struct check_run *run = context;
    struct buf *kind = &run->findings[finding->kind];
    size_t from = kind->len;

    if (finding->line > 0)
        TRY(buf_add_text(kind, "bot.yaml:%u: ", finding->line));
    TRY(buf_add_text(kind, "%s: %s: %.*s\n", finding->is_warning ? "warning" : "note", bot_report_name(finding->kind), STR_ARG(finding->text)));
    run->warnings += finding->is_warning;
    run->is_warned[finding->kind] = run->is_warned[finding->kind] || finding->is_warning;
    return buf_add_str(&run->report, str_slice(buf_str(kind), from, kind->len));
}

static enum err
check_report(struct check_run *run, const struct chat_cover *cover, bool is_quick)
{
    struct bot_report report = {.bot = run->bot, .cover = cover, .is_quick = is_quick, .found = check_finding, .context = run};

    TRY(bot_report_run(&report));
    for (size_t i = 0; i < FINDING_KINDS; i++) {
        str text = buf_str(&run->findings[i]);
        bool fails = run->is_strict && run->is_warned[i];
        TRY(junit_add(&run->junit, &(struct junit_case){.suite = STR("bot"), .name = str_from(bot_report_name((enum bot_finding_kind)i)),
                                                       .failure = fails ? text : (str){"", 0}, .output = fails ? (str){"", 0} : text}));
    }
    return ERR_NONE;
}

/* The chats and the report; prints both. */
static enum err
check_all(struct check_run *run, bool is_quick, struct chat_result *result)
{
    struct chat_cover cover = {NULL, NULL, 0};
    BUF_SCOPE(failures, 1 << 20);

    TRY(chat_cover_make(run->bot, &cover));
    result->cover = &cover;
    result->each = check_chat;
    result->context = run;
    enum err err = chat_script_run_folder(run->bot, run->folder, &failures, result);
    if (err == ERR_NONE && !is_quick)
        err = check_report(run, &cover, is_quick);
    chat_cover_free(&cover);
    word_print(&failures);
    word_print(&run->report);
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

/* A bot that can't be served is one failed test. */
static int
check_fault(const struct word_line *line, const char *folder, const struct bot_fault *fault)
{
    const char *path = word_value(line, "junit", NULL);
    struct junit junit;
    BUF_SCOPE(text, 2048);

    enum err err = buf_add_text(&text, "%s/%s:%u:%u: %s", folder, fault->file, fault->line, fault->column, fault->text);
    fprintf(stderr, "%.*s\n", STR_ARG(buf_str(&text)));
    if (!path)
        return WORD_FAILED;
    junit_init(&junit);
    if (err == ERR_NONE)
        err = junit_add(&junit, &(struct junit_case){.suite = STR("bot"), .name = STR("compiles"), .failure = buf_str(&text)});
    if (err == ERR_NONE)
        err = junit_write(&junit, str_from(folder), path);
    junit_done(&junit);
    return err == ERR_NONE ? WORD_FAILED : word_fail("the JUnit file can't be written", err, WORD_FAILED);
}

static int
check_end(struct check_run *run, const struct word_line *line, const struct chat_result *result)
{
    const char *path = word_value(line, "junit", NULL);

    if (path) {
        enum err err = junit_write(&run->junit, bot_name(run->bot), path);
        if (err != ERR_NONE)
            return word_fail("the JUnit file can't be written", err, WORD_FAILED);
    }
    printf("%u chats, %u checks, %u failed; %u warnings\n", result->files, result->checks, result->failed, run->warnings);
    return result->failed == 0 && !(run->is_strict && run->warnings > 0) ? WORD_DONE : WORD_FAILED;
}

static int
check_bot(const struct word_line *line, const struct conf *conf, struct bot *bot, const char *folder)
{
    struct check_run run = {.bot = bot, .folder = folder, .is_strict = word_has(line, "strict")};
    struct chat_result result = {.files = 0};
    struct bot_fault fault = {.line = 0};
    BUF_SCOPE(origins, 4 * CONF_TEXT_MAX);

    enum err err = conf ? buf_add_text(&origins, "%s %s %s", conf->origin, conf->origins, conf->home) : ERR_NONE;
    if (err == ERR_NONE)
        err = check_asks(bot, buf_str(&origins), &fault);
    if (err != ERR_NONE && fault.file[0])
        return check_fault(line, folder, &fault);
    if (err == ERR_NONE && word_has(line, "records")) {
        err = check_records(conf, bot);
        return err == ERR_NONE ? WORD_DONE : word_fail("can't write the records", err, WORD_FAILED);
    }
    junit_init(&run.junit);
    buf_init(&run.report, (size_t)4 << 20);
    for (size_t i = 0; i < FINDING_KINDS; i++)
        buf_init(&run.findings[i], (size_t)1 << 20);
    if (err == ERR_NONE)
        err = check_all(&run, word_has(line, "quick"), &result);
    int code = err == ERR_NONE ? check_end(&run, line, &result) : word_fail("can't check", err, WORD_FAILED);
    for (size_t i = 0; i < FINDING_KINDS; i++)
        buf_done(&run.findings[i]);
    buf_done(&run.report);
    junit_done(&run.junit);
    return code;
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
        return check_fault(line, folder, &fault);
    if (err != ERR_NONE)
        return word_fail("the bot can't be read", err, WORD_FAILED);
    int code = check_bot(line, word_has(line, "config") ? &conf : NULL, bot, folder);
    bot_free(&bot);
    return code;
}
