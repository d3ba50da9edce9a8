/* The visitor over HTTP, on libcurl. It never speaks to a server whose notes do not fit the root it was given. */
#include "probe/client.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/rand.h"
#include "channel/visitor.h"
#include "channel/work.h"
#include "crypt/base64.h"

#include <curl/curl.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define CLIENT_BODY_MAX ((size_t)4 << 20)
#define CLIENT_PATH_MAX 512
#define CLIENT_WORKS_MAX 5

struct client {
    struct client_setup setup;
    CURL *curl;
    struct curl_slist *headers, *via;
    struct visitor visitor;
    bool is_open, is_proven;
    char notice[17]; /* version, hex */
    struct buf answer, request, sealed, state;
    long status;
};

enum err
client_init(void)
{
    return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? ERR_NONE : err_raise(ERR_BUG, "client: libcurl does not start");
}

enum err
client_connections_make(void **out)
{
    CURLSH *share = curl_share_init();

    if (!share || curl_share_setopt(share, CURLSHOPT_SHARE, CURL_LOCK_DATA_CONNECT) != CURLSHE_OK)
        return err_raise(ERR_MEMORY, "client: no connections");
    *out = share;
    return ERR_NONE;
}

void
client_connections_free(void **connections)
{
    if (*connections)
        curl_share_cleanup(*connections);
    *connections = NULL;
}

static size_t
client_collect(char *at, size_t size, size_t count, void *context)
{
    return buf_add(context, at, size * count) == ERR_NONE ? size * count : 0;
}

