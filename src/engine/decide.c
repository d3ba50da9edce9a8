/* Who wins, in this order:
 *
 *   1  "are you a robot?"              the truth, whatever else is under way; a pending question is asked again
 *   2  "I want a person"               the flow that begins with `person`, or the truth that there is none
 *   3  a pressed quick reply           its intent
 *   4  a pending question of a flow    cancel; a valid value; a digression that is answered, then the question again
 *   5  an intent that is sure          unless knowledge or products fit better
 *   6  products, when asked for strongly; knowledge from .30 on; products; suggestions from .15 on
 *   7  "I don't know"
 */
#include "engine/bot_private.h"

static void
decide_fill(struct arena *arena, const struct grasp *grasp, struct dialogue *dialogue)
{
    for (size_t i = 0; i < dialogue->bot->slot_count; i++) {
        const struct bot_slot_kind *kind = &dialogue->bot->slots[i];
        for (size_t k = 0; k < grasp->entity_count; k++) {
            bool fits = kind->type == SLOT_ENTITY && str_is(grasp->entities[k].entity, dialogue->bot->entities[kind->entity].name);
            if ((fits || str_is(grasp->entities[k].entity, kind->name)) &&
                arena_take_str(arena, grasp->entities[k].value, &dialogue->slots[i]) == ERR_NONE) {
                dialogue->is_done[i] = false;
                break;
            }
        }
    }
}

static const struct bot_step *
decide_pending(const struct dialogue *dialogue)
{
    const struct bot_step *step =
        dialogue->flow == BOT_NONE ? NULL : &dialogue->bot->flows[dialogue->flow].steps[dialogue->step];
    return step && step->kind == STEP_COLLECT ? step : NULL;
}

static void
decide_intent(const struct bot *bot, const struct grasp *grasp, struct dialogue *dialogue, struct decision *out)
{
    const struct bot_intent *intent = &bot->intents[grasp->class];

    out->intent = intent->name;
    out->is_answered = true;
    if (str_is(intent->name, STR("cancel")) && intent->flow == BOT_NONE) {
        flow_end(dialogue);
        flow_say(out, SAY_RESPONSE, bot->known[KNOWN_CANCELLED]);
    } else if (str_is(intent->name, STR("differently")) && intent->action == BOT_NONE) {
        flow_say(out, dialogue->passage_count > 0 ? SAY_NEXT_PASSAGE : SAY_RESPONSE,
                 dialogue->last != BOT_NONE ? dialogue->last : bot->known[KNOWN_DIFFERENTLY]);
    } else if (intent->flow != BOT_NONE) {
        flow_start(dialogue, intent->flow, out);
    } else if (intent->action != BOT_NONE) {
        flow_say(out, SAY_RESPONSE, intent->action);
    } else {
        out->is_answered = false;
    }
}

/* Knowledge, products, suggestions: what needs no flow. */
static void
decide_search(const struct bot *bot, const struct grasp *grasp, struct decision *out)
{
    float best = grasp->knowledge->count > 0 ? grasp->knowledge->ratio[0] : 0;
    bool products = grasp->ask->is_ask && (grasp->ask->is_strong || best < KB_ANSWER_RATIO);

    out->is_answered = true;
    if (products) {
        out->intent = STR("products");
        flow_say(out, SAY_PRODUCTS, BOT_NONE);
    } else if (best >= KB_ANSWER_RATIO) {
        out->intent = STR("knowledge");
        flow_say(out, SAY_PASSAGE, BOT_NONE);
    } else if (best >= KB_SUGGEST_RATIO) {
        out->intent = STR("suggest");
        flow_say(out, SAY_SUGGEST, bot->known[KNOWN_SUGGEST]);
    } else {
        out->intent = STR("unknown");
        out->is_answered = false;
        flow_say(out, SAY_RESPONSE, bot->known[KNOWN_UNKNOWN]);
    }
}

