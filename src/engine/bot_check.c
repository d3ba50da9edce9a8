/* The conversation's lint. It reads texts as guard/request.h does, so what it lets pass the output guard lets pass too, and what it
 * refuses would have been stopped in mid-chat. */
#include "engine/bot_check.h"

#include "engine/bot_private.h"
#include "guard/tree.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define CHECK_DAYS_LONG 730 /* longer is worth a thought */

struct check {
    const struct bot *bot;
    const struct bot_check_tools *tools;
    struct arena *arena;
    struct buf *warnings;
    struct bot_fault *fault;
    struct output_rules rules; /* may_ask: what some field declares */
    uint8_t *article_asks;     /* what articles ask for: an author's own words pass the output guard */
};

struct check_place {
    const char *file;
    unsigned line, column;
};

__attribute__((format(printf, 3, 4))) static enum err
check_refuse(const struct check *check, struct check_place place, const char *format, ...)
{
    va_list list;

    *check->fault = (struct bot_fault){.line = place.line, .column = place.column};
    snprintf(check->fault->file, sizeof check->fault->file, "%s", place.file);
    va_start(list, format);
    vsnprintf(check->fault->text, sizeof check->fault->text, format, list);
    va_end(list);
    return err_raise(ERR_INPUT, "bot: asks for what it must not");
}

__attribute__((format(printf, 3, 4))) static enum err
check_warn(const struct check *check, struct check_place place, const char *format, ...)
{
    char text[1024];
    va_list list;

    if (!check->warnings)
        return ERR_NONE;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    if (place.line == 0)
        return buf_add_text(check->warnings, "%s: warning: %s\n", place.file, text);
    return buf_add_text(check->warnings, "%s:%u:%u: warning: %s\n", place.file, place.line, place.column, text);
}

/* What a text asks for. {placeholders} are no words of it. */
static enum err
check_asks(const struct check *check, str text, enum request_mode mode, uint8_t *types)
{
    str copy;

    TRY(arena_take_str(check->arena, text, &copy));
    char *at = (char *)(uintptr_t)copy.at; /* our own copy */
    bool inside = false;
    for (size_t i = 0; i < copy.len; i++) {
        inside = at[i] == '{' || (inside && at[i] != '}');
        if (inside || at[i] == '}')
            at[i] = ' ';
    }
    return request_find(check->tools->request, check->arena, copy, mode, types);
}

/* "BIRTH_DATE (date of birth)". */
static str
check_type(const struct check *check, unsigned type)
{
    char name[64];
    str names = pii_type_name(type, name), about = str_from(pii_type_get(type).about), first = about, shown;

    (void)str_split(&about, ',', &first);
    enum err err = type < PII_TYPE_OWN ? arena_take_text(check->arena, &shown, "%.*s (%.*s)", STR_ARG(names), STR_ARG(first))
                                       : arena_take_str(check->arena, names, &shown);
    return err == ERR_NONE ? shown : (str){"", 0};
}

static enum err
check_secret(const struct check *check, struct check_place place, str text, unsigned type)
{
    return check_refuse(check, place, "\"%.*s\" asks for %.*s; no bot may, and the guard stops it: say where it is entered instead, for example "
                                      "\"on our sign-in page\" or \"at checkout\"", STR_ARG(str_slice(text, 0, 80)), STR_ARG(check_type(check, type)));
}

/* Texts that are no question of a flow: what they ask for, some field declares. */
static enum err
check_text(const struct check *check, struct check_place place, str text, bool is_strict)
{
    uint8_t types[PII_TYPES_BYTES] = {0};
    char name[64];

    TRY(check_asks(check, text, REQUEST_TEXT, types));
    for (unsigned type = 0; type < pii_type_count(); type++) {
        if (!pii_is_wanted(types, type))
            continue;
        if (pii_type_get(type).is_secret)
            return check_secret(check, place, text, type);
        if (pii_is_wanted(check->rules.may_ask, type))
            continue;
        str names = pii_type_name(type, name);
        if (is_strict)
            return check_refuse(check, place, "\"%.*s\" asks for %.*s, which no field declares; collect it in a flow and declare a field of type "
                                              "%.*s, or don't ask", STR_ARG(str_slice(text, 0, 80)), STR_ARG(check_type(check, type)), STR_ARG(names));
        pii_want(check->article_asks, type);
        TRY(check_warn(check, place, "\"%.*s\" asks for %.*s, which no field declares; say who wants to know it, or leave it out",
                       STR_ARG(str_slice(text, 0, 80)), STR_ARG(check_type(check, type))));
    }
    return ERR_NONE;
}

