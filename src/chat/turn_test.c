/* Whole turns with a real session, store, writer, SLOTs and vault, while the n-th allocation, store call, file call or socket call
 * fails, for every n: each answer is a clear one, no acknowledged turn is lost, no turn is kept twice, and all goes on afterwards. */
#include "chat/turn.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "base/rand.h"
#include "channel/pad.h"
#include "channel/visitor.h"
#include "chat/ask.h"
#include "crypt/aead.h"
#include "crypt/base64.h"
#include "crypt/sign.h"
#include "engine/bot_check.h"
#include "guard/plain.h"
#include "store/driver_sqlite.h"
#include "store/migrate.h"
#include "vault/vault_serve.h"

#include <jansson.h>
#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#define NOW_MS ((uint64_t)1790000000000)
#define ORIGIN STR("https://shop.example")
#define ROWS_MAX 2048

struct world {
    struct vault *vault;
    struct keynote_key key;
    struct buf keys;
    pthread_t vault_thread;
    struct wire to_vault, to_core;
    struct driver *writing, *reading;
    pthread_mutex_t lock;
    struct pii *pii;
    struct request *request;
    struct site site;
    struct turn_room room;
    unsigned char vault_room[WIRE_PAYLOAD_MAX + 16];
};

/* One visitor's browser: its session with core, what it said last, the dialogue's state that it carries. */
struct talker {
    struct visitor visitor;
    struct session *core;
    bool is_shaken, needs_proof, was_failed; /* the armed call was reached */
    struct buf state, body, reply;
};

static struct world world;
static char folder[64], store_path[96], slots_path[96];

/* ---- the vault's process, as a thread behind a socketpair ---- */

static void *
vault_loop(void *context)
{
    static unsigned char room[WIRE_PAYLOAD_MAX + 16];
    struct world *w = context;
    ssize_t got;

    /* Without wire_recv and wire_send, whose faults are for the other end. */
    while ((got = recv(w->to_core.fd, room, sizeof room, 0)) > 0) {
        struct wire_message message;
        unsigned char head[16] = {WIRE_VAULT_ANSWER >> 8, WIRE_VAULT_ANSWER & 0xFF};
        BUF_SCOPE(answer, WIRE_PAYLOAD_MAX);
        str bytes = str_bytes(room, (size_t)got);
        if (wire_parse(&bytes, &message) != ERR_NONE ||
            vault_serve_answer(w->vault, message.type, message.payload, &answer) != ERR_NONE)
            (void)!buf_add_u8(&answer, ERR_IO);
        for (int i = 0; i < 4; i++)
            head[4 + i] = (unsigned char)(answer.len >> (24 - 8 * i));
        memcpy(head + 8, room + 8, 8);
        struct iovec parts[2] = {{head, 16}, {answer.at, answer.len}};
        struct msghdr out = {.msg_iov = parts, .msg_iovlen = answer.at ? 2 : 1};
        if (sendmsg(w->to_core.fd, &out, MSG_NOSIGNAL) < 0)
            break;
    }
    return NULL;
}

/* As core asks its vault: one question, one answer, late ones skipped. */
static enum err
vault_seal(void *context, str where, str value, struct buf *out)
{
    static uint64_t id = 100;
    struct world *w = context;
    struct wire_message message = {.id = 0};
    BUF_SCOPE(request, 16384);

    TRY(buf_add_u16(&request, (uint16_t)where.len));
    TRY(buf_add_str(&request, where));
    TRY(buf_add_str(&request, value));
    TRY(wire_send(&w->to_vault, WIRE_VAULT_SEAL, ++id, buf_str(&request)));
    while (message.id != id)
        TRY(wire_recv(&w->to_vault, w->vault_room, &message));
    if (message.payload.len < 2 || message.payload.at[0] != ERR_NONE)
        return err_raise(ERR_IO, "test: the vault does not seal");
    return buf_add(out, message.payload.at + 1, message.payload.len - 1);
}

static void
vault_start(struct world *w)
{
    struct keyfile keys;
    BUF_SCOPE(text, NOTE_MAX_BYTES);
    BUF_SCOPE(identity, NOTE_MAX_BYTES);
    BUF_SCOPE(notes, (size_t)4 * NOTE_MAX_BYTES);
    struct identity who = {.name = STR("chat.example"), .serial = 1, .from_s = NOW_MS / 1000, .to_s = NOW_MS / 1000 + 86400,
                           .origin_count = 1, .origins = {ORIGIN}};
    struct note_key online;
    struct keynote keynote;
    const unsigned char *at = NULL;
    uint32_t len = 0;
    int fds[2];

    assert_int_equal(keyfile_make(&keys), ERR_NONE);
    online.name = who.online.name = STR("chat.example/online");
    sign_public(keys.online, who.online.public);
    memcpy(online.public, who.online.public, 32);
    assert_int_equal(identity_write(&text, &who), ERR_NONE);
    assert_int_equal(note_sign(&identity, buf_str(&text), STR("chat.example"), keys.online), ERR_NONE);
    assert_int_equal(vault_make(&keys, buf_str(&identity), (str){"", 0}, &w->vault), ERR_NONE);
    assert_int_equal(vault_notes(w->vault, &notes), ERR_NONE);
    struct view view = {notes.at, notes.len};
    for (int i = 0; i < 2; i++) {
        assert_int_equal(buf_view_u32(&view, &len), ERR_NONE);
        assert_int_equal(buf_view_bytes(&view, len, &at), ERR_NONE);
    }
    buf_init(&w->keys, NOTE_MAX_BYTES);
    assert_int_equal(buf_add(&w->keys, at, len), ERR_NONE);
    assert_int_equal(keynote_open(buf_str(&w->keys), buf_str(&identity), &online, NOW_MS / 1000, &keynote), ERR_NONE);
    w->key = keynote.keys[0];
    assert_int_equal(wire_pair(fds), ERR_NONE);
    w->to_vault = (struct wire){.fd = fds[0], .me = WIRE_CORE, .peer = WIRE_VAULT};
    w->to_core = (struct wire){.fd = fds[1], .me = WIRE_VAULT, .peer = WIRE_CORE};
    assert_int_equal(pthread_create(&w->vault_thread, NULL, vault_loop, w), 0);
}

