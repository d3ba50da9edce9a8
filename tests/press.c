/* Presses on a server, and measures what an established visitor notices of it.
 *
 *   press steady URL ROOT SECONDS FROM [VIA]   one visitor from an address says something every 20 ms; p50, p99, most
 *   press chats URL ROOT SECONDS COUNT         so many visitors from many addresses shake hands and hold their connections
 *   press shakes URL ROOT SECONDS ADDRESSES    first flights that don't open, each of which costs the vault a key agreement
 *   press pages URL ROOT SECONDS ADDRESSES     the widget's document, again and again
 *   press office URL ROOT SECONDS COUNT        so many visitors of one address, one after the other; each says something, and works if it must
 *
 * VIA is HOST:PORT of a proxy. Addresses are those of 127.0.0.0/8. The last line is JSON. */
#include "base/alloc.h"
#include "base/clock.h"
#include "base/rand.h"
#include "probe/client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define PRESS_SAMPLES_MAX ((size_t)100000)
#define PRESS_LINES_MAX ((size_t)1024)

static volatile sig_atomic_t is_over; /* by SIGINT: tell what was seen so far */

struct press {
    const char *url, *root, *from, *via;
    uint64_t until_ms;
    size_t count;
    uint32_t samples[PRESS_SAMPLES_MAX];
    size_t sample_count, failed;
};

static void
press_end(int signal)
{
    (void)signal;
    is_over = 1;
}

static void
press_pause(long ms)
{
    nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000}, NULL);
}

