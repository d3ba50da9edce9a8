/* The front process, on libmicrohttpd: one loop of events. A POST is collected up to its limit, handed to core, and its connection sleeps
 * until core has answered. Turns go to core at once, and their answers leave in steps after their requests; what anybody may ask for waits in
 * a lane of its own, so that a flood of it never stands before a turn. It forwards ciphertext and keeps none of it after the answer. It never
 * opens a file or a connection once it serves, and never lets one that is slow stay for ever. */
#include "front/front.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/rand.h"
#include "crypt/base64.h"
#include "front/asset.h"
#include "front/document.h"
#include "front/head.h"
#include "front/headers.h"
#include "front/line.h"
#include "front/program_door.h"
#include "proc/cage.h"
#include "proc/parent.h"
#include "rights/notice.h"

#include <microhttpd.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FRONT_WAITING_MAX 8192 /* a power of two */
#define FRONT_TRIM_S 30
#define FRONT_M1_BYTES ((size_t)571)
#define FRONT_WAIT_MS ((uint64_t)15000)

/* One request on its way: from libmicrohttpd's first word of it to its last. */
struct front_request {
    struct MHD_Connection *connection;
    struct line *line;
    struct buf body;
    bool is_too_large, is_sent, is_answered;
    bool is_document; /* the answer goes into the widget's page */
    enum program_shape shape; /* of a program's request */
    enum headers_kind document_kind;
    char language[3];
    uint16_t asked; /* what core is asked, a wire_type */
    uint64_t id, sent_ms;
    uint64_t come_ns, due_ns; /* of a turn: when it was read to its end, when its answer leaves */
    uint16_t status;
    uint8_t kind;
    struct buf answer;
    struct front_request *next; /* in the lane, or held */
    bool is_queued;
};

struct front {
    const struct conf *conf;
    struct wire core;
    struct lines lines;
    struct front_request *waiting[FRONT_WAITING_MAX]; /* by id */
    size_t waiting_count;
    struct front_request *lane, **lane_end; /* what is no turn and waits here */
    size_t lane_length, lane_at_core, lane_max;
    struct front_request *held; /* answers whose time has not come, the next one first */
    uint64_t step_ns;
    uint64_t next_id;
    struct program_door programs;
    char site_path[CONF_TEXT_MAX + 8];
};

static struct front front;

/* ---- connections ---- */

static enum MHD_Result
front_accept(void *context, const struct sockaddr *peer, socklen_t length)
{
    (void)context;
    (void)length;
    return line_may_open(&front.lines, peer) ? MHD_YES : MHD_NO;
}

static void
front_connection(void *context, struct MHD_Connection *connection, void **line, enum MHD_ConnectionNotificationCode code)
{
    struct line *opened = *line;
    (void)context;

    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        int fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
        must(line_open(&front.lines, fd, MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr, &opened) == ERR_NONE);
    } else {
        line_close(&front.lines, &opened);
    }
    *line = opened;
}

/* ---- answers ---- */

static enum MHD_Result
front_queue(struct front_request *request, unsigned status, struct MHD_Response *response)
{
    line_set(&front.lines, request->line, LINE_ANSWER);
    enum MHD_Result result = MHD_queue_response(request->connection, status, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result
front_say(struct front_request *request, unsigned status, const char *type, str body, enum headers_kind kind)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(body.len, (void *)(uintptr_t)body.at, MHD_RESPMEM_MUST_COPY);

    if (!response)
        return MHD_NO;
    if (headers_add(response, kind, false) != ERR_NONE || (request->shape != PROGRAM_NONE && program_door_head(response, status) != ERR_NONE) || MHD_add_response_header(response, "Content-Type", type) != MHD_YES) {
        MHD_destroy_response(response);
        return MHD_NO;
    }
    return front_queue(request, status, response);
}

/* Refusals, made once: whoever floods is answered with the least work. `ends`: it was not read to its end, or is of a shape that another
 * server might read in another way, so that nothing more is read from there. */
static struct front_refusal {
    unsigned status;
    const char *name;
    bool ends;
    const char *header, *value;
    struct MHD_Response *response;
} refusals[] = {
    {400, "bad-request", true, NULL, NULL, NULL},          {403, "foreign-origin", false, NULL, NULL, NULL},
    {404, "not-found", false, NULL, NULL, NULL},           {405, "method", false, "Allow", "GET, HEAD, POST", NULL},
    {413, "too-large", true, NULL, NULL, NULL},            {503, "busy", false, "Retry-After", "2", NULL},
};

static enum err
front_make_refusals(void)
{
    char body[64];

    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        struct front_refusal *one = &refusals[i];
        int len = snprintf(body, sizeof body, "{\"error\":\"%s\"}", one->name);
        one->response = MHD_create_response_from_buffer((size_t)len, body, MHD_RESPMEM_MUST_COPY);
        bool done = one->response && headers_add(one->response, HEADERS_API, false) == ERR_NONE &&
                    MHD_add_response_header(one->response, "Content-Type", "application/json") == MHD_YES &&
                    (!one->ends || MHD_add_response_header(one->response, "Connection", "close") == MHD_YES) &&
                    (!one->header || MHD_add_response_header(one->response, one->header, one->value) == MHD_YES);
        if (!done)
            return err_raise(ERR_MEMORY, "front: no refusals");
    }
    return ERR_NONE;
}

