/* Answers to programs. A message's tree becomes Markdown, buttons stay buttons where the API has them; no word of it is kept. */
#include "chat/program_reply.h"

#include "rights/notice.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#define PROGRAM_DEPTH_MAX 8
#define PROGRAM_CHUNK_BYTES ((size_t)48)
#define PROGRAM_CHUNKS ((size_t)200) /* about, at most: a long answer has longer pieces, since an answer has one message's room */

static str
reply_text(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    return json_is_string(value) ? str_bytes(json_string_value(value), json_string_length(value)) : (str){"", 0};
}

static enum err
reply_url(str home, str url, struct buf *out)
{
    if (str_has_prefix(url, STR("/")))
        TRY(buf_add_str(out, home));
    return buf_add_str(out, url);
}

static enum err
reply_inlines(str home, const json_t *list, struct buf *out, unsigned depth)
{
    static const char *const marks[][2] = {{"b", "**"}, {"i", "*"}, {"a", ""}};
    size_t i;
    json_t *item;

    if (depth > PROGRAM_DEPTH_MAX)
        return ERR_NONE;
    json_array_foreach(list, i, item)
    {
        str code = reply_text(item, "code"), href = reply_text(item, "href");
        if (json_is_string(item))
            TRY(buf_add_str(out, str_bytes(json_string_value(item), json_string_length(item))));
        if (json_is_true(json_object_get(item, "br")))
            TRY(buf_add_u8(out, '\n'));
        if (code.len > 0)
            TRY(buf_add_text(out, "`%.*s`", STR_ARG(code)));
        for (size_t k = 0; k < 3; k++) {
            const json_t *inner = json_object_get(item, marks[k][0]);
            if (!inner)
                continue;
            TRY(buf_add_str(out, href.len > 0 ? STR("[") : str_from(marks[k][1])));
            TRY(reply_inlines(home, inner, out, depth + 1));
            TRY(buf_add_str(out, href.len > 0 ? STR("](") : str_from(marks[k][1])));
            if (href.len > 0) {
                TRY(reply_url(home, href, out));
                TRY(buf_add_u8(out, ')'));
            }
        }
    }
    return ERR_NONE;
}

static enum err
reply_block(str home, const json_t *block, struct buf *out)
{
    static const struct {
        const char *key, *before, *after;
    } kinds[] = {{"h", "**", "**"}, {"p", "", ""}, {"quote", "> ", ""}};
    size_t i;
    json_t *item;

    TRY(buf_add_str(out, out->len > 0 ? STR("\n\n") : STR("")));
    for (size_t k = 0; k < 3; k++) {
        const json_t *list = json_object_get(block, kinds[k].key);
        if (!list)
            continue;
        TRY(buf_add_str(out, str_from(kinds[k].before)));
        TRY(reply_inlines(home, list, out, 0));
        TRY(buf_add_str(out, str_from(kinds[k].after)));
    }
    for (int ordered = 0; ordered < 2; ordered++)
        json_array_foreach(json_object_get(block, ordered ? "ol" : "ul"), i, item)
        {
            TRY(buf_add_text(out, ordered ? "%s%zu. " : "%s- ", i > 0 ? "\n" : "", i + 1));
            TRY(reply_inlines(home, item, out, 0));
        }
    str pre = reply_text(block, "pre");
    return pre.len > 0 ? buf_add_text(out, "```\n%.*s\n```", STR_ARG(pre)) : ERR_NONE;
}

static str
reply_picture(const json_t *card)
{
    str image = reply_text(card, "image");
    return json_is_true(json_object_get(card, "picture")) ? reply_text(card, "url") : json_object_get(card, "price") ? (str){"", 0} : image;
}

static enum err
reply_card(str home, const json_t *card, struct buf *out)
{
    str url = reply_text(card, "url"), price = reply_text(card, "price"), note = reply_text(card, "note");

    if (reply_picture(card).len > 0)
        return ERR_NONE;
    TRY(buf_add_str(out, out->len > 0 ? STR("\n- ") : STR("- ")));
    TRY(buf_add_text(out, url.len > 0 ? "[%.*s](" : "%.*s", STR_ARG(reply_text(card, "title"))));
    if (url.len > 0) {
        TRY(reply_url(home, url, out));
        TRY(buf_add_u8(out, ')'));
    }
    TRY(buf_add_text(out, "%s%.*s", price.len > 0 ? ", " : "", STR_ARG(price)));
    return buf_add_text(out, "%s%.*s", note.len > 0 ? ", " : "", STR_ARG(note));
}

