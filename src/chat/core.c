/* The core process. Each worker takes a message off front's socket, runs it to its end and answers; when all are at work, messages
 * wait in the socket, and front says BUSY when too many wait. Core opens no connection, listens nowhere and holds no long-term
 * key: it asks the vault. It ends itself when a commit fails, since nobody knows then what the disk holds. */
#include "chat/core.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/log.h"
#include "channel/handshake.h"
#include "chat/ask.h"
#include "chat/page.h"
#include "chat/program.h"
#include "chat/spending.h"
#include "chat/turn_pool.h"
#include "crypt/aead.h"
#include "engine/bot_check.h"
#include "engine/bot_watch.h"
#include "engine/words.h"
#include "proc/cage.h"
#include "proc/parent.h"
#include "store/driver_sqlite.h"
#include "store/migrate.h"
#include "vault/vault_serve.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define CORE_VAULT_WAIT_S 2
#define CORE_STACK_BYTES ((size_t)512 * 1024)
#define CORE_WATCH_MS 300
#define CORE_SWEEP_TICKS 17 /* about five seconds */
#define CORE_TRIM_TICKS 100 /* about half a minute */
#define CORE_RETAIN_TICKS 12000 /* about an hour */

struct core {
    const struct conf *conf;
    struct wire front, vault;
    pthread_mutex_t vault_lock, reader_lock;
    unsigned char *vault_room;
    uint64_t vault_id;
    struct site site;
    struct turn_pool *rooms;
    struct buf kept; /* answers of turns that are on disk, on their way to front; the writer's thread's */
    struct driver *writing, *reading;
    struct pii *pii;
    struct request *request;
    struct programs *programs;
    char link_origins[3 * CONF_TEXT_MAX + 3];
    struct spending spending;
};

/* One question to the vault, one answer; they take turns. A vault that has just started is asked again: its predecessor may have died
 * with the question. One that is silent is given up. */
static enum err
core_ask_vault(struct core *core, uint16_t type, str request, struct buf *answer)
{
    struct wire_message message = {.id = 0};
    enum err err;

    pthread_mutex_lock(&core->vault_lock);
    uint64_t id = ++core->vault_id;
    err = wire_send(&core->vault, type, id, request);
    while (err == ERR_NONE && message.id != id) {
        err = wire_recv(&core->vault, core->vault_room, &message);
        if (err == ERR_NONE && message.type == WIRE_STARTED)
            err = wire_send(&core->vault, type, id, request);
    }
    if (err == ERR_NONE)
        err = buf_add_str(answer, message.payload);
    alloc_wipe(core->vault_room, message.payload.len + 16);
    pthread_mutex_unlock(&core->vault_lock);
    return err;
}

static enum err
core_seal(void *context, str where, str value, struct buf *out)
{
    BUF_SCOPE(request, 16384);
    BUF_SCOPE(answer, 16384);

    TRY(buf_add_u16(&request, (uint16_t)where.len));
    TRY(buf_add_str(&request, where));
    TRY(buf_add_str(&request, value));
    TRY(core_ask_vault(context, WIRE_VAULT_SEAL, buf_str(&request), &answer));
    if (answer.len < 2 || answer.at[0] != ERR_NONE)
        return err_raise(ERR_IO, "core: the vault does not seal");
    return buf_add(out, answer.at + 1, answer.len - 1);
}

static void
core_send_many(struct core *core, struct buf *many)
{
    enum err err = wire_send_many(&core->front, many);

    if (err != ERR_NONE)
        LOG("answer_lost", log_err(err));
}

/* To front at once; or, with `many`, together with the answers of other turns. */
static void
core_answer_with(struct core *core, struct buf *many, uint64_t id, uint16_t status, enum wire_kind kind, str body)
{
    unsigned char head[3] = {(unsigned char)(status >> 8), (unsigned char)status, (unsigned char)kind};
    str start = str_bytes(head, sizeof head);
    enum err err = many ? wire_add(many, WIRE_ANSWER, id, start, body) : wire_send_headed(&core->front, WIRE_ANSWER, id, start, body);

    if (many && err == ERR_LIMIT && many->len > 0) {
        core_send_many(core, many);
        err = wire_add(many, WIRE_ANSWER, id, start, body);
    }
    if (err != ERR_NONE)
        LOG("answer_lost", log_err(err));
}

