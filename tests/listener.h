/* listener.h - somebody on the line: forwards connections to a server and keeps every byte of both directions. */
#ifndef TESTS_LISTENER_H
#define TESTS_LISTENER_H

#include "base/buf.h"

struct listener;

/* What one exchange looks like from the line. */
struct listener_turn {
    size_t bytes[2]; /* towards the server, back */
    size_t pieces;   /* in which they came back */
    uint64_t asked_ns, first_ns, last_ns; /* the last byte up, the first down, the last down */
};

/* listener_start - on a free port of this machine, for the server at `port` of it. */
enum err listener_start(int port, struct listener **out) MUST_CHECK;
int listener_port(const struct listener *listener);
/* listener_read - what was heard so far: per connection length(4) ‖ towards the server ‖ length(4) ‖ back. */
enum err listener_read(struct listener *listener, struct buf *out) MUST_CHECK;
/* listener_turn_begin, listener_turn_get - what passes in between, of a visitor who is alone on the line. */
void listener_turn_begin(struct listener *listener);
void listener_turn_get(struct listener *listener, struct listener_turn *out);
void listener_stop(struct listener **listener);

#endif
