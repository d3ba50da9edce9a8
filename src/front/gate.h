/* gate.h - who may come in, and how fast: open connections and handshakes by address, handshakes of all together.
 *
 * An address is an IPv4 address or the first 56 bits of an IPv6 one. The gate holds numbers in rows found by a keyed hash whose key is
 * destroyed daily (guard/limit.h): no address is kept, a row may be shared, and nobody can tell with whom. Used by front's one thread.
 *
 * Nobody is shut out for coming from where many do: what is beyond an address's share, or beyond what the site opens for all, costs a
 * proof of work (channel/work.h). Each bit of it doubles what a flood pays; it rises with what the address and the site owe.
 */
#ifndef FRONT_GATE_H
#define FRONT_GATE_H

#include "base/conf.h"
#include "channel/work.h"
#include "guard/limit.h"

#define GATE_PROXIES_MAX 16
#define GATE_ADDRESS_BYTES 16

struct sockaddr;

struct gate {
    uint32_t connections_max;
    unsigned work_bits; /* the least that is asked */
    unsigned char proxies[GATE_PROXIES_MAX][GATE_ADDRESS_BYTES]; /* IPv4 as ::ffff:a.b.c.d */
    size_t proxy_count;
    struct limit_rate of_address, of_site; /* handshakes */
    struct limit_table shakes;
    struct limit_bucket site;
    struct work work;
    /* By row, of this key and of the one before: a connection may be open for longer than a day. */
    uint32_t connections[2][LIMIT_ROWS];
};

/* Where somebody comes from. */
struct gate_place {
    uint32_t row;
    uint32_t side; /* of `connections` */
    bool is_proxy; /* one of `proxies`: what it forwards is judged by X-Forwarded-For, and it may open as many connections as it likes */
};

/* gate_init - from the settings. Errs: ERR_INPUT one of `proxies` is no address. */
enum err gate_init(struct gate *gate, const struct conf *conf) MUST_CHECK;
/* gate_find - the place of a peer; good for as long as its connection. */
struct gate_place gate_find(struct gate *gate, const struct sockaddr *peer, uint64_t now_ms);
/* gate_find_forwarded - the place that a proxy's X-Forwarded-For names last: what that proxy saw itself. ERR_INPUT when it is no address. */
enum err gate_find_forwarded(struct gate *gate, str forwarded, uint64_t now_ms, struct gate_place *out) MUST_CHECK;
/* gate_may_connect - whether one more connection from there is welcome; gate_connect and gate_leave count. */
bool gate_may_connect(const struct gate *gate, struct gate_place place);
void gate_connect(struct gate *gate, struct gate_place place);
void gate_leave(struct gate *gate, struct gate_place place);
/* gate_shake - one handshake from there.
 * In:   m1         the first flight           proof  the work done for it, or empty
 * Out:  challenge  what is to be done first, on ERR_DENIED
 * Errs: ERR_DENIED it must be worked for, or not enough was; ERR_BUSY too much work is done just now. */
enum err gate_shake(struct gate *gate, struct gate_place place, str m1, str proof, uint64_t now_ms, unsigned char challenge[21]) MUST_CHECK;

#endif
