/* Signed notes. It accepts one byte form per note, so that the hash of a note names it, and never a second signature. */
#include "crypt/note.h"

#include "crypt/base64.h"
#include "crypt/hkdf.h"
#include "crypt/sign.h"

#include <string.h>

#define NOTE_DASH STR("\xE2\x80\x94 ")
#define NOTE_ALGORITHM ((str){"\x01", 1}) /* Ed25519 */

static bool
note_name_is_good(str name)
{
    if (name.len == 0 || name.len > NOTE_NAME_MAX_BYTES || !str_is_utf8(name))
        return false;
    for (size_t i = 0; i < name.len; i++)
        if ((unsigned char)name.at[i] <= ' ' || name.at[i] == '+' || name.at[i] == 0x7F)
            return false;
    return true;
}

static void
note_key_hash(str name, const unsigned char public[32], unsigned char out[4])
{
    unsigned char hash[32];
    hkdf_hash(HKDF_PIECES(name, STR("\n"), NOTE_ALGORITHM, str_bytes(public, 32)), hash);
    memcpy(out, hash, 4);
}

enum err
note_key_write(struct buf *buf, str name, const unsigned char public[32])
{
    unsigned char hash[4], key[33];

    if (!note_name_is_good(name))
        return err_raise(ERR_INPUT, "note: bad name");
    note_key_hash(name, public, hash);
    key[0] = 1;
    memcpy(key + 1, public, 32);
    TRY(buf_add_str(buf, name));
    TRY(buf_add_u8(buf, '+'));
    TRY(base64_hex_write(buf, str_bytes(hash, 4)));
    TRY(buf_add_u8(buf, '+'));
    return base64_write(buf, BASE64_PLAIN, str_bytes(key, 33));
}

enum err
note_key_parse(str text, struct note_key *out)
{
    str name, hash_text;
    str rest = text;
    unsigned char hash[4], expected[4], key[33];

    if (!str_split(&rest, '+', &name) || !str_split(&rest, '+', &hash_text) || !rest.at || !note_name_is_good(name))
        return err_raise(ERR_INPUT, "note: not a verifier key");
    TRY(base64_hex_parse_exact(hash_text, hash, 4));
    TRY(base64_parse_exact(BASE64_PLAIN, rest, key, 33));
    if (key[0] != 1)
        return err_raise(ERR_INPUT, "note: the key is not Ed25519");
    note_key_hash(name, key + 1, expected);
    if (memcmp(hash, expected, 4) != 0)
        return err_raise(ERR_INPUT, "note: the key's hash does not fit");
    if (!sign_key_is_good(key + 1))
        return err_raise(ERR_INPUT, "note: the key is of small order or off the curve");
    out->name = name;
    memcpy(out->public, key + 1, 32);
    return ERR_NONE;
}

enum err
note_sign(struct buf *buf, str text, str name, struct secret *seed)
{
    unsigned char public[32], hashed[4 + 64];

    if (!note_name_is_good(name))
        return err_raise(ERR_INPUT, "note: bad name");
    if (text.len == 0 || text.at[text.len - 1] != '\n' || !str_is_utf8(text) || text.len > NOTE_MAX_BYTES - 256)
        return err_raise(ERR_INPUT, "note: bad text");
    sign_public(seed, public);
    note_key_hash(name, public, hashed);
    sign_make(seed, text, hashed + 4);
    TRY(buf_add_str(buf, text));
    TRY(buf_add_u8(buf, '\n'));
    TRY(buf_add_str(buf, NOTE_DASH));
    TRY(buf_add_str(buf, name));
    TRY(buf_add_u8(buf, ' '));
    TRY(base64_write(buf, BASE64_PLAIN, str_bytes(hashed, sizeof hashed)));
    return buf_add_u8(buf, '\n');
}

/* Where the signature line begins: after the last empty line. */
static enum err
note_cut(str note, str *text, str *line)
{
    if (note.len < 8 || note.len > NOTE_MAX_BYTES || !str_is_utf8(note) || note.at[note.len - 1] != '\n')
        return err_raise(ERR_INPUT, "note: not a note");
    for (size_t i = note.len - 2; i > 0; i--) {
        if (note.at[i] != '\n')
            continue;
        if (note.at[i - 1] != '\n')
            return err_raise(ERR_INPUT, "note: more than one signature");
        *text = (str){note.at, i};
        *line = (str){note.at + i + 1, note.len - i - 2};
        return ERR_NONE;
    }
    return err_raise(ERR_INPUT, "note: no signature");
}

enum err
note_open(str note, const struct note_key *key, str *text)
{
    str body, line, name;
    unsigned char hashed[4 + 64], hash[4];

    TRY(note_cut(note, &body, &line));
    if (!str_has_prefix(line, NOTE_DASH))
        return err_raise(ERR_INPUT, "note: bad signature line");
    str rest = str_slice(line, NOTE_DASH.len, line.len);
    if (!str_split(&rest, ' ', &name) || !rest.at)
        return err_raise(ERR_INPUT, "note: bad signature line");
    TRY(base64_parse_exact(BASE64_PLAIN, rest, hashed, sizeof hashed));
    note_key_hash(key->name, key->public, hash);
    if (!str_is(name, key->name) || memcmp(hash, hashed, 4) != 0)
        return err_raise(ERR_ABSENT, "note: signed by another key");
    TRY(sign_check(key->public, body, hashed + 4));
    *text = body;
    return ERR_NONE;
}

enum err
note_line(str *rest, str label, str *value)
{
    str line;
    str left = *rest;

    if (left.len == 0 || !str_split(&left, '\n', &line) || !left.at)
        return err_raise(ERR_INPUT, "note: a line is missing");
    if (!value && !str_is(line, label))
        return err_raise(ERR_INPUT, "note: not the line that belongs here");
    if (value && (!str_has_prefix(line, label) || line.len < label.len + 2 || line.at[label.len] != ' '))
        return err_raise(ERR_INPUT, "note: not the line that belongs here");
    if (value)
        *value = str_slice(line, label.len + 1, line.len);
    *rest = left;
    return ERR_NONE;
}
