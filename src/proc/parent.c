/* The parent. It serves nothing and reads nothing from outside but one READY per child. A dead child is named in the log with
 * its reason and is back at once; one that keeps dying waits a little longer each time, at most half a second. */
#include "proc/parent.h"

#include "base/clock.h"
#include "base/log.h"
#include "proc/cage.h"
#include "proc/try.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define PARENT_FD_FIRST 3
#define PARENT_VAULT_NICE 10
#define PARENT_FD_COUNT 6 /* 3 … 8 */
#define PARENT_CHILDREN 4
#define PARENT_LIFE_MS ((uint64_t)1000) /* one that serves so long is no longer one that keeps dying */
#define PARENT_WAIT_MAX_MS ((uint64_t)500)

struct parent_child {
    enum wire_role role;
    pid_t pid;
    int fds[PARENT_FD_COUNT]; /* what becomes 3 … 8; -1 none */
    int control;              /* the parent's end */
    bool is_ready;
    unsigned life;   /* how many there were before */
    unsigned deaths; /* in a row, without having lived PARENT_LIFE_MS */
    uint64_t born_ms, due_ms;
};

struct parent {
    const struct conf *conf;
    int executable, signals, conf_fd;
    bool is_ending, was_announced;
    struct parent_child children[PARENT_CHILDREN];
};

static enum err
parent_listen(const struct conf *conf, int *out)
{
    struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_PASSIVE, .ai_socktype = SOCK_STREAM}, *found = NULL;
    char port[16];
    int on = 1;

    snprintf(port, sizeof port, "%lld", (long long)conf->port);
    if (getaddrinfo(conf->listen, port, &hints, &found) != 0)
        return err_raise(ERR_INPUT, "parent: `listen` is not an address");
    int fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool done = fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
                bind(fd, found->ai_addr, found->ai_addrlen) == 0 && listen(fd, 4096) == 0;
    freeaddrinfo(found);
    if (!done) {
        if (fd >= 0)
            close(fd);
        return err_raise(ERR_IO, "parent: the port can't be opened; does something else use it? PRIVET_PORT chooses another");
    }
    *out = fd;
    return ERR_NONE;
}

static enum err
parent_open(const char *path, int *out)
{
    *out = open(path, O_RDONLY | O_CLOEXEC);
    return *out >= 0 ? ERR_NONE : err_raise(ERR_IO, "parent: a file of the settings can't be opened");
}

/* The key file must be closed to others; the identity note lies beside it. */
static enum err
parent_open_keys(const struct conf *conf, int *keys, int *identity)
{
    struct stat facts;
    char path[CONF_TEXT_MAX + 32];
    const char *slash = strrchr(conf->key_file, '/');

    TRY(parent_open(conf->key_file, keys));
    if (fstat(*keys, &facts) != 0 || (facts.st_mode & 077) != 0)
        return err_raise(ERR_DENIED, "parent: others may read the key file; its mode must be 0600");
    snprintf(path, sizeof path, "%.*sidentity.note", slash ? (int)(slash - conf->key_file) + 1 : 0, conf->key_file);
    return parent_open(path, identity);
}

