/* The cage. Lists name what a role needs and nothing else; the parent's filter is the widest, since its children inherit it and
 * add their own. It never opens anything again once it is entered. */
#include "proc/cage.h"

#include "base/alloc.h"
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <link.h>
#include <linux/landlock.h>
#include <pwd.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

/* What every process does: memory, threads, time, descriptors that it already has. Those that take more than they need stand in
 * cage_narrow. */
static const char *const calls_all[] = {
    "read", "readv", "pread64", "write", "writev", "close", "fstat", "newfstatat", "lseek", "mremap", "munmap", "madvise", "brk", "mlock",
    "munlock", "futex", "futex_waitv", "clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time", "getrandom",
    "getpid", "gettid", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "exit", "exit_group", "sched_yield",
    "sched_getaffinity", "set_robust_list", "rseq", "restart_syscall", "membarrier", "recvmsg", "recvfrom", "sendmsg", "sendto", "poll", "ppoll",
    "getuid", "geteuid", "getgid", "getegid", "uname", "sysinfo", "getrusage", NULL};
static const char *const calls_front[] = {"epoll_create1", "epoll_wait", "epoll_pwait", "epoll_ctl", "accept", "accept4", "shutdown",
                                          "getsockopt", "setsockopt", "getsockname", "getpeername", "eventfd2", "sendfile", NULL};
static const char *const calls_core[] = {"openat", "open", "access", "faccessat", "faccessat2", "stat", "lstat", "statx", "unlink",
                                         "unlinkat", "pwrite64", "pwritev", "fdatasync", "fsync", "ftruncate", "fallocate", "fchmod",
                                         "getdents64", "readlink", "getcwd", "flock", "rename", "renameat", "mkdir", "fchown", "umask",
                                         "statfs", "fstatfs", NULL};
static const char *const calls_vault[] = {NULL};
/* The parent: it starts processes, and what they do until they lock themselves in is on its list too. */
static const char *const calls_parent[] = {"fork", "vfork", "clone", "clone3", "mmap", "mprotect", "prctl", "tgkill", "prlimit64", "execve",
                                           "execveat", "wait4", "waitid", "kill", "pidfd_open", "dup2", "dup3", "dup", "close_range", "signalfd4",
                                           "rt_sigtimedwait", "arch_prctl", "set_tid_address", "seccomp", "landlock_create_ruleset",
                                           "landlock_add_rule", "landlock_restrict_self", "setrlimit", "getrlimit", "setsockopt", "setpriority", NULL};

static const char *const *const calls_of[WIRE_ROLE_COUNT] = {
    [WIRE_FRONT] = calls_front, [WIRE_CORE] = calls_core, [WIRE_VAULT] = calls_vault, [WIRE_COURIER] = calls_vault};

/* Calls that a process needs for one thing and could misuse for another: allowed where (argument & mask) == value. */
static const struct cage_narrow {
    const char *call;
    unsigned argument;
    uint64_t mask, value;
} narrow_all[] = {
    {"fcntl", 1, ~0u, F_GETFD},  {"fcntl", 1, ~0u, F_SETFD},  {"fcntl", 1, ~0u, F_GETFL},         {"fcntl", 1, ~0u, F_SETFL},
    {"fcntl", 1, ~0u, F_GETLK},  {"fcntl", 1, ~0u, F_SETLK},  {"fcntl", 1, ~0u, F_SETLKW},        {"fcntl", 1, ~0u, F_DUPFD_CLOEXEC},
    {"ioctl", 1, ~0u, FIONBIO},  {"ioctl", 1, ~0u, FIONREAD}, {"ioctl", 1, ~0u, TCGETS},          {"fcntl", 1, ~0u, F_GET_SEALS},
}, narrow_child[] = {
    {"mmap", 2, PROT_EXEC, 0},                     /* no code but what was loaded before the cage */
    {"mprotect", 2, PROT_EXEC, 0},
    {"clone", 0, CLONE_THREAD, CLONE_THREAD},      /* threads, no processes; clone3 hides its flags and is answered ENOSYS */
    {"prctl", 0, ~0u, PR_SET_NAME},                /* a thread's name; never dumpable again */
    {"prlimit64", 0, ~0u, 0},                      /* its own limits */
};

#define CAGE_CALLS_MAX 512
#define CAGE_NAME_MAX 24
static char call_names[CAGE_CALLS_MAX][CAGE_NAME_MAX]; /* by number, for the log, where nothing can be looked up any more */
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
    int number = info->si_syscall;
    (void)signal;
    (void)context;
    const char *name = number >= 0 && number < CAGE_CALLS_MAX ? call_names[number] : "";
    LOG("cage_refused", log_str("caged", str_from(wire_role_name(caged_role))), log_str("syscall", str_from(name)), log_int("number", number));
    _exit(71);
}

