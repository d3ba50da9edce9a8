/* One turn. The table at the end of this page is the turn, from its top to its bottom; a step hands a room just what it needs and
 * says go on or end. Nothing here outlives the turn but what `keep` has sealed and committed. It never logs a word of it. */
#include "chat/turn.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/rand.h"
#include "channel/handshake.h"
#include "channel/pad.h"
#include "chat/ask.h"
#include "chat/page.h"
#include "crypt/base64.h"
#include "guard/plain.h"

#include <string.h>

enum turn_next { TURN_GO, TURN_END };

struct turn {
    const struct turn_site *site;
    struct turn_room *room;
    struct session *session;
    const struct bot *bot;
    struct record_request request;
    struct ask ask;
    enum refusal refusal;
    str body, text, cached;
    struct dialogue *dialogue;
    struct grasp grasp;
    struct decision decision;
    struct recall recall;
    uint64_t now_ms;
};

/* The answer is one of the protocol's error names, sealed like any other. */
static enum turn_next
turn_fail(struct turn *turn, const char *name)
{
    buf_reset(&turn->room->reply);
    if (buf_add_text(&turn->room->reply, "{\"v\":1,\"kind\":\"error\",\"error\":\"%s\"}", name) != ERR_NONE)
        turn->refusal = REFUSAL_BROKEN;
    return TURN_END;
}

static enum turn_next
turn_broken(struct turn *turn, const char *step, enum err err)
{
    LOG("turn_failed", log_str("step", str_from(step)), log_err(err));
    return turn_fail(turn, err == ERR_BUSY || err == ERR_IO ? "busy" : "broken");
}

static enum turn_next
turn_open(struct turn *turn)
{
    unsigned char id[16];

    if (record_session_id(turn->body, id) != ERR_NONE) {
        turn->refusal = REFUSAL_BAD_REQUEST;
        return TURN_END;
    }
    enum err err = session_take(turn->site->sessions, id, &turn->session);
    if (err != ERR_NONE) {
        turn->refusal = err == ERR_BUSY ? REFUSAL_BUSY : REFUSAL_UNKNOWN_SESSION;
        return TURN_END;
    }
    if (record_open(turn->session, turn->room->arena, turn->body, &turn->request, &turn->refusal) != ERR_NONE)
        return TURN_END;
    turn->cached = turn->request.cached;
    return turn->cached.len > 0 ? TURN_END : TURN_GO;
}

static enum turn_next
turn_admit(struct turn *turn)
{
    struct session *session = turn->session;

    if (ask_parse(turn->room->arena, record_words(turn->request.words), &turn->ask) != ERR_NONE)
        return turn_fail(turn, "bad-request");
    if (!session->is_proven) {
        if (!turn->ask.has_proof || handshake_check_proof(session, turn->ask.proof) != ERR_NONE) {
            session->is_ended = true;
            turn->refusal = REFUSAL_BAD_PROOF;
            return TURN_END;
        }
        session->is_proven = true;
    }
    if (bot_slot_take(turn->site->bots, &turn->bot) != ERR_NONE)
        return turn_fail(turn, "busy");
    return TURN_GO;
}

/* Takes the place where the store says that this device's conversation stands. A new one gets its random id here and its rows with
 * the first turn that is kept. */
static enum err
turn_place_take(struct turn *turn, const struct conversation *found)
{
    struct session *session = turn->session;
    struct entry_chain chain = {.n = 0};

    if (found) {
        TRY(slots_get(turn->site->slots, found->slot_cell, found->id, chain.slot));
        memcpy(chain.conversation, found->id, 16);
        memcpy(chain.previous, found->last_hash, 32);
        chain.n = found->entries;
    } else {
        rand_bytes(chain.conversation, 16);
    }
    session->chain = chain;
    session->slot_cell = found ? found->slot_cell : -1;
    session->is_placed = true;
    session->is_chained = false;
    alloc_wipe(&chain, sizeof chain);
    return ERR_NONE;
}

/* Said words go where this session left off: the store refuses a place that another session has taken since. What is shown is what is
 * there now. A place that is still right is kept, and its chain key with it. */
