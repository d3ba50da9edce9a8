/* Reads the catalogue: products.csv or products.jsonl, what goes with what (a column of its own, or baskets.csv), and its index for search. Nothing in it
 * is about a visitor: a basket is a set of products and no more. */
#include "engine/bot_private.h"
#include "engine/catalog_word.h"
#include "engine/jsonl.h"

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
catalog_fail(struct bot_fault *fault, const char *file, unsigned line, const char *what)
{
    snprintf(fault->file, sizeof fault->file, "%s", file);
    snprintf(fault->text, sizeof fault->text, "%s", what);
    fault->line = line;
    fault->column = 1;
    return err_raise(ERR_INPUT, "catalog: a mistake in a file");
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
    double stock = -1, rating = -1;

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
        return catalog_fail(fault, bot->product_file, csv->line[row], "a product needs an id and a title");
    if (catalog_number(catalog_cell(csv, row, "price"), &product->price) != ERR_NONE)
        return catalog_fail(fault, bot->product_file, csv->line[row], "price is a number with a point, for example 12.50");
    str cell = catalog_cell(csv, row, "stock");
    if (cell.len > 0 && catalog_number(cell, &stock) != ERR_NONE)
        return catalog_fail(fault, bot->product_file, csv->line[row], "stock is a count, or empty");
    product->stock = (long)stock;
    cell = catalog_cell(csv, row, "rating");
    if (cell.len > 0 && (catalog_number(cell, &rating) != ERR_NONE || rating > 5))
        return catalog_fail(fault, bot->product_file, csv->line[row], "rating is a number from 0 to 5, or empty");
    product->rating = rating;
    product->row = row;
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

static size_t
catalog_product(const struct bot *bot, str id)
{
    for (size_t i = 0; i < bot->product_count; i++)
        if (str_is(bot->products[i].id, id))
            return i;
    return BOT_NONE;
}

static void
catalog_relate(struct bot_product *product, size_t other, const struct bot *bot)
{
    for (size_t i = 0; i < product->related_count; i++)
        if (product->related[i] == other)
            return;
    if (product->related_count < CATALOG_RELATED_MAX && product != &bot->products[other])
        product->related[product->related_count++] = other;
}

/* The column goes_with: ids with blanks, commas or semicolons between. */
static enum err
catalog_relations(struct bot *bot, const struct csv *csv, struct bot_fault *fault)
{
    for (size_t row = 0; row < csv->row_count; row++) {
        str cell = catalog_cell(csv, row, "goes_with");
        for (size_t i = 0, from = 0; i <= cell.len; i++) {
            if (i < cell.len && !strchr(" ,;", cell.at[i]))
                continue;
            str id = str_slice(cell, from, i - from);
            from = i + 1;
            if (id.len == 0)
                continue;
            size_t other = catalog_product(bot, id);
            if (other == BOT_NONE)
                return catalog_fail(fault, bot->product_file, csv->line[row], "goes_with names an id that no product has");
            catalog_relate(&bot->products[row], other, bot);
        }
    }
    return ERR_NONE;
}

/* Sales of each product and of each with each, for one product at a time: memory stays small, and the cost is the sum of the baskets' sizes squared. */
struct catalog_baskets {
    const size_t *product, *basket; /* of each row; rows of one basket stand together */
    size_t row_count;
    unsigned *sold, *together;
};
#define CATALOG_BASKET_MAX ((size_t)50) /* of a larger one no conclusion is drawn */
#define CATALOG_BASKETS_MIN 2           /* once together may be chance */

static void
catalog_count_together(const struct catalog_baskets *baskets, size_t product, size_t product_count)
{
    memset(baskets->together, 0, product_count * sizeof *baskets->together);
    for (size_t from = 0, to; from < baskets->row_count; from = to) {
        bool has_it = false;
        for (to = from; to < baskets->row_count && baskets->basket[to] == baskets->basket[from]; to++)
            has_it = has_it || baskets->product[to] == product;
        for (size_t i = from; has_it && to - from <= CATALOG_BASKET_MAX && i < to; i++)
            baskets->together[baskets->product[i]]++;
    }
}

/* Those bought with it more often than their sales alone would bring. From: cosine of item-to-item, Linden et al. 2003. */
static void
catalog_relate_bought(struct bot *bot, const struct catalog_baskets *baskets, size_t product)
{
    catalog_count_together(baskets, product, bot->product_count);
    for (size_t place = 0; place < CATALOG_RELATED_MAX; place++) {
        size_t best = BOT_NONE;
        double most = 0;
        for (size_t i = 0; i < bot->product_count; i++) {
            double worth = i == product || baskets->together[i] < CATALOG_BASKETS_MIN ? 0 : baskets->together[i] / sqrt(baskets->sold[i]);
            if (worth > most) {
                most = worth;
                best = i;
            }
        }
        if (best == BOT_NONE)
            return;
        baskets->together[best] = 0;
        catalog_relate(&bot->products[product], best, bot);
    }
}

static enum err
catalog_baskets_read(struct bot *bot, const struct csv *csv, struct bot_fault *fault, struct arena *arena)
{
    size_t basket_at = csv_find(csv, STR("basket")), product_at = csv_find(csv, STR("product"));
    void *products = NULL, *numbers = NULL, *sold = NULL, *together = NULL;

    if (csv->column_count != 2 || basket_at == SIZE_MAX || product_at == SIZE_MAX)
        return catalog_fail(fault, "baskets.csv", 1, "the columns are basket and product and no others: who bought it, and when, is not for a bot");
    TRY(arena_take(arena, csv->row_count + 1, sizeof(size_t), &products));
    TRY(arena_take(arena, csv->row_count + 1, sizeof(size_t), &numbers));
    TRY(arena_take(arena, bot->product_count + 1, sizeof(unsigned), &sold));
    TRY(arena_take(arena, bot->product_count + 1, sizeof(unsigned), &together));
    size_t *product = products, *number = numbers, count = 0, basket = 0;
    struct catalog_baskets baskets = {product, number, 0, sold, together};
    str last = {"", 0};
    for (size_t row = 0; row < csv->row_count; row++) {
        str name = csv->cell[row * 2 + basket_at];
        size_t found = catalog_product(bot, csv->cell[row * 2 + product_at]);
        basket += !str_is(name, last);
        last = name;
        if (found == BOT_NONE)
            continue; /* it is not sold any more */
        product[count] = found;
        number[count++] = basket;
        baskets.sold[found]++;
    }
    baskets.row_count = count;
    for (size_t i = 0; i < bot->product_count; i++)
        if (baskets.sold[i] >= CATALOG_BASKETS_MIN && bot->products[i].related_count < CATALOG_RELATED_MAX)
            catalog_relate_bought(bot, &baskets, i);
    return ERR_NONE;
}

static enum err
catalog_baskets(struct bot *bot, struct bot_fault *fault)
{
    ARENA_SCOPE(arena);
    struct csv csv;
    unsigned line = 1;
    const char *what = "";
    str text;

    enum err err = bot_read_file(bot, STR("baskets.csv"), &text);
    if (err == ERR_ABSENT)
        return ERR_NONE;
    TRY(err);
    TRY(arena_make(text.len * 40 + bot->product_count * 16 + ((size_t)1 << 16), &arena));
    err = csv_parse(arena, text, &csv, &line, &what);
    if (err == ERR_INPUT)
        return catalog_fail(fault, "baskets.csv", line, what);
    TRY(err);
    return catalog_baskets_read(bot, &csv, fault, arena);
}

/* products.csv, else products.jsonl. */
static enum err
catalog_read(struct bot *bot, struct csv *out, struct bot_fault *fault)
{
    unsigned line = 1;
    const char *what = "";
    str text;

    bot->product_file = "products.csv";
    enum err err = bot_read_file(bot, STR("products.csv"), &text);
    bool is_lines = err == ERR_ABSENT;
    if (is_lines) {
        err = bot_read_file(bot, STR("products.jsonl"), &text);
        bot->product_file = err == ERR_ABSENT ? bot->product_file : "products.jsonl";
    }
    TRY(err);
    err = is_lines ? jsonl_parse(bot->arena, text, out, &line, &what) : csv_parse(bot->arena, text, out, &line, &what);
    if (err != ERR_NONE)
        return catalog_fail(fault, bot->product_file, line, what);
    bool has_title = csv_find(out, STR("title")) != SIZE_MAX;
    for (size_t i = 0; i < bot->language_count && !has_title; i++) {
        char name[32];
        snprintf(name, sizeof name, "title_%.*s", STR_ARG(str_slice(bot->languages[i], 0, 16)));
        has_title = csv_find(out, str_from(name)) != SIZE_MAX;
    }
    if (!has_title || csv_find(out, STR("id")) == SIZE_MAX || csv_find(out, STR("price")) == SIZE_MAX)
        return catalog_fail(fault, bot->product_file, 1, is_lines ? "products have at least the members id, title and price" : "the first line must name the columns id, title and price");
    return ERR_NONE;
}

enum err
catalog_load(struct bot *bot, struct bot_fault *fault)
{
    struct csv *csv = &bot->product_table;
    void *piece = NULL;

    enum err err = catalog_read(bot, csv, fault);
    if (err == ERR_ABSENT)
        return catalog_index(bot, csv);
    TRY(err);
    TRY(arena_take(bot->arena, csv->row_count + 1, sizeof(struct bot_product), &piece));
    bot->products = piece;
    bot->product_count = csv->row_count;
    for (size_t row = 0; row < csv->row_count; row++)
        TRY(catalog_row(bot, csv, row, fault));
    TRY(catalog_relations(bot, csv, fault));
    TRY(catalog_baskets(bot, fault));
    TRY(catalog_word_load(bot));
    return catalog_index(bot, csv);
}
