/* Reads bot.yaml by libyaml's documents, which know where each value stands. */
#include "engine/bot_yaml.h"

#include "engine/typo.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static str
yaml_view(const yaml_node_t *node)
{
    return node && node->type == YAML_SCALAR_NODE ? str_bytes(node->data.scalar.value, node->data.scalar.length) : (str){"", 0};
}

enum err
bot_yaml_refuse(const struct bot_yaml *y, const yaml_node_t *node, const char *format, ...)
{
    va_list list;

    snprintf(y->fault->file, sizeof y->fault->file, "%s", y->file);
    y->fault->line = node ? (unsigned)node->start_mark.line + 1 + y->line_offset : 0;
    y->fault->column = node ? (unsigned)node->start_mark.column + 1 : 0;
    va_start(list, format);
    vsnprintf(y->fault->text, sizeof y->fault->text, format, list);
    va_end(list);
    for (char *at = y->fault->text; *at; at++)
        if ((unsigned char)*at < 0x20)
            *at = ' ';
    return err_raise(ERR_INPUT, "bot: a mistake in a file");
}

enum err
bot_yaml_parse(struct bot_yaml *y, str text)
{
    yaml_parser_t parser;

    if (!str_is_utf8(text))
        return bot_yaml_refuse(y, NULL, "the file is not UTF-8; save it as UTF-8");
    if (!yaml_parser_initialize(&parser))
        return err_raise(ERR_MEMORY, "bot: no YAML parser");
    yaml_parser_set_input_string(&parser, (const unsigned char *)text.at, text.len);
    if (!yaml_parser_load(&parser, y->document)) {
        yaml_node_t at = {.start_mark = parser.problem_mark};
        enum err err = bot_yaml_refuse(y, &at, "this is not YAML: %s; check indentation and quotes", parser.problem ? parser.problem : "?");
        yaml_parser_delete(&parser);
        return err;
    }
    yaml_parser_delete(&parser);
    return ERR_NONE;
}

size_t
bot_yaml_count(const yaml_node_t *node)
{
    if (node && node->type == YAML_MAPPING_NODE)
        return (size_t)(node->data.mapping.pairs.top - node->data.mapping.pairs.start);
    if (node && node->type == YAML_SEQUENCE_NODE)
        return (size_t)(node->data.sequence.items.top - node->data.sequence.items.start);
    return 0;
}

yaml_node_t *
bot_yaml_pair(const struct bot_yaml *y, const yaml_node_t *map, size_t i, str *key, yaml_node_t **key_node)
{
    yaml_node_pair_t *pair = map->data.mapping.pairs.start + i;
    yaml_node_t *name = yaml_document_get_node(y->document, pair->key);

    if (key)
        *key = yaml_view(name);
    if (key_node)
        *key_node = name;
    return yaml_document_get_node(y->document, pair->value);
}

yaml_node_t *
bot_yaml_item(const struct bot_yaml *y, const yaml_node_t *list, size_t i)
{
    return yaml_document_get_node(y->document, list->data.sequence.items.start[i]);
}

yaml_node_t *
bot_yaml_get(const struct bot_yaml *y, const yaml_node_t *map, const char *key)
{
    for (size_t i = 0; map && map->type == YAML_MAPPING_NODE && i < bot_yaml_count(map); i++) {
        str name;
        yaml_node_t *value = bot_yaml_pair(y, map, i, &name, NULL);
        if (str_is(name, str_from(key)))
            return value;
    }
    return NULL;
}

enum err
bot_yaml_need(const struct bot_yaml *y, const yaml_node_t *node, yaml_node_type_t type, const char *what)
{
    if (node && node->type == type)
        return ERR_NONE;
    return bot_yaml_refuse(y, node, "%s must be %s", what,
                           type == YAML_SCALAR_NODE     ? "a single value"
                           : type == YAML_SEQUENCE_NODE ? "a list; begin each line with \"- \""
                                                        : "a map; write \"name: value\" lines");
}

static enum err
yaml_unknown(const struct bot_yaml *y, const yaml_node_t *node, str key, enum shape_map map)
{
    str nearest = {"", 0};
    unsigned best = 4;
    BUF_SCOPE(known, 1024);

    for (size_t i = 0; i < bot_shape_count; i++) {
        if (bot_shape_keys[i].map != map)
            continue;
        str name = str_from(bot_shape_keys[i].key);
        unsigned distance = typo_distance(key, name, 3);
        if (distance < best) {
            best = distance;
            nearest = name;
        }
        TRY(buf_add_text(&known, "%s%.*s", known.len > 0 ? " " : "", STR_ARG(name)));
    }
    if (nearest.len > 0)
        return bot_yaml_refuse(y, node, "unknown key \"%.*s\"; write \"%.*s\"", STR_ARG(str_slice(key, 0, 60)), STR_ARG(nearest));
    return bot_yaml_refuse(y, node, "unknown key \"%.*s\"; write one of: %.*s", STR_ARG(str_slice(key, 0, 60)), STR_ARG(buf_str(&known)));
}