/* A program is told in the words of its API. */
static enum MHD_Result
front_refuse_program(struct front_request *request, unsigned status)
{
    BUF_SCOPE(body, 4096);

    if (program_reply_error(request->shape, status, NULL, NULL, &body) != ERR_NONE)
        return MHD_NO;
    return front_say(request, status, "application/json", buf_str(&body), HEADERS_API);
}

static enum MHD_Result
front_refuse(struct front_request *request, unsigned status)
{
    size_t i = 0;

    if (request->shape != PROGRAM_NONE)
        return front_refuse_program(request, status);

    while (i < sizeof refusals / sizeof *refusals - 1 && refusals[i].status != status)
        i++;
    line_set(&front.lines, request->line, LINE_ANSWER);
    return MHD_queue_response(request->connection, status, refusals[i].response);
}

/* The best of what the browser takes; "br;q=0" means no. */
static bool
front_takes(struct front_request *request, const char *coding)
{
    const char *accepted = MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, "Accept-Encoding");
    str rest = str_from(accepted ? accepted : ""), one, name;

    if (!accepted)
        return false;
    while (str_split(&rest, ',', &one)) {
        str parts = one;
        if (!str_split(&parts, ';', &name) || !str_is_nocase(str_trim(name), str_from(coding)))
            continue;
        str weight = parts.at ? str_trim(parts) : STR("q=1");
        return !str_is(weight, STR("q=0")) && !str_has_prefix(weight, STR("q=0.0"));
    }
    return false;
}

static enum MHD_Result
front_asset(struct front_request *request, const struct asset *asset, enum headers_kind kind, bool is_frozen)
{
    const unsigned char *at = asset->plain;
    size_t len = asset->plain_length;
    const char *coding = NULL;

    if (front_takes(request, "br")) {
        at = asset->brotli;
        len = asset->brotli_length;
        coding = "br";
    } else if (front_takes(request, "gzip")) {
        at = asset->gzip;
        len = asset->gzip_length;
        coding = "gzip";
    }
    struct MHD_Response *response = MHD_create_response_from_buffer(len, (void *)(uintptr_t)at, MHD_RESPMEM_PERSISTENT);
    if (!response)
        return MHD_NO;
    bool done = headers_add(response, kind, is_frozen) == ERR_NONE &&
                MHD_add_response_header(response, "Content-Type", asset->type) == MHD_YES &&
                MHD_add_response_header(response, "Vary", "Accept-Encoding") == MHD_YES &&
                (!coding || MHD_add_response_header(response, "Content-Encoding", coding) == MHD_YES);
    if (!done) {
        MHD_destroy_response(response);
        return MHD_NO;
    }
    return front_queue(request, 200, response);
}

static const struct asset *
front_find_asset(str path)
{
    for (size_t i = 0; i < asset_count; i++)
        if (str_is(path, str_from(asset_table[i].path)))
            return &asset_table[i];
    return NULL;
}

/* ---- to core and back ---- */

static bool
front_wait_add(struct front_request *request)
{
    request->id = front.next_id++;
    struct front_request **place = &front.waiting[request->id & (FRONT_WAITING_MAX - 1)];
    if (*place || front.waiting_count >= (size_t)front.conf->queue_max)
        return false;
    *place = request;
    front.waiting_count++;
    front.lane_at_core += request->asked != WIRE_TURN;
    return true;
}

