/* Who wins while a question of a flow is pending, in this order:
 *
 *   1  "stop"                          the flow ends; one that it interrupted comes back
 *   2  a question of the visitor's     when it is clear enough that it is no answer: as 6
 *   3  a correction                    flow_correct.c
 *   4  an answer                       a valid value of the slot, yes or no
 *   5  an intent of another flow       it interrupts; the question comes back behind it
 *   6  knowledge, or an intent         is answered, then the question is asked again
 *   7  anything else                   "that doesn't fit", then the question again
 */
#include "engine/decide.h"

#include "engine/words.h"

#define DECIDE_EMAIL_RATIO 0.97f /* while an address is awaited: strange words are likelier a wrong one */
#define DECIDE_ASIDE_RATIO 0.9f  /* an intent that is so sure is asked for, even where any text is an answer */

static const char *const decide_question_words[] = {
    /* en */ "what", "whats", "when", "where", "who", "why", "how", "which", "can", "could", "do", "does", "is", "are", "will", "may", "must", "should", "shall", "am", "have",
    /* de */ "was", "wann", "wo", "wohin", "wer", "warum", "wie", "welche", "welcher", "welches", "kann", "können", "gibt", "haben", "muss", "darf",
    /* fr */ "que", "quoi", "quand", "où", "ou", "qui", "pourquoi", "comment", "combien", "quel", "quelle", "quels", "quelles", "est", "peut", "puis", "dois",
    /* es */ "qué", "cuándo", "dónde", "quién", "cómo", "cuánto", "cuál", "puedo", "hay", /* it */ "che", "cosa", "quando", "dove", "chi", "come",
    "quanto", "quale", "posso", /* nl */ "wat", "wanneer", "waar", "wie", "waarom", "hoe", "welke", "kan", "mag", /* pt */ "qual", "quando", "onde",
    "quem", "como", "quanto", NULL};

/* Does the visitor ask? A question mark, or the words that begin a question. */
static bool
decide_is_question(const struct grasp *grasp)
{
    if (grasp->text.len > 0 && grasp->text.at[grasp->text.len - 1] == '?')
        return true;
    for (const char *const *word = decide_question_words; *word && grasp->words->count > 2; word++)
        if (str_is(grasp->words->word[0], str_from(*word)))
            return true;
    return false;
}

static bool
decide_knows(const struct grasp *grasp, bool is_open)
{
    return grasp->knowledge->is_answer && (!is_open || decide_best_passage(grasp) >= DECIDE_SEARCH_SURE_RATIO) && grasp->words->count > 2;
}

/* Yes or no, in words or as an intent; 0 neither. */
static int
decide_yes(const struct grasp *grasp)
{
    int answer = smalltalk_answer(grasp->talk, grasp->words);
    bool sure = grasp->is_payload || (grasp->is_known && grasp->score_ratio >= DECIDE_SURE_RATIO);

    if (answer != 0 || !sure)
        return answer;
    return str_is(grasp->intent, STR("affirm")) ? 1 : str_is(grasp->intent, STR("deny")) ? -1 : 0;
}

/* Does the visitor ask for something else? Free text takes everything, so there an answer of the knowledge is enough; elsewhere it must be a
 * question, since what follows would look for a "not" or for another value in it. */
static bool
decide_is_aside(const struct dialogue *dialogue, const struct grasp *grasp, const struct bot_step *step)
{
    const struct bot_intent *intent = &dialogue->bot->intents[grasp->class];
    bool is_confirm = step->kind == STEP_CONFIRM;
    enum slot_type type = is_confirm ? SLOT_BOOL : dialogue->bot->slots[step->what].type;
    bool is_sure = grasp->is_known && grasp->score_ratio > DECIDE_ASIDE_RATIO && !intent->is_built_in && (intent->action != BOT_NONE || intent->flow != BOT_NONE);
    str value;

    if (type == SLOT_TEXT && decide_knows(grasp, true))
        return true;
    /* A request that is sure enough is no new value of an earlier answer. */
    if (is_sure && intent->flow != BOT_NONE && !flow_is_running(dialogue, intent->flow) && type != SLOT_TEXT && !flow_correct_is_said(grasp->words) &&
        !(is_confirm ? decide_yes(grasp) != 0 : flow_fill_value(dialogue, step->what, grasp, &value)))
        return true;
    if (!decide_is_question(grasp) || (type != SLOT_TEXT && type != SLOT_BOOL && flow_fill_value(dialogue, step->what, grasp, &value)))
        return false;
    return is_sure || (type != SLOT_TEXT && decide_knows(grasp, false));
}

