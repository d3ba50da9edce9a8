/* Products: read from products.csv, understood from a question (price, colour, category, in stock, cheapest), found. */
#include "engine/bot_private.h"

#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct catalog_reader {
    struct bot *bot;
    struct csv csv;
    size_t row;
};

static str
catalog_cell(const struct catalog_reader *reader, const char *column)
{
    size_t at = csv_find(&reader->csv, str_from(column));
    return at == SIZE_MAX ? (str){"", 0} : str_trim(reader->csv.cell[reader->row * reader->csv.column_count + at]);
}

static bool
catalog_number(str text, double *out)
{
    char digits[32], *end = NULL;

    if (text.len == 0 || text.len >= sizeof digits)
        return false;
    memcpy(digits, text.at, text.len);
    digits[text.len] = 0;
    *out = strtod(digits, &end);
    return *end == 0 && *out >= 0 && *out < 1e9;
}

static enum err
catalog_refuse(const struct catalog_reader *reader, struct bot_fault *fault, const char *column, const char *what)
{
    size_t at = csv_find(&reader->csv, str_from(column));

    snprintf(fault->file, sizeof fault->file, "products.csv");
    fault->line = at == SIZE_MAX ? 1 : reader->csv.line[reader->row];
    fault->column = at == SIZE_MAX ? 1 : (unsigned)at + 1;
    snprintf(fault->text, sizeof fault->text, "%s", what);
    return err_raise(ERR_INPUT, "catalog: a mistake in products.csv");
}

static enum err
catalog_texts(const struct catalog_reader *reader, struct bot_product *product)
{
    char column[64];

    for (size_t i = 0; i < reader->bot->language_count; i++) {
        snprintf(column, sizeof column, "title_%.*s", STR_ARG(str_slice(reader->bot->languages[i], 0, 20)));
        product->title.at[i] = catalog_cell(reader, column);
        snprintf(column, sizeof column, "description_%.*s", STR_ARG(str_slice(reader->bot->languages[i], 0, 20)));
        product->description.at[i] = catalog_cell(reader, column);
    }
    if (product->title.at[0].len == 0)
        product->title.at[0] = catalog_cell(reader, "title");
    if (product->description.at[0].len == 0)
        product->description.at[0] = catalog_cell(reader, "description");
    return ERR_NONE;
}

/* Everything that is searched as body: descriptions, brand, category and the author's own columns. */
static enum err
catalog_body(const struct catalog_reader *reader, str *out)
{
    BUF_SCOPE(body, (size_t)1 << 20);

    for (size_t i = 0; i < reader->csv.column_count; i++) {
        str name = reader->csv.column[i];
        if (str_is(name, STR("id")) || str_is(name, STR("price")) || str_is(name, STR("stock")) || str_is(name, STR("url")) ||
            str_is(name, STR("image")) || str_is(name, STR("currency")) || str_is(name, STR("rating")))
            continue;
        TRY(buf_add_str(&body, reader->csv.cell[reader->row * reader->csv.column_count + i]));
        TRY(buf_add_u8(&body, ' '));
    }
    return arena_take_str(reader->bot->arena, buf_str(&body), out);
}

static enum err
catalog_row(struct catalog_reader *reader, struct bot_fault *fault, struct bot_product *product, struct kb_document *document)
{
    double number;

    product->id = catalog_cell(reader, "id");
    if (product->id.len == 0)
        return catalog_refuse(reader, fault, "id", "the product has no id; write one in the column id");
    TRY(catalog_texts(reader, product));
    if (product->title.at[0].len == 0)
        return catalog_refuse(reader, fault, "title", "the product has no title; write one in the column title");
    if (!catalog_number(catalog_cell(reader, "price"), &product->price))
        return catalog_refuse(reader, fault, "price", "the price is not a number; write digits with a point, for example 12.50");
    product->stock = -1;
    if (catalog_cell(reader, "stock").len > 0) {
        if (!catalog_number(catalog_cell(reader, "stock"), &number))
            return catalog_refuse(reader, fault, "stock", "stock is a count; write digits");
        product->stock = (long)number;
    }
    product->url = catalog_cell(reader, "url");
    product->image = catalog_cell(reader, "image");
    product->currency = catalog_cell(reader, "currency");
    product->category = catalog_cell(reader, "category");
    product->colour = catalog_cell(reader, "colour");
    product->brand = catalog_cell(reader, "brand");
    product->size = catalog_cell(reader, "size");
    BUF_SCOPE(title, 65536);
    for (size_t i = 0; i < reader->bot->language_count; i++) {
        TRY(buf_add_str(&title, product->title.at[i]));
        TRY(buf_add_u8(&title, ' '));
    }
    TRY(arena_take_str(reader->bot->arena, buf_str(&title), &document->title));
    document->language = reader->bot->languages[0];
    return catalog_body(reader, &document->body);
}

