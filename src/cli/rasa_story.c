/* Rules, stories and test stories: steps in their order. What they come to is rasa_flow.c's. */
#include "cli/rasa_private.h"

#include <string.h>

static enum err
rasa_story_add(struct rasa *rasa, struct rasa_story *story, enum rasa_step_kind kind, struct rasa_at at, struct rasa_step **out)
{
    if (rasa->step_count++ > RASA_STEPS_MAX)
        return err_raise(ERR_LIMIT, "rasa: more than 20,000 steps");
    RASA_ADD(rasa, struct rasa_step, step, story, steps);
    step->kind = kind;
    step->place = rasa_yaml_place(at);
    *out = step;
    return ERR_NONE;
}

/* - slot: value, or - slot */
static enum err
rasa_story_tests(struct rasa *rasa, struct rasa_at list, struct rasa_test **out)
{
    struct rasa_test **end = out;

    for (size_t i = 0; i < rasa_yaml_count(list); i++) {
        struct rasa_at item = rasa_yaml_is_list(list) ? rasa_yaml_item(list, i) : list, value = {list.file, NULL};
        str name = rasa_yaml_text(item);
        void *piece = NULL;
        if (rasa_yaml_is_map(item) && rasa_yaml_count(item) > 0)
            value = rasa_yaml_pair(item, rasa_yaml_is_list(list) ? 0 : i, &name, NULL);
        if (name.len == 0 || str_is(name, STR("requested_slot")))
            continue;
        TRY(arena_take(rasa->arena, 1, sizeof(struct rasa_test), &piece));
        *end = piece;
        **end = (struct rasa_test){.slot = name, .value = rasa_yaml_text(value), .is_null = value.node && rasa_yaml_is_null(value), .is_any = !value.node};
        end = &(*end)->next;
    }
    return ERR_NONE;
}

/* Entities that a story names tell Rasa what was understood; Privet finds them out, a mapping of the slot says where they go. */
static enum err
rasa_story_intent(struct rasa *rasa, struct rasa_story *story, struct rasa_at item)
{
    struct rasa_at intent = rasa_yaml_get(item, "intent"), spoken = rasa_yaml_get(item, "user"), first = {item.file, NULL};
    struct rasa_step *step = NULL;

    if (!intent.node && !spoken.node)
        return ERR_NONE;
    TRY(rasa_story_add(rasa, story, RASA_INTENT, item, &step));
    step->name = rasa_yaml_text(intent);
    for (size_t i = 0; rasa_yaml_is_list(intent) && i < rasa_yaml_count(intent); i++)
        first = i == 0 ? rasa_yaml_item(intent, 0) : first;
    step->name = first.node ? rasa_yaml_text(first) : step->name;
    if (str_has_prefix(step->name, STR("/")))
        step->name = str_slice(step->name, 1, step->name.len);
    step->place = rasa_yaml_place(spoken.node ? spoken : intent);
    str text = str_trim(rasa_yaml_text(spoken));
    step->place.line += spoken.node && spoken.node->type == YAML_SCALAR_NODE && spoken.node->data.scalar.style == YAML_LITERAL_SCALAR_STYLE;
    rasa_yaml_leave(rasa_yaml_get(item, "entities"));
    rasa_yaml_leave(rasa_yaml_get(item, "metadata"));
    return rasa_nlu_plain(rasa, text, &step->text);
}

static enum err
rasa_story_or(struct rasa *rasa, struct rasa_story *story, struct rasa_at list)
{
    struct rasa_step *step = NULL;
    struct rasa_name **end = NULL;

    for (size_t i = 0; rasa_yaml_is_list(list) && i < rasa_yaml_count(list); i++) {
        struct rasa_at item = rasa_yaml_item(list, i), intent = rasa_yaml_get(item, "intent");
        void *piece = NULL;
        if (rasa_yaml_text(intent).len == 0) {
            TRY(rasa_note(rasa, RASA_LOST, rasa_yaml_place(item), "an alternative that is no intent"));
            rasa_yaml_leave(item);
            continue;
        }
        rasa_yaml_leave(rasa_yaml_get(item, "entities"));
        if (!step) {
            TRY(rasa_story_intent(rasa, story, item));
            step = story->steps;
            while (step->next)
                step = step->next;
            end = &step->others;
            continue;
        }
        TRY(arena_take(rasa->arena, 1, sizeof(struct rasa_name), &piece));
        *end = piece;
        (*end)->name = rasa_yaml_text(intent);
        (*end)->place = rasa_yaml_place(intent);
        end = &(*end)->next;
    }
    return ERR_NONE;
}

