/* Which products answer a question: those that fit all of it, else those that come closest; what is like a product, what belongs to it.
 * It recommends from the catalogue alone. */
#include "engine/bot_private.h"

#include <math.h>
#include <string.h>

struct find_run {
    const struct bot *bot;
    const struct catalog_ask *ask;
    struct catalog_filter filter;
    struct recall *out;
};

/* Sizes are written with blanks or without, with x or ×. */
static size_t
find_size_next(str text, size_t i, char *out)
{
    while (i < text.len && text.at[i] == ' ')
        i++;
    if (i >= text.len) {
        *out = 0;
        return i;
    }
    if (str_has_prefix(str_slice(text, i, text.len), STR("×"))) {
        *out = 'x';
        return i + 2;
    }
    *out = text.at[i] >= 'A' && text.at[i] <= 'Z' ? (char)(text.at[i] + 32) : text.at[i];
    return i + 1;
}

static bool
find_is_size(str a, str b)
{
    size_t i = 0, k = 0;
    char left, right;

    do {
        i = find_size_next(a, i, &left);
        k = find_size_next(b, k, &right);
        if (left != right)
            return false;
    } while (left);
    return true;
}

static bool
find_fits(const struct bot_product *product, const struct catalog_filter *filter)
{
    if (product->price < filter->price_min || product->price > filter->price_max || (filter->is_in_stock && product->stock == 0))
        return false;
    if (filter->rating_min > 0 && product->rating < filter->rating_min)
        return false;
    if ((filter->colour.len > 0 && !str_is_nocase(product->colour, filter->colour)) || (filter->brand.len > 0 && !str_is_nocase(product->brand, filter->brand)))
        return false;
    return (filter->category.len == 0 || str_is_nocase(product->category, filter->category)) &&
           (filter->size.len == 0 || find_is_size(product->size, filter->size));
}

static bool
find_is_kept(const struct find_run *run, size_t product)
{
    for (size_t i = 0; i < run->out->product_count; i++)
        if (run->out->products[i] == product)
            return true;
    for (size_t i = 0; i < run->ask->memory->shown_count && run->ask->is_other; i++)
        if (run->ask->memory->shown[i] == product)
            return true;
    return false;
}

static void
find_keep(struct find_run *run, size_t product)
{
    if (find_is_kept(run, product))
        return;
    run->out->product_total++;
    if (run->out->product_count < RECALL_PRODUCTS_MAX)
        run->out->products[run->out->product_count++] = product;
}

/* Is a better than b in this order? */
static bool
find_is_before(const struct bot_product *a, const struct bot_product *b, enum catalog_order order)
{
    return order == CATALOG_CHEAPEST ? a->price < b->price : order == CATALOG_DEAREST ? a->price > b->price : a->rating > b->rating;
}

/* The best of all candidates, in their order; candidates of equal worth as they came. */
static void
find_keep_sorted(struct find_run *run, size_t *products, size_t count)
{
    const struct bot_product *all = run->bot->products;

    for (size_t i = 1; i < count && run->filter.order != CATALOG_FITTEST; i++)
        for (size_t k = i; k > 0 && find_is_before(&all[products[k]], &all[products[k - 1]], run->filter.order); k--) {
            size_t swap = products[k];
            products[k] = products[k - 1];
            products[k - 1] = swap;
        }
    for (size_t i = 0; i < count; i++)
        find_keep(run, products[i]);
}

bool
catalog_find_is_named(const struct bot *bot, struct arena *arena, size_t product, const struct words *asked)
{
    struct words words;

    for (size_t i = 0; i < bot->language_count; i++) {
        size_t found = 0;
        if (words_take(arena, bot_text_get(&bot->products[product].title, i), bot->languages[i], &words) != ERR_NONE)
            return false;
        for (size_t k = 0; k < asked->count; k++)
            for (size_t m = 0; m < words.count; m++)
                if (str_is(words.stem[m], asked->stem[k])) {
                    found++;
                    break;
                }
        if (found == asked->count)
            return true;
    }
    return false;
}

/* A search gives its ten best only: where a limit may leave none of them, the whole catalogue is read. */
static enum err
find_scan(struct find_run *run, struct arena *arena, str language, size_t *products, size_t *count)
{
    struct words asked;
    ARENA_SCOPE(room);

    if (run->ask->words.len == 0 && run->filter.category.len == 0 && run->filter.brand.len == 0)
        return ERR_NONE;
    TRY(words_take(arena, run->ask->words, language, &asked));
    TRY(arena_make((size_t)1 << 17, &room));
    for (size_t i = 0; i < run->bot->product_count && *count < KB_HITS_MAX * 4; i++) {
        bool is_known = !find_fits(&run->bot->products[i], &run->filter);
        for (size_t k = 0; k < *count && !is_known; k++)
            is_known = products[k] == i;
        arena_reset(room);
        if (!is_known && catalog_find_is_named(run->bot, room, i, &asked))
            products[(*count)++] = i;
    }
    return ERR_NONE;
}

