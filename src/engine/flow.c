/* Flows: a table of steps, run until one asks or the end is reached. It never asks for what the dialogue holds already. */
#include "engine/bot_private.h"

#include <stdlib.h>
#include <string.h>

#define FLOW_STEPS_MAX 64 /* in one turn: a loop of steps that never asks ends here */

void
flow_say(struct decision *out, enum say_kind kind, size_t response)
{
    if (out->say_count < DECISION_SAYS_MAX && (kind != SAY_RESPONSE || response != BOT_NONE))
        out->says[out->say_count++] = (struct say){kind, response, 0};
}

void
flow_end(struct dialogue *dialogue)
{
    const struct bot_flow *flow = dialogue->flow != BOT_NONE ? &dialogue->bot->flows[dialogue->flow] : NULL;

    for (size_t i = 0; flow && i < flow->step_count; i++)
        if (flow->steps[i].kind == STEP_COLLECT)
            dialogue->is_done[flow->steps[i].what] = true;
    dialogue->flow = BOT_NONE;
}

void
flow_ask(const struct dialogue *dialogue, struct decision *out)
{
    const struct bot_step *step = &dialogue->bot->flows[dialogue->flow].steps[dialogue->step];

    flow_say(out, SAY_RESPONSE, step->ask);
    /* The question for agreement states the purpose of what will be kept. */
    for (size_t i = 0; i < dialogue->bot->field_count && out->say_count > 0; i++)
        if (dialogue->bot->fields[i].consent == step->what)
            out->says[out->say_count - 1].field = i + 1;
}

static void
flow_keep(const struct dialogue *dialogue, const struct bot_step *step, struct decision *out)
{
    const struct bot_field *field = &dialogue->bot->fields[step->what];

    bool agreed = field->consent == BOT_NONE || str_is(dialogue->slots[field->consent], STR("true"));
    if (!agreed || dialogue->slots[field->slot].len == 0 || out->keep_count == DECISION_KEEPS_MAX)
        return;
    out->keeps[out->keep_count++] = (struct decision_keep){field->name, dialogue->slots[field->slot], step->what};
}

/* Where it goes after a step: the first rule that holds; without rules, the step behind. */
static size_t
flow_next(const struct dialogue *dialogue, const struct bot_flow *flow, const struct bot_step *step)
{
    for (size_t i = 0; i < step->rule_count; i++)
        if (!step->rules[i].condition || condition_is_true(step->rules[i].condition, dialogue->bot, dialogue))
            return step->rules[i].target;
    size_t behind = (size_t)(step - flow->steps) + 1;
    return step->rule_count == 0 && behind < flow->step_count ? behind : BOT_NONE;
}

void
flow_go(struct dialogue *dialogue, struct decision *out)
{
    for (int i = 0; i < FLOW_STEPS_MAX && dialogue->flow != BOT_NONE; i++) {
        const struct bot_flow *flow = &dialogue->bot->flows[dialogue->flow];
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
            flow_keep(dialogue, step, out);
        size_t next = flow_next(dialogue, flow, step);
        if (next == BOT_NONE)
            flow_end(dialogue);
        else
            dialogue->step = next;
    }
}

void
flow_start(struct dialogue *dialogue, size_t flow, struct decision *out)
{
    const struct bot_flow *begun = &dialogue->bot->flows[flow];

    dialogue->flow = flow;
    dialogue->step = 0;
    /* An answer from an earlier run is asked for again. */
    for (size_t i = 0; i < begun->step_count; i++)
        if (begun->steps[i].kind == STEP_COLLECT && dialogue->is_done[begun->steps[i].what]) {
            dialogue->slots[begun->steps[i].what] = (str){"", 0};
            dialogue->is_done[begun->steps[i].what] = false;
        }
    flow_go(dialogue, out);
}

static bool
flow_value_entity(const struct grasp *grasp, str entity, str *value)
{
    for (size_t i = 0; i < grasp->entity_count; i++)
        if (str_is(grasp->entities[i].entity, entity)) {
            *value = grasp->entities[i].value;
            return true;
        }
    return false;
}

bool
flow_value(struct arena *arena, const struct dialogue *dialogue, size_t slot, const struct grasp *grasp, str *value)
{
    const struct bot_slot_kind *kind = &dialogue->bot->slots[slot];
    char number[32];

    (void)arena;
    if (kind->type == SLOT_ENTITY)
        return flow_value_entity(grasp, dialogue->bot->entities[kind->entity].name, value);
    if (kind->type == SLOT_EMAIL)
        return flow_value_entity(grasp, STR("email"), value);
    if (kind->type == SLOT_BOOL) {
        int answer = smalltalk_answer(grasp->talk, grasp->words);
        *value = answer > 0 ? STR("true") : STR("false");
        return answer != 0;
    }
    if (kind->type == SLOT_NUMBER) {
        if (!flow_value_entity(grasp, STR("number"), value) || value->len >= sizeof number)
            return false;
        memcpy(number, value->at, value->len);
        number[value->len] = 0;
        double n = strtod(number, NULL);
        return (!kind->has_min || n >= kind->min) && (!kind->has_max || n <= kind->max);
    }
    *value = grasp->text;
    double length = (double)str_utf8_count(grasp->text);
    return (!kind->has_min || length >= kind->min) && (!kind->has_max ? length <= 500 : length <= kind->max);
}
