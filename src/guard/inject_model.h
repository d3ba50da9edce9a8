/* inject_model.h - how much a text reads like orders to a model: hashed words, their beginnings, pairs, pairs with a gap and
 * threes, added up.
 *
 * The score is that of the best stretch of the text, so that what stands in the middle of harmless words is found. A word counts by its first
 * and last letter and what lies between in any order, with digits read as the letters they look like; letters that stand apart are joined;
 * words that are glued are cut apart where they are known ones.
 *
 * Trained by tools/guard/inject_train.c from our own sentences and the texts that NOTICE lists; the program holds weights alone.
 * From: averaged perceptron, Collins 2002; best stretch, Kadane (in Bentley 1984, "Programming pearls: algorithm design techniques").
 */
#ifndef GUARD_INJECT_MODEL_H
#define GUARD_INJECT_MODEL_H

#include "base/str.h"

#define INJECT_SLOTS ((uint32_t)1 << 15)
#define INJECT_SLOT_NONE UINT32_MAX
#define INJECT_FEATURES 5
#define INJECT_WORD_BITS ((uint32_t)1 << 15)

/* As it lies in tables/guard/inject.bin. */
struct inject_model {
    int32_t border;  /* from this sum on it is an alarm */
    int32_t unknown; /* weight of a word that the model does not have */
    int32_t spare[2];
    uint8_t word[INJECT_WORD_BITS / 8]; /* words that glued ones are cut into: a filter after Bloom */
    struct inject_slot {
        uint16_t check; /* of the feature's hash; 0: free */
        int16_t weight;
    } slot[INJECT_SLOTS];
};

enum inject_order { INJECT_PLAIN, INJECT_ROT13, INJECT_REVERSED, INJECT_ORDERS };

/* inject_model_each - hashes of the features of each word in turn, that of the word alone first. `text` is folded (fold.h) and lower case. */
struct inject_reader {
    void (*each)(void *context, const uint64_t feature[INJECT_FEATURES]);
    void *context;
};
void inject_model_each(const uint8_t *word_filter, str text, enum inject_order order, const struct inject_reader *reader);
/* inject_model_slot - where a feature is or, when it is not there, INJECT_SLOT_NONE and in *free, unless that is NULL, where it may go. */
uint32_t inject_model_slot(const struct inject_slot *slot, uint64_t feature, uint32_t *free);
/* inject_model_check - what its slot has of a feature. */
uint16_t inject_model_check(uint64_t feature);
/* inject_model_score - sum of the best stretch less the border. */
int inject_model_score(const struct inject_model *model, str text, enum inject_order order);
/* inject_model_add_word, inject_model_has_word - of the filter; letters as they are typed, lower case. */
void inject_model_add_word(uint8_t *word_filter, str word);
bool inject_model_has_word(const uint8_t *word_filter, str word);
/* inject_model_get - the one in the program. */
const struct inject_model *inject_model_get(void);

#endif
