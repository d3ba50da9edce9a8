/* Base64 and hex: one text for the same bytes, and no other accepted. */
#include "world/world.h"

#include "crypt/base64.h"

#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static unsigned char room[8192];
    struct view view = {data, size};
    uint8_t way = world_u8(&view);
    enum base64_kind kind = way & 1 ? BASE64_URL : BASE64_PLAIN;
    str text = world_rest(&view);
    size_t len = 0, max = way & 2 ? 64 : sizeof room;
    BUF_SCOPE(again, 1 << 20);

    if (base64_parse(kind, text, room, max, &len) == ERR_NONE) {
        must(len <= max && base64_write(&again, kind, str_bytes(room, len)) == ERR_NONE && str_is(buf_str(&again), text));
        must(base64_length(kind, len) == text.len && base64_parse_exact(kind, text, room, len) == ERR_NONE);
    }
    buf_reset(&again);
    if (text.len / 2 <= sizeof room && base64_hex_parse_exact(text, room, text.len / 2) == ERR_NONE)
        must(base64_hex_write(&again, str_bytes(room, text.len / 2)) == ERR_NONE && str_is(buf_str(&again), text));
    return 0;
}
