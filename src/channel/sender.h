/* sender.h - whom a program speaks for: the counterpart of a visitor's device, made from the program's API key and a name that it chooses.
 *
 *   secret  = HKDF(salt "privet/1 sender", ikm = the key's secret, info = len(site) ‖ site ‖ sender, 32)
 *   AHK     = X25519 of Expand(secret, "history");  device tag, state key = Expand(secret, "device"), Expand(secret, "state")
 *
 * The server keeps a hash of the key and nothing of the secret: between two messages it can open no conversation of a sender, nor tell
 * whose one is.
 */
#ifndef CHANNEL_SENDER_H
#define CHANNEL_SENDER_H

#include "base/err.h"
#include "base/str.h"

struct sender {
    unsigned char secret[32];
    unsigned char history_secret[32], history[32];
    unsigned char device_tag[32], state_key[32];
};

/* sender_make - of a key's 32 secret bytes. sender_of_secret - of a secret that sender_make gave, which a session token carries. */
enum err sender_make(const unsigned char key[32], str site, str name, struct sender *out) MUST_CHECK;
enum err sender_of_secret(const unsigned char secret[32], struct sender *out) MUST_CHECK;

#endif
