/* The detector, sentence by sentence: what it finds, what it leaves, and what it never does. */
#include "base/alloc.h"
#include "base/fault.h"
#include "guard/fold.h"
#include "guard/pii.h"
#include "guard/token_prefix.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct pii *pii;
static struct arena *arena;

static int
setup(void **state)
{
    (void)state;
    return pii_make(&pii) == ERR_NONE && arena_make((size_t)8 << 20, &arena) == ERR_NONE ? 0 : 1;
}

static int
teardown(void **state)
{
    (void)state;
    pii_free(&pii);
    arena_free(&arena);
    return 0;
}

static struct pii_spans
find(const char *text, const char *asked, const char *country)
{
    struct pii_input input = {.text = str_from(text), .asked = str_from(asked)};
    struct pii_spans spans = {NULL, 0, false};

    if (country)
        memcpy(input.country, country, 2);
    arena_reset(arena);
    assert_int_equal(pii_find(pii, arena, &input, &spans), ERR_NONE);
    return spans;
}

static bool
holds(const char *text, const char *asked, const char *type, const char *value)
{
    struct pii_spans spans = find(text, asked, NULL);
    char name[64];

    for (size_t i = 0; i < spans.count; i++) {
        str at = {text + spans.span[i].start, spans.span[i].end - spans.span[i].start};
        if (str_is(pii_type_name(spans.span[i].type, name), str_from(type)) && str_is(at, str_from(value)))
            return true;
    }
    return false;
}

