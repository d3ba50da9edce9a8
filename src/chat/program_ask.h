/* program_ask.h - what a program sends: the JSON of Rasa's REST channel and of OpenAI's chat completions.
 *
 *   {"sender": TEXT, "message": TEXT, "metadata": {"language", "notice"}}                      and input_channel, which is not looked at
 *   {"model": TEXT, "messages": [{"role", "content"}…], "user", "stream", "stream_options": {"include_usage"}, "metadata": {"language", "notice"}}
 *
 * Everything lies in the arena. Depth and size are bounded by jansson and by the wire; an unknown member is not looked at.
 */
#ifndef CHAT_PROGRAM_ASK_H
#define CHAT_PROGRAM_ASK_H

#include "base/arena.h"

#define PROGRAM_SENDER_MAX ((size_t)200)
#define PROGRAM_EARLIER_MAX ((size_t)30) /* of a visitor's earlier messages so many are gone through again */

struct program_ask {
    str sender; /* of REST, or `user`; may be empty in chat completions */
    said text;
    str payload;
    str language, notice, model;
    said earlier[PROGRAM_EARLIER_MAX]; /* what the visitor said before, oldest first */
    size_t earlier_count;
    bool is_first; /* nobody has answered yet */
    bool is_stream, has_usage;
    size_t prompt_bytes; /* of all messages */
    uint32_t seconds;    /* of a session token */
};

/* What is wrong with a request: two literals. */
struct program_fault {
    const char *text, *member; /* member NULL: none in particular */
};

/* program_ask_parse_rest, _chat, _sender ({"sender", "seconds"}). Errs: ERR_INPUT with *fault; ERR_LIMIT. */
enum err program_ask_parse_rest(struct arena *arena, str json, struct program_ask *out, struct program_fault *fault) MUST_CHECK;
enum err program_ask_parse_chat(struct arena *arena, str json, struct program_ask *out, struct program_fault *fault) MUST_CHECK;
enum err program_ask_parse_sender(struct arena *arena, str json, struct program_ask *out, struct program_fault *fault) MUST_CHECK;

#endif
