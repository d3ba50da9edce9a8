/* One request of a program. What it says is treated as any visitor's words are; what it may, its key says. It keeps no key and no secret
 * between two requests, and logs neither. */
#include "chat/program.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/rand.h"
#include "channel/sender.h"
#include "chat/program_ask.h"
#include "chat/program_key.h"
#include "crypt/base64.h"
#include "crypt/hkdf.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#define PROGRAM_ARENA_BYTES ((size_t)512 * 1024) /* and for JSON in memory: */
#define PROGRAM_ARENA_RATIO 32                   /* times the request */
#define PROGRAM_LIMITS 64
#define PROGRAM_TOKEN_PREFIX STR("pvs_")
#define PROGRAM_TOKEN_BYTES ((size_t)80)
#define PROGRAM_STATE_MAX ((size_t)8192)

struct programs {
    const struct site *site;
    str origin;
    unsigned char token_key[32]; /* of this process: its session tokens end with it */
    uint64_t turns_per_s;
    pthread_mutex_t lock;
    struct program_limit {
        unsigned char id[8];
        uint64_t tokens, seen_ms; /* thousandths of a request */
    } limits[PROGRAM_LIMITS];
};

struct program {
    struct programs *all;
    struct arena *arena;
    enum program_route route;
    uint8_t flags;
    str authorization, body;
    struct program_key key;
    bool is_token; /* of a session, not a key */
    unsigned char token[80];
    struct sender sender;
    struct program_ask ask;
    struct session session;
    struct ask turn_ask;
    uint16_t status;
    enum wire_kind kind;
    struct buf answer, state;
    bool is_first;
    char notice_version[17];
};

enum err
program_all_make(const struct site *site, str origin, unsigned turns_per_s, struct programs **out)
{
    void *piece = NULL;

    TRY(alloc_make(1, sizeof(struct programs), &piece));
    struct programs *all = piece;
    *all = (struct programs){.site = site, .origin = origin, .turns_per_s = turns_per_s};
    rand_bytes(all->token_key, sizeof all->token_key);
    pthread_mutex_init(&all->lock, NULL);
    *out = all;
    return ERR_NONE;
}

void
program_all_free(struct programs **all)
{
    if (!*all)
        return;
    pthread_mutex_destroy(&(*all)->lock);
    alloc_wipe(*all, sizeof **all);
    alloc_free(all);
}

static enum program_shape
program_shape_of(enum program_route route)
{
    return route >= PROGRAM_COMPLETE ? PROGRAM_CHAT : PROGRAM_REST;
}

/* An error is an answer. */
static void
program_refuse(struct program *program, uint16_t status, const char *text, const char *member)
{
    program->status = status;
    program->kind = WIRE_JSON;
    buf_reset(&program->answer);
    if (program_reply_error(program_shape_of(program->route), status, text, member, &program->answer) != ERR_NONE)
        program->status = 500;
}

static void
program_broken(struct program *program, enum err err)
{
    LOG("program_failed", log_int("route", program->route), log_err(err));
    program_refuse(program, err == ERR_BUSY || err == ERR_IO || err == ERR_DENIED ? 503 : 500, NULL, NULL);
}

static enum err
program_parse(struct program *program, str payload)
{
    struct view view = {(const unsigned char *)payload.at, payload.len};
    const unsigned char *authorization = NULL;
    uint8_t route = 0;
    uint16_t len = 0;

    TRY(buf_view_u8(&view, &route));
    TRY(buf_view_u8(&view, &program->flags));
    TRY(buf_view_u16(&view, &len));
    TRY(buf_view_bytes(&view, len, &authorization));
    if (route < PROGRAM_HEALTH || route > PROGRAM_MODEL)
        return err_raise(ERR_INPUT, "program: no such route");
    program->route = (enum program_route)route;
    TRY(arena_take_str(program->arena, str_bytes(authorization, len), &program->authorization));
    return arena_take_str(program->arena, str_bytes(view.at, view.len), &program->body);
}

/* ---- who it is ---- */

/* As many requests as a key may make; a second's worth may come at once. Of two keys in one place the later one begins afresh. */
static bool
program_may_go(struct programs *all, const unsigned char id[8])
{
    uint64_t now = clock_steady_ms(), full = all->turns_per_s * 1000;
    struct program_limit *limit = &all->limits[id[0] % PROGRAM_LIMITS];

    pthread_mutex_lock(&all->lock);
    bool is_new = memcmp(limit->id, id, 8) != 0 || limit->seen_ms == 0;
    memcpy(limit->id, id, 8);
    uint64_t tokens = is_new ? full : limit->tokens + (now - limit->seen_ms) * all->turns_per_s;
    limit->seen_ms = now;
    limit->tokens = tokens < full ? tokens : full;
    bool may = limit->tokens >= 1000;
    limit->tokens -= may ? 1000 : 0;
    pthread_mutex_unlock(&all->lock);
    return may;
}

