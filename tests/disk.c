/* A server on a disk that fails: each of its file calls fails once, then for good; the disk is full, page by page; its files are read-only.
 * Visitors talk meanwhile and hold the server to what it acknowledged: nothing is lost, nothing stands twice, and whoever can't be answered
 * is told so soon. A failed sync ends the process that saw it. Afterwards it serves again by itself.
 *
 *   disk PROGRAM BOT      PROGRAM: tests/failing, where the server's user can reach it
 *
 * It needs root, to mount a disk of its own that nobody else sees. The last line is "N passed, N failed". */
#include "failing.h"
#include "ledger.h"

#include "base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define DISK_VISITORS_MAX 2000
#define DISK_PAGES_MAX 23    /* so many pages are left at most when the disk is filled */
#define DISK_TURNS_TO_BACK 400 /* after so many the journal was written back */
#define DISK_STARTS_MAX 24 /* each cell of the SLOTs is read until one is free */
#define DISK_SAID_MS 1000    /* how long a message is tried that can't be kept */
#define DISK_TOLD_MS 3000    /* by then its visitor has been told */
#define DISK_BACK_MS 10000   /* how long one is tried that must be kept */

struct disk {
    struct server server;
    struct failing *failing;
    char folder[64], data[80], filler[96];
    struct ledger_visitor visitors[DISK_VISITORS_MAX];
    size_t visitor_count;
    struct ledger_sum sum;
    size_t injected, told;
    uint64_t told_ms_most;
    unsigned passed, failed;
};

static void
disk_check(struct disk *disk, const char *what, bool is_good)
{
    disk->passed += is_good;
    disk->failed += !is_good;
    printf("%s %s\n", is_good ? "ok  " : "FAIL", what);
}

static void
disk_pause(unsigned ms)
{
    nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000L}, NULL);
}

/* ---- the disk ---- */

static bool
disk_mount(struct disk *disk)
{
    const struct passwd *nobody = getpwnam("nobody");
    char options[96];

    snprintf(options, sizeof options, "size=24m,mode=0700,uid=%u,gid=%u", nobody ? nobody->pw_uid : 65534, nobody ? nobody->pw_gid : 65534);
    return unshare(CLONE_NEWNS) == 0 && mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
           mount("disk", disk->data, "tmpfs", MS_NOSUID | MS_NODEV, options) == 0;
}

/* What core maps, on the disk itself: the one folder that its cage lets it write to. */
static bool
disk_make_failing(struct disk *disk)
{
    const struct passwd *nobody = getpwnam("nobody");
    char path[96];

    snprintf(path, sizeof path, "%s/failing", disk->data);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    bool done = fd >= 0 && ftruncate(fd, 4096) == 0 && (!nobody || fchown(fd, nobody->pw_uid, nobody->pw_gid) == 0);
    void *at = done ? mmap(NULL, sizeof *disk->failing, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) : MAP_FAILED;
    if (fd >= 0)
        close(fd);
    disk->failing = at == MAP_FAILED ? NULL : at;
    return disk->failing != NULL;
}

