/* catalog.h - products: what a text asks for, which fit, what stands beside them. It knows this conversation and no visitor.
 *
 *   catalog.c       products.csv or products.jsonl, what goes with what
 *   catalog_word.c  how people ask, in tables/catalog/words.tsv
 *   catalog_ask.c   a text and what was shown before -> a question
 *   catalog_find.c  a question -> products
 *   catalog_say.c   what is said with them
 *   catalog_memory.c  what the conversation remembers of it
 */
#ifndef ENGINE_CATALOG_H
#define ENGINE_CATALOG_H

#include "engine/engine.h"
#include "engine/kb.h"

#define CATALOG_SHOWN_MAX ((size_t)12)
#define CATALOG_RELATED_MAX ((size_t)4)
#define CATALOG_WORDS_MAX ((size_t)200) /* bytes of what was looked for that are remembered */

/* What is said: the author's response of this name, or the table's text. */
enum catalog_text {
    CATALOG_NEAR, CATALOG_OUT, CATALOG_SOLD_OUT, CATALOG_COMPARED, CATALOG_ALIKE, CATALOG_BESIDE, CATALOG_NONE_BESIDE, CATALOG_NOTE_OUT,
    CATALOG_PRICE, CATALOG_RATING, CATALOG_COLOUR, CATALOG_SIZE, CATALOG_BRAND, CATALOG_STOCK, CATALOG_YES, CATALOG_NO, CATALOG_TEXTS,
    CATALOG_FOUND = CATALOG_TEXTS /* utter_products or utter_no_products */
};

enum catalog_want { CATALOG_SEARCH, CATALOG_COMPARE, CATALOG_SIMILAR, CATALOG_ALONG };
enum catalog_order { CATALOG_FITTEST, CATALOG_CHEAPEST, CATALOG_DEAREST, CATALOG_BEST_RATED };

struct catalog_filter {
    double price_min, price_max, rating_min; /* price_max INFINITY: none */
    str colour, category, brand, size;       /* empty: any */
    bool is_in_stock;
    enum catalog_order order;
};

/* What was looked for and shown in this conversation. */
struct catalog_memory {
    str words;
    struct catalog_filter filter;
    size_t shown[CATALOG_SHOWN_MAX]; /* products, oldest first; the last `last_count` stand in the last reply */
    size_t shown_count, last_count;
};

struct catalog_ask {
    bool is_ask, is_strong, is_refined;
    bool is_sure;  /* it goes on from what was shown, and says nothing else */
    bool is_other; /* none of those that were shown */
    enum catalog_want want;
    struct catalog_filter filter;
    str words; /* that are looked for */
    struct kb_hit hits[KB_HITS_MAX];
    size_t hit_count;
    const struct catalog_memory *memory;
    size_t base[2], base_count; /* of a comparison; what something is similar to or goes with */
};

/* catalog_load - reads the products of the bot's folder, if there are any. Errs: ERR_INPUT with *fault, ERR_LIMIT, ERR_MEMORY. */
enum err catalog_load(struct bot *bot, struct bot_fault *fault) MUST_CHECK;
/* catalog_ask_read - what the text asks for; `dialogue` says what was shown. Errs: ERR_LIMIT. */
enum err catalog_ask_read(const struct bot *bot, struct arena *arena, const struct grasp *grasp, const struct dialogue *dialogue,
                          struct catalog_ask *out) MUST_CHECK;
/* catalog_find_is_named - every word stands in the title of the product, in one of the bot's languages. */
bool catalog_find_is_named(const struct bot *bot, struct arena *arena, size_t product, const struct words *asked);
/* catalog_find_run - products, and what is said with them. Errs: ERR_LIMIT. */
enum err catalog_find_run(const struct bot *bot, struct arena *arena, const struct grasp *grasp, struct recall *out) MUST_CHECK;

/* catalog_memory_keep - what is shown now. */
void catalog_memory_keep(struct catalog_memory *memory, const struct catalog_ask *ask, const struct recall *recall);
/* catalog_memory_write, catalog_memory_parse - but for `words` and `shown`, which have lines of their own. Errs: ERR_LIMIT. */
enum err catalog_memory_write(const struct catalog_memory *memory, struct buf *out) MUST_CHECK;
enum err catalog_memory_parse(struct arena *arena, str words, str text, struct catalog_memory *out) MUST_CHECK;

struct bot_product;
/* catalog_say_text - Markdown that stands above the cards. Errs: ERR_LIMIT. */
enum err catalog_say_text(const struct bot *bot, const struct catalog_ask *ask, const struct recall *recall, size_t language, struct buf *out) MUST_CHECK;
/* catalog_say_price - "€12.50", "12,50 €". */
enum err catalog_say_price(const struct bot_product *product, str language, struct buf *out) MUST_CHECK;

#endif
