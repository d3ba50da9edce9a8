/* The table of keys is what the reader knows: every key is read (a wrong value behind it is noticed), and no other key passes. */
#include "engine/bot_private.h"
#include "engine/bot_schema.h"
#include "engine/bot_shape.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char folder[] = "/tmp/privet-test-XXXXXX";

static enum err
make(const char *yaml, struct bot_fault *fault)
{
    char path[64];
    struct bot *bot = NULL;

    snprintf(path, sizeof path, "%s/bot.yaml", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(yaml, file) >= 0);
    fclose(file);
    enum err err = bot_make(folder, fault, &bot);
    bot_free(&bot);
    return err;
}

/* A bot in which every map of the format stands once; MARK is where the map's keys can be added, in flow style. */
static const char *
template_of(enum shape_map map)
{
    static char yaml[2048];
    const char *mark[SHAPE_MAPS];

    for (size_t i = 0; i < SHAPE_MAPS; i++)
        mark[i] = i == map ? ", %s" : "";
    snprintf(yaml, sizeof yaml,
             "version: \"1\"\nname: X\nlanguages: [en]\n%s\n"
             "x1: &x {}\n"
             "intents: [{intent: go, examples: [a, b]%s}]\n"
             "entities: {city: {values: {Rome: []}%s}}\n"
             "slots: {day: {type: date%s}, agree: {type: bool}}\n"
             "fields: {f: {slot: day, purpose: p, days: 0, type: OTHER, basis: contract%s}}\n"
             "endpoints: {e: {url: \"https://e.example/\"%s}}\n"
             "responses: {utter_x: [{text: x%s}], utter_y: [{text: y, buttons: [{title: t, payload: /go%s}]}], utter_ask_day: [{text: day}]}\n"
             "flows: {one: {steps: [{id: s, next: [{if: slots.agree, then: s%s}], %s}]%s}}\n",
             map == SHAPE_TOP ? "%s" : "", mark[SHAPE_INTENT], mark[SHAPE_ENTITY], mark[SHAPE_SLOT], mark[SHAPE_FIELD], mark[SHAPE_ENDPOINT], mark[SHAPE_VARIANT],
             mark[SHAPE_BUTTON], mark[SHAPE_RULE], map == SHAPE_STEP ? "%s" : "action: utter_x", mark[SHAPE_FLOW]);
    char *at = strstr(yaml, "x1: &x {}\n");
    memmove(at, at + 10, strlen(at + 10) + 1);
    return yaml;
}

/* "KEY: [[]]" is a wrong value for every key; a reader that knows the key says so, or that it stands there twice, but not that it is unknown. */
static void
every_key_of_the_table_is_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < bot_shape_count; i++) {
        const struct shape_key *key = &bot_shape_keys[i];
        char yaml[4096], pair[128];
        struct bot_fault fault = {.line = 0};
        if (key->map == SHAPE_TABLE)
            continue; /* needs a file; bots/shop has one */
        snprintf(pair, sizeof pair, "%s: [[[]]]", key->key);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        snprintf(yaml, sizeof yaml, template_of(key->map), pair);
#pragma GCC diagnostic pop
        enum err err = make(yaml, &fault);
        if (err != ERR_INPUT || strstr(fault.text, "unknown key"))
            fail_msg("key \"%s\" of map %d: error %d: %s\n%s", key->key, (int)key->map, (int)err, fault.text, yaml);
    }
}

static void
no_other_key_is_read(void **state)
{
    (void)state;
    for (enum shape_map map = SHAPE_TOP; map < SHAPE_MAPS; map++) {
        char yaml[4096];
        struct bot_fault fault = {.line = 0};
        if (map == SHAPE_TABLE)
            continue;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        snprintf(yaml, sizeof yaml, template_of(map), "nosuchkey: 1");
#pragma GCC diagnostic pop
        enum err err = make(yaml, &fault);
        if (err != ERR_INPUT || !strstr(fault.text, "unknown key \"nosuchkey\""))
            fail_msg("map %d: error %d: %s", (int)map, (int)err, fault.text);
    }
}

static void
every_word_of_a_choice_is_read(void **state)
{
    (void)state;
    str rest = str_from(bot_shape_find(SHAPE_SLOT, "type", 4)->detail), word;
    size_t count = 0;
    while (str_split(&rest, '|', &word)) {
        char yaml[512];
        struct bot_fault fault = {.line = 0};
        snprintf(yaml, sizeof yaml, "version: \"1\"\nname: X\nslots: {a: {type: %.*s}}\nresponses: {utter_ask_a: [{text: x}]}\n", STR_ARG(word));
        if (make(yaml, &fault) != ERR_NONE)
            fail_msg("type %.*s: %s", STR_ARG(word), fault.text);
        count++;
    }
    for (enum entity_kind kind = 0; kind < ENTITY_KINDS; kind++)
        assert_true(str_find(str_from(bot_shape_find(SHAPE_SLOT, "type", 4)->detail), entity_kind_name(kind)) != SIZE_MAX);
    assert_int_equal(count, ENTITY_KINDS + 2); /* number and email are both; text and bool */
}

static void
the_schema_is_json_with_every_key(void **state)
{
    static const char *const maps[SHAPE_MAPS] = {NULL, "intent", "entity", "slot", "field", "table", "endpoint", "variant", "button", "flow", "step", "rule"};
    BUF_SCOPE(schema, 1 << 20);

    (void)state;
    assert_int_equal(bot_schema_write(&schema), ERR_NONE);
    json_t *root = json_loadb((const char *)schema.at, schema.len, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    for (size_t i = 0; i < bot_shape_count; i++) {
        const struct shape_key *key = &bot_shape_keys[i];
        const json_t *map = maps[key->map] ? json_object_get(json_object_get(root, "$defs"), maps[key->map]) : root;
        assert_non_null(json_object_get(json_object_get(map, "properties"), key->key));
    }
    json_decref(root);
}

static int
setup(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL;
}

static int
teardown(void **state)
{
    char path[64];

    (void)state;
    snprintf(path, sizeof path, "%s/bot.yaml", folder);
    return remove(path) != 0 || remove(folder) != 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_of_the_table_is_read),
        cmocka_unit_test(no_other_key_is_read),
        cmocka_unit_test(every_word_of_a_choice_is_read),
        cmocka_unit_test(the_schema_is_json_with_every_key),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
