/* Prints the table of bot_shape.c as a JSON Schema. It knows no key of its own. */
#include "engine/bot_schema.h"

#include "engine/bot_shape.h"
#include "engine/kb_markdown.h"

static const char *const schema_names[SHAPE_MAPS] = {"bot", "intent", "entity", "slot", "field", "table", "endpoint", "variant", "button", "flow", "step", "rule"};

/* A single value of YAML: bare digits and true are texts to the reader. */
#define SCALAR "{\"type\":[\"string\",\"number\",\"boolean\"]}"

static enum err
schema_words(struct buf *out, const char *words)
{
    str rest = str_from(words), word;
    bool comma = false;

    TRY(buf_add_str(out, STR("\"enum\":[")));
    while (str_split(&rest, '|', &word)) {
        TRY(buf_add_text(out, "%s\"%.*s\"", comma ? "," : "", STR_ARG(word)));
        comma = true;
    }
    return buf_add_u8(out, ']');
}

/* What stands behind a key, without its braces. */
static enum err
schema_value(struct buf *out, const struct shape_key *key)
{
    const char *of = schema_names[key->of];

    switch (key->value) {
    case SHAPE_STRING:
        return buf_add_str(out, STR("\"type\":[\"string\",\"number\",\"boolean\"]"));
    case SHAPE_WORD:
        return schema_words(out, key->detail);
    case SHAPE_NUMBER:
        return buf_add_str(out, STR("\"type\":\"number\""));
    case SHAPE_TEXT:
        return buf_add_str(out, STR("\"$ref\":\"#/$defs/text\""));
    case SHAPE_EXAMPLES:
        return buf_add_str(out, STR("\"$ref\":\"#/$defs/examples\""));
    case SHAPE_STRINGS:
        return buf_add_str(out, STR("\"type\":\"array\",\"items\":" SCALAR));
    case SHAPE_STRINGS_2:
        return buf_add_str(out, STR("\"type\":\"array\",\"items\":{\"type\":\"array\",\"minItems\":2,\"items\":" SCALAR "}"));
    case SHAPE_STRING_OR_STRINGS:
        return buf_add_str(out, STR("\"anyOf\":[" SCALAR ",{\"type\":\"array\",\"items\":" SCALAR "}]"));
    case SHAPE_STRING_MAP:
        return buf_add_str(out, STR("\"type\":\"object\",\"additionalProperties\":" SCALAR));
    case SHAPE_STRINGS_MAP:
        return buf_add_str(out, STR("\"type\":\"object\",\"additionalProperties\":{\"type\":\"array\",\"items\":" SCALAR "}"));
    case SHAPE_TEXT_MAP:
        return buf_add_str(out, STR("\"type\":\"object\",\"additionalProperties\":{\"$ref\":\"#/$defs/text\"}"));
    case SHAPE_ONE:
        return buf_add_text(out, "\"$ref\":\"#/$defs/%s\"", of);
    case SHAPE_LIST:
        return buf_add_text(out, "\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/%s\"}", of);
    case SHAPE_NAMED:
        return buf_add_text(out, "\"type\":\"object\",\"additionalProperties\":{\"$ref\":\"#/$defs/%s\"}", of);
    case SHAPE_NAMED_LISTS:
        return buf_add_text(out, "\"type\":\"object\",\"additionalProperties\":{\"type\":\"array\",\"minItems\":1,\"items\":{\"$ref\":\"#/$defs/%s\"}}", of);
    case SHAPE_NEXT:
        return buf_add_text(out, "\"anyOf\":[" SCALAR ",{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/%s\"}}]", of);
    }
    return ERR_NONE;
}

static enum err
schema_map(struct buf *out, enum shape_map map)
{
    bool comma = false;

    TRY(buf_add_str(out, STR("\"type\":\"object\",\"additionalProperties\":false,\"properties\":{")));
    for (size_t i = 0; i < bot_shape_count; i++) {
        const struct shape_key *key = &bot_shape_keys[i];
        if (key->map != map)
            continue;
        TRY(buf_add_text(out, "%s\n\"%s\":{\"description\":", comma ? "," : "", key->key));
        TRY(kb_markdown_json(out, str_from(key->text)));
        TRY(buf_add_u8(out, ','));
        TRY(schema_value(out, key));
        TRY(buf_add_u8(out, '}'));
        comma = true;
    }
    TRY(buf_add_str(out, STR("},\"required\":[")));
    comma = false;
    for (size_t i = 0; i < bot_shape_count; i++)
        if (bot_shape_keys[i].map == map && bot_shape_keys[i].is_needed) {
            TRY(buf_add_text(out, "%s\"%s\"", comma ? "," : "", bot_shape_keys[i].key));
            comma = true;
        }
    return buf_add_u8(out, ']');
}

enum err
bot_schema_write(struct buf *out)
{
    TRY(buf_add_str(out, STR("{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"title\":\"bot.yaml\",\n")));
    TRY(schema_map(out, SHAPE_TOP));
    TRY(buf_add_str(out, STR(",\n\"$defs\":{\"text\":{\"anyOf\":[" SCALAR ",{\"type\":\"object\",\"additionalProperties\":" SCALAR "}]},\n\"lines\":{\"anyOf\":[{\"type\":"
                             "\"string\"},{\"type\":\"array\",\"items\":" SCALAR "}]},\n\"examples\":{\"anyOf\":[{\"$ref\":\"#/$defs/lines\"},{\"type\":\"object\","
                             "\"additionalProperties\":{\"$ref\":\"#/$defs/lines\"}}]}")));
    for (enum shape_map map = SHAPE_INTENT; map < SHAPE_MAPS; map++) {
        TRY(buf_add_text(out, ",\n\"%s\":{", schema_names[map]));
        TRY(schema_map(out, map));
        TRY(buf_add_u8(out, '}'));
    }
    return buf_add_str(out, STR("}}\n"));
}
