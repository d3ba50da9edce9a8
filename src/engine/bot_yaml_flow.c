/* The flows of bot.yaml: steps, their conditions and targets. */
#include "engine/bot_yaml.h"

#include <stdio.h>

static enum err
flow_rules(struct bot_yaml *y, const yaml_node_t *node, struct bot_step *step)
{
    void *piece = NULL;
    bool is_list = node->type == YAML_SEQUENCE_NODE;
    size_t count = is_list ? bot_yaml_count(node) : 1;

    TRY(arena_take(y->bot->arena, count + 1, sizeof(struct bot_rule), &piece));
    step->rules = piece;
    step->rule_count = count;
    if (!is_list)
        return bot_yaml_str(y, node, &step->rules[0].then);
    for (size_t i = 0; i < count; i++) {
        const yaml_node_t *rule = bot_yaml_item(y, node, i);
        struct condition *condition = NULL;
        const char *what = "";
        str text;
        TRY(bot_yaml_keys(y, rule, "if then else"));
        const yaml_node_t *test = bot_yaml_get(y, rule, "if"), *other = bot_yaml_get(y, rule, "else");
        const yaml_node_t *then = bot_yaml_get(y, rule, "then");
        if (!other == !test || (test && !then))
            return bot_yaml_refuse(y, rule, "write \"- if: slots.x\" with \"then: STEP\", or \"- else: STEP\"");
        TRY(bot_yaml_str(y, test ? then : other, &step->rules[i].then));
        if (!test)
            continue;
        TRY(bot_yaml_str(y, test, &text));
        enum err err = condition_parse(y->bot->arena, y->bot, text, &condition, &what);
        if (err == ERR_INPUT)
            return bot_yaml_refuse(y, test, "%s", what);
        TRY(err);
        step->rules[i].condition = condition;
    }
    return ERR_NONE;
}

static enum err
flow_response(struct bot_yaml *y, const yaml_node_t *node, const char *prefix, str name, size_t *out)
{
    str full;

    TRY(arena_take_text(y->bot->arena, &full, "%s%.*s", prefix, STR_ARG(name)));
    size_t found = bot_find_response(y->bot, full);
    if (found == BOT_NONE && node)
        return bot_yaml_refuse(y, node, "there is no response \"%.*s\"; add it to \"responses\"", STR_ARG(str_slice(full, 0, 80)));
    if (found != BOT_NONE)
        y->bot->responses[found].is_used = true;
    *out = found;
    return ERR_NONE;
}

static enum err
flow_step_kind(struct bot_yaml *y, const yaml_node_t *node, struct bot_step *step)
{
    static const char *const kinds[] = {"collect", "lookup", "action", "keep"};
    const yaml_node_t *value = NULL;
    str name;

    for (size_t i = 0; i < 4; i++) {
        const yaml_node_t *found = bot_yaml_get(y, node, kinds[i]);
        if (!found)
            continue;
        if (value)
            return bot_yaml_refuse(y, found, "a step does one thing; make \"%s\" a step of its own", kinds[i]);
        value = found;
        step->kind = (enum step_kind)(i + 1);
    }
    if (!value)
        return ERR_NONE;
    TRY(bot_yaml_str(y, value, &name));
    step->what = BOT_NONE;
    step->line = (unsigned)value->start_mark.line + 1;
    step->column = (unsigned)value->start_mark.column + 1;
    if (step->kind == STEP_COLLECT) {
        step->what = bot_find_slot(y->bot, name);
        if (step->what != BOT_NONE) {
            TRY(flow_response(y, value, "utter_ask_", name, &step->ask));
            TRY(flow_response(y, NULL, "utter_wrong_", name, &step->wrong));
        }
    } else if (step->kind == STEP_LOOKUP) {
        step->what = bot_find_table(y->bot, name);
    } else if (step->kind == STEP_ACTION) {
        TRY(flow_response(y, value, "", name, &step->what));
    } else {
        for (size_t i = 0; i < y->bot->field_count; i++)
            if (str_is(y->bot->fields[i].name, name))
                step->what = i;
    }
    if (step->what == BOT_NONE)
        return bot_yaml_refuse(y, value, "there is no %s \"%.*s\"; add it to \"%ss\"",
                               step->kind == STEP_COLLECT  ? "slot"
                               : step->kind == STEP_LOOKUP ? "table"
                                                           : "field",
                               STR_ARG(str_slice(name, 0, 60)),
                               step->kind == STEP_COLLECT  ? "slot"
                               : step->kind == STEP_LOOKUP ? "table"
                                                           : "field");
    return ERR_NONE;
}

static enum err
flow_target(struct bot_yaml *y, const yaml_node_t *node, const struct bot_flow *flow, struct bot_rule *rule)
{
    rule->target = BOT_NONE;
    if (str_is(rule->then, STR("END")))
        return ERR_NONE;
    for (size_t i = 0; i < flow->step_count; i++)
        if (str_is(flow->steps[i].id, rule->then))
            rule->target = i;
    if (rule->target == BOT_NONE)
        return bot_yaml_refuse(y, node, "there is no step \"%.*s\" in this flow; write an id or END", STR_ARG(str_slice(rule->then, 0, 60)));
    return ERR_NONE;
}

