/* The storage chain of protocol/channel.md, section 5. A key is made, used once and wiped; nothing here can go back one step. */
#include "channel/entry.h"

#include "base/alloc.h"
#include "base/rand.h"
#include "channel/pad.h"
#include "crypt/aead.h"
#include "crypt/hkdf.h"
#include "crypt/hpke.h"

#include <string.h>

static void
entry_u32(uint32_t n, char out[4])
{
    for (int i = 0; i < 4; i++)
        out[i] = (char)(n >> (24 - 8 * i));
}

/* info = label ‖ conversation ‖ n; label is 13 bytes, "privet/1 wrap" or "privet/1 turn". */
static void
entry_info(const char label[14], const unsigned char conversation[16], uint32_t n, unsigned char out[33])
{
    memcpy(out, label, 13);
    memcpy(out + 13, conversation, 16);
    entry_u32(n, (char *)out + 29);
}

enum err
entry_wrap(struct entry_chain *chain, const unsigned char history[32], unsigned char wrap[80])
{
    struct hpke hpke;
    unsigned char info[33], key[32];

    rand_bytes(key, sizeof key);
    entry_info("privet/1 wrap", chain->conversation, chain->n, info);
    TRY(hpke_send(history, str_bytes(info, 33), (struct hpke_psk){{"", 0}, {"", 0}}, wrap, &hpke));
    enum err err = hpke_seal(&hpke, STR(""), str_bytes(key, 32), wrap + HPKE_ENC_BYTES);
    if (err == ERR_NONE)
        memcpy(chain->key, key, 32);
    hpke_wipe(&hpke);
    alloc_wipe(key, sizeof key);
    return err;
}

enum err
entry_unwrap(struct entry_chain *chain, const unsigned char history_secret[32], uint32_t from, const unsigned char wrap[80])
{
    struct hpke hpke;
    unsigned char info[33];

    entry_info("privet/1 wrap", chain->conversation, from, info);
    TRY(hpke_receive(history_secret, wrap, str_bytes(info, 33), (struct hpke_psk){{"", 0}, {"", 0}}, &hpke));
    enum err err = hpke_open(&hpke, STR(""), str_bytes(wrap + HPKE_ENC_BYTES, 48), chain->key);
    hpke_wipe(&hpke);
    return err;
}

/* k_n ‖ commit_n = HKDF(salt = SLOT, ikm = C_n, info, 64). */
static void
entry_keys(const struct entry_chain *chain, unsigned char keys[64])
{
    unsigned char info[33], prk[32];
    str all = str_bytes(info, 33);

    entry_info("privet/1 turn", chain->conversation, chain->n, info);
    hkdf_extract(str_bytes(chain->slot, 32), str_bytes(chain->key, 32), prk);
    hkdf_expand(str_bytes(prk, 32), &all, 1, keys, 64);
    alloc_wipe(prk, sizeof prk);
}

/* aad = 01 ‖ conversation ‖ n ‖ author ‖ SHA256(ct_{n-1}) ‖ commit_n. */
static void
entry_aad(const struct entry_chain *chain, char author, const unsigned char commit[32], unsigned char aad[86])
{
    aad[0] = 1;
    memcpy(aad + 1, chain->conversation, 16);
    entry_u32(chain->n, (char *)aad + 17);
    aad[21] = (unsigned char)author;
    memcpy(aad + 22, chain->previous, 32);
    memcpy(aad + 54, commit, 32);
}

static void
entry_step(struct entry_chain *chain, str ct)
{
    unsigned char next[32];
    str label = STR("next");

    hkdf_expand(str_bytes(chain->key, 32), &label, 1, next, 32);
    memcpy(chain->key, next, 32);
    alloc_wipe(next, sizeof next);
    hkdf_hash(&ct, 1, chain->previous);
    chain->n++;
}