/* ---- core, which may have to start again ---- */

static void
core_start(struct world *w)
{
    assert_int_equal(driver_sqlite_open(store_path, &w->writing), ERR_NONE);
    assert_int_equal(migrate_run(w->writing), ERR_NONE);
    assert_int_equal(driver_sqlite_open(store_path, &w->reading), ERR_NONE);
    assert_int_equal(slots_open(slots_path, &w->site.slots), ERR_NONE);
    assert_int_equal(session_table_make(64, &w->site.sessions), ERR_NONE);
    struct writer_setup setup = {.driver = w->writing, .queue_max = 8, .sync = slots_sync, .sync_context = w->site.slots};
    assert_int_equal(writer_make(&setup, &w->site.writer), ERR_NONE);
    assert_int_equal(turn_room_make(&w->room), ERR_NONE);
    w->site.reader = w->reading;
}

static void
core_stop(struct world *w)
{
    writer_free(&w->site.writer);
    w->writing->ops->close(&w->writing);
    w->reading->ops->close(&w->reading);
    slots_close(&w->site.slots);
    session_table_free(&w->site.sessions);
    turn_room_free(&w->room);
}

static int
world_open(void **state)
{
    static struct bot *bot;
    struct bot_fault fault;
    struct world *w = &world;

    memset(w, 0, sizeof *w);
    clock_set_fixed(NOW_MS);
    ask_init();
    snprintf(folder, sizeof folder, "/tmp/privet-test-XXXXXX");
    if (!mkdtemp(folder) || pii_make(&w->pii) || request_make(&w->request) || bot_make("bots/shop", &fault, &bot) ||
        bot_check_run(bot, &(struct bot_check_tools){w->pii, w->request, ORIGIN, false}, NULL, &fault) || bot_slot_make(&w->site.bots) ||
        bot_slot_put(w->site.bots, &bot))
        return 1;
    snprintf(store_path, sizeof store_path, "%s/store.db", folder);
    snprintf(slots_path, sizeof slots_path, "%s/slots", folder);
    pthread_mutex_init(&w->lock, NULL);
    w->site.name = STR("shop");
    w->site.operator = STR("Hearth & Hedge");
    w->site.contact = STR("help@shop.example");
    w->site.retention_days = 30;
    w->site.reader_lock = &w->lock;
    w->site.seal = vault_seal;
    w->site.seal_context = w;
    w->site.pii = w->pii;
    vault_start(w);
    core_start(w);
    *state = w;
    return 0;
}

static int
world_close(void **state)
{
    struct world *w = *state;
    char command[128];

    core_stop(w);
    shutdown(w->to_vault.fd, SHUT_RDWR);
    pthread_join(w->vault_thread, NULL);
    close(w->to_vault.fd);
    close(w->to_core.fd);
    vault_free(&w->vault);
    bot_slot_free(&w->site.bots);
    request_free(&w->request);
    pii_free(&w->pii);
    buf_done(&w->keys);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    clock_set_real();
    return system(command);
}

/* ---- a visitor ---- */

static void
talker_init(struct talker *t)
{
    memset(t, 0, sizeof *t);
    assert_int_equal(visitor_init(&t->visitor), ERR_NONE);
    buf_init(&t->state, 1 << 17);
    buf_init(&t->body, 1 << 20);
    buf_init(&t->reply, 1 << 20);
}

static void
talker_done(struct talker *t)
{
    visitor_done(&t->visitor);
    buf_done(&t->state);
    buf_done(&t->body);
    buf_done(&t->reply);
}

/* OPEN as core does it. Errs: as any of its parts. */
static enum err
talker_open(struct world *w, struct talker *t)
{
    struct vault_opened opened;
    struct handshake_welcome welcome = {.time_ms = NOW_MS};
    struct session *session = NULL;
    unsigned char m2[HANDSHAKE_M2_BYTES];
    str m1 = str_bytes(t->visitor.m1, sizeof t->visitor.m1);
    BUF_SCOPE(answer, 4096);

    TRY(vault_serve_answer(w->vault, WIRE_VAULT_OPEN, m1, &answer));
    TRY(vault_serve_parse_opened(buf_str(&answer), &opened));
    TRY(session_add(w->site.sessions, 0, &session));
    enum err err = handshake_accept(session, m1, &opened, &welcome, m2);
    session->is_ended = err != ERR_NONE;
    session_give(w->site.sessions, &session);
    TRY(err);
    return visitor_accept(&t->visitor, str_bytes(m2, sizeof m2));
}

