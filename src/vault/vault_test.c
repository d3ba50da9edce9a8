/* The vault's operations without its process: what it signs, which first flights it refuses though they are sealed to it, and fields. */
#include "vault/vault_serve.h"

#include "base/clock.h"
#include "base/fault.h"
#include "base/rand.h"
#include "crypt/aead.h"
#include "crypt/hkdf.h"
#include "crypt/hpke.h"
#include "crypt/keynote.h"
#include "crypt/sign.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define NOW_MS ((uint64_t)1790000000000)
#define MANIFEST STR("privet-manifest/1\nwhatever\n")
#define INNER_BYTES ((size_t)(32 + 16 + 1 + 4 + 2 + 64))

struct world {
    struct vault *vault;
    struct note_key online;
    struct buf identity, notes;
    str key_note;
    struct keynote_key kem;
};

/* A vault reads no more of an identity note than this. */
static void
identity_of(struct buf *out, const char *first, const char *name, const unsigned char online[32])
{
    BUF_SCOPE(signer, 1024);
    assert_int_equal(buf_add_text(&signer, "%s/online", name), ERR_NONE);
    assert_int_equal(buf_add_text(out, "%s\nname %s\nonline ", first, name), ERR_NONE);
    assert_int_equal(note_key_write(out, buf_str(&signer), online), ERR_NONE);
    assert_int_equal(buf_add_u8(out, '\n'), ERR_NONE);
}

static str
note_at(struct world *w, size_t which)
{
    struct view view = {w->notes.at, w->notes.len};
    const unsigned char *at = NULL;
    uint32_t len = 0;
    for (size_t i = 0; i <= which; i++) {
        assert_int_equal(buf_view_u32(&view, &len), ERR_NONE);
        assert_int_equal(buf_view_bytes(&view, len, &at), ERR_NONE);
    }
    return str_bytes(at, len);
}

static int
world_open(void **state)
{
    static struct world world;
    struct world *w = &world;
    struct keynote keynote;
    struct keyfile keys;

    memset(w, 0, sizeof *w);
    clock_set_fixed(NOW_MS);
    buf_init(&w->identity, NOTE_MAX_BYTES);
    buf_init(&w->notes, 4 * NOTE_MAX_BYTES);
    if (keyfile_make(&keys) != ERR_NONE)
        return 1;
    sign_public(keys.online, w->online.public);
    w->online.name = STR("chat.example/online");
    identity_of(&w->identity, "privet-identity/1", "chat.example", w->online.public);
    assert_int_equal(vault_make(&keys, buf_str(&w->identity), MANIFEST, &w->vault), ERR_NONE);
    assert_int_equal(vault_notes(w->vault, &w->notes), ERR_NONE);
    w->key_note = note_at(w, 1);
    assert_int_equal(keynote_open(w->key_note, buf_str(&w->identity), &w->online, NOW_MS / 1000, &keynote), ERR_NONE);
    w->kem = keynote.keys[0];
    *state = w;
    return 0;
}

static int
world_close(void **state)
{
    struct world *w = *state;
    vault_free(&w->vault);
    buf_done(&w->identity);
    buf_done(&w->notes);
    clock_set_real();
    return 0;
}

static void
the_notes_are_the_identity_the_keys_and_the_signed_manifest(void **state)
{
    struct world *w = *state;
    str text;
    assert_true(str_is(note_at(w, 0), buf_str(&w->identity)));
    assert_int_equal(note_open(note_at(w, 2), &w->online, &text), ERR_NONE);
    assert_true(str_is(text, MANIFEST));
    for (size_t room = 0; room < w->notes.len; room++) {
        BUF_SCOPE(cut, room);
        assert_int_equal(vault_notes(w->vault, &cut), ERR_LIMIT);
    }
}