/* An answer of the visitor's that moves the flow on. */
static enum err
decide_answer(struct arena *arena, const struct grasp *grasp, struct dialogue *dialogue, struct decision *out, bool *done)
{
    const struct bot_step *step = flow_pending(dialogue);
    bool is_bool = step->kind == STEP_COLLECT && dialogue->bot->slots[step->what].type == SLOT_BOOL;
    str value = decide_yes(grasp) > 0 ? STR("true") : STR("false");

    *done = true;
    out->intent = STR("value");
    out->is_answered = true;
    if (step->kind == STEP_CONFIRM) {
        int answer = decide_yes(grasp);
        if (answer != 0) {
            flow_answer(dialogue, answer > 0, out);
            return ERR_NONE;
        }
    } else if (is_bool ? decide_yes(grasp) != 0 : flow_fill_value(dialogue, step->what, grasp, &value)) {
        flow_note(out, &dialogue->frames[dialogue->depth - 1], FLOW_ANSWERED);
        TRY(arena_take_str(arena, value, &dialogue->slots[step->what]));
        dialogue->is_done[step->what] = false;
        dialogue->wrong = dialogue->aside = 0;
        TRY(flow_fill_more(arena, grasp, dialogue, step->what));
        flow_go(dialogue, out);
        return ERR_NONE;
    }
    *done = false;
    out->is_answered = false;
    return ERR_NONE;
}

/* Something else than an answer. */
static enum err
decide_aside(struct arena *arena, const struct grasp *grasp, struct dialogue *dialogue, struct decision *out)
{
    const struct bot_step *step = flow_pending(dialogue);
    const struct bot_slot_kind *slot = step->kind == STEP_COLLECT ? &dialogue->bot->slots[step->what] : NULL;
    const struct bot_intent *other = &dialogue->bot->intents[grasp->class];
    bool is_open = !slot || slot->type == SLOT_TEXT;
    float ratio = grasp->is_known ? grasp->score_ratio : 0, needed = slot && slot->type == SLOT_EMAIL ? DECIDE_EMAIL_RATIO : DECIDE_SURE_RATIO;

    if (ratio > DECIDE_SURE_RATIO && other->flow != BOT_NONE && !flow_is_running(dialogue, other->flow))
        return decide_intent(arena, grasp, dialogue, out);
    bool can = ratio > needed && other->action != BOT_NONE, knows = decide_knows(grasp, is_open);
    if (can && !(knows && decide_is_searched(grasp))) {
        TRY(decide_intent(arena, grasp, dialogue, out));
    } else if (knows) {
        (void)decide_search(grasp, out);
    } else {
        out->intent = STR("value");
        flow_wrong(dialogue, out);
        return ERR_NONE;
    }
    flow_digress(dialogue, out);
    return ERR_NONE;
}

enum err
decide_flow_run(struct arena *arena, const struct grasp *grasp, struct dialogue *dialogue, struct decision *out)
{
    const struct bot_step *step = flow_pending(dialogue);
    bool is_open = step->kind == STEP_CONFIRM || dialogue->bot->slots[step->what].type == SLOT_TEXT || dialogue->bot->slots[step->what].type == SLOT_BOOL;
    bool done = false;

    /* "Abel" is a name where names are asked for, however like a "cancel" it looks. */
    if (grasp->is_known && str_is(grasp->intent, STR("cancel")) && grasp->score_ratio >= (is_open ? DECIDE_ASIDE_RATIO : DECIDE_SURE_RATIO))
        return decide_intent(arena, grasp, dialogue, out);
    if (decide_is_aside(dialogue, grasp, step))
        return decide_aside(arena, grasp, dialogue, out);
    TRY(flow_correct_run(arena, grasp, dialogue, out, &done));
    if (done) {
        out->intent = STR("value");
        out->is_answered = true;
        return ERR_NONE;
    }
    TRY(decide_answer(arena, grasp, dialogue, out, &done));
    return done ? ERR_NONE : decide_aside(arena, grasp, dialogue, out);
}
