/* vault_serve.h - the vault process: messages in, the closed list of operations, answers out.
 *
 *   WIRE_VAULT_OPEN   M1                          → err(1) ‖ struct vault_opened, field by field
 *   WIRE_VAULT_NOTES  nothing                     → err(1) ‖ length(4) ‖ identity ‖ length(4) ‖ keys ‖ length(4) ‖ manifest
 *   WIRE_VAULT_SEAL   length(2) ‖ where ‖ value   → err(1) ‖ nonce(12) ‖ ciphertext
 */
#ifndef VAULT_VAULT_SERVE_H
#define VAULT_VAULT_SERVE_H

#include "proc/wire.h"
#include "vault/vault.h"

/* vault_serve_answer - one operation; adds the answer, error or not. Errs: ERR_MEMORY. */
enum err vault_serve_answer(struct vault *vault, uint16_t type, str request, struct buf *answer) MUST_CHECK;
/* vault_serve_run - the process: reads its keys, locks itself in, serves for ever. `manifest` is signed with each start. */
enum err vault_serve_run(bool needs_landlock, str manifest) MUST_CHECK;
/* vault_serve_parse_opened - core's side: the answer to WIRE_VAULT_OPEN. Errs: the vault's; ERR_INPUT. */
enum err vault_serve_parse_opened(str answer, struct vault_opened *out) MUST_CHECK;

#endif
