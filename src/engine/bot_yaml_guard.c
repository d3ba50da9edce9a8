/* The parts of bot.yaml about the guard: what is done with each type of personal data, where links may lead, what must never be said. It
 * can make the safe defaults stricter, and never let a secret through. */
#include "engine/bot_yaml.h"

/* In a chat, a message with a card in it is turned away whole: nobody who answers it needs the rest. */
#define GUARD_DEFAULTS STR("CARD=refuse,CVV=refuse")

static enum err
guard_rule(struct bot_yaml *y, const yaml_node_t *map, size_t i)
{
    yaml_node_t *key, *node = bot_yaml_pair(y, map, i, NULL, &key);
    unsigned type = 0;
    enum pii_action action = PII_ALLOW;
    str name, verb, rule;

    TRY(bot_yaml_str(y, key, &name));
    TRY(bot_yaml_str(y, node, &verb));
    if (pii_type_find(name, &type) != ERR_NONE)
        return bot_yaml_refuse(y, key, "there is no type \"%.*s\"; `privet redact --types-list` names them", STR_ARG(str_slice(name, 0, 60)));
    if (pii_type_action_find(verb, &action) != ERR_NONE)
        return bot_yaml_refuse(y, node, "unknown action \"%.*s\"; write allow, tag, pseudonymise, mask, redact or refuse",
                               STR_ARG(str_slice(verb, 0, 60)));
    TRY(arena_take_text(y->bot->arena, &rule, "%.*s=%.*s", STR_ARG(name), STR_ARG(verb)));
    if (policy_set(&y->bot->policy, rule) != ERR_NONE)
        return bot_yaml_refuse(y, node, "\"%.*s\" is a secret and can't be let through; write mask, redact or refuse",
                               STR_ARG(str_slice(name, 0, 60)));
    return ERR_NONE;
}

static enum err
guard_links(struct bot_yaml *y, const yaml_node_t *list)
{
    void *piece = NULL;
    str host;

    TRY(bot_yaml_need(y, list, YAML_SEQUENCE_NODE, "\"links\""));
    TRY(bot_yaml_array(y, list, sizeof(str), &piece));
    y->bot->links = piece;
    for (size_t i = 0; i < bot_yaml_count(list); i++) {
        const yaml_node_t *node = bot_yaml_item(y, list, i);
        TRY(bot_yaml_str(y, node, &host));
        str name = str_has_prefix(host, STR("*.")) ? str_slice(host, 2, host.len) : host;
        bool good = name.len > 0 && name.len < 250 && str_find(name, STR(".")) != SIZE_MAX;
        for (size_t k = 0; k < name.len; k++)
            good = good && ((name.at[k] >= 'a' && name.at[k] <= 'z') || (name.at[k] >= '0' && name.at[k] <= '9') || name.at[k] == '-' ||
                            name.at[k] == '.');
        if (!good)
            return bot_yaml_refuse(y, node, "\"%.*s\" is not a host; write its name in small letters, for example help.shop.example or *.shop.example",
                                   STR_ARG(str_slice(host, 0, 60)));
        y->bot->links[y->bot->link_count++] = host;
    }
    return ERR_NONE;
}

static enum err
guard_canaries(struct bot_yaml *y, const yaml_node_t *list)
{
    void *piece = NULL;
    str canary;

    TRY(bot_yaml_need(y, list, YAML_SEQUENCE_NODE, "\"canaries\""));
    TRY(bot_yaml_array(y, list, sizeof(struct output_canary), &piece));
    y->bot->canaries = piece;
    for (size_t i = 0; i < bot_yaml_count(list); i++) {
        const yaml_node_t *node = bot_yaml_item(y, list, i);
        TRY(bot_yaml_str(y, node, &canary));
        enum err err = output_canary_make(y->bot->arena, canary, &y->bot->canaries[y->bot->canary_count]);
        if (err == ERR_INPUT)
            return bot_yaml_refuse(y, node, "a canary has at least 8 letters and digits, so that no other text holds it by chance");
        TRY(err);
        y->bot->canary_count++;
    }
    return ERR_NONE;
}

enum err
bot_yaml_guard_load(struct bot_yaml *y, const yaml_node_t *top)
{
    const yaml_node_t *map = bot_yaml_get(y, top, "guard"), *links = bot_yaml_get(y, top, "links"), *canaries = bot_yaml_get(y, top, "canaries");

    policy_init(&y->bot->policy);
    TRY(policy_set(&y->bot->policy, GUARD_DEFAULTS));
    if (map)
        TRY(bot_yaml_names(y, map));
    for (size_t i = 0; map && i < bot_yaml_count(map); i++)
        TRY(guard_rule(y, map, i));
    if (links)
        TRY(guard_links(y, links));
    return canaries ? guard_canaries(y, canaries) : ERR_NONE;
}
