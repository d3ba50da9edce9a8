/* Confidence and scope, fitted on judgements of unseen examples. It keeps hashed features of some examples, no text. */
#include "engine/nlu_scope.h"

#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NEAR_EXAMPLES_MAX 16 /* of an intent */
#define SCOPE_REFUSED_RATIO 0.055f
#define SCOPE_CURVE 4
#define SCOPE_RIDGE 1.0f
#define SCOPE_STEPS 20

struct nlu_near {
    size_t intent_count, example_count, item_count;
    uint32_t *intent_from; /* intent_count + 1; into from */
    uint32_t *from;        /* example_count + 1; into row, value */
    uint16_t *row;
    uint8_t *value;        /* 1/255 */
};

/* Picks examples evenly over the author's order. Counts when near->row is NULL. */
static void
near_fill(const struct nlu_set *set, const uint8_t *fold, int without, struct nlu_near *near)
{
    near->example_count = near->item_count = 0;
    for (size_t c = 0; c < set->intent_count; c++) {
        size_t all = 0, seen = 0, taken = 0;
        for (size_t i = 0; i < set->count; i++)
            all += set->intent[i] == c && (!fold || fold[i] != without);
        size_t wanted = all < NEAR_EXAMPLES_MAX ? all : NEAR_EXAMPLES_MAX;
        if (near->row)
            near->intent_from[c] = (uint32_t)near->example_count;
        for (size_t i = 0; i < set->count && taken < wanted; i++) {
            if (set->intent[i] != c || (fold && fold[i] == without) || seen++ * wanted / all < taken)
                continue;
            taken++;
            for (uint32_t k = set->letters_from[i]; k < set->pairs_from[i]; k++, near->item_count++)
                if (near->row) {
                    near->row[near->item_count] = (uint16_t)set->item[k].row;
                    near->value[near->item_count] = (uint8_t)lrintf(set->item[k].value * 255);
                }
            near->example_count++;
            if (near->row)
                near->from[near->example_count] = (uint32_t)near->item_count;
        }
    }
    if (near->row)
        near->intent_from[set->intent_count] = (uint32_t)near->example_count;
}

enum err
nlu_scope_near_make(const struct nlu_set *set, const uint8_t *fold, int without, struct nlu_near **out)
{
    void *piece = NULL;

    TRY(alloc_make(1, sizeof(struct nlu_near), &piece));
    struct nlu_near *near = piece;
    near->intent_count = set->intent_count;
    near_fill(set, fold, without, near);
    enum err err = alloc_make(set->intent_count + 1, sizeof(uint32_t), &piece);
    near->intent_from = err == ERR_NONE ? piece : NULL;
    if (err == ERR_NONE)
        err = alloc_make(near->example_count + 1, sizeof(uint32_t), &piece);
    near->from = err == ERR_NONE ? piece : NULL;
    if (err == ERR_NONE)
        err = alloc_make(near->item_count, 1, &piece);
    near->value = err == ERR_NONE ? piece : NULL;
    if (err == ERR_NONE)
        err = alloc_make(near->item_count, sizeof(uint16_t), &piece);
    near->row = err == ERR_NONE ? piece : NULL;
    if (err != ERR_NONE) {
        nlu_scope_near_free(&near);
        return err;
    }
    near_fill(set, fold, without, near);
    *out = near;
    return ERR_NONE;
}

void
nlu_scope_near_free(struct nlu_near **near)
{
    if (!*near)
        return;
    alloc_free(&(*near)->intent_from);
    alloc_free(&(*near)->from);
    alloc_free(&(*near)->row);
    alloc_free(&(*near)->value);
    alloc_free(near);
}

size_t
nlu_scope_near_bytes(const struct nlu_near *near)
{
    return sizeof *near + (near->intent_count + near->example_count + 2) * sizeof(uint32_t) + near->item_count * 3;
}

float
nlu_scope_near(const struct nlu_near *near, struct nlu_bag *bag, size_t intent)
{
    const size_t slots = sizeof bag->slot / sizeof bag->slot[0];
    float best = 0;

    memset(bag->slot, 0, sizeof bag->slot);
    for (size_t i = bag->from[NLU_BAG_LETTERS]; i < bag->from[NLU_BAG_PAIRS]; i++) {
        size_t at = bag->item[i].row % slots;
        while (bag->slot[at] != 0)
            at = (at + 1) % slots;
        bag->slot[at] = (uint16_t)(i + 1);
    }
    for (uint32_t e = near->intent_from[intent]; e < near->intent_from[intent + 1]; e++) {
        float sum = 0;
        for (uint32_t k = near->from[e]; k < near->from[e + 1]; k++)
            for (size_t at = near->row[k] % slots; bag->slot[at] != 0; at = (at + 1) % slots)
                if (bag->item[bag->slot[at] - 1].row == near->row[k]) {
                    sum += bag->item[bag->slot[at] - 1].value * (float)near->value[k];
                    break;
                }
        best = sum > best ? sum : best;
    }
    return best / 255;
}

float
nlu_scope_score(const struct nlu_scope *scope, const struct nlu_signs *signs)
{
    return (signs->margin - scope->mean[0]) / scope->spread[0] + 0.5f * (signs->near - scope->mean[1]) / scope->spread[1] +
           0.35f * (signs->coverage - scope->mean[2]) / scope->spread[2];
}

