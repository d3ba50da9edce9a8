/* wire.h - typed messages between processes, over socketpairs that keep their borders (SOCK_SEQPACKET).
 *
 *   type(2) ‖ zero(2) ‖ length(4) ‖ id(8) ‖ payload(length)
 *
 * Core's answers, which a commit sets free together, go to front together: one message after the other, as many as WIRE_MANY_MAX bytes hold.
 * Every other datagram is one message.
 *
 * Both ends of a pair stay open in the parent. A child that is started again takes its predecessor's end and tells who may have asked
 * that predecessor something that it has STARTED: what was asked before that message and has no answer by then may never get one. Ids start at a
 * random number, so that a late answer to a dead process fits no request of its successor. Whoever receives a type that its neighbour may not send ends itself.
 */
#ifndef PROC_WIRE_H
#define PROC_WIRE_H

#include "base/buf.h"

#define WIRE_PAYLOAD_MAX ((size_t)128 * 1024)
#define WIRE_MANY_MAX (WIRE_PAYLOAD_MAX + 16)

enum wire_type {
    WIRE_READY = 0x01,      /* child → parent: serving */
    WIRE_STARTED = 0x02,    /* vault → core, core → front: I am new */
    WIRE_OPEN = 0x10,       /* front → core: M1 */
    WIRE_TURN = 0x11,       /* front → core: request records */
    WIRE_NOTES = 0x12,      /* front → core: nothing */
    WIRE_NOTICE = 0x13,     /* front → core: a language */
    WIRE_PUBLIC = 0x14,     /* front → core: a language */
    WIRE_PROGRAM = 0x15,    /* front → core: a program's request, chat/program.h */
    WIRE_ANSWER = 0x20,     /* core → front: HTTP status(2) ‖ kind(1) ‖ body */
    WIRE_VAULT_OPEN = 0x30, /* core → vault: M1 */
    WIRE_VAULT_NOTES = 0x31,
    WIRE_VAULT_SEAL = 0x32, /* core → vault: length(2) ‖ where ‖ value */
    WIRE_VAULT_ANSWER = 0x40, /* vault → core: err(1) ‖ body */
    WIRE_COURIER_SEND = 0x50  /* core → courier: nothing sends it yet */
};

enum wire_kind { WIRE_OCTETS = 0, WIRE_JSON = 1, WIRE_HTML = 2, WIRE_EVENTS = 3 };

enum wire_role { WIRE_PARENT, WIRE_FRONT, WIRE_CORE, WIRE_VAULT, WIRE_COURIER, WIRE_ROLE_COUNT };

struct wire {
    int fd;
    enum wire_role me, peer;
    bool never_waits; /* a full or an empty socket is ERR_BUSY: for a process that is one loop of events */
};

struct wire_message {
    uint16_t type;
    uint64_t id;
    str payload; /* a view into the receiver's room */
};

/* wire_pair - a socketpair with room for whole messages. Errs: ERR_IO. */
enum err wire_pair(int fds[2]) MUST_CHECK;
/* wire_send - one message, whole or not at all. Thread-safe. Errs: ERR_IO; ERR_LIMIT too long; ERR_BUSY. */
enum err wire_send(const struct wire *wire, uint16_t type, uint64_t id, str payload) MUST_CHECK;
/* wire_send_headed - the same with a few bytes before the rest, which saves the sender a copy; head.len at most WIRE_HEAD_MAX. */
#define WIRE_HEAD_MAX ((size_t)16)
enum err wire_send_headed(const struct wire *wire, uint16_t type, uint64_t id, str head, str rest) MUST_CHECK;
/* wire_recv - waits for one message into room[WIRE_PAYLOAD_MAX + 16]. A message that breaks the table ends this process, logged.
 * Errs: ERR_IO; ERR_ABSENT the other side is closed; ERR_BUSY. */
enum err wire_recv(const struct wire *wire, unsigned char *room, struct wire_message *out) MUST_CHECK;
/* wire_add - a message behind those in `many`, whose maximum is WIRE_MANY_MAX. Errs: ERR_LIMIT no room: send those first; ERR_MEMORY. */
enum err wire_add(struct buf *many, uint16_t type, uint64_t id, str head, str rest) MUST_CHECK;
/* wire_send_many - what wire_add has gathered, whole or not at all, and empties it. Errs: as wire_send. */
enum err wire_send_many(const struct wire *wire, struct buf *many) MUST_CHECK;
/* wire_recv_many - waits for what wire_send_many sends; wire_next takes the next message off *rest, and says whether there was one. A message
 * that breaks the table ends this process, logged. Errs: as wire_recv. */
enum err wire_recv_many(const struct wire *wire, unsigned char *room, str *rest) MUST_CHECK;
bool wire_next(const struct wire *wire, str *rest, struct wire_message *out);
/* wire_may - whether `from` may send this type to `to`. */
bool wire_may(enum wire_role from, enum wire_role to, uint16_t type);
/* wire_parse - takes the first message off *rest, before the table. Errs: ERR_INPUT, and *rest is unchanged. */
enum err wire_parse(str *rest, struct wire_message *out) MUST_CHECK;
const char *wire_role_name(enum wire_role role);
const char *wire_type_name(uint16_t type); /* "unknown" when it is none */

#endif
