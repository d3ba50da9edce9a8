/* Reads requests. Depth and size are bounded by jansson and by the record; an unknown kind or a missing member is refused, an
 * unknown member is not looked at. It never logs a byte of what it reads. */
#include "chat/ask.h"

#include "base/alloc.h"
#include "crypt/base64.h"

#include <jansson.h>
#include <string.h>

static _Thread_local struct arena *ask_arena;

static void *
ask_alloc(size_t size)
{
    void *piece = NULL;
    enum err err = ask_arena ? arena_take(ask_arena, 1, size, &piece) : alloc_make(1, size, &piece);
    return err == ERR_NONE ? piece : NULL;
}

static void
ask_free(void *piece)
{
    if (!ask_arena)
        alloc_free(&piece);
}

void
ask_init(void)
{
    json_set_alloc_funcs(ask_alloc, ask_free);
    json_object_seed(0); /* now, while /dev/urandom can be opened */
}

static str
ask_text(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    return json_is_string(value) ? str_bytes(json_string_value(value), json_string_length(value)) : (str){"", 0};
}

static enum err
ask_parse_binary(struct arena *arena, str text, size_t max, str *out)
{
    void *piece = NULL;
    size_t len = 0;

    TRY(arena_take(arena, max, 1, &piece));
    TRY(base64_parse(BASE64_URL, text, piece, max, &len));
    *out = str_bytes(piece, len);
    return ERR_NONE;
}

static enum err
ask_parse_say(struct arena *arena, const json_t *object, struct ask *out)
{
    out->text = (said){ask_text(object, "text")};
    out->payload = ask_text(object, "payload");
    if (out->payload.len > 2048)
        return err_raise(ERR_INPUT, "ask: payload too long");
    json_int_t zone = json_integer_value(json_object_get(object, "tz"));
    out->zone_minutes = zone >= -1080 && zone <= 1080 ? (int)zone : 0;
    TRY(base64_parse_exact(BASE64_URL, ask_text(object, "id"), out->message, 16));
    TRY(base64_hex_parse_exact(ask_text(object, "notice"), out->notice, 8));
    str state = ask_text(object, "state");
    return state.len > 0 ? ask_parse_binary(arena, state, 8192, &out->state) : ERR_NONE;
}

static enum err
ask_parse_object(struct arena *arena, const json_t *object, struct ask *out)
{
    static const char *const kinds[] = {"hello", "say", "history", "erase"};
    str kind = ask_text(object, "kind"), proof = ask_text(object, "proof");
    size_t found = 0;

    if (!json_is_object(object) || json_integer_value(json_object_get(object, "v")) != 1)
        return err_raise(ERR_INPUT, "ask: not a request");
    while (found < 4 && !str_is(kind, str_from(kinds[found])))
        found++;
    if (found == 4)
        return err_raise(ERR_INPUT, "ask: unknown kind");
    out->kind = (enum ask_kind)found;
    out->language = ask_text(object, "lang");
    if (out->language.len > 16)
        return err_raise(ERR_INPUT, "ask: language");
    out->has_proof = proof.len > 0;
    if (out->has_proof)
        TRY(base64_parse_exact(BASE64_URL, proof, out->proof, 64));
    json_int_t from = json_integer_value(json_object_get(object, "from"));
    out->from = from > 0 && from <= UINT32_MAX ? (uint32_t)from : 0;
    return out->kind == ASK_SAY ? ask_parse_say(arena, object, out) : ERR_NONE;
}

enum err
ask_load(struct arena *arena, str json, void **object)
{
    json_error_t error;

    ask_arena = arena;
    *object = json_loadb(json.at, json.len, JSON_REJECT_DUPLICATES, &error);
    ask_arena = NULL; /* the values stay in the arena */
    return *object ? ERR_NONE : err_raise(ERR_INPUT, "ask: not JSON");
}

enum err
ask_parse(struct arena *arena, str json, struct ask *out)
{
    json_error_t error;
    struct ask ask = {.from = 0};

    ask_arena = arena;
    json_t *object = json_loadb(json.at, json.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
    enum err err = object ? ask_parse_object(arena, object, &ask) : err_raise(ERR_INPUT, "ask: not JSON");
    ask_arena = NULL; /* the values stay in the arena */
    TRY(err);
    *out = ask;
    return ERR_NONE;
}
