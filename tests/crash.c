/* Kills processes of a server at random while visitors talk, and holds the server to what it acknowledged: every acknowledged turn is
 * there once, in its place, when its visitor reads the history at the end; nothing stands twice; and after each death a stranger is
 * answered within a second. The parent is started again as systemd does it.
 *
 *   crash KILLS SEED PROGRAM BOT
 *
 * SEED fixes who is killed, when, and together with whom; how the kernel runs it all it can't fix. The last line is "N passed,
 * N failed". */
#include "ledger.h"

#include "base/clock.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CRASH_THREADS 8
#define CRASH_VISITORS 3 /* of each thread */
#define CRASH_KILLS_MAX 10000
#define CRASH_BACK_MS 1000 /* "serving again within"; a sanitizer's build promises nothing in milliseconds */
#define CRASH_GIVE_UP_MS 30000
#define CRASH_RESTART_MS 200 /* RestartSec of packaging/privet.service */
#define CRASH_ROLES 5

#ifndef CRASH_IS_SANITIZED
#define CRASH_IS_SANITIZED false
#endif

struct crash {
    struct server server;
    _Atomic bool is_over;
    struct ledger_visitor visitors[CRASH_THREADS * CRASH_VISITORS];
    struct ledger_visitor strangers[CRASH_KILLS_MAX]; /* one after each death, who says one thing */
    size_t stranger_count;
    uint32_t back_ms[CRASH_KILLS_MAX]; /* less what stood in the queue for a processor */
    uint64_t took_ms_most;
    uint64_t random;
    unsigned killed[CRASH_ROLES];
    struct ledger_sum sum;
    unsigned passed, failed;
};

struct crash_thread {
    struct crash *crash;
    struct ledger_visitor *visitors;
    pthread_t id;
};

static const char *const roles[CRASH_ROLES] = {"front", "core", "vault", "courier", "parent"};

static uint64_t
crash_random(struct crash *crash, uint64_t below)
{
    uint64_t z = (crash->random += 0x9E3779B97F4A7C15u); /* splitmix64 */
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return (z ^ z >> 31) % below;
}

static void
crash_check(struct crash *crash, const char *what, bool is_good)
{
    crash->passed += is_good;
    crash->failed += !is_good;
    printf("%s %s\n", is_good ? "ok  " : "FAIL", what);
}

static void
crash_pause(uint64_t ms)
{
    nanosleep(&(struct timespec){(time_t)(ms / 1000), (long)(ms % 1000) * 1000000}, NULL);
}

/* ---- visitors ---- */

static void *
crash_talk(void *context)
{
    struct crash_thread *thread = context;

    for (size_t i = 0; !atomic_load(&thread->crash->is_over); i++) {
        struct ledger_visitor *visitor = &thread->visitors[i % CRASH_VISITORS];
        if (visitor->said < LEDGER_TURNS_MAX && ledger_say(visitor) != ERR_NONE)
            printf("     visitor %zu gave up turn %zu\n", visitor->number, visitor->said - 1);
        crash_pause(i % 4);
    }
    return NULL;
}

/* ---- the machine ---- */

/* How long a process's first thread has stood in the queue for a processor, in ms. */
static uint64_t
crash_queued_ms(pid_t pid)
{
    unsigned long long ran_ns = 0, queued_ns = 0;
    char path[64];

    snprintf(path, sizeof path, "/proc/%d/schedstat", (int)pid);
    FILE *file = pid > 0 ? fopen(path, "re") : NULL;
    if (file && fscanf(file, "%llu %llu", &ran_ns, &queued_ns) != 2)
        queued_ns = 0;
    if (file)
        fclose(file);
    return queued_ns / 1000000;
}

struct crash_queues {
    pid_t pid[3];
    uint64_t ms[3];
};

/* This program, the parent and core: what a stranger waits for, one after the other. */
static struct crash_queues
crash_queues_get(const struct crash *crash)
{
    struct crash_queues queues = {.pid = {getpid(), server_process(&crash->server, "parent"), server_process(&crash->server, "core")}};
    for (size_t i = 0; i < 3; i++)
        queues.ms[i] = crash_queued_ms(queues.pid[i]);
    return queues;
}

