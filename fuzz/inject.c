/* The alarm on any bytes: an end, the same twice, names without a byte of the text, and the model's readings of it. */
#include "guard/inject_model.h"
#include "guard/inject_private.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    struct inject found, again;
    char names[INJECT_NAMES_BYTES], decoded[2 * 4096 + 2];

    if (!arena)
        must(arena_make((size_t)4 << 20, &arena) == ERR_NONE);
    if (size > 4096)
        return 0;
    str text = str_bytes(data, size);
    arena_reset(arena);
    must(inject_find(arena, (said){text}, &found) == ERR_NONE);
    must(inject_find(arena, (said){text}, &again) == ERR_NONE);
    must(found.kinds == again.kinds && found.score == again.score && found.kinds >> INJECT_KINDS == 0);
    must(found.kinds >> INJECT_PROMPT & 1 || found.score < 0);
    must((inject_names(&found, names).len == 0) == (found.kinds == 0));
    struct inject_text out = {decoded, 0};
    must(!inject_decode_escapes(text, &out) || out.len <= size);
    must(!inject_decode_runs(text, &out) || out.len <= INJECT_DECODED_BYTES(size));
    return 0;
}
