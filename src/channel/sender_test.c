/* Senders of programs: the derivation of protocol/channel.md, section 10, held against one made with Node's own HKDF and HMAC. */
#include "channel/sender.h"

#include "crypt/base64.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void
make(const char *site, const char *name, struct sender *out)
{
    unsigned char key[32];

    for (size_t i = 0; i < sizeof key; i++)
        key[i] = (unsigned char)i;
    assert_int_equal(sender_make(key, str_from(site), str_from(name), out), ERR_NONE);
}

static void
keys_are_those_of_the_page(void **state)
{
    static const char *const wanted[] = {"b353ff3d6da4d98e7f27a443e73768c73172595a0d7b67723a41a15dd4ee4eae",
                                         "5c63518f29e2204524249afbef27ada3c945d19b2b166b6b5a6c8e798646028e",
                                         "542fc06c004b26676d5bfc30d8c3fa2a9be3be9624cc8c57778f8c9659f01ce7",
                                         "84922badde87233ab253716732b40051d28d0317b52784e1b8f5ee2aef86550c"};
    struct sender sender;
    unsigned char bytes[32];
    (void)state;

    make("shop", "customer-7", &sender);
    const unsigned char *const made[] = {sender.secret, sender.history_secret, sender.device_tag, sender.state_key};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        assert_int_equal(base64_hex_parse_exact(str_from(wanted[i]), bytes, 32), ERR_NONE);
        assert_memory_equal(made[i], bytes, 32);
    }
}

/* Where the site's name ends is part of it. */
static void
another_name_or_site_is_somebody_else(void **state)
{
    static const char *const others[][2] = {{"shop", "customer-8"}, {"shops", "customer-7"}, {"sho", "pcustomer-7"}, {"shopcustomer-7", ""}};
    struct sender sender, other;
    (void)state;

    make("shop", "customer-7", &sender);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        make(others[i][0], others[i][1], &other);
        assert_memory_not_equal(sender.secret, other.secret, 32);
        assert_memory_not_equal(sender.device_tag, other.device_tag, 32);
        assert_memory_not_equal(sender.history, other.history, 32);
    }
}

static void
a_secret_gives_the_same_sender(void **state)
{
    struct sender sender, again;
    (void)state;

    make("shop", "customer-7", &sender);
    assert_int_equal(sender_of_secret(sender.secret, &again), ERR_NONE);
    assert_memory_equal(&sender, &again, sizeof sender);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_those_of_the_page),
        cmocka_unit_test(another_name_or_site_is_somebody_else),
        cmocka_unit_test(a_secret_gives_the_same_sender),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
