/* Who wins, from the top:
 *
 *   1 bot question          the truth; an open question is asked again
 *   2 person                the flow that begins with it, else the built-in sentence
 *   3 cancel                ends the flow under way
 *   4 pending slot          a valid value moves the flow on
 *   5 digression            an intent or passage is answered, then the question is asked again
 *   6 wrong value           said, and asked again
 *   7 strong product ask    a price or colour and a thing, unless an intent is very sure
 *   8 intent                its flow, its answer
 *   9 products
 *  10 knowledge             from KB_ANSWER_RATIO
 *  11 suggestion            from KB_SUGGEST_RATIO
 *  12 unknown
 */
#include "engine/bot_private.h"

#define DECIDE_SURE 0.75f

struct decide {
    const struct bot *bot;
    struct arena *arena;
    const struct grasp *grasp;
    struct dialogue *dialogue;
    struct decision *out;
};

static void
decide_take_passages(struct decide *d)
{
    d->dialogue->passage_count = 0;
    for (size_t i = 1; i < d->grasp->knowledge->count && d->dialogue->passage_count < DIALOGUE_PASSAGES_MAX; i++)
        if (d->grasp->knowledge->ratio[i] >= KB_SUGGEST_RATIO)
            d->dialogue->passages[d->dialogue->passage_count++] = d->grasp->knowledge->section[i];
}

static float
decide_ratio(const struct decide *d)
{
    return d->grasp->knowledge->count ? d->grasp->knowledge->ratio[0] : 0;
}

static void
decide_passage(struct decide *d)
{
    d->out->intent = STR("knowledge");
    flow_say(d->out, SAY_PASSAGE, 0);
    decide_take_passages(d);
    d->dialogue->last = BOT_NONE;
}

static void
decide_differently(struct decide *d)
{
    const struct bot *bot = d->bot;
    size_t last = d->dialogue->last;

    if (last != BOT_NONE && bot->responses[last].variant_count > 1)
        flow_say(d->out, SAY_RESPONSE, last);
    else if (d->dialogue->passage_count > 0)
        flow_say(d->out, SAY_NEXT_PASSAGE, 0);
    else
        flow_say(d->out, SAY_RESPONSE, bot->known[KNOWN_DIFFERENTLY]);
}

static void
decide_intent(struct decide *d, bool may_start)
{
    const struct bot_intent *intent = &d->bot->intents[d->grasp->class];

    d->out->intent = intent->name;
    if (intent->flow != BOT_NONE && may_start) {
        flow_start(d->dialogue, intent->flow, d->out);
        return;
    }
    if (intent->is_built_in && str_is(intent->name, STR("differently"))) {
        decide_differently(d);
        return;
    }
    flow_say(d->out, SAY_RESPONSE, intent->action);
    d->dialogue->last = intent->action;
}

static void
decide_unknown(struct decide *d)
{
    d->out->intent = STR("unknown");
    d->out->is_answered = false;
    flow_say(d->out, SAY_RESPONSE, d->bot->known[KNOWN_UNKNOWN]);
}

static bool
decide_has_answer(const struct decide *d)
{
    const struct bot_intent *intent = d->grasp->class == BOT_NONE ? NULL : &d->bot->intents[d->grasp->class];
    return d->grasp->is_known && intent && (intent->flow != BOT_NONE || intent->action != BOT_NONE);
}

/* Slots take their entity from any text, a payload's by name; the slot that is asked for is not among them. */
static enum err
decide_fill(struct decide *d, size_t pending)
{
    const struct grasp *grasp = d->grasp;

    for (size_t i = 0; i < d->bot->slot_count; i++) {
        const struct bot_slot_kind *slot = &d->bot->slots[i];
        str name = grasp->is_payload             ? slot->name
                   : slot->type == SLOT_ENTITY   ? d->bot->entities[slot->entity].name
                                                 : (str){"", 0};
        for (size_t k = 0; k < grasp->entity_count && i != pending && name.len > 0; k++)
            if (str_is(grasp->entities[k].entity, name)) {
                TRY(arena_take_str(d->arena, grasp->entities[k].value, &d->dialogue->slots[i]));
                break;
            }
    }
    return ERR_NONE;
}

static bool
decide_is_question(const struct decide *d)
{
    str text = str_trim(d->grasp->text);
    return text.len > 0 && text.at[text.len - 1] == '?';
}

