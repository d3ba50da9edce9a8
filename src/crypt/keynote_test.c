/* Signed notes and key notes: a text that is none is refused though it is signed, and whatever room there is, a note is whole or not there. */
#include "crypt/keynote.h"

#include "crypt/base64.h"
#include "crypt/hkdf.h"
#include "crypt/sign.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define NOW_S ((uint64_t)1790000000)
#define NAME STR("chat.example")
#define SIGNER STR("chat.example/online")
#define IDENTITY STR("the identity note, as far as a key note knows it")

static struct secret *seed;
static struct note_key online;
static struct keynote good;

static int
keys_make(void **state)
{
    str identity = IDENTITY;
    (void)state;
    if (secret_make(32, &seed) != ERR_NONE)
        return 1;
    memset(secret_bytes(seed), 5, 32);
    online.name = SIGNER;
    sign_public(seed, online.public);
    good = (struct keynote){.name = NAME, .serial = 7, .from_s = NOW_S - 10, .to_s = NOW_S + KEYNOTE_SECONDS, .key_count = 2};
    hkdf_hash(&identity, 1, good.identity_hash);
    for (size_t i = 0; i < KEYNOTE_KEYS_MAX; i++) {
        memset(good.keys[i].public, (int)i + 1, 32);
        keynote_kid(good.keys[i].public, good.keys[i].kid);
    }
    return 0;
}

static int
keys_free(void **state)
{
    (void)state;
    secret_free(&seed);
    return 0;
}

static enum err
open_signed(str text, uint64_t now_s)
{
    struct keynote got;
    BUF_SCOPE(note, NOTE_MAX_BYTES);

    TRY(note_sign(&note, text, SIGNER, seed));
    return keynote_open(buf_str(&note), IDENTITY, &online, now_s, &got);
}

static void
a_key_note_opens_within_its_dates(void **state)
{
    BUF_SCOPE(text, NOTE_MAX_BYTES);
    (void)state;
    assert_int_equal(keynote_write(&text, &good), ERR_NONE);
    assert_int_equal(open_signed(buf_str(&text), NOW_S), ERR_NONE);
    assert_int_equal(open_signed(buf_str(&text), good.from_s - NOTE_TOLERANCE_S), ERR_NONE);
    assert_int_equal(open_signed(buf_str(&text), good.from_s - NOTE_TOLERANCE_S - 1), ERR_LIMIT);
    assert_int_equal(open_signed(buf_str(&text), good.to_s + NOTE_TOLERANCE_S), ERR_NONE);
    assert_int_equal(open_signed(buf_str(&text), good.to_s + NOTE_TOLERANCE_S + 1), ERR_LIMIT);
}

static void
a_key_note_has_one_to_sixteen_keys(void **state)
{
    struct keynote keynote = good;
    (void)state;
    for (keynote.key_count = 0; keynote.key_count <= KEYNOTE_KEYS_MAX + 1; keynote.key_count++) {
        bool is_good = keynote.key_count >= 1 && keynote.key_count <= KEYNOTE_KEYS_MAX;
        BUF_SCOPE(text, NOTE_MAX_BYTES);
        assert_int_equal(keynote_write(&text, &keynote), is_good ? ERR_NONE : ERR_INPUT);
        if (is_good)
            assert_int_equal(open_signed(buf_str(&text), NOW_S), ERR_NONE);
    }
}

/* Each line taken away, doubled, without its last word, with a word more, and the whole cut off after it. */
static void
a_signed_text_that_is_no_key_note_is_refused(void **state)
{
    BUF_SCOPE(text, NOTE_MAX_BYTES);
    (void)state;
    assert_int_equal(keynote_write(&text, &good), ERR_NONE);
    for (size_t at = 0, end; at < text.len; at = end) {
        end = at + str_find(str_slice(buf_str(&text), at, SIZE_MAX), STR("\n")) + 1;
        str head = str_slice(buf_str(&text), 0, at), line = str_slice(buf_str(&text), at, end - at), tail = str_slice(buf_str(&text), end, SIZE_MAX);
        size_t word = line.len - 1;
        while (word > 0 && line.at[word] != ' ')
            word--;
        str whole = str_slice(line, 0, line.len - 1), shorter = str_slice(line, 0, word);
        const str made[][5] = {{head, tail}, {head, line, line, tail}, {head, shorter, STR("\n"), tail}, {head, whole, STR(" 1\n"), tail},
                               {head, STR("x\n"), tail}, {head, STR("kem 0001 0\n"), tail}, {head, STR("serial -1\n"), tail}, {head, STR("valid 1\n"), tail},
                               {head, STR("valid x 1\n"), tail}, {head, STR("valid 1 x\n"), tail}, {head, STR("identity 00\n"), tail}, {head, STR("\n")}};
        for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
            BUF_SCOPE(other, NOTE_MAX_BYTES);
            for (size_t k = 0; k < 5; k++)
                assert_int_equal(buf_add_str(&other, made[i][k].at ? made[i][k] : STR("")), ERR_NONE);
            /* With a key less, or one twice, it is a key note still. */
            bool is_one = i < 2 && str_has_prefix(line, STR("kem"));
            assert_int_equal(open_signed(buf_str(&other), NOW_S), is_one ? ERR_NONE : ERR_INPUT);
        }
    }
}

