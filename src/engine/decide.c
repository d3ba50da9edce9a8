/* Who wins, in this order:
 *
 *   1  "are you a robot?"              the truth, whatever else is under way; a pending question is asked again
 *   2  "I want a person"               the flow that begins with `person`, or the truth that there is none
 *   3  a pressed quick reply           its intent
 *   4  a pending question of a flow    decide_flow.c says what
 *   5  an intent that is sure (.80)    unless knowledge or products fit better
 *   6  products, when asked for strongly; knowledge that answers (engine/kb.h); products
 *   7  an intent that is likely (.50)
 *   8  "did you mean A or B?"          intents from .15 on that are .50 together, passages from .15 on or close to each other
 *   9  "I don't know"
 *
 * Ratios of intents are calibrated (engine/nlu.h): of what is .80 sure, one in five is wrong.
 */
#include "engine/decide.h"

#define DECIDE_LIKELY_RATIO 0.5f
#define DECIDE_OPTION_RATIO 0.15f
#define DECIDE_VERY_SURE_RATIO 0.9f    /* an intent below it gives way to a passage of DECIDE_SEARCH_SURE_RATIO */
#define DECIDE_PASSAGE_SURE_RATIO 0.7f /* for a passage that fits like that … */
#define DECIDE_MOST_SURE_RATIO 0.96f   /* … an intent must be as sure as this */

enum err
decide_intent(struct arena *arena, const struct grasp *grasp, struct dialogue *dialogue, struct decision *out)
{
    const struct bot *bot = dialogue->bot;
    const struct bot_intent *intent = &bot->intents[grasp->class];

    out->intent = intent->name;
    out->is_answered = true;
    if (str_is(intent->name, STR("cancel")) && intent->flow == BOT_NONE) {
        flow_cancel(dialogue, out);
    } else if (str_is(intent->name, STR("differently")) && intent->action == BOT_NONE) {
        flow_say(out, dialogue->passage_count > 0 ? SAY_NEXT_PASSAGE : SAY_RESPONSE,
                 dialogue->last != BOT_NONE ? dialogue->last : bot->known[KNOWN_DIFFERENTLY]);
    } else if (intent->flow != BOT_NONE) {
        TRY(flow_fill_start(arena, grasp, dialogue, intent->flow));
        flow_start(dialogue, intent->flow, out);
    } else if (intent->action != BOT_NONE) {
        flow_say(out, SAY_RESPONSE, intent->action);
    } else {
        out->is_answered = false;
    }
    return ERR_NONE;
}

float
decide_best_passage(const struct grasp *grasp)
{
    return grasp->knowledge->count > 0 ? grasp->knowledge->ratio[0] : 0;
}

/* Knowledge and products: what needs no flow. */
bool
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

bool
decide_is_searched(const struct grasp *grasp)
{
    float best = decide_best_passage(grasp), ratio = grasp->is_known ? grasp->score_ratio : 0;
    bool passage = best > DECIDE_SEARCH_SURE_RATIO && grasp->knowledge->is_answer;
    float needed = passage && best > DECIDE_PASSAGE_SURE_RATIO ? DECIDE_MOST_SURE_RATIO : DECIDE_VERY_SURE_RATIO;

    return grasp->ask->is_sure || ((grasp->ask->is_strong || passage) && ratio < needed);
}

static enum err
decide_free(struct arena *arena, const struct grasp *grasp, struct dialogue *dialogue, struct decision *out)
{
    float ratio = grasp->is_known ? grasp->score_ratio : 0;
    bool searched = decide_is_searched(grasp);

    if (ratio >= DECIDE_SURE_RATIO && !searched)
        TRY(decide_intent(arena, grasp, dialogue, out));
    if (!out->is_answered)
        (void)decide_search(grasp, out);
    if (!out->is_answered && ratio >= DECIDE_LIKELY_RATIO)
        TRY(decide_intent(arena, grasp, dialogue, out));
    if (!out->is_answered)
        decide_ask_back(dialogue->bot, grasp, out);
    return ERR_NONE;
}

static void
decide_person(struct dialogue *dialogue, struct decision *out)
{
    const struct bot *bot = dialogue->bot;

    out->intent = STR("person");
    out->is_answered = true;
    if (bot->person_flow != BOT_NONE)
        flow_replace(dialogue, bot->person_flow, out);
    else
        flow_say(out, SAY_RESPONSE, bot->known[KNOWN_PERSON]);
}

static void
decide_bot(struct dialogue *dialogue, struct decision *out)
{
    out->intent = STR("bot");
    out->is_answered = true;
    flow_say(out, SAY_RESPONSE, dialogue->bot->known[KNOWN_BOT]);
    if (flow_pending(dialogue))
        flow_digress(dialogue, out);
}

/* A quick reply: certain. One that answers without moving a flow is a digression. */
static enum err
decide_payload(struct arena *arena, const struct grasp *grasp, struct dialogue *dialogue, struct decision *out)
{
    const struct bot_intent *intent = &dialogue->bot->intents[grasp->class];
    const struct bot_step *pending = flow_pending(dialogue);
    bool was_pending = pending != NULL;

    if (pending && pending->kind == STEP_COLLECT && grasp->entity_count > 0 && dialogue->slots[pending->what].len > 0) {
        out->intent = STR("value"); /* the button of a question: /inform{"size":"large"} */
        out->is_answered = true;
        flow_note(out, &dialogue->frames[dialogue->depth - 1], FLOW_ANSWERED);
        dialogue->wrong = dialogue->aside = 0;
        flow_go(dialogue, out);
        return ERR_NONE;
    }
    TRY(decide_intent(arena, grasp, dialogue, out));
    if (!out->is_answered && !decide_search(grasp, out))
        decide_ask_back(dialogue->bot, grasp, out);
    if (was_pending && flow_pending(dialogue) && intent->flow == BOT_NONE && !str_is(intent->name, STR("cancel")))
        flow_digress(dialogue, out);
    return ERR_NONE;
}

enum err
decide_run(const struct bot *bot, struct arena *arena, const struct grasp *grasp, struct dialogue *dialogue, struct decision *out)
{
    struct decision decision = {.is_person = grasp->is_person, .intent = STR("unknown")};

    (void)bot;
    (void)flow_lapse(dialogue, grasp->now_ms, &decision);
    bool is_answer = flow_pending(dialogue) && (str_is(grasp->intent, STR("affirm")) || str_is(grasp->intent, STR("deny")));
    TRY(grasp->is_payload ? flow_fill_payload(arena, grasp, dialogue) : flow_fill_free(arena, grasp, dialogue));
    if (grasp->is_bot_question)
        decide_bot(dialogue, &decision);
    else if (grasp->is_person)
        decide_person(dialogue, &decision);
    else if (grasp->is_payload && !is_answer)
        TRY(decide_payload(arena, grasp, dialogue, &decision));
    else if (flow_pending(dialogue))
        TRY(decide_flow_run(arena, grasp, dialogue, &decision));
    else
        TRY(decide_free(arena, grasp, dialogue, &decision));
    *out = decision;
    return ERR_NONE;
}