static void
it_finds_what_sentences_hold(void **state)
{
    static const struct {
        const char *text, *asked, *type, *value;
    } rows[] = {
        {"my card is 4111 1111 1111 1111", NULL, "CARD", "4111 1111 1111 1111"},
        {"pay with 378282246310005 please", NULL, "CARD", "378282246310005"},
        {"card4111111111111111thanks", NULL, "CARD", "4111111111111111"},
        {"cvv 123", NULL, "CVV", "123"},
        {"security code of my card: 5437", NULL, "CVV", "5437"},
        {"123", "What are the three digits on the back?", "CVV", "123"},
        {"exp 11/28", NULL, "CARD_EXPIRY", "11/28"},
        {"DE89 3704 0044 0532 0130 00 is mine", NULL, "IBAN", "DE89 3704 0044 0532 0130 00"},
        {"swift COBADEFFXXX", NULL, "BIC", "COBADEFFXXX"},
        {"write to john.doe+x@gmail.com.", NULL, "EMAIL", "john.doe+x@gmail.com"},
        {"john dot doe at gmail dot com", NULL, "EMAIL", "john dot doe at gmail dot com"},
        {"john (at) gmail (dot) com", NULL, "EMAIL", "john (at) gmail (dot) com"},
        {"+44 20 7946 0958", NULL, "PHONE", "+44 20 7946 0958"},
        {"call (415) 555-2671", NULL, "PHONE", "(415) 555-2671"},
        {"ring 0171 1234567", NULL, "PHONE", "0171 1234567"},
        {"from 203.0.113.7", NULL, "IP", "203.0.113.7"},
        {"from 2001:db8::7", NULL, "IP", "2001:db8::7"},
        {"router 00:1A:2B:3C:4D:5E", NULL, "MAC", "00:1A:2B:3C:4D:5E"},
        {"see https://example.com/a?b=1.", NULL, "URL", "https://example.com/a?b=1"},
        {"ftp://bob:hunter2@host/x", NULL, "URL_CREDENTIALS", "ftp://bob:hunter2@host/x"},
        {"at 52.52000, 13.40500", NULL, "GPS", "52.52000, 13.40500"},
        {"send to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", NULL, "WALLET", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"},
        {"my password is hunter2", NULL, "PASSWORD", "hunter2"},
        {"Passwort: Geheim!9", NULL, "PASSWORD", "Geheim!9"},
        {"it's letmein99", "Which password did you use?", "PASSWORD", "letmein99"},
        {"my pin is 4812", NULL, "PIN", "4812"},
        {"the code you sent is 551920", NULL, "OTP", "551920"},
        {"key AKIAIOSFODNN7EXAMPLE", NULL, "API_KEY", "AKIAIOSFODNN7EXAMPLE"},
        {"born on 12 March 1985", NULL, "BIRTH_DATE", "12 March 1985"},
        {"12.03.1985", "Wann ist Ihr Geburtsdatum?", "BIRTH_DATE", "12.03.1985"},
        {"i am 34 years old", NULL, "AGE", "34"},
        {"i live at 12 Main Street, Leeds", NULL, "STREET", "12 Main Street"},
        {"Ich wohne in der Hauptstr. 12a", NULL, "STREET", "Hauptstr. 12a"},
        {"j'habite 12 rue de la Paix", NULL, "STREET", "12 rue de la Paix"},
        {"vivo en Calle Mayor, 5", NULL, "STREET", "Calle Mayor, 5"},
        {"my name is john smith", NULL, "PERSON", "john smith"},
        {"Xanthe Papadopoulos", "May I have your name?", "PERSON", "Xanthe Papadopoulos"},
        {"username: jdoe_88", NULL, "USERNAME", "jdoe_88"},
        {"license plate AB-123-CD", NULL, "PLATE", "AB-123-CD"},
        {"vin 1HGCM82633A004352", NULL, "VIN", "1HGCM82633A004352"},
        {"passport C01X00T47", NULL, "PASSPORT", "C01X00T47"},
        {"driving licence MORGA657054SM9IJ", NULL, "LICENCE", "MORGA657054SM9IJ"},
        {"ssn 123-45-6789", NULL, "US_SSN", "123-45-6789"},
        {"pesel 44051401359", NULL, "PL_PESEL", "44051401359"},
        {"mi dni es 12345678Z", NULL, "ES_DNI", "12345678Z"},
        {"codice fiscale RSSMRA85T10A562S", NULL, "IT_CF", "RSSMRA85T10A562S"},
        {"i have diabetes", NULL, "HEALTH", "diabetes"},
        {"my routing number is 021000021", NULL, "BANK_ROUTING", "021000021"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!holds(rows[i].text, rows[i].asked, rows[i].type, rows[i].value))
            fail_msg("%s is not found in: %s", rows[i].type, rows[i].text);
}

static void
it_leaves_ordinary_lines_alone(void **state)
{
    static const char *const rows[] = {
        "where is my order", "order 4839201934 has not arrived", "version 1.2.3.4 crashes", "it cost $1,299.00", "delivered on 2024-05-06",
        "my password is wrong", "i forgot my password", "can i reset my pin", "what is your name", "table for 4 at 7:30 pm",
        "my name is spelled wrong", "set an alarm for 6 30", "it took 5 days on the road", "thanks a lot", "tracking 1Z999AA10123456784",
        "see you on monday", "i need 2 of the blue ones", "the invoice from march 2023", "1234567890123", "cards are accepted",
        "https", "a@b", "200 people", "what's the weather in paris", "ticket 55512", "model X200 4K",
    };
    char name[64];

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pii_spans spans = find(rows[i], NULL, NULL);
        if (spans.count > 0)
            fail_msg("%.*s is found in: %s", STR_ARG(pii_type_name(spans.span[0].type, name)), rows[i]);
    }
}

static void
disguises_do_not_hide_a_card(void **state)
{
    static const char *const rows[] = {
        "４１１１ １１１１ １１１１ １１１１", "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "٤١١١١١١١١١١١١١١١",
        "4\xE2\x80\x8B" "1\xE2\x80\x8B" "11 1111 1111 1111", "4111–1111–1111–1111",
        "four one one one one one one one one one one one one one one one", "four triple one quadruple one" /* no digits of it */,
    };

    (void)state;
    for (size_t i = 0; i + 1 < sizeof rows / sizeof *rows; i++) {
        struct pii_spans spans = find(rows[i], NULL, NULL);
        if (spans.count != 1 || spans.span[0].type != PII_CARD)
            fail_msg("no card in row %zu", i);
        if (i < 5)
            assert_true(str_is(spans.span[0].canonical, STR("4111111111111111")));
    }
    assert_true(find("4\xE2\x80\x8B" "111 1111 1111 1111", NULL, NULL).has_hidden);
}

static void
a_card_in_pieces_is_found_when_its_last_piece_comes(void **state)
{
    static const char *const pieces[] = {"my number is 4111", "1111", "1111", "1111"};
    struct pii_tail tail = {.len = 0};
    size_t cards = 0;

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct pii_input input = {.text = str_from(pieces[i]), .tail = &tail};
        struct pii_spans spans;
        arena_reset(arena);
        assert_int_equal(pii_find(pii, arena, &input, &spans), ERR_NONE);
        for (size_t k = 0; k < spans.count; k++)
            cards += spans.span[k].type == PII_CARD && i == 3;
    }
    assert_int_equal(cards, 1);
}

