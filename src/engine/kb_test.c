/* Search: what is found first, what is mended, what is refused. */
#include "engine/kb.h"

#include "base/fault.h"
#include "engine/kb_compound.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A view that a static table may hold. */
#define TEXT(literal) {literal, sizeof(literal) - 1}

static const struct kb_document documents[] = {
    {TEXT("How long do I have to send something back?"), TEXT("Returns"), TEXT("You have 30 days. The label is free."), TEXT("en"), 1},
    {TEXT("What does delivery cost?"), TEXT("Delivery"), TEXT("4.90 euros within Germany, free from 50 euros."), TEXT("en"), 2},
    {TEXT("Which cards do you take?"), TEXT("Payment"), TEXT("Visa, Mastercard, PayPal and invoice."), TEXT("en"), 3},
    {TEXT("How do I season cast iron?"), TEXT("Cast iron care"), TEXT("Rub it with oil and heat it for an hour."), TEXT("en"), 4},
    {TEXT("Wie lang ist die Rückgabefrist?"), TEXT("Rücksendung"), TEXT("Sie haben 30 Tage Zeit."), TEXT("de"), 5},
    {TEXT("Welche Frist gilt bei Garantie?"), TEXT("Garantie"), TEXT("Zwei Jahre ab dem Kauf, danach Kulanz bei Rückgabe."), TEXT("de"), 6},
    {TEXT("Comment payer ma commande ?"), TEXT("Paiement"), TEXT("Par carte ou par facture."), TEXT("fr"), 7},
};
static const struct kb_synonym synonyms[] = {{TEXT("send back"), 0}, {TEXT("return"), 0}, {TEXT("postage"), 1}, {TEXT("delivery"), 1}};
static const struct kb_library library = {documents, sizeof documents / sizeof *documents, synonyms, 4};
static struct kb *kb;
static struct arena *arena;

static int
kb_begin(void **state)
{
    (void)state;
    return arena_make((size_t)1 << 20, &arena) != ERR_NONE || kb_make(&library, &kb) != ERR_NONE;
}

static int
kb_end(void **state)
{
    (void)state;
    kb_free(&kb);
    arena_free(&arena);
    return 0;
}

static size_t
ask(const char *text, const char *language, struct kb_hit hits[KB_HITS_MAX])
{
    struct words words;
    size_t count = 0;

    arena_reset(arena);
    assert_int_equal(words_take(arena, str_from(text), str_from(language), &words), ERR_NONE);
    assert_int_equal(kb_find(kb, arena, &words, str_from(language), hits, &count), ERR_NONE);
    return count;
}

static void
the_right_section_comes_first(void **state)
{
    static const struct {
        size_t document;
        const char *language, *text;
    } rows[] = {
        {0, "en", "how many days to send it back"}, {0, "en", "can I return this"},      {1, "en", "what is the postage"},
        {1, "en", "delivry cots"},                  {1, "en", "deliverycost"},           {2, "en", "do you take paypal"},
        {3, "en", "seasoning my iron pan"},         {4, "de", "Rückgabe Frist"},         {4, "de", "Ruckgabefrist"},
        {5, "de", "Garantiefrist"},                 {6, "fr", "payer par carte"},        {6, "fr", "comment payer"},
        {3, "de", "season cast iron"}, /* a visitor whose page says de */
    };
    struct kb_hit hits[KB_HITS_MAX];
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t count = ask(rows[i].text, rows[i].language, hits);
        if (count == 0 || hits[0].document != rows[i].document)
            fail_msg("\"%s\" found %zu of %zu", rows[i].text, count ? hits[0].document : 99, count);
    }
}

static void
ratios_say_how_well_it_fits(void **state)
{
    struct kb_hit hits[KB_HITS_MAX];
    (void)state;
    assert_true(ask("How do I season cast iron?", "en", hits) > 0 && hits[0].ratio > KB_SURE_RATIO && hits[0].ratio <= 1);
    assert_true(ask("who won the match in Madrid yesterday", "en", hits) == 0 || hits[0].ratio < KB_SUGGEST_RATIO);
    assert_int_equal(ask("", "en", hits), 0);
    assert_int_equal(ask("the of and", "en", hits), 0);
    assert_true(kb_is_answer(0.6f, 0.5f));
    assert_true(kb_is_answer(0.35f, 0.1f));
    assert_false(kb_is_answer(0.35f, 0.34f));
    assert_false(kb_is_answer(0.6f, 0.6f));
    assert_false(kb_is_answer(0.24f, 0));
}