static enum err
turn_place(struct turn *turn)
{
    struct session *session = turn->session;
    struct conversation found;

    if (session->is_placed && turn->ask.kind == ASK_SAY)
        return ERR_NONE;
    pthread_mutex_lock(turn->site->reader_lock);
    enum err err = conversation_find(turn->site->reader, turn->site->name, session->device_tag, &found);
    pthread_mutex_unlock(turn->site->reader_lock);
    if (err != ERR_NONE && err != ERR_ABSENT)
        return err;
    bool is_there = err == ERR_NONE;
    bool is_right = session->is_placed && session->chain.n == (is_there ? found.entries : 0) &&
                    (!is_there || memcmp(session->chain.conversation, found.id, 16) == 0);
    return is_right ? ERR_NONE : turn_place_take(turn, is_there ? &found : NULL);
}

/* Greeting, history and erasure end the turn here; what is said goes on. */
static enum turn_next
turn_page(struct turn *turn)
{
    struct page page = {turn->site, turn->bot, turn->session, turn->room, turn->ask.language, turn->ask.from};
    enum err err = turn_place(turn);

    if (err == ERR_ABSENT && turn->ask.kind != ASK_ERASE)
        return turn_fail(turn, "erased");
    if (err != ERR_NONE && err != ERR_ABSENT)
        return turn_broken(turn, "place", err);
    err = ERR_NONE;
    if (turn->ask.kind == ASK_HELLO)
        err = page_hello(&page);
    if (turn->ask.kind == ASK_HISTORY)
        err = page_history(&page);
    if (turn->ask.kind == ASK_ERASE)
        err = page_erase(&page);
    if (err != ERR_NONE)
        return turn_broken(turn, "page", err);
    return turn->ask.kind == ASK_SAY ? TURN_GO : TURN_END;
}

/* GDPR article 6(1)(b): the visitor asks for an answer, and has been shown this very notice. */
static enum turn_next
turn_consent(struct turn *turn)
{
    struct turn_room *room = turn->room;

    if (room->notice_bot != bot_hash(turn->bot)) {
        enum err err = turn_notice_version(turn->site, turn->bot, room->notice_version);
        if (err != ERR_NONE)
            return turn_broken(turn, "consent", err);
        room->notice_bot = bot_hash(turn->bot);
    }
    return memcmp(room->notice_version, turn->ask.notice, 8) == 0 ? TURN_GO : turn_fail(turn, "notice-changed");
}

static enum turn_next
turn_plain(struct turn *turn)
{
    enum err err = plain_take(turn->room->arena, turn->ask.text, &turn->text);
    if (err == ERR_LIMIT)
        return turn_fail(turn, "too-long");
    return err == ERR_NONE && turn->text.len > 0 ? TURN_GO : turn_fail(turn, "bad-request");
}

static enum turn_next
turn_recollect(struct turn *turn)
{
    struct session *session = turn->session;
    struct buf *state = &turn->room->state;

    buf_reset(state);
    enum err err = turn->ask.state.len == 0 ? ERR_ABSENT
                                            : entry_state_open(session->state_key, session->chain.conversation, session->chain.n,
                                                               turn->ask.state, state);
    if (err != ERR_NONE && err != ERR_ABSENT && err != ERR_INPUT)
        return turn_broken(turn, "recollect", err);
    if (err != ERR_NONE)
        buf_reset(state); /* none, too old, or not ours: the dialogue begins afresh */
    err = dialogue_parse(turn->room->arena, turn->bot, buf_str(state), &turn->dialogue);
    return err == ERR_NONE ? TURN_GO : turn_broken(turn, "recollect", err);
}

static enum turn_next
turn_grasp(struct turn *turn)
{
    struct grasp_input input = {turn->text, turn->ask.payload, turn->ask.language, turn->ask.zone_minutes, turn->now_ms};
    enum err err = grasp_run(turn->bot, turn->room->arena, &input, turn->dialogue, &turn->grasp);
    return err == ERR_NONE ? TURN_GO : turn_broken(turn, "grasp", err);
}

