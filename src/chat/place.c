/* A session learns its place when it needs one; the store refuses a place that another session of the device has taken since. */
#include "chat/place.h"

#include "base/alloc.h"
#include "base/rand.h"
#include "chat/slots.h"

#include <string.h>

static enum err
place_take(const struct site *site, struct session *session, const struct conversation *found)
{
    struct entry_chain chain = {.n = 0};

    if (found) {
        TRY(slots_get(site->slots, found->slot_cell, found->id, chain.slot));
        memcpy(chain.conversation, found->id, 16);
        memcpy(chain.previous, found->last_hash, 32);
        chain.n = found->entries;
    } else {
        rand_bytes(chain.conversation, 16);
    }
    session->chain = chain;
    session->slot_cell = found ? found->slot_cell : -1;
    session->row_day = found ? found->day : 0;
    session->is_placed = true;
    session->is_chained = false;
    alloc_wipe(&chain, sizeof chain);
    return ERR_NONE;
}

enum err
place_find(const struct site *site, struct session *session)
{
    struct conversation found;

    pthread_mutex_lock(site->reader_lock);
    enum err err = conversation_find(site->reader, site->name, session->device_tag, &found);
    pthread_mutex_unlock(site->reader_lock);
    if (err != ERR_NONE && err != ERR_ABSENT)
        return err;
    bool is_there = err == ERR_NONE;
    bool is_right = session->is_placed && session->chain.n == (is_there ? found.entries : 0) &&
                    (!is_there || memcmp(session->chain.conversation, found.id, 16) == 0);
    return is_right ? ERR_NONE : place_take(site, session, is_there ? &found : NULL);
}
