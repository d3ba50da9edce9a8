/* E-mail and web addresses, as typed and as spelled out ("john at gmail dot com"). From each @ it grows to both sides; from each
 * scheme, www. or known ending it grows to the next blank. */
#include "guard/pii_private.h"

#include <string.h>

#define MAIL_LOCAL_MAX 64   /* RFC 5321, 4.5.3.1 */
#define MAIL_DOMAIN_MAX 253
#define URL_MAX 4096

static bool
mail_is_local(char c)
{
    return pii_is_alnum(c) || (unsigned char)c >= 0x80 || strchr("._%+-'!#$&*/=?^`{|}~", c);
}

static bool
mail_is_domain(char c)
{
    return pii_is_alnum(c) || (unsigned char)c >= 0x80 || c == '.' || c == '-';
}

/* The end of a domain that begins at `from`: labels, the last of two letters or more. 0: none. */
static size_t
mail_domain_end(const struct pii_scan *scan, size_t from)
{
    size_t i = from, dot = 0;

    while (i < scan->fold.len && i - from < MAIL_DOMAIN_MAX && mail_is_domain(scan->fold.at[i])) {
        if (scan->fold.at[i] == '.' && (i == from || !mail_is_domain(pii_byte(scan, i + 1)) || pii_byte(scan, i + 1) == '.'))
            break;
        dot = scan->fold.at[i] == '.' ? i : dot;
        i++;
    }
    while (i > from && scan->fold.at[i - 1] == '-')
        i--;
    size_t letters = 0;
    for (size_t k = dot + 1; dot > 0 && k < i && (pii_is_letter(scan->fold.at[k]) || scan->fold.at[k] == '-'); k++)
        letters++;
    return dot > 0 && letters >= 2 ? dot + 1 + letters : 0;
}

/* Blanks around @ and dots: "john . doe @ gmail . com". Where the address may go on after a blank, or 0. */
static size_t
mail_skip_blank(const struct pii_scan *scan, size_t i)
{
    return pii_byte(scan, i) == ' ' && i + 1 < scan->fold.len ? i + 1 : i;
}

static void
mail_at(struct pii_scan *scan, size_t at)
{
    const char *text = scan->fold.at;
    size_t from = at, first = at, end;

    if (from > 1 && text[from - 1] == ' ' && pii_is_alnum(text[from - 2]))
        from = --first;
    while (from > 0 && first - from < MAIL_LOCAL_MAX && mail_is_local(text[from - 1]))
        from--;
    while (from < first && strchr(".'/=*#-{", text[from]))
        from++;
    bool quoted = first > 0 && text[first - 1] == '"';
    if (quoted)
        for (from = first - 1; from > 0 && first - from < MAIL_LOCAL_MAX && text[from - 1] != '"';)
            from--;
    size_t to = mail_skip_blank(scan, at + 1);
    end = mail_domain_end(scan, to);
    if (end == 0 && pii_byte(scan, to) == '[') {
        for (end = to; end < scan->fold.len && end - to < 48 && text[end] != ']' && text[end] != ' ';)
            end++;
        end = end < scan->fold.len && text[end] == ']' ? end + 1 : 0;
    }
    if (end == 0) {
        /* "gmail . com" */
        size_t word = to;
        while (word < scan->fold.len && word - to < 64 && (pii_is_alnum(text[word]) || text[word] == '-'))
            word++;
        size_t dot = mail_skip_blank(scan, word), tail = mail_skip_blank(scan, dot + 1), stop = tail;
        while (stop < scan->fold.len && stop - tail < 24 && pii_is_letter(text[stop]))
            stop++;
        end = word > to && pii_byte(scan, dot) == '.' && stop - tail >= 2 && stop - tail <= 4 ? stop : 0;
    }
    if (end > 0 && from < first) {
        pii_add(scan, from, end, PII_EMAIL, 98);
        return;
    }
    /* A handle: @name at the beginning of a word, announced or not. */
    if (from == first && (at == 0 || text[at - 1] == ' ')) {
        size_t stop = at + 1;
        while (stop < scan->fold.len && stop - at <= 32 && (pii_is_alnum(text[stop]) || text[stop] == '_' || text[stop] == '.'))
            stop++;
        if (stop - at >= 4 && pii_is_letter(text[at + 1]) && ((scan->cues | scan->asked) & CUE(USER)))
            pii_add(scan, at, stop, PII_USERNAME, 70);
    }
}

