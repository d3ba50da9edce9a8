/* What the bot asked just before, for the guard: the strongest sign of what an answer holds. It reads the dialogue and changes nothing. */
#include "engine/bot_private.h"

#include <string.h>

/* The question that waits for the value of a slot. */
static const struct bot_step *
asked_step(const struct dialogue *dialogue)
{
    const struct bot_step *step = flow_pending(dialogue);

    return step && step->kind == STEP_COLLECT ? step : NULL;
}

str
dialogue_asked_text(const struct dialogue *dialogue)
{
    const struct bot_step *step = flow_pending(dialogue);

    if (!step || step->ask == BOT_NONE)
        return (str){"", 0};
    const struct bot_response *response = &dialogue->bot->responses[step->ask];
    size_t turn = dialogue->turns[step->ask] + response->variant_count - 1; /* the count goes round */
    return bot_text_get(&response->variants[turn % response->variant_count].text, dialogue->language);
}

const struct policy *
dialogue_asked_policy(const struct dialogue *dialogue, struct policy *room)
{
    const struct bot *bot = dialogue->bot;
    const struct bot_step *step = asked_step(dialogue);
    bool changed = false;

    for (size_t i = 0; step && i < bot->field_count; i++)
        for (unsigned type = 0; bot->fields[i].slot == step->what && type < pii_type_count(); type++) {
            if (!pii_is_wanted(bot->fields[i].types, type) || policy_get(&bot->policy, type) < PII_MASK || pii_type_get(type).is_secret)
                continue;
            if (!changed)
                *room = bot->policy;
            changed = true;
            room->action[type] = PII_ALIAS;
        }
    return changed ? room : &bot->policy;
}

bool
dialogue_asked_fits(const struct dialogue *dialogue, str text)
{
    const struct bot_step *step = asked_step(dialogue);
    const struct bot_slot_kind *slot = step ? &dialogue->bot->slots[step->what] : NULL;
    const struct pattern *pattern = slot && slot->type == SLOT_ENTITY ? dialogue->bot->entities[slot->entity].pattern : NULL;
    size_t start, end;

    return pattern && pattern_find(pattern, text, 0, &start, &end) && start == 0 && end == text.len;
}
