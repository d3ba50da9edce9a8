/* Built-in entities: the cases of tests/entities/LANG.tsv, of which 95 in 100 must be right in each language; shapes and floods.
 *
 *   TEXT TAB KIND VALUE[; KIND VALUE...] [TAB TAG [ZONE]]      "-" when nothing is to be found
 *
 * It is Wednesday, 2026-03-11, 14:30 by the visitor's clock, one hour east of UTC. All that is found counts, but for the parts of a whole
 * (entity.h). */
#include "engine/entity.h"

#include "base/buf.h"
#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NOW_MS ((uint64_t)1773235800000) /* 2026-03-11T13:30:00Z */
#define FLOOR_PERCENT 95

static struct arena *arena, *grammars;

static int
arena_begin(void **state)
{
    (void)state;
    return arena_make((size_t)1 << 20, &arena) == ERR_NONE && arena_make((size_t)8 << 20, &grammars) == ERR_NONE ? 0 : -1;
}

static int
arena_end(void **state)
{
    (void)state;
    arena_free(&arena);
    arena_free(&grammars);
    return 0;
}

static void
found(const struct entity_ask *ask, str text, struct buf *out)
{
    struct entity_tokens tokens;
    struct entity_find finds[ENTITY_FINDS_MAX];
    size_t count = 0, first = 0;

    arena_reset(arena);
    assert_int_equal(entity_token_take(arena, text, &tokens), ERR_NONE);
    assert_int_equal(entity_find_all(arena, ask, &tokens, finds, &count), ERR_NONE);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || finds[i].from != finds[first].from || finds[i].len != finds[first].len)
            first = i;
        if (finds[i].kind == finds[first].kind)
            assert_int_equal(buf_add_text(out, "%s%.*s %.*s", out->len > 0 ? "; " : "", STR_ARG(entity_kind_name(finds[i].kind)), STR_ARG(finds[i].value)),
                             ERR_NONE);
    }
    if (out->len == 0)
        assert_int_equal(buf_add_str(out, STR("-")), ERR_NONE);
}

struct tally {
    size_t asked, right;
};

static void
case_check(const struct entity_grammar *grammar, const char *language, str line, struct tally *tally)
{
    str text, wanted, tag = str_from(language), zone = {"60", 2};
    BUF_SCOPE(have, 4096);

    (void)!str_split(&line, '\t', &text);
    (void)!str_split(&line, '\t', &wanted);
    if (line.at && line.len > 0) {
        (void)!str_split(&line, ' ', &tag);
        zone = line.at ? line : zone;
    }
    struct entity_ask ask = {.grammar = grammar, .now_ms = NOW_MS, .zone_minutes = atoi(zone.at), .tag = tag};
    if (ask.zone_minutes != 60)
        ask.now_ms = NOW_MS + (uint64_t)((60 - ask.zone_minutes) * 60000); /* the same time by the visitor's clock */
    found(&ask, text, &have);
    tally->asked++;
    tally->right += str_is(buf_str(&have), wanted);
    if (!str_is(buf_str(&have), wanted))
        print_message("%s: %.*s: wanted %.*s, found %.*s\n", language, STR_ARG(text), STR_ARG(wanted), STR_ARG(buf_str(&have)));
}

static void
language_check(const char *language)
{
    char path[64], line[1024];
    struct entity_grammar *grammar = NULL;
    struct tally tally = {0, 0};

    assert_int_equal(entity_grammar_of(grammars, str_from(language), &grammar), ERR_NONE);
    snprintf(path, sizeof path, "tests/entities/%s.tsv", language);
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = 0;
        if (line[0] && line[0] != '#')
            case_check(grammar, language, str_from(line), &tally);
    }
    fclose(file);
    print_message("%s: %zu of %zu right\n", language, tally.right, tally.asked);
    assert_true(tally.asked >= 215);
    assert_true(tally.right * 100 >= tally.asked * FLOOR_PERCENT);
}

#define LANGUAGE_TEST(name, tag)                                                                   \
    static void name(void **state)                                                                 \
    {                                                                                              \
        (void)state;                                                                               \
        language_check(tag);                                                                       \
    }
LANGUAGE_TEST(german_is_understood, "de")
LANGUAGE_TEST(english_is_understood, "en")
LANGUAGE_TEST(spanish_is_understood, "es")
LANGUAGE_TEST(french_is_understood, "fr")
LANGUAGE_TEST(italian_is_understood, "it")
LANGUAGE_TEST(dutch_is_understood, "nl")
LANGUAGE_TEST(portuguese_is_understood, "pt")

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(german_is_understood),  cmocka_unit_test(english_is_understood), cmocka_unit_test(spanish_is_understood),
        cmocka_unit_test(french_is_understood),  cmocka_unit_test(italian_is_understood), cmocka_unit_test(dutch_is_understood),
        cmocka_unit_test(portuguese_is_understood),
    };
    return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
