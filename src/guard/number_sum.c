/* Check digits that more than one kind of number uses. It reads digits and letters, and never more of them than it is given. */
#include "guard/number_sum.h"

#include "guard/number.h"

unsigned
number_sum_value(char c)
{
    return c >= '0' && c <= '9' ? (unsigned)(c - '0') : (unsigned)(c - 'A') + 10;
}

bool
number_sum_luhn(const char *s, size_t len)
{
    unsigned sum = 0;

    for (size_t i = 0; i < len; i++) {
        unsigned digit = number_sum_value(s[len - 1 - i]);
        if (i % 2 == 1)
            digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        sum += digit;
    }
    return sum % 10 == 0;
}

/* The dihedral group D5: its multiplication and the permutation of places, after Verhoeff, "Error detecting decimal codes". */
static const unsigned char number_sum_times[10][10] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 2, 3, 4, 0, 6, 7, 8, 9, 5}, {2, 3, 4, 0, 1, 7, 8, 9, 5, 6}, {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
    {4, 0, 1, 2, 3, 9, 5, 6, 7, 8}, {5, 9, 8, 7, 6, 0, 4, 3, 2, 1}, {6, 5, 9, 8, 7, 1, 0, 4, 3, 2}, {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
    {8, 7, 6, 5, 9, 3, 2, 1, 0, 4}, {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}};
static const unsigned char number_sum_turn[8][10] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 5, 7, 6, 2, 8, 3, 0, 9, 4}, {5, 8, 0, 3, 7, 9, 6, 1, 4, 2}, {8, 9, 1, 6, 0, 4, 3, 5, 2, 7},
    {9, 4, 5, 3, 1, 2, 6, 8, 7, 0}, {4, 2, 8, 6, 5, 7, 3, 9, 0, 1}, {2, 7, 9, 3, 8, 0, 6, 4, 1, 5}, {7, 0, 4, 6, 9, 1, 3, 2, 5, 8}};

bool
number_sum_verhoeff(const char *s, size_t len)
{
    unsigned sum = 0;

    for (size_t i = 0; i < len; i++)
        sum = number_sum_times[sum][number_sum_turn[i % 8][number_sum_value(s[len - 1 - i]) % 10]];
    return sum == 0;
}

unsigned
number_sum_mod97(const char *s, size_t len)
{
    unsigned rest = 0;

    for (size_t i = 0; i < len; i++) {
        unsigned value = number_sum_value(s[i]);
        rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
    }
    return rest;
}

bool
number_sum_hybrid(const char *s, size_t len)
{
    unsigned sum = 10;

    for (size_t i = 0; i + 1 < len; i++) {
        sum = (sum + number_sum_value(s[i])) % 10;
        sum = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    return (sum + number_sum_value(s[len - 1])) % 10 == 1;
}

bool
number_sum_icao(const char *s, size_t len)
{
    return number_sum_weigh(s, len - 1, NUMBER_WEIGHTS(7, 3, 1), 10) == number_sum_value(s[len - 1]);
}

unsigned
number_sum_weigh(const char *s, size_t len, const int8_t *weights, unsigned modulus)
{
    int sum = 0;
    size_t k = 0;

    for (size_t i = 0; i < len; i++) {
        sum += (int)number_sum_value(s[i]) * weights[k];
        k = weights[k + 1] == NUMBER_END ? 0 : k + 1;
    }
    sum %= (int)modulus;
    return (unsigned)(sum < 0 ? sum + (int)modulus : sum);
}

unsigned long
number_sum_part(const char *s, size_t at, size_t len)
{
    unsigned long value = 0;

    for (size_t i = at; i < at + len; i++)
        value = value * 10 + number_sum_value(s[i]);
    return value;
}

bool
number_sum_is_date(const char *s, size_t year, size_t month, size_t day, bool marked)
{
    static const unsigned char days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    unsigned long y = number_sum_part(s, year, 2), m = number_sum_part(s, month, 2), d = number_sum_part(s, day, 2);

    (void)y;
    for (unsigned long mark = 80; marked && m > 12 && mark >= 20; mark -= 10)
        if (mark != 30 && mark != 70 && m > mark && m <= mark + 12)
            m -= mark;
    return m >= 1 && m <= 12 && d >= 1 && d <= days[m - 1];
}
