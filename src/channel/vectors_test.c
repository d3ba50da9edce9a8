/* protocol/vectors/channel.json: the numbers that C and TypeScript are both held to. Run bare, it makes every vector again and
 * compares the file byte by byte; run with --write, it writes the file. All keys here come from a hash of a label: none is secret. */
#include "base/alloc.h"
#include "base/clock.h"
#include "base/rand.h"
#include "channel/visitor.h"
#include "channel/work.h"
#include "crypt/base64.h"
#include "crypt/hkdf.h"
#include "crypt/hpke.h"
#include "crypt/sign.h"
#include "trust/manifest.h"

#include <jansson.h>
#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define VECTORS_PATH "protocol/vectors/channel.json"
#define NOW_MS ((uint64_t)1790000000000)
#define NOW_S (NOW_MS / 1000)
#define NAME STR("chat.example")
#define ONLINE_NAME STR("chat.example/online")

static void
bytes_of(const char *label, int number, unsigned char *out, size_t len)
{
    char text[64];
    unsigned char hash[32];

    snprintf(text, sizeof text, "privet vector %s %d", label, number);
    str all = str_from(text);
    for (size_t at = 0; at < len; at += 32) {
        hkdf_hash(&all, 1, hash);
        memcpy(out + at, hash, len - at < 32 ? len - at : 32);
        all = str_bytes(hash, 32);
    }
}

static struct secret *
seed_of(const char *label)
{
    unsigned char bytes[32];
    struct secret *seed = NULL;

    bytes_of(label, 0, bytes, 32);
    assert_int_equal(secret_make(32, &seed), ERR_NONE);
    sign_seed_set(seed, bytes);
    return seed;
}

static void
put_hex(json_t *object, const char *name, const void *at, size_t len)
{
    BUF_SCOPE(hex, 1 << 20);
    assert_int_equal(base64_hex_write(&hex, str_bytes(at, len)), ERR_NONE);
    assert_int_equal(json_object_set_new(object, name, json_stringn(hex.at ? (const char *)hex.at : "", hex.len)), 0);
}

static void
put_text(json_t *object, const char *name, str text)
{
    assert_int_equal(json_object_set_new(object, name, json_stringn(text.at, text.len)), 0);
}

static void
put_number(json_t *object, const char *name, uint64_t number)
{
    assert_int_equal(json_object_set_new(object, name, json_integer((json_int_t)number)), 0);
}

/* One row of "notes": what is changed in notes that are otherwise good, and the reason to refuse them. */
struct note_case {
    const char *what, *expect;
    const char *identity[2], *keys[2];             /* find, put: before signing */
    const char *identity_signed[2], *keys_signed[2]; /* after signing */
    int64_t later_s;
    uint64_t seen_identity, seen_keys;
    const char *origin, *root, *online; /* NULL = the right one */
    size_t repeat;                      /* the last line of the key note, so many times more */
};

#define DAYS_90 (90 * 86400)

