/* What a spreadsheet would run, and what it would not. */
#include "guard/cell.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void
what_a_spreadsheet_runs_is_a_formula(void **state)
{
    static const char *const formulas[] = {"=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "  =1", "\r\n=1", "\xC2\xA0=1", "\xEF\xBB\xBF=1", "\xEF\xBC\2351+1", "-", "+49 221 4710", "--1"};
    static const char *const texts[] = {"", " ", "1", "-1", "+3", "-2.5", "-1,000.00", "'=1+1", "a=1", "ada@example.com", "1-2", "#1"};

    (void)state;
    for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++)
        if (!cell_is_formula(str_from(formulas[i])))
            fail_msg("no formula: %s", formulas[i]);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (cell_is_formula(str_from(texts[i])))
            fail_msg("a formula: %s", texts[i]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_a_spreadsheet_runs_is_a_formula)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
