/* The cage. Lists name what a role needs and nothing else; the parent's filter is the widest, since its children inherit it and
 * add their own. It never opens anything again once it is entered. */
#include "proc/cage.h"

#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/landlock.h>
#include <pwd.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

/* What every process does: memory, threads, time, descriptors that it already has. */
static const char *const calls_all[] = {
    "read", "readv", "pread64", "write", "writev", "close", "fstat", "newfstatat", "lseek", "mmap", "mremap", "munmap",
    "mprotect", "madvise", "brk", "mlock", "munlock", "futex", "futex_waitv", "clock_gettime", "clock_getres",
    "clock_nanosleep", "nanosleep", "gettimeofday", "time", "getrandom", "getpid", "gettid", "tgkill", "rt_sigaction",
    "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "exit", "exit_group", "sched_yield", "sched_getaffinity", "set_robust_list",
    "rseq", "restart_syscall", "membarrier", "recvmsg", "recvfrom", "sendmsg", "sendto", "poll", "ppoll", "fcntl", "clone3",
    "clone", "prctl", "getuid", "geteuid", "getgid", "getegid", "uname", "sysinfo", "getrusage", "prlimit64", "sched_setaffinity",
    NULL};
static const char *const calls_front[] = {"epoll_create1", "epoll_wait", "epoll_pwait", "epoll_ctl", "accept", "accept4", "shutdown",
                                          "getsockopt", "setsockopt", "getsockname", "getpeername", "eventfd2", "sendfile", "ioctl",
                                          NULL};
static const char *const calls_core[] = {"openat", "open", "access", "faccessat", "faccessat2", "stat", "lstat", "statx", "unlink",
                                         "unlinkat", "pwrite64", "pwritev", "fdatasync", "fsync", "ftruncate", "fallocate", "fchmod",
                                         "getdents64", "readlink", "getcwd", "flock", "rename", "renameat", "mkdir", "fchown", "umask",
                                         "statfs", "fstatfs", "geteuid", "ioctl", NULL};
static const char *const calls_vault[] = {NULL};
/* The parent: it starts processes, and what they do until they lock themselves in is on its list too. */
static const char *const calls_parent[] = {"fork", "vfork", "execve", "execveat", "wait4", "waitid", "kill", "pidfd_open", "dup2",
                                           "dup3", "dup", "close_range", "signalfd4", "rt_sigtimedwait", "memfd_create", "arch_prctl",
                                           "set_tid_address", "seccomp", "landlock_create_ruleset", "landlock_add_rule",
                                           "landlock_restrict_self", "capset", "capget", "setrlimit", "getrlimit", "socketpair",
                                           "setsid", "getppid", "bind", "listen", "socket", NULL};

static const char *const *const calls_of[WIRE_ROLE_COUNT] = {
    [WIRE_FRONT] = calls_front, [WIRE_CORE] = calls_core, [WIRE_VAULT] = calls_vault, [WIRE_COURIER] = calls_vault};

static enum wire_role caged_role;

enum err
cage_drop_root(const char *user)
{
    if (geteuid() != 0)
        return ERR_NONE;
    const struct passwd *facts = getpwnam(user);
    if (!facts || facts->pw_uid == 0)
        return err_raise(ERR_INPUT, "cage: run_as names no user, or root");
    uid_t uid = facts->pw_uid;
    gid_t gid = facts->pw_gid;
    if (setgroups(0, NULL) != 0 || setresgid(gid, gid, gid) != 0 || setresuid(uid, uid, uid) != 0 || setuid(0) == 0)
        return err_raise(ERR_IO, "cage: can't become the user of run_as");
    return ERR_NONE;
}

/* A system call that is not on the list. Only async-signal-safe calls here; log_write is one: it formats by hand and writes once. */
static void
cage_refused(int signal, siginfo_t *info, void *context)
{
    (void)signal;
    (void)context;
    LOG("cage_refused", log_str("caged", str_from(wire_role_name(caged_role))), log_int("syscall", info->si_syscall));
    _exit(71);
}

