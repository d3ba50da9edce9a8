/* name_tagger.h - which words of a message are a person's name or a place, by a small linear model.
 *
 * Trained by tools/guard/name_train.c from the data that NOTICE lists; the program holds hashed weights and hashed word classes only.
 * From: averaged structured perceptron, Collins 2002; decoding after Viterbi 1967.
 */
#ifndef GUARD_NAME_TAGGER_H
#define GUARD_NAME_TAGGER_H

#include "guard/pii_private.h"

enum name_label { NAME_O, NAME_B_PER, NAME_I_PER, NAME_B_LOC, NAME_I_LOC, NAME_LABELS };

/* Classes of a word in the gazetteer: two bits each for given name, surname and everyday word, one each for a place and for the
 * first word of a longer place. */
enum name_class { NAME_FIRST = 3, NAME_LAST = 12, NAME_COMMON = 48, NAME_PLACE = 64, NAME_PLACE_BEGINS = 128 };
#define NAME_FIRST_OF(class) ((class) & 3u)
#define NAME_LAST_OF(class) ((class) >> 2 & 3u)
#define NAME_COMMON_OF(class) ((class) >> 4 & 3u)

/* A name that is no everyday word, or is so much more a name: John, Peter. */
#define NAME_IS_RARE(class) (NAME_COMMON_OF(class) == 0 || (NAME_COMMON_OF(class) == 1 && NAME_FIRST_OF(class) == 3))

#define NAME_BUCKETS ((uint32_t)1 << 16)
#define NAME_FEATURES 28

struct name_token {
    uint64_t hash;
    str bare; /* the word without its 's; empty for digits and codes */
    uint8_t class, shape, gap; /* gap: what stands before: 0 nothing, 1 blank, 2 comma, 3 full stop or break, 4 other */
};

/* What is learned: a row of NAME_LABELS values per bucket, and how labels follow each other (row NAME_LABELS: the beginning). */
struct name_model {
    int8_t weight[NAME_BUCKETS][8];
    int16_t follow[NAME_LABELS + 1][8];
};

/* name_tagger_load - the gazetteer into the tables, at pii_make. */
void name_tagger_load(struct pii *pii);
/* name_tagger_class - of a word's hash; 0 when it is not in the gazetteer. */
unsigned name_tagger_class(const struct pii *pii, uint64_t hash);
/* name_tagger_take - the tokens of words [first, first + count). */
enum err name_tagger_take(const struct pii *pii, struct arena *arena, str folded, const struct pii_word *word, size_t count,
                          struct name_token **out) MUST_CHECK;
/* name_tagger_features - buckets of token i into `out`; returns how many, at most NAME_FEATURES. */
size_t name_tagger_features(const struct name_token *token, size_t count, size_t i, uint32_t out[NAME_FEATURES]);
/* name_tagger_run - the best labels. `bias` is taken off the score of NAME_O: more of it finds more and errs more.
 * In: labels  which tokens may be more than NAME_O: not 0. The others are not looked at, which is most of the cost. */
enum err name_tagger_run(const struct name_model *model, struct arena *arena, const struct name_token *token, size_t count, int bias,
                         uint8_t *labels) MUST_CHECK;
/* name_tagger_model - the model in the program. */
const struct name_model *name_tagger_model(void);

#endif