static void
front_wait_remove(struct front_request *request)
{
    struct front_request **place = &front.waiting[request->id & (FRONT_WAITING_MAX - 1)];
    if (*place != request)
        return;
    *place = NULL;
    front.waiting_count--;
    front.lane_at_core -= request->asked != WIRE_TURN;
}

static enum err
front_send(struct front_request *request)
{
    str payload = request->asked == WIRE_OPEN || request->asked == WIRE_TURN || request->asked == WIRE_PROGRAM ? buf_str(&request->body)
                  : request->asked == WIRE_NOTES                            ? (str){"", 0}
                                                                            : str_from(request->language);

    if (!front_wait_add(request))
        return err_raise(ERR_BUSY, "front: too many wait");
    enum err err = wire_send(&front.core, request->asked, request->id, payload);
    if (err != ERR_NONE)
        front_wait_remove(request);
    request->is_sent = err == ERR_NONE;
    request->sent_ms = clock_steady_ms();
    return err;
}

static void
front_lane_remove(struct front_request *request)
{
    struct front_request **at = &front.lane;

    while (*at != request)
        at = &(*at)->next;
    *at = request->next;
    if (front.lane_end == &request->next)
        front.lane_end = at;
    request->is_queued = false;
    front.lane_length--;
}

/* What is no turn goes to core a few at a time. False when the lane is full too. */
static bool
front_lane_add(struct front_request *request)
{
    if (front.lane_length >= (size_t)front.conf->queue_max)
        return false;
    request->next = NULL;
    request->is_queued = true;
    request->sent_ms = clock_steady_ms();
    *front.lane_end = request;
    front.lane_end = &request->next;
    front.lane_length++;
    return true;
}

/* The connection sleeps until core has answered; the loop goes on with the others. */
static enum MHD_Result
front_ask_core(struct front_request *request, uint16_t type)
{
    bool waits = type != WIRE_TURN && front.lane_at_core >= front.lane_max;

    request->asked = type;
    request->come_ns = type == WIRE_TURN ? clock_steady_ns() : 0;
    if (waits ? !front_lane_add(request) : front_send(request) != ERR_NONE)
        return front_refuse(request, 503);
    line_set(&front.lines, request->line, LINE_CORE);
    MHD_suspend_connection(request->connection);
    return MHD_YES;
}

/* What a turn was about shows in how long it took: an answer leaves a whole number of steps after its request came, whenever it was
 * ready in between. */
static void
front_hold(struct front_request *request)
{
    struct front_request **at = &front.held;
    uint64_t took_ns = clock_steady_ns() - request->come_ns;

    request->due_ns = request->come_ns + (took_ns / front.step_ns + 1) * front.step_ns;
    while (*at && (*at)->due_ns <= request->due_ns)
        at = &(*at)->next;
    request->next = *at;
    *at = request;
}

/* Lets go what is due. Returns how long the loop may sleep, at most `most_ns`. */
static uint64_t
front_let_go(uint64_t most_ns)
{
    uint64_t now_ns = clock_steady_ns();

    while (front.held && front.held->due_ns <= now_ns) {
        struct front_request *request = front.held;
        front.held = request->next;
        MHD_resume_connection(request->connection);
    }
    return front.held && front.held->due_ns - now_ns < most_ns ? front.held->due_ns - now_ns : most_ns;
}

static void
front_answer(struct front_request *request, uint16_t status, uint8_t kind, str body)
{
    front_wait_remove(request);
    request->status = status;
    request->kind = kind;
    if (buf_fit(&request->answer, body.len) != ERR_NONE || buf_add_str(&request->answer, body) != ERR_NONE)
        request->status = 500;
    request->is_answered = true;
    if (request->come_ns > 0 && front.step_ns > 0)
        front_hold(request);
    else
        MHD_resume_connection(request->connection);
}

/* Sends on what waits in the lane; what core does not take is told to try again. */
static void
front_lane_go(void)
{
    while (front.lane && front.lane_at_core < front.lane_max) {
        struct front_request *request = front.lane;
        front_lane_remove(request);
        if (front_send(request) != ERR_NONE)
            front_answer(request, 503, WIRE_JSON, STR("{\"error\":\"busy\"}"));
    }
}