static enum err
client_connect(struct client *client)
{
    if (client->curl)
        return ERR_NONE;
    client->curl = curl_easy_init();
    if (!client->curl)
        return err_raise(ERR_MEMORY, "client: no handle");
    curl_easy_setopt(client->curl, CURLOPT_WRITEFUNCTION, client_collect);
    curl_easy_setopt(client->curl, CURLOPT_WRITEDATA, &client->answer);
    curl_easy_setopt(client->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(client->curl, CURLOPT_TIMEOUT_MS, 20000L);
    curl_easy_setopt(client->curl, CURLOPT_TCP_NODELAY, 1L);
    if (client->setup.connections)
        curl_easy_setopt(client->curl, CURLOPT_SHARE, client->setup.connections);
    if (client->setup.from)
        curl_easy_setopt(client->curl, CURLOPT_INTERFACE, client->setup.from);
    if (client->via)
        curl_easy_setopt(client->curl, CURLOPT_CONNECT_TO, client->via);
    if (client->setup.ca)
        curl_easy_setopt(client->curl, CURLOPT_CAINFO, client->setup.ca);
    return ERR_NONE;
}

void
client_rest(struct client *client)
{
    if (client->curl)
        curl_easy_cleanup(client->curl);
    client->curl = NULL;
}

static enum err
client_start(struct client *client)
{
    char origin[CLIENT_PATH_MAX];

    snprintf(origin, sizeof origin, "Origin: %s", client->setup.url);
    client->headers = curl_slist_append(NULL, "Content-Type: application/octet-stream");
    client->headers = curl_slist_append(client->headers, origin);
    client->headers = curl_slist_append(client->headers, "Expect:");
    snprintf(origin, sizeof origin, "::%s", client->setup.via ? client->setup.via : "");
    client->via = client->setup.via ? curl_slist_append(NULL, origin) : NULL;
    return visitor_init(&client->visitor);
}

enum err
client_make(const struct client_setup *setup, struct client **out)
{
    void *piece = NULL;

    TRY(alloc_make(1, sizeof(struct client), &piece));
    struct client *client = piece;
    client->setup = *setup;
    struct buf *const bufs[] = {&client->answer, &client->request, &client->sealed, &client->state};
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
        buf_init(bufs[i], CLIENT_BODY_MAX);
    enum err err = client_start(client);
    if (err != ERR_NONE) {
        client_free(&client);
        return err;
    }
    *out = client;
    return ERR_NONE;
}

void
client_free(struct client **client)
{
    struct client *one = *client;

    if (!one)
        return;
    struct buf *const bufs[] = {&one->answer, &one->request, &one->sealed, &one->state};
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
        buf_done(bufs[i]);
    visitor_done(&one->visitor);
    client_rest(one);
    curl_slist_free_all(one->headers);
    curl_slist_free_all(one->via);
    alloc_wipe(one, sizeof *one);
    alloc_free(client);
}

/* GET when body.at is NULL. The answer is in client->answer, its state in client->status. */
static enum err
client_fetch(struct client *client, const char *path, str body)
{
    char url[CLIENT_PATH_MAX];

    TRY(client_connect(client));
    snprintf(url, sizeof url, "%s%s", client->setup.url, path);
    buf_reset(&client->answer);
    curl_easy_setopt(client->curl, CURLOPT_URL, url);
    if (body.at) {
        curl_easy_setopt(client->curl, CURLOPT_POST, 1L);
        curl_easy_setopt(client->curl, CURLOPT_HTTPHEADER, client->headers);
        curl_easy_setopt(client->curl, CURLOPT_POSTFIELDSIZE, (long)body.len);
        curl_easy_setopt(client->curl, CURLOPT_POSTFIELDS, body.at);
    } else {
        curl_easy_setopt(client->curl, CURLOPT_HTTPHEADER, NULL);
        curl_easy_setopt(client->curl, CURLOPT_HTTPGET, 1L);
    }
    if (curl_easy_perform(client->curl) != CURLE_OK || curl_easy_getinfo(client->curl, CURLINFO_RESPONSE_CODE, &client->status) != CURLE_OK)
        return err_raise(ERR_IO, "client: no answer");
    return ERR_NONE;
}

static str
client_text(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    return json_is_string(value) ? str_bytes(json_string_value(value), json_string_length(value)) : (str){"", 0};
}

/* Sends M1; works for it when that is asked, which may be more the next time. */
static enum err
client_send_m1(struct client *client)
{
    str m1 = str_bytes(client->visitor.m1, sizeof client->visitor.m1);
    unsigned char body[sizeof client->visitor.m1 + WORK_BYTES], challenge[WORK_CHALLENGE_BYTES];

    memcpy(body, m1.at, m1.len);
    TRY(client_fetch(client, "/v1/open", m1));
    for (int tries = 0; client->status == 429 && tries < CLIENT_WORKS_MAX; tries++) {
        json_t *json = json_loadb((const char *)client->answer.at, client->answer.len, 0, NULL);
        enum err err = base64_parse_exact(BASE64_URL, client_text(json, "work"), challenge, sizeof challenge);
        json_decref(json);
        TRY(err);
        TRY(work_solve(challenge, m1, body + m1.len));
        TRY(client_fetch(client, "/v1/open", str_bytes(body, sizeof body)));
    }
    return client->status == 200 ? ERR_NONE : err_raise(ERR_BUSY, "client: no handshake now");
}

static enum err
client_shake(struct client *client, const json_t *notes)
{
    struct visitor_notes known = {.root = str_from(client->setup.root), .identity = client_text(notes, "identity"),
                                  .keys = client_text(notes, "keys"), .now_s = clock_unix_ms() / 1000};
    BUF_SCOPE(version, 32);

    TRY(visitor_open(&client->visitor, &known, str_from(client->setup.origin)));
    TRY(client_send_m1(client));
    TRY(visitor_accept(&client->visitor, buf_str(&client->answer)));
    TRY(base64_hex_write(&version, str_bytes(client->visitor.welcome.notice_version, 8)));
    snprintf(client->notice, sizeof client->notice, "%.*s", STR_ARG(buf_str(&version)));
    client->is_open = true;
    client->is_proven = false;
    return ERR_NONE;
}

enum err
client_open(struct client *client)
{
    if (client->is_open)
        return ERR_NONE;
    TRY(client_fetch(client, "/.well-known/privet", (str){NULL, 0}));
    if (client->status != 200)
        return err_raise(ERR_BUSY, "client: no notes now");
    json_t *notes = json_loadb((const char *)client->answer.at, client->answer.len, 0, NULL);
    enum err err = notes ? client_shake(client, notes) : err_raise(ERR_IO, "client: the notes are not JSON");
    json_decref(notes);
    return err;
}

/* The first request of a session carries the device's proof; `}` ends the object. */
static enum err
client_write_end(struct client *client, struct buf *json)
{
    unsigned char proof[64];

    if (!client->is_proven) {
        visitor_proof(&client->visitor, proof);
        TRY(buf_add_str(json, STR(",\"proof\":\"")));
        TRY(base64_write(json, BASE64_URL, str_bytes(proof, sizeof proof)));
        TRY(buf_add_u8(json, '"'));
    }
    return buf_add_u8(json, '}');
}

/* One request in the session that is open; the same bytes are sent until they are answered or refused. */
static enum err
client_exchange(struct client *client, uint64_t until_ms, struct buf *reply)
{
    buf_reset(&client->sealed);
    TRY(visitor_request(&client->visitor, buf_str(&client->request), &client->sealed));
    for (;;) {
        enum err err = client_fetch(client, "/v1/turn", buf_str(&client->sealed));
        if (err == ERR_NONE && client->status == 200)
            break;
        if (err == ERR_NONE && client->status < 500)
            return err_raise(ERR_ABSENT, "client: the session is over");
        if (clock_steady_ms() >= until_ms)
            return err == ERR_NONE ? err_raise(ERR_BUSY, "client: the server is busy") : err_raise(ERR_IO, "client: no answer in time");
        nanosleep(&(struct timespec){0, 20000000}, NULL);
    }
    buf_reset(reply);
    TRY(visitor_reply(&client->visitor, buf_str(&client->answer), reply));
    client->is_proven = true;
    return ERR_NONE;
}

/* Writes a request anew for each session that is tried: its proof depends on it. */
static enum err
client_ask(struct client *client, str head, struct buf *reply)
{
    uint64_t until_ms = clock_steady_ms() + client->setup.give_up_ms;

    for (;;) {
        enum err err = client_open(client);
        if (err == ERR_NONE) {
            buf_reset(&client->request);
            TRY(buf_add_str(&client->request, head));
            TRY(client_write_end(client, &client->request));
            err = client_exchange(client, until_ms, reply);
        }
        if (err == ERR_NONE)
            return ERR_NONE;
        client->is_open = false;
        if (clock_steady_ms() >= until_ms || (err != ERR_IO && err != ERR_BUSY && err != ERR_ABSENT && err != ERR_INPUT))
            return err == ERR_BUSY || err == ERR_ABSENT ? err_raise(ERR_BUSY, "client: the server is busy, or starts again and again")
                                                        : err_raise(ERR_IO, "client: no answer in time");
        nanosleep(&(struct timespec){0, 20000000}, NULL);
    }
}

static enum err
client_write_say(const struct client *client, const unsigned char id[16], str text, struct buf *json)
{
    TRY(buf_add_str(json, STR("{\"v\":1,\"kind\":\"say\",\"lang\":\"en\",\"id\":\"")));
    TRY(base64_write(json, BASE64_URL, str_bytes(id, 16)));
    TRY(buf_add_text(json, "\",\"notice\":\"%s\",\"text\":\"", client->notice));
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.at[i] < ' ' || text.at[i] == '"' || text.at[i] == '\\')
            return err_raise(ERR_INPUT, "client: text without quotes and controls, please");
        TRY(buf_add_u8(json, (uint8_t)text.at[i]));
    }
    TRY(buf_add_u8(json, '"'));
    if (client->state.len > 0)
        TRY(buf_add_text(json, ",\"state\":\"%.*s\"", STR_ARG(buf_str(&client->state))));
    return ERR_NONE;
}

