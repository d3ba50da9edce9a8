/* The visitor's reading of a server that may be anybody: notes, M2, stored conversations. */
#include "world/world.h"

#include "crypt/hpke.h"

#include <string.h>

static struct visitor visitor;

#define ROWS_MAX 8

/* A conversation as core stores it, then rows and wraps as the input wishes. */
static void
visitor_history_case(struct view *view)
{
    struct entry_chain core = {.n = 0};
    struct visitor_row rows[ROWS_MAX];
    struct visitor_wrap wraps[2] = {{.from = 0}, {.from = 0}};
    struct buf ct[ROWS_MAX];
    struct visitor_history history = {.wraps = wraps, .wrap_count = 1, .rows = rows};
    size_t count = world_u8(view) % ROWS_MAX;
    bool is_changed = false;
    BUF_SCOPE(texts, 1 << 20);

    must(entry_wrap(&core, visitor.history, wraps[0].wrap) == ERR_NONE);
    for (size_t i = 0; i < count; i++) {
        buf_init(&ct[i], 1 << 16);
        rows[i] = (struct visitor_row){.n = core.n, .author = i & 1 ? 'b' : 'v'};
        must(entry_seal(&core, rows[i].author, STR("text"), rows[i].commit, &ct[i]) == ERR_NONE);
        rows[i].ct = buf_str(&ct[i]);
    }
    history.row_count = count;
    history.entries = (uint32_t)count;
    while (view->len > 0 && count > 0) {
        struct visitor_row *row = &rows[world_u8(view) % count];
        uint8_t how = world_u8(view), with = world_u8(view);
        is_changed = true;
        if (how % 8 == 0)
            row->n ^= with;
        if (how % 8 == 1)
            row->author = (char)(row->author ^ with);
        if (how % 8 == 2)
            row->commit[with % 32] ^= 1;
        if (how % 8 == 3)
            row->ct = str_slice(row->ct, 0, (size_t)with * 8);
        if (how % 8 == 4)
            *row = rows[with % count];
        if (how % 8 == 5)
            history.entries ^= with;
        if (how % 8 == 6)
            history.wrap_count = with % 3;
        if (how % 8 == 7)
            wraps[with & 1].from = with >> 1;
    }
    enum err err = visitor_read(&visitor, &history, &texts);
    must(is_changed || err == ERR_NONE);
    must(err != ERR_NONE || texts.len == 5 * count);
    must(err == ERR_NONE || texts.len == 0);
    for (size_t i = 0; i < count; i++)
        buf_done(&ct[i]);
}

static void
visitor_accept_case(struct view *view)
{
    struct vault_opened opened = {.flags = 0};
    struct session core = {.turn = 0};
    struct handshake_welcome welcome = {.time_ms = world_u32(view), .policy = world_u8(view)};
    unsigned char m2[HANDSHAKE_M2_BYTES];

    memset(visitor.m1, 1, sizeof visitor.m1);
    memset(visitor.psk, 2, sizeof visitor.psk);
    memset(opened.psk, 2, sizeof opened.psk);
    hpke_pair(visitor.client_secret, opened.client);
    must(handshake_accept(&core, str_bytes(visitor.m1, 571), &opened, &welcome, m2) == ERR_NONE);
    bool is_changed = false;
    while (view->len > 1) {
        uint16_t place = world_u16(view);
        uint8_t with = world_u8(view);
        m2[place % sizeof m2] ^= with;
        is_changed = is_changed || with != 0;
    }
    enum err err = visitor_accept(&visitor, str_bytes(m2, sizeof m2));
    must(is_changed || (err == ERR_NONE) == ((welcome.policy & ~3u) == 0));
}

static void
visitor_notes_case(struct view *view)
{
    static struct buf identity = {NULL, 0, 0, NOTE_MAX_BYTES}, root = {NULL, 0, 0, 1024}, keys = {NULL, 0, 0, NOTE_MAX_BYTES};
    struct visitor_server server;

    if (identity.len == 0) {
        world_identity(&identity);
        world_vkey(&root, WORLD_NAME, 1);
        struct vault *vault = world_vault(&keys);
        vault_free(&vault);
    }
    uint8_t way = world_u8(view);
    struct visitor_notes notes = {buf_str(&root), buf_str(&identity), buf_str(&keys), WORLD_NOW_MS / 1000, 0, 0};
    if (way & 1)
        notes.now_s = (uint64_t)world_u32(view) << 32 | world_u32(view);
    if (way & 2)
        notes.seen_keys = (uint64_t)world_u32(view) << 32 | world_u32(view);
    str origin = way & 4 ? world_part(view) : WORLD_ORIGIN;
    if (way & 8)
        notes.root = world_part(view);
    if (way & 16)
        notes.identity = world_part(view);
    if (way & 32)
        notes.keys = world_part(view);
    enum err err = visitor_check(&notes, origin, &server);
    must((way & 63) != 0 || err == ERR_NONE);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct view view = {data, size};
    unsigned char plain[256];
    struct handshake_welcome welcome;

    if (!visitor.device)
        must(visitor_init(&visitor) == ERR_NONE);
    switch (world_u8(&view) % 4) {
    case 0:
        visitor_history_case(&view);
        break;
    case 1:
        visitor_accept_case(&view);
        break;
    case 2:
        visitor_notes_case(&view);
        break;
    default:
        world_fill(&view, plain, sizeof plain);
        if (handshake_welcome_parse(plain, &welcome) == ERR_NONE)
            must(plain[0] == 0 && plain[1] == 27);
    }
    return 0;
}
