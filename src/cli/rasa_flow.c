/* Rules and stories become what Privet has: an intent is answered by a response, or begins a flow. In Rasa the same words may be answered in
 * another way after other words; here an intent has one answer, rules before stories and beginnings before middles, and every place where
 * the project says otherwise is a line of the list. */
#include "cli/rasa_private.h"

#include <string.h>

/* What follows an intent (or, of a submission, the end of a form), up to the next intent. */
struct rasa_answer {
    struct rasa_step *intent; /* NULL: a submission */
    str before, loop, form;   /* the action before the intent; the form that was under way; the form that begins, or was filled */
    struct rasa_test *tests;
    struct rasa_name *actions, **actions_end; /* before the form begins; forms themselves left out */
    struct rasa_place place;
    bool is_rule, is_done;
    struct rasa_answer *next;
};

struct rasa_answers_of {
    struct rasa *rasa;
    struct rasa_answer *answers, **answers_end;
};

static enum err
rasa_flow_answer(struct rasa_answers_of *all, const struct rasa_story *story, struct rasa_place place, struct rasa_answer **out)
{
    RASA_ADD(all->rasa, struct rasa_answer, answer, all, answers);
    answer->place = place;
    answer->is_rule = story->kind == RASA_RULE;
    *out = answer;
    return ERR_NONE;
}

static enum err
rasa_flow_action(struct rasa_answers_of *all, struct rasa_answer *answer, const struct rasa_step *step)
{
    RASA_ADD(all->rasa, struct rasa_name, action, answer, actions);
    action->name = step->name;
    action->place = step->place;
    return ERR_NONE;
}

static enum err
rasa_flow_walk(struct rasa_answers_of *all, const struct rasa_story *story)
{
    struct rasa_answer *answer = NULL;
    str loop = story->loop, before = {"", 0};

    for (struct rasa_step *step = story->steps; step; step = step->next) {
        bool is_form = step->kind == RASA_ACTION && rasa_find_form(all->rasa, step->name);
        struct rasa_intent *intent = NULL;
        if (step->kind == RASA_INTENT) {
            if (step->name.len > 0)
                TRY(rasa_intent_add(all->rasa, step->name, step->place, &intent));
            for (const struct rasa_name *other = step->others; other; other = other->next)
                TRY(rasa_intent_add(all->rasa, other->name, other->place, &intent));
            TRY(rasa_flow_answer(all, story, step->place, &answer));
            answer->intent = step;
            answer->before = before;
            answer->loop = loop;
            answer->tests = story->tests;
        } else if (step->kind == RASA_LOOP && step->name.len > 0) {
            loop = step->name;
            if (answer && answer->intent && answer->form.len == 0)
                answer->form = loop;
        } else if (step->kind == RASA_LOOP) {
            TRY(rasa_flow_answer(all, story, step->place, &answer));
            answer->form = loop;
            loop = (str){"", 0};
        } else if (step->kind == RASA_SLOTS && answer && !answer->intent && !answer->actions) {
            answer->tests = answer->tests ? answer->tests : step->tests;
        } else if (is_form && answer && answer->intent && answer->form.len == 0 && !str_is(step->name, answer->loop)) {
            answer->form = step->name;
        } else if (step->kind == RASA_ACTION && !is_form && answer) {
            TRY(rasa_flow_action(all, answer, step));
        } else if (step->kind == RASA_CHECKPOINT) {
            TRY(rasa_note(all->rasa, RASA_LOST, step->place, "the checkpoint \"%.*s\"", STR_ARG(step->name)));
        }
        before = step->kind == RASA_ACTION ? step->name : before;
    }
    return ERR_NONE;
}

/* ---- steps of a flow ---- */

enum err
rasa_flow_do(struct rasa *rasa, struct rasa_flow *flow, enum rasa_do_kind kind, str what, struct rasa_do **out)
{
    RASA_ADD(rasa, struct rasa_do, step, flow, steps);
    step->kind = kind;
    step->what = what;
    if (out)
        *out = step;
    return ERR_NONE;
}