static const struct note_case note_cases[] = {
    {.what = "all is well", .expect = "ok"},
    {.what = "optional lines", .expect = "ok", .identity = {"ORIGINS", "OPTIONAL"}},
    {.what = "sixteen keys", .expect = "ok", .repeat = 15},
    {.what = "the other origin", .expect = "ok", .origin = "https://chat.example"},
    {.what = "key note at the last second of tolerance", .expect = "ok", .later_s = 48 * 3600 + 300},
    {.what = "at the first second of tolerance", .expect = "ok", .later_s = -300},
    {.what = "the same serials again", .expect = "ok", .seen_identity = 7, .seen_keys = NOW_MS},
    {.what = "pinned to another root", .expect = "wrong-root", .root = "another root"},
    {.what = "identity note changed", .expect = "bad-signature", .identity_signed = {"serial 7", "serial 8"}},
    {.what = "origin added after signing", .expect = "bad-signature",
     .identity_signed = {"origin https://shop.example\n", "origin https://shop.example\norigin https://evil.example\n"}},
    {.what = "key note changed", .expect = "bad-signature", .keys_signed = {"serial 1", "serial 2"}},
    {.what = "key note by another online key", .expect = "bad-signature", .online = "another online"},
    {.what = "serial with a leading zero", .expect = "not-canonical", .identity = {"serial 7", "serial 07"}},
    {.what = "origin with a path", .expect = "not-canonical",
     .identity = {"https://shop.example", "https://shop.example/"}},
    {.what = "origin in upper case", .expect = "not-canonical", .identity = {"https://shop.example", "https://Shop.example"}},
    {.what = "valid for no time", .expect = "not-canonical", .identity = {"valid 1790000000 ", "valid 1797776000 "}},
    {.what = "two blanks", .expect = "not-canonical", .identity = {"valid 1790000000 ", "valid 1790000000  "}},
    {.what = "another server's name", .expect = "not-canonical", .identity = {"name chat.example", "name chat.evil"}},
    {.what = "online key of small order", .expect = "not-canonical", .identity = {"ONLINE", "SMALL"}},
    {.what = "staff key off the curve", .expect = "not-canonical",
     .identity = {"origin ", "staff-ca chat.example/staff+5e3166d8+AQIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\norigin "}},
    {.what = "staff key whose y is over the field's prime", .expect = "not-canonical",
     .identity = {"origin ", "staff-ca chat.example/staff+6156e7d1+AfD///////////////////////////////////////9/\norigin "}},
    {.what = "key note valid for no time", .expect = "not-canonical", .keys = {"valid 1790000000 ", "valid 1790172800 "}},
    {.what = "key note without a key", .expect = "not-canonical", .keys = {"KEM", ""}},
    {.what = "key id that does not fit", .expect = "not-canonical", .keys = {"kem 0001 ", "kem 0001 KID"}},
    {.what = "node with a leading zero", .expect = "not-canonical", .keys = {" 0 ", " 00 "}},
    {.what = "node over 255", .expect = "not-canonical", .keys = {" 0 ", " 256 "}},
    {.what = "key with bits left over", .expect = "not-canonical", .keys = {"BITS", "BITS"}},
    {.what = "seventeen keys", .expect = "not-canonical", .repeat = 16},
    {.what = "no newline at the end", .expect = "not-canonical", .keys_signed = {"END", "CUT"}},
    {.what = "two signatures", .expect = "not-canonical", .identity_signed = {"END", "TWICE"}},
    {.what = "unknown line at the end", .expect = "unknown-line", .identity = {"END", "colour red\n"}},
    {.what = "unknown line inside", .expect = "unknown-line", .keys = {"identity ", "colour red\nidentity "}},
    {.what = "a line twice", .expect = "unknown-line", .identity = {"serial 7\n", "serial 7\nserial 7\n"}},
    {.what = "a line missing", .expect = "unknown-line", .identity = {"serial 7\n", ""}},
    {.what = "another version", .expect = "unknown-line", .identity = {"privet-identity/1", "privet-identity/2"}},
    {.what = "key note one second too old", .expect = "expired", .later_s = 48 * 3600 + 301},
    {.what = "identity note expired", .expect = "expired", .later_s = DAYS_90 + 301},
    {.what = "one second too early", .expect = "not-yet-valid", .later_s = -301},
    {.what = "an older key note than before", .expect = "rolled-back", .seen_keys = NOW_MS + 1},
    {.what = "an older identity note than before", .expect = "rolled-back", .seen_identity = 8},
    {.what = "a page that is not in the identity note", .expect = "foreign-origin", .origin = "https://evil.example"},
    {.what = "another port", .expect = "foreign-origin", .origin = "https://shop.example:8443"},
    {.what = "another scheme", .expect = "foreign-origin", .origin = "http://shop.example"},
    {.what = "key note in another server's name", .expect = "wrong-identity", .keys = {"name chat.example", "name chat.evil"}},
    {.what = "key note of another identity note", .expect = "wrong-identity", .keys = {"identity ", "HASH"}},
};

/* Replaces the first `find` by `put`; END stands for the end. */
static void
edit(struct buf *text, const char *find, const char *put)
{
    BUF_SCOPE(out, 32768);
    str all = buf_str(text), mark = str_from(find);
    bool at_end = str_is(mark, STR("END"));
    size_t at = at_end ? all.len : str_find(all, mark);

    assert_true(at != SIZE_MAX);
    assert_int_equal(buf_add_str(&out, str_slice(all, 0, at)), ERR_NONE);
    assert_int_equal(buf_add_str(&out, str_from(put)), ERR_NONE);
    if (!at_end)
        assert_int_equal(buf_add_str(&out, str_slice(all, at + mark.len, SIZE_MAX)), ERR_NONE);
    buf_reset(text);
    assert_int_equal(buf_add_str(text, buf_str(&out)), ERR_NONE);
}

static void
sign_text(struct buf *note, const struct buf *text, str name, const char *signer)
{
    struct secret *seed = seed_of(signer);
    buf_reset(note);
    assert_int_equal(note_sign(note, buf_str(text), name, seed), ERR_NONE);
    secret_free(&seed);
}

static void
vkey_of(struct buf *out, str name, const char *label)
{
    unsigned char public[32];
    struct secret *seed = seed_of(label);
    sign_public(seed, public);
    secret_free(&seed);
    assert_int_equal(note_key_write(out, name, public), ERR_NONE);
}