static void
talker_shake(struct world *w, struct talker *t)
{
    assert_int_equal(visitor_seal_m1(&t->visitor, &w->key, buf_str(&w->keys), ORIGIN), ERR_NONE);
    assert_int_equal(talker_open(w, t), ERR_NONE);
    t->is_shaken = t->needs_proof = true;
}

/* Seals {"v":1 MORE} with the proof, when it is the session's first. */
static void
talker_seal(struct world *w, struct talker *t, const char *more)
{
    unsigned char proof[64];
    BUF_SCOPE(request, 1 << 18);

    if (!t->is_shaken)
        talker_shake(w, t);
    assert_int_equal(buf_add_text(&request, "{\"v\":1,%s", more), ERR_NONE);
    if (t->needs_proof) {
        visitor_proof(&t->visitor, proof);
        assert_int_equal(buf_add_str(&request, STR(",\"proof\":\"")), ERR_NONE);
        assert_int_equal(base64_write(&request, BASE64_URL, str_bytes(proof, 64)), ERR_NONE);
        assert_int_equal(buf_add_u8(&request, '"'), ERR_NONE);
    }
    assert_int_equal(buf_add_u8(&request, '}'), ERR_NONE);
    buf_reset(&t->body);
    assert_int_equal(visitor_request(&t->visitor, buf_str(&request), &t->body), ERR_NONE);
}

/* Sends what was sealed, with a fault or without. What came back: the kind of the answer, the error inside, or the refusal. */
static const char *
talker_send(struct world *w, struct talker *t, enum fault_kind kind, uint64_t nth)
{
    static char name[32];
    struct turn_answer answer;
    json_error_t error;

    fault_arm(kind, nth);
    must(turn_run(&w->site, &w->room, buf_str(&t->body), &answer));
    t->was_failed = nth > 0 && !fault_is_armed(kind);
    fault_arm(kind, 0);
    buf_reset(&t->reply);
    if (answer.refusal == REFUSAL_NONE) {
        assert_int_equal(visitor_reply(&t->visitor, answer.body, &t->reply), ERR_NONE);
        t->needs_proof = false;
    }
    snprintf(name, sizeof name, "%s", refusal_name(answer.refusal));
    turn_end(&w->site, &w->room, &answer);
    if (t->reply.len > 0) {
        json_t *reply = json_loadb((const char *)t->reply.at, t->reply.len, JSON_REJECT_DUPLICATES, &error);
        assert_non_null(reply);
        const char *what = json_string_value(json_object_get(reply, "kind"));
        snprintf(name, sizeof name, "%s", strcmp(what, "error") == 0 ? json_string_value(json_object_get(reply, "error")) : what);
        const char *next = json_string_value(json_object_get(reply, "state"));
        if (next) {
            buf_reset(&t->state);
            assert_int_equal(buf_add_str(&t->state, str_from(next)), ERR_NONE);
        }
        json_decref(reply);
    }
    return name;
}

static void
talker_say(struct world *w, struct talker *t, const unsigned char id[16], const char *text)
{
    struct notice notice;
    const struct bot *bot = NULL;
    unsigned char version[8];
    BUF_SCOPE(more, 1 << 18);

    assert_int_equal(bot_slot_take(w->site.bots, &bot), ERR_NONE);
    site_notice(&w->site, bot, STR("en"), &notice);
    assert_int_equal(notice_version(&notice, version), ERR_NONE);
    bot_slot_release(w->site.bots, &bot);
    assert_int_equal(buf_add_text(&more, "\"kind\":\"say\",\"lang\":\"en\",\"text\":\"%s\",\"id\":\"", text), ERR_NONE);
    assert_int_equal(base64_write(&more, BASE64_URL, str_bytes(id, 16)), ERR_NONE);
    assert_int_equal(buf_add_str(&more, STR("\",\"notice\":\"")), ERR_NONE);
    assert_int_equal(base64_hex_write(&more, str_bytes(version, 8)), ERR_NONE);
    if (t->state.len > 0)
        assert_int_equal(buf_add_text(&more, "\",\"state\":\"%.*s", STR_ARG(buf_str(&t->state))), ERR_NONE);
    assert_int_equal(buf_add_text(&more, "\"%c", 0), ERR_NONE);
    talker_seal(w, t, (const char *)more.at);
}

static const char *
talker_turn(struct world *w, struct talker *t, const char *text)
{
    unsigned char id[16];
    rand_bytes(id, sizeof id);
    talker_say(w, t, id, text);
    return talker_send(w, t, FAULT_ALLOC, 0);
}

/* What a visitor's browser does after an answer that is not one: a busy session gets the same bytes, any other a new handshake; core
 * itself starts again when its writer is broken. */
static void
talker_recover(struct world *w, struct talker *t)
{
    if (writer_is_broken(w->site.writer)) {
        core_stop(w);
        core_start(w);
    }
    t->is_shaken = false;
}

/* What `history` gave so far, page by page. */
struct pages {
    struct visitor_wrap wraps[ROWS_MAX];
    struct visitor_row rows[ROWS_MAX];
    size_t from[ROWS_MAX]; /* of each row's ciphertext in bytes */
    struct buf bytes;
    struct visitor_history history;
    size_t page_count;
};

