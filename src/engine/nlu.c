/* The intent model. Training is liblinear's; prediction is our own loop over 8-bit weights, one row per feature. The hash is keyed
 * by the examples themselves. It keeps weights, never an example's text. */
#include "engine/nlu.h"

#include "base/alloc.h"
#include "crypt/hkdf.h"

#include <linear.h>
#include <math.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define NLU_BUCKETS ((uint32_t)1 << 14) /* per block */
#define NLU_FEATURES (2 * NLU_BUCKETS)
#define NLU_MAX_PER_TEXT ((size_t)4096)

struct nlu {
    unsigned char key[crypto_shorthash_KEYBYTES];
    size_t intent_count;
    uint32_t example_count;
    float *idf;      /* NLU_FEATURES: idf^0.5; 0 unknown */
    int8_t *weights; /* NLU_FEATURES rows of intent_count */
    float *scale, *bias;
};

struct nlu_bag {
    struct nlu_item {
        uint32_t feature;
        float value;
    } item[NLU_MAX_PER_TEXT];
    size_t count, word_count;
};

static void
nlu_add(const struct nlu *nlu, struct nlu_bag *bag, uint32_t block, const char *at, size_t len)
{
    unsigned char hash[crypto_shorthash_BYTES];
    uint32_t bucket;

    if (bag->count == NLU_MAX_PER_TEXT)
        return;
    crypto_shorthash(hash, (const unsigned char *)at, len, nlu->key);
    memcpy(&bucket, hash, sizeof bucket);
    bag->item[bag->count++] = (struct nlu_item){block * NLU_BUCKETS + bucket % NLU_BUCKETS, 1};
}

static int
nlu_item_order(const void *a, const void *b)
{
    uint32_t x = ((const struct nlu_item *)a)->feature, y = ((const struct nlu_item *)b)->feature;
    return (x > y) - (x < y);
}

/* Equal features become one with their count. */
static void
nlu_bag_merge(struct nlu_bag *bag)
{
    size_t kept = 0;

    qsort(bag->item, bag->count, sizeof *bag->item, nlu_item_order);
    for (size_t i = 0; i < bag->count; i++) {
        if (kept > 0 && bag->item[kept - 1].feature == bag->item[i].feature)
            bag->item[kept - 1].value += 1;
        else
            bag->item[kept++] = bag->item[i];
    }
    bag->count = kept;
}

static void
nlu_bag_words(const struct nlu *nlu, const struct words *words, struct nlu_bag *bag)
{
    char pair[256];
    str before = STR("^");

    for (size_t i = 0; i <= words->count; i++) {
        str stem = i < words->count ? words->stem[i] : STR("$");
        if (i < words->count)
            nlu_add(nlu, bag, 0, stem.at, stem.len);
        if (before.len + stem.len + 1 < sizeof pair) {
            memcpy(pair, before.at, before.len);
            pair[before.len] = ' ';
            memcpy(pair + before.len + 1, stem.at, stem.len);
            nlu_add(nlu, bag, 0, pair, before.len + 1 + stem.len);
        }
        before = stem;
    }
    bag->word_count = words->count;
}

static void
nlu_bag_characters(const struct nlu *nlu, const struct words *words, struct nlu_bag *bag)
{
    for (size_t i = 0; i < words->count; i++) {
        /* Words lie in `folded` with a blank on each side: the padding is there already. */
        const char *from = words->word[i].at - 1, *end = words->word[i].at + words->word[i].len + 1;
        for (const char *at = from; at < end; at++) {
            const char *to = at;
            if (((unsigned char)*at & 0xC0) == 0x80)
                continue;
            for (int n = 1; n <= 5 && to < end; n++) {
                do
                    to++;
                while (to < end && ((unsigned char)*to & 0xC0) == 0x80);
                if (n >= 2)
                    nlu_add(nlu, bag, 1, at, (size_t)(to - at));
            }
        }
    }
}

/* Counts → weights: (1 + ln tf) · idf^0.5, each block to length 1. */
static void
nlu_bag_weigh(const struct nlu *nlu, struct nlu_bag *bag)
{
    float norm[2] = {0, 0};

    for (size_t i = 0; i < bag->count; i++) {
        struct nlu_item *item = &bag->item[i];
        item->value = (1 + logf(item->value)) * nlu->idf[item->feature];
        norm[item->feature / NLU_BUCKETS] += item->value * item->value;
    }
    for (size_t i = 0; i < bag->count; i++) {
        float length = sqrtf(norm[bag->item[i].feature / NLU_BUCKETS]);
        bag->item[i].value = length > 0 ? bag->item[i].value / length : 0;
    }
}