static void
make_identity(const struct note_case *note, struct buf *out)
{
    static const unsigned char small[32] = {1};
    struct identity identity = {.name = NAME, .serial = 7, .from_s = NOW_S, .to_s = NOW_S + DAYS_90, .origin_count = 2,
                                .origins = {STR("https://shop.example"), STR("https://chat.example")}};
    struct secret *seed = seed_of("online");
    BUF_SCOPE(text, 32768);
    BUF_SCOPE(staff, 256);

    identity.online.name = ONLINE_NAME;
    sign_public(seed, identity.online.public);
    secret_free(&seed);
    if (note->identity[0] && strcmp(note->identity[0], "ORIGINS") == 0) {
        vkey_of(&staff, STR("chat.example/staff"), "staff");
        identity.staff_ca = buf_str(&staff);
        identity.next_root = STR("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
        identity.origins[identity.origin_count++] = STR("http://127.0.0.1:8080");
    }
    if (note->identity[0] && strcmp(note->identity[0], "ONLINE") == 0)
        memcpy(identity.online.public, small, 32);
    assert_int_equal(identity_write(&text, &identity), ERR_NONE);
    if (note->identity[0] && strcmp(note->identity[0], "ORIGINS") != 0 && strcmp(note->identity[0], "ONLINE") != 0)
        edit(&text, note->identity[0], note->identity[1]);
    sign_text(out, &text, NAME, "root");
    if (note->identity_signed[1] && strcmp(note->identity_signed[1], "TWICE") == 0) {
        BUF_SCOPE(line, 1024);
        size_t at = str_find(buf_str(out), STR("\n\n"));
        assert_int_equal(buf_add_str(&line, str_slice(buf_str(out), at + 2, SIZE_MAX)), ERR_NONE);
        assert_int_equal(buf_add_str(out, buf_str(&line)), ERR_NONE);
    } else if (note->identity_signed[0]) {
        edit(out, note->identity_signed[0], note->identity_signed[1]);
    }
}

static void
make_keys(const struct note_case *note, const struct buf *identity_note, struct buf *out)
{
    struct keynote keynote = {.name = NAME, .serial = NOW_MS, .from_s = NOW_S, .to_s = NOW_S + KEYNOTE_SECONDS, .key_count = 1};
    unsigned char secret[32];
    str whole = buf_str(identity_note);
    BUF_SCOPE(text, 32768);
    bool bits = note->keys[0] && strcmp(note->keys[0], "BITS") == 0;

    bytes_of("ek", 0, secret, 32);
    rand_set_fixed(secret, 32);
    hpke_pair(secret, keynote.keys[0].public);
    rand_set_fixed(NULL, 0);
    keynote_kid(keynote.keys[0].public, keynote.keys[0].kid);
    hkdf_hash(&whole, 1, keynote.identity_hash);
    if (note->keys[1] && strcmp(note->keys[1], "HASH") == 0)
        keynote.identity_hash[0] ^= 1;
    if (note->keys[1] && strcmp(note->keys[1], "kem 0001 KID") == 0)
        keynote.keys[0].kid[7] ^= 1;
    assert_int_equal(keynote_write(&text, &keynote), ERR_NONE);
    if (bits)
        text.at[text.len - 3]++; /* the last letter before "=\n": its lowest bits are no part of the key */
    if (note->keys[0] && strcmp(note->keys[0], "KEM") == 0)
        text.len = str_find(buf_str(&text), STR("kem "));
    else if (note->keys[0] && !bits && strcmp(note->keys[1], "HASH") != 0 && strcmp(note->keys[1], "kem 0001 KID") != 0)
        edit(&text, note->keys[0], note->keys[1]);
    BUF_SCOPE(line, 256);
    size_t kem = str_find(buf_str(&text), STR("kem "));
    if (kem != SIZE_MAX)
        assert_int_equal(buf_add_str(&line, str_slice(buf_str(&text), kem, SIZE_MAX)), ERR_NONE);
    for (size_t i = 0; i < note->repeat; i++)
        assert_int_equal(buf_add_str(&text, buf_str(&line)), ERR_NONE);
    sign_text(out, &text, ONLINE_NAME, note->online ? note->online : "online");
    if (note->keys_signed[1] && strcmp(note->keys_signed[1], "CUT") == 0)
        out->len--;
    else if (note->keys_signed[0])
        edit(out, note->keys_signed[0], note->keys_signed[1]);
}

/* The reason that stands in the vectors, for the way the C side failed. */
static const char *
reason_of(enum err err)
{
    static const char *const rows[][2] = {
        {"identity: signed by another root", "wrong-root"},
        {"note: signed by another key", "bad-signature"},
        {"sign: the signature does not fit", "bad-signature"},
        {"note: a line is missing", "unknown-line"},
        {"note: not the line that belongs here", "unknown-line"},
        {"identity: expired", "expired"},
        {"keynote: expired", "expired"},
        {"identity: not yet valid", "not-yet-valid"},
        {"keynote: not yet valid", "not-yet-valid"},
        {"visitor: rolled back", "rolled-back"},
        {"visitor: foreign origin", "foreign-origin"},
        {"keynote: belongs to another identity note", "wrong-identity"},
    };
    if (err == ERR_NONE)
        return "ok";
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i][0], err_text()) == 0)
            return rows[i][1];
    assert_int_equal(err, ERR_INPUT);
    return "not-canonical";
}

