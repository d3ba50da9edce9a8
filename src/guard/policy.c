/* Policies: a table by type, and the one rule that no table can break: a secret is never let through. */
#include "guard/policy.h"

void
policy_init(struct policy *policy)
{
    *policy = (struct policy){{0}};
    must(pii_type_count() <= POLICY_TYPES_MAX);
    for (unsigned i = 0; i < pii_type_count(); i++)
        policy->action[i] = (uint8_t)pii_type_get(i).action;
}

enum pii_action
policy_get(const struct policy *policy, unsigned type)
{
    return (enum pii_action)policy->action[type];
}

/* One rule. With "*", secrets keep what they have when the action is too little for them. */
static enum err
policy_set_one(struct policy *policy, str rule)
{
    enum pii_action action;
    unsigned type = 0;
    str rest = rule, name;

    if (!str_split(&rest, '=', &name) || !rest.at)
        return err_raise(ERR_INPUT, "policy: TYPE=action is wanted");
    if (pii_type_action_find(str_trim(rest), &action) != ERR_NONE)
        return err_raise(ERR_INPUT, "policy: no such action");
    name = str_trim(name);
    bool all = str_is(name, STR("*"));
    if (!all && pii_type_find(name, &type) != ERR_NONE)
        return err_raise(ERR_INPUT, "policy: no such type");
    for (unsigned i = all ? 0 : type; i < (all ? pii_type_count() : type + 1); i++) {
        bool too_little = pii_type_get(i).is_secret && action < PII_MASK;
        if (too_little && !all)
            return err_raise(ERR_DENIED, "policy: a secret can't be let through");
        if (!too_little)
            policy->action[i] = (uint8_t)action;
    }
    return ERR_NONE;
}

enum err
policy_set(struct policy *policy, str rules)
{
    struct policy changed = *policy;
    str rest = rules, rule;

    while (str_split(&rest, ',', &rule))
        if (str_trim(rule).len > 0)
            TRY(policy_set_one(&changed, str_trim(rule)));
    *policy = changed;
    return ERR_NONE;
}
