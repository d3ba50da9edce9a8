/* The vault's state and operations (protocol/channel.md, sections 1 to 3). Long-term keys stay in guarded memory; what
 * leaves is a signature, a sealed value, or the few keys that one visitor's session needs. EK never touches a disk. */
#include "vault/vault.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/rand.h"
#include "crypt/aead.h"
#include "crypt/hkdf.h"
#include "crypt/hpke.h"
#include "crypt/sign.h"
#include "crypt/keynote.h"

#include <string.h>

struct vault_ek {
    struct secret *secret;
    unsigned char public[32], kid[8];
    unsigned char note_hash[32]; /* of the key note that published it */
    uint64_t born_ms;
};

struct vault {
    struct keyfile keys;
    struct vault_ek now, before;
    struct buf identity, manifest, note;
    struct buf name; /* the server's */
    uint64_t serial;
};

static void
vault_derive(struct vault *vault, str label, str of, unsigned char out[32])
{
    hkdf_expand(str_bytes(secret_bytes(vault->keys.master), 32), HKDF_PIECES(label, of), out, 32);
}

static enum err
vault_note_sign(struct vault *vault, struct vault_ek *ek)
{
    BUF_SCOPE(text, NOTE_MAX_BYTES);
    BUF_SCOPE(signer, NOTE_NAME_MAX_BYTES);
    struct keynote keynote = {.name = buf_str(&vault->name), .key_count = 1};
    uint64_t now_ms = clock_unix_ms();

    keynote.serial = now_ms > vault->serial ? now_ms : vault->serial + 1;
    keynote.from_s = now_ms / 1000;
    keynote.to_s = keynote.from_s + KEYNOTE_SECONDS;
    str identity = buf_str(&vault->identity);
    hkdf_hash(&identity, 1, keynote.identity_hash);
    memcpy(keynote.keys[0].kid, ek->kid, 8);
    memcpy(keynote.keys[0].public, ek->public, 32);
    TRY(keynote_write(&text, &keynote));
    TRY(buf_add_text(&signer, "%.*s/online", STR_ARG(keynote.name)));
    buf_reset(&vault->note);
    TRY(note_sign(&vault->note, buf_str(&text), buf_str(&signer), vault->keys.online));
    vault->serial = keynote.serial;
    str note = buf_str(&vault->note);
    hkdf_hash(&note, 1, ek->note_hash);
    return ERR_NONE;
}

/* A fresh EK at start and every 24 hours; the one before opens first flights for another hour. */
static enum err
vault_rotate(struct vault *vault)
{
    uint64_t now_ms = clock_unix_ms();
    struct vault_ek fresh = {.born_ms = now_ms};

    if (vault->before.secret && now_ms > vault->now.born_ms + VAULT_EK_GRACE_MS)
        secret_free(&vault->before.secret);
    if (vault->now.secret && now_ms < vault->now.born_ms + VAULT_EK_LIFE_MS)
        return ERR_NONE;
    TRY(secret_make(32, &fresh.secret));
    hpke_pair(secret_bytes(fresh.secret), fresh.public);
    keynote_kid(fresh.public, fresh.kid);
    enum err err = vault_note_sign(vault, &fresh);
    if (err != ERR_NONE) {
        secret_free(&fresh.secret);
        return err;
    }
    secret_free(&vault->before.secret);
    vault->before = vault->now;
    vault->now = fresh;
    return ERR_NONE;
}

/* The note is not verified here, which takes ROOT: it is read for the name and the key that ROOT certified. */
static enum err
vault_read_identity(struct vault *vault, str identity)
{
    unsigned char public[32];
    BUF_SCOPE(line, NOTE_MAX_BYTES);
    str name;

    str rest = identity;
    TRY(note_line(&rest, STR("privet-identity/1"), NULL));
    TRY(note_line(&rest, STR("name"), &name));
    TRY(buf_add_str(&vault->name, name));
    sign_public(vault->keys.online, public);
    TRY(buf_add_str(&line, STR("\nonline ")));
    BUF_SCOPE(signer, NOTE_NAME_MAX_BYTES);
    TRY(buf_add_text(&signer, "%.*s/online", STR_ARG(name)));
    TRY(note_key_write(&line, buf_str(&signer), public));
    TRY(buf_add_u8(&line, '\n'));
    if (str_find(identity, buf_str(&line)) == SIZE_MAX)
        return err_raise(ERR_DENIED, "vault: the identity note names another online key");
    return buf_add_str(&vault->identity, identity);
}

