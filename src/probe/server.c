/* A throw-away server. It runs this very binary, so that what is measured is what is installed. It never touches another server's
 * data: its folder is new. */
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

#define SERVER_START_MS ((uint64_t)15000)

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
server_run(char *const *arguments, bool is_quiet)
{
    pid_t pid = fork();

    if (pid != 0)
        return pid;
    int null = open("/dev/null", O_WRONLY);
    dup2(null, STDOUT_FILENO);
    if (is_quiet)
        dup2(null, STDERR_FILENO);
    execv("/proc/self/exe", arguments);
    _exit(127);
}

static enum err
server_init_folder(const char *bot, const char *port, struct server *server)
{
    char whole[PATH_MAX];
    int status = 0;
    char *const arguments[] = {(char[]){"privet"}, (char[]){"init"}, server->folder, (char[]){"--name"}, (char[]){"probe"}, (char[]){"--origin"},
                               server->url, (char[]){"--bot"}, whole, (char[]){"--port"}, (char *)(uintptr_t)port, NULL};

    if (!realpath(bot, whole))
        return err_raise(ERR_IO, "server: there is no such bot");
    pid_t pid = server_run(arguments, false);
    if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return err_raise(ERR_IO, "server: its keys can't be made");
    return ERR_NONE;
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

enum err
server_start(const char *bot, struct server *out)
{
    static struct conf conf;
    struct server server = {.folder = "/tmp/privet-probe-XXXXXX"};
    struct conf_fault fault;
    char config[128], port[16];
    int number = 0;

    if (!mkdtemp(server.folder) || chmod(server.folder, 0755) != 0)
        return err_raise(ERR_IO, "server: no temporary folder");
    TRY(server_port(&number));
    snprintf(port, sizeof port, "%d", number);
    snprintf(server.url, sizeof server.url, "http://localhost:%d", number);
    TRY(server_init_folder(bot, port, &server));
    snprintf(config, sizeof config, "%s/privet.yaml", server.folder);
    TRY(conf_read(config, &conf, &fault));
    snprintf(server.root, sizeof server.root, "%.255s", conf.root);
    char *const arguments[] = {(char[]){"privet"}, (char[]){"serve"}, (char[]){"--config"}, config, NULL};
    uint64_t from_ms = clock_steady_ms();
    server.pid = server_run(arguments, true);
    enum err err = server.pid < 0 ? err_raise(ERR_IO, "server: it can't be started") : server_wait(&server);
    if (err != ERR_NONE) {
        server_stop(&server);
        return err;
    }
    server.start_ms = clock_steady_ms() - from_ms;
    *out = server;
    return ERR_NONE;
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

enum err
server_memory(const struct server *server, uint64_t *resident_kb, uint64_t *proportional_kb)
{
    char path[64], children[256] = {0};
    uint64_t resident = server_proc_number(server->pid, "status", "VmRSS:"), shared = server_proc_number(server->pid, "smaps_rollup", "Pss:");

    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)server->pid, (int)server->pid);
    FILE *stream = fopen(path, "re");
    bool read_all = stream && fgets(children, sizeof children, stream);
    if (stream)
        fclose(stream);
    if (!read_all)
        return err_raise(ERR_IO, "server: its processes can't be seen");
    for (char *at = children, *end; *at; at = end) {
        long pid = strtol(at, &end, 10);
        if (end == at)
            break;
        uint64_t own = server_proc_number((pid_t)pid, "smaps_rollup", "Pss:");
        resident += server_proc_number((pid_t)pid, "status", "VmRSS:");
        shared = own > 0 && shared > 0 ? shared + own : 0;
    }
    *resident_kb = resident;
    *proportional_kb = shared;
    return ERR_NONE;
}
