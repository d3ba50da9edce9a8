/* line.h - open connections: where each stands, when that must be over, and whose it is. Used by front's one thread. */
#ifndef FRONT_LINE_H
#define FRONT_LINE_H

#include "front/gate.h"

enum line_phase {
    LINE_HEAD,   /* nothing whole has come yet */
    LINE_BODY,   /* a head has come, its body has not */
    LINE_CORE,   /* core is at work: not the browser's fault */
    LINE_ANSWER, /* the answer is on its way */
    LINE_IDLE,   /* between requests */
    LINE_SHUT    /* to be closed, whatever still comes */
};

struct line {
    int fd;
    enum line_phase phase;
    uint64_t due_ms;
    struct gate_place place;
    struct line *before, *after; /* in the order of their last change of phase */
};

struct lines {
    struct gate gate;
    struct line *oldest, *newest;
    size_t count, max;
    uint64_t idle_ms, request_ms;
};

struct sockaddr;

/* line_init - from the settings. Errs: ERR_INPUT `proxies`. */
enum err line_init(struct lines *lines, const struct conf *conf) MUST_CHECK;
/* line_may_open - whether one more from there is welcome. */
bool line_may_open(struct lines *lines, const struct sockaddr *peer);
/* line_open - a new connection, in LINE_HEAD. When nearly `max` are open, the one that has been idle longest is shut. Errs: ERR_MEMORY. */
enum err line_open(struct lines *lines, int fd, const struct sockaddr *peer, struct line **out) MUST_CHECK;
void line_close(struct lines *lines, struct line **line);
/* line_set - the next phase, whose time begins now. One that was shut stays so. */
void line_set(struct lines *lines, struct line *line, enum line_phase phase);
/* line_shut_slow - ends what has taken too long; every second or so. Returns how many. */
size_t line_shut_slow(struct lines *lines);

#endif
