/* A Rasa project: domain, training data, rules or stories, and tests, parted by lines of "%%%". What is read is written as a bot. */
#include "world/world.h"

#include "cli/rasa.h"

#include <stdio.h>
#include <string.h>

static const char *const names[] = {"rasa/domain.yml", "rasa/data/nlu.yml", "rasa/data/stories.yml", "rasa/tests/test_stories.yml"};

static enum err
rasa_line(void *context, const struct rasa_line *line)
{
    *(size_t *)context += line->text.len;
    return ERR_NONE;
}

static enum err
rasa_write(struct rasa *rasa)
{
    size_t read = 0;
    char name[80];
    BUF_SCOPE(text, (size_t)4 << 20);

    TRY(rasa_each_example(rasa, rasa_line, &read));
    TRY(rasa_each_line(rasa, rasa_line, &read));
    TRY(rasa_write_bot(rasa, &text));
    must(text.len > 0);
    TRY(rasa_write_notes(rasa, &text));
    enum err err = ERR_NONE;
    for (size_t i = 0; err == ERR_NONE; i++) {
        buf_reset(&text);
        err = rasa_chat_write(rasa, i, name, &text);
        must(err != ERR_NONE || strlen(name) < sizeof name);
    }
    return err == ERR_ABSENT ? ERR_NONE : err;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct rasa *rasa = NULL;
    char path[160], fault[512] = {0};
    str input = str_bytes(data, size);

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t end = str_find(input, STR("\n%%%\n"));
        world_file(names[i], str_slice(input, 0, end == SIZE_MAX ? SIZE_MAX : end + 1));
        input = end == SIZE_MAX ? (str){"", 0} : str_slice(input, end + 5, SIZE_MAX);
    }
    snprintf(path, sizeof path, "%s/rasa", world_folder());
    enum err err = rasa_make(path, fault, &rasa);
    must(err != ERR_INPUT || fault[0] != 0);
    if (err == ERR_NONE)
        err = rasa_settle(rasa, &(struct rasa_answers){NULL, NULL, NULL});
    if (err == ERR_NONE)
        err = rasa_write(rasa);
    must(err != ERR_BUG && err != ERR_DENIED);
    rasa_free(&rasa);
    return 0;
}
