/* The parts of bot.yaml about words: responses, and intents with their examples. */
#include "engine/bot_yaml.h"

#include <stdio.h>
#include <string.h>

static enum err
words_button(struct bot_yaml *y, const yaml_node_t *node, struct bot_button *button)
{
    TRY(bot_yaml_keys(y, node, SHAPE_BUTTON));
    const yaml_node_t *title = bot_yaml_get(y, node, "title"), *payload = bot_yaml_get(y, node, "payload");
    if (!title || !payload)
        return bot_yaml_refuse(y, node, "a button needs title and payload; write {title: Cancel, payload: /cancel}");
    TRY(bot_yaml_text(y, title, &button->title));
    TRY(bot_yaml_str(y, payload, &button->payload));
    if (!str_has_prefix(button->payload, STR("/")))
        return bot_yaml_refuse(y, payload, "a payload begins with \"/\"; write /intent");
    return ERR_NONE;
}

static enum err
words_variant(struct bot_yaml *y, const yaml_node_t *node, struct bot_variant *variant)
{
    void *piece = NULL;

    TRY(bot_yaml_keys(y, node, SHAPE_VARIANT));
    const yaml_node_t *text = bot_yaml_get(y, node, "text"), *buttons = bot_yaml_get(y, node, "buttons"), *image = bot_yaml_get(y, node, "image");
    if (!text)
        return bot_yaml_refuse(y, node, "a response needs a text; write \"- text: Hello\"");
    TRY(bot_yaml_text(y, text, &variant->text));
    variant->line = (unsigned)text->start_mark.line + 1;
    variant->column = (unsigned)text->start_mark.column + 1;
    if (image) {
        TRY(bot_yaml_str(y, image, &variant->image));
        if (!str_has_prefix(variant->image, STR("/")) && !str_has_prefix(variant->image, STR("https://")))
            return bot_yaml_refuse(y, image, "an image is a path that begins with \"/\", or a link that begins with \"https://\"");
    }
    if (!buttons)
        return ERR_NONE;
    TRY(bot_yaml_need(y, buttons, YAML_SEQUENCE_NODE, "\"buttons\""));
    TRY(bot_yaml_array(y, buttons, sizeof(struct bot_button), &piece));
    variant->buttons = piece;
    for (size_t i = 0; i < bot_yaml_count(buttons); i++)
        TRY(words_button(y, bot_yaml_item(y, buttons, i), &variant->buttons[variant->button_count++]));
    return ERR_NONE;
}

static enum err
words_responses(struct bot_yaml *y, const yaml_node_t *map)
{
    void *piece = NULL;
    size_t count = map ? bot_yaml_count(map) : 0;

    if (map)
        TRY(bot_yaml_names(y, map));
    TRY(arena_take(y->bot->arena, count + KNOWN_COUNT, sizeof(struct bot_response), &piece));
    y->bot->responses = piece;
    for (size_t i = 0; i < count; i++) {
        struct bot_response *response = &y->bot->responses[i];
        yaml_node_t *key, *list = bot_yaml_pair(y, map, i, NULL, &key);
        TRY(bot_yaml_str(y, key, &response->name));
        response->line = (unsigned)key->start_mark.line + 1;
        TRY(bot_yaml_need(y, list, YAML_SEQUENCE_NODE, "a response"));
        if (bot_yaml_count(list) == 0)
            return bot_yaml_refuse(y, list, "the response says nothing; write \"- text: Hello\"");
        TRY(bot_yaml_array(y, list, sizeof(struct bot_variant), &piece));
        response->variants = piece;
        response->variant_count = bot_yaml_count(list);
        for (size_t k = 0; k < response->variant_count; k++)
            TRY(words_variant(y, bot_yaml_item(y, list, k), &response->variants[k]));
    }
    y->bot->response_count = count;
    return bot_builtin_responses(y->bot);
}

