/* The rows of all countries as one list, and what a row's shape and sum mean. It knows no country. */
#include "guard/number.h"

#include "guard/number_private.h"
#include "guard/number_sum.h"

#include <string.h>

size_t
number_count(void)
{
    return number_europe_count() + number_america_count() + number_world_count();
}

const struct number_row *
number_get(size_t i)
{
    size_t europe = number_europe_count(), america = number_america_count();

    if (i < europe)
        return number_europe_get(i);
    return i < europe + america ? number_america_get(i - europe) : number_world_get(i - europe - america);
}

static bool
number_is_kind(char kind, char c)
{
    bool digit = c >= '0' && c <= '9', letter = c >= 'A' && c <= 'Z';

    return kind == '#' ? digit : kind == '@' ? letter : kind == '*' ? digit || letter : c == kind;
}

/* One alternative of a shape; its end is | or the end of the string. */
static bool
number_is_one_shape(const char *shape, str s)
{
    size_t i = 0;

    while (*shape != 0 && *shape != '|') {
        char kind = *shape++;
        size_t count = 0;
        while (*shape >= '0' && *shape <= '9' && (kind == '#' || kind == '@' || kind == '*'))
            count = count * 10 + (size_t)(*shape++ - '0');
        count = count == 0 ? 1 : count;
        if (count > s.len - i)
            return false;
        for (size_t end = i + count; i < end; i++)
            if (!number_is_kind(kind, s.at[i]))
                return false;
    }
    return i == s.len;
}

bool
number_is_shaped(const struct number_row *row, str s)
{
    for (const char *shape = row->shape; shape; shape = strchr(shape, '|')) {
        shape += *shape == '|';
        if (number_is_one_shape(shape, s))
            return true;
    }
    return false;
}

bool
number_is_valid(const struct number_row *row, str s)
{
    return number_is_shaped(row, s) && number_is_summed(row, s);
}

bool
number_is_summed(const struct number_row *row, str s)
{
    if (s.len < 2)
        return false;
    if (row->weights) {
        unsigned sum = number_sum_weigh(s.at, s.len - 1, row->weights, (unsigned)strlen(row->map));
        if (row->map[sum] != s.at[s.len - 1])
            return false;
    }
    return !row->check || row->check(s.at, s.len);
}

bool
number_is_formatted(const struct number_row *row, str raw)
{
    if (!row->format || strlen(row->format) != raw.len)
        return false;
    for (size_t i = 0; i < raw.len; i++) {
        char c = raw.at[i] >= 'a' && raw.at[i] <= 'z' ? (char)(raw.at[i] - 32) : raw.at[i];
        if (!number_is_kind(row->format[i], c))
            return false;
    }
    return true;
}
