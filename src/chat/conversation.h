/* conversation.h - a visitor's stored conversation: rows of ciphertext that core can add and not read. */
#ifndef CHAT_CONVERSATION_H
#define CHAT_CONVERSATION_H

#include "chat/slots.h"
#include "rights/field.h"

extern const struct holder conversation_holder;

#define CONVERSATION_PAGE_BYTES ((size_t)24000)

struct conversation {
    unsigned char id[16];
    unsigned char last_hash[32]; /* SHA256 of the last ciphertext */
    int64_t slot_cell;
    int64_t day;      /* of its last message */
    uint32_t entries; /* = the next n */
};

/* One turn to be kept: two entries and what they need, in one transaction. */
struct conversation_turn {
    str site;
    const unsigned char *device_tag;  /* 32 */
    const unsigned char *id;          /* conversation, 16 */
    int64_t slot_cell;
    uint32_t n;                       /* of the visitor's entry; the bot's is n + 1 */
    const unsigned char *wrap;        /* 80, for entry n; or NULL when this session made one before */
    const unsigned char *message;     /* 16: the client's message id */
    bool is_first;                    /* of its session: an earlier one may have kept this message, its answer lost */
    const unsigned char *commit[2];   /* 32 */
    str ct[2];
    int64_t day, row_day;             /* today, and what the conversation's row says (unless n is 0) */
    const struct field *fields;       /* sealed already; site and conversation are set here */
    size_t field_count;
};

/* conversation_find - by device. Errs: ERR_ABSENT. */
enum err conversation_find(struct driver *driver, str site, const unsigned char device_tag[32], struct conversation *out) MUST_CHECK;
/* conversation_find_message - the n of the visitor's entry that has this message id. Errs: ERR_ABSENT. */
enum err conversation_find_message(struct driver *driver, str site, str id, str message, uint32_t *n) MUST_CHECK;
/* conversation_append - in a writer's job. Errs: ERR_DENIED when n is not the next entry, or is_first and
 * the message was kept before. */
enum err conversation_append(struct driver *driver, const struct conversation_turn *turn) MUST_CHECK;
/* Entries from <= n < to. */
struct conversation_range {
    uint32_t from, to;
};
/* conversation_each_wrap, conversation_each_entry - those of the range, in order; each may stop the walk with ERR_LIMIT.
 * Of walk, row and context are used; columns: first_entry, wrap; and n, author, commitment, ct. */
enum err conversation_each_wrap(struct driver *driver, str site, str id, const struct driver_query *walk, struct conversation_range range)
    MUST_CHECK;
enum err conversation_each_entry(struct driver *driver, str site, str id, const struct driver_query *walk, struct conversation_range range)
    MUST_CHECK;
/* conversation_erase - SLOT first, synced; then every holder's rows. In a writer's job that scrubs.
 * Errs: ERR_ABSENT when the device has none. */
enum err conversation_erase(struct driver *driver, struct slots *slots, str site, const unsigned char device_tag[32],
                            uint32_t *entries) MUST_CHECK;
/* conversation_retain - erases up to 100 conversations whose last day is before `day`; *count says how many. */
enum err conversation_retain(struct driver *driver, struct slots *slots, int64_t day, uint64_t *count) MUST_CHECK;

#define CONVERSATION_CELLS_PAGE 500
/* Which cells of the file of SLOTs have a row, found page by page so that nobody waits long for the connection. Starts as
 * {.used = zeros, .cell_count = …}. */
struct conversation_cells {
    unsigned char *used; /* a bit per cell */
    int64_t cell_count;
    bool is_done;
    char site[256];
    size_t site_len;
    unsigned char id[16]; /* the last row seen */
};
/* conversation_mark_cells - the next page. */
enum err conversation_mark_cells(struct driver *driver, struct conversation_cells *cells) MUST_CHECK;

#endif