enum err
entry_seal(struct entry_chain *chain, char author, str text, unsigned char commit[32], struct buf *ct)
{
    static const unsigned char nonce[12] = {0}; /* k_n seals one entry */
    unsigned char keys[64], aad[86];
    static _Thread_local unsigned char room[PAD_BUCKET_MAX + AEAD_TAG_BYTES];

    if (text.len > PAD_DATA_MAX)
        return err_raise(ERR_LIMIT, "entry: too long");
    size_t bucket = pad_bucket(text.len);
    entry_keys(chain, keys);
    entry_aad(chain, author, keys + 32, aad);
    pad_write(text, bucket, room);
    enum err err = aead_seal(keys, nonce, str_bytes(aad, 86), str_bytes(room, bucket), room);
    if (err == ERR_NONE)
        err = buf_add(ct, room, bucket + AEAD_TAG_BYTES);
    if (err == ERR_NONE) {
        memcpy(commit, keys + 32, 32);
        entry_step(chain, str_bytes(room, bucket + AEAD_TAG_BYTES));
    }
    alloc_wipe(keys, sizeof keys);
    alloc_wipe(room, bucket);
    return err;
}

enum err
entry_open(struct entry_chain *chain, char author, const unsigned char commit[32], str ct, struct buf *text)
{
    static const unsigned char nonce[12] = {0};
    unsigned char keys[64], aad[86];
    static _Thread_local unsigned char room[PAD_BUCKET_MAX];
    str data;

    if (ct.len < AEAD_TAG_BYTES || !pad_is_bucket(ct.len - AEAD_TAG_BYTES))
        return err_raise(ERR_INPUT, "entry: length");
    entry_keys(chain, keys);
    bool fits = str_is_equal_secret(str_bytes(keys + 32, 32), str_bytes(commit, 32));
    entry_aad(chain, author, commit, aad);
    enum err err = fits ? aead_open(keys, nonce, str_bytes(aad, 86), ct, room) : err_raise(ERR_INPUT, "entry: commitment");
    alloc_wipe(keys, sizeof keys);
    if (err == ERR_NONE)
        err = pad_parse(str_bytes(room, ct.len - AEAD_TAG_BYTES), &data);
    if (err == ERR_NONE)
        err = buf_add_str(text, data);
    if (err == ERR_NONE)
        entry_step(chain, ct);
    alloc_wipe(room, sizeof room);
    return err;
}

/* state = 01 ‖ n(4) ‖ nonce(12) ‖ ct; aad = "privet/1 state" ‖ conversation ‖ n. */
static void
entry_state_aad(const unsigned char conversation[16], uint32_t n, unsigned char aad[34])
{
    memcpy(aad, "privet/1 state", 14);
    memcpy(aad + 14, conversation, 16);
    entry_u32(n, (char *)aad + 30);
}

enum err
entry_state_seal(const unsigned char key[32], const unsigned char conversation[16], uint32_t n, str state, struct buf *out)
{
    unsigned char aad[34], nonce[12];
    static _Thread_local unsigned char room[8192 + AEAD_TAG_BYTES];

    if (state.len > 8192)
        return err_raise(ERR_LIMIT, "entry: dialogue state too long");
    entry_state_aad(conversation, n, aad);
    rand_bytes(nonce, sizeof nonce);
    TRY(aead_seal(key, nonce, str_bytes(aad, 34), state, room));
    TRY(buf_add_u8(out, 1));
    TRY(buf_add_u32(out, n));
    TRY(buf_add(out, nonce, 12));
    return buf_add(out, room, state.len + AEAD_TAG_BYTES);
}

enum err
entry_state_open(const unsigned char key[32], const unsigned char conversation[16], uint32_t n, str sealed, struct buf *state)
{
    unsigned char aad[34];
    struct view view = {(const unsigned char *)sealed.at, sealed.len};
    static _Thread_local unsigned char room[8192];
    const unsigned char *nonce;
    uint8_t version = 0;
    uint32_t at = 0;

    TRY(buf_view_u8(&view, &version));
    TRY(buf_view_u32(&view, &at));
    TRY(buf_view_bytes(&view, 12, &nonce));
    if (version != 1 || view.len < AEAD_TAG_BYTES || view.len > sizeof room)
        return err_raise(ERR_INPUT, "entry: not a dialogue state");
    if (at != n)
        return err_raise(ERR_ABSENT, "entry: dialogue state of another turn");
    entry_state_aad(conversation, n, aad);
    TRY(aead_open(key, nonce, str_bytes(aad, 34), str_bytes(view.at, view.len), room));
    enum err err = buf_add(state, room, view.len - AEAD_TAG_BYTES);
    alloc_wipe(room, sizeof room);
    return err;
}
