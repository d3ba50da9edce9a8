/* Numbers in digits and in words: 1.234,50 · twenty-five · einundzwanzig · quatre-vingt-dix-sept · mil e duzentos. What the words are worth stands
 * in the grammar's table; how they add up is the same in all seven languages, but for the few settings there. */
#include "engine/entity_private.h"

#include <math.h>
#include <string.h>

#define NUMBER_PIECES_MAX 24
#define NUMBER_JOINED_MAX 60 /* letters of a joined word; as many bits as a mask has */

struct number_piece {
    double value;
    uint8_t kind;
    size_t end; /* token behind it; 0 inside a joined word */
};

static void
number_add(struct number_piece *pieces, size_t *count, const struct grammar_word *word, size_t end)
{
    if (*count < NUMBER_PIECES_MAX)
        pieces[(*count)++] = (struct number_piece){word->value, word->number, end};
}

/* einundzwanzig, duecentotre: the word as pieces, the longest first; `dead` are places from which nothing goes on. */
static bool
number_split(const struct entity_grammar *grammar, str word, size_t at, uint64_t *dead, struct number_piece *pieces, size_t *count)
{
    if (at == word.len)
        return true;
    if (*dead >> at & 1)
        return false;
    for (size_t len = word.len - at < 12 ? word.len - at : 12; len > 1; len--) {
        uint16_t number = entity_grammar_word(grammar, str_slice(word, at, len));
        if (number == GRAMMAR_NONE)
            continue;
        const struct grammar_word *found = &grammar->words[number];
        bool fits = found->number == NUMBER_CARDINAL || found->number == NUMBER_ORDINAL || found->number == NUMBER_WEAK ||
                    (at > 0 && (found->number == NUMBER_AND || found->number == NUMBER_END));
        if (!fits || *count == NUMBER_PIECES_MAX)
            continue;
        number_add(pieces, count, found, 0);
        if (number_split(grammar, word, at + len, dead, pieces, count))
            return true;
        (*count)--;
    }
    *dead |= (uint64_t)1 << at;
    return false;
}

/* The pieces of token i; false when it is no part of a number. */
static bool
number_token(const struct entity_grammar *grammar, const struct entity_tokens *tokens, size_t i, struct number_piece *pieces, size_t *count)
{
    const struct entity_token *token = &tokens->at[i];
    size_t before = *count;
    uint64_t dead = 0;

    if (token->kind != ENTITY_WORD || token->is_blocked)
        return false;
    if (token->word != ENTITY_WORD_NONE) {
        const struct grammar_word *word = &grammar->words[token->word];
        bool is_piece = word->number == NUMBER_CARDINAL || word->number == NUMBER_ORDINAL || word->number == NUMBER_WEAK || word->number == NUMBER_AND;
        if (is_piece && !word->is_part) {
            number_add(pieces, count, word, i + 1);
            return *count > before;
        }
        if (word->number == NUMBER_PLAIN || (word->number == NUMBER_NONE && word->is_sense))
            return false; /* it has a meaning of its own */
    }
    if (!grammar->is_joined || token->folded.len < 5 || token->folded.len > NUMBER_JOINED_MAX ||
        !number_split(grammar, token->folded, 0, &dead, pieces, count) || *count - before < 2) {
        *count = before;
        return false;
    }
    pieces[*count - 1].end = i + 1;
    return true;
}

static size_t
number_pieces(const struct entity_grammar *grammar, const struct entity_tokens *tokens, size_t i, struct number_piece *pieces)
{
    size_t count = 0;

    while (i < tokens->count && count < NUMBER_PIECES_MAX && number_token(grammar, tokens, i, pieces, &count)) {
        i++;
        /* twenty-five */
        bool hyphen = entity_token_is(tokens, i, STR("-")) && tokens->at[i].is_glued && entity_token_is_glued(tokens, i + 1);
        i += hyphen;
    }
    return count;
}

struct number_sum {
    double total, group; /* group < 0: none is begun */
    double last;         /* added last */
    double room;         /* less than this may be added to the group */
    double scale;        /* the next thousand, million … is smaller */
    bool is_ordinal;
};

static bool
number_small(const struct entity_grammar *grammar, struct number_sum *sum, double value)
{
    if (grammar->is_eighty && sum->last == 4 && value == 20) { /* quatre-vingt, cent quatre-vingt */
        sum->group += 76;
        sum->room = 20;
        sum->last = 80;
        return true;
    }
    if (sum->group >= 0 && value >= sum->room)
        return false;
    sum->last = value;
    if (sum->group >= 0 && value == 0)
        return false;
    sum->group = sum->group < 0 ? value : sum->group + value;
    bool is_ten = value >= 20 && fmod(value, 10) == 0;
    sum->room = is_ten ? 10 : 0;
    if (grammar->is_eighty && (value == 60 || value == 10))
        sum->room = value == 60 ? 20 : 10;
    return true;
}