static void
make_manifest_text(struct buf *text)
{
    struct manifest manifest = {.name = NAME, .serial = NOW_MS, .version = STR("0.1.0"), .file_count = 2};

    manifest.files[0].path = STR("/chat");
    manifest.files[1].path = STR("/loader.js");
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(manifest_hash(manifest.files[i].path, manifest.files[i].hash), ERR_NONE);
    assert_int_equal(manifest_write(text, &manifest), ERR_NONE);
}

static json_t *
make_note(const struct note_case *note)
{
    json_t *row = json_object();
    BUF_SCOPE(root, 256);
    BUF_SCOPE(identity, 32768);
    BUF_SCOPE(keys, 32768);
    BUF_SCOPE(text, 4096);
    BUF_SCOPE(manifest, 4096);
    struct visitor_server server;

    vkey_of(&root, NAME, note->root ? note->root : "root");
    make_identity(note, &identity);
    make_keys(note, &identity, &keys);
    make_manifest_text(&text);
    sign_text(&manifest, &text, ONLINE_NAME, "online");
    str origin = str_from(note->origin ? note->origin : "https://shop.example");
    struct visitor_notes notes = {buf_str(&root), buf_str(&identity), buf_str(&keys), (uint64_t)((int64_t)NOW_S + note->later_s),
                                  note->seen_identity, note->seen_keys};
    const char *reason = reason_of(visitor_check(&notes, origin, &server));
    if (strcmp(reason, note->expect) != 0)
        fail_msg("%s: %s, not %s (%s)", note->what, reason, note->expect, err_text());
    put_text(row, "what", str_from(note->what));
    put_text(row, "root_vkey", notes.root);
    put_text(row, "identity", notes.identity);
    put_text(row, "keys", notes.keys);
    put_text(row, "manifest", buf_str(&manifest));
    put_number(row, "now", notes.now_s);
    put_text(row, "origin", origin);
    if (note->seen_identity)
        put_number(row, "seen_identity_serial", note->seen_identity);
    if (note->seen_keys)
        put_number(row, "seen_serial", note->seen_keys);
    put_text(row, "expect", str_from(note->expect));
    return row;
}

struct manifest_case {
    const char *what, *expect, *before[2], *after[2];
};

static const struct manifest_case manifest_cases[] = {
    {.what = "all is well", .expect = "ok"},
    {.what = "changed", .expect = "bad-signature", .after = {"0.1.0", "0.1.1"}},
    {.what = "not sorted", .expect = "not-canonical", .before = {"/chat", "/zebra"}},
    {.what = "version with a leading zero", .expect = "not-canonical", .before = {"0.1.0", "0.01.0"}},
    {.what = "a path without a slash", .expect = "not-canonical", .before = {"/chat", "chat"}},
    {.what = "a path over ASCII", .expect = "not-canonical", .before = {"/chat", "/ch\xC3\xA4t"}},
    {.what = "version with four numbers", .expect = "not-canonical", .before = {"0.1.0", "0.1.0.0"}},
    {.what = "another hash", .expect = "not-canonical", .before = {"sha384-", "sha256-"}},
    {.what = "another server's name", .expect = "not-canonical", .before = {"name chat.example", "name chat.evil"}},
    {.what = "unknown line", .expect = "unknown-line", .before = {"END", "colour red\n"}},
};

static json_t *
make_manifest(const struct manifest_case *want)
{
    json_t *row = json_object();
    BUF_SCOPE(text, 4096);
    BUF_SCOPE(note, 4096);
    BUF_SCOPE(vkey, 256);
    struct note_key online;
    struct manifest manifest;

    make_manifest_text(&text);
    if (want->before[0])
        edit(&text, want->before[0], want->before[1]);
    sign_text(&note, &text, ONLINE_NAME, "online");
    if (want->after[0])
        edit(&note, want->after[0], want->after[1]);
    vkey_of(&vkey, ONLINE_NAME, "online");
    assert_int_equal(note_key_parse(buf_str(&vkey), &online), ERR_NONE);
    const char *reason = reason_of(manifest_open(buf_str(&note), &online, &manifest));
    if (strcmp(reason, want->expect) != 0)
        fail_msg("%s: %s, not %s (%s)", want->what, reason, want->expect, err_text());
    put_text(row, "what", str_from(want->what));
    put_text(row, "online_vkey", buf_str(&vkey));
    put_text(row, "manifest", buf_str(&note));
    put_text(row, "expect", str_from(want->expect));
    return row;
}

static const struct {
    const char *origin;
    uint16_t flags;
} handshake_cases[] = {
    {"https://shop.example", 0},
    {"http://127.0.0.1:8080", 1},
    {"https://a-long-name-of-a-host-whose-labels-fill-the-field-to-its-end.a-long-name-of-a-host-whose-labels-fill-the-field-t"
     "o-its-end.a-long-name-of-a-host-whose-labels-fill-the-field-to-its-end.a-long-name-of-a-host-whose-labels-fill-the-field"
     "-to-its.example",
     3},
};

