/* What a text is worth to a flow: the value of the slot that is asked for, and mentions that fill other slots before they are asked. It
 * never gives one mention to two slots. */
#include "engine/bot_private.h"

#include <stdlib.h>
#include <string.h>

#define FILL_SLOTS_MAX ((size_t)32)
#define FILL_TEXT_MAX 500 /* letters of a text slot without a max of its own */

struct fill {
    const struct grasp *grasp;
    struct dialogue *dialogue;
    struct arena *arena;
    size_t slots[FILL_SLOTS_MAX], slot_count; /* in the order of the flow */
    bool used[GRASP_ENTITIES_MAX];
    bool is_over; /* what is filled already is filled anew */
};

/* The entity whose mentions are values of the slot; empty for yes, no and free text. */
static str
fill_entity(const struct bot *bot, const struct bot_slot_kind *kind)
{
    switch (kind->type) {
    case SLOT_ENTITY:
        return bot->entities[kind->entity].name;
    case SLOT_EMAIL:
        return STR("email");
    case SLOT_NUMBER:
        return STR("number");
    case SLOT_TEXT:
    case SLOT_BOOL:
        break;
    }
    return (str){"", 0};
}

static bool
fill_fits(const struct bot_slot_kind *kind, str value)
{
    char number[32];

    if (kind->type != SLOT_NUMBER)
        return true;
    if (value.len >= sizeof number)
        return false;
    memcpy(number, value.at, value.len);
    number[value.len] = 0;
    double n = strtod(number, NULL);
    return (!kind->has_min || n >= kind->min) && (!kind->has_max || n <= kind->max);
}

static size_t
fill_mention(const struct bot *bot, size_t slot, const struct grasp *grasp, const bool *used)
{
    str entity = fill_entity(bot, &bot->slots[slot]);

    for (size_t i = 0; entity.len > 0 && i < grasp->entity_count; i++)
        if (!(used && used[i]) && str_is(grasp->entities[i].entity, entity) && fill_fits(&bot->slots[slot], grasp->entities[i].value))
            return i;
    return BOT_NONE;
}

/* "How many years?" - "six years": P6Y has one number. */
static bool
fill_duration(const struct bot_slot_kind *kind, const struct grasp *grasp, str *value)
{
    for (size_t i = 0; i < grasp->entity_count; i++) {
        str text = grasp->entities[i].value;
        size_t from = str_has_prefix(text, STR("PT")) ? 2 : 1, to = from;
        while (to < text.len && text.at[to] >= '0' && text.at[to] <= '9')
            to++;
        if (!str_is(grasp->entities[i].entity, STR("duration")) || to == from || to + 1 != text.len || !fill_fits(kind, str_slice(text, from, to - from)))
            continue;
        *value = str_slice(text, from, to - from);
        return true;
    }
    return false;
}

bool
flow_fill_value(const struct dialogue *dialogue, size_t slot, const struct grasp *grasp, str *value)
{
    const struct bot_slot_kind *kind = &dialogue->bot->slots[slot];

    if (kind->type == SLOT_BOOL) {
        int answer = smalltalk_answer(grasp->talk, grasp->words);
        *value = answer > 0 ? STR("true") : STR("false");
        return answer != 0;
    }
    if (kind->type == SLOT_TEXT) {
        *value = grasp->text;
        double length = (double)str_utf8_count(grasp->text);
        return length > 0 && (!kind->has_min || length >= kind->min) && length <= (kind->has_max ? kind->max : FILL_TEXT_MAX);
    }
    size_t at = fill_mention(dialogue->bot, slot, grasp, NULL);
    if (at == BOT_NONE)
        return kind->type == SLOT_NUMBER && fill_duration(kind, grasp, value);
    *value = grasp->entities[at].value;
    return true;
}

static enum err
fill_put(struct arena *arena, struct dialogue *dialogue, size_t slot, str value)
{
    TRY(arena_take_str(arena, value, &dialogue->slots[slot]));
    dialogue->is_done[slot] = false;
    return ERR_NONE;
}

enum err
flow_fill_free(struct arena *arena, const struct grasp *grasp, struct dialogue *dialogue)
{
    const struct bot *bot = dialogue->bot;

    for (size_t i = 0; i < bot->slot_count; i++) {
        bool is_taken = bot->slots[i].type != SLOT_ENTITY || bot->slots[i].entity >= bot->own_entity_count;
        for (size_t k = 0; k < dialogue->depth; k++)
            is_taken = is_taken || flow_collects(bot, dialogue->frames[k].flow, i);
        size_t at = is_taken ? BOT_NONE : fill_mention(bot, i, grasp, NULL);
        if (at != BOT_NONE)
            TRY(fill_put(arena, dialogue, i, grasp->entities[at].value));
    }
    return ERR_NONE;
}

