/* privet talk: the same turn in the terminal. It keeps nothing. */
#include "cli/talk.h"

#include "chat/turn.h"
#include "cli/word.h"
#include "engine/bot_check.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

static void
talk_inlines(const json_t *list)
{
    size_t i;
    json_t *item;

    json_array_foreach(list, i, item)
    {
        if (json_is_string(item))
            fputs(json_string_value(item), stdout);
        else if (json_object_get(item, "code"))
            printf("`%s`", json_string_value(json_object_get(item, "code")));
        else if (json_object_get(item, "br"))
            putchar('\n');
        else
            for (const char *const *key = (const char *const[]){"b", "i", "a", NULL}; *key; key++)
                talk_inlines(json_object_get(item, *key));
        const char *href = json_string_value(json_object_get(item, "href"));
        if (href)
            printf(" <%s>", href);
    }
}

static void
talk_block(const json_t *block)
{
    const char *key;
    json_t *value, *item;
    size_t i;

    json_object_foreach((json_t *)(uintptr_t)block, key, value)
    {
        bool list = strcmp(key, "ul") == 0 || strcmp(key, "ol") == 0;
        if (!list) {
            if (json_is_string(value))
                fputs(json_string_value(value), stdout);
            talk_inlines(value);
            putchar('\n');
            continue;
        }
        json_array_foreach(value, i, item)
        {
            fputs("  - ", stdout);
            talk_inlines(item);
            putchar('\n');
        }
    }
}

static void
talk_message(const json_t *message)
{
    size_t i;
    json_t *item;

    json_array_foreach(json_object_get(message, "blocks"), i, item) talk_block(item);
    json_array_foreach(json_object_get(message, "cards"), i, item)
    {
        const char *price = json_string_value(json_object_get(item, "price")), *note = json_string_value(json_object_get(item, "note"));
        printf("  [%s] %s %s\n", json_string_value(json_object_get(item, "title")), price ? price : "", note ? note : "");
    }
    json_array_foreach(json_object_get(message, "quick"), i, item)
        printf("  (%s) ", json_string_value(json_object_get(item, "title")));
    if (json_array_size(json_object_get(message, "quick")) > 0)
        putchar('\n');
    const char *source = json_string_value(json_object_get(json_object_get(message, "source"), "title"));
    if (source)
        printf("  — %s\n", source);
}

static void
talk_print(const struct buf *json)
{
    size_t i;
    json_t *message, *all = json_loadb((const char *)json->at, json->len, 0, NULL);

    json_array_foreach(all, i, message) talk_message(message);
    json_decref(all);
    fflush(stdout);
}

struct talk {
    struct bot *bot;
    struct pii *pii;
    struct request *request;
    struct turn_room room;
};

static enum err
talk_open(const char *folder, struct talk *talk)
{
    struct bot_fault fault = {.line = 0};

    TRY(turn_room_make(&talk->room));
    TRY(pii_make(&talk->pii));
    TRY(request_make(&talk->request));
    struct bot_check_tools tools = {talk->pii, talk->request, {"", 0}, true};
    enum err err = bot_make(folder, &fault, &talk->bot);
    if (err == ERR_NONE)
        err = bot_check_run(talk->bot, &tools, NULL, &fault);
    if (err != ERR_NONE && fault.file[0])
        fprintf(stderr, "%s/%s:%u:%u: %s\n", folder, fault.file, fault.line, fault.column, fault.text);
    return err;
}

static void
talk_close(struct talk *talk)
{
    bot_free(&talk->bot);
    request_free(&talk->request);
    pii_free(&talk->pii);
    turn_room_free(&talk->room);
}

static enum err
talk_lines(struct talk *talk, str spoken, bool is_traced)
{
    BUF_SCOPE(trace, 1 << 20);
    BUF_SCOPE(state, 65536);
    char typed[16384];
    enum err err = ERR_NONE;

    while (err == ERR_NONE && fputs("> ", stdout) >= 0 && fflush(stdout) == 0 && fgets(typed, sizeof typed, stdin)) {
        str text = str_trim(str_from(typed));
        if (text.len == 0)
            continue;
        str payload = text.at[0] == '/' ? text : (str){"", 0};
        buf_reset(&trace);
        err = turn_talk(&(struct turn_talk){.bot = talk->bot, .pii = talk->pii, .text = (said){text}, .payload = payload, .language = spoken,
                                            .trace = is_traced ? &trace : NULL}, &talk->room, &state);
        fwrite(trace.at, 1, trace.len, stdout);
        if (err == ERR_NONE)
            talk_print(&talk->room.reply);
        if (err == ERR_INPUT || err == ERR_LIMIT || err == ERR_DENIED) {
            printf("(%s)\n", err_text());
            err = ERR_NONE;
        }
    }
    putchar('\n');
    return err;
}

int
talk_run(const struct word_line *line)
{
    const char *folder = word_plain(line, 0), *language = word_value(line, "lang", NULL);
    struct talk talk = {.bot = NULL};
    str spoken = str_from(language ? language : "");

    if (!folder)
        return word_fail("which folder? privet talk BOT", ERR_NONE, WORD_USAGE);
    enum err err = talk_open(folder, &talk);
    if (err == ERR_NONE) {
        printf("%.*s\n", STR_ARG(notice_disclosure(spoken)));
        err = talk_lines(&talk, spoken, word_has(line, "trace"));
    }
    talk_close(&talk);
    return err == ERR_NONE ? WORD_DONE : word_fail("can't talk", err, WORD_FAILED);
}
