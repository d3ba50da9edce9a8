/* Answers questions from an index: words to terms, terms to postings, postings to the best documents, block by block, so that the sums
 * of a block stay in the first cache and a search of any size needs the same memory. It changes nothing. */
#include "engine/kb.h"

#include "base/alloc.h"
#include "engine/kb_compound.h"
#include "engine/kb_private.h"

#include <stdlib.h>
#include <string.h>

#define KB_BLOCK ((uint32_t)8192) /* documents */
#define KB_WORDS_MAX ((size_t)32)
#define KB_TERMS_MAX ((size_t)192)
#define KB_GRAMS_MAX ((size_t)256)
#define KB_GRAM_WEIGHT 0.05f
#define KB_GRAM_BEST 0.4f /* of its weight is what a run of letters gives to a good match */
/* A search looks at so many postings of letters, and beyond so many of terms only at terms that weigh a tenth of the question: what
 * half of a large library has tells nothing apart. */
#define KB_GRAM_POSTINGS_MAX ((uint32_t)16384)
#define KB_TERM_POSTINGS_MAX ((uint32_t)32768)
#define KB_TERM_SHARE_LEAST 0.1f
#define KB_SYNONYM_WEIGHT 0.7f
#define KB_PART_WEIGHT 0.6f
#define KB_FOREIGN_WEIGHT 0.7f
#define KB_MISSING_WEIGHT 1.25f /* a word that nobody knows says that the question is about something else */
#define KB_SHARE_RATIO 0.35f
#define KB_ALIKE_RATIO 0.95f

static const float kb_error_weight[] = {1, 0.8f, 0.5f};

void
kb_free(struct kb **kb)
{
    struct kb *k = *kb;

    if (!k)
        return;
    kb_index_free(&k->term_index);
    kb_index_free(&k->gram_index);
    spell_free(&k->spell);
    spell_free(&k->compound_spell);
    lexicon_free(&k->terms);
    lexicon_free(&k->grams);
    lexicon_free(&k->compounds);
    alloc_free(&k->language);
    alloc_free(&k->is_part);
    alloc_free(&k->term_text);
    alloc_free(&k->compound_text);
    alloc_free(&k->compound_term);
    alloc_free(kb);
}

enum err
kb_make(const struct kb_library *library, struct kb **out)
{
    void *piece = NULL;

    if (library->count >= KB_INDEX_DOCUMENTS_MAX)
        return err_raise(ERR_LIMIT, "kb: too many sections");
    TRY(alloc_make(1, sizeof(struct kb), &piece));
    struct kb *kb = piece;
    kb->document_count = library->count;
    kb->synonyms = library->synonyms;
    kb->synonym_count = library->synonym_count;
    enum err err = kb_make_run(kb, library);
    if (err != ERR_NONE)
        kb_free(&kb);
    else
        *out = kb;
    return err;
}

size_t
kb_bytes(const struct kb *kb)
{
    return sizeof *kb + 2 * kb->document_count + kb_index_bytes(&kb->term_index) + kb_index_bytes(&kb->gram_index) + spell_bytes(kb->spell) +
           spell_bytes(kb->compound_spell) + lexicon_bytes(kb->terms) + lexicon_bytes(kb->grams) + lexicon_bytes(kb->compounds) +
           lexicon_count(kb->terms) * sizeof(str) + lexicon_count(kb->compounds) * (sizeof(str) + sizeof(uint32_t));
}

/* What a question asks for. */
struct kb_ask {
    const struct kb *kb;
    str language;
    struct kb_cursor terms[KB_TERMS_MAX], grams[KB_GRAMS_MAX];
    size_t term_count, gram_count;
    float best; /* what a perfect match would score */
    float *score; /* of the documents of a block */
};

static void
kb_ask_term(struct kb_ask *ask, uint32_t term, float weight)
{
    if (ask->term_count < KB_TERMS_MAX)
        ask->terms[ask->term_count++] = kb_index_cursor(&ask->kb->term_index, term, weight * kb_index_idf(&ask->kb->term_index, term));
}

