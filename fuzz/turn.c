/* Whole turns: JSON of the fuzzer's, well sealed, through every step of the table to the store and back. Parted by lines of "%%%", each
 * part is one request of the same session; "$ID", "$NOTICE" and "$STATE" in it are replaced by what fits. Each is answered, the
 * answer opens, and it is JSON. */
#include "world/world.h"

#include "base/alloc.h"
#include "base/rand.h"
#include "crypt/base64.h"
#include "crypt/hpke.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static struct turn_room room;
static struct session visitor;
static unsigned char history[32];
static struct buf state = {NULL, 0, 0, 1 << 17};

/* Copies `input`, the three marks replaced. */
static void
turn_request(str input, struct buf *out)
{
    unsigned char id[16], version[8];
    struct notice notice;
    const struct bot *bot = NULL;
    struct site *site = world_site();

    must(bot_slot_take(site->bots, &bot) == ERR_NONE);
    site_notice(site, bot, STR("en"), &notice);
    must(notice_version(&notice, version) == ERR_NONE);
    bot_slot_release(site->bots, &bot);
    rand_bytes(id, sizeof id);
    for (size_t i = 0; i < input.len; i++) {
        str rest = str_slice(input, i, SIZE_MAX);
        if (str_has_prefix(rest, STR("$ID"))) {
            must(base64_write(out, BASE64_URL, str_bytes(id, 16)) == ERR_NONE);
            i += 2;
        } else if (str_has_prefix(rest, STR("$NOTICE"))) {
            must(base64_hex_write(out, str_bytes(version, 8)) == ERR_NONE);
            i += 6;
        } else if (str_has_prefix(rest, STR("$STATE"))) {
            must(buf_add_str(out, buf_str(&state)) == ERR_NONE);
            i += 5;
        } else {
            must(buf_add_u8(out, (uint8_t)input.at[i]) == ERR_NONE);
        }
    }
}

static void
turn_check_reply(str reply)
{
    json_error_t error;
    json_t *parsed = json_loadb(reply.at, reply.len, JSON_REJECT_DUPLICATES, &error);

    must(parsed && json_string_value(json_object_get(parsed, "kind")));
    const char *next = json_string_value(json_object_get(parsed, "state"));
    buf_reset(&state);
    if (next)
        must(buf_add_str(&state, str_from(next)) == ERR_NONE);
    json_decref(parsed);
}

static void
turn_one(str input)
{
    struct turn_answer answer;
    unsigned char hash[32];
    BUF_SCOPE(request, 1 << 22);
    BUF_SCOPE(body, 1 << 23);
    BUF_SCOPE(reply, 1 << 22);

    turn_request(input, &request);
    must(record_request_seal(&visitor, buf_str(&request), hash, &body) == ERR_NONE);
    must(turn_run(world_site(), &room, buf_str(&body), &answer));
    must(answer.refusal == REFUSAL_NONE);
    must(record_reply_open(&visitor, hash, answer.body, &reply) == ERR_NONE);
    turn_end(world_site(), &room, &answer);
    turn_check_reply(buf_str(&reply));
}

static void
turn_start_session(void)
{
    struct session *core = NULL, like;
    unsigned char secret[32];

    if (history[0] == 0)
        hpke_pair(secret, history);
    must(session_add(world_site()->sessions, 0, &core) == ERR_NONE);
    world_session(&like, &visitor);
    memcpy(visitor.id, core->id, 16);
    memcpy(core->up, visitor.up, 32);
    memcpy(core->dn, visitor.dn, 32);
    memcpy(core->state_key, visitor.state_key, 32);
    memcpy(core->device_tag, visitor.device_tag, 32);
    memcpy(core->history, history, 32);
    core->is_proven = true;
    session_give(world_site()->sessions, &core);
    buf_reset(&state);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    str rest = str_bytes(data, size);
    struct session *core = NULL;

    if (!room.arena)
        must(turn_room_make(&room) == ERR_NONE);
    if (size > 60000)
        return 0;
    turn_start_session();
    for (int parts = 0; parts < 6 && rest.len > 0; parts++) {
        size_t end = str_find(rest, STR("\n%%%\n"));
        turn_one(str_slice(rest, 0, end));
        rest = end == SIZE_MAX ? (str){"", 0} : str_slice(rest, end + 5, SIZE_MAX);
    }
    turn_one(STR("{\"v\":1,\"kind\":\"erase\"}"));
    must(session_take(world_site()->sessions, visitor.id, &core) == ERR_NONE);
    core->is_ended = true;
    session_give(world_site()->sessions, &core);
    return 0;
}
