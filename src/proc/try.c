/* What a process that was taken over would try. No release holds any of it: without -Dtry=true this file is empty. */
#include "proc/try.h"

#ifdef PRIVET_TRY
#include "base/log.h"
#include "proc/parent.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Long enough for a neighbour to die of a message and to be started again. */
#define TRY_WIRE_S 1

static unsigned char page[4096] __attribute__((aligned(4096)));

static long
try_exec(void)
{
    char *const none[] = {NULL};
    return execve("/bin/sh", none, none);
}

static long
try_fork(void)
{
    long pid = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
    if (pid == 0)
        _exit(0);
    return pid;
}

static long
try_clone3(void)
{
    struct {
        uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls;
    } arguments = {.exit_signal = SIGCHLD};
    long pid = syscall(SYS_clone3, &arguments, sizeof arguments);
    if (pid == 0)
        _exit(0);
    return pid;
}

static long
try_mmap_exec(void)
{
    void *at = mmap(NULL, sizeof page, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return at == MAP_FAILED ? -1 : 0;
}

#define TRY_CALL(name, ...)                                                                        \
    static long try_##name(void)                                                                   \
    {                                                                                              \
        return syscall(__VA_ARGS__);                                                               \
    }
TRY_CALL(socket, SYS_socket, AF_INET, SOCK_STREAM, 0)
TRY_CALL(open, SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY)
TRY_CALL(open_write, SYS_openat, AT_FDCWD, "/tmp/privet-try", O_WRONLY | O_CREAT, 0600)
TRY_CALL(open_memory, SYS_openat, AT_FDCWD, "/proc/1/mem", O_RDONLY)
TRY_CALL(ptrace, SYS_ptrace, PTRACE_TRACEME, 0, 0, 0)
TRY_CALL(read_memory, SYS_process_vm_readv, 1, NULL, 0, NULL, 0, 0)
TRY_CALL(mprotect_exec, SYS_mprotect, page, sizeof page, PROT_READ | PROT_EXEC)
TRY_CALL(kill, SYS_kill, 1, 0)
TRY_CALL(tgkill, SYS_tgkill, 1, 1, 0)
TRY_CALL(prctl, SYS_prctl, PR_SET_DUMPABLE, 1, 0, 0, 0)
TRY_CALL(prlimit, SYS_prlimit64, 1, 0, NULL, NULL)
TRY_CALL(setuid, SYS_setuid, 0)
TRY_CALL(bind, SYS_bind, PARENT_FD_PARENT, NULL, 0)
TRY_CALL(connect, SYS_connect, PARENT_FD_PARENT, NULL, 0)
TRY_CALL(memfd, SYS_memfd_create, "try", 0)
TRY_CALL(unshare, SYS_unshare, 0)
TRY_CALL(mount, SYS_mount, NULL, NULL, NULL, 0, NULL)
TRY_CALL(chroot, SYS_chroot, "/")
TRY_CALL(bpf, SYS_bpf, 0, NULL, 0)
TRY_CALL(perf, SYS_perf_event_open, NULL, 0, 0, 0, 0)
TRY_CALL(io_uring, SYS_io_uring_setup, 0, NULL)
TRY_CALL(keyctl, SYS_keyctl, 0, 0, 0, 0, 0)
TRY_CALL(userfaultfd, SYS_userfaultfd, 0)
TRY_CALL(owner, SYS_fcntl, PARENT_FD_PARENT, F_SETOWN, 1)
TRY_CALL(type_for, SYS_ioctl, 0, TIOCSTI, "x")
TRY_CALL(chmod, SYS_chmod, "/tmp", 0777)
TRY_CALL(link, SYS_symlink, "/", "/tmp/privet-try")

static const struct {
    const char *name;
    long (*run)(void);
} calls[] = {
#define ROW(name) {#name, try_##name}
    ROW(socket), ROW(open), ROW(open_write), ROW(open_memory), ROW(exec), ROW(fork), ROW(clone3), ROW(ptrace), ROW(read_memory),
    ROW(mmap_exec), ROW(mprotect_exec), ROW(kill), ROW(tgkill), ROW(prctl), ROW(prlimit), ROW(setuid), ROW(bind), ROW(connect), ROW(memfd),
    ROW(unshare), ROW(mount), ROW(chroot), ROW(bpf), ROW(perf), ROW(io_uring), ROW(keyctl), ROW(userfaultfd), ROW(owner), ROW(type_for),
    ROW(chmod), ROW(link),
};
#define CALL_COUNT (sizeof calls / sizeof *calls)

static const struct {
    enum wire_role me, peer;
    int fd;
} lines[] = {{WIRE_FRONT, WIRE_CORE, PARENT_FD_FRONT_CORE},     {WIRE_CORE, WIRE_FRONT, PARENT_FD_CORE_FRONT},
             {WIRE_CORE, WIRE_VAULT, PARENT_FD_CORE_VAULT},     {WIRE_CORE, WIRE_COURIER, PARENT_FD_CORE_COURIER},
             {WIRE_VAULT, WIRE_CORE, PARENT_FD_VAULT_CORE},     {WIRE_COURIER, WIRE_CORE, PARENT_FD_COURIER_CORE}};
#define LINE_COUNT (sizeof lines / sizeof *lines)

static const uint16_t types[] = {WIRE_READY,      WIRE_STARTED,     WIRE_OPEN,       WIRE_TURN,         WIRE_NOTES,
                                 WIRE_NOTICE,     WIRE_PUBLIC,      WIRE_ANSWER,     WIRE_VAULT_OPEN,   WIRE_VAULT_NOTES,
                                 WIRE_VAULT_SEAL, WIRE_VAULT_ANSWER, WIRE_COURIER_SEND, 0x7777, 0};

static void
try_call(size_t i)
{
    LOG("try", log_str("what", str_from(calls[i].name)));
    long got = calls[i].run();
    LOG("try_survived", log_str("what", str_from(calls[i].name)), log_int("gave", got), log_int("errno", got < 0 ? errno : 0));
}

/* One forged message to each neighbour that `me` may not send it to; type 0 stands for a message that is none. */
static int64_t
try_forge(enum wire_role me, uint16_t type)
{
    int64_t sent = 0;
    for (size_t i = 0; i < LINE_COUNT; i++) {
        struct wire wire = {.fd = lines[i].fd, .me = lines[i].me, .peer = lines[i].peer};
        if (wire.me != me || wire_may(me, wire.peer, type))
            continue;
        sent += type ? wire_send(&wire, type, 0, STR("forged")) == ERR_NONE : send(wire.fd, "short", 5, MSG_NOSIGNAL) == 5;
    }
    return sent;
}

static void
try_lines(enum wire_role me)
{
    int64_t sent = 0;

    LOG("try", log_str("what", STR("wire")));
    for (size_t t = 0; t < sizeof types / sizeof *types; t++) {
        sent += try_forge(me, types[t]);
        nanosleep(&(struct timespec){TRY_WIRE_S, 0}, NULL);
    }
    LOG("try_sent", log_int("count", sent));
}

/* The parent's own: each in a child of its own, which has the parent's cage. */
static void
try_parent(void)
{
    for (size_t i = 0; i < CALL_COUNT; i++) {
        pid_t pid = fork();
        if (pid == 0) {
            try_call(i);
            _exit(0);
        }
        waitpid(pid, NULL, 0);
    }
    LOG("try_end", log_str("caged", STR("parent")));
}

char *
try_environment(unsigned life)
{
    static char text[64];
    const char *wanted = getenv("PRIVET_TRY");

    snprintf(text, sizeof text, "PRIVET_TRY=%u %s", life, wanted ? wanted : "nobody");
    return text;
}

/* The n-th of the types that a child may not send to the parent. It ends the parent, so each is one start of the server. */
static void
try_parent_type(enum wire_role me, size_t n)
{
    struct wire parent = {.fd = PARENT_FD_PARENT, .me = me, .peer = WIRE_PARENT};

    for (size_t t = 0; t < sizeof types / sizeof *types; t++) {
        if (wire_may(me, WIRE_PARENT, types[t]) || n-- != 0)
            continue;
        LOG("try", log_str("what", STR("wire")), log_str("to", STR("parent")), log_str("type", str_from(wire_type_name(types[t]))));
        if (types[t])
            (void)!wire_send(&parent, types[t], 0, STR("forged"));
        else
            (void)!send(parent.fd, "short", 5, MSG_NOSIGNAL);
        return;
    }
    LOG("try_end", log_str("caged", str_from(wire_role_name(me))));
}

/* The n-th of the calls, then the forged messages. Each ends this life. */
static void
try_next(enum wire_role me, size_t n)
{
    if (n < CALL_COUNT)
        try_call(n);
    if (n == CALL_COUNT)
        try_lines(me);
    if (n <= CALL_COUNT)
        _exit(0);
    LOG("try_end", log_str("caged", str_from(wire_role_name(me))));
}

void
try_run(enum wire_role me)
{
    const char *wanted = getenv("PRIVET_TRY");
    char role[32] = {0}, to[32] = {0};
    unsigned life = 0;
    size_t n = 0;

    if (me == WIRE_PARENT) {
        if (wanted && strcmp(wanted, "parent") == 0)
            try_parent();
        return;
    }
    if (!wanted || sscanf(wanted, "%u %31s %31s %zu", &life, role, to, &n) < 2 || strcmp(role, wire_role_name(me)) != 0)
        return;
    if (strcmp(to, "parent") == 0)
        try_parent_type(me, n);
    else
        try_next(me, life);
}
#endif
