/* Long tokens: keys of services, JSON web tokens, private keys, addresses of cryptocurrencies, IBAN and BIC. A token is a run without
 * blanks; an IBAN may have some. Checks are exact; nothing is ever tried against a service. */
#include "guard/pii_private.h"

#include "guard/number_sum.h"
#include "guard/token_prefix.h"

#include <sodium.h>
#include <string.h>

#define TOKEN_RUN 16 /* shorter ones are no keys */
#define TOKEN_GLUED 16 /* letters of a word before a token */

/* ISO 13616 registry: country and length. */
static const struct {
    char country[3];
    unsigned char length;
} token_ibans[] = {
    {"AD", 24}, {"AE", 23}, {"AL", 28}, {"AT", 20}, {"AZ", 28}, {"BA", 20}, {"BE", 16}, {"BG", 22}, {"BH", 22}, {"BI", 27}, {"BR", 29},
    {"BY", 28}, {"CH", 21}, {"CR", 22}, {"CY", 28}, {"CZ", 24}, {"DE", 22}, {"DJ", 27}, {"DK", 18}, {"DO", 28}, {"EE", 20}, {"EG", 29},
    {"ES", 24}, {"FI", 18}, {"FK", 18}, {"FO", 18}, {"FR", 27}, {"GB", 22}, {"GE", 22}, {"GI", 23}, {"GL", 18}, {"GR", 27}, {"GT", 28},
    {"HN", 28}, {"HR", 21}, {"HU", 28}, {"IE", 22}, {"IL", 23}, {"IQ", 23}, {"IS", 26}, {"IT", 27}, {"JO", 30}, {"KW", 30}, {"KZ", 20},
    {"LB", 28}, {"LC", 32}, {"LI", 21}, {"LT", 20}, {"LU", 20}, {"LV", 21}, {"LY", 25}, {"MC", 27}, {"MD", 24}, {"ME", 22}, {"MK", 19},
    {"MN", 20}, {"MR", 27}, {"MT", 31}, {"MU", 30}, {"NI", 28}, {"NL", 18}, {"NO", 15}, {"OM", 23}, {"PK", 24}, {"PL", 28}, {"PS", 29},
    {"PT", 25}, {"QA", 29}, {"RO", 24}, {"RS", 22}, {"RU", 33}, {"SA", 24}, {"SC", 31}, {"SD", 18}, {"SE", 24}, {"SI", 19}, {"SK", 24},
    {"SM", 27}, {"SO", 23}, {"ST", 25}, {"SV", 28}, {"TL", 23}, {"TN", 24}, {"TR", 26}, {"UA", 29}, {"VA", 22}, {"VG", 24}, {"XK", 20},
    {"YE", 30}, {"AO", 25}, {"BF", 28}, {"BJ", 28}, {"CF", 27}, {"CG", 27}, {"CI", 28}, {"CM", 27}, {"CV", 25}, {"DZ", 26}, {"GA", 27},
    {"GQ", 27}, {"GW", 25}, {"IR", 26}, {"KM", 27}, {"MA", 28}, {"MG", 27}, {"ML", 28}, {"MZ", 25}, {"NE", 28}, {"SN", 28}, {"TD", 27},
    {"TG", 28},
};

static char
token_upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
}

static size_t
token_iban_length(char a, char b)
{
    for (size_t i = 0; i < sizeof token_ibans / sizeof *token_ibans; i++)
        if (token_ibans[i].country[0] == token_upper(a) && token_ibans[i].country[1] == token_upper(b))
            return token_ibans[i].length;
    return 0;
}

/* From `from`, as many letters and digits as the country's number has, with at most one blank, dash or dot between two. */
static void
token_iban(struct pii_scan *scan, size_t word, size_t from)
{
    char compact[40];
    size_t want = token_iban_length(scan->fold.at[from], scan->fold.at[from + 1]), len = 0, i = from, gaps = 0;

    if (want == 0)
        return;
    for (; i < scan->fold.len && len < want; i++) {
        char c = scan->fold.at[i];
        if (pii_is_alnum(c)) {
            compact[len++] = token_upper(c);
            gaps = 0;
        } else if ((c != ' ' && c != '-' && c != '.') || ++gaps > 1) {
            break;
        }
    }
    if (len < want) {
        /* Mistyped or cut short: only where an IBAN is announced. */
        struct pii_near near;
        pii_words_near(scan, word, word, &near);
        while (i > from && !pii_is_alnum(scan->fold.at[i - 1]))
            i--;
        if (len >= 12 && scan->word[word + 1].is_glued && pii_words_announces(&near, CUE(IBAN)) >= 2)
            pii_add(scan, from, i, PII_IBAN, 75);
        return;
    }
    char turned[40];
    memcpy(turned, compact + 4, len - 4);
    memcpy(turned + len - 4, compact, 4);
    bool valid = number_sum_mod97(turned, len) == 1;
    bool cut = !pii_is_digit(pii_byte(scan, i));
    /* A mistyped one still says where the money lies. */
    if (valid)
        pii_add(scan, from, i, PII_IBAN, 99);
    else if ((scan->cues | scan->asked) & CUE(IBAN) && cut && scan->word[word + 1].is_glued)
        pii_add(scan, from, i, PII_IBAN, 80);
}