/* core's answer to a request that may be gone. */
static void
front_answered(const struct wire_message *message)
{
    struct view view = {(const unsigned char *)message->payload.at, message->payload.len};
    struct front_request *request = front.waiting[message->id & (FRONT_WAITING_MAX - 1)];
    uint16_t status = 500;
    uint8_t kind = WIRE_JSON;

    if (buf_view_u16(&view, &status) == ERR_NONE && buf_view_u8(&view, &kind) == ERR_NONE && request && request->id == message->id)
        front_answer(request, status, kind, str_bytes(view.at, view.len));
}

/* Tells visitors whose question has waited so long or longer to try again. */
static void
front_give_up(uint64_t waited_ms)
{
    uint64_t now = clock_steady_ms();

    for (size_t i = 0; i < FRONT_WAITING_MAX && front.waiting_count > 0; i++) {
        struct front_request *request = front.waiting[i];
        if (request && now - request->sent_ms >= waited_ms)
            front_answer(request, 503, WIRE_JSON, STR("{\"error\":\"busy\"}"));
    }
    while (front.lane && now - front.lane->sent_ms >= waited_ms) {
        struct front_request *request = front.lane;
        front_lane_remove(request);
        front_answer(request, 503, WIRE_JSON, STR("{\"error\":\"busy\"}"));
    }
}

static void
front_hear_core(unsigned char *room)
{
    struct wire_message message;
    str rest = {"", 0};
    enum err err;

    while ((err = wire_recv_many(&front.core, room, &rest)) == ERR_NONE)
        while (wire_next(&front.core, &rest, &message)) {
            if (message.type == WIRE_ANSWER)
                front_answered(&message);
            if (message.type == WIRE_STARTED)
                front_give_up(0); /* its predecessor died with these questions, or forgot the sessions that they belong to */
        }
    front_lane_go();
    if (err == ERR_BUSY)
        return;
    LOG("core_lost", log_err(err));
    _exit(75);
}

/* ---- handlers, in the order of the table ---- */

static enum MHD_Result
front_loader(struct front_request *request, str path)
{
    const struct asset *asset = front_find_asset(path);
    return asset ? front_asset(request, asset, HEADERS_LOADER, str_is(path, str_from(asset_loader_path)))
                 : front_refuse(request, 404);
}

/* Two letters; anything else is English. */
static void
front_language(struct front_request *request)
{
    const char *wanted = MHD_lookup_connection_value(request->connection, MHD_GET_ARGUMENT_KIND, "lang");
    if (!wanted)
        wanted = MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, "Accept-Language");
    str two = str_slice(str_from(wanted ? wanted : "en"), 0, 2);
    bool good = two.len == 2 && two.at[0] >= 'a' && two.at[0] <= 'z' && two.at[1] >= 'a' && two.at[1] <= 'z';

    memcpy(request->language, good ? two.at : "en", 2);
}

static enum MHD_Result
front_document(struct front_request *request, enum headers_kind kind)
{
    request->is_document = true;
    request->document_kind = kind;
    front_language(request);
    return front_ask_core(request, WIRE_PUBLIC);
}

static enum MHD_Result
front_widget(struct front_request *request, str path)
{
    return str_is(path, str_from(front.site_path)) ? front_document(request, HEADERS_WIDGET) : front_refuse(request, 404);
}

static enum MHD_Result
front_chat(struct front_request *request, str path)
{
    (void)path;
    return front_document(request, HEADERS_CHAT);
}

static enum MHD_Result
front_notes(struct front_request *request, str path)
{
    (void)path;
    return front_ask_core(request, WIRE_NOTES);
}

static enum MHD_Result
front_notice(struct front_request *request, str path)
{
    (void)path;
    front_language(request);
    return front_ask_core(request, WIRE_NOTICE);
}

static enum MHD_Result
front_index(struct front_request *request, str path)
{
    BUF_SCOPE(page, 4096);

    (void)path;
    if (buf_add_text(&page,
                     "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
                     "<title>Chat</title><style>%s</style></head><body><main><h1>Chat</h1><p><a href=\"/chat\">Open the chat</a> · "
                     "<a href=\"/notice\">What it keeps</a></p></main></body></html>",
                     notice_style) != ERR_NONE)
        return MHD_NO;
    return front_say(request, 200, "text/html; charset=utf-8", buf_str(&page), HEADERS_PAGE);
}

static enum MHD_Result
front_health(struct front_request *request, str path)
{
    (void)path;
    return front_say(request, 200, "text/plain", STR("ok\n"), HEADERS_API);
}

