/* Connections in one list, so that the oldest of a kind is near its beginning. It ends a connection by shutting its socket: libmicrohttpd sees
 * that and closes it. It never closes a descriptor itself and never looks at a byte. */
#include "front/line.h"

#include "base/alloc.h"
#include "base/clock.h"

#include <sys/socket.h>

enum err
line_init(struct lines *lines, const struct conf *conf)
{
    *lines = (struct lines){.max = (size_t)conf->connections_max,
                            .idle_ms = (uint64_t)conf->idle_timeout_s * 1000,
                            .request_ms = (uint64_t)conf->request_timeout_s * 1000};
    return gate_init(&lines->gate, conf);
}

static void
line_unlink(struct lines *lines, struct line *line)
{
    *(line->before ? &line->before->after : &lines->oldest) = line->after;
    *(line->after ? &line->after->before : &lines->newest) = line->before;
}

static void
line_link(struct lines *lines, struct line *line)
{
    line->before = lines->newest;
    line->after = NULL;
    *(lines->newest ? &lines->newest->after : &lines->oldest) = line;
    lines->newest = line;
}

void
line_set(struct lines *lines, struct line *line, enum line_phase phase)
{
    if (line->phase == LINE_SHUT)
        return;
    line->phase = phase;
    line->due_ms = phase == LINE_CORE || phase == LINE_SHUT ? UINT64_MAX : clock_steady_ms() + (phase == LINE_IDLE ? lines->idle_ms : lines->request_ms);
    line_unlink(lines, line);
    line_link(lines, line);
}

static void
line_shut(struct lines *lines, struct line *line)
{
    line_set(lines, line, LINE_SHUT);
    (void)shutdown(line->fd, SHUT_RDWR);
}

size_t
line_shut_slow(struct lines *lines)
{
    uint64_t now = clock_steady_ms();
    size_t count = 0;

    for (struct line *line = lines->oldest, *after; line; line = after) {
        after = line->after;
        if (line->due_ms > now)
            continue;
        line_shut(lines, line);
        count++;
    }
    return count;
}

/* Who has asked nothing for longest makes room: that browser connects again when it has something to ask. */
static void
line_make_room(struct lines *lines)
{
    struct line *line = lines->oldest;

    if (lines->count < lines->max - lines->max / 16)
        return;
    while (line && line->phase != LINE_IDLE && line->phase != LINE_HEAD)
        line = line->after;
    if (line)
        line_shut(lines, line);
}

bool
line_may_open(struct lines *lines, const struct sockaddr *peer)
{
    return gate_may_connect(&lines->gate, gate_find(&lines->gate, peer, clock_steady_ms()));
}

enum err
line_open(struct lines *lines, int fd, const struct sockaddr *peer, struct line **out)
{
    void *piece = NULL;

    TRY(alloc_make(1, sizeof(struct line), &piece));
    line_make_room(lines);
    struct line *line = piece;
    line->fd = fd;
    line->place = gate_find(&lines->gate, peer, clock_steady_ms());
    gate_connect(&lines->gate, line->place);
    line_link(lines, line);
    line_set(lines, line, LINE_HEAD);
    lines->count++;
    *out = line;
    return ERR_NONE;
}

void
line_close(struct lines *lines, struct line **line)
{
    if (!*line)
        return;
    line_unlink(lines, *line);
    gate_leave(&lines->gate, (*line)->place);
    lines->count--;
    alloc_free(line);
}
