/* The reply's tree: what is in it is read, what is not is refused. */
#include "guard/tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static enum err
part_write(void *context, const struct tree_part *part)
{
    static const char marks[] = "tTclipi.";
    struct buf *out = context;

    TRY(buf_add_u8(out, (uint8_t)marks[part->kind]));
    return buf_add_str(out, part->raw);
}

static enum err
walk(const char *json, struct buf *out)
{
    buf_reset(out);
    return tree_walk(str_from(json), part_write, out);
}

static void
every_member_is_read_in_order(void **state)
{
    BUF_SCOPE(out, 1 << 12);

    (void)state;
    assert_int_equal(walk("[{\"blocks\":[{\"h\":[\"H\",{\"b\":[\"B\"]}]},{\"p\":[\"a\",{\"b\":[\"c\",{\"i\":[\"d\"]}]},{\"br\":true},{\"href\":\"/x\",\"a\":[\"e\"]}]},"
                          "{\"ul\":[[\"f\"],[{\"code\":\"g\"}]]},{\"pre\":\"h\"}],\"cards\":[{\"title\":\"T\",\"url\":\"u\",\"image\":\"m\",\"id\":\"n\"}],"
                          "\"quick\":[{\"title\":\"q\",\"payload\":\"/p\"}],\"source\":{\"title\":\"s\",\"url\":\"/s\"}},{\"blocks\":[]}]",
                          &out), ERR_NONE);
    assert_true(str_is(buf_str(&out), STR("THTB.tatctdl/xte.tfcg.ch.TTluimin.Tqp/p.Tsl/s.")));
}

static void
what_is_not_in_the_tree_is_refused(void **state)
{
    static const char *const bad[] = {
        "", "{}", "[", "[{}]", "[{\"blocks\":[]}", "[{\"blocks\":[]}] ", "[{\"blocks\": []}]", "[{\"blocks\":[],\"blocks\":[]}]", "[{\"html\":\"x\"}]",
        "[{\"blocks\":[{\"p\":\"x\"}]}]", "[{\"blocks\":[{\"p\":[{\"img\":\"x\"}]}]}]", "[{\"blocks\":[{\"p\":[{\"b\":\"x\"}]}]}]",
        "[{\"blocks\":[{\"p\":[\"x]}]}]", "[{\"blocks\":[{\"p\":[\"x\ny\"]}]}]", "[{\"blocks\":[{\"p\":[1]}]}]", "[{\"cards\":[{\"onclick\":\"x\"}]}]",
        "[{\"blocks\":[{\"p\":[{\"br\":false}]}]}]", "[{\"blocks\":[\"x\"]}]", "[{\"blocks\":[{\"p\":[\"a\" ,\"b\"]}]}]", "[{\"blocks\":[{\"p\":[\"a\"]}]},]",
        "[{\"blocks\":[{\"p\":[{\"b\":[{\"b\":[{\"b\":[{\"b\":[{\"b\":[{\"b\":[{\"b\":[{\"b\":[{\"b\":[{\"b\":[{\"b\":[\"x\"]}]}]}]}]}]}]}]}]}]}]}]}]}]",
    };
    BUF_SCOPE(out, 1 << 12);

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (walk(bad[i], &out) != ERR_INPUT)
            fail_msg("read: %s", bad[i]);
}

static void
escapes_are_read_and_bad_ones_refused(void **state)
{
    BUF_SCOPE(out, 1 << 12);

    (void)state;
    assert_int_equal(tree_text(STR("a\\\"b\\\\c\\n\\u0007é"), &out), ERR_NONE);
    assert_true(str_is(buf_str(&out), STR("a\"b\\c\n\x07é")));
    assert_int_equal(tree_text(STR("\\x"), &out), ERR_INPUT);
    assert_int_equal(tree_text(STR("\\"), &out), ERR_INPUT);
    assert_int_equal(tree_text(STR("\\u00"), &out), ERR_INPUT);
    assert_int_equal(tree_text(STR("\\ud800"), &out), ERR_INPUT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_member_is_read_in_order),
        cmocka_unit_test(what_is_not_in_the_tree_is_refused),
        cmocka_unit_test(escapes_are_read_and_bad_ones_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
