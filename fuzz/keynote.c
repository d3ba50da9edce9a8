/* Key notes, signed well whatever they say. The mark "IDENTITY" is replaced by the hash that fits, which no fuzzer finds. */
#include "world/world.h"

#include "crypt/base64.h"
#include "crypt/hkdf.h"

static void
keynote_text(str input, str identity, struct buf *out)
{
    unsigned char hash[32];
    size_t at = str_find(input, STR("IDENTITY"));

    hkdf_hash(&identity, 1, hash);
    must(buf_add_str(out, str_slice(input, 0, at)) == ERR_NONE);
    if (at == SIZE_MAX)
        return;
    must(base64_hex_write(out, str_bytes(hash, 32)) == ERR_NONE);
    must(buf_add_str(out, str_slice(input, at + 8, SIZE_MAX)) == ERR_NONE);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct note_key online;
    static struct buf vkey = {NULL, 0, 0, 1024};
    struct keynote keynote;
    BUF_SCOPE(text, 1 << 20);
    BUF_SCOPE(note, 1 << 20);
    BUF_SCOPE(again, 1 << 20);

    if (!online.name.at) {
        world_vkey(&vkey, WORLD_ONLINE, 2);
        must(note_key_parse(buf_str(&vkey), &online) == ERR_NONE);
    }
    keynote_text(str_bytes(data, size), STR("any identity note"), &text);
    world_sign(&note, buf_str(&text), WORLD_ONLINE, 2);
    if (keynote_open(buf_str(&note), STR("any identity note"), &online, WORLD_NOW_MS / 1000, &keynote) != ERR_NONE)
        return 0;
    must(keynote.key_count > 0 && keynote.key_count <= KEYNOTE_KEYS_MAX && str_is(keynote.name, WORLD_NAME));
    must(keynote_write(&again, &keynote) == ERR_NONE && str_is(buf_str(&again), buf_str(&text)));
    return 0;
}
