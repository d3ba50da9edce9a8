/* kb_private.h - what an index is made of, for kb.c and kb_make.c. */
#ifndef ENGINE_KB_PRIVATE_H
#define ENGINE_KB_PRIVATE_H

#include "engine/kb.h"
#include "engine/kb_index.h"
#include "engine/lexicon.h"
#include "engine/spell.h"

#define KB_LANGUAGES_MAX ((size_t)16)
#define KB_GRAM_MIN 3
#define KB_GRAM_MAX 4
#define KB_GRAM_WORD_BYTES ((size_t)32)

struct kb {
    size_t document_count;
    str languages[KB_LANGUAGES_MAX]; /* in tags */
    char tags[KB_LANGUAGES_MAX][8];
    size_t language_count;
    uint8_t *language; /* per document */
    bool *is_part;     /* per document: of the same article as the one before */
    bool has_parts;    /* any */
    struct lexicon *terms, *grams;
    struct kb_index term_index, gram_index;
    str *term_text; /* per term */
    struct spell *spell; /* of terms */
    /* For languages with compounds: words, and the term of each. */
    struct lexicon *compounds;
    str *compound_text;
    uint32_t *compound_term;
    struct spell *compound_spell;
    const struct kb_synonym *synonyms;
    size_t synonym_count;
};

/* kb_make_run - fills an index from texts. On failure it is half filled, for kb_free. */
enum err kb_make_run(struct kb *kb, const struct kb_library *library) MUST_CHECK;
/* kb_gram_next - the next run of 3 to 4 letters of a word with its blanks; *at and *size begin at 0. False at the end. */
bool kb_gram_next(str bare, size_t *at, size_t *size, str *out);

#endif
