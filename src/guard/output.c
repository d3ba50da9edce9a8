/* The last look at a reply. It knows nothing of who wrote it, and it keeps nothing of it. */
#include "guard/output.h"

#include "guard/fold.h"
#include "guard/number.h"
#include "guard/pii_private.h"
#include "guard/tree.h"

#include <string.h>

#define OUTPUT_DIGITS 4
#define OUTPUT_TOKEN 20
#define OUTPUT_ESCAPES 4 /* rounds of %25… */
#define OUTPUT_HOST_MAX ((size_t)253)

struct output {
    const struct output_rules *rules;
    struct arena *arena;
    const struct output_input *input;
    enum output_kind kind;
    bool is_title; /* of what was read since the last end */
    str squeezed;  /* of all sources; taken when it is needed */
    bool has_squeezed;
    char *all; /* of the whole reply, for canaries */
    size_t all_len, all_max;
};

static const char *const kind_names[] = {"good", "markup", "asks_secret", "asks_more", "link", "image", "canary", "value"};

const char *
output_kind_name(enum output_kind kind)
{
    return kind_names[kind];
}

static char
output_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* Letters and digits alone, in lower case. `to` has room for text.len bytes. */
static size_t
output_squeeze(str folded, char *to)
{
    size_t used = 0;

    for (size_t i = 0; i < folded.len; i++)
        if (pii_is_alnum(folded.at[i]) || (unsigned char)folded.at[i] >= 0x80)
            to[used++] = output_lower(folded.at[i]);
    return used;
}

static enum err
output_squeeze_take(struct arena *arena, str text, str *out)
{
    struct fold fold;
    void *piece = NULL;

    TRY(fold_take(arena, text, &fold));
    TRY(arena_take(arena, fold.len + 1, 1, &piece));
    *out = str_bytes(piece, output_squeeze((str){fold.at, fold.len}, piece));
    return ERR_NONE;
}

str
output_link_host(str href)
{
    size_t from = str_has_prefix(href, STR("https://")) ? 8 : str_has_prefix(href, STR("http://")) ? 7 : 0, to = from;

    if (from == 0)
        return (str){"", 0};
    while (to < href.len && href.at[to] != '/' && href.at[to] != '?' && href.at[to] != '#') {
        unsigned char c = (unsigned char)href.at[to];
        if (c == '@' || c == '\\' || c <= ' ' || c == 0x7F || c == '%' || c == '[')
            return (str){"", 0}; /* a user, a blank, an escape: whatever a browser makes of it */
        to++;
    }
    str host = str_slice(href, from, to - from), port = host, name;
    if (str_split(&port, ':', &name))
        host = name;
    return str_slice(host, 0, host.len - (str_has_suffix(host, STR(".")) ? 1 : 0));
}

static bool
output_host_is_allowed(const struct output_rules *rules, str host)
{
    for (size_t i = 0; i < rules->host_count && host.len > 0 && host.len <= OUTPUT_HOST_MAX; i++) {
        str allowed = rules->hosts[i];
        bool below = str_has_prefix(allowed, STR("*."));
        str tail = below ? str_slice(allowed, 1, allowed.len) : allowed;
        if (below ? host.len > tail.len && str_is_nocase(str_slice(host, host.len - tail.len, tail.len), tail) : str_is_nocase(host, tail))
            return true;
    }
    return false;
}

/* Begins with one slash; nothing in it that a browser drops or turns. */
static bool
output_is_path(str href)
{
    if (!str_has_prefix(href, STR("/")) || str_has_prefix(href, STR("//")))
        return false;
    for (size_t i = 0; i < href.len; i++)
        if ((unsigned char)href.at[i] <= ' ' || href.at[i] == '\\' || href.at[i] == 0x7F)
            return false;
    return true;
}

bool
output_link_is_allowed(const struct output_rules *rules, str href)
{
    return href.len == 0 || output_is_path(href) || str_has_prefix(href, STR("mailto:")) || str_has_prefix(href, STR("tel:")) ||
           output_host_is_allowed(rules, output_link_host(href));
}

/* Of a web address in a text: "www.shop.example/help" is one as well. */
static str
output_text_host(str address)
{
    str rest = address, host = {"", 0};

    if (str_find(address, STR("://")) != SIZE_MAX)
        return output_link_host(address);
    (void)str_split(&rest, '/', &host);
    return host;
}

