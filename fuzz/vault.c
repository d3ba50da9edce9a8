/* M1 as the vault opens it: raw bytes, and plaintexts of the fuzzer's under a right seal. Nothing but what M1 said comes out. */
#include "world/world.h"

#include "crypt/hkdf.h"
#include "crypt/hpke.h"
#include "crypt/sign.h"

#include <string.h>

static struct vault *vault;
static struct keynote_key key;
static struct buf keys = {NULL, 0, 0, NOTE_MAX_BYTES};
static struct visitor visitor;

static void
vault_start(void)
{
    struct note_key online;
    struct keynote keynote;
    BUF_SCOPE(vkey, 1024);
    BUF_SCOPE(identity, NOTE_MAX_BYTES);

    vault = world_vault(&keys);
    world_vkey(&vkey, WORLD_ONLINE, 2);
    world_identity(&identity);
    must(note_key_parse(buf_str(&vkey), &online) == ERR_NONE);
    must(keynote_open(buf_str(&keys), buf_str(&identity), &online, WORLD_NOW_MS / 1000, &keynote) == ERR_NONE);
    key = keynote.keys[0];
    must(visitor_init(&visitor) == ERR_NONE);
}

/* len ‖ c_pub ‖ random ‖ origin_len ‖ origin ‖ flags ‖ DS_pub ‖ AHK_pub: that of a good visitor, changed by the input's pairs of
 * place and value, so that the keys in it stay good ones unless the fuzzer aims at them. */
static void
vault_plain(struct view *view, unsigned char plain[512])
{
    unsigned char device[32];
    uint8_t origin_len = world_u8(view);
    unsigned char *at = plain;

    memset(plain, 0, 512);
    sign_public(visitor.device, device);
    *at++ = (unsigned char)((115 + origin_len) >> 8);
    *at++ = (unsigned char)(115 + origin_len);
    memcpy(at, visitor.history, 32);
    at += 48;
    *at++ = origin_len;
    memset(at, 'a', origin_len);
    at += origin_len + 2;
    memcpy(at, device, 32);
    memcpy(at + 32, visitor.history, 32);
    while (view->len > 0) {
        uint16_t place = world_u16(view);
        plain[place % 512] ^= world_u8(view);
    }
}

static void
vault_seal(const unsigned char plain[512], unsigned char m1[571])
{
    unsigned char info[14 + 32];
    struct hpke hpke;
    str note = buf_str(&keys);

    m1[0] = 1;
    m1[1] = 0;
    m1[2] = KEYNOTE_SUITE;
    memcpy(m1 + 3, key.kid, 8);
    memcpy(info, "privet/1 open\0", 14);
    hkdf_hash(&note, 1, info + 14);
    must(hpke_send(key.public, str_bytes(info, sizeof info), (struct hpke_psk){{"", 0}, {"", 0}}, m1 + 11, &hpke) == ERR_NONE);
    must(hpke_seal(&hpke, str_bytes(m1, 43), str_bytes(plain, 512), m1 + 43) == ERR_NONE);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct view view = {data, size};
    struct vault_opened opened;
    unsigned char plain[512], m1[571];

    if (!vault)
        vault_start();
    if (world_u8(&view) % 4 == 0) {
        str raw = world_rest(&view);
        (void)!vault_open(vault, raw, &opened);
        return 0;
    }
    vault_plain(&view, plain);
    vault_seal(plain, m1);
    if (vault_open(vault, str_bytes(m1, sizeof m1), &opened) != ERR_NONE)
        return 0;
    /* What came out stands in the plaintext, to the byte. */
    size_t len = (size_t)plain[0] << 8 | plain[1];
    must(len == (size_t)115 + opened.origin_len && opened.origin_len == plain[50] && (opened.flags & ~3u) == 0);
    must(memcmp(opened.client, plain + 2, 32) == 0 && memcmp(opened.origin, plain + 51, opened.origin_len) == 0);
    must(memcmp(opened.device, plain + 53 + opened.origin_len, 32) == 0);
    must(memcmp(opened.history, plain + 85 + opened.origin_len, 32) == 0);
    return 0;
}
