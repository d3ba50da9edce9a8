/* Official vectors where they are at hand, and refusals by name. */
#include "base/buf.h"
#include "base/rand.h"
#include "crypt/aead.h"
#include "crypt/base64.h"
#include "crypt/hkdf.h"
#include "crypt/hpke.h"
#include "crypt/note.h"
#include "crypt/sign.h"

#include <jansson.h>
#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct bytes {
    unsigned char at[70000];
    size_t len;
};

static void
bytes_from(struct bytes *out, const json_t *object, const char *name)
{
    const char *hex = json_string_value(json_object_get(object, name));
    out->len = 0;
    if (hex)
        assert_int_equal(sodium_hex2bin(out->at, sizeof out->at, hex, strlen(hex), NULL, &out->len, NULL), 0);
}

static str
bytes_str(const struct bytes *bytes)
{
    return str_bytes(bytes->at, bytes->len);
}

/* NULL when the folder of vectors is not there; the test is then skipped, visibly. */
static json_t *
vectors_open(const char *name)
{
    char path[256];
    json_error_t error;
    snprintf(path, sizeof path, "../shared/vectors/%s", name);
    FILE *file = fopen(path, "r");
    if (!file)
        return NULL;
    json_t *all = json_loadf(file, 0, &error);
    fclose(file);
    assert_non_null(all);
    return all;
}

static struct bytes ikm, info, psk, psk_id, key, plain, sealed, aad, enc, nonce, tag, out, want;

static void
hpke_vector_holds(const json_t *vector)
{
    struct hpke send, receive;
    unsigned char got_enc[32], got[1024];
    size_t i;
    json_t *row;

    bytes_from(&ikm, vector, "skEm");
    bytes_from(&key, vector, "skRm");
    bytes_from(&info, vector, "info");
    bytes_from(&psk, vector, "psk");
    bytes_from(&psk_id, vector, "psk_id");
    bytes_from(&enc, vector, "enc");
    bytes_from(&want, vector, "pkRm");
    struct hpke_psk shared = {bytes_str(&psk), bytes_str(&psk_id)};
    rand_set_fixed(ikm.at, ikm.len);
    assert_int_equal(hpke_send(want.at, bytes_str(&info), shared, got_enc, &send), ERR_NONE);
    rand_set_fixed(NULL, 0);
    assert_memory_equal(got_enc, enc.at, 32);
    assert_int_equal(hpke_receive(key.at, enc.at, bytes_str(&info), shared, &receive), ERR_NONE);
    assert_memory_equal(&send, &receive, sizeof send);
    bytes_from(&want, vector, "base_nonce");
    assert_memory_equal(send.nonce, want.at, 12);
    bytes_from(&want, vector, "exporter_secret");
    assert_memory_equal(send.exporter, want.at, 32);
    row = json_array_get(json_object_get(vector, "encryptions"), 0);
    bytes_from(&aad, row, "aad");
    bytes_from(&plain, row, json_object_get(row, "pt") ? "pt" : "plaintext");
    bytes_from(&want, row, json_object_get(row, "ct") ? "ct" : "ciphertext");
    assert_true(want.len > AEAD_TAG_BYTES);
    assert_int_equal(hpke_seal(&send, bytes_str(&aad), bytes_str(&plain), got), ERR_NONE);
    assert_memory_equal(got, want.at, want.len);
    assert_int_equal(hpke_open(&receive, bytes_str(&aad), bytes_str(&want), got), ERR_NONE);
    assert_memory_equal(got, plain.at, plain.len);
    json_array_foreach(json_object_get(vector, "exports"), i, row)
    {
        bytes_from(&info, row, "exporter_context");
        bytes_from(&want, row, json_object_get(row, "exported_value") ? "exported_value" : "exportedValue");
        assert_true(want.len > 0 && want.len <= sizeof got);
        hpke_export(&send, bytes_str(&info), got, want.len);
        assert_memory_equal(got, want.at, want.len);
    }
}

