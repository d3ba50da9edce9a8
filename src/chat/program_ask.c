/* Reads programs' requests. It never logs a byte of them, and says what is wrong in its own words alone. */
#include "chat/program_ask.h"

#include "chat/ask.h"

#include <jansson.h>
#include <string.h>

static enum err
program_ask_refuse(struct program_fault *fault, const char *text, const char *member)
{
    *fault = (struct program_fault){text, member};
    return err_raise(ERR_INPUT, "program: a request that is wrong");
}

static str
program_ask_text(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    return json_is_string(value) ? str_bytes(json_string_value(value), json_string_length(value)) : (str){"", 0};
}

static enum err
program_ask_load(struct arena *arena, str json, json_t **out, struct program_fault *fault)
{
    void *object = NULL;

    if (ask_load(arena, json, &object) != ERR_NONE || !json_is_object((json_t *)object))
        return program_ask_refuse(fault, "The body is not a JSON object.", NULL);
    *out = object;
    return ERR_NONE;
}

/* A member that is there has the right type. */
static enum err
program_ask_type(const json_t *object, const char *name, bool (*is_good)(const json_t *value), struct program_fault *fault)
{
    const json_t *value = json_object_get(object, name);
    return !value || json_is_null(value) || is_good(value) ? ERR_NONE : program_ask_refuse(fault, "A member has the wrong type.", name);
}

static bool
program_ask_is_text(const json_t *value)
{
    return json_is_string(value);
}

static bool
program_ask_is_bool(const json_t *value)
{
    return json_is_boolean(value);
}

static bool
program_ask_is_object(const json_t *value)
{
    return json_is_object(value);
}

static bool
program_ask_is_number(const json_t *value)
{
    return json_is_integer(value);
}

/* A name in which nothing can hide: what stands in answers and in keys' derivation. */
static enum err
program_ask_sender(const json_t *object, const char *member, bool is_needed, str *out, struct program_fault *fault)
{
    TRY(program_ask_type(object, member, program_ask_is_text, fault));
    *out = program_ask_text(object, member);
    if (is_needed && out->len == 0)
        return program_ask_refuse(fault, "Who is speaking? Give each of your visitors a name of their own.", member);
    if (out->len > PROGRAM_SENDER_MAX)
        return program_ask_refuse(fault, "A sender's name has at most 200 bytes.", member);
    for (size_t i = 0; i < out->len; i++)
        if ((unsigned char)out->at[i] < 0x20 || out->at[i] == 0x7F)
            return program_ask_refuse(fault, "A sender's name has no control characters.", member);
    return ERR_NONE;
}

static enum err
program_ask_metadata(const json_t *object, struct program_ask *out, struct program_fault *fault)
{
    TRY(program_ask_type(object, "metadata", program_ask_is_object, fault));
    const json_t *metadata = json_object_get(object, "metadata");
    out->language = program_ask_text(metadata, "language");
    out->notice = program_ask_text(metadata, "notice");
    return out->language.len <= 16 ? ERR_NONE : program_ask_refuse(fault, "A language is a tag such as \"en\" or \"de-AT\".", "metadata.language");
}

static void
program_ask_say(struct program_ask *out, str text)
{
    out->text = (said){text};
    out->payload = text.len > 1 && text.at[0] == '/' && text.len <= 2048 ? text : (str){"", 0};
}

enum err
program_ask_parse_rest(struct arena *arena, str json, struct program_ask *out, struct program_fault *fault)
{
    json_t *object = NULL;
    struct program_ask ask = {.is_first = false};

    TRY(program_ask_load(arena, json, &object, fault));
    TRY(program_ask_sender(object, "sender", true, &ask.sender, fault));
    TRY(program_ask_type(object, "message", program_ask_is_text, fault));
    str text = program_ask_text(object, "message");
    if (text.len == 0)
        return program_ask_refuse(fault, "There is no message.", "message");
    TRY(program_ask_metadata(object, &ask, fault));
    program_ask_say(&ask, text);
    *out = ask;
    return ERR_NONE;
}

enum err
program_ask_parse_sender(struct arena *arena, str json, struct program_ask *out, struct program_fault *fault)
{
    json_t *object = NULL;
    struct program_ask ask = {.seconds = 3600};

    TRY(program_ask_load(arena, json, &object, fault));
    TRY(program_ask_sender(object, "sender", true, &ask.sender, fault));
    TRY(program_ask_type(object, "seconds", program_ask_is_number, fault));
    const json_t *seconds = json_object_get(object, "seconds");
    if (seconds && (json_integer_value(seconds) < 60 || json_integer_value(seconds) > 86400))
        return program_ask_refuse(fault, "A session lasts 60 to 86400 seconds.", "seconds");
    ask.seconds = seconds ? (uint32_t)json_integer_value(seconds) : ask.seconds;
    *out = ask;
    return ERR_NONE;
}

