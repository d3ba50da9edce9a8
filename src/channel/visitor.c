/* The visitor's side, as web/channel does it. It never trusts a note that it has not checked. */
#include "channel/visitor.h"

#include "base/alloc.h"
#include "base/rand.h"
#include "crypt/hkdf.h"
#include "crypt/hpke.h"
#include "crypt/sign.h"

#include <string.h>

enum err
visitor_init(struct visitor *visitor)
{
    unsigned char seed[32];

    *visitor = (struct visitor){.device = NULL};
    TRY(secret_make(32, &visitor->device));
    rand_bytes(seed, 32);
    /* A visitor's DS is not a long-term key of ours; its bytes reach the guarded page by way of the crypt room. */
    sign_seed_set(visitor->device, seed);
    alloc_wipe(seed, sizeof seed);
    hpke_pair(visitor->history_secret, visitor->history);
    return ERR_NONE;
}

void
visitor_done(struct visitor *visitor)
{
    secret_free(&visitor->device);
    alloc_wipe(visitor, sizeof *visitor);
}

/* ct0's plaintext: len(2) ‖ c_pub ‖ random(16) ‖ origin_len(1) ‖ origin ‖ flags(2) ‖ DS_pub ‖ AHK_pub ‖ zeros to 512. */
static enum err
visitor_first_words(struct visitor *visitor, str origin, unsigned char plain[512])
{
    unsigned char random[16], client[32], device[32];
    BUF_SCOPE(inner, 512);

    if (origin.len > VAULT_ORIGIN_MAX_BYTES)
        return err_raise(ERR_INPUT, "visitor: origin too long");
    hpke_pair(visitor->client_secret, client);
    rand_bytes(random, sizeof random);
    sign_public(visitor->device, device);
    TRY(buf_add_u16(&inner, (uint16_t)(32 + 16 + 1 + origin.len + 2 + 64)));
    TRY(buf_add(&inner, client, 32));
    TRY(buf_add(&inner, random, 16));
    TRY(buf_add_u8(&inner, (uint8_t)origin.len));
    TRY(buf_add_str(&inner, origin));
    TRY(buf_add_u16(&inner, visitor->flags));
    TRY(buf_add(&inner, device, 32));
    TRY(buf_add(&inner, visitor->history, 32));
    memset(plain, 0, 512);
    memcpy(plain, inner.at, inner.len);
    return ERR_NONE;
}

enum err
visitor_seal_m1(struct visitor *visitor, const struct keynote_key *key, str keys_note, str origin)
{
    unsigned char info[14 + 32], plain[512];
    unsigned char *m1 = visitor->m1;
    struct hpke hpke;

    TRY(visitor_first_words(visitor, origin, plain));
    m1[0] = 1;
    m1[1] = 0;
    m1[2] = KEYNOTE_SUITE;
    memcpy(m1 + 3, key->kid, 8);
    memcpy(info, "privet/1 open\0", 14);
    hkdf_hash(&keys_note, 1, info + 14);
    enum err err = hpke_send(key->public, str_bytes(info, sizeof info), (struct hpke_psk){{"", 0}, {"", 0}}, m1 + 11, &hpke);
    if (err == ERR_NONE) {
        err = hpke_seal(&hpke, str_bytes(m1, 43), str_bytes(plain, 512), m1 + 43);
        hpke_export(&hpke, STR("privet/1 psk"), visitor->psk, 32);
        hpke_wipe(&hpke);
    }
    alloc_wipe(plain, sizeof plain);
    return err;
}

enum err
visitor_check(const struct visitor_notes *notes, str origin, struct visitor_server *out)
{
    struct note_key root;
    struct visitor_server server;

    TRY(note_key_parse(notes->root, &root));
    TRY(identity_open(notes->identity, &root, notes->now_s, &server.identity));
    TRY(keynote_open(notes->keys, notes->identity, &server.identity.online, notes->now_s, &server.keys));
    if (server.identity.serial < notes->seen_identity || server.keys.serial < notes->seen_keys)
        return err_raise(ERR_DENIED, "visitor: rolled back");
    if (!identity_has_origin(&server.identity, origin))
        return err_raise(ERR_DENIED, "visitor: foreign origin");
    *out = server;
    return ERR_NONE;
}