/* Fills the disk but for some pages. */
static bool
disk_fill(struct disk *disk, size_t pages_left)
{
    static const char page[4096] = "filler";
    struct statfs facts;
    int fd = open(disk->filler, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

    while (fd >= 0 && statfs(disk->data, &facts) == 0 && facts.f_bfree > pages_left && write(fd, page, sizeof page) == (ssize_t)sizeof page)
        continue;
    if (fd >= 0)
        close(fd);
    return statfs(disk->data, &facts) == 0 && facts.f_bfree <= pages_left;
}

static void
disk_set(struct disk *disk, const struct failing *wish)
{
    struct failing *failing = disk->failing;

    atomic_store(&failing->calls, 0);
    memcpy(failing->file, wish->file, sizeof failing->file);
    failing->error = wish->error;
    atomic_store(&failing->skip, wish->skip);
    atomic_store(&failing->left, wish->left);
    atomic_store(&failing->failed, 0);
    atomic_store(&failing->calls, wish->calls);
}

/* ---- what the server says ---- */

static size_t
disk_logged(const struct disk *disk, const char *text)
{
    char line[4096];
    size_t count = 0;
    FILE *file = fopen(disk->server.log, "re");

    while (file && fgets(line, sizeof line, file))
        count += strstr(line, text) != NULL;
    if (file)
        fclose(file);
    return count;
}

/* ---- visitors ---- */

static struct ledger_visitor *
disk_visitor(struct disk *disk, unsigned give_up_ms)
{
    struct ledger_visitor *visitor = &disk->visitors[disk->visitor_count];

    must(disk->visitor_count < DISK_VISITORS_MAX && ledger_make(&disk->server, disk->visitor_count, DISK_TURNS_TO_BACK + 16, give_up_ms, visitor) == ERR_NONE);
    disk->visitor_count++;
    return visitor;
}

/* A visitor says something that can't be kept, and is told so, in time; or there was a way after all. */
static bool
disk_is_told(struct disk *disk, struct ledger_visitor *visitor)
{
    uint64_t from_ms = clock_steady_ms();
    enum err err = ledger_say(visitor);
    uint64_t took_ms = clock_steady_ms() - from_ms;
    bool is_clear = err == ERR_NONE || err == ERR_LIMIT || err == ERR_BUSY;

    disk->told += err == ERR_LIMIT || err == ERR_BUSY;
    disk->told_ms_most = took_ms > disk->told_ms_most ? took_ms : disk->told_ms_most;
    if (!is_clear || took_ms > DISK_TOLD_MS)
        printf("     visitor %zu: %s after %llu ms\n", visitor->number, err_text(), (unsigned long long)took_ms);
    return is_clear && took_ms <= DISK_TOLD_MS;
}

static bool
disk_is_answered(struct ledger_visitor *visitor)
{
    enum err err = ledger_say(visitor);

    if (err != ERR_NONE)
        printf("     visitor %zu is not answered: %s\n", visitor->number, err_text());
    client_rest(visitor->client);
    return err == ERR_NONE;
}

/* ---- each call fails once ---- */

struct disk_row {
    const char *file;
    uint32_t call;
    int error;
    size_t stride; /* not every n, where the next error number goes the same way */
    bool is_rare;  /* only when the journal is written back */
    bool is_fatal;
    const char *what;
};

static const struct disk_row rows[] = {
    {"store.db-wal", FAILING_WRITE, EIO, 1, false, false, "a write of the journal, EIO"},
    {"store.db-wal", FAILING_WRITE, ENOSPC, 1, false, false, "a write of the journal, ENOSPC"},
    {"store.db-wal", FAILING_WRITE, EDQUOT, 1, false, false, "a write of the journal, EDQUOT"},
    {"store.db-wal", FAILING_WRITE, EROFS, 7, false, false, "a write of the journal, EROFS"},
    {"store.db-wal", FAILING_SYNC, EIO, 1, false, true, "a sync of the journal, EIO"},
    {"store.db-wal", FAILING_SYNC, ENOSPC, 1, false, true, "a sync of the journal, ENOSPC"},
    {"store.db-wal", FAILING_READ, EIO, 1, false, false, "a read of the journal"},
    {"store.db", FAILING_READ, EIO, 1, false, false, "a read of the database"},
    {"store.db", FAILING_WRITE, EIO, 1, true, false, "a write of the database, EIO"},
    {"store.db", FAILING_WRITE, ENOSPC, 1, true, false, "a write of the database, ENOSPC"},
    {"store.db", FAILING_SYNC, EIO, 1, true, true, "a sync of the database"},
    {"slots", FAILING_READ, EIO, 1, false, false, "a read of the SLOTs"},
    {"slots", FAILING_WRITE, EIO, 1, false, false, "a write of a SLOT, EIO"},
    {"slots", FAILING_WRITE, ENOSPC, 1, false, false, "a write of a SLOT, ENOSPC"},
    {"slots", FAILING_SYNC, EIO, 1, false, true, "a sync of the SLOTs"},
};
#define ROW_COUNT (sizeof rows / sizeof *rows)

/* A stranger talks, and is answered whatever fails, until the call was made or is not on this way. */
static bool
disk_talk_until(struct disk *disk, const struct disk_row *row, bool *is_hit)
{
    struct ledger_visitor *visitor = disk_visitor(disk, DISK_BACK_MS);
    size_t turns = row->is_rare ? DISK_TURNS_TO_BACK : 3;
    bool is_good = true;

    for (size_t turn = 0; turn < turns && is_good && (turn < 3 || atomic_load(&disk->failing->failed) == 0); turn++)
        is_good = ledger_say(visitor) == ERR_NONE;
    if (!is_good)
        printf("     visitor %zu was not answered: %s\n", visitor->number, err_text());
    client_rest(visitor->client);
    *is_hit = atomic_load(&disk->failing->failed) > 0;
    return is_good;
}

/* The n-th call fails, for every n on the way of a first turn and two more. */
static void
disk_fail_each(struct disk *disk, const struct disk_row *row)
{
    char text[160];
    bool is_good = true, is_hit = true, is_fatal = true;
    size_t n = 0, most = row->is_rare ? 8 : 200;

    for (; n < most && is_hit && is_good; n++) {
        struct failing wish = {.skip = (uint32_t)(n * row->stride), .left = 1, .error = row->error, .calls = row->call};
        snprintf(wish.file, sizeof wish.file, "%s", row->file);
        pid_t core = server_process(&disk->server, "core");
        disk_set(disk, &wish);
        is_good = disk_talk_until(disk, row, &is_hit);
        atomic_store(&disk->failing->calls, 0);
        is_fatal = is_fatal && (!is_hit || !row->is_fatal || server_process(&disk->server, "core") != core);
    }
    n -= is_hit ? 0 : 1;
    disk->injected += n;
    snprintf(text, sizeof text, "%s: each of %zu fails, and every turn is answered%s", row->what, n, row->is_fatal ? " by the next core" : "");
    disk_check(disk, text, is_good && is_fatal && (n > 0 || row->call == FAILING_READ));
}

/* ---- and for good ---- */

static void
disk_fail_on(struct disk *disk, const struct disk_row *row)
{
    struct failing wish = {.left = FAILING_FOREVER, .error = row->error, .calls = row->call};
    struct ledger_visitor *visitor = disk_visitor(disk, DISK_SAID_MS), *later = disk_visitor(disk, DISK_BACK_MS);
    char text[160];

    snprintf(wish.file, sizeof wish.file, "%s", row->file);
    disk_set(disk, &wish);
    bool is_told = true, is_hit = false;
    if (row->is_rare)
        is_told = disk_talk_until(disk, row, &is_hit);
    for (int i = 0; i < 2; i++)
        is_told = is_told && disk_is_told(disk, visitor);
    uint32_t failed = atomic_load(&disk->failing->failed);
    atomic_store(&disk->failing->calls, 0);
    bool is_back = disk_is_answered(later);
    client_rest(visitor->client);
    snprintf(text, sizeof text, "%s for good (%u times): visitors are told; then it is over, and they are answered", row->what, failed);
    disk_check(disk, text, is_told && is_back && (failed > 0 || row->call == FAILING_READ));
}

/* A core that starts while its files fail: it is started until it serves. */
static void
disk_fail_start(struct disk *disk, const struct disk_row *row)
{
    char text[160];
    bool is_good = true, is_hit = true;
    size_t n = 0;

    for (; n < DISK_STARTS_MAX && is_hit && is_good; n++) {
        struct failing wish = {.skip = (uint32_t)n, .left = 1, .error = row->error, .calls = row->call};
        snprintf(wish.file, sizeof wish.file, "%s", row->file);
        disk_set(disk, &wish);
        kill(server_process(&disk->server, "core"), SIGKILL);
        is_good = disk_is_answered(disk_visitor(disk, DISK_BACK_MS));
        is_hit = atomic_load(&disk->failing->failed) > 0;
        atomic_store(&disk->failing->calls, 0);
    }
    n -= is_hit ? 0 : 1;
    disk->injected += n;
    snprintf(text, sizeof text, "%s while core starts: each of %zu fails, and it serves all the same", row->what, n);
    disk_check(disk, text, is_good);
}

/* ---- full ---- */

/* A journal that was cut off grows again into what is left. */
static bool
disk_fill_once(struct disk *disk, size_t pages_left)
{
    struct ledger_visitor *early = disk_visitor(disk, DISK_SAID_MS / 4), *stranger = disk_visitor(disk, DISK_SAID_MS / 4), erased;
    bool is_good = disk_is_answered(early) && ledger_make(&disk->server, DISK_VISITORS_MAX, 1, DISK_BACK_MS, &erased) == ERR_NONE;

    is_good = is_good && disk_is_answered(&erased) && client_erase(erased.client) == ERR_NONE;
    ledger_free(&erased);
    is_good = is_good && disk_fill(disk, pages_left);
    for (int i = 0; i < 3 && is_good; i++)
        is_good = disk_is_told(disk, early) && disk_is_told(disk, stranger);
    unlink(disk->filler);
    is_good = is_good && disk_is_answered(disk_visitor(disk, DISK_BACK_MS)) && disk_is_answered(early) && disk_is_answered(stranger);
    return is_good;
}

static void
disk_fill_each(struct disk *disk)
{
    char text[160];
    size_t told = disk->told, gone = disk_logged(disk, "\"child_gone\""), full = disk_logged(disk, "the disk is full");
    bool is_good = true;

    for (size_t pages = 0; pages <= DISK_PAGES_MAX && is_good; pages += pages < 8 ? 1 : 5)
        is_good = disk_fill_once(disk, pages);
    told = disk->told - told;
    snprintf(text, sizeof text, "a full disk with 0 to %d pages left: visitors are told, %zu times; with room again, they are answered", DISK_PAGES_MAX, told);
    disk_check(disk, text, is_good && told > 30);
    disk_check(disk, "no process ends for want of room", disk_logged(disk, "\"child_gone\"") == gone);
    disk_check(disk, "the log says that the disk is full", disk_logged(disk, "the disk is full") > full);
}

static bool
disk_restart(struct disk *disk)
{
    kill(disk->server.pid, SIGTERM);
    waitpid(disk->server.pid, NULL, 0);
    return server_run_again(&disk->server) == ERR_NONE;
}

static void
disk_start_full(struct disk *disk)
{
    size_t told = disk->told;
    bool is_good = disk_fill(disk, 0) && disk_restart(disk);

    disk_pause(500);
    is_good = is_good && disk_is_told(disk, disk_visitor(disk, DISK_SAID_MS)) && disk->told > told;
    unlink(disk->filler);
    disk_check(disk, "started on a full disk: visitors are told; with room again, they are answered", is_good && disk_is_answered(disk_visitor(disk, DISK_BACK_MS)));
}

/* ---- read-only ---- */

static void
disk_start_readonly(struct disk *disk)
{
    kill(disk->server.pid, SIGTERM);
    waitpid(disk->server.pid, NULL, 0);
    munmap(disk->failing, sizeof *disk->failing);
    bool is_good = mount("disk", disk->data, NULL, MS_REMOUNT | MS_RDONLY | MS_NOSUID | MS_NODEV, NULL) == 0 && server_run_again(&disk->server) == ERR_NONE;
    disk_pause(500);
    is_good = is_good && disk_is_told(disk, disk_visitor(disk, DISK_SAID_MS)) && disk_logged(disk, "the file can't be opened or made") > 0;
    is_good = is_good && mount("disk", disk->data, NULL, MS_REMOUNT | MS_NOSUID | MS_NODEV, NULL) == 0;
    disk_check(disk, "a disk mounted read-only: visitors are told, the log says why; mounted again, they are answered",
               is_good && disk_is_answered(disk_visitor(disk, DISK_BACK_MS)));
}

static void
disk_start_closed(struct disk *disk, const char *file)
{
    char path[128], text[160];

    snprintf(path, sizeof path, "%s/%s", disk->data, file);
    bool is_good = chmod(path, 0400) == 0 && disk_restart(disk);
    disk_pause(500);
    is_good = is_good && disk_is_told(disk, disk_visitor(disk, DISK_SAID_MS));
    is_good = is_good && chmod(path, 0600) == 0;
    snprintf(text, sizeof text, "%s of mode 0400: visitors are told; of 0600 again, they are answered", file);
    disk_check(disk, text, is_good && disk_is_answered(disk_visitor(disk, DISK_BACK_MS)));
}

/* ---- all of it ---- */

static void
disk_read_all(struct disk *disk)
{
    char text[256], command[8192];

    for (size_t i = 0; i < disk->visitor_count; i++)
        ledger_read(&disk->visitors[i], &disk->sum);
    snprintf(text, sizeof text, "%zu visitors, %zu turns acknowledged, %zu calls failed: %zu lost, %zu doubled, %zu histories unreadable", disk->visitor_count,
             disk->sum.acknowledged, disk->injected, disk->sum.lost, disk->sum.doubled, disk->sum.unread);
    disk_check(disk, text, disk->sum.acknowledged > 1000 && disk->sum.lost == 0 && disk->sum.doubled == 0 && disk->sum.unread == 0);
    printf("     told after %llu ms at most, of which each message was tried for %d\n", (unsigned long long)disk->told_ms_most, DISK_SAID_MS);
    disk_check(disk, "no cage refused anything", disk_logged(disk, "cage_refused") == 0 && disk_logged(disk, "wire_violation") == 0);
    snprintf(command, sizeof command, "%s doctor --config %s/privet.yaml >/dev/null", disk->server.program, disk->server.folder);
    disk_check(disk, "privet doctor finds the store whole", system(command) == 0);
}

static void
disk_run(struct disk *disk)
{
    for (size_t i = 0; i < ROW_COUNT; i++)
        disk_fail_each(disk, &rows[i]);
    disk_check(disk, "each failed sync was told in the log", disk_logged(disk, "commit_failed") > 0);
    for (size_t i = 0; i < ROW_COUNT; i++)
        disk_fail_on(disk, &rows[i]);
    for (size_t i = 0; i < ROW_COUNT; i++)
        if (rows[i].error == EIO)
            disk_fail_start(disk, &rows[i]);
    disk_fill_each(disk);
    disk_start_full(disk);
    disk_start_closed(disk, "store.db");
    disk_start_closed(disk, "slots");
    disk_start_readonly(disk);
    disk_read_all(disk);
}

static bool
disk_open(struct disk *disk, char **words)
{
    struct server_setup setup = {.bot = words[2], .program = words[1], .settings = "sessions_max: 100000\n"};

    snprintf(disk->folder, sizeof disk->folder, "/tmp/privet-disk-XXXXXX");
    if (!mkdtemp(disk->folder) || chmod(disk->folder, 0755) != 0)
        return false;
    snprintf(disk->data, sizeof disk->data, "%s/data", disk->folder);
    snprintf(disk->filler, sizeof disk->filler, "%s/filler", disk->data);
    if (mkdir(disk->data, 0700) != 0 || !disk_mount(disk) || !disk_make_failing(disk)) {
        fprintf(stderr, "disk: no disk of its own (%s): this needs root\n", strerror(errno));
        return false;
    }
    setenv("PRIVET_DATA", disk->data, 1);
    if (client_init() == ERR_NONE && server_start(&setup, &disk->server) == ERR_NONE)
        return true;
    fprintf(stderr, "disk: %s\n", err_text());
    return false;
}

int
main(int count, char **words)
{
    static struct disk disk;

    setvbuf(stdout, NULL, _IOLBF, 0);
    if (count != 3) {
        fprintf(stderr, "usage: disk PROGRAM BOT\n");
        return 2;
    }
    bool is_open = disk_open(&disk, words);
    disk_check(&disk, "a server with a disk of its own", is_open);
    if (is_open) {
        disk_run(&disk);
        server_stop(&disk.server);
    }
    for (size_t i = 0; i < disk.visitor_count; i++)
        ledger_free(&disk.visitors[i]);
    umount(disk.data);
    rmdir(disk.data);
    rmdir(disk.folder);
    printf("%u passed, %u failed\n", disk.passed, disk.failed);
    return disk.failed == 0 ? 0 : 1;
}
