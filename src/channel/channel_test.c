/* The channel end to end: a visitor and a server in one process, and every way to disturb them, refused by name. */
#include "base/alloc.h"
#include "base/clock.h"
#include "base/rand.h"
#include "channel/handshake.h"
#include "channel/pad.h"
#include "channel/visitor.h"
#include "crypt/hpke.h"
#include "crypt/sign.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define NOW_MS ((uint64_t)1790000000000)
#define SHOP STR("https://shop.example")

struct world {
    struct buf root, identity, keys, notes;
    struct secret *root_seed;
    struct vault *vault;
    struct session_table *table;
    struct session *session; /* core's */
    struct visitor visitor;
    struct arena *arena;
};

static void
world_identity(struct world *w, struct secret *online, uint64_t serial)
{
    BUF_SCOPE(text, NOTE_MAX_BYTES);
    struct identity identity = {.name = STR("chat.example"), .serial = serial, .from_s = NOW_MS / 1000 - 10,
                                .to_s = NOW_MS / 1000 + 86400 * 90, .origin_count = 2,
                                .origins = {SHOP, STR("https://chat.example")}};
    identity.online.name = STR("chat.example/online");
    sign_public(online, identity.online.public);
    assert_int_equal(identity_write(&text, &identity), ERR_NONE);
    buf_reset(&w->identity);
    assert_int_equal(note_sign(&w->identity, buf_str(&text), STR("chat.example"), w->root_seed), ERR_NONE);
}

static void
world_notes(struct world *w)
{
    struct view view;
    uint32_t len = 0;
    const unsigned char *at;

    buf_reset(&w->notes);
    buf_reset(&w->keys);
    assert_int_equal(vault_notes(w->vault, &w->notes), ERR_NONE);
    view = (struct view){w->notes.at, w->notes.len};
    assert_int_equal(buf_view_u32(&view, &len), ERR_NONE);
    assert_int_equal(buf_view_bytes(&view, len, &at), ERR_NONE);
    assert_int_equal(buf_view_u32(&view, &len), ERR_NONE);
    assert_int_equal(buf_view_bytes(&view, len, &at), ERR_NONE);
    assert_int_equal(buf_add(&w->keys, at, len), ERR_NONE);
}

static int
world_open(void **state)
{
    static struct world world;
    struct world *w = &world;
    struct keyfile keys;
    unsigned char public[32], seed[32];

    memset(w, 0, sizeof *w);
    clock_set_fixed(NOW_MS);
    buf_init(&w->root, 1024);
    buf_init(&w->identity, NOTE_MAX_BYTES);
    buf_init(&w->keys, NOTE_MAX_BYTES);
    buf_init(&w->notes, 4 * NOTE_MAX_BYTES);
    if (secret_make(32, &w->root_seed) || keyfile_make(&keys) || arena_make(1 << 20, &w->arena) ||
        session_table_make(16, &w->table))
        return 1;
    rand_bytes(seed, 32);
    sign_seed_set(w->root_seed, seed);
    sign_public(w->root_seed, public);
    if (note_key_write(&w->root, STR("chat.example"), public))
        return 1;
    world_identity(w, keys.online, 1);
    if (vault_make(&keys, buf_str(&w->identity), (str){"", 0}, &w->vault) || visitor_init(&w->visitor))
        return 1;
    world_notes(w);
    *state = w;
    return 0;
}

static int
world_close(void **state)
{
    struct world *w = *state;
    if (w->session)
        session_give(w->table, &w->session);
    visitor_done(&w->visitor);
    vault_free(&w->vault);
    session_table_free(&w->table);
    secret_free(&w->root_seed);
    arena_free(&w->arena);
    buf_done(&w->root);
    buf_done(&w->identity);
    buf_done(&w->keys);
    buf_done(&w->notes);
    clock_set_real();
    return 0;
}

static struct visitor_notes
world_pinned(struct world *w)
{
    return (struct visitor_notes){buf_str(&w->root), buf_str(&w->identity), buf_str(&w->keys), NOW_MS / 1000, 0, 0};
}

