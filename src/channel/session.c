/* A bounded table of sessions under one mutex. A session is used by one thread at a time; an ended one is wiped. It never
 * writes anything to disk: a restarted core knows no session, and widgets shake hands again. */
#include "channel/session.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/rand.h"

#include <pthread.h>
#include <string.h>

#define SESSION_REPLY_MAX_BYTES ((size_t)4 * 1024 * 1024)

struct session_table {
    pthread_mutex_t lock;
    size_t max, count;
    size_t row_count; /* a power of two */
    struct session **rows;
};

static struct session **
session_row(struct session_table *table, const unsigned char id[16])
{
    uint64_t hash;
    memcpy(&hash, id + 1, sizeof hash); /* random bytes: as good as any hash */
    return &table->rows[hash & (table->row_count - 1)];
}

static void
session_free(struct session **session)
{
    buf_done(&(*session)->last_reply);
    alloc_wipe(*session, sizeof **session);
    alloc_free(session);
}

/* The table's lock is held. */
static void
session_unlink(struct session_table *table, struct session *session)
{
    struct session **at = session_row(table, session->id);
    while (*at != session)
        at = &(*at)->next;
    *at = session->next;
    table->count--;
    session_free(&session);
}

enum err
session_table_make(size_t max, struct session_table **out)
{
    void *piece = NULL, *rows = NULL;
    size_t row_count = 64;

    while (row_count < max)
        row_count *= 2;
    TRY(alloc_make(1, sizeof(struct session_table), &piece));
    struct session_table *table = piece;
    enum err err = alloc_make(row_count, sizeof(struct session *), &rows);
    if (err != ERR_NONE) {
        alloc_free(&table);
        return err;
    }
    pthread_mutex_init(&table->lock, NULL);
    table->max = max;
    table->row_count = row_count;
    table->rows = rows;
    *out = table;
    return ERR_NONE;
}

void
session_table_free(struct session_table **table)
{
    if (!*table)
        return;
    for (size_t i = 0; i < (*table)->row_count; i++)
        while ((*table)->rows[i])
            session_unlink(*table, (*table)->rows[i]);
    alloc_free(&(*table)->rows);
    pthread_mutex_destroy(&(*table)->lock);
    alloc_free(table);
}

enum err
session_add(struct session_table *table, uint8_t node, struct session **out)
{
    void *piece = NULL;

    TRY(alloc_make(1, sizeof(struct session), &piece));
    struct session *session = piece;
    rand_bytes(session->id, sizeof session->id);
    session->id[0] = node;
    session->is_taken = true;
    session->born_ms = session->seen_ms = clock_steady_ms();
    buf_init(&session->last_reply, SESSION_REPLY_MAX_BYTES);
    pthread_mutex_lock(&table->lock);
    bool fits = table->count < table->max;
    if (fits) {
        struct session **row = session_row(table, session->id);
        session->next = *row;
        *row = session;
        table->count++;
    }
    pthread_mutex_unlock(&table->lock);
    if (!fits) {
        session_free(&session);
        return err_raise(ERR_BUSY, "session: the table is full");
    }
    *out = session;
    return ERR_NONE;
}

enum err
session_take(struct session_table *table, const unsigned char id[16], struct session **out)
{
    enum err err = ERR_NONE;

    pthread_mutex_lock(&table->lock);
    struct session *session = *session_row(table, id);
    while (session && memcmp(session->id, id, 16) != 0)
        session = session->next;
    if (!session || clock_steady_ms() - session->born_ms > SESSION_LIFE_MS) {
        err = err_raise(ERR_ABSENT, "session: unknown");
    } else if (session->is_taken) {
        err = err_raise(ERR_BUSY, "session: another turn is at work");
    } else {
        session->is_taken = true;
        session->seen_ms = clock_steady_ms();
        *out = session;
    }
    pthread_mutex_unlock(&table->lock);
    return err;
}

void
session_give(struct session_table *table, struct session **session)
{
    pthread_mutex_lock(&table->lock);
    (*session)->is_taken = false;
    if ((*session)->is_ended)
        session_unlink(table, *session);
    pthread_mutex_unlock(&table->lock);
    *session = NULL;
}

void
session_sweep(struct session_table *table)
{
    pthread_mutex_lock(&table->lock);
    uint64_t now = clock_steady_ms();
    for (size_t i = 0; i < table->row_count; i++) {
        for (struct session *at = table->rows[i], *next; at; at = next) {
            next = at->next;
            if (at->is_taken)
                continue;
            if (at->last_reply.at && now - at->last_reply_ms > SESSION_CACHE_MS)
                buf_done(&at->last_reply);
            if (now - at->born_ms > SESSION_LIFE_MS)
                session_unlink(table, at);
        }
    }
    pthread_mutex_unlock(&table->lock);
}

void
session_forget_device(struct session_table *table, const unsigned char device_tag[32], const struct session *keep)
{
    pthread_mutex_lock(&table->lock);
    for (size_t i = 0; i < table->row_count; i++) {
        for (struct session *at = table->rows[i], *next; at; at = next) {
            next = at->next;
            if (at == keep || memcmp(at->device_tag, device_tag, 32) != 0)
                continue;
            at->is_ended = true; /* one that is taken goes when it is given back */
            if (!at->is_taken)
                session_unlink(table, at);
        }
    }
    pthread_mutex_unlock(&table->lock);
}

size_t
session_count(struct session_table *table)
{
    pthread_mutex_lock(&table->lock);
    size_t count = table->count;
    pthread_mutex_unlock(&table->lock);
    return count;
}
