/* Texts to features. Equal features meet in a small table while they are read, so that nothing is sorted. It keeps no text. */
#include "engine/nlu_bag.h"

#include "engine/utf8.h"

#include "base/alloc.h"

#include <math.h>
#include <sodium.h>
#include <string.h>

#define BAG_GRAM_MAX 5
#define BAG_RUN_MAX 4
#define BAG_PAIR_WORDS_MAX 16
#define BAG_SLOTS (2 * NLU_BAG_MAX)

static uint32_t
bag_features(const struct nlu_rows *rows)
{
    return (rows->has_pairs ? NLU_BAG_BLOCKS : NLU_BAG_PAIRS) * NLU_BAG_BUCKETS;
}

static void
bag_add(const unsigned char *key, struct nlu_bag *bag, uint32_t block, str gram)
{
    unsigned char hash[crypto_shorthash_BYTES];
    uint32_t bucket;

    crypto_shorthash(hash, (const unsigned char *)gram.at, gram.len, key);
    memcpy(&bucket, hash, sizeof bucket);
    uint32_t feature = block * NLU_BAG_BUCKETS + bucket % NLU_BAG_BUCKETS;
    size_t at = (bucket >> 16 ^ block) % BAG_SLOTS;
    while (bag->slot[at] != 0) {
        struct nlu_item *item = &bag->item[bag->slot[at] - 1];
        if (item->row == feature) {
            item->value += 1;
            return;
        }
        at = (at + 1) % BAG_SLOTS;
    }
    if (bag->count == NLU_BAG_MAX)
        return;
    bag->item[bag->count++] = (struct nlu_item){feature, 1};
    bag->slot[at] = (uint16_t)bag->count;
}

static void
bag_add_words(const unsigned char *key, const struct words *words, struct nlu_bag *bag)
{
    char pair[2 * WORDS_LETTERS_MAX + 1];
    str before = STR("^");

    for (size_t i = 0; i <= words->count; i++) {
        str stem = i < words->count ? str_slice(words->stem[i], 0, WORDS_LETTERS_MAX) : STR("$");
        if (i < words->count)
            bag_add(key, bag, NLU_BAG_STEMS, stem);
        memcpy(pair, before.at, before.len);
        pair[before.len] = ' ';
        memcpy(pair + before.len + 1, stem.at, stem.len);
        bag_add(key, bag, NLU_BAG_STEMS, str_bytes(pair, before.len + 1 + stem.len));
        before = stem;
    }
}

/* "order … cancel" is the same pair as "cancel … order". */
static void
bag_add_pairs(const unsigned char *key, const struct words *words, struct nlu_bag *bag)
{
    char pair[2 * WORDS_LETTERS_MAX + 1];
    size_t count = words->count < BAG_PAIR_WORDS_MAX ? words->count : BAG_PAIR_WORDS_MAX;

    for (size_t i = 0; i + 2 < count; i++)
        for (size_t k = i + 2; k < count; k++) {
            str a = str_slice(words->stem[i], 0, WORDS_LETTERS_MAX), b = str_slice(words->stem[k], 0, WORDS_LETTERS_MAX);
            int order = memcmp(a.at, b.at, a.len < b.len ? a.len : b.len);
            bool is_first = order < 0 || (order == 0 && a.len <= b.len);
            str first = is_first ? a : b, second = is_first ? b : a;
            memcpy(pair, first.at, first.len);
            pair[first.len] = '_';
            memcpy(pair + first.len + 1, second.at, second.len);
            bag_add(key, bag, NLU_BAG_PAIRS, str_bytes(pair, first.len + 1 + second.len));
        }
}

/* The letters of one word with the blanks around it. */
static void
bag_add_letters(const unsigned char *key, str bare, struct nlu_bag *bag)
{
    const char *end = bare.at + (bare.len < WORDS_LETTERS_MAX ? bare.len : WORDS_LETTERS_MAX) + 1;

    for (const char *at = bare.at - 1; at < end; at++) {
        const char *to = at;
        if (((unsigned char)*at & 0xC0) == 0x80)
            continue;
        for (int n = 1; n <= BAG_GRAM_MAX && to < end; n++) {
            do
                to++;
            while (to < end && ((unsigned char)*to & 0xC0) == 0x80);
            if (n >= 2)
                bag_add(key, bag, NLU_BAG_LETTERS, str_bytes(at, (size_t)(to - at)));
        }
    }
}

