/* Cuts a text at the borders of words, digits and signs. It keeps places, so that whoever reads the tokens can say where something stood. */
#include "engine/entity_token.h"

#include "engine/utf8.h"

#include <string.h>

#define ENTITY_TEXT_MAX ((size_t)6000)

static bool
token_is_blank(uint32_t c)
{
    return c <= ' ' || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x3000 || utf8_is_ignorable(c);
}

/* Letters that are more than a letter with an accent, and signs of which there are several. */
static size_t
token_fold(uint32_t c, char *to)
{
    static const struct {
        uint32_t from;
        char to[4];
    } special[] = {{0xDF, "ss"}, {0xE6, "ae"}, {0x153, "oe"}, {0xF8, "o"}, {0x142, "l"}, {0x2010, "-"}, {0x2011, "-"}, {0x2012, "-"}, {0x2013, "-"},
                   {0x2014, "-"}, {0x2212, "-"}, {0xBA, "\xC2\xBA"}, {0xAA, "\xC2\xAA"}};

    c = utf8_fold(c);
    for (size_t i = 0; c >= 0x80 && i < sizeof special / sizeof *special; i++)
        if (special[i].from == c) {
            size_t len = strlen(special[i].to);
            memcpy(to, special[i].to, len);
            return len;
        }
    return utf8_write(utf8_base(c), to);
}

static enum entity_token_kind
token_kind(uint32_t c)
{
    if (c >= '0' && c <= '9')
        return ENTITY_DIGITS;
    /* The raised o and a of 1º are signs, ² and ³ too. */
    return c != 0xBA && c != 0xAA && c != 0xB2 && c != 0xB3 && utf8_is_word(c) ? ENTITY_WORD : ENTITY_SIGN;
}

enum err
entity_token_take(struct arena *arena, str text, struct entity_tokens *out)
{
    struct entity_tokens tokens = {.text = str_slice(text, 0, ENTITY_TEXT_MAX)};
    void *at = NULL, *folded = NULL;
    size_t used = 0, most = tokens.text.len + 1 < ENTITY_TOKENS_MAX ? tokens.text.len + 1 : ENTITY_TOKENS_MAX;
    bool was_blank = true;

    TRY(arena_take(arena, most, sizeof *tokens.at, &at));
    TRY(arena_take(arena, tokens.text.len * 2 + 8, 1, &folded)); /* lower case may have a byte more than upper case */
    tokens.at = at;
    for (size_t i = 0; i < tokens.text.len;) {
        size_t from = i;
        uint32_t c = utf8_next(tokens.text, &i);
        if (token_is_blank(c)) {
            was_blank = true;
            continue;
        }
        enum entity_token_kind kind = token_kind(c);
        struct entity_token *last = tokens.count > 0 ? &tokens.at[tokens.count - 1] : NULL;
        if (!last || was_blank || kind != last->kind || kind == ENTITY_SIGN) {
            if (tokens.count == most)
                break;
            last = &tokens.at[tokens.count++];
            *last = (struct entity_token){.folded = {(char *)folded + used, 0}, .from = (uint16_t)from, .word = ENTITY_WORD_NONE,
                                          .kind = (uint8_t)kind, .is_glued = !was_blank};
        }
        used += token_fold(c, (char *)folded + used);
        last->folded.len = (size_t)((char *)folded + used - last->folded.at);
        last->len = (uint16_t)(i - last->from);
        was_blank = false;
    }
    *out = tokens;
    return ERR_NONE;
}

bool
entity_token_is_glued(const struct entity_tokens *tokens, size_t i)
{
    return i < tokens->count && tokens->at[i].is_glued;
}

bool
entity_token_is(const struct entity_tokens *tokens, size_t i, str folded)
{
    return i < tokens->count && str_is(tokens->at[i].folded, folded);
}
