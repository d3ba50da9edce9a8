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
        TRY(bot_yaml_keys(y, rule, SHAPE_RULE));
        step->rules[i].line = (unsigned)rule->start_mark.line + 1;
        step->rules[i].column = (unsigned)rule->start_mark.column + 1;
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
flow_sets(struct bot_yaml *y, const yaml_node_t *map, struct bot_step *step)
{
    void *piece = NULL;

    TRY(bot_yaml_names(y, map));
    TRY(bot_yaml_array(y, map, sizeof(struct bot_set), &piece));
    step->sets = piece;
    if (bot_yaml_count(map) > FLOW_SETS_MAX)
        return bot_yaml_refuse(y, map, "a step sets at most 8 slots; make two steps");
    for (size_t i = 0; i < bot_yaml_count(map); i++) {
        yaml_node_t *key, *node = bot_yaml_pair(y, map, i, NULL, &key);
        TRY(bot_yaml_slot(y, key, &step->sets[i].slot));
        TRY(bot_yaml_str(y, node, &step->sets[i].value));
        step->set_count++;
    }
    return ERR_NONE;
}

/* A collect with its question, and what is said to a wrong value. */
static enum err
flow_collect(struct bot_yaml *y, const yaml_node_t *node, const yaml_node_t *value, struct bot_step *step)
{
    const yaml_node_t *ask = bot_yaml_get(y, node, "ask"), *wrong = bot_yaml_get(y, node, "wrong"), *tries = bot_yaml_get(y, node, "tries");
    str name, other;

    TRY(bot_yaml_str(y, value, &name));
    TRY(bot_yaml_slot(y, value, &step->what));
    if (ask) {
        TRY(bot_yaml_str(y, ask, &other));
        TRY(flow_response(y, ask, "", other, &step->ask));
    } else {
        TRY(flow_response(y, value, "utter_ask_", name, &step->ask));
    }
    if (wrong) {
        TRY(bot_yaml_str(y, wrong, &other));
        TRY(flow_response(y, wrong, "", other, &step->wrong));
    } else {
        TRY(flow_response(y, NULL, "utter_wrong_", name, &step->wrong));
    }
    return tries ? bot_yaml_count_of(y, tries, 1, 10, &step->tries) : ERR_NONE;
}

static const char *
flow_list(enum step_kind kind)
{
    return kind == STEP_LOOKUP ? "table" : kind == STEP_KEEP ? "field" : kind == STEP_CALL ? "flow" : "endpoint";
}

/* What the step names. */
static enum err
flow_step_what(struct bot_yaml *y, const yaml_node_t *value, struct bot_step *step)
{
    str name;

    TRY(bot_yaml_str(y, value, &name));
    switch (step->kind) {
    case STEP_CONFIRM:
        step->wrong = BOT_NONE;
        return flow_response(y, value, "", name, &step->ask);
    case STEP_ACTION:
        return flow_response(y, value, "", name, &step->what);
    case STEP_REQUIRE:
        return str_is(name, STR("verified visitor")) ? ERR_NONE : bot_yaml_refuse(y, value, "only \"require: verified visitor\" is known");
    case STEP_LOOKUP:
        step->what = bot_find_table(y->bot, name);
        break;
    case STEP_CALL:
        step->what = bot_find_flow(y->bot, name);
        break;
    case STEP_REQUEST:
        step->what = bot_find_endpoint(y->bot, name);
        break;
    default:
        step->what = BOT_NONE;
        for (size_t i = 0; i < y->bot->field_count; i++)
            if (str_is(y->bot->fields[i].name, name))
                step->what = i;
    }
    if (step->what == BOT_NONE)
        return bot_yaml_refuse(y, value, "there is no %s \"%.*s\"; add it to \"%ss\"", flow_list(step->kind), STR_ARG(str_slice(name, 0, 60)),
                               flow_list(step->kind));
    return ERR_NONE;
}

/* `else` where a step can fail, and there it must be; a collect may have one. */
static enum err
flow_other(struct bot_yaml *y, const yaml_node_t *node, struct bot_step *step)
{
    const yaml_node_t *other = bot_yaml_get(y, node, "else");
    bool can = step->kind == STEP_COLLECT || step->kind == STEP_CONFIRM || step->kind == STEP_REQUEST || step->kind == STEP_REQUIRE;

    if (other && !can)
        return bot_yaml_refuse(y, other, "this step can't fail; \"else\" belongs to collect, confirm, request and require");
    if (!other && can && step->kind != STEP_COLLECT)
        return bot_yaml_refuse(y, node, "where does it go when %s? Write \"else: STEP\" or \"else: END\"",
                               step->kind == STEP_CONFIRM   ? "the answer is no"
                               : step->kind == STEP_REQUEST ? "the endpoint does not answer"
                                                            : "the visitor is not verified");
    step->has_other = other;
    return other ? bot_yaml_str(y, other, &step->other_id) : ERR_NONE;
}

