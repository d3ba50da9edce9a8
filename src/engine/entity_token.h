/* entity_token.h - a text as words, runs of digits and signs, each with its place; what the grammars of entities are written over. */
#ifndef ENGINE_ENTITY_TOKEN_H
#define ENGINE_ENTITY_TOKEN_H

#include "base/arena.h"

#define ENTITY_TOKENS_MAX ((size_t)400) /* the rest of a text is not read */

enum entity_token_kind { ENTITY_WORD, ENTITY_DIGITS, ENTITY_SIGN };

struct entity_token {
    str folded;         /* lower case, letters without accents, ß as ss; dashes are -, apostrophes ' */
    uint16_t from, len; /* bytes of the text */
    uint16_t word;      /* number in a grammar's lexicon, ENTITY_WORD_NONE when it has none; entity_grammar.h sets it */
    uint8_t kind;
    bool is_glued;   /* follows its neighbour without a blank */
    bool is_blocked; /* part of an address, a telephone number and the like: no grammar reads it */
};
#define ENTITY_WORD_NONE UINT16_MAX

struct entity_tokens {
    str text;
    struct entity_token *at;
    size_t count;
};

/* entity_token_take - text is UTF-8, of which at most 6,000 bytes are read. Errs: ERR_LIMIT  arena full. */
enum err entity_token_take(struct arena *arena, str text, struct entity_tokens *out) MUST_CHECK;
/* entity_token_is_glued - token i exists and follows its neighbour without a blank. */
bool entity_token_is_glued(const struct entity_tokens *tokens, size_t i);
/* entity_token_is - token i exists and is this sign or word. */
bool entity_token_is(const struct entity_tokens *tokens, size_t i, str folded);

#endif
