/* Products: what the text asks for, what fits, what it costs. It knows this conversation and no visitor. */
#include "engine/bot_private.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static str
catalog_cell(const struct csv *csv, size_t row, const char *column)
{
    size_t at = csv_find(csv, str_from(column));
    return at == SIZE_MAX ? (str){"", 0} : csv->cell[row * csv->column_count + at];
}

static void
catalog_text(const struct bot *bot, const struct csv *csv, size_t row, const char *column, struct bot_text *out)
{
    char name[64];

    for (size_t i = 0; i < bot->language_count; i++) {
        snprintf(name, sizeof name, "%s_%.*s", column, STR_ARG(bot->languages[i]));
        out->at[i] = catalog_cell(csv, row, name);
        if (out->at[i].len == 0 && i == 0)
            out->at[0] = catalog_cell(csv, row, column);
    }
}

static enum err
catalog_fail(struct bot_fault *fault, unsigned line, const char *what)
{
    snprintf(fault->file, sizeof fault->file, "products.csv");
    snprintf(fault->text, sizeof fault->text, "%s", what);
    fault->line = line;
    fault->column = 1;
    return err_raise(ERR_INPUT, "catalog: a mistake in products.csv");
}

static enum err
catalog_number(str cell, double *out)
{
    char text[32], *end = NULL;

    if (cell.len == 0 || cell.len >= sizeof text)
        return err_raise(ERR_INPUT, "catalog: no number");
    memcpy(text, cell.at, cell.len);
    text[cell.len] = 0;
    *out = strtod(text, &end);
    return *end == 0 && isfinite(*out) && *out >= 0 ? ERR_NONE : err_raise(ERR_INPUT, "catalog: not a number");
}

static enum err
catalog_row(struct bot *bot, const struct csv *csv, size_t row, struct bot_fault *fault)
{
    struct bot_product *product = &bot->products[row];
    double stock = -1;

    product->id = catalog_cell(csv, row, "id");
    product->url = catalog_cell(csv, row, "url");
    product->image = catalog_cell(csv, row, "image");
    product->currency = catalog_cell(csv, row, "currency");
    product->category = catalog_cell(csv, row, "category");
    product->colour = catalog_cell(csv, row, "colour");
    product->brand = catalog_cell(csv, row, "brand");
    product->size = catalog_cell(csv, row, "size");
    catalog_text(bot, csv, row, "title", &product->title);
    catalog_text(bot, csv, row, "description", &product->description);
    if (product->id.len == 0 || product->title.at[0].len == 0)
        return catalog_fail(fault, csv->line[row], "a product needs an id and a title");
    if (catalog_number(catalog_cell(csv, row, "price"), &product->price) != ERR_NONE)
        return catalog_fail(fault, csv->line[row], "price is a number with a point, for example 12.50");
    str cell = catalog_cell(csv, row, "stock");
    if (cell.len > 0 && catalog_number(cell, &stock) != ERR_NONE)
        return catalog_fail(fault, csv->line[row], "stock is a count, or empty");
    product->stock = (long)stock;
    return ERR_NONE;
}

/* One document per product: titles in all languages weigh most, then category and brand; everything else is text. */
static enum err
catalog_index(struct bot *bot, const struct csv *csv)
{
    void *piece = NULL;

    TRY(arena_take(bot->arena, csv->row_count + 1, sizeof(struct kb_document), &piece));
    struct kb_document *documents = piece;
    for (size_t row = 0; row < csv->row_count; row++) {
        BUF_SCOPE(title, 65536);
        BUF_SCOPE(heading, 65536);
        BUF_SCOPE(body, 1 << 20);
        const struct bot_product *product = &bot->products[row];
        for (size_t i = 0; i < bot->language_count; i++)
            TRY(buf_add_text(&title, "%.*s ", STR_ARG(product->title.at[i])));
        TRY(buf_add_text(&heading, "%.*s %.*s", STR_ARG(product->category), STR_ARG(product->brand)));
        for (size_t i = 0; i < csv->column_count; i++)
            TRY(buf_add_text(&body, "%.*s ", STR_ARG(csv->cell[row * csv->column_count + i])));
        TRY(arena_take_str(bot->arena, buf_str(&title), &documents[row].title));
        TRY(arena_take_str(bot->arena, buf_str(&heading), &documents[row].heading));
        TRY(arena_take_str(bot->arena, buf_str(&body), &documents[row].body));
        documents[row].language = bot->languages[0];
        documents[row].article = (uint32_t)row;
    }
    struct kb_library library = {documents, csv->row_count, bot->synonyms, bot->synonym_count};
    return kb_make(&library, &bot->catalog);
}

