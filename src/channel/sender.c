/* Senders of programs. It keeps nothing; who holds one wipes it. */
#include "channel/sender.h"

#include "crypt/hkdf.h"

#include <sodium.h>
#include <string.h>

enum err
sender_of_secret(const unsigned char secret[32], struct sender *out)
{
    static const char *const labels[] = {"history", "device", "state"};
    unsigned char *const places[] = {out->history_secret, out->device_tag, out->state_key};

    memcpy(out->secret, secret, 32);
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        str label = str_from(labels[i]);
        hkdf_expand(str_bytes(secret, 32), &label, 1, places[i], 32);
    }
    return crypto_scalarmult_base(out->history, out->history_secret) == 0 ? ERR_NONE : err_raise(ERR_BUG, "sender: no public key");
}

enum err
sender_make(const unsigned char key[32], str site, str name, struct sender *out)
{
    unsigned char prk[32], secret[32], len[4] = {(unsigned char)(site.len >> 24), (unsigned char)(site.len >> 16), (unsigned char)(site.len >> 8), (unsigned char)site.len};
    const str info[] = {str_bytes(len, sizeof len), site, name};

    hkdf_extract(STR("privet/1 sender"), str_bytes(key, 32), prk);
    hkdf_expand(str_bytes(prk, 32), info, 3, secret, 32);
    enum err err = sender_of_secret(secret, out);
    sodium_memzero(prk, sizeof prk);
    sodium_memzero(secret, sizeof secret);
    return err;
}