static void
pages_add_row(struct pages *pages, const json_t *row)
{
    static unsigned char raw[PAD_BUCKET_MAX + AEAD_TAG_BYTES];
    size_t i = pages->history.row_count++, len = 0;
    str commit = str_from(json_string_value(json_object_get(row, "commit"))), ct = str_from(json_string_value(json_object_get(row, "ct")));

    assert_true(i < ROWS_MAX);
    pages->rows[i].n = (uint32_t)json_integer_value(json_object_get(row, "n"));
    pages->rows[i].author = json_string_value(json_object_get(row, "author"))[0];
    assert_int_equal(base64_parse_exact(BASE64_URL, commit, pages->rows[i].commit, 32), ERR_NONE);
    assert_int_equal(base64_parse(BASE64_URL, ct, raw, sizeof raw, &len), ERR_NONE);
    pages->from[i] = pages->bytes.len;
    pages->rows[i].ct.len = len;
    assert_int_equal(buf_add(&pages->bytes, raw, len), ERR_NONE);
}

/* One page. Returns where the next one begins, below 0 when there is none. */
static int64_t
pages_add(struct pages *pages, str reply)
{
    json_error_t error;
    json_t *page = json_loadb(reply.at, reply.len, 0, &error), *row;
    size_t at;

    pages->page_count++;
    pages->history.entries = (uint32_t)json_integer_value(json_object_get(page, "entries"));
    if (pages->history.entries > 0) {
        str slot = str_from(json_string_value(json_object_get(page, "slot")));
        assert_int_equal(base64_parse_exact(BASE64_URL, slot, pages->history.slot, 32), ERR_NONE);
        str id = str_from(json_string_value(json_object_get(page, "conversation")));
        assert_int_equal(base64_hex_parse_exact(id, pages->history.conversation, 16), ERR_NONE);
    }
    json_array_foreach(json_object_get(page, "wraps"), at, row)
    {
        struct visitor_wrap *wrap = &pages->wraps[pages->history.wrap_count++];
        assert_true(pages->history.wrap_count <= ROWS_MAX);
        wrap->from = (uint32_t)json_integer_value(json_object_get(row, "from"));
        str bytes = str_from(json_string_value(json_object_get(row, "wrap")));
        assert_int_equal(base64_parse_exact(BASE64_URL, bytes, wrap->wrap, 80), ERR_NONE);
    }
    json_array_foreach(json_object_get(page, "rows"), at, row)
        pages_add_row(pages, row);
    const json_t *next = json_object_get(page, "next");
    int64_t from = json_is_integer(next) ? json_integer_value(next) : -1;
    json_decref(page);
    return from;
}

/* Opens all that is stored, as the visitor alone can. Returns how many entries, their texts in `texts`. */
static uint32_t
talker_read(struct world *w, struct talker *t, struct buf *texts)
{
    static struct pages pages;
    char more[64];

    memset(&pages, 0, sizeof pages);
    buf_init(&pages.bytes, 1 << 26);
    for (int64_t from = 0; from >= 0;) {
        snprintf(more, sizeof more, "\"kind\":\"history\",\"from\":%lld", (long long)from);
        talker_seal(w, t, more);
        assert_string_equal(talker_send(w, t, FAULT_ALLOC, 0), "history");
        from = pages_add(&pages, buf_str(&t->reply));
    }
    for (size_t i = 0; i < pages.history.row_count; i++)
        pages.rows[i].ct.at = (const char *)pages.bytes.at + pages.from[i];
    pages.history.wraps = pages.wraps;
    pages.history.rows = pages.rows;
    assert_int_equal(visitor_read(&t->visitor, &pages.history, texts), ERR_NONE);
    buf_done(&pages.bytes);
    return pages.history.entries;
}

static size_t
count_of(const struct buf *texts, str what)
{
    size_t count = 0;
    str rest = buf_str(texts);
    for (size_t at = str_find(rest, what); at != SIZE_MAX; at = str_find(rest, what), count++)
        rest = str_slice(rest, at + what.len, SIZE_MAX);
    return count;
}

static enum err
number_read(void *context, const struct driver_value *columns, size_t count)
{
    (void)count;
    *(int64_t *)context = columns[0].number;
    return ERR_NONE;
}

/* Cells of the file of SLOTs that are not free. */
static int
cells_used(void)
{
    static const unsigned char zeros[64];
    unsigned char cell[64];
    int used = 0;
    FILE *file = fopen(slots_path, "rb");

    assert_non_null(file);
    assert_int_equal(fread(cell, sizeof cell, 1, file), 1);
    while (fread(cell, sizeof cell, 1, file) == 1)
        used += memcmp(cell, zeros, sizeof cell) != 0;
    fclose(file);
    return used;
}

static bool
is_clear(const char *answer)
{
    static const char *const clear[] = {"reply", "busy", "not-kept", "broken", "hello", "history", "erased"};
    for (size_t i = 0; i < sizeof clear / sizeof *clear; i++)
        if (strcmp(answer, clear[i]) == 0)
            return true;
    return false;
}

/* ---- the turn that fails ---- */

struct failing {
    const char *before[3]; /* said without a fault */
    const char *text;      /* said while the n-th call fails */
    const char *stored;    /* a word of the reply that belongs to it */
};