struct shake {
    struct vault *vault;
    struct session_table *table;
    struct session *session;
    struct visitor visitor;
    struct buf keys; /* the key note */
    unsigned char ek[32], draws[80], sid[16], enc1[32], m2[321];
};

/* A vault whose EK is known, and its key note. */
static void
shake_vault(struct shake *shake, int number)
{
    struct keyfile keys = {seed_of("online"), seed_of("master")};
    BUF_SCOPE(identity, NOTE_MAX_BYTES);
    BUF_SCOPE(notes, (size_t)4 * NOTE_MAX_BYTES);
    struct view view;
    const unsigned char *at = NULL;
    uint32_t len = 0;

    clock_set_fixed(NOW_MS + (uint64_t)number * 1000);
    make_identity(&note_cases[0], &identity);
    bytes_of("ek", number, shake->ek, 32);
    rand_set_fixed(shake->ek, 32);
    assert_int_equal(vault_make(&keys, buf_str(&identity), STR(""), &shake->vault), ERR_NONE);
    rand_set_fixed(NULL, 0);
    assert_int_equal(vault_notes(shake->vault, &notes), ERR_NONE);
    view = (struct view){notes.at, notes.len};
    for (int i = 0; i < 2; i++) {
        assert_int_equal(buf_view_u32(&view, &len), ERR_NONE);
        assert_int_equal(buf_view_bytes(&view, len, &at), ERR_NONE);
    }
    buf_init(&shake->keys, NOTE_MAX_BYTES);
    assert_int_equal(buf_add(&shake->keys, at, len), ERR_NONE);
}

/* M1 by a visitor whose draws are known: c_private ‖ random ‖ private half of enc0. */
static void
shake_first(struct shake *shake, int number)
{
    struct keynote_key key;
    unsigned char bytes[32];

    bytes_of("ds", number, bytes, 32);
    assert_int_equal(visitor_init(&shake->visitor), ERR_NONE);
    sign_seed_set(shake->visitor.device, bytes);
    bytes_of("ahk", number, bytes, 32);
    rand_set_fixed(bytes, 32);
    hpke_pair(shake->visitor.history_secret, shake->visitor.history);
    shake->visitor.flags = handshake_cases[number].flags;
    rand_set_fixed(shake->ek, 32);
    hpke_pair(bytes, key.public);
    keynote_kid(key.public, key.kid);
    bytes_of("first flight", number, shake->draws, sizeof shake->draws);
    rand_set_fixed(shake->draws, sizeof shake->draws);
    assert_int_equal(visitor_seal_m1(&shake->visitor, &key, buf_str(&shake->keys), str_from(handshake_cases[number].origin)),
                     ERR_NONE);
    rand_set_fixed(NULL, 0);
}

static void
shake_second(struct shake *shake, int number)
{
    struct vault_opened opened;
    struct handshake_welcome welcome = {.time_ms = NOW_MS, .request_bytes_max = 65536, .session_seconds = 86400,
                                        .retention_days = (uint16_t)(30 * number), .policy = (uint8_t)number};
    str m1 = str_bytes(shake->visitor.m1, 571);
    unsigned char signature[64];

    bytes_of("notice", number, welcome.notice_version, 8);
    assert_int_equal(vault_open(shake->vault, m1, &opened), ERR_NONE);
    assert_true(str_is(str_bytes(opened.origin, opened.origin_len), str_from(handshake_cases[number].origin)));
    assert_int_equal(session_table_make(4, &shake->table), ERR_NONE);
    bytes_of("sid", number, shake->sid, 16);
    rand_set_fixed(shake->sid, 16);
    assert_int_equal(session_add(shake->table, (uint8_t)number, &shake->session), ERR_NONE);
    bytes_of("enc1", number, shake->enc1, 32);
    rand_set_fixed(shake->enc1, 32);
    assert_int_equal(handshake_accept(shake->session, m1, &opened, &welcome, shake->m2), ERR_NONE);
    rand_set_fixed(NULL, 0);
    assert_int_equal(visitor_accept(&shake->visitor, str_bytes(shake->m2, 321)), ERR_NONE);
    assert_memory_equal(&shake->visitor.welcome.notice_version, welcome.notice_version, 8);
    assert_memory_equal(shake->visitor.session.up, shake->session->up, 32);
    visitor_proof(&shake->visitor, signature);
    assert_int_equal(handshake_check_proof(shake->session, signature), ERR_NONE);
}

