/* Writes the reply as JSON. Author texts are templates: {slot} is replaced by plain text, **bold**, [text](url), lists and paragraphs
 * become nodes; what a visitor said is only ever text. It never writes markup. */
#include "engine/bot_private.h"
#include "engine/kb_markdown.h"
#include "engine/reply_value.h"

#include <stdio.h>
#include <string.h>

struct reply {
    const struct bot *bot;
    struct dialogue *dialogue;
    size_t language, field;
    struct buf *json;
    bool needs_comma;
};

/* What stands for {name}: of the purpose, a slot, or a table's column. */
static enum err
reply_value(const struct reply *reply, str name, struct buf *out)
{
    size_t slot = bot_find_slot(reply->bot, name);

    if (str_is(name, STR("purpose")) && reply->field > 0)
        return buf_add_str(out, bot_text_get(&reply->bot->fields[reply->field - 1].purpose, reply->language));
    if (!reply->dialogue)
        return ERR_NONE;
    if (slot != BOT_NONE)
        return reply_value_write(reply->bot, slot, reply->dialogue->slots[slot], reply->language, out);
    return buf_add_str(out, dialogue_value(reply->bot, reply->dialogue, name));
}

static enum err
reply_comma(struct reply *reply)
{
    bool comma = reply->needs_comma;
    reply->needs_comma = true;
    return comma ? buf_add_u8(reply->json, ',') : ERR_NONE;
}

/* Text with {slots}, as one JSON string. */
static enum err
reply_plain(struct reply *reply, str text)
{
    BUF_SCOPE(filled, 65536);

    while (text.len > 0) {
        size_t open = str_find(text, STR("{")), close = str_find(text, STR("}"));
        if (open == SIZE_MAX || close == SIZE_MAX || close < open) {
            TRY(buf_add_str(&filled, text));
            break;
        }
        TRY(buf_add_str(&filled, str_slice(text, 0, open)));
        TRY(reply_value(reply, str_slice(text, open + 1, close - open - 1), &filled));
        text = str_slice(text, close + 1, text.len);
    }
    if (filled.len == 0)
        return ERR_NONE;
    TRY(reply_comma(reply));
    return kb_markdown_json(reply->json, buf_str(&filled));
}

static enum err
reply_link(struct reply *reply, str label, str url)
{
    TRY(reply_comma(reply));
    TRY(buf_add_str(reply->json, STR("{\"href\":")));
    TRY(kb_markdown_json(reply->json, url));
    TRY(buf_add_str(reply->json, STR(",\"a\":[")));
    reply->needs_comma = false;
    TRY(reply_plain(reply, label));
    reply->needs_comma = true;
    return buf_add_str(reply->json, STR("]}"));
}

/* [label](url), or a bracket that is none. Gives what is left. */
static enum err
reply_bracket(struct reply *reply, str text, str *rest)
{
    size_t middle = str_find(text, STR("](")), end = str_find(text, STR(")"));

    if (middle == SIZE_MAX || end == SIZE_MAX || end < middle) {
        *rest = str_slice(text, 1, text.len);
        return reply_plain(reply, STR("["));
    }
    *rest = str_slice(text, end + 1, text.len);
    return reply_link(reply, str_slice(text, 1, middle - 1), str_slice(text, middle + 2, end - middle - 2));
}

static enum err
reply_inlines(struct reply *reply, str text)
{
    reply->needs_comma = false;
    while (text.len > 0) {
        size_t bold = str_find(text, STR("**")), link = str_find(text, STR("["));
        size_t first = bold < link ? bold : link;
        TRY(reply_plain(reply, str_slice(text, 0, first == SIZE_MAX ? text.len : first)));
        if (first == SIZE_MAX)
            return ERR_NONE;
        text = str_slice(text, first, text.len);
        if (first == link) {
            TRY(reply_bracket(reply, text, &text));
            continue;
        }
        size_t end = str_find(str_slice(text, 2, text.len), STR("**"));
        if (end == SIZE_MAX)
            return reply_plain(reply, text);
        TRY(reply_comma(reply));
        TRY(buf_add_str(reply->json, STR("{\"b\":[")));
        reply->needs_comma = false;
        TRY(reply_plain(reply, str_slice(text, 2, end)));
        TRY(buf_add_str(reply->json, STR("]}")));
        reply->needs_comma = true;
        text = str_slice(text, end + 4, text.len);
    }
    return ERR_NONE;
}