/* A message as Markdown: blocks, products, source. */
static enum err
reply_markdown(str home, const json_t *message, struct buf *out)
{
    size_t i, start = out->len;
    json_t *item;
    const json_t *source = json_object_get(message, "source");
    BUF_SCOPE(text, (size_t)1 << 20);

    json_array_foreach(json_object_get(message, "blocks"), i, item) TRY(reply_block(home, item, &text));
    json_array_foreach(json_object_get(message, "cards"), i, item) TRY(reply_card(home, item, &text));
    str url = reply_text(source, "url");
    if (source && url.len > 0) {
        TRY(buf_add_text(&text, "\n\n[%.*s](", STR_ARG(reply_text(source, "title"))));
        TRY(reply_url(home, url, &text));
        TRY(buf_add_u8(&text, ')'));
    }
    TRY(buf_add_str(out, start > 0 && text.len > 0 ? STR("\n\n") : STR("")));
    return buf_add_str(out, buf_str(&text));
}

/* ---- Rasa's REST channel ---- */

static enum err
reply_rest_begin(struct buf *out, str recipient, bool is_lines)
{
    bool is_first = is_lines || out->len <= 1;
    TRY(buf_add_str(out, is_first ? STR("{\"recipient_id\":") : STR(",{\"recipient_id\":")));
    return notice_json(out, recipient);
}

static enum err
reply_rest_buttons(const json_t *quick, struct buf *out)
{
    size_t i;
    json_t *item;

    if (json_array_size(quick) == 0)
        return ERR_NONE;
    TRY(buf_add_str(out, STR(",\"buttons\":[")));
    json_array_foreach(quick, i, item)
    {
        str title = reply_text(item, "title"), payload = reply_text(item, "payload");
        TRY(buf_add_str(out, i > 0 ? STR(",{\"title\":") : STR("{\"title\":")));
        TRY(notice_json(out, title));
        TRY(buf_add_str(out, STR(",\"payload\":")));
        TRY(notice_json(out, payload.len > 0 ? payload : title));
        TRY(buf_add_u8(out, '}'));
    }
    return buf_add_u8(out, ']');
}

/* Products, for programs that draw them themselves. */
static enum err
reply_rest_cards(str home, const json_t *cards, struct buf *out)
{
    static const char *const members[] = {"title", "price", "note", "id", "url", "image"};
    size_t i, count = 0;
    json_t *card;

    json_array_foreach(cards, i, card)
    {
        if (reply_picture(card).len > 0)
            continue;
        TRY(buf_add_str(out, count++ == 0 ? STR(",\"custom\":{\"cards\":[{") : STR(",{")));
        bool is_first = true;
        for (size_t k = 0; k < sizeof members / sizeof *members; k++) {
            str value = reply_text(card, members[k]);
            if (value.len == 0)
                continue;
            BUF_SCOPE(full, 65536);
            TRY(k >= 4 ? reply_url(home, value, &full) : buf_add_str(&full, value));
            TRY(buf_add_text(out, "%s\"%s\":", is_first ? "" : ",", members[k]));
            TRY(notice_json(out, buf_str(&full)));
            is_first = false;
        }
        TRY(buf_add_u8(out, '}'));
    }
    return count > 0 ? buf_add_str(out, STR("]}")) : ERR_NONE;
}

static enum err
reply_rest_message(const struct program_says *says, const json_t *message, str recipient, bool is_lines, struct buf *out)
{
    size_t i;
    json_t *card;
    BUF_SCOPE(text, (size_t)1 << 20);
    str end = is_lines ? STR("}\n") : STR("}");

    TRY(reply_markdown(says->home, message, &text));
    TRY(reply_rest_begin(out, recipient, is_lines));
    TRY(buf_add_str(out, STR(",\"text\":")));
    TRY(notice_json(out, buf_str(&text)));
    TRY(reply_rest_buttons(json_object_get(message, "quick"), out));
    TRY(reply_rest_cards(says->home, json_object_get(message, "cards"), out));
    TRY(buf_add_str(out, end));
    json_array_foreach(json_object_get(message, "cards"), i, card)
    {
        BUF_SCOPE(full, 65536);
        if (reply_picture(card).len == 0)
            continue;
        TRY(reply_url(says->home, reply_picture(card), &full));
        TRY(reply_rest_begin(out, recipient, is_lines));
        TRY(buf_add_str(out, STR(",\"image\":")));
        TRY(notice_json(out, buf_str(&full)));
        TRY(buf_add_str(out, end));
    }
    return ERR_NONE;
}