/* Bearer pvk_…, or Bearer pvs_…; both halves of the answer take the same time. */
static enum err
program_identify(struct program *program)
{
    const struct site *site = program->all->site;
    str bearer = str_slice(program->authorization, 0, 7), text = str_trim(str_slice(program->authorization, 7, program->authorization.len));
    enum err err = str_is_nocase(bearer, STR("Bearer ")) ? ERR_NONE : ERR_INPUT;

    program->is_token = str_has_prefix(text, PROGRAM_TOKEN_PREFIX);
    if (err == ERR_NONE && program->is_token)
        err = base64_parse_exact(BASE64_URL, str_slice(text, PROGRAM_TOKEN_PREFIX.len, text.len), program->token, PROGRAM_TOKEN_BYTES);
    else if (err == ERR_NONE)
        err = program_key_parse(text, &program->key);
    if (program->is_token)
        memcpy(program->key.id, program->token, 8);
    pthread_mutex_lock(site->reader_lock);
    enum err known = program->is_token ? program_key_check_id(site->reader, program->key.id) : program_key_check(site->reader, &program->key);
    pthread_mutex_unlock(site->reader_lock);
    if (known == ERR_ABSENT)
        return known; /* no key at all: there is no such interface */
    if (err != ERR_NONE)
        return err_raise(ERR_DENIED, "program: no key was given");
    return known;
}

static void
program_token_mac(const struct program *program, const unsigned char token[48], unsigned char mac[32])
{
    hkdf_mac(str_bytes(program->all->token_key, 32), HKDF_PIECES(STR("privet/1 session"), str_bytes(token, 48), program->ask.sender), mac);
}

/* The sender's secret: from the key, or from a token that was made for this very sender and is not over. */
static enum err
program_sender(struct program *program)
{
    unsigned char mac[32];
    uint64_t until_s = 0;

    if (!program->is_token)
        return sender_make(program->key.secret, program->all->site->name, program->ask.sender, &program->sender);
    program_token_mac(program, program->token, mac);
    for (int i = 0; i < 8; i++)
        until_s = until_s << 8 | program->token[8 + i];
    if (!str_is_equal_secret(str_bytes(mac, 32), str_bytes(program->token + 48, 32)) || until_s < clock_unix_ms() / 1000)
        return err_raise(ERR_DENIED, "program: a token of another sender, or one that is over");
    return sender_of_secret(program->token + 16, &program->sender);
}

/* ---- answers that need no turn ---- */

static enum err
program_session(struct program *program)
{
    unsigned char token[80];
    uint64_t until_s = clock_unix_ms() / 1000 + program->ask.seconds;

    memcpy(token, program->key.id, 8);
    for (int i = 0; i < 8; i++)
        token[8 + i] = (unsigned char)(until_s >> (56 - 8 * i));
    memcpy(token + 16, program->sender.secret, 32);
    program_token_mac(program, token, token + 48);
    TRY(buf_add_str(&program->answer, STR("{\"token\":\"pvs_")));
    enum err err = base64_write(&program->answer, BASE64_URL, str_bytes(token, sizeof token));
    alloc_wipe(token, sizeof token);
    TRY(err);
    TRY(buf_add_str(&program->answer, STR("\",\"sender\":")));
    TRY(notice_json(&program->answer, program->ask.sender));
    return buf_add_text(&program->answer, ",\"expires_at\":%llu}", (unsigned long long)until_s);
}

struct program_erasure {
    const struct program *program;
    uint32_t entries;
};

static enum err
program_erase_job(struct driver *driver, void *context)
{
    struct program_erasure *erasure = context;
    const struct site *site = erasure->program->all->site;
    return conversation_erase(driver, site->slots, site->name, erasure->program->sender.device_tag, &erasure->entries);
}

