/* privet bench idle: starts a server with fresh keys, waits for the first answer, and looks at its memory before and after many
 * visitors have opened a chat, said one thing and fallen silent, each with its connection still open. */
#include "cli/bench_idle.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/rand.h"
#include "probe/client.h"
#include "probe/server.h"

#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

#define BENCH_IDLE_CHATS_MAX 20000

struct bench_idle {
    struct server server;
    struct client **clients;
    uint64_t chats, open;
    uint64_t first_ms;
    uint64_t resident_kb[3], shared_kb[3]; /* at rest; with the chats just answered; when they have been silent for long */
    uint64_t silent_s;
};

static enum err
bench_idle_say(struct client *client)
{
    unsigned char id[16];
    uint32_t n = 0;
    BUF_SCOPE(reply, 1 << 20);

    rand_bytes(id, sizeof id);
    return client_say(client, id, STR("how long does delivery take?"), &reply, &n);
}

static enum err
bench_idle_first(struct bench_idle *bench, const struct client_setup *setup)
{
    struct client *client = NULL;
    uint64_t from_ms = clock_steady_ms();

    TRY(client_make(setup, &client));
    enum err err = bench_idle_say(client);
    client_free(&client);
    bench->first_ms = bench->server.start_ms + clock_steady_ms() - from_ms;
    return err;
}

static enum err
bench_idle_all(struct bench_idle *bench)
{
    struct client_setup setup = {.url = bench->server.url, .origin = bench->server.url, .root = bench->server.root, .give_up_ms = 5000};
    struct timespec rest = {1, 0};

    TRY(bench_idle_first(bench, &setup));
    nanosleep(&rest, NULL);
    TRY(server_memory(&bench->server, &bench->resident_kb[0], &bench->shared_kb[0]));
    for (; bench->open < bench->chats; bench->open++) {
        TRY(client_make(&setup, &bench->clients[bench->open]));
        TRY(bench_idle_say(bench->clients[bench->open]));
    }
    nanosleep(&rest, NULL);
    TRY(server_memory(&bench->server, &bench->resident_kb[1], &bench->shared_kb[1]));
    rest.tv_sec = (time_t)bench->silent_s;
    nanosleep(&rest, NULL);
    return server_memory(&bench->server, &bench->resident_kb[2], &bench->shared_kb[2]);
}

/* Of 10,000 chats, in MB over what the server needs at rest. */
static double
bench_idle_chats_mb(const struct bench_idle *bench, size_t when)
{
    double more_kb = (double)bench->shared_kb[when] - (double)bench->shared_kb[0];
    return bench->open ? more_kb / 1024 * 10000 / (double)bench->open : 0;
}

static void
bench_idle_print(const struct bench_idle *bench)
{
    printf("{\"idle_mb\":%.1f,\"idle_sum_of_processes_mb\":%.1f,\"start_ms\":%llu,\"chats\":%llu,\"chats_10k_just_answered_mb\":%.1f,"
           "\"silent_s\":%llu,\"chats_10k_mb\":%.1f}\n",
           (double)bench->shared_kb[0] / 1024, (double)bench->resident_kb[0] / 1024, (unsigned long long)bench->first_ms,
           (unsigned long long)bench->open, bench_idle_chats_mb(bench, 1), (unsigned long long)bench->silent_s, bench_idle_chats_mb(bench, 2));
}

int
bench_idle_run(const struct word_line *line)
{
    static struct bench_idle bench;
    struct rlimit limit;
    void *piece = NULL;

    if (str_parse_u64(str_from(word_value(line, "chats", "5000")), BENCH_IDLE_CHATS_MAX, &bench.chats) != ERR_NONE ||
        str_parse_u64(str_from(word_value(line, "silent", "70")), 3600, &bench.silent_s) != ERR_NONE)
        return word_fail("--chats is at most 20000, --silent at most 3600", ERR_NONE, WORD_USAGE);
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &limit);
    }
    enum err err = client_init();
    if (err == ERR_NONE)
        err = alloc_make((size_t)bench.chats + 1, sizeof *bench.clients, &piece);
    bench.clients = piece;
    if (err == ERR_NONE)
        err = server_start(&(struct server_setup){.bot = word_value(line, "bot", "bots/shop")}, &bench.server);
    if (err != ERR_NONE)
        return word_fail("the server for the measurement does not start", err, WORD_FAILED);
    err = bench_idle_all(&bench);
    if (err == ERR_NONE)
        bench_idle_print(&bench);
    else
        fprintf(stderr, "privet: %llu chats were open\n", (unsigned long long)bench.open);
    for (uint64_t i = 0; i < bench.chats; i++)
        client_free(&bench.clients[i]);
    alloc_free(&piece);
    server_stop(&bench.server);
    return err == ERR_NONE ? WORD_DONE : word_fail("can't measure", err, WORD_FAILED);
}
