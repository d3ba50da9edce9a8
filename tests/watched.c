/* Chats of many topics, watched from the line: for each turn what somebody there sees, how many bytes go up and down, in how many pieces, and
 * when; and beside it what nobody there should see, how long the texts are. tests/watcher.mjs then tries to tell the topics apart.
 *
 *   watched PROGRAM BOT TOPICS CHATS [SETTINGS]
 *
 * TOPICS: a file, one topic a line, its turns between tabs. Chats of all topics come in turn, in an order that a new draw fixes each round,
 * from visitors who take the same time to type whatever they type. A line of output: topic, then per turn: up, down, pieces, microseconds to
 * the first byte and to the last, length of the text said and of the reply. */
#include "listener.h"

#include "base/clock.h"
#include "base/rand.h"
#include "probe/client.h"
#include "probe/server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define WATCHED_TOPICS_MAX 64
#define WATCHED_TURNS_MAX 8

struct watched {
    struct server server;
    struct listener *listener;
    char via[32];
    char *topics[WATCHED_TOPICS_MAX][WATCHED_TURNS_MAX];
    size_t turns[WATCHED_TOPICS_MAX], count;
};

static bool
watched_read(struct watched *watched, const char *path)
{
    static char text[1 << 16];
    FILE *file = fopen(path, "re");
    size_t len = file ? fread(text, 1, sizeof text - 1, file) : 0;

    if (file)
        fclose(file);
    text[len] = 0;
    for (char *save = NULL, *line = strtok_r(text, "\n", &save); line && watched->count < WATCHED_TOPICS_MAX; line = strtok_r(NULL, "\n", &save)) {
        char *rest = NULL;
        size_t *turns = &watched->turns[watched->count];
        if (line[0] == '#')
            continue;
        for (char *text_said = strtok_r(line, "\t", &rest); text_said && *turns < WATCHED_TURNS_MAX; text_said = strtok_r(NULL, "\t", &rest))
            watched->topics[watched->count][(*turns)++] = text_said;
        watched->count++;
    }
    return watched->count > 1;
}

static enum err
watched_turn(struct watched *watched, struct client *client, const char *text)
{
    struct listener_turn seen;
    unsigned char id[16], pause[1];
    uint32_t n = 0;
    BUF_SCOPE(reply, 1 << 20);

    rand_bytes(id, sizeof id);
    rand_bytes(pause, sizeof pause);
    nanosleep(&(struct timespec){0, 1000000 + pause[0] * 10000L}, NULL);
    listener_turn_begin(watched->listener);
    TRY(client_say(client, id, str_from(text), &reply, &n));
    listener_turn_get(watched->listener, &seen);
    printf("\t%zu\t%zu\t%zu\t%llu\t%llu\t%zu\t%zu", seen.bytes[0], seen.bytes[1], seen.pieces, (unsigned long long)(seen.first_ns - seen.asked_ns) / 1000,
           (unsigned long long)(seen.last_ns - seen.asked_ns) / 1000, strlen(text), reply.len);
    return ERR_NONE;
}

static enum err
watched_chat(struct watched *watched, size_t topic)
{
    struct client_setup setup = {.url = watched->server.url, .origin = watched->server.url, .root = watched->server.root, .via = watched->via, .give_up_ms = 2000};
    struct client *client = NULL;

    TRY(client_make(&setup, &client));
    enum err err = client_open(client);
    printf("%zu", topic);
    for (size_t i = 0; i < watched->turns[topic] && err == ERR_NONE; i++)
        err = watched_turn(watched, client, watched->topics[topic][i]);
    printf("\n");
    client_free(&client);
    return err;
}

static enum err
watched_run(struct watched *watched, size_t chats)
{
    size_t order[WATCHED_TOPICS_MAX];

    for (size_t i = 0; i < watched->count; i++)
        order[i] = i;
    for (size_t chat = 0; chat < chats; chat++) {
        for (size_t i = watched->count - 1; i > 0; i--) { /* Fisher and Yates */
            uint32_t random = 0;
            rand_bytes((unsigned char *)&random, sizeof random);
            size_t other = random % (i + 1), held = order[i];
            order[i] = order[other];
            order[other] = held;
        }
        for (size_t i = 0; i < watched->count; i++)
            TRY(watched_chat(watched, order[i]));
    }
    return ERR_NONE;
}

int
main(int count, char **words)
{
    static struct watched watched;
    uint64_t chats = 0;

    if (count < 5 || !watched_read(&watched, words[3]) || str_parse_u64(str_from(words[4]), 100000, &chats) != ERR_NONE) {
        fprintf(stderr, "usage: watched PROGRAM BOT TOPICS CHATS [SETTINGS]\n");
        return 2;
    }
    enum err err = client_init();
    if (err == ERR_NONE)
        err = server_start(&(struct server_setup){.bot = words[2], .program = words[1], .settings = count > 5 ? words[5] : NULL}, &watched.server);
    if (err == ERR_NONE)
        err = listener_start(atoi(strrchr(watched.server.url, ':') + 1), &watched.listener);
    if (err == ERR_NONE) {
        snprintf(watched.via, sizeof watched.via, "127.0.0.1:%d", listener_port(watched.listener));
        err = watched_run(&watched, (size_t)chats);
        listener_stop(&watched.listener);
    }
    if (err != ERR_NONE)
        fprintf(stderr, "watched: %s\n", err_text());
    server_stop(&watched.server);
    return err == ERR_NONE ? 0 : 1;
}