static enum err
vault_fill(struct vault *vault, str identity, str manifest)
{
    BUF_SCOPE(signer, NOTE_NAME_MAX_BYTES);

    TRY(vault_read_identity(vault, identity));
    TRY(buf_add_text(&signer, "%.*s/online", STR_ARG(buf_str(&vault->name))));
    if (manifest.len > 0)
        TRY(note_sign(&vault->manifest, manifest, buf_str(&signer), vault->keys.online));
    return vault_rotate(vault);
}

enum err
vault_make(struct keyfile *keyfile, str identity, str manifest, struct vault **out)
{
    void *piece = NULL;

    TRY(alloc_make(1, sizeof(struct vault), &piece));
    struct vault *vault = piece;
    buf_init(&vault->identity, NOTE_MAX_BYTES);
    buf_init(&vault->manifest, NOTE_MAX_BYTES);
    buf_init(&vault->note, NOTE_MAX_BYTES);
    buf_init(&vault->name, NOTE_NAME_MAX_BYTES);
    vault->keys = *keyfile;
    *keyfile = (struct keyfile){NULL, NULL};
    enum err err = vault_fill(vault, identity, manifest);
    if (err != ERR_NONE) {
        vault_free(&vault);
        return err;
    }
    *out = vault;
    return ERR_NONE;
}

void
vault_free(struct vault **vault)
{
    if (!*vault)
        return;
    keyfile_free(&(*vault)->keys);
    secret_free(&(*vault)->now.secret);
    secret_free(&(*vault)->before.secret);
    buf_done(&(*vault)->identity);
    buf_done(&(*vault)->manifest);
    buf_done(&(*vault)->note);
    buf_done(&(*vault)->name);
    alloc_free(vault);
}

enum err
vault_notes(struct vault *vault, struct buf *out)
{
    const struct buf *const notes[] = {&vault->identity, &vault->note, &vault->manifest};

    TRY(vault_rotate(vault));
    for (size_t i = 0; i < 3; i++) {
        TRY(buf_add_u32(out, (uint32_t)notes[i]->len));
        TRY(buf_add_str(out, buf_str(notes[i])));
    }
    return ERR_NONE;
}

/* The plaintext of M1: len(2) ‖ c_pub ‖ random(16) ‖ origin_len(1) ‖ origin ‖ flags(2) ‖ DS_pub ‖ AHK_pub ‖ zeros. */
static enum err
vault_open_parse(const unsigned char plain[512], struct vault_opened *out)
{
    struct view view = {plain, 512};
    const unsigned char *client, *random, *origin, *device, *history;
    uint16_t len = 0;

    TRY(buf_view_u16(&view, &len));
    if (len > view.len)
        return err_raise(ERR_INPUT, "vault: length in M1");
    for (size_t i = len; i < view.len; i++)
        if (view.at[i] != 0)
            return err_raise(ERR_INPUT, "vault: padding in M1");
    view.len = len;
    TRY(buf_view_bytes(&view, 32, &client));
    TRY(buf_view_bytes(&view, 16, &random));
    TRY(buf_view_u8(&view, &out->origin_len));
    TRY(buf_view_bytes(&view, out->origin_len, &origin));
    TRY(buf_view_u16(&view, &out->flags));
    TRY(buf_view_bytes(&view, 32, &device));
    TRY(buf_view_bytes(&view, 32, &history));
    if (view.len != 0 || (out->flags & ~3u) != 0)
        return err_raise(ERR_INPUT, "vault: something else in M1");
    if (!sign_key_is_good(device) || !hpke_key_is_good(history) || !hpke_key_is_good(client))
        return err_raise(ERR_INPUT, "vault: a public key of small order in M1");
    memcpy(out->client, client, 32);
    memcpy(out->origin, origin, out->origin_len);
    memcpy(out->device, device, 32);
    memcpy(out->history, history, 32);
    return ERR_NONE;
}

