/* Runs the steps of a flow until one of them asks something, or the flow is at its end. */
#include "engine/bot_private.h"

#define FLOW_STEPS_MAX 64

void
flow_say(struct decision *out, enum say_kind kind, size_t response)
{
    if (out->say_count < DECISION_SAYS_MAX && (kind != SAY_RESPONSE || response != BOT_NONE))
        out->says[out->say_count++] = (struct say){kind, response, 0};
}

static size_t
flow_field(const struct bot *bot, const struct bot_flow *flow, size_t consent)
{
    for (size_t i = 0; i < flow->step_count; i++)
        if (flow->steps[i].kind == STEP_KEEP && bot->fields[flow->steps[i].what].consent == consent)
            return 1 + flow->steps[i].what;
    return 0;
}

void
flow_ask(const struct dialogue *dialogue, struct decision *out)
{
    if (dialogue->flow == BOT_NONE)
        return;
    const struct bot_flow *flow = &dialogue->bot->flows[dialogue->flow];
    const struct bot_step *step = &flow->steps[dialogue->step];
    flow_say(out, SAY_RESPONSE, step->ask);
    if (out->say_count > 0)
        out->says[out->say_count - 1].field = flow_field(dialogue->bot, flow, step->what);
}

void
flow_end(struct dialogue *dialogue)
{
    if (dialogue->flow == BOT_NONE)
        return;
    const struct bot_flow *flow = &dialogue->bot->flows[dialogue->flow];
    for (size_t i = 0; i < flow->step_count; i++)
        if (flow->steps[i].kind == STEP_COLLECT)
            dialogue->is_done[flow->steps[i].what] = true;
    dialogue->flow = BOT_NONE;
    dialogue->step = 0;
}

static size_t
flow_next(const struct dialogue *dialogue, const struct bot_step *step)
{
    for (size_t i = 0; i < step->rule_count; i++)
        if (!step->rules[i].condition || condition_is_true(step->rules[i].condition, dialogue->bot, dialogue))
            return step->rules[i].target;
    return step->rule_count ? BOT_NONE : dialogue->step + 1;
}

static void
flow_keep(const struct dialogue *dialogue, size_t field, struct decision *out)
{
    const struct bot_field *kept = &dialogue->bot->fields[field];

    if (!str_is(dialogue->slots[kept->consent], STR("true")) || dialogue->slots[kept->slot].len == 0 ||
        out->keep_count == DECISION_KEEPS_MAX)
        return;
    out->keeps[out->keep_count++] = (struct decision_keep){kept->name, dialogue->slots[kept->slot], field};
}

void
flow_go(struct dialogue *dialogue, struct decision *out)
{
    for (int i = 0; i < FLOW_STEPS_MAX && dialogue->flow != BOT_NONE; i++) {
        const struct bot_flow *flow = &dialogue->bot->flows[dialogue->flow];
        if (dialogue->step >= flow->step_count)
            break;
        const struct bot_step *step = &flow->steps[dialogue->step];
        if (step->kind == STEP_COLLECT && dialogue->slots[step->what].len == 0) {
            flow_ask(dialogue, out);
            return;
        }
        if (step->kind == STEP_LOOKUP)
            dialogue_lookup(dialogue, step->what);
        if (step->kind == STEP_ACTION)
            flow_say(out, SAY_RESPONSE, step->what);
        if (step->kind == STEP_KEEP)
            flow_keep(dialogue, step->what, out);
        dialogue->step = flow_next(dialogue, step);
    }
    flow_end(dialogue);
}

void
flow_start(struct dialogue *dialogue, size_t flow, struct decision *out)
{
    dialogue->flow = flow;
    dialogue->step = 0;
    dialogue->is_found = false;
    flow_go(dialogue, out);
}

static bool
flow_fits(const struct bot_slot_kind *slot, str value, double number)
{
    double size = slot->type == SLOT_NUMBER ? number : (double)str_utf8_count(value);
    return value.len > 0 && value.len <= 400 && (!slot->has_min || size >= slot->min) && (!slot->has_max || size <= slot->max);
}

static str
flow_entity(const struct grasp *grasp, str entity)
{
    for (size_t i = 0; i < grasp->entity_count; i++)
        if (str_is(grasp->entities[i].entity, entity))
            return grasp->entities[i].value;
    return (str){"", 0};
}

bool
flow_value(struct arena *arena, const struct dialogue *dialogue, size_t slot, const struct grasp *grasp, str *value)
{
    const struct bot_slot_kind *kind = &dialogue->bot->slots[slot];
    double number = 0;
    int answer;

    if (grasp->is_payload) {
        *value = flow_entity(grasp, kind->name);
        answer = str_is(grasp->intent, STR("affirm")) - str_is(grasp->intent, STR("deny"));
        if (kind->type == SLOT_BOOL && answer != 0)
            *value = answer > 0 ? STR("true") : STR("false");
        return value->len > 0;
    }
    switch (kind->type) {
    case SLOT_TEXT:
        *value = str_trim(grasp->text);
        break;
    case SLOT_NUMBER:
        *value = flow_entity(grasp, STR("number"));
        for (size_t i = 0; i < value->len && value->at[i] != ',' && value->at[i] != '.'; i++)
            number = number * 10 + (value->at[i] - '0');
        break;
    case SLOT_EMAIL:
        *value = flow_entity(grasp, STR("email"));
        break;
    case SLOT_BOOL:
        answer = smalltalk_answer(grasp->words);
        *value = answer > 0 ? STR("true") : answer < 0 ? STR("false") : (str){"", 0};
        return value->len > 0;
    case SLOT_ENTITY:
        *value = flow_entity(grasp, dialogue->bot->entities[kind->entity].name);
        break;
    }
    (void)arena;
    return flow_fits(kind, *value, number);
}