static void
decide_free(const struct bot *bot, const struct grasp *grasp, struct dialogue *dialogue, struct decision *out)
{
    float best = grasp->knowledge->count > 0 ? grasp->knowledge->ratio[0] : 0;
    bool sure = grasp->is_known && (grasp->score_ratio > 0 || best < KB_ANSWER_RATIO) &&
                !(grasp->ask->is_strong && grasp->score_ratio < 0.3f) && !(best > 0.6f && grasp->score_ratio < 0.3f);

    if (sure)
        decide_intent(bot, grasp, dialogue, out);
    if (!out->is_answered)
        decide_search(bot, grasp, out);
}

/* A question is pending. */
static void
decide_in_flow(struct arena *arena, const struct grasp *grasp, struct dialogue *dialogue, struct decision *out)
{
    const struct bot *bot = dialogue->bot;
    const struct bot_step *step = decide_pending(dialogue);
    size_t flow = dialogue->flow;
    str value, intent = bot->intents[grasp->class].name;
    float best = grasp->knowledge->count > 0 ? grasp->knowledge->ratio[0] : 0;
    bool is_text = bot->slots[step->what].type == SLOT_TEXT;

    if (grasp->is_known && str_is(intent, STR("cancel"))) {
        decide_intent(bot, grasp, dialogue, out);
        return;
    }
    bool digression = best >= (is_text ? 0.5f : KB_ANSWER_RATIO) && grasp->words->count > 2;
    if (flow_value(arena, dialogue, step->what, grasp, &value) && !(is_text && digression)) {
        out->intent = STR("value");
        out->is_answered = arena_take_str(arena, value, &dialogue->slots[step->what]) == ERR_NONE;
        flow_go(dialogue, out);
        return;
    }
    const struct bot_intent *other = &bot->intents[grasp->class];
    if (grasp->is_known && grasp->score_ratio > 0.2f && other->flow != BOT_NONE && other->flow != flow) {
        flow_end(dialogue);
        decide_intent(bot, grasp, dialogue, out);
        return;
    }
    if (digression) {
        decide_search(bot, grasp, out);
    } else if (grasp->is_known && grasp->score_ratio > (bot->slots[step->what].type == SLOT_EMAIL ? 0.9f : 0.2f) && other->action != BOT_NONE) {
        decide_intent(bot, grasp, dialogue, out);
    } else {
        out->intent = STR("value");
        flow_say(out, SAY_RESPONSE, step->wrong != BOT_NONE ? step->wrong : bot->known[KNOWN_WRONG]);
    }
    flow_ask(dialogue, out);
}

enum err
decide_run(const struct bot *bot, struct arena *arena, const struct grasp *grasp, struct dialogue *dialogue, struct decision *out)
{
    struct decision decision = {.is_person = grasp->is_person, .intent = STR("unknown")};

    decide_fill(arena, grasp, dialogue);
    if (grasp->is_bot_question) {
        decision.intent = STR("bot");
        decision.is_answered = true;
        flow_say(&decision, SAY_RESPONSE, bot->known[KNOWN_BOT]);
        if (decide_pending(dialogue))
            flow_ask(dialogue, &decision);
    } else if (grasp->is_person) {
        decision.intent = STR("person");
        decision.is_answered = true;
        if (bot->person_flow != BOT_NONE)
            flow_start(dialogue, bot->person_flow, &decision);
        else
            flow_say(&decision, SAY_RESPONSE, bot->known[KNOWN_PERSON]);
    } else if (grasp->is_payload && !(decide_pending(dialogue) && (str_is(grasp->intent, STR("affirm")) || str_is(grasp->intent, STR("deny"))))) {
        decide_intent(bot, grasp, dialogue, &decision);
        if (!decision.is_answered)
            decide_search(bot, grasp, &decision);
    } else if (decide_pending(dialogue)) {
        decide_in_flow(arena, grasp, dialogue, &decision);
    } else {
        decide_free(bot, grasp, dialogue, &decision);
    }
    *out = decision;
    return ERR_NONE;
}