/* "reply" brings the next state; "kept" says that an earlier try was kept; "busy" and "not-kept" are tried again. */
static enum err
client_read_say(struct client *client, const struct buf *reply, uint32_t *n)
{
    json_t *json = json_loadb((const char *)reply->at, reply->len, 0, NULL);
    str kind = client_text(json, "kind"), state = client_text(json, "state");
    enum err err = ERR_NONE;

    if (str_is(kind, STR("reply")) || str_is(kind, STR("kept"))) {
        *n = (uint32_t)json_integer_value(json_object_get(json, "n"));
        buf_reset(&client->state);
        err = buf_add_str(&client->state, state);
    } else {
        str error = client_text(json, "error");
        err = str_is(error, STR("busy"))       ? err_raise(ERR_BUSY, "client: busy")
              : str_is(error, STR("not-kept")) ? err_raise(ERR_LIMIT, "client: the server can't keep it now")
                                               : err_raise(ERR_INPUT, "client: refused");
    }
    json_decref(json);
    return err;
}

enum err
client_say(struct client *client, const unsigned char id[16], str text, struct buf *reply, uint32_t *n)
{
    uint64_t until_ms = clock_steady_ms() + client->setup.give_up_ms;
    bool is_passing = false;
    enum err err;
    BUF_SCOPE(head, CLIENT_BODY_MAX);

    do {
        err = client_open(client);
        buf_reset(&head);
        if (err == ERR_NONE)
            err = client_write_say(client, id, text, &head);
        if (err == ERR_NONE)
            err = client_ask(client, buf_str(&head), reply);
        if (err == ERR_NONE)
            err = client_read_say(client, reply, n);
        is_passing = err == ERR_BUSY || err == ERR_IO || err == ERR_LIMIT;
        if (is_passing)
            nanosleep(&(struct timespec){0, 20000000}, NULL);
    } while (is_passing && clock_steady_ms() < until_ms);
    return err;
}