static enum err
check_link(const struct check *check, struct check_place place, str href)
{
    if (output_link_is_allowed(&check->rules, href))
        return ERR_NONE;
    str host = output_link_host(href);
    if (host.len == 0)
        return check_refuse(check, place, "\"%.*s\" is no link that can be shown; write a path that begins with one slash, or https://",
                            STR_ARG(str_slice(href, 0, 80)));
    return check_refuse(check, place, "a link leads to %.*s; add the host to \"links\", or write a path that begins with one slash",
                        STR_ARG(str_slice(host, 0, 80)));
}

/* [label](url) in a text of bot.yaml. */
static enum err
check_links(const struct check *check, struct check_place place, str text)
{
    for (size_t at; (at = str_find(text, STR("]("))) != SIZE_MAX;) {
        text = str_slice(text, at + 2, text.len);
        size_t end = str_find(text, STR(")"));
        if (end != SIZE_MAX)
            TRY(check_link(check, place, str_slice(text, 0, end)));
    }
    return ERR_NONE;
}

struct check_section {
    const struct check *check;
    struct check_place place;
};

static enum err
check_section_part(void *context, const struct tree_part *part)
{
    const struct check_section *section = context;

    return part->kind == TREE_LINK ? check_link(section->check, section->place, part->raw) : ERR_NONE;
}

static enum err
check_section(const struct check *check, const struct bot_section *section)
{
    struct check_section walk = {check, {section->file.at, 0, 0}};
    str json;

    TRY(check_text(check, walk.place, section->text, false));
    TRY(check_link(check, walk.place, section->url));
    TRY(arena_take_text(check->arena, &json, "[{\"blocks\":[%.*s]}]", STR_ARG(section->blocks)));
    return tree_walk(json, check_section_part, &walk);
}

static enum err
check_variant(const struct check *check, const struct bot_variant *variant)
{
    struct check_place place = {"bot.yaml", variant->line, variant->column};

    for (size_t i = 0; i < check->bot->language_count; i++)
        if (variant->text.at[i].len > 0) {
            TRY(check_text(check, place, variant->text.at[i], true));
            TRY(check_links(check, place, variant->text.at[i]));
        }
    return ERR_NONE;
}

/* The purpose in all its words: of the fields of the slot, and of the flow. */
static enum err
check_purpose(const struct check *check, const struct bot_flow *flow, size_t slot, str *out)
{
    BUF_SCOPE(about, 1 << 16);
    const struct bot *bot = check->bot;

    for (size_t i = 0; i < bot->field_count; i++)
        for (size_t k = 0; bot->fields[i].slot == slot && k < bot->language_count; k++) {
            TRY(buf_add_str(&about, bot->fields[i].purpose.at[k]));
            TRY(buf_add_str(&about, STR(" ")));
        }
    TRY(buf_add_str(&about, flow->description));
    TRY(buf_add_str(&about, STR(" ")));
    TRY(buf_add_str(&about, flow->id));
    return arena_take_str(check->arena, buf_str(&about), out);
}

struct check_question {
    const struct bot_flow *flow;
    const struct bot_step *step;
    str text, language;
};

