/* Requests, the JSON inside a sealed record. What is read lies within its bounds. */
#include "world/world.h"

#include "chat/ask.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    struct ask ask;

    if (!arena) {
        must(arena_make(TURN_ARENA_BYTES, &arena) == ERR_NONE);
        ask_init();
    }
    if (ask_parse(arena, str_bytes(data, size), &ask) == ERR_NONE) {
        must(ask.kind <= ASK_ERASE && ask.language.len <= 16 && ask.payload.len <= 2048 && ask.state.len <= 8192);
        must(str_is_utf8(ask.language) && str_is_utf8(ask.payload) && str_is_utf8(record_words(ask.text)));
    }
    arena_reset(arena);
    return 0;
}
