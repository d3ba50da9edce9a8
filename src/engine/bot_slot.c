/* The bot in service. Turns hold what they took; an exchanged bot ends with the last turn that has it. It never waits for a turn. */
#include "engine/bot_slot.h"

#include "base/alloc.h"

#include <pthread.h>

struct bot_held {
    struct bot *bot;
    size_t users; /* turns that have it, and the slot itself while it is in service */
    struct bot_held *next;
};

struct bot_slot {
    pthread_mutex_t lock;
    struct bot_held *first; /* in service; older ones behind it */
};

enum err
bot_slot_make(struct bot_slot **out)
{
    void *piece = NULL;

    TRY(alloc_make(1, sizeof(struct bot_slot), &piece));
    struct bot_slot *slot = piece;
    pthread_mutex_init(&slot->lock, NULL);
    *out = slot;
    return ERR_NONE;
}

/* The lock is held. */
static void
bot_slot_drop(struct bot_slot *slot, const struct bot *bot)
{
    for (struct bot_held **at = &slot->first; *at; at = &(*at)->next) {
        struct bot_held *held = *at;
        if (held->bot != bot)
            continue;
        if (--held->users == 0) {
            *at = held->next;
            bot_free(&held->bot);
            alloc_free(&held);
        }
        return;
    }
}

void
bot_slot_free(struct bot_slot **slot)
{
    if (!*slot)
        return;
    while ((*slot)->first)
        bot_slot_drop(*slot, (*slot)->first->bot);
    pthread_mutex_destroy(&(*slot)->lock);
    alloc_free(slot);
}

enum err
bot_slot_put(struct bot_slot *slot, struct bot **bot)
{
    void *piece = NULL;

    TRY(alloc_make(1, sizeof(struct bot_held), &piece));
    struct bot_held *held = piece;
    pthread_mutex_lock(&slot->lock);
    const struct bot *old = slot->first ? slot->first->bot : NULL;
    *held = (struct bot_held){*bot, 1, slot->first};
    slot->first = held;
    *bot = NULL;
    if (old)
        bot_slot_drop(slot, old);
    pthread_mutex_unlock(&slot->lock);
    return ERR_NONE;
}

enum err
bot_slot_take(struct bot_slot *slot, const struct bot **out)
{
    enum err err = ERR_NONE;

    pthread_mutex_lock(&slot->lock);
    if (slot->first) {
        slot->first->users++;
        *out = slot->first->bot;
    } else {
        err = err_raise(ERR_ABSENT, "bot: none in service");
    }
    pthread_mutex_unlock(&slot->lock);
    return err;
}

void
bot_slot_release(struct bot_slot *slot, const struct bot **bot)
{
    if (!*bot)
        return;
    pthread_mutex_lock(&slot->lock);
    bot_slot_drop(slot, *bot);
    pthread_mutex_unlock(&slot->lock);
    *bot = NULL;
}