/* Endings of bare web addresses ("example.com/x"). Those that are words too need a path. */
static bool
url_is_ending(str tld, bool has_path)
{
    static const char sure[] = " com org net edu gov info biz online shop store site website app dev xyz club blog tech cloud de fr es nl pl pt se "
                               "uk eu ru cn jp br ca au ch dk fi cz gr hu ro tr ua io gg ly ";
    static const char words[] = " it at be is in no so to me us am my by co ai tv cc im la li ";
    char key[16] = " ";

    if (tld.len < 2 || tld.len > 12)
        return false;
    for (size_t i = 0; i < tld.len; i++)
        key[i + 1] = (char)(tld.at[i] | 32);
    key[tld.len + 1] = ' ';
    key[tld.len + 2] = 0;
    return strstr(sure, key) || (has_path && strstr(words, key));
}

static size_t
url_end(const struct pii_scan *scan, size_t i)
{
    size_t from = i;

    while (i < scan->fold.len && i - from < URL_MAX && (unsigned char)scan->fold.at[i] > ' ' && !strchr("<>\"|\\^`", scan->fold.at[i]))
        i++;
    while (i > from && strchr(".,;:!?'*", scan->fold.at[i - 1]))
        i--;
    size_t open = 0, closed = 0;
    for (size_t k = from; k < i; k++) {
        open += scan->fold.at[k] == '(';
        closed += scan->fold.at[k] == ')';
    }
    return closed > open && i > from && scan->fold.at[i - 1] == ')' ? i - 1 : i;
}

/* user:password@ before the host, or a parameter whose name says that its value is a secret. */
static bool
url_has_secret(str url)
{
    static const char *const names[] = {"token=", "password=", "passwd=", "pwd=", "secret=", "api_key=", "apikey=", "access_key=",
                                        "sig=", "signature=", "auth=", "session=", "key="};
    size_t scheme = str_find(url, STR("://"));

    if (scheme != SIZE_MAX) {
        str host = str_slice(url, scheme + 3, url.len);
        size_t slash = str_find(host, STR("/")), at = str_find(host, STR("@")), colon = str_find(host, STR(":"));
        if (at != SIZE_MAX && at < slash && colon < at)
            return true;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t at = str_find(url, str_from(names[i]));
        if (at != SIZE_MAX && at > 0 && (url.at[at - 1] == '?' || url.at[at - 1] == '&' || url.at[at - 1] == '_' || url.at[at - 1] == '#'))
            return true;
    }
    return false;
}

static void
url_add(struct pii_scan *scan, size_t from, size_t end, unsigned score)
{
    str url = {scan->fold.at + from, end - from};

    if (url_has_secret(url))
        pii_add(scan, from, end, PII_URL_CREDENTIALS, 99);
    else
        pii_add(scan, from, end, PII_URL, score);
}

static void
url_find(struct pii_scan *scan)
{
    str text = {scan->fold.at, scan->fold.len};

    for (size_t i = 0, end; i < text.len; i = end) {
        end = i + 1;
        if (text.at[i] == ':' && i > 0 && pii_byte(scan, i + 1) == '/' && pii_byte(scan, i + 2) == '/') {
            size_t from = i;
            while (from > 0 && i - from < 12 && (pii_is_alnum(text.at[from - 1]) || text.at[from - 1] == '+'))
                from--;
            end = url_end(scan, i);
            if (end > i + 4 && from < i)
                url_add(scan, from, end, 99);
            end = end > i ? end : i + 1;
        } else if ((text.at[i] | 32) == 'w' && str_is_nocase(str_slice(text, i, 4), STR("www."))) {
            end = url_end(scan, i);
            if (end > i + 6)
                url_add(scan, i, end, 97);
            end = end > i ? end : i + 1;
        }
    }
}