static void
world_shake(struct world *w)
{
    struct visitor_notes notes = world_pinned(w);
    struct vault_opened opened;
    unsigned char m2[321];
    struct handshake_welcome welcome = {.time_ms = NOW_MS, .request_bytes_max = 65536, .retention_days = 30};
    str m1 = str_bytes(w->visitor.m1, 571);

    assert_int_equal(visitor_open(&w->visitor, &notes, SHOP), ERR_NONE);
    assert_int_equal(vault_open(w->vault, m1, &opened), ERR_NONE);
    assert_true(str_is(str_bytes(opened.origin, opened.origin_len), SHOP));
    assert_int_equal(session_add(w->table, 0, &w->session), ERR_NONE);
    assert_int_equal(handshake_accept(w->session, m1, &opened, &welcome, m2), ERR_NONE);
    assert_int_equal(visitor_accept(&w->visitor, str_bytes(m2, 321)), ERR_NONE);
    assert_memory_equal(w->visitor.session.up, w->session->up, 32);
    assert_memory_equal(w->visitor.session.dn, w->session->dn, 32);
}

/* One turn; the reply is what came, reversed in role. */
static void
world_turn(struct world *w, str text)
{
    BUF_SCOPE(body, 1 << 20);
    BUF_SCOPE(reply, 1 << 20);
    struct record_request request = {.cached = {NULL, 0}};
    enum refusal why = REFUSAL_NONE;
    str answer;

    assert_int_equal(visitor_request(&w->visitor, text, &body), ERR_NONE);
    assert_int_equal(record_open(w->session, w->arena, buf_str(&body), &request, &why), ERR_NONE);
    assert_true(str_is(record_words(request.words), text));
    assert_int_equal(record_reply(w->session, request.request_hash, text, &answer), ERR_NONE);
    assert_int_equal(visitor_reply(&w->visitor, answer, &reply), ERR_NONE);
    assert_true(str_is(buf_str(&reply), text));
    arena_reset(w->arena);
}

static void
a_visitor_and_core_speak_for_many_turns_of_every_size(void **state)
{
    static const size_t sizes[] = {0, 1, 509, 510, 511, 1022, 1023, 4094, 32765, 32766, 32767, 70000};
    struct world *w = *state;
    static char text[70000];

    memset(text, 'x', sizeof text);
    world_shake(w);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        world_turn(w, (str){text, sizes[i]});
    assert_int_equal(w->session->turn, sizeof sizes / sizeof *sizes);
}

static void
a_proof_of_the_device_is_checked(void **state)
{
    struct world *w = *state;
    unsigned char signature[64];

    world_shake(w);
    visitor_proof(&w->visitor, signature);
    assert_int_equal(handshake_check_proof(w->session, signature), ERR_NONE);
    for (size_t i = 0; i < 64; i++) {
        signature[i] ^= 1;
        assert_int_equal(handshake_check_proof(w->session, signature), ERR_DENIED);
        signature[i] ^= 1;
    }
}

static void
every_flipped_bit_of_the_first_flight_is_refused(void **state)
{
    struct world *w = *state;
    struct vault_opened opened;

    world_shake(w);
    for (size_t i = 0; i < 571; i++) {
        w->visitor.m1[i] ^= (unsigned char)(1 << (i % 8));
        assert_int_not_equal(vault_open(w->vault, str_bytes(w->visitor.m1, 571), &opened), ERR_NONE);
        w->visitor.m1[i] ^= (unsigned char)(1 << (i % 8));
    }
    for (size_t len = 0; len < 571; len += 7)
        assert_int_not_equal(vault_open(w->vault, str_bytes(w->visitor.m1, len), &opened), ERR_NONE);
}