enum err
rasa_flow_rule(struct rasa *rasa, struct rasa_do *step, str condition, str target)
{
    RASA_ADD(rasa, struct rasa_rule, rule, step, rules);
    rule->condition = condition;
    rule->target = target;
    return ERR_NONE;
}

/* A sentence that is true until somebody writes a better one. */
static str
rasa_flow_not_yet(const struct rasa *rasa)
{
    static const char *const texts[][2] = {{"de", "Das kann ich hier noch nicht."}, {"fr", "Je ne peux pas encore faire cela ici."},
                                           {"es", "Todavía no puedo hacer eso aquí."}, {"it", "Non posso ancora farlo qui."},
                                           {"nl", "Dat kan ik hier nog niet."}, {"pt", "Ainda não consigo fazer isso aqui."}};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (str_has_prefix(rasa->language, str_from(texts[i][0])))
            return str_from(texts[i][1]);
    return STR("I can't do that here yet.");
}

static enum err
rasa_flow_stand_in(struct rasa *rasa, str name, str text, const char *why, struct rasa_place place)
{
    struct rasa_response *response = NULL;

    TRY(rasa_response_add(rasa, name, place, &response));
    if (response->variants)
        return ERR_NONE;
    RASA_ADD(rasa, struct rasa_variant, variant, response, variants);
    variant->text = text;
    variant->place = place;
    return arena_take_text(rasa->arena, &response->remark, "import: %s:%u: %s", place.file, place.line, why);
}

static bool
rasa_flow_is_own(str action)
{
    static const char *const own[] = {"action_listen", "action_default_fallback", "action_session_start", "action_restart", "action_back", "action_deactivate_loop",
                                      "action_revert_fallback_events", "action_default_ask_affirmation", "action_default_ask_rephrase", "action_two_stage_fallback",
                                      "action_unlikely_intent", "action_extract_slots"};

    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (str_is(action, str_from(own[i])))
            return true;
    return false;
}

/* The response that an action comes to; empty when it comes to none. */
static enum err
rasa_flow_response(struct rasa *rasa, str action, struct rasa_place place, str *out)
{
    struct rasa_response *response = rasa_find_response(rasa, action);
    str name = action;

    *out = (str){"", 0};
    if (!response && rasa_flow_is_own(action))
        return rasa_note(rasa, RASA_LOST, place, "%.*s, an action of Rasa's own", STR_ARG(action));
    if (!response && !str_has_prefix(action, STR("utter_"))) {
        TRY(rasa_note(rasa, RASA_LOST, place, "the action \"%.*s\": Python; utter_%.*s is said in its place", STR_ARG(action), STR_ARG(action)));
        TRY(arena_take_text(rasa->arena, &name, "utter_%.*s", STR_ARG(action)));
        TRY(rasa_flow_stand_in(rasa, name, rasa_flow_not_yet(rasa), "in place of an action in Python; write what the bot says, or a lookup", place));
    } else if (!response || !response->variants) {
        TRY(rasa_note(rasa, RASA_TODO, place, "there is no text for %.*s; write what the bot says", STR_ARG(action)));
        TRY(rasa_flow_stand_in(rasa, name, rasa_flow_not_yet(rasa), "the project has no text for it", place));
    }
    *out = rasa_find_response(rasa, name)->out;
    return ERR_NONE;
}

enum err
rasa_flow_say(struct rasa *rasa, struct rasa_flow *flow, str action, struct rasa_place place)
{
    str response;

    TRY(rasa_flow_response(rasa, action, place, &response));
    return response.len > 0 ? rasa_flow_do(rasa, flow, RASA_DO_SAY, response, NULL) : ERR_NONE;
}

