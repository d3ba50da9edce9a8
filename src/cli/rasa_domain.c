/* The domain: which intents, entities, slots, responses, forms and actions there are. */
#include "cli/rasa_private.h"

#include <string.h>

/* Each name of a list; an item may be a map of one name with more about it. */
static enum err
rasa_domain_names(struct rasa *rasa, struct rasa_at list, enum err (*use)(struct rasa *rasa, str name, struct rasa_at item))
{
    for (size_t i = 0; rasa_yaml_is_list(list) && i < rasa_yaml_count(list); i++) {
        struct rasa_at item = rasa_yaml_item(list, i);
        str name = rasa_yaml_text(item);
        struct rasa_at more = item;
        if (rasa_yaml_is_map(item) && rasa_yaml_count(item) == 1)
            more = rasa_yaml_pair(item, 0, &name, NULL);
        if (name.len > 0)
            TRY(use(rasa, name, more));
    }
    return ERR_NONE;
}

static enum err
rasa_domain_intent(struct rasa *rasa, str name, struct rasa_at item)
{
    struct rasa_intent *intent = NULL;

    /* Which entities an intent may use, Privet finds out by itself. */
    rasa_yaml_leave(rasa_yaml_get(item, "use_entities"));
    rasa_yaml_leave(rasa_yaml_get(item, "ignore_entities"));
    TRY(rasa_intent_add(rasa, name, rasa_yaml_place(item), &intent));
    intent->is_declared = true;
    return ERR_NONE;
}

static enum err
rasa_domain_entity(struct rasa *rasa, str name, struct rasa_at item)
{
    struct rasa_entity *entity = NULL;

    for (const char *const *key = (const char *const[]){"roles", "groups", NULL}; *key; key++) {
        struct rasa_at at = rasa_yaml_get(item, *key);
        if (!at.node)
            continue;
        TRY(rasa_note(rasa, RASA_LOST, rasa_yaml_place(at), "%s of the entity \"%.*s\"; the entity itself is kept", *key, STR_ARG(name)));
        rasa_yaml_leave(at);
    }
    rasa_yaml_leave(rasa_yaml_get(item, "influence_conversation"));
    return rasa_entity_add(rasa, name, rasa_yaml_place(item), &entity);
}

static enum err
rasa_domain_action(struct rasa *rasa, str name, struct rasa_at item)
{
    if (str_has_prefix(name, STR("utter_")))
        return ERR_NONE;
    RASA_ADD(rasa, struct rasa_name, action, rasa, actions);
    action->name = name;
    action->place = rasa_yaml_place(item);
    bool is_form = rasa_find_form(rasa, name);
    return is_form ? ERR_NONE : rasa_note(rasa, RASA_LOST, action->place, "the action \"%.*s\": Python", STR_ARG(name));
}

/* ---- slots ---- */

static bool
rasa_domain_is_one_of(str name, const char *words)
{
    str rest = str_from(words), word;

    while (str_split(&rest, ' ', &word))
        if (str_is_nocase(word, name))
            return true;
    return false;
}

#define RASA_YES "affirm yes agree confirm accept affirmative"
#define RASA_NO "deny no disagree reject refuse decline negative"

static enum err
rasa_domain_mapping(struct rasa *rasa, struct rasa_slot *slot, struct rasa_at at)
{
    str type = rasa_yaml_text(rasa_yaml_get(at, "type")), entity = rasa_yaml_text(rasa_yaml_get(at, "entity"));
    str intent = rasa_yaml_text(rasa_yaml_get(at, "intent"));

    if (str_is(type, STR("from_entity"))) {
        slot->from_entity = slot->from_entity.len > 0 && !str_is(entity, slot->name) ? slot->from_entity : entity;
        for (const char *const *key = (const char *const[]){"role", "group", NULL}; *key; key++)
            if (rasa_yaml_get(at, *key).node)
                TRY(rasa_note(rasa, RASA_LOST, rasa_yaml_place(at), "\"%s\" in a mapping of the slot \"%.*s\"", *key, STR_ARG(slot->name)));
    } else if (str_is(type, STR("from_text")) || str_is(type, STR("from_llm"))) {
        slot->has_text = true;
    } else if (str_is(type, STR("from_intent")) && rasa_domain_is_one_of(intent, RASA_YES)) {
        slot->has_yes = true;
        slot->affirmed = rasa_yaml_text(rasa_yaml_get(at, "value"));
    } else if (str_is(type, STR("from_intent")) && rasa_domain_is_one_of(intent, RASA_NO)) {
        slot->has_no = true;
    } else if (str_is(type, STR("custom")) || str_is(type, STR("controlled"))) {
        TRY(rasa_note(rasa, RASA_LOST, rasa_yaml_place(at), "Python fills the slot \"%.*s\"", STR_ARG(slot->name)));
    } else {
        TRY(rasa_note(rasa, RASA_LOST, rasa_yaml_place(at), "the slot \"%.*s\" filled %.*s%s%.*s; it is asked instead", STR_ARG(slot->name), STR_ARG(type),
                      intent.len > 0 ? " " : "", STR_ARG(intent)));
    }
    rasa_yaml_leave(at); /* conditions too: a flow asks for a slot when its step comes */
    return ERR_NONE;
}