static enum err
decide_pending(struct decide *d)
{
    struct dialogue *dialogue = d->dialogue;
    const struct bot_step *step = &d->bot->flows[dialogue->flow].steps[dialogue->step];
    const struct bot_intent *intent = d->grasp->class == BOT_NONE ? NULL : &d->bot->intents[d->grasp->class];
    bool is_text = d->bot->slots[step->what].type == SLOT_TEXT;
    bool is_sure = decide_has_answer(d) && (d->grasp->score_ratio >= DECIDE_SURE || d->grasp->is_payload);
    str value = {"", 0};

    if (intent && d->grasp->is_known && str_is(intent->name, STR("cancel"))) {
        flow_end(dialogue);
        d->out->intent = intent->name;
        flow_say(d->out, SAY_RESPONSE, d->bot->known[KNOWN_CANCELLED]);
        return ERR_NONE;
    }
    if (flow_value(d->arena, dialogue, step->what, d->grasp, &value) &&
        !(is_text && !d->grasp->is_payload && (is_sure || (decide_is_question(d) && decide_ratio(d) >= KB_ANSWER_RATIO)))) {
        TRY(arena_take_str(d->arena, value, &dialogue->slots[step->what]));
        d->out->intent = STR("value");
        flow_go(dialogue, d->out);
        return ERR_NONE;
    }
    bool is_own = intent && intent->flow == dialogue->flow;
    if (decide_has_answer(d) && !is_own && (intent->action != BOT_NONE || intent->flow != BOT_NONE)) {
        if (intent->flow != BOT_NONE) {
            flow_end(dialogue);
            decide_intent(d, true);
            return ERR_NONE;
        }
        decide_intent(d, false);
    } else if (decide_ratio(d) >= KB_ANSWER_RATIO) {
        decide_passage(d);
    } else if (!is_own) {
        d->out->intent = STR("value");
        flow_say(d->out, SAY_RESPONSE, step->wrong != BOT_NONE ? step->wrong : d->bot->known[KNOWN_WRONG]);
        if (step->wrong != BOT_NONE)
            return ERR_NONE;
    }
    flow_ask(dialogue, d->out);
    return ERR_NONE;
}

static void
decide_free(struct decide *d)
{
    const struct grasp *grasp = d->grasp;
    bool is_products = grasp->ask->is_ask && !grasp->is_payload;

    if (grasp->is_payload && str_is(grasp->intent, STR("knowledge")) && grasp->knowledge->count > 0) {
        decide_passage(d);
    } else if (is_products && grasp->ask->is_strong && grasp->score_ratio < DECIDE_SURE) {
        d->out->intent = STR("products");
        flow_say(d->out, SAY_PRODUCTS, 0);
    } else if (decide_has_answer(d)) {
        decide_intent(d, true);
    } else if (decide_ratio(d) >= KB_ANSWER_RATIO && (!is_products || decide_ratio(d) >= grasp->ask->hits[0].ratio)) {
        decide_passage(d);
    } else if (is_products) {
        d->out->intent = STR("products");
        flow_say(d->out, SAY_PRODUCTS, 0);
    } else if (decide_ratio(d) >= KB_SUGGEST_RATIO) {
        d->out->intent = STR("suggest");
        flow_say(d->out, SAY_SUGGEST, 0);
    } else {
        decide_unknown(d);
    }
}

enum err
decide_run(const struct bot *bot, struct arena *arena, const struct grasp *grasp, struct dialogue *dialogue, struct decision *out)
{
    struct decision decision = {.is_answered = true, .is_person = grasp->is_person, .intent = grasp->intent};
    struct decide d = {bot, arena, grasp, dialogue, &decision};
    size_t pending = dialogue->flow == BOT_NONE ? BOT_NONE : bot->flows[dialogue->flow].steps[dialogue->step].what;

    TRY(decide_fill(&d, pending));
    if (grasp->is_bot_question) {
        flow_say(&decision, SAY_RESPONSE, bot->known[KNOWN_BOT]);
        flow_ask(dialogue, &decision);
    } else if (grasp->is_person && bot->person_flow != BOT_NONE) {
        if (dialogue->flow != bot->person_flow) {
            flow_end(dialogue);
            flow_start(dialogue, bot->person_flow, &decision);
        } else {
            flow_ask(dialogue, &decision);
        }
    } else if (grasp->is_person) {
        flow_say(&decision, SAY_RESPONSE, bot->known[KNOWN_PERSON]);
        flow_ask(dialogue, &decision);
    } else if (pending != BOT_NONE) {
        TRY(decide_pending(&d));
    } else {
        decide_free(&d);
    }
    if (decision.say_count == 0)
        decide_unknown(&d);
    *out = decision;
    return ERR_NONE;
}
