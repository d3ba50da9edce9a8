/* The endpoints of bot.yaml: what a flow may call, what it is sent, what it fills. It calls nothing. */
#include "engine/bot_yaml.h"

#define ENDPOINT_TIMEOUT_S 5
#define ENDPOINT_TIMEOUT_S_MAX 60

static enum err
endpoint_url(struct bot_yaml *y, const yaml_node_t *node, struct bot_endpoint *endpoint)
{
    static const char *const here[] = {"http://localhost/", "http://localhost:", "http://127.0.0.1/", "http://127.0.0.1:", "http://[::1]/", "http://[::1]:"};

    TRY(bot_yaml_str(y, node, &endpoint->url));
    bool good = str_has_prefix(endpoint->url, STR("https://")) && endpoint->url.len > 8;
    for (size_t i = 0; i < sizeof here / sizeof *here; i++)
        good = good || str_has_prefix(endpoint->url, str_from(here[i]));
    for (size_t i = 0; i < endpoint->url.len; i++)
        good = good && endpoint->url.at[i] > ' ' && endpoint->url.at[i] < 0x7f && endpoint->url.at[i] != '@';
    return good ? ERR_NONE : bot_yaml_refuse(y, node, "an endpoint is called by https, without a name or password in the address; write https://host/path");
}

static enum err
endpoint_send(struct bot_yaml *y, const yaml_node_t *list, struct bot_endpoint *endpoint)
{
    TRY(bot_yaml_need(y, list, YAML_SEQUENCE_NODE, "\"send\""));
    if (bot_yaml_count(list) > FLOW_SETS_MAX)
        return bot_yaml_refuse(y, list, "at most 8 slots are sent; send less");
    for (size_t i = 0; i < bot_yaml_count(list); i++)
        TRY(bot_yaml_slot(y, bot_yaml_item(y, list, i), &endpoint->send[endpoint->send_count++]));
    return ERR_NONE;
}

static enum err
endpoint_receive(struct bot_yaml *y, const yaml_node_t *map, struct bot_endpoint *endpoint)
{
    TRY(bot_yaml_names(y, map));
    if (bot_yaml_count(map) > FLOW_SETS_MAX)
        return bot_yaml_refuse(y, map, "an answer fills at most 8 slots; take less");
    for (size_t i = 0; i < bot_yaml_count(map); i++) {
        yaml_node_t *key, *node = bot_yaml_pair(y, map, i, NULL, &key);
        struct bot_set *set = &endpoint->receive[endpoint->receive_count++];
        TRY(bot_yaml_slot(y, key, &set->slot));
        TRY(bot_yaml_str(y, node, &set->value));
        if (set->value.len == 0)
            return bot_yaml_refuse(y, node, "write which member of the answer fills the slot");
    }
    return ERR_NONE;
}

static enum err
endpoint_load(struct bot_yaml *y, const yaml_node_t *node, struct bot_endpoint *endpoint)
{
    TRY(bot_yaml_keys(y, node, SHAPE_ENDPOINT));
    const yaml_node_t *url = bot_yaml_get(y, node, "url"), *method = bot_yaml_get(y, node, "method"), *send = bot_yaml_get(y, node, "send");
    const yaml_node_t *receive = bot_yaml_get(y, node, "receive"), *timeout = bot_yaml_get(y, node, "timeout");
    endpoint->line = (unsigned)node->start_mark.line + 1;
    endpoint->column = (unsigned)node->start_mark.column + 1;
    endpoint->method = STR("POST");
    endpoint->timeout_s = ENDPOINT_TIMEOUT_S;
    if (!url)
        return bot_yaml_refuse(y, node, "the endpoint lacks \"url\"; write url: https://host/path");
    TRY(endpoint_url(y, url, endpoint));
    if (method)
        TRY(bot_yaml_str(y, method, &endpoint->method));
    if (!str_is(endpoint->method, STR("POST")) && !str_is(endpoint->method, STR("GET")))
        return bot_yaml_refuse(y, method, "unknown method \"%.*s\"; write POST or GET", STR_ARG(str_slice(endpoint->method, 0, 20)));
    if (send)
        TRY(endpoint_send(y, send, endpoint));
    if (receive)
        TRY(endpoint_receive(y, receive, endpoint));
    return timeout ? bot_yaml_time(y, timeout, ENDPOINT_TIMEOUT_S_MAX, &endpoint->timeout_s) : ERR_NONE;
}

enum err
bot_yaml_endpoint_load(struct bot_yaml *y, const yaml_node_t *top)
{
    const yaml_node_t *map = bot_yaml_get(y, top, "endpoints");
    void *piece = NULL;

    if (!map)
        return ERR_NONE;
    TRY(bot_yaml_names(y, map));
    TRY(bot_yaml_array(y, map, sizeof(struct bot_endpoint), &piece));
    y->bot->endpoints = piece;
    for (size_t i = 0; i < bot_yaml_count(map); i++) {
        yaml_node_t *key, *node = bot_yaml_pair(y, map, i, NULL, &key);
        TRY(bot_yaml_str(y, key, &y->bot->endpoints[i].name));
        TRY(endpoint_load(y, node, &y->bot->endpoints[i]));
        y->bot->endpoint_count = i + 1;
    }
    return ERR_NONE;
}
