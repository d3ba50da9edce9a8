/* Addresses of machines and places on the globe: IPv4, IPv6, MAC, coordinates. It works from runs of the characters that they are made
 * of and never looks at the same run twice. */
#include "guard/pii_private.h"

#include <arpa/inet.h>
#include <string.h>

/* Four numbers of at most 255 with dots, from word i on. Longer dotted runs are versions or object identifiers. */
static void
net_v4(struct pii_scan *scan, size_t i)
{
    const struct pii_word *word = &scan->word[i];
    size_t end = 0;

    if (i + 3 >= scan->word_count)
        return;
    for (size_t k = 0; k < 4; k++) {
        unsigned value = 0;
        if (!word[k].is_digits || word[k].len > 3 || (k > 0 && (word[k].at != end + 1 || scan->fold.at[end] != '.')))
            return;
        for (size_t n = 0; n < word[k].len; n++)
            value = value * 10 + (unsigned)(scan->fold.at[word[k].at + n] - '0');
        if (value > 255 || (word[k].len > 1 && scan->fold.at[word[k].at] == '0'))
            return;
        end = word[k].at + word[k].len;
    }
    if (word->at > 0 && scan->fold.at[word->at - 1] == '.' && word->at > 1 && pii_is_digit(scan->fold.at[word->at - 2]))
        return;
    if (pii_byte(scan, end) == '.' && pii_is_digit(pii_byte(scan, end + 1)))
        return;
    struct pii_near near;
    pii_words_near(scan, i, i + 3, &near);
    unsigned score = (near.first & CUE(VERSION)) ? 30 : 96;
    pii_add(scan, word->at, end, PII_IP, score);
}

static bool
net_is_hex(char c)
{
    return pii_is_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f');
}

/* Six pairs of hex digits with : or -, three groups of four with dots. */
static bool
net_is_mac(str run)
{
    size_t groups = 1, size = 0, digits = 0;

    for (size_t i = 0; i < run.len; i++) {
        bool mark = run.at[i] == ':' || run.at[i] == '-' || run.at[i] == '.';
        if (!mark) {
            digits++;
            continue;
        }
        if (i > 2 && run.at[i] != run.at[size == 0 ? i : size])
            return false;
        size = size == 0 ? i : size;
        groups++;
    }
    if (digits != 12 || size == 0)
        return false;
    return (groups == 6 && size == 2 && run.len == 17 && run.at[2] != '.') || (groups == 3 && size == 4 && run.len == 14 && run.at[4] == '.');
}

/* At least two colons, and what the system's own parser takes. */
static bool
net_is_v6(str run)
{
    char text[64];
    struct in6_addr address;
    size_t colons = 0;

    if (run.len < 3 || run.len >= sizeof text)
        return false;
    for (size_t i = 0; i < run.len; i++)
        colons += run.at[i] == ':';
    memcpy(text, run.at, run.len);
    text[run.len] = 0;
    return colons >= 2 && inet_pton(AF_INET6, text, &address) == 1;
}

/* Marks at the ends of a run, and what more than four digits of an outer group belong to: glued words. */
static str
net_trim(str run, bool left, bool right)
{
    size_t head = 0, tail = 0;

    while (run.len > 0 && (run.at[run.len - 1] == '.' || run.at[run.len - 1] == '-' ||
                           (run.at[run.len - 1] == ':' && !(run.len > 1 && run.at[run.len - 2] == ':'))))
        run.len--;
    while (run.len > 2 && (run.at[0] == '-' || run.at[0] == '.' || (run.at[0] == ':' && run.at[1] != ':')))
        run = str_slice(run, 1, run.len);
    size_t most = run.len > 2 && memchr(run.at, '-', run.len) ? 2 : 4;
    while (head < run.len && net_is_hex(run.at[head]))
        head++;
    while (tail < run.len && net_is_hex(run.at[run.len - 1 - tail]))
        tail++;
    if (left && head > most && head < run.len)
        run = str_slice(run, head - most, run.len);
    return right && tail > most && tail < run.len ? str_slice(run, 0, run.len - (tail - most)) : run;
}

