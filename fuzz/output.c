/* Any reply, good or not, through the tree and the output guard; and any text through the reader of requests. What passes the guard is the
 * tree, and links where it may; the same reply is judged the same twice. */
#include "guard/output.h"
#include "guard/tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const str hosts[] = {{"shop.example", 12}, {"*.help.example", 14}};

struct seen {
    const struct output_rules *rules;
    struct buf text;
};

static enum err
part_check(void *context, const struct tree_part *part)
{
    struct seen *seen = context;

    if (part->kind == TREE_LINK)
        must(output_link_is_allowed(seen->rules, part->raw));
    buf_reset(&seen->text);
    return part->kind == TREE_END ? ERR_NONE : tree_text(part->raw, &seen->text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct pii *pii;
    static struct request *request;
    static struct arena *arena;
    static struct output_canary canary;
    static struct arena *kept;
    enum output_kind kind = OUTPUT_GOOD, again = OUTPUT_GOOD;
    uint8_t types[PII_TYPES_BYTES] = {0};
    BUF_SCOPE(scratch, (size_t)1 << 20);

    if (!pii)
        must(pii_make(&pii) == ERR_NONE && request_make(&request) == ERR_NONE && arena_make((size_t)32 << 20, &arena) == ERR_NONE &&
             arena_make((size_t)1 << 16, &kept) == ERR_NONE && output_canary_make(kept, STR("Zebra-Canary-4711"), &canary) == ERR_NONE);
    if (size > 65536)
        return 0;
    arena_reset(arena);
    str reply = str_bytes(data, size), source = STR("ada@example.com");
    struct output_rules rules = {pii, request, {0}, hosts, 2, &canary, 1};
    struct output_input input = {reply, &source, 1, &scratch};
    must(output_check(&rules, arena, &input, &kind) == ERR_NONE);
    must(output_check(&rules, arena, &input, &again) == ERR_NONE && kind == again);
    struct seen seen = {&rules, {NULL, 0, 0, 1 << 20}};
    if (kind == OUTPUT_GOOD)
        must(tree_walk(reply, part_check, &seen) == ERR_NONE);
    buf_done(&seen.text);
    for (enum request_mode mode = REQUEST_TEXT; mode <= REQUEST_LABEL; mode++)
        must(request_find(request, arena, reply, mode, types) == ERR_NONE);
    return 0;
}
