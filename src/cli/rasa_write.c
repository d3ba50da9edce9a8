/* The bot's files. Every text is a quoted string, so that nothing of a project is read as YAML of ours. */
#include "cli/rasa_private.h"

#include "rights/notice.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A double-quoted scalar: JSON's string, and line breaks as people write them. */
static enum err
rasa_write_quoted(struct buf *out, str text)
{
    BUF_SCOPE(json, (size_t)32 << 20);

    TRY(notice_json(&json, text));
    str rest = buf_str(&json);
    for (size_t at; (at = str_find(rest, STR("\\u000a"))) != SIZE_MAX; rest = str_slice(rest, at + 6, rest.len)) {
        TRY(buf_add_str(out, str_slice(rest, 0, at)));
        TRY(buf_add_str(out, STR("\\n")));
    }
    return buf_add_str(out, rest);
}

static enum err
rasa_write_examples(struct rasa *rasa, const struct rasa_intent *intent, struct buf *out)
{
    TRY(buf_add_str(out, STR("  examples:\n")));
    for (const struct rasa_example *example = intent->examples; example; example = example->next) {
        BUF_SCOPE(line, RASA_BYTES_MAX);
        struct rasa_mark mark;
        str rest = example->text;
        while (rasa_nlu_mark(&rest, &mark)) {
            const struct rasa_entity *entity = rasa_find_entity(rasa, mark.entity);
            bool is_plain = str_is(mark.word, mark.value) && str_find(mark.entity, STR(")")) == SIZE_MAX && str_find(mark.entity, STR(":")) == SIZE_MAX;
            TRY(buf_add_str(&line, mark.before));
            if (!entity || !entity->is_kept)
                TRY(buf_add_str(&line, mark.word));
            else if (is_plain)
                TRY(buf_add_text(&line, "[%.*s](%.*s)", STR_ARG(mark.word), STR_ARG(mark.entity)));
            else
                TRY(buf_add_text(&line, "[%.*s]{\"entity\":\"%.*s\",\"value\":\"%.*s\"}", STR_ARG(mark.word), STR_ARG(mark.entity), STR_ARG(mark.value)));
        }
        TRY(buf_add_str(&line, rest));
        TRY(buf_add_str(out, STR("  - ")));
        TRY(rasa_write_quoted(out, buf_str(&line)));
        TRY(buf_add_u8(out, '\n'));
    }
    return ERR_NONE;
}

/* An intent that only a button names has its own name as an example. */
static enum err
rasa_write_name_example(const struct rasa_intent *intent, struct buf *out)
{
    char text[256];
    int len = snprintf(text, sizeof text, "%.*s", STR_ARG(str_slice(intent->out, 0, 200)));

    for (int i = 0; i < len; i++)
        text[i] = text[i] == '_' || text[i] == '-' ? ' ' : text[i];
    TRY(buf_add_str(out, STR("  examples:\n  - ")));
    TRY(rasa_write_quoted(out, str_from(text)));
    return buf_add_u8(out, '\n');
}

/* Declared, and yet nothing that a person could say or press: not written. */
static bool
rasa_write_is_intent(const struct rasa *rasa, const struct rasa_intent *intent)
{
    if (intent->example_count > 0)
        return true;
    if (str_is(intent->name, STR("nlu_fallback")) || str_is(intent->name, STR("session_start")))
        return false;
    bool is_used = intent->action.len > 0 || intent->flow;
    for (const struct rasa_response *response = rasa->responses; response && !is_used; response = response->next)
        for (const struct rasa_variant *variant = response->variants; variant; variant = variant->next)
            for (const struct rasa_button *button = variant->buttons; button; button = button->next) {
                str name = str_slice(button->payload, 1, button->payload.len);
                size_t brace = str_find(name, STR("{"));
                is_used = is_used || str_is(str_slice(name, 0, brace), intent->name);
            }
    return is_used;
}