/* ISO 9362: bank, country, place, branch. Written in capitals, or announced. */
static void
token_bic(struct pii_scan *scan, size_t word, size_t from, size_t len)
{
    const char *at = scan->fold.at + from;
    bool upper = true;

    if ((len != 8 && len != 11) || (scan->cues | scan->asked) == 0)
        return;
    for (size_t i = 0; i < len; i++) {
        if (i < 6 ? pii_is_digit(at[i]) : !pii_is_alnum(at[i]))
            return;
        upper &= token_upper(at[i]) == at[i];
    }
    if (token_iban_length(at[4], at[5]) == 0 && !strstr("US CA AU JP CN IN SG HK KR NZ ZA MX TH ID MY PH VN NG KE AR CL CO", ((char[]){
            token_upper(at[4]), token_upper(at[5]), 0})))
        return;
    struct pii_near near;
    pii_words_near(scan, word, word, &near);
    unsigned near_by = pii_words_announces(&near, CUE(BIC));
    bool bank = ((near.all | near.after) & (CUE(IBAN) | CUE(ROUTING) | CUE(ACCOUNT))) != 0;
    if ((near_by >= 2 && scan->word[word].cue == 0) || (upper && (near_by == 1 || bank)))
        pii_add(scan, from, from + len, PII_BIC, near_by >= 2 ? 92 : 70);
}

