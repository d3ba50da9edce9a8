/* Pseudonyms: made, kept, escaped, turned back. A pseudonym means something only together with the map of its conversation; this file
 * never looks into another's. Format of the kept map, big-endian, one entry after the other:
 *
 *   | type 2 | index 2 | canonical length 2 | canonical | value length 2 | value |
 */
#include "guard/alias.h"

#include <stdio.h>
#include <string.h>

#define ALIAS_TILDES 8 /* more escapes than that are plain text */

/* area codes whose 555-01xx numbers serve; each gives a hundred */
static const unsigned short alias_areas[] = {202, 303, 404, 512, 617, 702, 808, 907};
static const char *const alias_nets[] = {"192.0.2.", "198.51.100.", "203.0.113."};
#define COUNT(table) (sizeof(table) / sizeof *(table))

/* What a text at some place is: a pseudonym, the beginning of one, or neither. */
enum alias_fit { ALIAS_NO, ALIAS_MORE, ALIAS_YES };

struct alias_seen {
    unsigned type, index;
    size_t len, tildes;
};

enum err
alias_init(struct arena *arena, struct alias_map *out)
{
    void *piece = NULL;

    TRY(arena_take(arena, ALIAS_MAX, sizeof(struct alias_entry), &piece));
    *out = (struct alias_map){arena, piece, 0};
    return ERR_NONE;
}

static enum err
alias_parse_str(struct view *view, struct arena *arena, str *out)
{
    uint16_t len;
    const unsigned char *at;

    TRY(buf_view_u16(view, &len));
    if (len > ALIAS_VALUE_MAX)
        return err_raise(ERR_INPUT, "alias: value too long");
    TRY(buf_view_bytes(view, len, &at));
    return arena_take_str(arena, str_bytes(at, len), out);
}

enum err
alias_parse(struct arena *arena, str bytes, struct alias_map *out)
{
    struct view view = {(const unsigned char *)bytes.at, bytes.len};
    struct alias_map map;

    TRY(alias_init(arena, &map));
    while (view.len > 0) {
        struct alias_entry entry;
        if (map.count == ALIAS_MAX)
            return err_raise(ERR_INPUT, "alias: too many");
        TRY(buf_view_u16(&view, &entry.type));
        TRY(buf_view_u16(&view, &entry.index));
        if (entry.type >= pii_type_count() || entry.index == 0)
            return err_raise(ERR_INPUT, "alias: no such type");
        TRY(alias_parse_str(&view, arena, &entry.canonical));
        TRY(alias_parse_str(&view, arena, &entry.value));
        map.entry[map.count++] = entry;
    }
    *out = map;
    return ERR_NONE;
}

enum err
alias_write(const struct alias_map *map, size_t max_bytes, struct buf *out)
{
    size_t first = map->count, bytes = 0;

    while (first > 0) {
        bytes += 8 + map->entry[first - 1].canonical.len + map->entry[first - 1].value.len;
        if (bytes > max_bytes)
            break;
        first--;
    }
    for (size_t i = first; i < map->count; i++) {
        const struct alias_entry *entry = &map->entry[i];
        TRY(buf_add_u16(out, entry->type));
        TRY(buf_add_u16(out, entry->index));
        TRY(buf_add_u16(out, (uint16_t)entry->canonical.len));
        TRY(buf_add_str(out, entry->canonical));
        TRY(buf_add_u16(out, (uint16_t)entry->value.len));
        TRY(buf_add_str(out, entry->value));
    }
    return ERR_NONE;
}

static enum err
alias_print(unsigned type, unsigned index, char text[ALIAS_TEXT_MAX])
{
    char name[64];

    if (type == PII_EMAIL) {
        snprintf(text, ALIAS_TEXT_MAX, "person%u@privet.invalid", index);
        return ERR_NONE;
    }
    if (type == PII_PHONE) {
        if (index > COUNT(alias_areas) * 100)
            return err_raise(ERR_LIMIT, "alias: no number is left");
        snprintf(text, ALIAS_TEXT_MAX, "+1 %u-555-01%02u", alias_areas[(index - 1) / 100], (index - 1) % 100);
        return ERR_NONE;
    }
    if (type == PII_IP) {
        if (index > COUNT(alias_nets) * 254)
            return err_raise(ERR_LIMIT, "alias: no address is left");
        snprintf(text, ALIAS_TEXT_MAX, "%s%u", alias_nets[(index - 1) / 254], (index - 1) % 254 + 1);
        return ERR_NONE;
    }
    str label = pii_type_name(type, name);
    snprintf(text, ALIAS_TEXT_MAX, "[%.*s_%u]", STR_ARG(label), index);
    return ERR_NONE;
}

