/* CALM flows (Rasa Pro): steps that collect, act and branch. Branches that stand inside a step are put behind the last one, under names of their
 * own. There a model chooses the flow from its description; here an intent begins it, whose first examples are name and description. */
#include "cli/rasa_private.h"

#include "rights/notice.h"

#include <stdio.h>
#include <string.h>

#define RASA_BRANCHES_MAX 200

struct rasa_calm {
    struct rasa *rasa;
    struct rasa_flow *flow;
    struct {
        struct rasa_at steps;
        str id;
    } branches[RASA_BRANCHES_MAX]; /* still to be written */
    size_t branch_count, steps;
};

/* ---- conditions ---- */

struct rasa_calm_condition {
    struct rasa *rasa;
    str rest;
    struct buf *out;
    bool is_good;
};

static str
rasa_calm_token(str *rest)
{
    size_t len = 1;

    *rest = str_trim(*rest);
    if (rest->len == 0)
        return (str){"", 0};
    char first = rest->at[0];
    if (first == '"' || first == '\'') {
        while (len < rest->len && rest->at[len] != first)
            len++;
        len += len < rest->len;
    } else if (strchr("=!<>", first)) {
        len += len < rest->len && rest->at[1] == '=';
    } else if (!strchr("()", first)) {
        while (len < rest->len && !strchr(" \t\n()=!<>\"'", rest->at[len]))
            len++;
    }
    str token = str_slice(*rest, 0, len);
    *rest = str_slice(*rest, len, rest->len);
    return token;
}

static bool
rasa_calm_next_is(struct rasa_calm_condition *condition, const char *words)
{
    str rest = condition->rest, wanted = str_from(words), word;

    while (str_split(&wanted, ' ', &word))
        if (!str_is_nocase(rasa_calm_token(&rest), word))
            return false;
    condition->rest = rest;
    return true;
}

static struct rasa_slot *
rasa_calm_slot(struct rasa *rasa, str token)
{
    str name = str_has_prefix(token, STR("slots.")) ? str_slice(token, 6, token.len) : token;
    struct rasa_slot *slot = rasa_find_slot(rasa, name);

    if (slot)
        slot->is_named = true;
    return slot;
}

/* "x is not null", "x = true", "x >= 5" */
static enum err
rasa_calm_test(struct rasa_calm_condition *condition, const struct rasa_slot *slot)
{
    static const struct {
        const char *words, *of_bool, *of_other; /* of_bool: a slot that is false is filled, too */
    } forms[] = {{"is not null", "(slots.% == \"true\" or slots.% == \"false\")", "slots.%"}, {"!= null", "(slots.% == \"true\" or slots.% == \"false\")", "slots.%"},
                 {"is not None", "(slots.% == \"true\" or slots.% == \"false\")", "slots.%"}, {"is null", "not (slots.% == \"true\" or slots.% == \"false\")", "not slots.%"},
                 {"== null", "not (slots.% == \"true\" or slots.% == \"false\")", "not slots.%"}, {"is None", "not (slots.% == \"true\" or slots.% == \"false\")", "not slots.%"},
                 {"= true", "slots.% == \"true\"", "slots.% == \"true\""}, {"== true", "slots.% == \"true\"", "slots.% == \"true\""},
                 {"is true", "slots.% == \"true\"", "slots.% == \"true\""}, {"= false", "slots.% == \"false\"", "slots.% == \"false\""},
                 {"== false", "slots.% == \"false\"", "slots.% == \"false\""}, {"is false", "slots.% == \"false\"", "slots.% == \"false\""}};

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        str form = str_from(slot->kind == RASA_BOOL ? forms[i].of_bool : forms[i].of_other), part;
        if (!rasa_calm_next_is(condition, forms[i].words))
            continue;
        for (bool is_first = true; str_split(&form, '%', &part); is_first = false) {
            TRY(buf_add_str(condition->out, is_first ? STR("") : slot->name));
            TRY(buf_add_str(condition->out, part));
        }
        return ERR_NONE;
    }
    str ahead = condition->rest, sign = rasa_calm_token(&ahead);
    TRY(buf_add_text(condition->out, "slots.%.*s", STR_ARG(slot->name)));
    if (sign.len == 0 || !strchr("=!<>", sign.at[0])) {
        condition->is_good = condition->is_good && (sign.len == 0 || strchr(")", sign.at[0]) || str_is_nocase(sign, STR("and")) || str_is_nocase(sign, STR("or")));
        return ERR_NONE;
    }
    str value = rasa_calm_token(&ahead);
    bool is_number = value.len > 0 && strchr("0123456789-.", value.at[0]), is_quoted = value.len > 1 && strchr("\"'", value.at[0]);
    condition->is_good = condition->is_good && value.len > 0;
    condition->rest = ahead;
    return buf_add_text(condition->out, is_number || is_quoted ? " %.*s %.*s" : " %.*s \"%.*s\"", STR_ARG(str_is(sign, STR("=")) ? STR("==") : sign), STR_ARG(value));
}

