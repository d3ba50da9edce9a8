/* The key note: short-lived, written and read in one form. It never names a key for a suite that we do not speak. */
#include "crypt/keynote.h"

#include "crypt/base64.h"
#include "crypt/hkdf.h"

#include <inttypes.h>
#include <string.h>

void
keynote_kid(const unsigned char public[32], unsigned char kid[8])
{
    unsigned char hash[32];
    hkdf_hash(HKDF_PIECES(str_bytes(public, 32)), hash);
    memcpy(kid, hash, 8);
}

enum err
keynote_write(struct buf *buf, const struct keynote *keynote)
{
    if (keynote->key_count == 0 || keynote->key_count > KEYNOTE_KEYS_MAX)
        return err_raise(ERR_INPUT, "keynote: no key, or too many");
    TRY(buf_add_text(buf, "privet-keys/1\nname %.*s\nserial %" PRIu64 "\nvalid %" PRIu64 " %" PRIu64 "\nidentity ",
                     STR_ARG(keynote->name), keynote->serial, keynote->from_s, keynote->to_s));
    TRY(base64_hex_write(buf, str_bytes(keynote->identity_hash, 32)));
    for (size_t i = 0; i < keynote->key_count; i++) {
        TRY(buf_add_str(buf, STR("\nkem 0001 ")));
        TRY(base64_hex_write(buf, str_bytes(keynote->keys[i].kid, 8)));
        TRY(buf_add_text(buf, " %u ", keynote->keys[i].node));
        TRY(base64_write(buf, BASE64_PLAIN, str_bytes(keynote->keys[i].public, 32)));
    }
    return buf_add_u8(buf, '\n');
}

static enum err
keynote_parse_key(str line, struct keynote_key *out)
{
    str suite, kid, node;
    uint64_t number = 0;
    unsigned char expected[8];

    if (!str_split(&line, ' ', &suite) || !str_split(&line, ' ', &kid) || !str_split(&line, ' ', &node) || !line.at)
        return err_raise(ERR_INPUT, "keynote: bad kem line");
    if (!str_is(suite, STR("0001")))
        return err_raise(ERR_INPUT, "keynote: unknown suite");
    TRY(base64_hex_parse_exact(kid, out->kid, 8));
    TRY(str_parse_u64(node, 255, &number));
    TRY(base64_parse_exact(BASE64_PLAIN, line, out->public, 32));
    keynote_kid(out->public, expected);
    if (memcmp(expected, out->kid, 8) != 0)
        return err_raise(ERR_INPUT, "keynote: the kid does not fit");
    out->node = (uint8_t)number;
    return ERR_NONE;
}

static enum err
keynote_parse(str text, struct keynote *out)
{
    str rest = text, value, from;

    TRY(note_line(&rest, STR("privet-keys/1"), NULL));
    TRY(note_line(&rest, STR("name"), &out->name));
    TRY(note_line(&rest, STR("serial"), &value));
    TRY(str_parse_u64(value, INT64_MAX, &out->serial));
    TRY(note_line(&rest, STR("valid"), &value));
    if (!str_split(&value, ' ', &from) || !value.at)
        return err_raise(ERR_INPUT, "keynote: valid wants two times");
    TRY(str_parse_u64(from, INT64_MAX, &out->from_s));
    TRY(str_parse_u64(value, INT64_MAX, &out->to_s));
    TRY(note_line(&rest, STR("identity"), &value));
    TRY(base64_hex_parse_exact(value, out->identity_hash, 32));
    while (rest.len > 0) {
        TRY(note_line(&rest, STR("kem"), &value));
        if (out->key_count == KEYNOTE_KEYS_MAX)
            return err_raise(ERR_INPUT, "keynote: too many keys");
        TRY(keynote_parse_key(value, &out->keys[out->key_count++]));
    }
    return out->key_count > 0 ? ERR_NONE : err_raise(ERR_INPUT, "keynote: no key");
}

/* ONLINE's name is the server's, followed by "/online". */
static bool
keynote_name_fits(const struct keynote *keynote, str online)
{
    return str_has_prefix(online, keynote->name) &&
           str_is(str_slice(online, keynote->name.len, SIZE_MAX), STR("/online"));
}

enum err
keynote_open(str note, str identity_note, const struct note_key *online, uint64_t now_s, struct keynote *out)
{
    struct keynote keynote = {0};
    unsigned char hash[32];
    str text;

    TRY(note_open(note, online, &text));
    TRY(keynote_parse(text, &keynote));
    BUF_SCOPE(again, NOTE_MAX_BYTES);
    TRY(keynote_write(&again, &keynote));
    if (!str_is(buf_str(&again), text) || keynote.from_s >= keynote.to_s)
        return err_raise(ERR_INPUT, "keynote: not canonical");
    hkdf_hash(&identity_note, 1, hash);
    if (memcmp(hash, keynote.identity_hash, 32) != 0 || !keynote_name_fits(&keynote, online->name))
        return err_raise(ERR_INPUT, "keynote: belongs to another identity note");
    if (now_s + NOTE_TOLERANCE_S < keynote.from_s)
        return err_raise(ERR_LIMIT, "keynote: not yet valid");
    if (now_s > keynote.to_s + NOTE_TOLERANCE_S)
        return err_raise(ERR_LIMIT, "keynote: expired");
    *out = keynote;
    return ERR_NONE;
}
