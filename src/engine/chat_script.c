/* Runs chats/NAME.chat against a bot: what a person says, what the reply must hold. It never changes a file. */
#include "engine/chat_script.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "engine/bot_private.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHAT_NOW_MS ((uint64_t)1773824400000) /* Wednesday, 2026-03-18, 09:00 UTC, where a script says nothing else */

struct chat {
    const struct bot *bot;
    str name, language;
    unsigned line;
    uint64_t now_ms;
    struct arena *arena;
    struct buf state, reply, *report;
    char intent[64], flow[64], kept[512]; /* kept: names, each with a blank behind */
    struct chat_result *result;
};

static enum err
chat_script_say(struct chat *chat, str text)
{
    struct dialogue *dialogue = NULL;
    struct grasp grasp;
    struct decision decision;
    struct recall recall;

    arena_reset(chat->arena);
    TRY(dialogue_parse(chat->arena, chat->bot, buf_str(&chat->state), &dialogue));
    str payload = text.len > 0 && text.at[0] == '/' ? text : (str){"", 0};
    TRY(grasp_run(chat->bot, chat->arena, &(struct grasp_input){.text = text, .payload = payload, .language = chat->language, .now_ms = chat->now_ms}, dialogue, &grasp));
    TRY(decide_run(chat->bot, chat->arena, &grasp, dialogue, &decision));
    TRY(recall_run(chat->bot, chat->arena, &grasp, &decision, &recall));
    buf_reset(&chat->reply);
    TRY(reply_write(chat->bot, &grasp, &decision, &recall, dialogue, &chat->reply));
    snprintf(chat->intent, sizeof chat->intent, "%.*s", STR_ARG(decision.intent));
    snprintf(chat->flow, sizeof chat->flow, "%.*s", STR_ARG(dialogue_flow(dialogue)));
    chat->kept[0] = 0;
    for (size_t i = 0, at = 0; i < decision.keep_count && at < sizeof chat->kept; i++)
        at += (size_t)snprintf(chat->kept + at, sizeof chat->kept - at, "%.*s ", STR_ARG(decision.keeps[i].field));
    if (chat->result->cover)
        chat_cover_add(chat->result->cover, chat->bot, &decision);
    buf_reset(&chat->state);
    return dialogue_write(dialogue, &chat->state);
}

static enum err
chat_script_fail(struct chat *chat, const char *expected, str what)
{
    chat->result->failed++;
    return buf_add_text(chat->report, "%.*s:%u: expected %s \"%.*s\"; understood %s; the bot said: %.*s\n", STR_ARG(chat->name),
                        chat->line, expected, STR_ARG(what), chat->intent, STR_ARG(str_slice(buf_str(&chat->reply), 0, 400)));
}

/* "wait: 2 hours", in milliseconds; 0 when it is no time. */
static uint64_t
chat_script_time(str text)
{
    static const struct {
        const char *unit;
        uint64_t ms;
    } units[] = {{"minutes", 60000}, {"minute", 60000}, {"hours", 3600000}, {"hour", 3600000}, {"days", 86400000}, {"day", 86400000}};
    uint64_t number = 0;
    str digits;

    (void)!str_split(&text, ' ', &digits);
    for (size_t i = 0; text.at && i < sizeof units / sizeof *units; i++)
        if (str_is(text, str_from(units[i].unit)) && str_parse_u64(digits, 10000, &number) == ERR_NONE)
            return number * units[i].ms;
    return 0;
}

/* A slot of the state as it is carried: "NAME VALUE", or "NAME" for none. */
static bool
chat_script_slot(struct chat *chat, str wanted)
{
    struct dialogue *dialogue = NULL;
    str name, value = wanted;

    (void)!str_split(&value, ' ', &name);
    if (dialogue_parse(chat->arena, chat->bot, buf_str(&chat->state), &dialogue) != ERR_NONE)
        return false;
    return str_is(dialogue_slot(dialogue, name), value.at ? str_trim(value) : (str){"", 0});
}

/* Case and white space apart, in the reply's JSON: texts stand there as they are shown, but for quotes. */
static bool
chat_script_reply_has(struct chat *chat, str what)
{
    str folded, wanted;

    if (words_fold(chat->arena, buf_str(&chat->reply), &folded) != ERR_NONE || words_fold(chat->arena, what, &wanted) != ERR_NONE)
        return false;
    return str_find(folded, wanted) != SIZE_MAX;
}