/* Where the request comes from: the peer, or whom a proxy of ours names. */
static struct gate_place
front_place(const struct front_request *request)
{
    struct gate_place place = request->line->place;

    str forwarded = head_get(request->connection, "X-Forwarded-For");

    if (place.is_proxy && forwarded.at)
        (void)!gate_find_forwarded(&front.lines.gate, forwarded, clock_steady_ms(), &place);
    return place;
}

/* {"error":"work","work":CHALLENGE} */
static enum MHD_Result
front_ask_work(struct front_request *request, const unsigned char challenge[21])
{
    BUF_SCOPE(body, 128);

    if (buf_add_str(&body, STR("{\"error\":\"work\",\"work\":\"")) != ERR_NONE ||
        base64_write(&body, BASE64_URL, str_bytes(challenge, WORK_CHALLENGE_BYTES)) != ERR_NONE || buf_add_str(&body, STR("\"}")) != ERR_NONE)
        return MHD_NO;
    return front_say(request, 429, "application/json", buf_str(&body), HEADERS_API);
}

static enum MHD_Result
front_open(struct front_request *request, str path)
{
    unsigned char challenge[WORK_CHALLENGE_BYTES];
    str body = buf_str(&request->body);

    (void)path;
    if (body.len != FRONT_M1_BYTES && body.len != FRONT_M1_BYTES + WORK_BYTES)
        return front_refuse(request, 400);
    enum err err = gate_shake(&front.lines.gate, front_place(request), str_slice(body, 0, FRONT_M1_BYTES),
                              str_slice(body, FRONT_M1_BYTES, body.len), clock_steady_ms(), challenge);
    if (err != ERR_NONE)
        return err == ERR_DENIED ? front_ask_work(request, challenge) : front_refuse(request, 503);
    request->body.len = FRONT_M1_BYTES; /* core never hears of it */
    return front_ask_core(request, WIRE_OPEN);
}

static enum MHD_Result
front_turn(struct front_request *request, str path)
{
    (void)path;
    return request->body.len > 0 ? front_ask_core(request, WIRE_TURN) : front_refuse(request, 400);
}

static enum MHD_Result
front_program(struct front_request *request, const char *method, str path)
{
    enum program_route route;
    struct buf body = {NULL, 0, 0, WIRE_PAYLOAD_MAX};
    enum err err = program_door_find(method, path, &route);

    if (err != ERR_NONE)
        return front_refuse(request, err == ERR_DENIED ? 405 : 404);
    if (!program_door_may_knock(&front.programs, front_place(request), clock_steady_ms()))
        return front_refuse(request, 429);
    err = program_door_write(request->connection, route, route == PROGRAM_MODEL ? str_slice(path, strlen("/v1/models/"), path.len) : buf_str(&request->body), &body);
    if (err != ERR_NONE) {
        buf_done(&body);
        return front_refuse(request, 503);
    }
    buf_done(&request->body);
    request->body = body;
    return front_ask_core(request, WIRE_PROGRAM);
}

/* Every address: method, path (a trailing * takes any rest), who may, handler. */
static const struct front_route {
    const char *method, *path;
    bool same_origin; /* only the chat's own document: Origin, and Sec-Fetch-Site where the browser sends it */
    enum MHD_Result (*handler)(struct front_request *request, str path);
} routes[] = {
    {"GET", "/", false, front_index},
    {"GET", "/v1/*", false, front_loader},
    {"GET", "/w/*", false, front_widget},
    {"GET", "/chat", false, front_chat},
    {"GET", "/notice", false, front_notice},
    {"GET", "/.well-known/privet", false, front_notes},
    {"GET", "/healthz", false, front_health},
    {"POST", "/v1/open", true, front_open},
    {"POST", "/v1/turn", true, front_turn},
};

static bool
front_route_fits(const struct front_route *route, str path)
{
    str pattern = str_from(route->path);
    if (pattern.at[pattern.len - 1] == '*')
        return str_has_prefix(path, str_slice(pattern, 0, pattern.len - 1));
    return str_is(path, pattern);
}

static bool
front_is_same_origin(struct front_request *request)
{
    const char *origin = MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, "Origin");
    const char *fetch = MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, "Sec-Fetch-Site");
    return origin && strcmp(origin, front.conf->origin) == 0 && (!fetch || strcmp(fetch, "same-origin") == 0);
}