/* The byte that %XX at i stands for, or -1. */
static int
output_escaped(str text, size_t i)
{
    int value = 0;

    if (i + 2 >= text.len || text.at[i] != '%')
        return -1;
    for (size_t k = i + 1; k <= i + 2; k++) {
        char c = output_lower(text.at[k]);
        if (!pii_is_digit(c) && (c < 'a' || c > 'f'))
            return -1;
        value = value * 16 + (pii_is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return value;
}

/* What a member that nobody reads says: JSON's escapes undone, then those of addresses, so often that no round changes it or it is deep
 * enough. Into the arena. */
static enum err
output_decode(struct arena *arena, str raw, str *out)
{
    void *piece = NULL;

    TRY(arena_take(arena, raw.len + 1, 1, &piece));
    struct buf text = {piece, 0, raw.len + 1, raw.len + 1};
    TRY(tree_text(raw, &text));
    size_t len = text.len, before = len + 1;
    for (int round = 0; round < OUTPUT_ESCAPES && len < before; round++) {
        str now = str_bytes(text.at, len);
        before = len;
        len = 0;
        for (size_t i = 0; i < now.len; i++) {
            int escaped = output_escaped(now, i);
            text.at[len++] = (unsigned char)(escaped >= 0 ? escaped : now.at[i]);
            i += escaped >= 0 ? 2 : 0;
        }
    }
    *out = str_bytes(text.at, len);
    return ERR_NONE;
}

static void
output_stop(struct output *output, enum output_kind kind)
{
    if (output->kind == OUTPUT_GOOD)
        output->kind = kind;
}

/* Without these there is no value that output_is_value names. */
static bool
output_may_hold_value(str text)
{
    size_t digits = 0, token = 0;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        digits += pii_is_digit(c) || (unsigned char)c >= 0xD9; /* digits of other scripts */
        token = c == ' ' ? 0 : token + 1;
        if (c == '@' || digits >= OUTPUT_DIGITS || token >= OUTPUT_TOKEN || (c == '/' && i > 0 && text.at[i - 1] == '/') ||
            (c == '.' && i > 0 && (text.at[i - 1] | 0x20) == 'w'))
            return true;
    }
    return false;
}

/* What points to one person and can be told from an everyday word. */
static bool
output_is_value(unsigned type)
{
    switch (type) {
    case PII_CARD: case PII_IBAN: case PII_BANK_ACCOUNT: case PII_EMAIL: case PII_PHONE: case PII_IP: case PII_MAC: case PII_IMEI:
    case PII_URL_CREDENTIALS: case PII_GPS: case PII_WALLET: case PII_API_KEY: case PII_PRIVATE_KEY: case PII_JWT: case PII_BIRTH_DATE:
    case PII_PLATE: case PII_VIN: case PII_PASSPORT: case PII_LICENCE: case PII_ID_NUMBER:
        return true;
    default:
        return type >= PII_TYPE_OWN && number_get(type - PII_TYPE_OWN)->kind != NUMBER_COMPANY;
    }
}

static enum err
output_squeeze_sources(struct output *output)
{
    size_t bytes = 1, used = 0;
    void *piece = NULL;

    for (size_t i = 0; i < output->input->source_count; i++)
        bytes += output->input->sources[i].len + 1;
    TRY(arena_take(output->arena, bytes, 1, &piece));
    char *at = piece;
    for (size_t i = 0; i < output->input->source_count; i++) {
        struct fold fold;
        TRY(fold_take(output->arena, output->input->sources[i], &fold));
        used += output_squeeze((str){fold.at, fold.len}, at + used);
        at[used++] = '\n';
    }
    output->squeezed = (str){at, used};
    output->has_squeezed = true;
    return ERR_NONE;
}

/* Does one of the sources have it, whatever stands between its letters and digits? */
static enum err
output_is_known(struct output *output, str text, bool *out)
{
    str value;

    if (!output->has_squeezed)
        TRY(output_squeeze_sources(output));
    TRY(output_squeeze_take(output->arena, text, &value));
    *out = str_find(output->squeezed, value) != SIZE_MAX;
    return ERR_NONE;
}

static enum err
output_check_values(struct output *output, str text)
{
    struct pii_input find = {.text = text};
    struct pii_spans spans;
    bool is_known = false;

    if (!output_may_hold_value(text))
        return ERR_NONE;
    TRY(pii_find(output->rules->pii, output->arena, &find, &spans));
    for (size_t i = 0; i < spans.count; i++) {
        const struct pii_span *span = &spans.span[i];
        str raw = str_slice(text, span->start, span->end - span->start);
        bool is_url = span->type == PII_URL && !output_host_is_allowed(output->rules, output_text_host(raw));
        if (!is_url && !output_is_value(span->type))
            continue;
        TRY(output_is_known(output, raw, &is_known));
        if (!is_known)
            output_stop(output, is_url ? OUTPUT_LINK : OUTPUT_VALUE);
    }
    return ERR_NONE;
}

/* A title may ask when it is not the writer's own: a visitor's words in a quick reply, the heading of an author's article. */
static enum err
output_check_asks(struct output *output, str text)
{
    uint8_t types[PII_TYPES_BYTES] = {0};
    enum output_kind kind = OUTPUT_GOOD;
    bool is_known = false;

    TRY(request_find(output->rules->request, output->arena, text, REQUEST_TEXT, types));
    for (unsigned type = 0; type < pii_type_count(); type++) {
        if (!pii_is_wanted(types, type))
            continue;
        if (pii_type_get(type).is_secret)
            kind = OUTPUT_ASKS_SECRET;
        else if (kind == OUTPUT_GOOD && !pii_is_wanted(output->rules->may_ask, type))
            kind = OUTPUT_ASKS_MORE;
    }
    if (kind != OUTPUT_GOOD && output->is_title)
        TRY(output_is_known(output, text, &is_known));
    if (kind != OUTPUT_GOOD && !is_known)
        output_stop(output, kind);
    return ERR_NONE;
}

static enum err
output_add_squeezed(struct output *output, str text)
{
    struct fold fold;

    if (output->rules->canary_count == 0)
        return ERR_NONE;
    TRY(fold_take(output->arena, text, &fold));
    if (fold.len > output->all_max - output->all_len)
        return err_raise(ERR_LIMIT, "output: more text than there was");
    output->all_len += output_squeeze((str){fold.at, fold.len}, output->all + output->all_len);
    return ERR_NONE;
}

/* A block, a card, a quick reply or a source is whole. */
static enum err
output_end(struct output *output)
{
    str text = buf_str(output->input->scratch);

    TRY(output_check_values(output, text));
    TRY(output_check_asks(output, text));
    TRY(output_add_squeezed(output, text));
    output->is_title = false;
    buf_reset(output->input->scratch);
    return ERR_NONE;
}

/* What an address says behind its host, one word per value. */
static enum err
output_address_values(struct arena *arena, str address, str *out)
{
    size_t host = output_link_host(address).len;
    void *piece = NULL;

    str rest = host > 0 ? str_slice(address, str_find(address, STR("://")) + 3 + host, address.len) : address;
    TRY(arena_take(arena, rest.len + 1, 1, &piece));
    char *at = piece;
    for (size_t i = 0; i < rest.len; i++)
        at[i] = memchr("?&=#;,", rest.at[i], 6) ? ' ' : rest.at[i];
    *out = (str){at, rest.len};
    return ERR_NONE;
}

/* What no visitor reads, and what leaves with a click all the same. */
static enum err
output_check_hidden(struct output *output, str raw, bool is_address)
{
    str text, target = {"", 0};
    bool is_known = true;

    TRY(output_decode(output->arena, raw, &text));
    TRY(output_add_squeezed(output, text));
    if (str_has_prefix(text, STR("mailto:")))
        target = str_slice(text, 7, text.len);
    if (str_has_prefix(text, STR("tel:")))
        target = str_slice(text, 4, text.len);
    if (target.len > 0)
        TRY(output_is_known(output, target, &is_known));
    if (!is_known)
        output_stop(output, OUTPUT_VALUE);
    if (is_address)
        TRY(output_address_values(output->arena, text, &text));
    return output_check_values(output, text);
}

static enum err
output_part(void *context, const struct tree_part *part)
{
    struct output *output = context;

    switch (part->kind) {
    case TREE_TITLE:
        output->is_title = true;
        return tree_text(part->raw, output->input->scratch);
    case TREE_TEXT:
    case TREE_CODE:
        return tree_text(part->raw, output->input->scratch);
    case TREE_LINK:
        if (!output_link_is_allowed(output->rules, part->raw)) /* an escape in it makes it none */
            output_stop(output, OUTPUT_LINK);
        return output_check_hidden(output, part->raw, true);
    case TREE_IMAGE:
        if (!output_is_path(part->raw))
            output_stop(output, OUTPUT_IMAGE);
        return output_check_hidden(output, part->raw, true);
    case TREE_PAYLOAD:
    case TREE_ID:
        return output_check_hidden(output, part->raw, false);
    default:
        return output_end(output);
    }
}

static void
output_check_canaries(struct output *output)
{
    str all = {output->all, output->all_len};

    for (size_t i = 0; i < output->rules->canary_count; i++)
        for (size_t k = 0; k < OUTPUT_NEEDLES; k++)
            if (str_find(all, output->rules->canaries[i].needle[k]) != SIZE_MAX)
                output_stop(output, OUTPUT_CANARY);
}

enum err
output_check(const struct output_rules *rules, struct arena *arena, const struct output_input *input, enum output_kind *out)
{
    struct output output = {.rules = rules, .arena = arena, .input = input};
    void *piece = NULL;

    buf_reset(input->scratch);
    if (rules->canary_count > 0) {
        TRY(arena_take(arena, input->json.len + 1, 1, &piece));
        output.all = piece;
        output.all_max = input->json.len;
    }
    enum err err = tree_walk(input->json, output_part, &output);
    if (err == ERR_INPUT) {
        output_stop(&output, OUTPUT_MARKUP);
        err = ERR_NONE;
    }
    buf_reset(input->scratch);
    TRY(err);
    output_check_canaries(&output);
    *out = output.kind;
    return ERR_NONE;
}

/* ---- canaries ---- */

static enum err
output_needle(struct arena *arena, const char *at, size_t len, str *out)
{
    void *piece = NULL;

    TRY(arena_take(arena, len + 1, 1, &piece));
    *out = str_bytes(piece, output_squeeze((str){at, len}, piece));
    return ERR_NONE;
}

/* base64 of `canary` when `skip` bytes stand before it, without the places that its neighbours share; so it is the same in any text. */
static size_t
output_base64(str canary, size_t skip, char *out)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t used = 0;

    for (size_t bit = 0; bit + 6 <= (skip + canary.len) * 8; bit += 6) {
        if (bit < skip * 8)
            continue;
        unsigned value = 0;
        for (size_t i = bit; i < bit + 6; i++)
            value = value << 1 | ((unsigned char)canary.at[i / 8 - skip] >> (7 - i % 8) & 1);
        out[used++] = digits[value];
    }
    return used;
}