enum err
bot_yaml_names(const struct bot_yaml *y, const yaml_node_t *map)
{
    TRY(bot_yaml_need(y, map, YAML_MAPPING_NODE, "this"));
    for (size_t i = 0; i < bot_yaml_count(map); i++) {
        yaml_node_t *node;
        str key, other;
        (void)bot_yaml_pair(y, map, i, &key, &node);
        for (size_t k = 0; k < i; k++) {
            (void)bot_yaml_pair(y, map, k, &other, NULL);
            if (str_is(other, key))
                return bot_yaml_refuse(y, node, "\"%.*s\" stands here twice; remove one", STR_ARG(key));
        }
    }
    return ERR_NONE;
}

enum err
bot_yaml_keys(const struct bot_yaml *y, const yaml_node_t *map, enum shape_map shape)
{
    TRY(bot_yaml_names(y, map));
    for (size_t i = 0; i < bot_yaml_count(map); i++) {
        yaml_node_t *node;
        str key;
        (void)bot_yaml_pair(y, map, i, &key, &node);
        if (!bot_shape_find(shape, key.at, key.len))
            return yaml_unknown(y, node, key, shape);
    }
    return ERR_NONE;
}

enum err
bot_yaml_str(const struct bot_yaml *y, const yaml_node_t *node, str *out)
{
    TRY(bot_yaml_need(y, node, YAML_SCALAR_NODE, "this"));
    return arena_take_str(y->bot->arena, yaml_view(node), out);
}

enum err
bot_yaml_number(const struct bot_yaml *y, const yaml_node_t *node, double *out)
{
    str text;
    char *end = NULL;

    TRY(bot_yaml_str(y, node, &text));
    double number = strtod(text.at, &end);
    if (text.len == 0 || *end != 0)
        return bot_yaml_refuse(y, node, "\"%.*s\" is not a number; write digits", STR_ARG(str_slice(text, 0, 60)));
    *out = number;
    return ERR_NONE;
}

enum err
bot_yaml_time(const struct bot_yaml *y, const yaml_node_t *node, unsigned max_s, unsigned *out)
{
    static const struct {
        const char *name;
        unsigned seconds;
    } units[] = {{"second", 1}, {"minute", 60}, {"hour", 3600}, {"day", 86400}};
    str text, digits;
    uint64_t number = 0;

    TRY(bot_yaml_str(y, node, &text));
    str unit = text;
    (void)str_split(&unit, ' ', &digits);
    for (size_t i = 0; unit.at && i < sizeof units / sizeof *units; i++) {
        str rest = str_has_suffix(unit, STR("s")) ? str_slice(unit, 0, unit.len - 1) : unit;
        if (!str_is(rest, str_from(units[i].name)) || str_parse_u64(digits, max_s / units[i].seconds, &number) != ERR_NONE || number == 0)
            continue;
        *out = (unsigned)number * units[i].seconds;
        return ERR_NONE;
    }
    return bot_yaml_refuse(y, node, "\"%.*s\" is no length of time up to %u minutes; write for example 30 minutes, 2 hours or 1 day",
                           STR_ARG(str_slice(text, 0, 60)), max_s / 60);
}

enum err
bot_yaml_count_of(const struct bot_yaml *y, const yaml_node_t *node, unsigned min, unsigned max, unsigned *out)
{
    str text;
    uint64_t number = 0;

    TRY(bot_yaml_str(y, node, &text));
    if (str_parse_u64(text, max, &number) != ERR_NONE || number < min)
        return bot_yaml_refuse(y, node, "\"%.*s\" is no number from %u to %u", STR_ARG(str_slice(text, 0, 60)), min, max);
    *out = (unsigned)number;
    return ERR_NONE;
}

enum err
bot_yaml_slot(const struct bot_yaml *y, const yaml_node_t *node, size_t *out)
{
    str name;

    TRY(bot_yaml_str(y, node, &name));
    size_t slot = bot_find_slot(y->bot, name);
    if (slot == BOT_NONE)
        return bot_yaml_refuse(y, node, "there is no slot \"%.*s\"; add it to \"slots\"", STR_ARG(str_slice(name, 0, 60)));
    *out = slot;
    return ERR_NONE;
}

