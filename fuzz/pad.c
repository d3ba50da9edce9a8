/* Padding: what is read is what was written, and nothing hides behind it. */
#include "world/world.h"

#include "channel/pad.h"

#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static unsigned char room[PAD_BUCKET_MAX], again[PAD_BUCKET_MAX];
    struct view view = {data, size};
    size_t bucket = (size_t)512 << (world_u8(&view) % 8);
    str rest = world_rest(&view), got;

    (void)!pad_parse(rest, &got);
    if (bucket > PAD_BUCKET_MAX)
        bucket = rest.len;
    if (bucket > PAD_BUCKET_MAX)
        return 0;
    memset(room, 0, bucket);
    memcpy(room, rest.at, rest.len < bucket ? rest.len : bucket);
    if (pad_parse(str_bytes(room, bucket), &got) != ERR_NONE)
        return 0;
    if (pad_bucket(got.len) == bucket) {
        pad_write(got, bucket, again);
        must(memcmp(room, again, bucket) == 0);
    }
    return 0;
}