static void
every_flipped_bit_of_the_answer_is_refused(void **state)
{
    struct world *w = *state;
    struct vault_opened opened;
    unsigned char m2[321];
    struct handshake_welcome welcome = {.time_ms = 1};

    world_shake(w);
    assert_int_equal(vault_open(w->vault, str_bytes(w->visitor.m1, 571), &opened), ERR_NONE);
    assert_int_equal(handshake_accept(w->session, str_bytes(w->visitor.m1, 571), &opened, &welcome, m2), ERR_NONE);
    for (size_t i = 0; i < 321; i++) {
        m2[i] ^= (unsigned char)(1 << (i % 8));
        assert_int_not_equal(visitor_accept(&w->visitor, str_bytes(m2, 321)), ERR_NONE);
        m2[i] ^= (unsigned char)(1 << (i % 8));
    }
    assert_int_equal(visitor_accept(&w->visitor, str_bytes(m2, 321)), ERR_NONE);
}

static enum refusal
world_refusal(struct world *w, str body)
{
    struct record_request request = {.cached = {NULL, 0}};
    enum refusal why = REFUSAL_NONE;
    enum err err = record_open(w->session, w->arena, body, &request, &why);
    assert_int_equal(err, request.cached.at ? ERR_NONE : ERR_INPUT);
    return why;
}

static void
every_flipped_bit_of_a_record_is_refused_and_ends_the_session(void **state)
{
    struct world *w = *state;
    BUF_SCOPE(body, 8192);

    world_shake(w);
    assert_int_equal(visitor_request(&w->visitor, STR("hello"), &body), ERR_NONE);
    for (size_t i = 0; i < body.len; i++) {
        body.at[i] ^= (unsigned char)(1 << (i % 8));
        w->session->is_ended = false;
        arena_reset(w->arena);
        enum refusal why = world_refusal(w, buf_str(&body));
        bool opened_as_other_turn = i >= 21 && i < 25; /* the turn's number */
        assert_int_not_equal(why, REFUSAL_NONE);
        if (opened_as_other_turn)
            assert_int_equal(why, REFUSAL_OUT_OF_ORDER);
        else if (i >= 4)
            assert_true(why == REFUSAL_BAD_SEAL && w->session->is_ended);
        body.at[i] ^= (unsigned char)(1 << (i % 8));
    }
    w->session->is_ended = false;
}

static void
a_truncated_request_is_refused(void **state)
{
    struct world *w = *state;
    static char text[40000];
    BUF_SCOPE(body, 1 << 20);

    memset(text, 'y', sizeof text);
    world_shake(w);
    assert_int_equal(visitor_request(&w->visitor, (str){text, sizeof text}, &body), ERR_NONE);
    /* Without its last record: part of a turn is not a turn. */
    assert_int_equal(world_refusal(w, str_bytes(body.at, 4 + 25 + 32768 + 16)), REFUSAL_BAD_SEAL);
    w->session->is_ended = false;
    assert_int_equal(world_refusal(w, str_bytes(body.at, 100)), REFUSAL_BAD_REQUEST);
}

static void
a_session_has_so_many_turns_and_ends(void **state)
{
    struct world *w = *state;
    BUF_SCOPE(body, 65536);

    world_shake(w);
    w->session->turn = w->visitor.session.turn = SESSION_TURNS_MAX;
    assert_int_equal(visitor_request(&w->visitor, STR("hello"), &body), ERR_NONE);
    assert_int_equal(world_refusal(w, buf_str(&body)), REFUSAL_EXPIRED);
    assert_true(w->session->is_ended);
}

static void
a_request_that_the_arena_can_not_hold_is_too_large(void **state)
{
    struct world *w = *state;
    void *piece;
    BUF_SCOPE(body, 65536);

    world_shake(w);
    while (arena_take(w->arena, 256, 1, &piece) == ERR_NONE)
        continue;
    assert_int_equal(visitor_request(&w->visitor, STR("hello"), &body), ERR_NONE);
    assert_int_equal(world_refusal(w, buf_str(&body)), REFUSAL_TOO_LARGE);
}

static void
reordered_records_are_refused(void **state)
{
    struct world *w = *state;
    static char text[70000];
    BUF_SCOPE(body, 1 << 20);
    BUF_SCOPE(turned, 1 << 20);
    size_t one = 4 + 25 + 32768 + 16;

    world_shake(w);
    assert_int_equal(visitor_request(&w->visitor, (str){text, sizeof text}, &body), ERR_NONE);
    assert_int_equal(buf_add(&turned, body.at + one, one), ERR_NONE);
    assert_int_equal(buf_add(&turned, body.at, one), ERR_NONE);
    assert_int_equal(buf_add(&turned, body.at + 2 * one, body.len - 2 * one), ERR_NONE);
    assert_int_equal(world_refusal(w, buf_str(&turned)), REFUSAL_BAD_SEAL);
}

