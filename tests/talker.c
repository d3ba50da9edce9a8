/* A visitor on standard input and output, for tests that say what no widget would send.
 *
 *   talker URL ROOT     "new": another visitor; "say TEXT": the answer's JSON, one line; "history": what this visitor's keys open of the
 *                       stored conversation, and a line with a full stop. A line that can't be done ends with status 1.
 */
#include "base/rand.h"
#include "channel/visitor.h"
#include "probe/client.h"

#include <stdio.h>
#include <string.h>

#define TALKER_LINE 65536

static enum err
talker_say(struct client *client, str text)
{
    unsigned char id[16];
    uint32_t n = 0;
    BUF_SCOPE(reply, 1 << 20);

    rand_bytes(id, sizeof id);
    TRY(client_say(client, id, text, &reply, &n));
    printf("%.*s\n", STR_ARG(buf_str(&reply)));
    return ERR_NONE;
}

static enum err
talker_history(struct client *client)
{
    uint32_t entries = 0;
    BUF_SCOPE(texts, 1 << 26);

    TRY(client_history(client, &texts, &entries));
    printf("%.*s\n.\n", STR_ARG(buf_str(&texts)));
    return ERR_NONE;
}

static enum err
talker_line(const struct client_setup *setup, struct client **client, str line)
{
    if (str_is(line, STR("new"))) {
        if (*client)
            client_free(client);
        return client_make(setup, client);
    }
    if (!*client)
        return err_raise(ERR_INPUT, "talker: nobody is there yet");
    if (str_is(line, STR("history")))
        return talker_history(*client);
    return str_has_prefix(line, STR("say ")) ? talker_say(*client, str_slice(line, 4, line.len)) : err_raise(ERR_INPUT, "talker: new, say or history");
}

int
main(int count, char **arguments)
{
    static char line[TALKER_LINE];
    struct client *client = NULL;

    if (count != 3 || client_init() != ERR_NONE)
        return 2;
    struct client_setup setup = {.url = arguments[1], .origin = arguments[1], .root = arguments[2], .give_up_ms = 15000};
    enum err err = ERR_NONE;
    while (err == ERR_NONE && fgets(line, sizeof line, stdin)) {
        err = talker_line(&setup, &client, str_slice(str_from(line), 0, strcspn(line, "\n")));
        fflush(stdout);
    }
    if (err != ERR_NONE)
        fprintf(stderr, "talker: %s at: %s\n", err_text(), line);
    if (client)
        client_free(&client);
    return err == ERR_NONE ? 0 : 1;
}
