/* policy.h - what is done with each type of personal data. */
#ifndef GUARD_POLICY_H
#define GUARD_POLICY_H

#include "guard/pii_type.h"

#define POLICY_TYPES_MAX 512

struct policy {
    uint8_t action[POLICY_TYPES_MAX]; /* enum pii_action */
};

/* policy_init - the defaults of pii_type.c. */
void policy_init(struct policy *policy);
/* policy_set - "TYPE=action", several divided by commas; TYPE "*" is all. Secrets can be masked, redacted or refused, never less.
 * Errs: ERR_INPUT no such type or action; ERR_DENIED too little for a secret. On failure nothing has changed. */
enum err policy_set(struct policy *policy, str rules) MUST_CHECK;
enum pii_action policy_get(const struct policy *policy, unsigned type);

#endif