static void
core_answer(struct core *core, uint64_t id, uint16_t status, enum wire_kind kind, str body)
{
    core_answer_with(core, NULL, id, status, kind, body);
}

static void
core_refuse_with(struct core *core, struct buf *many, uint64_t id, enum refusal refusal)
{
    char body[64];
    int len = snprintf(body, sizeof body, "{\"error\":\"%s\"}", refusal_name(refusal));
    core_answer_with(core, many, id, refusal_status(refusal), WIRE_JSON, (str){body, (size_t)len});
}

static void
core_refuse(struct core *core, uint64_t id, enum refusal refusal)
{
    core_refuse_with(core, NULL, id, refusal);
}

static bool
core_origin_is_allowed(const struct core *core, str origin)
{
    str rest = str_from(core->conf->origins), one;

    if (str_is(origin, str_from(core->conf->origin)))
        return true;
    while (str_split(&rest, ' ', &one))
        if (one.len > 0 && str_is(origin, one))
            return true;
    return false;
}

static enum err
core_welcome(struct core *core, struct handshake_welcome *out)
{
    const struct bot *bot = NULL;

    *out = (struct handshake_welcome){.time_ms = clock_unix_ms(), .request_bytes_max = 65536, .session_seconds = 86400,
                                      .retention_days = (uint16_t)core->conf->retention_days};
    TRY(bot_slot_take(core->site.bots, &bot));
    enum err err = site_notice_version(&core->site, bot, out->notice_version);
    bot_slot_release(core->site.bots, &bot);
    return err;
}

static enum refusal
core_open_in(struct core *core, str m1, unsigned char m2[321])
{
    struct vault_opened opened;
    struct handshake_welcome welcome;
    struct session *session = NULL;
    enum refusal refusal = REFUSAL_NONE;
    BUF_SCOPE(answer, 4096);

    if (core_ask_vault(core, WIRE_VAULT_OPEN, m1, &answer) != ERR_NONE)
        return REFUSAL_BUSY;
    enum err err = vault_serve_parse_opened(buf_str(&answer), &opened);
    if (err != ERR_NONE)
        return err == ERR_ABSENT ? REFUSAL_UNKNOWN_KEY : REFUSAL_BAD_SEAL;
    if (!core_origin_is_allowed(core, str_bytes(opened.origin, opened.origin_len)))
        refusal = REFUSAL_FOREIGN_ORIGIN;
    else if (core_welcome(core, &welcome) != ERR_NONE || session_add(core->site.sessions, 0, &session) != ERR_NONE)
        refusal = REFUSAL_BUSY;
    else if (handshake_accept(session, m1, &opened, &welcome, m2) != ERR_NONE)
        refusal = REFUSAL_BAD_SEAL;
    if (session) {
        session->is_ended = refusal != REFUSAL_NONE;
        session_give(core->site.sessions, &session);
    }
    alloc_wipe(&opened, sizeof opened);
    return refusal;
}

static void
core_open(struct core *core, uint64_t id, str m1)
{
    unsigned char m2[HANDSHAKE_M2_BYTES];
    enum refusal refusal = core_open_in(core, m1, m2);

    if (refusal != REFUSAL_NONE)
        core_refuse(core, id, refusal);
    else
        core_answer(core, id, 200, WIRE_OCTETS, str_bytes(m2, sizeof m2));
}