static int
cage_allow(scmp_filter_ctx filter, const char *const *calls)
{
    for (size_t i = 0; calls && calls[i]; i++) {
        int number = seccomp_syscall_resolve_name(calls[i]);
        if (number == __NR_SCMP_ERROR)
            continue; /* an older libseccomp does not know it, and the program does not need it there */
        int code = seccomp_rule_add(filter, SCMP_ACT_ALLOW, number, 0);
        if (code != 0 && code != -EEXIST)
            return code;
    }
    return 0;
}

static enum err
cage_seccomp(enum wire_role role)
{
    struct sigaction action = {.sa_sigaction = cage_refused, .sa_flags = SA_SIGINFO};

    caged_role = role;
    sigaction(SIGSYS, &action, NULL);
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_TRAP);
    if (!filter)
        return err_raise(ERR_MEMORY, "cage: no filter");
    int code = cage_allow(filter, calls_all);
    for (int other = 0; other < WIRE_ROLE_COUNT && code == 0; other++)
        if (role == WIRE_PARENT || other == (int)role)
            code = cage_allow(filter, calls_of[other]);
    if (code == 0 && role == WIRE_PARENT)
        code = cage_allow(filter, calls_parent);
    if (code == 0)
        code = seccomp_load(filter);
    seccomp_release(filter);
    return code == 0 ? ERR_NONE : err_raise(ERR_IO, "cage: seccomp refuses the filter");
}

#define CAGE_READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define CAGE_WRITE                                                                                 \
    (CAGE_READ | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG)
#define CAGE_ALL ((LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1)

static bool
cage_landlock_path(int ruleset, const char *path, uint64_t access)
{
    struct landlock_path_beneath_attr rule = {.allowed_access = access, .parent_fd = open(path, O_PATH | O_CLOEXEC)};

    if (rule.parent_fd < 0)
        return errno == ENOENT;
    bool done = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
    close(rule.parent_fd);
    return done;
}

static bool
cage_landlock_rules(int ruleset, const struct cage *cage)
{
    static const char *const system[] = {"/usr", "/lib", "/lib64", "/etc"};
    bool done = true;

    if (cage->data)
        done = done && cage_landlock_path(ruleset, cage->data, CAGE_WRITE);
    if (cage->bot)
        done = done && cage_landlock_path(ruleset, cage->bot, CAGE_READ);
    if (cage->executable) {
        done = done && cage_landlock_path(ruleset, cage->executable, LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE);
        for (size_t i = 0; i < sizeof system / sizeof *system; i++)
            done = done && cage_landlock_path(ruleset, system[i], CAGE_READ | LANDLOCK_ACCESS_FS_EXECUTE);
    }
    return done;
}

static enum err
cage_landlock(const struct cage *cage)
{
    struct landlock_ruleset_attr all = {.handled_access_fs = CAGE_ALL};
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);

    if (ruleset < 0)
        return cage->needs_landlock ? err_raise(ERR_DENIED, "cage: this kernel has no Landlock; see `privet explain landlock`") : ERR_NONE;
    bool done = cage_landlock_rules(ruleset, cage) && syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    bool hidden = !done && errno == EACCES;
    close(ruleset);
    if (hidden)
        return err_raise(ERR_DENIED, "cage: the user of run_as can't reach the data, the bot or the program: move them out of folders that are "
                                     "closed to it, such as /root or a home");
    return done ? ERR_NONE : err_raise(ERR_IO, "cage: Landlock refuses the rules");
}

enum err
cage_enter(const struct cage *cage)
{
    struct rlimit none = {0, 0};

    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || setrlimit(RLIMIT_CORE, &none) != 0)
        return err_raise(ERR_IO, "cage: can't give up privileges");
    if (cage->role != WIRE_PARENT && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return err_raise(ERR_IO, "cage: can't forbid dumps");
    tzset(); /* the C library looks for its zone when it first makes a date: now, not in the cage */
    TRY(cage_landlock(cage));
    return cage_seccomp(cage->role);
}