static enum err
program_erase(struct program *program)
{
    const struct site *site = program->all->site;
    struct program_erasure erasure = {program, 0};
    struct writer_job job = {.run = program_erase_job, .context = &erasure};

    enum err err = writer_run(site->writer, &job);
    if (err != ERR_NONE && err != ERR_ABSENT)
        return err;
    pthread_mutex_lock(site->reader_lock);
    err = site->reader->ops->scrub(site->reader);
    pthread_mutex_unlock(site->reader_lock);
    if (err != ERR_NONE)
        LOG("scrub_failed", log_err(err));
    return buf_add_text(&program->answer, "{\"status\":\"ok\",\"entries\":%u}", erasure.entries);
}

static enum err
program_model(const struct program *program, struct buf *out)
{
    TRY(buf_add_str(out, STR("{\"id\":")));
    TRY(notice_json(out, program->all->site->name));
    TRY(buf_add_str(out, STR(",\"object\":\"model\",\"created\":0,\"owned_by\":")));
    TRY(notice_json(out, program->all->site->operator));
    TRY(buf_add_text(out, ",\"sealed\":false,\"notice\":{\"version\":\"%s\",\"url\":", program->notice_version));
    BUF_SCOPE(url, 4096);
    TRY(buf_add_text(&url, "%.*s/notice", STR_ARG(program->all->origin)));
    TRY(notice_json(out, buf_str(&url)));
    return buf_add_str(out, STR("}}"));
}

static enum err
program_models(struct program *program)
{
    bool is_one = program->route == PROGRAM_MODEL;

    if (is_one && !str_is(program->body, program->all->site->name)) {
        program_refuse(program, 404, "There is no such model; GET /v1/models names the one.", "model");
        return ERR_NONE;
    }
    TRY(buf_add_str(&program->answer, is_one ? STR("") : STR("{\"object\":\"list\",\"data\":[")));
    TRY(program_model(program, &program->answer));
    return buf_add_str(&program->answer, is_one ? STR("") : STR("]}"));
}

/* ---- where the sender's conversation stands ---- */

struct program_last {
    struct arena *arena;
    unsigned char wrap[ENTRY_WRAP_BYTES];
    bool has_wrap;
    uint32_t first;                 /* n of entry[0] */
    str commit[3], ct[3];
    size_t count;
};

static enum err
program_wrap_row(void *context, const struct driver_value *columns, size_t count)
{
    struct program_last *last = context;

    if (count != 2 || columns[1].bytes.len != ENTRY_WRAP_BYTES)
        return err_raise(ERR_IO, "program: a damaged row");
    memcpy(last->wrap, columns[1].bytes.at, ENTRY_WRAP_BYTES);
    last->has_wrap = true;
    return ERR_NONE;
}

static enum err
program_entry_row(void *context, const struct driver_value *columns, size_t count)
{
    struct program_last *last = context;

    if (count != 4 || columns[2].bytes.len != ENTRY_COMMIT_BYTES || last->count == 3)
        return err_raise(ERR_IO, "program: a damaged row");
    last->first = last->count == 0 ? (uint32_t)columns[0].number : last->first;
    TRY(arena_take_str(last->arena, columns[2].bytes, &last->commit[last->count]));
    return arena_take_str(last->arena, columns[3].bytes, &last->ct[last->count++]);
}

/* {"state": …} of the bot's last entry. */
static enum err
program_read_state(struct program *program, str entry, struct buf *state)
{
    void *object = NULL, *piece = NULL;
    size_t len = 0;

    TRY(ask_load(program->arena, entry, &object));
    const json_t *value = json_object_get(object, "state");
    if (!json_is_string(value))
        return ERR_NONE;
    TRY(arena_take(program->arena, PROGRAM_STATE_MAX, 1, &piece));
    TRY(base64_parse(BASE64_URL, str_bytes(json_string_value(value), json_string_length(value)), piece, PROGRAM_STATE_MAX, &len));
    return buf_add(state, piece, len);
}

/* The last two entries, opened with the sender's own key. */
static enum err
program_open_last(struct program *program, const struct entry_chain *place, const struct program_last *last)
{
    struct entry_chain chain = *place;
    BUF_SCOPE(words, (size_t)1 << 16);
    size_t at = last->count - 2;

    chain.n = place->n - 2;
    memset(chain.previous, 0, sizeof chain.previous);
    if (at == 1)
        hkdf_hash(&last->ct[0], 1, chain.previous);
    enum err err = entry_unwrap(&chain, program->sender.history_secret, chain.n, last->wrap);
    if (err == ERR_NONE)
        err = entry_open(&chain, 'v', (const unsigned char *)last->commit[at].at, last->ct[at], &words);
    buf_reset(&words);
    if (err == ERR_NONE)
        err = entry_open(&chain, 'b', (const unsigned char *)last->commit[at + 1].at, last->ct[at + 1], &words);
    if (err == ERR_NONE)
        err = program_read_state(program, buf_str(&words), &program->state);
    alloc_wipe(&chain, sizeof chain);
    return err;
}

