/* Flows: a table of kinds of steps, run until one asks or the end is reached. It never asks for what the dialogue holds already, and
 * never sends anything: a request is for the courier, and while there is none it takes its `else`. */
#include "engine/bot_private.h"

enum flow_outcome { FLOW_GO_ON, FLOW_GO_ELSE, FLOW_WAIT, FLOW_ENTER };

struct flow_run {
    struct dialogue *dialogue;
    const struct bot_step *step;
    struct decision *out;
};

static struct flow_frame *
flow_top(struct dialogue *dialogue)
{
    return dialogue->depth > 0 ? &dialogue->frames[dialogue->depth - 1] : NULL;
}

static const struct bot_step *
flow_step(const struct dialogue *dialogue)
{
    const struct flow_frame *top = &dialogue->frames[dialogue->depth - 1];

    return &dialogue->bot->flows[top->flow].steps[top->step];
}

/* The flow that the uppermost one runs for: it, or the first of its callers. What it says about time and digressions holds for all. */
static size_t
flow_owner(const struct dialogue *dialogue)
{
    size_t at = dialogue->depth - 1;

    while (at > 0 && dialogue->frames[at].is_called)
        at--;
    return at;
}

void
flow_say(struct decision *out, enum say_kind kind, size_t response)
{
    if (out->say_count < DECISION_SAYS_MAX && (kind == SAY_PASSAGE || kind == SAY_NEXT_PASSAGE || kind == SAY_PRODUCTS || response != BOT_NONE))
        out->says[out->say_count++] = (struct say){kind, response, 0};
}

void
flow_note(struct decision *out, const struct flow_frame *frame, enum flow_event event)
{
    if (frame && out->step_count < DECISION_STEPS_MAX)
        out->steps[out->step_count++] = (struct decision_step){(uint16_t)frame->flow, (uint16_t)frame->step, (uint8_t)event};
}

/* Says the question of the step. The question for agreement states the purpose of what will be kept. */
static void
flow_ask(const struct dialogue *dialogue, struct decision *out)
{
    const struct bot_step *step = flow_step(dialogue);

    flow_note(out, &dialogue->frames[dialogue->depth - 1], FLOW_ASKED);
    flow_say(out, SAY_RESPONSE, step->ask);
    for (size_t i = 0; step->kind == STEP_COLLECT && i < dialogue->bot->field_count && out->say_count > 0; i++)
        if (dialogue->bot->fields[i].consent == step->what)
            out->says[out->say_count - 1].field = i + 1;
}

/* --- one function for each kind of step --- */

static enum flow_outcome
flow_run_none(const struct flow_run *run)
{
    (void)run;
    return FLOW_GO_ON;
}

static enum flow_outcome
flow_run_collect(const struct flow_run *run)
{
    if (run->dialogue->slots[run->step->what].len > 0) {
        flow_note(run->out, flow_top(run->dialogue), FLOW_HELD);
        return FLOW_GO_ON;
    }
    flow_ask(run->dialogue, run->out);
    return FLOW_WAIT;
}

static enum flow_outcome
flow_run_confirm(const struct flow_run *run)
{
    flow_ask(run->dialogue, run->out);
    return FLOW_WAIT;
}

static enum flow_outcome
flow_run_lookup(const struct flow_run *run)
{
    dialogue_lookup(run->dialogue, run->step->what);
    flow_note(run->out, flow_top(run->dialogue), run->dialogue->is_found ? FLOW_FOUND : FLOW_NOT_FOUND);
    return FLOW_GO_ON;
}

static enum flow_outcome
flow_run_action(const struct flow_run *run)
{
    flow_note(run->out, flow_top(run->dialogue), FLOW_SAID);
    flow_say(run->out, SAY_RESPONSE, run->step->what);
    return FLOW_GO_ON;
}

static enum flow_outcome
flow_run_keep(const struct flow_run *run)
{
    const struct dialogue *dialogue = run->dialogue;
    const struct bot_field *field = &dialogue->bot->fields[run->step->what];
    struct decision *out = run->out;

    bool agreed = field->consent == BOT_NONE || str_is(dialogue->slots[field->consent], STR("true"));
    bool kept = agreed && dialogue->slots[field->slot].len > 0 && out->keep_count < DECISION_KEEPS_MAX;
    if (kept)
        out->keeps[out->keep_count++] = (struct decision_keep){field->name, dialogue->slots[field->slot], run->step->what};
    flow_note(out, flow_top(run->dialogue), kept ? FLOW_KEPT : FLOW_NOT_KEPT);
    return FLOW_GO_ON;
}