/* "identity":TEXT,"keys":TEXT,"manifest":TEXT,"root":VKEY */
static enum err
core_notes_json(const struct core *core, str notes, struct buf *json)
{
    static const char *const names[] = {"\"identity\":", ",\"keys\":", ",\"manifest\":"};
    struct view view = {(const unsigned char *)notes.at, notes.len};
    const unsigned char *at;
    uint32_t len = 0;
    uint8_t err = ERR_BUG;

    TRY(buf_view_u8(&view, &err));
    if (err != ERR_NONE)
        return err_raise(ERR_IO, "core: the vault gives no notes");
    for (size_t i = 0; i < 3; i++) {
        TRY(buf_view_u32(&view, &len));
        TRY(buf_view_bytes(&view, len, &at));
        TRY(buf_add_str(json, str_from(names[i])));
        TRY(notice_json(json, str_bytes(at, len)));
    }
    TRY(buf_add_str(json, STR(",\"root\":")));
    return notice_json(json, str_from(core->conf->root));
}

/* What anybody may know: the notes; with a language, the notice and the greeting too. */
static enum err
core_public(struct core *core, str language, struct buf *json)
{
    const struct bot *bot = NULL;
    BUF_SCOPE(notes, WIRE_PAYLOAD_MAX);

    TRY(core_ask_vault(core, WIRE_VAULT_NOTES, (str){"", 0}, &notes));
    TRY(buf_add_u8(json, '{'));
    TRY(core_notes_json(core, buf_str(&notes), json));
    if (language.len > 0) {
        TRY(bot_slot_take(core->site.bots, &bot));
        enum err err = buf_add_str(json, STR(",\"hello\":"));
        if (err == ERR_NONE)
            err = page_public(&core->site, bot, language, json);
        bot_slot_release(core->site.bots, &bot);
        TRY(err);
        TRY(buf_add_u8(json, '}'));
    }
    return buf_add_u8(json, '}');
}

static void
core_answer_public(struct core *core, uint64_t id, str language)
{
    BUF_SCOPE(json, WIRE_PAYLOAD_MAX);
    enum err err = core_public(core, language, &json);

    if (err != ERR_NONE)
        core_refuse(core, id, REFUSAL_BUSY);
    else
        core_answer(core, id, 200, WIRE_JSON, buf_str(&json));
}

static void
core_notice(struct core *core, uint64_t id, str language)
{
    const struct bot *bot = NULL;
    struct notice notice;
    BUF_SCOPE(html, 65536);

    if (bot_slot_take(core->site.bots, &bot) != ERR_NONE) {
        core_refuse(core, id, REFUSAL_BUSY);
        return;
    }
    site_notice(&core->site, bot, language, &notice);
    enum err err = notice_page(&notice, &html);
    bot_slot_release(core->site.bots, &bot);
    if (err != ERR_NONE)
        core_refuse(core, id, REFUSAL_BROKEN);
    else
        core_answer(core, id, 200, WIRE_HTML, buf_str(&html));
}

/* Nobody knows what the disk holds once a commit or a sync has failed: the next core reads it afresh. */
static void
core_end_when_broken(struct core *core)
{
    if (!writer_is_broken(core->site.writer) && !slots_is_lost(core->site.slots))
        return;
    LOG("commit_failed", log_int("pid", getpid()));
    _exit(74);
}

/* The request of a program is answered, and forgotten. */
static void
core_answer_program(struct core *core, uint64_t id, struct program **program)
{
    struct program_answer answer = program_answer(*program);

    core_answer(core, id, answer.status, answer.kind, answer.body);
    program_free(program);
}

static void
core_turn_over(struct core *core, struct buf *many, struct turn_room *room, struct turn_answer *answer)
{
    struct program *program = room->program;

    if (program) {
        program_end(program, room, answer);
        core_answer_program(core, room->asked, &program);
    } else if (answer->refusal != REFUSAL_NONE)
        core_refuse_with(core, many, room->asked, answer->refusal);
    else
        core_answer_with(core, many, room->asked, 200, WIRE_OCTETS, answer->body);
    turn_end(&core->site, room, answer);
    turn_pool_give(core->rooms, &room);
    core_end_when_broken(core);
}

/* In the writer's thread: what a turn has kept is on disk, and its visitor may see the answer. */
static void
core_turn_woken(void *context, struct turn_room *room)
{
    struct core *core = context;
    struct turn_answer answer;

    if (turn_resume(room, &answer))
        core_turn_over(core, &core->kept, room, &answer);
}