static enum err
nlu_bags(struct nlu *nlu, const struct nlu_example *examples, size_t count, struct nlu_bag **out)
{
    ARENA_SCOPE(arena);
    void *piece = NULL, *scratch = NULL;
    struct words words;

    TRY(arena_make((size_t)1 << 18, &arena));
    TRY(alloc_make(1, sizeof(struct nlu_bag), &scratch));
    struct nlu_bag *bag = scratch;
    enum err err = alloc_make(count, sizeof(struct nlu_bag *), &piece);
    struct nlu_bag **bags = piece;
    for (size_t i = 0; i < count && err == ERR_NONE; i++) {
        arena_reset(arena);
        err = words_take(arena, examples[i].text, examples[i].language, &words);
        if (err != ERR_NONE)
            break;
        bag->count = 0;
        nlu_bag_words(nlu, &words, bag);
        nlu_bag_characters(nlu, &words, bag);
        nlu_bag_merge(bag);
        for (size_t k = 0; k < bag->count; k++)
            nlu->idf[bag->item[k].feature] += 1;
        size_t bytes = offsetof(struct nlu_bag, item) + bag->count * sizeof *bag->item;
        void *copy = NULL;
        err = alloc_make(1, bytes < sizeof *bag ? sizeof *bag : bytes, &copy);
        if (err == ERR_NONE) {
            memcpy(copy, bag, sizeof *bag);
            bags[i] = copy;
        }
    }
    alloc_free(&scratch);
    *out = NULL;
    if (err == ERR_NONE)
        memcpy(out, &bags, sizeof bags);
    return err;
}

static void
nlu_silent(const char *text)
{
    (void)text;
}

/* liblinear's weights (features × classes, by label order) → rows of int8 with one scale per class. */
static void
nlu_take_weights(struct nlu *nlu, const struct model *model)
{
    int classes = model->nr_class;

    for (int c = 0; c < classes; c++) {
        double top = 1e-9;
        for (uint32_t f = 0; f < NLU_FEATURES; f++)
            top = fmax(top, fabs(model->w[(size_t)f * (size_t)classes + (size_t)c]));
        size_t intent = (size_t)model->label[c];
        nlu->scale[intent] = (float)(top / 127);
        nlu->bias[intent] = (float)model->w[(size_t)NLU_FEATURES * (size_t)classes + (size_t)c];
        for (uint32_t f = 0; f < NLU_FEATURES; f++)
            nlu->weights[(size_t)f * nlu->intent_count + intent] =
                (int8_t)lround(model->w[(size_t)f * (size_t)classes + (size_t)c] / top * 127);
    }
}

static enum err
nlu_train(struct nlu *nlu, const struct nlu_example *examples, struct nlu_bag *const *bags, size_t count)
{
    size_t nodes = 0;
    void *pool = NULL, *rows = NULL, *labels = NULL;

    for (size_t i = 0; i < count; i++)
        nodes += bags[i]->count + 2;
    TRY(alloc_make(nodes, sizeof(struct feature_node), &pool));
    enum err err = alloc_make(count, sizeof(struct feature_node *), &rows);
    if (err == ERR_NONE)
        err = alloc_make(count, sizeof(double), &labels);
    if (err == ERR_NONE) {
        struct feature_node *at = pool, **row = rows;
        for (size_t i = 0; i < count; i++) {
            nlu_bag_weigh(nlu, bags[i]);
            row[i] = at;
            ((double *)labels)[i] = (double)examples[i].intent;
            for (size_t k = 0; k < bags[i]->count; k++)
                *at++ = (struct feature_node){(int)bags[i]->item[k].feature + 1, (double)bags[i]->item[k].value};
            *at++ = (struct feature_node){(int)NLU_FEATURES + 1, 1};
            *at++ = (struct feature_node){-1, 0};
        }
        struct problem problem = {(int)count, (int)NLU_FEATURES + 1, labels, rows, 1};
        struct parameter parameter = {.solver_type = L2R_L2LOSS_SVC_DUAL, .eps = 0.1, .C = 1};
        set_print_string_function(nlu_silent);
        srand(1); /* liblinear shuffles by rand(): the same bot gives the same model but for the hash key */
        struct model *model = train(&problem, &parameter);
        nlu_take_weights(nlu, model);
        free_and_destroy_model(&model);
    }
    alloc_free(&labels);
    alloc_free(&rows);
    alloc_free(&pool);
    return err;
}