static enum err
rasa_write_intents(struct rasa *rasa, struct buf *out)
{
    TRY(buf_add_str(out, STR("\nintents:\n")));
    for (const struct rasa_intent *intent = rasa->intents; intent; intent = intent->next) {
        if (!rasa_write_is_intent(rasa, intent))
            continue;
        TRY(buf_add_text(out, "- intent: %.*s\n", STR_ARG(intent->out)));
        TRY(intent->example_count > 0 ? rasa_write_examples(rasa, intent, out) : rasa_write_name_example(intent, out));
        if (intent->action.len > 0 && !intent->flow)
            TRY(buf_add_text(out, "  action: %.*s\n", STR_ARG(intent->action)));
    }
    return ERR_NONE;
}

static enum err
rasa_write_entity(const struct rasa_entity *entity, struct buf *out)
{
    bool is_first = true;

    TRY(buf_add_str(out, STR("  ")));
    TRY(rasa_write_quoted(out, entity->name));
    TRY(buf_add_str(out, STR(":\n")));
    if (entity->regex.len > 0) {
        TRY(buf_add_str(out, STR("    regex: ")));
        TRY(rasa_write_quoted(out, entity->regex));
        TRY(buf_add_u8(out, '\n'));
    }
    for (const struct rasa_word *word = entity->regex.len > 0 ? NULL : entity->words; word; word = word->next) {
        bool is_known = false, is_one = true;
        for (const struct rasa_word *earlier = entity->words; earlier != word; earlier = earlier->next)
            is_known = is_known || str_is(earlier->value, word->value);
        if (is_known)
            continue;
        TRY(buf_add_str(out, is_first ? STR("    values:\n      ") : STR("      ")));
        is_first = false;
        TRY(rasa_write_quoted(out, word->value));
        TRY(buf_add_str(out, STR(": [")));
        for (const struct rasa_word *other = word; other; other = other->next) {
            if (!str_is(other->value, word->value) || str_is(other->word, word->value))
                continue;
            TRY(buf_add_str(out, is_one ? STR("") : STR(", ")));
            TRY(rasa_write_quoted(out, other->word));
            is_one = false;
        }
        TRY(buf_add_str(out, STR("]\n")));
    }
    return ERR_NONE;
}

static enum err
rasa_write_slot(const struct rasa_slot *slot, struct buf *out)
{
    static const char *const kinds[] = {"text", "number", "bool", "email", "money", "phone", "url", "duration"};

    TRY(buf_add_str(out, STR("  ")));
    TRY(rasa_write_quoted(out, slot->name));
    if (slot->kind == RASA_LIST) {
        TRY(buf_add_str(out, STR(": {entity: ")));
        TRY(rasa_write_quoted(out, slot->entity->name));
        return buf_add_str(out, STR("}\n"));
    }
    TRY(buf_add_text(out, ": {type: %s", kinds[slot->kind]));
    for (int i = 0; i < 2 && slot->kind == RASA_NUMBER; i++) {
        str bound = i == 0 ? slot->min : slot->max;
        char *end = NULL, copy[64];
        snprintf(copy, sizeof copy, "%.*s", STR_ARG(str_slice(bound, 0, 40)));
        double number = strtod(copy, &end);
        if (bound.len > 0 && *end == 0)
            TRY(buf_add_text(out, ", %s: %g", i == 0 ? "min" : "max", number));
    }
    return buf_add_str(out, STR("}\n"));
}

static bool
rasa_write_is_slot(const struct rasa_slot *slot)
{
    return slot->is_asked || slot->is_named || slot->kind == RASA_LIST;
}

