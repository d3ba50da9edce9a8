/* ledger.h - visitors who remember what a server has acknowledged, and hold it to that when they read their histories. */
#ifndef TESTS_LEDGER_H
#define TESTS_LEDGER_H

#include "probe/client.h"
#include "probe/server.h"

#define LEDGER_TURNS_MAX ((size_t)50000)

struct ledger_visitor {
    struct client *client;
    size_t number, said;
    uint32_t *bot_entry; /* of each turn: the number of the reply, 0 when nobody acknowledged it */
};

struct ledger_sum {
    size_t acknowledged, lost, doubled, unread;
};

/* ledger_make - a visitor who says at most `turns` things and tries each for give_up_ms. */
enum err ledger_make(const struct server *server, size_t number, size_t turns, unsigned give_up_ms, struct ledger_visitor *out) MUST_CHECK;
void ledger_free(struct ledger_visitor *visitor);
/* ledger_say - the next thing. Errs: those of client_say. */
enum err ledger_say(struct ledger_visitor *visitor) MUST_CHECK;
/* ledger_read - compares the stored conversation with what was acknowledged, and adds to the sum. By one thread at a time. */
void ledger_read(struct ledger_visitor *visitor, struct ledger_sum *sum);

#endif