/* The value of "key":"value" in the braces behind an annotated word; empty when there is none. */
static str
words_member(str braces, const char *key)
{
    char quoted[32];
    int len = snprintf(quoted, sizeof quoted, "\"%s\"", key);
    size_t at = str_find(braces, str_bytes(quoted, (size_t)len));
    str rest = at == SIZE_MAX ? (str){"", 0} : str_slice(braces, at + (size_t)len, braces.len), value = {"", 0};

    size_t open = str_find(rest, STR("\""));
    if (open == SIZE_MAX)
        return value;
    rest = str_slice(rest, open + 1, rest.len);
    size_t close = str_find(rest, STR("\""));
    return close == SIZE_MAX ? value : str_slice(rest, 0, close);
}

/* What an example marks as an entity is a value of its list. */
static enum err
words_annotation(struct bot_yaml *y, const yaml_node_t *node, str word, str mark, str language)
{
    bool is_braces = mark.at[0] == '{';
    str name = is_braces ? words_member(mark, "entity") : str_slice(mark, 1, mark.len - 2), value = is_braces ? words_member(mark, "value") : (str){"", 0};
    size_t colon = str_find(name, STR(":"));
    struct bot *bot = y->bot;

    if (colon != SIZE_MAX && !is_braces) { /* [London](city:Greater London), as older Rasa wrote it */
        value = str_slice(name, colon + 1, name.len);
        name = str_slice(name, 0, colon);
    }
    size_t entity = bot_find_entity(bot, name);
    if (entity == BOT_NONE)
        return bot_yaml_refuse(y, node, "an example marks \"%.*s\" as an entity that there is not; add it to \"entities\"", STR_ARG(str_slice(name, 0, 60)));
    if (bot->entities[entity].is_built_in || bot->entities[entity].pattern)
        return ERR_NONE;
    return mention_add(bot, entity, value.len > 0 ? value : word, word, language);
}

/* "track [PR-1](order)" or "[rot]{"entity":"colour"}" to the words alone. */
static enum err
words_plain(struct bot_yaml *y, const yaml_node_t *node, str line, str language, str *out)
{
    void *piece = NULL;
    size_t used = 0, open = SIZE_MAX;

    TRY(arena_take(y->bot->arena, line.len + 1, 1, &piece));
    char *to = piece;
    for (size_t i = 0; i < line.len; i++) {
        char c = line.at[i];
        if (c == '[') {
            open = used;
            continue;
        }
        if (c == ']' && i + 1 < line.len && (line.at[i + 1] == '(' || line.at[i + 1] == '{')) {
            char close = line.at[i + 1] == '(' ? ')' : '}';
            size_t from = i + 1;
            while (i < line.len && line.at[i] != close)
                i++;
            if (open < used && i < line.len)
                TRY(words_annotation(y, node, str_bytes(to + open, used - open), str_slice(line, from, i + 1 - from), language));
            open = SIZE_MAX;
            continue;
        }
        to[used++] = c;
    }
    *out = str_bytes(to, used);
    return ERR_NONE;
}

static size_t
words_lines(const yaml_node_t *node)
{
    size_t count = 1;

    for (size_t i = 0; node && node->type == YAML_SCALAR_NODE && i < node->data.scalar.length; i++)
        count += node->data.scalar.value[i] == '\n';
    return count;
}