static void
cage_name_calls(void)
{
    for (int number = 0; number < CAGE_CALLS_MAX; number++) {
        char *name = seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, number);
        if (name)
            snprintf(call_names[number], CAGE_NAME_MAX, "%s", name);
        alloc_free(&name);
    }
}

/* Returns 0, or what libseccomp says. A call that an older libseccomp does not know the program does not need there. */
static int
cage_rule(scmp_filter_ctx filter, uint32_t action, const char *call, const struct scmp_arg_cmp *where)
{
    int number = seccomp_syscall_resolve_name(call);
    if (number == __NR_SCMP_ERROR)
        return 0;
    int code = seccomp_rule_add_array(filter, action, number, where ? 1 : 0, where);
    return code == -EEXIST ? 0 : code;
}

static int
cage_allow(scmp_filter_ctx filter, const char *const *calls)
{
    int code = 0;
    for (size_t i = 0; calls && calls[i] && code == 0; i++)
        code = cage_rule(filter, SCMP_ACT_ALLOW, calls[i], NULL);
    return code;
}

static int
cage_allow_narrow(scmp_filter_ctx filter, const struct cage_narrow *rows, size_t count)
{
    int code = 0;
    for (size_t i = 0; i < count && code == 0; i++) {
        struct scmp_arg_cmp where = {rows[i].argument, SCMP_CMP_MASKED_EQ, rows[i].mask, rows[i].value};
        code = cage_rule(filter, SCMP_ACT_ALLOW, rows[i].call, &where);
    }
    return code;
}

static int
cage_allow_child(scmp_filter_ctx filter, enum wire_role role)
{
    struct scmp_arg_cmp myself = {0, SCMP_CMP_EQ, (uint64_t)getpid(), 0};
    int code = cage_allow(filter, calls_of[role]);

    if (code == 0)
        code = cage_allow_narrow(filter, narrow_child, sizeof narrow_child / sizeof *narrow_child);
    if (code == 0)
        code = cage_rule(filter, SCMP_ACT_ALLOW, "tgkill", &myself);
    return code == 0 ? cage_rule(filter, SCMP_ACT_ERRNO(ENOSYS), "clone3", NULL) : code;
}

static int
cage_allow_parent(scmp_filter_ctx filter)
{
    int code = cage_allow(filter, calls_parent);
    for (int role = 0; role < WIRE_ROLE_COUNT && code == 0; role++)
        code = cage_allow(filter, calls_of[role]);
    return code;
}

static enum err
cage_seccomp(enum wire_role role)
{
    struct sigaction action = {.sa_sigaction = cage_refused, .sa_flags = SA_SIGINFO};

    caged_role = role;
    cage_name_calls();
    sigaction(SIGSYS, &action, NULL);
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_TRAP);
    if (!filter)
        return err_raise(ERR_MEMORY, "cage: no filter");
    int code = cage_allow(filter, calls_all);
    if (code == 0)
        code = cage_allow_narrow(filter, narrow_all, sizeof narrow_all / sizeof *narrow_all);
    if (code == 0)
        code = role == WIRE_PARENT ? cage_allow_parent(filter) : cage_allow_child(filter, role);
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

/* The program that loads this one's libraries. */
static int
cage_find_loader(struct dl_phdr_info *info, size_t size, void *context)
{
    (void)size;
    for (int i = 0; i < info->dlpi_phnum; i++)
        if (info->dlpi_phdr[i].p_type == PT_INTERP)
            *(const char **)context = (const char *)(info->dlpi_addr + info->dlpi_phdr[i].p_vaddr);
    return 1; /* the first one is the program itself */
}

static bool
cage_landlock_rules(int ruleset, const struct cage *cage)
{
    static const char *const system[] = {"/usr", "/lib", "/lib64", "/etc"};
    const char *loader = NULL;
    bool done = true;

    if (cage->data)
        done = done && cage_landlock_path(ruleset, cage->data, CAGE_WRITE);
    if (cage->bot)
        done = done && cage_landlock_path(ruleset, cage->bot, CAGE_READ);
    if (cage->executable) {
        done = done && cage_landlock_path(ruleset, cage->executable, LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE);
        dl_iterate_phdr(cage_find_loader, &loader);
        done = done && (!loader || cage_landlock_path(ruleset, loader, LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE));
        for (size_t i = 0; i < sizeof system / sizeof *system; i++)
            done = done && cage_landlock_path(ruleset, system[i], CAGE_READ);
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
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return err_raise(ERR_IO, "cage: can't forbid dumps");
    tzset(); /* the C library looks for its zone when it first makes a date: now, not in the cage */
    TRY(cage_landlock(cage));
    return cage_seccomp(cage->role);
}
