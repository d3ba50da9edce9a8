/* The normaliser on any bytes: never longer than the text, and every byte knows where it came from. */
#include "guard/fold.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    struct fold fold;
    str text = str_bytes(data, size);

    if (!arena)
        must(arena_make((size_t)16 << 20, &arena) == ERR_NONE);
    arena_reset(arena);
    must(fold_take(arena, text, &fold) == ERR_NONE);
    must(fold.len <= text.len);
    for (size_t i = 0; i < fold.len; i++) {
        must(fold_start(&fold, i) < fold_end(&fold, text, i + 1));
        must(fold_end(&fold, text, i + 1) <= text.len);
        must(i == 0 || fold_start(&fold, i - 1) <= fold_start(&fold, i));
    }
    return 0;
}
