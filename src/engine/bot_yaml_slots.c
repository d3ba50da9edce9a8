/* The parts of bot.yaml about values: entities, slots, tables. */
#include "engine/bot_yaml.h"

#include <stdio.h>

static enum err
slots_synonyms(struct bot_yaml *y, const yaml_node_t *map, struct bot_entity *entity)
{
    size_t count = 0;
    void *piece = NULL;

    TRY(bot_yaml_keys(y, map, ""));
    for (size_t i = 0; i < bot_yaml_count(map); i++)
        count += 1 + bot_yaml_count(bot_yaml_pair(y, map, i, NULL, NULL));
    TRY(arena_take(y->bot->arena, count + 1, sizeof(struct bot_synonym), &piece));
    entity->synonyms = piece;
    for (size_t i = 0; i < bot_yaml_count(map); i++) {
        yaml_node_t *key, *list = bot_yaml_pair(y, map, i, NULL, &key);
        str value, word;
        TRY(bot_yaml_str(y, key, &value));
        TRY(bot_yaml_need(y, list, YAML_SEQUENCE_NODE, "the synonyms of a value"));
        TRY(entity_fold(y->bot->arena, value, &word));
        entity->synonyms[entity->synonym_count++] = (struct bot_synonym){value, word};
        for (size_t k = 0; k < bot_yaml_count(list); k++) {
            TRY(bot_yaml_str(y, bot_yaml_item(y, list, k), &word));
            TRY(entity_fold(y->bot->arena, word, &word));
            entity->synonyms[entity->synonym_count++] = (struct bot_synonym){value, word};
        }
    }
    return ERR_NONE;
}

static enum err
slots_entities(struct bot_yaml *y, const yaml_node_t *map)
{
    void *piece = NULL;

    TRY(bot_yaml_keys(y, map, ""));
    TRY(bot_yaml_array(y, map, sizeof(struct bot_entity), &piece));
    y->bot->entities = piece;
    for (size_t i = 0; i < bot_yaml_count(map); i++) {
        yaml_node_t *key, *node = bot_yaml_pair(y, map, i, NULL, &key);
        struct bot_entity *entity = &y->bot->entities[i];
        TRY(bot_yaml_str(y, key, &entity->name));
        TRY(bot_yaml_keys(y, node, "regex values"));
        const yaml_node_t *regex = bot_yaml_get(y, node, "regex"), *values = bot_yaml_get(y, node, "values");
        if (!regex && !values)
            return bot_yaml_refuse(y, node, "an entity needs a regex or values; write {regex: '[0-9]+'}");
        y->bot->entity_count = i + 1;
        if (regex) {
            str pattern;
            TRY(bot_yaml_str(y, regex, &pattern));
            if (entity_compile(pattern.at, entity) != ERR_NONE)
                return bot_yaml_refuse(y, regex, "this is not a POSIX extended regular expression; write for example [A-Z]{2}-[0-9]+");
        }
        if (values)
            TRY(slots_synonyms(y, values, entity));
    }
    return ERR_NONE;
}

static enum err
slots_slot(struct bot_yaml *y, const yaml_node_t *node, struct bot_slot_kind *slot)
{
    static const char *const types[] = {"text", "number", "bool", "email"};
    str type;

    TRY(bot_yaml_keys(y, node, "entity type min max"));
    const yaml_node_t *entity = bot_yaml_get(y, node, "entity"), *kind = bot_yaml_get(y, node, "type");
    const yaml_node_t *min = bot_yaml_get(y, node, "min"), *max = bot_yaml_get(y, node, "max");
    if (entity) {
        slot->type = SLOT_ENTITY;
        TRY(bot_yaml_str(y, entity, &type));
        slot->entity = bot_find_entity(y->bot, type);
        if (slot->entity == BOT_NONE)
            return bot_yaml_refuse(y, entity, "there is no entity \"%.*s\"; add it to \"entities\"", STR_ARG(str_slice(type, 0, 60)));
    } else if (kind) {
        size_t i = 0;
        TRY(bot_yaml_str(y, kind, &type));
        while (i < 4 && !str_is(type, str_from(types[i])))
            i++;
        if (i == 4)
            return bot_yaml_refuse(y, kind, "unknown type \"%.*s\"; write text, number, bool or email", STR_ARG(str_slice(type, 0, 60)));
        slot->type = (enum slot_type)i;
    } else {
        return bot_yaml_refuse(y, node, "a slot needs a type or an entity; write {type: text}");
    }
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

    TRY(bot_yaml_keys(y, map, ""));
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
slots_find(struct bot_yaml *y, const yaml_node_t *node, size_t *out)
{
    str name;

    TRY(bot_yaml_str(y, node, &name));
    size_t slot = bot_find_slot(y->bot, name);
    if (slot == BOT_NONE)
        return bot_yaml_refuse(y, node, "there is no slot \"%.*s\"; add it to \"slots\"", STR_ARG(str_slice(name, 0, 60)));
    *out = slot;
    return ERR_NONE;
}

static enum err
slots_table(struct bot_yaml *y, const yaml_node_t *node, struct bot_table *table)
{
    str file, text;
    unsigned line = 0;
    const char *what = "";

    TRY(bot_yaml_keys(y, node, "file key"));
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
        TRY(slots_find(y, key, &table->key_slots[i]));
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

    TRY(bot_yaml_keys(y, map, ""));
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

    if (entities)
        TRY(slots_entities(y, entities));
    if (slots)
        TRY(slots_slots(y, slots));
    if (fields)
        TRY(bot_yaml_field_load(y, fields));
    return tables ? slots_tables(y, tables) : ERR_NONE;
}