/* The question of a slot: the one of this place before utter_ask_SLOT, as Rasa looks for them. */
enum err
rasa_flow_collect(struct rasa *rasa, struct rasa_flow *flow, const struct rasa_name *name, str own)
{
    struct rasa_slot *slot = NULL;
    const struct rasa_response *question = rasa_find_response(rasa, own);
    struct rasa_do *step = NULL;
    str plain, label;

    TRY(rasa_slot_add(rasa, name->name, name->place, &slot));
    slot->is_asked = true;
    TRY(rasa_flow_do(rasa, flow, RASA_DO_COLLECT, slot->name, &step));
    if (question && question->variants) {
        step->ask = question->out;
        return ERR_NONE;
    }
    TRY(arena_take_text(rasa->arena, &plain, "utter_ask_%.*s", STR_ARG(name->name)));
    question = rasa_find_response(rasa, plain);
    if (question && question->variants) {
        if (!str_is(question->out, plain))
            step->ask = question->out;
        return ERR_NONE;
    }
    TRY(rasa_clean(rasa, name->name, &label));
    for (size_t i = 0; i < label.len; i++)
        ((char *)(uintptr_t)label.at)[i] = label.at[i] == '_' || label.at[i] == '-' ? ' ' : label.at[i];
    TRY(arena_take_text(rasa->arena, &label, "%.*s?", STR_ARG(label)));
    TRY(rasa_note(rasa, RASA_TODO, name->place, "the project has no text that asks for \"%.*s\"; write utter_ask_%.*s", STR_ARG(name->name), STR_ARG(name->name)));
    TRY(rasa_flow_stand_in(rasa, plain, label, "the project has no text that asks for it; write the question", name->place));
    step->ask = rasa_find_response(rasa, plain)->out;
    return ERR_NONE;
}

/* ---- what an intent is answered with ---- */

static bool
rasa_flow_is_same(const struct rasa_answer *a, const struct rasa_answer *b)
{
    const struct rasa_name *x = a->actions, *y = b->actions;

    for (; x && y && str_is(x->name, y->name); x = x->next)
        y = y->next;
    return !x && !y && str_is(a->form, b->form);
}

static bool
rasa_flow_is_of(const struct rasa_answer *answer, str intent)
{
    if (!answer->intent)
        return false;
    bool is_of = str_is(answer->intent->name, intent);
    for (const struct rasa_name *other = answer->intent->others; other && !is_of; other = other->next)
        is_of = str_is(other->name, intent);
    return is_of;
}

/* The smaller, the likelier that it holds everywhere. */
static unsigned
rasa_flow_rank(const struct rasa_answer *answer)
{
    return (answer->loop.len > 0 ? 8u : 0) + (answer->before.len > 0 ? 4u : 0) + (answer->is_rule ? 0 : 2u) + (answer->actions || answer->form.len > 0 ? 0 : 16u);
}

static struct rasa_answer *
rasa_flow_best(const struct rasa_answers_of *all, str intent)
{
    struct rasa_answer *best = NULL;

    for (struct rasa_answer *at = all->answers; at; at = at->next)
        if (rasa_flow_is_of(at, intent) && !at->tests && (!best || rasa_flow_rank(at) < rasa_flow_rank(best)))
            best = at;
    for (struct rasa_answer *at = all->answers; at && !best; at = at->next)
        if (rasa_flow_is_of(at, intent))
            best = at;
    return best;
}

