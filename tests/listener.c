/* A forwarder with one thread and poll. It changes nothing and forgets nothing. */
#include "listener.h"

#include "base/alloc.h"
#include "base/clock.h"

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#define LISTENER_CONNECTIONS_MAX 4096
#define LISTENER_HEARD_MAX ((size_t)64 << 20)

struct listener_line {
    int ends[2]; /* browser, server; -1 when closed */
    struct buf heard[2];
};

struct listener {
    int fd, port, server_port, wake[2];
    pthread_t thread;
    pthread_mutex_t lock;
    struct listener_line lines[LISTENER_CONNECTIONS_MAX];
    size_t count;
    struct listener_turn turn;
};

static struct sockaddr_in
listener_address(int port)
{
    return (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static void
listener_accept(struct listener *listener)
{
    struct sockaddr_in address = listener_address(listener->server_port);
    int browser = accept(listener->fd, NULL, NULL), server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (browser < 0 || server < 0 || listener->count == LISTENER_CONNECTIONS_MAX ||
        connect(server, (const struct sockaddr *)&address, sizeof address) != 0) {
        close(browser);
        close(server);
        return;
    }
    struct listener_line *line = &listener->lines[listener->count++];
    line->ends[0] = browser;
    line->ends[1] = server;
    buf_init(&line->heard[0], LISTENER_HEARD_MAX);
    buf_init(&line->heard[1], LISTENER_HEARD_MAX);
}

static void
listener_note(struct listener_turn *turn, int from, size_t bytes)
{
    uint64_t now_ns = clock_steady_ns();

    turn->bytes[from] += bytes;
    if (from == 0) {
        turn->asked_ns = now_ns;
        return;
    }
    turn->pieces++;
    turn->first_ns = turn->first_ns > 0 ? turn->first_ns : now_ns;
    turn->last_ns = now_ns;
}

static void
listener_forward(struct listener *listener, struct listener_line *line, int from)
{
    unsigned char piece[16384];
    ssize_t got = recv(line->ends[from], piece, sizeof piece, 0);
    bool is_good = got > 0 && buf_add(&line->heard[from], piece, (size_t)got) == ERR_NONE;

    if (is_good)
        listener_note(&listener->turn, from, (size_t)got);

    for (ssize_t sent = 0; is_good && sent < got;) {
        ssize_t put = send(line->ends[1 - from], piece + sent, (size_t)(got - sent), MSG_NOSIGNAL);
        is_good = put > 0;
        sent += put;
    }
    if (is_good)
        return;
    for (int i = 0; i < 2; i++) {
        close(line->ends[i]);
        line->ends[i] = -1;
    }
}

static void *
listener_loop(void *context)
{
    struct listener *listener = context;
    static struct pollfd watched[2 * LISTENER_CONNECTIONS_MAX + 2];

    for (;;) {
        size_t count = listener->count;
        watched[0] = (struct pollfd){listener->fd, POLLIN, 0};
        watched[1] = (struct pollfd){listener->wake[0], POLLIN, 0};
        for (size_t i = 0; i < 2 * count; i++)
            watched[2 + i] = (struct pollfd){listener->lines[i / 2].ends[i % 2], POLLIN, 0};
        if (poll(watched, 2 + 2 * count, -1) < 0)
            continue;
        if (watched[1].revents)
            return NULL;
        pthread_mutex_lock(&listener->lock);
        for (size_t i = 0; i < 2 * count; i++)
            if (watched[2 + i].revents && listener->lines[i / 2].ends[i % 2] >= 0)
                listener_forward(listener, &listener->lines[i / 2], (int)(i % 2));
        if (watched[0].revents)
            listener_accept(listener);
        pthread_mutex_unlock(&listener->lock);
    }
}

enum err
listener_start(int port, struct listener **out)
{
    struct sockaddr_in address = listener_address(0);
    socklen_t len = sizeof address;
    void *piece = NULL;

    TRY(alloc_make(1, sizeof(struct listener), &piece));
    struct listener *listener = piece;
    listener->server_port = port;
    listener->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    pthread_mutex_init(&listener->lock, NULL);
    bool done = listener->fd >= 0 && bind(listener->fd, (const struct sockaddr *)&address, len) == 0 && listen(listener->fd, 64) == 0 &&
                getsockname(listener->fd, (struct sockaddr *)&address, &len) == 0 && pipe(listener->wake) == 0 &&
                pthread_create(&listener->thread, NULL, listener_loop, listener) == 0;
    listener->port = ntohs(address.sin_port);
    if (!done) {
        alloc_free(&listener);
        return err_raise(ERR_IO, "listener: does not start");
    }
    *out = listener;
    return ERR_NONE;
}

int
listener_port(const struct listener *listener)
{
    return listener->port;
}

enum err
listener_read(struct listener *listener, struct buf *out)
{
    enum err err = ERR_NONE;

    pthread_mutex_lock(&listener->lock);
    for (size_t i = 0; i < 2 * listener->count && err == ERR_NONE; i++) {
        const struct buf *heard = &listener->lines[i / 2].heard[i % 2];
        err = buf_add_u32(out, (uint32_t)heard->len);
        if (err == ERR_NONE)
            err = buf_add_str(out, buf_str(heard));
    }
    pthread_mutex_unlock(&listener->lock);
    return err;
}

void
listener_turn_begin(struct listener *listener)
{
    pthread_mutex_lock(&listener->lock);
    listener->turn = (struct listener_turn){.pieces = 0};
    pthread_mutex_unlock(&listener->lock);
}

void
listener_turn_get(struct listener *listener, struct listener_turn *out)
{
    pthread_mutex_lock(&listener->lock);
    *out = listener->turn;
    pthread_mutex_unlock(&listener->lock);
}

void
listener_stop(struct listener **listener)
{
    struct listener *one = *listener;

    (void)!write(one->wake[1], "x", 1);
    pthread_join(one->thread, NULL);
    for (size_t i = 0; i < 2 * one->count; i++) {
        if (one->lines[i / 2].ends[i % 2] >= 0)
            close(one->lines[i / 2].ends[i % 2]);
        buf_done(&one->lines[i / 2].heard[i % 2]);
    }
    close(one->fd);
    close(one->wake[0]);
    close(one->wake[1]);
    alloc_free(listener);
}
