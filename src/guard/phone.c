/* Numbering plans: by region and length, which first three digits are in use. It says what a number may be, never whose it is. */
#include "guard/phone.h"

#include <stdio.h>
#include <string.h>

struct phone_plan {
    char region[3];
    unsigned short code;
    const char *trunk;
    /* length[/length…]:range[,range…][;…]; a range is NNN or NNN-NNN, the first three digits. */
    const char *plan;
};

#include "guard/phone_table.h"

#define PHONE_PLANS (sizeof phone_plans / sizeof *phone_plans)

static unsigned
phone_number(const char **at)
{
    unsigned value = 0;

    while (**at >= '0' && **at <= '9')
        value = value * 10 + (unsigned)(*(*at)++ - '0');
    return value;
}

/* Does one "lengths:ranges" entry allow it? *at moves behind the entry. */
static bool
phone_entry_allows(const char **at, size_t length, unsigned head)
{
    bool fits = false, allows = false;

    do {
        fits |= phone_number(at) == length;
    } while (*(*at)++ == '/');
    while (fits && **at && **at != ';') {
        unsigned from = phone_number(at), to = from;
        if (**at == '-') {
            ++*at;
            to = phone_number(at);
        }
        allows |= head >= from && head <= to;
        *at += **at == ',';
    }
    while (**at && *(*at)++ != ';')
        continue;
    return allows;
}

static bool
phone_plan_allows(const struct phone_plan *plan, str national)
{
    unsigned head = 0;

    if (national.len < 4 || national.len > 15)
        return false;
    for (size_t i = 0; i < 3; i++)
        head = head * 10 + (unsigned)(national.at[i] - '0');
    for (const char *at = plan->plan; *at;)
        if (phone_entry_allows(&at, national.len, head))
            return true;
    return false;
}

static bool
phone_plan_allows_trunk(const struct phone_plan *plan, str digits)
{
    str trunk = str_from(plan->trunk);

    if (phone_plan_allows(plan, digits))
        return true;
    return trunk.len > 0 && str_has_prefix(digits, trunk) && phone_plan_allows(plan, str_slice(digits, trunk.len, digits.len));
}

bool
phone_is_international(str digits)
{
    unsigned code = 0;

    if (digits.len < 7 || digits.len > 16)
        return false;
    for (size_t i = 0; i < 3; i++) {
        code = code * 10 + (unsigned)(digits.at[i] - '0');
        for (size_t k = 0; k < PHONE_PLANS; k++)
            if (phone_plans[k].code == code && phone_plan_allows_trunk(&phone_plans[k], str_slice(digits, i + 1, digits.len)))
                return true;
    }
    return false;
}

bool
phone_is_national(const char region[2], str digits)
{
    for (size_t k = 0; k < PHONE_PLANS; k++)
        if (memcmp(phone_plans[k].region, region, 2) == 0)
            return phone_plan_allows_trunk(&phone_plans[k], digits);
    return false;
}

bool
phone_is_somewhere(str digits)
{
    static const char regions[][3] = {"US", "GB", "DE", "FR", "ES", "IT", "NL", "PL", "PT", "SE", "TR", "BR",
                                      "IN", "AU", "AT", "CH", "BE", "DK", "NO", "FI", "IE", "CZ", "JP", "MX"};

    for (size_t i = 0; i < sizeof regions / sizeof *regions; i++)
        if (phone_is_national(regions[i], digits))
            return true;
    return false;
}

/* The digits behind the calling code: without the trunk prefix, unless it belongs to the number as in Italy. */
static bool
phone_national(const struct phone_plan *plan, str digits, str *out)
{
    str trunk = str_from(plan->trunk);

    *out = digits;
    if (phone_plan_allows(plan, digits))
        return true;
    *out = str_slice(digits, trunk.len, digits.len);
    return trunk.len > 0 && str_has_prefix(digits, trunk) && phone_plan_allows(plan, *out);
}

size_t
phone_write(const char *region, str digits, char out[PHONE_TEXT_MAX])
{
    unsigned code = 0;
    str national;

    if (digits.len < 5 || digits.len > 16)
        return 0;
    for (size_t k = 0; region && k < PHONE_PLANS; k++)
        if (memcmp(phone_plans[k].region, region, 2) == 0 && phone_national(&phone_plans[k], digits, &national))
            return (size_t)snprintf(out, PHONE_TEXT_MAX, "+%u%.*s", phone_plans[k].code, STR_ARG(national));
    for (size_t i = 0; !region && i < 3; i++) {
        code = code * 10 + (unsigned)(digits.at[i] - '0');
        for (size_t k = 0; k < PHONE_PLANS; k++)
            if (phone_plans[k].code == code && phone_national(&phone_plans[k], str_slice(digits, i + 1, digits.len), &national))
                return (size_t)snprintf(out, PHONE_TEXT_MAX, "+%u%.*s", code, STR_ARG(national));
    }
    return 0;
}