/* slots.a == "x" and not slots.b; empty when a slot is one that the bot does not have. */
static enum err
rasa_flow_condition(struct rasa *rasa, const struct rasa_test *tests, str *out)
{
    BUF_SCOPE(text, 65536);

    for (const struct rasa_test *test = tests; test; test = test->next) {
        const struct rasa_slot *slot = rasa_find_slot(rasa, test->slot);
        bool is_yes = str_is_nocase(test->value, STR("true")) || str_is_nocase(test->value, STR("yes")), is_no = str_is_nocase(test->value, STR("false")) || str_is_nocase(test->value, STR("no"));
        if (!slot || !slot->is_asked) {
            if (test->is_null)
                continue; /* nothing ever fills it: true */
            *out = (str){"", 0};
            return ERR_NONE;
        }
        TRY(buf_add_str(&text, text.len > 0 ? STR(" and ") : STR("")));
        bool is_bool = slot->kind == RASA_BOOL || test->is_any;
        if (test->is_null)
            TRY(buf_add_text(&text, "not slots.%.*s", STR_ARG(slot->name)));
        else if (is_bool && (is_yes || test->is_any))
            TRY(buf_add_text(&text, "slots.%.*s", STR_ARG(slot->name)));
        else if (is_bool && is_no)
            TRY(buf_add_text(&text, "slots.%.*s == \"false\"", STR_ARG(slot->name)));
        else
            TRY(buf_add_text(&text, "slots.%.*s == \"%.*s\"", STR_ARG(slot->name), STR_ARG(test->value)));
    }
    return arena_take_str(rasa->arena, buf_str(&text), out);
}

static enum err
rasa_flow_new(struct rasa *rasa, str id, struct rasa_place place, struct rasa_flow **out)
{
    str clean;
    bool is_taken = false;

    TRY(rasa_clean(rasa, id, &clean));
    for (const struct rasa_flow *at = rasa->flows; at; at = at->next)
        is_taken = is_taken || str_is(at->id, clean);
    if (is_taken)
        TRY(arena_take_text(rasa->arena, &clean, "%.*s_%zu", STR_ARG(clean), ++rasa->step_count));
    RASA_ADD(rasa, struct rasa_flow, flow, rasa, flows);
    flow->id = clean;
    flow->place = place;
    *out = flow;
    return ERR_NONE;
}

static enum err
rasa_flow_start(struct rasa *rasa, struct rasa_flow *flow, struct rasa_intent *intent)
{
    RASA_ADD(rasa, struct rasa_name, start, flow, starts);
    start->name = intent->out;
    intent->flow = flow;
    return ERR_NONE;
}

/* One of several ways that a flow may go on: steps from its id on, END behind the last. */
static enum err
rasa_flow_branch(struct rasa *rasa, struct rasa_flow *flow, struct rasa_do *fork, const struct rasa_answer *answer, unsigned number)
{
    str id, condition = {"", 0};
    struct rasa_do **before = flow->steps_end, *last = NULL;

    if (answer->tests) {
        TRY(rasa_flow_condition(rasa, answer->tests, &condition));
        bool is_plain = true;
        for (const struct rasa_test *test = answer->tests; test; test = test->next)
            is_plain = is_plain && test->is_null;
        if (condition.len == 0 && !is_plain)
            return rasa_note(rasa, RASA_LOST, answer->place, "what is done when a slot has a value that Python gives it");
    }
    TRY(arena_take_text(rasa->arena, &id, "way_%u", number));
    for (const struct rasa_name *action = answer->actions; action; action = action->next)
        TRY(rasa_flow_say(rasa, flow, action->name, action->place));
    if (!*before)
        return rasa_flow_rule(rasa, fork, condition, STR("END"));
    (*before)->id = id;
    for (last = *before; last->next;)
        last = last->next;
    TRY(rasa_flow_rule(rasa, fork, condition, id));
    return rasa_flow_rule(rasa, last, (str){"", 0}, STR("END"));
}

static bool
rasa_flow_has_else(const struct rasa_do *fork)
{
    for (const struct rasa_rule *rule = fork->rules; rule; rule = rule->next)
        if (rule->condition.len == 0)
            return true;
    return false;
}

