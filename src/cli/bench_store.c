/* privet bench store: what group commit is worth. The same rows go to the same kind of file, once through the writer from many threads
 * and once one transaction each, in turn, on this disk. Nothing of it is kept. */
#include "cli/bench_store.h"

#include "base/clock.h"
#include "base/rand.h"
#include "chat/conversation.h"
#include "store/driver_sqlite.h"
#include "store/migrate.h"
#include "store/writer.h"

#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define BENCH_STORE_THREADS_MAX 256
#define BENCH_STORE_CT_BYTES ((size_t)1024 + 16)

struct bench_store {
    struct driver *driver;
    struct writer *writer;
    uint64_t until_ms;
    struct bench_store_thread {
        struct bench_store *all;
        pthread_t thread;
        uint64_t kept;
    } threads[BENCH_STORE_THREADS_MAX];
};

static enum err
bench_store_append(struct driver *driver, void *context)
{
    return conversation_append(driver, context);
}

/* A conversation of its own for each thread: turn after turn, as a visitor's. */
static enum err
bench_store_keep(struct bench_store *bench, uint64_t *kept, bool alone)
{
    unsigned char id[16], tag[32], message[16], hash[32], ct[BENCH_STORE_CT_BYTES];
    struct conversation_turn turn = {.site = STR("bench"), .device_tag = tag, .id = id, .slot_cell = 1, .message = message, .commit = {hash, hash},
                                     .ct = {str_bytes(ct, sizeof ct), str_bytes(ct, sizeof ct)}, .day = 1, .row_day = 1};
    struct writer_job job = {.run = bench_store_append, .context = &turn};

    rand_bytes(id, sizeof id);
    rand_bytes(tag, sizeof tag);
    rand_bytes(hash, sizeof hash);
    rand_bytes(ct, sizeof ct);
    for (; clock_steady_ms() < bench->until_ms; (*kept)++, turn.n += 2) {
        rand_bytes(message, sizeof message);
        if (!alone) {
            TRY(writer_run(bench->writer, &job));
            continue;
        }
        TRY(bench->driver->ops->begin(bench->driver));
        TRY(conversation_append(bench->driver, &turn));
        TRY(bench->driver->ops->commit(bench->driver));
    }
    return ERR_NONE;
}

static void *
bench_store_work(void *context)
{
    struct bench_store_thread *thread = context;

    if (bench_store_keep(thread->all, &thread->kept, false) != ERR_NONE)
        word_fail("a thread of the measurement ended early", ERR_IO, 0);
    return NULL;
}

static enum err
bench_store_together(struct bench_store *bench, size_t threads, uint64_t seconds, uint64_t *kept)
{
    struct writer_setup setup = {.driver = bench->driver, .queue_max = BENCH_STORE_THREADS_MAX};
    size_t started = 0;

    TRY(writer_make(&setup, &bench->writer));
    bench->until_ms = clock_steady_ms() + seconds * 1000;
    for (; started < threads; started++) {
        bench->threads[started] = (struct bench_store_thread){.all = bench};
        if (pthread_create(&bench->threads[started].thread, NULL, bench_store_work, &bench->threads[started]) != 0)
            break;
    }
    for (size_t i = 0; i < started; i++) {
        pthread_join(bench->threads[i].thread, NULL);
        *kept += bench->threads[i].kept;
    }
    writer_free(&bench->writer);
    return ERR_NONE;
}

static enum err
bench_store_all(struct bench_store *bench, size_t threads, uint64_t seconds)
{
    uint64_t together = 0, alone = 0;

    TRY(migrate_run(bench->driver));
    for (int round = 0; round < 3; round++) {
        TRY(bench_store_together(bench, threads, seconds, &together));
        bench->until_ms = clock_steady_ms() + seconds * 1000;
        TRY(bench_store_keep(bench, &alone, true));
    }
    double per_s = (double)together / (3.0 * (double)seconds), alone_per_s = (double)alone / (3.0 * (double)seconds);
    printf("{\"turns_per_s\":%.0f,\"one_commit_each_per_s\":%.0f,\"ratio\":%.1f,\"threads\":%zu}\n", per_s, alone_per_s,
           alone_per_s > 0 ? per_s / alone_per_s : 0, threads);
    return ERR_NONE;
}

int
bench_store_run(const struct word_line *line)
{
    static struct bench_store bench;
    char path[PATH_MAX], side[PATH_MAX + 8];
    uint64_t seconds = 0, threads = 0;

    if (str_parse_u64(str_from(word_value(line, "seconds", "2")), 3600, &seconds) != ERR_NONE || seconds == 0 ||
        str_parse_u64(str_from(word_value(line, "clients", "32")), BENCH_STORE_THREADS_MAX, &threads) != ERR_NONE || threads == 0)
        return word_fail("--seconds is 1 to 3600, --clients 1 to 256", ERR_NONE, WORD_USAGE);
    snprintf(path, sizeof path, "%s/privet-bench-%d.db", word_value(line, "dir", "."), (int)getpid());
    enum err err = driver_sqlite_open(path, &bench.driver);
    if (err == ERR_NONE) {
        err = bench_store_all(&bench, (size_t)threads, seconds);
        bench.driver->ops->close(&bench.driver);
    }
    for (const char *const *end = (const char *const[]){"", "-wal", "-shm", NULL}; *end; end++) {
        snprintf(side, sizeof side, "%s%s", path, *end);
        unlink(side);
    }
    return err == ERR_NONE ? WORD_DONE : word_fail("can't measure", err, WORD_FAILED);
}