/* ms and the welcome's plaintext, worked out once more from the page of the protocol. */
static void
put_inner(json_t *row, const struct shake *shake)
{
    unsigned char info[64], label[48], plain[256], ms[32], th[32];
    struct hpke hpke;
    str m1 = str_bytes(shake->visitor.m1, 571), m2 = str_bytes(shake->m2, 321);

    memcpy(info, "privet/1 accept\0", 16);
    hkdf_hash(&m1, 1, info + 16);
    memcpy(info + 48, shake->m2 + 1, 16);
    struct hpke_psk psk = {str_bytes(shake->visitor.psk, 32), STR("privet/1")};
    assert_int_equal(hpke_receive(shake->draws, shake->m2 + 17, str_bytes(info, 64), psk, &hpke), ERR_NONE);
    assert_int_equal(hpke_open(&hpke, str_slice(m2, 0, 49), str_slice(m2, 49, 272), plain), ERR_NONE);
    hkdf_hash(HKDF_PIECES(m1, m2), th);
    assert_memory_equal(th, shake->session->th, 32);
    memcpy(label, "privet/1 traffic", 16);
    memcpy(label + 16, th, 32);
    hpke_export(&hpke, str_bytes(label, 48), ms, 32);
    put_hex(row, "welcome_plaintext", plain, 256);
    put_hex(row, "m2", shake->m2, 321);
    put_hex(row, "th", th, 32);
    put_hex(row, "ms", ms, 32);
}

static json_t *
make_handshake(int number)
{
    static struct shake shake;
    json_t *row = json_object();
    unsigned char bytes[64];

    memset(&shake, 0, sizeof shake);
    shake_vault(&shake, number);
    shake_first(&shake, number);
    shake_second(&shake, number);
    put_hex(row, "ek_private", shake.ek, 32);
    put_text(row, "keys_note", buf_str(&shake.keys));
    put_hex(row, "c_private", shake.draws, 32);
    put_hex(row, "enc0_ephemeral_private", shake.draws + 48, 32);
    put_hex(row, "random", shake.draws + 32, 16);
    put_text(row, "origin", str_from(handshake_cases[number].origin));
    put_number(row, "flags", handshake_cases[number].flags);
    bytes_of("ds", number, bytes, 32);
    put_hex(row, "ds_seed", bytes, 32);
    put_hex(row, "ahk_public", shake.visitor.history, 32);
    put_hex(row, "psk", shake.visitor.psk, 32);
    put_hex(row, "m1", shake.visitor.m1, 571);
    put_hex(row, "sid", shake.session->id, 16);
    put_hex(row, "enc1_ephemeral_private", shake.enc1, 32);
    put_inner(row, &shake);
    put_hex(row, "up0", shake.session->up, 32);
    put_hex(row, "dn0", shake.session->dn, 32);
    visitor_proof(&shake.visitor, bytes);
    put_hex(row, "proof", bytes, 64);
    visitor_done(&shake.visitor);
    vault_free(&shake.vault);
    session_give(shake.table, &shake.session);
    session_table_free(&shake.table);
    buf_done(&shake.keys);
    clock_set_real();
    return row;
}

/* An array of records without their lengths. */
static void
put_records(json_t *row, const char *name, str body)
{
    struct view view = {(const unsigned char *)body.at, body.len};
    json_t *list = json_array(), *holder = json_object();
    const unsigned char *at;
    uint32_t len = 0;

    while (view.len > 0) {
        assert_int_equal(buf_view_u32(&view, &len), ERR_NONE);
        assert_int_equal(buf_view_bytes(&view, len, &at), ERR_NONE);
        put_hex(holder, "it", at, len);
        assert_int_equal(json_array_append(list, json_object_get(holder, "it")), 0);
    }
    json_decref(holder);
    assert_int_equal(json_object_set_new(row, name, list), 0);
}

static const struct {
    size_t request, reply;
} record_cases[] = {{0, 510}, {511, 1022}, {1023, 4094}, {60, 700}, {32766, 1}, {32767, 40000}};

static json_t *
make_record(struct session *core, struct session *mine, int number)
{
    static unsigned char request[40000], reply[40000];
    json_t *row = json_object();
    struct record_request opened = {.cached = {NULL, 0}};
    enum refusal why = REFUSAL_NONE;
    unsigned char hash[32];
    str answer;
    BUF_SCOPE(body, 1 << 20);
    BUF_SCOPE(back, 1 << 20);
    ARENA_SCOPE(arena);

    assert_int_equal(arena_make(1 << 20, &arena), ERR_NONE);
    bytes_of("request", number, request, record_cases[number].request);
    bytes_of("reply", number, reply, record_cases[number].reply);
    str asked = str_bytes(request, record_cases[number].request), told = str_bytes(reply, record_cases[number].reply);
    put_hex(row, "up", core->up, 32);
    put_hex(row, "dn", core->dn, 32);
    put_hex(row, "sid", core->id, 16);
    put_number(row, "turn", core->turn);
    assert_int_equal(record_request_seal(mine, asked, hash, &body), ERR_NONE);
    assert_int_equal(record_open(core, arena, buf_str(&body), &opened, &why), ERR_NONE);
    assert_true(str_is(record_words(opened.words), asked));
    assert_int_equal(record_reply(core, opened.request_hash, told, &answer), ERR_NONE);
    assert_int_equal(record_reply_open(mine, hash, answer, &back), ERR_NONE);
    assert_true(str_is(buf_str(&back), told));
    put_hex(row, "request_plaintext", asked.at, asked.len);
    put_records(row, "request_records", buf_str(&body));
    put_hex(row, "reply_plaintext", told.at, told.len);
    put_records(row, "reply_records", answer);
    put_hex(row, "up_next", core->up, 32);
    put_hex(row, "dn_next", core->dn, 32);
    return row;
}

