/* gate.h - who may come in, and how fast: open connections and handshakes by address.
 *
 * An address is an IPv4 address or the first 56 bits of an IPv6 one. The gate holds numbers in rows found by a keyed hash, which is drawn
 * at start: no address is kept, a row may be shared, and nobody can tell with whom. Used by front's one thread.
 */
#ifndef FRONT_GATE_H
#define FRONT_GATE_H

#include "base/conf.h"

#define GATE_ROWS 16384 /* a power of two */
#define GATE_PROXIES_MAX 16
#define GATE_ADDRESS_BYTES 16

struct sockaddr;

struct gate {
    unsigned char key[16];
    uint32_t connections_max, handshakes_per_s, burst;
    unsigned char proxies[GATE_PROXIES_MAX][GATE_ADDRESS_BYTES]; /* IPv4 as ::ffff:a.b.c.d */
    size_t proxy_count;
    struct gate_row {
        uint32_t connections;
        uint32_t tokens;  /* thousandths of a handshake that may still come at once */
        uint64_t seen_ms; /* when tokens was right */
    } rows[GATE_ROWS];
};

/* Where somebody comes from. */
struct gate_place {
    uint32_t row;
    bool is_proxy; /* one of `proxies`: what it forwards is judged by X-Forwarded-For, and it may open as many connections as it likes */
};

/* gate_init - from the settings. Errs: ERR_INPUT one of `proxies` is no address. */
enum err gate_init(struct gate *gate, const struct conf *conf) MUST_CHECK;
/* gate_find - the place of a peer. */
struct gate_place gate_find(const struct gate *gate, const struct sockaddr *peer);
/* gate_find_forwarded - the place that a proxy's X-Forwarded-For names last: what that proxy saw itself. ERR_INPUT when it is no address. */
enum err gate_find_forwarded(const struct gate *gate, str forwarded, struct gate_place *out) MUST_CHECK;
/* gate_may_connect - whether one more connection from there is welcome; gate_connect and gate_leave count. */
bool gate_may_connect(const struct gate *gate, struct gate_place place);
void gate_connect(struct gate *gate, struct gate_place place);
void gate_leave(struct gate *gate, struct gate_place place);
/* gate_may_shake - takes one handshake off what the place may do now; false when there is none left. */
bool gate_may_shake(struct gate *gate, struct gate_place place, uint64_t now_ms);

#endif
