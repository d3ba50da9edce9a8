/* Languages: seven at once, short texts, and texts that show none. */
#include "engine/language.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static const str tags[] = {{"en", 2}, {"de", 2}, {"fr", 2}, {"es", 2}, {"it", 2}, {"nl", 2}, {"pt", 2}};
static struct language *language;
static struct arena *arena;

static int
language_begin(void **state)
{
    (void)state;
    if (arena_make((size_t)1 << 18, &arena) != ERR_NONE || language_make(tags, 7, &language) != ERR_NONE)
        return 1;
    language_seal(language);
    return 0;
}

static int
language_end(void **state)
{
    (void)state;
    language_free(&language);
    arena_free(&arena);
    return 0;
}

static size_t
language_of(const char *text)
{
    struct words words;

    arena_reset(arena);
    assert_int_equal(words_take(arena, str_from(text), STR(""), &words), ERR_NONE);
    return language_find(language, &words, LANGUAGE_UNSURE);
}

static void
small_words_tell_the_language(void **state)
{
    static const struct {
        size_t language;
        const char *text;
    } rows[] = {
        {0, "where is my order"},         {0, "do you have this in blue"},        {1, "wo ist meine Bestellung"},
        {1, "haben Sie das auch in blau"}, {2, "où est ma commande"},              {2, "je voudrais retourner un article"},
        {3, "dónde está mi pedido"},      {3, "quiero devolver una silla"},       {4, "dov'è il mio ordine"},
        {4, "vorrei restituire una sedia"}, {5, "waar is mijn bestelling"},        {5, "ik wil een stoel terugsturen"},
        {6, "onde está a minha encomenda"}, {6, "quero devolver uma cadeira"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (language_of(rows[i].text) != rows[i].language)
            fail_msg("\"%s\" was taken for %zu", rows[i].text, language_of(rows[i].text));
}

static void
names_and_numbers_show_no_language(void **state)
{
    static const char *const rows[] = {"", "PR-10001", "10115", "Miller", "ok"};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (language_of(rows[i]) != LANGUAGE_UNSURE)
            fail_msg("\"%s\" was taken for %zu", rows[i], language_of(rows[i]));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_words_tell_the_language),
        cmocka_unit_test(names_and_numbers_show_no_language),
    };
    return cmocka_run_group_tests(tests, language_begin, language_end);
}
