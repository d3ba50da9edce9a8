/* The gate. It never keeps an address, never forgets an open connection, and shuts nobody out for the handshakes of others. */
#include "front/gate.h"

#include "base/clock.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#define GATE_BURST_S 8 /* seconds' worth of handshakes that may come at once: a shop behind one address opens in the morning */
#define GATE_SLACK_BITS 2 /* what is asked may rise while somebody works */

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
gate_place_of(struct gate *gate, const unsigned char address[GATE_ADDRESS_BYTES], uint64_t now_ms)
{
    struct gate_place place = {.row = 0};

    for (size_t i = 0; i < gate->proxy_count; i++)
        place.is_proxy = place.is_proxy || memcmp(gate->proxies[i], address, GATE_ADDRESS_BYTES) == 0;
    (void)limit_table_renew(&gate->shakes, now_ms);
    place.row = limit_table_row(&gate->shakes, str_bytes(address, gate_is_v4(address) ? GATE_ADDRESS_BYTES : 7));
    place.side = (uint32_t)(gate->shakes.generation & 1);
    return place;
}

enum err
gate_init(struct gate *gate, const struct conf *conf)
{
    str rest = str_from(conf->proxies), one;

    memset(gate, 0, sizeof *gate);
    limit_table_init(&gate->shakes, clock_steady_ms());
    work_init(&gate->work);
    gate->connections_max = (uint32_t)conf->connections_per_address;
    gate->work_bits = (unsigned)conf->work_bits;
    gate->of_address = (struct limit_rate){(uint64_t)conf->handshakes_per_s, 1000, (uint64_t)conf->handshakes_per_s * GATE_BURST_S};
    gate->of_site = (struct limit_rate){(uint64_t)conf->site_handshakes_per_s, 1000, (uint64_t)conf->site_handshakes_per_s * GATE_BURST_S};
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
gate_find(struct gate *gate, const struct sockaddr *peer, uint64_t now_ms)
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
    return gate_place_of(gate, address, now_ms);
}

enum err
gate_find_forwarded(struct gate *gate, str forwarded, uint64_t now_ms, struct gate_place *out)
{
    unsigned char address[GATE_ADDRESS_BYTES];
    str last = {"", 0}, one;

    while (str_split(&forwarded, ',', &one))
        last = one;
    TRY(gate_parse(last, address));
    *out = gate_place_of(gate, address, now_ms);
    return ERR_NONE;
}

bool
gate_may_connect(const struct gate *gate, struct gate_place place)
{
    return place.is_proxy || gate->connections[place.side][place.row] < gate->connections_max;
}

void
gate_connect(struct gate *gate, struct gate_place place)
{
    gate->connections[place.side][place.row]++;
}

void
gate_leave(struct gate *gate, struct gate_place place)
{
    must(gate->connections[place.side][place.row] > 0);
    gate->connections[place.side][place.row]--;
}

/* Once for whoever is in debt, twice as much for a burst that is owed, and so on. */
static unsigned
gate_debt_bits(const struct limit_bucket *bucket, const struct limit_rate *rate, uint64_t now_ms)
{
    uint64_t bursts = limit_debt(bucket, rate, now_ms) / rate->burst;
    unsigned bits = 0;

    for (; bursts > 0; bursts /= 2)
        bits++;
    return bits;
}

static unsigned
gate_bits(const struct gate *gate, struct gate_place place, uint64_t now_ms)
{
    unsigned bits = gate->work_bits + gate_debt_bits(&gate->shakes.rows[place.row], &gate->of_address, now_ms) +
                    gate_debt_bits(&gate->site, &gate->of_site, now_ms);
    return bits < WORK_BITS_MAX ? bits : WORK_BITS_MAX;
}

/* Free of charge only when both have one left: a flood that the site's share stops never empties the rows of others. */
static bool
gate_shake_free(struct gate *gate, struct gate_place place, uint64_t now_ms)
{
    struct limit_bucket *row = &gate->shakes.rows[place.row];
    return limit_wait_ms(row, &gate->of_address, now_ms) == 0 && limit_take(&gate->site, &gate->of_site, now_ms) &&
           limit_take(row, &gate->of_address, now_ms);
}

enum err
gate_shake(struct gate *gate, struct gate_place place, str m1, str proof, uint64_t now_ms, unsigned char challenge[21])
{
    str where = str_bytes(&place.row, sizeof place.row);
    unsigned asked = gate_bits(gate, place, now_ms), done = 0;
    enum err err = ERR_DENIED;

    if (proof.len == 0 && gate_shake_free(gate, place, now_ms))
        return ERR_NONE;
    if (proof.len > 0)
        err = work_check(&gate->work, where, m1, proof, now_ms, &done);
    if (err == ERR_NONE && done + GATE_SLACK_BITS < asked)
        err = ERR_DENIED;
    if (err == ERR_NONE) {
        limit_owe(&gate->shakes.rows[place.row], &gate->of_address, now_ms);
        limit_owe(&gate->site, &gate->of_site, now_ms);
    }
    if (err == ERR_DENIED)
        work_ask(&gate->work, where, asked, now_ms, challenge);
    return err == ERR_DENIED ? err_raise(ERR_DENIED, "gate: this must be worked for") : err;
}
