/* server.h - a server of its own for a measurement or a probe: fresh keys and data in a temporary folder, gone at the end. */
#ifndef PROBE_SERVER_H
#define PROBE_SERVER_H

#include "base/buf.h"

#include <sys/types.h>

struct server_setup {
    const char *bot;
    const char *program;  /* NULL: the one that runs; else it must be one that the server's user can reach */
    const char *settings; /* more lines of privet.yaml; NULL: none */
};

struct server {
    char folder[64];
    char log[80];  /* what it says, in its folder */
    char url[64];  /* http://localhost:PORT */
    char root[256]; /* verifier key */
    char program[4096];
    pid_t pid;     /* of the parent process */
    uint64_t start_ms; /* from its execution to its first handshake */
};

/* server_start - `init` and `serve` on a free port; returns when it answers.
 * Errs: ERR_IO it does not start; its own words are in its log, which is gone with its folder. */
enum err server_start(const struct server_setup *setup, struct server *out) MUST_CHECK;
/* server_run_again - `serve` once more after its parent process was killed and waited for: what systemd does. Does not wait for it. */
enum err server_run_again(struct server *server) MUST_CHECK;
/* server_process - of a role's name: "core", "front", "vault", "courier", "parent"; 0 when there is none just now. */
pid_t server_process(const struct server *server, const char *role);
/* server_find_logged - the first line of its log that holds one of `words`, which end with NULL, and what follows it; nothing when there is none.
 * Errs: ERR_IO the log can't be read; ERR_LIMIT, ERR_MEMORY. */
enum err server_find_logged(const struct server *server, const char *const *words, struct buf *out) MUST_CHECK;
/* server_stop - ends it and deletes its folder. */
void server_stop(struct server *server);
/* server_memory - resident memory of all its processes, in kB: each process's own count, and with shared pages counted once
 * (0 when the kernel does not tell). */
enum err server_memory(const struct server *server, uint64_t *resident_kb, uint64_t *proportional_kb) MUST_CHECK;

#endif
