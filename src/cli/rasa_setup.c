/* What a Rasa project says about Rasa itself: pipeline, policies, endpoints, channels. Nothing of it has a place in a bot, so that each of its
 * parts is a line of the list; the language alone is kept. */
#include "cli/rasa_private.h"

static enum err
rasa_setup_list(struct rasa *rasa, struct rasa_at list, const char *what)
{
    for (size_t i = 0; i < rasa_yaml_count(list) && rasa_yaml_is_list(list); i++) {
        struct rasa_at item = rasa_yaml_item(list, i);
        str name = rasa_yaml_text(rasa_yaml_is_map(item) ? rasa_yaml_get(item, "name") : item);
        bool is_own = str_find(name, STR(".")) != SIZE_MAX && !str_has_prefix(name, STR("rasa."));
        TRY(rasa_note(rasa, RASA_LOST, rasa_yaml_place(item), "%s: %.*s%s", what, STR_ARG(str_slice(name, 0, 100)), is_own ? " (Python of your own)" : ""));
    }
    rasa_yaml_leave(list);
    return ERR_NONE;
}

/* What other parts of the program are reached by, and where people write from: all that a file of credentials names is a channel. */
static enum err
rasa_setup_pair(struct rasa *rasa, struct rasa_at top, size_t i, bool is_credentials)
{
    static const struct {
        const char *key, *what;
    } endpoints[] = {{"action_endpoint", "the action server"}, {"tracker_store", "the tracker store; Privet's own is sealed"}, {"event_broker", "the event broker"},
                     {"lock_store", "the lock store"}, {"nlg", "the NLG server"}, {"models", "the model server"}, {"nlu", "the NLU server"},
                     {"vector_store", "the vector store; write articles into knowledge/"}, {"model_groups", "language models"}};
    const yaml_node_pair_t *pair = top.node->data.mapping.pairs.start + i;
    struct rasa_at name = {top.file, yaml_document_get_node(&top.file->document, pair->key)}, value = {top.file, yaml_document_get_node(&top.file->document, pair->value)};
    const char *what = NULL;

    for (size_t k = 0; k < sizeof endpoints / sizeof *endpoints && !is_credentials; k++)
        if (str_is(rasa_yaml_text(name), str_from(endpoints[k].key)) && rasa_yaml_is_map(value))
            what = endpoints[k].what;
    if (!what && !is_credentials)
        return ERR_NONE;
    TRY(what ? rasa_note(rasa, RASA_LOST, rasa_yaml_place(name), "endpoint: %s", what)
             : rasa_note(rasa, RASA_LOST, rasa_yaml_place(name), "the channel \"%.*s\"", STR_ARG(rasa_yaml_text(name))));
    rasa_yaml_leave(name);
    rasa_yaml_leave(value);
    return ERR_NONE;
}

enum err
rasa_setup_read(struct rasa *rasa, struct rasa_at top)
{
    struct rasa_at language = rasa_yaml_get(top, "language"), session = rasa_yaml_get(top, "session_config");
    bool is_code = rasa_yaml_text(language).len >= 2 && rasa_yaml_text(language).len <= 5;
    if (is_code)
        rasa->language = rasa_yaml_text(language);
    for (const char *const *key = (const char *const[]){"version", "recipe", "assistant_id", NULL}; *key; key++)
        rasa_yaml_leave(rasa_yaml_get(top, *key));
    TRY(rasa_setup_list(rasa, rasa_yaml_get(top, "pipeline"), "a part of Rasa's pipeline"));
    TRY(rasa_setup_list(rasa, rasa_yaml_get(top, "policies"), "a policy of Rasa's"));
    for (size_t i = 0; i < (rasa_yaml_is_map(session) ? rasa_yaml_count(session) : 0); i++) {
        str key;
        struct rasa_place place;
        struct rasa_at value = rasa_yaml_pair(session, i, &key, &place);
        TRY(rasa_note(rasa, RASA_LOST, place, "session_config: %.*s; a chat goes on as long as its visitor comes back within `retention_days`", STR_ARG(key)));
        rasa_yaml_leave(value);
    }
    bool is_credentials = str_has_suffix(str_from(top.file->path), STR("credentials.yml")) || str_has_suffix(str_from(top.file->path), STR("credentials.yaml"));
    for (size_t i = 0; i < rasa_yaml_count(top); i++)
        TRY(rasa_setup_pair(rasa, top, i, is_credentials));
    return ERR_NONE;
}