static enum err
nlu_fill(struct nlu *nlu, const struct nlu_example *examples, size_t count)
{
    void *piece = NULL;
    struct nlu_bag **bags = NULL, *list = NULL;

    TRY(alloc_make(NLU_FEATURES, sizeof(float), &piece));
    nlu->idf = piece;
    TRY(alloc_make((size_t)NLU_FEATURES * nlu->intent_count, 1, &piece));
    nlu->weights = piece;
    TRY(alloc_make(nlu->intent_count, sizeof(float), &piece));
    nlu->scale = piece;
    TRY(alloc_make(nlu->intent_count, sizeof(float), &piece));
    nlu->bias = piece;
    TRY(nlu_bags(nlu, examples, count, &list));
    memcpy(&bags, &list, sizeof bags);
    for (uint32_t f = 0; f < NLU_FEATURES; f++)
        if (nlu->idf[f] > 0)
            nlu->idf[f] = sqrtf(logf((1 + (float)count) / (1 + nlu->idf[f])) + 1);
    enum err err = nlu_train(nlu, examples, bags, count);
    for (size_t i = 0; i < count; i++)
        alloc_free(&bags[i]);
    alloc_free(&bags);
    return err;
}

/* The hash key comes from the examples: the same bot answers the same after each load, and who does not know the bot's files can't
 * make words collide. */
static void
nlu_key(struct nlu *nlu, const struct nlu_example *examples, size_t count)
{
    unsigned char hash[32] = {0};

    for (size_t i = 0; i < count; i++)
        hkdf_hash(HKDF_PIECES(str_bytes(hash, sizeof hash), examples[i].language, examples[i].text), hash);
    memcpy(nlu->key, hash, sizeof nlu->key);
}

enum err
nlu_make(const struct nlu_example *examples, size_t count, size_t intent_count, struct nlu **out)
{
    void *piece = NULL;

    if (count < 3 || intent_count < 3)
        return err_raise(ERR_INPUT, "nlu: fewer than three intents");
    TRY(alloc_make(1, sizeof(struct nlu), &piece));
    struct nlu *nlu = piece;
    nlu->intent_count = intent_count;
    nlu->example_count = (uint32_t)count;
    nlu_key(nlu, examples, count);
    enum err err = nlu_fill(nlu, examples, count);
    if (err != ERR_NONE) {
        nlu_free(&nlu);
        return err;
    }
    *out = nlu;
    return ERR_NONE;
}

void
nlu_free(struct nlu **nlu)
{
    if (!*nlu)
        return;
    alloc_free(&(*nlu)->idf);
    alloc_free(&(*nlu)->weights);
    alloc_free(&(*nlu)->scale);
    alloc_free(&(*nlu)->bias);
    alloc_free(nlu);
}

static float
nlu_known(const struct nlu *nlu, struct arena *arena, const struct words *words, struct nlu_bag *bag)
{
    size_t known = 0;
    (void)arena;
    for (size_t i = 0; i < words->count; i++) {
        bag->count = 0;
        nlu_add(nlu, bag, 0, words->stem[i].at, words->stem[i].len);
        known += nlu->idf[bag->item[0].feature] > 0;
    }
    return words->count ? (float)known / (float)words->count : 0;
}

enum err
nlu_find(const struct nlu *nlu, struct arena *arena, const struct words *words, struct nlu_result *out)
{
    void *piece = NULL, *sums = NULL;
    struct nlu_result best = {.score = -1e9f, .second_score = -1e9f};

    TRY(arena_take(arena, 1, sizeof(struct nlu_bag), &piece));
    TRY(arena_take(arena, nlu->intent_count, sizeof(float), &sums));
    struct nlu_bag *bag = piece;
    float *sum = sums;
    best.known_ratio = nlu_known(nlu, arena, words, bag);
    bag->count = 0;
    nlu_bag_words(nlu, words, bag);
    nlu_bag_characters(nlu, words, bag);
    nlu_bag_merge(bag);
    nlu_bag_weigh(nlu, bag);
    for (size_t i = 0; i < bag->count; i++) {
        const int8_t *row = nlu->weights + (size_t)bag->item[i].feature * nlu->intent_count;
        for (size_t c = 0; c < nlu->intent_count; c++)
            sum[c] += bag->item[i].value * (float)row[c];
    }
    for (size_t c = 0; c < nlu->intent_count; c++) {
        float score = sum[c] * nlu->scale[c] + nlu->bias[c];
        if (score > best.score) {
            best.second = best.intent;
            best.second_score = best.score;
            best.intent = c;
            best.score = score;
        } else if (score > best.second_score) {
            best.second = c;
            best.second_score = score;
        }
    }
    *out = best;
    return ERR_NONE;
}