static const struct failing first_turn = {.text = "what are your opening hours?", .stored = "9 to 18"};
static const struct failing kept_field = {.before = {"I want to talk to a person", "yes"}, .text = "visitor@example.org",
                                          .stored = "within one working day"};

/* Says it until it is acknowledged; the last answer. */
static const char *
say_again(struct world *w, struct talker *t, const unsigned char id[16], const char *text)
{
    const char *answer = "";

    for (int tries = 0; tries < 3; tries++) {
        talker_say(w, t, id, text);
        answer = talker_send(w, t, FAULT_ALLOC, 0);
        if (strcmp(answer, "reply") == 0 || strcmp(answer, "kept") == 0)
            break;
        talker_recover(w, t);
    }
    return answer;
}

/* Fresh buffers, as a worker has them that has just begun: each grows again, and each growth may fail. */
static void
room_cool(struct world *w)
{
    turn_room_free(&w->room);
    assert_int_equal(turn_room_make(&w->room), ERR_NONE);
}

/* One visitor, one fault. Returns false when the turn has fewer calls than that. */
static bool
fault_holds(struct world *w, const struct failing *turn, enum fault_kind kind, uint64_t nth)
{
    struct talker t;
    unsigned char id[16];
    uint32_t entries = 2;
    char first[32];
    BUF_SCOPE(texts, 1 << 20);

    talker_init(&t);
    for (size_t i = 0; turn->before[i]; i++, entries += 2)
        assert_string_equal(talker_turn(w, &t, turn->before[i]), "reply");
    rand_bytes(id, sizeof id);
    talker_say(w, &t, id, turn->text);
    room_cool(w);
    snprintf(first, sizeof first, "%s", talker_send(w, &t, kind, nth));
    bool was_failed = t.was_failed, acknowledged = strcmp(first, "reply") == 0;
    if (!is_clear(first) || (!was_failed && !acknowledged))
        fail_msg("call %llu of kind %d: %s", (unsigned long long)nth, kind, first);
    if (acknowledged && count_of(&t.reply, str_from(turn->stored)) != 1)
        fail_msg("call %llu of kind %d: another reply: %.*s", (unsigned long long)nth, kind, STR_ARG(buf_str(&t.reply)));
    assert_true(!acknowledged || !writer_is_broken(w->site.writer));
    talker_recover(w, &t);
    /* Acknowledged is kept; and what was not may be, for the answer can fail after the commit. */
    const char *again = say_again(w, &t, id, turn->text);
    if (strcmp(again, "kept") != 0 && (acknowledged || strcmp(again, "reply") != 0))
        fail_msg("call %llu of kind %d: first %s, then %s", (unsigned long long)nth, kind, first, again);
    assert_int_equal(talker_read(w, &t, &texts), entries);
    assert_int_equal(count_of(&texts, str_from(turn->text)), 1);
    assert_int_equal(count_of(&texts, str_from(turn->stored)), 1);
    assert_string_equal(talker_turn(w, &t, "thank you"), "reply");
    talker_done(&t);
    return was_failed;
}

static void
every_fault_holds(struct world *w, const struct failing *turn, enum fault_kind kind, uint64_t at_least)
{
    uint64_t nth = 1;

    while (fault_holds(w, turn, kind, nth))
        nth++;
    /* Fewer than there were: has the turn lost its fault points? */
    if (nth - 1 < at_least)
        fail_msg("only %llu calls of kind %d", (unsigned long long)nth - 1, kind);
    print_message("           %llu calls, each failed once\n", (unsigned long long)nth - 1);
}

static void
a_first_turn_survives_each_failed_allocation(void **state)
{
    every_fault_holds(*state, &first_turn, FAULT_ALLOC, 5);
}

static void
a_first_turn_survives_each_failed_store_call(void **state)
{
    every_fault_holds(*state, &first_turn, FAULT_STORE, 7);
}

static void
a_first_turn_survives_each_failed_file_call(void **state)
{
    every_fault_holds(*state, &first_turn, FAULT_FILE, 2);
}

static void
a_turn_that_keeps_a_field_survives_each_failed_allocation(void **state)
{
    every_fault_holds(*state, &kept_field, FAULT_ALLOC, 6);
}

static void
a_turn_that_keeps_a_field_survives_each_failed_store_call(void **state)
{
    every_fault_holds(*state, &kept_field, FAULT_STORE, 6);
}

static void
a_turn_that_keeps_a_field_survives_each_failed_socket_call(void **state)
{
    every_fault_holds(*state, &kept_field, FAULT_SOCKET, 2);
}

/* ---- greeting, history, erasure, handshake ---- */