static void
an_identity_note_of_another_key_or_form_is_refused(void **state)
{
    static const struct {
        const char *first, *name;
        bool is_other_key;
        enum err wanted;
    } cases[] = {{"privet-identity/2", "chat.example", false, ERR_INPUT}, {"privet-identity/1", "chat.example", true, ERR_DENIED},
                 {"privet-identity/1", "chat.example", false, ERR_NONE}, {"privet-identity/1\nx y", "chat.example", false, ERR_INPUT}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct vault *vault = NULL;
        struct keyfile keys;
        unsigned char public[32];
        BUF_SCOPE(identity, NOTE_MAX_BYTES);
        assert_int_equal(keyfile_make(&keys), ERR_NONE);
        sign_public(keys.online, public);
        public[0] ^= cases[i].is_other_key;
        identity_of(&identity, cases[i].first, cases[i].name, public);
        assert_int_equal(vault_make(&keys, buf_str(&identity), (str){"", 0}, &vault), cases[i].wanted);
        assert_null(keys.online); /* taken over, whatever happens */
        vault_free(&vault);
    }
}

static void
an_identity_note_with_too_long_a_name_is_refused(void **state)
{
    char name[NOTE_NAME_MAX_BYTES + 2];
    (void)state;
    memset(name, 'n', sizeof name);
    for (size_t len = NOTE_NAME_MAX_BYTES - strlen("/online") + 1; len <= sizeof name; len++) {
        struct vault *vault = NULL;
        struct keyfile keys;
        BUF_SCOPE(identity, NOTE_MAX_BYTES);
        assert_int_equal(keyfile_make(&keys), ERR_NONE);
        assert_int_equal(buf_add_text(&identity, "privet-identity/1\nname %.*s\n", (int)len, name), ERR_NONE);
        assert_int_equal(vault_make(&keys, buf_str(&identity), (str){"", 0}, &vault), ERR_LIMIT);
    }
}

static void
whatever_allocation_fails_there_is_a_whole_vault_or_none(void **state)
{
    struct world *w = *state;
    uint64_t nth = 1;
    for (bool was_reached = true; was_reached; nth++) {
        struct vault *vault = NULL;
        struct keyfile keys;
        unsigned char public[32];
        BUF_SCOPE(identity, NOTE_MAX_BYTES);
        BUF_SCOPE(notes, 4 * NOTE_MAX_BYTES);
        assert_int_equal(keyfile_make(&keys), ERR_NONE);
        sign_public(keys.online, public);
        identity_of(&identity, "privet-identity/1", "chat.example", public);
        fault_arm(FAULT_ALLOC, nth);
        enum err err = vault_make(&keys, buf_str(&identity), MANIFEST, &vault);
        if (err == ERR_NONE)
            err = vault_notes(vault, &notes);
        was_reached = !fault_is_armed(FAULT_ALLOC);
        fault_arm(FAULT_ALLOC, 0);
        assert_int_equal(err, was_reached ? ERR_MEMORY : ERR_NONE);
        vault_free(&vault);
        keyfile_free(&keys); /* what a vault that could not be made has not taken over */
    }
    assert_true(nth > 8);
    /* The one that serves makes a new key each day: without memory for it, it says so and does it the next time. */
    clock_set_fixed(NOW_MS + VAULT_EK_LIFE_MS);
    fault_arm(FAULT_ALLOC, 1);
    BUF_SCOPE(refused, 4 * NOTE_MAX_BYTES);
    assert_int_equal(vault_notes(w->vault, &refused), ERR_MEMORY);
    BUF_SCOPE(notes, 4 * NOTE_MAX_BYTES);
    assert_int_equal(vault_notes(w->vault, &notes), ERR_NONE);
    assert_false(str_is(buf_str(&notes), buf_str(&w->notes)));
}

/* As the widget seals it, but whatever `plain` holds. */
static void
first_flight(struct world *w, const unsigned char plain[512], unsigned char m1[VAULT_M1_BYTES])
{
    unsigned char info[14 + 32];
    struct hpke hpke;

    memcpy(m1, (unsigned char[3]){1, 0, KEYNOTE_SUITE}, 3);
    memcpy(m1 + 3, w->kem.kid, 8);
    memcpy(info, "privet/1 open\0", 14);
    hkdf_hash(&w->key_note, 1, info + 14);
    assert_int_equal(hpke_send(w->kem.public, str_bytes(info, sizeof info), (struct hpke_psk){{"", 0}, {"", 0}}, m1 + 11, &hpke), ERR_NONE);
    assert_int_equal(hpke_seal(&hpke, str_bytes(m1, 43), str_bytes(plain, 512), m1 + 43), ERR_NONE);
    hpke_wipe(&hpke);
}