static enum err
rasa_write_values(struct rasa *rasa, struct buf *out)
{
    bool is_first = true;

    for (struct rasa_entity *entity = rasa->entities; entity; entity = entity->next) {
        entity->is_kept = entity->words || entity->regex.len > 0;
        if (!entity->is_kept)
            continue;
        TRY(buf_add_str(out, is_first ? STR("\nentities:\n") : STR("")));
        is_first = false;
        TRY(rasa_write_entity(entity, out));
    }
    is_first = true;
    for (const struct rasa_synonym *synonym = rasa->synonyms; synonym; synonym = synonym->next) {
        if (synonym->is_used || !synonym->words)
            continue;
        TRY(buf_add_str(out, is_first ? STR("\nsynonyms:\n- [") : STR("- [")));
        is_first = false;
        TRY(rasa_write_quoted(out, synonym->value));
        for (const struct rasa_word *word = synonym->words; word; word = word->next) {
            TRY(buf_add_str(out, STR(", ")));
            TRY(rasa_write_quoted(out, word->word));
        }
        TRY(buf_add_str(out, STR("]\n")));
    }
    is_first = true;
    for (const struct rasa_slot *slot = rasa->slots; slot; slot = slot->next) {
        if (!rasa_write_is_slot(slot))
            continue;
        TRY(buf_add_str(out, is_first ? STR("\nslots:\n") : STR("")));
        is_first = false;
        TRY(rasa_write_slot(slot, out));
    }
    return rasa->fields.len > 0 ? buf_add_text(out, "\nfields:\n%.*s", STR_ARG(rasa->fields)) : ERR_NONE;
}

/* A payload names the intent as bot.yaml does; the slots in its braces stay. */
static enum err
rasa_write_payload(struct rasa *rasa, str payload, struct buf *out)
{
    str name = str_slice(payload, 1, payload.len);
    size_t brace = str_find(name, STR("{"));
    const struct rasa_intent *intent = rasa_find_intent(rasa, str_trim(str_slice(name, 0, brace)));
    BUF_SCOPE(text, 65536);

    TRY(buf_add_u8(&text, '/'));
    TRY(buf_add_str(&text, intent ? intent->out : str_slice(name, 0, brace)));
    TRY(buf_add_str(&text, brace == SIZE_MAX ? (str){"", 0} : str_slice(name, brace, name.len)));
    return rasa_write_quoted(out, buf_str(&text));
}

static enum err
rasa_write_variant(struct rasa *rasa, const struct rasa_variant *variant, struct buf *out)
{
    TRY(buf_add_str(out, STR("  - text: ")));
    TRY(rasa_write_quoted(out, str_trim(variant->text)));
    TRY(buf_add_u8(out, '\n'));
    if (variant->image.len > 0) {
        TRY(buf_add_str(out, STR("    image: ")));
        TRY(rasa_write_quoted(out, variant->image));
        TRY(buf_add_u8(out, '\n'));
    }
    for (const struct rasa_button *button = variant->buttons; button; button = button->next) {
        TRY(buf_add_str(out, button == variant->buttons ? STR("    buttons:\n    - title: ") : STR("    - title: ")));
        TRY(rasa_write_quoted(out, button->title));
        TRY(buf_add_str(out, STR("\n      payload: ")));
        TRY(rasa_write_payload(rasa, button->payload, out));
        TRY(buf_add_u8(out, '\n'));
    }
    return ERR_NONE;
}

static enum err
rasa_write_responses(struct rasa *rasa, struct buf *out)
{
    bool is_first = true;

    for (const struct rasa_response *response = rasa->responses; response; response = response->next) {
        bool is_twice = false;
        for (const struct rasa_response *earlier = rasa->responses; earlier != response; earlier = earlier->next)
            is_twice = is_twice || (earlier->variants && str_is(earlier->out, response->out));
        if (!response->variants || is_twice)
            continue;
        TRY(buf_add_str(out, is_first ? STR("\nresponses:\n") : STR("")));
        is_first = false;
        if (response->remark.len > 0)
            TRY(buf_add_text(out, "  # %.*s\n", STR_ARG(response->remark)));
        TRY(buf_add_text(out, "  %.*s:\n", STR_ARG(response->out)));
        for (const struct rasa_variant *variant = response->variants; variant; variant = variant->next)
            TRY(rasa_write_variant(rasa, variant, out));
    }
    return ERR_NONE;
}