/* A word that no document has: its neighbours, or its pieces. Returns what it could have scored. */
static float
kb_ask_unknown(struct kb_ask *ask, str word, str stem)
{
    const struct kb *kb = ask->kb;
    struct spell_hit hits[SPELL_HITS_MAX];
    uint32_t pieces[SPELL_PIECES_MAX], parts[KB_PARTS_MAX];
    float missing = KB_MISSING_WEIGHT * kb_index_idf(&kb->term_index, LEXICON_NONE);

    size_t found = spell_find(kb->spell, stem, hits);
    for (size_t i = 0; i < found; i++)
        if (hits[i].distance == hits[0].distance)
            kb_ask_term(ask, hits[i].word, kb_error_weight[hits[i].distance]);
    if (found > 0)
        return hits[0].distance == 1 ? kb_index_idf(&kb->term_index, hits[0].word) : missing;
    size_t count = kb_compound_has(ask->language) ? kb_compound_split(kb->compound_spell, word, parts) : 0;
    for (size_t i = 0; i < count; i++)
        kb_ask_term(ask, kb->compound_term[parts[i]], KB_PART_WEIGHT);
    if (count == 0) {
        count = spell_split(kb->spell, word, pieces);
        for (size_t i = 0; i < count; i++)
            kb_ask_term(ask, pieces[i], KB_PART_WEIGHT);
    }
    return missing;
}

static void
kb_ask_grams(struct kb_ask *ask, str bare)
{
    size_t at = 0, size = 0;
    str gram;

    while (ask->gram_count < KB_GRAMS_MAX && kb_gram_next(bare, &at, &size, &gram)) {
        uint32_t number = lexicon_find(ask->kb->grams, gram);
        float weight = KB_GRAM_WEIGHT * kb_index_idf(&ask->kb->gram_index, number);
        ask->best += KB_GRAM_BEST * weight;
        if (number != LEXICON_NONE)
            ask->grams[ask->gram_count++] = kb_index_cursor(&ask->kb->gram_index, number, weight);
    }
}

static int
kb_cursor_order(const void *a, const void *b)
{
    const struct kb_cursor *x = a, *y = b;
    uint32_t p = x->end - x->at, q = y->end - y->at;
    return (p > q) - (p < q);
}

/* The rarest first, as many as the postings allow. A term's weight is compared by what it adds at most. */
static size_t
kb_limit(struct kb_cursor *cursors, size_t count, uint32_t most, float least)
{
    uint32_t postings = 0;
    size_t kept = 0;

    qsort(cursors, count, sizeof *cursors, kb_cursor_order);
    for (size_t i = 0; i < count; i++) {
        uint32_t length = cursors[i].end - cursors[i].at;
        if (postings + length > most && cursors[i].weight * 255 < least)
            continue;
        postings += length;
        cursors[kept++] = cursors[i];
    }
    return kept;
}

/* The stems of a phrase of the author's, unless the question says it itself. */
static enum err
kb_ask_phrase(struct kb_ask *ask, struct arena *arena, str phrase)
{
    struct words words;

    TRY(words_take(arena, phrase, ask->language, &words));
    for (size_t i = 0; i < words.count; i++) {
        uint32_t term = lexicon_find(ask->kb->terms, words.stem[i]);
        if (term != LEXICON_NONE && !words_is_common(words.word[i], ask->language))
            kb_ask_term(ask, term, KB_SYNONYM_WEIGHT / (float)words.count);
    }
    return ERR_NONE;
}

static enum err
kb_ask_synonyms(struct kb_ask *ask, struct arena *arena, const struct words *words)
{
    const struct kb *kb = ask->kb;

    for (size_t i = 0; i < kb->synonym_count; i++) {
        if (!words_has(words, kb->synonyms[i].phrase))
            continue;
        for (size_t k = 0; k < kb->synonym_count; k++)
            if (k != i && kb->synonyms[k].group == kb->synonyms[i].group && !words_has(words, kb->synonyms[k].phrase))
                TRY(kb_ask_phrase(ask, arena, kb->synonyms[k].phrase));
    }
    return ERR_NONE;
}

static enum err
kb_ask_words(struct kb_ask *ask, struct arena *arena, const struct words *words)
{
    for (size_t i = 0; i < words->count && i < KB_WORDS_MAX; i++) {
        if (words_is_common(words->word[i], ask->language))
            continue;
        uint32_t term = lexicon_find(ask->kb->terms, words->stem[i]);
        if (term != LEXICON_NONE) {
            kb_ask_term(ask, term, 1);
            ask->best += kb_index_idf(&ask->kb->term_index, term);
        } else {
            ask->best += kb_ask_unknown(ask, words->word[i], words->stem[i]);
        }
        kb_ask_grams(ask, words->bare[i]);
    }
    TRY(kb_ask_synonyms(ask, arena, words));
    ask->gram_count = kb_limit(ask->grams, ask->gram_count, KB_GRAM_POSTINGS_MAX, ask->best);
    ask->term_count = kb_limit(ask->terms, ask->term_count, KB_TERM_POSTINGS_MAX, KB_TERM_SHARE_LEAST * ask->best);
    return ERR_NONE;
}

