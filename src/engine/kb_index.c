/* Sorts tokens into postings by counting, then weighs them. It knows numbers only. */
#include "engine/kb_index.h"

#include "base/alloc.h"

#include <math.h>

#define INDEX_K1 1.2f

static const struct {
    float weight, b;
} index_fields[KB_FIELD_COUNT] = {{1.0f, 1.0f}, {1.0f, 0.75f}, {0.25f, 0.75f}};

struct index_lengths {
    uint16_t *of; /* document × KB_FIELD_COUNT */
    float mean[KB_FIELD_COUNT];
};

static enum err
index_measure(const struct kb_token *tokens, size_t count, size_t document_count, struct index_lengths *out)
{
    void *piece = NULL;
    double sum[KB_FIELD_COUNT] = {0};

    TRY(alloc_make(document_count * KB_FIELD_COUNT, sizeof(uint16_t), &piece));
    out->of = piece;
    for (size_t i = 0; i < count; i++) {
        uint32_t place = tokens[i].place, field = place >> 1 & 3;
        uint16_t *length = &out->of[(size_t)(place >> 3) * KB_FIELD_COUNT + field];
        if (place & 1 || *length == UINT16_MAX)
            continue;
        (*length)++;
        sum[field]++;
    }
    for (int field = 0; field < KB_FIELD_COUNT; field++)
        out->mean[field] = (float)(sum[field] / (double)(document_count > 0 ? document_count : 1)) + 0.01f;
    return ERR_NONE;
}

/* What one token adds to the weighted count of its document. */
static float
index_weigh(const struct index_lengths *lengths, uint32_t place)
{
    uint32_t field = place >> 1 & 3;
    float length = (float)lengths->of[(size_t)(place >> 3) * KB_FIELD_COUNT + field], b = index_fields[field].b;
    float tf = index_fields[field].weight / (1 - b + b * length / lengths->mean[field] + 0.01f);

    return place & 1 ? tf / 2 : tf;
}

/* Places of one term are runs of the same document: each becomes a posting. */
static void
index_fill(struct kb_index *index, const uint32_t *place, const uint32_t *from, const struct index_lengths *lengths)
{
    uint32_t used = 0;

    for (size_t t = 0; t < index->term_count; t++) {
        index->from[t] = used;
        for (uint32_t i = from[t]; i < from[t + 1];) {
            uint32_t document = place[i] >> 3;
            float tf = 0;
            for (; i < from[t + 1] && place[i] >> 3 == document; i++)
                tf += index_weigh(lengths, place[i]);
            index->document[used] = document;
            index->impact[used++] = (uint8_t)(tf / (INDEX_K1 + tf) * 255 + 0.5f);
        }
    }
    index->from[index->term_count] = used;
}

/* Tokens by term, in their order: counting sort. */
static void
index_sort(const struct kb_token *tokens, size_t count, size_t term_count, uint32_t *from, uint32_t *place)
{
    for (size_t i = 0; i < count; i++)
        from[tokens[i].term + 1]++;
    for (size_t t = 0; t < term_count; t++)
        from[t + 1] += from[t];
    for (size_t i = 0; i < count; i++)
        place[from[tokens[i].term]++] = tokens[i].place;
    for (size_t t = term_count; t > 0; t--)
        from[t] = from[t - 1];
    from[0] = 0;
}

static size_t
index_postings(const uint32_t *place, const uint32_t *from, size_t term_count)
{
    size_t postings = 0;

    for (size_t t = 0; t < term_count; t++)
        for (uint32_t i = from[t]; i < from[t + 1]; i++)
            postings += i == from[t] || place[i] >> 3 != place[i - 1] >> 3;
    return postings;
}

static enum err
index_room(struct kb_index *index, size_t postings)
{
    void *piece = NULL;

    TRY(alloc_make(index->term_count + 1, sizeof(uint32_t), &piece));
    index->from = piece;
    TRY(alloc_make(postings + 1, sizeof(uint32_t), &piece));
    index->document = piece;
    TRY(alloc_make(postings + 1, 1, &piece));
    index->impact = piece;
    return ERR_NONE;
}

enum err
kb_index_make(const struct kb_token *tokens, size_t count, size_t term_count, size_t document_count, struct kb_index *out)
{
    struct kb_index index = {.term_count = term_count, .document_count = document_count};
    struct index_lengths lengths = {.of = NULL};
    void *from = NULL, *place = NULL;

    enum err err = index_measure(tokens, count, document_count, &lengths);
    if (err == ERR_NONE)
        err = alloc_make(term_count + 1, sizeof(uint32_t), &from);
    if (err == ERR_NONE)
        err = alloc_make(count, sizeof(uint32_t), &place);
    if (err == ERR_NONE) {
        index_sort(tokens, count, term_count, from, place);
        err = index_room(&index, index_postings(place, from, term_count));
    }
    if (err == ERR_NONE)
        index_fill(&index, place, from, &lengths);
    alloc_free(&place);
    alloc_free(&from);
    alloc_free(&lengths.of);
    if (err != ERR_NONE)
        kb_index_free(&index);
    else
        *out = index;
    return err;
}

void
kb_index_free(struct kb_index *index)
{
    alloc_free(&index->from);
    alloc_free(&index->document);
    alloc_free(&index->impact);
}

size_t
kb_index_bytes(const struct kb_index *index)
{
    return (index->term_count + 1) * sizeof(uint32_t) + index->from[index->term_count] * (sizeof(uint32_t) + 1);
}

float
kb_index_idf(const struct kb_index *index, uint32_t term)
{
    float all = (float)index->document_count, have = term < index->term_count ? (float)(index->from[term + 1] - index->from[term]) : 0;

    return logf(1 + (all - have + 0.5f) / (have + 0.5f));
}

struct kb_cursor
kb_index_cursor(const struct kb_index *index, uint32_t term, float weight)
{
    return (struct kb_cursor){index->from[term], index->from[term + 1], weight / 255};
}

bool
kb_index_add(const struct kb_index *index, struct kb_cursor *cursor, uint32_t base, uint32_t end, float *score)
{
    uint32_t at = cursor->at;

    for (; at < cursor->end && index->document[at] < end; at++)
        score[index->document[at] - base] += cursor->weight * (float)index->impact[at];
    bool any = at > cursor->at;
    cursor->at = at;
    return any;
}
