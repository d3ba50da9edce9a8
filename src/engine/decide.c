/* Who wins, in this order:
 *
 *   1  "are you a robot?"              the truth, whatever else is under way; a pending question is asked again
 *   2  "I want a person"               the flow that begins with `person`, or the truth that there is none
 *   3  a pressed quick reply           its intent
 *   4  a pending question of a flow    cancel; a valid value; a digression that is answered, then the question again
 *   5  an intent that is sure (.80)    unless knowledge or products fit better
 *   6  products, when asked for strongly; knowledge that answers (engine/kb.h); products
 *   7  an intent that is likely (.50)
 *   8  "did you mean A or B?"          intents from .15 on that are .50 together, passages from .15 on or close to each other
 *   9  "I don't know"
 *
 * Ratios of intents are calibrated (engine/nlu.h): of what is .80 sure, one in five is wrong.
 */
#include "engine/bot_private.h"

#define DECIDE_SURE_RATIO 0.8f
#define DECIDE_LIKELY_RATIO 0.5f
#define DECIDE_OPTION_RATIO 0.15f
#define DECIDE_SEARCH_SURE_RATIO 0.5f /* a passage that fits so well is asked for, unless the intent is above … */
#define DECIDE_VERY_SURE_RATIO 0.9f   /* … this, */
#define DECIDE_PASSAGE_SURE_RATIO 0.7f /* and where it fits like that, above … */
#define DECIDE_MOST_SURE_RATIO 0.96f   /* … this */
#define DECIDE_EMAIL_RATIO 0.97f      /* while an address is awaited: strange words are likelier a wrong one */

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

/* "a present for my mum, 30 euros at most": the only number of the text is for the only number that the flow asks for. */
static void
decide_fill_number(struct arena *arena, const struct grasp *grasp, struct dialogue *dialogue, size_t flow)
{
    const struct bot *bot = dialogue->bot;
    size_t slot = BOT_NONE, slots = 0, numbers = 0;
    str value;

    for (size_t i = 0; i < bot->flows[flow].step_count; i++) {
        const struct bot_step *step = &bot->flows[flow].steps[i];
        if (step->kind != STEP_COLLECT || bot->slots[step->what].type != SLOT_NUMBER || step->what == slot)
            continue;
        slot = step->what;
        slots++;
    }
    for (size_t i = 0; i < grasp->entity_count; i++)
        numbers += str_is(grasp->entities[i].entity, STR("number"));
    if (slots == 1 && numbers == 1 && flow_value(arena, dialogue, slot, grasp, &value) &&
        arena_take_str(arena, value, &dialogue->slots[slot]) == ERR_NONE)
        dialogue->is_done[slot] = false;
}

static void
decide_intent(struct arena *arena, const struct grasp *grasp, struct dialogue *dialogue, struct decision *out)
{
    const struct bot *bot = dialogue->bot;
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
        decide_fill_number(arena, grasp, dialogue, intent->flow);
        flow_start(dialogue, intent->flow, out);
    } else if (intent->action != BOT_NONE) {
        flow_say(out, SAY_RESPONSE, intent->action);
    } else {
        out->is_answered = false;
    }
}

static float
decide_best_passage(const struct grasp *grasp)
{
    return grasp->knowledge->count > 0 ? grasp->knowledge->ratio[0] : 0;
}

/* Knowledge and products: what needs no flow. */
static bool
decide_search(const struct grasp *grasp, struct decision *out)
{
    if (grasp->ask->is_ask && (grasp->ask->is_strong || !grasp->knowledge->is_answer)) {
        out->intent = STR("products");
        flow_say(out, SAY_PRODUCTS, BOT_NONE);
    } else if (grasp->knowledge->is_answer) {
        out->intent = STR("knowledge");
        flow_say(out, SAY_PASSAGE, BOT_NONE);
    } else {
        return false;
    }
    out->is_answered = true;
    return true;
}

/* Intents that may be meant, when they are likely together. A built-in one is no option: nobody means "yes" or "hello" by accident. */
static void
decide_options(const struct bot *bot, const struct grasp *grasp, struct decision *out)
{
    float sum = 0;

    for (size_t i = 0; i < grasp->guess_count && grasp->is_known; i++) {
        if (grasp->guess_ratio[i] < DECIDE_OPTION_RATIO || bot->intents[grasp->guesses[i]].is_built_in)
            continue;
        out->options[out->option_count++] = grasp->guesses[i];
        sum += grasp->guess_ratio[i];
    }
    if (sum < DECIDE_LIKELY_RATIO)
        out->option_count = 0;
}

