/* Heads of requests. Where RFC 9112 leaves a choice between mending and refusing, it refuses: a proxy in front may have chosen otherwise. */
#include "front/head.h"

#include <microhttpd.h>
#include <string.h>

struct head {
    const char *wanted;
    str found;
    size_t count, hosts, lengths;
    uint64_t length;
    bool is_strange;
};

static bool
head_is_token(const char *name)
{
    for (const char *at = name; *at; at++)
        if (*at <= ' ' || *at >= 0x7F || strchr("\"(),/:;<=>?@[\\]{}", *at))
            return false;
    return name[0] != 0;
}

static enum MHD_Result
head_row(void *context, enum MHD_ValueKind kind, const char *name, const char *value)
{
    struct head *head = context;
    str key = str_from(name);
    (void)kind;

    head->count++;
    if (head->wanted && str_is_nocase(key, str_from(head->wanted)))
        head->found = str_from(value ? value : "");
    head->hosts += str_is_nocase(key, STR("Host"));
    if (str_is_nocase(key, STR("Content-Length"))) {
        head->lengths++;
        head->is_strange = head->is_strange || str_parse_u64(str_from(value), UINT64_MAX, &head->length) != ERR_NONE;
    }
    /* Browsers say how long their bodies are, and proxies may. */
    head->is_strange = head->is_strange || str_is_nocase(key, STR("Transfer-Encoding")) || !head_is_token(name) || (value && strpbrk(value, "\r\n"));
    return MHD_YES;
}

str
head_get(struct MHD_Connection *connection, const char *name)
{
    struct head head = {.wanted = name};

    MHD_get_connection_values(connection, MHD_HEADER_KIND, head_row, &head);
    return head.found;
}

bool
head_is_good(struct MHD_Connection *connection, const char *version, uint64_t *length)
{
    struct head head = {.wanted = NULL};

    MHD_get_connection_values(connection, MHD_HEADER_KIND, head_row, &head);
    *length = head.length;
    return !head.is_strange && head.lengths <= 1 && head.hosts <= 1 && head.count <= HEAD_ROWS_MAX &&
           (strcmp(version, "HTTP/1.1") == 0 || strcmp(version, "HTTP/1.0") == 0);
}
