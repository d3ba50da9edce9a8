/* The vault process. It opens nothing after its start, talks to core alone, and answers three questions. */
#include "vault/vault_serve.h"

#include "base/alloc.h"
#include "base/log.h"
#include "crypt/aead.h"
#include "crypt/note.h"
#include "proc/cage.h"
#include "proc/parent.h"

#include <string.h>
#include <unistd.h>

static enum err
vault_serve_opened(struct vault *vault, str m1, struct buf *answer)
{
    struct vault_opened opened;

    TRY(vault_open(vault, m1, &opened));
    const str pieces[] = {str_bytes(opened.client, 32), str_bytes(opened.device, 32), str_bytes(opened.history, 32),
                          str_bytes(opened.psk, 32), str_bytes(opened.device_tag, 32), str_bytes(opened.state_key, 32)};
    enum err err = ERR_NONE;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces && err == ERR_NONE; i++)
        err = buf_add_str(answer, pieces[i]);
    if (err == ERR_NONE)
        err = buf_add_u16(answer, opened.flags);
    if (err == ERR_NONE)
        err = buf_add(answer, opened.origin, opened.origin_len);
    alloc_wipe(&opened, sizeof opened);
    return err;
}

static enum err
vault_serve_seal(struct vault *vault, str request, struct buf *answer)
{
    struct view view = {(const unsigned char *)request.at, request.len};
    const unsigned char *where;
    uint16_t len = 0;

    TRY(buf_view_u16(&view, &len));
    TRY(buf_view_bytes(&view, len, &where));
    return vault_field_seal(vault, str_bytes(where, len), str_bytes(view.at, view.len), answer);
}

enum err
vault_serve_answer(struct vault *vault, uint16_t type, str request, struct buf *answer)
{
    enum err err = ERR_BUG;

    TRY(buf_add_u8(answer, ERR_NONE));
    if (type == WIRE_VAULT_OPEN)
        err = vault_serve_opened(vault, request, answer);
    if (type == WIRE_VAULT_NOTES)
        err = vault_notes(vault, answer);
    if (type == WIRE_VAULT_SEAL)
        err = vault_serve_seal(vault, request, answer);
    if (err == ERR_NONE)
        return ERR_NONE;
    buf_reset(answer);
    return buf_add_u8(answer, (uint8_t)err);
}

enum err
vault_serve_parse_opened(str answer, struct vault_opened *out)
{
    struct view view = {(const unsigned char *)answer.at, answer.len};
    struct vault_opened opened = {.flags = 0};
    unsigned char *const pieces[] = {opened.client, opened.device, opened.history, opened.psk, opened.device_tag, opened.state_key};
    const unsigned char *at;
    uint8_t err = ERR_BUG;

    TRY(buf_view_u8(&view, &err));
    if (err != ERR_NONE)
        return err_raise(err <= ERR_BUG ? (enum err)err : ERR_BUG, "vault: refused");
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        TRY(buf_view_bytes(&view, 32, &at));
        memcpy(pieces[i], at, 32);
    }
    TRY(buf_view_u16(&view, &opened.flags));
    if (view.len > sizeof opened.origin)
        return err_raise(ERR_INPUT, "vault: origin too long");
    opened.origin_len = (uint8_t)view.len;
    memcpy(opened.origin, view.at, view.len);
    *out = opened;
    alloc_wipe(&opened, sizeof opened);
    return ERR_NONE;
}

static enum err
vault_serve_load(str manifest, struct vault **out)
{
    struct keyfile keys;
    BUF_SCOPE(identity, NOTE_MAX_BYTES);
    unsigned char piece[4096];
    ssize_t got;

    TRY(keyfile_read(PARENT_FD_VAULT_KEYS, &keys));
    while ((got = pread(PARENT_FD_VAULT_IDENTITY, piece, sizeof piece, (off_t)identity.len)) > 0)
        TRY(buf_add(&identity, piece, (size_t)got));
    enum err err = vault_make(&keys, buf_str(&identity), manifest, out);
    keyfile_free(&keys);
    close(PARENT_FD_VAULT_KEYS);
    close(PARENT_FD_VAULT_IDENTITY);
    return err;
}

enum err
vault_serve_run(bool needs_landlock, str manifest)
{
    static unsigned char room[WIRE_PAYLOAD_MAX + 16];
    struct wire core = {.fd = PARENT_FD_VAULT_CORE, .me = WIRE_VAULT, .peer = WIRE_CORE};
    struct vault *vault = NULL;
    struct wire_message message;

    TRY(aead_init());
    TRY(vault_serve_load(manifest, &vault));
    struct cage cage = {.role = WIRE_VAULT, .needs_landlock = needs_landlock};
    TRY(cage_enter(&cage));
    TRY(wire_send(&core, WIRE_STARTED, 0, (str){"", 0}));
    TRY(parent_child_ready(WIRE_VAULT));
    for (;;) {
        BUF_SCOPE(answer, WIRE_PAYLOAD_MAX);
        TRY(wire_recv(&core, room, &message));
        TRY(vault_serve_answer(vault, message.type, message.payload, &answer));
        alloc_wipe(room, message.payload.len + 16);
        TRY(wire_send(&core, WIRE_VAULT_ANSWER, message.id, buf_str(&answer)));
    }
}
