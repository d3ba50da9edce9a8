/* Addresses and numbers by their shape. A telephone number must be one by a numbering plan; whose it is nobody asks here. */
#include "engine/entity_shape.h"

#include "guard/phone.h"

#include <stdio.h>
#include <string.h>

struct shape_finder {
    struct entity_tokens *tokens;
    struct entity_shape *out;
    size_t count;
};

static bool
shape_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool
shape_is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static char
shape_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* A byte of the text; 0 outside. */
static char
shape_at(const struct shape_finder *finder, size_t i)
{
    return i < finder->tokens->text.len ? finder->tokens->text.at[i] : 0;
}

static bool
shape_is_free(const struct shape_finder *finder, size_t from, size_t len)
{
    for (size_t i = 0; i < finder->tokens->count; i++) {
        const struct entity_token *token = &finder->tokens->at[i];
        if (token->is_blocked && token->from < from + len && (size_t)token->from + token->len > from)
            return false;
    }
    return true;
}

static void
shape_add(struct shape_finder *finder, enum entity_shape_kind kind, size_t from, size_t len, str value)
{
    if (finder->count == ENTITY_SHAPES_MAX || value.len == 0 || value.len > ENTITY_SHAPE_TEXT_MAX || !shape_is_free(finder, from, len))
        return;
    struct entity_shape *shape = &finder->out[finder->count++];
    *shape = (struct entity_shape){.kind = kind, .from = from, .len = len};
    memcpy(shape->value, value.at, value.len);
    for (size_t i = 0; i < finder->tokens->count; i++) {
        struct entity_token *token = &finder->tokens->at[i];
        token->is_blocked = token->is_blocked || (token->from < from + len && (size_t)token->from + token->len > from);
    }
}

static bool
shape_is_mail(char c)
{
    return c && (shape_is_letter(c) || shape_is_digit(c) || strchr("._%+-", c));
}

/* One @ with a name before it and a host with a dot behind it. */
static void
shape_mail(struct shape_finder *finder, size_t at)
{
    size_t from = at, to = at + 1, dot = 0;
    char value[ENTITY_SHAPE_TEXT_MAX];

    while (from > 0 && at - from < 64 && shape_is_mail(shape_at(finder, from - 1)))
        from--;
    while (from < at && strchr(".-_", shape_at(finder, from)))
        from++;
    for (; to - at < 128 && shape_is_mail(shape_at(finder, to)); to++)
        if (shape_at(finder, to) == '.' && to > at + 1 && shape_is_letter(shape_at(finder, to + 1)))
            dot = to;
    while (to > at && strchr("._%+-", shape_at(finder, to - 1)))
        to--;
    if (dot <= at || dot + 2 >= to || from == at || to - from > sizeof value)
        return;
    for (size_t i = from; i < to; i++)
        value[i - from] = i > at ? shape_lower(shape_at(finder, i)) : shape_at(finder, i);
    shape_add(finder, SHAPE_EMAIL, from, to - from, str_bytes(value, to - from));
}

static void
shape_mails(struct shape_finder *finder)
{
    for (size_t i = 1; i + 3 < finder->tokens->text.len; i++)
        if (finder->tokens->text.at[i] == '@')
            shape_mail(finder, i);
}

/* Ends of host names that people write without a scheme. */
static bool
shape_is_domain(str end)
{
    static const char *const ends[] = {"com", "org", "net", "de", "fr", "es", "it", "nl", "pt", "eu", "io", "uk", "at", "ch", "be", "lu", "br", "us", "info",
                                       "shop", "app", "dev", "example", "gov", "edu", "biz", "ie", "ca", "au", "mx", "ar", "cat", "gal", "cloud", "online", NULL};
    for (size_t i = 0; ends[i]; i++)
        if (str_is_nocase(end, str_from(ends[i])))
            return true;
    return false;
}

/* Where an address that begins here ends; 0 when none does. */
static size_t
shape_url_end(const struct shape_finder *finder, size_t from, size_t *host)
{
    str rest = str_slice(finder->tokens->text, from, finder->tokens->text.len);
    size_t to = 0, dot = 0;

    *host = str_has_prefix(rest, STR("http://")) ? 7 : str_has_prefix(rest, STR("https://")) ? 8 : 0;
    size_t end = *host;
    while (end < rest.len && (shape_is_letter(rest.at[end]) || shape_is_digit(rest.at[end]) || rest.at[end] == '-' || rest.at[end] == '.')) {
        dot = rest.at[end] == '.' ? end : dot;
        end++;
    }
    while (end > *host && (rest.at[end - 1] == '.' || rest.at[end - 1] == '-'))
        end--;
    str name = str_slice(rest, *host, end - *host);
    for (dot = name.len; dot > 0 && name.at[dot - 1] != '.'; dot--)
        continue;
    bool is_www = str_has_prefix(name, STR("www.")) && name.len > 6;
    if (dot < 2 || (*host == 0 && !is_www && !shape_is_domain(str_slice(name, dot, name.len))))
        return 0;
    for (to = end; to < rest.len && (unsigned char)rest.at[to] > ' ' && (to > end || strchr(":/?#", rest.at[to])); to++)
        continue;
    while (to > end && strchr(".,;:!?)\"'", rest.at[to - 1]))
        to--;
    return from + to;
}

