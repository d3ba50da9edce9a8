/* refusal.h - why a first flight or a record is refused: the closed list of protocol/channel.md, section 6. */
#ifndef CHANNEL_REFUSAL_H
#define CHANNEL_REFUSAL_H

#include <stdint.h>

enum refusal {
    REFUSAL_NONE,
    REFUSAL_BAD_REQUEST,
    REFUSAL_BAD_SEAL,
    REFUSAL_REPLAY,
    REFUSAL_OUT_OF_ORDER,
    REFUSAL_BAD_PROOF,
    REFUSAL_FOREIGN_ORIGIN,
    REFUSAL_UNKNOWN_KEY,
    REFUSAL_UNKNOWN_SESSION,
    REFUSAL_EXPIRED,
    REFUSAL_TOO_LARGE,
    REFUSAL_BUSY,
    REFUSAL_BROKEN,
    REFUSAL_COUNT
};

const char *refusal_name(enum refusal refusal);
uint16_t refusal_status(enum refusal refusal); /* of HTTP */

#endif
