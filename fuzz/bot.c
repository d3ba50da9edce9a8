/* A bot's folder: bot.yaml, an article, products, a table and a chat, parted by lines of "%%%". What compiles answers. */
#include "world/world.h"

#include "engine/bot_check.h"
#include "engine/chat_script.h"

#include <stdio.h>
#include <unistd.h>

static const char *const names[] = {"bot/bot.yaml", "bot/knowledge/a.md", "bot/products.csv", "bot/tables/t.csv", "bot/chats/a.chat"};

static void
bot_write_files(str input)
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

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct turn_room room;
    static struct pii *pii;
    static struct request *request;
    struct bot_fault fault;
    struct bot *bot = NULL;
    struct chat_result result = {.files = 0};
    char path[160];
    BUF_SCOPE(report, (size_t)4 << 20);
    BUF_SCOPE(blob, 1 << 16);

    if (!room.arena)
        must(turn_room_make(&room) == ERR_NONE && pii_make(&pii) == ERR_NONE && request_make(&request) == ERR_NONE);
    bot_write_files(str_bytes(data, size));
    snprintf(path, sizeof path, "%s/bot", world_folder());
    enum err err = bot_make(path, &fault, &bot);
    must(err == ERR_NONE || fault.text[0] != 0);
    if (err == ERR_NONE)
        err = bot_check_run(bot, &(struct bot_check_tools){pii, request, {"", 0}, false}, NULL, &fault);
    must(err == ERR_NONE || err == ERR_LIMIT || fault.text[0] != 0);
    if (err != ERR_NONE) {
        bot_free(&bot);
        return 0;
    }
    err = turn_talk(&(struct turn_talk){.bot = bot, .pii = pii, .text = (said){STR("hello, where is it?")}, .language = STR("en")}, &room, &blob);
    must(err == ERR_NONE || err == ERR_LIMIT);
    must(chat_script_run_folder(bot, path, &report, &result) != ERR_BUG);
    bot_free(&bot);
    return 0;
}