static void
net_colons(struct pii_scan *scan)
{
    const char *text = scan->fold.at;

    for (size_t i = 0; i < scan->fold.len;) {
        size_t from = i, colons = 0;
        for (; i < scan->fold.len && (net_is_hex(text[i]) || text[i] == ':' || text[i] == '-' || text[i] == '.'); i++)
            colons += text[i] == ':';
        if (i == from) {
            i++;
            continue;
        }
        bool left = from > 0 && pii_is_alnum(text[from - 1]), right = pii_is_alnum(pii_byte(scan, i));
        /* Between letters only what can't be anything else. */
        if (i - from < 3 || i - from > 64 || ((left || right) && colons < 5 && i - from < 17))
            continue;
        str run = net_trim((str){text + from, i - from}, left, right);
        size_t at = (size_t)(run.at - text);
        if (net_is_mac(run))
            pii_add(scan, at, at + run.len, PII_MAC, 97);
        else if (colons >= 2 && net_is_v6(run))
            pii_add(scan, at, at + run.len, PII_IP, run.len > 4 ? 97 : 60);
        else if (net_is_mac(str_slice(run, run.len > 17 ? run.len - 17 : 0, 17)))
            pii_add(scan, at + run.len - 17, at + run.len, PII_MAC, 90);
        else if (net_is_mac(str_slice(run, 0, 17)))
            pii_add(scan, at, at + 17, PII_MAC, 90);
    }
}

/* One decimal number with at least `decimals` places at *i; its value's whole part. False: none. */
static bool
net_degree(const struct pii_scan *scan, size_t *i, size_t decimals, unsigned long *whole)
{
    size_t at = *i, places = 0, digits = 0;

    at += pii_byte(scan, at) == '-' || pii_byte(scan, at) == '+';
    for (*whole = 0; pii_is_digit(pii_byte(scan, at)) && digits < 4; digits++)
        *whole = *whole * 10 + (unsigned long)(scan->fold.at[at++] - '0');
    if (digits == 0 || digits > 3 || pii_byte(scan, at) != '.')
        return false;
    for (at++; pii_is_digit(pii_byte(scan, at)); places++)
        at++;
    *i = at;
    return places >= decimals && places <= 15;
}

/* "52.5200, 13.4050", with degree signs, N/S and E/W between and behind. */
static void
net_gps(struct pii_scan *scan, size_t i)
{
    size_t at = scan->word[i].at, from;
    unsigned long lat, lon;

    at -= at > 0 && (scan->fold.at[at - 1] == '-' || scan->fold.at[at - 1] == '+');
    from = at;
    if (!net_degree(scan, &at, 3, &lat) || lat > 90)
        return;
    size_t gap = at;
    while (at - gap < 8 && at < scan->fold.len && !pii_is_digit(scan->fold.at[at]) && scan->fold.at[at] != '-' && scan->fold.at[at] != '+') {
        if (pii_is_letter(scan->fold.at[at]) && !strchr("NSEWnseo\xC2\xB0", scan->fold.at[at]))
            return;
        at++;
    }
    if (at == gap || !net_degree(scan, &at, 3, &lon) || lon > 180)
        return;
    pii_add(scan, from, at, PII_GPS, 90);
}

void
pii_net_find(struct pii_scan *scan)
{
    for (size_t i = 0; scan->has_digits && i < scan->word_count; i++) {
        if (!scan->word[i].is_digits || scan->word[i].len > 3)
            continue;
        net_v4(scan, i);
        if (i + 3 < scan->word_count && pii_byte(scan, pii_word_end(scan, i)) == '.')
            net_gps(scan, i);
    }
    size_t colons = 0, dashes = 0, dots = 0;
    bool due = (scan->marks & (PII_MARK_COLON | PII_MARK_DASH | PII_MARK_DOT)) != 0;
    for (size_t i = 0; due && i < scan->fold.len; i++) {
        colons += scan->fold.at[i] == ':';
        dashes += scan->fold.at[i] == '-';
        dots += scan->fold.at[i] == '.' && pii_is_alnum(pii_byte(scan, i + 1));
    }
    if (colons >= 2 || dashes >= 5 || dots >= 2)
        net_colons(scan);
}
