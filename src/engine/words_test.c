/* Words and stems: what parts words, what joins them, in every script. */
#include "engine/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;

static int
arena_begin(void **state)
{
    (void)state;
    return arena_make((size_t)1 << 20, &arena) != ERR_NONE;
}

static int
arena_end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void
text_becomes_folded_words(void **state)
{
    static const struct {
        const char *text, *folded;
    } rows[] = {
        {"", " "},
        {"Where's my ORDER?", " wheres my order "},
        {"where\xE2\x80\x99s", " wheres "},
        {"state-of-the-art", " state of the art "},
        {"'quoted'", " quoted "},
        {"Straße ÜBER", " straße über "},
        {"e\xCC\x81t\xC3\xA9", " été "},                 /* composed and decomposed accents are one */
        {"\xEF\xBC\xA1\xEF\xBC\xA2 \xEF\xAC\x81x", " ab fix "}, /* wide letters, ligatures */
        {"zero\xE2\x80\x8Bwidth", " zerowidth "},
        {"\xE4\xBD\xA0\xE5\xA5\xBD\xE5\x90\x97", " 你 好 吗 "},
        {"abc日def", " abc 日 def "},
        {"\xE2\x80\xA6\xE2\x80\x94!", " "},
    };
    struct words words;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        arena_reset(arena);
        assert_int_equal(words_take(arena, str_from(rows[i].text), STR("en"), &words), ERR_NONE);
        if (!str_is(words.folded, str_from(rows[i].folded)))
            fail_msg("\"%s\" became \"%.*s\"", rows[i].text, STR_ARG(words.folded));
    }
}

static void
words_have_stems_of_their_language_without_accents(void **state)
{
    static const struct {
        const char *language, *word, *stem;
    } rows[] = {
        {"en", "deliveries", "deliveri"}, {"de", "Bestellungen", "bestell"}, {"fr", "l'article", "articl"},  {"fr", "remboursé", "rembours"},
        {"it", "dell'ordine", "ordin"},   {"es", "devolución", "devolu"},    {"xx", "anything", "anything"}, {"de-AT", "Häuser", "haus"},
    };
    struct words words;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        arena_reset(arena);
        assert_int_equal(words_take(arena, str_from(rows[i].word), str_from(rows[i].language), &words), ERR_NONE);
        assert_int_equal(words.count, 1);
        if (!str_is(words.stem[0], str_from(rows[i].stem)))
            fail_msg("\"%s\" has the stem \"%.*s\"", rows[i].word, STR_ARG(words.stem[0]));
    }
}

static void
letters_without_blanks_know_their_neighbours(void **state)
{
    struct words words;
    (void)state;
    assert_int_equal(words_take(arena, STR("退货 政策"), STR("zh"), &words), ERR_NONE);
    assert_int_equal(words.count, 4);
    assert_false(words.is_joined[0]);
    assert_true(words.is_joined[1]);
    assert_false(words.is_joined[2]);
    assert_true(words.is_joined[3]);
}

static void
phrases_are_found_at_word_borders_only(void **state)
{
    struct words words;
    (void)state;
    assert_int_equal(words_take(arena, STR("Are you a robot vacuum?"), STR("en"), &words), ERR_NONE);
    assert_true(words_has(&words, STR("you a robot")));
    assert_false(words_has(&words, STR("you a rob")));
    assert_false(words_has(&words, STR("re you")));
}

/* Floods: one letter, one sign, zero-width signs, marks upon marks. */
static void
floods_are_read_in_bounds(void **state)
{
    static const char *const pieces[] = {"a", "a ", "\xE2\x80\x8B", "\xCC\x81", "\xE4\xBD\xA0", "'", "\xF0\x9F\x98\x80", "\xEF\xB7\xBA", "a'"};
    static char flood[10240];
    struct words words;
    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t len = strlen(pieces[i]), used = 0;
        for (; used + len <= sizeof flood; used += len)
            memcpy(flood + used, pieces[i], len);
        arena_reset(arena);
        assert_int_equal(words_take(arena, str_bytes(flood, used), STR("en"), &words), ERR_NONE);
        assert_true(words.count <= WORDS_MAX);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(text_becomes_folded_words, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(words_have_stems_of_their_language_without_accents, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(letters_without_blanks_know_their_neighbours, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(phrases_are_found_at_word_borders_only, arena_begin, arena_end),
        cmocka_unit_test_setup_teardown(floods_are_read_in_bounds, arena_begin, arena_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
