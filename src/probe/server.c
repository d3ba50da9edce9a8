/* A throw-away server. It runs this very binary, so that what is measured is what is installed, or the one that a test names. It never
 * touches another server's data: its folder is new. */
#include "probe/server.h"

#include "base/clock.h"
#include "base/conf.h"
#include "probe/client.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* All its visitors come from this machine, and ask faster than people. */
#define ONE_ADDRESS "handshakes_per_s: 100000\nsite_handshakes_per_s: 100000\nconnections_per_address: 1000000\nrequests_per_min: 1000000\ndevice_messages_per_day: 1000000\ncost_per_day: 1000000000000\n"
#define SERVER_LINES 60 /* of a log, at most */
#define SERVER_START_MS ((uint64_t)60000) /* of a sanitizer on a busy machine; a release takes 300 */

/* A port that nobody has just now. */
static enum err
server_port(int *out)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool done = fd >= 0 && bind(fd, (const struct sockaddr *)&address, sizeof address) == 0 && getsockname(fd, (struct sockaddr *)&address, &len) == 0;

    if (fd >= 0)
        close(fd);
    *out = ntohs(address.sin_port);
    return done ? ERR_NONE : err_raise(ERR_IO, "server: no free port");
}

static pid_t
server_run(const struct server *server, char *const *arguments)
{
    pid_t pid = fork();

    if (pid != 0)
        return pid;
    dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
    dup2(open(server->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600), STDERR_FILENO);
    execv(server->program, arguments);
    _exit(127);
}

/* Keys and settings. */
static enum err
server_init_folder(const struct server_setup *setup, const char *port, struct server *server)
{
    char whole[PATH_MAX], config[128];
    int status = 0;
    char *const arguments[] = {(char[]){"privet"}, (char[]){"init"}, server->folder, (char[]){"--name"}, (char[]){"probe"}, (char[]){"--origin"},
                               server->url, (char[]){"--bot"}, whole, (char[]){"--port"}, (char *)(uintptr_t)port, NULL};

    if (!realpath(setup->bot, whole))
        return err_raise(ERR_IO, "server: there is no such bot");
    pid_t pid = server_run(server, arguments);
    if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return err_raise(ERR_IO, "server: its keys can't be made");
    snprintf(config, sizeof config, "%s/privet.yaml", server->folder);
    FILE *file = fopen(config, "ae");
    bool done = file && fputs(ONE_ADDRESS, file) >= 0 && (!setup->settings || fputs(setup->settings, file) >= 0);
    if (file && fclose(file) != 0)
        done = false;
    return done ? ERR_NONE : err_raise(ERR_IO, "server: its settings can't be written");
}

enum err
server_run_again(struct server *server)
{
    char config[128];
    char *const arguments[] = {(char[]){"privet"}, (char[]){"serve"}, (char[]){"--config"}, config, NULL};

    snprintf(config, sizeof config, "%s/privet.yaml", server->folder);
    server->pid = server_run(server, arguments);
    return server->pid > 0 ? ERR_NONE : err_raise(ERR_IO, "server: it can't be started");
}

static enum err
server_wait(const struct server *server)
{
    struct client *client = NULL;
    struct client_setup setup = {.url = server->url, .origin = server->url, .root = server->root};
    uint64_t until_ms = clock_steady_ms() + SERVER_START_MS;

    TRY(client_make(&setup, &client));
    enum err err = client_open(client);
    while (err != ERR_NONE && clock_steady_ms() < until_ms && waitpid(server->pid, NULL, WNOHANG) == 0) {
        nanosleep(&(struct timespec){0, 5000000}, NULL);
        err = client_open(client);
    }
    client_free(&client);
    return err == ERR_NONE ? ERR_NONE : err_raise(ERR_IO, "server: it does not answer");
}

static enum err
server_start_in(const struct server_setup *setup, struct server *server)
{
    static struct conf conf;
    struct conf_fault fault;
    char config[128], port[16];
    int number = 0;

    TRY(server_port(&number));
    snprintf(port, sizeof port, "%d", number);
    snprintf(server->url, sizeof server->url, "http://localhost:%d", number);
    snprintf(server->log, sizeof server->log, "%s/log", server->folder);
    snprintf(server->program, sizeof server->program, "%s", setup->program ? setup->program : "/proc/self/exe");
    TRY(server_init_folder(setup, port, server));
    snprintf(config, sizeof config, "%s/privet.yaml", server->folder);
    TRY(conf_read(config, &conf, &fault));
    snprintf(server->root, sizeof server->root, "%.255s", conf.root);
    uint64_t from_ms = clock_steady_ms();
    TRY(server_run_again(server));
    TRY(server_wait(server));
    server->start_ms = clock_steady_ms() - from_ms;
    return ERR_NONE;
}