static void
good_inner(unsigned char plain[512])
{
    struct secret *device = NULL;
    unsigned char secret[32], seed[32];

    memset(plain, 0, 512);
    plain[1] = (unsigned char)INNER_BYTES;
    hpke_pair(secret, plain + 2);
    plain[50] = 4;
    memcpy(plain + 51, "http", 4);
    assert_int_equal(secret_make(32, &device), ERR_NONE);
    rand_bytes(seed, sizeof seed);
    sign_seed_set(device, seed);
    sign_public(device, plain + 57);
    secret_free(&device);
    hpke_pair(secret, plain + 89);
}

static enum err
flight_result(struct world *w, const unsigned char plain[512], struct vault_opened *opened)
{
    unsigned char m1[VAULT_M1_BYTES];
    first_flight(w, plain, m1);
    return vault_open(w->vault, str_bytes(m1, sizeof m1), opened);
}

static void
a_first_flight_that_holds_anything_else_is_refused(void **state)
{
    struct world *w = *state;
    struct vault_opened opened;
    unsigned char plain[512], good[512];

    good_inner(good);
    assert_int_equal(flight_result(w, good, &opened), ERR_NONE);
    assert_true(str_is(str_bytes(opened.origin, opened.origin_len), STR("http")));
    for (unsigned len = 0; len <= 511; len++) {
        memset(plain, 0, 512);
        memcpy(plain, good, len < INNER_BYTES ? 2 + len : 512);
        plain[0] = (unsigned char)(len >> 8);
        plain[1] = (unsigned char)len;
        assert_int_equal(flight_result(w, plain, &opened), len == INNER_BYTES ? ERR_NONE : ERR_INPUT);
    }
    static const struct {
        size_t at, len;
        unsigned char value;
    } changes[] = {{55, 1, 0x80}, {56, 1, 4}, {2, 32, 0}, {57, 32, 0}, {89, 32, 0}, {50, 1, 5}, {50, 1, 3}, {50, 1, 255}, {511, 1, 1}};
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        memcpy(plain, good, 512);
        memset(plain + changes[i].at, changes[i].value, changes[i].len);
        assert_int_equal(flight_result(w, plain, &opened), ERR_INPUT);
    }
}

static void
a_first_flight_of_another_form_is_refused(void **state)
{
    struct world *w = *state;
    struct vault_opened opened;
    unsigned char plain[512], m1[VAULT_M1_BYTES];

    good_inner(plain);
    first_flight(w, plain, m1);
    for (size_t i = 0; i < 43; i++) {
        m1[i] ^= 1;
        assert_int_equal(vault_open(w->vault, str_bytes(m1, sizeof m1), &opened), i >= 3 && i < 11 ? ERR_ABSENT : ERR_INPUT);
        m1[i] ^= 1;
    }
    memset(m1 + 11, 0, 32); /* a point of small order */
    assert_int_equal(vault_open(w->vault, str_bytes(m1, sizeof m1), &opened), ERR_INPUT);
}

