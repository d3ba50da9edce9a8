/* kb_index.h - postings of one kind of term, with what BM25F gives each worked out in advance.
 *
 * Three fields: title, heading, body. impact = tf / (k1 + tf), tf = sum of weight · count / (1 - b + b · length / mean length).
 * From: Robertson & Zaragoza 2009, section 3.
 */
#ifndef ENGINE_KB_INDEX_H
#define ENGINE_KB_INDEX_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

enum kb_field { KB_TITLE, KB_HEADING, KB_BODY, KB_FIELD_COUNT };

/* A term somewhere; `place` is document, field and whether it is a part of a compound, which counts half. */
struct kb_token {
    uint32_t term, place;
};
#define KB_INDEX_PLACE(document, field, is_part) ((uint32_t)(document) << 3 | (uint32_t)(field) << 1 | (uint32_t)(is_part))
#define KB_INDEX_DOCUMENTS_MAX ((size_t)1 << 29)

struct kb_index {
    size_t term_count, document_count;
    uint32_t *from;     /* term_count + 1; into the postings, whose documents rise */
    uint32_t *document;
    uint8_t *impact;    /* 1/255 */
};

/* Where a question stands in one term's postings. */
struct kb_cursor {
    uint32_t at, end;
    float weight;
};

/* kb_index_make - tokens of rising documents. Errs: ERR_MEMORY. */
enum err kb_index_make(const struct kb_token *tokens, size_t count, size_t term_count, size_t document_count, struct kb_index *out)
    MUST_CHECK;
void kb_index_free(struct kb_index *index);
size_t kb_index_bytes(const struct kb_index *index);
/* kb_index_idf - of a term; LEXICON_NONE: of one that no document has. */
float kb_index_idf(const struct kb_index *index, uint32_t term);
struct kb_cursor kb_index_cursor(const struct kb_index *index, uint32_t term, float weight);
/* kb_index_add - adds weight · impact to score[document - base] for the documents below `end`, and moves the cursor there.
 * Returns whether any was. */
bool kb_index_add(const struct kb_index *index, struct kb_cursor *cursor, uint32_t base, uint32_t end, float *score);

#endif
