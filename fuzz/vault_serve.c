/* The vault's three questions and core's reading of its answers: M1, notes, fields. */
#include "world/world.h"

#include "vault/vault_serve.h"

#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct vault *vault;
    struct view view = {data, size};
    struct vault_opened opened;
    BUF_SCOPE(keys, NOTE_MAX_BYTES);
    BUF_SCOPE(answer, WIRE_PAYLOAD_MAX);
    BUF_SCOPE(value, WIRE_PAYLOAD_MAX);

    if (!vault)
        vault = world_vault(&keys);
    uint16_t type = world_u16(&view);
    str payload = world_rest(&view);
    must(vault_serve_answer(vault, type, payload, &answer) == ERR_NONE && answer.len > 0);
    must(answer.at[0] == ERR_NONE || answer.len == 1);
    if (type == WIRE_VAULT_SEAL && answer.at[0] == ERR_NONE) {
        struct view request = {(const unsigned char *)payload.at, payload.len};
        str where = world_part(&request);
        must(vault_field_open(vault, where, str_bytes(answer.at + 1, answer.len - 1), &value) == ERR_NONE);
        must(str_is(buf_str(&value), str_bytes(request.at, request.len)));
    }
    if (vault_serve_parse_opened(payload, &opened) == ERR_NONE)
        must((size_t)195 + opened.origin_len == payload.len && memcmp(opened.client, payload.at + 1, 32) == 0);
    (void)!vault_field_open(vault, STR("where"), payload, &value);
    return 0;
}
