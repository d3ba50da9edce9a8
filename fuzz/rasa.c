/* A Rasa project, its files parted by lines of "%%%": whatever it holds, what is written is YAML, and nothing is left out in silence. */
#include "world/world.h"

#include "cli/rasa.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *const names[] = {"project/domain.yml", "project/data/nlu.yml", "project/data/rules.yml", "project/data/stories.yml", "project/data/flows.yml",
                                    "project/tests/test_stories.yml", "project/config.yml"};

static void
rasa_write_files(str input)
{
    char path[256];

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t end = str_find(input, STR("\n%%%\n"));
        str part = str_slice(input, 0, end == SIZE_MAX ? SIZE_MAX : end + 1);
        world_file(names[i], part);
        if (part.len == 0) {
            snprintf(path, sizeof path, "%s/%s", world_folder(), names[i]);
            (void)!unlink(path);
        }
        input = end == SIZE_MAX ? (str){"", 0} : str_slice(input, end + 5, SIZE_MAX);
    }
}

static enum err
rasa_see_line(void *context, const struct rasa_line *line)
{
    (void)context;
    must(line->line > 0 && str_is_utf8(line->text));
    return ERR_NONE;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct rasa_answers answers = {NULL, NULL, "fuzz"};
    struct rasa *rasa = NULL;
    struct bot *bot = NULL;
    struct bot_fault bot_fault = {.line = 0};
    char path[160], name[80], fault[512];
    BUF_SCOPE(text, (size_t)32 << 20);

    rasa_write_files(str_bytes(data, size));
    snprintf(path, sizeof path, "%s/project", world_folder());
    enum err err = rasa_make(path, fault, &rasa);
    must(err == ERR_NONE || err == ERR_LIMIT || fault[0] != 0);
    if (err != ERR_NONE)
        return 0;
    err = rasa_settle(rasa, &answers);
    must(err == ERR_NONE || err == ERR_LIMIT);
    if (err == ERR_NONE && rasa_write_bot(rasa, &text) == ERR_NONE) {
        world_file("bot/bot.yaml", buf_str(&text));
        snprintf(path, sizeof path, "%s/bot", world_folder());
        err = bot_make(path, &bot_fault, &bot);
        must(err != ERR_INPUT || !strstr(bot_fault.text, "not YAML"));
        bot_free(&bot);
        buf_reset(&text);
        must(rasa_write_notes(rasa, &text) == ERR_NONE);
        must(rasa_each_line(rasa, rasa_see_line, NULL) == ERR_NONE && rasa_each_example(rasa, rasa_see_line, NULL) == ERR_NONE);
        for (size_t i = 0; err != ERR_ABSENT; i++) {
            buf_reset(&text);
            err = rasa_chat_write(rasa, i, name, &text);
            must(err == ERR_NONE || err == ERR_ABSENT);
        }
    }
    rasa_free(&rasa);
    return 0;
}