/* What happens when the form is filled. */
static enum err
rasa_flow_submit(struct rasa_answers_of *all, struct rasa_flow *flow)
{
    struct rasa *rasa = all->rasa;
    struct rasa_answer *plain = NULL;
    struct rasa_do *fork = NULL;
    unsigned ways = 0, number = 0;

    for (struct rasa_answer *at = all->answers; at; at = at->next) {
        if (at->intent || !str_is(at->form, flow->form) || !at->actions)
            continue;
        ways += at->tests != NULL;
        if (!at->tests && (!plain || (at->is_rule && !plain->is_rule)))
            plain = at;
    }
    if (ways > 0)
        TRY(rasa_flow_do(rasa, flow, RASA_DO_NOTHING, (str){"", 0}, &fork));
    for (struct rasa_answer *at = all->answers; at && ways > 0; at = at->next) {
        bool is_known = false;
        if (at->intent || !str_is(at->form, flow->form) || !at->actions || !at->tests)
            continue;
        for (struct rasa_answer *earlier = all->answers; earlier != at; earlier = earlier->next)
            is_known = is_known || (!earlier->intent && earlier->tests && rasa_flow_is_same(earlier, at));
        if (!is_known)
            TRY(rasa_flow_branch(rasa, flow, fork, at, ++number));
    }
    if (fork && plain && !rasa_flow_has_else(fork))
        TRY(rasa_flow_branch(rasa, flow, fork, plain, ++number));
    if (fork && !rasa_flow_has_else(fork))
        TRY(rasa_flow_rule(rasa, fork, (str){"", 0}, STR("END")));
    for (const struct rasa_name *action = plain && !fork ? plain->actions : NULL; action; action = action->next)
        TRY(rasa_flow_say(rasa, flow, action->name, action->place));
    for (struct rasa_answer *at = all->answers; at; at = at->next)
        if (!at->intent && str_is(at->form, flow->form) && at->actions && plain && !at->tests && !rasa_flow_is_same(at, plain) && !at->is_done) {
            at->is_done = true;
            TRY(rasa_note(rasa, RASA_LOST, at->place, "another end of the form \"%.*s\" than at %s:%u", STR_ARG(flow->form), plain->place.file, plain->place.line));
        }
    return ERR_NONE;
}

/* A form with what is said before it; two intents that begin it in the same way share it. */
static enum err
rasa_flow_form(struct rasa_answers_of *all, struct rasa_intent *intent, const struct rasa_answer *answer)
{
    struct rasa *rasa = all->rasa;
    const struct rasa_form *form = rasa_find_form(rasa, answer->form);
    struct rasa_flow *flow = NULL;

    for (struct rasa_intent *other = rasa->intents; other != intent; other = other->next) {
        const struct rasa_answer *best = other->flow && str_is(other->flow->form, answer->form) ? rasa_flow_best(all, other->name) : NULL;
        if (best && rasa_flow_is_same(best, answer))
            return rasa_flow_start(rasa, other->flow, intent);
    }
    TRY(rasa_flow_new(rasa, answer->form, form ? form->place : answer->place, &flow));
    flow->form = answer->form;
    for (const struct rasa_name *action = answer->actions; action; action = action->next)
        TRY(rasa_flow_say(rasa, flow, action->name, action->place));
    if (!form)
        TRY(rasa_note(rasa, RASA_TODO, answer->place, "there is no form \"%.*s\"", STR_ARG(answer->form)));
    for (const struct rasa_name *slot = form ? form->slots : NULL; slot; slot = slot->next) {
        str own;
        TRY(arena_take_text(rasa->arena, &own, "utter_ask_%.*s_%.*s", STR_ARG(flow->form), STR_ARG(slot->name)));
        TRY(rasa_flow_collect(rasa, flow, slot, own));
    }
    TRY(rasa_flow_submit(all, flow));
    if (!flow->steps)
        return rasa_note(rasa, RASA_LOST, flow->place, "the form \"%.*s\": nothing of it is left", STR_ARG(answer->form));
    return rasa_flow_start(rasa, flow, intent);
}

