/* Records. Every turn has its own keys; a reply's depend on the request's bytes. A record that fails ends the session, so that
 * nobody can try twice. It never gives out a part of a request that was not whole. */
#include "channel/record.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "channel/pad.h"
#include "crypt/aead.h"
#include "crypt/hkdf.h"

#include <string.h>

#define RECORD_COUNT_MAX ((uint32_t)1 << 16)

struct record_head {
    uint8_t type;
    const unsigned char *id;
    uint32_t turn, idx;
    str aad, ct;
};

static enum err
record_next(struct view *view, struct record_head *out)
{
    uint32_t length = 0;
    const unsigned char *at;

    TRY(buf_view_u32(view, &length));
    if (length < RECORD_HEAD_BYTES + AEAD_TAG_BYTES || !pad_is_bucket(length - RECORD_HEAD_BYTES - AEAD_TAG_BYTES))
        return err_raise(ERR_INPUT, "record: length");
    TRY(buf_view_bytes(view, length, &at));
    struct view head = {at, RECORD_HEAD_BYTES};
    TRY(buf_view_u8(&head, &out->type));
    TRY(buf_view_bytes(&head, 16, &out->id));
    TRY(buf_view_u32(&head, &out->turn));
    TRY(buf_view_u32(&head, &out->idx));
    out->aad = str_bytes(at, RECORD_HEAD_BYTES);
    out->ct = str_bytes(at + RECORD_HEAD_BYTES, length - RECORD_HEAD_BYTES);
    return ERR_NONE;
}

enum err
record_session_id(str body, unsigned char id[16])
{
    struct view view = {(const unsigned char *)body.at, body.len};
    struct record_head head;

    TRY(record_next(&view, &head));
    memcpy(id, head.id, 16);
    return ERR_NONE;
}

/* key(32) ‖ base(12) = Expand(secret, "mk" ‖ turn(4) ‖ bound, 44). */
static void
record_key(const unsigned char secret[32], uint32_t turn, str bound, unsigned char out[44])
{
    char number[4] = {(char)(turn >> 24), (char)(turn >> 16), (char)(turn >> 8), (char)turn};
    hkdf_expand(str_bytes(secret, 32), HKDF_PIECES(STR("mk"), str_bytes(number, 4), bound), out, 44);
}

static void
record_nonce(const unsigned char key[44], uint32_t idx, unsigned char nonce[12])
{
    memcpy(nonce, key + 32, 12);
    for (int i = 0; i < 4; i++)
        nonce[8 + i] ^= (unsigned char)(idx >> (24 - 8 * i));
}

static void
record_ratchet(unsigned char secret[32])
{
    unsigned char next[32];
    str label = STR("ck");
    hkdf_expand(str_bytes(secret, 32), &label, 1, next, 32);
    memcpy(secret, next, 32);
    alloc_wipe(next, sizeof next);
}

void
record_step(struct session *session)
{
    record_ratchet(session->up);
    record_ratchet(session->dn);
    session->turn++;
}

/* SHA-256 of the records joined, without the lengths that only stand on HTTP. */
static enum err
record_hash(str body, unsigned char out[32])
{
    struct view view = {(const unsigned char *)body.at, body.len};
    struct hkdf_digest digest;
    struct record_head head;

    hkdf_digest_init(&digest);
    while (view.len > 0) {
        TRY(record_next(&view, &head));
        hkdf_digest_add(&digest, str_bytes(head.aad.at, head.aad.len + head.ct.len));
    }
    hkdf_digest_done(&digest, out);
    return ERR_NONE;
}

/* Opens one record to `out`, which has room for its bucket; what was padding is zero again. */
static enum err
record_open_one(const unsigned char key[44], const struct record_head *head, unsigned char *out, size_t *len)
{
    unsigned char nonce[12];
    size_t bucket = head->ct.len - AEAD_TAG_BYTES;
    str data;

    record_nonce(key, head->idx, nonce);
    TRY(aead_open(key, nonce, head->aad, head->ct, out));
    enum err err = pad_parse(str_bytes(out, bucket), &data);
    if (err != ERR_NONE) {
        alloc_wipe(out, bucket);
        return err;
    }
    memmove(out, data.at, data.len);
    memset(out + data.len, 0, 2);
    *len = data.len;
    return ERR_NONE;
}