static int
press_order(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* ---- an established visitor ---- */

static enum err
press_steady(struct press *press)
{
    struct client_setup setup = {.url = press->url, .origin = press->url, .root = press->root, .from = press->from, .via = press->via, .give_up_ms = 3000};
    struct client *client = NULL;
    unsigned char id[16];
    uint32_t n = 0;
    BUF_SCOPE(reply, 1 << 20);

    TRY(client_make(&setup, &client));
    enum err err = client_open(client);
    while (err == ERR_NONE && clock_steady_ms() < press->until_ms && press->sample_count < PRESS_SAMPLES_MAX) {
        rand_bytes(id, sizeof id);
        uint64_t from_ns = clock_steady_ns();
        bool is_good = client_say(client, id, STR("what are your opening hours?"), &reply, &n) == ERR_NONE;
        press->failed += !is_good;
        press->samples[press->sample_count++] = (uint32_t)((clock_steady_ns() - from_ns) / 1000);
        press_pause(20);
    }
    client_free(&client);
    TRY(err);
    qsort(press->samples, press->sample_count, sizeof *press->samples, press_order);
    size_t count = press->sample_count;
    printf("{\"turns\":%zu,\"failed\":%zu,\"p50_ms\":%.1f,\"p99_ms\":%.1f,\"most_ms\":%.1f}\n", count, press->failed,
           count ? press->samples[count / 2] / 1e3 : -1, count ? press->samples[count - 1 - count / 100] / 1e3 : -1,
           count ? press->samples[count - 1] / 1e3 : -1);
    return count > 0 ? ERR_NONE : err_raise(ERR_IO, "press: not one turn");
}

/* ---- many visitors who only hold their connections ---- */

static enum err
press_chats(struct press *press)
{
    struct client_setup setup = {.url = press->url, .origin = press->url, .root = press->root, .give_up_ms = 5000};
    char from[32];
    void *piece = NULL;
    size_t open = 0;

    TRY(alloc_make(press->count, sizeof(struct client *), &piece));
    struct client **clients = piece;
    setup.from = from;
    for (size_t i = 0; i < press->count; i++) {
        /* Few of each address: its gate lets forty in at once. */
        snprintf(from, sizeof from, "127.1.%zu.%zu", i / 20 / 250, 1 + i / 20 % 250);
        TRY(client_make(&setup, &clients[i]));
        open += client_open(clients[i]) == ERR_NONE;
    }
    printf("{\"chats\":%zu}\n", open);
    fflush(stdout);
    while (clock_steady_ms() < press->until_ms)
        press_pause(100);
    for (size_t i = 0; i < press->count; i++)
        client_free(&clients[i]);
    alloc_free(&piece);
    return open == press->count ? ERR_NONE : err_raise(ERR_IO, "press: not all chats could be opened");
}

/* ---- many visitors behind one address ---- */

static bool
press_visit(const struct client_setup *setup, uint32_t *took_us)
{
    struct client *client = NULL;
    unsigned char id[16];
    uint32_t n = 0;
    uint64_t from_ns = clock_steady_ns();
    BUF_SCOPE(reply, 1 << 20);

    rand_bytes(id, sizeof id);
    bool is_served = client_make(setup, &client) == ERR_NONE && client_say(client, id, STR("what are your opening hours?"), &reply, &n) == ERR_NONE;
    client_free(&client);
    *took_us = (uint32_t)((clock_steady_ns() - from_ns) / 1000);
    return is_served;
}

static enum err
press_office(struct press *press)
{
    struct client_setup setup = {.url = press->url, .origin = press->url, .root = press->root, .from = "127.0.0.42", .via = press->via, .give_up_ms = 3000};

    for (size_t i = 0; i < press->count && i < PRESS_SAMPLES_MAX && clock_steady_ms() < press->until_ms; i++)
        press->failed += !press_visit(&setup, &press->samples[press->sample_count++]);
    qsort(press->samples, press->sample_count, sizeof *press->samples, press_order);
    size_t count = press->sample_count;
    printf("{\"visitors\":%zu,\"served\":%zu,\"p50_ms\":%.1f,\"most_ms\":%.1f}\n", count, count - press->failed,
           count ? press->samples[count / 2] / 1e3 : -1, count ? press->samples[count - 1] / 1e3 : -1);
    return count > 0 ? ERR_NONE : err_raise(ERR_IO, "press: not one visitor");
}

/* ---- floods, over plain sockets ---- */

struct press_line {
    int fd;
    size_t awaited; /* answers */
};

static int
press_connect(const struct press *press, size_t i)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((uint16_t)atoi(strrchr(press->via ? press->via : press->url, ':') + 1))};
    struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl((127u << 24) + (2u << 16) + (uint32_t)i + 1)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd >= 0 && bind(fd, (const struct sockaddr *)&from, sizeof from) == 0 && connect(fd, (const struct sockaddr *)&to, sizeof to) == 0)
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

/* The current key's id, so that the vault goes as far as it can with what does not open. */
static enum err
press_kid(const struct press *press, unsigned char kid[8])
{
    char command[512], hex[17] = {0};

    snprintf(command, sizeof command, "curl -s %s/.well-known/privet | grep -oE 'kem 0001 [0-9a-f]{16}' | cut -c10-25", press->url);
    FILE *pipe = popen(command, "re");
    bool done = pipe && fread(hex, 1, 16, pipe) == 16;
    if (pipe)
        pclose(pipe);
    for (size_t i = 0; done && i < 8; i++) {
        unsigned byte = 0;
        done = sscanf(hex + 2 * i, "%2x", &byte) == 1;
        kid[i] = (unsigned char)byte;
    }
    return done ? ERR_NONE : err_raise(ERR_IO, "press: no key");
}

static enum err
press_request(const struct press *press, bool is_shake, struct buf *out)
{
    unsigned char m1[571] = {1, 0, 1};

    if (!is_shake)
        return buf_add_text(out, "GET /chat HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br\r\n\r\n");
    TRY(press_kid(press, m1 + 3));
    rand_bytes(m1 + 11, sizeof m1 - 11);
    TRY(buf_add_text(out, "POST /v1/open HTTP/1.1\r\nHost: x\r\nOrigin: %s\r\nContent-Length: 571\r\n\r\n", press->url));
    return buf_add(out, m1, sizeof m1);
}

