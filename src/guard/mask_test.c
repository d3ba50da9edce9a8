/* Policies and pseudonyms: what is replaced, what comes back, for whom, and where it never does. */
#include "base/alloc.h"
#include "guard/mask.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct pii *pii;
static struct arena *arena;
static struct policy policy;

static int
setup(void **state)
{
    (void)state;
    policy_init(&policy);
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

static str
masked(const char *text, struct alias_map *map)
{
    struct pii_input input = {.text = str_from(text)};
    struct mask mask;

    assert_int_equal(mask_run(pii, arena, &policy, &input, map, &mask), ERR_NONE);
    return mask.text;
}

static void
restored(const struct alias_map *map, str text, size_t cut, struct buf *out)
{
    struct alias_stream stream = {.len = 0};

    buf_reset(out);
    for (size_t at = 0; at < text.len; at += cut)
        assert_int_equal(alias_restore(map, &stream, str_slice(text, at, cut), false, out), ERR_NONE);
    assert_int_equal(alias_restore(map, &stream, STR(""), true, out), ERR_NONE);
}

static void
each_action_does_what_it_is_called(void **state)
{
    (void)state;
    assert_int_equal(policy_set(&policy, STR("IBAN=mask,EMAIL=redact,PHONE=allow")), ERR_NONE);
    assert_true(str_is(masked("pay DE89 3704 0044 0532 0130 00", NULL), STR("pay **** **** **** **** **30 00")));
    assert_true(str_is(masked("mail a.b@example.com", NULL), STR("mail [EMAIL]")));
    assert_true(str_is(masked("call +44 20 7946 0958", NULL), STR("call +44 20 7946 0958")));
    assert_true(str_is(masked("card 4111 1111 1111 1111", NULL), STR("card [CARD]")));
    policy_init(&policy);
}

static void
no_policy_lets_a_secret_through(void **state)
{
    (void)state;
    assert_int_equal(policy_set(&policy, STR("CARD=allow")), ERR_DENIED);
    assert_int_equal(policy_set(&policy, STR("PASSWORD=pseudonymise")), ERR_DENIED);
    assert_int_equal(policy_set(&policy, STR("US_SSN=tag")), ERR_DENIED);
    assert_int_equal(policy_set(&policy, STR("*=allow")), ERR_NONE);
    assert_true(str_is(masked("john@gmail.com 4111 1111 1111 1111", NULL), STR("john@gmail.com [CARD]")));
    assert_int_equal(policy_set(&policy, STR("CARD=nonsense")), ERR_INPUT);
    assert_int_equal(policy_set(&policy, STR("NOTHING=mask")), ERR_INPUT);
    policy_init(&policy);
}

static void
a_refused_type_refuses_the_message(void **state)
{
    struct pii_input input = {.text = STR("card 4111 1111 1111 1111")};
    struct mask mask;

    (void)state;
    assert_int_equal(policy_set(&policy, STR("CARD=refuse")), ERR_NONE);
    assert_int_equal(mask_run(pii, arena, &policy, &input, NULL, &mask), ERR_NONE);
    assert_true(mask.is_refused && mask.told_type == PII_CARD);
    policy_init(&policy);
}

static void
the_same_value_keeps_its_pseudonym_through_the_conversation(void **state)
{
    struct alias_map map, again;
    BUF_SCOPE(kept, 1 << 16);

    (void)state;
    assert_int_equal(alias_init(arena, &map), ERR_NONE);
    assert_true(str_is(masked("mail john@gmail.com", &map), STR("mail person1@privet.invalid")));
    assert_true(str_is(masked("and JOHN@gmail.com or eve@gmail.com", &map), STR("and person1@privet.invalid or person2@privet.invalid")));
    assert_true(str_is(masked("my name is john smith", &map), STR("my name is [PERSON_1]")));
    assert_true(str_is(masked("call +44 20 7946 0958", &map), STR("call +1 202-555-0100")));
    assert_true(str_is(masked("from 8.8.8.8", &map), STR("from 192.0.2.1")));
    assert_int_equal(alias_write(&map, 1 << 16, &kept), ERR_NONE);
    assert_int_equal(alias_parse(arena, buf_str(&kept), &again), ERR_NONE);
    assert_true(str_is(masked("it's john@gmail.com", &again), STR("it's person1@privet.invalid")));
    for (size_t cut = 0; cut < buf_str(&kept).len; cut++)
        if (alias_parse(arena, str_slice(buf_str(&kept), 0, cut), &again) == ERR_NONE)
            assert_true(again.count < map.count);
}

static void
a_stream_cut_anywhere_restores_the_same(void **state)
{
    struct alias_map map;
    BUF_SCOPE(whole, 1 << 16);
    BUF_SCOPE(pieces, 1 << 16);
    str reply = STR("Dear [PERSON_1], [person 1]'s mail is person1@privet.invalid. Call +1 202-555-0100! From 192.0.2.1, not 192.0.2.12 or [PERSON_2] "
                    "[see](https://x.example/?q=[PERSON_1]) ![x [PERSON_1]](y) www.x.example/person1@privet.invalid xperson1@privet.invalid [PERSON_1");

    (void)state;
    assert_int_equal(alias_init(arena, &map), ERR_NONE);
    masked("my name is john smith, john@gmail.com, +44 20 7946 0958 from 8.8.8.8", &map);
    restored(&map, reply, reply.len, &whole);
    assert_true(str_has_prefix(buf_str(&whole), STR("Dear john smith, john smith's mail is john@gmail.com. Call +44 20 7946 0958! From 8.8.8.8, not "
                                                    "192.0.2.12 or [PERSON_2] ")));
    assert_true(str_has_suffix(buf_str(&whole), STR("[see](https://x.example/?q=[PERSON_1]) ![x [PERSON_1]](y) "
                                                    "www.x.example/person1@privet.invalid xperson1@privet.invalid [PERSON_1")));
    for (size_t cut = 1; cut < reply.len; cut++) {
        restored(&map, reply, cut, &pieces);
        assert_true(str_is(buf_str(&whole), buf_str(&pieces)));
    }
    for (size_t cut = 1; cut < reply.len; cut++) {
        struct alias_stream stream = {.len = 0};
        buf_reset(&pieces);
        assert_int_equal(alias_restore(&map, &stream, str_slice(reply, 0, cut), false, &pieces), ERR_NONE);
        assert_int_equal(alias_restore(&map, &stream, str_slice(reply, cut, reply.len), true, &pieces), ERR_NONE);
        assert_true(str_is(buf_str(&whole), buf_str(&pieces)));
    }
}

static void
what_looks_like_a_pseudonym_is_escaped_and_comes_back(void **state)
{
    static const char *const rows[] = {"is [PERSON_1] me?", "[PERSON_1] [~PERSON_1] [~~person 1]", "x [CARD_1] y", "[PERSON_99]", "[not one_]", "[PERSON_1"};
    struct alias_map map;
    BUF_SCOPE(out, 1 << 16);

    (void)state;
    assert_int_equal(alias_init(arena, &map), ERR_NONE);
    masked("my name is john smith", &map);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        str text = masked(rows[i], &map);
        restored(&map, text, 3, &out);
        assert_true(str_is(buf_str(&out), str_from(rows[i])));
    }
    assert_true(str_is(masked("is [PERSON_1] me?", &map), STR("is [~PERSON_1] me?")));
}

