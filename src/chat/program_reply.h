/* program_reply.h - what programs are answered: the bot's messages in the form of Rasa's REST channel, or of OpenAI's chat completions; errors in
 * each API's own shape.
 */
#ifndef CHAT_PROGRAM_REPLY_H
#define CHAT_PROGRAM_REPLY_H

#include "base/buf.h"

enum program_shape { PROGRAM_NONE, PROGRAM_REST, PROGRAM_CHAT }; /* of which API */

/* The notice goes before the bot's own words, in an answer that is the first. Empty: none. */
struct program_says {
    const void *messages; /* a json_t: the array of MESSAGE (protocol/channel.md, section 7) */
    str home;     /* an origin: where links that begin with a slash lead */
    str notice;
};

/* program_reply_rest - [{"recipient_id", "text", "buttons", "image", "custom"}…]; is_lines: an object per line instead. Errs: ERR_LIMIT, ERR_MEMORY. */
enum err program_reply_rest(const struct program_says *says, str recipient, bool is_lines, struct buf *out) MUST_CHECK;

struct program_completion {
    str id, model; /* id: 24 letters */
    uint64_t created_s;
    size_t prompt_bytes;
    bool is_stream, has_usage;
};
/* program_reply_chat - a completion, or its chunks as events. Tokens are counted as four bytes each. Errs: the same. */
enum err program_reply_chat(const struct program_says *says, const struct program_completion *completion, struct buf *out) MUST_CHECK;

/* program_reply_error - by HTTP status; text and member are literals of ours. */
enum err program_reply_error(enum program_shape shape, unsigned status, const char *text, const char *member, struct buf *out) MUST_CHECK;

#endif