static enum err
rasa_flow_fork(struct rasa_answers_of *all, struct rasa_intent *intent, const struct rasa_answer *best)
{
    struct rasa *rasa = all->rasa;
    struct rasa_flow *flow = NULL;
    struct rasa_do *fork = NULL;
    unsigned number = 0;

    TRY(rasa_flow_new(rasa, intent->out, best->place, &flow));
    TRY(rasa_flow_do(rasa, flow, RASA_DO_NOTHING, (str){"", 0}, &fork));
    for (struct rasa_answer *at = all->answers; at; at = at->next)
        if (rasa_flow_is_of(at, intent->name) && at->tests && at->is_rule && at->form.len == 0)
            TRY(rasa_flow_branch(rasa, flow, fork, at, ++number));
    if (!best->tests && !rasa_flow_has_else(fork))
        TRY(rasa_flow_branch(rasa, flow, fork, best, ++number));
    if (!rasa_flow_has_else(fork))
        TRY(rasa_flow_rule(rasa, fork, (str){"", 0}, STR("END")));
    return rasa_flow_start(rasa, flow, intent);
}

/* Every place where the project answers the intent in another way. */
static enum err
rasa_flow_differences(struct rasa_answers_of *all, const struct rasa_intent *intent, const struct rasa_answer *best)
{
    for (struct rasa_answer *at = all->answers; at; at = at->next) {
        bool is_fork = at->tests && at->is_rule && at->form.len == 0 && best->form.len == 0;
        if (!rasa_flow_is_of(at, intent->name) || at == best || is_fork || rasa_flow_is_same(at, best) || (!at->actions && at->form.len == 0))
            continue;
        const char *when = at->loop.len > 0 ? "in the form " : at->before.len > 0 ? "after " : "here";
        str after = at->loop.len > 0 ? at->loop : at->before;
        TRY(rasa_note(all->rasa, RASA_LOST, at->place, "another answer to \"%.*s\" %s%.*s; it is answered as at %s:%u", STR_ARG(intent->name), when, STR_ARG(after),
                      best->place.file, best->place.line));
        for (const struct rasa_name *action = at->actions; action; action = action->next)
            if (!rasa_find_response(all->rasa, action->name))
                TRY(rasa_note(all->rasa, RASA_LOST, action->place, "the action \"%.*s\": Python", STR_ARG(action->name)));
    }
    return ERR_NONE;
}

/* A retrieval intent's examples belong to the intents behind its slash. */
static bool
rasa_flow_is_parent(const struct rasa *rasa, str intent)
{
    for (const struct rasa_intent *at = rasa->intents; at; at = at->next)
        if (at->name.len > intent.len && str_has_prefix(at->name, intent) && at->name.at[intent.len] == '/')
            return true;
    return false;
}

static enum err
rasa_flow_intent(struct rasa_answers_of *all, struct rasa_intent *intent)
{
    struct rasa *rasa = all->rasa;
    const struct rasa_answer *best = rasa_flow_best(all, intent->name);
    struct rasa_flow *flow = NULL;
    bool is_fork = false;

    if (!best || rasa_flow_is_parent(rasa, intent->name))
        return ERR_NONE;
    for (struct rasa_answer *at = all->answers; at; at = at->next)
        is_fork = is_fork || (rasa_flow_is_of(at, intent->name) && at->tests && at->is_rule && at->form.len == 0);
    TRY(rasa_flow_differences(all, intent, best));
    if (best->form.len > 0)
        return rasa_flow_form(all, intent, best);
    if (is_fork)
        return rasa_flow_fork(all, intent, best);
    if (!best->actions)
        return ERR_NONE;
    if (!best->actions->next)
        return rasa_flow_response(rasa, best->actions->name, best->actions->place, &intent->action);
    TRY(rasa_flow_new(rasa, intent->out, best->place, &flow));
    for (const struct rasa_name *action = best->actions; action; action = action->next)
        TRY(rasa_flow_say(rasa, flow, action->name, action->place));
    return flow->steps ? rasa_flow_start(rasa, flow, intent) : ERR_NONE;
}

