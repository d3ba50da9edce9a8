/* Counts what scripted chats reach. */
#include "engine/chat_cover.h"

#include "base/alloc.h"
#include "engine/bot_private.h"

enum err
chat_cover_make(const struct bot *bot, struct chat_cover *out)
{
    void *intents = NULL, *steps = NULL;
    size_t count = 0;

    for (size_t i = 0; i < bot->flow_count; i++)
        count += bot->flows[i].step_count;
    TRY(alloc_make(bot->intent_count + 1, sizeof(unsigned), &intents));
    enum err err = alloc_make(count + 1, sizeof(unsigned), &steps);
    if (err != ERR_NONE) {
        alloc_free(&intents);
        return err;
    }
    *out = (struct chat_cover){intents, steps, count};
    return ERR_NONE;
}

void
chat_cover_free(struct chat_cover *cover)
{
    alloc_free(&cover->intents);
    alloc_free(&cover->steps);
}

void
chat_cover_add(struct chat_cover *cover, const struct bot *bot, const struct decision *decision)
{
    size_t intent = bot_find_intent(bot, decision->intent);

    if (intent != BOT_NONE)
        cover->intents[intent]++;
    for (size_t i = 0; i < decision->step_count; i++) {
        size_t at = decision->steps[i].step;
        for (size_t k = 0; k < decision->steps[i].flow; k++)
            at += bot->flows[k].step_count;
        /* A flow that begins stands at its first step, and has done nothing there. */
        if (decision->steps[i].event != FLOW_STARTED)
            cover->steps[at]++;
    }
}