static void
hpke_base_and_psk_vectors_of_rfc_9180_hold(void **state)
{
    json_t *all = vectors_open("rfc9180_x25519_sha256_aes256gcm_base_psk.json");
    size_t i, base = 0, with_psk = 0;
    json_t *vector;

    (void)state;
    if (!all)
        skip();
    json_t *list = json_is_array(all) ? all : json_object_get(all, "vectors");
    json_array_foreach(list, i, vector)
    {
        hpke_vector_holds(vector);
        base += json_integer_value(json_object_get(vector, "mode")) == 0;
        with_psk += json_integer_value(json_object_get(vector, "mode")) == 1;
    }
    json_decref(all);
    assert_true(base >= 1 && with_psk >= 1);
}

static bool
hkdf_case_holds(const json_t *group, const json_t *test)
{
    unsigned char prk[32];
    (void)group;
    bytes_from(&ikm, test, "ikm");
    bytes_from(&nonce, test, "salt");
    bytes_from(&info, test, "info");
    bytes_from(&want, test, "okm");
    size_t size = (size_t)json_integer_value(json_object_get(test, "size"));
    if (size > 255 * 32)
        return false; /* a caller must not ask; hkdf_expand ends the process */
    hkdf_extract(bytes_str(&nonce), bytes_str(&ikm), prk);
    str all = bytes_str(&info);
    hkdf_expand(str_bytes(prk, 32), &all, 1, out.at, size);
    return want.len == size && memcmp(out.at, want.at, size) == 0;
}

static bool
hmac_case_holds(const json_t *group, const json_t *test)
{
    unsigned char mac[32];
    bytes_from(&key, test, "key");
    bytes_from(&plain, test, "msg");
    bytes_from(&want, test, "tag");
    str all = bytes_str(&plain);
    hkdf_mac(bytes_str(&key), &all, 1, mac);
    size_t size = (size_t)json_integer_value(json_object_get(group, "tagSize")) / 8;
    return want.len == size && memcmp(mac, want.at, size) == 0;
}

static bool
gcm_case_holds(const json_t *group, const json_t *test)
{
    (void)group;
    bytes_from(&key, test, "key");
    bytes_from(&nonce, test, "iv");
    bytes_from(&aad, test, "aad");
    bytes_from(&plain, test, "msg");
    bytes_from(&sealed, test, "ct");
    bytes_from(&tag, test, "tag");
    memcpy(sealed.at + sealed.len, tag.at, tag.len);
    sealed.len += tag.len;
    bool opened = aead_open(key.at, nonce.at, bytes_str(&aad), bytes_str(&sealed), out.at) == ERR_NONE &&
                  memcmp(out.at, plain.at, plain.len) == 0;
    bool sealed_same = aead_seal(key.at, nonce.at, bytes_str(&aad), bytes_str(&plain), out.at) == ERR_NONE &&
                       memcmp(out.at, sealed.at, sealed.len) == 0;
    return opened && sealed_same;
}

static bool
x25519_case_holds(const json_t *group, const json_t *test)
{
    (void)group;
    bytes_from(&key, test, "private");
    bytes_from(&plain, test, "public");
    bytes_from(&want, test, "shared");
    return key.len == 32 && plain.len == 32 && crypto_scalarmult_curve25519(out.at, key.at, plain.at) == 0 &&
           memcmp(out.at, want.at, 32) == 0;
}

static bool
ed25519_case_holds(const json_t *group, const json_t *test)
{
    const json_t *public = json_object_get(group, "publicKey");
    bytes_from(&key, public ? public : json_object_get(group, "key"), "pk");
    bytes_from(&plain, test, "msg");
    bytes_from(&sealed, test, "sig");
    return key.len == 32 && sealed.len == 64 && sign_check(key.at, bytes_str(&plain), sealed.at) == ERR_NONE;
}

struct wycheproof {
    const char *file;
    bool (*holds)(const json_t *group, const json_t *test);
    size_t at_least;
    const char *only; /* a group's member … */
    json_int_t value; /* … and its value, when only some groups apply */
    const char *only_too;
    json_int_t value_too;
};