static enum err
chat_script_check(struct chat *chat, str rule)
{
    static const char *const kinds[] = {"intent", "card", "button", "source"};
    str kind, wanted = {"", 0};
    BUF_SCOPE(exact, 4096);

    chat->result->checks++;
    (void)str_split(&rule, ' ', &kind);
    wanted = rule.at ? str_trim(rule) : wanted;
    if (str_is(kind, str_from(kinds[0])))
        return str_is(wanted, str_from(chat->intent)) ? ERR_NONE : chat_script_fail(chat, "the intent", wanted);
    if (str_is(kind, STR("flow")))
        return str_is(wanted, str_from(chat->flow)) ? ERR_NONE : chat_script_fail(chat, "the flow", wanted);
    if (str_is(kind, STR("slot")))
        return chat_script_slot(chat, wanted) ? ERR_NONE : chat_script_fail(chat, "the slot", wanted);
    if (str_is(kind, STR("keep"))) {
        TRY(buf_add_text(&exact, "%.*s ", STR_ARG(wanted)));
        bool is_kept = wanted.len == 0 ? chat->kept[0] == 0 : str_find(str_from(chat->kept), buf_str(&exact)) != SIZE_MAX;
        return is_kept ? ERR_NONE : chat_script_fail(chat, "kept", wanted);
    }
    bool card = str_is(kind, str_from(kinds[1]));
    TRY(buf_add_str(&exact, card ? STR("\"id\":") : STR("\"title\":")));
    TRY(buf_add_text(&exact, "\"%.*s\"", STR_ARG(wanted)));
    if (!card && !str_is(kind, str_from(kinds[2])) && !str_is(kind, str_from(kinds[3])))
        return chat_script_fail(chat, "a rule (intent, flow, slot, keep, card, button or source), not", kind);
    return str_find(buf_str(&chat->reply), buf_str(&exact)) != SIZE_MAX ? ERR_NONE : chat_script_fail(chat, card ? "a card" : "a button or source", wanted);
}

static enum err
chat_script_line(struct chat *chat, str line)
{
    if (line.len == 0 || line.at[0] == '#')
        return ERR_NONE;
    if (str_has_prefix(line, STR("language:"))) {
        chat->language = str_trim(str_slice(line, 9, line.len));
        return ERR_NONE;
    }
    if (str_has_prefix(line, STR("wait:"))) {
        uint64_t time = chat_script_time(str_trim(str_slice(line, 5, line.len)));
        chat->now_ms += time;
        chat->result->checks += time == 0;
        return time > 0 ? ERR_NONE : chat_script_fail(chat, "a time like \"wait: 2 hours\", not", line);
    }
    if (line.at[0] == '>')
        return chat_script_say(chat, str_trim(str_slice(line, 1, line.len)));
    if (line.at[0] == '=')
        return chat_script_check(chat, str_trim(str_slice(line, 1, line.len)));
    bool absent = str_has_prefix(line, STR("<~"));
    str wanted = str_trim(str_slice(line, absent ? 2 : 1, line.len));
    chat->result->checks++;
    if (line.at[0] != '<')
        return chat_script_fail(chat, "a line that begins with >, <, <~, =, # wait: or language:, not", line);
    return chat_script_reply_has(chat, wanted) != absent ? ERR_NONE : chat_script_fail(chat, absent ? "no" : "the text", wanted);
}

enum err
chat_script_run(const struct bot *bot, str name, str script, struct buf *report, struct chat_result *result)
{
    struct chat chat = {.bot = bot, .name = name, .language = bot->languages[0], .now_ms = CHAT_NOW_MS, .report = report, .result = result};
    struct chat_case one = {.name = name, .checks = result->checks, .failed = result->failed, .took_ns = clock_steady_ns()};
    ARENA_SCOPE(arena);
    size_t from = report->len;
    str line;
    enum err err = ERR_NONE;

    TRY(arena_make((size_t)1 << 20, &arena));
    chat.arena = arena;
    buf_init(&chat.state, DIALOGUE_BYTES_MAX);
    buf_init(&chat.reply, (size_t)1 << 20);
    result->files++;
    if (!str_is_utf8(script)) {
        script = (str){NULL, 0};
        err = chat_script_fail(&chat, "UTF-8", STR("the file"));
    }
    while (err == ERR_NONE && str_split(&script, '\n', &line)) {
        chat.line++;
        err = chat_script_line(&chat, str_trim(line));
    }
    buf_done(&chat.state);
    buf_done(&chat.reply);
    if (err != ERR_NONE || !result->each)
        return err;
    one.report = str_slice(buf_str(report), from, report->len);
    one.checks = result->checks - one.checks;
    one.failed = result->failed - one.failed;
    one.took_ns = clock_steady_ns() - one.took_ns;
    return result->each(result->context, &one);
}

static int
chat_script_is_script(const struct dirent *entry)
{
    return str_has_suffix(str_from(entry->d_name), STR(".chat"));
}

static enum err
chat_script_run_file(const struct bot *bot, const char *path, const char *name, struct buf *report, struct chat_result *result)
{
    BUF_SCOPE(script, 1 << 20);
    char piece[4096];
    size_t got;

    FILE *file = fopen(path, "re");
    if (!file)
        return err_raise(ERR_IO, "chat: a script can't be read");
    enum err err = ERR_NONE;
    while (err == ERR_NONE && (got = fread(piece, 1, sizeof piece, file)) > 0)
        err = buf_add(&script, piece, got);
    fclose(file);
    TRY(err);
    return chat_script_run(bot, str_from(name), buf_str(&script), report, result);
}

enum err
chat_script_run_folder(const struct bot *bot, const char *folder, struct buf *report, struct chat_result *result)
{
    struct dirent **names = NULL;
    char path[4096];
    enum err err = ERR_NONE;

    snprintf(path, sizeof path, "%s/chats", folder);
    int count = scandir(path, &names, chat_script_is_script, alphasort);
    for (int i = 0; i < count; i++) {
        snprintf(path, sizeof path, "%s/chats/%s", folder, names[i]->d_name);
        if (err == ERR_NONE)
            err = chat_script_run_file(bot, path, names[i]->d_name, report, result);
        alloc_free(&names[i]);
    }
    alloc_free(&names);
    return err;
}