static enum turn_next
turn_decide(struct turn *turn)
{
    enum err err = decide_run(turn->bot, turn->room->arena, &turn->grasp, turn->dialogue, &turn->decision);
    return err == ERR_NONE ? TURN_GO : turn_broken(turn, "decide", err);
}

static enum turn_next
turn_recall(struct turn *turn)
{
    enum err err = recall_run(turn->bot, turn->room->arena, &turn->grasp, &turn->decision, &turn->recall);
    return err == ERR_NONE ? TURN_GO : turn_broken(turn, "recall", err);
}

static enum err
turn_write_in(struct turn *turn)
{
    struct session *session = turn->session;
    struct turn_room *room = turn->room;
    uint32_t n = session->chain.n;

    buf_reset(&room->reply);
    TRY(buf_add_str(&room->reply, STR("{\"v\":1,\"kind\":\"reply\",\"id\":\"")));
    TRY(base64_write(&room->reply, BASE64_URL, str_bytes(turn->ask.message, 16)));
    TRY(buf_add_text(&room->reply, "\",\"n\":%u,\"at\":%llu,\"lang\":\"%.*s\",\"messages\":", n + 1,
                     (unsigned long long)turn->now_ms / 1000, STR_ARG(bot_language(turn->bot, turn->grasp.language))));
    TRY(reply_write(turn->bot, &turn->grasp, &turn->decision, &turn->recall, turn->dialogue, &room->reply));
    buf_reset(&room->state);
    buf_reset(&room->sealed_state);
    TRY(dialogue_write(turn->dialogue, &room->state));
    TRY(entry_state_seal(session->state_key, session->chain.conversation, n + 2, buf_str(&room->state), &room->sealed_state));
    TRY(buf_add_str(&room->reply, STR(",\"state\":\"")));
    TRY(base64_write(&room->reply, BASE64_URL, buf_str(&room->sealed_state)));
    return buf_add_str(&room->reply, STR("\"}"));
}

static enum turn_next
turn_write(struct turn *turn)
{
    enum err err = turn_write_in(turn);
    if (err == ERR_NONE && turn->room->reply.len > PAD_DATA_MAX)
        err = err_raise(ERR_LIMIT, "turn: the reply does not fit one entry");
    return err == ERR_NONE ? TURN_GO : turn_broken(turn, "write", err);
}

/* The fields that the flow may keep, sealed by the vault. */
static enum err
turn_seal_fields(struct turn *turn, struct field fields[DECISION_KEEPS_MAX], int64_t day)
{
    size_t from[DECISION_KEEPS_MAX + 1] = {0};
    struct buf *sealed = &turn->room->fields;
    const struct entry_chain *chain = &turn->session->chain;
    BUF_SCOPE(where, 1024);

    buf_reset(sealed);
    for (size_t i = 0; i < turn->decision.keep_count; i++) {
        const struct decision_keep *keep = &turn->decision.keeps[i];
        buf_reset(&where);
        TRY(field_where(&where, chain->slot, str_bytes(chain->conversation, 16), keep->field));
        TRY(turn->site->seal(turn->site->seal_context, buf_str(&where), keep->value, sealed));
        from[i + 1] = sealed->len;
    }
    for (size_t i = 0; i < turn->decision.keep_count; i++) {
        const struct decision_keep *keep = &turn->decision.keeps[i];
        fields[i] = (struct field){.name = keep->field, .day = day, .until_day = day + bot_field_days(turn->bot, keep->index),
                                   .sealed = str_slice(buf_str(sealed), from[i], from[i + 1] - from[i])};
    }
    return ERR_NONE;
}

/* The visitor's own entry: {"at":…,"id":…,"text":…}. */
static enum err
turn_write_said(struct turn *turn, struct buf *out)
{
    TRY(buf_add_text(out, "{\"at\":%llu,\"id\":\"", (unsigned long long)turn->now_ms / 1000));
    TRY(base64_write(out, BASE64_URL, str_bytes(turn->ask.message, 16)));
    TRY(buf_add_str(out, STR("\",\"text\":")));
    TRY(notice_json(out, turn->text));
    return buf_add_u8(out, '}');
}