enum err
client_seal(struct client *client, const unsigned char id[16], str text, struct buf *out)
{
    buf_reset(&client->request);
    TRY(client_write_say(client, id, text, &client->request));
    TRY(client_write_end(client, &client->request));
    TRY(visitor_request(&client->visitor, buf_str(&client->request), out));
    visitor_step(&client->visitor);
    client->is_proven = true;
    return ERR_NONE;
}

struct client_pages {
    struct visitor_history history;
    struct visitor_wrap *wraps;
    struct visitor_row *rows;
    struct buf bytes; /* of all ciphertexts */
    size_t *from;     /* of each row in bytes */
};

static enum err
client_read_row(const json_t *row, struct client_pages *pages)
{
    struct visitor_row *to = &pages->rows[pages->history.row_count];
    str ct = client_text(row, "ct"), author = client_text(row, "author");
    void *piece = NULL;
    size_t len = 0;

    TRY(base64_parse_exact(BASE64_URL, client_text(row, "commit"), to->commit, 32));
    TRY(alloc_make(1, ct.len + 4, &piece));
    enum err err = base64_parse(BASE64_URL, ct, piece, ct.len + 4, &len);
    if (err == ERR_NONE) {
        pages->from[pages->history.row_count] = pages->bytes.len;
        err = buf_add(&pages->bytes, piece, len);
    }
    alloc_free(&piece);
    TRY(err);
    to->n = (uint32_t)json_integer_value(json_object_get(row, "n"));
    to->author = author.len == 1 ? author.at[0] : '?';
    to->ct.len = len;
    pages->history.row_count++;
    return ERR_NONE;
}

static enum err
client_read_page(const json_t *page, struct client_pages *pages, size_t max)
{
    const json_t *wraps = json_object_get(page, "wraps"), *one;
    size_t i;

    TRY(base64_hex_parse_exact(client_text(page, "conversation"), pages->history.conversation, 16));
    TRY(base64_parse_exact(BASE64_URL, client_text(page, "slot"), pages->history.slot, 32));
    for (i = 0; i < json_array_size(wraps); i++) {
        if (pages->history.wrap_count == max)
            return err_raise(ERR_INPUT, "client: more wraps than entries");
        struct visitor_wrap *wrap = &pages->wraps[pages->history.wrap_count++];
        one = json_array_get(wraps, i);
        wrap->from = (uint32_t)json_integer_value(json_object_get(one, "from"));
        TRY(base64_parse_exact(BASE64_URL, client_text(one, "wrap"), wrap->wrap, 80));
    }
    const json_t *rows = json_object_get(page, "rows");
    for (i = 0; i < json_array_size(rows); i++) {
        if (pages->history.row_count == max)
            return err_raise(ERR_INPUT, "client: more rows than entries");
        TRY(client_read_row(json_array_get(rows, i), pages));
    }
    return ERR_NONE;
}

