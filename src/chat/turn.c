/* One turn. The table at the end of this page is the turn, from its top to its bottom; a step hands a room just what it needs and
 * says go on or end. Nothing here outlives the turn but what `keep` has sealed and committed. It never logs a word of it. */
#include "chat/turn.h"

#include "base/clock.h"
#include "base/log.h"
#include "channel/handshake.h"
#include "channel/pad.h"
#include "channel/record.h"
#include "chat/ask.h"
#include "chat/masking.h"
#include "chat/page.h"
#include "chat/place.h"
#include "crypt/base64.h"
#include "engine/trace.h"
#include "guard/inject.h"
#include "guard/output.h"
#include "guard/plain.h"
#include "guard/remark.h"

#include <string.h>

enum turn_next { TURN_GO, TURN_END, TURN_WAIT };

struct turn {
    const struct site *site;
    struct turn_room *room;
    struct session *session;
    const struct bot *bot;
    struct record_request request;
    struct ask ask;
    enum refusal refusal;
    str body, text, cached;
    struct dialogue *dialogue;
    str kept_aliases;
    struct inject inject; /* what the message may try; a model is asked nothing then */
    struct masking masking;
    str opened_state, *sources;
    size_t source_count;
    struct grasp grasp;
    struct decision decision;
    struct recall recall;
    struct turn_keeping *keeping;
    uint64_t now_ms;
    size_t step; /* the next one */
    bool is_open, is_fleeting; /* of turn_run_ask: not sealed; not kept */
};