/* Opens all records of a body, in order, to `out`, which has room for body.len bytes. `types` are part and last. */
static enum err
record_open_all(const unsigned char key[44], str body, const struct session *session, const uint8_t types[2],
                unsigned char *out, size_t *out_len)
{
    struct view view = {(const unsigned char *)body.at, body.len};
    struct record_head head = {.type = types[0]};
    size_t done = 0, len = 0;

    for (uint32_t idx = 0; head.type == types[0]; idx++) {
        if (idx >= RECORD_COUNT_MAX)
            return err_raise(ERR_LIMIT, "record: too many");
        TRY(record_next(&view, &head));
        if (memcmp(head.id, session->id, 16) != 0 || head.turn != session->turn || head.idx != idx ||
            (head.type != types[0] && head.type != types[1]))
            return err_raise(ERR_INPUT, "record: header");
        TRY(record_open_one(key, &head, out + done, &len));
        done += len;
    }
    if (view.len > 0)
        return err_raise(ERR_INPUT, "record: bytes after the last one");
    *out_len = done;
    return ERR_NONE;
}

static enum err
record_refuse(struct session *session, bool ends, enum refusal refusal, enum refusal *why)
{
    session->is_ended = session->is_ended || ends;
    *why = refusal;
    return err_raise(ERR_INPUT, "record: refused");
}

enum err
record_open(struct session *session, struct arena *arena, str body, struct record_request *out, enum refusal *why)
{
    struct view view = {(const unsigned char *)body.at, body.len};
    static const uint8_t types[2] = {RECORD_REQUEST_PART, RECORD_REQUEST_LAST};
    struct record_head head;
    unsigned char key[44], hash[32];
    void *room = NULL;

    if (record_next(&view, &head) != ERR_NONE || record_hash(body, hash) != ERR_NONE)
        return record_refuse(session, false, REFUSAL_BAD_REQUEST, why);
    if (head.turn + 1 == session->turn && memcmp(hash, session->last_request, 32) == 0 && session->last_reply.len > 0 &&
        clock_steady_ms() - session->last_reply_ms <= SESSION_CACHE_MS) {
        out->cached = buf_str(&session->last_reply);
        return ERR_NONE;
    }
    if (head.turn < session->turn)
        return record_refuse(session, false, REFUSAL_REPLAY, why);
    if (head.turn > session->turn)
        return record_refuse(session, false, REFUSAL_OUT_OF_ORDER, why);
    if (session->turn >= SESSION_TURNS_MAX)
        return record_refuse(session, true, REFUSAL_EXPIRED, why);
    /* Opened where it stays: the plaintext is in the turn's arena and nowhere else. */
    if (arena_take(arena, body.len, 1, &room) != ERR_NONE)
        return record_refuse(session, true, REFUSAL_TOO_LARGE, why);
    size_t len = 0;
    record_key(session->up, session->turn, STR(""), key);
    enum err err = record_open_all(key, body, session, types, room, &len);
    alloc_wipe(key, sizeof key);
    if (err != ERR_NONE) {
        alloc_wipe(room, body.len);
        return record_refuse(session, true, err == ERR_LIMIT ? REFUSAL_TOO_LARGE : REFUSAL_BAD_SEAL, why);
    }
    *out = (struct record_request){.words = {str_bytes(room, len)}};
    memcpy(out->request_hash, hash, 32);
    return ERR_NONE;
}

