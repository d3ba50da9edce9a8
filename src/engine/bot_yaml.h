/* bot_yaml.h - reading bot.yaml with places; for the parts of the reader alone. */
#ifndef ENGINE_BOT_YAML_H
#define ENGINE_BOT_YAML_H

#include "engine/bot_private.h"
#include "engine/bot_shape.h"

#include <yaml.h>

struct bot_yaml {
    struct bot *bot;
    yaml_document_t *document;
    struct bot_fault *fault;
    const char *file;
    unsigned line_offset; /* lines before the document */
};

/* bot_yaml_refuse - fills the fault with the node's place. Always ERR_INPUT. */
enum err bot_yaml_refuse(const struct bot_yaml *y, const yaml_node_t *node, const char *format, ...)
    __attribute__((format(printf, 3, 4))) MUST_CHECK;
/* bot_yaml_parse - one document; the caller ends it with yaml_document_delete. */
enum err bot_yaml_parse(struct bot_yaml *y, str text) MUST_CHECK;
/* bot_yaml_keys - the node is a map with keys of this shape alone, each once. bot_yaml_names - a map of names of the author's, each once. */
enum err bot_yaml_keys(const struct bot_yaml *y, const yaml_node_t *map, enum shape_map shape) MUST_CHECK;
enum err bot_yaml_names(const struct bot_yaml *y, const yaml_node_t *map) MUST_CHECK;
yaml_node_t *bot_yaml_get(const struct bot_yaml *y, const yaml_node_t *map, const char *key);
/* bot_yaml_text - a string, or a map by language. */
enum err bot_yaml_text(const struct bot_yaml *y, const yaml_node_t *node, struct bot_text *out) MUST_CHECK;
/* bot_yaml_str - a scalar. */
enum err bot_yaml_str(const struct bot_yaml *y, const yaml_node_t *node, str *out) MUST_CHECK;
enum err bot_yaml_number(const struct bot_yaml *y, const yaml_node_t *node, double *out) MUST_CHECK;
/* bot_yaml_time - "30 minutes" in seconds; the units are seconds, minutes, hours, days. */
enum err bot_yaml_time(const struct bot_yaml *y, const yaml_node_t *node, unsigned max_s, unsigned *out) MUST_CHECK;
/* bot_yaml_count_of - a whole number from min to max. */
enum err bot_yaml_count_of(const struct bot_yaml *y, const yaml_node_t *node, unsigned min, unsigned max, unsigned *out) MUST_CHECK;
/* bot_yaml_slot - the slot that a value names. */
enum err bot_yaml_slot(const struct bot_yaml *y, const yaml_node_t *node, size_t *out) MUST_CHECK;
/* bot_yaml_array - room for the entries of a map or list. */
enum err bot_yaml_array(const struct bot_yaml *y, const yaml_node_t *node, size_t item_bytes, void **out) MUST_CHECK;
size_t bot_yaml_count(const yaml_node_t *node);
/* bot_yaml_pair, bot_yaml_item - the i-th of a map or list. */
yaml_node_t *bot_yaml_pair(const struct bot_yaml *y, const yaml_node_t *map, size_t i, str *key, yaml_node_t **key_node);
yaml_node_t *bot_yaml_item(const struct bot_yaml *y, const yaml_node_t *list, size_t i);
/* bot_yaml_need - the right shape, else a fault that says so. */
enum err bot_yaml_need(const struct bot_yaml *y, const yaml_node_t *node, yaml_node_type_t type, const char *what) MUST_CHECK;

/* The parts, in this order. */
enum err bot_yaml_slots_load(struct bot_yaml *y, const yaml_node_t *top) MUST_CHECK;  /* entities, slots, fields, tables */
enum err bot_yaml_words_load(struct bot_yaml *y, const yaml_node_t *top) MUST_CHECK;  /* responses, intents */
enum err bot_yaml_endpoint_load(struct bot_yaml *y, const yaml_node_t *top) MUST_CHECK; /* after the slots */
enum err bot_yaml_flow_load(struct bot_yaml *y, const yaml_node_t *top) MUST_CHECK;
enum err bot_yaml_field_load(struct bot_yaml *y, const yaml_node_t *map) MUST_CHECK; /* after the slots */
enum err bot_yaml_guard_load(struct bot_yaml *y, const yaml_node_t *top) MUST_CHECK;

#endif
