/* kb.h - search over texts with a title, a heading and a body. Knowledge and products use it.
 *
 * BM25F over stems, and a second one over letters and neighbouring stems of titles and headings that helps where words differ. A word
 * that no document has is tried with typing errors, taken apart when it is joined or compounded, and counted as missing otherwise.
 * The author's synonyms stand in for each other.
 *
 * From: Robertson & Zaragoza 2009 (BM25F). Measured: bench/README.md.
 */
#ifndef ENGINE_KB_H
#define ENGINE_KB_H

#include "engine/words.h"

#define KB_HITS_MAX ((size_t)10)
#define KB_ANSWER_RATIO 0.25f
#define KB_SURE_RATIO 0.45f
#define KB_SUGGEST_RATIO 0.15f
#define KB_CLOSE_RATIO 0.7f
#define KB_SURE_CLOSE_RATIO 0.9f
#define KB_ARENA_BYTES ((size_t)64 * 1024) /* what one search takes of an arena */

struct kb;

struct kb_document {
    str title;   /* its question, and other ways to ask */
    str heading; /* of what it is a part */
    str body, language;
    uint32_t article; /* neighbours of the same number are parts of one article, and a little of what fits one fits all */
};

/* Words and phrases that mean the same; folded as words_take does. */
struct kb_synonym {
    str phrase;
    uint32_t group;
};

/* kb_is_answer - the best document answers the question: likely, and no other one is close; surely, and none is very close. `next` is the ratio of the best
 * document that is another article. Else it is a suggestion from KB_SUGGEST_RATIO on. */
static inline bool
kb_is_answer(float best, float next)
{
    return (best >= KB_SURE_RATIO && next < KB_SURE_CLOSE_RATIO * best) || (best >= KB_ANSWER_RATIO && next < KB_CLOSE_RATIO * best);
}

struct kb_library {
    const struct kb_document *documents;
    size_t count;
    const struct kb_synonym *synonyms; /* borrowed for the life of the index */
    size_t synonym_count;
};

struct kb_hit {
    size_t document;
    float ratio; /* 0..1 of what a perfect match would score; documents of another language than asked for get 0.7 of theirs */
};

/* kb_make - documents are numbered as given; their texts are not kept. Errs: ERR_LIMIT, ERR_MEMORY.
 * Cost: linear; 100,000 sections of 60 words: see bench/README.md. */
enum err kb_make(const struct kb_library *library, struct kb **out) MUST_CHECK;
void kb_free(struct kb **kb);
size_t kb_bytes(const struct kb *kb);
/* kb_find - best first, at most KB_HITS_MAX; language empty: all alike. Errs: ERR_LIMIT  arena full. */
enum err kb_find(const struct kb *kb, struct arena *arena, const struct words *words, str language, struct kb_hit *hits,
                 size_t *count) MUST_CHECK;

#endif