/* Letters without blanks between: runs of 1 to 4 that begin at word i. */
static void
bag_add_run(const unsigned char *key, const struct words *words, size_t i, struct nlu_bag *bag)
{
    char run[BAG_RUN_MAX * 8];
    size_t used = 0;

    for (size_t n = 0; n < BAG_RUN_MAX && i + n < words->count && (n == 0 || words->is_joined[i + n]); n++) {
        str letter = words->bare[i + n];
        if (used + letter.len > sizeof run)
            return;
        memcpy(run + used, letter.at, letter.len);
        used += letter.len;
        bag_add(key, bag, NLU_BAG_LETTERS, str_bytes(run, used));
    }
}

void
nlu_bag_read(const struct nlu_rows *rows, const struct words *stems, const struct words *words, struct nlu_bag *bag)
{
    memset(bag->slot, 0, sizeof bag->slot);
    bag->count = bag->from[NLU_BAG_STEMS] = 0;
    bag_add_words(rows->key, stems, bag);
    bag->from[NLU_BAG_LETTERS] = bag->count;
    for (size_t i = 0; i < words->count; i++) {
        size_t first = 0;
        if (words->word[i].len > 1 && utf8_is_single(utf8_next(words->word[i], &first)))
            bag_add_run(rows->key, words, i, bag);
        else
            bag_add_letters(rows->key, words->bare[i], bag);
    }
    bag->from[NLU_BAG_PAIRS] = bag->count;
    if (rows->has_pairs)
        bag_add_pairs(rows->key, stems, bag);
}

static void
bag_scale(struct nlu_item *item, size_t count, float length)
{
    float sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += item[i].value * item[i].value;
    float by = sum > 0 ? length / sqrtf(sum) : 0;
    for (size_t i = 0; i < count; i++)
        item[i].value *= by;
}

/* Counts are small: 1 + ln tf by table. */
static float
bag_tf(float count)
{
    static const float tf[] = {0, 1, 1.693147f, 2.098612f, 2.386294f, 2.609438f};
    return count < 6 ? tf[(int)count] : 1 + logf(count);
}

static void
bag_scale_blocks(struct nlu_bag *bag)
{
    static const float length[NLU_BAG_BLOCKS] = {1, 1, 0.5f};

    for (int block = 0; block < NLU_BAG_BLOCKS; block++) {
        size_t end = block + 1 < NLU_BAG_BLOCKS ? bag->from[block + 1] : bag->count;
        bag_scale(bag->item + bag->from[block], end - bag->from[block], length[block]);
    }
}

void
nlu_bag_weigh(const struct nlu_rows *rows, struct nlu_bag *bag)
{
    size_t kept = 0;
    int block = 0;

    for (size_t i = 0; i < bag->count; i++) {
        while (block + 1 < NLU_BAG_BLOCKS && bag->from[block + 1] <= i)
            bag->from[++block] = kept;
        uint16_t row = rows->row[bag->item[i].row];
        if (row > 0)
            bag->item[kept++] = (struct nlu_item){row - 1u, bag_tf(bag->item[i].value) * rows->idf[row - 1]};
    }
    while (block + 1 < NLU_BAG_BLOCKS)
        bag->from[++block] = kept;
    bag->count = kept;
    bag_scale_blocks(bag);
}

enum err
nlu_bag_set_make(size_t count, size_t intent_count, struct nlu_set *out)
{
    void *piece = NULL;
    struct nlu_set set = {.intent_count = intent_count};

    uint32_t **lists[] = {&set.from, &set.letters_from, &set.pairs_from, &set.intent};
    enum err err = ERR_NONE;
    for (size_t i = 0; i < sizeof lists / sizeof *lists && err == ERR_NONE; i++) {
        err = alloc_make(count + 1, sizeof(uint32_t), &piece);
        *lists[i] = err == ERR_NONE ? piece : NULL;
    }
    if (err != ERR_NONE)
        nlu_bag_set_free(&set);
    else
        *out = set;
    return err;
}

void
nlu_bag_set_free(struct nlu_set *set)
{
    alloc_free(&set->from);
    alloc_free(&set->letters_from);
    alloc_free(&set->pairs_from);
    alloc_free(&set->intent);
    alloc_free(&set->item);
}