/* Rasa's own name for "not understood"; and a retrieval intent, whose response is named after it. */
static enum err
rasa_flow_special(struct rasa *rasa, struct rasa_intent *intent)
{
    struct rasa_response *known = NULL, *unknown = NULL;
    str name, slash = intent->name, first;

    if (str_is(intent->name, STR("nlu_fallback")) && intent->action.len > 0) {
        for (struct rasa_response *at = rasa->responses; at; at = at->next)
            known = str_is(at->out, intent->action) ? at : known;
        TRY(rasa_response_add(rasa, STR("utter_unknown"), intent->place, &unknown));
        if (known && !unknown->variants)
            unknown->variants = known->variants;
    }
    (void)str_split(&slash, '/', &first);
    TRY(arena_take_text(rasa->arena, &name, "utter_%.*s", STR_ARG(intent->name)));
    if (slash.at && !intent->flow && intent->action.len == 0 && rasa_find_response(rasa, name))
        intent->action = rasa_find_response(rasa, name)->out;
    return ERR_NONE;
}

/* ---- what slots are ---- */

/* What Duckling finds for Rasa, Privet finds by itself. Its "time" is a day, a time, both or a span of them: that stays a text. */
static bool
rasa_flow_is_dimension(str entity, enum rasa_slot_kind *kind)
{
    static const struct {
        const char *name;
        enum rasa_slot_kind kind;
    } dimensions[] = {{"amount-of-money", RASA_MONEY}, {"phone-number", RASA_PHONE}, {"url", RASA_URL}, {"duration", RASA_DURATION}};

    for (size_t i = 0; i < sizeof dimensions / sizeof *dimensions; i++)
        if (str_is(entity, str_from(dimensions[i].name))) {
            *kind = dimensions[i].kind;
            return true;
        }
    return false;
}

static enum err
rasa_flow_slot(struct rasa *rasa, struct rasa_slot *slot)
{
    struct rasa_entity *entity = rasa_find_entity(rasa, slot->from_entity.len > 0 ? slot->from_entity : slot->name);
    bool has_values = entity && (entity->words || entity->regex.len > 0);
    str lower = slot->name;

    if (str_is(slot->type, STR("bool")) || (slot->has_yes && slot->has_no && slot->from_entity.len == 0))
        slot->kind = RASA_BOOL;
    else if (str_is(slot->type, STR("float")) || str_is(slot->type, STR("int")) || str_is(slot->from_entity, STR("number")))
        slot->kind = RASA_NUMBER;
    else if (slot->has_values)
        slot->kind = RASA_LIST;
    else if (str_is_nocase(lower, STR("email")) || str_is_nocase(lower, STR("e_mail")) || str_is(slot->from_entity, STR("email")))
        slot->kind = RASA_EMAIL;
    else if (!has_values && !slot->has_text && rasa_flow_is_dimension(slot->from_entity, &slot->kind))
        slot->entity = NULL;
    else if (has_values && !slot->has_text && (entity->has_closed_list || entity->regex.len > 0 || slot->from_entity.len > 0))
        slot->kind = RASA_LIST;
    slot->entity = slot->kind == RASA_LIST ? (slot->has_values ? rasa_find_entity(rasa, slot->name) : entity) : NULL;
    return ERR_NONE;
}

/* "slot":"value" in the payload of a button names a value. */
static enum err
rasa_flow_payload(struct rasa *rasa, str payload)
{
    str rest = payload, piece;

    while (str_split(&rest, '"', &piece) && rest.at) {
        str name = {"", 0}, colon = {"", 0}, value = {"", 0};
        bool done = str_split(&rest, '"', &name) && rest.at && str_split(&rest, '"', &colon) && rest.at && str_split(&rest, '"', &value);
        struct rasa_entity *entity = done && str_is(str_trim(colon), STR(":")) ? rasa_find_entity(rasa, name) : NULL;
        if (entity)
            TRY(rasa_word_add(rasa, entity, value, value));
        if (!done || !rest.at)
            break;
    }
    return ERR_NONE;
}