static enum err
rasa_write_step(const struct rasa_do *step, struct buf *out)
{
    static const char *const kinds[] = {"", "collect", "action", "set", "call"};
    const char *lead = "    - ";

    if (step->id.len > 0) {
        TRY(buf_add_text(out, "%sid: %.*s\n", lead, STR_ARG(step->id)));
        lead = "      ";
    }
    if (step->kind != RASA_DO_NOTHING) {
        TRY(buf_add_text(out, "%s%s: ", lead, kinds[step->kind]));
        TRY(step->kind == RASA_DO_SET ? buf_add_str(out, step->what) : rasa_write_quoted(out, step->what));
        TRY(buf_add_u8(out, '\n'));
        lead = "      ";
    }
    if (step->kind == RASA_DO_COLLECT && step->ask.len > 0)
        TRY(buf_add_text(out, "      ask: %.*s\n", STR_ARG(step->ask)));
    if (!step->rules)
        return step->id.len == 0 && step->kind == RASA_DO_NOTHING ? buf_add_str(out, STR("    - {}\n")) : ERR_NONE;
    if (step->rules->condition.len == 0)
        return buf_add_text(out, "%snext: %.*s\n", lead, STR_ARG(step->rules->target));
    TRY(buf_add_text(out, "%snext:\n", lead));
    for (const struct rasa_rule *rule = step->rules; rule; rule = rule->next) {
        if (rule->condition.len == 0) {
            TRY(buf_add_text(out, "      - else: %.*s\n", STR_ARG(rule->target)));
            continue;
        }
        TRY(buf_add_str(out, STR("      - if: ")));
        TRY(rasa_write_quoted(out, rule->condition));
        TRY(buf_add_text(out, "\n        then: %.*s\n", STR_ARG(rule->target)));
    }
    return ERR_NONE;
}

static enum err
rasa_write_flows(struct rasa *rasa, struct buf *out)
{
    bool is_person = false;

    for (const struct rasa_flow *flow = rasa->flows; flow; flow = flow->next) {
        TRY(buf_add_str(out, flow == rasa->flows ? STR("\nflows:\n") : STR("")));
        TRY(buf_add_text(out, "  # import: %s:%u\n  %.*s:\n", flow->place.file, flow->place.line, STR_ARG(flow->id)));
        if (flow->description.len > 0) {
            TRY(buf_add_str(out, STR("    description: ")));
            TRY(rasa_write_quoted(out, flow->description));
            TRY(buf_add_u8(out, '\n'));
        }
        TRY(buf_add_str(out, STR("    start: [")));
        for (const struct rasa_name *start = flow->starts; start; start = start->next)
            TRY(buf_add_text(out, "%s%.*s", start == flow->starts ? "" : ", ", STR_ARG(start->name)));
        for (const struct rasa_intent *intent = rasa->intents; intent && !is_person; intent = intent->next) {
            is_person = intent->is_person && intent->flow == flow;
            TRY(buf_add_str(out, is_person ? STR(", person") : STR("")));
        }
        TRY(buf_add_str(out, STR("]\n    steps:\n")));
        for (const struct rasa_do *step = flow->steps; step; step = step->next)
            TRY(rasa_write_step(step, out));
    }
    return ERR_NONE;
}

/* The host of the next web address of a text. */
static bool
rasa_write_host(str *text, str *host)
{
    static const char *const schemes[] = {"https://", "http://"};
    size_t at = SIZE_MAX, len = 0;

    for (size_t i = 0; i < 2; i++) {
        size_t found = str_find(*text, str_from(schemes[i]));
        len = found < at ? strlen(schemes[i]) : len;
        at = found < at ? found : at;
    }
    if (at == SIZE_MAX)
        return false;
    *text = str_slice(*text, at + len, text->len);
    size_t end = 0;
    while (end < text->len && ((text->at[end] | 32) >= 'a' || (text->at[end] >= '0' && text->at[end] <= '9') || strchr("-.", text->at[end])) && (unsigned char)text->at[end] < 0x7B)
        end++;
    *host = str_slice(*text, 0, end);
    return true;
}

