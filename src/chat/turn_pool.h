/* turn_pool.h - the rooms of turns: as many turns as there are rooms may be at work or wait for the disk. */
#ifndef CHAT_TURN_POOL_H
#define CHAT_TURN_POOL_H

#include "chat/turn.h"

struct turn_pool;

/* turn_pool_make - at most `max` rooms; each is made when it is first needed, and the one used last is used first. */
enum err turn_pool_make(size_t max, struct turn_pool **out) MUST_CHECK;
/* turn_pool_free - all rooms have been given back. */
void turn_pool_free(struct turn_pool **pool);
/* turn_pool_take - waits for a room. Ends the process when memory is short at that. */
struct turn_room *turn_pool_take(struct turn_pool *pool);
void turn_pool_give(struct turn_pool *pool, struct turn_room **room);

#endif