/* A promise in milliseconds is about the server, not about what else this machine is compiling: the time in the queue is taken off. */
static uint64_t
crash_fair_ms(uint64_t took_ms, const struct crash_queues *from, const struct crash_queues *to)
{
    uint64_t queued_ms = 0;
    for (size_t i = 0; i < 3; i++)
        queued_ms += from->pid[i] == to->pid[i] ? to->ms[i] - from->ms[i] : to->ms[i];
    return took_ms > queued_ms ? took_ms - queued_ms : 0;
}

/* ---- the killer ---- */

/* Returns the process that was killed, 0 when it was not there to be killed. */
static pid_t
crash_kill(struct crash *crash, size_t role)
{
    pid_t pid = server_process(&crash->server, roles[role]);

    if (pid <= 0 || kill(pid, SIGKILL) != 0)
        return 0;
    crash->killed[role]++;
    if (role == CRASH_ROLES - 1) {
        waitpid(pid, NULL, 0);
        crash_pause(CRASH_RESTART_MS);
        if (server_run_again(&crash->server) != ERR_NONE)
            crash_check(crash, "the parent is started again", false);
    }
    return pid;
}

static bool
crash_is_whole(const struct crash *crash, size_t role, pid_t dead)
{
    bool is_whole = true;
    for (size_t i = 0; i < CRASH_ROLES; i++) {
        pid_t pid = server_process(&crash->server, roles[i]);
        is_whole = is_whole && pid > 0 && (i != role || pid != dead);
    }
    return is_whole;
}

/* One death, sometimes two. Then a stranger comes in, shakes hands and is answered: how long that took. */
static enum err
crash_once(struct crash *crash)
{
    struct ledger_visitor *stranger = &crash->strangers[crash->stranger_count];
    size_t role = crash_random(crash, CRASH_ROLES), second = crash_random(crash, CRASH_ROLES);
    bool are_two = crash_random(crash, 4) == 0 && second != role && second != CRASH_ROLES - 1;
    struct crash_queues from = crash_queues_get(crash);
    uint64_t from_ms = clock_steady_ms();
    pid_t dead = 0;

    TRY(ledger_make(&crash->server, 1000 + crash->stranger_count, 1, CRASH_GIVE_UP_MS, stranger));
    for (int tries = 0; dead == 0 && tries < 1000; tries++) { /* one that is being started can't be killed yet */
        from = crash_queues_get(crash);
        from_ms = clock_steady_ms();
        dead = crash_kill(crash, role);
        if (dead == 0)
            crash_pause(1);
    }
    if (are_two)
        (void)crash_kill(crash, second);
    TRY(ledger_say(stranger));
    while (!crash_is_whole(crash, role, dead) && clock_steady_ms() - from_ms < CRASH_GIVE_UP_MS)
        crash_pause(1);
    struct crash_queues to = crash_queues_get(crash);
    uint64_t took_ms = clock_steady_ms() - from_ms, fair_ms = crash_fair_ms(took_ms, &from, &to);
    crash->took_ms_most = took_ms > crash->took_ms_most ? took_ms : crash->took_ms_most;
    crash->back_ms[crash->stranger_count++] = (uint32_t)fair_ms;
    if (!CRASH_IS_SANITIZED && fair_ms > CRASH_BACK_MS)
        printf("     kill %zu: %s%s%s: back after %llu ms\n", crash->stranger_count, roles[role], are_two ? " and " : "",
               are_two ? roles[second] : "", (unsigned long long)fair_ms);
    client_rest(stranger->client);
    crash_pause(crash_random(crash, 500));
    return ERR_NONE;
}

/* ---- what is there at the end ---- */

/* Asked before the last parent is stopped: what a sanitizer had to say of any process that lived meanwhile. A report that needs a call
 * which the cage refuses is told by the cage. */
static void
crash_check_log(struct crash *crash)
{
    static const char *const reports[] = {"Sanitizer:", "runtime error:", "\"cage_refused\"", NULL};
    BUF_SCOPE(report, (size_t)1 << 18);
    enum err err = server_find_logged(&crash->server, reports, &report);

    printf("%.*s", STR_ARG(buf_str(&report)));
    crash_check(crash, "no sanitizer reports anything", err == ERR_NONE && report.len == 0);
}