/* Paragraphs and "- " items, one per line. */
static enum err
reply_blocks(struct reply *reply, str text)
{
    str line;
    bool first = true, in_list = false;

    TRY(buf_add_str(reply->json, STR("{\"blocks\":[")));
    while (str_split(&text, '\n', &line)) {
        line = str_trim(line);
        bool item = str_has_prefix(line, STR("- "));
        if (in_list && !item)
            TRY(buf_add_str(reply->json, STR("]}")));
        in_list = in_list && item;
        if (line.len == 0)
            continue;
        if (item && in_list)
            TRY(buf_add_str(reply->json, STR(",[")));
        else
            TRY(buf_add_text(reply->json, "%s%s", first ? "" : ",", item ? "{\"ul\":[[" : "{\"p\":["));
        TRY(reply_inlines(reply, item ? str_slice(line, 2, line.len) : line));
        TRY(buf_add_str(reply->json, item ? STR("]") : STR("]}")));
        in_list = item;
        first = false;
    }
    if (in_list)
        TRY(buf_add_str(reply->json, STR("]}")));
    return buf_add_u8(reply->json, ']');
}

static enum err
reply_quick(struct reply *reply, bool first, str title, str payload)
{
    TRY(buf_add_str(reply->json, first ? STR("{\"title\":") : STR(",{\"title\":")));
    TRY(kb_markdown_json(reply->json, title));
    TRY(buf_add_str(reply->json, STR(",\"payload\":")));
    TRY(kb_markdown_json(reply->json, payload));
    return buf_add_u8(reply->json, '}');
}

/* A picture is a card: shown when it is the chat's own, a link otherwise, since a foreign server would see who reads. */
static enum err
reply_image(struct reply *reply, str image)
{
    bool is_own = !str_has_prefix(image, STR("https://"));
    str rest = image, name = image, piece;

    while (str_split(&rest, '/', &piece))
        name = piece.len > 0 ? piece : name;
    TRY(buf_add_str(reply->json, STR(",\"cards\":[{\"title\":")));
    TRY(kb_markdown_json(reply->json, name));
    TRY(buf_add_str(reply->json, is_own ? STR(",\"image\":") : STR(",\"picture\":true,\"url\":")));
    TRY(kb_markdown_json(reply->json, image));
    return buf_add_str(reply->json, STR("}]"));
}

static enum err
reply_response(struct reply *reply, size_t which)
{
    const struct bot_response *response = &reply->bot->responses[which];
    unsigned turn = reply->dialogue ? reply->dialogue->turns[which]++ : 0;
    const struct bot_variant *variant = &response->variants[turn % response->variant_count];

    if (reply->dialogue)
        reply->dialogue->last = which;
    TRY(reply_blocks(reply, bot_text_get(&variant->text, reply->language)));
    if (variant->image.len > 0)
        TRY(reply_image(reply, variant->image));
    if (variant->button_count > 0)
        TRY(buf_add_str(reply->json, STR(",\"quick\":[")));
    for (size_t i = 0; i < variant->button_count; i++)
        TRY(reply_quick(reply, i == 0, bot_text_get(&variant->buttons[i].title, reply->language), variant->buttons[i].payload));
    return buf_add_str(reply->json, variant->button_count > 0 ? STR("]}") : STR("}"));
}

static enum err
reply_passage(struct reply *reply, size_t which)
{
    const struct bot_section *section = &reply->bot->sections[which];

    TRY(buf_add_str(reply->json, STR("{\"blocks\":[{\"h\":[")));
    TRY(kb_markdown_json(reply->json, section->title));
    TRY(buf_add_str(reply->json, STR("]},")));
    TRY(buf_add_str(reply->json, section->blocks));
    TRY(buf_add_str(reply->json, STR("],\"source\":{\"title\":")));
    TRY(kb_markdown_json(reply->json, section->article));
    TRY(buf_add_str(reply->json, STR(",\"url\":")));
    TRY(kb_markdown_json(reply->json, section->url));
    return buf_add_str(reply->json, STR("}}"));
}

static enum err
reply_next_passage(struct reply *reply)
{
    struct dialogue *dialogue = reply->dialogue;
    size_t which = dialogue->passages[0];

    for (size_t i = 1; i < dialogue->passage_count; i++)
        dialogue->passages[i - 1] = dialogue->passages[i];
    dialogue->passage_count--;
    return reply_passage(reply, which);
}

static enum err
reply_first_passage(struct reply *reply, const struct recall *recall)
{
    reply->dialogue->passage_count = 0;
    for (size_t i = 1; i < recall->passage_count && i <= 2; i++)
        reply->dialogue->passages[reply->dialogue->passage_count++] = recall->passages[i];
    return reply_passage(reply, recall->passages[0]);
}

/* An intent in the author's words: its first example in the language of the reply, else its first. */
static str
reply_option(const struct reply *reply, size_t intent)
{
    const struct bot *bot = reply->bot;
    str first = {"", 0};

    for (size_t i = 0; i < bot->example_count; i++) {
        if (bot->examples[i].intent != intent)
            continue;
        if (str_is(bot->examples[i].language, bot->languages[reply->language]))
            return bot->examples[i].text;
        first = first.len > 0 ? first : bot->examples[i].text;
    }
    return first;
}

