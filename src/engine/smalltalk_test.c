/* Phrases that must be understood before anything else: at word borders, in every language, and not where they are about things. */
#include "engine/bot_private.h"
#include "engine/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static struct smalltalk *talk;
static struct arena *arena;

static int
begin(void **state)
{
    (void)state;
    return arena_make((size_t)1 << 18, &arena) != ERR_NONE || smalltalk_make(&talk) != ERR_NONE;
}

static int
end(void **state)
{
    (void)state;
    smalltalk_free(&talk);
    arena_free(&arena);
    return 0;
}

static unsigned
kinds_of(const char *text, struct words *words)
{
    arena_reset(arena);
    assert_int_equal(words_take(arena, str_from(text), STR("en"), words), ERR_NONE);
    return smalltalk_find(talk, words);
}

static void
phrases_are_found_at_word_borders(void **state)
{
    static const struct {
        const char *text;
        unsigned kinds;
    } rows[] = {
        {"are you a robot?", SMALLTALK_BOT},
        {"Excuse me, ARE YOU A REAL PERSON or what", SMALLTALK_BOT | SMALLTALK_PERSON},
        {"bist du ein Mensch?", SMALLTALK_BOT},
        {"es-tu un robot ?", SMALLTALK_BOT},
        {"¿eres un robot?", SMALLTALK_BOT},
        {"sei un bot?", SMALLTALK_BOT},
        {"ben je een robot?", SMALLTALK_BOT},
        {"você é um robô?", SMALLTALK_BOT},
        {"are you a robot vacuum shop", SMALLTALK_BOT | SMALLTALK_THING},
        {"I would like to talk to a human", SMALLTALK_PERSON},
        {"yes please", SMALLTALK_YES},
        {"nein danke", SMALLTALK_NO},
        {"yesterday I noted nothing", 0},
        {"the human side of enterprise", 0},
        {"", 0},
    };
    struct words words;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (kinds_of(rows[i].text, &words) != rows[i].kinds)
            fail_msg("\"%s\" gives %u", rows[i].text, kinds_of(rows[i].text, &words));
}

static void
a_long_text_answers_neither_yes_nor_no(void **state)
{
    struct words words;
    unsigned kinds;
    (void)state;
    kinds = kinds_of("yes", &words);
    assert_int_equal(smalltalk_answer(kinds, &words), 1);
    kinds = kinds_of("no, not that", &words);
    assert_int_equal(smalltalk_answer(kinds, &words), -1);
    kinds = kinds_of("yes but what about the other thing then", &words);
    assert_int_equal(smalltalk_answer(kinds, &words), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(phrases_are_found_at_word_borders), cmocka_unit_test(a_long_text_answers_neither_yes_nor_no)};
    return cmocka_run_group_tests(tests, begin, end);
}
