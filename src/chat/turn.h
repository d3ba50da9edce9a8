/* turn.h - one turn, from the sealed request to the sealed answer. turn.c is the table: read it first. */
#ifndef CHAT_TURN_H
#define CHAT_TURN_H

#include "chat/conversation.h"
#include "channel/record.h"
#include "chat/ask.h"
#include "engine/bot_slot.h"
#include "guard/pii.h"
#include "rights/notice.h"
#include "store/writer.h"

#include <pthread.h>

#define TURN_ARENA_BYTES ((size_t)1280 * 1024) /* of which a message of 4,000 letters takes what it needs */

struct turn_room;

/* What all turns of a site share. Made by core, const but for what says otherwise. */
struct turn_site {
    str name;
    str operator, contact;
    str home; /* an origin: where links that begin with a slash lead */
    unsigned retention_days;
    struct bot_slot *bots;
    const struct pii *pii;
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

/* A worker's own memory, used turn after turn and wiped after each. */
struct turn_room {
    struct arena *arena;
    /* The notice's version for the bot of this hash: it changes with a bot alone. */
    uint64_t notice_bot;
    unsigned char notice_version[8];
    struct turn *turn; /* that is under way; in the arena */
    uint64_t asked;    /* whose answer it is, for whoever runs turns */
    struct program *program; /* whose message it is; NULL: a visitor's */
    struct buf reply, messages, state, sealed_state, ct[2], fields;
};

enum err turn_room_make(struct turn_room *room) MUST_CHECK;
void turn_room_free(struct turn_room *room);

/* turn_run - `body` is what POST /v1/turn brought; it is not looked at after the call. True: the turn is over, and *answer is a view that
 * lasts until turn_end, which gives the session back; on refusal it is empty. False: the turn waits for the disk, the room is not the
 * caller's until site->woken, and then turn_resume says the same. */
struct turn_answer {
    enum refusal refusal;
    str body;
    struct session *session;
};
bool turn_run(const struct turn_site *site, struct turn_room *room, str body, struct turn_answer *answer) MUST_CHECK;
bool turn_resume(struct turn_room *room, struct turn_answer *answer) MUST_CHECK;
void turn_end(const struct turn_site *site, struct turn_room *room, struct turn_answer *answer);

/* turn_run_ask - the same for what came without the sealed channel (chat/program.h): the steps from `plain` on. The session is the caller's
 * own, placed and not chained; the answer's body is the reply's JSON as it is.
 * is_fleeting: nothing is kept, unless a flow keeps a field. */
struct turn_asked {
    struct session *session;
    const struct ask *ask;
    bool is_fleeting;
};
bool turn_run_ask(const struct turn_site *site, struct turn_room *room, const struct turn_asked *asked, struct turn_answer *answer) MUST_CHECK;

/* turn_talk - the same steps from `plain` to `unmask` without channel and store: `privet talk` and tests.
 * In: blob  the state, replaced by the new one; as it was when the guard refuses the message. Out: room->reply, a JSON array of MESSAGE. */
struct turn_talk {
    const struct bot *bot;
    const struct pii *pii;
    said text;
    str payload, language;
};
enum err turn_talk(const struct turn_talk *talk, struct turn_room *room, struct buf *blob) MUST_CHECK;

/* turn_notice_version - 8 bytes that change when anything changes that a visitor is told; the same in every language. */
enum err turn_notice_version(const struct turn_site *site, const struct bot *bot, unsigned char version[8]) MUST_CHECK;
/* turn_notice - what a visitor is told, for this bot and language. */
void turn_notice(const struct turn_site *site, const struct bot *bot, str language, struct notice *out);

#endif
