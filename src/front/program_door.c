/* Requests of programs on their way to core. It never looks into a body, and keeps no key. */
#include "front/program_door.h"

#include "front/head.h"

#include <microhttpd.h>
#include <string.h>

static const struct limit_rate miss_rate = {1, 1000, 20};

static const struct program_door_route {
    const char *method, *path;
    enum program_route route;
} routes[] = {
    {"GET", "/webhooks/rest/", PROGRAM_HEALTH},         {"GET", "/webhooks/rest", PROGRAM_HEALTH},
    {"POST", "/webhooks/rest/webhook", PROGRAM_SAY},    {"POST", "/webhooks/rest/session", PROGRAM_SESSION},
    {"POST", "/webhooks/rest/erase", PROGRAM_ERASE},    {"POST", "/v1/chat/completions", PROGRAM_COMPLETE},
    {"GET", "/v1/models", PROGRAM_MODELS},              {"GET", "/v1/models/*", PROGRAM_MODEL},
};
#define ROUTE_COUNT (sizeof routes / sizeof *routes)

static bool
program_door_fits(const struct program_door_route *route, str path)
{
    str pattern = str_from(route->path);

    if (str_has_suffix(pattern, STR("*")))
        return path.len >= pattern.len && str_has_prefix(path, str_slice(pattern, 0, pattern.len - 1));
    return str_is(path, pattern);
}

enum program_shape
program_door_shape(str path)
{
    if (str_has_prefix(path, STR("/webhooks/")))
        return PROGRAM_REST;
    return str_has_prefix(path, STR("/v1/chat/")) || str_is(path, STR("/v1/models")) || str_has_prefix(path, STR("/v1/models/")) ? PROGRAM_CHAT : PROGRAM_NONE;
}

enum err
program_door_find(const char *method, str path, enum program_route *out)
{
    bool is_known = false;

    for (size_t i = 0; i < ROUTE_COUNT; i++) {
        if (!program_door_fits(&routes[i], path))
            continue;
        is_known = true;
        if (strcmp(method, routes[i].method) != 0)
            continue;
        *out = routes[i].route;
        return ERR_NONE;
    }
    return is_known ? err_raise(ERR_DENIED, "front: another method") : err_raise(ERR_ABSENT, "front: no such address");
}

enum err
program_door_write(struct MHD_Connection *connection, enum program_route route, str body, struct buf *out)
{
    str authorization = head_get(connection, "Authorization");
    const char *stream = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "stream");

    if (authorization.len > 1024)
        authorization = STR("");
    TRY(buf_fit(out, 4 + authorization.len + body.len));
    TRY(buf_add_u8(out, (uint8_t)route));
    TRY(buf_add_u8(out, stream && strcmp(stream, "true") == 0 ? PROGRAM_FLAG_STREAM : 0));
    TRY(buf_add_u16(out, (uint16_t)authorization.len));
    TRY(buf_add_str(out, authorization));
    return buf_add_str(out, body);
}

bool
program_door_may_knock(struct program_door *door, struct gate_place place, uint64_t now_ms)
{
    return limit_wait_ms(&door->misses[place.row], &miss_rate, now_ms) == 0;
}

void
program_door_miss(struct program_door *door, struct gate_place place, uint64_t now_ms)
{
    limit_owe(&door->misses[place.row], &miss_rate, now_ms);
}

enum err
program_door_head(struct MHD_Response *response, unsigned status)
{
    bool done = MHD_add_response_header(response, "Privet-Sealed", "no") == MHD_YES &&
                (status != 401 || MHD_add_response_header(response, "WWW-Authenticate", "Bearer") == MHD_YES) &&
                ((status != 429 && status != 503) || MHD_add_response_header(response, "Retry-After", "2") == MHD_YES);
    return done ? ERR_NONE : err_raise(ERR_MEMORY, "front: no header");
}
