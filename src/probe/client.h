/* client.h - a visitor over HTTP, in C: for `privet bench` and Privet's probes of a running server.
 *
 * It does what web/channel/client.ts does: checks the notes, shakes hands, seals turns, sends lost bytes again, shakes hands anew with a
 * server that was restarted and says the same message once more under its id. One client is used by one thread.
 */
#ifndef PROBE_CLIENT_H
#define PROBE_CLIENT_H

#include "base/buf.h"

struct client;
struct visitor;

struct client_setup {
    const char *url;    /* of the server, without a slash at its end */
    const char *origin; /* that the client claims: the server's own for the full-page chat */
    const char *root;   /* verifier key */
    const char *ca;     /* file of certificates for https; NULL for those of the system */
    const char *via;    /* "HOST:PORT" to connect to in the server's place: something that listens in between; NULL: none */
    const char *from;   /* this machine's address to come from; NULL: the system's choice */
    void *connections; /* of client_connections_make: clients of one thread use them together; NULL: each its own */
    unsigned give_up_ms; /* how long a message is tried, 0: once */
};

/* client_init - once per program, before any thread. */
enum err client_init(void) MUST_CHECK;
enum err client_make(const struct client_setup *setup, struct client **out) MUST_CHECK;
void client_free(struct client **client);
/* client_open - notes and handshake, if there is no session. Errs: ERR_IO no answer; ERR_DENIED, ERR_INPUT, ERR_LIMIT the notes. */
enum err client_open(struct client *client) MUST_CHECK;
/* client_say - one message and its answer.
 * In:    id     16 bytes, new for each message        text  UTF-8
 * Out:   reply  the JSON of the answer                n     number of the bot's entry; 0: the guard refused the message
 * Errs:  ERR_IO nothing came within give_up_ms: it may be kept or not; ERR_BUSY, ERR_LIMIT the server was still busy, or could still not
 *        keep it: it said so; ERR_INPUT the server refused it. */
enum err client_say(struct client *client, const unsigned char id[16], str text, struct buf *reply, uint32_t *n) MUST_CHECK;
/* client_connections_make - a set of connections that clients of one thread share; client_connections_free after the last of them. */
enum err client_connections_make(void **out) MUST_CHECK;
void client_connections_free(void **connections);
/* client_rest - closes the connection to the server until the next request; the session stays. */
void client_rest(struct client *client);
/* client_seal - the sealed bytes of the session's next message, without sending it; the session steps on as if it were answered.
 * The server takes them in this order. For load that is prepared before it is fired. */
enum err client_seal(struct client *client, const unsigned char id[16], str text, struct buf *out) MUST_CHECK;
/* client_history - opens the whole stored conversation; each text and a newline is added. Errs: ERR_IO; ERR_INPUT it does not add up. */
enum err client_history(struct client *client, struct buf *texts, uint32_t *entries) MUST_CHECK;
enum err client_erase(struct client *client) MUST_CHECK;
/* client_visitor - its keys, for tests that play a thief who holds them too. */
const struct visitor *client_visitor(const struct client *client);

#endif