enum err
alias_add(struct alias_map *map, unsigned type, str canonical, str value, char text[ALIAS_TEXT_MAX])
{
    struct alias_entry entry = {.type = (uint16_t)type, .index = 1};

    for (size_t i = 0; i < map->count; i++) {
        const struct alias_entry *old = &map->entry[i];
        if (old->type == type && str_is(old->canonical, canonical))
            return alias_print(type, old->index, text);
        if (old->type == type && old->index >= entry.index)
            entry.index = (uint16_t)(old->index + 1); /* never one that an entry left out had */
    }
    if (map->count == ALIAS_MAX || entry.index == 0 || value.len > ALIAS_VALUE_MAX || canonical.len > ALIAS_VALUE_MAX)
        return err_raise(ERR_LIMIT, "alias: map is full");
    TRY(alias_print(type, entry.index, text));
    TRY(arena_take_str(map->arena, canonical, &entry.canonical));
    TRY(arena_take_str(map->arena, value, &entry.value));
    map->entry[map->count++] = entry;
    return ERR_NONE;
}

static char
alias_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool
alias_is_word(char c)
{
    return (c >= '0' && c <= '9') || (alias_lower(c) >= 'a' && alias_lower(c) <= 'z') || (unsigned char)c >= 0x80 || c == '_';
}

/* Matches `want` from *at on, any case. */
static enum alias_fit
alias_fit_text(str s, size_t *at, const char *want)
{
    for (; *want; want++, ++*at) {
        if (*at == s.len)
            return ALIAS_MORE;
        if (alias_lower(s.at[*at]) != alias_lower(*want))
            return ALIAS_NO;
    }
    return ALIAS_YES;
}

/* 1 to `most` digits. What follows decides where they end, so that the end of the text asks for more. */
static enum alias_fit
alias_fit_number(str s, size_t *at, size_t most, unsigned *out)
{
    size_t from = *at;
    unsigned value = 0;

    for (; *at < s.len && s.at[*at] >= '0' && s.at[*at] <= '9' && *at - from < most; ++*at)
        value = value * 10 + (unsigned)(s.at[*at] - '0');
    *out = value;
    if (*at == s.len && *at - from < most)
        return ALIAS_MORE;
    return *at > from ? ALIAS_YES : ALIAS_NO;
}

/* ~ behind the first character. */
static void
alias_fit_tildes(str s, size_t *at, struct alias_seen *seen)
{
    while (*at < s.len && s.at[*at] == '~' && seen->tildes < ALIAS_TILDES) {
        seen->tildes++;
        ++*at;
    }
}

static enum alias_fit
alias_fit_mail(str s, struct alias_seen *seen)
{
    size_t at = 1;
    enum alias_fit fit;

    alias_fit_tildes(s, &at, seen);
    if ((fit = alias_fit_text(s, &at, "erson")) != ALIAS_YES || (fit = alias_fit_number(s, &at, 4, &seen->index)) != ALIAS_YES ||
        (fit = alias_fit_text(s, &at, "@privet.invalid")) != ALIAS_YES)
        return fit;
    seen->type = PII_EMAIL;
    seen->len = at;
    return ALIAS_YES;
}

static enum alias_fit
alias_fit_phone(str s, struct alias_seen *seen)
{
    size_t at = 1;
    unsigned area, last;
    enum alias_fit fit;

    alias_fit_tildes(s, &at, seen);
    if ((fit = alias_fit_text(s, &at, "1 ")) != ALIAS_YES || (fit = alias_fit_number(s, &at, 3, &area)) != ALIAS_YES ||
        (fit = alias_fit_text(s, &at, "-555-01")) != ALIAS_YES || (fit = alias_fit_number(s, &at, 2, &last)) != ALIAS_YES)
        return fit;
    for (unsigned i = 0; i < COUNT(alias_areas); i++)
        if (alias_areas[i] == area) {
            seen->type = PII_PHONE;
            seen->index = i * 100 + last + 1;
            seen->len = at;
            return ALIAS_YES;
        }
    return ALIAS_NO;
}