/* Seals data as records of one turn, the last of them of type types[1]. */
static enum err
record_seal_all(const unsigned char key[44], str data, const struct session *session, const uint8_t types[2], struct buf *out)
{
    static _Thread_local unsigned char room[PAD_BUCKET_MAX + AEAD_TAG_BYTES];
    unsigned char nonce[12];
    size_t at = 0;
    uint32_t idx = 0;

    do {
        str part = str_slice(data, at, PAD_DATA_MAX);
        size_t bucket = pad_turn_bucket(part.len);
        at += part.len;
        TRY(buf_add_u32(out, (uint32_t)(RECORD_HEAD_BYTES + bucket + AEAD_TAG_BYTES)));
        size_t head = out->len;
        TRY(buf_add_u8(out, types[at == data.len]));
        TRY(buf_add(out, session->id, 16));
        TRY(buf_add_u32(out, session->turn));
        TRY(buf_add_u32(out, idx));
        pad_write(part, bucket, room);
        record_nonce(key, idx++, nonce);
        enum err err = aead_seal(key, nonce, str_bytes(out->at + head, RECORD_HEAD_BYTES), str_bytes(room, bucket), room);
        if (err == ERR_NONE)
            err = buf_add(out, room, bucket + AEAD_TAG_BYTES);
        if (err != ERR_NONE)
            alloc_wipe(room, bucket);
        TRY(err);
    } while (at < data.len && idx < RECORD_COUNT_MAX);
    return at == data.len ? ERR_NONE : err_raise(ERR_LIMIT, "record: too many");
}

/* What record_seal_all will add for so much data. */
static size_t
record_sealed_bytes(size_t len)
{
    size_t whole = len / PAD_DATA_MAX, rest = len % PAD_DATA_MAX, head = 4 + RECORD_HEAD_BYTES + AEAD_TAG_BYTES;

    return whole * (head + PAD_BUCKET_MAX) + (rest > 0 || whole == 0 ? head + pad_turn_bucket(rest) : 0);
}

enum err
record_reply(struct session *session, const unsigned char request_hash[32], str reply, str *out)
{
    static const uint8_t types[2] = {RECORD_REPLY_CHUNK, RECORD_REPLY_FINAL};
    unsigned char key[44];

    record_key(session->dn, session->turn, str_bytes(request_hash, 32), key);
    buf_reset(&session->last_reply);
    enum err err = buf_fit(&session->last_reply, record_sealed_bytes(reply.len));
    if (err == ERR_NONE)
        err = record_seal_all(key, reply, session, types, &session->last_reply);
    alloc_wipe(key, sizeof key);
    if (err != ERR_NONE) {
        session->is_ended = true;
        return err;
    }
    memcpy(session->last_request, request_hash, 32);
    session->last_reply_ms = clock_steady_ms();
    record_step(session);
    *out = buf_str(&session->last_reply);
    return ERR_NONE;
}

str
record_words(said words)
{
    return words.words;
}

enum err
record_request_seal(struct session *session, str request, unsigned char request_hash[32], struct buf *out)
{
    static const uint8_t types[2] = {RECORD_REQUEST_PART, RECORD_REQUEST_LAST};
    unsigned char key[44];
    size_t from = out->len;

    record_key(session->up, session->turn, STR(""), key);
    enum err err = record_seal_all(key, request, session, types, out);
    alloc_wipe(key, sizeof key);
    TRY(err);
    return record_hash(str_bytes(out->at + from, out->len - from), request_hash);
}

enum err
record_reply_open(struct session *session, const unsigned char request_hash[32], str body, struct buf *reply)
{
    static const uint8_t types[2] = {RECORD_REPLY_CHUNK, RECORD_REPLY_FINAL};
    unsigned char key[44];
    void *room = NULL;

    TRY(alloc_make(body.len, 1, &room));
    size_t len = 0;
    record_key(session->dn, session->turn, str_bytes(request_hash, 32), key);
    enum err err = record_open_all(key, body, session, types, room, &len);
    alloc_wipe(key, sizeof key);
    if (err == ERR_NONE)
        err = buf_add(reply, room, len);
    alloc_wipe(room, body.len);
    alloc_free(&room);
    TRY(err);
    record_step(session);
    return ERR_NONE;
}