enum err
output_canary_make(struct arena *arena, str canary, struct output_canary *out)
{
    struct output_canary made;
    void *piece = NULL;
    static const char hex[] = "0123456789abcdef";

    TRY(output_squeeze_take(arena, canary, &made.needle[0]));
    str plain = made.needle[0];
    if (plain.len < OUTPUT_CANARY_BYTES)
        return err_raise(ERR_INPUT, "output: a canary is too short");
    TRY(arena_take(arena, canary.len * 2 + 16, 1, &piece));
    char *at = piece;
    for (size_t i = 0; i < plain.len; i++)
        at[i] = plain.at[plain.len - 1 - i];
    TRY(output_needle(arena, at, plain.len, &made.needle[1]));
    for (size_t i = 0; i < plain.len; i++) {
        char c = plain.at[i];
        at[i] = (char)(c >= 'a' && c <= 'z' ? 'a' + (c - 'a' + 13) % 26 : c);
    }
    TRY(output_needle(arena, at, plain.len, &made.needle[2]));
    for (size_t i = 0; i < canary.len; i++) {
        at[2 * i] = hex[(unsigned char)canary.at[i] >> 4];
        at[2 * i + 1] = hex[(unsigned char)canary.at[i] & 15];
    }
    TRY(output_needle(arena, at, canary.len * 2, &made.needle[3]));
    for (size_t skip = 0; skip < 3; skip++)
        TRY(output_needle(arena, at, output_base64(canary, skip, at), &made.needle[4 + skip]));
    *out = made;
    return ERR_NONE;
}
