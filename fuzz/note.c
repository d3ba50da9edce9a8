/* Signed notes and verifier keys: raw bytes, and texts that carry a good signature. What opens has one byte form. */
#include "world/world.h"

#include <string.h>

static void
note_raw(str input, const struct note_key *key)
{
    BUF_SCOPE(again, 2 * NOTE_MAX_BYTES);
    str text;

    if (note_open(input, key, &text) != ERR_NONE)
        return;
    world_sign(&again, text, WORLD_NAME, 1);
    must(str_is(buf_str(&again), input));
}

static void
note_vkey(str input)
{
    BUF_SCOPE(again, 1024);
    struct note_key key;

    if (note_key_parse(input, &key) != ERR_NONE)
        return;
    must(note_key_write(&again, key.name, key.public) == ERR_NONE && str_is(buf_str(&again), input));
}

/* A good note, of which one byte is changed or the end cut: refused. */
static void
note_disturbed(struct view *view, const struct note_key *key)
{
    BUF_SCOPE(note, 2 * NOTE_MAX_BYTES);
    uint16_t place = world_u16(view);
    uint8_t with = world_u8(view);
    str text;

    world_sign(&note, world_rest(view), WORLD_NAME, 1);
    if (note.len == 0 || note.len > NOTE_MAX_BYTES)
        return;
    if (with == 0)
        note.len -= 1 + place % note.len;
    else
        note.at[place % note.len] ^= with;
    must(note_open(buf_str(&note), key, &text) != ERR_NONE);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct note_key key;
    static struct buf vkey = {NULL, 0, 0, 1024};
    struct view view = {data, size};
    uint8_t way = world_u8(&view);
    str input = str_bytes(view.at, view.len), text, value;
    BUF_SCOPE(note, 2 * NOTE_MAX_BYTES);

    if (!key.name.at) {
        world_vkey(&vkey, WORLD_NAME, 1);
        must(note_key_parse(buf_str(&vkey), &key) == ERR_NONE);
    }
    if (way % 5 == 0)
        note_raw(input, &key);
    if (way % 5 == 1)
        note_vkey(input);
    if (way % 5 == 2) {
        world_sign(&note, input, WORLD_NAME, 1);
        if (note.len > 0 && note.len <= NOTE_MAX_BYTES)
            must(note_open(buf_str(&note), &key, &text) == ERR_NONE && str_is(text, input));
    }
    if (way % 5 == 3)
        while (note_line(&input, STR("origin"), &value) == ERR_NONE)
            must(value.len > 0 && !memchr(value.at, '\n', value.len));
    if (way % 5 == 4)
        note_disturbed(&view, &key);
    return 0;
}