static void
pages_survive_each_failed_call(void **state)
{
    static const char *const pages[] = {"\"kind\":\"hello\",\"lang\":\"en\"", "\"kind\":\"history\",\"from\":0"};
    static const enum fault_kind kinds[] = {FAULT_ALLOC, FAULT_STORE, FAULT_FILE};
    struct world *w = *state;
    struct talker t;
    uint64_t tried = 0;
    BUF_SCOPE(texts, 1 << 20);

    talker_init(&t);
    assert_string_equal(talker_turn(w, &t, "hello"), "reply");
    for (size_t page = 0; page < 2; page++)
        for (size_t kind = 0; kind < 3; kind++)
            for (uint64_t nth = 1;; nth++, tried++) {
                talker_recover(w, &t); /* a new session each time, so that its place is looked up */
                talker_seal(w, &t, pages[page]);
                room_cool(w);
                const char *answer = talker_send(w, &t, kinds[kind], nth);
                if (!is_clear(answer) || (!t.was_failed && strcmp(answer, page == 0 ? "hello" : "history") != 0))
                    fail_msg("page %zu, call %llu of kind %d: %s", page, (unsigned long long)nth, kinds[kind], answer);
                if (!t.was_failed)
                    break;
            }
    assert_true(tried >= 8);
    talker_recover(w, &t);
    assert_int_equal(talker_read(w, &t, &texts), 2);
    talker_done(&t);
}

/* An erasure that is acknowledged is whole; one that failed may be asked for again, and then is. */
static bool
erasure_holds(struct world *w, enum fault_kind kind, uint64_t nth)
{
    struct talker t;
    char first[32];
    BUF_SCOPE(texts, 1 << 20);

    talker_init(&t);
    assert_string_equal(talker_turn(w, &t, "hello"), "reply");
    talker_seal(w, &t, "\"kind\":\"erase\"");
    room_cool(w);
    snprintf(first, sizeof first, "%s", talker_send(w, &t, kind, nth));
    bool was_failed = t.was_failed;
    if (!is_clear(first) || (!was_failed && strcmp(first, "erased") != 0))
        fail_msg("call %llu of kind %d: %s", (unsigned long long)nth, kind, first);
    talker_recover(w, &t);
    if (strcmp(first, "erased") == 0)
        assert_int_equal(talker_read(w, &t, &texts), 0);
    talker_seal(w, &t, "\"kind\":\"erase\"");
    assert_string_equal(talker_send(w, &t, kind, 0), "erased");
    assert_int_equal(talker_read(w, &t, &texts), 0);
    buf_reset(&t.state);
    assert_string_equal(talker_turn(w, &t, "hello"), "reply");
    assert_int_equal(talker_read(w, &t, &texts), 2);
    talker_done(&t);
    return was_failed;
}

static void
an_erasure_survives_each_failed_call(void **state)
{
    static const enum fault_kind kinds[] = {FAULT_ALLOC, FAULT_STORE, FAULT_FILE};
    uint64_t tried = 0;

    for (size_t kind = 0; kind < 3; kind++)
        for (uint64_t nth = 1; erasure_holds(*state, kinds[kind], nth); nth++)
            tried++;
    assert_true(tried >= 10);
    print_message("           %llu calls, each failed once\n", (unsigned long long)tried);
}

static void
a_handshake_survives_each_failed_allocation(void **state)
{
    struct world *w = *state;
    struct talker t;
    uint64_t nth = 1;

    talker_init(&t);
    for (bool was_failed = true; was_failed; nth++) {
        size_t before = session_count(w->site.sessions);
        assert_int_equal(visitor_seal_m1(&t.visitor, &w->key, buf_str(&w->keys), ORIGIN), ERR_NONE);
        fault_arm(FAULT_ALLOC, nth);
        enum err err = talker_open(w, &t);
        was_failed = !fault_is_armed(FAULT_ALLOC);
        fault_arm(FAULT_ALLOC, 0);
        assert_int_equal(err, was_failed ? ERR_MEMORY : ERR_NONE);
        assert_int_equal(session_count(w->site.sessions), before + !was_failed);
    }
    assert_true(nth > 2);
    talker_done(&t);
}

/* ---- several sessions of one device ---- */

/* The same browser once more: its keys, another session. Only the first is done. */
static void
talker_twin(struct talker *twin, const struct talker *t)
{
    talker_init(twin);
    visitor_done(&twin->visitor);
    twin->visitor = t->visitor;
}

static void
talker_twin_done(struct talker *twin)
{
    twin->visitor.device = NULL; /* the first one's */
    talker_done(twin);
}

static void
a_session_sees_what_another_one_of_its_device_wrote(void **state)
{
    struct world *w = *state;
    struct talker first, second;
    BUF_SCOPE(texts, 1 << 20);

    talker_init(&first);
    assert_string_equal(talker_turn(w, &first, "hello"), "reply");
    talker_twin(&second, &first);
    assert_string_equal(talker_turn(w, &second, "what are your opening hours?"), "reply");
    assert_int_equal(talker_read(w, &first, &texts), 4);
    assert_int_equal(count_of(&texts, STR("opening hours?")), 1);
    assert_string_equal(talker_turn(w, &second, "thank you"), "reply");
    talker_seal(w, &first, "\"kind\":\"hello\",\"lang\":\"en\"");
    assert_string_equal(talker_send(w, &first, FAULT_ALLOC, 0), "hello");
    assert_int_equal(count_of(&first.reply, STR("\"entries\":6}")), 1);
    assert_string_equal(talker_turn(w, &first, "thank you"), "reply");
    assert_int_equal(talker_read(w, &second, &texts), 8);
    talker_twin_done(&second);
    talker_done(&first);
}

