/* Names and HTTP states of refusals. A refusal never says more than its name. */
#include "channel/refusal.h"

static const struct {
    const char *name;
    uint16_t status;
} rows[REFUSAL_COUNT] = {
    [REFUSAL_NONE] = {"none", 200},
    [REFUSAL_BAD_REQUEST] = {"bad-request", 400},
    [REFUSAL_BAD_SEAL] = {"bad-seal", 400},
    [REFUSAL_REPLAY] = {"replay", 409},
    [REFUSAL_OUT_OF_ORDER] = {"out-of-order", 409},
    [REFUSAL_BAD_PROOF] = {"bad-proof", 403},
    [REFUSAL_FOREIGN_ORIGIN] = {"foreign-origin", 403},
    [REFUSAL_UNKNOWN_KEY] = {"unknown-key", 410},
    [REFUSAL_UNKNOWN_SESSION] = {"unknown-session", 410},
    [REFUSAL_EXPIRED] = {"expired", 410},
    [REFUSAL_TOO_LARGE] = {"too-large", 413},
    [REFUSAL_BUSY] = {"busy", 503},
    [REFUSAL_BROKEN] = {"broken", 500},
};

const char *
refusal_name(enum refusal refusal)
{
    return (unsigned)refusal < REFUSAL_COUNT ? rows[refusal].name : "broken";
}

uint16_t
refusal_status(enum refusal refusal)
{
    return (unsigned)refusal < REFUSAL_COUNT ? rows[refusal].status : 500;
}