/* Bitcoin and its kin: base 58 of a version, 20 bytes and the beginning of the hash of the hash of both. */
static bool
token_is_base58(str token)
{
    static const char digits[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    unsigned char bytes[25] = {0}, hash[crypto_hash_sha256_BYTES];

    if (token.len < 26 || token.len > 35)
        return false;
    for (size_t i = 0; i < token.len; i++) {
        const char *digit = strchr(digits, token.at[i]);
        if (!digit || token.at[i] == 0)
            return false;
        unsigned carry = (unsigned)(digit - digits);
        for (size_t k = sizeof bytes; k-- > 0;) {
            carry += bytes[k] * 58u;
            bytes[k] = (unsigned char)carry;
            carry >>= 8;
        }
        if (carry != 0)
            return false;
    }
    crypto_hash_sha256(hash, bytes, 21);
    crypto_hash_sha256(hash, hash, sizeof hash);
    return memcmp(hash, bytes + 21, 4) == 0;
}

/* BIP 173 and 350. */
static bool
token_is_bech32(str token)
{
    static const char digits[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    static const uint32_t generator[5] = {0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3};
    size_t mark = token.len;
    uint32_t sum = 1;

    while (mark > 0 && token.at[mark - 1] != '1')
        mark--;
    if (mark < 3 || mark > 9 || token.len < 14 || token.len > 90 || token.len - mark < 7)
        return false;
    for (size_t i = 0; i < mark - 1 + mark + token.len - mark; i++) {
        char c;
        uint32_t value;
        if (i < mark - 1) {
            value = (uint32_t)(token.at[i] | 32) >> 5;
        } else if (i == mark - 1) {
            value = 0;
        } else if (i < 2 * mark - 1) {
            value = (uint32_t)(token.at[i - mark] | 32) & 31;
        } else {
            c = (char)(token.at[i - mark + 1] | 32);
            const char *digit = pii_is_digit(token.at[i - mark + 1]) ? strchr(digits, token.at[i - mark + 1]) : strchr(digits, c);
            if (!digit)
                return false;
            value = (uint32_t)(digit - digits);
        }
        uint32_t top = sum >> 25;
        sum = (sum & 0x1FFFFFF) << 5 ^ value;
        for (size_t k = 0; k < 5; k++)
            sum ^= (top >> k & 1) ? generator[k] : 0;
    }
    return sum == 1 || sum == 0x2BC830A3;
}

static bool
token_is_hex(str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!pii_is_digit(s.at[i]) && !((s.at[i] | 32) >= 'a' && (s.at[i] | 32) <= 'f'))
            return false;
    return s.len > 0;
}

/* Three parts in base64url, the first of which is a JSON object: eyJ is {" in base 64. */
static bool
token_is_jwt(str token)
{
    size_t dots = 0, last = 0;

    if (token.len < 30 || memcmp(token.at, "eyJ", 3) != 0)
        return false;
    for (size_t i = 0; i < token.len; i++) {
        if (token.at[i] == '.') {
            dots++;
            last = i;
        } else if (!pii_is_alnum(token.at[i]) && token.at[i] != '-' && token.at[i] != '_' && token.at[i] != '=') {
            return false;
        }
    }
    return (dots == 2 || dots == 4) && last + 1 <= token.len;
}

static bool
token_is_of(char c)
{
    switch (c) {
    case '-':
    case '_':
    case '.':
    case '=':
    case '/':
    case '+':
    case '~':
    case '%':
    case '$':
        return true;
    default:
        return pii_is_alnum(c);
    }
}

/* Letters and digits mixed, as random as a key: after a word that announces one. */
static bool
token_is_mixed(str token)
{
    size_t digits = 0, letters = 0, turns = 0;

    for (size_t i = 0; i < token.len; i++) {
        digits += pii_is_digit(token.at[i]);
        letters += pii_is_letter(token.at[i]);
        turns += i > 0 && pii_is_digit(token.at[i]) != pii_is_digit(token.at[i - 1]);
    }
    return digits >= 2 && letters >= 2 && turns >= 3;
}

/* What a token is by itself, or -1. */
static int
token_kind(str token)
{
    bool eth = token.len == 42 && token.at[0] == '0' && (token.at[1] | 32) == 'x';
    bool coin = strchr("13LMDTmn2", token.at[0]) != NULL;

    if (token_is_jwt(token))
        return PII_JWT;
    if (token_prefix_is(token))
        return PII_API_KEY;
    if ((coin && token_is_base58(token)) || token_is_bech32(token) || (eth && token_is_hex(str_slice(token, 2, 40))))
        return PII_WALLET;
    return -1;
}

static void
token_check(struct pii_scan *scan, size_t from, size_t end)
{
    while (end > from && strchr(".=/-_~%$", scan->fold.at[end - 1]) && scan->fold.at[end - 1] != '=')
        end--;
    /* name=value and name:value are two. */
    for (size_t i = from; i + 1 < end; i++)
        if (scan->fold.at[i] == '=' && scan->fold.at[i + 1] != '=' && i - from < 40) {
            from = i + 1;
            break;
        }
    str token = {scan->fold.at + from, end - from};
    if (token.len < 12)
        return;
    /* As it stands, else behind a word that is glued to it. */
    for (size_t k = 0; k <= TOKEN_GLUED && k + 12 < token.len; k++) {
        if (k > 0 && !pii_is_letter(token.at[k - 1]))
            break;
        int type = token_kind(str_slice(token, k, token.len));
        if (type >= 0) {
            pii_add(scan, from + k, end, (unsigned)type, 98);
            return;
        }
    }
    if (token.len >= 16 && token_is_mixed(token) && ((scan->cues | scan->asked) & CUE(KEY)))
        pii_add(scan, from, end, PII_API_KEY, 75);
}

/* -----BEGIN … PRIVATE KEY----- to its END line, or to where the text ends. */
static void
token_pem(struct pii_scan *scan)
{
    str text = {scan->fold.at, scan->fold.len};

    for (size_t at = str_find(text, STR("-----BEGIN ")); at != SIZE_MAX;) {
        str rest = str_slice(text, at, text.len);
        size_t line = str_find(str_slice(rest, 11, 48), STR("PRIVATE KEY")), end = str_find(rest, STR("-----END "));
        size_t close = end == SIZE_MAX ? SIZE_MAX : str_find(str_slice(rest, end + 9, 64), STR("-----"));
        size_t stop = close == SIZE_MAX ? rest.len : end + 9 + close + 5;
        if (line != SIZE_MAX)
            pii_add(scan, at, at + stop, PII_PRIVATE_KEY, 100);
        size_t next = str_find(str_slice(text, at + 11, text.len), STR("-----BEGIN "));
        at = next == SIZE_MAX ? SIZE_MAX : at + 11 + next;
    }
}

void
pii_token_find(struct pii_scan *scan)
{
    const char *text = scan->fold.at;

    /* A run of TOKEN_RUN holds every byte that many places on: most of the text is jumped over. No run begins before i that goes on to it. */
    for (size_t i = 0, end; i + TOKEN_RUN <= scan->fold.len; i = end) {
        size_t from = end = i + TOKEN_RUN;
        while (from > i && token_is_of(text[from - 1]))
            from--;
        if (from > i) {
            end = from;
            continue;
        }
        while (end < scan->fold.len && token_is_of(text[end]))
            end++;
        if (end - from <= 4096)
            token_check(scan, from, end);
        end++;
    }
    for (size_t i = 0; i < scan->word_count; i++) {
        const struct pii_word *word = &scan->word[i];
        bool paired = !word->is_digits && word->len >= 2 && i + 1 < scan->word_count && scan->word[i + 1].is_digits &&
                      scan->word[i + 1].len >= 2;
        if (paired && (scan->word[i + 1].is_glued || (word->is_upper && scan->word[i + 1].at - pii_word_end(scan, i) <= 1)))
            token_iban(scan, i, pii_word_end(scan, i) - 2);
        if (!word->is_digits && !word->is_glued && word->len >= 6) {
            size_t end = pii_word_end(scan, i);
            while (end < scan->fold.len && pii_is_alnum(text[end]) && end - word->at < 12)
                end++;
            token_bic(scan, i, word->at, end - word->at);
        }
    }
    if ((scan->marks & PII_MARK_DASH) && memmem(text, scan->fold.len, "-----BEGIN ", 11))
        token_pem(scan);
}
