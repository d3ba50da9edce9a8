/* chat_cover.h - how much of a bot its scripted chats reach. */
#ifndef ENGINE_CHAT_COVER_H
#define ENGINE_CHAT_COVER_H

#include "engine/engine.h"

struct chat_cover {
    unsigned *intents; /* per intent: how often it was acted on */
    unsigned *steps;   /* per step, flow after flow: how often something happened at it */
    size_t step_count;
};

/* chat_cover_make - all 0, for this bot. Errs: ERR_MEMORY. */
enum err chat_cover_make(const struct bot *bot, struct chat_cover *out) MUST_CHECK;
void chat_cover_free(struct chat_cover *cover);
/* chat_cover_add - one turn's decision. */
void chat_cover_add(struct chat_cover *cover, const struct bot *bot, const struct decision *decision);

#endif