/* What a turn hands to the writer. It lies in the arena until the disk has it. */
struct turn_keeping {
    struct entry_chain chain; /* as it stands after both entries */
    unsigned char wrap[ENTRY_WRAP_BYTES], commit[2][ENTRY_COMMIT_BYTES];
    struct field fields[DECISION_KEEPS_MAX];
    struct conversation_turn kept;
    struct writer_job job;
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

/* No room, or a disk that fails: what was said is not kept, so it is not answered. */
static enum turn_next
turn_not_kept(struct turn *turn, const char *step, enum err err)
{
    LOG("turn_failed", log_str("step", str_from(step)), log_err(err));
    return turn_fail(turn, "not-kept");
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

/* {"v":1,"kind":"error","error":"wait","seconds":N}: the same may be asked then. */
static enum turn_next
turn_fail_wait(struct turn *turn, uint64_t wait_ms)
{
    buf_reset(&turn->room->reply);
    if (buf_add_text(&turn->room->reply, "{\"v\":1,\"kind\":\"error\",\"error\":\"wait\",\"seconds\":%llu}",
                     (unsigned long long)(wait_ms + 999) / 1000) != ERR_NONE)
        turn->refusal = REFUSAL_BROKEN;
    return TURN_END;
}

static enum turn_next
turn_quota(struct turn *turn)
{
    struct quota_ask ask = {&turn->session->asked, str_bytes(turn->session->device_tag, 32), turn->ask.kind == ASK_SAY};
    uint64_t wait_ms = 0;

    if (!turn->site->quota)
        return TURN_GO;
    enum err err = quota_take(turn->site->quota, &ask, &wait_ms);
    if (err == ERR_LIMIT)
        return turn_fail_wait(turn, wait_ms);
    return err == ERR_NONE ? TURN_GO : turn_fail(turn, "spent");
}

/* Greeting, history and erasure end the turn here; what is said goes on. */
static enum turn_next
turn_page(struct turn *turn)
{
    struct page page = {turn->site, turn->bot, turn->session, turn->room, turn->ask.language, turn->ask.from};
    /* Said words go where this session left off; what is shown is what is there now. */
    bool is_placed = turn->ask.kind == ASK_SAY && turn->session->is_placed;
    enum err err = is_placed ? ERR_NONE : place_find(turn->site, turn->session);

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
        enum err err = site_notice_version(turn->site, turn->bot, room->notice_version);
        if (err != ERR_NONE)
            return turn_broken(turn, "consent", err);
        room->notice_bot = bot_hash(turn->bot);
    }
    return memcmp(room->notice_version, turn->ask.notice, 8) == 0 ? TURN_GO : turn_fail(turn, "notice-changed");
}

/* An alarm changes no answer of this bot, which reads nothing as an order. It is logged by kind, and it is there for whoever lets a model answer. */
static enum err
turn_alarm(struct turn *turn)
{
    char names[INJECT_NAMES_BYTES];

    TRY(inject_find(turn->room->arena, turn->ask.text, &turn->inject));
    if (turn->inject.kinds != 0)
        LOG("message_suspect", log_str("kinds", inject_names(&turn->inject, names)), log_int("encoded", turn->inject.is_encoded));
    return ERR_NONE;
}

static enum turn_next
turn_plain(struct turn *turn)
{
    enum err err = plain_take(turn->room->arena, turn->ask.text, &turn->text);
    if (err == ERR_NONE && turn_alarm(turn) != ERR_NONE)
        return turn_broken(turn, "plain", ERR_LIMIT);
    if (err == ERR_LIMIT)
        return turn_fail(turn, "too-long");
    return err == ERR_NONE && turn->text.len > 0 ? TURN_GO : turn_fail(turn, "bad-request");
}

/* What the client carries, opened: length(2) ‖ the dialogue ‖ pseudonyms. Whatever does not fit begins afresh. */
static enum err
turn_state_parse(struct turn *turn, str state)
{
    struct view view = {(const unsigned char *)state.at, state.len};
    const unsigned char *dialogue = NULL;
    uint16_t len = 0;

    if (state.len == 0 || buf_view_u16(&view, &len) != ERR_NONE || buf_view_bytes(&view, len, &dialogue) != ERR_NONE)
        view.len = len = 0;
    turn->kept_aliases = str_bytes(view.at, view.len);
    return dialogue_parse(turn->room->arena, turn->bot, str_bytes(dialogue, len), &turn->dialogue);
}

static enum err
turn_state_write(const struct turn *turn, struct buf *state)
{
    buf_reset(state);
    TRY(buf_add_u16(state, 0));
    TRY(dialogue_write(turn->dialogue, state));
    size_t len = state->len - 2;
    state->at[0] = (unsigned char)(len >> 8);
    state->at[1] = (unsigned char)len;
    return masking_write(&turn->masking, state);
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
    err = arena_take_str(turn->room->arena, buf_str(state), &turn->opened_state);
    if (err == ERR_NONE)
        err = turn_state_parse(turn, turn->opened_state);
    return err == ERR_NONE ? TURN_GO : turn_broken(turn, "recollect", err);
}

/* The language that a visitor is told something in before the message was understood. */
static str
turn_language(const struct turn *turn)
{
    str spoken = dialogue_language(turn->dialogue);
    return spoken.len > 0 ? spoken : turn->ask.language;
}

/* {"v":1,"kind":"refused",…}: nothing of the message goes on, nothing is kept, the dialogue stays where it is. */
static enum err
turn_write_refused(struct turn *turn)
{
    struct buf *reply = &turn->room->reply;
    char name[64];

    buf_reset(reply);
    TRY(buf_add_str(reply, STR("{\"v\":1,\"kind\":\"refused\",\"id\":\"")));
    TRY(base64_write(reply, BASE64_URL, str_bytes(turn->ask.message, 16)));
    TRY(buf_add_text(reply, "\",\"type\":\"%.*s\",\"messages\":[", STR_ARG(pii_type_name(turn->masking.mask.told_type, name))));
    TRY(masking_remark(&turn->masking, turn_language(turn), reply));
    return buf_add_str(reply, STR("]}"));
}

static enum turn_next
turn_mask(struct turn *turn)
{
    struct masking_input input = {turn->site->pii, turn->bot, turn->dialogue, turn->text, turn->ask.payload, turn->kept_aliases,
                                  &turn->session->tail};
    char name[64];
    enum err err = masking_run(turn->room->arena, &input, &turn->masking);

    if (err == ERR_DENIED)
        return turn_fail(turn, "bad-request");
    if (err != ERR_NONE)
        return turn_broken(turn, "mask", err);
    turn->text = turn->masking.text;
    if (!turn->masking.mask.is_refused)
        return TURN_GO;
    LOG("message_refused", log_str("type", pii_type_name(turn->masking.mask.told_type, name)));
    err = turn_write_refused(turn);
    return err == ERR_NONE ? TURN_END : turn_broken(turn, "mask", err);
}

static enum turn_next
turn_grasp(struct turn *turn)
{
    struct grasp_input input = {.text = turn->masking.text, .payload = turn->ask.payload, .language = turn->ask.language,
                                .zone_minutes = turn->ask.zone_minutes, .now_ms = turn->now_ms};
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

/* The reply's messages; before them, what the guard took out of the visitor's own. */
static enum err
turn_write_messages(struct turn *turn)
{
    struct buf *messages = &turn->room->messages, *rest = &turn->room->state;
    struct reply_source of = {turn->text, turn->masking.mask.text, &turn->decision, &turn->recall, turn->dialogue};

    TRY(reply_source_take(&of, turn->room->arena, &turn->sources, &turn->source_count));
    buf_reset(messages);
    if (!turn->masking.mask.is_told)
        return reply_write(turn->bot, &turn->grasp, &turn->decision, &turn->recall, turn->dialogue, messages);
    buf_reset(rest);
    TRY(reply_write(turn->bot, &turn->grasp, &turn->decision, &turn->recall, turn->dialogue, rest));
    TRY(buf_add_u8(messages, '['));
    TRY(masking_remark(&turn->masking, bot_language(turn->bot, turn->grasp.language), messages));
    TRY(buf_add_str(messages, rest->len > 2 ? STR(",") : STR("")));
    return buf_add(messages, rest->at + 1, rest->len - 1);
}

static enum turn_next
turn_write(struct turn *turn)
{
    enum err err = turn_write_messages(turn);
    if (err == ERR_NONE && turn->site->quota)
        quota_spend(turn->site->quota, QUOTA_ANSWER);
    return err == ERR_NONE ? TURN_GO : turn_broken(turn, "write", err);
}

/* Nothing of a stopped reply goes on: not its words, not what it would have kept, not where it led the dialogue. */
static enum err
turn_stop(struct turn *turn, enum output_kind kind)
{
    struct buf *messages = &turn->room->messages;
    BUF_SCOPE(words, 4096);

    LOG("reply_stopped", log_str("kind", str_from(output_kind_name(kind))));
    turn->decision.keep_count = 0;
    TRY(turn_state_parse(turn, turn->opened_state));
    TRY(remark_stopped_write(bot_language(turn->bot, turn->grasp.language), &words));
    buf_reset(messages);
    TRY(buf_add_str(messages, STR("[{\"blocks\":[{\"p\":[")));
    TRY(notice_json(messages, buf_str(&words)));
    return buf_add_str(messages, STR("]}]}]"));
}

static enum err
turn_vet_in(struct turn *turn)
{
    const struct output_rules *rules = bot_rules(turn->bot);
    struct output_input input = {buf_str(&turn->room->messages), turn->sources, turn->source_count, &turn->room->state};
    enum output_kind kind = OUTPUT_GOOD;

    if (!rules)
        return err_raise(ERR_BUG, "turn: a bot that was not checked is in service");
    TRY(output_check(rules, turn->room->arena, &input, &kind));
    return kind == OUTPUT_GOOD ? ERR_NONE : turn_stop(turn, kind);
}

static enum turn_next
turn_vet(struct turn *turn)
{
    enum err err = turn_vet_in(turn);
    return err == ERR_NONE ? TURN_GO : turn_broken(turn, "vet", err);
}

static enum err
turn_unmask_in(struct turn *turn)
{
    struct buf *reply = &turn->room->reply;

    buf_reset(reply);
    TRY(buf_add_str(reply, STR("{\"v\":1,\"kind\":\"reply\",\"id\":\"")));
    TRY(base64_write(reply, BASE64_URL, str_bytes(turn->ask.message, 16)));
    TRY(buf_add_text(reply, "\",\"n\":%u,\"at\":%llu,\"lang\":\"%.*s\",\"messages\":", turn->session->chain.n + 1,
                     (unsigned long long)turn->now_ms / 1000, STR_ARG(bot_language(turn->bot, turn->grasp.language))));
    for (size_t i = 0; i < turn->decision.keep_count; i++) {
        struct decision_keep *keep = &turn->decision.keeps[i];
        TRY(masking_restore_value(&turn->masking, turn->room->arena, keep->value, &keep->value));
    }
    return masking_restore(&turn->masking, buf_str(&turn->room->messages), reply);
}

static enum turn_next
turn_unmask(struct turn *turn)
{
    enum err err = turn_unmask_in(turn);
    return err == ERR_NONE ? TURN_GO : turn_broken(turn, "unmask", err);
}

static enum err
turn_carry_in(struct turn *turn)
{
    struct session *session = turn->session;
    struct turn_room *room = turn->room;

    buf_reset(&room->sealed_state);
    TRY(turn_state_write(turn, &room->state));
    TRY(entry_state_seal(session->state_key, session->chain.conversation, session->chain.n + 2, buf_str(&room->state),
                         &room->sealed_state));
    TRY(buf_add_str(&room->reply, STR(",\"state\":\"")));
    TRY(base64_write(&room->reply, BASE64_URL, buf_str(&room->sealed_state)));
    return buf_add_str(&room->reply, STR("\"}"));
}

static enum turn_next
turn_carry(struct turn *turn)
{
    enum err err = turn_carry_in(turn);
    if (err == ERR_NONE && turn->room->reply.len > PAD_DATA_MAX)
        err = err_raise(ERR_LIMIT, "turn: the reply does not fit one entry");
    return err == ERR_NONE ? TURN_GO : turn_broken(turn, "carry", err);
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
    TRY(notice_json(out, turn->masking.said));
    return buf_add_u8(out, '}');
}

static enum err
turn_append(struct driver *driver, void *context)
{
    return conversation_append(driver, context);
}

static enum err
turn_keep_in(struct turn *turn, struct turn_keeping *keeping)
{
    struct session *session = turn->session;
    struct turn_room *room = turn->room;
    struct entry_chain *chain = &keeping->chain;
    uint32_t n = session->chain.n;
    int64_t day = (int64_t)(turn->now_ms / 86400000);

    *chain = session->chain;
    if (!session->is_chained)
        TRY(entry_wrap(chain, session->history, keeping->wrap));
    for (int i = 0; i < 2; i++)
        buf_reset(&room->ct[i]);
    buf_reset(&room->state);
    TRY(turn_write_said(turn, &room->state));
    TRY(entry_seal(chain, 'v', buf_str(&room->state), keeping->commit[0], &room->ct[0]));
    TRY(entry_seal(chain, 'b', buf_str(&room->reply), keeping->commit[1], &room->ct[1]));
    TRY(turn_seal_fields(turn, keeping->fields, day));
    keeping->kept = (struct conversation_turn){.site = turn->site->name, .device_tag = session->device_tag, .id = chain->conversation,
                                               .slot_cell = session->slot_cell, .n = n, .wrap = session->is_chained ? NULL : keeping->wrap,
                                               .message = turn->ask.message, .is_first = !session->is_chained, .commit = {keeping->commit[0], keeping->commit[1]},
                                               .ct = {buf_str(&room->ct[0]), buf_str(&room->ct[1])}, .day = day,
                                               .row_day = session->row_day, .fields = keeping->fields, .field_count = turn->decision.keep_count};
    keeping->job = (struct writer_job){.run = turn_append, .context = &keeping->kept};
    return ERR_NONE;
}

static void
turn_woken(struct writer_job *job)
{
    struct turn_room *room = job->waiter;
    const struct site *site = room->turn->site;

    site->woken(site->woken_context, room);
}

/* On its way to the disk. From here to `kept` the turn belongs to the writer. */
static enum turn_next
turn_keep(struct turn *turn)
{
    struct session *session = turn->session;
    void *piece = NULL;

    if (turn->is_fleeting && turn->decision.keep_count == 0)
        return TURN_END;
    enum err err = ERR_NONE;
    if (session->slot_cell < 0)
        err = slots_add(turn->site->slots, session->chain.conversation, &session->slot_cell, session->chain.slot);
    if (err != ERR_NONE)
        return turn_not_kept(turn, "slot", err);
    err = arena_take(turn->room->arena, 1, sizeof(struct turn_keeping), &piece);
    turn->keeping = piece;
    if (err == ERR_NONE)
        err = turn_keep_in(turn, turn->keeping);
    if (err != ERR_NONE)
        return turn_broken(turn, "keep", err);
    struct writer_job *job = &turn->keeping->job;
    if (!turn->site->woken) {
        job->result = writer_run(turn->site->writer, job);
        return TURN_GO;
    }
    job->done = turn_woken;
    job->waiter = turn->room;
    err = writer_add(turn->site->writer, job);
    return err == ERR_NONE ? TURN_WAIT : turn_broken(turn, "keep", err);
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

/* On disk, or not. */
static enum turn_next
turn_kept(struct turn *turn)
{
    enum err err = turn->keeping->job.result;

    if (err == ERR_DENIED)
        return turn_keep_refused(turn);
    if (err != ERR_NONE)
        return turn_not_kept(turn, "kept", err == ERR_LIMIT ? err_raise(err, "turn: the disk is full") : err_raise(err, "turn: the store did not keep it"));
    turn->session->chain = turn->keeping->chain;
    turn->session->is_chained = true;
    turn->session->row_day = turn->keeping->kept.day;
    return TURN_GO;
}

static const struct turn_step {
    const char *name;
    enum turn_next (*run)(struct turn *turn);
} steps[] = {
    {"open", turn_open},           /* channel  frame → said */
    {"admit", turn_admit},         /* chat     a request, from the device that shook hands */
    {"quota", turn_quota},         /* guard    not more than this chat, this device and the site may */
    {"page", turn_page},           /* chat     hello, history, erase end here */
    {"consent", turn_consent},     /* rights   this visitor was shown this notice */
    {"plain", turn_plain},         /* guard    said → text */
    {"recollect", turn_recollect}, /* channel  dialogue state, which only the client holds */
    {"mask", turn_mask},           /* guard    personal data found, and dealt with as the policy says; refused words end here */
    {"grasp", turn_grasp},         /* engine   intent, entities */
    {"decide", turn_decide},       /* engine   flow step: say, ask, look up, recommend */
    {"recall", turn_recall},       /* engine   passages, products */
    {"write", turn_write},         /* engine   the reply */
    {"vet", turn_vet},             /* guard    asks for nothing it must not, links where it may, no value of anybody else */
    {"unmask", turn_unmask},       /* guard    this visitor's own values back, for this visitor only */
    {"carry", turn_carry},         /* channel  the next dialogue state, sealed for the client to keep */
    {"keep", turn_keep},           /* chat     sealed to its reader, handed to the writer */
    {"kept", turn_kept},           /* chat     on disk, before the visitor sees it */
};

/* Steps until the end, or until one waits; then nothing of the room may be touched any more: it may be at work again elsewhere. */
static bool
turn_go(struct turn *turn)
{
    enum turn_next next = TURN_GO;

    while (next == TURN_GO && turn->step < sizeof steps / sizeof *steps)
        next = steps[turn->step++].run(turn);
    return next != TURN_WAIT;
}

static void
turn_answer(struct turn *turn, struct turn_answer *answer)
{
    *answer = (struct turn_answer){turn->refusal, turn->is_open ? buf_str(&turn->room->reply) : turn->cached, turn->is_open ? NULL : turn->session};
    if (!turn->is_open && turn->refusal == REFUSAL_NONE && turn->cached.len == 0 &&
        record_reply(turn->session, turn->request.request_hash, buf_str(&turn->room->reply), &answer->body) != ERR_NONE)
        answer->refusal = REFUSAL_BROKEN;
    bot_slot_release(turn->site->bots, &turn->bot);
}

bool
turn_run(const struct site *site, struct turn_room *room, str body, struct turn_answer *answer)
{
    void *piece = NULL;

    *answer = (struct turn_answer){.refusal = REFUSAL_BROKEN};
    if (arena_take(room->arena, 1, sizeof(struct turn), &piece) != ERR_NONE)
        return true;
    room->turn = piece;
    *room->turn = (struct turn){.site = site, .room = room, .body = body, .now_ms = clock_unix_ms()};
    if (!turn_go(room->turn))
        return false;
    turn_answer(room->turn, answer);
    return true;
}

bool
turn_run_ask(const struct site *site, struct turn_room *room, const struct turn_asked *asked, struct turn_answer *answer)
{
    void *piece = NULL;

    *answer = (struct turn_answer){.refusal = REFUSAL_BROKEN};
    if (arena_take(room->arena, 1, sizeof(struct turn), &piece) != ERR_NONE)
        return true;
    struct turn *turn = room->turn = piece;
    *turn = (struct turn){.site = site, .room = room, .session = asked->session, .ask = *asked->ask, .now_ms = clock_unix_ms(),
                          .is_open = true, .is_fleeting = asked->is_fleeting};
    if (bot_slot_take(site->bots, &turn->bot) != ERR_NONE) {
        answer->refusal = REFUSAL_BUSY;
        return true;
    }
    if (turn_quota(turn) == TURN_GO) {
        while (steps[turn->step].run != turn_plain)
            turn->step++;
        if (!turn_go(turn))
            return false;
    }
    turn_answer(turn, answer);
    return true;
}

bool
turn_resume(struct turn_room *room, struct turn_answer *answer)
{
    if (!turn_go(room->turn))
        return false;
    turn_answer(room->turn, answer);
    return true;
}

void
turn_end(const struct site *site, struct turn_room *room, struct turn_answer *answer)
{
    if (answer->session)
        session_give(site->sessions, &answer->session);
    turn_room_wipe(room);
}

/* --- the terminal's turn: the same functions without channel and store, each timed --- */

static enum err
turn_talk_mask(struct turn *turn, const struct turn_talk *talk)
{
    struct masking_input input = {talk->pii, talk->bot, turn->dialogue, turn->text, talk->payload, turn->kept_aliases, NULL};

    return masking_run(turn->room->arena, &input, &turn->masking);
}

static enum err
turn_talk_plain(struct turn *turn, const struct turn_talk *talk)
{
    return plain_take(turn->room->arena, talk->text, &turn->text);
}

static enum err
turn_talk_recollect(struct turn *turn, const struct turn_talk *talk)
{
    (void)talk;
    return turn_state_parse(turn, turn->opened_state);
}

static enum err
turn_talk_grasp(struct turn *turn, const struct turn_talk *talk)
{
    struct grasp_input input = {.text = turn->masking.text, .payload = talk->payload, .language = talk->language, .now_ms = talk->now_ms};

    return grasp_run(turn->bot, turn->room->arena, &input, turn->dialogue, &turn->grasp);
}

static enum err
turn_talk_decide(struct turn *turn, const struct turn_talk *talk)
{
    (void)talk;
    return decide_run(turn->bot, turn->room->arena, &turn->grasp, turn->dialogue, &turn->decision);
}

static enum err
turn_talk_recall(struct turn *turn, const struct turn_talk *talk)
{
    (void)talk;
    return recall_run(turn->bot, turn->room->arena, &turn->grasp, &turn->decision, &turn->recall);
}

static enum err
turn_talk_write(struct turn *turn, const struct turn_talk *talk)
{
    (void)talk;
    return turn_write_messages(turn);
}

static enum err
turn_talk_vet(struct turn *turn, const struct turn_talk *talk)
{
    (void)talk;
    return turn_vet_in(turn);
}

static enum err
turn_talk_unmask(struct turn *turn, const struct turn_talk *talk)
{
    (void)talk;
    return masking_restore(&turn->masking, buf_str(&turn->room->messages), &turn->room->reply);
}

static const struct {
    const char *name;
    enum err (*run)(struct turn *turn, const struct turn_talk *talk);
} turn_talk_steps[] = {{"plain", turn_talk_plain}, {"recollect", turn_talk_recollect}, {"mask", turn_talk_mask},   {"grasp", turn_talk_grasp},
                       {"decide", turn_talk_decide}, {"recall", turn_talk_recall},     {"write", turn_talk_write}, {"vet", turn_talk_vet},
                       {"unmask", turn_talk_unmask}};

static enum err
turn_talk_trace(const struct turn *turn, const struct turn_talk *talk, const uint64_t *took_ns)
{
    struct trace_turn trace = {&turn->grasp, &turn->decision, &turn->recall, turn->dialogue};

    TRY(trace_write(turn->bot, &trace, talk->trace));
    TRY(buf_add_text(talk->trace, "  took    "));
    for (size_t i = 0; i < sizeof turn_talk_steps / sizeof *turn_talk_steps; i++)
        TRY(buf_add_text(talk->trace, " %s %.0f", turn_talk_steps[i].name, (double)took_ns[i] / 1000));
    return buf_add_text(talk->trace, " µs\n");
}

static enum err
turn_talk_refused(struct turn *turn, const struct turn_talk *talk)
{
    struct turn_room *room = turn->room;

    if (talk->trace)
        TRY(buf_add_text(talk->trace, "  refused   by the guard; nothing of it goes on\n"));
    TRY(buf_add_u8(&room->reply, '['));
    TRY(masking_remark(&turn->masking, talk->language, &room->reply));
    return buf_add_u8(&room->reply, ']');
}

static enum err
turn_talk_in(struct turn *turn, const struct turn_talk *talk, struct buf *blob)
{
    uint64_t took_ns[sizeof turn_talk_steps / sizeof *turn_talk_steps] = {0};

    buf_reset(&turn->room->reply);
    TRY(arena_take_str(turn->room->arena, buf_str(blob), &turn->opened_state));
    for (size_t i = 0; i < sizeof turn_talk_steps / sizeof *turn_talk_steps; i++) {
        uint64_t from_ns = clock_steady_ns();
        TRY(turn_talk_steps[i].run(turn, talk));
        took_ns[i] = clock_steady_ns() - from_ns;
        if (turn->masking.mask.is_refused)
            return turn_talk_refused(turn, talk);
    }
    if (talk->trace)
        TRY(turn_talk_trace(turn, talk, took_ns));
    return turn_state_write(turn, blob);
}

enum err
turn_talk(const struct turn_talk *talk, struct turn_room *room, struct buf *blob)
{
    struct turn turn = {.room = room, .bot = talk->bot};
    enum err err = turn_talk_in(&turn, talk, blob);

    arena_reset(room->arena);
    return err;
}
