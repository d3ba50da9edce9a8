/* kb.h - search over texts with a title and a body: BM25F with stems and typo neighbours. Knowledge and products use it.
 *
 * From: Robertson & Zaragoza 2009; weights of title 1 and body 0.15, k1 1.2, b 1.0 and 0.75.
 */
#ifndef ENGINE_KB_H
#define ENGINE_KB_H

#include "engine/words.h"

#define KB_HITS_MAX ((size_t)8)
#define KB_ANSWER_RATIO 0.30f
#define KB_SUGGEST_RATIO 0.15f

struct kb;

struct kb_document {
    str title, body, language;
};

struct kb_hit {
    size_t document;
    float ratio; /* 0..1 of what a perfect match would score */
};

/* kb_make - documents are numbered as given; texts are not kept. Errs: ERR_LIMIT, ERR_MEMORY. */
enum err kb_make(struct arena *arena, const struct kb_document *documents, size_t count, struct kb **out) MUST_CHECK;
/* kb_find - best first, at most KB_HITS_MAX; language empty: all. */
enum err kb_find(const struct kb *kb, struct arena *arena, const struct words *words, str language, struct kb_hit *hits,
                 size_t *count) MUST_CHECK;

#endif