static enum err
rasa_domain_slot_values(struct rasa *rasa, struct rasa_slot *slot, struct rasa_at values)
{
    struct rasa_entity *entity = NULL;

    if (!rasa_yaml_is_list(values))
        return ERR_NONE;
    TRY(rasa_entity_add(rasa, slot->name, slot->place, &entity));
    for (size_t i = 0; i < rasa_yaml_count(values); i++) {
        str value = rasa_yaml_text(rasa_yaml_item(values, i));
        TRY(rasa_word_add(rasa, entity, value, value));
    }
    slot->has_values = entity->has_closed_list = true;
    return ERR_NONE;
}

static enum err
rasa_domain_slot(struct rasa *rasa, str name, struct rasa_at at, struct rasa_place place)
{
    struct rasa_slot *slot = NULL;
    struct rasa_at mappings = rasa_yaml_get(at, "mappings"), initial = rasa_yaml_get(at, "initial_value");

    TRY(rasa_slot_add(rasa, name, place, &slot));
    slot->type = rasa_yaml_text(rasa_yaml_get(at, "type"));
    slot->min = rasa_yaml_text(rasa_yaml_get(at, "min_value"));
    slot->max = rasa_yaml_text(rasa_yaml_get(at, "max_value"));
    for (const char *const *key = (const char *const[]){"influence_conversation", "shared_for_coexistence", "value_reset_delay", NULL}; *key; key++)
        rasa_yaml_leave(rasa_yaml_get(at, *key));
    TRY(rasa_domain_slot_values(rasa, slot, rasa_yaml_get(at, "values")));
    if (initial.node && !rasa_yaml_is_null(initial))
        TRY(rasa_note(rasa, RASA_LOST, rasa_yaml_place(initial), "the initial value of the slot \"%.*s\"", STR_ARG(name)));
    if (str_is(name, STR("requested_slot"))) {
        rasa_yaml_leave(at); /* Rasa's own */
        return ERR_NONE;
    }
    for (size_t i = 0; rasa_yaml_is_list(mappings) && i < rasa_yaml_count(mappings); i++)
        TRY(rasa_domain_mapping(rasa, slot, rasa_yaml_item(mappings, i)));
    return ERR_NONE;
}

/* ---- responses ---- */

static enum err
rasa_domain_buttons(struct rasa *rasa, struct rasa_at list, struct rasa_variant *variant)
{
    struct rasa_button **end = &variant->buttons;

    for (size_t i = 0; rasa_yaml_is_list(list) && i < rasa_yaml_count(list); i++) {
        struct rasa_at item = rasa_yaml_item(list, i);
        str title = rasa_yaml_text(rasa_yaml_get(item, "title")), payload = rasa_yaml_text(rasa_yaml_get(item, "payload"));
        void *piece = NULL;
        if (title.len == 0)
            continue;
        if (!str_has_prefix(payload, STR("/"))) {
            TRY(rasa_note(rasa, RASA_LOST, rasa_yaml_place(item), "the button \"%.*s\": its payload is no /intent", STR_ARG(title)));
            rasa_yaml_leave(item);
            continue;
        }
        TRY(arena_take(rasa->arena, 1, sizeof(struct rasa_button), &piece));
        *end = piece;
        (*end)->title = title;
        (*end)->payload = payload;
        end = &(*end)->next;
    }
    return ERR_NONE;
}

static enum err
rasa_domain_variant(struct rasa *rasa, struct rasa_response *response, struct rasa_at item)
{
    static const char *const lost[] = {"custom", "attachment", "elements", "quick_replies", "condition", "channel", "button_type", "id", "metadata", "translation"};
    str text = rasa_yaml_text(rasa_yaml_is_map(item) ? rasa_yaml_get(item, "text") : item), image = rasa_yaml_text(rasa_yaml_get(item, "image"));
    bool is_other = false;

    for (size_t i = 0; i < sizeof lost / sizeof *lost; i++) {
        struct rasa_at at = rasa_yaml_get(item, lost[i]);
        bool is_plain = strcmp(lost[i], "id") == 0 || strcmp(lost[i], "metadata") == 0 || strcmp(lost[i], "button_type") == 0;
        if (!at.node)
            continue;
        rasa_yaml_leave(at);
        is_other = is_other || strcmp(lost[i], "condition") == 0 || strcmp(lost[i], "channel") == 0;
        if (!is_plain)
            TRY(rasa_note(rasa, RASA_LOST, rasa_yaml_place(at), "\"%s\" of %.*s", lost[i], STR_ARG(response->name)));
    }
    if (is_other || (text.len == 0 && image.len == 0)) {
        TRY(rasa_note(rasa, RASA_LOST, rasa_yaml_place(item), "this variant of %.*s%s", STR_ARG(response->name), is_other ? "" : ": it has no text"));
        rasa_yaml_leave(item);
        return ERR_NONE;
    }
    RASA_ADD(rasa, struct rasa_variant, variant, response, variants);
    variant->text = text;
    variant->image = image;
    variant->place = rasa_yaml_place(item);
    return rasa_domain_buttons(rasa, rasa_yaml_get(item, "buttons"), variant);
}