static void
shape_urls(struct shape_finder *finder)
{
    char value[ENTITY_SHAPE_TEXT_MAX + 1];

    for (size_t i = 0; i < finder->tokens->count; i++) {
        const struct entity_token *token = &finder->tokens->at[i];
        size_t host = 0;
        if (token->kind == ENTITY_SIGN || token->is_blocked || (token->is_glued && i > 0 && finder->tokens->at[i - 1].kind != ENTITY_SIGN))
            continue;
        size_t end = shape_url_end(finder, token->from, &host);
        if (end == 0 || end - token->from > ENTITY_SHAPE_TEXT_MAX - 8)
            continue;
        str text = str_slice(finder->tokens->text, token->from, end - token->from);
        int len = snprintf(value, sizeof value, "%s%.*s", host > 0 ? "" : "https://", STR_ARG(text));
        for (int k = 0; k < len && !(k > 7 && strchr("/?#", value[k])); k++)
            value[k] = shape_lower(value[k]);
        shape_add(finder, SHAPE_URL, token->from, text.len, str_bytes(value, (size_t)len));
    }
}

struct shape_digits {
    char digits[24];
    size_t count, end, groups;
    bool is_plus;
};

/* Digits with single signs between them, as telephone numbers are written. */
static void
shape_run(const struct shape_finder *finder, size_t from, struct shape_digits *out)
{
    size_t gap = 0, i = from;

    *out = (struct shape_digits){.is_plus = shape_at(finder, from) == '+', .end = from};
    for (i += out->is_plus; gap <= 2 && i - from < 40 && shape_at(finder, i); i++) {
        char c = shape_at(finder, i);
        if (shape_is_digit(c)) {
            if (out->count + 1 == sizeof out->digits)
                return;
            out->groups += gap > 0 || out->count == 0;
            out->digits[out->count++] = c;
            out->end = i + 1;
            gap = 0;
        } else if (strchr(" -./()", c)) {
            gap += !strchr("()", c) || gap == 0;
        } else {
            return;
        }
    }
}

/* 12.03.2026, 2026-03-12 14:30 and the like. */
static bool
shape_is_date(const struct shape_finder *finder, size_t from)
{
    size_t len[3] = {0, 0, 0}, group = 0, i = from;

    for (; group < 3 && shape_at(finder, i); i++) {
        char c = shape_at(finder, i);
        if (shape_is_digit(c))
            len[group]++;
        else if (strchr("./-", c) && group < 2 && len[group] > 0)
            group++;
        else
            break;
    }
    bool is_first = len[0] <= 2 && len[1] <= 2 && (len[2] == 4 || (len[2] == 2 && shape_at(finder, from + len[0]) != ' '));
    bool goes_on = shape_at(finder, i) && strchr("./-", shape_at(finder, i)) && shape_is_digit(shape_at(finder, i + 1));
    return group == 2 && !goes_on && len[0] > 0 && len[1] > 0 && (is_first || (len[0] == 4 && len[1] == 2 && len[2] == 2));
}

/* Is it dialled so in this region? Where numbers begin with a 0 it must stand there, so that amounts are none. */
static bool
shape_is_national(str region, const struct shape_digits *run)
{
    static const char bare[][3] = {"ES", "PT", "IT", "US", "CA", "PL", "DK", "NO", "BR", "MX", "CZ", "LU"};
    bool is_bare = false;

    for (size_t i = 0; i < sizeof bare / sizeof *bare; i++)
        is_bare = is_bare || str_is(region, str_from(bare[i]));
    if (!is_bare)
        return run->digits[0] == '0' && run->count >= 7;
    bool is_america = str_is(region, STR("US")) || str_is(region, STR("CA"));
    return run->count >= 8 && (!is_america || run->groups > 1 || run->count == 11);
}

static void
shape_phones(struct shape_finder *finder, str region)
{
    for (size_t i = 0; i < finder->tokens->text.len; i++) {
        struct shape_digits run;
        char value[PHONE_TEXT_MAX], before = i > 0 ? shape_at(finder, i - 1) : ' ', c = shape_at(finder, i);
        size_t len = 0;
        if (!(c == '+' || c == '(' || shape_is_digit(c)) || shape_is_letter(before) || shape_is_digit(before) || strchr("+-.,/:#_", before))
            continue;
        shape_run(finder, i, &run);
        if (run.count < 7 || run.count > 17 || shape_is_date(finder, i) || shape_is_letter(shape_at(finder, run.end)))
            continue;
        str digits = str_bytes(run.digits, run.count);
        if (run.is_plus)
            len = phone_write(NULL, digits, value);
        else if (str_has_prefix(digits, STR("00")))
            len = phone_write(NULL, str_slice(digits, 2, digits.len), value);
        else if (region.len == 2 && shape_is_national(region, &run))
            len = phone_write(region.at, digits, value);
        if (len > 0)
            shape_add(finder, SHAPE_PHONE, i, run.end - i, str_bytes(value, len));
        i = run.end > i ? run.end - 1 : i;
    }
}

