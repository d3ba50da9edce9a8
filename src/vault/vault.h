/* vault.h - the long-term keys and the only things that may be done with them.
 *
 * The state of the vault process. No function gives key bytes; the closed list of operations is all there is.
 */
#ifndef VAULT_VAULT_H
#define VAULT_VAULT_H

#include "base/buf.h"
#include "vault/keyfile.h"

#define VAULT_M1_BYTES ((size_t)571)
#define VAULT_EK_LIFE_MS ((uint64_t)24 * 3600 * 1000)
#define VAULT_EK_GRACE_MS ((uint64_t)3600 * 1000)
#define VAULT_ORIGIN_MAX_BYTES ((size_t)255)

struct vault;

/* What OPEN(M1) yields; nothing else leaves. Wipe it. */
struct vault_opened {
    unsigned char client[32]; /* c_pub */
    unsigned char device[32]; /* DS_pub */
    unsigned char history[32]; /* AHK_pub */
    unsigned char psk[32];
    unsigned char device_tag[32];
    unsigned char state_key[32];
    uint16_t flags;
    uint8_t origin_len;
    char origin[255];
};

/* vault_make - takes over keyfile's secrets. identity: the identity note, whose `online` must be our key. manifest: text of the
 * manifest to sign, or empty. Errs: ERR_DENIED when the identity note names another key; ERR_INPUT. */
enum err vault_make(struct keyfile *keyfile, str identity, str manifest, struct vault **out) MUST_CHECK;
void vault_free(struct vault **vault);
/* vault_notes - adds length(4) ‖ identity ‖ length(4) ‖ keys ‖ length(4) ‖ manifest. Signs a new key note when EK is due. */
enum err vault_notes(struct vault *vault, struct buf *out) MUST_CHECK;
/* vault_open - ERR_ABSENT unknown kid; ERR_INPUT anything else that is wrong with M1. */
enum err vault_open(struct vault *vault, str m1, struct vault_opened *out) MUST_CHECK;
#define VAULT_FIELD_MAX_BYTES ((size_t)4096)
/* vault_field_seal - adds nonce(12) ‖ ciphertext under the field's own key, which comes from MASTER and `where` (rights/field.h says what
 * that is). vault_field_open is for the operator's command line and has no message. */
enum err vault_field_seal(struct vault *vault, str where, str value, struct buf *out) MUST_CHECK;
enum err vault_field_open(struct vault *vault, str where, str sealed, struct buf *out) MUST_CHECK;

#endif