/* Pages, one after the other, until there is no next. */
static enum err
client_read_pages(struct client *client, struct client_pages *pages, size_t max, struct buf *reply)
{
    char head[64];
    long long from = 0;

    while (from >= 0) {
        snprintf(head, sizeof head, "{\"v\":1,\"kind\":\"history\",\"from\":%lld", from);
        TRY(client_ask(client, str_from(head), reply));
        json_t *page = json_loadb((const char *)reply->at, reply->len, 0, NULL);
        const json_t *next = json_object_get(page, "next");
        enum err err = str_is(client_text(page, "kind"), STR("history")) ? client_read_page(page, pages, max) : err_raise(ERR_INPUT, "client: no history");
        from = json_is_integer(next) ? json_integer_value(next) : -1;
        json_decref(page);
        TRY(err);
    }
    return ERR_NONE;
}

static enum err
client_count(struct client *client, struct buf *reply, uint32_t *entries)
{
    TRY(client_ask(client, STR("{\"v\":1,\"kind\":\"hello\",\"lang\":\"en\""), reply));
    json_t *json = json_loadb((const char *)reply->at, reply->len, 0, NULL);
    const json_t *count = json_object_get(json, "entries");
    enum err err = json_is_integer(count) ? ERR_NONE : err_raise(ERR_INPUT, "client: no hello");
    *entries = (uint32_t)json_integer_value(count);
    json_decref(json);
    return err;
}

enum err
client_history(struct client *client, struct buf *texts, uint32_t *entries)
{
    struct client_pages pages = {.bytes = {.max_bytes = (size_t)256 << 20}};
    void *wraps = NULL, *rows = NULL, *from = NULL;
    uint32_t count = 0;
    BUF_SCOPE(reply, CLIENT_BODY_MAX);

    TRY(client_count(client, &reply, &count));
    *entries = count;
    if (count == 0)
        return ERR_NONE;
    enum err err = alloc_make(count, sizeof(struct visitor_wrap), &wraps);
    err = err == ERR_NONE ? alloc_make(count, sizeof(struct visitor_row), &rows) : err;
    err = err == ERR_NONE ? alloc_make(count, sizeof(size_t), &from) : err;
    pages.wraps = wraps;
    pages.rows = rows;
    pages.from = from;
    pages.history.entries = count;
    if (err == ERR_NONE)
        err = client_read_pages(client, &pages, count, &reply);
    for (size_t i = 0; err == ERR_NONE && i < pages.history.row_count; i++)
        pages.rows[i].ct.at = (const char *)pages.bytes.at + pages.from[i];
    pages.history.wraps = pages.wraps;
    pages.history.rows = pages.rows;
    if (err == ERR_NONE)
        err = visitor_read(&client->visitor, &pages.history, texts);
    buf_done(&pages.bytes);
    alloc_free(&wraps);
    alloc_free(&rows);
    alloc_free(&from);
    return err;
}

enum err
client_erase(struct client *client)
{
    BUF_SCOPE(reply, CLIENT_BODY_MAX);

    TRY(client_ask(client, STR("{\"v\":1,\"kind\":\"erase\""), &reply));
    buf_reset(&client->state);
    return str_find(buf_str(&reply), STR("\"erased\"")) != SIZE_MAX ? ERR_NONE : err_raise(ERR_INPUT, "client: not erased");
}

const struct visitor *
client_visitor(const struct client *client)
{
    return &client->visitor;
}
