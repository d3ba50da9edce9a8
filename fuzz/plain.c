/* What a person said, on its way to the engine: UTF-8 in, folded UTF-8 out, never longer than allowed, and folded once for all. */
#include "world/world.h"

#include "guard/plain.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    str text, again;

    if (!arena)
        must(arena_make(TURN_ARENA_BYTES, &arena) == ERR_NONE);
    if (plain_take(arena, (said){str_bytes(data, size)}, &text) == ERR_NONE) {
        must(text.len > 0 && str_is_utf8(text) && str_utf8_count(text) <= PLAIN_POINTS_MAX);
        for (size_t i = 0; i < text.len; i++)
            must((unsigned char)text.at[i] >= ' ' || text.at[i] == '\n');
        must(plain_take(arena, (said){text}, &again) == ERR_NONE && str_is(again, text));
    }
    arena_reset(arena);
    return 0;
}
