/* The linear part of the intent model, trained. The order of the examples is drawn from a fixed seed: the same bot becomes the same
 * model. */
#include "engine/nlu_line.h"

#include "base/alloc.h"
#include "engine/nlu_random.h"
#include "engine/nlu_vector.h"

#include <math.h>
#include <string.h>

#define LINE_C 1.5f
#define LINE_LOSS (1 / (2 * LINE_C)) /* what a squared loss adds to the diagonal */
#define LINE_STOP 0.1f
#define LINE_STILL 0.01f /* an example that moves less does not move */
#define LINE_REST_MAX 8

struct line_walk {
    uint32_t *order;
    float *length; /* |x|² + 1 for the bias + the loss term */
    uint8_t *quiet, *rest;
    float *margin, *delta; /* width */
};

enum err
nlu_line_make(const struct nlu_set *set, size_t row_count, struct nlu_line *out)
{
    struct nlu_line line = {.width = NLU_VECTOR_PAD(set->intent_count), .row_count = row_count, .example_count = set->count};
    void *piece = NULL;

    TRY(alloc_make(row_count * line.width, sizeof(float), &piece));
    line.weight = piece;
    enum err err = alloc_make(line.width, sizeof(float), &piece);
    line.bias = err == ERR_NONE ? piece : NULL;
    if (err == ERR_NONE)
        err = alloc_make(set->count * line.width, sizeof(float), &piece);
    line.alpha = err == ERR_NONE ? piece : NULL;
    if (err != ERR_NONE)
        nlu_line_free(&line);
    else
        *out = line;
    return err;
}

void
nlu_line_copy(const struct nlu_line *from, struct nlu_line *to)
{
    memcpy(to->weight, from->weight, from->row_count * from->width * sizeof(float));
    memcpy(to->bias, from->bias, from->width * sizeof(float));
    memcpy(to->alpha, from->alpha, from->example_count * from->width * sizeof(float));
}

void
nlu_line_free(struct nlu_line *line)
{
    alloc_free(&line->weight);
    alloc_free(&line->bias);
    alloc_free(&line->alpha);
}

static void
line_margins(const struct nlu_line *line, const struct nlu_set *set, size_t i, float *margin)
{
    memcpy(margin, line->bias, line->width * sizeof(float));
    nlu_vector_gather(margin, line->weight, line->width, set->item + set->from[i], set->from[i + 1] - set->from[i]);
}

static void
line_move(struct nlu_line *line, const struct nlu_set *set, size_t i, const float *delta)
{
    for (size_t c = 0; c < line->width; c++)
        line->bias[c] += delta[c];
    nlu_vector_spread(line->weight, line->width, set->item + set->from[i], set->from[i + 1] - set->from[i], delta);
}

/* One example: the best step of every intent's alpha. Returns the largest; 0 when the example did not move. */
static float
line_step(struct nlu_line *line, const struct nlu_set *set, size_t i, struct line_walk *walk)
{
    float *alpha = line->alpha + i * line->width, largest = 0;

    line_margins(line, set, i, walk->margin);
    for (size_t c = 0; c < set->intent_count; c++) {
        float side = c == set->intent[i] ? 1 : -1;
        float step = (side * walk->margin[c] - 1 + LINE_LOSS * alpha[c]) / walk->length[i];
        float moved = (alpha[c] > step ? alpha[c] - step : 0) - alpha[c], size = fabsf(moved);
        walk->delta[c] = moved * side;
        largest = size > largest ? size : largest;
    }
    if (largest <= LINE_STILL)
        return 0;
    for (size_t c = 0; c < set->intent_count; c++)
        alpha[c] += c == set->intent[i] ? walk->delta[c] : -walk->delta[c];
    line_move(line, set, i, walk->delta);
    return largest;
}

static float
line_pass(struct nlu_line *line, const struct nlu_set *set, struct line_walk *walk, size_t count, bool is_first)
{
    float largest = 0;

    for (size_t k = 0; k < count; k++) {
        uint32_t i = walk->order[k];
        if (walk->rest[i] > 0) {
            walk->rest[i]--;
            continue;
        }
        float moved = line_step(line, set, i, walk);
        largest = moved > largest ? moved : largest;
        if (moved > 0)
            walk->quiet[i] = 0;
        else if (!is_first)
            walk->rest[i] = walk->quiet[i] = walk->quiet[i] < LINE_REST_MAX ? (uint8_t)(walk->quiet[i] + 1) : LINE_REST_MAX;
    }
    return largest;
}

static void
line_walk_free(struct line_walk *walk)
{
    alloc_free(&walk->order);
    alloc_free(&walk->length);
    alloc_free(&walk->quiet);
    alloc_free(&walk->margin);
}

static enum err
line_walk_make(const struct nlu_line *line, const struct nlu_set *set, struct line_walk *out)
{
    struct line_walk walk = {.order = NULL};
    void *piece = NULL;

    TRY(alloc_make(set->count, sizeof(uint32_t), &piece));
    walk.order = piece;
    enum err err = alloc_make(set->count, sizeof(float), &piece);
    walk.length = err == ERR_NONE ? piece : NULL;
    if (err == ERR_NONE)
        err = alloc_make(2 * set->count, 1, &piece);
    walk.quiet = err == ERR_NONE ? piece : NULL;
    walk.rest = walk.quiet + set->count;
    if (err == ERR_NONE)
        err = alloc_make(2 * line->width, sizeof(float), &piece);
    walk.margin = err == ERR_NONE ? piece : NULL;
    walk.delta = walk.margin + line->width;
    if (err != ERR_NONE) {
        line_walk_free(&walk);
        return err;
    }
    for (size_t i = 0; i < set->count; i++) {
        walk.length[i] = 1 + LINE_LOSS;
        for (uint32_t k = set->from[i]; k < set->from[i + 1]; k++)
            walk.length[i] += set->item[k].value * set->item[k].value;
    }
    *out = walk;
    return ERR_NONE;
}

enum err
nlu_line_train(struct nlu_line *line, const struct nlu_set *set, const uint8_t *fold, int out, int passes)
{
    struct nlu_random random = NLU_RANDOM_SEED(1);
    struct line_walk walk;
    size_t count = 0;

    TRY(line_walk_make(line, set, &walk));
    for (size_t i = 0; i < set->count; i++)
        if (!fold || fold[i] != out)
            walk.order[count++] = (uint32_t)i;
    for (int pass = 0; pass < passes; pass++) {
        nlu_random_shuffle(&random, walk.order, count);
        if (line_pass(line, set, &walk, count, pass < 2) < LINE_STOP)
            break;
    }
    line_walk_free(&walk);
    return ERR_NONE;
}

void
nlu_line_drop(struct nlu_line *line, const struct nlu_set *set, const uint8_t *fold, int out)
{
    for (size_t i = 0; i < set->count; i++) {
        float *alpha = line->alpha + i * line->width;
        if (fold[i] != out)
            continue;
        for (size_t c = 0; c < set->intent_count; c++)
            alpha[c] = c == set->intent[i] ? -alpha[c] : alpha[c];
        line_move(line, set, i, alpha);
        memset(alpha, 0, line->width * sizeof(float));
    }
}
