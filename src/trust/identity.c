/* The identity note. It is written in one form and read in that form only: an unknown line is refused. */
#include "trust/identity.h"

#include "crypt/base64.h"

#include <inttypes.h>

bool
identity_origin_is_good(str origin)
{
    size_t scheme = str_has_prefix(origin, STR("https://")) ? 8 : str_has_prefix(origin, STR("http://")) ? 7 : 0;

    if (scheme == 0 || origin.len <= scheme || origin.len > 255)
        return false;
    for (size_t i = scheme; i < origin.len; i++) {
        char c = origin.at[i];
        bool fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':' || c == '[' || c == ']';
        if (!fits)
            return false;
    }
    return true;
}

enum err
identity_write(struct buf *buf, const struct identity *identity)
{
    if (identity->origin_count == 0 || identity->origin_count > IDENTITY_ORIGINS_MAX || identity->from_s >= identity->to_s)
        return err_raise(ERR_INPUT, "identity: no origin, too many, or dates the wrong way round");
    TRY(buf_add_text(buf, "privet-identity/1\nname %.*s\nserial %" PRIu64 "\nvalid %" PRIu64 " %" PRIu64 "\nonline ",
                     STR_ARG(identity->name), identity->serial, identity->from_s, identity->to_s));
    TRY(note_key_write(buf, identity->online.name, identity->online.public));
    TRY(buf_add_u8(buf, '\n'));
    if (identity->staff_ca.len > 0)
        TRY(buf_add_text(buf, "staff-ca %.*s\n", STR_ARG(identity->staff_ca)));
    for (size_t i = 0; i < identity->origin_count; i++) {
        if (!identity_origin_is_good(identity->origins[i]))
            return err_raise(ERR_INPUT, "identity: not an origin");
        TRY(buf_add_text(buf, "origin %.*s\n", STR_ARG(identity->origins[i])));
    }
    if (identity->next_root.len > 0)
        TRY(buf_add_text(buf, "next-root %.*s\n", STR_ARG(identity->next_root)));
    return ERR_NONE;
}

static enum err
identity_parse_dates(str text, struct identity *out)
{
    str from;

    if (!str_split(&text, ' ', &from) || !text.at)
        return err_raise(ERR_INPUT, "identity: valid wants two times");
    TRY(str_parse_u64(from, INT64_MAX, &out->from_s));
    TRY(str_parse_u64(text, INT64_MAX, &out->to_s));
    return out->from_s < out->to_s ? ERR_NONE : err_raise(ERR_INPUT, "identity: dates the wrong way round");
}

static enum err
identity_parse_tail(str rest, struct identity *out)
{
    str value;
    struct note_key unused;
    unsigned char hash[32];

    if (note_line(&rest, STR("staff-ca"), &value) == ERR_NONE) {
        TRY(note_key_parse(value, &unused));
        out->staff_ca = value;
    }
    while (note_line(&rest, STR("origin"), &value) == ERR_NONE) {
        if (out->origin_count == IDENTITY_ORIGINS_MAX || !identity_origin_is_good(value))
            return err_raise(ERR_INPUT, "identity: bad origin");
        out->origins[out->origin_count++] = value;
    }
    if (note_line(&rest, STR("next-root"), &value) == ERR_NONE) {
        TRY(base64_hex_parse_exact(value, hash, sizeof hash));
        out->next_root = value;
    }
    return rest.len == 0 && out->origin_count > 0 ? ERR_NONE : err_raise(ERR_INPUT, "note: not the line that belongs here");
}

static enum err
identity_parse(str text, struct identity *out)
{
    str rest = text, value;

    TRY(note_line(&rest, STR("privet-identity/1"), NULL));
    TRY(note_line(&rest, STR("name"), &out->name));
    TRY(note_line(&rest, STR("serial"), &value));
    TRY(str_parse_u64(value, INT64_MAX, &out->serial));
    TRY(note_line(&rest, STR("valid"), &value));
    TRY(identity_parse_dates(value, out));
    TRY(note_line(&rest, STR("online"), &out->online_text));
    TRY(note_key_parse(out->online_text, &out->online));
    return identity_parse_tail(rest, out);
}

/* NAME of ROOT is the server's name; ONLINE's is that name followed by "/online". */
static bool
identity_names_fit(const struct identity *identity, str root)
{
    return str_is(identity->name, root) && str_has_prefix(identity->online.name, root) &&
           str_is(str_slice(identity->online.name, root.len, SIZE_MAX), STR("/online"));
}

enum err
identity_open(str note, const struct note_key *root, uint64_t now_s, struct identity *out)
{
    struct identity identity = {0};
    str text;

    enum err err = note_open(note, root, &text);
    if (err == ERR_ABSENT)
        return err_raise(ERR_ABSENT, "identity: signed by another root");
    TRY(err);
    TRY(identity_parse(text, &identity));
    BUF_SCOPE(again, NOTE_MAX_BYTES);
    TRY(identity_write(&again, &identity));
    if (!str_is(buf_str(&again), text) || !identity_names_fit(&identity, root->name))
        return err_raise(ERR_INPUT, "identity: not canonical");
    if (now_s + NOTE_TOLERANCE_S < identity.from_s)
        return err_raise(ERR_LIMIT, "identity: not yet valid");
    if (now_s > identity.to_s + NOTE_TOLERANCE_S)
        return err_raise(ERR_LIMIT, "identity: expired");
    *out = identity;
    return ERR_NONE;
}

bool
identity_has_origin(const struct identity *identity, str origin)
{
    for (size_t i = 0; i < identity->origin_count; i++)
        if (str_is(identity->origins[i], origin))
            return true;
    return false;
}
