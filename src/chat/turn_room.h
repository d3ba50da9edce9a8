/* turn_room.h - the memory of a turn: its arena, and what is longer than an arena's pieces. Used turn after turn and wiped after each. */
#ifndef CHAT_TURN_ROOM_H
#define CHAT_TURN_ROOM_H

#include "base/arena.h"
#include "base/buf.h"

#define TURN_ARENA_BYTES ((size_t)1280 * 1024) /* of which a message of 4,000 letters takes what it needs */

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
/* turn_room_wipe - after a turn: nothing of it is left. */
void turn_room_wipe(struct turn_room *room);

#endif