static enum err
flow_step_kind(struct bot_yaml *y, const yaml_node_t *node, struct bot_step *step)
{
    const yaml_node_t *value = NULL;

    step->ask = step->wrong = BOT_NONE;
    step->tries = FLOW_TRIES;
    step->line = (unsigned)node->start_mark.line + 1;
    step->column = (unsigned)node->start_mark.column + 1;
    for (enum step_kind i = STEP_COLLECT; i < STEP_KINDS; i++) {
        const yaml_node_t *found = bot_yaml_get(y, node, flow_key(i));
        if (!found)
            continue;
        if (value)
            return bot_yaml_refuse(y, found, "a step does one thing; make \"%s\" a step of its own", flow_key(i));
        value = found;
        step->kind = i;
    }
    if (step->kind != STEP_COLLECT)
        for (const char *const *key = (const char *const[]){"ask", "wrong", "tries", NULL}; *key; key++)
            if (bot_yaml_get(y, node, *key))
                return bot_yaml_refuse(y, bot_yaml_get(y, node, *key), "\"%s\" belongs to a collect", *key);
    TRY(flow_other(y, node, step));
    if (!value)
        return ERR_NONE;
    step->line = (unsigned)value->start_mark.line + 1;
    step->column = (unsigned)value->start_mark.column + 1;
    if (step->kind == STEP_COLLECT)
        return flow_collect(y, node, value, step);
    return step->kind == STEP_SET ? flow_sets(y, value, step) : flow_step_what(y, value, step);
}

static enum err
flow_target(struct bot_yaml *y, const yaml_node_t *node, const struct bot_flow *flow, str id, size_t *out)
{
    *out = BOT_NONE;
    if (str_is(id, STR("END")))
        return ERR_NONE;
    for (size_t i = 0; i < flow->step_count; i++)
        if (str_is(flow->steps[i].id, id))
            *out = i;
    if (*out == BOT_NONE)
        return bot_yaml_refuse(y, node, "there is no step \"%.*s\" in this flow; write an id or END", STR_ARG(str_slice(id, 0, 60)));
    return ERR_NONE;
}