static bool
number_large(struct number_sum *sum, double value)
{
    if (value == 100 && sum->group > 0 && sum->group < 100) {
        sum->group *= 100;
        sum->room = 100;
        return true;
    }
    if (value < 1000) {
        if (sum->group >= 0)
            return false;
        sum->group = value;
        sum->room = 100;
        return true;
    }
    if (value >= sum->scale || sum->group == 0)
        return false;
    sum->total += (sum->group < 0 ? 1 : sum->group) * value;
    sum->group = -1;
    sum->scale = value;
    return true;
}

/* May "and" stand before this value? */
static bool
number_and_fits(const struct entity_grammar *grammar, const struct number_sum *sum, double value)
{
    double have = sum->group >= 0 ? sum->group : sum->total;

    if (grammar->is_eighty)
        return have >= 20 && (value == 1 || value == 11) && value < sum->room;
    return have >= grammar->and_least && value < 1000 && (sum->group < 0 || value < sum->room);
}

/* One piece, or the several of "and X" and "ein und zwanzig": how many, 0 when they do not fit. */
static size_t
number_step(const struct entity_grammar *grammar, struct number_sum *sum, const struct number_piece *pieces, size_t left)
{
    const struct number_piece *piece = pieces;
    size_t used = 1;
    double value;

    if (piece->kind == NUMBER_END) {
        sum->is_ordinal = true;
        return 1;
    }
    if (piece->kind == NUMBER_AND) {
        if (left < 2 || pieces[1].kind == NUMBER_AND || !number_and_fits(grammar, sum, pieces[1].value))
            return 0;
        piece = &pieces[1];
        used = 2;
    }
    value = piece->value;
    bool is_turned = grammar->is_joined && used == 1 && left > 2 && value >= 1 && value < 10 && pieces[1].kind == NUMBER_AND &&
                     pieces[2].kind != NUMBER_AND && pieces[2].value >= 20 && pieces[2].value < 100;
    if (is_turned) { /* ein und zwanzig */
        value += pieces[2].value;
        sum->is_ordinal = pieces[2].kind == NUMBER_ORDINAL;
        used = 3;
    }
    if (value < 100 ? !number_small(grammar, sum, value) : !number_large(sum, value))
        return 0;
    sum->is_ordinal = sum->is_ordinal || piece->kind == NUMBER_ORDINAL;
    return used;
}

static bool
number_words(const struct entity_grammar *grammar, const struct entity_tokens *tokens, size_t i, struct entity_number *out)
{
    struct number_piece pieces[NUMBER_PIECES_MAX];
    struct number_sum sum = {.group = -1, .scale = INFINITY};
    size_t count = number_pieces(grammar, tokens, i, pieces), used = 0;
    bool found = false;

    if (count == 0 || pieces[0].kind == NUMBER_AND)
        return false;
    while (used < count && (!sum.is_ordinal || pieces[used].kind == NUMBER_ORDINAL)) { /* vigésimo primero */
        size_t step = number_step(grammar, &sum, pieces + used, count - used);
        /* An ending behind it belongs to it: hundert-ste. */
        if (step == 0)
            break;
        used += step;
        if (used < count && pieces[used].kind == NUMBER_END) {
            sum.is_ordinal = true;
            used++;
        }
        if (pieces[used - 1].end == 0)
            continue;
        *out = (struct entity_number){.value = sum.total + (sum.group > 0 ? sum.group : 0), .end = pieces[used - 1].end, .is_integer = true,
                                      .is_ordinal = sum.is_ordinal, .is_words = true, .is_weak = used == 1 && pieces[0].kind == NUMBER_WEAK};
        found = true;
    }
    return found;
}

struct number_run {
    str part[12];
    size_t count, end;
    char sign; /* between the parts: 0 none, '!' several kinds */
    char last; /* the one before the last part */
};

/* Digits with one sign between each: 1.234.567,89 */
static void
number_run_read(const struct entity_grammar *grammar, const struct entity_tokens *tokens, size_t i, struct number_run *out)
{
    *out = (struct number_run){.part = {tokens->at[i].folded}, .count = 1, .end = i + 1};
    while (out->end < tokens->count && out->count < 12) {
        const struct entity_token *next = &tokens->at[out->end];
        if (grammar->is_blank_group && next->kind == ENTITY_DIGITS && !next->is_glued && next->len == 3 && out->part[0].len <= 3 && out->last == 0 &&
            (out->sign == 0 || out->sign == ' ')) {
            out->sign = ' ';
            out->part[out->count++] = next->folded;
            out->end++;
            continue;
        }
        bool is_sign = next->kind == ENTITY_SIGN && next->is_glued && next->folded.len == 1 && strchr(".,'", next->folded.at[0]);
        if (!is_sign || !entity_token_is_glued(tokens, out->end + 1) || tokens->at[out->end + 1].kind != ENTITY_DIGITS)
            break;
        char sign = next->folded.at[0];
        if (out->last && out->last != sign && out->sign != 0 && out->sign != out->last)
            out->sign = '!';
        if (out->last && out->sign == 0)
            out->sign = out->last;
        out->last = sign;
        out->part[out->count++] = tokens->at[out->end + 1].folded;
        out->end += 2;
    }
}

