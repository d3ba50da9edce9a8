/* listener.h - somebody on the line: forwards connections to a server and keeps every byte of both directions. */
#ifndef TESTS_LISTENER_H
#define TESTS_LISTENER_H

#include "base/buf.h"

struct listener;

/* listener_start - on a free port of this machine, for the server at `port` of it. */
enum err listener_start(int port, struct listener **out) MUST_CHECK;
int listener_port(const struct listener *listener);
/* listener_read - what was heard so far: per connection length(4) ‖ towards the server ‖ length(4) ‖ back. */
enum err listener_read(struct listener *listener, struct buf *out) MUST_CHECK;
void listener_stop(struct listener **listener);

#endif