/* A text, or parts of type text, joined by lines. */
static enum err
program_ask_content(struct arena *arena, const json_t *content, str *out, struct program_fault *fault)
{
    size_t i, len = 0;
    json_t *part;
    void *piece = NULL;

    if (json_is_string(content)) {
        *out = str_bytes(json_string_value(content), json_string_length(content));
        return ERR_NONE;
    }
    *out = (str){"", 0};
    if (!content || json_is_null(content))
        return ERR_NONE;
    if (!json_is_array(content))
        return program_ask_refuse(fault, "A content is a text, or a list of parts.", "messages");
    json_array_foreach(content, i, part)
    {
        if (!str_is(program_ask_text(part, "type"), STR("text")) || !json_is_string(json_object_get(part, "text")))
            return program_ask_refuse(fault, "This bot reads text alone: no images, no sound, no files.", "messages");
        len += json_string_length(json_object_get(part, "text")) + 1;
    }
    TRY(arena_take(arena, len + 1, 1, &piece));
    char *to = piece;
    size_t used = 0;
    json_array_foreach(content, i, part)
    {
        str text = program_ask_text(part, "text");
        if (used > 0)
            to[used++] = '\n';
        memcpy(to + used, text.at, text.len);
        used += text.len;
    }
    *out = str_bytes(to, used);
    return ERR_NONE;
}

static enum err
program_ask_message(struct arena *arena, const json_t *message, struct program_ask *ask, struct program_fault *fault)
{
    static const char *const roles[] = {"system", "developer", "user", "assistant", "tool", "function"};
    str role = program_ask_text(message, "role"), content;
    size_t i = 0;

    while (i < 6 && !str_is(role, str_from(roles[i])))
        i++;
    if (!json_is_object(message) || i == 6)
        return program_ask_refuse(fault, "A message has a role (system, developer, user, assistant, tool) and a content.", "messages");
    ask->is_first = ask->is_first && !str_is(role, STR("assistant"));
    if (!str_is(role, STR("user"))) {
        const json_t *text = json_object_get(message, "content");
        ask->prompt_bytes += json_is_string(text) ? json_string_length(text) : 0;
        return ERR_NONE;
    }
    TRY(program_ask_content(arena, json_object_get(message, "content"), &content, fault));
    ask->prompt_bytes += content.len;
    if (content.len == 0)
        return program_ask_refuse(fault, "A message of the user is empty.", "messages");
    if (ask->earlier_count == PROGRAM_EARLIER_MAX)
        memmove(ask->earlier, ask->earlier + 1, --ask->earlier_count * sizeof *ask->earlier);
    ask->earlier[ask->earlier_count++] = (said){content};
    program_ask_say(ask, content);
    return ERR_NONE;
}

static enum err
program_ask_options(const json_t *object, struct program_ask *ask, struct program_fault *fault)
{
    static const char *const booleans[] = {"stream", "store"};
    const json_t *n = json_object_get(object, "n"), *options = json_object_get(object, "stream_options");

    for (size_t i = 0; i < 2; i++)
        TRY(program_ask_type(object, booleans[i], program_ask_is_bool, fault));
    TRY(program_ask_type(object, "stream_options", program_ask_is_object, fault));
    if (n && !json_is_null(n) && json_integer_value(n) != 1)
        return program_ask_refuse(fault, "There is one answer: n is 1.", "n");
    if (str_is(program_ask_text(object, "tool_choice"), STR("required")))
        return program_ask_refuse(fault, "This bot calls no tools.", "tool_choice");
    ask->is_stream = json_is_true(json_object_get(object, "stream"));
    ask->has_usage = ask->is_stream && json_is_true(json_object_get(options, "include_usage"));
    return ERR_NONE;
}

enum err
program_ask_parse_chat(struct arena *arena, str json, struct program_ask *out, struct program_fault *fault)
{
    json_t *object = NULL, *message;
    struct program_ask ask = {.is_first = true};
    size_t i;

    TRY(program_ask_load(arena, json, &object, fault));
    TRY(program_ask_type(object, "model", program_ask_is_text, fault));
    ask.model = program_ask_text(object, "model");
    if (ask.model.len == 0)
        return program_ask_refuse(fault, "Which model? GET /v1/models names it.", "model");
    TRY(program_ask_options(object, &ask, fault));
    TRY(program_ask_sender(object, "user", false, &ask.sender, fault));
    TRY(program_ask_metadata(object, &ask, fault));
    const json_t *messages = json_object_get(object, "messages");
    if (!json_is_array(messages) || json_array_size(messages) == 0)
        return program_ask_refuse(fault, "messages is a list of at least one message.", "messages");
    json_array_foreach(messages, i, message) TRY(program_ask_message(arena, message, &ask, fault));
    if (ask.earlier_count == 0 || !str_is(program_ask_text(json_array_get(messages, json_array_size(messages) - 1), "role"), STR("user")))
        return program_ask_refuse(fault, "The last message is one of the user's.", "messages");
    ask.earlier_count--; /* the last one is what is said now */
    *out = ask;
    return ERR_NONE;
}
