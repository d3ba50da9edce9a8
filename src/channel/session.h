/* session.h - the sessions that core holds: keys, ratchet, the cached last answer (protocol/channel.md, sections 3 and 4). */
#ifndef CHANNEL_SESSION_H
#define CHANNEL_SESSION_H

#include "channel/entry.h"
#include "guard/limit.h"
#include "guard/pii.h"
#include "vault/vault.h"

#define SESSION_ID_BYTES ((size_t)16)
#define SESSION_LIFE_MS ((uint64_t)24 * 3600 * 1000)
#define SESSION_CACHE_MS ((uint64_t)60 * 1000)
#define SESSION_TURNS_MAX ((uint32_t)1 << 20)

struct session_table;

/* One visitor's session; used by the one thread that took it. */
struct session {
    unsigned char id[16];
    unsigned char up[32], dn[32];
    unsigned char th[32];
    uint32_t turn; /* the next one */
    bool is_proven; /* the visitor has proven DS */
    bool is_ended;
    unsigned char device[32], history[32];
    unsigned char device_tag[32], state_key[32];
    uint16_t flags;
    uint64_t born_ms, seen_ms;
    /* The last answer, for a request whose answer was lost on the way. */
    unsigned char last_request[32];
    struct buf last_reply;
    uint64_t last_reply_ms;
    /* Where this session writes. chain.n is right once is_placed; is_chained once a wrap was made in this session. */
    struct entry_chain chain;
    int64_t slot_cell; /* of the file of SLOTs; below 0 when the conversation has none yet */
    int64_t row_day;   /* of the conversation's row */
    bool is_placed, is_chained;
    struct limit_bucket asked; /* guard/quota.h */
    struct pii_tail tail; /* digits that ended the last messages: a card number in pieces */
    /* private to session.c */
    bool is_taken;
    struct session *next;
};

/* session_table_make - at most `max` sessions. */
enum err session_table_make(size_t max, struct session_table **out) MUST_CHECK;
void session_table_free(struct session_table **table);
/* session_add - a new session with a random id whose first byte is `node`, taken by the caller. Errs: ERR_BUSY table full. */
enum err session_add(struct session_table *table, uint8_t node, struct session **out) MUST_CHECK;
/* session_take - for one turn. Errs: ERR_ABSENT unknown or over its life; ERR_BUSY another turn of it is at work. */
enum err session_take(struct session_table *table, const unsigned char id[16], struct session **out) MUST_CHECK;
/* session_give - back; one that is_ended is wiped and gone. */
void session_give(struct session_table *table, struct session **session);
/* session_sweep - ends what is over its life, drops cached answers over 60 s; call it every few seconds. */
void session_sweep(struct session_table *table);
/* session_drop_device - ends every session of a device (it erased its conversation) but `keep`. */
void session_forget_device(struct session_table *table, const unsigned char device_tag[32], const struct session *keep);
size_t session_count(struct session_table *table);

#endif
