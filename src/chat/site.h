/* site.h - what all turns of a site share. Made by core, const but for what says otherwise. */
#ifndef CHAT_SITE_H
#define CHAT_SITE_H

#include "chat/conversation.h"
#include "channel/session.h"
#include "engine/bot_slot.h"
#include "guard/pii.h"
#include "guard/quota.h"
#include "rights/notice.h"
#include "store/writer.h"

#include <pthread.h>

struct turn_room;

struct site {
    str name;
    str operator, contact;
    str home; /* an origin: where links that begin with a slash lead */
    unsigned retention_days;
    struct bot_slot *bots;
    const struct pii *pii;
    struct quota *quota; /* NULL: nothing is limited, for tests */
    struct session_table *sessions;
    struct writer *writer;
    struct slots *slots;
    struct driver *reader;
    pthread_mutex_t *reader_lock;
    /* seal - the vault seals a field; NULL where nothing is kept (privet talk). */
    enum err (*seal)(void *context, str where, str value, struct buf *out);
    void *seal_context;
    /* woken - a turn that waited for the disk goes on: call turn_resume. In the writer's thread. NULL: turns wait where they run. */
    void (*woken)(void *context, struct turn_room *room);
    void *woken_context;
};

/* site_notice - what a visitor is told, for this bot and language. */
void site_notice(const struct site *site, const struct bot *bot, str language, struct notice *out);
/* site_notice_version - 8 bytes that change when anything changes that a visitor is told; the same in every language. */
enum err site_notice_version(const struct site *site, const struct bot *bot, unsigned char version[8]) MUST_CHECK;

#endif