static enum err
words_examples(struct bot_yaml *y, const yaml_node_t *node, size_t intent, size_t language)
{
    str rest, line;
    struct bot *bot = y->bot;

    if (node->type == YAML_SEQUENCE_NODE) {
        for (size_t i = 0; i < bot_yaml_count(node); i++) {
            TRY(bot_yaml_str(y, bot_yaml_item(y, node, i), &line));
            TRY(words_plain(y, bot_yaml_item(y, node, i), line, bot->languages[language], &line));
            bot->example_lines[bot->example_count] = (unsigned)bot_yaml_item(y, node, i)->start_mark.line + 1;
            bot->examples[bot->example_count++] = (struct nlu_example){intent, line, bot->languages[language]};
            bot->intents[intent].example_count++;
        }
        return ERR_NONE;
    }
    TRY(bot_yaml_str(y, node, &rest));
    unsigned row = 0;
    while (str_split(&rest, '\n', &line)) {
        row++;
        line = str_trim(line);
        if (line.len == 0)
            continue;
        if (line.at[0] != '-') {
            enum err err = bot_yaml_refuse(y, node, "each example begins with \"- \"; write \"- %.*s\"", STR_ARG(str_slice(line, 0, 60)));
            if (node->data.scalar.style == YAML_LITERAL_SCALAR_STYLE)
                y->fault->line += row;
            return err;
        }
        enum err err = words_plain(y, node, str_trim(str_slice(line, 1, line.len)), bot->languages[language], &line);
        if (err == ERR_INPUT && node->data.scalar.style == YAML_LITERAL_SCALAR_STYLE)
            y->fault->line += row;
        TRY(err);
        bot->example_lines[bot->example_count] = (unsigned)node->start_mark.line + 1 + (node->data.scalar.style == YAML_LITERAL_SCALAR_STYLE ? row : 0);
        bot->examples[bot->example_count++] = (struct nlu_example){intent, line, bot->languages[language]};
        bot->intents[intent].example_count++;
    }
    return ERR_NONE;
}

static enum err
words_examples_by_language(struct bot_yaml *y, const yaml_node_t *node, size_t intent)
{
    if (node->type != YAML_MAPPING_NODE)
        return words_examples(y, node, intent, 0);
    for (size_t i = 0; i < bot_yaml_count(node); i++) {
        str key;
        yaml_node_t *key_node, *value = bot_yaml_pair(y, node, i, &key, &key_node);
        size_t language = 0;
        while (language < y->bot->language_count && !str_is(y->bot->languages[language], key))
            language++;
        if (language == y->bot->language_count)
            return bot_yaml_refuse(y, key_node, "\"%.*s\" is not a language of this bot; add it to \"languages\"",
                                   STR_ARG(str_slice(key, 0, 60)));
        TRY(words_examples(y, value, intent, language));
    }
    return ERR_NONE;
}