/* Empty when it says something that Privet's conditions can't. */
static enum err
rasa_calm_condition(struct rasa *rasa, str text, str *out)
{
    BUF_SCOPE(written, 65536);
    struct rasa_calm_condition condition = {rasa, text, &written, true};

    while (condition.is_good && str_trim(condition.rest).len > 0) {
        str token = rasa_calm_token(&condition.rest);
        const struct rasa_slot *slot = rasa_calm_slot(rasa, token);
        TRY(buf_add_str(&written, written.len > 0 ? STR(" ") : STR("")));
        if (slot)
            TRY(rasa_calm_test(&condition, slot));
        else if (str_is_nocase(token, STR("and")) || str_is_nocase(token, STR("or")) || str_is_nocase(token, STR("not")) || str_is(token, STR("(")) || str_is(token, STR(")")))
            TRY(buf_add_str(&written, token));
        else
            condition.is_good = false;
    }
    *out = (str){"", 0};
    return condition.is_good ? arena_take_str(rasa->arena, buf_str(&written), out) : ERR_NONE;
}

/* ---- steps ---- */

static enum err
rasa_calm_target(struct rasa_calm *calm, struct rasa_at then, str *out)
{
    if (!rasa_yaml_is_list(then))
        return rasa_clean(calm->rasa, rasa_yaml_text(then), out);
    if (rasa_yaml_count(then) == 0 || calm->branch_count == RASA_BRANCHES_MAX) {
        *out = STR("END");
        return ERR_NONE;
    }
    str own = rasa_yaml_text(rasa_yaml_get(rasa_yaml_item(then, 0), "id"));
    TRY(own.len > 0 ? rasa_clean(calm->rasa, own, out) : arena_take_text(calm->rasa->arena, out, "branch_%zu", calm->branch_count + 1));
    calm->branches[calm->branch_count].steps = then;
    calm->branches[calm->branch_count++].id = *out;
    return ERR_NONE;
}

static enum err
rasa_calm_next(struct rasa_calm *calm, struct rasa_do *step, struct rasa_at next)
{
    str target;

    if (!rasa_yaml_is_list(next)) {
        TRY(rasa_clean(calm->rasa, rasa_yaml_text(next), &target));
        return rasa_flow_rule(calm->rasa, step, (str){"", 0}, target);
    }
    for (size_t i = 0; i < rasa_yaml_count(next); i++) {
        struct rasa_at rule = rasa_yaml_item(next, i), test = rasa_yaml_get(rule, "if"), then = rasa_yaml_get(rule, "then"), other = rasa_yaml_get(rule, "else");
        str condition = {"", 0};
        if (test.node) {
            TRY(rasa_calm_condition(calm->rasa, rasa_yaml_text(test), &condition));
            if (condition.len == 0) {
                TRY(rasa_note(calm->rasa, RASA_LOST, rasa_yaml_place(test), "the condition \"%.*s\"", STR_ARG(str_slice(rasa_yaml_text(test), 0, 120))));
                rasa_yaml_leave(rule);
                continue;
            }
        }
        if (!test.node && !other.node)
            continue;
        TRY(rasa_calm_target(calm, test.node ? then : other, &target));
        TRY(rasa_flow_rule(calm->rasa, step, condition, target));
    }
    return ERR_NONE;
}