static void
only_wanted_types_are_found(void **state)
{
    uint8_t types[PII_TYPES_BYTES] = {0};
    struct pii_input input = {.text = STR("john@gmail.com 4111 1111 1111 1111"), .types = types};
    struct pii_spans spans;

    (void)state;
    pii_want(types, PII_CARD);
    arena_reset(arena);
    assert_int_equal(pii_find(pii, arena, &input, &spans), ERR_NONE);
    assert_int_equal(spans.count, 1);
    assert_int_equal(spans.span[0].type, PII_CARD);
}

static void
spans_are_in_order_and_apart_whatever_the_bytes(void **state)
{
    unsigned char noise[512];
    uint64_t seed = 88172645463325252u;

    (void)state;
    for (int round = 0; round < 400; round++) {
        static const char alphabet[] = "0123456789 -./@:abcdXYZ\xC3\xA9\xFF\n,#=ist";
        for (size_t i = 0; i < sizeof noise; i++) {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            noise[i] = (unsigned char)alphabet[seed % (sizeof alphabet - 1)];
        }
        struct pii_input input = {.text = str_bytes(noise, sizeof noise)};
        struct pii_spans spans;
        arena_reset(arena);
        assert_int_equal(pii_find(pii, arena, &input, &spans), ERR_NONE);
        for (size_t i = 0; i < spans.count; i++) {
            assert_true(spans.span[i].start < spans.span[i].end && spans.span[i].end <= sizeof noise);
            assert_true(i == 0 || spans.span[i - 1].end <= spans.span[i].start);
        }
    }
}

static void
finding_takes_nothing_from_the_heap(void **state)
{
    uint64_t before = alloc_count();

    (void)state;
    find("my card is 4111 1111 1111 1111, john smith, +44 20 7946 0958, j o h n @ x . c o m", "your card?", "GB");
    assert_int_equal(alloc_count(), before);
}

static void
a_full_arena_is_an_error_and_never_a_clean_text(void **state)
{
    struct pii_input input = {.text = STR("my card is 4111 1111 1111 1111")};
    struct pii_spans spans = {NULL, 7, false};

    (void)state;
    ARENA_SCOPE(small);
    assert_int_equal(arena_make(256, &small), ERR_NONE);
    assert_int_equal(pii_find(pii, small, &input, &spans), ERR_LIMIT);
    assert_int_equal(spans.count, 7);
}

static void
tables_are_made_or_nothing_is_left(void **state)
{
    (void)state;
    for (uint64_t n = 1;; n++) {
        struct pii *made = NULL;
        fault_arm(FAULT_ALLOC, n);
        enum err err = pii_make(&made);
        bool over = fault_is_armed(FAULT_ALLOC);
        fault_arm(FAULT_ALLOC, 0);
        assert_true(over ? err == ERR_NONE : err == ERR_MEMORY && made == NULL);
        pii_free(&made);
        if (over)
            break;
    }
}

static void
folding_keeps_track_of_every_byte(void **state)
{
    struct fold fold;
    str text = STR("Ｊｏｈｎ é\xCC\x81 x");

    (void)state;
    arena_reset(arena);
    assert_int_equal(fold_take(arena, text, &fold), ERR_NONE);
    assert_true(str_is((str){fold.at, fold.len}, STR("John e x")));
    assert_int_equal(fold_start(&fold, 0), 0);
    assert_int_equal(fold_end(&fold, text, 4), 12);
    assert_int_equal(fold_end(&fold, text, fold.len), text.len);
    assert_int_equal(fold_take(arena, STR("plain"), &fold), ERR_NONE);
    assert_null(fold.origin);
}

static void
two_hundred_kinds_of_keys_are_known(void **state)
{
    (void)state;
    assert_true(token_prefix_count() >= 200);
    assert_true(token_prefix_is(STR("ghp_16C7e42F292c6912E7710c838347Ae178B4a")));
    assert_false(token_prefix_is(STR("sk-this-is-a-long-dashed-sentence")));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_finds_what_sentences_hold),
        cmocka_unit_test(it_leaves_ordinary_lines_alone),
        cmocka_unit_test(disguises_do_not_hide_a_card),
        cmocka_unit_test(a_card_in_pieces_is_found_when_its_last_piece_comes),
        cmocka_unit_test(only_wanted_types_are_found),
        cmocka_unit_test(spans_are_in_order_and_apart_whatever_the_bytes),
        cmocka_unit_test(finding_takes_nothing_from_the_heap),
        cmocka_unit_test(a_full_arena_is_an_error_and_never_a_clean_text),
        cmocka_unit_test(tables_are_made_or_nothing_is_left),
        cmocka_unit_test(folding_keeps_track_of_every_byte),
        cmocka_unit_test(two_hundred_kinds_of_keys_are_known),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