/* What a session whose place nobody took must not do: draw a chain key for each page it looks at. */
static void
looking_at_pages_makes_no_wrap(void **state)
{
    struct world *w = *state;
    struct talker t;
    int64_t wraps = 0;
    BUF_SCOPE(texts, 1 << 20);

    talker_init(&t);
    assert_string_equal(talker_turn(w, &t, "hello"), "reply");
    assert_int_equal(talker_read(w, &t, &texts), 2);
    assert_string_equal(talker_turn(w, &t, "thank you"), "reply");
    assert_int_equal(talker_read(w, &t, &texts), 4);
    assert_int_equal(driver_run(w->reading, "SELECT COUNT(*) FROM wrap WHERE site = ?", number_read, &wraps, DRIVER_TEXT(STR("shop"))), ERR_NONE);
    assert_int_equal(wraps, 1);
    talker_done(&t);
}

struct sessions {
    struct world *w;
    const struct talker *t;
    struct conversation conversation;
    size_t count;
};

static enum err
tag_read(void *context, const struct driver_value *columns, size_t count)
{
    (void)count;
    memcpy(context, columns[0].bytes.at, 32);
    return ERR_NONE;
}

/* The one that there is. */
static struct conversation
conversation_of(struct world *w)
{
    unsigned char tag[32];
    struct conversation found;

    assert_int_equal(driver_run(w->reading, "SELECT device_tag FROM conversation WHERE site = ?", tag_read, tag, DRIVER_TEXT(STR("shop"))), ERR_NONE);
    assert_int_equal(conversation_find(w->reading, STR("shop"), tag, &found), ERR_NONE);
    return found;
}

/* So many more sessions of one turn each, as the keep step would write them. */
static enum err
sessions_append(struct driver *driver, void *context)
{
    struct sessions *sessions = context;
    struct entry_chain chain = {.n = sessions->conversation.entries};
    unsigned char wrap[80], commit[2][32], message[16];
    static const unsigned char tag[32];

    memcpy(chain.conversation, sessions->conversation.id, 16);
    memcpy(chain.previous, sessions->conversation.last_hash, 32);
    TRY(slots_get(sessions->w->site.slots, sessions->conversation.slot_cell, chain.conversation, chain.slot));
    for (size_t i = 0; i < sessions->count; i++) {
        BUF_SCOPE(said_ct, 1 << 16);
        BUF_SCOPE(bot_ct, 1 << 16);
        uint32_t n = chain.n;
        TRY(entry_wrap(&chain, sessions->t->visitor.history, wrap));
        TRY(entry_seal(&chain, 'v', STR("said"), commit[0], &said_ct));
        TRY(entry_seal(&chain, 'b', STR("answered"), commit[1], &bot_ct));
        rand_bytes(message, sizeof message);
        struct conversation_turn turn = {.site = STR("shop"), .device_tag = tag, .id = chain.conversation,
                                         .slot_cell = sessions->conversation.slot_cell, .n = n, .wrap = wrap, .message = message,
                                         .commit = {commit[0], commit[1]}, .ct = {buf_str(&said_ct), buf_str(&bot_ct)},
                                         .day = 1, .row_day = 1};
        TRY(conversation_append(driver, &turn));
    }
    return ERR_NONE;
}

static void
a_device_of_a_thousand_sessions_reads_all_of_them(void **state)
{
    struct world *w = *state;
    struct talker t;
    struct sessions sessions = {.w = w, .t = &t, .count = 999};
    struct writer_job job = {.run = sessions_append, .context = &sessions};
    BUF_SCOPE(texts, 1 << 22);

    talker_init(&t);
    assert_string_equal(talker_turn(w, &t, "hello"), "reply");
    sessions.conversation = conversation_of(w);
    assert_int_equal(writer_run(w->site.writer, &job), ERR_NONE);
    assert_int_equal(talker_read(w, &t, &texts), 2000);
    assert_int_equal(count_of(&texts, STR("answered")), 999);
    talker_done(&t);
}

/* Two tabs say their first words at once: one is told to say them again, and leaves no cell behind. */
static void
two_first_turns_at_once_leave_one_cell(void **state)
{
    struct world *w = *state;
    struct talker first, second;
    unsigned char slot[32];
    BUF_SCOPE(texts, 1 << 20);

    talker_init(&first);
    talker_seal(w, &first, "\"kind\":\"hello\",\"lang\":\"en\"");
    assert_string_equal(talker_send(w, &first, FAULT_ALLOC, 0), "hello");
    talker_twin(&second, &first);
    assert_string_equal(talker_turn(w, &second, "hello"), "reply");
    assert_string_equal(talker_turn(w, &first, "thank you"), "busy");
    assert_string_equal(talker_turn(w, &first, "thank you"), "reply");
    assert_int_equal(talker_read(w, &first, &texts), 4);
    struct conversation found = conversation_of(w);
    assert_int_equal(slots_get(w->site.slots, found.slot_cell, found.id, slot), ERR_NONE);
    assert_int_equal(cells_used(), 1);
    talker_twin_done(&second);
    talker_done(&first);
}

/* ---- the guard ---- */