static enum err
rasa_calm_collect(struct rasa_calm *calm, struct rasa_at at, str slot)
{
    struct rasa *rasa = calm->rasa;
    struct rasa_at utter = rasa_yaml_get(at, "utter"), rejections = rasa_yaml_get(at, "rejections");
    struct rasa_name name = {slot, rasa_yaml_place(at), NULL};

    for (const char *const *key = (const char *const[]){"description", "ask_before_filling", "reset_after_flow_ends", "force_slot_filling", NULL}; *key; key++)
        rasa_yaml_leave(rasa_yaml_get(at, *key));
    for (size_t i = 0; rasa_yaml_is_list(rejections) && i < rasa_yaml_count(rejections); i++) {
        struct rasa_at one = rasa_yaml_item(rejections, i);
        TRY(rasa_note(rasa, RASA_LOST, rasa_yaml_place(one), "a rejection of \"%.*s\": %.*s; write min, max or an entity", STR_ARG(slot),
                      STR_ARG(str_slice(rasa_yaml_text(rasa_yaml_get(one, "if")), 0, 100))));
        rasa_yaml_leave(one);
    }
    return rasa_flow_collect(rasa, calm->flow, &name, rasa_yaml_text(utter));
}

/* - a: value; null: it is asked for again */
static enum err
rasa_calm_set(struct rasa_calm *calm, struct rasa_at list)
{
    struct rasa *rasa = calm->rasa;
    BUF_SCOPE(map, 65536);
    str what;

    for (size_t i = 0; i < rasa_yaml_count(list); i++) {
        struct rasa_at item = rasa_yaml_is_list(list) ? rasa_yaml_item(list, i) : list, value;
        struct rasa_slot *slot = NULL;
        struct rasa_place place;
        str name;
        if (!rasa_yaml_is_map(item) || rasa_yaml_count(item) == 0)
            continue;
        value = rasa_yaml_pair(item, rasa_yaml_is_list(list) ? 0 : i, &name, &place);
        TRY(rasa_slot_add(rasa, name, place, &slot));
        slot->is_named = true;
        TRY(buf_add_str(&map, map.len > 0 ? STR(", ") : STR("{")));
        TRY(notice_json(&map, name));
        TRY(buf_add_str(&map, STR(": ")));
        TRY(notice_json(&map, rasa_yaml_is_null(value) ? (str){"", 0} : rasa_yaml_text(value)));
    }
    if (map.len == 0)
        return ERR_NONE;
    TRY(buf_add_u8(&map, '}'));
    TRY(arena_take_str(rasa->arena, buf_str(&map), &what));
    return rasa_flow_do(rasa, calm->flow, RASA_DO_SET, what, NULL);
}

/* Another flow of the project, and no loop of flows that call each other. */
static enum err
rasa_calm_call(struct rasa_calm *calm, struct rasa_at at)
{
    struct rasa *rasa = calm->rasa;
    str name = rasa_yaml_text(at), clean;
    const struct rasa_flow *flow = rasa->flows;

    if (!at.node)
        return ERR_NONE;
    TRY(rasa_clean(rasa, name, &clean));
    while (flow && !str_is(flow->id, clean))
        flow = flow->next;
    if (!flow || flow == calm->flow)
        return rasa_note(rasa, RASA_LOST, rasa_yaml_place(at), "a step to the flow \"%.*s\", which %s", STR_ARG(name), flow ? "is this one" : "is none of the flows above");
    return rasa_flow_do(rasa, calm->flow, RASA_DO_CALL, flow->id, NULL);
}

