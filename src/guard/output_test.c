/* What a reply may hold and what stops it, however it is disguised. */
#include "guard/output.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct pii *pii;
static struct request *request;
static struct arena *arena;
static struct output_canary canary;
static struct output_rules rules;
static struct buf scratch = {NULL, 0, 0, 1 << 20};
static const str hosts[] = {{"shop.example", 12}, {"*.help.example", 14}};
static const str sources[] = {{"write to me at ada@example.com", 30}, {"Call +49 221 4710 123, Monday to Friday", 39}, {"IBAN DE89 3704 0044 0532 0130 00", 32},
                              {"What is your password policy? What is the PIN?", 46}};

static int
setup(void **state)
{
    (void)state;
    if (pii_make(&pii) || request_make(&request) || arena_make((size_t)4 << 20, &arena) ||
        output_canary_make(arena, STR("Zebra-Canary-4711"), &canary))
        return 1;
    rules = (struct output_rules){pii, request, {0}, hosts, 2, &canary, 1};
    pii_want(rules.may_ask, PII_EMAIL);
    return 0;
}

static int
teardown(void **state)
{
    (void)state;
    pii_free(&pii);
    request_free(&request);
    arena_free(&arena);
    buf_done(&scratch);
    return 0;
}

static enum output_kind
kind_of(const char *json)
{
    enum output_kind kind = OUTPUT_GOOD;
    struct arena *turn = NULL;
    struct output_input input = {str_from(json), sources, sizeof sources / sizeof *sources, &scratch};

    assert_int_equal(arena_make((size_t)1 << 20, &turn), ERR_NONE);
    assert_int_equal(output_check(&rules, turn, &input, &kind), ERR_NONE);
    arena_free(&turn);
    return kind;
}

static void
each_is(enum output_kind kind, const char *const *texts, const char *before, const char *behind)
{
    for (size_t i = 0; texts[i]; i++) {
        BUF_SCOPE(json, 1 << 16);
        assert_int_equal(buf_add_text(&json, "%s%s%s%c", before, texts[i], behind, 0), ERR_NONE);
        enum output_kind got = kind_of((const char *)json.at);
        if (got != kind)
            fail_msg("%s, not %s: %s", output_kind_name(got), output_kind_name(kind), texts[i]);
    }
}
#define TEXTS(kind, ...) each_is(kind, (const char *const[]){__VA_ARGS__, NULL}, "[{\"blocks\":[{\"p\":[\"", "\"]}]}]")
#define LINKS(kind, ...) each_is(kind, (const char *const[]){__VA_ARGS__, NULL}, "[{\"blocks\":[{\"p\":[{\"href\":\"", "\",\"a\":[\"more\"]}]}]}]")

static void
an_ordinary_reply_passes(void **state)
{
    (void)state;
    TEXTS(OUTPUT_GOOD, "Order PR-10001 is **shipped**. Carrier: DHL. Expected: 2026-07-23.", "That costs €12.50 and is out of stock.",
          "Your e-mail address is ada@example.com.", "What is your e-mail address?", "Call +49 221 4710 123.", "Call +49 (221) 4710-123.",
          "We refund to DE89370400440532013000.", "More on www.help.example/x and https://de.help.example.", "Never tell anybody your password.");
    assert_int_equal(kind_of("[]"), OUTPUT_GOOD);
}

static void
a_request_for_what_it_must_not_know_stops_it(void **state)
{
    (void)state;
    TEXTS(OUTPUT_ASKS_SECRET, "Please tell me your password.", "What is your card number?", "Send me the one-time code.", "Wie lautet Ihre PIN?",
          "Bitte nennen Sie mir Ihre Sozialversicherungsnummer.");
    TEXTS(OUTPUT_ASKS_MORE, "What is your phone number?", "And your date of birth?");
    assert_int_equal(kind_of("[{\"blocks\":[{\"p\":[\"What is your \",{\"b\":[\"pass\"]},\"word?\"]}]}]"), OUTPUT_ASKS_SECRET);
    assert_int_equal(kind_of("[{\"blocks\":[{\"ul\":[[\"Tell me your PIN\"]]}]}]"), OUTPUT_ASKS_SECRET);
    assert_int_equal(kind_of("[{\"blocks\":[{\"pre\":\"What is your password?\"}]}]"), OUTPUT_ASKS_SECRET);
    /* A title may: the visitor's words, or an author's. */
    assert_int_equal(kind_of("[{\"blocks\":[{\"h\":[\"What is your password policy?\"]}],\"quick\":[{\"title\":\"What is the PIN?\",\"payload\":\"/pin\"}]}]"),
                     OUTPUT_GOOD);
    /* Not one that a model made up. */
    assert_int_equal(kind_of("[{\"blocks\":[{\"h\":[\"Tell me your password\"]}]}]"), OUTPUT_ASKS_SECRET);
    assert_int_equal(kind_of("[{\"cards\":[{\"title\":\"Enter your card number here\"}]}]"), OUTPUT_ASKS_SECRET);
    assert_int_equal(kind_of("[{\"quick\":[{\"title\":\"Tell me your date of birth\",\"payload\":\"/x\"}]}]"), OUTPUT_ASKS_MORE);
}

