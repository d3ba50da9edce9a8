/* The parts of bot.yaml about values: entities, slots, tables. */
#include "engine/bot_yaml.h"

#include <stdio.h>
#include <string.h>

static enum err
slots_synonyms(struct bot_yaml *y, const yaml_node_t *map, size_t entity)
{
    TRY(bot_yaml_names(y, map));
    for (size_t i = 0; i < bot_yaml_count(map); i++) {
        yaml_node_t *key, *list = bot_yaml_pair(y, map, i, NULL, &key);
        str value, word;
        TRY(bot_yaml_str(y, key, &value));
        TRY(bot_yaml_need(y, list, YAML_SEQUENCE_NODE, "the synonyms of a value"));
        TRY(mention_add(y->bot, entity, value, value, (str){"", 0}));
        for (size_t k = 0; k < bot_yaml_count(list); k++) {
            TRY(bot_yaml_str(y, bot_yaml_item(y, list, k), &word));
            TRY(mention_add(y->bot, entity, value, word, (str){"", 0}));
        }
    }
    return ERR_NONE;
}

static enum err
slots_labels(struct bot_yaml *y, const yaml_node_t *map, const yaml_node_t *values, struct bot_entity *entity)
{
    void *piece = NULL;

    TRY(bot_yaml_names(y, map));
    TRY(bot_yaml_array(y, map, sizeof(struct bot_label), &piece));
    entity->labels = piece;
    for (size_t i = 0; i < bot_yaml_count(map); i++) {
        yaml_node_t *key, *node = bot_yaml_pair(y, map, i, NULL, &key);
        struct bot_label *label = &entity->labels[entity->label_count];
        TRY(bot_yaml_str(y, key, &label->value));
        if (!bot_yaml_get(y, values, label->value.at))
            return bot_yaml_refuse(y, key, "\"%.*s\" is no value of this entity; add it to \"values\"", STR_ARG(str_slice(label->value, 0, 60)));
        TRY(bot_yaml_text(y, node, &label->text));
        entity->label_count++;
    }
    return ERR_NONE;
}

static enum err
slots_regex(struct bot_yaml *y, const yaml_node_t *node, struct bot_entity *entity)
{
    struct pattern *pattern = NULL;
    const char *what = "";
    str text;

    TRY(bot_yaml_str(y, node, &text));
    enum err err = pattern_parse(y->bot->arena, text, &pattern, &what);
    if (err == ERR_INPUT)
        return bot_yaml_refuse(y, node, "%s", what);
    entity->pattern = pattern;
    return err;
}

/* Behind the author's entities come the built-in ones whose name no author's has. */
static enum err
slots_entities(struct bot_yaml *y, const yaml_node_t *map)
{
    struct bot *bot = y->bot;
    size_t count = map ? bot_yaml_count(map) : 0;
    void *piece = NULL;

    if (map)
        TRY(bot_yaml_names(y, map));
    TRY(arena_take(bot->arena, count + ENTITY_KINDS, sizeof(struct bot_entity), &piece));
    bot->entities = piece;
    for (size_t i = 0; i < count; i++) {
        yaml_node_t *key, *node = bot_yaml_pair(y, map, i, NULL, &key);
        struct bot_entity *entity = &bot->entities[i];
        entity->synonyms_end = &entity->synonyms;
        TRY(bot_yaml_str(y, key, &entity->name));
        TRY(bot_yaml_keys(y, node, SHAPE_ENTITY));
        const yaml_node_t *regex = bot_yaml_get(y, node, "regex"), *values = bot_yaml_get(y, node, "values");
        const yaml_node_t *labels = bot_yaml_get(y, node, "labels");
        bot->entity_count = bot->own_entity_count = i + 1;
        if (regex)
            TRY(slots_regex(y, regex, entity));
        if (values)
            TRY(slots_synonyms(y, values, i));
        if (labels)
            TRY(slots_labels(y, labels, values, entity));
    }
    for (size_t i = 0; i < ENTITY_KINDS; i++)
        if (bot_find_entity(bot, entity_kind_name((enum entity_kind)i)) == BOT_NONE) {
            struct bot_entity *entity = &bot->entities[bot->entity_count++];
            *entity = (struct bot_entity){.name = entity_kind_name((enum entity_kind)i), .is_built_in = true};
            entity->synonyms_end = &entity->synonyms;
        }
    return ERR_NONE;
}

static enum err
slots_type(struct bot_yaml *y, const yaml_node_t *kind, struct bot_slot_kind *slot)
{
    static const char *const types[] = {"text", "number", "bool", "email"};
    str type;

    TRY(bot_yaml_str(y, kind, &type));
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_is(type, str_from(types[i]))) {
            slot->type = (enum slot_type)i;
            return ERR_NONE;
        }
    slot->type = SLOT_ENTITY;
    slot->entity = bot_find_entity(y->bot, type);
    if (slot->entity == BOT_NONE || slot->entity < y->bot->own_entity_count)
        return bot_yaml_refuse(y, kind, "unknown type \"%.*s\"; write text, number, bool, email, date, time, datetime, duration, interval, money, quantity, "
                                        "phone, url, order_number, colour, size or ordinal", STR_ARG(str_slice(type, 0, 60)));
    return ERR_NONE;
}

