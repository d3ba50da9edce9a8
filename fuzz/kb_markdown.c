/* Articles: Markdown to blocks of JSON. What comes out is JSON, and no markup is in it. */
#include "world/world.h"

#include "engine/kb_markdown.h"

#include <jansson.h>
#include <stdlib.h>

static void
kb_markdown_check(str blocks)
{
    BUF_SCOPE(list, (size_t)16 << 20);
    json_error_t error;

    must(buf_add_u8(&list, '[') == ERR_NONE && buf_add_str(&list, blocks) == ERR_NONE && buf_add_u8(&list, ']') == ERR_NONE);
    json_t *parsed = json_loadb((const char *)list.at, list.len, 0, &error);
    must(parsed != NULL);
    json_decref(parsed);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    static struct kb_section sections[KB_SECTIONS_MAX];
    size_t count = 0;
    const char *what = NULL;

    if (!arena)
        must(arena_make((size_t)8 << 20, &arena) == ERR_NONE);
    enum err err = kb_markdown_parse(arena, str_bytes(data, size), sections, &count, &what);
    must(err != ERR_INPUT || what);
    for (size_t i = 0; err == ERR_NONE && i < count; i++)
        kb_markdown_check(sections[i].blocks);
    arena_reset(arena);
    return 0;
}
