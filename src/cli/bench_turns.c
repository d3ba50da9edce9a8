/* privet bench turns: starts a server with fresh keys, lets visitors talk to it one message after the other each, and counts what was
 * answered, which is what is on disk. Visitors and server share this machine's processors. */
#include "cli/bench_turns.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/rand.h"
#include "probe/client.h"
#include "probe/server.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BENCH_TURNS_CLIENTS_MAX 256
#define BENCH_TURNS_SAMPLES_MAX ((size_t)1 << 20)

struct bench_turns {
    struct server server;
    uint64_t until_ms;
    struct bench_turns_visitor {
        struct bench_turns *all;
        pthread_t thread;
        uint64_t answered, failed;
        uint32_t *sample_us;
        size_t sample_count, sample_max;
    } visitors[BENCH_TURNS_CLIENTS_MAX];
};

static uint64_t
bench_turns_now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

static void *
bench_turns_talk(void *context)
{
    static const char *const texts[] = {"how long does delivery take?", "do you have a red mug?", "can I return something?", "what are your opening hours?",
                                        "I need a gift for someone who likes to cook", "hello", "is this a robot?", "thanks, that was helpful"};
    struct bench_turns_visitor *visitor = context;
    const struct server *server = &visitor->all->server;
    struct client_setup setup = {.url = server->url, .origin = server->url, .root = server->root, .give_up_ms = 2000};
    struct client *client = NULL;
    unsigned char id[16];
    uint32_t n = 0;
    BUF_SCOPE(reply, 1 << 20);

    if (client_make(&setup, &client) != ERR_NONE) {
        visitor->failed++;
        return NULL;
    }
    for (size_t i = 0; clock_steady_ms() < visitor->all->until_ms; i++) {
        rand_bytes(id, sizeof id);
        uint64_t from = bench_turns_now_us();
        bool good = client_say(client, id, str_from(texts[i % (sizeof texts / sizeof *texts)]), &reply, &n) == ERR_NONE;
        if (good && visitor->sample_count < visitor->sample_max)
            visitor->sample_us[visitor->sample_count++] = (uint32_t)(bench_turns_now_us() - from);
        visitor->answered += good;
        visitor->failed += !good;
    }
    client_free(&client);
    return NULL;
}

static int
bench_turns_order(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void
bench_turns_print(struct bench_turns *bench, size_t clients, uint64_t seconds, uint32_t *samples)
{
    uint64_t answered = 0, failed = 0, resident_kb = 0, shared_kb = 0;
    size_t count = 0;

    for (size_t i = 0; i < clients; i++) {
        struct bench_turns_visitor *visitor = &bench->visitors[i];
        answered += visitor->answered;
        failed += visitor->failed;
        memmove(samples + count, visitor->sample_us, visitor->sample_count * sizeof *samples);
        count += visitor->sample_count;
    }
    qsort(samples, count, sizeof *samples, bench_turns_order);
    if (server_memory(&bench->server, &resident_kb, &shared_kb) != ERR_NONE)
        word_fail("no figure for memory", ERR_IO, 0);
    printf("{\"turns_per_s\":%.0f,\"p50_ms\":%.2f,\"p99_ms\":%.2f,\"failed\":%llu,\"clients\":%zu,\"seconds\":%llu,\"resident_mb\":%.1f,"
           "\"resident_shared_once_mb\":%.1f}\n",
           (double)answered / (double)seconds, count ? samples[count / 2] / 1e3 : 0, count ? samples[count - 1 - count / 100] / 1e3 : 0,
           (unsigned long long)failed, clients, (unsigned long long)seconds, (double)resident_kb / 1024, (double)shared_kb / 1024);
}

static enum err
bench_turns_all(struct bench_turns *bench, size_t clients, uint64_t seconds)
{
    void *piece = NULL;

    TRY(alloc_make(BENCH_TURNS_SAMPLES_MAX, sizeof(uint32_t), &piece));
    uint32_t *samples = piece;
    bench->until_ms = clock_steady_ms() + seconds * 1000;
    size_t started = 0;
    for (; started < clients; started++) {
        struct bench_turns_visitor *visitor = &bench->visitors[started];
        visitor->all = bench;
        visitor->sample_max = BENCH_TURNS_SAMPLES_MAX / clients;
        visitor->sample_us = samples + started * visitor->sample_max;
        if (pthread_create(&visitor->thread, NULL, bench_turns_talk, visitor) != 0)
            break;
    }
    for (size_t i = 0; i < started; i++)
        pthread_join(bench->visitors[i].thread, NULL);
    bench_turns_print(bench, started, seconds, samples);
    alloc_free(&piece);
    return started == clients ? ERR_NONE : err_raise(ERR_MEMORY, "bench: not enough threads");
}

int
bench_turns_run(const struct word_line *line)
{
    static struct bench_turns bench;
    uint64_t seconds = 0, clients = 0;
    const char *bot = word_value(line, "bot", "bots/shop");

    if (str_parse_u64(str_from(word_value(line, "seconds", "10")), 3600, &seconds) != ERR_NONE || seconds == 0 ||
        str_parse_u64(str_from(word_value(line, "clients", "32")), BENCH_TURNS_CLIENTS_MAX, &clients) != ERR_NONE || clients == 0)
        return word_fail("--seconds is 1 to 3600, --clients 1 to 256", ERR_NONE, WORD_USAGE);
    enum err err = client_init();
    if (err == ERR_NONE)
        err = server_start(&(struct server_setup){.bot = bot}, &bench.server);
    if (err != ERR_NONE)
        return word_fail("the server for the measurement does not start", err, WORD_FAILED);
    err = bench_turns_all(&bench, (size_t)clients, seconds);
    server_stop(&bench.server);
    return err == ERR_NONE ? WORD_DONE : word_fail("can't measure", err, WORD_FAILED);
}