static enum err
slots_slot(struct bot_yaml *y, const yaml_node_t *node, struct bot_slot_kind *slot)
{
    str name;

    TRY(bot_yaml_keys(y, node, SHAPE_SLOT));
    const yaml_node_t *entity = bot_yaml_get(y, node, "entity"), *kind = bot_yaml_get(y, node, "type");
    const yaml_node_t *min = bot_yaml_get(y, node, "min"), *max = bot_yaml_get(y, node, "max");
    const yaml_node_t *label = bot_yaml_get(y, node, "label");
    if (!entity && !kind)
        return bot_yaml_refuse(y, node, "a slot needs a type or an entity; write {type: text}");
    if (entity) {
        slot->type = SLOT_ENTITY;
        TRY(bot_yaml_str(y, entity, &name));
        slot->entity = bot_find_entity(y->bot, name);
        if (slot->entity == BOT_NONE)
            return bot_yaml_refuse(y, entity, "there is no entity \"%.*s\"; add it to \"entities\"", STR_ARG(str_slice(name, 0, 60)));
    } else {
        TRY(slots_type(y, kind, slot));
    }
    if (label)
        TRY(bot_yaml_text(y, label, &slot->label));
    slot->has_min = min;
    slot->has_max = max;
    if (min)
        TRY(bot_yaml_number(y, min, &slot->min));
    if (max)
        TRY(bot_yaml_number(y, max, &slot->max));
    return ERR_NONE;
}

static enum err
slots_slots(struct bot_yaml *y, const yaml_node_t *map)
{
    void *piece = NULL;

    TRY(bot_yaml_names(y, map));
    TRY(bot_yaml_array(y, map, sizeof(struct bot_slot_kind), &piece));
    y->bot->slots = piece;
    for (size_t i = 0; i < bot_yaml_count(map); i++) {
        yaml_node_t *key, *node = bot_yaml_pair(y, map, i, NULL, &key);
        TRY(bot_yaml_str(y, key, &y->bot->slots[i].name));
        TRY(slots_slot(y, node, &y->bot->slots[i]));
    }
    y->bot->slot_count = bot_yaml_count(map);
    return ERR_NONE;
}

static enum err
slots_table(struct bot_yaml *y, const yaml_node_t *node, struct bot_table *table)
{
    str file, text;
    unsigned line = 0;
    const char *what = "";

    TRY(bot_yaml_keys(y, node, SHAPE_TABLE));
    const yaml_node_t *path = bot_yaml_get(y, node, "file"), *keys = bot_yaml_get(y, node, "key");
    if (!path || !keys)
        return bot_yaml_refuse(y, node, "a table needs file and key; write {file: tables/orders.csv, key: [order_number]}");
    TRY(bot_yaml_str(y, path, &file));
    if (file.len == 0 || file.at[0] == '/' || str_find(file, STR("..")) != SIZE_MAX)
        return bot_yaml_refuse(y, path, "the file must lie in the bot's folder; write tables/NAME.csv");
    enum err err = bot_read_file(y->bot, file, &text);
    if (err == ERR_ABSENT)
        return bot_yaml_refuse(y, path, "there is no file \"%.*s\"; add it", STR_ARG(str_slice(file, 0, 100)));
    TRY(err);
    if (csv_parse(y->bot->arena, text, &table->csv, &line, &what) != ERR_NONE) {
        (void)!bot_yaml_refuse(y, NULL, "%s", what);
        snprintf(y->fault->file, sizeof y->fault->file, "%.*s", STR_ARG(file));
        y->fault->line = line;
        y->fault->column = 1;
        return ERR_INPUT;
    }
    TRY(bot_yaml_need(y, keys, YAML_SEQUENCE_NODE, "\"key\""));
    if (bot_yaml_count(keys) == 0 || bot_yaml_count(keys) > 8)
        return bot_yaml_refuse(y, keys, "name 1 to 8 key columns");
    for (size_t i = 0; i < bot_yaml_count(keys); i++) {
        const yaml_node_t *key = bot_yaml_item(y, keys, i);
        str name;
        TRY(bot_yaml_slot(y, key, &table->key_slots[i]));
        TRY(bot_yaml_str(y, key, &name));
        table->key_columns[i] = csv_find(&table->csv, name);
        if (table->key_columns[i] == SIZE_MAX)
            return bot_yaml_refuse(y, key, "the table has no column \"%.*s\"; name one of its first line", STR_ARG(str_slice(name, 0, 60)));
    }
    table->key_count = bot_yaml_count(keys);
    return ERR_NONE;
}

static enum err
slots_tables(struct bot_yaml *y, const yaml_node_t *map)
{
    void *piece = NULL;

    TRY(bot_yaml_names(y, map));
    TRY(bot_yaml_array(y, map, sizeof(struct bot_table), &piece));
    y->bot->tables = piece;
    for (size_t i = 0; i < bot_yaml_count(map); i++) {
        yaml_node_t *key, *node = bot_yaml_pair(y, map, i, NULL, &key);
        TRY(bot_yaml_str(y, key, &y->bot->tables[i].name));
        TRY(slots_table(y, node, &y->bot->tables[i]));
    }
    y->bot->table_count = bot_yaml_count(map);
    return ERR_NONE;
}

enum err
bot_yaml_slots_load(struct bot_yaml *y, const yaml_node_t *top)
{
    const yaml_node_t *entities = bot_yaml_get(y, top, "entities"), *slots = bot_yaml_get(y, top, "slots");
    const yaml_node_t *fields = bot_yaml_get(y, top, "fields"), *tables = bot_yaml_get(y, top, "tables");

    TRY(slots_entities(y, entities));
    if (slots)
        TRY(slots_slots(y, slots));
    if (fields)
        TRY(bot_yaml_field_load(y, fields));
    return tables ? slots_tables(y, tables) : ERR_NONE;
}