static void
compounds_fall_into_known_words(void **state)
{
    static const str known[] = {TEXT("rückgabe"), TEXT("frist"), TEXT("geburt"), TEXT("urkunde"), TEXT("bewohner"), TEXT("park"), TEXT("ausweis")};
    struct spell *spell = NULL;
    uint32_t parts[KB_PARTS_MAX];
    (void)state;
    assert_int_equal(spell_make(known, sizeof known / sizeof *known, &spell), ERR_NONE);
    assert_int_equal(kb_compound_split(spell, STR("rückgabefrist"), parts), 2);
    assert_int_equal(kb_compound_split(spell, STR("geburtsurkunde"), parts), 2);
    assert_true(parts[0] == 2 && parts[1] == 3);
    assert_int_equal(kb_compound_split(spell, STR("bewohnerparkausweis"), parts), 3);
    assert_int_equal(kb_compound_split(spell, STR("fristlos"), parts), 0);
    assert_int_equal(kb_compound_split(spell, STR("frist"), parts), 0);
    spell_free(&spell);
}

static void
an_empty_library_answers_nothing(void **state)
{
    const struct kb_library empty = {documents, 0, NULL, 0};
    struct kb *none = NULL;
    struct kb_hit hits[KB_HITS_MAX];
    struct words words;
    size_t count = 9;
    (void)state;
    arena_reset(arena);
    assert_int_equal(kb_make(&empty, &none), ERR_NONE);
    assert_int_equal(words_take(arena, STR("delivery"), STR("en"), &words), ERR_NONE);
    assert_int_equal(kb_find(none, arena, &words, STR("en"), hits, &count), ERR_NONE);
    assert_int_equal(count, 0);
    kb_free(&none);
}

/* More documents than one block holds: the best is found wherever it stands. */
static void
a_large_library_is_searched_to_its_end(void **state)
{
    enum { MANY = 20000 };
    static struct kb_document many[MANY];
    static char titles[MANY][24];
    struct kb *large = NULL, *held = kb;
    struct kb_hit hits[KB_HITS_MAX];
    (void)state;
    for (int i = 0; i < MANY; i++) {
        snprintf(titles[i], sizeof titles[i], "article number%d", i);
        many[i] = (struct kb_document){str_from(titles[i]), {"", 0}, {"common words", 12}, {"en", 2}, (uint32_t)i};
    }
    assert_int_equal(kb_make(&(struct kb_library){many, MANY, NULL, 0}, &large), ERR_NONE);
    kb = large;
    for (size_t i = 0; i < MANY; i += 4999) {
        assert_true(ask(titles[i], "en", hits) > 0);
        assert_int_equal(hits[0].document, i);
    }
    kb = held;
    kb_free(&large);
}

static void
more_documents_than_hits_leave_the_best_ones_whatever_the_room_held(void **state)
{
    struct kb_document many[20];
    struct kb_hit hits[KB_HITS_MAX];
    struct words words;
    struct kb *made = NULL;
    (void)state;
    for (size_t count = 1; count <= 20; count++) {
        for (size_t i = 0; i < count; i++)
            many[i] = (struct kb_document){STR("lamp"), {"", 0}, i == count - 1 ? STR("lamp lamp lamp") : STR("a chair and a table"), STR("en"), (uint32_t)i};
        size_t found = 0;
        /* Large ratios and places far outside. */
        memset(hits, 0x7F, sizeof hits);
        arena_reset(arena);
        assert_int_equal(kb_make(&(struct kb_library){many, count, NULL, 0}, &made), ERR_NONE);
        assert_int_equal(words_take(arena, STR("lamp"), STR("en"), &words), ERR_NONE);
        assert_int_equal(kb_find(made, arena, &words, STR("en"), hits, &found), ERR_NONE);
        assert_int_equal(found, count < KB_HITS_MAX ? count : KB_HITS_MAX);
        assert_int_equal(hits[0].document, count - 1);
        for (size_t i = 0; i < found; i++)
            assert_true(hits[i].document < count && (i == 0 || hits[i].ratio <= hits[i - 1].ratio));
        kb_free(&made);
    }
}

static void
no_failed_allocation_leaks(void **state)
{
    (void)state;
    for (uint64_t n = 1;; n++) {
        struct kb *made = NULL;
        fault_arm(FAULT_ALLOC, n);
        enum err err = kb_make(&library, &made);
        bool is_through = fault_is_armed(FAULT_ALLOC);
        fault_arm(FAULT_ALLOC, 0);
        assert_int_equal(err, is_through ? ERR_NONE : ERR_MEMORY);
        kb_free(&made);
        if (is_through)
            return;
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_right_section_comes_first),
        cmocka_unit_test(ratios_say_how_well_it_fits),
        cmocka_unit_test(compounds_fall_into_known_words),
        cmocka_unit_test(an_empty_library_answers_nothing),
        cmocka_unit_test(a_large_library_is_searched_to_its_end),
        cmocka_unit_test(more_documents_than_hits_leave_the_best_ones_whatever_the_room_held),
        cmocka_unit_test(no_failed_allocation_leaks),
    };
    return cmocka_run_group_tests(tests, kb_begin, kb_end);
}
