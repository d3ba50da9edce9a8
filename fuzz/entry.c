/* Stored entries, wraps and dialogue states: under right keys with the fuzzer's plaintexts, and as raw bytes. */
#include "world/world.h"

#include "crypt/aead.h"

#include <string.h>

static void
entry_state_case(struct view *view)
{
    unsigned char key[32] = {1}, conversation[16] = {2};
    uint8_t way = world_u8(view);
    uint32_t n = world_u32(view);
    str input = world_rest(view);
    BUF_SCOPE(sealed, 1 << 16);
    BUF_SCOPE(state, 1 << 16);

    if (way & 1) {
        (void)!entry_state_open(key, conversation, n, input, &state);
        return;
    }
    if (entry_state_seal(key, conversation, n, input, &sealed) != ERR_NONE)
        return;
    must(entry_state_open(key, conversation, n + 1, buf_str(&sealed), &state) == ERR_ABSENT);
    must(entry_state_open(key, conversation, n, buf_str(&sealed), &state) == ERR_NONE && str_is(buf_str(&state), input));
    sealed.at[way % sealed.len] ^= 1;
    must(entry_state_open(key, conversation, n, buf_str(&sealed), &state) != ERR_NONE && str_is(buf_str(&state), input));
}

static void
entry_chain_case(struct view *view)
{
    struct entry_chain core = {.n = world_u32(view)}, mine;
    unsigned char commit[32];
    char author = (char)world_u8(view);
    uint8_t way = world_u8(view);
    uint16_t place = world_u16(view);
    str text = world_rest(view);
    BUF_SCOPE(ct, 1 << 16);
    BUF_SCOPE(back, 1 << 16);

    mine = core;
    if (entry_seal(&core, author, text, commit, &ct) != ERR_NONE)
        return;
    size_t cut = way & 2 ? place % ct.len : 0;
    bool is_changed = (way & 1) || cut > 0;
    if (way & 1)
        ct.at[place % ct.len] ^= 1;
    ct.len -= cut;
    enum err err = entry_open(&mine, author, commit, buf_str(&ct), &back);
    must(is_changed ? err != ERR_NONE : err == ERR_NONE && str_is(buf_str(&back), text) && memcmp(&mine, &core, sizeof core) == 0);
    must(err == ERR_NONE || (back.len == 0 && mine.n + 1 == core.n));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct view view = {data, size};
    struct entry_chain chain = {.n = 0};
    unsigned char secret[32] = {9}, wrap[80];
    BUF_SCOPE(text, 1 << 16);

    switch (world_u8(&view) % 4) {
    case 0:
        entry_state_case(&view);
        break;
    case 1:
        entry_chain_case(&view);
        break;
    case 2:
        world_fill(&view, wrap, sizeof wrap);
        must(entry_unwrap(&chain, secret, 0, wrap) != ERR_NONE);
        break;
    default:
        world_fill(&view, wrap, 32);
        (void)!entry_open(&chain, 'v', wrap, world_rest(&view), &text);
    }
    return 0;
}