enum err
server_start(const struct server_setup *setup, struct server *out)
{
    struct server server = {.folder = "/tmp/privet-probe-XXXXXX"};

    if (!mkdtemp(server.folder) || chmod(server.folder, 0755) != 0)
        return err_raise(ERR_IO, "server: no temporary folder");
    enum err err = server_start_in(setup, &server);
    if (err != ERR_NONE) {
        server_stop(&server);
        return err;
    }
    *out = server;
    return ERR_NONE;
}

enum err
server_find_logged(const struct server *server, const char *const *words, struct buf *out)
{
    char line[4096];
    size_t count = 0;
    enum err err = ERR_NONE;
    FILE *stream = fopen(server->log, "re");

    if (!stream)
        return err_raise(ERR_IO, "server: its log can't be read");
    while (err == ERR_NONE && count < SERVER_LINES && fgets(line, sizeof line, stream)) {
        for (size_t i = 0; words[i] && count == 0; i++)
            count = strstr(line, words[i]) != NULL;
        if (count > 0 && count++ < SERVER_LINES)
            err = buf_add_str(out, str_from(line));
    }
    if (err == ERR_NONE && ferror(stream))
        err = err_raise(ERR_IO, "server: its log can't be read");
    fclose(stream);
    return err;
}

static int
server_remove(const char *path, const struct stat *facts, int kind, struct FTW *place)
{
    (void)facts;
    (void)kind;
    (void)place;
    return remove(path);
}

void
server_stop(struct server *server)
{
    if (server->pid > 0) {
        kill(server->pid, SIGTERM);
        waitpid(server->pid, NULL, 0);
    }
    server->pid = 0;
    nftw(server->folder, server_remove, 8, FTW_DEPTH | FTW_PHYS);
}

/* The number behind a label in a file of /proc, 0 when it is not there. */
static uint64_t
server_proc_number(pid_t pid, const char *file, const char *label)
{
    char path[64], line[256];
    unsigned long long number = 0;

    snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, file);
    FILE *stream = fopen(path, "re");
    while (stream && fgets(line, sizeof line, stream))
        if (strncmp(line, label, strlen(label)) == 0)
            number = strtoull(line + strlen(label), NULL, 10);
    if (stream)
        fclose(stream);
    return number;
}

/* The next number of a list of processes; false at its end. */
static bool
server_next_child(char **at, pid_t *pid)
{
    char *end;
    long number = strtol(*at, &end, 10);

    if (end == *at)
        return false;
    *at = end;
    *pid = (pid_t)number;
    return true;
}

static bool
server_read_children(const struct server *server, char children[256])
{
    char path[64];

    memset(children, 0, 256);
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)server->pid, (int)server->pid);
    FILE *stream = fopen(path, "re");
    bool read_all = stream && fgets(children, 256, stream);
    if (stream)
        fclose(stream);
    return read_all;
}

pid_t
server_process(const struct server *server, const char *role)
{
    char children[256], *at = children, path[64], name[64], wanted[64];
    pid_t pid = 0;

    if (strcmp(role, "parent") == 0)
        return server->pid;
    snprintf(wanted, sizeof wanted, "privet: %s", role);
    if (!server_read_children(server, children))
        return 0;
    while (server_next_child(&at, &pid)) {
        snprintf(path, sizeof path, "/proc/%d/cmdline", (int)pid);
        memset(name, 0, sizeof name);
        FILE *stream = fopen(path, "re");
        bool is_named = stream && fgets(name, sizeof name, stream);
        if (stream)
            fclose(stream);
        if (is_named && strcmp(name, wanted) == 0)
            return pid;
    }
    return 0;
}

enum err
server_memory(const struct server *server, uint64_t *resident_kb, uint64_t *proportional_kb)
{
    char children[256], *at = children;
    pid_t pid = 0;
    uint64_t resident = server_proc_number(server->pid, "status", "VmRSS:"), shared = server_proc_number(server->pid, "smaps_rollup", "Pss:");

    if (!server_read_children(server, children))
        return err_raise(ERR_IO, "server: its processes can't be seen");
    while (server_next_child(&at, &pid)) {
        uint64_t own = server_proc_number(pid, "smaps_rollup", "Pss:");
        resident += server_proc_number(pid, "status", "VmRSS:");
        shared = own > 0 && shared > 0 ? shared + own : 0;
    }
    *resident_kb = resident;
    *proportional_kb = shared;
    return ERR_NONE;
}