static enum MHD_Result
front_dispatch(struct front_request *request, const char *method, const char *url)
{
    str path = str_from(url);
    bool known = false;
    const char *wanted = strcmp(method, "HEAD") == 0 ? "GET" : method;

    if (request->shape != PROGRAM_NONE)
        return front_program(request, method, path);
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        if (!front_route_fits(&routes[i], path))
            continue;
        known = true;
        if (strcmp(routes[i].method, wanted) != 0)
            continue;
        if (routes[i].same_origin && !front_is_same_origin(request))
            return front_refuse(request, 403);
        return routes[i].handler(request, path);
    }
    return known ? front_refuse(request, 405) : front_refuse(request, 404);
}

static enum MHD_Result
front_deliver(struct front_request *request)
{
    static const char *const types[] = {"application/octet-stream", "application/json", "text/html; charset=utf-8", "text/event-stream"};
    enum wire_kind kind = request->kind <= WIRE_EVENTS ? (enum wire_kind)request->kind : WIRE_OCTETS;

    if (request->status == 503)
        return front_refuse(request, 503);
    if (request->shape != PROGRAM_NONE && request->status == 401)
        program_door_miss(&front.programs, front_place(request), clock_steady_ms());
    if (request->is_document && request->status == 200) {
        struct document_wish wish = {request->document_kind, buf_str(&request->answer), front_takes(request, "br")};
        line_set(&front.lines, request->line, LINE_ANSWER);
        return document_queue(request->connection, &wish) == ERR_NONE ? MHD_YES : MHD_NO;
    }
    return front_say(request, request->status, types[kind], buf_str(&request->answer), kind == WIRE_HTML ? HEADERS_PAGE : HEADERS_API);
}

/* libmicrohttpd calls this when the head is there, for each piece of the body, at its end, and after a resume. */
static enum MHD_Result
front_handle(void *context, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
             const char *data, size_t *size, void **state)
{
    struct front_request *request = *state;
    void *piece = NULL;
    (void)context;

    if (!request) {
        if (alloc_make(1, sizeof(struct front_request), &piece) != ERR_NONE)
            return MHD_NO;
        request = piece;
        request->connection = connection;
        buf_init(&request->body, FRONT_BODY_MAX);
        buf_init(&request->answer, WIRE_PAYLOAD_MAX);
        *state = request;
        request->line = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
        line_set(&front.lines, request->line, LINE_BODY);
        request->shape = program_door_shape(str_from(url));
        uint64_t length = 0;
        if (!head_is_good(connection, version, &length))
            return front_refuse(request, 400);
        return length <= FRONT_BODY_MAX ? MHD_YES : front_refuse(request, 413);
    }
    if (*size > 0) {
        /* Mostly it comes in one piece; further ones double the room, so that a body sent byte by byte is not copied each time. */
        if (!request->body.at && !request->is_too_large)
            request->is_too_large = buf_fit(&request->body, *size) != ERR_NONE;
        request->is_too_large = request->is_too_large || buf_add(&request->body, data, *size) != ERR_NONE;
        *size = 0;
        return MHD_YES;
    }
    if (request->is_answered)
        return front_deliver(request);
    if (request->is_too_large)
        return front_refuse(request, 413);
    return front_dispatch(request, method, url);
}

static void
front_completed(void *context, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode code)
{
    struct front_request *request = *state;
    (void)context;
    (void)connection;
    (void)code;
    if (!request)
        return;
    if (request->is_sent && !request->is_answered)
        front_wait_remove(request);
    if (request->is_queued)
        front_lane_remove(request);
    line_set(&front.lines, request->line, LINE_IDLE);
    buf_done(&request->body);
    buf_done(&request->answer);
    alloc_free(state);
}

/* ---- start ---- */

static enum err
front_read_file(int fd, struct buf *out)
{
    unsigned char piece[8192];
    ssize_t got;

    while ((got = pread(fd, piece, sizeof piece, (off_t)out->len)) > 0)
        TRY(buf_add(out, piece, (size_t)got));
    close(fd);
    alloc_wipe(piece, sizeof piece);
    return got == 0 ? buf_add_u8(out, 0) : err_raise(ERR_IO, "front: a file of TLS can't be read");
}

/* Addresses are matched as they were sent: no second way to write one. */
static size_t
front_leave_escaped(void *context, struct MHD_Connection *connection, char *text)
{
    (void)context;
    (void)connection;
    return strlen(text);
}

