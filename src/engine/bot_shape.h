/* bot_shape.h - which keys bot.yaml has, and what stands behind each: one table. The reader knows no other keys, `privet schema` prints it
 * as a JSON Schema for editors. */
#ifndef ENGINE_BOT_SHAPE_H
#define ENGINE_BOT_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

/* The maps of the file. */
enum shape_map {
    SHAPE_TOP, SHAPE_INTENT, SHAPE_ENTITY, SHAPE_SLOT, SHAPE_FIELD, SHAPE_TABLE, SHAPE_ENDPOINT, SHAPE_VARIANT, SHAPE_BUTTON, SHAPE_FLOW, SHAPE_STEP,
    SHAPE_RULE, SHAPE_MAPS
};

enum shape_value {
    SHAPE_STRING,    /* a single value */
    SHAPE_WORD,      /* one of the words of `detail` */
    SHAPE_NUMBER,
    SHAPE_TEXT,      /* a string, or a map of strings by language */
    SHAPE_EXAMPLES,  /* block text or a list, or a map of those by language */
    SHAPE_STRINGS,   /* a list of single values */
    SHAPE_STRINGS_2, /* a list of such lists */
    SHAPE_STRING_OR_STRINGS,
    SHAPE_STRING_MAP,   /* names and single values */
    SHAPE_STRINGS_MAP,  /* names and lists of single values */
    SHAPE_TEXT_MAP,     /* names and texts */
    SHAPE_ONE,       /* the map `of` */
    SHAPE_LIST,      /* a list of maps `of` */
    SHAPE_NAMED,     /* names and maps `of` */
    SHAPE_NAMED_LISTS,  /* names and lists of maps `of` */
    SHAPE_NEXT       /* a step's id, or a list of maps `of` */
};

struct shape_key {
    enum shape_map map;
    const char *key;
    enum shape_value value;
    enum shape_map of;
    bool is_needed;
    const char *detail; /* of SHAPE_WORD: words with "|" between */
    const char *text;   /* for the author, one sentence */
};

extern const struct shape_key bot_shape_keys[];
extern const size_t bot_shape_count;

/* bot_shape_find - the row of a key, or NULL. */
const struct shape_key *bot_shape_find(enum shape_map map, const char *key, size_t len);

#endif
