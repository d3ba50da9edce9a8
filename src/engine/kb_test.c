/* Search: the best hits, in their order, and nothing of what stood in the caller's memory before. */
#include "engine/kb.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void
more_documents_than_hits_leave_the_best_ones_whatever_the_room_held(void **state)
{
    struct kb_document documents[20];
    struct kb_hit hits[KB_HITS_MAX];
    struct words words;
    struct kb *kb = NULL;
    ARENA_SCOPE(arena);

    (void)state;
    assert_int_equal(arena_make(1 << 20, &arena), ERR_NONE);
    for (size_t count = 1; count <= 20; count++) {
        for (size_t i = 0; i < count; i++)
            documents[i] = (struct kb_document){STR("lamp"), i == count - 1 ? STR("lamp lamp lamp") : STR("a chair and a table"), STR("en")};
        size_t found = 0;
        /* Large ratios and places far outside. */
        memset(hits, 0x7F, sizeof hits);
        assert_int_equal(kb_make(arena, documents, count, &kb), ERR_NONE);
        assert_int_equal(words_take(arena, STR("lamp"), STR("en"), &words), ERR_NONE);
        assert_int_equal(kb_find(kb, arena, &words, STR("en"), hits, &found), ERR_NONE);
        assert_int_equal(found, count < KB_HITS_MAX ? count : KB_HITS_MAX);
        assert_int_equal(hits[0].document, count - 1);
        for (size_t i = 0; i < found; i++)
            assert_true(hits[i].document < count && (i == 0 || hits[i].ratio <= hits[i - 1].ratio));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(more_documents_than_hits_leave_the_best_ones_whatever_the_room_held)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