enum err
catalog_load(struct bot *bot, struct bot_fault *fault)
{
    struct catalog_reader reader = {bot, {.column_count = 0}, 0};
    unsigned line = 0;
    const char *what = "";
    void *piece = NULL, *documents = NULL;
    str text;

    enum err err = bot_read_file(bot, STR("products.csv"), &text);
    if (err == ERR_ABSENT)
        return ERR_NONE;
    snprintf(fault->file, sizeof fault->file, "products.csv");
    TRY(err);
    err = csv_parse(bot->arena, text, &reader.csv, &line, &what);
    if (err == ERR_INPUT) {
        fault->line = line;
        fault->column = 1;
        snprintf(fault->text, sizeof fault->text, "%s", what);
    }
    TRY(err);
    static const char *const needed[] = {"id", "title", "price"};
    for (size_t i = 0; i < 3; i++)
        if (csv_find(&reader.csv, str_from(needed[i])) == SIZE_MAX)
            return catalog_refuse(&reader, fault, "-", "the first line must name the columns id, title and price");
    TRY(arena_take(bot->arena, reader.csv.row_count + 1, sizeof(struct bot_product), &piece));
    TRY(arena_take(bot->arena, reader.csv.row_count + 1, sizeof(struct kb_document), &documents));
    bot->products = piece;
    for (reader.row = 0; reader.row < reader.csv.row_count; reader.row++)
        TRY(catalog_row(&reader, fault, &bot->products[reader.row], (struct kb_document *)documents + reader.row));
    bot->product_count = reader.csv.row_count;
    return bot->product_count ? kb_make(bot->arena, documents, bot->product_count, &bot->catalog) : ERR_NONE;
}

/* The amount behind a phrase such as "under"; at most three words between. */
static bool
catalog_amount(const struct words *words, const char *const *phrases, double *out)
{
    for (size_t i = 0; phrases[i]; i++) {
        str phrase = str_from(phrases[i]);
        if (!words_has(words, phrase))
            continue;
        size_t at = str_find(words->folded, phrase);
        for (size_t k = 0, after = 0; k < words->count && after < 4; k++) {
            if (words->word[k].at < words->folded.at + at + phrase.len)
                continue;
            after++;
            if (catalog_number(words->word[k], out))
                return true;
        }
    }
    return false;
}

static bool
catalog_has_value(const struct bot *bot, const struct words *words, const struct grasp *grasp, str entity, str value)
{
    char folded[128];
    size_t len = 0;

    if (value.len == 0 || value.len >= sizeof folded)
        return false;
    for (size_t i = 0; i < grasp->entity_count; i++)
        if (str_is(grasp->entities[i].entity, entity) && str_is_nocase(grasp->entities[i].value, value))
            return true;
    for (; len < value.len; len++)
        folded[len] = value.at[len] >= 'A' && value.at[len] <= 'Z' ? (char)(value.at[len] + 32) : value.at[len];
    (void)bot;
    if (words_has(words, str_bytes(folded, len)))
        return true;
    /* "cups" is a category, "cup" was said, and the other way round */
    for (size_t i = 0; i < words->count; i++) {
        str word = words->word[i];
        bool more = word.len + 1 == len && folded[len - 1] == 's' && memcmp(folded, word.at, word.len) == 0;
        bool less = word.len == len + 1 && word.at[len] == 's' && memcmp(folded, word.at, len) == 0;
        if ((more || less) && len > 2)
            return true;
    }
    return false;
}