/* In the writer's thread: the answers of all that one commit has kept, in one message; and nothing of them stays on its stack. */
static void
core_turns_told(void *context)
{
    struct core *core = context;

    core_send_many(core, &core->kept);
    alloc_wipe_stack();
}

/* A full pool lets messages wait in the socket, and front says BUSY when too many do. */
static void
core_turn(struct core *core, const struct wire_message *message)
{
    struct turn_room *room = turn_pool_take(core->rooms);
    struct turn_answer answer;

    room->asked = message->id;
    if (turn_run(&core->site, room, message->payload, &answer))
        core_turn_over(core, NULL, room, &answer);
}

static void
core_program(struct core *core, const struct wire_message *message)
{
    struct program *program = NULL;
    struct turn_answer answer;
    bool needs_turn = false;

    if (program_begin(core->programs, message->payload, &program, &needs_turn) != ERR_NONE) {
        core_refuse(core, message->id, REFUSAL_BUSY);
        return;
    }
    if (!needs_turn) {
        core_answer_program(core, message->id, &program);
        core_end_when_broken(core);
        return;
    }
    struct turn_room *room = turn_pool_take(core->rooms);
    room->asked = message->id;
    room->program = program;
    if (program_run(program, room, &answer))
        core_turn_over(core, NULL, room, &answer);
}

static void *
core_work(void *context)
{
    struct core *core = context;
    struct wire_message message;
    void *piece = NULL;

    must(alloc_make(1, WIRE_PAYLOAD_MAX + 16, &piece) == ERR_NONE);
    for (;;) {
        enum err err = wire_recv(&core->front, piece, &message);
        if (err != ERR_NONE) {
            /* A core that lacks a thread, and then another, is worse than one that starts again. */
            LOG("front_lost", log_err(err));
            _exit(75);
        }
        if (message.type == WIRE_TURN)
            core_turn(core, &message);
        if (message.type == WIRE_OPEN)
            core_open(core, message.id, message.payload);
        if (message.type == WIRE_NOTES)
            core_answer_public(core, message.id, (str){"", 0});
        if (message.type == WIRE_PUBLIC)
            core_answer_public(core, message.id, message.payload);
        if (message.type == WIRE_NOTICE)
            core_notice(core, message.id, message.payload);
        if (message.type == WIRE_PROGRAM)
            core_program(core, &message);
        /* The turn may go on in the writer's thread; what it leaves in this one ends here. */
        alloc_wipe(piece, message.payload.len + 16);
        words_forget();
        alloc_wipe_stack();
    }
}

static void
core_refuse_bot(const struct bot_fault *fault)
{
    LOG("bot_refused", log_str("file", str_from(fault->file)), log_int("line", fault->line), log_int("column", fault->column),
        log_str("mistake", str_from(fault->text)));
}

/* Puts the folder's bot in service, or says what is wrong with it and leaves the old one there. */
static enum err
core_load_bot(struct core *core)
{
    struct bot *bot = NULL;
    struct bot_fault fault;
    uint64_t start = clock_steady_ms();

    enum err err = bot_make(core->conf->bot, &fault, &bot);
    if (err != ERR_NONE) {
        core_refuse_bot(&fault);
        return err;
    }
    struct bot_check_tools tools = {core->pii, core->request, str_from(core->link_origins), false};
    err = bot_check_run(bot, &tools, NULL, &fault);
    if (err == ERR_NONE)
        err = bot_slot_put(core->site.bots, &bot);
    if (err != ERR_NONE) {
        core_refuse_bot(&fault);
        bot_free(&bot);
        return err;
    }
    alloc_trim(); /* of what it was made from */
    LOG("bot_in_service", log_int("ms", (int64_t)(clock_steady_ms() - start)));
    return ERR_NONE;
}

struct core_retention {
    struct core *core;
    int64_t today;
    uint64_t conversations, fields; /* of this job */
};