static enum flow_outcome
flow_run_set(const struct flow_run *run)
{
    for (size_t i = 0; i < run->step->set_count; i++)
        run->dialogue->slots[run->step->sets[i].slot] = run->step->sets[i].value;
    flow_note(run->out, flow_top(run->dialogue), FLOW_SET);
    return FLOW_GO_ON;
}

static enum flow_outcome
flow_run_call(const struct flow_run *run)
{
    struct dialogue *dialogue = run->dialogue;

    flow_note(run->out, flow_top(dialogue), FLOW_CALLED);
    if (dialogue->depth == FLOW_FRAMES_MAX) {
        /* What was interrupted first waits no longer: bot_yaml_flow.c holds calls below the limit. */
        for (size_t i = 1; i < dialogue->depth; i++)
            dialogue->frames[i - 1] = dialogue->frames[i];
        dialogue->depth--;
        dialogue->frames[0].is_called = false;
    }
    dialogue->frames[dialogue->depth++] = (struct flow_frame){run->step->what, 0, true};
    return FLOW_ENTER;
}

static enum flow_outcome
flow_run_request(const struct flow_run *run)
{
    flow_note(run->out, flow_top(run->dialogue), FLOW_NOT_SENT);
    return FLOW_GO_ELSE;
}

static enum flow_outcome
flow_run_require(const struct flow_run *run)
{
    flow_note(run->out, flow_top(run->dialogue), FLOW_NOT_VERIFIED);
    return FLOW_GO_ELSE;
}

static const struct {
    const char *key; /* in bot.yaml */
    enum flow_outcome (*run)(const struct flow_run *run);
} flow_kinds[STEP_KINDS] = {
    [STEP_NONE] = {NULL, flow_run_none},           [STEP_COLLECT] = {"collect", flow_run_collect}, [STEP_CONFIRM] = {"confirm", flow_run_confirm},
    [STEP_LOOKUP] = {"lookup", flow_run_lookup},   [STEP_ACTION] = {"action", flow_run_action},    [STEP_KEEP] = {"keep", flow_run_keep},
    [STEP_SET] = {"set", flow_run_set},            [STEP_CALL] = {"call", flow_run_call},          [STEP_REQUEST] = {"request", flow_run_request},
    [STEP_REQUIRE] = {"require", flow_run_require},
};

static const char *const flow_events[FLOW_EVENTS] = {
    [FLOW_STARTED] = "started", [FLOW_ASKED] = "asked", [FLOW_HELD] = "known already", [FLOW_ANSWERED] = "answered", [FLOW_WRONG] = "answer does not fit",
    [FLOW_GAVE_UP] = "gave up", [FLOW_CONFIRMED] = "confirmed", [FLOW_DECLINED] = "declined", [FLOW_CORRECTED] = "corrected", [FLOW_SAID] = "said",
    [FLOW_FOUND] = "found", [FLOW_NOT_FOUND] = "not found", [FLOW_KEPT] = "kept", [FLOW_NOT_KEPT] = "not kept: no agreement or no value",
    [FLOW_SET] = "set", [FLOW_CALLED] = "called", [FLOW_RETURNED] = "came back", [FLOW_NOT_SENT] = "not sent: there is no courier for requests",
    [FLOW_NOT_VERIFIED] = "visitor is not verified", [FLOW_PASSED] = "passed", [FLOW_DIGRESSED] = "digression", [FLOW_INTERRUPTED] = "interrupted",
    [FLOW_RESUMED] = "resumed", [FLOW_SET_ASIDE] = "set aside", [FLOW_CANCELLED] = "cancelled", [FLOW_LAPSED] = "lapsed", [FLOW_ENDED] = "ended",
    [FLOW_LOOPED] = "stopped: it never asks",
};

const char *
flow_key(enum step_kind kind)
{
    return flow_kinds[kind].key;
}

const char *
flow_event_name(enum flow_event event)
{
    return flow_events[event];
}

const struct bot_step *
flow_pending(const struct dialogue *dialogue)
{
    const struct bot_step *step = dialogue->depth > 0 ? flow_step(dialogue) : NULL;

    return step && (step->kind == STEP_COLLECT || step->kind == STEP_CONFIRM) ? step : NULL;
}

bool
flow_is_running(const struct dialogue *dialogue, size_t flow)
{
    for (size_t i = dialogue->depth > 0 ? flow_owner(dialogue) : 0; i < dialogue->depth; i++)
        if (dialogue->frames[i].flow == flow)
            return true;
    return false;
}

