/* Rooms for turns, lent out. What a turn left in its room was wiped by turn_end; the pool keeps no word of it. */
#include "chat/turn_pool.h"

#include "base/alloc.h"

struct turn_pool_room {
    struct turn_room room; /* first: a room is its holder */
    struct turn_pool_room *next;
};

struct turn_pool {
    pthread_mutex_t lock;
    pthread_cond_t given;
    struct turn_pool_room *free;
    size_t made, max;
};

enum err
turn_pool_make(size_t max, struct turn_pool **out)
{
    void *piece = NULL;

    TRY(alloc_make(1, sizeof(struct turn_pool), &piece));
    struct turn_pool *pool = piece;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->given, NULL);
    pool->max = max;
    *out = pool;
    return ERR_NONE;
}

void
turn_pool_free(struct turn_pool **pool)
{
    if (!*pool)
        return;
    for (struct turn_pool_room *at = (*pool)->free, *next; at; at = next) {
        next = at->next;
        turn_room_free(&at->room);
        alloc_free(&at);
    }
    pthread_mutex_destroy(&(*pool)->lock);
    pthread_cond_destroy(&(*pool)->given);
    alloc_free(pool);
}

/* The lock is held. */
static struct turn_pool_room *
turn_pool_new(struct turn_pool *pool)
{
    void *piece = NULL;

    must(alloc_make(1, sizeof(struct turn_pool_room), &piece) == ERR_NONE);
    struct turn_pool_room *made = piece;
    must(turn_room_make(&made->room) == ERR_NONE);
    pool->made++;
    return made;
}

struct turn_room *
turn_pool_take(struct turn_pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    while (!pool->free && pool->made == pool->max)
        pthread_cond_wait(&pool->given, &pool->lock);
    struct turn_pool_room *taken = pool->free ? pool->free : turn_pool_new(pool);
    pool->free = taken == pool->free ? taken->next : pool->free;
    pthread_mutex_unlock(&pool->lock);
    taken->next = NULL;
    return &taken->room;
}

void
turn_pool_give(struct turn_pool *pool, struct turn_room **room)
{
    struct turn_pool_room *given = (struct turn_pool_room *)(void *)*room;

    *room = NULL;
    pthread_mutex_lock(&pool->lock);
    given->next = pool->free;
    pool->free = given;
    pthread_cond_signal(&pool->given);
    pthread_mutex_unlock(&pool->lock);
}
