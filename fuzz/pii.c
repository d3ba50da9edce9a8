/* The detector on any bytes: spans lie inside the text, in order and apart, and the same twice. */
#include "guard/pii.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct pii *pii;
    static struct arena *arena;
    static struct pii_tail tail;
    struct pii_spans spans, again;

    if (!pii)
        must(pii_make(&pii) == ERR_NONE && arena_make((size_t)16 << 20, &arena) == ERR_NONE);
    size_t asked = size > 2 ? data[0] % 64u : 0;
    asked = asked < size ? asked : 0;
    struct pii_input input = {.text = str_bytes(data + asked, size - asked), .asked = str_bytes(data, asked), .country = {'D', 'E'}};
    arena_reset(arena);
    must(pii_find(pii, arena, &input, &spans) == ERR_NONE);
    must(pii_find(pii, arena, &input, &again) == ERR_NONE);
    must(spans.count == again.count);
    for (size_t i = 0; i < spans.count; i++) {
        must(spans.span[i].start < spans.span[i].end && spans.span[i].end <= input.text.len);
        must(i == 0 || spans.span[i - 1].end <= spans.span[i].start);
        must(spans.span[i].start == again.span[i].start && spans.span[i].type == again.span[i].type);
    }
    input.tail = &tail;
    must(pii_find(pii, arena, &input, &spans) == ERR_NONE);
    must(tail.len <= PII_TAIL_MAX);
    return 0;
}