static void
another_conversation_turns_nothing_back(void **state)
{
    struct alias_map mine, other;
    BUF_SCOPE(out, 1 << 16);

    (void)state;
    assert_int_equal(alias_init(arena, &mine), ERR_NONE);
    assert_int_equal(alias_init(arena, &other), ERR_NONE);
    str text = masked("my name is john smith", &mine);
    restored(&other, text, text.len, &out);
    assert_true(str_is(buf_str(&out), text));
}

static void
secrets_never_enter_the_map(void **state)
{
    struct alias_map map;

    (void)state;
    assert_int_equal(alias_init(arena, &map), ERR_NONE);
    masked("card 4111 1111 1111 1111 cvv 123 my password is hunter2 ssn 123-45-6789", &map);
    assert_int_equal(map.count, 0);
}

static void
masking_takes_nothing_from_the_heap(void **state)
{
    struct alias_map map;

    (void)state;
    assert_int_equal(alias_init(arena, &map), ERR_NONE);
    uint64_t before = alloc_count();
    masked("my name is john smith, card 4111 1111 1111 1111", &map);
    assert_int_equal(alloc_count(), before);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_action_does_what_it_is_called),
        cmocka_unit_test(no_policy_lets_a_secret_through),
        cmocka_unit_test(a_refused_type_refuses_the_message),
        cmocka_unit_test(the_same_value_keeps_its_pseudonym_through_the_conversation),
        cmocka_unit_test(a_stream_cut_anywhere_restores_the_same),
        cmocka_unit_test(what_looks_like_a_pseudonym_is_escaped_and_comes_back),
        cmocka_unit_test(another_conversation_turns_nothing_back),
        cmocka_unit_test(secrets_never_enter_the_map),
        cmocka_unit_test(masking_takes_nothing_from_the_heap),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
