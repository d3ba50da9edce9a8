/* The restorer on any stream, cut anywhere: the same as uncut. The kept map from any bytes; text masked and restored comes back. */
#include "guard/alias.h"
#include "guard/mask.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
restore(const struct alias_map *map, str text, size_t cut, struct buf *out)
{
    struct alias_stream stream = {.len = 0};

    for (size_t at = 0; at < text.len; at += cut)
        must(alias_restore(map, &stream, str_slice(text, at, cut), false, out) == ERR_NONE);
    must(alias_restore(map, &stream, STR(""), true, out) == ERR_NONE);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct pii *pii;
    static struct arena *arena;
    static struct policy policy;
    struct alias_map map;
    struct mask mask;
    BUF_SCOPE(whole, 1 << 26);
    BUF_SCOPE(pieces, 1 << 26);

    if (!pii) {
        must(pii_make(&pii) == ERR_NONE && arena_make((size_t)64 << 20, &arena) == ERR_NONE);
        policy_init(&policy);
    }
    if (size < 2 || size > 4096)
        return 0;
    arena_reset(arena);
    if (alias_parse(arena, str_bytes(data, size), &map) == ERR_NONE)
        must(map.count <= ALIAS_MAX);
    struct pii_input seed = {.text = STR("my name is john smith, john@gmail.com, +44 20 7946 0958 from 8.8.8.8")};
    must(alias_init(arena, &map) == ERR_NONE);
    must(mask_run(pii, arena, &policy, &seed, &map, &mask) == ERR_NONE);
    str reply = str_bytes(data + 1, size - 1);
    restore(&map, reply, reply.len, &whole);
    restore(&map, reply, data[0] % 7u + 1u, &pieces);
    must(str_is(buf_str(&whole), buf_str(&pieces)));
    struct pii_input input = {.text = reply};
    must(mask_run(pii, arena, &policy, &input, &map, &mask) == ERR_NONE);
    return 0;
}
