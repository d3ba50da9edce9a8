/* Texts to features. Equal features meet in a small table while they are read, so that nothing is sorted. It keeps no text. */
#include "engine/nlu_bag.h"

#include "engine/utf8.h"

#include "base/alloc.h"

#include <math.h>
#include <sodium.h>
#include <string.h>

#define BAG_GRAM_MAX 5
#define BAG_RUN_MAX 4
#define BAG_SLOTS (2 * NLU_BAG_MAX)

static void
bag_add(const unsigned char *key, struct nlu_bag *bag, uint32_t block, str gram)
{
    unsigned char hash[crypto_shorthash_BYTES];
    uint32_t bucket;

    crypto_shorthash(hash, (const unsigned char *)gram.at, gram.len, key);
    memcpy(&bucket, hash, sizeof bucket);
    uint32_t feature = block * NLU_BAG_BUCKETS + bucket % NLU_BAG_BUCKETS;
    size_t at = (bucket >> 14) % BAG_SLOTS;
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
            bag_add(key, bag, 0, stem);
        memcpy(pair, before.at, before.len);
        pair[before.len] = ' ';
        memcpy(pair + before.len + 1, stem.at, stem.len);
        bag_add(key, bag, 0, str_bytes(pair, before.len + 1 + stem.len));
        before = stem;
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
                bag_add(key, bag, 1, str_bytes(at, (size_t)(to - at)));
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
        bag_add(key, bag, 1, str_bytes(run, used));
    }
}

void
nlu_bag_read(const unsigned char key[NLU_BAG_KEY_BYTES], const struct words *stems, const struct words *words, struct nlu_bag *bag)
{
    memset(bag->slot, 0, sizeof bag->slot);
    bag->count = 0;
    bag_add_words(key, stems, bag);
    bag->letters_from = bag->count;
    for (size_t i = 0; i < words->count; i++) {
        size_t first = 0;
        if (words->word[i].len > 1 && utf8_is_single(utf8_next(words->word[i], &first)))
            bag_add_run(key, words, i, bag);
        else
            bag_add_letters(key, words->bare[i], bag);
    }
}

static void
bag_scale(struct nlu_item *item, size_t count)
{
    float sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += item[i].value * item[i].value;
    float by = sum > 0 ? 1 / sqrtf(sum) : 0;
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

void
nlu_bag_weigh(const struct nlu_rows *rows, struct nlu_bag *bag)
{
    size_t kept = 0, letters = 0;

    for (size_t i = 0; i < bag->count; i++) {
        if (i == bag->letters_from)
            letters = kept;
        uint16_t row = rows->row[bag->item[i].row];
        if (row > 0)
            bag->item[kept++] = (struct nlu_item){row - 1u, bag_tf(bag->item[i].value) * rows->idf[row - 1]};
    }
    bag->letters_from = bag->letters_from >= bag->count ? kept : letters;
    bag->count = kept;
    bag_scale(bag->item, bag->letters_from);
    bag_scale(bag->item + bag->letters_from, kept - bag->letters_from);
}

enum err
nlu_bag_set_make(size_t count, size_t intent_count, struct nlu_set *out)
{
    void *piece = NULL;
    struct nlu_set set = {.intent_count = intent_count};

    enum err err = alloc_make(count + 1, sizeof(uint32_t), &piece);
    set.from = piece;
    if (err == ERR_NONE)
        err = alloc_make(count + 1, sizeof(uint32_t), &piece);
    set.letters_from = err == ERR_NONE ? piece : NULL;
    if (err == ERR_NONE)
        err = alloc_make(count + 1, sizeof(uint32_t), &piece);
    set.intent = err == ERR_NONE ? piece : NULL;
    if (err != ERR_NONE) {
        nlu_bag_set_free(&set);
        return err;
    }
    *out = set;
    return ERR_NONE;
}

void
nlu_bag_set_free(struct nlu_set *set)
{
    alloc_free(&set->from);
    alloc_free(&set->letters_from);
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
    set->letters_from[set->count] = (uint32_t)(set->item_count + bag->letters_from);
    set->item_count += bag->count;
    set->from[++set->count] = (uint32_t)set->item_count;
    return ERR_NONE;
}

/* Rows in the order of the features: what is frequent has no place of its own. */
static enum err
bag_rows_make(const struct nlu_set *set, struct nlu_rows *rows)
{
    void *piece = NULL, *counts = NULL;

    TRY(alloc_make(NLU_BAG_FEATURES, sizeof(uint16_t), &piece));
    rows->row = piece;
    TRY(alloc_make(NLU_BAG_FEATURES, sizeof(float), &counts));
    float *count = counts;
    for (size_t i = 0; i < set->item_count; i++)
        count[set->item[i].row] += 1;
    for (uint32_t f = 0; f < NLU_BAG_FEATURES; f++)
        if (count[f] > 0)
            rows->row[f] = (uint16_t)++rows->count;
    enum err err = alloc_make(rows->count, sizeof(float), &piece);
    if (err == ERR_NONE) {
        rows->idf = piece;
        for (uint32_t f = 0; f < NLU_BAG_FEATURES; f++)
            if (count[f] > 0)
                rows->idf[rows->row[f] - 1] = sqrtf(logf((1 + (float)set->count) / (1 + count[f])) + 1);
    }
    alloc_free(&counts);
    return err;
}

enum err
nlu_bag_set_weigh(struct nlu_set *set, struct nlu_rows *rows)
{
    TRY(bag_rows_make(set, rows));
    for (size_t i = 0; i < set->item_count; i++) {
        struct nlu_item *item = &set->item[i];
        uint32_t row = rows->row[item->row] - 1u;
        *item = (struct nlu_item){row, bag_tf(item->value) * rows->idf[row]};
    }
    for (size_t i = 0; i < set->count; i++) {
        bag_scale(set->item + set->from[i], set->letters_from[i] - set->from[i]);
        bag_scale(set->item + set->letters_from[i], set->from[i + 1] - set->letters_from[i]);
    }
    return ERR_NONE;
}
