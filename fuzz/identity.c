/* Identity notes, signed well whatever they say: what is read back is what was written, and nothing else. */
#include "world/world.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct note_key root;
    static struct buf vkey = {NULL, 0, 0, 1024};
    struct identity identity;
    BUF_SCOPE(note, 2 * NOTE_MAX_BYTES);
    BUF_SCOPE(again, 2 * NOTE_MAX_BYTES);

    if (!root.name.at) {
        world_vkey(&vkey, WORLD_NAME, 1);
        must(note_key_parse(buf_str(&vkey), &root) == ERR_NONE);
    }
    world_sign(&note, str_bytes(data, size), WORLD_NAME, 1);
    if (identity_open(buf_str(&note), &root, WORLD_NOW_MS / 1000, &identity) != ERR_NONE)
        return 0;
    must(identity.from_s < identity.to_s && identity.origin_count > 0 && identity.origin_count <= IDENTITY_ORIGINS_MAX);
    must(identity_write(&again, &identity) == ERR_NONE && str_is(buf_str(&again), str_bytes(data, size)));
    for (size_t i = 0; i < identity.origin_count; i++)
        must(identity_has_origin(&identity, identity.origins[i]) && identity_origin_is_good(identity.origins[i]));
    return 0;
}