enum err
catalog_read(const struct bot *bot, struct arena *arena, const struct grasp *grasp, struct catalog_ask *out)
{
    static const char *const under[] = {"under", "below", "less than", "cheaper than", "up to", "at most", "max", "maximum", "unter", "bis",
                                        "höchstens", "weniger als", "maximal", "billiger als", "günstiger als", NULL};
    static const char *const over[] = {"over", "above", "more than", "at least", "über", "mehr als", "mindestens", "ab", NULL};
    static const char *const between[] = {"between", "zwischen", NULL};
    static const char *const upper[] = {"and", "und", "to", NULL};
    static const char *const phrases_cheap[] = {"cheapest", "lowest price", "least expensive", "günstigste", "günstigsten", "billigste", "billigsten", NULL};
    static const char *const phrases_stock[] = {"in stock", "available", "auf lager", "lieferbar", "vorrätig", "verfügbar", NULL};
    const struct words *words = grasp->words;

    *out = (struct catalog_ask){.price_max = DBL_MAX};
    if (bot->product_count == 0)
        return ERR_NONE;
    bool has_price = catalog_amount(words, under, &out->price_max);
    has_price = catalog_amount(words, over, &out->price_min) || has_price;
    if (catalog_amount(words, between, &out->price_min) && catalog_amount(words, upper, &out->price_max))
        has_price = true;
    for (size_t i = 0; phrases_cheap[i]; i++)
        out->is_cheapest = out->is_cheapest || words_has(words, str_from(phrases_cheap[i]));
    for (size_t i = 0; phrases_stock[i]; i++)
        out->is_in_stock = out->is_in_stock || words_has(words, str_from(phrases_stock[i]));
    for (size_t i = 0; i < bot->product_count; i++) {
        const struct bot_product *product = &bot->products[i];
        if (out->colour.len == 0 && catalog_has_value(bot, words, grasp, STR("colour"), product->colour))
            out->colour = product->colour;
        if (out->category.len == 0 && catalog_has_value(bot, words, grasp, STR("category"), product->category))
            out->category = product->category;
    }
    TRY(kb_find(bot->catalog, arena, words, (str){"", 0}, out->hits, &out->hit_count));
    float top = out->hit_count ? out->hits[0].ratio : 0;
    bool is_filtered = has_price || out->colour.len > 0 || out->is_cheapest;
    out->is_strong = is_filtered && (out->category.len > 0 || top >= 0.10f);
    out->is_ask = out->is_strong || is_filtered || out->category.len > 0 || top >= KB_ANSWER_RATIO;
    return ERR_NONE;
}

static bool
catalog_fits(const struct bot_product *product, const struct catalog_ask *ask)
{
    return product->price >= ask->price_min && product->price <= ask->price_max && (!ask->is_in_stock || product->stock != 0) &&
           (ask->colour.len == 0 || str_is_nocase(ask->colour, product->colour)) &&
           (ask->category.len == 0 || str_is_nocase(ask->category, product->category));
}

static void
catalog_add(const struct bot *bot, const struct catalog_ask *ask, struct recall *out, size_t product)
{
    size_t at;

    for (size_t i = 0; i < out->product_count; i++)
        if (out->products[i] == product)
            return;
    out->product_total++;
    for (at = out->product_count; ask->is_cheapest && at > 0 && bot->products[out->products[at - 1]].price > bot->products[product].price;)
        at--;
    if (at == RECALL_PRODUCTS_MAX)
        return;
    if (out->product_count < RECALL_PRODUCTS_MAX)
        out->product_count++;
    for (size_t i = out->product_count - 1; i > at; i--)
        out->products[i] = out->products[i - 1];
    out->products[at] = product;
}

void
catalog_find(const struct bot *bot, const struct catalog_ask *ask, struct recall *out)
{
    float least = ask->hit_count ? ask->hits[0].ratio * 0.5f : 0;

    for (size_t i = 0; i < ask->hit_count; i++)
        if (ask->hits[i].ratio >= least && catalog_fits(&bot->products[ask->hits[i].document], ask))
            catalog_add(bot, ask, out, ask->hits[i].document);
    if (ask->category.len == 0 && ask->hit_count > 0)
        return;
    for (size_t i = 0; i < bot->product_count; i++) {
        bool is_hit = false;
        for (size_t k = 0; k < ask->hit_count; k++)
            is_hit = is_hit || (ask->hits[k].document == i && ask->hits[k].ratio >= least);
        if (!is_hit && catalog_fits(&bot->products[i], ask))
            catalog_add(bot, ask, out, i);
    }
}

enum err
catalog_price(const struct bot_product *product, str language, struct buf *out)
{
    str currency = product->currency.len > 0 ? product->currency : STR("EUR");
    str sign = str_is(currency, STR("EUR"))   ? STR("€")
               : str_is(currency, STR("USD")) ? STR("$")
               : str_is(currency, STR("GBP")) ? STR("£")
                                              : currency;
    long cents = (long)(product->price * 100 + 0.5);

    if (str_has_prefix(language, STR("en")))
        return buf_add_text(out, "%.*s%s%ld.%02ld", STR_ARG(sign), sign.len == 3 && sign.at == currency.at ? " " : "", cents / 100, cents % 100);
    return buf_add_text(out, "%ld,%02ld %.*s", cents / 100, cents % 100, STR_ARG(sign));
}
