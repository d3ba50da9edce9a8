/* turn.h - one turn, from the sealed request to the sealed answer. turn.c is the table: read it first. */
#ifndef CHAT_TURN_H
#define CHAT_TURN_H

#include "channel/refusal.h"
#include "chat/ask.h"
#include "chat/site.h"
#include "chat/turn_room.h"

/* turn_run - `body` is what POST /v1/turn brought; it is not looked at after the call. True: the turn is over, and *answer is a view that
 * lasts until turn_end, which gives the session back; on refusal it is empty. False: the turn waits for the disk, the room is not the
 * caller's until site->woken, and then turn_resume says the same. */
struct turn_answer {
    enum refusal refusal;
    str body;
    struct session *session;
};
bool turn_run(const struct site *site, struct turn_room *room, str body, struct turn_answer *answer) MUST_CHECK;
bool turn_resume(struct turn_room *room, struct turn_answer *answer) MUST_CHECK;
void turn_end(const struct site *site, struct turn_room *room, struct turn_answer *answer);

/* turn_run_ask - the same for what came without the sealed channel (chat/program.h): the steps from `plain` on. The session is the caller's
 * own, placed and not chained; the answer's body is the reply's JSON as it is.
 * is_fleeting: nothing is kept, unless a flow keeps a field. */
struct turn_asked {
    struct session *session;
    const struct ask *ask;
    bool is_fleeting;
};
bool turn_run_ask(const struct site *site, struct turn_room *room, const struct turn_asked *asked, struct turn_answer *answer) MUST_CHECK;

/* turn_talk - the same steps from `plain` to `unmask` without channel and store: `privet talk` and tests.
 * In: blob  the state, replaced by the new one; as it was when the guard refuses the message. Out: room->reply, a JSON array of MESSAGE. */
struct turn_talk {
    const struct bot *bot;
    const struct pii *pii;
    said text;
    str payload, language;
    uint64_t now_ms;   /* 0: clock_unix_ms */
    struct buf *trace; /* NULL, or what the turn did is added: engine/trace.h, and the microseconds of each step */
};
enum err turn_talk(const struct turn_talk *talk, struct turn_room *room, struct buf *blob) MUST_CHECK;

#endif