void
nlu_bag_rows_free(struct nlu_rows *rows)
{
    alloc_free(&rows->row);
    alloc_free(&rows->idf);
}

enum err
nlu_bag_set_add(struct nlu_set *set, const struct nlu_bag *bag, size_t intent)
{
    if (set->item_count + bag->count > set->item_room) {
        void *piece = set->item;
        size_t room = (set->item_count + bag->count) * 2 + 4096;
        TRY(alloc_grow(&piece, room * sizeof *set->item));
        set->item = piece;
        set->item_room = room;
    }
    memcpy(set->item + set->item_count, bag->item, bag->count * sizeof *bag->item);
    set->intent[set->count] = (uint32_t)intent;
    set->letters_from[set->count] = (uint32_t)(set->item_count + bag->from[NLU_BAG_LETTERS]);
    set->pairs_from[set->count] = (uint32_t)(set->item_count + bag->from[NLU_BAG_PAIRS]);
    set->item_count += bag->count;
    set->from[++set->count] = (uint32_t)set->item_count;
    return ERR_NONE;
}

size_t
nlu_bag_rows_bytes(const struct nlu_rows *rows)
{
    return bag_features(rows) * sizeof(uint16_t) + rows->count * sizeof(float);
}

/* A feature becomes a row when enough examples have it: one is enough where examples are few. */
static enum err
bag_rows_make(const struct nlu_set *set, struct nlu_rows *rows)
{
    void *piece = NULL, *counts = NULL;
    uint32_t least = set->count <= NLU_BAG_FEW ? 1 : 2, features = bag_features(rows);

    TRY(alloc_make(features, sizeof(uint16_t), &piece));
    rows->row = piece;
    TRY(alloc_make(features, sizeof(uint32_t), &counts));
    uint32_t *count = counts;
    for (size_t i = 0; i < set->item_count; i++)
        count[set->item[i].row]++;
    for (rows->count = UINT32_MAX; rows->count > NLU_BAG_ROWS_MAX; least++) {
        rows->count = 0;
        for (uint32_t f = 0; f < features; f++) {
            bool is_row = count[f] >= least && rows->count < UINT16_MAX;
            rows->row[f] = is_row ? (uint16_t)++rows->count : 0;
            rows->plain_count = f < NLU_BAG_PAIRS * NLU_BAG_BUCKETS ? rows->count : rows->plain_count;
        }
    }
    enum err err = alloc_make(rows->count, sizeof(float), &piece);
    if (err == ERR_NONE) {
        rows->idf = piece;
        for (uint32_t f = 0; f < features; f++)
            if (rows->row[f] > 0)
                rows->idf[rows->row[f] - 1] = sqrtf(logf((1 + (float)set->count) / (1 + (float)count[f])) + 1);
    }
    alloc_free(&counts);
    return err;
}

/* One example of counts to rows and weights; it shrinks in place. */
static void
bag_set_weigh_one(struct nlu_set *set, const struct nlu_rows *rows, size_t i, struct nlu_bag *bag, uint32_t *to)
{
    uint32_t from = set->from[i];

    bag->count = set->from[i + 1] - from;
    memcpy(bag->item, set->item + from, bag->count * sizeof *bag->item);
    bag->from[NLU_BAG_STEMS] = 0;
    bag->from[NLU_BAG_LETTERS] = set->letters_from[i] - from;
    bag->from[NLU_BAG_PAIRS] = set->pairs_from[i] - from;
    nlu_bag_weigh(rows, bag);
    memcpy(set->item + *to, bag->item, bag->count * sizeof *bag->item);
    set->from[i] = *to;
    set->letters_from[i] = *to + (uint32_t)bag->from[NLU_BAG_LETTERS];
    set->pairs_from[i] = *to + (uint32_t)bag->from[NLU_BAG_PAIRS];
    *to += (uint32_t)bag->count;
}

enum err
nlu_bag_set_weigh(struct nlu_set *set, struct nlu_rows *rows)
{
    void *piece = NULL;
    uint32_t to = 0;

    TRY(bag_rows_make(set, rows));
    TRY(alloc_make(1, sizeof(struct nlu_bag), &piece));
    for (size_t i = 0; i < set->count; i++)
        bag_set_weigh_one(set, rows, i, piece, &to);
    set->from[set->count] = to;
    set->item_count = to;
    alloc_free(&piece);
    return ERR_NONE;
}
