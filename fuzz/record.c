/* Request and reply records: well sealed by the visitor, then cut, doubled, reordered, with other heads and other plaintexts, sealed
 * again with the right key. A request opens to what was said, in its turn, or not at all. */
#include "world/world.h"

#include "base/alloc.h"
#include "channel/pad.h"
#include "crypt/aead.h"
#include "crypt/hkdf.h"

#include <string.h>

/* One record as the input wishes it, under the key of `secret` and `bound`. */
static void
record_make(struct view *view, const struct session *session, const unsigned char secret[32], str bound, struct buf *out)
{
    static unsigned char room[PAD_BUCKET_MAX + AEAD_TAG_BYTES];
    unsigned char key[44], nonce[12], number[4] = {0};
    uint8_t what = world_u8(view);
    size_t bucket = (size_t)512 << (what & 1);
    uint32_t turn = what & 2 ? world_u32(view) : session->turn, idx = what & 4 ? world_u32(view) : (uint32_t)(what >> 6);
    uint8_t type = what & 8 ? world_u8(view) : (uint8_t)(what & 16 ? RECORD_REQUEST_PART : RECORD_REQUEST_LAST);
    size_t head;

    for (int i = 0; i < 4; i++)
        number[i] = (unsigned char)(turn >> (24 - 8 * i));
    hkdf_expand(str_bytes(secret, 32), HKDF_PIECES(STR("mk"), str_bytes(number, 4), bound), key, 44);
    memcpy(nonce, key + 32, 12);
    for (int i = 0; i < 4; i++)
        nonce[8 + i] ^= (unsigned char)(idx >> (24 - 8 * i));
    must(buf_add_u32(out, (uint32_t)(RECORD_HEAD_BYTES + bucket + AEAD_TAG_BYTES)) == ERR_NONE);
    head = out->len;
    must(buf_add_u8(out, type) == ERR_NONE && buf_add(out, session->id, 16) == ERR_NONE);
    must(buf_add_u32(out, turn) == ERR_NONE && buf_add_u32(out, idx) == ERR_NONE);
    memset(room, 0, bucket);
    str plain = world_part(view);
    memcpy(room, plain.at, plain.len < bucket ? plain.len : bucket);
    must(aead_seal(key, nonce, str_bytes(out->at + head, RECORD_HEAD_BYTES), str_bytes(room, bucket), room) == ERR_NONE);
    must(buf_add(out, room, bucket + AEAD_TAG_BYTES) == ERR_NONE);
}

/* Bytes of a body, changed where the input says. */
static void
record_disturb(struct view *view, struct buf *body)
{
    for (uint8_t left = world_u8(view) % 4; left > 0 && body->len > 0; left--)
        body->at[world_u16(view) % body->len] ^= world_u8(view);
    size_t cut = world_u16(view);
    if (cut < body->len)
        body->len -= cut;
}

static void
record_request_case(struct view *view, struct session *core, struct session *visitor, struct arena *arena)
{
    struct record_request request = {.cached = {NULL, 0}};
    enum refusal why = REFUSAL_NONE;
    uint8_t way = world_u8(view);
    uint32_t turn = core->turn;
    str answer;
    BUF_SCOPE(body, 1 << 20);

    for (uint8_t count = way % 4; count > 0; count--)
        record_make(view, core, core->up, (str){"", 0}, &body);
    if (way & 4)
        record_disturb(view, &body);
    if (way & 8)
        must(buf_add_str(&body, world_part(view)) == ERR_NONE);
    enum err err = record_open(core, arena, buf_str(&body), &request, &why);
    must((err == ERR_NONE) == (why == REFUSAL_NONE) && core->turn == turn);
    if (err != ERR_NONE || request.cached.at)
        return;
    must(record_words(request.words).len <= body.len && !core->is_ended);
    must(record_reply(core, request.request_hash, record_words(request.words), &answer) == ERR_NONE && core->turn == turn + 1);
    /* The visitor's half opens what core sealed, and steps with it. */
    BUF_SCOPE(reply, 1 << 20);
    must(record_reply_open(visitor, request.request_hash, answer, &reply) == ERR_NONE);
    must(str_is(buf_str(&reply), record_words(request.words)) && memcmp(visitor->up, core->up, 32) == 0);
}

static void
record_reply_case(struct view *view, struct session *visitor)
{
    unsigned char hash[32] = {7};
    BUF_SCOPE(body, 1 << 20);
    BUF_SCOPE(reply, 1 << 20);
    uint8_t way = world_u8(view);
    uint32_t turn = visitor->turn;

    for (uint8_t count = way % 4; count > 0; count--)
        record_make(view, visitor, visitor->dn, str_bytes(hash, 32), &body);
    record_disturb(view, &body);
    enum err err = record_reply_open(visitor, hash, buf_str(&body), &reply);
    must(visitor->turn == turn + (err == ERR_NONE) && (err == ERR_NONE || reply.len == 0));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    struct view view = {data, size};
    struct session core, visitor;

    if (!arena)
        must(arena_make(1 << 20, &arena) == ERR_NONE);
    world_session(&core, &visitor);
    for (int turns = 0; turns < 4 && view.len > 0 && !core.is_ended; turns++) {
        record_request_case(&view, &core, &visitor, arena);
        arena_reset(arena);
    }
    if (view.len > 0)
        record_reply_case(&view, &visitor);
    buf_done(&core.last_reply);
    return 0;
}