/* Six turns in a row; the last is the last that a session may have. */
static json_t *
make_records(void)
{
    struct session core = {.turn = 0}, mine;
    json_t *list = json_array();

    bytes_of("sid", 9, core.id, 16);
    bytes_of("up", 0, core.up, 32);
    bytes_of("dn", 0, core.dn, 32);
    buf_init(&core.last_reply, 1 << 20);
    mine = core;
    for (int i = 0; i < (int)(sizeof record_cases / sizeof *record_cases); i++) {
        if (i == 5)
            core.turn = mine.turn = SESSION_TURNS_MAX - 1;
        assert_int_equal(json_array_append_new(list, make_record(&core, &mine, i)), 0);
    }
    buf_done(&core.last_reply);
    return list;
}

static const struct {
    char author;
    size_t len;
    const char *text;
} entry_cases[] = {
    {'v', 0, "{\"at\":1790000000,\"id\":\"AAECAwQFBgcICQoLDA0ODw\",\"text\":\"Do you ship to Chi\\u0219in\\u0103u?\"}"},
    {'b', 510, NULL},
    {'v', 511, NULL},
    {'b', 0, "{\"v\":1,\"kind\":\"reply\",\"messages\":[{\"blocks\":[{\"p\":[\"Да, конечно — 5 days.\"]}]}]}"},
    {'v', 0, ""},
    {'h', 2000, NULL},
};

static json_t *
make_entry(struct entry_chain *core, struct entry_chain *mine, int number)
{
    unsigned char text[2000], commit[32];
    str words = entry_cases[number].text ? str_from(entry_cases[number].text) : str_bytes(text, entry_cases[number].len);
    char author[2] = {entry_cases[number].author, 0};
    json_t *row = json_object();
    BUF_SCOPE(ct, 65536);
    BUF_SCOPE(back, 65536);

    bytes_of("entry", number, text, entry_cases[number].len);
    put_hex(row, "slot", core->slot, 32);
    put_hex(row, "chain", core->key, 32);
    put_hex(row, "conversation", core->conversation, 16);
    put_number(row, "n", core->n);
    put_text(row, "author", str_from(author));
    put_hex(row, "previous", core->previous, 32);
    put_hex(row, "plaintext", words.at, words.len);
    assert_int_equal(entry_seal(core, author[0], words, commit, &ct), ERR_NONE);
    assert_int_equal(entry_open(mine, author[0], commit, buf_str(&ct), &back), ERR_NONE);
    assert_true(str_is(buf_str(&back), words));
    put_hex(row, "commit", commit, 32);
    put_hex(row, "ct", ct.at, ct.len);
    put_hex(row, "chain_next", core->key, 32);
    return row;
}

/* A wrap and, from its chain key on, entries: the first three of wrap 0, then three of wrap 1, linked by their hashes. */
static void
make_stored(json_t *wraps, json_t *entries)
{
    struct entry_chain core = {.n = 0}, mine;
    unsigned char secret[32], public[32], draws[64];

    bytes_of("conversation", 0, core.conversation, 16);
    bytes_of("slot", 0, core.slot, 32);
    bytes_of("ahk", 0, draws, 32);
    rand_set_fixed(draws, 32);
    hpke_pair(secret, public);
    mine = core;
    for (int i = 0; i < 6; i++) {
        if (i % 3 == 0) {
            json_t *row = json_object();
            unsigned char wrap[80];
            bytes_of("wrap", i, draws, 64);
            rand_set_fixed(draws, 64);
            assert_int_equal(entry_wrap(&core, public, wrap), ERR_NONE);
            rand_set_fixed(NULL, 0);
            assert_int_equal(entry_unwrap(&mine, secret, core.n, wrap), ERR_NONE);
            put_hex(row, "ahk_private", secret, 32);
            put_hex(row, "ephemeral_private", draws + 32, 32);
            put_hex(row, "conversation", core.conversation, 16);
            put_number(row, "from", core.n);
            put_hex(row, "chain", core.key, 32);
            put_hex(row, "wrap", wrap, 80);
            assert_int_equal(json_array_append_new(wraps, row), 0);
        }
        assert_int_equal(json_array_append_new(entries, make_entry(&core, &mine, i)), 0);
    }
}