static enum err
core_retain_job(struct driver *driver, void *context)
{
    struct core_retention *retention = context;
    struct core *core = retention->core;

    TRY(conversation_retain(driver, core->site.slots, retention->today - core->conf->retention_days, &retention->conversations));
    return field_retain(driver, retention->today, &retention->fields);
}

/* SLOTs that no row names. It reads beside the turns, a page at a time. */
static enum err
core_retain_cells(struct core *core, int64_t before_day, uint64_t *freed)
{
    struct conversation_cells cells = {.cell_count = slots_cell_count(core->site.slots)};
    void *used = NULL;
    enum err err = ERR_NONE;

    TRY(alloc_make((size_t)cells.cell_count / 8 + 1, 1, &used));
    cells.used = used;
    while (err == ERR_NONE && !cells.is_done) {
        pthread_mutex_lock(&core->reader_lock);
        err = conversation_mark_cells(core->reading, &cells);
        pthread_mutex_unlock(&core->reader_lock);
    }
    if (err == ERR_NONE)
        err = slots_retain(core->site.slots, cells.used, cells.cell_count, before_day, freed);
    alloc_free(&used);
    return err;
}

/* Job after job, so that visitors' turns come in between, until nothing is over its time. */
static enum err
core_retain_all(struct core *core, struct core_retention *total, uint64_t *cells)
{
    struct core_retention part = {.core = core, .today = total->today};
    struct writer_job job = {.run = core_retain_job, .context = &part, .scrubs = true};

    do {
        TRY(writer_run(core->site.writer, &job));
        total->conversations += part.conversations;
        total->fields += part.fields;
    } while (part.conversations > 0);
    return core_retain_cells(core, total->today - core->conf->retention_days, cells);
}

static void
core_retain(struct core *core)
{
    struct core_retention total = {.core = core, .today = (int64_t)(clock_unix_ms() / 86400000)};
    uint64_t cells = 0;

    enum err err = core_retain_all(core, &total, &cells);
    if (total.conversations + total.fields + cells > 0)
        LOG("retention", log_int("conversations", (int64_t)total.conversations), log_int("fields", (int64_t)total.fields),
            log_int("slots", (int64_t)cells));
    if (err != ERR_NONE)
        LOG("retention_failed", log_err(err));
    core_end_when_broken(core);
}

static void
core_keep_spending(struct core *core)
{
    struct writer_job job = {.run = spending_keep, .context = &core->spending};

    if (!spending_is_new(&core->spending))
        return;
    enum err err = writer_run(core->site.writer, &job);
    if (err != ERR_NONE)
        LOG("spending_not_kept", log_err(err));
    core_end_when_broken(core);
}

/* The main thread: saved bot files, sessions that are over, conversations that are. */
static _Noreturn void
core_watch(struct core *core)
{
    uint64_t known = 0, now = 0;

    (void)!bot_watch_get(core->conf->bot, &known);
    for (uint64_t tick = 0;; tick++) {
        struct timespec pause = {0, CORE_WATCH_MS * 1000000L};
        nanosleep(&pause, NULL);
        if (bot_watch_get(core->conf->bot, &now) == ERR_NONE && now != known) {
            known = now;
            (void)!core_load_bot(core);
        }
        if (tick % CORE_SWEEP_TICKS == 0) {
            session_sweep(core->site.sessions);
            core_keep_spending(core);
        }
        if (tick % CORE_RETAIN_TICKS == 1)
            core_retain(core);
        if (tick % CORE_TRIM_TICKS == CORE_TRIM_TICKS - 1)
            alloc_trim(); /* of sessions and cached answers that are over, of bots that were exchanged */
    }
}

static enum err
core_open_store(struct core *core)
{
    char path[CONF_TEXT_MAX + 16];

    snprintf(path, sizeof path, "%s/store.db", core->conf->data);
    TRY(driver_sqlite_open(path, &core->writing));
    TRY(migrate_run(core->writing));
    TRY(spending_load(core->writing, &core->spending));
    TRY(driver_sqlite_open(path, &core->reading));
    snprintf(path, sizeof path, "%s/slots", core->conf->data);
    TRY(slots_open(path, &core->site.slots));
    core->site.reader = core->reading;
    core->site.reader_lock = &core->reader_lock;
    struct writer_setup setup = {core->writing, (size_t)core->conf->queue_max, slots_sync, core->site.slots, core_turns_told, core};
    return writer_make(&setup, &core->site.writer);
}

