/* What the forms ask of people. Which question asks for something personal, the guard's own tables say; why, on which legal basis and how long,
 * no program can know: that stays undecided until a person writes it, and the bot is not served before. */
#include "cli/rasa_private.h"

#include "guard/request.h"
#include "rights/notice.h"
#include "rights/purpose.h"

#include <string.h>

struct rasa_asked {
    struct rasa *rasa;
    struct request *request;
    struct arena *arena;
    struct buf lines;
};

static enum err
rasa_field_types(struct rasa_asked *asked, const struct rasa_slot *slot, uint8_t types[PII_TYPES_BYTES])
{
    const struct rasa *rasa = asked->rasa;
    str plain, label;

    arena_reset(asked->arena);
    TRY(arena_take_text(asked->rasa->arena, &plain, "utter_ask_%.*s", STR_ARG(slot->name)));
    for (const struct rasa_flow *flow = rasa->flows; flow; flow = flow->next)
        for (const struct rasa_do *step = flow->steps; step; step = step->next) {
            const struct rasa_response *question = rasa->responses;
            if (step->kind != RASA_DO_COLLECT || !str_is(step->what, slot->name))
                continue;
            while (question && !str_is(question->out, step->ask.len > 0 ? step->ask : plain))
                question = question->next;
            for (const struct rasa_variant *variant = question ? question->variants : NULL; variant; variant = variant->next)
                TRY(request_find(asked->request, asked->arena, variant->text, REQUEST_PROMPT, types));
        }
    TRY(arena_take_str(asked->arena, slot->name, &label));
    for (size_t i = 0; i < label.len; i++)
        ((char *)(uintptr_t)label.at)[i] = label.at[i] == '_' || label.at[i] == '-' ? ' ' : label.at[i];
    TRY(request_find(asked->request, asked->arena, label, REQUEST_LABEL, types));
    if (slot->kind == RASA_EMAIL)
        pii_want(types, PII_EMAIL);
    return ERR_NONE;
}

/* No bot asks for a password: the steps that do are left out. */
static enum err
rasa_field_forbid(struct rasa *rasa, struct rasa_slot *slot, unsigned type)
{
    char name[64];

    for (struct rasa_flow *flow = rasa->flows; flow; flow = flow->next)
        for (struct rasa_do *step = flow->steps; step; step = step->next)
            if (step->kind == RASA_DO_COLLECT && str_is(step->what, slot->name))
                step->kind = RASA_DO_NOTHING;
    slot->is_asked = false;
    return rasa_note(rasa, RASA_LOST, slot->place, "the question for \"%.*s\": it asks for %.*s, and no bot may; say where it is entered instead", STR_ARG(slot->name),
                     STR_ARG(pii_type_name(type, name)));
}

static enum err
rasa_field_write(struct rasa_asked *asked, const struct rasa_slot *slot, const uint8_t *types)
{
    const struct rasa_answers *answers = asked->rasa->answers;
    struct buf *out = &asked->lines;
    BUF_SCOPE(names, 4096);
    str clean;

    TRY(rasa_clean(asked->rasa, slot->name, &clean));
    TRY(purpose_types_write(types, &names));
    TRY(buf_add_text(out, "  # import: %s:%u\n  %.*s: {slot: ", slot->place.file, slot->place.line, STR_ARG(clean)));
    TRY(notice_json(out, slot->name));
    TRY(buf_add_text(out, ", type: [%.*s], purpose: ", STR_ARG(buf_str(&names))));
    TRY(notice_json(out, answers->purpose ? str_from(answers->purpose) : STR("(not written yet)")));
    TRY(buf_add_text(out, ", basis: %s, days: 0}\n", answers->basis ? answers->basis : "undecided"));
    return answers->basis ? ERR_NONE
                          : rasa_note(asked->rasa, RASA_TODO, slot->place, "\"%.*s\" is asked for (%.*s): write in `fields` of bot.yaml what for, on which legal basis, and for how many days",
                                      STR_ARG(slot->name), STR_ARG(buf_str(&names)));
}

static enum err
rasa_field_slot(struct rasa_asked *asked, struct rasa_slot *slot)
{
    uint8_t types[PII_TYPES_BYTES] = {0};
    bool is_any = false;

    TRY(rasa_field_types(asked, slot, types));
    for (unsigned type = 0; type < pii_type_count(); type++) {
        if (!pii_is_wanted(types, type))
            continue;
        if (pii_type_get(type).is_secret)
            return rasa_field_forbid(asked->rasa, slot, type);
        is_any = true;
    }
    return is_any ? rasa_field_write(asked, slot, types) : ERR_NONE;
}

enum err
rasa_field_settle(struct rasa *rasa)
{
    struct rasa_asked asked = {.rasa = rasa};
    ARENA_SCOPE(arena);

    TRY(arena_make((size_t)16 << 20, &arena));
    asked.arena = arena;
    buf_init(&asked.lines, (size_t)1 << 20);
    enum err err = request_make(&asked.request);
    for (struct rasa_slot *slot = rasa->slots; slot && err == ERR_NONE; slot = slot->next)
        if (slot->is_asked && slot->kind != RASA_BOOL)
            err = rasa_field_slot(&asked, slot);
    if (err == ERR_NONE)
        err = arena_take_str(rasa->arena, buf_str(&asked.lines), &rasa->fields);
    buf_done(&asked.lines);
    request_free(&asked.request);
    return err;
}
