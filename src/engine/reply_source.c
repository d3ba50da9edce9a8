/* Where the values of a reply may come from: the author's texts that it is made of, and what this visitor gave. It copies nothing. */
#include "engine/reply_value.h"

struct source_list {
    str *at;
    size_t count, max;
};

static void
source_add(struct source_list *list, str text)
{
    if (text.len > 0 && list->count < list->max)
        list->at[list->count++] = text;
}

static void
source_add_text(struct source_list *list, const struct bot_text *text, size_t languages)
{
    for (size_t i = 0; i < languages; i++)
        source_add(list, text->at[i]);
}

static void
source_add_section(struct source_list *list, const struct bot_section *section)
{
    source_add(list, section->title);
    source_add(list, section->article);
    source_add(list, section->text);
    source_add(list, section->blocks); /* where its links lead */
    source_add(list, section->url);
}

static void
source_add_product(struct source_list *list, const struct bot_product *product, size_t languages)
{
    source_add(list, product->id);
    source_add(list, product->url);
    source_add(list, product->image);
    source_add_text(list, &product->title, languages);
    source_add_text(list, &product->description, languages);
}

/* A value as it is said, in each language of the bot. */
static enum err
source_add_said(struct source_list *list, struct arena *arena, const struct dialogue *dialogue, size_t slot)
{
    const struct bot *bot = dialogue->bot;
    BUF_SCOPE(shown, 4096);
    str text;

    for (size_t i = 0; i < bot->language_count; i++) {
        buf_reset(&shown);
        TRY(reply_value_write(bot, slot, dialogue->slots[slot], i, &shown));
        if (str_is(buf_str(&shown), dialogue->slots[slot]))
            continue;
        TRY(arena_take_str(arena, buf_str(&shown), &text));
        source_add(list, text);
    }
    return ERR_NONE;
}

static enum err
source_add_visitor(struct source_list *list, struct arena *arena, const struct dialogue *dialogue)
{
    const struct bot *bot = dialogue->bot;

    for (size_t i = 0; i < bot->slot_count; i++) {
        source_add(list, dialogue->slots[i]);
        if (dialogue->slots[i].len > 0)
            TRY(source_add_said(list, arena, dialogue, i));
    }
    for (size_t i = 0; i < bot->table_count; i++) {
        const struct csv *csv = &bot->tables[i].csv;
        for (size_t k = 0; dialogue->rows[i] != BOT_NONE && k < csv->column_count; k++)
            source_add(list, csv->cell[dialogue->rows[i] * csv->column_count + k]);
    }
    return ERR_NONE;
}

static void
source_add_say(struct source_list *list, const struct bot *bot, const struct say *say)
{
    if (say->response == BOT_NONE || say->response >= bot->response_count)
        return;
    const struct bot_response *response = &bot->responses[say->response];
    for (size_t i = 0; i < response->variant_count; i++) {
        source_add_text(list, &response->variants[i].text, bot->language_count);
        for (size_t k = 0; k < response->variants[i].button_count; k++)
            source_add_text(list, &response->variants[i].buttons[k].title, bot->language_count);
    }
    for (size_t i = 0; i < bot->field_count; i++)
        source_add_text(list, &bot->fields[i].purpose, bot->language_count);
}

/* At most so many, so that the list is taken once. */
static size_t
source_max(const struct reply_source *of)
{
    const struct bot *bot = of->dialogue->bot;
    size_t max = bot->slot_count * (1 + bot->language_count) + (RECALL_PASSAGES_MAX + DIALOGUE_PASSAGES_MAX) * 5 +
                 RECALL_PRODUCTS_MAX * (BOT_LANGUAGES_MAX * 2 + 3);

    for (size_t i = 0; i < bot->table_count; i++)
        max += bot->tables[i].csv.column_count;
    for (size_t i = 0; i < of->decision->say_count; i++) {
        size_t response = of->decision->says[i].response;
        max += bot->field_count * bot->language_count;
        for (size_t k = 0; response < bot->response_count && k < bot->responses[response].variant_count; k++)
            max += (1 + bot->responses[response].variants[k].button_count) * bot->language_count;
    }
    for (size_t i = 0; i < of->decision->option_count; i++)
        max += bot->intents[of->decision->options[i]].example_count;
    return max + 2;
}

enum err
reply_source_take(const struct reply_source *of, struct arena *arena, str **out, size_t *count)
{
    const struct bot *bot = of->dialogue->bot;
    struct source_list list = {NULL, 0, source_max(of)};
    void *piece = NULL;

    TRY(arena_take(arena, list.max, sizeof(str), &piece));
    list.at = piece;
    source_add(&list, of->said);
    source_add(&list, of->masked);
    TRY(source_add_visitor(&list, arena, of->dialogue));
    for (size_t i = 0; i < of->decision->say_count; i++)
        source_add_say(&list, bot, &of->decision->says[i]);
    for (size_t i = 0; i < of->recall->passage_count; i++)
        source_add_section(&list, &bot->sections[of->recall->passages[i]]);
    for (size_t i = 0; i < of->dialogue->passage_count; i++)
        source_add_section(&list, &bot->sections[of->dialogue->passages[i]]);
    for (size_t i = 0; i < of->recall->product_count; i++)
        source_add_product(&list, &bot->products[of->recall->products[i]], bot->language_count);
    for (size_t i = 0; i < of->decision->option_count; i++)
        for (size_t k = 0; k < bot->example_count; k++)
            if (bot->examples[k].intent == of->decision->options[i])
                source_add(&list, bot->examples[k].text);
    *out = list.at;
    *count = list.count;
    return ERR_NONE;
}
