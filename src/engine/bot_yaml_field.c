/* The part of bot.yaml about fields: what a flow may collect, declared with its type, purpose, legal basis, time and recipients. */
#include "engine/bot_yaml.h"

#include <stdio.h>

#define FIELD_DAYS_MAX 3650
#define FIELDS_MAX 32 /* of the notice, too */

static enum err
field_type(struct bot_yaml *y, const yaml_node_t *node, struct bot_field *field)
{
    str name;
    unsigned type = 0;

    TRY(bot_yaml_str(y, node, &name));
    if (str_is(name, STR("OTHER")))
        return ERR_NONE;
    if (pii_type_find(name, &type) != ERR_NONE)
        return bot_yaml_refuse(y, node, "there is no type \"%.*s\"; `privet redact --types-list` names them, OTHER is any other",
                               STR_ARG(str_slice(name, 0, 60)));
    if (pii_type_get(type).is_secret)
        return bot_yaml_refuse(y, node, "a %.*s is never kept nor passed on, so no flow can collect it; leave it out, and say in the text where "
                                        "it is entered instead", STR_ARG(str_slice(name, 0, 60)));
    pii_want(field->types, type);
    return ERR_NONE;
}

/* One type or several; a slot that takes an e-mail address says it itself. */
static enum err
field_types(struct bot_yaml *y, const yaml_node_t *node, const yaml_node_t *list, struct bot_field *field)
{
    if (!list && y->bot->slots[field->slot].type == SLOT_EMAIL) {
        pii_want(field->types, PII_EMAIL);
        return ERR_NONE;
    }
    if (!list)
        return bot_yaml_refuse(y, node, "the field lacks \"type\"; write what it is, for example type: PHONE (`privet redact --types-list`)");
    if (list->type != YAML_SEQUENCE_NODE)
        return field_type(y, list, field);
    for (size_t i = 0; i < bot_yaml_count(list); i++)
        TRY(field_type(y, bot_yaml_item(y, list, i), field));
    return ERR_NONE;
}

static enum err
field_basis(struct bot_yaml *y, const yaml_node_t *node, struct bot_field *field)
{
    const yaml_node_t *basis = bot_yaml_get(y, node, "basis"), *consent = bot_yaml_get(y, node, "consent");
    str name;

    field->consent = BOT_NONE;
    if (consent) {
        TRY(bot_yaml_slot(y, consent, &field->consent));
        if (y->bot->slots[field->consent].type != SLOT_BOOL)
            return bot_yaml_refuse(y, consent, "the consent slot must be {type: bool}");
    }
    field->basis = PURPOSE_CONSENT;
    if (!basis && !consent)
        return bot_yaml_refuse(y, node, "the field lacks \"basis\"; write consent (with \"consent: SLOT\"), contract, legal_obligation, "
                                        "vital_interests, public_task or legitimate_interests");
    if (basis) {
        TRY(bot_yaml_str(y, basis, &name));
        if (purpose_basis_find(name, &field->basis) != ERR_NONE)
            return bot_yaml_refuse(y, basis, "unknown basis \"%.*s\"; write consent, contract, legal_obligation, vital_interests, public_task or "
                                             "legitimate_interests (GDPR article 6)", STR_ARG(str_slice(name, 0, 60)));
    }
    if (field->basis == PURPOSE_CONSENT && !consent)
        return bot_yaml_refuse(y, node, "consent is the basis, so the field needs \"consent: SLOT\", the slot that asks for it");
    for (unsigned type = PII_HEALTH; type <= PII_UNION; type++)
        if (purpose_is_special(type) && pii_is_wanted(field->types, type) && field->basis != PURPOSE_CONSENT &&
            field->basis != PURPOSE_UNDECIDED)
            return bot_yaml_refuse(y, basis ? basis : node, "this is a special category of data (GDPR article 9); write basis: consent");
    return ERR_NONE;
}

static enum err
field_read(struct bot_yaml *y, const yaml_node_t *node, struct bot_field *field)
{
    static const char *const needed[] = {"slot", "purpose", "days"};
    double days;

    TRY(bot_yaml_keys(y, node, SHAPE_FIELD));
    for (size_t k = 0; k < sizeof needed / sizeof *needed; k++)
        if (!bot_yaml_get(y, node, needed[k]))
            return bot_yaml_refuse(y, node, "the field lacks \"%s\"; what is collected needs slot, type, purpose, basis and days", needed[k]);
    TRY(bot_yaml_slot(y, bot_yaml_get(y, node, "slot"), &field->slot));
    TRY(field_types(y, node, bot_yaml_get(y, node, "type"), field));
    const yaml_node_t *label = bot_yaml_get(y, node, "label"), *recipients = bot_yaml_get(y, node, "recipients");
    if (label)
        TRY(bot_yaml_text(y, label, &field->label));
    if (recipients)
        TRY(bot_yaml_text(y, recipients, &field->recipients));
    TRY(bot_yaml_text(y, bot_yaml_get(y, node, "purpose"), &field->purpose));
    TRY(field_basis(y, node, field));
    TRY(bot_yaml_number(y, bot_yaml_get(y, node, "days"), &days));
    if (days < 0 || days > FIELD_DAYS_MAX)
        return bot_yaml_refuse(y, bot_yaml_get(y, node, "days"), "days must be 0 (for the chat only) to 3650");
    field->days = (unsigned)days;
    return ERR_NONE;
}

enum err
bot_yaml_field_load(struct bot_yaml *y, const yaml_node_t *map)
{
    void *piece = NULL;

    TRY(bot_yaml_names(y, map));
    if (bot_yaml_count(map) > FIELDS_MAX)
        return bot_yaml_refuse(y, map, "a bot declares at most 32 fields");
    TRY(bot_yaml_array(y, map, sizeof(struct bot_field), &piece));
    y->bot->fields = piece;
    for (size_t i = 0; i < bot_yaml_count(map); i++) {
        yaml_node_t *key, *node = bot_yaml_pair(y, map, i, NULL, &key);
        struct bot_field *field = &y->bot->fields[i];
        TRY(bot_yaml_str(y, key, &field->name));
        field->line = (unsigned)key->start_mark.line + 1;
        field->column = (unsigned)key->start_mark.column + 1;
        TRY(field_read(y, node, field));
    }
    y->bot->field_count = bot_yaml_count(map);
    return ERR_NONE;
}