static int
crash_order(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void
crash_report(struct crash *crash, size_t kills)
{
    size_t n = crash->stranger_count;

    for (size_t i = 0; i < CRASH_THREADS * CRASH_VISITORS; i++)
        ledger_read(&crash->visitors[i], &crash->sum);
    for (size_t i = 0; i < n; i++)
        ledger_read(&crash->strangers[i], &crash->sum);
    qsort(crash->back_ms, n, sizeof *crash->back_ms, crash_order);
    printf("     %u front, %u core, %u vault, %u courier, %u parent killed; %zu turns acknowledged to %zu visitors\n", crash->killed[0],
           crash->killed[1], crash->killed[2], crash->killed[3], crash->killed[4], crash->sum.acknowledged, CRASH_THREADS * CRASH_VISITORS + n);
    if (n > 0)
        printf("     serving again after %u ms in the middle, %u ms at most (%llu ms with the queue for a processor)\n", crash->back_ms[n / 2],
               crash->back_ms[n - 1], (unsigned long long)crash->took_ms_most);
    printf("     %zu lost, %zu doubled, %zu histories unreadable\n", crash->sum.lost, crash->sum.doubled, crash->sum.unread);
    crash_check(crash, "every process was killed as often as was asked", n == kills);
    crash_check(crash, "turns were acknowledged under load", crash->sum.acknowledged > 10 * kills);
    crash_check(crash, "no acknowledged turn is lost", crash->sum.lost == 0);
    crash_check(crash, "no turn stands twice", crash->sum.doubled == 0);
    crash_check(crash, "every visitor reads the whole history", crash->sum.unread == 0);
    if (!CRASH_IS_SANITIZED)
        crash_check(crash, "a stranger is answered within a second of each death", n > 0 && crash->back_ms[n - 1] <= CRASH_BACK_MS);
}

static void
crash_run(struct crash *crash, size_t kills)
{
    struct crash_thread threads[CRASH_THREADS];
    enum err err = ERR_NONE;

    for (size_t i = 0; i < CRASH_THREADS * CRASH_VISITORS && err == ERR_NONE; i++)
        err = ledger_make(&crash->server, i, LEDGER_TURNS_MAX, CRASH_GIVE_UP_MS, &crash->visitors[i]);
    for (size_t i = 0; i < CRASH_THREADS; i++) {
        threads[i] = (struct crash_thread){.crash = crash, .visitors = &crash->visitors[i * CRASH_VISITORS]};
        must(pthread_create(&threads[i].id, NULL, crash_talk, &threads[i]) == 0);
    }
    crash_pause(500);
    for (size_t i = 0; i < kills && err == ERR_NONE; i++)
        err = crash_once(crash);
    crash_pause(500);
    atomic_store(&crash->is_over, true);
    for (size_t i = 0; i < CRASH_THREADS; i++)
        pthread_join(threads[i].id, NULL);
    crash_check(crash, "every stranger was answered at last", err == ERR_NONE);
    crash_report(crash, kills);
}

int
main(int count, char **words)
{
    static struct crash crash;
    uint64_t kills = 0;

    setvbuf(stdout, NULL, _IOLBF, 0);
    if (count != 5 || str_parse_u64(str_from(words[1]), CRASH_KILLS_MAX, &kills) != ERR_NONE ||
        str_parse_u64(str_from(words[2]), UINT64_MAX, &crash.random) != ERR_NONE) {
        fprintf(stderr, "usage: crash KILLS SEED PROGRAM BOT\n");
        return 2;
    }
    printf("     %s kills, seed %s\n", words[1], words[2]);
    if (client_init() != ERR_NONE || server_start(&(struct server_setup){.bot = words[4], .program = words[3]}, &crash.server) != ERR_NONE) {
        fprintf(stderr, "crash: %s\n", err_text());
        return 1;
    }
    crash_run(&crash, (size_t)kills);
    for (size_t i = 0; i < CRASH_THREADS * CRASH_VISITORS; i++)
        ledger_free(&crash.visitors[i]);
    for (size_t i = 0; i < crash.stranger_count; i++)
        ledger_free(&crash.strangers[i]);
    if (CRASH_IS_SANITIZED)
        crash_check_log(&crash);
    server_stop(&crash.server);
    printf("%u passed, %u failed\n", crash.passed, crash.failed);
    return crash.failed == 0 ? 0 : 1;
}