static struct MHD_Daemon *
front_start_daemon(const struct conf *conf, const struct buf *cert, const struct buf *key)
{
    bool tls = conf->tls_cert[0] != 0;
    struct MHD_OptionItem secure[] = {
        {MHD_OPTION_HTTPS_MEM_CERT, 0, cert->at}, {MHD_OPTION_HTTPS_MEM_KEY, 0, key->at}, {MHD_OPTION_END, 0, NULL}};
    struct MHD_OptionItem plain[] = {{MHD_OPTION_END, 0, NULL}};
    unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO | (tls ? MHD_USE_TLS : 0);

    return MHD_start_daemon(flags, 0, front_accept, NULL, front_handle, NULL, MHD_OPTION_LISTEN_SOCKET, PARENT_FD_FRONT_LISTEN,
                            MHD_OPTION_CONNECTION_LIMIT, (unsigned)conf->connections_max, MHD_OPTION_CONNECTION_TIMEOUT,
                            (unsigned)conf->idle_timeout_s, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)8 * 1024, MHD_OPTION_NOTIFY_COMPLETED, front_completed,
                            NULL, MHD_OPTION_NOTIFY_CONNECTION, front_connection, NULL, MHD_OPTION_UNESCAPE_CALLBACK, front_leave_escaped, NULL,
                            MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_ARRAY, tls ? secure : plain, MHD_OPTION_END);
}

/* The process is this loop: browsers on one side, core on the other, nothing waits for anything. */
static _Noreturn void
front_serve(struct MHD_Daemon *daemon, unsigned char *room)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD);
    struct pollfd watched[] = {{info->epoll_fd, POLLIN, 0}, {front.core.fd, POLLIN, 0}};
    uint64_t due_ms = clock_steady_ms() + 1000;

    for (unsigned second = 1;;) {
        MHD_UNSIGNED_LONG_LONG wait_ms = 1000;
        if (MHD_get_timeout(daemon, &wait_ms) != MHD_YES || wait_ms > 1000)
            wait_ms = 1000;
        uint64_t wait_ns = front_let_go(wait_ms * 1000000);
        struct timespec wait = {(time_t)(wait_ns / 1000000000), (long)(wait_ns % 1000000000)};
        (void)ppoll(watched, 2, &wait, NULL);
        if (watched[1].revents)
            front_hear_core(room);
        (void)front_let_go(0);
        if (MHD_run(daemon) != MHD_YES)
            _exit(76);
        if (clock_steady_ms() < due_ms)
            continue;
        due_ms = clock_steady_ms() + 1000;
        front_give_up(FRONT_WAIT_MS);
        (void)line_shut_slow(&front.lines);
        if (second++ % FRONT_TRIM_S == 0)
            alloc_trim(); /* of connections that have closed */
    }
}

enum err
front_run(const struct conf *conf)
{
    BUF_SCOPE(cert, 1 << 20);
    BUF_SCOPE(key, 1 << 16);
    struct cage cage = {.role = WIRE_FRONT, .needs_landlock = strcmp(conf->landlock, "require") == 0};
    void *room = NULL;

    signal(SIGPIPE, SIG_IGN);
    front.conf = conf;
    front.core = (struct wire){.fd = PARENT_FD_FRONT_CORE, .me = WIRE_FRONT, .peer = WIRE_CORE, .never_waits = true};
    front.lane_end = &front.lane;
    front.step_ns = (uint64_t)conf->answer_step_ms * 1000000;
    front.lane_max = conf->threads_core > 1 ? (size_t)conf->threads_core / 2 : 1;
    rand_bytes(&front.next_id, sizeof front.next_id);
    TRY(line_init(&front.lines, conf));
    snprintf(front.site_path, sizeof front.site_path, "/w/%s", conf->site);
    TRY(headers_init(conf));
    TRY(front_make_refusals());
    TRY(document_init());
    TRY(alloc_make(1, WIRE_PAYLOAD_MAX + 16, &room));
    if (conf->tls_cert[0]) {
        TRY(front_read_file(PARENT_FD_FRONT_CERT, &cert));
        TRY(front_read_file(PARENT_FD_FRONT_KEY, &key));
    }
    TRY(cage_enter(&cage));
    struct MHD_Daemon *daemon = front_start_daemon(conf, &cert, &key);
    if (!daemon)
        return err_raise(ERR_IO, "front: libmicrohttpd does not start; is the TLS key right?");
    TRY(parent_child_ready(WIRE_FRONT));
    front_serve(daemon, room);
}
