/* A visitor's text, behind a byte that says in which language and country. */
#include "world/world.h"

#include "engine/entity.h"
#include "engine/utf8.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const tags[] = {"de", "de-CH", "en", "en-US", "es", "fr", "fr-CA", "it", "nl", "pt", "pt-BR", "pl"};
    static struct arena *arena, *grammars;
    static struct entity_grammar *grammar[sizeof tags / sizeof *tags];
    struct entity_tokens tokens;
    struct entity_find finds[ENTITY_FINDS_MAX];
    size_t count = 0;

    if (!arena)
        must(arena_make((size_t)1 << 20, &arena) == ERR_NONE && arena_make((size_t)8 << 20, &grammars) == ERR_NONE);
    if (size == 0)
        return 0;
    size_t tag = data[0] % (sizeof tags / sizeof *tags);
    str text = str_bytes(data + 1, size - 1);
    if (!str_is_utf8(text))
        return 0;
    if (!grammar[tag])
        must(entity_grammar_of(grammars, str_from(tags[tag]), &grammar[tag]) == ERR_NONE);
    struct entity_ask ask = {.grammar = grammar[tag], .now_ms = 1773235800000, .zone_minutes = 60, .tag = str_from(tags[tag])};
    must(entity_token_take(arena, text, &tokens) == ERR_NONE);
    must(entity_find_all(arena, &ask, &tokens, finds, &count) == ERR_NONE);
    must(count <= ENTITY_FINDS_MAX);
    for (size_t i = 0; i < count; i++) {
        must(finds[i].from + finds[i].len <= text.len && finds[i].len > 0 && (i == 0 || finds[i].from >= finds[i - 1].from));
        must(str_is_utf8(str_slice(text, finds[i].from, finds[i].len)));
        must(finds[i].value.len > 0 && finds[i].value.len <= ENTITY_VALUE_MAX && str_is_utf8(finds[i].value));
    }
    arena_reset(arena);
    return 0;
}