static enum alias_fit
alias_fit_ip(str s, struct alias_seen *seen)
{
    size_t start = 1;
    enum alias_fit best = ALIAS_NO;

    alias_fit_tildes(s, &start, seen);
    for (unsigned i = 0; i < COUNT(alias_nets); i++) {
        size_t at = start;
        unsigned last;
        enum alias_fit fit = s.at[0] == alias_nets[i][0] ? alias_fit_text(s, &at, alias_nets[i] + 1) : ALIAS_NO;
        if (fit == ALIAS_YES)
            fit = alias_fit_number(s, &at, 3, &last);
        if (fit == ALIAS_YES) {
            seen->type = PII_IP;
            seen->index = i * 254 + last;
            seen->len = at;
            return last >= 1 && last <= 254 ? ALIAS_YES : ALIAS_NO;
        }
        best = fit == ALIAS_MORE ? ALIAS_MORE : best;
    }
    return best;
}

/* [TYPE_1], with a blank or dash for the line and any case. */
static enum alias_fit
alias_fit_bracket(str s, struct alias_seen *seen)
{
    size_t at = 1, from, mark = 0;
    unsigned type;

    alias_fit_tildes(s, &at, seen);
    for (from = at; at < s.len && at - from < 40 && (alias_is_word(s.at[at]) || s.at[at] == ' ' || s.at[at] == '-'); at++)
        mark = s.at[at] == '_' || s.at[at] == ' ' || s.at[at] == '-' ? at : mark;
    if (at == s.len)
        return at - from < 40 ? ALIAS_MORE : ALIAS_NO;
    if (s.at[at] != ']' || mark <= from || at - mark > 5 || at - mark < 2)
        return ALIAS_NO;
    size_t digits = mark + 1;
    if (alias_fit_number(s, &digits, 4, &seen->index) != ALIAS_YES || digits != at ||
        pii_type_find(str_slice(s, from, mark - from), &type) != ERR_NONE)
        return ALIAS_NO;
    seen->type = type;
    seen->len = at + 1;
    return ALIAS_YES;
}

/* Does a pseudonym begin where s begins? It must stand apart from words on both sides. */
static enum alias_fit
alias_fit_at(str s, unsigned char before, struct alias_seen *seen)
{
    enum alias_fit fit = ALIAS_NO;
    bool bracket = s.at[0] == '[';

    *seen = (struct alias_seen){0, 0, 0, 0};
    if (!bracket && (alias_is_word((char)before) || before == '.' || before == '-' || before == '+' || before == '~'))
        return ALIAS_NO;
    switch (s.at[0]) {
    case '[':
        return alias_fit_bracket(s, seen);
    case 'p':
    case 'P':
        fit = alias_fit_mail(s, seen);
        break;
    case '+':
        fit = alias_fit_phone(s, seen);
        break;
    case '1':
    case '2':
        fit = alias_fit_ip(s, seen);
        break;
    default:
        break;
    }
    if (fit != ALIAS_YES)
        return fit;
    if (seen->len == s.len)
        return ALIAS_MORE;
    /* "…invalid." ends a sentence; "…invalid.com" is another name. */
    char after = s.at[seen->len];
    if (alias_is_word(after) || after == '-')
        return ALIAS_NO;
    if (after == '.' && seen->len + 1 == s.len)
        return ALIAS_MORE;
    return after == '.' && alias_is_word(s.at[seen->len + 1]) ? ALIAS_NO : ALIAS_YES;
}

/* The same at the end of everything: what asks for more gets a blank. */
static enum alias_fit
alias_fit_last(str s, unsigned char before, struct alias_seen *seen)
{
    char more[ALIAS_TEXT_MAX * 2 + 2];
    enum alias_fit fit = alias_fit_at(s, before, seen);

    if (fit != ALIAS_MORE || s.len > ALIAS_TEXT_MAX * 2)
        return fit;
    memcpy(more, s.at, s.len);
    more[s.len] = ' ';
    more[s.len + 1] = ' ';
    return alias_fit_at((str){more, s.len + 2}, before, seen) == ALIAS_YES && seen->len <= s.len ? ALIAS_YES : ALIAS_NO;
}

