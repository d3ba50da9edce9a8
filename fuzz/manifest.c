/* Manifests of the widget, signed well whatever they say: what is read back is what was written. */
#include "world/world.h"

#include "trust/manifest.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct note_key online;
    static struct buf vkey = {NULL, 0, 0, 1024};
    struct manifest manifest;
    const struct manifest_file *file;
    BUF_SCOPE(note, 1 << 20);
    BUF_SCOPE(again, 1 << 20);

    if (!online.name.at) {
        world_vkey(&vkey, WORLD_ONLINE, 2);
        must(note_key_parse(buf_str(&vkey), &online) == ERR_NONE);
    }
    world_sign(&note, str_bytes(data, size), WORLD_ONLINE, 2);
    if (manifest_open(buf_str(&note), &online, &manifest) != ERR_NONE)
        return 0;
    must(manifest_write(&again, &manifest) == ERR_NONE && str_is(buf_str(&again), str_bytes(data, size)));
    for (size_t i = 0; i < manifest.file_count; i++)
        must(manifest_find(&manifest, manifest.files[i].path, &file) == ERR_NONE && file == &manifest.files[i]);
    return 0;
}