enum err
program_reply_rest(const struct program_says *says, str recipient, bool is_lines, struct buf *out)
{
    json_t *message;
    size_t i;

    TRY(buf_add_str(out, is_lines ? STR("") : STR("[")));
    if (says->notice.len > 0) {
        TRY(reply_rest_begin(out, recipient, is_lines));
        TRY(buf_add_str(out, STR(",\"text\":")));
        TRY(notice_json(out, says->notice));
        TRY(buf_add_str(out, is_lines ? STR("}\n") : STR("}")));
    }
    json_array_foreach((const json_t *)says->messages, i, message) TRY(reply_rest_message(says, message, recipient, is_lines, out));
    return is_lines ? ERR_NONE : buf_add_u8(out, ']');
}

/* ---- OpenAI's chat completions ---- */

static enum err
reply_chat_text(const struct program_says *says, const json_t *all, struct buf *out)
{
    size_t i, k;
    json_t *message, *item;

    TRY(buf_add_str(out, says->notice));
    json_array_foreach(all, i, message)
    {
        TRY(reply_markdown(says->home, message, out));
        json_array_foreach(json_object_get(message, "cards"), k, item)
        {
            str picture = reply_picture(item);
            if (picture.len == 0)
                continue;
            TRY(buf_add_text(out, "\n\n![%.*s](", STR_ARG(reply_text(item, "title"))));
            TRY(reply_url(says->home, picture, out));
            TRY(buf_add_u8(out, ')'));
        }
        json_array_foreach(json_object_get(message, "quick"), k, item)
            TRY(buf_add_text(out, "%s%.*s", k == 0 ? "\n\n" : " · ", STR_ARG(reply_text(item, "title"))));
    }
    return ERR_NONE;
}

static enum err
reply_chat_head(const struct program_completion *completion, const char *object, struct buf *out)
{
    TRY(buf_add_text(out, "{\"id\":\"chatcmpl-%.*s\",\"object\":\"%s\",\"created\":%llu,\"model\":", STR_ARG(completion->id), object,
                     (unsigned long long)completion->created_s));
    TRY(notice_json(out, completion->model));
    return buf_add_str(out, STR(",\"system_fingerprint\":\"not-sealed\""));
}

static enum err
reply_chat_usage(const struct program_completion *completion, size_t text_bytes, struct buf *out)
{
    size_t prompt = (completion->prompt_bytes + 3) / 4, text = (text_bytes + 3) / 4;

    return buf_add_text(out, "\"usage\":{\"prompt_tokens\":%zu,\"completion_tokens\":%zu,\"total_tokens\":%zu}", prompt, text, prompt + text);
}

/* A piece ends behind a blank, and never inside of a character. */
static size_t
reply_chat_piece(str text, size_t size)
{
    size_t len = text.len < size ? text.len : size;

    while (len < text.len && ((unsigned char)text.at[len] & 0xC0) == 0x80)
        len++;
    for (size_t i = len; len < text.len && i > 0; i--)
        if (text.at[i - 1] == ' ')
            return i;
    return len;
}