static enum err
find_search(struct find_run *run, struct arena *arena, str language)
{
    const struct catalog_ask *ask = run->ask;
    size_t products[KB_HITS_MAX * 4], count = 0;
    float best = ask->hit_count > 0 ? ask->hits[0].ratio : 0;
    float least = best * (run->filter.order != CATALOG_FITTEST ? 0.75f : 0.55f); /* the cheapest of what was asked for, not of what is like it */

    for (size_t i = 0; i < ask->hit_count; i++)
        if (ask->hits[i].ratio >= least && find_fits(&run->bot->products[ask->hits[i].document], &run->filter))
            products[count++] = ask->hits[i].document;
    bool is_full = ask->hit_count == KB_HITS_MAX && ask->hits[KB_HITS_MAX - 1].ratio >= least;
    bool is_kind = count == 0 && (run->filter.category.len > 0 || run->filter.brand.len > 0);
    if (is_full || is_kind)
        TRY(find_scan(run, arena, language, products, &count));
    for (size_t i = 0; i < run->bot->product_count && count == 0 && run->filter.category.len > 0; i++)
        if (find_fits(&run->bot->products[i], &run->filter))
            products[count++] = i;
    find_keep_sorted(run, products, count);
    return ERR_NONE;
}

/* Nothing fits all: without the limit that weighs least, then without the next. */
static enum err
find_nearest(struct find_run *run, struct arena *arena, str language)
{
    for (unsigned step = 0; step < 5 && run->out->product_count == 0; step++) {
        struct catalog_filter *filter = &run->filter;
        if (step == 0)
            filter->rating_min = 0;
        if (step == 1)
            filter->size = (str){"", 0};
        if (step == 2)
            filter->colour = (str){"", 0};
        if (step == 3) {
            filter->price_min = 0;
            filter->price_max = INFINITY;
            filter->order = run->ask->filter.price_max < INFINITY ? CATALOG_CHEAPEST : CATALOG_FITTEST;
        }
        if (step == 4)
            filter->brand = (str){"", 0};
        TRY(find_search(run, arena, language));
    }
    return ERR_NONE;
}

/* By content: its own words are looked for. Those of its kind first, and nothing that is sold out. */
static enum err
find_similar(struct find_run *run, struct arena *arena, size_t base)
{
    const struct bot *bot = run->bot;
    const struct bot_product *product = &bot->products[base];
    struct kb_hit hits[KB_HITS_MAX];
    size_t count = 0;
    struct words words;
    str text;

    TRY(arena_take_text(arena, &text, "%.*s %.*s %.*s", STR_ARG(product->title.at[0]), STR_ARG(product->category), STR_ARG(product->description.at[0])));
    TRY(words_take(arena, text, bot->languages[0], &words));
    TRY(kb_find(bot->catalog, arena, &words, (str){"", 0}, hits, &count));
    for (int is_rest = 0; is_rest < 2; is_rest++)
        for (size_t i = 0; i < count; i++) {
            const struct bot_product *other = &bot->products[hits[i].document];
            bool is_kin = product->category.len > 0 && str_is_nocase(other->category, product->category);
            if (hits[i].document != base && other->stock != 0 && (is_rest ? product->category.len == 0 : is_kin || product->category.len == 0))
                find_keep(run, hits[i].document);
        }
    return ERR_NONE;
}

/* All that fits is sold out: it is shown, with what may stand in for it. */
static enum err
find_sold_out(struct find_run *run, struct arena *arena)
{
    struct recall *out = run->out;

    if (run->filter.is_in_stock && out->product_count == 0) {
        run->filter.is_in_stock = false;
        TRY(find_search(run, arena, run->bot->languages[0]));
    }
    for (size_t i = 0; i < out->product_count; i++)
        if (run->bot->products[out->products[i]].stock != 0)
            return ERR_NONE;
    if (out->product_count == 0)
        return ERR_NONE;
    size_t count = out->product_count;
    TRY(find_similar(run, arena, out->products[0]));
    out->product_text = out->product_count > count ? CATALOG_OUT : CATALOG_SOLD_OUT;
    return ERR_NONE;
}

static enum err
find_related(struct find_run *run, struct arena *arena)
{
    size_t base = run->ask->base[0];
    const struct bot_product *product = &run->bot->products[base];

    run->out->product_text = CATALOG_BESIDE;
    for (size_t i = 0; i < product->related_count; i++)
        if (run->bot->products[product->related[i]].stock != 0)
            find_keep(run, product->related[i]);
    if (run->out->product_count > 0)
        return ERR_NONE;
    run->out->product_text = CATALOG_NONE_BESIDE;
    return find_similar(run, arena, base);
}

enum err
catalog_find_run(const struct bot *bot, struct arena *arena, const struct grasp *grasp, struct recall *out)
{
    struct find_run run = {bot, grasp->ask, grasp->ask->filter, out};
    str language = bot->languages[grasp->language];

    out->product_text = CATALOG_FOUND;
    switch (grasp->ask->want) {
    case CATALOG_COMPARE:
        out->product_text = CATALOG_COMPARED;
        find_keep(&run, grasp->ask->base[0]);
        find_keep(&run, grasp->ask->base[1]);
        return ERR_NONE;
    case CATALOG_SIMILAR:
        out->product_text = CATALOG_ALIKE;
        return find_similar(&run, arena, grasp->ask->base[0]);
    case CATALOG_ALONG:
        return find_related(&run, arena);
    default:
        break;
    }
    TRY(find_search(&run, arena, language));
    TRY(find_sold_out(&run, arena));
    if (out->product_count > 0)
        return ERR_NONE;
    TRY(find_nearest(&run, arena, language));
    out->product_text = out->product_count > 0 ? CATALOG_NEAR : CATALOG_FOUND;
    return ERR_NONE;
}