static void
url_find_bare(struct pii_scan *scan)
{
    const char *text = scan->fold.at;

    for (size_t i = 1; i + 2 < scan->fold.len; i++) {
        if (text[i] != '.' || !pii_is_alnum(text[i - 1]) || !pii_is_alnum(text[i + 1]))
            continue;
        size_t from = i, to = i + 1;
        while (from > 0 && i - from < MAIL_DOMAIN_MAX && mail_is_domain(text[from - 1]))
            from--;
        while (to < scan->fold.len && to - i < MAIL_DOMAIN_MAX && mail_is_domain(text[to]))
            to++;
        while (to > i + 1 && (text[to - 1] == '.' || text[to - 1] == '-'))
            to--;
        size_t dot = to;
        while (dot > from && text[dot - 1] != '.')
            dot--;
        bool path = pii_byte(scan, to) == '/' && pii_is_alnum(pii_byte(scan, to + 1));
        bool letters = false;
        for (size_t k = from; k < dot; k++)
            letters |= pii_is_letter(text[k]);
        if (letters && (from == 0 || (text[from - 1] != '@' && text[from - 1] != '/')) && pii_byte(scan, to) != '@' &&
            url_is_ending((str){text + dot, to - dot}, path))
            url_add(scan, from, path ? url_end(scan, from) : to, 80);
        i = to > i ? to - 1 : i;
    }
}

/* Endings that are said aloud. */
static bool
mail_is_spoken_ending(str word)
{
    static const char endings[] = " com net org edu de uk co fr es it nl pl pt se tr eu io at ch be info gov ru br in me ";
    char key[8] = " ";

    if (word.len < 2 || word.len > 4)
        return false;
    for (size_t i = 0; i < word.len; i++)
        key[i + 1] = (char)(word.at[i] | 32);
    key[word.len + 1] = ' ';
    return strstr(endings, key) != NULL;
}

/* Is there a dot, or a word that says one, between words i and i + 1? What stands between must be short. */
static bool
mail_is_joined(const struct pii_scan *scan, size_t i)
{
    size_t from = pii_word_end(scan, i), to = scan->word[i + 1].at;

    return to - from <= 1 && (to == from || strchr("._-", scan->fold.at[from]));
}

/* "john dot doe at gmail dot com", "john (at) gmail (dot) com": from the last dot back. */
static void
mail_spoken(struct pii_scan *scan, size_t dot)
{
    size_t at = SIZE_MAX, first, last = dot + 1, steps = 0;

    if (last >= scan->word_count || !mail_is_spoken_ending(pii_word_str(scan, last)) || dot < 3)
        return;
    for (size_t i = dot; i-- > 1 && steps++ < 8;)
        if (scan->word[i].cue & CUE(AT)) {
            at = i;
            break;
        }
    bool sign = at == SIZE_MAX;
    for (size_t i = dot; sign && i-- > 1 && i + 10 > dot;)
        if (pii_byte(scan, scan->word[i].at - 1) == '@' && scan->word[i].at > 1) {
            at = i - 1;
            break;
        }
    if (at == SIZE_MAX || at == 0 || at + (sign ? 0 : 1) >= dot || scan->word[dot].at - pii_word_end(scan, at) > 80)
        return;
    /* The local part: one word, and those that dots, dashes and spoken ones join to it. */
    first = sign ? at : at - 1;
    while (first > 0 && first + 12 > at) {
        if (mail_is_joined(scan, first - 1) || scan->word[first].is_glued)
            first--;
        else if (first > 1 && (scan->word[first - 1].cue & (CUE(DOT) | CUE(UNDER))))
            first -= 2;
        else
            break;
    }
    size_t end = pii_word_end(scan, last);
    while (last + 2 < scan->word_count && (scan->word[last + 1].cue & CUE(DOT)) &&
           mail_is_spoken_ending(pii_word_str(scan, last + 2))) {
        last += 2;
        end = pii_word_end(scan, last);
    }
    pii_add(scan, scan->word[first].at, end, PII_EMAIL, 92);
}

void
pii_mail_find(struct pii_scan *scan)
{
    for (const char *at = scan->fold.at, *end = at + scan->fold.len; at < end && (at = memchr(at, '@', (size_t)(end - at))) != NULL; at++)
        mail_at(scan, (size_t)(at - scan->fold.at));
    if (scan->marks & (PII_MARK_COLON | PII_MARK_DOT))
        url_find(scan);
    if (scan->marks & PII_MARK_DOT)
        url_find_bare(scan);
    for (size_t i = 1; (scan->cues & CUE(DOT)) && i < scan->word_count; i++)
        if (scan->word[i].cue & CUE(DOT))
            mail_spoken(scan, i);
}