/* Keeps the best, best first; of equals the earlier document. */
static void
kb_hit_add(struct kb_hit *hits, size_t *count, struct kb_hit hit)
{
    size_t at = *count;

    if (at == KB_HITS_MAX && hits[at - 1].ratio >= hit.ratio)
        return;
    at = at == KB_HITS_MAX ? at - 1 : at;
    while (at > 0 && hits[at - 1].ratio < hit.ratio) {
        hits[at] = hits[at - 1];
        at--;
    }
    hits[at] = hit;
    *count += *count < KB_HITS_MAX;
}

/* Sections that stand together in an article share a part of what they score: a question often falls between two of them. No
 * more than they score themselves: a word that all of them have says little. An article
 * that a block's border cuts is shared on each side. */
static void
kb_share(const struct kb_ask *ask, uint32_t base, uint32_t end)
{
    for (uint32_t from = base, to; from < end && ask->kb->has_parts; from = to) {
        float sum = ask->score[from - base];
        for (to = from + 1; to < end && ask->kb->is_part[to]; to++)
            sum += ask->score[to - base];
        for (uint32_t i = from; i < to && to > from + 1; i++) {
            float own = ask->score[i - base], others = sum - own;
            ask->score[i - base] += KB_SHARE_RATIO * (others < own ? others : own);
        }
    }
}

static void
kb_scan(const struct kb_ask *ask, uint32_t base, uint32_t end, const bool *is_foreign, struct kb_hit *hits, size_t *count)
{
    float least = *count == KB_HITS_MAX ? hits[KB_HITS_MAX - 1].ratio * ask->best : 0;

    for (uint32_t i = base; i < end; i++) {
        float score = ask->score[i - base];
        if (score <= least)
            continue;
        score *= is_foreign[ask->kb->language[i]] ? KB_FOREIGN_WEIGHT : 1;
        kb_hit_add(hits, count, (struct kb_hit){i, score < ask->best ? score / ask->best : 1});
        least = *count == KB_HITS_MAX ? hits[KB_HITS_MAX - 1].ratio * ask->best : 0;
    }
}

static void
kb_search(struct kb_ask *ask, struct kb_hit *hits, size_t *count)
{
    const struct kb *kb = ask->kb;
    bool is_foreign[KB_LANGUAGES_MAX] = {false};

    for (size_t i = 0; i < kb->language_count; i++)
        is_foreign[i] = ask->language.len > 0 && !str_is(kb->languages[i], ask->language);
    for (uint32_t base = 0; base < kb->document_count; base += KB_BLOCK) {
        uint32_t end = kb->document_count - base < KB_BLOCK ? (uint32_t)kb->document_count : base + KB_BLOCK;
        bool any = false;
        memset(ask->score, 0, (end - base) * sizeof(float));
        for (size_t i = 0; i < ask->term_count; i++)
            any |= kb_index_add(&kb->term_index, &ask->terms[i], base, end, ask->score);
        for (size_t i = 0; i < ask->gram_count; i++)
            any |= kb_index_add(&kb->gram_index, &ask->grams[i], base, end, ask->score);
        if (!any)
            continue;
        kb_share(ask, base, end);
        kb_scan(ask, base, end, is_foreign, hits, count);
    }
}

static bool
kb_is_same_article(const struct kb *kb, size_t a, size_t b)
{
    for (size_t i = (a < b ? a : b) + 1; i <= (a < b ? b : a); i++)
        if (!kb->is_part[i])
            return false;
    return true;
}

/* Sections of one article that fit nearly alike stand in the author's order: the first says what the others add to. */
static void
kb_order_parts(const struct kb *kb, struct kb_hit *hits, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t k = i; k > 0; k--) {
            struct kb_hit *before = &hits[k - 1], *hit = &hits[k];
            if (hit->document > before->document || hit->ratio < KB_ALIKE_RATIO * before->ratio ||
                !kb_is_same_article(kb, hit->document, before->document))
                break;
            struct kb_hit swap = *before;
            *before = (struct kb_hit){hit->document, swap.ratio};
            *hit = (struct kb_hit){swap.document, hit->ratio};
        }
}

enum err
kb_find(const struct kb *kb, struct arena *arena, const struct words *words, str language, struct kb_hit *hits, size_t *count)
{
    void *piece = NULL;

    *count = 0;
    TRY(arena_take(arena, 1, sizeof(struct kb_ask), &piece));
    struct kb_ask *ask = piece;
    TRY(arena_take(arena, kb->document_count < KB_BLOCK ? kb->document_count + 1 : KB_BLOCK, sizeof(float), &piece));
    ask->score = piece;
    ask->kb = kb;
    ask->language = language;
    TRY(kb_ask_words(ask, arena, words));
    if (ask->best > 0)
        kb_search(ask, hits, count);
    kb_order_parts(kb, hits, *count);
    return ERR_NONE;
}
