/* Messages between processes, as a process that was taken over may send them: the frame, the table, and behind it the vault's, core's
 * and front's readers of what they are given. */
#include "world/world.h"

#include "proc/wire.h"
#include "vault/vault_serve.h"

static struct vault *vault;
static struct turn_room room;

static void
wire_to_vault(const struct wire_message *message)
{
    BUF_SCOPE(answer, WIRE_PAYLOAD_MAX);
    must(vault_serve_answer(vault, message->type, message->payload, &answer) == ERR_NONE && answer.len > 0);
    must(answer.at[0] == ERR_NONE || answer.len == 1);
}

static void
wire_to_core(const struct wire_message *message)
{
    struct turn_answer answer;
    struct site *site = world_site();

    must(turn_run(site, &room, message->payload, &answer));
    must((answer.refusal == REFUSAL_NONE) == (answer.body.len > 0));
    turn_end(site, &room, &answer);
}

static void
wire_hear(const struct wire_message *message)
{
    struct vault_opened opened;

    if (wire_may(WIRE_CORE, WIRE_VAULT, message->type))
        wire_to_vault(message);
    if (wire_may(WIRE_FRONT, WIRE_CORE, message->type) && message->type == WIRE_TURN)
        wire_to_core(message);
    if (wire_may(WIRE_VAULT, WIRE_CORE, message->type) && vault_serve_parse_opened(message->payload, &opened) == ERR_NONE)
        must((size_t)195 + opened.origin_len == message->payload.len);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct wire_message message;
    BUF_SCOPE(keys, NOTE_MAX_BYTES);

    if (!vault) {
        vault = world_vault(&keys);
        must(turn_room_make(&room) == ERR_NONE);
    }
    if (size > 0 && data[0] == 0xFF) {
        /* A good frame around the rest. */
        struct view view = {data + 1, size - 1};
        message = (struct wire_message){.type = world_u16(&view)};
        message.payload = world_rest(&view);
    } else {
        str rest = str_bytes(data, size);
        while (wire_parse(&rest, &message) == ERR_NONE) {
            must(message.payload.len <= WIRE_PAYLOAD_MAX && message.payload.at + message.payload.len == rest.at);
            wire_hear(&message);
        }
        return 0;
    }
    wire_hear(&message);
    return 0;
}