static enum err
core_start_workers(struct core *core)
{
    pthread_attr_t attributes;
    pthread_t thread;
    bool done = pthread_attr_init(&attributes) == 0 && pthread_attr_setstacksize(&attributes, CORE_STACK_BYTES) == 0;

    for (int64_t i = 0; i < core->conf->threads_core && done; i++)
        done = pthread_create(&thread, &attributes, core_work, core) == 0;
    return done ? ERR_NONE : err_raise(ERR_MEMORY, "core: no threads");
}

static str
core_home(const struct conf *conf)
{
    str rest = str_from(conf->home[0] ? conf->home : conf->origins), one = {"", 0};

    while (one.len == 0 && str_split(&rest, ' ', &one))
        continue;
    return one.len > 0 ? one : str_from(conf->origin);
}

static enum err
core_start(struct core *core)
{
    const struct conf *conf = core->conf;
    void *piece = NULL;

    core->vault = (struct wire){.fd = PARENT_FD_CORE_VAULT, .me = WIRE_CORE, .peer = WIRE_VAULT};
    pthread_mutex_init(&core->vault_lock, NULL);
    pthread_mutex_init(&core->reader_lock, NULL);
    TRY(alloc_make(1, WIRE_PAYLOAD_MAX + 16, &piece));
    core->vault_room = piece;
    core->vault_id = clock_unix_ms() << 20; /* no answer to a predecessor's question fits */
    core->site.name = str_from(conf->site);
    core->site.operator = str_from(conf->operator);
    core->site.contact = str_from(conf->contact);
    core->site.home = core_home(conf);
    core->site.retention_days = (unsigned)conf->retention_days;
    core->site.seal = core_seal;
    core->site.seal_context = core;
    core->site.woken = core_turn_woken;
    core->site.woken_context = core;
    buf_init(&core->kept, WIRE_MANY_MAX);
    struct timeval wait = {CORE_VAULT_WAIT_S, 0};
    if (setsockopt(core->vault.fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait) != 0)
        return err_raise(ERR_IO, "core: no time limit on the vault");
    ask_init();
    TRY(aead_init());
    TRY(turn_pool_make((size_t)conf->turns_max, &core->rooms));
    TRY(pii_make(&core->pii));
    core->site.pii = core->pii;
    TRY(request_make(&core->request));
    snprintf(core->link_origins, sizeof core->link_origins, "%s %s %s", conf->origin, conf->origins, conf->home);
    TRY(quota_make(conf, &core->site.quota));
    core->spending = (struct spending){core->site.quota, core->site.name, 0};
    TRY(session_table_make((size_t)conf->sessions_max, &core->site.sessions));
    TRY(bot_slot_make(&core->site.bots));
    TRY(program_all_make(&core->site, str_from(conf->origin), (unsigned)conf->program_turns_per_s, &core->programs));
    TRY(core_open_store(core)); /* before the bot, which costs more: a store that can't be opened ends this */
    return core_load_bot(core);
}

enum err
core_run(const struct conf *conf)
{
    static struct core core;
    struct cage cage = {WIRE_CORE, conf->data, conf->bot, NULL, strcmp(conf->landlock, "require") == 0};

    core.conf = conf;
    core.front = (struct wire){.fd = PARENT_FD_CORE_FRONT, .me = WIRE_CORE, .peer = WIRE_FRONT};
    signal(SIGPIPE, SIG_IGN);
    /* At once: who asked the predecessor is told to ask again, and does not wait until this one serves, which it may never do. */
    TRY(wire_send(&core.front, WIRE_STARTED, 0, (str){"", 0}));
    TRY(core_start(&core));
    TRY(cage_enter(&cage));
    TRY(core_start_workers(&core));
    TRY(parent_child_ready(WIRE_CORE));
    core_watch(&core);
}
