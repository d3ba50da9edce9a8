/* The gate. It never keeps an address, never forgets an open connection, and refuses nobody for what others in the same row did not do:
 * a row's limits are those of one address, so that two who share it are refused a little earlier. */
#include "front/gate.h"

#include "base/rand.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sodium.h>
#include <string.h>

#define GATE_BURST_S 8 /* seconds' worth of handshakes that may come at once: a shop behind one address opens in the morning */

static void
gate_set_v4(const unsigned char v4[4], unsigned char out[GATE_ADDRESS_BYTES])
{
    static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    memcpy(out, mapped, sizeof mapped);
    memcpy(out + 12, v4, 4);
}

static enum err
gate_parse(str text, unsigned char out[GATE_ADDRESS_BYTES])
{
    unsigned char v4[4];
    char copy[64] = {0};

    text = str_trim(text);
    if (text.len == 0 || text.len >= sizeof copy)
        return err_raise(ERR_INPUT, "gate: not an address");
    memcpy(copy, text.at, text.len);
    if (inet_pton(AF_INET, copy, v4) == 1)
        gate_set_v4(v4, out);
    else if (inet_pton(AF_INET6, copy, out) != 1)
        return err_raise(ERR_INPUT, "gate: not an address");
    return ERR_NONE;
}

static bool
gate_is_v4(const unsigned char address[GATE_ADDRESS_BYTES])
{
    static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    return memcmp(address, mapped, sizeof mapped) == 0;
}

static struct gate_place
gate_place_of(const struct gate *gate, const unsigned char address[GATE_ADDRESS_BYTES])
{
    struct gate_place place = {.row = 0};
    unsigned char hash[crypto_shorthash_BYTES];

    for (size_t i = 0; i < gate->proxy_count; i++)
        place.is_proxy = place.is_proxy || memcmp(gate->proxies[i], address, GATE_ADDRESS_BYTES) == 0;
    crypto_shorthash(hash, address, gate_is_v4(address) ? GATE_ADDRESS_BYTES : 7, gate->key);
    memcpy(&place.row, hash, sizeof place.row);
    place.row &= GATE_ROWS - 1;
    return place;
}

enum err
gate_init(struct gate *gate, const struct conf *conf)
{
    str rest = str_from(conf->proxies), one;

    memset(gate, 0, sizeof *gate);
    rand_bytes(gate->key, sizeof gate->key);
    gate->connections_max = (uint32_t)conf->connections_per_address;
    gate->handshakes_per_s = (uint32_t)conf->handshakes_per_s;
    gate->burst = gate->handshakes_per_s * GATE_BURST_S * 1000;
    for (size_t i = 0; i < GATE_ROWS; i++)
        gate->rows[i].tokens = gate->burst;
    while (str_split(&rest, ' ', &one)) {
        if (one.len == 0)
            continue;
        if (gate->proxy_count == GATE_PROXIES_MAX)
            return err_raise(ERR_INPUT, "gate: `proxies` names at most 16 addresses");
        TRY(gate_parse(one, gate->proxies[gate->proxy_count]));
        gate->proxy_count++;
    }
    return ERR_NONE;
}

struct gate_place
gate_find(const struct gate *gate, const struct sockaddr *peer)
{
    unsigned char address[GATE_ADDRESS_BYTES] = {0};

    if (peer && peer->sa_family == AF_INET) {
        struct sockaddr_in v4;
        memcpy(&v4, peer, sizeof v4);
        gate_set_v4((const unsigned char *)&v4.sin_addr, address);
    }
    if (peer && peer->sa_family == AF_INET6) {
        struct sockaddr_in6 v6;
        memcpy(&v6, peer, sizeof v6);
        memcpy(address, &v6.sin6_addr, sizeof address);
    }
    return gate_place_of(gate, address);
}

enum err
gate_find_forwarded(const struct gate *gate, str forwarded, struct gate_place *out)
{
    unsigned char address[GATE_ADDRESS_BYTES];
    str last = {"", 0}, one;

    while (str_split(&forwarded, ',', &one))
        last = one;
    TRY(gate_parse(last, address));
    *out = gate_place_of(gate, address);
    return ERR_NONE;
}

bool
gate_may_connect(const struct gate *gate, struct gate_place place)
{
    return place.is_proxy || gate->rows[place.row].connections < gate->connections_max;
}

void
gate_connect(struct gate *gate, struct gate_place place)
{
    gate->rows[place.row].connections++;
}

void
gate_leave(struct gate *gate, struct gate_place place)
{
    must(gate->rows[place.row].connections > 0);
    gate->rows[place.row].connections--;
}

/* A bucket of tokens that fills by handshakes_per_s. */
bool
gate_may_shake(struct gate *gate, struct gate_place place, uint64_t now_ms)
{
    struct gate_row *row = &gate->rows[place.row];
    uint64_t more = (now_ms - row->seen_ms) * gate->handshakes_per_s, tokens = row->tokens + more;

    row->seen_ms = now_ms;
    row->tokens = tokens < gate->burst ? (uint32_t)tokens : gate->burst;
    if (row->tokens < 1000)
        return false;
    row->tokens -= 1000;
    return true;
}
