/* Visitors with a memory. Each says numbered things, so that a stored conversation shows by itself what is lost and what stands twice. */
#include "ledger.h"

#include "base/alloc.h"
#include "base/rand.h"

#include <stdio.h>
#include <string.h>

static void
ledger_text(const struct ledger_visitor *visitor, size_t turn, char out[96])
{
    static const char *const questions[] = {"how long does delivery take", "what are your opening hours", "do you have a red mug", "hello"};
    snprintf(out, 96, "%s v%zu t%zu.", questions[(visitor->number + turn) % 4], visitor->number, turn);
}

enum err
ledger_make(const struct server *server, size_t number, size_t turns, unsigned give_up_ms, struct ledger_visitor *out)
{
    struct client_setup setup = {.url = server->url, .origin = server->url, .root = server->root, .give_up_ms = give_up_ms};
    void *piece = NULL;

    must(turns <= LEDGER_TURNS_MAX);
    TRY(alloc_make(turns, sizeof(uint32_t), &piece));
    *out = (struct ledger_visitor){.number = number, .bot_entry = piece};
    return client_make(&setup, &out->client);
}

void
ledger_free(struct ledger_visitor *visitor)
{
    client_free(&visitor->client);
    alloc_free(&visitor->bot_entry);
}

enum err
ledger_say(struct ledger_visitor *visitor)
{
    unsigned char id[16];
    char text[96];
    uint32_t n = 0;
    BUF_SCOPE(reply, 1 << 20);

    rand_bytes(id, sizeof id);
    ledger_text(visitor, visitor->said, text);
    size_t turn = visitor->said++;
    enum err err = client_say(visitor->client, id, str_from(text), &reply, &n);
    if (err == ERR_NONE)
        visitor->bot_entry[turn] = n;
    return err;
}

/* What a stored conversation says of each turn: how often it stands there, and where last. */
struct ledger_found {
    uint8_t count[LEDGER_TURNS_MAX];
    uint32_t entry[LEDGER_TURNS_MAX];
};

/* Which turn of the visitor an entry is; LEDGER_TURNS_MAX when it is none of them. */
static size_t
ledger_turn_of(const struct ledger_visitor *visitor, str line)
{
    char mark[32], text[96], stored[128];
    uint64_t turn = LEDGER_TURNS_MAX;

    snprintf(mark, sizeof mark, " v%zu t", visitor->number);
    size_t at = str_find(line, str_from(mark));
    if (at == SIZE_MAX)
        return LEDGER_TURNS_MAX;
    str rest = str_slice(line, at + strlen(mark), SIZE_MAX), number;
    if (!str_split(&rest, '.', &number) || str_parse_u64(number, LEDGER_TURNS_MAX - 1, &turn) != ERR_NONE)
        return LEDGER_TURNS_MAX;
    ledger_text(visitor, (size_t)turn, text);
    snprintf(stored, sizeof stored, "\"text\":\"%s\"", text);
    return str_find(line, str_from(stored)) == SIZE_MAX ? LEDGER_TURNS_MAX : (size_t)turn;
}

static void
ledger_compare(const struct ledger_visitor *visitor, const struct ledger_found *found, struct ledger_sum *sum)
{
    for (size_t turn = 0; turn < visitor->said; turn++) {
        uint32_t bot_entry = visitor->bot_entry[turn];
        sum->acknowledged += bot_entry > 0;
        sum->lost += bot_entry > 0 && (found->count[turn] == 0 || found->entry[turn] + 1 != bot_entry);
        sum->doubled += found->count[turn] > 1;
    }
}

void
ledger_read(struct ledger_visitor *visitor, struct ledger_sum *sum)
{
    static struct buf texts = {.max_bytes = (size_t)1 << 30};
    static struct ledger_found found;
    uint32_t entries = 0, n = 0;

    buf_reset(&texts);
    memset(&found, 0, sizeof found);
    enum err err = client_history(visitor->client, &texts, &entries);
    str rest = str_slice(buf_str(&texts), 0, texts.len > 0 ? texts.len - 1 : 0), line;
    for (; err == ERR_NONE && texts.len > 0 && str_split(&rest, '\n', &line); n++) {
        size_t turn = ledger_turn_of(visitor, line);
        if (turn == LEDGER_TURNS_MAX)
            continue;
        found.count[turn]++;
        found.entry[turn] = n;
    }
    if (err != ERR_NONE || n != entries) {
        printf("     visitor %zu: %s, %u of %u entries\n", visitor->number, err == ERR_NONE ? "read" : err_text(), n, entries);
        sum->unread++;
    }
    ledger_compare(visitor, &found, sum);
}
