/* The bufs of a room, made, wiped and freed alike. */
#include "chat/turn_room.h"

enum err
turn_room_make(struct turn_room *room)
{
    buf_init(&room->reply, (size_t)1 << 20);
    buf_init(&room->messages, (size_t)1 << 20);
    buf_init(&room->state, (size_t)1 << 17);
    buf_init(&room->sealed_state, (size_t)1 << 17);
    buf_init(&room->ct[0], (size_t)1 << 17);
    buf_init(&room->ct[1], (size_t)1 << 17);
    buf_init(&room->fields, (size_t)1 << 17);
    return arena_make(TURN_ARENA_BYTES, &room->arena);
}

void
turn_room_free(struct turn_room *room)
{
    arena_free(&room->arena);
    buf_done(&room->reply);
    buf_done(&room->messages);
    buf_done(&room->state);
    buf_done(&room->sealed_state);
    buf_done(&room->ct[0]);
    buf_done(&room->ct[1]);
    buf_done(&room->fields);
}

void
turn_room_wipe(struct turn_room *room)
{
    struct buf *const bufs[] = {&room->reply, &room->messages, &room->state, &room->sealed_state, &room->ct[0], &room->ct[1], &room->fields};

    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
        buf_reset(bufs[i]);
    room->turn = NULL;
    arena_reset(room->arena);
}