/* Counts the beginnings of answers, and of those that ask for work; a cut in the middle of one is missed, which a figure of thousands bears. */
static size_t
press_hear(struct press_line *line, size_t *worked)
{
    static char piece[262144];
    size_t count = 0;
    ssize_t got = recv(line->fd, piece, sizeof piece, MSG_DONTWAIT);

    if (got == 0 || (got < 0 && errno != EAGAIN)) {
        close(line->fd);
        line->fd = -1;
    }
    str rest = str_bytes(piece, got > 0 ? (size_t)got : 0);
    for (size_t at = str_find(rest, STR("HTTP/1.1 ")); at != SIZE_MAX; at = str_find(rest, STR("HTTP/1.1 ")), count++) {
        rest = str_slice(rest, at + 9, SIZE_MAX);
        *worked += str_has_prefix(rest, STR("429"));
    }
    line->awaited -= count < line->awaited ? count : line->awaited;
    return count;
}

static enum err
press_flood(struct press *press, bool is_shake)
{
    static struct press_line lines[PRESS_LINES_MAX];
    static struct pollfd watched[PRESS_LINES_MAX];
    size_t answers = 0, worked = 0;
    BUF_SCOPE(request, 4096);

    TRY(press_request(press, is_shake, &request));
    for (size_t i = 0; i < press->count; i++)
        lines[i].fd = -1;
    while (!is_over && clock_steady_ms() < press->until_ms) {
        for (size_t i = 0; i < press->count; i++) {
            if (lines[i].fd < 0)
                lines[i] = (struct press_line){press_connect(press, i), 0};
            if (lines[i].fd >= 0 && lines[i].awaited == 0 && send(lines[i].fd, request.at, request.len, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)request.len)
                lines[i].awaited = 1;
            watched[i] = (struct pollfd){lines[i].fd, POLLIN, 0};
        }
        (void)poll(watched, press->count, 10);
        for (size_t i = 0; i < press->count; i++)
            if (watched[i].revents && lines[i].fd >= 0)
                answers += press_hear(&lines[i], &worked);
    }
    printf("{\"answers\":%zu,\"asked_to_work\":%zu}\n", answers, worked);
    return answers > 0 ? ERR_NONE : err_raise(ERR_IO, "press: not one answer");
}

static enum err
press_run(struct press *press, const char *mode)
{
    if (strcmp(mode, "steady") == 0)
        return press_steady(press);
    if (strcmp(mode, "chats") == 0)
        return press_chats(press);
    if (strcmp(mode, "office") == 0)
        return press_office(press);
    if (strcmp(mode, "shakes") == 0 || strcmp(mode, "pages") == 0)
        return press_flood(press, strcmp(mode, "shakes") == 0);
    return err_raise(ERR_INPUT, "press: unknown mode");
}

int
main(int count, char **words)
{
    static struct press press;
    struct rlimit limit;

    if (count < 6 || client_init() != ERR_NONE) {
        fprintf(stderr, "usage: press steady|chats|office|shakes|pages URL ROOT SECONDS FROM|COUNT|ADDRESSES [VIA]\n");
        return 2;
    }
    signal(SIGINT, press_end);
    /* libcurl takes three descriptors for a connection. */
    limit = (struct rlimit){65536, 65536};
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0 && getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &limit);
    }
    press = (struct press){.url = words[2], .root = words[3], .from = words[5], .via = count > 6 ? words[6] : NULL,
                           .until_ms = clock_steady_ms() + strtoull(words[4], NULL, 10) * 1000, .count = strtoull(words[5], NULL, 10)};
    if (press.count > PRESS_LINES_MAX && (strcmp(words[1], "shakes") == 0 || strcmp(words[1], "pages") == 0))
        press.count = PRESS_LINES_MAX;
    enum err err = press_run(&press, words[1]);
    if (err != ERR_NONE)
        fprintf(stderr, "press: %s\n", err_text());
    return err != ERR_NONE;
}