static void
a_field_opens_at_its_own_place_and_whole(void **state)
{
    struct world *w = *state;
    char longest[VAULT_FIELD_MAX_BYTES + 1];
    BUF_SCOPE(sealed, 2 * VAULT_FIELD_MAX_BYTES);
    BUF_SCOPE(plain, 2 * VAULT_FIELD_MAX_BYTES);

    memset(longest, 'x', sizeof longest);
    assert_int_equal(vault_field_seal(w->vault, STR("here"), str_bytes(longest, sizeof longest), &sealed), ERR_LIMIT);
    assert_int_equal(sealed.len, 0);
    assert_int_equal(vault_field_seal(w->vault, STR("here"), str_bytes(longest, VAULT_FIELD_MAX_BYTES), &sealed), ERR_NONE);
    assert_int_equal(vault_field_open(w->vault, STR("here"), buf_str(&sealed), &plain), ERR_NONE);
    assert_int_equal(plain.len, VAULT_FIELD_MAX_BYTES);
    buf_reset(&sealed);
    buf_reset(&plain);
    assert_int_equal(vault_field_seal(w->vault, STR("here"), STR("+49 30 1234567"), &sealed), ERR_NONE);
    assert_int_equal(vault_field_open(w->vault, STR("there"), buf_str(&sealed), &plain), ERR_INPUT);
    for (size_t len = 0; len < sealed.len; len++)
        assert_int_equal(vault_field_open(w->vault, STR("here"), str_bytes(sealed.at, len), &plain), ERR_INPUT);
    assert_int_equal(vault_field_open(w->vault, STR("here"), str_bytes(longest, sizeof longest), &plain), ERR_INPUT);
    assert_int_equal(plain.len, 0);
    for (size_t room = 0; room < sealed.len; room++) {
        BUF_SCOPE(cut, room);
        assert_int_equal(vault_field_seal(w->vault, STR("here"), STR("+49 30 1234567"), &cut), ERR_LIMIT);
    }
}

static void
core_is_answered_in_one_piece_or_told_the_kind_of_error(void **state)
{
    struct world *w = *state;
    struct vault_opened opened;
    unsigned char plain[512], m1[VAULT_M1_BYTES];
    BUF_SCOPE(whole, 4096);

    good_inner(plain);
    first_flight(w, plain, m1);
    assert_int_equal(vault_serve_answer(w->vault, WIRE_VAULT_OPEN, str_bytes(m1, sizeof m1), &whole), ERR_NONE);
    for (size_t len = 0; len < whole.len - 4; len++) {
        struct vault_opened untouched = {.flags = 77};
        assert_int_not_equal(vault_serve_parse_opened(str_bytes(whole.at, len), &untouched), ERR_NONE);
        assert_int_equal(untouched.flags, 77);
    }
    assert_int_equal(vault_serve_parse_opened(buf_str(&whole), &opened), ERR_NONE);
    assert_true(str_is(str_bytes(opened.origin, opened.origin_len), STR("http")));
    for (size_t room = 1; room < whole.len; room++) {
        BUF_SCOPE(cut, room);
        assert_int_equal(vault_serve_answer(w->vault, WIRE_VAULT_OPEN, str_bytes(m1, sizeof m1), &cut), ERR_NONE);
        assert_int_equal(vault_serve_parse_opened(buf_str(&cut), &opened), ERR_LIMIT);
    }
    static const struct {
        uint16_t type;
        str request;
        unsigned char wanted;
    } refused[] = {{WIRE_VAULT_OPEN, {"", 0}, ERR_INPUT}, {WIRE_VAULT_SEAL, {"\0", 1}, ERR_INPUT}, {WIRE_VAULT_SEAL, {"\0\2x", 3}, ERR_INPUT},
                   {WIRE_TURN, {"", 0}, ERR_BUG}};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        BUF_SCOPE(answer, 4096);
        assert_int_equal(vault_serve_answer(w->vault, refused[i].type, refused[i].request, &answer), ERR_NONE);
        assert_int_equal(answer.len, 1);
        assert_int_equal(answer.at[0], refused[i].wanted);
    }
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(the_notes_are_the_identity_the_keys_and_the_signed_manifest),
        cmocka_unit_test(an_identity_note_of_another_key_or_form_is_refused),
        cmocka_unit_test(an_identity_note_with_too_long_a_name_is_refused),
        IN_WORLD(whatever_allocation_fails_there_is_a_whole_vault_or_none),
        IN_WORLD(a_first_flight_that_holds_anything_else_is_refused),
        IN_WORLD(a_first_flight_of_another_form_is_refused),
        IN_WORLD(a_field_opens_at_its_own_place_and_whole),
        IN_WORLD(core_is_answered_in_one_piece_or_told_the_kind_of_error),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