static enum err
reply_suggest(struct reply *reply, const struct say *say, const struct decision *decision, const struct recall *recall)
{
    const struct bot_response *response = &reply->bot->responses[say->response];
    size_t count = 0;
    char payload[256];

    TRY(reply_blocks(reply, bot_text_get(&response->variants[0].text, reply->language)));
    TRY(buf_add_str(reply->json, STR(",\"quick\":[")));
    for (size_t i = 0; i < decision->option_count; i++) {
        snprintf(payload, sizeof payload, "/%.*s", STR_ARG(reply->bot->intents[decision->options[i]].name));
        TRY(reply_quick(reply, count++ == 0, reply_option(reply, decision->options[i]), str_from(payload)));
    }
    for (size_t i = 0; i < recall->passage_count && count < 3; i++)
        TRY(reply_quick(reply, count++ == 0, reply->bot->sections[recall->passages[i]].title, (str){"", 0}));
    return buf_add_str(reply->json, STR("]}"));
}

/* A response with the decision's intents as quick replies. */
static enum err
reply_offer(struct reply *reply, const struct say *say, const struct decision *decision)
{
    struct recall none = {.passage_count = 0};

    return decision->option_count == 0 ? reply_response(reply, say->response) : reply_suggest(reply, say, decision, &none);
}

static enum err
reply_card(struct reply *reply, const struct bot_product *product)
{
    BUF_SCOPE(price, 64);
    str language = reply->bot->languages[reply->language];

    TRY(buf_add_str(reply->json, STR("{\"title\":")));
    TRY(kb_markdown_json(reply->json, bot_text_get(&product->title, reply->language)));
    TRY(catalog_say_price(product, language, &price));
    TRY(buf_add_str(reply->json, STR(",\"price\":")));
    TRY(kb_markdown_json(reply->json, buf_str(&price)));
    TRY(buf_add_str(reply->json, STR(",\"url\":")));
    TRY(kb_markdown_json(reply->json, product->url));
    if (product->stock == 0) {
        TRY(buf_add_str(reply->json, STR(",\"note\":")));
        TRY(kb_markdown_json(reply->json, bot_text_get(&reply->bot->catalog_texts[CATALOG_NOTE_OUT], reply->language)));
    }
    if (product->image.len > 0 && product->image.at[0] == '/') {
        TRY(buf_add_str(reply->json, STR(",\"image\":")));
        TRY(kb_markdown_json(reply->json, product->image));
    }
    TRY(buf_add_str(reply->json, STR(",\"id\":")));
    TRY(kb_markdown_json(reply->json, product->id));
    return buf_add_u8(reply->json, '}');
}

static enum err
reply_products(struct reply *reply, const struct catalog_ask *ask, const struct recall *recall)
{
    BUF_SCOPE(text, 65536);

    TRY(catalog_say_text(reply->bot, ask, recall, reply->language, &text));
    TRY(reply_blocks(reply, buf_str(&text)));
    if (recall->product_count > 0)
        TRY(buf_add_str(reply->json, STR(",\"cards\":[")));
    for (size_t i = 0; i < recall->product_count; i++) {
        TRY(buf_add_str(reply->json, i > 0 ? STR(",") : STR("")));
        TRY(reply_card(reply, &reply->bot->products[recall->products[i]]));
    }
    if (reply->dialogue)
        catalog_memory_keep(&reply->dialogue->products, ask, recall);
    return buf_add_str(reply->json, recall->product_count > 0 ? STR("]}") : STR("}"));
}

enum err
reply_write(const struct bot *bot, const struct grasp *grasp, const struct decision *decision, const struct recall *recall,
            struct dialogue *dialogue, struct buf *json)
{
    struct reply reply = {.bot = bot, .dialogue = dialogue, .language = grasp->language, .json = json};

    dialogue->language = grasp->language;
    dialogue->has_language = true;
    TRY(buf_add_u8(json, '['));
    for (size_t i = 0; i < decision->say_count; i++) {
        const struct say *say = &decision->says[i];
        reply.field = say->field;
        TRY(buf_add_str(json, i > 0 ? STR(",") : STR("")));
        if (say->kind == SAY_PASSAGE)
            TRY(reply_first_passage(&reply, recall));
        if (say->kind == SAY_NEXT_PASSAGE)
            TRY(reply_next_passage(&reply));
        if (say->kind == SAY_SUGGEST)
            TRY(reply_suggest(&reply, say, decision, recall));
        if (say->kind == SAY_OFFER)
            TRY(reply_offer(&reply, say, decision));
        if (say->kind == SAY_PRODUCTS)
            TRY(reply_products(&reply, grasp->ask, recall));
        if (say->kind == SAY_RESPONSE)
            TRY(reply_response(&reply, say->response));
    }
    return buf_add_u8(json, ']');
}

enum err
reply_greeting(const struct bot *bot, str language, struct buf *json)
{
    struct reply reply = {.bot = bot, .language = bot_language_find(bot, language), .json = json};

    TRY(buf_add_u8(json, '['));
    TRY(reply_response(&reply, bot->known[KNOWN_GREET]));
    return buf_add_u8(json, ']');
}
