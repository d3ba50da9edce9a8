/* server.h - a server of its own for a measurement or a probe: fresh keys and data in a temporary folder, gone at the end. */
#ifndef PROBE_SERVER_H
#define PROBE_SERVER_H

#include "base/buf.h"

#include <sys/types.h>

struct server {
    char folder[64];
    char url[64];  /* http://localhost:PORT */
    char root[256]; /* verifier key */
    pid_t pid;     /* of the parent process */
    uint64_t start_ms; /* from its execution to its first handshake */
};

/* server_start - this program's `init` and `serve` on a free port, with this bot; returns when it answers.
 * Errs: ERR_IO it does not start; its own words are on standard error. */
enum err server_start(const char *bot, struct server *out) MUST_CHECK;
/* server_stop - ends it and deletes its folder. */
void server_stop(struct server *server);
/* server_memory - resident memory of all its processes, in kB: each process's own count, and with shared pages counted once
 * (0 when the kernel does not tell). */
enum err server_memory(const struct server *server, uint64_t *resident_kb, uint64_t *proportional_kb) MUST_CHECK;

#endif