static void
wycheproof_holds(const struct wycheproof *suite)
{
    json_t *all = vectors_open(suite->file), *group, *test;
    size_t i, k, count = 0;

    if (!all)
        skip();
    json_array_foreach(json_object_get(all, "testGroups"), i, group)
    {
        if (suite->only && json_integer_value(json_object_get(group, suite->only)) != suite->value)
            continue;
        if (suite->only_too && json_integer_value(json_object_get(group, suite->only_too)) != suite->value_too)
            continue;
        json_array_foreach(json_object_get(group, "tests"), k, test)
        {
            const char *result = json_string_value(json_object_get(test, "result"));
            bool held = suite->holds(group, test);
            count++;
            /* "acceptable" leaves the choice to us: X25519 inputs of small order and non-canonical points. */
            if (strcmp(result, "acceptable") != 0 && held != (strcmp(result, "valid") == 0))
                fail_msg("%s: case %lld", suite->file, json_integer_value(json_object_get(test, "tcId")));
        }
    }
    json_decref(all);
    if (count < suite->at_least)
        fail_msg("%s: only %zu cases", suite->file, count);
}

static void
wycheproof_hkdf_holds(void **state)
{
    (void)state;
    wycheproof_holds(&(struct wycheproof){"wycheproof_hkdf_sha256_test.json", hkdf_case_holds, 80, NULL, 0, NULL, 0});
}

static void
wycheproof_hmac_holds(void **state)
{
    (void)state;
    wycheproof_holds(&(struct wycheproof){"wycheproof_hmac_sha256_test.json", hmac_case_holds, 100, NULL, 0, NULL, 0});
}

static void
wycheproof_aes_gcm_holds(void **state)
{
    (void)state;
    wycheproof_holds(
        &(struct wycheproof){"wycheproof_aes_gcm_test.json", gcm_case_holds, 40, "keySize", 256, "ivSize", 96});
}

static void
wycheproof_x25519_holds(void **state)
{
    (void)state;
    wycheproof_holds(&(struct wycheproof){"wycheproof_x25519_test.json", x25519_case_holds, 400, NULL, 0, NULL, 0});
}

static void
wycheproof_ed25519_holds(void **state)
{
    (void)state;
    wycheproof_holds(&(struct wycheproof){"wycheproof_ed25519_test.json", ed25519_case_holds, 100, NULL, 0, NULL, 0});
}

static void
hpke_refuses_points_of_small_order(void **state)
{
    static const unsigned char points[][32] = {{0}, {1}};
    unsigned char got_enc[32] = {9};
    struct hpke hpke;
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(hpke_send(points[i], STR("i"), (struct hpke_psk){{"", 0}, {"", 0}}, got_enc, &hpke), ERR_INPUT);
        assert_int_equal(got_enc[0], 9);
    }
}

static void
a_signature_under_a_key_of_small_order_is_refused(void **state)
{
    unsigned char point[32] = {1}, signature[64] = {1};
    (void)state;
    assert_int_equal(sign_check(point, STR("anything"), signature), ERR_DENIED);
}

static void
note_of(struct buf *note, struct buf *vkey, str text)
{
    struct secret *seed = NULL;
    unsigned char public[32];
    assert_int_equal(secret_make(32, &seed), ERR_NONE);
    memset(secret_bytes(seed), 7, 32);
    sign_public(seed, public);
    assert_int_equal(note_key_write(vkey, STR("example.org"), public), ERR_NONE);
    assert_int_equal(note_sign(note, text, STR("example.org"), seed), ERR_NONE);
    secret_free(&seed);
}

static void
a_note_opens_and_any_changed_byte_is_refused(void **state)
{
    BUF_SCOPE(note, 4096);
    BUF_SCOPE(vkey, 4096);
    struct note_key parsed;
    str text;

    (void)state;
    note_of(&note, &vkey, STR("one\n\ntwo\n"));
    assert_int_equal(note_key_parse(buf_str(&vkey), &parsed), ERR_NONE);
    assert_int_equal(note_open(buf_str(&note), &parsed, &text), ERR_NONE);
    assert_true(str_is(text, STR("one\n\ntwo\n")));
    for (size_t i = 0; i < note.len; i++)
        for (int bit = 0; bit < 8; bit++) {
            note.at[i] ^= (unsigned char)(1 << bit);
            assert_int_not_equal(note_open(buf_str(&note), &parsed, &text), ERR_NONE);
            note.at[i] ^= (unsigned char)(1 << bit);
        }
    for (size_t len = 0; len < note.len; len++)
        assert_int_not_equal(note_open(str_bytes(note.at, len), &parsed, &text), ERR_NONE);
}