struct shape_chunk {
    size_t digits, letters, groups, first_digits, first_letters; /* first: at its head */
    bool has_small_word; /* a longer word in small letters: covid-19 */
    bool has_x;          /* 100x200 */
    bool has_other;      /* letters other than the h of 15h30 */
};

static struct shape_chunk
shape_chunk(str text)
{
    struct shape_chunk chunk = {.groups = 1};
    size_t small = 0;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        chunk.digits += shape_is_digit(c);
        chunk.letters += shape_is_letter(c);
        chunk.groups += !shape_is_digit(c) && !shape_is_letter(c);
        chunk.first_digits += chunk.first_digits == i && shape_is_digit(c);
        chunk.first_letters += chunk.first_letters == i && shape_is_letter(c);
        small = c >= 'a' && c <= 'z' ? small + 1 : 0;
        chunk.has_small_word = chunk.has_small_word || small > 4;
        chunk.has_other = chunk.has_other || (shape_is_letter(c) && shape_lower(c) != 'h');
        chunk.has_x = chunk.has_x || shape_lower(c) == 'x';
    }
    return chunk;
}

static bool
shape_is_order(str text)
{
    struct shape_chunk chunk = shape_chunk(text);

    if (text.len < 5 || text.len > 26 || chunk.has_small_word)
        return false;
    if (chunk.letters == 0) /* 302-1234567-1234567 */
        return chunk.groups > 2 && chunk.digits >= 12;
    bool is_measure = chunk.first_digits + chunk.letters == text.len && chunk.letters <= 3; /* 5000ml */
    bool is_account = chunk.first_letters == 2 && chunk.groups == 1 && text.len >= 15;      /* an IBAN */
    bool is_size = chunk.first_digits > 0 && chunk.letters == 1 && chunk.has_x;
    bool is_time = (chunk.first_digits == 4 && chunk.groups >= 3 && chunk.letters == 1) ||  /* 2026-03-12T14 */
                   (chunk.first_digits > 0 && chunk.first_digits <= 2 && !chunk.has_other);    /* 15h30 */
    return chunk.digits >= 4 && chunk.letters <= 8 && !is_measure && !is_account && !is_size && !is_time;
}

static bool
shape_is_chunk(const struct entity_token *token)
{
    return token->kind != ENTITY_SIGN || str_is(token->folded, STR("-")) || str_is(token->folded, STR("_")) || str_is(token->folded, STR("/"));
}

/* PR-10042, 2026-INV-00017, #4711 */
static void
shape_orders(struct shape_finder *finder)
{
    const struct entity_tokens *tokens = finder->tokens;
    char value[32];

    for (size_t i = 0, end; i < tokens->count; i = end) {
        bool has_hash = entity_token_is(tokens, i, STR("#")) && entity_token_is_glued(tokens, i + 1);
        size_t first = i + has_hash, last = first;
        for (end = first; end < tokens->count && shape_is_chunk(&tokens->at[end]) && (end == first || tokens->at[end].is_glued); end++)
            last = tokens->at[end].kind == ENTITY_SIGN ? last : end;
        end = end > i ? end : i + 1;
        if (first >= tokens->count || !shape_is_chunk(&tokens->at[first]) || tokens->at[first].kind == ENTITY_SIGN)
            continue;
        size_t from = tokens->at[first].from, len = (size_t)tokens->at[last].from + tokens->at[last].len - from;
        str text = str_slice(tokens->text, from, len);
        struct shape_chunk chunk = shape_chunk(text);
        if (len > 26 || !(shape_is_order(text) || (has_hash && chunk.digits >= 3 && !chunk.has_small_word)))
            continue;
        for (size_t k = 0; k < len; k++)
            value[k] = text.at[k] >= 'a' && text.at[k] <= 'z' ? (char)(text.at[k] - 32) : text.at[k];
        shape_add(finder, SHAPE_ORDER, tokens->at[i].from, from + len - tokens->at[i].from, str_bytes(value, len));
    }
}

size_t
entity_shape_find(struct entity_tokens *tokens, str region, struct entity_shape out[ENTITY_SHAPES_MAX])
{
    struct shape_finder finder = {tokens, out, 0};

    shape_mails(&finder);
    shape_urls(&finder);
    shape_phones(&finder, region);
    shape_orders(&finder);
    return finder.count;
}
