/* The part of bot.yaml about the guard: what is done with each type of personal data. It can make the safe defaults stricter, and never
 * let a secret through. */
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

enum err
bot_yaml_guard_load(struct bot_yaml *y, const yaml_node_t *top)
{
    const yaml_node_t *map = bot_yaml_get(y, top, "guard");

    policy_init(&y->bot->policy);
    TRY(policy_set(&y->bot->policy, GUARD_DEFAULTS));
    if (!map)
        return ERR_NONE;
    TRY(bot_yaml_keys(y, map, ""));
    for (size_t i = 0; i < bot_yaml_count(map); i++)
        TRY(guard_rule(y, map, i));
    return ERR_NONE;
}