static void
the_same_bytes_get_the_same_answer_for_a_minute_and_are_a_replay_after(void **state)
{
    struct world *w = *state;
    BUF_SCOPE(body, 8192);
    struct record_request request = {.cached = {NULL, 0}};
    enum refusal why = REFUSAL_NONE;
    str answer, first;
    ARENA_SCOPE(keep);

    world_shake(w);
    assert_int_equal(arena_make(8192, &keep), ERR_NONE);
    assert_int_equal(visitor_request(&w->visitor, STR("one"), &body), ERR_NONE);
    assert_int_equal(record_open(w->session, w->arena, buf_str(&body), &request, &why), ERR_NONE);
    assert_int_equal(record_reply(w->session, request.request_hash, STR("two"), &answer), ERR_NONE);
    assert_int_equal(arena_take_str(keep, answer, &first), ERR_NONE);
    clock_set_fixed(NOW_MS + SESSION_CACHE_MS);
    request.cached = (str){NULL, 0};
    assert_int_equal(record_open(w->session, w->arena, buf_str(&body), &request, &why), ERR_NONE);
    assert_true(str_is(request.cached, first));
    clock_set_fixed(NOW_MS + SESSION_CACHE_MS + 1);
    assert_int_equal(world_refusal(w, buf_str(&body)), REFUSAL_REPLAY);
    assert_false(w->session->is_ended);
    clock_set_fixed(NOW_MS);
}

static void
a_swapped_reply_is_refused(void **state)
{
    struct world *w = *state;
    BUF_SCOPE(body, 8192);
    BUF_SCOPE(reply, 8192);
    unsigned char other[32] = {1};
    str answer;

    world_shake(w);
    assert_int_equal(visitor_request(&w->visitor, STR("mine"), &body), ERR_NONE);
    /* The right keys, the right turn, but the answer to another request. */
    assert_int_equal(record_reply(w->session, other, STR("not yours"), &answer), ERR_NONE);
    assert_int_not_equal(visitor_reply(&w->visitor, answer, &reply), ERR_NONE);
    assert_int_equal(reply.len, 0);
}

static void
a_cut_off_reply_is_refused(void **state)
{
    struct world *w = *state;
    BUF_SCOPE(body, 8192);
    BUF_SCOPE(reply, 1 << 20);
    static char text[40000];
    struct record_request request = {.cached = {NULL, 0}};
    enum refusal why = REFUSAL_NONE;
    str answer;

    world_shake(w);
    assert_int_equal(visitor_request(&w->visitor, STR("tell me"), &body), ERR_NONE);
    assert_int_equal(record_open(w->session, w->arena, buf_str(&body), &request, &why), ERR_NONE);
    assert_int_equal(record_reply(w->session, request.request_hash, (str){text, sizeof text}, &answer), ERR_NONE);
    assert_int_not_equal(visitor_reply(&w->visitor, str_slice(answer, 0, 4 + 25 + 32768 + 16), &reply), ERR_NONE);
}

static void
a_foreign_origin_gets_no_first_flight(void **state)
{
    struct world *w = *state;
    struct visitor_notes notes = world_pinned(w);
    assert_int_equal(visitor_open(&w->visitor, &notes, STR("https://evil.example")), ERR_DENIED);
    assert_string_equal(err_text(), "visitor: foreign origin");
}