static enum err
words_intent(struct bot_yaml *y, const yaml_node_t *node, size_t i)
{
    struct bot_intent *intent = &y->bot->intents[i];
    str name;

    TRY(bot_yaml_keys(y, node, SHAPE_INTENT));
    const yaml_node_t *id = bot_yaml_get(y, node, "intent"), *examples = bot_yaml_get(y, node, "examples");
    const yaml_node_t *action = bot_yaml_get(y, node, "action");
    if (!id || !examples)
        return bot_yaml_refuse(y, node, "an intent needs a name and examples; write \"- intent: NAME\" and \"examples: |\"");
    TRY(bot_yaml_str(y, id, &name));
    for (size_t k = 0; k < name.len; k++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-", name.at[k]) || !name.at[k])
            return bot_yaml_refuse(y, id, "the name of an intent is made of letters, digits, _ and -");
    if (str_is(name, STR("bot")) || str_is(name, STR("person")))
        return bot_yaml_refuse(y, id, "\"%.*s\" is built in and can't be redefined; choose another name", STR_ARG(name));
    if (bot_find_intent(y->bot, name) != BOT_NONE)
        return bot_yaml_refuse(y, id, "the intent \"%.*s\" stands here twice; remove one", STR_ARG(str_slice(name, 0, 60)));
    *intent = (struct bot_intent){name, BOT_NONE, BOT_NONE, 0, false, (unsigned)id->start_mark.line + 1};
    y->bot->intent_count = i + 1;
    TRY(words_examples_by_language(y, examples, i));
    if (intent->example_count == 0)
        return bot_yaml_refuse(y, examples, "the intent has no example; write at least five");
    if (!action)
        return ERR_NONE;
    TRY(bot_yaml_str(y, action, &name));
    intent->action = bot_find_response(y->bot, name);
    if (intent->action == BOT_NONE)
        return bot_yaml_refuse(y, action, "there is no response \"%.*s\"; add it to \"responses\"", STR_ARG(str_slice(name, 0, 60)));
    y->bot->responses[intent->action].is_used = true;
    return ERR_NONE;
}

static size_t
words_count_examples(struct bot_yaml *y, const yaml_node_t *list)
{
    size_t count = 0;

    for (size_t i = 0; i < bot_yaml_count(list); i++) {
        const yaml_node_t *node = bot_yaml_get(y, bot_yaml_item(y, list, i), "examples");
        if (!node)
            continue;
        count += bot_yaml_count(node) + words_lines(node);
        for (size_t k = 0; node->type == YAML_MAPPING_NODE && k < bot_yaml_count(node); k++) {
            const yaml_node_t *value = bot_yaml_pair(y, node, k, NULL, NULL);
            count += bot_yaml_count(value) + words_lines(value);
        }
    }
    return count;
}

/* [[parcel, package], [shipping, delivery]]: each list is a group of words and phrases that mean the same. */
static enum err
words_synonyms(struct bot_yaml *y, const yaml_node_t *list)
{
    size_t count = 0;
    void *piece = NULL;

    TRY(bot_yaml_need(y, list, YAML_SEQUENCE_NODE, "\"synonyms\""));
    for (size_t i = 0; i < bot_yaml_count(list); i++) {
        TRY(bot_yaml_need(y, bot_yaml_item(y, list, i), YAML_SEQUENCE_NODE, "a group of synonyms"));
        count += bot_yaml_count(bot_yaml_item(y, list, i));
    }
    TRY(arena_take(y->bot->arena, count + 1, sizeof(struct kb_synonym), &piece));
    y->bot->synonyms = piece;
    for (size_t i = 0; i < bot_yaml_count(list); i++) {
        const yaml_node_t *group = bot_yaml_item(y, list, i);
        if (bot_yaml_count(group) < 2)
            return bot_yaml_refuse(y, group, "a group needs two words or more; write [parcel, package]");
        for (size_t k = 0; k < bot_yaml_count(group); k++) {
            struct kb_synonym *synonym = &y->bot->synonyms[y->bot->synonym_count++];
            str phrase;
            synonym->group = (uint32_t)i;
            TRY(bot_yaml_str(y, bot_yaml_item(y, group, k), &phrase));
            TRY(words_fold(y->bot->arena, phrase, &synonym->phrase));
            if (synonym->phrase.len == 0)
                return bot_yaml_refuse(y, bot_yaml_item(y, group, k), "a synonym has at least one letter");
        }
    }
    return ERR_NONE;
}

enum err
bot_yaml_words_load(struct bot_yaml *y, const yaml_node_t *top)
{
    struct bot *bot = y->bot;
    const yaml_node_t *list = bot_yaml_get(y, top, "intents");
    void *piece = NULL;

    TRY(words_responses(y, bot_yaml_get(y, top, "responses")));
    if (bot_yaml_get(y, top, "synonyms"))
        TRY(words_synonyms(y, bot_yaml_get(y, top, "synonyms")));
    if (list)
        TRY(bot_yaml_need(y, list, YAML_SEQUENCE_NODE, "\"intents\""));
    size_t count = list ? bot_yaml_count(list) : 0;
    TRY(arena_take(bot->arena, count + BOT_BUILTIN_INTENTS, sizeof(struct bot_intent), &piece));
    bot->intents = piece;
    size_t examples = list ? words_count_examples(y, list) : 0;
    TRY(arena_take(bot->arena, examples + BOT_BUILTIN_EXAMPLES, sizeof(struct nlu_example), &piece));
    bot->examples = piece;
    TRY(arena_take(bot->arena, examples + BOT_BUILTIN_EXAMPLES, sizeof(unsigned), &piece));
    bot->example_lines = piece;
    for (size_t i = 0; i < count; i++)
        TRY(words_intent(y, bot_yaml_item(y, list, i), i));
    return bot_builtin_intents(bot);
}
