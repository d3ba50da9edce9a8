/* ask.h - what a visitor's request says: the JSON inside a sealed request (protocol/channel.md, section 7). */
#ifndef CHAT_ASK_H
#define CHAT_ASK_H

#include "base/arena.h"

enum ask_kind { ASK_HELLO, ASK_SAY, ASK_HISTORY, ASK_ERASE };

struct ask {
    enum ask_kind kind;
    str language; /* at most 16 bytes; empty when none */
    said text;
    str payload; /* of a quick reply */
    int zone_minutes; /* of the visitor's clock, east of UTC; 0 when not said */
    unsigned char message[16];
    unsigned char notice[8];
    str state; /* sealed bytes, or empty */
    bool has_proof;
    unsigned char proof[64];
    uint32_t from;
};

/* ask_init - once per process: jansson's memory comes from the arena of the thread that parses. */
void ask_init(void);
/* ask_load - JSON into the arena: *object is a json_t that lives as long; it may be read, not changed. Errs: ERR_INPUT; depth and size are
 * jansson's and the arena's. */
enum err ask_load(struct arena *arena, str json, void **object) MUST_CHECK;
/* ask_parse - everything lies in the arena. `json` is what channel/record_words gave. Errs: ERR_INPUT, ERR_LIMIT. */
enum err ask_parse(struct arena *arena, str json, struct ask *out) MUST_CHECK;

#endif
