/* Values that mean something only because a word, or the bot's question, announces them: one rule per kind. A rule says how long the
 * value is, what it is made of, and which check it passes; nothing is found here by shape alone but a vehicle's number and a postcode
 * beside a street. */
#include "guard/pii_private.h"

#include "guard/number_sum.h"

#include <string.h>

struct value_rule {
    uint64_t cues;
    uint16_t type;
    uint8_t shortest, longest, digits; /* digits: at least so many */
    uint8_t pieces;                    /* words that it may be joined from */
    char made_of;                      /* d digits only, m must have a letter too, a either */
    uint8_t sure, unsure;              /* score when announced next to it or asked for; when somewhere near (0: not then) */
    bool (*check)(str compact);
};

/* ABA: 3 7 1 modulo 10, and a Federal Reserve district. */
static bool
value_is_aba(str s)
{
    unsigned long district = number_sum_part(s.at, 0, 2);

    return s.len == 9 && (district <= 12 || (district >= 21 && district <= 32) || (district >= 61 && district <= 72) || district == 80) &&
           number_sum_weigh(s.at, 9, NUMBER_WEIGHTS(3, 7, 1), 10) == 0;
}

static bool
value_is_luhn(str s)
{
    return number_sum_luhn(s.at, s.len);
}

/* ISO 3779 and 49 CFR 565: the ninth place guards American numbers; elsewhere it is free. */
static bool
value_is_vin(str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] == 'I' || s.at[i] == 'O' || s.at[i] == 'Q')
            return false;
    return true;
}

static bool
value_is_guarded_vin(str s)
{
    static const unsigned char weights[17] = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
    static const char values[] = "12345678.12345.7.923456789"; /* of A to Z */
    unsigned sum = 0;

    if (!value_is_vin(s))
        return false;
    for (size_t i = 0; i < 17; i++)
        sum += (s.at[i] > '9' ? (unsigned)(values[s.at[i] - 'A'] - '0') : (unsigned)(s.at[i] - '0')) * weights[i];
    return "0123456789X"[sum % 11] == s.at[8];
}

static bool
value_is_age(str s)
{
    unsigned long age = number_sum_part(s.at, 0, s.len);
    return age >= 1 && age <= 119;
}

/* "12/27" is a month and a year; a single number is none. */
static bool
value_is_expiry(str s)
{
    unsigned long month = number_sum_part(s.at, 0, s.len % 2 == 0 ? 2 : 1);
    return month >= 1 && month <= 12;
}

static const struct value_rule value_rules[] = {
    {CUE(CVV), PII_CVV, 3, 4, 3, 1, 'd', 93, 0, NULL},
    {CUE(EXPIRY), PII_CARD_EXPIRY, 3, 6, 3, 2, 'd', 90, 60, value_is_expiry},
    {CUE(PIN), PII_PIN, 4, 8, 4, 1, 'd', 92, 0, NULL},
    {CUE(OTP), PII_OTP, 4, 8, 4, 2, 'd', 92, 0, NULL},
    {CUE(OTP), PII_OTP, 5, 10, 2, 3, 'm', 80, 0, NULL},
    {CUE(ACCOUNT), PII_BANK_ACCOUNT, 5, 20, 5, 6, 'd', 86, 0, NULL},
    {CUE(ACCOUNT) | CUE(IBAN), PII_BANK_ACCOUNT, 8, 22, 7, 6, 'm', 66, 0, NULL},
    {CUE(ROUTING), PII_BANK_ROUTING, 9, 9, 9, 3, 'd', 93, 70, value_is_aba},
    {CUE(ROUTING), PII_BANK_ROUTING, 5, 9, 5, 3, 'd', 84, 0, NULL},
    {CUE(ROUTING), PII_BANK_ROUTING, 11, 11, 6, 2, 'm', 84, 0, NULL},
    {CUE(IMEI), PII_IMEI, 15, 15, 15, 4, 'd', 99, 95, value_is_luhn},
    {CUE(IMEI), PII_IMEI, 14, 17, 14, 4, 'd', 86, 0, NULL},
    {CUE(AGE) | CUE(YEARS), PII_AGE, 1, 3, 1, 1, 'd', 80, 0, value_is_age},
    {CUE(PASSPORT), PII_PASSPORT, 6, 12, 4, 4, 'a', 91, 0, NULL},
    {CUE(LICENCE), PII_LICENCE, 5, 20, 4, 7, 'a', 90, 0, NULL},
    {CUE(PLATE), PII_PLATE, 4, 9, 1, 4, 'm', 88, 0, NULL},
    {CUE(VIN), PII_VIN, 17, 17, 3, 9, 'm', 96, 85, value_is_vin},
    {0, PII_VIN, 17, 17, 5, 1, 'm', 84, 84, value_is_guarded_vin},
    {CUE(POSTCODE), PII_POSTCODE, 4, 9, 4, 2, 'd', 86, 0, NULL},
    {CUE(POSTCODE), PII_POSTCODE, 5, 8, 2, 4, 'm', 86, 0, NULL},
    {CUE(HEALTH_NO), PII_ID_NUMBER, 6, 20, 5, 5, 'a', 62, 0, NULL},
    {CUE(ID) | CUE(SOCIAL), PII_ID_NUMBER, 6, 20, 5, 6, 'a', 61, 0, NULL},
    {CUE(TAX), PII_ID_NUMBER, 7, 18, 6, 6, 'a', 60, 0, NULL},
    {CUE(WALLET), PII_WALLET, 20, 22, 2, 9, 'm', 55, 0, NULL},
};