enum err
catalog_load(struct bot *bot, struct bot_fault *fault)
{
    struct csv csv = {.row_count = 0};
    void *piece = NULL;
    unsigned line = 1;
    const char *what = "";
    str text;

    enum err err = bot_read_file(bot, STR("products.csv"), &text);
    if (err == ERR_ABSENT)
        return catalog_index(bot, &csv);
    TRY(err);
    if (csv_parse(bot->arena, text, &csv, &line, &what) != ERR_NONE)
        return catalog_fail(fault, line, what);
    for (const char *const *name = (const char *const[]){"id", "title", "price", NULL}; *name; name++)
        if (csv_find(&csv, str_from(*name)) == SIZE_MAX)
            return catalog_fail(fault, 1, "the first line must name the columns id, title and price");
    TRY(arena_take(bot->arena, csv.row_count + 1, sizeof(struct bot_product), &piece));
    bot->products = piece;
    bot->product_count = csv.row_count;
    for (size_t row = 0; row < csv.row_count; row++)
        TRY(catalog_row(bot, &csv, row, fault));
    return catalog_index(bot, &csv);
}

static bool
catalog_says(const struct words *words, const char *const *phrases)
{
    for (; *phrases; phrases++)
        if (words_has(words, str_from(*phrases)))
            return true;
    return false;
}

static str
catalog_entity(const struct grasp *grasp, const char *name)
{
    for (size_t i = 0; i < grasp->entity_count; i++)
        if (str_is(grasp->entities[i].entity, str_from(name)))
            return grasp->entities[i].value;
    return (str){"", 0};
}

static void
catalog_read_price(const struct grasp *grasp, struct catalog_ask *out)
{
    static const char *const below[] = {"under", "below", "less than", "cheaper than", "at most", "up to", "max", "unter", "bis", "weniger als",
                                        "höchstens", "maximal", "günstiger als", NULL};
    static const char *const above[] = {"over", "above", "more than", "at least", "über", "mehr als", "mindestens", "ab", NULL};
    double numbers[2] = {0, 0};
    size_t count = 0;

    for (size_t i = 0; i < grasp->entity_count && count < 2; i++)
        if (str_is(grasp->entities[i].entity, STR("number")) && catalog_number(grasp->entities[i].value, &numbers[count]) == ERR_NONE)
            count++;
    out->price_max = INFINITY;
    if (count == 2 && (words_has(grasp->words, STR("between")) || words_has(grasp->words, STR("zwischen")))) {
        out->price_min = numbers[0];
        out->price_max = numbers[1];
    } else if (count > 0 && catalog_says(grasp->words, below)) {
        out->price_max = numbers[0];
    } else if (count > 0 && catalog_says(grasp->words, above)) {
        out->price_min = numbers[0];
    }
}

static bool
catalog_fits(const struct bot_product *product, const struct catalog_ask *ask)
{
    if (product->price < ask->price_min || product->price > ask->price_max || (ask->is_in_stock && product->stock == 0))
        return false;
    if (ask->colour.len > 0 && !str_is_nocase(product->colour, ask->colour))
        return false;
    return ask->category.len == 0 || str_is_nocase(product->category, ask->category);
}

/* The words that name a thing: without those of asking, of prices and of colours, which no title has. */
static enum err
catalog_words(struct arena *arena, const struct grasp *grasp, struct words *out)
{
    static const char *const asking[] = {"do", "you", "have", "sell", "got", "any", "some", "looking", "for", "show", "me", "want", "need", "recommend", "buy", "stock",
                                         "available", "under", "below", "over", "above", "than", "less", "more", "euro", "euros", "eur", "cheapest", "cheap", "between",
                                         "what", "which", "can", "there", "one", "zeigen", "sie", "mir", "haben", "habt", "ihr", "suche", "brauche", "möchte", "kaufen",
                                         "unter", "bis", "auf", "lager", "gibt", "es", "welche", "einen", "eine", "ein", "über", "günstige", "günstigste", NULL};
    void *word = NULL, *bare = NULL, *stem = NULL;

    TRY(arena_take(arena, grasp->words->count + 1, sizeof(str), &word));
    TRY(arena_take(arena, grasp->words->count + 1, sizeof(str), &bare));
    TRY(arena_take(arena, grasp->words->count + 1, sizeof(str), &stem));
    *out = (struct words){.folded = grasp->words->folded, .word = word, .bare = bare, .stem = stem};
    for (size_t i = 0; i < grasp->words->count; i++) {
        str one = grasp->words->word[i];
        bool dropped = one.at[0] >= '0' && one.at[0] <= '9';
        for (size_t k = 0; asking[k] && !dropped; k++)
            dropped = str_is(one, str_from(asking[k]));
        for (size_t k = 0; k < grasp->entity_count && !dropped; k++)
            dropped = str_is(grasp->entities[k].entity, STR("colour")) && grasp->entities[k].len > 0 &&
                      str_is_nocase(str_slice(grasp->text, grasp->entities[k].from, grasp->entities[k].len), one);
        if (dropped)
            continue;
        out->word[out->count] = one;
        out->bare[out->count] = grasp->words->bare[i];
        out->stem[out->count++] = grasp->words->stem[i];
    }
    return ERR_NONE;
}