static void
scope_inputs(const struct nlu_scope *scope, const struct nlu_signs *signs, float x[SCOPE_CURVE])
{
    float ratio = fminf(fmaxf(signs->ratio, 1e-4f), 1 - 1e-4f);

    x[0] = 1;
    x[1] = logf(ratio / (1 - ratio));
    x[2] = fminf(signs->gap, 2);
    x[3] = nlu_scope_score(scope, signs);
}

static float
scope_curve(const float curve[SCOPE_CURVE], const float x[SCOPE_CURVE])
{
    float sum = 0;

    for (int i = 0; i < SCOPE_CURVE; i++)
        sum += curve[i] * x[i];
    return 1 / (1 + expf(-sum));
}

float
nlu_scope_confidence(const struct nlu_scope *scope, const struct nlu_signs *signs)
{
    float x[SCOPE_CURVE];

    scope_inputs(scope, signs, x);
    return scope_curve(scope->curve, x);
}

/* Gauss, with the largest pivot: a is SCOPE_CURVE rows of SCOPE_CURVE and the right side. */
static void
scope_solve(double a[SCOPE_CURVE][SCOPE_CURVE + 1], double out[SCOPE_CURVE])
{
    for (int i = 0; i < SCOPE_CURVE; i++) {
        int top = i;
        for (int k = i + 1; k < SCOPE_CURVE; k++)
            top = fabs(a[k][i]) > fabs(a[top][i]) ? k : top;
        for (int j = 0; j <= SCOPE_CURVE; j++) {
            double swap = a[i][j];
            a[i][j] = a[top][j];
            a[top][j] = swap;
        }
        for (int k = i + 1; k < SCOPE_CURVE; k++)
            for (int j = SCOPE_CURVE; j >= i; j--)
                a[k][j] -= a[k][i] / a[i][i] * a[i][j];
    }
    for (int i = SCOPE_CURVE - 1; i >= 0; i--) {
        out[i] = a[i][SCOPE_CURVE];
        for (int j = i + 1; j < SCOPE_CURVE; j++)
            out[i] -= a[i][j] * out[j];
        out[i] /= a[i][i];
    }
}

/* Newton's steps of logistic regression; a small ridge holds the curve near "ratio is right" when there is little to learn from. */
static void
scope_fit_curve(const struct nlu_signs *signs, size_t count, struct nlu_scope *scope)
{
    static const float start[SCOPE_CURVE] = {0.5f, 1, 0, 0};

    memcpy(scope->curve, start, sizeof start);
    for (int step = 0; step < SCOPE_STEPS; step++) {
        double a[SCOPE_CURVE][SCOPE_CURVE + 1] = {{0}}, move[SCOPE_CURVE];
        for (size_t i = 0; i < count; i++) {
            float x[SCOPE_CURVE];
            scope_inputs(scope, &signs[i], x);
            double p = (double)scope_curve(scope->curve, x), weight = p * (1 - p), miss = (signs[i].is_right ? 1 : 0) - p;
            for (int j = 0; j < SCOPE_CURVE; j++) {
                for (int k = 0; k < SCOPE_CURVE; k++)
                    a[j][k] += weight * (double)x[j] * (double)x[k];
                a[j][SCOPE_CURVE] += miss * (double)x[j];
            }
        }
        for (int j = 0; j < SCOPE_CURVE; j++) {
            a[j][j] += (double)SCOPE_RIDGE;
            a[j][SCOPE_CURVE] -= (double)(SCOPE_RIDGE * (scope->curve[j] - start[j]));
        }
        scope_solve(a, move);
        for (int j = 0; j < SCOPE_CURVE; j++)
            scope->curve[j] += (float)fmax(fmin(move[j], 2), -2);
    }
}

static float
scope_sign(const struct nlu_signs *signs, int which)
{
    return which == 0 ? signs->margin : which == 1 ? signs->near : signs->coverage;
}

static int
scope_order(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

void
nlu_scope_fit(const struct nlu_signs *signs, size_t count, struct nlu_scope *out)
{
    void *piece = NULL;
    struct nlu_scope scope = {.spread = {1, 1, 1}, .least = -3, .curve = {0.5f, 1, 0, 0}};

    for (int which = 0; which < 3 && count > 0; which++) {
        double sum = 0, square = 0;
        for (size_t i = 0; i < count; i++) {
            sum += (double)scope_sign(&signs[i], which);
            square += (double)scope_sign(&signs[i], which) * (double)scope_sign(&signs[i], which);
        }
        double mean = sum / (double)count;
        scope.mean[which] = (float)mean;
        scope.spread[which] = (float)sqrt(fmax(square / (double)count - mean * mean, 1e-4));
    }
    if (count > 0 && alloc_make(count, sizeof(float), &piece) == ERR_NONE) {
        float *scores = piece;
        for (size_t i = 0; i < count; i++)
            scores[i] = nlu_scope_score(&scope, &signs[i]);
        qsort(scores, count, sizeof *scores, scope_order);
        scope.least = scores[(size_t)((float)count * SCOPE_REFUSED_RATIO)];
        scope_fit_curve(signs, count, &scope);
    }
    alloc_free(&piece);
    *out = scope;
}