static enum err
rasa_write_link(str text, struct buf *hosts)
{
    str host;

    while (rasa_write_host(&text, &host)) {
        BUF_SCOPE(quoted, 4096);
        if (host.len == 0 || host.len > 253)
            continue;
        TRY(rasa_write_quoted(&quoted, host));
        if (str_find(buf_str(hosts), buf_str(&quoted)) == SIZE_MAX)
            TRY(buf_add_text(hosts, "%s%.*s", hosts->len > 0 ? ", " : "", STR_ARG(buf_str(&quoted))));
    }
    return ERR_NONE;
}

/* Where the responses lead: a reply may link nowhere else. */
static enum err
rasa_write_links(struct rasa *rasa, struct buf *out)
{
    BUF_SCOPE(hosts, 65536);

    for (const struct rasa_response *response = rasa->responses; response; response = response->next)
        for (const struct rasa_variant *variant = response->variants; variant; variant = variant->next) {
            TRY(rasa_write_link(variant->text, &hosts));
            TRY(rasa_write_link(variant->image, &hosts));
        }
    return hosts.len > 0 ? buf_add_text(out, "links: [%.*s]\n", STR_ARG(buf_str(&hosts))) : ERR_NONE;
}

enum err
rasa_write_bot(struct rasa *rasa, struct buf *out)
{
    const char *slash = strrchr(rasa->folder, '/');
    const char *name = rasa->answers->name ? rasa->answers->name : slash && slash[1] ? slash + 1 : rasa->folder;

    TRY(buf_add_str(out, STR("# Imported from a Rasa project by `privet import rasa`. What was not carried over stands in import.txt.\nversion: \"1\"\nname: ")));
    TRY(rasa_write_quoted(out, str_from(name)));
    TRY(buf_add_str(out, STR("\nlanguages: [")));
    TRY(rasa_write_quoted(out, rasa->language));
    TRY(buf_add_str(out, STR("]\n")));
    TRY(rasa_write_links(rasa, out));
    TRY(rasa_write_values(rasa, out));
    TRY(rasa_write_intents(rasa, out));
    TRY(rasa_write_responses(rasa, out));
    return rasa_write_flows(rasa, out);
}

static int
rasa_write_order(const void *a, const void *b)
{
    const struct rasa_note *x = *(const struct rasa_note *const *)a, *y = *(const struct rasa_note *const *)b;
    int file = strcmp(x->place.file, y->place.file);

    if (file != 0)
        return file;
    return x->place.line != y->place.line ? (x->place.line < y->place.line ? -1 : 1) : (x->kind > y->kind) - (x->kind < y->kind);
}

enum err
rasa_write_notes(struct rasa *rasa, struct buf *out)
{
    static const char *const kinds[] = {"not carried over", "carried over otherwise", "for you to write"};
    size_t count = 0, i = 0;
    void *piece = NULL;

    for (const struct rasa_note *note = rasa->notes; note; note = note->next)
        count++;
    TRY(arena_take(rasa->arena, count + 1, sizeof(struct rasa_note *), &piece));
    const struct rasa_note **sorted = piece;
    for (const struct rasa_note *note = rasa->notes; note; note = note->next)
        sorted[i++] = note;
    qsort(sorted, count, sizeof *sorted, rasa_write_order);
    for (i = 0; i < count; i++)
        TRY(buf_add_text(out, "%s:%u: %s: %.*s\n", sorted[i]->place.file, sorted[i]->place.line, kinds[sorted[i]->kind], STR_ARG(sorted[i]->text)));
    return ERR_NONE;
}