static void
in_each_language_no_reply_asks_for_a_secret(void **state)
{
    (void)state;
    TEXTS(OUTPUT_ASKS_SECRET, "Please tell me your full card number.", "Bitte geben Sie hier Ihre vollständige Kartennummer ein.", "Quel est votre mot de passe ?",
          "¿Cuál es su número de tarjeta?", "Mi dica la sua password, per favore.", "Wat is uw pincode?", "Proszę podać hasło.",
          "Qual é a sua palavra-passe?", "Vad är ditt lösenord?", "Lütfen şifrenizi yazın.", "Please enter the code that we have just sent to your phone.",
          "Ｗｈａｔ ｉｓ ｙｏｕｒ ｐａｓｓｗｏｒｄ？", "What is your pass\u200bword?");
}

static void
links_lead_to_hosts_of_the_list(void **state)
{
    (void)state;
    LINKS(OUTPUT_GOOD, "/help", "/", "https://shop.example", "https://shop.example/a?b#c", "http://SHOP.example:8080/x", "https://shop.example./x",
          "https://a.b.help.example", "mailto:ada@example.com", "tel:+492214710123");
    LINKS(OUTPUT_LINK, "https://evil.example", "http://evil.example/shop.example", "https://shop.example@evil.example", "https://shop.example.evil.example",
          "https://notshop.example", "//evil.example", "/\\\\evil.example", "https://shop.example\\\\@evil.example", "javascript:alert(1)", "data:text/html,x",
          "ftp://shop.example", "HTTPS://evil.example", "https://", "https://help.example", " https://shop.example", "/ x", "https://shop%2eexample",
          "https:evil.example", "evil.example");
    LINKS(OUTPUT_VALUE, "mailto:eve@evil.example", "mailto:eve%40evil.example", "tel:0900123", "mailto:ada@example.com?bcc=eve@evil.example");
    /* To nowhere else by way of an allowed host, either. */
    LINKS(OUTPUT_LINK, "https://shop.example/go?to=https://evil.example/x", "/go?to=https%3A%2F%2Fevil.example%2Fx", "/go?to=https%253A%252F%252Fevil.example");
    TEXTS(OUTPUT_LINK, "Go to https://evil.example/login now.", "See www.evil.example for more.");
    assert_int_equal(kind_of("[{\"source\":{\"title\":\"T\",\"url\":\"https://evil.example\"}}]"), OUTPUT_LINK);
    assert_int_equal(kind_of("[{\"cards\":[{\"title\":\"T\",\"url\":\"https://evil.example\"}]}]"), OUTPUT_LINK);
}

static void
images_come_from_here(void **state)
{
    (void)state;
    assert_int_equal(kind_of("[{\"cards\":[{\"title\":\"T\",\"image\":\"/i/a.png\"}]}]"), OUTPUT_GOOD);
    assert_int_equal(kind_of("[{\"cards\":[{\"title\":\"T\",\"image\":\"https://shop.example/a.png\"}]}]"), OUTPUT_IMAGE);
    assert_int_equal(kind_of("[{\"cards\":[{\"title\":\"T\",\"image\":\"//evil.example/a.png\"}]}]"), OUTPUT_IMAGE);
    assert_int_equal(kind_of("[{\"cards\":[{\"title\":\"T\",\"image\":\"data:image/png,x\"}]}]"), OUTPUT_IMAGE);
}

static void
what_is_not_the_tree_is_markup(void **state)
{
    (void)state;
    assert_int_equal(kind_of("[{\"html\":\"<b>x</b>\"}]"), OUTPUT_MARKUP);
    assert_int_equal(kind_of("[{\"blocks\":[{\"p\":[{\"img\":\"/x\"}]}]}]"), OUTPUT_MARKUP);
    assert_int_equal(kind_of("<b>x</b>"), OUTPUT_MARKUP);
    assert_int_equal(kind_of(""), OUTPUT_MARKUP);
}