static enum err
reply_chat_stream(const struct program_completion *completion, str text, struct buf *out)
{
    const char *object = "chat.completion.chunk", *no_usage = completion->has_usage ? ",\"usage\":null}\n\n" : "}\n\n";
    size_t whole = text.len, size = whole / PROGRAM_CHUNKS > PROGRAM_CHUNK_BYTES ? whole / PROGRAM_CHUNKS : PROGRAM_CHUNK_BYTES;

    TRY(buf_add_str(out, STR("data: ")));
    TRY(reply_chat_head(completion, object, out));
    TRY(buf_add_text(out, ",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"logprobs\":null,\"finish_reason\":null}]%s", no_usage));
    while (text.len > 0) {
        size_t len = reply_chat_piece(text, size);
        TRY(buf_add_str(out, STR("data: ")));
        TRY(reply_chat_head(completion, object, out));
        TRY(buf_add_str(out, STR(",\"choices\":[{\"index\":0,\"delta\":{\"content\":")));
        TRY(notice_json(out, str_slice(text, 0, len)));
        TRY(buf_add_text(out, "},\"logprobs\":null,\"finish_reason\":null}]%s", no_usage));
        text = str_slice(text, len, text.len);
    }
    TRY(buf_add_str(out, STR("data: ")));
    TRY(reply_chat_head(completion, object, out));
    TRY(buf_add_text(out, ",\"choices\":[{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"stop\"}]%s", no_usage));
    if (completion->has_usage) {
        TRY(buf_add_str(out, STR("data: ")));
        TRY(reply_chat_head(completion, object, out));
        TRY(buf_add_str(out, STR(",\"choices\":[],")));
        TRY(reply_chat_usage(completion, whole, out));
        TRY(buf_add_str(out, STR("}\n\n")));
    }
    return buf_add_str(out, STR("data: [DONE]\n\n"));
}

enum err
program_reply_chat(const struct program_says *says, const struct program_completion *completion, struct buf *out)
{
    BUF_SCOPE(text, (size_t)1 << 20);

    TRY(reply_chat_text(says, says->messages, &text));
    if (completion->is_stream)
        return reply_chat_stream(completion, buf_str(&text), out);
    TRY(reply_chat_head(completion, "chat.completion", out));
    TRY(buf_add_str(out, STR(",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":")));
    TRY(notice_json(out, buf_str(&text)));
    TRY(buf_add_str(out, STR(",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],")));
    TRY(reply_chat_usage(completion, text.len, out));
    return buf_add_u8(out, '}');
}

/* ---- errors ---- */

enum err
program_reply_error(enum program_shape shape, unsigned status, const char *text, const char *member, struct buf *out)
{
    static const struct {
        unsigned status;
        const char *type, *code, *reason, *text;
    } kinds[] = {{400, "invalid_request_error", "invalid_request", "BadRequest", "The request can't be read."},
                 {401, "invalid_request_error", "invalid_api_key", "NotAuthenticated", "That is no key of this server."},
                 {403, "invalid_request_error", "not_allowed", "NotAllowed", "That token is for another sender."},
                 {404, "invalid_request_error", "not_found", "NotFound", "There is no such thing here."},
                 {405, "invalid_request_error", "method_not_allowed", "MethodNotAllowed", "That address is asked in another way."},
                 {413, "invalid_request_error", "request_too_large", "RequestTooLarge", "The body is too large."},
                 {429, "rate_limit_error", "rate_limit_exceeded", "TooManyRequests", "Too many requests; try again in a moment."},
                 {503, "server_error", "busy", "ServiceUnavailable", "The server is busy; try again in a moment."},
                 {500, "server_error", "broken", "InternalError", "That went wrong here."}};
    size_t i = 0;

    while (i < sizeof kinds / sizeof *kinds - 1 && kinds[i].status != status)
        i++;
    text = text ? text : kinds[i].text;
    TRY(buf_add_str(out, shape == PROGRAM_CHAT ? STR("{\"error\":{\"message\":") : STR("{\"version\":\"" PRIVET_VERSION "\",\"status\":\"failure\",\"message\":")));
    TRY(notice_json(out, str_from(text)));
    if (shape != PROGRAM_CHAT) {
        TRY(buf_add_text(out, ",\"reason\":\"%s\",\"details\":{", kinds[i].reason));
        TRY(member ? buf_add_text(out, "\"parameter\":\"%s\"", member) : ERR_NONE);
        return buf_add_text(out, "},\"help\":null,\"code\":%u}", status);
    }
    TRY(buf_add_text(out, ",\"type\":\"%s\",\"param\":", kinds[i].type));
    TRY(member ? notice_json(out, str_from(member)) : buf_add_str(out, STR("null")));
    return buf_add_text(out, ",\"code\":\"%s\"}}", kinds[i].code);
}