static void
vault_open_derive(struct vault *vault, const struct hpke *hpke, struct vault_opened *out)
{
    unsigned char key[32];
    str device = str_bytes(out->device, 32);

    hpke_export(hpke, STR("privet/1 psk"), out->psk, 32);
    vault_derive(vault, STR("privet/1 device tag"), STR(""), key);
    hkdf_mac(str_bytes(key, 32), &device, 1, out->device_tag);
    vault_derive(vault, STR("privet/1 state key"), device, out->state_key);
    alloc_wipe(key, sizeof key);
}

enum err
vault_open(struct vault *vault, str m1, struct vault_opened *out)
{
    const unsigned char *at = (const unsigned char *)m1.at;
    unsigned char info[14 + 32], plain[512];
    struct hpke hpke;
    struct vault_opened opened = {.flags = 0};

    TRY(vault_rotate(vault));
    if (m1.len != VAULT_M1_BYTES || at[0] != 1 || at[1] != 0 || at[2] != KEYNOTE_SUITE)
        return err_raise(ERR_INPUT, "vault: not an M1");
    struct vault_ek *ek = memcmp(at + 3, vault->now.kid, 8) == 0 ? &vault->now : &vault->before;
    if (!ek->secret || memcmp(at + 3, ek->kid, 8) != 0)
        return err_raise(ERR_ABSENT, "vault: unknown key");
    memcpy(info, "privet/1 open\0", 14);
    memcpy(info + 14, ek->note_hash, 32);
    TRY(hpke_receive(secret_bytes(ek->secret), at + 11, str_bytes(info, sizeof info), (struct hpke_psk){{"", 0}, {"", 0}}, &hpke));
    enum err err = hpke_open(&hpke, str_slice(m1, 0, 43), str_slice(m1, 43, 528), plain);
    if (err == ERR_NONE)
        err = vault_open_parse(plain, &opened);
    if (err == ERR_NONE) {
        vault_open_derive(vault, &hpke, &opened);
        *out = opened;
    }
    alloc_wipe(&opened, sizeof opened);
    alloc_wipe(plain, sizeof plain);
    hpke_wipe(&hpke);
    return err;
}

enum err
vault_field_seal(struct vault *vault, str where, str value, struct buf *out)
{
    unsigned char key[32], nonce[12], sealed[VAULT_FIELD_MAX_BYTES + AEAD_TAG_BYTES];

    if (value.len > VAULT_FIELD_MAX_BYTES)
        return err_raise(ERR_LIMIT, "vault: a field has at most 4096 bytes");
    vault_derive(vault, STR("privet/1 field key"), where, key);
    rand_bytes(nonce, sizeof nonce);
    enum err err = aead_seal(key, nonce, STR(""), value, sealed);
    alloc_wipe(key, sizeof key);
    TRY(err);
    TRY(buf_add(out, nonce, sizeof nonce));
    return buf_add(out, sealed, value.len + AEAD_TAG_BYTES);
}

enum err
vault_field_open(struct vault *vault, str where, str sealed, struct buf *out)
{
    unsigned char key[32], plain[VAULT_FIELD_MAX_BYTES];

    if (sealed.len < 12 + AEAD_TAG_BYTES || sealed.len > sizeof plain + 12 + AEAD_TAG_BYTES)
        return err_raise(ERR_INPUT, "vault: not a sealed field");
    vault_derive(vault, STR("privet/1 field key"), where, key);
    enum err err = aead_open(key, (const unsigned char *)sealed.at, STR(""), str_slice(sealed, 12, sealed.len), plain);
    alloc_wipe(key, sizeof key);
    if (err == ERR_NONE)
        err = buf_add(out, plain, sealed.len - 12 - AEAD_TAG_BYTES);
    alloc_wipe(plain, sizeof plain);
    return err;
}
