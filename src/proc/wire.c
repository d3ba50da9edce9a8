/* Messages between processes. It never accepts a type that the table does not give to the sender. */
#include "proc/wire.h"

#include "base/fault.h"
#include "base/log.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define WIRE_HEAD_BYTES ((size_t)16)

static const struct {
    enum wire_role from, to;
    uint16_t type;
} allowed[] = {
    {WIRE_FRONT, WIRE_PARENT, WIRE_READY},       {WIRE_CORE, WIRE_PARENT, WIRE_READY},
    {WIRE_VAULT, WIRE_PARENT, WIRE_READY},       {WIRE_COURIER, WIRE_PARENT, WIRE_READY},
    {WIRE_FRONT, WIRE_CORE, WIRE_OPEN},          {WIRE_FRONT, WIRE_CORE, WIRE_TURN},
    {WIRE_FRONT, WIRE_CORE, WIRE_NOTES},         {WIRE_FRONT, WIRE_CORE, WIRE_NOTICE},
    {WIRE_FRONT, WIRE_CORE, WIRE_PUBLIC},        {WIRE_FRONT, WIRE_CORE, WIRE_PROGRAM},
    {WIRE_CORE, WIRE_FRONT, WIRE_STARTED},       {WIRE_VAULT, WIRE_CORE, WIRE_STARTED},
    {WIRE_CORE, WIRE_FRONT, WIRE_ANSWER},        {WIRE_CORE, WIRE_VAULT, WIRE_VAULT_OPEN},
    {WIRE_CORE, WIRE_VAULT, WIRE_VAULT_NOTES},   {WIRE_CORE, WIRE_VAULT, WIRE_VAULT_SEAL},
    {WIRE_VAULT, WIRE_CORE, WIRE_VAULT_ANSWER},
};

const char *
wire_role_name(enum wire_role role)
{
    static const char *const names[WIRE_ROLE_COUNT] = {"parent", "front", "core", "vault", "courier"};
    return (unsigned)role < WIRE_ROLE_COUNT ? names[role] : "unknown";
}

const char *
wire_type_name(uint16_t type)
{
    static const struct {
        uint16_t type;
        const char *name;
    } names[] = {{WIRE_READY, "ready"}, {WIRE_STARTED, "started"}, {WIRE_OPEN, "open"}, {WIRE_TURN, "turn"}, {WIRE_NOTES, "notes"},
                 {WIRE_NOTICE, "notice"}, {WIRE_PUBLIC, "public"}, {WIRE_PROGRAM, "program"}, {WIRE_ANSWER, "answer"}, {WIRE_VAULT_OPEN, "vault_open"},
                 {WIRE_VAULT_NOTES, "vault_notes"}, {WIRE_VAULT_SEAL, "vault_seal"}, {WIRE_VAULT_ANSWER, "vault_answer"},
                 {WIRE_COURIER_SEND, "courier_send"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].type == type)
            return names[i].name;
    return "unknown";
}

bool
wire_may(enum wire_role from, enum wire_role to, uint16_t type)
{
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
        if (allowed[i].from == from && allowed[i].to == to && allowed[i].type == type)
            return true;
    return false;
}

enum err
wire_pair(int fds[2])
{
    int size = (int)(4 * WIRE_PAYLOAD_MAX);

    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds) != 0)
        return err_raise(ERR_IO, "wire: no socketpair");
    for (int i = 0; i < 2; i++)
        if (setsockopt(fds[i], SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof size) != 0)
            (void)setsockopt(fds[i], SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
    return ERR_NONE;
}

static enum err
wire_head(uint16_t type, uint64_t id, size_t length, unsigned char frame[WIRE_HEAD_BYTES])
{
    if (length > WIRE_PAYLOAD_MAX)
        return err_raise(ERR_LIMIT, "wire: message too long");
    frame[0] = (unsigned char)(type >> 8);
    frame[1] = (unsigned char)type;
    frame[2] = frame[3] = 0;
    for (int i = 0; i < 4; i++)
        frame[4 + i] = (unsigned char)(length >> (24 - 8 * i));
    for (int i = 0; i < 8; i++)
        frame[8 + i] = (unsigned char)(id >> (56 - 8 * i));
    return ERR_NONE;
}

static enum err
wire_write(const struct wire *wire, struct iovec *parts, size_t count)
{
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = count};

    if (fault_is_due(FAULT_SOCKET))
        return err_raise(ERR_IO, "wire: failed as told");
    while (sendmsg(wire->fd, &message, MSG_NOSIGNAL | (wire->never_waits ? MSG_DONTWAIT : 0)) < 0) {
        if (errno == EAGAIN)
            return err_raise(ERR_BUSY, "wire: the other side is behind");
        if (errno != EINTR)
            return err_raise(ERR_IO, "wire: can't send");
    }
    return ERR_NONE;
}