/* All parts but the first, up to `count`, have three digits. */
static bool
number_is_grouped(const struct number_run *run, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (run->part[i].len != 3)
            return false;
    return run->part[0].len <= 3 && run->part[0].at[0] != '0';
}

static double
number_digits(const struct number_run *run, size_t from, size_t to)
{
    double value = 0;

    for (size_t i = from; i < to; i++)
        for (size_t k = 0; k < run->part[i].len; k++)
            value = value * 10 + (run->part[i].at[k] - '0');
    return value;
}

static bool
number_run_value(const struct entity_grammar *grammar, const struct number_run *run, double *value, bool *is_integer)
{
    bool is_alone = run->count == 2 && run->sign == 0; /* one sign: thousands or decimals? */
    bool is_decimal = run->last != 0;

    if (run->sign == '!')
        return false;
    if (is_alone) {
        bool three = run->part[1].len == 3 && number_is_grouped(run, 2);
        is_decimal = run->last == grammar->decimal ? !(three && grammar->decimal != '.' && run->last == '.') : !three;
        if (run->last == '\'' && !three)
            return false;
    } else if (run->last && run->sign == run->last) {
        is_decimal = false;
    }
    size_t whole = is_decimal ? run->count - 1 : run->count;
    if (whole > 1 && !number_is_grouped(run, whole))
        return false;
    *value = number_digits(run, 0, whole);
    if (is_decimal)
        *value += number_digits(run, whole, run->count) / pow(10, (double)run->part[whole].len);
    *is_integer = !is_decimal;
    return true;
}

/* 2 million, 10k, 2½ */
static void
number_scale(const struct entity_grammar *grammar, const struct entity_tokens *tokens, struct entity_number *number)
{
    static const struct {
        const char *sign;
        double value;
    } fractions[] = {{"½", 0.5}, {"¼", 0.25}, {"¾", 0.75}};

    if (number->end >= tokens->count)
        return;
    const struct entity_token *next = &tokens->at[number->end];
    for (size_t i = 0; i < sizeof fractions / sizeof *fractions; i++)
        if (number->is_integer && str_is(next->folded, str_from(fractions[i].sign))) {
            number->value += fractions[i].value;
            number->is_integer = false;
            number->end++;
            return;
        }
    if (next->is_glued && str_is(next->folded, STR("k")) && number->value < 100000) {
        number->value *= 1000;
        number->end++;
        return;
    }
    if (next->kind != ENTITY_WORD || next->word == ENTITY_WORD_NONE)
        return;
    const struct grammar_word *word = &grammar->words[next->word];
    if (word->number == NUMBER_CARDINAL && !word->is_part && word->value >= 1000) {
        number->value *= word->value;
        number->is_integer = number->is_integer || fmod(number->value, 1) == 0;
        number->end++;
    }
}

static bool
number_read_digits(const struct entity_grammar *grammar, const struct entity_tokens *tokens, size_t i, struct entity_number *out)
{
    struct number_run run;

    if (tokens->at[i].kind != ENTITY_DIGITS || tokens->at[i].is_blocked || tokens->at[i].len > 15)
        return false;
    number_run_read(grammar, tokens, i, &run);
    *out = (struct entity_number){.end = run.end};
    if (!number_run_value(grammar, &run, &out->value, &out->is_integer) || out->value >= 1e15)
        return false;
    number_scale(grammar, tokens, out);
    return true;
}

/* three point one four, tres coma veinticinco */
static void
number_decimals(const struct entity_grammar *grammar, const struct entity_tokens *tokens, struct entity_number *number)
{
    struct entity_number digits;
    double unit = 1;
    size_t at = number->end;

    bool is_point = at < tokens->count && tokens->at[at].word != ENTITY_WORD_NONE && grammar->words[tokens->at[at].word].number == NUMBER_POINT;
    if (!is_point || number->is_ordinal)
        return;
    for (at++; at < tokens->count && unit > 1e-6 && number_words(grammar, tokens, at, &digits) && digits.value < 100 && !digits.is_ordinal; at = digits.end) {
        unit /= digits.value >= 10 ? 100 : 10;
        number->value += digits.value * unit;
        number->end = digits.end;
        number->is_integer = false;
        number->is_weak = false;
    }
}

bool
entity_number_read(const struct entity_grammar *grammar, const struct entity_tokens *tokens, size_t i, struct entity_number *out)
{
    bool is_minus = false;

    if (i >= tokens->count)
        return false;
    const struct entity_token *token = &tokens->at[i];
    if (entity_token_is(tokens, i, STR("-")) && !token->is_glued && entity_token_is_glued(tokens, i + 1) && tokens->at[i + 1].kind == ENTITY_DIGITS)
        is_minus = true;
    else if (token->word != ENTITY_WORD_NONE && grammar->words[token->word].number == NUMBER_MINUS && i + 1 < tokens->count)
        is_minus = true;
    i += is_minus;
    if (!number_read_digits(grammar, tokens, i, out)) {
        if (!number_words(grammar, tokens, i, out))
            return false;
        number_decimals(grammar, tokens, out);
    }
    if (is_minus) {
        out->value = -out->value;
        out->is_weak = false;
    }
    return !(is_minus && out->is_ordinal);
}