static enum err
flow_check_keep(struct bot_yaml *y, const yaml_node_t *steps, const struct bot_flow *flow, size_t at)
{
    const struct bot_field *field = &y->bot->fields[flow->steps[at].what];
    size_t consent = field->consent;

    if (field->days == 0)
        return bot_yaml_refuse(y, bot_yaml_item(y, steps, at), "\"%.*s\" has days: 0, so it is not kept; write how many days, or leave this step out",
                               STR_ARG(field->name));
    if (consent == BOT_NONE)
        return ERR_NONE;
    for (size_t i = 0; i < at; i++)
        if (flow->steps[i].kind == STEP_COLLECT && flow->steps[i].what == consent)
            return ERR_NONE;
    return bot_yaml_refuse(y, bot_yaml_item(y, steps, at), "nothing is kept without agreement; write \"- collect: %.*s\" before this step",
                           STR_ARG(y->bot->slots[consent].name));
}

static enum err
flow_steps(struct bot_yaml *y, const yaml_node_t *list, struct bot_flow *flow)
{
    void *piece = NULL;

    TRY(bot_yaml_need(y, list, YAML_SEQUENCE_NODE, "\"steps\""));
    TRY(bot_yaml_array(y, list, sizeof(struct bot_step), &piece));
    flow->steps = piece;
    flow->step_count = bot_yaml_count(list);
    for (size_t i = 0; i < flow->step_count; i++) {
        const yaml_node_t *node = bot_yaml_item(y, list, i);
        struct bot_step *step = &flow->steps[i];
        TRY(bot_yaml_keys(y, node, "id collect lookup action keep next"));
        const yaml_node_t *id = bot_yaml_get(y, node, "id"), *next = bot_yaml_get(y, node, "next");
        if (id)
            TRY(bot_yaml_str(y, id, &step->id));
        TRY(flow_step_kind(y, node, step));
        if (next)
            TRY(flow_rules(y, next, step));
    }
    for (size_t i = 0; i < flow->step_count; i++) {
        const yaml_node_t *next = bot_yaml_get(y, bot_yaml_item(y, list, i), "next");
        for (size_t k = 0; k < flow->steps[i].rule_count; k++)
            TRY(flow_target(y, next->type == YAML_SEQUENCE_NODE ? bot_yaml_item(y, next, k) : next, flow, &flow->steps[i].rules[k]));
        if (flow->steps[i].kind == STEP_KEEP)
            TRY(flow_check_keep(y, list, flow, i));
    }
    return ERR_NONE;
}

static enum err
flow_starts(struct bot_yaml *y, const yaml_node_t *list, size_t flow)
{
    TRY(bot_yaml_need(y, list, YAML_SEQUENCE_NODE, "\"start\""));
    for (size_t i = 0; i < bot_yaml_count(list); i++) {
        const yaml_node_t *node = bot_yaml_item(y, list, i);
        str name;
        TRY(bot_yaml_str(y, node, &name));
        if (str_is(name, STR("person"))) {
            y->bot->person_flow = flow;
            continue;
        }
        size_t intent = bot_find_intent(y->bot, name);
        if (intent == BOT_NONE)
            return bot_yaml_refuse(y, node, "there is no intent \"%.*s\"; add it to \"intents\"", STR_ARG(str_slice(name, 0, 60)));
        y->bot->intents[intent].flow = flow;
    }
    return ERR_NONE;
}

enum err
bot_yaml_flow_load(struct bot_yaml *y, const yaml_node_t *top)
{
    const yaml_node_t *map = bot_yaml_get(y, top, "flows");
    void *piece = NULL;

    if (!map)
        return ERR_NONE;
    TRY(bot_yaml_keys(y, map, ""));
    TRY(bot_yaml_array(y, map, sizeof(struct bot_flow), &piece));
    y->bot->flows = piece;
    for (size_t i = 0; i < bot_yaml_count(map); i++) {
        struct bot_flow *flow = &y->bot->flows[i];
        yaml_node_t *key, *node = bot_yaml_pair(y, map, i, NULL, &key);
        TRY(bot_yaml_str(y, key, &flow->id));
        TRY(bot_yaml_keys(y, node, "description start steps"));
        const yaml_node_t *start = bot_yaml_get(y, node, "start"), *steps = bot_yaml_get(y, node, "steps");
        const yaml_node_t *description = bot_yaml_get(y, node, "description");
        if (description)
            TRY(bot_yaml_str(y, description, &flow->description));
        if (!steps)
            return bot_yaml_refuse(y, node, "the flow has no steps; write \"steps:\" with \"- collect: SLOT\" or \"- action: utter_x\"");
        if (start)
            TRY(flow_starts(y, start, i));
        TRY(flow_steps(y, steps, flow));
        y->bot->flow_count = i + 1;
    }
    return ERR_NONE;
}
