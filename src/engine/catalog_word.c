/* The table of how people ask for products in each language, and what the catalogue's own columns name. It is read once, when a bot is loaded. */
#include "engine/catalog_word.h"

#include "engine/entity_table.h"
#include "engine/lexicon.h"

#include <string.h>

static const char *const cue_names[CUE_COUNT] = {"below", "above", "between", "about", "cheapest", "dearest", "best", "stars",
                                                 "stock", "compare", "similar", "along", "cheaper", "dearer", "other", "wish"};
static const char *const attribute_names[ATTRIBUTE_COUNT] = {"brand", "category", "colour", "size"};
/* Row in the table, and the response of an author that takes its place. */
static const char *const text_names[CATALOG_TEXTS][2] = {
    {"say-near", "utter_products_near"},       {"say-out", "utter_products_out"},     {"say-sold-out", "utter_product_sold_out"},
    {"say-compare", "utter_products_compare"}, {"say-similar", "utter_products_similar"}, {"say-along", "utter_products_along"},
    {"say-no-along", "utter_products_no_along"}, {"note-out", NULL}, {"label-price", NULL}, {"label-rating", NULL}, {"label-colour", NULL},
    {"label-size", NULL}, {"label-brand", NULL}, {"label-stock", NULL}, {"yes", NULL}, {"no", NULL}};

struct word_row {
    str language, name, phrases;
};

static bool
word_next(str *rest, struct word_row *out)
{
    str line;

    while (str_split(rest, '\n', &line)) {
        if (line.len == 0 || line.at[0] == '#')
            continue;
        (void)!str_split(&line, '\t', &out->language);
        (void)!str_split(&line, '\t', &out->name);
        out->phrases = line.at ? line : (str){"", 0};
        return true;
    }
    return false;
}

static size_t
word_language(const struct bot *bot, str language)
{
    for (size_t i = 0; i < bot->language_count; i++)
        if (str_is(str_slice(bot->languages[i], 0, 2), language))
            return i;
    return BOT_NONE;
}

/* The first language falls back to English, which stands first in the table; the others to the first. */
static void
word_text(struct bot *bot, const struct word_row *row, size_t language)
{
    for (size_t i = 0; i < CATALOG_TEXTS; i++) {
        if (!str_is(row->name, str_from(text_names[i][0])))
            continue;
        if (language != BOT_NONE)
            bot->catalog_texts[i].at[language] = row->phrases;
        else if (bot->catalog_texts[i].at[0].len == 0)
            bot->catalog_texts[i].at[0] = row->phrases;
    }
}

static enum err
word_fillers(struct bot *bot, str phrases)
{
    str word;
    uint32_t number;

    while (str_split(&phrases, '|', &word))
        TRY(lexicon_add(bot->fillers, word, &number));
    return ERR_NONE;
}

enum err
catalog_word_load(struct bot *bot)
{
    str rest = str_bytes(catalog_table_words, catalog_table_words_len);
    struct word_row row;

    TRY(lexicon_make(&bot->fillers));
    while (word_next(&rest, &row)) {
        size_t language = word_language(bot, row.language);
        word_text(bot, &row, language);
        if (language != BOT_NONE && str_is(row.name, STR("filler")))
            TRY(word_fillers(bot, row.phrases));
    }
    for (size_t i = 0; i < CATALOG_TEXTS; i++) {
        size_t response = text_names[i][1] ? bot_find_response(bot, str_from(text_names[i][1])) : BOT_NONE;
        if (response == BOT_NONE)
            continue;
        bot->responses[response].is_used = true;
        bot->catalog_texts[i] = bot->responses[response].variants[0].text;
    }
    return ERR_NONE;
}

static str
word_attribute(const struct bot_product *product, enum catalog_attribute attribute)
{
    const str values[ATTRIBUTE_COUNT] = {product->brand, product->category, product->colour, product->size};
    return values[attribute];
}

static enum err
word_values(const struct bot *bot, struct entity_list *list, uint32_t first)
{
    for (uint32_t k = 0; k < ATTRIBUTE_COUNT; k++) {
        size_t own = bot_find_entity(bot, str_from(attribute_names[k]));
        if (own != BOT_NONE && own < bot->own_entity_count)
            continue;
        for (size_t i = 0; i < bot->product_count; i++) {
            str value = word_attribute(&bot->products[i], (enum catalog_attribute)k);
            bool is_seen = value.len == 0;
            for (size_t back = i < 50 ? 0 : i - 50; back < i && !is_seen; back++)
                is_seen = str_is(word_attribute(&bot->products[back], (enum catalog_attribute)k), value);
            if (!is_seen)
                TRY(entity_list_add(list, first + k, value, value, k == ATTRIBUTE_CATEGORY ? bot->languages[0] : (str){"", 0}));
        }
    }
    return ERR_NONE;
}

enum err
catalog_word_index(const struct bot *bot, struct entity_list *list, uint32_t first)
{
    str rest = str_bytes(catalog_table_words, catalog_table_words_len), phrase;
    struct word_row row;

    TRY(word_values(bot, list, first));
    while (word_next(&rest, &row)) {
        if (word_language(bot, row.language) == BOT_NONE)
            continue;
        for (uint32_t i = 0; i < CUE_COUNT; i++)
            if (str_is(row.name, str_from(cue_names[i])))
                while (str_split(&row.phrases, '|', &phrase))
                    TRY(entity_list_add(list, first + ATTRIBUTE_COUNT + i, phrase, (str){"", 0}, (str){"", 0}));
    }
    return ERR_NONE;
}

/* Of two phrases at one place the longer one is meant: "less than", not "less". */
static void
word_keep_cue(unsigned cue, size_t from, size_t len, struct grasp *out)
{
    for (size_t i = 0; i < out->cue_count; i++) {
        struct grasp_cue *other = &out->cues[i];
        if (other->from <= from && other->from + other->len >= from + len)
            return;
        if (from <= other->from && from + len >= other->from + other->len) {
            *other = (struct grasp_cue){cue, from, len};
            return;
        }
    }
    if (out->cue_count < GRASP_CUES_MAX)
        out->cues[out->cue_count++] = (struct grasp_cue){cue, from, len};
}

void
catalog_word_keep(uint32_t number, str value, size_t from, size_t len, struct grasp *out)
{
    if (number >= ATTRIBUTE_COUNT)
        word_keep_cue(number - ATTRIBUTE_COUNT, from, len, out);
    else if (out->entity_count < GRASP_ENTITIES_MAX)
        out->entities[out->entity_count++] = (struct grasp_entity){str_from(attribute_names[number]), value, from, len};
}

bool
catalog_word_has(const struct grasp *grasp, enum catalog_cue cue)
{
    for (size_t i = 0; i < grasp->cue_count; i++)
        if (grasp->cues[i].cue == cue)
            return true;
    return false;
}