static enum err
rasa_story_step(struct rasa *rasa, struct rasa_story *story, struct rasa_at item)
{
    struct rasa_at action = rasa_yaml_get(item, "action"), loop = rasa_yaml_get(item, "active_loop"), set = rasa_yaml_get(item, "slot_was_set");
    struct rasa_at checkpoint = rasa_yaml_get(item, "checkpoint"), bot = rasa_yaml_get(item, "bot"), either = rasa_yaml_get(item, "or");
    struct rasa_step *step = NULL;

    TRY(rasa_story_intent(rasa, story, item));
    if (either.node)
        return rasa_story_or(rasa, story, either);
    if (action.node) {
        TRY(rasa_story_add(rasa, story, RASA_ACTION, item, &step));
        step->name = rasa_yaml_text(action);
        step->place = rasa_yaml_place(action);
    } else if (loop.node) {
        TRY(rasa_story_add(rasa, story, RASA_LOOP, loop, &step));
        step->name = rasa_yaml_is_null(loop) ? (str){"", 0} : rasa_yaml_text(loop);
    } else if (set.node) {
        TRY(rasa_story_add(rasa, story, RASA_SLOTS, item, &step));
        TRY(rasa_story_tests(rasa, set, &step->tests));
    } else if (checkpoint.node) {
        TRY(rasa_story_add(rasa, story, RASA_CHECKPOINT, item, &step));
        step->name = rasa_yaml_text(checkpoint);
        rasa_yaml_leave(rasa_yaml_get(item, "slot_was_set"));
    } else if (bot.node) {
        TRY(rasa_note(rasa, RASA_LOST, rasa_yaml_place(bot), "what the bot says in an end-to-end story; write it as a response"));
    }
    return ERR_NONE;
}

static enum err
rasa_story_one(struct rasa *rasa, struct rasa_at at, enum rasa_story_kind kind)
{
    struct rasa_at name = rasa_yaml_get(at, kind == RASA_RULE ? "rule" : "story"), steps = rasa_yaml_get(at, "steps"), conditions = rasa_yaml_get(at, "condition");

    RASA_ADD(rasa, struct rasa_story, story, rasa, stories);
    story->kind = kind;
    story->name = rasa_yaml_text(name);
    story->place = rasa_yaml_place(at);
    rasa_yaml_leave(rasa_yaml_get(at, "metadata"));
    for (size_t i = 0; rasa_yaml_is_list(conditions) && i < rasa_yaml_count(conditions); i++) {
        struct rasa_at one = rasa_yaml_item(conditions, i), loop = rasa_yaml_get(one, "active_loop"), set = rasa_yaml_get(one, "slot_was_set");
        story->loop = loop.node && !rasa_yaml_is_null(loop) ? rasa_yaml_text(loop) : story->loop;
        if (set.node && !story->tests)
            TRY(rasa_story_tests(rasa, set, &story->tests));
    }
    for (size_t i = 0; rasa_yaml_is_list(steps) && i < rasa_yaml_count(steps); i++)
        TRY(rasa_story_step(rasa, story, rasa_yaml_item(steps, i)));
    return ERR_NONE;
}

/* Rasa Pro's end-to-end tests: what is said, and which responses come. */
static enum err
rasa_story_case(struct rasa *rasa, struct rasa_at at)
{
    struct rasa_at steps = rasa_yaml_get(at, "steps");

    RASA_ADD(rasa, struct rasa_story, story, rasa, stories);
    story->kind = RASA_TEST;
    story->name = rasa_yaml_text(rasa_yaml_get(at, "test_case"));
    story->place = rasa_yaml_place(at);
    for (size_t i = 0; rasa_yaml_is_list(steps) && i < rasa_yaml_count(steps); i++) {
        struct rasa_at item = rasa_yaml_item(steps, i), utter = rasa_yaml_get(item, "utter");
        struct rasa_step *step = NULL;
        TRY(rasa_story_intent(rasa, story, item));
        if (!utter.node)
            continue;
        TRY(rasa_story_add(rasa, story, RASA_ACTION, item, &step));
        step->name = rasa_yaml_text(utter);
    }
    return ERR_NONE;
}

enum err
rasa_story_read(struct rasa *rasa, struct rasa_at top)
{
    struct rasa_at rules = rasa_yaml_get(top, "rules"), stories = rasa_yaml_get(top, "stories"), cases = rasa_yaml_get(top, "test_cases");

    for (size_t i = 0; rasa_yaml_is_list(rules) && i < rasa_yaml_count(rules); i++)
        TRY(rasa_story_one(rasa, rasa_yaml_item(rules, i), RASA_RULE));
    for (size_t i = 0; rasa_yaml_is_list(stories) && i < rasa_yaml_count(stories); i++)
        TRY(rasa_story_one(rasa, rasa_yaml_item(stories, i), top.file->is_test ? RASA_TEST : RASA_STORY));
    for (size_t i = 0; rasa_yaml_is_list(cases) && i < rasa_yaml_count(cases); i++)
        TRY(rasa_story_case(rasa, rasa_yaml_item(cases, i)));
    return ERR_NONE;
}
