/* catalog_word.h - how people ask for products, and what is said: tables/catalog/words.tsv, LANGUAGE TAB WHAT TAB phrases. */
#ifndef ENGINE_CATALOG_WORD_H
#define ENGINE_CATALOG_WORD_H

#include "engine/bot_private.h"

enum catalog_cue {
    CUE_BELOW,    /* a price follows that is the highest */
    CUE_ABOVE, CUE_BETWEEN, CUE_ABOUT,
    CUE_CHEAPEST, CUE_DEAREST, CUE_BEST, /* the order */
    CUE_STARS,    /* a number beside it is a rating */
    CUE_STOCK,
    CUE_COMPARE, CUE_SIMILAR, CUE_ALONG,
    CUE_CHEAPER, CUE_DEARER, CUE_OTHER,  /* than what was shown */
    CUE_WISH,     /* a product is looked for */
    CUE_COUNT
};

/* What the catalogue's columns name, as entities of these names unless the author has one. */
enum catalog_attribute { ATTRIBUTE_BRAND, ATTRIBUTE_CATEGORY, ATTRIBUTE_COLOUR, ATTRIBUTE_SIZE, ATTRIBUTE_COUNT };

/* catalog_word_load - texts and fillers of the bot's languages. Errs: ERR_LIMIT, ERR_MEMORY; ERR_BUG a mistake in the table. */
enum err catalog_word_load(struct bot *bot) MUST_CHECK;
/* catalog_word_index - the phrases and the catalogue's values, as entities of a list from number `first` on. */
enum err catalog_word_index(const struct bot *bot, struct entity_list *list, uint32_t first) MUST_CHECK;
/* catalog_word_keep - hit `number` - first of that list, into the grasp. */
void catalog_word_keep(uint32_t number, str value, size_t from, size_t len, struct grasp *out);
bool catalog_word_has(const struct grasp *grasp, enum catalog_cue cue);

#endif
