/* X-Forwarded-For, of a proxy: the place that it names last, or none. The same address is the same place, however it is written. */
#include "world/world.h"

#include "front/gate.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct gate gate;
    static struct conf conf = {.handshakes_per_s = 10, .connections_per_address = 10};
    static bool is_made;
    struct gate_place place, again;
    BUF_SCOPE(longer, (size_t)1 << 20);

    if (!is_made)
        must(gate_init(&gate, &conf) == ERR_NONE);
    is_made = true;
    str forwarded = str_bytes(data, size);
    if (gate_find_forwarded(&gate, forwarded, &place) != ERR_NONE)
        return 0;
    must(place.row < GATE_ROWS);
    /* Whoever is behind the proxy may have written anything before. */
    must(buf_add_str(&longer, STR("203.0.113.9, unknown, ")) == ERR_NONE && buf_add_str(&longer, forwarded) == ERR_NONE);
    must(gate_find_forwarded(&gate, buf_str(&longer), &again) == ERR_NONE && again.row == place.row);
    return 0;
}