static enum err
rasa_domain_responses(struct rasa *rasa, struct rasa_at map)
{
    for (size_t i = 0; rasa_yaml_is_map(map) && i < rasa_yaml_count(map); i++) {
        struct rasa_response *response = NULL;
        struct rasa_place place;
        str name;
        struct rasa_at list = rasa_yaml_pair(map, i, &name, &place);
        TRY(rasa_response_add(rasa, name, place, &response));
        for (size_t k = 0; rasa_yaml_is_list(list) && k < rasa_yaml_count(list); k++)
            TRY(rasa_domain_variant(rasa, response, rasa_yaml_item(list, k)));
    }
    return ERR_NONE;
}

/* ---- forms ---- */

static enum err
rasa_domain_form(struct rasa *rasa, str name, struct rasa_at at, struct rasa_place place)
{
    struct rasa_at list = rasa_yaml_get(at, "required_slots"), ignored = rasa_yaml_get(at, "ignored_intents");

    if (!list.node)
        list = at; /* Rasa 2: the slots stand in the form itself */
    RASA_ADD(rasa, struct rasa_form, form, rasa, forms);
    form->name = name;
    form->place = place;
    if (rasa_yaml_count(ignored) > 0)
        TRY(rasa_note(rasa, RASA_LOST, rasa_yaml_place(ignored), "ignored_intents of the form \"%.*s\"", STR_ARG(name)));
    rasa_yaml_leave(ignored);
    for (size_t i = 0; i < rasa_yaml_count(list); i++) {
        struct rasa_place slot_place;
        str slot_name;
        if (rasa_yaml_is_map(list)) {
            struct rasa_at mapping = rasa_yaml_pair(list, i, &slot_name, &slot_place);
            if (str_is(slot_name, STR("ignored_intents")) || str_is(slot_name, STR("required_slots")))
                continue;
            struct rasa_slot *slot = NULL;
            TRY(rasa_slot_add(rasa, slot_name, slot_place, &slot));
            for (size_t k = 0; rasa_yaml_is_list(mapping) && k < rasa_yaml_count(mapping); k++)
                TRY(rasa_domain_mapping(rasa, slot, rasa_yaml_item(mapping, k)));
        } else {
            struct rasa_at item = rasa_yaml_item(list, i);
            slot_name = rasa_yaml_text(item);
            slot_place = rasa_yaml_place(item);
        }
        if (slot_name.len == 0)
            continue;
        RASA_ADD(rasa, struct rasa_name, slot, form, slots);
        slot->name = slot_name;
        slot->place = slot_place;
    }
    return ERR_NONE;
}

enum err
rasa_domain_read(struct rasa *rasa, struct rasa_at top)
{
    struct rasa_at forms = rasa_yaml_get(top, "forms"), slots = rasa_yaml_get(top, "slots");

    for (size_t i = 0; i < rasa_yaml_count(forms); i++) {
        struct rasa_place place;
        str name;
        if (rasa_yaml_is_map(forms)) {
            struct rasa_at at = rasa_yaml_pair(forms, i, &name, &place);
            TRY(rasa_domain_form(rasa, name, at, place));
        }
    }
    for (size_t i = 0; rasa_yaml_is_map(slots) && i < rasa_yaml_count(slots); i++) {
        struct rasa_place place;
        str name;
        struct rasa_at at = rasa_yaml_pair(slots, i, &name, &place);
        TRY(rasa_domain_slot(rasa, name, at, place));
    }
    TRY(rasa_domain_names(rasa, rasa_yaml_get(top, "intents"), rasa_domain_intent));
    TRY(rasa_domain_names(rasa, rasa_yaml_get(top, "entities"), rasa_domain_entity));
    TRY(rasa_domain_responses(rasa, rasa_yaml_get(top, "responses")));
    TRY(rasa_domain_responses(rasa, rasa_yaml_get(top, "templates")));
    return rasa_domain_names(rasa, rasa_yaml_get(top, "actions"), rasa_domain_action);
}