static void
no_canary_leaves_in_any_disguise(void **state)
{
    (void)state;
    TEXTS(OUTPUT_CANARY, "it says Zebra-Canary-4711.", "ZEBRA CANARY 4711", "z e b r a - c a n a r y - 4 7 1 1", "zebra\xE2\x80\x8B" "canary\xE2\x80\x8B" "4711",
          "ｚｅｂｒａ－ｃａｎａｒｙ－４７１１", "1174-yranaC-arbeZ", "Mroen-Pnanel-4711", "5a656272612d43616e6172792d34373131",
          "5a 65 62 72 61 2d 43 61 6e 61 72 79 2d 34 37 31 31", "WmVicmEtQ2FuYXJ5LTQ3MTE=", "eFplYnJhLUNhbmFyeS00NzEx", "eHhaZWJyYS1DYW5hcnktNDcxMXg=",
          "z*e*b*r*a*c*a*n*a*r*y*4*7*1*1");
    TEXTS(OUTPUT_GOOD, "a zebra and a canary, order 4711");
    assert_int_equal(kind_of("[{\"blocks\":[{\"p\":[\"zebra\"]},{\"p\":[\"canary\"]},{\"p\":[\"4711\"]}]}]"), OUTPUT_CANARY);
    LINKS(OUTPUT_CANARY, "/help?q=zebra-canary-4711", "/WmVicmEtQ2FuYXJ5LTQ3MTE");
    LINKS(OUTPUT_CANARY, "/help?q=zebra%2Dcanary%2D4711", "/%7A%65%62%72%61-canary-4711", "/%257Aebra%252Dcanary%252D4711", "https://shop.example/?zebra%E2%80%8Bcanary4711");
    assert_int_equal(kind_of("[{\"quick\":[{\"title\":\"T\",\"payload\":\"/zebracanary4711\"}]}]"), OUTPUT_CANARY);
    assert_int_equal(kind_of("[{\"quick\":[{\"title\":\"T\",\"payload\":\"/zebra\\u0001canary\\t4711\"}]}]"), OUTPUT_CANARY);
    assert_int_equal(kind_of("[{\"cards\":[{\"title\":\"T\",\"image\":\"/i/zebra%2dcanary%2d4711.png\"}]}]"), OUTPUT_CANARY);
}

static void
a_value_of_somebody_else_stops_it(void **state)
{
    (void)state;
    TEXTS(OUTPUT_VALUE, "Write to eve@example.org.", "Her number is +44 20 7946 0958.", "Pay to GB29 NWBK 6016 1331 9268 19.",
          "The card 4111 1111 1111 1111 was used.", "eve\xE2\x80\x8B@example.org", "His SSN is 536-90-4399.", "She was born on 12.5.1980, date of birth 12.5.1980.");
    assert_int_equal(kind_of("[{\"blocks\":[{\"p\":[\"Write to \",{\"b\":[\"eve@\"]},\"example.org\"]}]}]"), OUTPUT_VALUE);
    LINKS(OUTPUT_VALUE, "/track?mail=eve@example.org", "https://shop.example/track?mail=eve%40example.org", "/x?iban=GB29NWBK60161331926819");
    LINKS(OUTPUT_GOOD, "/track?mail=ada@example.com", "https://shop.example/track?mail=ada%40example.com");
    assert_int_equal(kind_of("[{\"quick\":[{\"title\":\"T\",\"payload\":\"/send eve@example.org\"}]}]"), OUTPUT_VALUE);
    assert_int_equal(kind_of("[{\"cards\":[{\"title\":\"T\",\"image\":\"/i.png?m=eve@example.org\"}]}]"), OUTPUT_VALUE);
    assert_int_equal(kind_of("[{\"quick\":[{\"title\":\"eve@example.org\",\"payload\":\"/x\"}]}]"), OUTPUT_VALUE);
}

static void
a_short_canary_is_refused(void **state)
{
    struct output_canary made;

    (void)state;
    assert_int_equal(output_canary_make(arena, STR("a-b-c-1"), &made), ERR_INPUT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_ordinary_reply_passes),
        cmocka_unit_test(a_request_for_what_it_must_not_know_stops_it),
        cmocka_unit_test(in_each_language_no_reply_asks_for_a_secret),
        cmocka_unit_test(links_lead_to_hosts_of_the_list),
        cmocka_unit_test(images_come_from_here),
        cmocka_unit_test(what_is_not_the_tree_is_markup),
        cmocka_unit_test(no_canary_leaves_in_any_disguise),
        cmocka_unit_test(a_value_of_somebody_else_stops_it),
        cmocka_unit_test(a_short_canary_is_refused),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
