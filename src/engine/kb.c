/* An inverted index in one arena: terms sorted by text, postings behind them. A word that the index does not know is tried
 * with one or two typing errors; a known one is never changed. It keeps stems and counts, not texts. */
#include "engine/kb.h"

#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define KB_TITLE_WEIGHT 1.0f
#define KB_BODY_WEIGHT 0.15f
#define KB_K1 1.2f
#define KB_NEIGHBOURS 3

struct kb_posting {
    uint32_t document;
    uint16_t title, body;
};

struct kb_term {
    str text;
    uint32_t from, count; /* of postings */
};

struct kb {
    size_t document_count, term_count, posting_count;
    struct kb_term *terms;
    struct kb_posting *postings;
    uint16_t *title_len, *body_len;
    str *language;
    float title_mean, body_mean;
};

/* While building: one per word in a document. */
struct kb_use {
    str text;
    uint32_t document;
    bool in_title;
};

struct kb_uses {
    struct kb_use *at;
    size_t count, room;
};

static int
kb_text_order(str a, str b)
{
    int order = memcmp(a.at, b.at, a.len < b.len ? a.len : b.len);
    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

static int
kb_use_order(const void *a, const void *b)
{
    const struct kb_use *x = a, *y = b;
    int order = kb_text_order(x->text, y->text);
    return order != 0 ? order : (x->document > y->document) - (x->document < y->document);
}

static enum err
kb_use_add(struct kb_uses *uses, struct kb_use use)
{
    if (uses->count == uses->room) {
        void *piece = uses->at;
        TRY(alloc_grow(&piece, (uses->room * 2 + 1024) * sizeof *uses->at));
        uses->at = piece;
        uses->room = uses->room * 2 + 1024;
    }
    uses->at[uses->count++] = use;
    return ERR_NONE;
}

static enum err
kb_read(struct arena *arena, str text, str language, struct kb_uses *uses, struct kb_use use)
{
    struct words words;

    for (str rest = text; rest.len > 0;) {
        /* Long texts go through words_take by pieces, cut at a blank. */
        size_t cut = rest.len < 2000 ? rest.len : 2000;
        while (cut < rest.len && cut > 1 && rest.at[cut - 1] != ' ')
            cut--;
        TRY(words_take(arena, str_slice(rest, 0, cut), language, &words));
        for (size_t i = 0; i < words.count; i++) {
            if (words_is_common(words.word[i]))
                continue;
            use.text = words.stem[i];
            TRY(kb_use_add(uses, use));
        }
        rest = str_slice(rest, cut > 1 ? cut : rest.len, rest.len);
    }
    return ERR_NONE;
}

/* Sorted uses → terms and postings. */
static enum err
kb_index(struct kb *kb, struct arena *arena, struct kb_uses *uses)
{
    void *terms = NULL, *postings = NULL;

    if (uses->count > 0)
        qsort(uses->at, uses->count, sizeof *uses->at, kb_use_order);
    TRY(arena_take(arena, uses->count, sizeof(struct kb_term), &terms));
    TRY(arena_take(arena, uses->count, sizeof(struct kb_posting), &postings));
    kb->terms = terms;
    kb->postings = postings;
    for (size_t i = 0; i < uses->count; i++) {
        const struct kb_use *use = &uses->at[i];
        struct kb_term *term = kb->term_count ? &kb->terms[kb->term_count - 1] : NULL;
        if (!term || !str_is(term->text, use->text)) {
            term = &kb->terms[kb->term_count++];
            TRY(arena_take_str(arena, use->text, &term->text));
            term->from = (uint32_t)kb->posting_count;
        }
        struct kb_posting *posting = term->count ? &kb->postings[kb->posting_count - 1] : NULL;
        if (!posting || posting->document != use->document) {
            posting = &kb->postings[kb->posting_count++];
            posting->document = use->document;
            term->count++;
        }
        posting->title = (uint16_t)(posting->title + use->in_title);
        posting->body = (uint16_t)(posting->body + !use->in_title);
        kb->title_len[use->document] = (uint16_t)(kb->title_len[use->document] + use->in_title);
        kb->body_len[use->document] = (uint16_t)(kb->body_len[use->document] + !use->in_title);
    }
    return ERR_NONE;
}

static enum err
kb_fill(struct kb *kb, struct arena *arena, const struct kb_document *documents, struct kb_uses *uses)
{
    ARENA_SCOPE(scratch);
    float title = 0, body = 0;

    TRY(arena_make((size_t)64 << 20, &scratch));
    for (size_t i = 0; i < kb->document_count; i++) {
        const struct kb_document *document = &documents[i];
        kb->language[i] = document->language;
        TRY(kb_read(scratch, document->title, document->language, uses, (struct kb_use){{"", 0}, (uint32_t)i, true}));
        TRY(kb_read(scratch, document->body, document->language, uses, (struct kb_use){{"", 0}, (uint32_t)i, false}));
    }
    TRY(kb_index(kb, arena, uses));
    for (size_t i = 0; i < kb->document_count; i++) {
        title += kb->title_len[i];
        body += kb->body_len[i];
    }
    kb->title_mean = kb->document_count ? title / (float)kb->document_count + 0.01f : 1;
    kb->body_mean = kb->document_count ? body / (float)kb->document_count + 0.01f : 1;
    return ERR_NONE;
}

enum err
kb_make(struct arena *arena, const struct kb_document *documents, size_t count, struct kb **out)
{
    void *piece = NULL;
    struct kb_uses uses = {.at = NULL};

    TRY(arena_take(arena, 1, sizeof(struct kb), &piece));
    struct kb *kb = piece;
    kb->document_count = count;
    TRY(arena_take(arena, count + 1, sizeof(uint16_t), &piece));
    kb->title_len = piece;
    TRY(arena_take(arena, count + 1, sizeof(uint16_t), &piece));
    kb->body_len = piece;
    TRY(arena_take(arena, count + 1, sizeof(str), &piece));
    kb->language = piece;
    enum err err = kb_fill(kb, arena, documents, &uses);
    alloc_free(&uses.at);
    TRY(err);
    *out = kb;
    return ERR_NONE;
}

static const struct kb_term *
kb_term_find(const struct kb *kb, str text)
{
    size_t low = 0, high = kb->term_count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = kb_text_order(kb->terms[middle].text, text);
        if (order == 0)
            return &kb->terms[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* Damerau-Levenshtein by bytes, for words of at most 31; 9 when further than `most`. */
static int
kb_distance(str a, str b, int most)
{
    int rows[3][33];

    if (a.len > 31 || b.len > 31 || abs((int)a.len - (int)b.len) > most)
        return 9;
    for (size_t j = 0; j <= b.len; j++)
        rows[0][j] = (int)j;
    for (size_t i = 1; i <= a.len; i++) {
        int *now = rows[i % 3], *before = rows[(i + 2) % 3], *earlier = rows[(i + 1) % 3];
        now[0] = (int)i;
        int best = now[0];
        for (size_t j = 1; j <= b.len; j++) {
            int cost = before[j - 1] + (a.at[i - 1] != b.at[j - 1]);
            cost = before[j] + 1 < cost ? before[j] + 1 : cost;
            cost = now[j - 1] + 1 < cost ? now[j - 1] + 1 : cost;
            if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1] && earlier[j - 2] + 1 < cost)
                cost = earlier[j - 2] + 1;
            now[j] = cost;
            best = cost < best ? cost : best;
        }
        if (best > most)
            return 9;
    }
    return rows[a.len % 3][b.len];
}

static float
kb_idf(const struct kb *kb, uint32_t documents)
{
    return logf(1 + ((float)kb->document_count - (float)documents + 0.5f) / ((float)documents + 0.5f));
}

static void
kb_score_term(const struct kb *kb, const struct kb_term *term, float weight, float *scores)
{
    float idf = kb_idf(kb, term->count) * weight;

    for (uint32_t i = term->from; i < term->from + term->count; i++) {
        const struct kb_posting *posting = &kb->postings[i];
        float title = KB_TITLE_WEIGHT * posting->title / (kb->title_len[posting->document] / kb->title_mean + 0.01f);
        float body = KB_BODY_WEIGHT * posting->body / (0.25f + 0.75f * kb->body_len[posting->document] / kb->body_mean);
        float tf = title + body;
        scores[posting->document] += idf * tf * (KB_K1 + 1) / (KB_K1 + tf);
    }
}

/* Up to three known words that are one or two typing errors away. */
static bool
kb_score_neighbours(const struct kb *kb, str stem, float *scores)
{
    int most = stem.len <= 5 ? 1 : 2, found = 0;

    if (stem.len < 4)
        return false;
    for (int distance = 1; distance <= most && found < KB_NEIGHBOURS; distance++)
        for (size_t i = 0; i < kb->term_count && found < KB_NEIGHBOURS; i++)
            if (kb->terms[i].text.len >= 3 && kb_distance(stem, kb->terms[i].text, distance) == distance) {
                kb_score_term(kb, &kb->terms[i], distance == 1 ? 0.8f : 0.5f, scores);
                found++;
            }
    return found > 0;
}

static void
kb_hit_add(struct kb_hit *hits, size_t *count, struct kb_hit hit)
{
    bool is_full = *count == KB_HITS_MAX;
    size_t at = is_full ? KB_HITS_MAX - 1 : *count;

    if (is_full && hits[at].ratio > hit.ratio)
        return;
    if (!is_full)
        (*count)++;
    while (at > 0 && hits[at - 1].ratio < hit.ratio) {
        hits[at] = hits[at - 1];
        at--;
    }
    hits[at] = hit;
}

enum err
kb_find(const struct kb *kb, struct arena *arena, const struct words *words, str language, struct kb_hit *hits, size_t *count)
{
    void *piece = NULL;
    float best = 0;

    *count = 0;
    TRY(arena_take(arena, kb->document_count + 1, sizeof(float), &piece));
    float *scores = piece;
    for (size_t i = 0; i < words->count && i < 32; i++) {
        if (words_is_common(words->word[i]))
            continue;
        const struct kb_term *term = kb_term_find(kb, words->stem[i]);
        if (term)
            kb_score_term(kb, term, 1, scores);
        else
            kb_score_neighbours(kb, words->stem[i], scores);
        best += kb_idf(kb, term ? term->count : 0);
    }
    if (best <= 0)
        return ERR_NONE;
    for (size_t i = 0; i < kb->document_count; i++)
        if (scores[i] > 0 && (language.len == 0 || str_is(kb->language[i], language)))
            kb_hit_add(hits, count, (struct kb_hit){i, scores[i] / (best * (KB_K1 + 1))});
    return ERR_NONE;
}