static enum err
program_find_last(struct program *program, const struct conversation *found, struct program_last *last)
{
    const struct site *site = program->all->site;
    str id = str_bytes(found->id, 16);
    struct driver_query wraps = {.row = program_wrap_row, .context = last}, entries = {.row = program_entry_row, .context = last};
    uint32_t n = found->entries;

    if (n < 2)
        return ERR_NONE;
    TRY(conversation_each_wrap(site->reader, site->name, id, &wraps, (struct conversation_range){n - 2, n - 1}));
    return conversation_each_entry(site->reader, site->name, id, &entries, (struct conversation_range){n > 2 ? n - 3 : 0, n});
}

/* Sets the session to the sender's place; of a conversation that can't be opened any more the dialogue begins afresh. */
static enum err
program_place(struct program *program)
{
    const struct site *site = program->all->site;
    struct session *session = &program->session;
    struct conversation found;
    struct program_last last = {.arena = program->arena};

    session->slot_cell = -1;
    session->is_placed = true;
    pthread_mutex_lock(site->reader_lock);
    enum err err = conversation_find(site->reader, site->name, session->device_tag, &found);
    if (err == ERR_NONE)
        err = program_find_last(program, &found, &last);
    pthread_mutex_unlock(site->reader_lock);
    if (err == ERR_ABSENT) {
        rand_bytes(session->chain.conversation, 16);
        return ERR_NONE;
    }
    TRY(err);
    TRY(slots_get(site->slots, found.slot_cell, found.id, session->chain.slot));
    memcpy(session->chain.conversation, found.id, 16);
    memcpy(session->chain.previous, found.last_hash, 32);
    session->chain.n = found.entries;
    session->slot_cell = found.slot_cell;
    bool is_whole = last.has_wrap && last.count == (found.entries > 2 ? 3u : 2u);
    if (program->route == PROGRAM_SAY && is_whole && program_open_last(program, &session->chain, &last) != ERR_NONE)
        buf_reset(&program->state);
    return ERR_NONE;
}

/* ---- the turn ---- */

/* What the visitor said before is gone through again: chat completions keep no state but the messages themselves. */
static enum err
program_go_through(struct program *program, struct turn_room *room, const struct bot *bot)
{
    const struct program_ask *ask = &program->ask;
    BUF_SCOPE(blob, (size_t)1 << 17);

    for (size_t i = 0; i < ask->earlier_count; i++) {
        enum err err = turn_talk(&(struct turn_talk){.bot = bot, .pii = program->all->site->pii, .text = ask->earlier[i], .language = ask->language}, room, &blob);
        if (err != ERR_NONE && err != ERR_INPUT && err != ERR_LIMIT && err != ERR_DENIED)
            return err;
    }
    if (blob.len == 0 || blob.len > PROGRAM_STATE_MAX)
        return ERR_NONE;
    const struct entry_chain *chain = &program->session.chain;
    buf_reset(&program->state);
    return entry_state_seal(program->session.state_key, chain->conversation, chain->n, buf_str(&blob), &program->state);
}

static enum err
program_prepare(struct program *program, struct turn_room *room)
{
    const struct site *site = program->all->site;
    struct session *session = &program->session;
    const struct bot *bot = NULL;
    bool is_fleeting = program->ask.sender.len == 0;

    if (is_fleeting) {
        rand_bytes(program->sender.secret, 32);
        TRY(sender_of_secret(program->sender.secret, &program->sender));
    }
    memcpy(session->history, program->sender.history, 32);
    memcpy(session->device_tag, program->sender.device_tag, 32);
    memcpy(session->state_key, program->sender.state_key, 32);
    TRY(program_place(program));
    program->is_first = program->route == PROGRAM_COMPLETE ? program->ask.is_first : session->chain.n == 0;
    if (program->route == PROGRAM_COMPLETE) {
        TRY(bot_slot_take(site->bots, &bot));
        enum err err = program_go_through(program, room, bot);
        bot_slot_release(site->bots, &bot);
        TRY(err);
    }
    program->turn_ask = (struct ask){.kind = ASK_SAY, .language = program->ask.language, .text = program->ask.text, .payload = program->ask.payload};
    rand_bytes(program->turn_ask.message, 16);
    return arena_take_str(program->arena, buf_str(&program->state), &program->turn_ask.state);
}