static void
decide_ask_back(const struct bot *bot, const struct grasp *grasp, struct decision *out)
{
    decide_options(bot, grasp, out);
    if (out->option_count > 0 || decide_best_passage(grasp) >= KB_SUGGEST_RATIO) {
        out->intent = STR("suggest");
        out->is_answered = true;
        flow_say(out, SAY_SUGGEST, bot->known[KNOWN_SUGGEST]);
        return;
    }
    out->intent = STR("unknown");
    out->is_answered = false;
    flow_say(out, SAY_RESPONSE, bot->known[KNOWN_UNKNOWN]);
}

static void
decide_free(struct arena *arena, const struct grasp *grasp, struct dialogue *dialogue, struct decision *out)
{
    float best = decide_best_passage(grasp), ratio = grasp->is_known ? grasp->score_ratio : 0;
    bool passage = best > DECIDE_SEARCH_SURE_RATIO && grasp->knowledge->is_answer;
    float needed = passage && best > DECIDE_PASSAGE_SURE_RATIO ? DECIDE_MOST_SURE_RATIO : DECIDE_VERY_SURE_RATIO;
    bool searched = (grasp->ask->is_strong || passage) && ratio < needed;

    if (ratio >= DECIDE_SURE_RATIO && !searched)
        decide_intent(arena, grasp, dialogue, out);
    if (!out->is_answered)
        (void)decide_search(grasp, out);
    if (!out->is_answered && ratio >= DECIDE_LIKELY_RATIO)
        decide_intent(arena, grasp, dialogue, out);
    if (!out->is_answered)
        decide_ask_back(dialogue->bot, grasp, out);
}

/* A question is pending. */
static void
decide_in_flow(struct arena *arena, const struct grasp *grasp, struct dialogue *dialogue, struct decision *out)
{
    const struct bot *bot = dialogue->bot;
    const struct bot_step *step = decide_pending(dialogue);
    size_t flow = dialogue->flow;
    str value, intent = bot->intents[grasp->class].name;
    float best = decide_best_passage(grasp);
    bool is_text = bot->slots[step->what].type == SLOT_TEXT;

    if (grasp->is_known && str_is(intent, STR("cancel"))) {
        decide_intent(arena, grasp, dialogue, out);
        return;
    }
    bool digression = grasp->knowledge->is_answer && (!is_text || best >= 0.5f) && grasp->words->count > 2;
    if (flow_value(arena, dialogue, step->what, grasp, &value) && !(is_text && digression)) {
        out->intent = STR("value");
        out->is_answered = arena_take_str(arena, value, &dialogue->slots[step->what]) == ERR_NONE;
        flow_go(dialogue, out);
        return;
    }
    const struct bot_intent *other = &bot->intents[grasp->class];
    if (grasp->is_known && grasp->score_ratio > DECIDE_SURE_RATIO && other->flow != BOT_NONE && other->flow != flow) {
        flow_end(dialogue);
        decide_intent(arena, grasp, dialogue, out);
        return;
    }
    float needed = bot->slots[step->what].type == SLOT_EMAIL ? DECIDE_EMAIL_RATIO : DECIDE_SURE_RATIO;
    if (digression) {
        (void)decide_search(grasp, out);
    } else if (grasp->is_known && grasp->score_ratio > needed && other->action != BOT_NONE) {
        decide_intent(arena, grasp, dialogue, out);
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
    } else if (grasp->is_payload && grasp->entity_count > 0 && decide_pending(dialogue) && dialogue->slots[decide_pending(dialogue)->what].len > 0) {
        decision.intent = STR("value"); /* the button of a question: /inform{"size":"large"} */
        decision.is_answered = true;
        flow_go(dialogue, &decision);
    } else if (grasp->is_payload && !(decide_pending(dialogue) && (str_is(grasp->intent, STR("affirm")) || str_is(grasp->intent, STR("deny"))))) {
        decide_intent(arena, grasp, dialogue, &decision);
        if (!decision.is_answered && !decide_search(grasp, &decision))
            decide_ask_back(bot, grasp, &decision);
    } else if (decide_pending(dialogue)) {
        decide_in_flow(arena, grasp, dialogue, &decision);
    } else {
        decide_free(arena, grasp, dialogue, &decision);
    }
    *out = decision;
    return ERR_NONE;
}