static void
notes_of_another_root_or_out_of_date_are_refused(void **state)
{
    struct world *w = *state;
    struct visitor_notes notes = world_pinned(w);
    BUF_SCOPE(other, 1024);
    unsigned char public[32];

    notes.now_s += 49 * 3600;
    assert_int_equal(visitor_open(&w->visitor, &notes, SHOP), ERR_LIMIT);
    assert_string_equal(err_text(), "keynote: expired");
    notes.now_s += 91 * 86400;
    assert_int_equal(visitor_open(&w->visitor, &notes, SHOP), ERR_LIMIT);
    assert_string_equal(err_text(), "identity: expired");
    notes.now_s = NOW_MS / 1000 - 3600;
    assert_int_equal(visitor_open(&w->visitor, &notes, SHOP), ERR_LIMIT);
    notes = world_pinned(w);
    sign_public(w->visitor.device, public);
    assert_int_equal(note_key_write(&other, STR("chat.example"), public), ERR_NONE);
    notes.root = buf_str(&other);
    assert_int_equal(visitor_open(&w->visitor, &notes, SHOP), ERR_ABSENT);
}

static void
a_vault_rotates_its_key_and_keeps_the_one_before_for_an_hour(void **state)
{
    struct world *w = *state;
    struct vault_opened opened;
    str m1 = str_bytes(w->visitor.m1, 571);

    world_shake(w);
    clock_set_fixed(NOW_MS + VAULT_EK_LIFE_MS);
    assert_int_equal(vault_open(w->vault, m1, &opened), ERR_NONE);
    clock_set_fixed(NOW_MS + VAULT_EK_LIFE_MS + VAULT_EK_GRACE_MS + 1);
    assert_int_equal(vault_open(w->vault, m1, &opened), ERR_ABSENT);
    clock_set_fixed(NOW_MS);
}

static void
a_chain_is_read_by_the_visitor_only_whole_and_in_order(void **state)
{
    struct world *w = *state;
    unsigned char wrap[80], commit[3][32];
    struct entry_chain core = {.n = 0}, mine;
    struct buf ct[3];
    BUF_SCOPE(text, 4096);

    memset(core.slot, 5, 32);
    mine = core;
    assert_int_equal(entry_wrap(&core, w->visitor.history, wrap), ERR_NONE);
    for (size_t i = 0; i < 3; i++) {
        buf_init(&ct[i], 4096);
        assert_int_equal(entry_seal(&core, 'v', STR("line"), commit[i], &ct[i]), ERR_NONE);
    }
    assert_int_equal(entry_unwrap(&mine, w->visitor.history_secret, 0, wrap), ERR_NONE);
    struct entry_chain start = mine;
    assert_int_equal(entry_open(&mine, 'v', commit[1], buf_str(&ct[1]), &text), ERR_INPUT);
    assert_int_equal(entry_open(&mine, 'b', commit[0], buf_str(&ct[0]), &text), ERR_INPUT);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(entry_open(&mine, 'v', commit[i], buf_str(&ct[i]), &text), ERR_NONE);
    assert_true(str_is(buf_str(&text), STR("linelineline")));
    mine = start;
    memset(mine.slot, 0, 32); /* erased */
    assert_int_equal(entry_open(&mine, 'v', commit[0], buf_str(&ct[0]), &text), ERR_INPUT);
    mine = start;
    mine.key[0] ^= 1;
    assert_int_equal(entry_open(&mine, 'v', commit[0], buf_str(&ct[0]), &text), ERR_INPUT);
    for (size_t i = 0; i < 3; i++)
        buf_done(&ct[i]);
}

static void
a_dialogue_state_opens_at_its_own_place_only(void **state)
{
    unsigned char key[32] = {1}, conversation[16] = {2}, other[16] = {3};
    BUF_SCOPE(sealed, 4096);
    BUF_SCOPE(plain, 4096);
    (void)state;
    assert_int_equal(entry_state_seal(key, conversation, 4, STR("{}"), &sealed), ERR_NONE);
    assert_int_equal(entry_state_open(key, conversation, 6, buf_str(&sealed), &plain), ERR_ABSENT);
    assert_int_equal(entry_state_open(key, other, 4, buf_str(&sealed), &plain), ERR_INPUT);
    assert_int_equal(entry_state_open(key, conversation, 4, buf_str(&sealed), &plain), ERR_NONE);
    assert_true(str_is(buf_str(&plain), STR("{}")));
    for (size_t i = 0; i < sealed.len; i++) {
        sealed.at[i] ^= 1;
        assert_int_not_equal(entry_state_open(key, conversation, 4, buf_str(&sealed), &plain), ERR_NONE);
        sealed.at[i] ^= 1;
    }
}