bool
flow_collects(const struct bot *bot, size_t flow, size_t slot)
{
    for (size_t i = 0; i < bot->flows[flow].step_count; i++) {
        const struct bot_step *step = &bot->flows[flow].steps[i];
        if ((step->kind == STEP_COLLECT && step->what == slot) ||
            (step->kind == STEP_CALL && flow_collects(bot, step->what, slot)))
            return true;
    }
    return false;
}

/* The answers of a flow that is over are not carried on, but for those that another one still needs. */
static void
flow_forget(struct dialogue *dialogue, size_t flow)
{
    for (size_t i = 0; i < dialogue->bot->slot_count; i++) {
        bool is_needed = false;
        for (size_t k = 0; k < dialogue->depth; k++)
            is_needed = is_needed || flow_collects(dialogue->bot, dialogue->frames[k].flow, i);
        if (!is_needed && flow_collects(dialogue->bot, flow, i))
            dialogue->is_done[i] = true;
    }
}

static void
flow_again(struct dialogue *dialogue)
{
    dialogue->wrong = 0;
    dialogue->aside = 0;
}

/* An interrupted flow comes back: to its question, or past it when the other one has found the answer. The caller goes on with flow_go. */
static void
flow_resume(struct dialogue *dialogue, struct decision *out)
{
    flow_again(dialogue);
    flow_note(out, flow_top(dialogue), FLOW_RESUMED);
    flow_say(out, SAY_RESPONSE, dialogue->bot->known[KNOWN_BACK]);
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

/* To a step of the uppermost flow, or past its end. False: nothing is left to run in this turn. */
static bool
flow_move(struct dialogue *dialogue, size_t target, struct decision *out)
{
    while (target == BOT_NONE) {
        struct flow_frame over = *flow_top(dialogue);
        flow_note(out, &over, FLOW_ENDED);
        dialogue->depth--;
        if (!over.is_called)
            flow_forget(dialogue, over.flow);
        if (dialogue->depth == 0)
            return false;
        if (!over.is_called) {
            flow_resume(dialogue, out);
            return true;
        }
        flow_note(out, flow_top(dialogue), FLOW_RETURNED);
        const struct flow_frame *top = flow_top(dialogue);
        target = flow_next(dialogue, &dialogue->bot->flows[top->flow], flow_step(dialogue));
    }
    flow_top(dialogue)->step = target;
    return true;
}

void
flow_go(struct dialogue *dialogue, struct decision *out)
{
    for (int i = 0; i < FLOW_STEPS_MAX && dialogue->depth > 0; i++) {
        const struct bot_flow *flow = &dialogue->bot->flows[flow_top(dialogue)->flow];
        const struct bot_step *step = flow_step(dialogue);
        enum flow_outcome outcome = flow_kinds[step->kind].run(&(struct flow_run){dialogue, step, out});
        if (outcome == FLOW_WAIT)
            return;
        if (outcome != FLOW_ENTER && !flow_move(dialogue, outcome == FLOW_GO_ELSE ? step->other : flow_next(dialogue, flow, step), out))
            return;
    }
    if (dialogue->depth > 0)
        flow_note(out, flow_top(dialogue), FLOW_LOOPED);
    dialogue->depth = 0;
}

/* What lies above the first `keep` frames ends, and its answers with it. */
static void
flow_clear(struct dialogue *dialogue, size_t keep, enum flow_event event, struct decision *out)
{
    while (dialogue->depth > keep) {
        struct flow_frame over = *flow_top(dialogue);
        flow_note(out, &over, event);
        dialogue->depth--;
        flow_forget(dialogue, over.flow);
    }
}

void
flow_start(struct dialogue *dialogue, size_t flow, struct decision *out)
{
    size_t at = 0;

    while (at < dialogue->depth && dialogue->frames[at].flow != flow)
        at++;
    if (at == dialogue->depth && dialogue->depth > 0)
        flow_note(out, flow_top(dialogue), FLOW_INTERRUPTED);
    bool is_called = at < dialogue->depth && dialogue->frames[at].is_called;
    flow_clear(dialogue, at == FLOW_FRAMES_MAX ? 0 : at + 1, FLOW_CANCELLED, out);
    dialogue->depth = at < dialogue->depth ? at : dialogue->depth;
    dialogue->frames[dialogue->depth++] = (struct flow_frame){flow, 0, is_called};
    flow_again(dialogue);
    /* An answer from an earlier run is asked for again. */
    for (size_t i = 0; i < dialogue->bot->slot_count; i++)
        if (dialogue->is_done[i] && flow_collects(dialogue->bot, flow, i)) {
            dialogue->slots[i] = (str){"", 0};
            dialogue->is_done[i] = false;
        }
    flow_note(out, flow_top(dialogue), FLOW_STARTED);
    flow_go(dialogue, out);
}

void
flow_replace(struct dialogue *dialogue, size_t flow, struct decision *out)
{
    if (!flow_is_running(dialogue, flow))
        flow_clear(dialogue, 0, FLOW_CANCELLED, out);
    flow_start(dialogue, flow, out);
}

void
flow_answer(struct dialogue *dialogue, bool yes, struct decision *out)
{
    const struct flow_frame *top = flow_top(dialogue);
    const struct bot_step *step = flow_step(dialogue);

    flow_again(dialogue);
    flow_note(out, top, yes ? FLOW_CONFIRMED : FLOW_DECLINED);
    if (flow_move(dialogue, yes ? flow_next(dialogue, &dialogue->bot->flows[top->flow], step) : step->other, out))
        flow_go(dialogue, out);
}

/* The flow waits no longer, but its answers are kept: it is offered, and goes on where it stood when it is begun again. */
static void
flow_set_aside(struct dialogue *dialogue, struct decision *out)
{
    const struct bot *bot = dialogue->bot;
    size_t bottom = flow_owner(dialogue), flow = dialogue->frames[bottom].flow;

    flow_note(out, flow_top(dialogue), FLOW_SET_ASIDE);
    dialogue->depth = bottom;
    flow_again(dialogue);
    out->option_count = 0;
    for (size_t i = 0; i < bot->intent_count && out->option_count == 0; i++)
        if (bot->intents[i].flow == flow)
            out->options[out->option_count++] = i;
    flow_say(out, SAY_OFFER, bot->known[KNOWN_ASIDE]);
    if (dialogue->depth > 0) {
        flow_resume(dialogue, out);
        flow_go(dialogue, out);
    }
}

void
flow_wrong(struct dialogue *dialogue, struct decision *out)
{
    const struct bot_step *step = flow_step(dialogue);

    flow_note(out, flow_top(dialogue), FLOW_WRONG);
    if (++dialogue->wrong < step->tries) {
        flow_say(out, SAY_RESPONSE, step->wrong != BOT_NONE ? step->wrong : dialogue->bot->known[KNOWN_WRONG]);
        flow_ask(dialogue, out);
        return;
    }
    flow_note(out, flow_top(dialogue), FLOW_GAVE_UP);
    flow_again(dialogue);
    if (!step->has_other || step->kind == STEP_CONFIRM)
        flow_set_aside(dialogue, out);
    else if (flow_move(dialogue, step->other, out))
        flow_go(dialogue, out);
}

void
flow_digress(struct dialogue *dialogue, struct decision *out)
{
    flow_note(out, flow_top(dialogue), FLOW_DIGRESSED);
    if (++dialogue->aside <= dialogue->bot->flows[dialogue->frames[flow_owner(dialogue)].flow].digressions)
        flow_ask(dialogue, out);
    else
        flow_set_aside(dialogue, out);
}

void
flow_cancel(struct dialogue *dialogue, struct decision *out)
{
    bool is_called = true;

    flow_say(out, SAY_RESPONSE, dialogue->bot->known[KNOWN_CANCELLED]);
    while (dialogue->depth > 0 && is_called) {
        struct flow_frame over = *flow_top(dialogue);
        flow_note(out, &over, FLOW_CANCELLED);
        dialogue->depth--;
        flow_forget(dialogue, over.flow);
        is_called = over.is_called;
    }
    if (dialogue->depth > 0) {
        flow_resume(dialogue, out);
        flow_go(dialogue, out);
    }
}

bool
flow_lapse(struct dialogue *dialogue, uint64_t now_ms, struct decision *out)
{
    uint64_t minute = now_ms / 60000, since = dialogue->minute;

    dialogue->minute = minute;
    if (dialogue->depth == 0 || since == 0 || minute <= since + dialogue->bot->flows[dialogue->frames[flow_owner(dialogue)].flow].timeout_minutes)
        return false;
    flow_clear(dialogue, 0, FLOW_LAPSED, out);
    flow_again(dialogue);
    flow_say(out, SAY_RESPONSE, dialogue->bot->known[KNOWN_LAPSED]);
    return true;
}
