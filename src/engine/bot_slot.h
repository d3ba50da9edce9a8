/* bot_slot.h - the bot in service, exchanged while turns use the old one. */
#ifndef ENGINE_BOT_SLOT_H
#define ENGINE_BOT_SLOT_H

#include "engine/engine.h"

struct bot_slot;

/* bot_slot_make - an empty slot. bot_slot_free - all turns have released theirs by then. */
enum err bot_slot_make(struct bot_slot **out) MUST_CHECK;
void bot_slot_free(struct bot_slot **slot);
/* bot_slot_put - *bot is in service from now on and the slot's; the old one ends with its last turn. Errs: ERR_MEMORY. */
enum err bot_slot_put(struct bot_slot *slot, struct bot **bot) MUST_CHECK;
/* bot_slot_take - the bot in service, kept alive until it is released. Errs: ERR_ABSENT  none was put in. */
enum err bot_slot_take(struct bot_slot *slot, const struct bot **out) MUST_CHECK;
/* bot_slot_release - sets *bot NULL; NULL is fine. */
void bot_slot_release(struct bot_slot *slot, const struct bot **bot);

#endif