/* "34 years old", "34yo": the word behind the number says it. */
static bool
value_is_years(const struct pii_scan *scan, size_t last)
{
    return last + 1 < scan->word_count && (scan->word[last + 1].cue & CUE(YEARS)) && !scan->word[last + 1].is_break;
}

static unsigned
value_score(const struct pii_scan *scan, const struct value_rule *rule, size_t first, size_t last, const struct pii_near *near)
{
    unsigned near_by = pii_words_announces(near, rule->cues);

    if (rule->cues == 0)
        return near->first & CUES_AGAINST ? 40 : rule->sure;
    if (rule->type == PII_AGE) {
        bool next = first > 0 && near->first_word == first - 1;
        bool asked = near_by == 2 && scan->word_count <= 6;
        bool says = first > 0 && (scan->word[first - 1].cue & CUE(IS)) && (near->first & CUE(AGE)) && near->first_word + 2 == first;
        return (next && near_by == 3 && (near->first & CUE(AGE))) || asked || says || value_is_years(scan, last) ? rule->sure : 0;
    }
    /* Asked for, but the answer is long: the number may be another. */
    if (near_by == 2 && scan->word_count > 24)
        near_by = 1;
    /* A short number that only stands near its cue, with another word of value between. */
    if (near_by == 3 && rule->shortest < 5 && near->first_word + 6 < first)
        near_by = 1;
    if (near_by == 1 && near->first == 0 && (near->after & rule->cues) && rule->unsure == 0)
        return rule->sure - 20u;
    return near_by >= 2 ? rule->sure : near_by == 1 ? rule->unsure : 0;
}

/* A rule that doesn't stop at an amount: money, percent and units around it. */
static bool
value_is_amount(const struct pii_scan *scan, size_t first, size_t last)
{
    char before = scan->word[first].at > 0 ? scan->fold.at[scan->word[first].at - 1] : ' ', after = pii_byte(scan, pii_word_end(scan, last));

    return before == '$' || before == '#' || after == '%' || after == '$' ||
           (last + 1 < scan->word_count && (scan->word[last + 1].cue & CUE(MONEY)) && scan->word[last + 1].at <= pii_word_end(scan, last) + 1);
}

void
pii_value_find(struct pii_scan *scan, size_t first, size_t last, str compact, const struct pii_near *near)
{
    size_t digits = 0, at = scan->word[first].at, end = pii_word_end(scan, last);
    uint64_t around = near->all | near->after | near->asked;

    for (size_t i = 0; i < compact.len; i++)
        digits += pii_is_digit(compact.at[i]);
    if ((around & CUES_NAMING) == 0 && compact.len != 17 && !value_is_years(scan, last))
        return;
    if (value_is_amount(scan, first, last))
        return;
    size_t pieces = 1;
    for (size_t i = first + 1; i <= last; i++)
        pieces += !scan->word[i].is_glued;
    for (size_t i = 0; i < sizeof value_rules / sizeof *value_rules; i++) {
        const struct value_rule *rule = &value_rules[i];
        if (compact.len < rule->shortest || compact.len > rule->longest || digits < rule->digits || pieces > rule->pieces ||
            (rule->made_of == 'd' && digits != compact.len) || (rule->made_of == 'm' && digits == compact.len) ||
            (rule->check && !rule->check(compact)))
            continue;
        if (rule->cues != 0 && (around & rule->cues) == 0 && rule->type != PII_AGE)
            continue;
        unsigned score = value_score(scan, rule, first, last, near);
        if (score > 0)
            pii_add(scan, at, end, rule->type, score);
    }
}