/* The settings as bytes in memory that nobody can change any more. */
static enum err
parent_conf_fd(const struct conf *conf, int *out)
{
    int fd = memfd_create("settings", MFD_CLOEXEC | MFD_ALLOW_SEALING);

    if (fd < 0 || write(fd, conf, sizeof *conf) != (ssize_t)sizeof *conf ||
        fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
        return err_raise(ERR_IO, "parent: no memory file");
    *out = fd;
    return ERR_NONE;
}

static enum err
parent_open_all(struct parent *parent)
{
    struct parent_child *children = parent->children;
    int pair[2];

    TRY(parent_conf_fd(parent->conf, &parent->conf_fd));
    for (int i = 0; i < PARENT_CHILDREN; i++) {
        children[i].role = (enum wire_role)(WIRE_FRONT + i);
        memset(children[i].fds, 0xFF, sizeof children[i].fds);
        TRY(wire_pair(pair));
        children[i].control = pair[0];
        children[i].fds[0] = pair[1];
        children[i].fds[1] = parent->conf_fd;
    }
    struct parent_child *front = &children[0], *core = &children[1], *vault = &children[2], *courier = &children[3];
    TRY(wire_pair(pair));
    front->fds[2] = pair[0];
    core->fds[2] = pair[1];
    TRY(wire_pair(pair));
    core->fds[3] = pair[0];
    vault->fds[2] = pair[1];
    TRY(wire_pair(pair));
    core->fds[4] = pair[0];
    courier->fds[2] = pair[1];
    TRY(parent_listen(parent->conf, &front->fds[3]));
    if (parent->conf->tls_cert[0]) {
        TRY(parent_open(parent->conf->tls_cert, &front->fds[4]));
        TRY(parent_open(parent->conf->tls_key, &front->fds[5]));
    }
    TRY(parent_open_keys(parent->conf, &vault->fds[3], &vault->fds[4]));
    return ERR_NONE;
}

/* In the new process: descriptors to their places, everything else closed, the binary afresh. */
static _Noreturn void
parent_child_start(struct parent *parent, const struct parent_child *child)
{
    char name[32];
    char *const arguments[] = {name, NULL};
    char *const environment[] = {try_environment(child->life), NULL};
    int high[PARENT_FD_COUNT], executable;
    sigset_t none;

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    /* Strangers who shake hands yield the processor to visitors who talk: a flood of first flights slows itself. */
    if (child->role == WIRE_VAULT)
        (void)setpriority(PRIO_PROCESS, 0, PARENT_VAULT_NICE);
    snprintf(name, sizeof name, "privet: %s", wire_role_name(child->role));
    executable = fcntl(parent->executable, F_DUPFD_CLOEXEC, 100);
    for (int i = 0; i < PARENT_FD_COUNT; i++)
        high[i] = child->fds[i] >= 0 ? fcntl(child->fds[i], F_DUPFD_CLOEXEC, 100) : -1;
    for (int i = 0; i < PARENT_FD_COUNT; i++) {
        close(PARENT_FD_FIRST + i);
        if (high[i] >= 0 && dup2(high[i], PARENT_FD_FIRST + i) < 0)
            _exit(72);
    }
    close_range(PARENT_FD_FIRST + PARENT_FD_COUNT, 99, 0);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    fexecve(executable, arguments, environment);
    _exit(73);
}

static void
parent_start(struct parent *parent, struct parent_child *child)
{
    child->is_ready = false;
    child->born_ms = clock_steady_ms();
    child->due_ms = 0;
    child->pid = fork();
    if (child->pid == 0)
        parent_child_start(parent, child);
    if (child->pid < 0) {
        LOG("child_not_started", log_str("child", str_from(wire_role_name(child->role))), log_int("errno", errno));
        child->pid = 0;
        child->due_ms = clock_steady_ms() + PARENT_WAIT_MAX_MS;
        return;
    }
    LOG("child_started", log_str("child", str_from(wire_role_name(child->role))), log_int("pid", child->pid));
}

static void
parent_bury(struct parent *parent, struct parent_child *child, int status)
{
    uint64_t now = clock_steady_ms();

    LOG("child_gone", log_str("child", str_from(wire_role_name(child->role))), log_int("pid", child->pid),
        log_str("by", WIFSIGNALED(status) ? STR("signal") : STR("exit")),
        log_int("code", WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status)));
    child->pid = 0;
    child->life++;
    child->deaths = now - child->born_ms > PARENT_LIFE_MS ? 1 : child->deaths + 1;
    uint64_t wait = child->deaths < 3 ? 0 : (uint64_t)100 * child->deaths;
    child->due_ms = parent->is_ending ? 0 : now + (wait < PARENT_WAIT_MAX_MS ? wait : PARENT_WAIT_MAX_MS);
}

static void
parent_reap(struct parent *parent)
{
    int status = 0;
    pid_t pid;

    while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
        for (int i = 0; i < PARENT_CHILDREN; i++)
            if (parent->children[i].pid == pid)
                parent_bury(parent, &parent->children[i], status);
}

/* Front first, so that answers on their way go out. */
static void
parent_end(struct parent *parent)
{
    parent->is_ending = true;
    for (int i = 0; i < PARENT_CHILDREN; i++) {
        if (parent->children[i].pid <= 0)
            continue;
        kill(parent->children[i].pid, SIGTERM);
        for (int wait = 0; wait < 100 && waitpid(parent->children[i].pid, NULL, WNOHANG) == 0; wait++)
            poll(NULL, 0, 20);
        kill(parent->children[i].pid, SIGKILL);
    }
}