static void
a_key_note_of_another_name_is_refused(void **state)
{
    static const char *const names[] = {"chat.exampl", "chat.example/online", "other.example", "chat.example2"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct keynote keynote = good;
        BUF_SCOPE(text, NOTE_MAX_BYTES);
        keynote.name = str_from(names[i]);
        assert_int_equal(keynote_write(&text, &keynote), ERR_NONE);
        assert_int_equal(open_signed(buf_str(&text), NOW_S), ERR_INPUT);
    }
}

static enum err
write_keynote(struct buf *buf)
{
    return keynote_write(buf, &good);
}

static enum err
write_note(struct buf *buf)
{
    return note_sign(buf, STR("one\ntwo\n"), SIGNER, seed);
}

static enum err
write_key(struct buf *buf)
{
    return note_key_write(buf, SIGNER, online.public);
}

static void
where_room_ends_nothing_is_written_as_if_it_were_whole(void **state)
{
    enum err (*const writers[])(struct buf *) = {write_keynote, write_note, write_key};
    (void)state;
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++) {
        BUF_SCOPE(whole, NOTE_MAX_BYTES);
        assert_int_equal(writers[i](&whole), ERR_NONE);
        for (size_t room = 0; room < whole.len; room++) {
            BUF_SCOPE(cut, room);
            assert_int_equal(writers[i](&cut), ERR_LIMIT);
        }
        BUF_SCOPE(fits, whole.len);
        assert_int_equal(writers[i](&fits), ERR_NONE);
    }
}

static void
a_name_is_one_visible_word(void **state)
{
    static const struct {
        str name;
        enum err wanted;
    } cases[] = {{{"", 0}, ERR_INPUT}, {{"a b", 3}, ERR_INPUT}, {{"a+b", 3}, ERR_INPUT}, {{"a\x7F", 2}, ERR_INPUT}, {{"a\n", 2}, ERR_INPUT},
                 {{"a\xFF", 2}, ERR_INPUT}, {{"\xC3\xA4", 2}, ERR_NONE}, {{"a", 1}, ERR_NONE}};
    char longest[NOTE_NAME_MAX_BYTES + 1];
    (void)state;
    memset(longest, 'n', sizeof longest);
    for (size_t i = 0; i < sizeof cases / sizeof *cases + 2; i++) {
        bool is_listed = i < sizeof cases / sizeof *cases;
        size_t more = i - sizeof cases / sizeof *cases;
        str name = is_listed ? cases[i].name : (str){longest, NOTE_NAME_MAX_BYTES + more};
        enum err wanted = is_listed ? cases[i].wanted : more == 0 ? ERR_NONE : ERR_INPUT;
        BUF_SCOPE(key, 4096);
        BUF_SCOPE(note, 4096);
        assert_int_equal(note_key_write(&key, name, online.public), wanted);
        assert_int_equal(note_sign(&note, STR("x\n"), name, seed), wanted);
    }
}

static void
only_text_of_whole_lines_is_signed(void **state)
{
    static char longest[NOTE_MAX_BYTES];
    (void)state;
    memset(longest, 'x', sizeof longest);
    longest[NOTE_MAX_BYTES - 256] = '\n';
    const str bad[] = {{"", 0}, {"x", 1}, {"\xFF\n", 2}, {longest, NOTE_MAX_BYTES - 255}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        BUF_SCOPE(note, 2 * NOTE_MAX_BYTES);
        assert_int_equal(note_sign(&note, bad[i], SIGNER, seed), ERR_INPUT);
    }
}

static void
a_line_is_taken_by_its_label_alone(void **state)
{
    static const struct {
        str text, label;
        bool has_value, is_good;
    } cases[] = {{{"", 0}, {"a", 1}, true, false}, {{"a b", 3}, {"a", 1}, true, false}, {{"a b\n", 4}, {"a", 1}, true, true},
                 {{"a\n", 2}, {"a", 1}, true, false}, {{"a \n", 3}, {"a", 1}, true, false}, {{"ab c\n", 5}, {"a", 1}, true, false},
                 {{"b c\n", 4}, {"a", 1}, true, false}, {{"a\n", 2}, {"a", 1}, false, true}, {{"a b\n", 4}, {"a", 1}, false, false}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str rest = cases[i].text, value;
        enum err err = note_line(&rest, cases[i].label, cases[i].has_value ? &value : NULL);
        assert_int_equal(err, cases[i].is_good ? ERR_NONE : ERR_INPUT);
        assert_int_equal(rest.len, cases[i].is_good ? 0 : cases[i].text.len);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_note_opens_within_its_dates),
        cmocka_unit_test(a_key_note_has_one_to_sixteen_keys),
        cmocka_unit_test(a_signed_text_that_is_no_key_note_is_refused),
        cmocka_unit_test(a_key_note_of_another_name_is_refused),
        cmocka_unit_test(where_room_ends_nothing_is_written_as_if_it_were_whole),
        cmocka_unit_test(a_name_is_one_visible_word),
        cmocka_unit_test(only_text_of_whole_lines_is_signed),
        cmocka_unit_test(a_line_is_taken_by_its_label_alone),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, keys_make, keys_free);
}