static enum err
turn_append(struct driver *driver, void *context)
{
    return conversation_append(driver, context);
}

static enum err
turn_keep_in(struct turn *turn, struct entry_chain *chain)
{
    struct session *session = turn->session;
    unsigned char wrap[ENTRY_WRAP_BYTES], commit[2][ENTRY_COMMIT_BYTES];
    struct field fields[DECISION_KEEPS_MAX];
    struct turn_room *room = turn->room;
    uint32_t n = chain->n;
    int64_t day = (int64_t)(turn->now_ms / 86400000);

    if (session->slot_cell < 0)
        TRY(slots_add(turn->site->slots, chain->conversation, &session->slot_cell, session->chain.slot));
    memcpy(chain->slot, session->chain.slot, sizeof chain->slot);
    if (!session->is_chained)
        TRY(entry_wrap(chain, session->history, wrap));
    for (int i = 0; i < 2; i++)
        buf_reset(&room->ct[i]);
    buf_reset(&room->state);
    TRY(turn_write_said(turn, &room->state));
    TRY(entry_seal(chain, 'v', buf_str(&room->state), commit[0], &room->ct[0]));
    TRY(entry_seal(chain, 'b', buf_str(&room->reply), commit[1], &room->ct[1]));
    TRY(turn_seal_fields(turn, fields, day));
    struct conversation_turn kept = {.site = turn->site->name, .device_tag = session->device_tag, .id = chain->conversation,
                                     .slot_cell = session->slot_cell, .n = n, .wrap = session->is_chained ? NULL : wrap,
                                     .message = turn->ask.message, .commit = {commit[0], commit[1]},
                                     .ct = {buf_str(&room->ct[0]), buf_str(&room->ct[1])}, .last_hash = chain->previous,
                                     .day = day, .fields = fields, .field_count = turn->decision.keep_count};
    struct writer_job job = {.run = turn_append, .context = &kept};
    return writer_run(turn->site->writer, &job);
}

/* A conversation that got its SLOT here and whose first turn the store refused: no row will ever name that cell. */
static void
turn_free_slot(struct turn *turn)
{
    struct session *session = turn->session;
    enum err err = slots_erase(turn->site->slots, session->slot_cell, session->chain.conversation);

    if (err != ERR_NONE)
        LOG("slot_left", log_err(err)); /* until retention finds it */
    session->slot_cell = -1;
}

/* Refused by the store: the message was kept before (a lost answer), or another session of this device was faster. */
static enum turn_next
turn_keep_refused(struct turn *turn)
{
    uint32_t n = 0;
    struct session *session = turn->session;

    pthread_mutex_lock(turn->site->reader_lock);
    enum err err = conversation_find_message(turn->site->reader, turn->site->name, str_bytes(session->chain.conversation, 16),
                                             str_bytes(turn->ask.message, 16), &n);
    pthread_mutex_unlock(turn->site->reader_lock);
    session->is_placed = false;
    if (err == ERR_ABSENT && session->chain.n == 0)
        turn_free_slot(turn);
    if (err != ERR_NONE)
        return turn_fail(turn, "busy"); /* the widget sends it again, at the new place */
    buf_reset(&turn->room->reply);
    err = buf_add_text(&turn->room->reply, "{\"v\":1,\"kind\":\"kept\",\"n\":%u}", n + 1);
    return err == ERR_NONE ? TURN_END : turn_broken(turn, "keep", err);
}

static enum turn_next
turn_keep(struct turn *turn)
{
    struct entry_chain chain = turn->session->chain;
    enum err err = turn_keep_in(turn, &chain);

    if (err == ERR_NONE) {
        turn->session->chain = chain;
        turn->session->is_chained = true;
    }
    alloc_wipe(&chain, sizeof chain);
    if (err == ERR_DENIED)
        return turn_keep_refused(turn);
    return err == ERR_NONE ? TURN_GO : turn_broken(turn, "keep", err);
}

