/* Neighbours and pieces of words. */
#include "engine/spell.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const str known[] = {{"track", 5}, {"order", 5}, {"orders", 6}, {"my", 2},       {"delivery", 8}, {"deliver", 7},
                            {"cup", 3},   {"caf\xC3\xA9", 5}, {"pr10001", 7}, {"invoice", 7}, {"gift", 4},     {"card", 4}};
static struct spell *spell;

static int
spell_begin(void **state)
{
    (void)state;
    return spell_make(known, sizeof known / sizeof *known, &spell) != ERR_NONE;
}

static int
spell_end(void **state)
{
    (void)state;
    spell_free(&spell);
    return 0;
}

static void
a_mistyped_word_finds_its_neighbour(void **state)
{
    static const struct {
        const char *word, *first;
        unsigned distance;
    } rows[] = {
        {"oder", "order", 1},   {"ordre", "order", 1},      {"oorder", "order", 1}, {"orxer", "order", 1},    {"delivary", "delivery", 1},
        {"delivaryy", "delivery", 2}, {"invvoicee", "invoice", 2}, {"invioce", "invoice", 1}, {"trak", "track", 1}, {"cafe", "caf\xC3\xA9", 1},
    };
    struct spell_hit hits[SPELL_HITS_MAX];
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t count = spell_find(spell, str_from(rows[i].word), hits);
        if (count == 0 || !str_is(known[hits[0].word], str_from(rows[i].first)) || hits[0].distance != rows[i].distance)
            fail_msg("\"%s\" found %zu, first %.*s", rows[i].word, count, STR_ARG(count ? known[hits[0].word] : STR("nothing")));
    }
}

static void
short_words_numbers_and_strangers_find_nothing(void **state)
{
    static const char *const rows[] = {"cap", "xy", "", "pr10002", "zebra", "ooooooooooooooooooooooooooooooooooooooooooooooooooooorder"};
    struct spell_hit hits[SPELL_HITS_MAX];
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(spell_find(spell, str_from(rows[i]), hits), 0);
    assert_int_equal(spell_find_exact(spell, STR("pr10001")), 8);
    assert_int_equal(spell_find_exact(spell, STR("pr10002")), UINT32_MAX);
}

static void
joined_words_fall_into_the_fewest_pieces(void **state)
{
    static const struct {
        const char *word;
        size_t count;
        uint32_t pieces[3];
    } rows[] = {
        {"trackmyorder", 3, {0, 3, 1}}, {"giftcard", 2, {10, 11}}, {"mymymy", 0, {0}}, {"giftcart", 0, {0}}, {"order", 0, {0}},
    };
    uint32_t pieces[SPELL_PIECES_MAX];
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(spell_split(spell, str_from(rows[i].word), pieces), rows[i].count);
        for (size_t k = 0; k < rows[i].count; k++)
            assert_int_equal(pieces[k], rows[i].pieces[k]);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mistyped_word_finds_its_neighbour),
        cmocka_unit_test(short_words_numbers_and_strangers_find_nothing),
        cmocka_unit_test(joined_words_fall_into_the_fewest_pieces),
    };
    return cmocka_run_group_tests(tests, spell_begin, spell_end);
}
