/* Cards, by the same numbers as in the browser (protocol/vectors/cards.json): what is seen there is seen here, in pieces too. */
#include "guard/pii.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static bool
card_is_seen(const struct pii *pii, struct arena *arena, const char *message, struct pii_tail *tail)
{
    struct pii_input input = {.text = str_from(message), .tail = tail};
    struct pii_spans spans;
    bool seen = false;

    arena_reset(arena);
    assert_int_equal(pii_find(pii, arena, &input, &spans), ERR_NONE);
    for (size_t i = 0; i < spans.count; i++)
        seen = seen || spans.span[i].type == PII_CARD;
    return seen;
}

static void
browser_and_server_see_the_same_cards(void **state)
{
    struct pii *pii = NULL;
    struct arena *arena = NULL;
    json_t *all = json_load_file("protocol/vectors/cards.json", 0, NULL), *one, *message;
    size_t i, k, cards = 0;

    (void)state;
    assert_int_equal(pii_make(&pii), ERR_NONE);
    assert_int_equal(arena_make((size_t)1 << 20, &arena), ERR_NONE);
    assert_true(json_array_size(all) > 90);
    json_array_foreach(all, i, one)
    {
        struct pii_tail tail = {.len = 0};
        bool seen = false, card = json_is_true(json_object_get(one, "card"));
        json_array_foreach(json_object_get(one, "messages"), k, message) seen = card_is_seen(pii, arena, json_string_value(message), &tail);
        if (seen != card)
            fail_msg("row %zu: %s", i, card ? "no card" : "a card");
        cards += card;
    }
    assert_true(cards > 60);
    json_decref(all);
    pii_free(&pii);
    arena_free(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(browser_and_server_see_the_same_cards),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