/* One type that a question asks for. */
static enum err
check_asked_type(const struct check *check, const struct check_question *question, unsigned type)
{
    const struct bot_flow *flow = question->flow;
    const struct bot_step *step = question->step;
    const struct bot *bot = check->bot;
    struct check_place place = {"bot.yaml", step->line, step->column};
    str slot = bot->slots[step->what].name, shown = str_slice(question->text, 0, 80), about;
    bool is_declared = false;
    const char *better = NULL;
    char name[64];

    if (pii_type_get(type).is_secret)
        return check_secret(check, place, question->text, type);
    for (size_t i = 0; i < bot->field_count; i++)
        is_declared = is_declared || (bot->fields[i].slot == step->what && pii_is_wanted(bot->fields[i].types, type));
    str types = pii_type_name(type, name);
    if (!is_declared)
        return check_refuse(check, place, "\"%.*s\" asks for %.*s, and no field declares it; add to \"fields\": my_field: {slot: %.*s, type: %.*s, "
                                          "purpose: ..., basis: ..., days: ...}, or don't ask", STR_ARG(shown), STR_ARG(check_type(check, type)),
                            STR_ARG(slot), STR_ARG(types));
    TRY(check_purpose(check, flow, step->what, &about));
    if (purpose_check(about, type, question->language, &better) != PURPOSE_TOO_MUCH)
        return ERR_NONE;
    return check_warn(check, place, "\"%.*s\" asks for more than its purpose needs (%.*s); %s%s%s", STR_ARG(shown),
                      STR_ARG(str_slice(flow->description.len > 0 ? flow->description : flow->id, 0, 80)),
                      better ? "ask instead: \"" : "leave the question out", better ? better : "", better ? "\"" : "");
}

/* Slots without a question of their own words are known by their name. */
static enum err
check_collect(const struct check *check, const struct bot_flow *flow, const struct bot_step *step)
{
    const struct bot_slot_kind *slot = &check->bot->slots[step->what];
    const struct bot_response *ask = &check->bot->responses[step->ask];
    size_t languages = check->bot->language_count, count = ask->variant_count * languages;
    uint8_t seen[PII_TYPES_BYTES] = {0};
    char label[128];

    if (slot->type == SLOT_BOOL)
        return ERR_NONE;
    int len = snprintf(label, sizeof label, "%.*s", STR_ARG(str_slice(slot->name, 0, 100)));
    for (int i = 0; i < len; i++)
        label[i] = label[i] == '_' || label[i] == '-' ? ' ' : label[i];
    for (size_t i = 0; i <= count; i++) {
        uint8_t types[PII_TYPES_BYTES] = {0};
        bool by_name = i == count;
        str text = by_name ? str_from(label) : ask->variants[i / languages].text.at[i % languages];
        struct check_question question = {flow, step, text, check->bot->languages[by_name ? 0 : i % languages]};
        TRY(check_asks(check, text, by_name ? REQUEST_LABEL : REQUEST_PROMPT, types));
        if (by_name && slot->type == SLOT_EMAIL)
            pii_want(types, PII_EMAIL);
        for (unsigned type = 0; type < pii_type_count(); type++)
            if (pii_is_wanted(types, type) && !pii_is_wanted(seen, type))
                TRY(check_asked_type(check, &question, type));
        for (size_t k = 0; k < sizeof seen; k++)
            seen[k] = (uint8_t)(seen[k] | types[k]);
    }
    return ERR_NONE;
}

static enum err
check_field(const struct check *check, size_t i)
{
    const struct bot *bot = check->bot;
    const struct bot_field *field = &bot->fields[i];
    struct check_place place = {"bot.yaml", field->line, field->column};
    bool collected = false, kept = false;

    for (size_t f = 0; f < bot->flow_count; f++)
        for (size_t k = 0; k < bot->flows[f].step_count; k++) {
            const struct bot_step *step = &bot->flows[f].steps[k];
            collected = collected || (step->kind == STEP_COLLECT && step->what == field->slot);
            kept = kept || (step->kind == STEP_KEEP && step->what == i);
        }
    if (!collected)
        TRY(check_warn(check, place, "no flow collects \"%.*s\", so the notice promises what never happens; remove the field",
                       STR_ARG(bot->slots[field->slot].name)));
    else if (!kept && field->days > 0)
        TRY(check_warn(check, place, "no flow keeps \"%.*s\"; write days: 0, or add \"- keep: %.*s\"", STR_ARG(field->name), STR_ARG(field->name)));
    if (field->days > CHECK_DAYS_LONG)
        TRY(check_warn(check, place, "kept for %u days; write how long the purpose really needs it", field->days));
    return ERR_NONE;
}