static enum err
flow_steps(struct bot_yaml *y, const yaml_node_t *list, struct bot_flow *flow)
{
    void *piece = NULL;

    TRY(bot_yaml_need(y, list, YAML_SEQUENCE_NODE, "\"steps\""));
    if (bot_yaml_count(list) > BOT_STEPS_MAX)
        return bot_yaml_refuse(y, list, "a flow has at most %zu steps; call another one", BOT_STEPS_MAX);
    TRY(bot_yaml_array(y, list, sizeof(struct bot_step), &piece));
    flow->steps = piece;
    flow->step_count = bot_yaml_count(list);
    for (size_t i = 0; i < flow->step_count; i++) {
        const yaml_node_t *node = bot_yaml_item(y, list, i);
        struct bot_step *step = &flow->steps[i];
        TRY(bot_yaml_keys(y, node, SHAPE_STEP));
        const yaml_node_t *id = bot_yaml_get(y, node, "id"), *next = bot_yaml_get(y, node, "next");
        if (id)
            TRY(bot_yaml_str(y, id, &step->id));
        for (size_t k = 0; id && k < i; k++)
            if (str_is(flow->steps[k].id, step->id))
                return bot_yaml_refuse(y, id, "the step \"%.*s\" stands here twice; choose another id", STR_ARG(str_slice(step->id, 0, 60)));
        TRY(flow_step_kind(y, node, step));
        if (next)
            TRY(flow_rules(y, next, step));
    }
    for (size_t i = 0; i < flow->step_count; i++) {
        const yaml_node_t *next = bot_yaml_get(y, bot_yaml_item(y, list, i), "next");
        for (size_t k = 0; k < flow->steps[i].rule_count; k++)
            TRY(flow_target(y, next->type == YAML_SEQUENCE_NODE ? bot_yaml_item(y, next, k) : next, flow, flow->steps[i].rules[k].then,
                            &flow->steps[i].rules[k].target));
        if (flow->steps[i].has_other)
            TRY(flow_target(y, bot_yaml_get(y, bot_yaml_item(y, list, i), "else"), flow, flow->steps[i].other_id, &flow->steps[i].other));
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

/* What is kept has days, and was agreed to before: in this flow, or in one that it calls. */
static enum err
flow_check_keep(struct bot_yaml *y, const struct bot_flow *flow, size_t at)
{
    const struct bot_step *step = &flow->steps[at];
    const struct bot_field *field = &y->bot->fields[step->what];
    yaml_node_t place = {.start_mark = {.line = step->line - 1, .column = step->column - 1}};
    size_t consent = field->consent;

    if (field->days == 0)
        return bot_yaml_refuse(y, &place, "\"%.*s\" has days: 0, so it is not kept; write how many days, or leave this step out", STR_ARG(field->name));
    for (size_t i = 0; consent != BOT_NONE && i < at; i++)
        if ((flow->steps[i].kind == STEP_COLLECT && flow->steps[i].what == consent) ||
            (flow->steps[i].kind == STEP_CALL && flow_collects(y->bot, flow->steps[i].what, consent)))
            consent = BOT_NONE;
    if (consent == BOT_NONE)
        return ERR_NONE;
    return bot_yaml_refuse(y, &place, "nothing is kept without agreement; write \"- collect: %.*s\" before this step", STR_ARG(y->bot->slots[consent].name));
}

/* A flow that calls itself, also by way of others, or calls deeper than frames can lie. */
static enum err
flow_check_calls(struct bot_yaml *y, size_t flow, size_t first, size_t depth)
{
    const struct bot_flow *at = &y->bot->flows[flow];

    for (size_t i = 0; i < at->step_count; i++) {
        const struct bot_step *step = &at->steps[i];
        if (step->kind != STEP_CALL)
            continue;
        yaml_node_t place = {.start_mark = {.line = step->line - 1, .column = step->column - 1}};
        if (step->what == first || step->what == flow)
            return bot_yaml_refuse(y, &place, "the flow \"%.*s\" calls itself; write \"next: STEP\" instead", STR_ARG(y->bot->flows[first].id));
        if (depth + 1 >= FLOW_FRAMES_MAX)
            return bot_yaml_refuse(y, &place, "flows call each other more than %zu deep; join two of them", FLOW_FRAMES_MAX - 1);
        TRY(flow_check_calls(y, step->what, first, depth + 1));
    }
    return ERR_NONE;
}

static enum err
flow_load(struct bot_yaml *y, const yaml_node_t *node, size_t i)
{
    struct bot_flow *flow = &y->bot->flows[i];

    TRY(bot_yaml_keys(y, node, SHAPE_FLOW));
    const yaml_node_t *start = bot_yaml_get(y, node, "start"), *steps = bot_yaml_get(y, node, "steps");
    const yaml_node_t *description = bot_yaml_get(y, node, "description"), *timeout = bot_yaml_get(y, node, "timeout");
    const yaml_node_t *digressions = bot_yaml_get(y, node, "digressions");
    unsigned seconds = FLOW_TIMEOUT_MINUTES * 60;
    flow->digressions = FLOW_DIGRESSIONS;
    if (description)
        TRY(bot_yaml_str(y, description, &flow->description));
    if (timeout)
        TRY(bot_yaml_time(y, timeout, FLOW_TIMEOUT_MINUTES_MAX * 60, &seconds));
    flow->timeout_minutes = (seconds + 59) / 60;
    if (digressions)
        TRY(bot_yaml_count_of(y, digressions, 0, 20, &flow->digressions));
    if (!steps || bot_yaml_count(steps) == 0)
        return bot_yaml_refuse(y, node, "the flow has no steps; write \"steps:\" with \"- collect: SLOT\" or \"- action: utter_x\"");
    if (start)
        TRY(flow_starts(y, start, i));
    return flow_steps(y, steps, flow);
}

enum err
bot_yaml_flow_load(struct bot_yaml *y, const yaml_node_t *top)
{
    const yaml_node_t *map = bot_yaml_get(y, top, "flows");
    void *piece = NULL;
    size_t count = map ? bot_yaml_count(map) : 0;

    if (!map)
        return ERR_NONE;
    TRY(bot_yaml_names(y, map));
    if (count > BOT_FLOWS_MAX)
        return bot_yaml_refuse(y, map, "a bot has at most %zu flows", BOT_FLOWS_MAX);
    TRY(bot_yaml_array(y, map, sizeof(struct bot_flow), &piece));
    y->bot->flows = piece;
    for (size_t i = 0; i < count; i++) {
        yaml_node_t *key;
        (void)bot_yaml_pair(y, map, i, NULL, &key);
        y->bot->flows[i].line = (unsigned)key->start_mark.line + 1;
        y->bot->flows[i].column = (unsigned)key->start_mark.column + 1;
        TRY(bot_yaml_str(y, key, &y->bot->flows[i].id));
    }
    y->bot->flow_count = count; /* a step may call a flow that stands below */
    for (size_t i = 0; i < count; i++)
        TRY(flow_load(y, bot_yaml_pair(y, map, i, NULL, NULL), i));
    for (size_t i = 0; i < count; i++)
        TRY(flow_check_calls(y, i, i, 0));
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < y->bot->flows[i].step_count; k++)
            if (y->bot->flows[i].steps[k].kind == STEP_KEEP)
                TRY(flow_check_keep(y, &y->bot->flows[i], k));
    return ERR_NONE;
}