enum err
catalog_read(const struct bot *bot, struct arena *arena, const struct grasp *grasp, struct catalog_ask *out)
{
    static const char *const wishes[] = {"do you have", "do you sell", "have you got", "looking for", "show me", "i want", "i need", "recommend", "buy",
                                         "any", "cheapest", "habt ihr", "haben sie", "suche", "zeig", "zeigen sie", "ich brauche", "ich möchte",
                                         "empfehlen", "kaufen", "verkaufen sie", "günstigste", "gibt es", NULL};
    static const char *const stock[] = {"in stock", "available", "auf lager", "lieferbar", "vorrätig", NULL};
    static const char *const cheap[] = {"cheapest", "cheap", "günstigste", "günstig", "billigste", NULL};
    struct catalog_ask ask = {.is_ask = false};

    struct words words;

    TRY(catalog_words(arena, grasp, &words));
    TRY(kb_find(bot->catalog, arena, &words, (str){"", 0}, ask.hits, &ask.hit_count));
    catalog_read_price(grasp, &ask);
    ask.colour = catalog_entity(grasp, "colour");
    ask.category = catalog_entity(grasp, "category");
    ask.is_in_stock = catalog_says(grasp->words, stock);
    ask.is_cheapest = catalog_says(grasp->words, cheap);
    bool limited = ask.price_min > 0 || isfinite(ask.price_max);
    float best = ask.hit_count > 0 ? ask.hits[0].ratio : 0;
    ask.is_ask = bot->product_count > 0 && (best >= 0.15f || ask.category.len > 0) &&
                 (limited || catalog_says(grasp->words, wishes) || ask.colour.len > 0 || ask.category.len > 0 || best >= 0.5f);
    ask.is_strong = ask.is_ask && (limited || ask.category.len > 0 || best >= 0.35f);
    *out = ask;
    return ERR_NONE;
}

void
catalog_find(const struct bot *bot, const struct catalog_ask *ask, struct recall *out)
{
    float best = ask->hit_count > 0 ? ask->hits[0].ratio : 0;
    float least = best * (ask->is_cheapest ? 0.75f : 0.55f); /* the cheapest of what was asked for, not of what is like it */

    for (size_t i = 0; i < ask->hit_count; i++) {
        size_t product = ask->hits[i].document;
        if (!catalog_fits(&bot->products[product], ask) || ask->hits[i].ratio < least)
            continue;
        out->product_total++;
        if (out->product_count < RECALL_PRODUCTS_MAX)
            out->products[out->product_count++] = product;
    }
    for (size_t i = 0; i < bot->product_count && out->product_count == 0 && ask->category.len > 0; i++)
        if (catalog_fits(&bot->products[i], ask))
            out->products[out->product_count++] = i;
    for (size_t i = 1; i < out->product_count && ask->is_cheapest; i++)
        for (size_t k = i; k > 0 && bot->products[out->products[k]].price < bot->products[out->products[k - 1]].price; k--) {
            size_t swap = out->products[k];
            out->products[k] = out->products[k - 1];
            out->products[k - 1] = swap;
        }
}

enum err
catalog_price(const struct bot_product *product, str language, struct buf *out)
{
    long cents = lround(product->price * 100);
    bool german = str_has_prefix(language, STR("de"));
    str currency = str_is(product->currency, STR("EUR")) || product->currency.len == 0 ? STR("€") : product->currency;

    if (german)
        return buf_add_text(out, "%ld,%02ld %.*s", cents / 100, cents % 100, STR_ARG(currency));
    return buf_add_text(out, "%.*s%s%ld.%02ld", STR_ARG(currency), str_is(currency, STR("€")) ? "" : " ", cents / 100, cents % 100);
}