static void
a_verifier_key_that_was_changed_is_refused(void **state)
{
    BUF_SCOPE(note, 4096);
    BUF_SCOPE(vkey, 4096);
    struct note_key parsed;

    (void)state;
    note_of(&note, &vkey, STR("x\n"));
    for (size_t i = 0; i < vkey.len; i++) {
        vkey.at[i] ^= 1;
        assert_int_not_equal(note_key_parse(buf_str(&vkey), &parsed), ERR_NONE);
        vkey.at[i] ^= 1;
    }
}

static void
base64_has_one_text_for_each_sequence_of_bytes(void **state)
{
    static const struct {
        const char *text;
        bool good;
    } cases[] = {{"AAA=", true}, {"AAB=", false}, {"AAA", false}, {"AA==", true}, {"AB==", false},
                 {"AAAA", true}, {"AA A", false}, {"AAA_", false}, {"A===", false}, {"", true}};
    unsigned char got[8];
    size_t len;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(base64_parse(BASE64_PLAIN, str_from(cases[i].text), got, 8, &len) == ERR_NONE, cases[i].good);
    for (size_t n = 0; n < 2000; n++) {
        BUF_SCOPE(text, 4096);
        unsigned char in[2000], back[2000];
        memset(in, (int)n, sizeof in);
        assert_int_equal(base64_write(&text, BASE64_URL, str_bytes(in, n)), ERR_NONE);
        assert_int_equal(base64_length(BASE64_URL, n), text.len);
        assert_int_equal(base64_parse_exact(BASE64_URL, buf_str(&text), back, n), ERR_NONE);
        assert_memory_equal(in, back, n);
    }
}

static void
base64_takes_no_letter_outside_its_alphabet(void **state)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    unsigned char got[8];
    char text[4];
    size_t len;
    (void)state;
    for (int kind = BASE64_PLAIN; kind <= BASE64_URL; kind++)
        for (unsigned first = 0; first < 256; first++)
            for (unsigned second = 0; second < 256; second++) {
                bool known = first && second && strchr(alphabet, (int)first) && strchr(alphabet, (int)second);
                const char *more = kind == BASE64_PLAIN ? "+/" : "-_";
                known = known || (first && second && (strchr(alphabet, (int)first) || strchr(more, (int)first)) &&
                                  (strchr(alphabet, (int)second) || strchr(more, (int)second)));
                memcpy(text, (char[4]){(char)first, (char)second, (char)second, (char)first}, 4);
                if ((base64_parse((enum base64_kind)kind, (str){text, 4}, got, 8, &len) == ERR_NONE) != known)
                    fail_msg("%02x %02x", first, second);
            }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hpke_base_and_psk_vectors_of_rfc_9180_hold),
        cmocka_unit_test(wycheproof_hkdf_holds),
        cmocka_unit_test(wycheproof_hmac_holds),
        cmocka_unit_test(wycheproof_aes_gcm_holds),
        cmocka_unit_test(wycheproof_x25519_holds),
        cmocka_unit_test(wycheproof_ed25519_holds),
        cmocka_unit_test(hpke_refuses_points_of_small_order),
        cmocka_unit_test(a_signature_under_a_key_of_small_order_is_refused),
        cmocka_unit_test(a_note_opens_and_any_changed_byte_is_refused),
        cmocka_unit_test(a_verifier_key_that_was_changed_is_refused),
        cmocka_unit_test(base64_has_one_text_for_each_sequence_of_bytes),
        cmocka_unit_test(base64_takes_no_letter_outside_its_alphabet),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