enum err
flow_fill_payload(struct arena *arena, const struct grasp *grasp, struct dialogue *dialogue)
{
    const struct bot *bot = dialogue->bot;

    for (size_t k = 0; k < grasp->entity_count; k++)
        for (size_t i = 0; i < bot->slot_count; i++)
            if (str_is(grasp->entities[k].entity, bot->slots[i].name) || str_is(grasp->entities[k].entity, fill_entity(bot, &bot->slots[i])))
                TRY(fill_put(arena, dialogue, i, grasp->entities[k].value));
    return ERR_NONE;
}

static void
fill_collects(struct fill *fill, size_t flow)
{
    const struct bot *bot = fill->dialogue->bot;

    for (size_t i = 0; i < bot->flows[flow].step_count; i++) {
        const struct bot_step *step = &bot->flows[flow].steps[i];
        bool is_new = step->kind == STEP_COLLECT && fill->slot_count < FILL_SLOTS_MAX;
        for (size_t k = 0; k < fill->slot_count; k++)
            is_new = is_new && fill->slots[k] != step->what;
        if (is_new)
            fill->slots[fill->slot_count++] = step->what;
        if (step->kind == STEP_CALL)
            fill_collects(fill, step->what);
    }
}

/* "a present for my mum, 30 euros at most": a number is for the only number that the flow asks for, or for none. */
static bool
fill_is_clear(const struct fill *fill, size_t slot)
{
    const struct bot *bot = fill->dialogue->bot;
    size_t slots = 0, numbers = 0;

    if (bot->slots[slot].type != SLOT_NUMBER)
        return true;
    for (size_t i = 0; i < fill->slot_count; i++)
        slots += bot->slots[fill->slots[i]].type == SLOT_NUMBER;
    for (size_t i = 0; i < fill->grasp->entity_count; i++)
        numbers += str_is(fill->grasp->entities[i].entity, STR("number"));
    return slots == 1 && numbers == 1;
}

/* "a car" is one car and says no number that was not asked for. */
static bool
fill_is_plain(const struct grasp *grasp, size_t at)
{
    const struct grasp_entity *mention = &grasp->entities[at];
    char first = mention->from < grasp->text.len ? grasp->text.at[mention->from] : 'x';

    return !str_is(mention->entity, STR("number")) || (first >= '0' && first <= '9');
}

/* A mention is spent, and so is what else was read from the same words: 12 euros are a number, too. */
static void
fill_spend(struct fill *fill, size_t at)
{
    const struct grasp_entity *spent = &fill->grasp->entities[at];

    for (size_t i = 0; i < fill->grasp->entity_count; i++) {
        const struct grasp_entity *other = &fill->grasp->entities[i];
        bool overlaps = other->from < spent->from + spent->len && spent->from < other->from + other->len;
        fill->used[i] = fill->used[i] || i == at || overlaps;
    }
}

static enum err
fill_run(struct fill *fill)
{
    struct dialogue *dialogue = fill->dialogue;

    for (size_t i = 0; i < fill->slot_count; i++) {
        size_t slot = fill->slots[i], at = fill_mention(dialogue->bot, slot, fill->grasp, fill->used);
        bool is_filled = dialogue->slots[slot].len > 0 && !dialogue->is_done[slot];
        if (at == BOT_NONE || (is_filled && !fill->is_over) || !fill_is_clear(fill, slot) || !fill_is_plain(fill->grasp, at))
            continue;
        fill_spend(fill, at);
        TRY(fill_put(fill->arena, dialogue, slot, fill->grasp->entities[at].value));
    }
    return ERR_NONE;
}

enum err
flow_fill_start(struct arena *arena, const struct grasp *grasp, struct dialogue *dialogue, size_t flow)
{
    struct fill fill = {.grasp = grasp, .dialogue = dialogue, .arena = arena, .is_over = true};

    if (grasp->is_payload)
        return ERR_NONE;
    fill_collects(&fill, flow);
    return fill_run(&fill);
}

enum err
flow_fill_more(struct arena *arena, const struct grasp *grasp, struct dialogue *dialogue, size_t slot)
{
    struct fill fill = {.grasp = grasp, .dialogue = dialogue, .arena = arena};
    size_t at = fill_mention(dialogue->bot, slot, grasp, NULL);

    if (dialogue->bot->slots[slot].type == SLOT_TEXT || grasp->is_payload)
        return ERR_NONE;
    if (at != BOT_NONE)
        fill_spend(&fill, at);
    fill_collects(&fill, dialogue->frames[dialogue->depth - 1].flow);
    return fill_run(&fill);
}
