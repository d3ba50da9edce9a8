/* nlu_bag.h - a text as a bag of hashed features, and the examples of a bot as a set of bags.
 *
 *   block 0  stems, pairs of neighbouring stems with the ends of the text
 *   block 1  2 to 5 letters of each word padded with a blank; 1 to 4 letters where a script puts no blanks
 *   block 2  pairs of stems that do not stand side by side, in any order; where examples are few
 *
 * Weight (1 + ln tf) · idf^0.5, idf = ln((1 + N) / (1 + df)) + 1; blocks to length 1, 1, 1/2. What only one example has is left out
 * where there are many.
 * From: Rennie et al. 2003; the keyed hash is SipHash, so that nobody who lacks the bot's files can make words collide.
 */
#ifndef ENGINE_NLU_BAG_H
#define ENGINE_NLU_BAG_H

#include "engine/nlu_vector.h"
#include "engine/words.h"

#define NLU_BAG_BLOCKS 3
#define NLU_BAG_STEMS 0
#define NLU_BAG_LETTERS 1
#define NLU_BAG_PAIRS 2
#define NLU_BAG_BUCKETS ((uint32_t)1 << 16) /* per block */
#define NLU_BAG_FEW ((size_t)3000) /* examples */
#define NLU_BAG_ROWS_MAX ((uint32_t)28000)
#define NLU_BAG_MAX ((size_t)1024) /* different features of one text; the rest is not read */
#define NLU_BAG_KEY_BYTES 16

struct nlu_bag {
    struct nlu_item item[NLU_BAG_MAX]; /* row: a feature at first, then 0 … row_count - 1 */
    size_t count;
    size_t from[NLU_BAG_BLOCKS]; /* the first item of each block */
    uint16_t slot[2 * NLU_BAG_MAX];
};

/* What turns features into rows: the same for training and for use. */
struct nlu_rows {
    unsigned char key[NLU_BAG_KEY_BYTES];
    bool has_pairs;
    uint16_t *row;  /* per feature: 1 + row; 0 unknown */
    float *idf;     /* per row: idf^0.5 */
    uint32_t count, plain_count; /* all; those of stems and letters, which come first */
};

/* The examples of a bot. */
struct nlu_set {
    size_t count, intent_count;
    uint32_t *from;         /* count + 1; into item */
    uint32_t *letters_from, *pairs_from; /* count: the first item of blocks 1 and 2 */
    uint32_t *intent;
    struct nlu_item *item;
    size_t item_count, item_room;
};

/* nlu_bag_read - counts of hashed features; replaces what the bag held. Block 1 is read from `words`, the others from `stems`:
 * the same words, or mended ones. Uses key and has_pairs of the rows. */
void nlu_bag_read(const struct nlu_rows *rows, const struct words *stems, const struct words *words, struct nlu_bag *bag);
/* nlu_bag_weigh - features to rows, counts to weights; what no example has is dropped. */
void nlu_bag_weigh(const struct nlu_rows *rows, struct nlu_bag *bag);
/* nlu_bag_set_add - one more example of counts. Errs: ERR_MEMORY. */
enum err nlu_bag_set_add(struct nlu_set *set, const struct nlu_bag *bag, size_t intent) MUST_CHECK;
/* nlu_bag_set_weigh - makes the rows of all examples and weighs them. Errs: ERR_MEMORY. */
enum err nlu_bag_set_weigh(struct nlu_set *set, struct nlu_rows *rows) MUST_CHECK;
/* nlu_bag_set_make - room for `count` examples. */
enum err nlu_bag_set_make(size_t count, size_t intent_count, struct nlu_set *out) MUST_CHECK;
void nlu_bag_set_free(struct nlu_set *set);
void nlu_bag_rows_free(struct nlu_rows *rows);
size_t nlu_bag_rows_bytes(const struct nlu_rows *rows);

#endif