static json_t *
make_work(int number, unsigned bits)
{
    static struct work work;
    unsigned char key[32], m1[571], challenge[WORK_CHALLENGE_BYTES], proof[WORK_BYTES];
    json_t *row = json_object();
    unsigned done = 0;

    bytes_of("work key", number, key, 32);
    bytes_of("work m1", number, m1, sizeof m1);
    rand_set_fixed(key, sizeof key);
    work_init(&work);
    rand_set_fixed(NULL, 0);
    work_ask(&work, STR("where"), bits, NOW_MS, challenge);
    str flight = str_bytes(m1, sizeof m1), shown = str_bytes(proof, sizeof proof);
    assert_int_equal(work_solve(challenge, flight, proof), ERR_NONE);
    assert_int_equal(work_check(&work, STR("where"), flight, shown, NOW_MS, &done), ERR_NONE);
    assert_int_equal(done, bits);
    put_hex(row, "key", key, sizeof key);
    put_text(row, "where", STR("where"));
    put_number(row, "now", NOW_S);
    put_hex(row, "challenge", challenge, sizeof challenge);
    put_hex(row, "m1", m1, sizeof m1);
    put_hex(row, "proof", proof, sizeof proof);
    return row;
}

static json_t *
make_works(void)
{
    static const unsigned bits[] = {1, 8, 12, 16};
    json_t *works = json_array();

    for (size_t i = 0; i < sizeof bits / sizeof *bits; i++)
        assert_int_equal(json_array_append_new(works, make_work((int)i, bits[i])), 0);
    return works;
}

static json_t *
make_all(void)
{
    json_t *all = json_object(), *notes = json_array(), *manifests = json_array(), *handshakes = json_array();
    json_t *entries = json_array(), *wraps = json_array();

    for (size_t i = 0; i < sizeof note_cases / sizeof *note_cases; i++)
        assert_int_equal(json_array_append_new(notes, make_note(&note_cases[i])), 0);
    for (size_t i = 0; i < sizeof manifest_cases / sizeof *manifest_cases; i++)
        assert_int_equal(json_array_append_new(manifests, make_manifest(&manifest_cases[i])), 0);
    for (int i = 0; i < (int)(sizeof handshake_cases / sizeof *handshake_cases); i++)
        assert_int_equal(json_array_append_new(handshakes, make_handshake(i)), 0);
    make_stored(wraps, entries);
    assert_int_equal(json_object_set_new(all, "notes", notes), 0);
    assert_int_equal(json_object_set_new(all, "manifests", manifests), 0);
    assert_int_equal(json_object_set_new(all, "handshakes", handshakes), 0);
    assert_int_equal(json_object_set_new(all, "records", make_records()), 0);
    assert_int_equal(json_object_set_new(all, "entries", entries), 0);
    assert_int_equal(json_object_set_new(all, "wraps", wraps), 0);
    assert_int_equal(json_object_set_new(all, "works", make_works()), 0);
    return all;
}

/* The bytes of the file, which the caller frees as jansson wants. */
static char *
make_text(void)
{
    json_t *all = make_all();
    char *text = json_dumps(all, JSON_INDENT(1));
    json_decref(all);
    assert_non_null(text);
    return text;
}

static void
the_vectors_are_made_again_byte_by_byte(void **state)
{
    char *want = make_text();
    size_t len = strlen(want);
    FILE *file = fopen(VECTORS_PATH, "r");
    void *piece = NULL;

    (void)state;
    assert_non_null(file);
    assert_int_equal(alloc_make(len + 2, 1, &piece), ERR_NONE);
    char *got = piece;
    assert_int_equal(fread(got, 1, len + 2, file), len + 1);
    fclose(file);
    assert_memory_equal(got, want, len);
    assert_int_equal(got[len], '\n');
    alloc_free(&piece);
    free(want);
}

static void
there_are_enough_vectors_of_each_kind(void **state)
{
    static const struct {
        const char *name;
        size_t at_least;
    } kinds[] = {{"notes", 45}, {"manifests", 10}, {"handshakes", 3}, {"records", 6}, {"entries", 6}, {"wraps", 2}, {"works", 4}};
    json_error_t error;
    json_t *all = json_load_file(VECTORS_PATH, 0, &error);

    (void)state;
    assert_non_null(all);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        assert_true(json_array_size(json_object_get(all, kinds[i].name)) >= kinds[i].at_least);
    json_decref(all);
}

static void
write_the_vectors(void **state)
{
    char *text = make_text();
    FILE *file = fopen(VECTORS_PATH, "w");

    (void)state;
    assert_non_null(file);
    assert_true(fprintf(file, "%s\n", text) > 0);
    assert_int_equal(fclose(file), 0);
    free(text);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest write[] = {cmocka_unit_test(write_the_vectors)};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_vectors_are_made_again_byte_by_byte),
        cmocka_unit_test(there_are_enough_vectors_of_each_kind),
    };
    if (sodium_init() < 0)
        return 1;
    if (argc == 2 && strcmp(argv[1], "--write") == 0)
        return cmocka_run_group_tests(write, NULL, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