bool
program_run(struct program *program, struct turn_room *room, struct turn_answer *answer)
{
    enum err err = program_prepare(program, room);

    *answer = (struct turn_answer){.refusal = REFUSAL_BROKEN};
    if (err != ERR_NONE) {
        program_broken(program, err);
        return true;
    }
    return turn_run_ask(program->all->site, room, &(struct turn_asked){&program->session, &program->turn_ask, program->ask.sender.len == 0}, answer);
}

/* Before the first answer: that this is a machine, and that the connection is not sealed. A program that has shown the notice itself says which. */
static enum err
program_notice(const struct program *program, struct buf *out)
{
    static const char *const texts[][2] = {
        {"de", "Diese Verbindung ist nicht versiegelt: Das Programm, das Sie benutzen, kann mitlesen. Was aufbewahrt wird: "},
        {"fr", "Cette connexion n'est pas scellée : le programme que vous utilisez peut la lire. Ce qui est conservé : "},
        {"en", "This connection is not sealed: the program that you use can read it. What is kept: "}};
    str language = program->ask.language;
    size_t i = 0;

    if (!program->is_first || str_is(program->ask.notice, str_from(program->notice_version)))
        return ERR_NONE;
    while (i < 2 && !str_has_prefix(language, str_from(texts[i][0])))
        i++;
    TRY(buf_add_str(out, notice_disclosure(language)));
    TRY(buf_add_u8(out, ' '));
    TRY(buf_add_str(out, str_from(texts[i][1])));
    return buf_add_text(out, "%.*s/notice", STR_ARG(program->all->origin));
}

static enum err
program_say(struct program *program, const json_t *messages)
{
    char id[25];
    unsigned char random[12];
    BUF_SCOPE(notice, 4096);
    struct program_says says = {messages, program->all->site->home, {"", 0}};

    TRY(program_notice(program, &notice));
    says.notice = buf_str(&notice);
    program->status = 200;
    program->kind = program->flags & PROGRAM_FLAG_STREAM || program->ask.is_stream ? WIRE_EVENTS : WIRE_JSON;
    if (program->route == PROGRAM_SAY)
        return program_reply_rest(&says, program->ask.sender, program->flags & PROGRAM_FLAG_STREAM, &program->answer);
    rand_bytes(random, sizeof random);
    for (size_t i = 0; i < sizeof random; i++)
        snprintf(id + 2 * i, 3, "%02x", random[i]);
    struct program_completion completion = {str_bytes(id, 24), program->all->site->name, clock_unix_ms() / 1000, program->ask.prompt_bytes,
                                            program->ask.is_stream, program->ask.has_usage};
    return program_reply_chat(&says, &completion, &program->answer);
}

void
program_end(struct program *program, struct turn_room *room, const struct turn_answer *answer)
{
    void *object = NULL;

    room->program = NULL;
    if (program->status != 0)
        return; /* there is an answer */
    if (answer->refusal != REFUSAL_NONE) {
        program_refuse(program, answer->refusal == REFUSAL_BUSY ? 503 : 500, NULL, NULL);
        return;
    }
    enum err err = ask_load(program->arena, answer->body, &object);
    const json_t *messages = json_object_get(object, "messages"), *error = json_object_get(object, "error");
    str name = str_from(json_string_value(error));
    if (err == ERR_NONE && messages)
        err = program_say(program, messages);
    else if (str_is(name, STR("too-long")))
        program_refuse(program, 400, "A message has at most 4,000 characters.", program->route == PROGRAM_SAY ? "message" : "messages");
    else if (str_is(name, STR("bad-request")))
        program_refuse(program, 400, "There is nothing in that message.", program->route == PROGRAM_SAY ? "message" : "messages");
    else if (str_is(name, STR("wait")))
        program_refuse(program, 429, NULL, NULL);
    else if (str_is(name, STR("spent")))
        program_refuse(program, 429, "The chat has given as many answers as it may today.", NULL);
    else
        program_refuse(program, str_is(name, STR("broken")) ? 500 : 503, NULL, NULL);
    if (err != ERR_NONE)
        program_broken(program, err);
}

/* ---- from bytes to what is to be done ---- */

static enum err
program_read(struct program *program, struct program_fault *fault)
{
    switch (program->route) {
    case PROGRAM_SAY:
        return program_ask_parse_rest(program->arena, program->body, &program->ask, fault);
    case PROGRAM_SESSION:
    case PROGRAM_ERASE:
        return program_ask_parse_sender(program->arena, program->body, &program->ask, fault);
    case PROGRAM_COMPLETE:
        return program_ask_parse_chat(program->arena, program->body, &program->ask, fault);
    default:
        return ERR_NONE;
    }
}