enum err
alias_escape(str literal, char *out, size_t size, size_t *len)
{
    struct alias_seen seen;

    for (size_t i = 0; i < literal.len; i++) {
        char c = literal.at[i];
        bool begins = c == '[' || c == 'p' || c == 'P' || c == '+' || c == '1' || c == '2';
        str rest = str_slice(literal, i, ALIAS_TEXT_MAX * 2);
        bool escaped = begins && alias_fit_last(rest, i > 0 ? (unsigned char)literal.at[i - 1] : 0, &seen) == ALIAS_YES;
        if (size - *len < 2)
            return err_raise(ERR_LIMIT, "alias: no room");
        out[(*len)++] = c;
        if (escaped)
            out[(*len)++] = '~';
    }
    return ERR_NONE;
}

enum alias_place { ALIAS_TEXT, ALIAS_TARGET, ALIAS_URL, ALIAS_IMAGE };

/* One byte goes by: are we in a place where nothing is turned back? */
static void
alias_pass(struct alias_stream *stream, char c)
{
    const unsigned char *before = stream->before;
    bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';

    if (stream->place == ALIAS_TEXT || stream->place == ALIAS_IMAGE) {
        if (c == '(' && before[0] == ']')
            stream->place = ALIAS_TARGET;
        else if (c == '/' && before[0] == '/' && before[1] == ':')
            stream->place = ALIAS_URL;
        else if (c == '.' && before[0] == 'w' && before[1] == 'w' && before[2] == 'w')
            stream->place = ALIAS_URL;
        else if (c == '[' && before[0] == '!')
            stream->place = ALIAS_IMAGE;
        else if (stream->place == ALIAS_IMAGE && before[0] == ']')
            stream->place = ALIAS_TEXT;
    } else if (stream->place == ALIAS_TARGET) {
        stream->place = c == ')' || c == '\n' ? ALIAS_TEXT : ALIAS_TARGET;
    } else if (blank || c == '<' || c == '>' || c == '"') {
        stream->place = ALIAS_TEXT;
    }
    memmove(stream->before + 1, stream->before, 2);
    stream->before[0] = (unsigned char)c;
}

static const struct alias_entry *
alias_entry_of(const struct alias_map *map, const struct alias_seen *seen)
{
    for (size_t i = 0; i < map->count; i++)
        if (map->entry[i].type == seen->type && map->entry[i].index == seen->index)
            return &map->entry[i];
    return NULL;
}

/* Lets the first byte, or the pseudonym at the front, go by. False: more is needed to say. */
static enum err
alias_step(const struct alias_map *map, struct alias_stream *stream, bool is_last, struct buf *out, bool *moved)
{
    struct alias_seen seen = {0, 0, 0, 0};
    str pending = {stream->pending, stream->len};
    size_t taken = 1;
    const struct alias_entry *entry = NULL;
    enum alias_fit fit = stream->place != ALIAS_TEXT ? ALIAS_NO
                         : is_last                   ? alias_fit_last(pending, stream->before[0], &seen)
                                                     : alias_fit_at(pending, stream->before[0], &seen);

    *moved = fit != ALIAS_MORE || pending.len == sizeof stream->pending;
    if (!*moved)
        return ERR_NONE;
    /* "![PERSON_1]" begins an image. */
    bool image = pending.at[0] == '[' && stream->before[0] == '!';
    if (fit == ALIAS_YES && seen.tildes == 0 && !image)
        entry = alias_entry_of(map, &seen);
    if (entry) {
        TRY(buf_add_str(out, entry->value));
        taken = seen.len;
    } else if (fit == ALIAS_YES && seen.tildes > 0 && !image) {
        TRY(buf_add_u8(out, (uint8_t)pending.at[0]));
        TRY(buf_add(out, pending.at + 2, seen.len - 2));
        taken = seen.len;
    } else {
        TRY(buf_add_u8(out, (uint8_t)pending.at[0]));
    }
    for (size_t i = 0; i < taken; i++)
        alias_pass(stream, pending.at[i]);
    stream->len -= taken;
    memmove(stream->pending, stream->pending + taken, stream->len);
    return ERR_NONE;
}

enum err
alias_restore(const struct alias_map *map, struct alias_stream *stream, str piece, bool is_last, struct buf *out)
{
    for (size_t i = 0; i <= piece.len; i++) {
        bool end = i == piece.len, moved = true;
        if (!end)
            stream->pending[stream->len++] = piece.at[i];
        while (stream->len > 0 && moved && (end ? is_last : true))
            TRY(alias_step(map, stream, end && is_last, out, &moved));
    }
    return ERR_NONE;
}
