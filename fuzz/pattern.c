/* An author's expression, a zero byte, and a visitor's text. */
#include "world/world.h"

#include "engine/pattern.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    struct pattern *pattern = NULL;
    const char *what = NULL;
    str text = str_bytes(data, size), expression;
    size_t start = 0, end = 0, from = 0;

    if (!arena)
        must(arena_make((size_t)1 << 20, &arena) == ERR_NONE);
    (void)!str_split(&text, 0, &expression);
    if (!text.at || !str_is_utf8(expression) || !str_is_utf8(text))
        return 0;
    enum err err = pattern_parse(arena, expression, &pattern, &what);
    must(err == ERR_NONE || (err == ERR_INPUT && what && what[0]));
    for (int i = 0; err == ERR_NONE && i < 16 && pattern_find(pattern, text, from, &start, &end); i++) {
        must(start >= from && end > start && end <= text.len);
        must(str_is_utf8(str_slice(text, start, end - start)));
        from = end;
    }
    arena_reset(arena);
    return 0;
}