/* True: it may go on. */
static bool
program_admit(struct program *program)
{
    enum err err = program_identify(program);

    if (err == ERR_ABSENT)
        program_refuse(program, 404, NULL, NULL);
    else if (err == ERR_DENIED && program->route != PROGRAM_HEALTH)
        program_refuse(program, 401, NULL, NULL);
    else if (err != ERR_NONE && err != ERR_DENIED)
        program_broken(program, err);
    else if (program->is_token && program->route != PROGRAM_SAY && program->route != PROGRAM_HEALTH)
        program_refuse(program, 403, "A session token says something for its sender, and nothing else.", NULL);
    else if (program->route != PROGRAM_HEALTH && !program_may_go(program->all, program->key.id))
        program_refuse(program, 429, NULL, NULL);
    return program->status == 0;
}

static enum err
program_version(struct program *program)
{
    const struct site *site = program->all->site;
    const struct bot *bot = NULL;
    unsigned char version[8];

    TRY(bot_slot_take(site->bots, &bot));
    enum err err = site_notice_version(site, bot, version);
    bot_slot_release(site->bots, &bot);
    for (size_t i = 0; i < sizeof version && err == ERR_NONE; i++)
        snprintf(program->notice_version + 2 * i, 3, "%02x", version[i]);
    return err;
}

/* What a turn is not needed for. */
static enum err
program_short(struct program *program)
{
    program->kind = WIRE_JSON;
    program->status = 200;
    if (program->route == PROGRAM_HEALTH)
        return buf_add_str(&program->answer, STR("{\"status\":\"ok\"}"));
    if (program->route == PROGRAM_SESSION)
        return program_session(program);
    if (program->route == PROGRAM_ERASE)
        return program_erase(program);
    return program_models(program);
}

/* True: a turn is to be run. */
static bool
program_begin_in(struct program *program)
{
    struct program_fault fault = {NULL, NULL};
    bool has_sender = false;

    if (!program_admit(program))
        return false;
    enum err err = program_version(program);
    if (err == ERR_NONE)
        err = program_read(program, &fault);
    if (fault.text) {
        program_refuse(program, 400, fault.text, fault.member);
        return false;
    }
    has_sender = program->ask.sender.len > 0;
    if (err == ERR_NONE && has_sender) {
        err = program_sender(program);
        if (err == ERR_DENIED) {
            program_refuse(program, 403, NULL, "sender");
            return false;
        }
    }
    if (err == ERR_NONE && program->route == PROGRAM_COMPLETE && !str_is(program->ask.model, program->all->site->name)) {
        program_refuse(program, 404, "There is no such model; GET /v1/models names the one.", "model");
        return false;
    }
    bool needs_turn = program->route == PROGRAM_SAY || program->route == PROGRAM_COMPLETE;
    if (err == ERR_NONE && !needs_turn)
        err = program_short(program);
    if (err != ERR_NONE)
        program_broken(program, err);
    return err == ERR_NONE && needs_turn;
}

enum err
program_begin(struct programs *all, str payload, struct program **out, bool *needs_turn)
{
    void *piece = NULL;

    TRY(alloc_make(1, sizeof(struct program), &piece));
    struct program *program = piece;
    program->all = all;
    program->route = PROGRAM_SAY;
    buf_init(&program->answer, WIRE_PAYLOAD_MAX - 64);
    buf_init(&program->state, (size_t)1 << 17);
    enum err err = arena_make(PROGRAM_ARENA_BYTES + PROGRAM_ARENA_RATIO * payload.len, &program->arena);
    if (err != ERR_NONE) {
        program_free(&program);
        return err;
    }
    if (program_parse(program, payload) != ERR_NONE) {
        program_refuse(program, 400, NULL, NULL);
        *needs_turn = false;
    } else {
        *needs_turn = program_begin_in(program);
    }
    *out = program;
    return ERR_NONE;
}

struct program_answer
program_answer(const struct program *program)
{
    return (struct program_answer){program->status, program->kind, buf_str(&program->answer)};
}

void
program_free(struct program **program)
{
    if (!*program)
        return;
    buf_done(&(*program)->answer);
    buf_done(&(*program)->state);
    arena_free(&(*program)->arena);
    alloc_wipe(*program, sizeof **program);
    alloc_free(program);
}