/* Rasa's synonyms hold for every entity: here each goes to those that have its value. */
static enum err
rasa_flow_synonyms(struct rasa *rasa)
{
    for (struct rasa_synonym *synonym = rasa->synonyms; synonym; synonym = synonym->next)
        for (struct rasa_entity *entity = rasa->entities; entity; entity = entity->next) {
            bool has_value = false;
            for (const struct rasa_word *word = entity->words; word; word = word->next)
                has_value = has_value || str_is_nocase(word->value, synonym->value);
            synonym->is_used = synonym->is_used || has_value;
            for (const struct rasa_word *word = has_value ? synonym->words : NULL; word; word = word->next)
                TRY(rasa_word_add(rasa, entity, synonym->value, word->word));
        }
    return ERR_NONE;
}

/* {names} in texts that nothing fills here: Python did. */
static enum err
rasa_flow_holes(struct rasa *rasa, const struct rasa_response *response, const struct rasa_variant *variant)
{
    str text = variant->text;

    for (size_t open; (open = str_find(text, STR("{"))) != SIZE_MAX;) {
        text = str_slice(text, open + 1, text.len);
        size_t close = str_find(text, STR("}"));
        if (close == SIZE_MAX)
            break;
        str name = str_slice(text, 0, close);
        const struct rasa_slot *slot = rasa_find_slot(rasa, name);
        if (!slot || (!slot->is_asked && slot->kind != RASA_LIST))
            TRY(rasa_note(rasa, RASA_TODO, variant->place, "nothing fills {%.*s} in %.*s", STR_ARG(str_slice(name, 0, 80)), STR_ARG(response->name)));
    }
    return ERR_NONE;
}

enum err
rasa_flow_of_action(struct rasa *rasa, struct rasa_intent *intent)
{
    struct rasa_flow *flow = NULL;

    TRY(rasa_flow_new(rasa, intent->out, intent->place, &flow));
    TRY(rasa_flow_do(rasa, flow, RASA_DO_SAY, intent->action, NULL));
    return rasa_flow_start(rasa, flow, intent);
}

enum err
rasa_flow_gaps(struct rasa *rasa)
{
    for (const struct rasa_form *form = rasa->forms; form; form = form->next) {
        bool is_begun = false;
        for (const struct rasa_flow *flow = rasa->flows; flow; flow = flow->next)
            is_begun = is_begun || str_is(flow->form, form->name);
        if (!is_begun)
            TRY(rasa_note(rasa, RASA_LOST, form->place, "the form \"%.*s\": no rule or story begins it with an intent", STR_ARG(form->name)));
    }
    for (const struct rasa_response *response = rasa->responses; response; response = response->next)
        for (const struct rasa_variant *variant = response->variants; variant; variant = variant->next)
            TRY(rasa_flow_holes(rasa, response, variant));
    return ERR_NONE;
}

enum err
rasa_flow_settle(struct rasa *rasa)
{
    struct rasa_answers_of all = {.rasa = rasa};

    for (const struct rasa_response *response = rasa->responses; response; response = response->next)
        for (const struct rasa_variant *variant = response->variants; variant; variant = variant->next)
            for (const struct rasa_button *button = variant->buttons; button; button = button->next)
                TRY(rasa_flow_payload(rasa, button->payload));
    TRY(rasa_flow_synonyms(rasa));
    for (struct rasa_slot *slot = rasa->slots; slot; slot = slot->next)
        TRY(rasa_flow_slot(rasa, slot));
    for (const struct rasa_form *form = rasa->forms; form; form = form->next)
        for (const struct rasa_name *name = form->slots; name; name = name->next) {
            struct rasa_slot *slot = NULL;
            TRY(rasa_slot_add(rasa, name->name, name->place, &slot));
            slot->is_asked = true;
        }
    for (const struct rasa_story *story = rasa->stories; story; story = story->next)
        if (story->kind != RASA_TEST)
            TRY(rasa_flow_walk(&all, story));
    for (struct rasa_intent *intent = rasa->intents; intent; intent = intent->next) {
        TRY(rasa_flow_intent(&all, intent));
        TRY(rasa_flow_special(rasa, intent));
    }
    return ERR_NONE;
}