static enum err
check_flows(const struct check *check)
{
    const struct bot *bot = check->bot;

    for (size_t i = 0; i < bot->flow_count; i++)
        for (size_t k = 0; k < bot->flows[i].step_count; k++)
            if (bot->flows[i].steps[k].kind == STEP_COLLECT)
                TRY(check_collect(check, &bot->flows[i], &bot->flows[i].steps[k]));
    return ERR_NONE;
}

/* An import wrote it; why somebody asks for something, no program can know. */
static enum err
check_undecided(const struct check *check, const struct bot_field *field)
{
    struct check_place place = {"bot.yaml", field->line, field->column};

    if (check->tools->is_rehearsal)
        return check_warn(check, place, "nobody has decided yet why \"%.*s\" is asked for; the bot is not served before", STR_ARG(field->name));
    return check_refuse(check, place, "nobody has decided yet why \"%.*s\" is asked for; write its purpose, its basis (contract, consent, legitimate_interests ...; "
                                      "GDPR article 6) and for how many days it is kept", STR_ARG(field->name));
}

static enum err
check_all(struct check *check)
{
    const struct bot *bot = check->bot;

    for (size_t i = 0; i < bot->field_count; i++)
        if (bot->fields[i].basis == PURPOSE_UNDECIDED)
            TRY(check_undecided(check, &bot->fields[i]));
    for (size_t i = 0; i < bot->field_count; i++)
        for (size_t k = 0; k < PII_TYPES_BYTES; k++)
            check->rules.may_ask[k] = (uint8_t)(check->rules.may_ask[k] | bot->fields[i].types[k]);
    TRY(check_flows(check));
    for (size_t i = 0; i < bot->field_count; i++)
        TRY(check_field(check, i));
    for (size_t i = 0; i < bot->response_count; i++)
        for (size_t k = 0; k < bot->responses[i].variant_count; k++) {
            arena_reset(check->arena);
            TRY(check_variant(check, &bot->responses[i].variants[k]));
        }
    for (size_t i = 0; i < bot->section_count; i++) {
        arena_reset(check->arena);
        TRY(check_section(check, &bot->sections[i]));
    }
    for (size_t i = 0; i < bot->product_count; i++)
        TRY(check_link(check, (struct check_place){bot->product_file, 0, 0}, bot->products[i].url));
    return ERR_NONE;
}

/* Hosts of "https://shop.example http://localhost:8080" into rules.hosts, behind those of bot.yaml. */
static enum err
check_hosts(struct check *check, struct bot *bot)
{
    str rest = check->tools->origins, origin;
    size_t count = bot->link_count + 1;
    void *piece = NULL;

    for (size_t i = 0; i < rest.len; i++)
        count += rest.at[i] == ' ';
    TRY(arena_take(bot->arena, count, sizeof(str), &piece));
    str *hosts = piece;
    size_t used = 0;
    for (; used < bot->link_count; used++)
        hosts[used] = bot->links[used];
    while (rest.at && str_split(&rest, ' ', &origin))
        if (output_link_host(origin).len > 0)
            TRY(arena_take_str(bot->arena, output_link_host(origin), &hosts[used++]));
    check->rules.hosts = hosts;
    check->rules.host_count = used;
    return ERR_NONE;
}

enum err
bot_check_run(struct bot *bot, const struct bot_check_tools *tools, struct buf *warnings, struct bot_fault *fault)
{
    uint8_t article_asks[PII_TYPES_BYTES] = {0};
    struct check check = {.bot = bot, .tools = tools, .warnings = warnings, .fault = fault, .article_asks = article_asks};
    ARENA_SCOPE(arena);

    TRY(arena_make((size_t)16 << 20, &arena));
    check.arena = arena;
    check.rules = (struct output_rules){.pii = tools->pii, .request = tools->request, .canaries = bot->canaries, .canary_count = bot->canary_count};
    bot->has_rules = false;
    TRY(check_hosts(&check, bot));
    TRY(check_all(&check));
    for (size_t k = 0; k < PII_TYPES_BYTES; k++)
        check.rules.may_ask[k] = (uint8_t)(check.rules.may_ask[k] | article_asks[k]);
    bot->rules = check.rules;
    bot->has_rules = true;
    return ERR_NONE;
}