enum err
bot_yaml_text(const struct bot_yaml *y, const yaml_node_t *node, struct bot_text *out)
{
    if (node && node->type == YAML_SCALAR_NODE)
        return bot_yaml_str(y, node, &out->at[0]);
    TRY(bot_yaml_need(y, node, YAML_MAPPING_NODE, "a text"));
    for (size_t i = 0; i < bot_yaml_count(node); i++) {
        str key;
        yaml_node_t *key_node, *value = bot_yaml_pair(y, node, i, &key, &key_node);
        size_t language = 0;
        while (language < y->bot->language_count && !str_is(y->bot->languages[language], key))
            language++;
        if (language == y->bot->language_count)
            return bot_yaml_refuse(y, key_node, "\"%.*s\" is not a language of this bot; add it to \"languages\" or remove it",
                                   STR_ARG(str_slice(key, 0, 60)));
        TRY(bot_yaml_str(y, value, &out->at[language]));
    }
    if (out->at[0].len == 0)
        return bot_yaml_refuse(y, node, "the text lacks \"%.*s\", the first language; add it", STR_ARG(y->bot->languages[0]));
    return ERR_NONE;
}

enum err
bot_yaml_array(const struct bot_yaml *y, const yaml_node_t *node, size_t item_bytes, void **out)
{
    return arena_take(y->bot->arena, bot_yaml_count(node) + 1, item_bytes, out);
}

static enum err
yaml_languages(struct bot_yaml *y, const yaml_node_t *top)
{
    struct bot *bot = y->bot;
    const yaml_node_t *list = bot_yaml_get(y, top, "languages");

    if (!list) {
        bot->languages[bot->language_count++] = STR("en");
        return ERR_NONE;
    }
    TRY(bot_yaml_need(y, list, YAML_SEQUENCE_NODE, "\"languages\""));
    if (bot_yaml_count(list) == 0 || bot_yaml_count(list) > BOT_LANGUAGES_MAX)
        return bot_yaml_refuse(y, list, "name 1 to 16 languages, for example [en, de]");
    for (size_t i = 0; i < bot_yaml_count(list); i++)
        TRY(bot_yaml_str(y, bot_yaml_item(y, list, i), &bot->languages[bot->language_count++]));
    return ERR_NONE;
}

static enum err
yaml_top(struct bot_yaml *y)
{
    const yaml_node_t *top = yaml_document_get_root_node(y->document);

    if (!top)
        return bot_yaml_refuse(y, NULL, "the file is empty; begin with version, name and intents");
    TRY(bot_yaml_keys(y, top, SHAPE_TOP));
    const yaml_node_t *version = bot_yaml_get(y, top, "version");
    if (!version || !str_is(yaml_view(version), STR("1")))
        return bot_yaml_refuse(y, version ? version : top, "this program reads version \"1\"; write version: \"1\"");
    const yaml_node_t *name = bot_yaml_get(y, top, "name");
    if (!name)
        return bot_yaml_refuse(y, top, "the bot has no name; write name: Hazel");
    TRY(bot_yaml_str(y, name, &y->bot->name));
    TRY(yaml_languages(y, top));
    const yaml_node_t *country = bot_yaml_get(y, top, "country");
    if (country)
        TRY(bot_yaml_str(y, country, &y->bot->country));
    if (country && (y->bot->country.len != 2 || y->bot->country.at[0] < 'A' || y->bot->country.at[0] > 'Z'))
        return bot_yaml_refuse(y, country, "a country is two capital letters (ISO 3166); write country: DE");
    const yaml_node_t *disclosure = bot_yaml_get(y, top, "disclosure");
    if (disclosure)
        TRY(bot_yaml_text(y, disclosure, &y->bot->disclosure));
    TRY(bot_yaml_slots_load(y, top));
    TRY(bot_yaml_words_load(y, top));
    TRY(bot_yaml_endpoint_load(y, top));
    TRY(bot_yaml_flow_load(y, top));
    return bot_yaml_guard_load(y, top);
}

enum err
bot_yaml_load(struct bot *bot, struct bot_fault *fault)
{
    yaml_document_t document;
    struct bot_yaml y = {bot, &document, fault, "bot.yaml", 0};
    str text;

    TRY(bot_read_file(bot, STR("bot.yaml"), &text));
    TRY(bot_yaml_parse(&y, text));
    enum err err = yaml_top(&y);
    yaml_document_delete(&document);
    return err;
}