static void
a_card_is_refused_and_kept_nowhere(void **state)
{
    struct world *w = *state;
    struct talker t;
    BUF_SCOPE(texts, 1 << 20);

    talker_init(&t);
    assert_string_equal(talker_turn(w, &t, "hello"), "reply");
    assert_string_equal(talker_turn(w, &t, "my card 4111 1111 1111 1111 was charged twice"), "refused");
    assert_int_equal(count_of(&t.reply, STR("\"type\":\"CARD\"")), 1);
    assert_int_equal(count_of(&t.reply, STR("payment card number")), 1);
    assert_string_equal(talker_turn(w, &t, "4111 1111"), "reply");
    assert_string_equal(talker_turn(w, &t, "1111 1111"), "refused");
    assert_string_equal(talker_turn(w, &t, "what are your opening hours?"), "reply");
    assert_int_equal(talker_read(w, &t, &texts), 6);
    assert_int_equal(count_of(&texts, STR("4111 1111")), 1); /* the first half of the second card */
    assert_int_equal(count_of(&texts, STR("charged twice")), 0);
    talker_done(&t);
}

static void
a_secret_is_taken_out_before_anything_is_kept(void **state)
{
    struct world *w = *state;
    struct talker t;
    BUF_SCOPE(texts, 1 << 20);

    talker_init(&t);
    assert_string_equal(talker_turn(w, &t, "I cannot log in, my password is hunter2xyz"), "reply");
    assert_int_equal(count_of(&t.reply, STR("I recognised a password")), 1);
    assert_string_equal(talker_turn(w, &t, "my name is Ada Lovelace, mail ada@example.com"), "reply");
    assert_int_equal(talker_read(w, &t, &texts), 4);
    assert_int_equal(count_of(&texts, STR("hunter2xyz")), 0);
    assert_int_equal(count_of(&texts, STR("[PASSWORD]")), 1);
    assert_int_equal(count_of(&texts, STR("Ada Lovelace, mail ada@example.com")), 1); /* sealed to the visitor, as typed */
    talker_done(&t);
}

/* Whatever it is made of, a message of the greatest length is answered. */
static void
the_longest_messages_fit_the_arena(void **state)
{
    static const char *const pieces[] = {"a", "\u00e9", "\U0001F600", "%41", "5 ", "i ", "aWdu", "&#x41;", "&lt;", "ж ", "\uFF11", "{", "John Smith, 12 High Street. "};
    static char text[4 * PLAIN_POINTS_MAX + 1];
    struct world *w = *state;
    struct talker t;

    talker_init(&t);
    for (size_t k = 0; k < sizeof pieces / sizeof *pieces; k++) {
        size_t piece = strlen(pieces[k]), points = str_utf8_count(str_from(pieces[k])), used = 0;
        for (size_t n = 0; n + points <= PLAIN_POINTS_MAX; n += points, used += piece)
            memcpy(text + used, pieces[k], piece);
        text[used] = 0;
        if (strcmp(talker_turn(w, &t, text), "reply") != 0)
            fail_msg("no answer to %s", pieces[k]);
    }
    talker_done(&t);
}

/* ---- the number ---- */

static void
a_warm_turn_allocates_nine_times_at_most(void **state)
{
    struct world *w = *state;
    struct talker t;
    unsigned char id[16];
    uint64_t most = 0;

    talker_init(&t);
    for (int i = 0; i < 8; i++) {
        rand_bytes(id, sizeof id);
        talker_say(w, &t, id, i % 2 ? "what are your opening hours?" : "lamps under 50 euros");
        uint64_t before = alloc_count();
        struct turn_answer answer;
        must(turn_run(&w->site, &w->room, buf_str(&t.body), &answer));
        uint64_t made = alloc_count() - before;
        assert_int_equal(answer.refusal, REFUSAL_NONE);
        assert_int_equal(visitor_reply(&t.visitor, answer.body, &t.reply), ERR_NONE);
        t.needs_proof = false;
        turn_end(&w->site, &w->room, &answer);
        if (i >= 4 && made > most)
            most = made;
    }
    /* Seven of them are the notice's text, whose buffer grows in each turn only to be hashed; the arena's own is the worker's. */
    print_message("           %llu allocations\n", (unsigned long long)most);
    assert_true(most <= 9);
    talker_done(&t);
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(a_first_turn_survives_each_failed_allocation),
        IN_WORLD(a_first_turn_survives_each_failed_store_call),
        IN_WORLD(a_first_turn_survives_each_failed_file_call),
        IN_WORLD(a_turn_that_keeps_a_field_survives_each_failed_allocation),
        IN_WORLD(a_turn_that_keeps_a_field_survives_each_failed_store_call),
        IN_WORLD(a_turn_that_keeps_a_field_survives_each_failed_socket_call),
        IN_WORLD(pages_survive_each_failed_call),
        IN_WORLD(an_erasure_survives_each_failed_call),
        IN_WORLD(a_handshake_survives_each_failed_allocation),
        IN_WORLD(a_session_sees_what_another_one_of_its_device_wrote),
        IN_WORLD(looking_at_pages_makes_no_wrap),
        IN_WORLD(a_device_of_a_thousand_sessions_reads_all_of_them),
        IN_WORLD(two_first_turns_at_once_leave_one_cell),
        IN_WORLD(a_card_is_refused_and_kept_nowhere),
        IN_WORLD(a_secret_is_taken_out_before_anything_is_kept),
        IN_WORLD(the_longest_messages_fit_the_arena),
        IN_WORLD(a_warm_turn_allocates_nine_times_at_most),
    };
    return sodium_init() < 0 || aead_init() != ERR_NONE ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