enum err
visitor_open(struct visitor *visitor, const struct visitor_notes *notes, str origin)
{
    struct visitor_server server;

    TRY(visitor_check(notes, origin, &server));
    return visitor_seal_m1(visitor, &server.keys.keys[0], notes->keys, origin);
}

enum err
visitor_accept(struct visitor *visitor, str m2)
{
    unsigned char info[16 + 32 + 16], plain[256];
    const unsigned char *at = (const unsigned char *)m2.at;
    str m1 = str_bytes(visitor->m1, sizeof visitor->m1);
    struct hpke hpke;

    if (m2.len != HANDSHAKE_M2_BYTES || at[0] != 2)
        return err_raise(ERR_INPUT, "visitor: not an M2");
    memcpy(info, "privet/1 accept\0", 16);
    hkdf_hash(&m1, 1, info + 16);
    memcpy(info + 48, at + 1, 16);
    TRY(hpke_receive(visitor->client_secret, at + 17, str_bytes(info, sizeof info),
                     (struct hpke_psk){str_bytes(visitor->psk, 32), STR("privet/1")}, &hpke));
    enum err err = hpke_open(&hpke, str_slice(m2, 0, 49), str_slice(m2, 49, 272), plain);
    if (err == ERR_NONE)
        err = handshake_welcome_parse(plain, &visitor->welcome);
    if (err == ERR_NONE) {
        visitor->session = (struct session){.turn = 0};
        memcpy(visitor->session.id, at + 1, 16);
        handshake_keys(&hpke, m1, m2, &visitor->session);
    }
    hpke_wipe(&hpke);
    alloc_wipe(plain, sizeof plain);
    return err;
}

void
visitor_proof(struct visitor *visitor, unsigned char signature[64])
{
    unsigned char text[15 + 32];

    memcpy(text, "privet/1 device", 15);
    memcpy(text + 15, visitor->session.th, 32);
    sign_make(visitor->device, str_bytes(text, sizeof text), signature);
}

enum err
visitor_request(struct visitor *visitor, str request, struct buf *out)
{
    return record_request_seal(&visitor->session, request, visitor->request_hash, out);
}

enum err
visitor_reply(struct visitor *visitor, str body, struct buf *reply)
{
    return record_reply_open(&visitor->session, visitor->request_hash, body, reply);
}

void
visitor_step(struct visitor *visitor)
{
    record_step(&visitor->session);
}

/* Opens the row at the chain's place, with a fresh chain key where a wrap begins. */
static enum err
visitor_read_row(const struct visitor *visitor, const struct visitor_history *history, struct entry_chain *chain, struct buf *texts)
{
    const struct visitor_row *row = &history->rows[chain->n];

    if (row->n != chain->n)
        return err_raise(ERR_INPUT, "visitor: a row is missing or moved");
    for (size_t i = 0; i < history->wrap_count; i++)
        if (history->wraps[i].from == chain->n)
            TRY(entry_unwrap(chain, visitor->history_secret, chain->n, history->wraps[i].wrap));
    TRY(entry_open(chain, row->author, row->commit, row->ct, texts));
    return buf_add_u8(texts, '\n');
}

enum err
visitor_read(const struct visitor *visitor, const struct visitor_history *history, struct buf *texts)
{
    struct entry_chain chain = {.n = 0};
    enum err err = ERR_NONE;
    BUF_SCOPE(all, texts->max_bytes);

    if (history->row_count != history->entries)
        return err_raise(ERR_INPUT, "visitor: not all rows");
    memcpy(chain.conversation, history->conversation, sizeof chain.conversation);
    memcpy(chain.slot, history->slot, sizeof chain.slot);
    while (err == ERR_NONE && chain.n < history->row_count)
        err = visitor_read_row(visitor, history, &chain, &all);
    alloc_wipe(&chain, sizeof chain);
    TRY(err);
    return buf_add_str(texts, buf_str(&all));
}
