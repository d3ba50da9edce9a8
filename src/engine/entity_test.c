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
    size_t asked_of[ENTITY_KINDS + 1], right_of[ENTITY_KINDS + 1]; /* by the kind that is wanted first; the last: nothing is */
    size_t timed;
    uint64_t ns[1024];
};

static enum entity_kind
kind_of(str wanted)
{
    str name;

    (void)!str_split(&wanted, ' ', &name);
    for (unsigned kind = 0; kind < ENTITY_KINDS; kind++)
        if (str_is(name, entity_kind_name((enum entity_kind)kind)))
            return (enum entity_kind)kind;
    assert_true(str_is(name, STR("-")));
    return ENTITY_KINDS;
}

static int
ns_order(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return left < right ? -1 : left > right;
}

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
    enum entity_kind kind = kind_of(wanted);
    uint64_t before = clock_cpu_ns();
    found(&ask, text, &have);
    if (tally->timed < sizeof tally->ns / sizeof *tally->ns)
        tally->ns[tally->timed++] = clock_cpu_ns() - before;
    bool is_right = str_is(buf_str(&have), wanted);
    tally->asked++;
    tally->asked_of[kind]++;
    tally->right += is_right;
    tally->right_of[kind] += is_right;
    if (!is_right)
        print_message("%s: %.*s: wanted %.*s, found %.*s\n", language, STR_ARG(text), STR_ARG(wanted), STR_ARG(buf_str(&have)));
}

static void
tally_print(const char *language, struct tally *tally)
{
    qsort(tally->ns, tally->timed, sizeof *tally->ns, ns_order);
    print_message("%s: %zu of %zu right, %.1f us p50, %.1f us p99;", language, tally->right, tally->asked, (double)tally->ns[tally->timed / 2] / 1e3,
                  (double)tally->ns[tally->timed * 99 / 100] / 1e3);
    for (unsigned kind = 0; kind <= ENTITY_KINDS; kind++)
        if (tally->asked_of[kind] > 0)
            print_message(" %s %zu/%zu", kind < ENTITY_KINDS ? entity_kind_name((enum entity_kind)kind).at : "nothing", tally->right_of[kind],
                          tally->asked_of[kind]);
    print_message("\n");
}

static void
language_check(const char *language)
{
    char path[64], line[1024];
    struct entity_grammar *grammar = NULL;
    struct tally tally = {.asked = 0};

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
    tally_print(language, &tally);
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

/* CPU time over all languages of the text said again and again up to so many bytes. */
static uint64_t
flood_ns(const char *piece, size_t size_bytes)
{
    static const char *const languages[] = {"de", "en", "es", "fr", "it", "nl", "pt"};
    static char text[10240];
    size_t len = 0, piece_len = strlen(piece);
    uint64_t spent = 0;

    while (len + piece_len <= size_bytes) {
        memcpy(text + len, piece, piece_len);
        len += piece_len;
    }
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        struct entity_grammar *grammar = NULL;
        struct entity_tokens tokens;
        struct entity_find finds[ENTITY_FINDS_MAX];
        size_t count = 0;
        assert_int_equal(entity_grammar_of(grammars, str_from(languages[i]), &grammar), ERR_NONE);
        struct entity_ask ask = {.grammar = grammar, .now_ms = NOW_MS, .tag = str_from(languages[i])};
        uint64_t before = clock_cpu_ns();
        arena_reset(arena);
        assert_int_equal(entity_token_take(arena, str_bytes(text, len), &tokens), ERR_NONE);
        assert_int_equal(entity_find_all(arena, &ask, &tokens, finds, &count), ERR_NONE);
        spent += clock_cpu_ns() - before;
        assert_true(count <= ENTITY_FINDS_MAX);
    }
    return spent;
}

/* Twice the text may take twice the time; four times leaves room for a busy machine and for the arena's first touch. */
static void
floods_cost_time_in_proportion_to_their_length(void **state)
{
    static const char *const pieces[] = {"a", "7", " 7", "@", "a@", ".", "a.b", "zwei", "zwei und ", "twenty ", "и", "日本 ", "\u200b", "1 ", "1.", "from monday to ", "from ",
                                         "next ", "bis ", "de ", "+", "(0", "www.", "#1-", "half past half ", "1/", "in the last two ", "aаα", "€1"};
    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        uint64_t half = flood_ns(pieces[i], 1500), whole = flood_ns(pieces[i], 3000), most = flood_ns(pieces[i], 10240);
        print_message("%s: %.0f, %.0f, %.0f us\n", pieces[i], (double)half / 7e3, (double)whole / 7e3, (double)most / 7e3);
        assert_true(whole < 4 * half + 2000000);
        assert_true(most < 16 * half + 2000000);
        arena_reset(grammars);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(german_is_understood),  cmocka_unit_test(english_is_understood), cmocka_unit_test(spanish_is_understood),
        cmocka_unit_test(french_is_understood),  cmocka_unit_test(italian_is_understood), cmocka_unit_test(dutch_is_understood),
        cmocka_unit_test(portuguese_is_understood), cmocka_unit_test(floods_cost_time_in_proportion_to_their_length),
    };
    return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