static void
parent_hear(struct parent *parent, struct parent_child *child)
{
    static unsigned char room[WIRE_PAYLOAD_MAX + 16];
    struct wire wire = {.fd = child->control, .me = WIRE_PARENT, .peer = child->role};
    struct wire_message message;
    bool all = true;

    if (wire_recv(&wire, room, &message) != ERR_NONE)
        return;
    child->is_ready = true;
    for (int i = 0; i < PARENT_CHILDREN; i++)
        all = all && parent->children[i].is_ready;
    if (all && !parent->was_announced) {
        parent->was_announced = true;
        LOG("serving", log_str("address", str_from(parent->conf->listen)), log_int("port", parent->conf->port));
        try_run(WIRE_PARENT);
    }
}

static void
parent_loop(struct parent *parent)
{
    struct pollfd watched[PARENT_CHILDREN + 1];
    struct signalfd_siginfo signal;

    while (!parent->is_ending) {
        int wait_ms = -1;
        for (int i = 0; i < PARENT_CHILDREN; i++) {
            struct parent_child *child = &parent->children[i];
            uint64_t now = clock_steady_ms();
            if (child->pid == 0 && child->due_ms <= now)
                parent_start(parent, child);
            if (child->pid == 0)
                wait_ms = (int)(child->due_ms - now) + 1;
            watched[i] = (struct pollfd){child->control, POLLIN, 0};
        }
        watched[PARENT_CHILDREN] = (struct pollfd){parent->signals, POLLIN, 0};
        if (poll(watched, PARENT_CHILDREN + 1, wait_ms) < 0)
            continue;
        for (int i = 0; i < PARENT_CHILDREN; i++)
            if (watched[i].revents & POLLIN)
                parent_hear(parent, &parent->children[i]);
        while (read(parent->signals, &signal, sizeof signal) == (ssize_t)sizeof signal) {
            if (signal.ssi_signo == SIGCHLD)
                parent_reap(parent);
            else
                parent_end(parent);
        }
    }
}

/* Front needs a descriptor for each connection. What the system forbids is said, and front serves with what there is. */
static void
parent_raise_limit(const struct conf *conf)
{
    struct rlimit limit;
    rlim_t wanted = (rlim_t)conf->connections_max + 64;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted)
        return;
    if (limit.rlim_max < wanted && setrlimit(RLIMIT_NOFILE, &(struct rlimit){wanted, wanted}) == 0)
        return;
    limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur < wanted)
        LOG("few_descriptors", log_int("descriptors", (int64_t)limit.rlim_cur), log_int("wanted", (int64_t)wanted));
}

enum err
parent_run(const struct conf *conf)
{
    static struct parent parent;
    sigset_t signals;
    char executable[CONF_TEXT_MAX] = {0};

    parent.conf = conf;
    log_set_role("parent");
    /* What whoever started this had open is no business of its children. */
    close_range(PARENT_FD_FIRST, ~0u, 0);
    parent.executable = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    if (parent.executable < 0 || readlink("/proc/self/exe", executable, sizeof executable - 1) < 0)
        return err_raise(ERR_IO, "parent: can't find its own binary");
    sigemptyset(&signals);
    sigaddset(&signals, SIGCHLD);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    signal(SIGHUP, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    parent.signals = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
    if (parent.signals < 0)
        return err_raise(ERR_IO, "parent: no signals");
    parent_raise_limit(conf);
    TRY(parent_open_all(&parent));
    TRY(cage_drop_root(conf->run_as));
    struct cage cage = {WIRE_PARENT, conf->data, conf->bot, executable, strcmp(conf->landlock, "require") == 0};
    TRY(cage_enter(&cage));
    parent_loop(&parent);
    LOG("ended", log_int("pid", getpid()));
    return ERR_NONE;
}

bool
parent_child_role(const char *name, enum wire_role *role)
{
    for (int i = WIRE_FRONT; i < WIRE_ROLE_COUNT; i++) {
        char expected[32];
        snprintf(expected, sizeof expected, "privet: %s", wire_role_name((enum wire_role)i));
        if (strcmp(name, expected) == 0) {
            *role = (enum wire_role)i;
            return true;
        }
    }
    return false;
}

enum err
parent_child_conf(struct conf *out)
{
    if (pread(PARENT_FD_CONF, out, sizeof *out, 0) != (ssize_t)sizeof *out)
        return err_raise(ERR_INPUT, "parent: this is a child's name, and no parent started it");
    close(PARENT_FD_CONF);
    return ERR_NONE;
}

enum err
parent_child_ready(enum wire_role me)
{
    struct wire wire = {.fd = PARENT_FD_PARENT, .me = me, .peer = WIRE_PARENT};

    TRY(wire_send(&wire, WIRE_READY, 0, (str){"", 0}));
    try_run(me);
    return ERR_NONE;
}
