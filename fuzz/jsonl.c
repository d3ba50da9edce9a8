/* Products as JSON lines. */
#include "world/world.h"

#include "engine/jsonl.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    struct csv csv;
    unsigned line = 0;
    const char *what = NULL;

    if (!arena)
        must(arena_make((size_t)8 << 20, &arena) == ERR_NONE);
    enum err err = jsonl_parse(arena, str_bytes(data, size), &csv, &line, &what);
    must(err != ERR_INPUT || (what && line > 0));
    if (err == ERR_NONE) {
        must(csv.column_count <= CSV_COLUMNS_MAX && csv.row_count <= size);
        for (size_t i = 0; i < csv.column_count; i++)
            must(csv_find(&csv, csv.column[i]) == i);
        for (size_t i = 0; i < csv.row_count * csv.column_count; i++)
            must(str_is_utf8(csv.cell[i]) && csv.cell[i].len <= 65535);
    }
    arena_reset(arena);
    return 0;
}