static void
where_room_ends_no_entry_or_state_is_written_as_if_it_were_whole(void **state)
{
    unsigned char key[32] = {1}, conversation[16] = {2}, commit[32];
    static char much[PAD_DATA_MAX + 1];
    (void)state;
    for (size_t room = 0; room <= 2 + ENTRY_STATE_OVERHEAD_BYTES; room++) {
        struct entry_chain chain = {.n = 0};
        BUF_SCOPE(sealed, room);
        BUF_SCOPE(ct, room);
        assert_int_equal(entry_state_seal(key, conversation, 4, STR("{}"), &sealed), room < 2 + ENTRY_STATE_OVERHEAD_BYTES ? ERR_LIMIT : ERR_NONE);
        assert_int_equal(entry_seal(&chain, 'v', STR("line"), commit, &ct), ERR_LIMIT);
    }
    memset(much, 'x', sizeof much);
    struct entry_chain chain = {.n = 0};
    BUF_SCOPE(ct, (size_t)1 << 20);
    assert_int_equal(entry_seal(&chain, 'v', str_bytes(much, PAD_DATA_MAX), commit, &ct), ERR_NONE);
    assert_int_equal(chain.n, 1);
    assert_int_equal(entry_seal(&chain, 'v', str_bytes(much, PAD_DATA_MAX + 1), commit, &ct), ERR_LIMIT);
    assert_int_equal(entry_state_seal(key, conversation, 4, str_bytes(much, 8193), &ct), ERR_LIMIT);
    assert_int_equal(chain.n, 1);
}

static void
a_cut_dialogue_state_is_refused(void **state)
{
    unsigned char key[32] = {1}, conversation[16] = {2};
    BUF_SCOPE(sealed, 4096);
    BUF_SCOPE(plain, 4096);
    (void)state;
    assert_int_equal(entry_state_seal(key, conversation, 4, STR("{}"), &sealed), ERR_NONE);
    for (size_t len = 0; len < sealed.len; len++)
        assert_int_equal(entry_state_open(key, conversation, 4, str_bytes(sealed.at, len), &plain), ERR_INPUT);
    sealed.at[0] = 2; /* another version */
    assert_int_equal(entry_state_open(key, conversation, 4, buf_str(&sealed), &plain), ERR_INPUT);
    assert_int_equal(plain.len, 0);
}

static void
a_welcome_with_another_length_or_policy_or_padding_is_refused(void **state)
{
    static const struct {
        size_t at;
        unsigned char value;
    } changes[] = {{0, 1}, {1, 26}, {1, 28}, {20, 4}, {20, 0x80}, {29, 1}, {255, 1}};
    unsigned char plain[256] = {0, 27};
    struct handshake_welcome welcome;
    (void)state;
    assert_int_equal(handshake_welcome_parse(plain, &welcome), ERR_NONE);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        unsigned char before = plain[changes[i].at];
        plain[changes[i].at] = changes[i].value;
        assert_int_equal(handshake_welcome_parse(plain, &welcome), ERR_INPUT);
        plain[changes[i].at] = before;
    }
}

static void
an_answer_of_another_length_or_version_is_refused(void **state)
{
    struct world *w = *state;
    struct visitor_notes notes = world_pinned(w);
    unsigned char m2[HANDSHAKE_M2_BYTES + 1] = {2};
    char long_origin[VAULT_ORIGIN_MAX_BYTES + 1];

    assert_int_equal(visitor_open(&w->visitor, &notes, SHOP), ERR_NONE);
    for (size_t len = 0; len <= sizeof m2; len++)
        assert_int_equal(visitor_accept(&w->visitor, str_bytes(m2, len)), ERR_INPUT);
    m2[0] = 1;
    assert_int_equal(visitor_accept(&w->visitor, str_bytes(m2, HANDSHAKE_M2_BYTES)), ERR_INPUT);
    memset(long_origin, 'o', sizeof long_origin);
    assert_int_equal(visitor_seal_m1(&w->visitor, &(struct keynote_key){.node = 0}, STR("note"), str_bytes(long_origin, sizeof long_origin)), ERR_INPUT);
}

