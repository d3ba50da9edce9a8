/* Core's half of the handshake. Long-term keys are the vault's; this file sees the psk that one first flight exported, and
 * wipes it. It never speaks to a network. */
#include "channel/handshake.h"

#include "base/alloc.h"
#include "crypt/hkdf.h"
#include "crypt/hpke.h"
#include "crypt/sign.h"

#include <string.h>

/* ct1's plaintext: len(2) ‖ time(8) ‖ request bytes(4) ‖ seconds(4) ‖ days(2) ‖ policy(1) ‖ notice(8) ‖ zeros to 256. */
static void
handshake_welcome_write(const struct handshake_welcome *welcome, unsigned char out[256])
{
    unsigned char *at = out + 2;

    memset(out, 0, 256);
    for (int i = 0; i < 8; i++)
        *at++ = (unsigned char)(welcome->time_ms >> (56 - 8 * i));
    for (int i = 0; i < 4; i++)
        *at++ = (unsigned char)(welcome->request_bytes_max >> (24 - 8 * i));
    for (int i = 0; i < 4; i++)
        *at++ = (unsigned char)(welcome->session_seconds >> (24 - 8 * i));
    *at++ = (unsigned char)(welcome->retention_days >> 8);
    *at++ = (unsigned char)welcome->retention_days;
    *at++ = welcome->policy;
    memcpy(at, welcome->notice_version, 8);
    at += 8;
    out[1] = (unsigned char)(at - out - 2);
}

enum err
handshake_welcome_parse(const unsigned char plain[256], struct handshake_welcome *out)
{
    struct view view = {plain, 256};
    struct handshake_welcome welcome = {.time_ms = 0};
    const unsigned char *version;
    unsigned char rest = 0;
    uint16_t len = 0;

    TRY(buf_view_u16(&view, &len));
    TRY(buf_view_u64(&view, &welcome.time_ms));
    TRY(buf_view_u32(&view, &welcome.request_bytes_max));
    TRY(buf_view_u32(&view, &welcome.session_seconds));
    TRY(buf_view_u16(&view, &welcome.retention_days));
    TRY(buf_view_u8(&view, &welcome.policy));
    TRY(buf_view_bytes(&view, sizeof welcome.notice_version, &version));
    memcpy(welcome.notice_version, version, sizeof welcome.notice_version);
    for (size_t i = 0; i < view.len; i++)
        rest |= view.at[i];
    if (len != 256 - 2 - view.len || rest != 0 || (welcome.policy & ~3u) != 0)
        return err_raise(ERR_INPUT, "handshake: not a welcome");
    *out = welcome;
    return ERR_NONE;
}

void
handshake_keys(const struct hpke *hpke, str m1, str m2, struct session *session)
{
    unsigned char label[16 + 32], ms[32];
    str c2s = STR("c2s"), s2c = STR("s2c");

    hkdf_hash(HKDF_PIECES(m1, m2), session->th);
    memcpy(label, "privet/1 traffic", 16);
    memcpy(label + 16, session->th, 32);
    hpke_export(hpke, str_bytes(label, sizeof label), ms, 32);
    hkdf_expand(str_bytes(ms, 32), &c2s, 1, session->up, 32);
    hkdf_expand(str_bytes(ms, 32), &s2c, 1, session->dn, 32);
    alloc_wipe(ms, sizeof ms);
}

enum err
handshake_accept(struct session *session, str m1, const struct vault_opened *opened,
                 const struct handshake_welcome *welcome, unsigned char m2[321])
{
    unsigned char info[16 + 32 + 16], plain[256];
    struct hpke hpke;

    memcpy(info, "privet/1 accept\0", 16);
    hkdf_hash(&m1, 1, info + 16);
    memcpy(info + 48, session->id, 16);
    m2[0] = 2;
    memcpy(m2 + 1, session->id, 16);
    TRY(hpke_send(opened->client, str_bytes(info, sizeof info),
                  (struct hpke_psk){str_bytes(opened->psk, 32), STR("privet/1")}, m2 + 17, &hpke));
    handshake_welcome_write(welcome, plain);
    enum err err = hpke_seal(&hpke, str_bytes(m2, 49), str_bytes(plain, 256), m2 + 49);
    if (err == ERR_NONE) {
        handshake_keys(&hpke, m1, str_bytes(m2, HANDSHAKE_M2_BYTES), session);
        memcpy(session->device, opened->device, 32);
        memcpy(session->history, opened->history, 32);
        memcpy(session->device_tag, opened->device_tag, 32);
        memcpy(session->state_key, opened->state_key, 32);
        session->flags = opened->flags;
    }
    hpke_wipe(&hpke);
    return err;
}

enum err
handshake_check_proof(const struct session *session, const unsigned char signature[64])
{
    unsigned char text[15 + 32];

    memcpy(text, "privet/1 device", 15);
    memcpy(text + 15, session->th, 32);
    return sign_check(session->device, str_bytes(text, sizeof text), signature);
}