static enum err
rasa_calm_step(struct rasa_calm *calm, struct rasa_at at, str id)
{
    struct rasa *rasa = calm->rasa;
    struct rasa_at collect = rasa_yaml_get(at, "collect"), action = rasa_yaml_get(at, "action"), next = rasa_yaml_get(at, "next");
    struct rasa_do **before = calm->flow->steps_end ? calm->flow->steps_end : &calm->flow->steps, *step = NULL;
    str own = rasa_yaml_text(rasa_yaml_get(at, "id"));

    if (++calm->steps > RASA_STEPS_MAX / 10)
        return err_raise(ERR_LIMIT, "rasa: a flow of more than 2,000 steps");
    rasa_yaml_leave(rasa_yaml_get(at, "noop"));
    if (rasa_yaml_text(collect).len > 0)
        TRY(rasa_calm_collect(calm, at, rasa_yaml_text(collect)));
    else if (rasa_yaml_text(action).len > 0)
        TRY(rasa_flow_say(rasa, calm->flow, rasa_yaml_text(action), rasa_yaml_place(action)));
    TRY(rasa_calm_set(calm, rasa_yaml_get(at, "set_slots")));
    TRY(rasa_calm_call(calm, rasa_yaml_get(at, "call")));
    struct rasa_at link = rasa_yaml_get(at, "link");
    TRY(rasa_calm_call(calm, link));
    if (!*before)
        TRY(rasa_flow_do(rasa, calm->flow, RASA_DO_NOTHING, (str){"", 0}, NULL));
    step = *before;
    if (own.len > 0)
        TRY(rasa_clean(rasa, own, &step->id));
    else
        step->id = id;
    if (link.node && !next.node)
        return rasa_flow_rule(rasa, step, (str){"", 0}, STR("END")); /* it does not come back */
    return next.node ? rasa_calm_next(calm, step, next) : ERR_NONE;
}

static enum err
rasa_calm_steps(struct rasa_calm *calm, struct rasa_at list, str id)
{
    for (size_t i = 0; rasa_yaml_is_list(list) && i < rasa_yaml_count(list); i++)
        TRY(rasa_calm_step(calm, rasa_yaml_item(list, i), i == 0 ? id : (str){"", 0}));
    struct rasa_do *last = calm->flow->steps;
    while (last && last->next)
        last = last->next;
    return last && !last->rules ? rasa_flow_rule(calm->rasa, last, (str){"", 0}, STR("END")) : ERR_NONE;
}

/* A target that no step has: the end. */
static void
rasa_calm_mend(struct rasa_flow *flow)
{
    for (struct rasa_do *step = flow->steps; step; step = step->next)
        for (struct rasa_rule *rule = step->rules; rule; rule = rule->next) {
            bool is_there = str_is(rule->target, STR("END"));
            for (const struct rasa_do *other = flow->steps; other && !is_there; other = other->next)
                is_there = str_is(other->id, rule->target);
            if (!is_there)
                rule->target = STR("END");
        }
}

static enum err
rasa_calm_example(struct rasa *rasa, struct rasa_intent *intent, struct rasa_at at, str text)
{
    if (text.len == 0)
        return ERR_NONE;
    RASA_ADD(rasa, struct rasa_example, example, intent, examples);
    example->text = text;
    example->place = rasa_yaml_place(at);
    intent->example_count++;
    return ERR_NONE;
}