static void
a_session_ends_with_its_life_and_its_last_answer_a_minute_after(void **state)
{
    struct world *w = *state;
    struct session *again = NULL;
    unsigned char id[16];

    world_shake(w);
    world_turn(w, STR("hello"));
    memcpy(id, w->session->id, 16);
    assert_true(w->session->last_reply.len > 0);
    clock_set_fixed(NOW_MS + SESSION_CACHE_MS + 1);
    session_sweep(w->table);
    assert_true(w->session->last_reply.len > 0); /* whoever has it keeps it */
    session_give(w->table, &w->session);
    session_sweep(w->table);
    assert_int_equal(session_take(w->table, id, &again), ERR_NONE);
    assert_int_equal(again->last_reply.len, 0);
    session_give(w->table, &again);
    clock_set_fixed(NOW_MS + SESSION_LIFE_MS + 1);
    assert_int_equal(session_count(w->table), 1);
    session_sweep(w->table);
    assert_int_equal(session_count(w->table), 0);
    assert_int_equal(session_take(w->table, id, &again), ERR_ABSENT);
}

static void
a_session_is_taken_once_and_a_full_table_says_so(void **state)
{
    struct world *w = *state;
    struct session *again = NULL, *more[20];
    unsigned char id[16];
    size_t made = 0;

    world_shake(w);
    memcpy(id, w->session->id, 16);
    assert_int_equal(session_take(w->table, id, &again), ERR_BUSY);
    session_give(w->table, &w->session);
    assert_int_equal(session_take(w->table, id, &again), ERR_NONE);
    while (made < 20 && session_add(w->table, 0, &more[made]) == ERR_NONE)
        made++;
    assert_int_equal(made, 15);
    again->is_ended = true;
    session_give(w->table, &again);
    assert_int_equal(session_take(w->table, id, &again), ERR_ABSENT);
    while (made > 0)
        session_give(w->table, &more[--made]);
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(a_visitor_and_core_speak_for_many_turns_of_every_size),
        IN_WORLD(a_proof_of_the_device_is_checked),
        IN_WORLD(every_flipped_bit_of_the_first_flight_is_refused),
        IN_WORLD(every_flipped_bit_of_the_answer_is_refused),
        IN_WORLD(every_flipped_bit_of_a_record_is_refused_and_ends_the_session),
        IN_WORLD(a_truncated_request_is_refused),
        IN_WORLD(a_session_has_so_many_turns_and_ends),
        IN_WORLD(a_request_that_the_arena_can_not_hold_is_too_large),
        IN_WORLD(reordered_records_are_refused),
        IN_WORLD(the_same_bytes_get_the_same_answer_for_a_minute_and_are_a_replay_after),
        IN_WORLD(a_swapped_reply_is_refused),
        IN_WORLD(a_cut_off_reply_is_refused),
        IN_WORLD(a_foreign_origin_gets_no_first_flight),
        IN_WORLD(notes_of_another_root_or_out_of_date_are_refused),
        IN_WORLD(a_vault_rotates_its_key_and_keeps_the_one_before_for_an_hour),
        IN_WORLD(a_chain_is_read_by_the_visitor_only_whole_and_in_order),
        IN_WORLD(a_session_is_taken_once_and_a_full_table_says_so),
        IN_WORLD(an_answer_of_another_length_or_version_is_refused),
        IN_WORLD(a_session_ends_with_its_life_and_its_last_answer_a_minute_after),
        cmocka_unit_test(a_dialogue_state_opens_at_its_own_place_only),
        cmocka_unit_test(where_room_ends_no_entry_or_state_is_written_as_if_it_were_whole),
        cmocka_unit_test(a_cut_dialogue_state_is_refused),
        cmocka_unit_test(a_welcome_with_another_length_or_policy_or_padding_is_refused),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
