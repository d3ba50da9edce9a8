/* What is said with products: a sentence of the table or the author, a price as the language writes it, two products side by side. */
#include "engine/bot_private.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum err
catalog_say_price(const struct bot_product *product, str language, struct buf *out)
{
    long long cents = llround(product->price * 100);
    bool is_english = str_has_prefix(language, STR("en"));
    str currency = product->currency;

    if (str_is(currency, STR("EUR")) || currency.len == 0)
        currency = STR("€");
    if (is_english)
        return buf_add_text(out, "%.*s%s%lld.%02lld", STR_ARG(currency), str_is(currency, STR("€")) ? "" : " ", cents / 100, cents % 100);
    return buf_add_text(out, "%lld,%02lld %.*s", cents / 100, cents % 100, STR_ARG(currency));
}

static enum err
say_number(double value, str language, struct buf *out)
{
    char text[32];
    int len = snprintf(text, sizeof text, "%.1f", value);
    char *point = len > 0 ? strchr(text, '.') : NULL;

    if (point && !str_has_prefix(language, STR("en")))
        *point = ',';
    return buf_add_str(out, str_from(text));
}

struct say_pair {
    const struct bot *bot;
    const struct bot_product *of[2];
    size_t language;
    struct buf *out;
};

/* "- **Size:** Chef's knife 20 cm; Santoku knife 17 cm" */
static enum err
say_row(const struct say_pair *pair, str label, str a, str b)
{
    const str values[2] = {a, b};

    if (a.len == 0 || b.len == 0 || str_is_nocase(a, b))
        return ERR_NONE;
    TRY(buf_add_text(pair->out, "\n- **%.*s:** ", STR_ARG(label)));
    for (size_t i = 0; i < 2; i++)
        TRY(buf_add_text(pair->out, "%s%.*s (%.*s)", i > 0 ? "; " : "", STR_ARG(values[i]), STR_ARG(bot_text_get(&pair->of[i]->title, pair->language))));
    return ERR_NONE;
}

static str
say_text(const struct say_pair *pair, enum catalog_text text)
{
    return bot_text_get(&pair->bot->catalog_texts[text], pair->language);
}

/* Columns that the program knows have rows of their own, or say nothing in a comparison. */
static bool
say_is_known(str column)
{
    static const char *const known[] = {"id", "price", "currency", "category", "colour", "brand", "size", "stock", "url", "image", "rating", "goes_with", NULL};

    for (size_t i = 0; known[i]; i++)
        if (str_is(column, str_from(known[i])))
            return true;
    return str_has_prefix(column, STR("title")) || str_has_prefix(column, STR("description"));
}

static enum err
say_comparison(const struct say_pair *pair)
{
    const struct bot_product *a = pair->of[0], *b = pair->of[1];
    const struct csv *table = &pair->bot->product_table;
    str language = pair->bot->languages[pair->language];
    BUF_SCOPE(left, 256);
    BUF_SCOPE(right, 256);

    TRY(catalog_say_price(a, language, &left));
    TRY(catalog_say_price(b, language, &right));
    TRY(say_row(pair, say_text(pair, CATALOG_PRICE), buf_str(&left), buf_str(&right)));
    buf_reset(&left);
    buf_reset(&right);
    if (a->rating >= 0 && b->rating >= 0) {
        TRY(say_number(a->rating, language, &left));
        TRY(say_number(b->rating, language, &right));
    }
    TRY(say_row(pair, say_text(pair, CATALOG_RATING), buf_str(&left), buf_str(&right)));
    TRY(say_row(pair, say_text(pair, CATALOG_SIZE), a->size, b->size));
    TRY(say_row(pair, say_text(pair, CATALOG_COLOUR), a->colour, b->colour));
    TRY(say_row(pair, say_text(pair, CATALOG_BRAND), a->brand, b->brand));
    for (size_t i = 0; i < table->column_count; i++)
        if (!say_is_known(table->column[i]))
            TRY(say_row(pair, table->column[i], table->cell[a->row * table->column_count + i], table->cell[b->row * table->column_count + i]));
    if (a->stock < 0 || b->stock < 0)
        return ERR_NONE;
    return say_row(pair, say_text(pair, CATALOG_STOCK), say_text(pair, a->stock ? CATALOG_YES : CATALOG_NO), say_text(pair, b->stock ? CATALOG_YES : CATALOG_NO));
}

enum err
catalog_say_text(const struct bot *bot, const struct catalog_ask *ask, const struct recall *recall, size_t language, struct buf *out)
{
    const struct bot_product *base = ask->base_count > 0 ? &bot->products[ask->base[0]] : NULL;
    size_t known = bot->known[recall->product_count > 0 ? KNOWN_PRODUCTS : KNOWN_NO_PRODUCTS];

    if (recall->product_text == CATALOG_FOUND || recall->product_count == 0)
        return buf_add_str(out, bot_text_get(&bot->responses[known].variants[0].text, language));
    str text = bot_text_get(&bot->catalog_texts[recall->product_text], language);
    size_t at = str_find(text, STR("{product}"));
    if (at == SIZE_MAX || !base) {
        TRY(buf_add_str(out, text));
    } else {
        TRY(buf_add_str(out, str_slice(text, 0, at)));
        TRY(buf_add_str(out, bot_text_get(&base->title, language)));
        TRY(buf_add_str(out, str_slice(text, at + strlen("{product}"), text.len)));
    }
    struct say_pair pair = {bot, {base, recall->product_count > 1 ? &bot->products[recall->products[1]] : NULL}, language, out};
    return recall->product_text == CATALOG_COMPARED && base && pair.of[1] ? say_comparison(&pair) : ERR_NONE;
}