static enum err
rasa_calm_start(struct rasa_calm *calm, struct rasa_at at, struct rasa_at triggers, str id)
{
    struct rasa *rasa = calm->rasa;
    struct rasa_intent *intent = NULL;
    str description = rasa_yaml_text(rasa_yaml_get(at, "description")), name = rasa_yaml_text(rasa_yaml_get(at, "name"));

    for (size_t i = 0; rasa_yaml_is_list(triggers) && i < rasa_yaml_count(triggers); i++) {
        struct rasa_at one = rasa_yaml_get(rasa_yaml_item(triggers, i), "intent");
        str trigger = rasa_yaml_text(rasa_yaml_is_map(one) ? rasa_yaml_get(one, "name") : one);
        rasa_yaml_leave(rasa_yaml_is_map(one) ? rasa_yaml_get(one, "confidence_threshold") : one);
        if (trigger.len == 0)
            continue;
        TRY(rasa_intent_add(rasa, trigger, rasa_yaml_place(one), &intent));
        RASA_ADD(rasa, struct rasa_name, start, calm->flow, starts);
        start->name = intent->out;
        intent->flow = calm->flow;
    }
    if (intent)
        return ERR_NONE;
    TRY(rasa_intent_add(rasa, id, rasa_yaml_place(at), &intent));
    if (intent->example_count == 0) {
        str words;
        TRY(rasa_clean(rasa, id, &words));
        for (size_t i = 0; i < words.len; i++)
            ((char *)(uintptr_t)words.at)[i] = words.at[i] == '_' || words.at[i] == '-' ? ' ' : words.at[i];
        TRY(rasa_calm_example(rasa, intent, at, name.len > 0 ? name : words));
        TRY(rasa_calm_example(rasa, intent, at, description));
        TRY(rasa_note(rasa, RASA_TODO, rasa_yaml_place(at), "a model chose the flow \"%.*s\" by its description; write what people say to begin it as examples of the intent \"%.*s\"",
                      STR_ARG(id), STR_ARG(intent->out)));
    }
    RASA_ADD(rasa, struct rasa_name, start, calm->flow, starts);
    start->name = intent->out;
    intent->flow = calm->flow;
    return ERR_NONE;
}

static enum err
rasa_calm_flow(struct rasa *rasa, str id, struct rasa_at at, struct rasa_place place)
{
    static struct rasa_calm calm; /* of one thread's command line */
    struct rasa_at guard = rasa_yaml_get(at, "if");

    calm = (struct rasa_calm){.rasa = rasa};
    if (str_has_prefix(id, STR("pattern_"))) {
        rasa_yaml_leave(at);
        return rasa_note(rasa, RASA_LOST, place, "\"%.*s\", a pattern of Rasa's own", STR_ARG(id));
    }
    for (const char *const *key = (const char *const[]){"always_include_in_prompt", "run_pattern_completed", "persisted_slots", "file_path", NULL}; *key; key++)
        rasa_yaml_leave(rasa_yaml_get(at, *key));
    if (guard.node)
        TRY(rasa_note(rasa, RASA_LOST, rasa_yaml_place(guard), "the condition \"%.*s\" of the whole flow", STR_ARG(str_slice(rasa_yaml_text(guard), 0, 100))));
    RASA_ADD(rasa, struct rasa_flow, flow, rasa, flows);
    flow->place = place;
    flow->description = rasa_yaml_text(rasa_yaml_get(at, "description"));
    TRY(rasa_clean(rasa, id, &flow->id));
    calm.flow = flow;
    TRY(rasa_calm_steps(&calm, rasa_yaml_get(at, "steps"), (str){"", 0}));
    for (size_t i = 0; i < calm.branch_count; i++)
        TRY(rasa_calm_steps(&calm, calm.branches[i].steps, calm.branches[i].id));
    rasa_calm_mend(flow);
    if (!flow->steps)
        TRY(rasa_flow_do(rasa, flow, RASA_DO_NOTHING, (str){"", 0}, NULL));
    return rasa_calm_start(&calm, at, rasa_yaml_get(at, "nlu_trigger"), id);
}

/* After the domains, whose slots and responses the steps name. */
enum err
rasa_calm_settle(struct rasa *rasa)
{
    for (struct rasa_file *file = rasa->files; file; file = file->next) {
        struct rasa_at top = rasa_yaml_root(file), map = rasa_yaml_get(top, "flows");
        for (size_t i = 0; rasa_yaml_is_map(map) && i < rasa_yaml_count(map); i++) {
            struct rasa_place place;
            str id;
            struct rasa_at at = rasa_yaml_pair(map, i, &id, &place);
            TRY(rasa_calm_flow(rasa, id, at, place));
        }
    }
    return ERR_NONE;
}