enum err
wire_send_headed(const struct wire *wire, uint16_t type, uint64_t id, str head, str rest)
{
    unsigned char frame[WIRE_HEAD_BYTES + WIRE_HEAD_MAX];
    struct iovec parts[2] = {{frame, WIRE_HEAD_BYTES + head.len}, {(void *)(uintptr_t)rest.at, rest.len}};

    if (head.len > WIRE_HEAD_MAX)
        return err_raise(ERR_LIMIT, "wire: message too long");
    TRY(wire_head(type, id, head.len + rest.len, frame));
    if (head.len > 0)
        memcpy(frame + WIRE_HEAD_BYTES, head.at, head.len);
    return wire_write(wire, parts, rest.len > 0 ? 2 : 1);
}

enum err
wire_send(const struct wire *wire, uint16_t type, uint64_t id, str payload)
{
    return wire_send_headed(wire, type, id, (str){"", 0}, payload);
}

enum err
wire_add(struct buf *many, uint16_t type, uint64_t id, str head, str rest)
{
    unsigned char frame[WIRE_HEAD_BYTES];

    TRY(wire_head(type, id, head.len + rest.len, frame));
    if (many->len + WIRE_HEAD_BYTES + head.len + rest.len > many->max_bytes)
        return err_raise(ERR_LIMIT, "wire: no room");
    size_t before = many->len;
    enum err err = buf_add(many, frame, sizeof frame);
    if (err == ERR_NONE)
        err = buf_add_str(many, head);
    if (err == ERR_NONE)
        err = buf_add_str(many, rest);
    if (err != ERR_NONE)
        many->len = before;
    return err;
}

enum err
wire_send_many(const struct wire *wire, struct buf *many)
{
    struct iovec part = {many->at, many->len};
    enum err err = many->len > 0 ? wire_write(wire, &part, 1) : ERR_NONE;

    buf_reset(many);
    return err;
}

enum err
wire_parse(str *rest, struct wire_message *out)
{
    struct view view = {(const unsigned char *)rest->at, rest->len};
    uint16_t type = 0, zero = 0;
    uint32_t length = 0;
    uint64_t id = 0;
    const unsigned char *payload = NULL;

    TRY(buf_view_u16(&view, &type));
    TRY(buf_view_u16(&view, &zero));
    TRY(buf_view_u32(&view, &length));
    TRY(buf_view_u64(&view, &id));
    if (zero != 0 || length > WIRE_PAYLOAD_MAX)
        return err_raise(ERR_INPUT, "wire: not a message");
    TRY(buf_view_bytes(&view, length, &payload));
    *out = (struct wire_message){type, id, str_bytes(payload, length)};
    *rest = str_bytes(view.at, view.len);
    return ERR_NONE;
}

enum err
wire_recv_many(const struct wire *wire, unsigned char *room, str *rest)
{
    ssize_t got;

    if (fault_is_due(FAULT_SOCKET))
        return err_raise(ERR_IO, "wire: failed as told");
    do {
        got = recv(wire->fd, room, WIRE_MANY_MAX, wire->never_waits ? MSG_DONTWAIT : 0);
    } while (got < 0 && errno == EINTR);
    if (got < 0)
        return errno == EAGAIN ? err_raise(ERR_BUSY, "wire: nothing there") : err_raise(ERR_IO, "wire: can't receive");
    if (got == 0)
        return err_raise(ERR_ABSENT, "wire: closed");
    *rest = str_bytes(room, (size_t)got);
    return ERR_NONE;
}

static _Noreturn void
wire_violation(const struct wire *wire, str type, size_t bytes)
{
    LOG("wire_violation", log_str("from", str_from(wire_role_name(wire->peer))), log_str("type", type), log_int("bytes", (int64_t)bytes));
    _exit(70);
}

bool
wire_next(const struct wire *wire, str *rest, struct wire_message *out)
{
    size_t bytes = rest->len;

    if (bytes == 0)
        return false;
    if (wire_parse(rest, out) != ERR_NONE)
        wire_violation(wire, STR("no message"), bytes);
    if (!wire_may(wire->peer, wire->me, out->type))
        wire_violation(wire, str_from(wire_type_name(out->type)), bytes);
    return true;
}

enum err
wire_recv(const struct wire *wire, unsigned char *room, struct wire_message *out)
{
    struct wire_message message;
    str rest = {"", 0};

    TRY(wire_recv_many(wire, room, &rest));
    size_t bytes = rest.len;
    if (!wire_next(wire, &rest, &message) || rest.len > 0)
        wire_violation(wire, STR("no message"), bytes);
    *out = message;
    return ERR_NONE;
}
