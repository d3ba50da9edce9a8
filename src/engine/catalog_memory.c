/* What was looked for and shown, as a line of the dialogue's state: min|max|rating|stock|order|last|colour|category|brand|size. It comes back from
 * outside: what does not fit is left out. */
#include "engine/bot_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum err
catalog_memory_write(const struct catalog_memory *memory, struct buf *out)
{
    const struct catalog_filter *filter = &memory->filter;
    const str texts[] = {filter->colour, filter->category, filter->brand, filter->size};

    TRY(buf_add_text(out, "%.2f|%.2f|%.2f|%d|%d|%zu", filter->price_min, isfinite(filter->price_max) ? filter->price_max : -1, filter->rating_min,
                     filter->is_in_stock, (int)filter->order, memory->last_count));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        TRY(buf_add_u8(out, '|'));
        if (!memchr(texts[i].at ? texts[i].at : "", '|', texts[i].len))
            TRY(buf_add_str(out, texts[i]));
    }
    return ERR_NONE;
}

static double
memory_number(str *rest, double most)
{
    char digits[32], *end = NULL;
    str part = {"", 0};

    (void)!str_split(rest, '|', &part);
    if (part.len == 0 || part.len >= sizeof digits)
        return 0;
    memcpy(digits, part.at, part.len);
    digits[part.len] = 0;
    double value = strtod(digits, &end);
    return *end == 0 && isfinite(value) && value <= most ? value : 0;
}

enum err
catalog_memory_parse(struct arena *arena, str words, str text, struct catalog_memory *out)
{
    struct catalog_filter *filter = &out->filter;
    str *const texts[] = {&filter->colour, &filter->category, &filter->brand, &filter->size};
    str part;

    TRY(arena_take_str(arena, str_slice(words, 0, CATALOG_WORDS_MAX), &out->words));
    filter->price_min = memory_number(&text, 1e12);
    filter->price_max = memory_number(&text, 1e12);
    filter->price_min = filter->price_min > 0 ? filter->price_min : 0;
    filter->price_max = filter->price_max > 0 ? filter->price_max : INFINITY;
    filter->rating_min = memory_number(&text, 5);
    filter->is_in_stock = memory_number(&text, 1) == 1;
    int order = (int)fmax(memory_number(&text, CATALOG_BEST_RATED), 0);
    filter->order = (enum catalog_order)order;
    out->last_count = (size_t)fmax(memory_number(&text, RECALL_PRODUCTS_MAX), 0);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        part = (str){"", 0};
        (void)!str_split(&text, '|', &part);
        TRY(arena_take_str(arena, part.at ? part : (str){"", 0}, texts[i]));
    }
    return ERR_NONE;
}

void
catalog_memory_keep(struct catalog_memory *memory, const struct catalog_ask *ask, const struct recall *recall)
{
    if (recall->product_count == 0)
        return;
    if (ask->want == CATALOG_SEARCH) {
        memory->words = ask->words;
        memory->filter = ask->filter;
        if (recall->product_text == CATALOG_NEAR) /* what can't be had limits nothing that is asked next */
            memory->filter = (struct catalog_filter){.price_max = INFINITY, .category = ask->filter.category};
        memory->shown_count = ask->is_other ? memory->shown_count : 0;
    }
    while (memory->shown_count + recall->product_count > CATALOG_SHOWN_MAX) {
        memory->shown_count--;
        memmove(memory->shown, memory->shown + 1, memory->shown_count * sizeof *memory->shown);
    }
    for (size_t i = 0; i < recall->product_count; i++)
        memory->shown[memory->shown_count++] = recall->products[i];
    memory->last_count = recall->product_count;
}
