/* Chats from the project's own test stories; without any, from its stories, where buttons stand for what people say. A story is cut where it
 * goes on behind a form that nobody has filled: Rasa's tests leave the answers out. */
#include "cli/rasa_private.h"

#include <stdio.h>
#include <string.h>

struct rasa_scene {
    const struct rasa_story *story;
    const struct rasa_step *first, *end; /* [first, end) */
    unsigned part;
};

static bool
rasa_chat_is_kind(const struct rasa *rasa, const struct rasa_story *story)
{
    bool has_tests = false;

    for (const struct rasa_story *at = rasa->stories; at; at = at->next)
        has_tests = has_tests || at->kind == RASA_TEST;
    return has_tests ? story->kind == RASA_TEST : story->kind == RASA_STORY && story->loop.len == 0;
}

/* The next part of a story: up to the end of a form. */
static const struct rasa_step *
rasa_chat_end(const struct rasa_step *first)
{
    const struct rasa_step *at = first;

    while (at && !(at->kind == RASA_LOOP && at->name.len == 0))
        at = at->next;
    return at;
}

static bool
rasa_chat_says(const struct rasa_scene *scene)
{
    for (const struct rasa_step *at = scene->first; at && at != scene->end; at = at->next)
        if (at->kind == RASA_INTENT)
            return true;
    return false;
}

static bool
rasa_chat_find(const struct rasa *rasa, size_t i, struct rasa_scene *out)
{
    for (const struct rasa_story *story = rasa->stories; story; story = story->next) {
        const struct rasa_step *first = story->steps;
        for (unsigned part = 1; rasa_chat_is_kind(rasa, story) && first; part++) {
            struct rasa_scene scene = {story, first, rasa_chat_end(first), part};
            if (rasa_chat_says(&scene) && i-- == 0) {
                *out = scene;
                return true;
            }
            first = scene.end ? scene.end->next : NULL;
        }
    }
    return false;
}

/* The beginning of a response that is shown as it is written. */
static str
rasa_chat_text(const struct rasa *rasa, str action)
{
    const struct rasa_response *response = rasa_find_response(rasa, action);
    str text = {"", 0}, line;

    if (!response || !response->variants || response->variants->next)
        return text;
    line = str_trim(response->variants->text);
    size_t len = 0;
    while (len < line.len && !strchr("\n{[]*\"\\`<>|", line.at[len]))
        len++;
    text = str_trim(str_slice(line, 0, len));
    bool has_letter = false;
    for (size_t i = 0; i < text.len; i++)
        has_letter = has_letter || (unsigned char)text.at[i] >= 0x80 || (text.at[i] >= 'a' && text.at[i] <= 'z') || (text.at[i] >= 'A' && text.at[i] <= 'Z');
    return has_letter ? text : (str){"", 0};
}

/* What the story says the bot does, as far as the imported bot is meant to do it. */
static enum err
rasa_chat_expect(const struct rasa *rasa, const struct rasa_step *spoken, bool in_form, struct buf *out)
{
    const struct rasa_intent *intent = rasa_find_intent(rasa, spoken->name);
    bool has_answer = intent && (intent->flow || intent->action.len > 0);
    const char *known = !intent || !spoken->is_built_in ? NULL : intent->is_bot ? "bot" : intent->is_person ? "person" : NULL;

    if (!in_form && spoken->text.len > 0 && has_answer)
        TRY(known ? buf_add_text(out, "= intent %s\n", known) : buf_add_text(out, "= intent %.*s\n", STR_ARG(intent->out)));
    for (const struct rasa_step *at = spoken->next; at && at->kind != RASA_INTENT; at = at->next) {
        str text = at->kind == RASA_ACTION ? rasa_chat_text(rasa, at->name) : (str){"", 0};
        bool is_said = intent && str_is(intent->action, at->name);
        for (const struct rasa_do *step = intent && intent->flow ? intent->flow->steps : NULL; step; step = step->next)
            is_said = is_said || (step->kind == RASA_DO_SAY && !intent->flow->form.len && str_is(step->what, at->name));
        if (at->kind == RASA_LOOP && at->name.len == 0)
            break;
        if (text.len > 0 && is_said)
            TRY(buf_add_text(out, "< %.*s\n", STR_ARG(text)));
    }
    return ERR_NONE;
}

enum err
rasa_chat_write(struct rasa *rasa, size_t i, char name[80], struct buf *out)
{
    struct rasa_scene scene = {NULL, NULL, NULL, 0};
    bool in_form = false;
    str title;

    if (!rasa_chat_find(rasa, i, &scene))
        return err_raise(ERR_ABSENT, "rasa: no more chats");
    TRY(rasa_clean(rasa, str_slice(scene.story->name, 0, 50), &title));
    snprintf(name, 80, "%03zu-%.*s", i + 1, STR_ARG(title));
    TRY(buf_add_text(out, "# %s:%u", scene.story->place.file, scene.story->place.line));
    TRY(scene.part > 1 ? buf_add_text(out, ", from the end of form %u on\n", scene.part - 1) : buf_add_u8(out, '\n'));
    for (const struct rasa_step *at = scene.first; at && at != scene.end; at = at->next) {
        const struct rasa_intent *intent = rasa_find_intent(rasa, at->name);
        in_form = at->kind == RASA_LOOP ? at->name.len > 0 : in_form;
        if (at->kind != RASA_INTENT || (at->text.len == 0 && !intent))
            continue;
        str rest = at->text, line = {"", 0};
        (void)str_split(&rest, '\n', &line);
        TRY(at->text.len > 0 ? buf_add_text(out, "> %.*s\n", STR_ARG(str_trim(line))) : buf_add_text(out, "> /%.*s\n", STR_ARG(intent->out)));
        TRY(rasa_chat_expect(rasa, at, in_form, out));
    }
    return ERR_NONE;
}