static const struct turn_step {
    const char *name;
    enum turn_next (*run)(struct turn *turn);
} steps[] = {
    {"open", turn_open},           /* channel  frame → said */
    {"admit", turn_admit},         /* chat     a request, from the device that shook hands */
    {"page", turn_page},           /* chat     hello, history, erase end here */
    {"consent", turn_consent},     /* rights   this visitor was shown this notice */
    {"plain", turn_plain},         /* guard    said → text */
    {"recollect", turn_recollect}, /* channel  dialogue state, which only the client holds */
    {"grasp", turn_grasp},         /* engine   intent, entities */
    {"decide", turn_decide},       /* engine   flow step: say, ask, look up, recommend */
    {"recall", turn_recall},       /* engine   passages, products */
    {"write", turn_write},         /* engine   the reply */
    {"keep", turn_keep},           /* chat     sealed to its reader, on disk before the visitor sees it */
};

void
turn_run(const struct turn_site *site, struct turn_room *room, str body, struct turn_answer *answer)
{
    struct turn turn = {.site = site, .room = room, .body = body, .now_ms = clock_unix_ms()};

    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (steps[i].run(&turn) == TURN_END)
            break;
    *answer = (struct turn_answer){turn.refusal, turn.cached, turn.session};
    if (turn.refusal == REFUSAL_NONE && turn.cached.len == 0 &&
        record_reply(turn.session, turn.request.request_hash, buf_str(&room->reply), &answer->body) != ERR_NONE)
        answer->refusal = REFUSAL_BROKEN;
    bot_slot_release(site->bots, &turn.bot);
}

void
turn_end(const struct turn_site *site, struct turn_room *room, struct turn_answer *answer)
{
    struct buf *const bufs[] = {&room->reply, &room->state, &room->sealed_state, &room->ct[0], &room->ct[1], &room->fields};

    if (answer->session)
        session_give(site->sessions, &answer->session);
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
        buf_reset(bufs[i]);
    arena_reset(room->arena);
}

enum err
turn_talk(const struct bot *bot, struct turn_room *room, said text, str payload, str language, struct buf *blob)
{
    struct turn turn = {.room = room, .bot = bot};

    TRY(plain_take(room->arena, text, &turn.text));
    TRY(dialogue_parse(room->arena, bot, buf_str(blob), &turn.dialogue));
    TRY(grasp_run(bot, room->arena, &(struct grasp_input){.text = turn.text, .payload = payload, .language = language}, turn.dialogue, &turn.grasp));
    TRY(decide_run(bot, room->arena, &turn.grasp, turn.dialogue, &turn.decision));
    TRY(recall_run(bot, room->arena, &turn.grasp, &turn.decision, &turn.recall));
    buf_reset(&room->reply);
    TRY(reply_write(bot, &turn.grasp, &turn.decision, &turn.recall, turn.dialogue, &room->reply));
    buf_reset(blob);
    TRY(dialogue_write(turn.dialogue, blob));
    arena_reset(room->arena);
    return ERR_NONE;
}

enum err
turn_room_make(struct turn_room *room)
{
    buf_init(&room->reply, (size_t)1 << 20);
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
    buf_done(&room->state);
    buf_done(&room->sealed_state);
    buf_done(&room->ct[0]);
    buf_done(&room->ct[1]);
    buf_done(&room->fields);
}

void
turn_notice(const struct turn_site *site, const struct bot *bot, str language, struct notice *out)
{
    *out = (struct notice){.operator = site->operator, .contact = site->contact, .language = language, .days = site->retention_days};
    for (size_t i = 0; i < bot_field_count(bot) && i < NOTICE_FIELDS_MAX; i++)
        out->fields[out->field_count++] =
            (struct notice_field){bot_field_label(bot, i, language), bot_field_purpose(bot, i, language), bot_field_days(bot, i)};
}

enum err
turn_notice_version(const struct turn_site *site, const struct bot *bot, unsigned char version[8])
{
    struct notice notice;

    turn_notice(site, bot, STR("en"), &notice);
    return notice_version(&notice, version);
}
