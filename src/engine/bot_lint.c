/* What can be seen in a bot without a model: what nothing uses or reaches, what lacks a translation, what no chat tries. */
#include "engine/bot_report_private.h"

#include "engine/bot_private.h"

#define LINT_FEW 5

static enum err
lint_examples(const struct bot_report *report)
{
    const struct bot *bot = report->bot;

    for (size_t i = 0; i < bot->intent_count; i++) {
        const struct bot_intent *intent = &bot->intents[i];
        for (size_t k = 0; k < bot->language_count && !intent->is_built_in; k++) {
            size_t count = 0;
            for (size_t e = 0; e < bot->example_count; e++)
                count += bot->examples[e].intent == i && str_is(bot->examples[e].language, bot->languages[k]);
            if (count == 0)
                TRY(bot_report_add(report, FINDING_UNTRANSLATED, true, intent->line, "the intent %.*s has no example in %.*s", STR_ARG(intent->name),
                                   STR_ARG(bot->languages[k])));
            else if (count < LINT_FEW)
                TRY(bot_report_add(report, FINDING_FEW, true, intent->line, "the intent %.*s has %zu examples in %.*s; write ten or more", STR_ARG(intent->name), count,
                                   STR_ARG(bot->languages[k])));
        }
        if (intent->action == BOT_NONE && intent->flow == BOT_NONE)
            TRY(bot_report_add(report, FINDING_DEAD, false, intent->line, "the intent %.*s does nothing by itself; give it an action, or begin a flow with it",
                               STR_ARG(intent->name)));
    }
    return ERR_NONE;
}

static enum err
lint_text(const struct bot_report *report, const struct bot_text *text, unsigned line, const char *what, str name)
{
    const struct bot *bot = report->bot;

    for (size_t i = 1; i < bot->language_count && text->at[0].len > 0; i++)
        if (text->at[i].len == 0)
            TRY(bot_report_add(report, FINDING_UNTRANSLATED, true, line, "%s %.*s has no text in %.*s; it is said in %.*s", what, STR_ARG(name), STR_ARG(bot->languages[i]),
                               STR_ARG(bot->languages[0])));
    return ERR_NONE;
}

static enum err
lint_texts(const struct bot_report *report)
{
    const struct bot *bot = report->bot;

    TRY(lint_text(report, &bot->disclosure, 0, "the disclosure of", bot->name));
    for (size_t i = 0; i < bot->response_count; i++) {
        const struct bot_response *response = &bot->responses[i];
        for (size_t k = 0; k < response->variant_count && !response->is_built_in; k++) {
            const struct bot_variant *variant = &response->variants[k];
            TRY(lint_text(report, &variant->text, variant->line, "the response", response->name));
            for (size_t b = 0; b < variant->button_count; b++)
                TRY(lint_text(report, &variant->buttons[b].title, variant->line, "a button of", response->name));
        }
        if (!response->is_used && !response->is_built_in)
            TRY(bot_report_add(report, FINDING_DEAD, true, response->line, "nothing says %.*s; remove it, or say it in a flow or as an action", STR_ARG(response->name)));
    }
    for (size_t i = 0; i < bot->field_count; i++) {
        TRY(lint_text(report, &bot->fields[i].purpose, bot->fields[i].line, "the purpose of", bot->fields[i].name));
        TRY(lint_text(report, &bot->fields[i].label, bot->fields[i].line, "the label of", bot->fields[i].name));
        TRY(lint_text(report, &bot->fields[i].recipients, bot->fields[i].line, "the recipients of", bot->fields[i].name));
    }
    for (size_t i = 0; i < bot->slot_count; i++)
        TRY(lint_text(report, &bot->slots[i].label, 0, "the label of the slot", bot->slots[i].name));
    return ERR_NONE;
}

static bool
lint_does(const struct bot *bot, enum step_kind kind, size_t what)
{
    for (size_t i = 0; i < bot->flow_count; i++)
        for (size_t k = 0; k < bot->flows[i].step_count; k++)
            if (bot->flows[i].steps[k].kind == kind && bot->flows[i].steps[k].what == what)
                return true;
    return false;
}

static void
lint_mark(const struct bot_flow *flow, size_t at, bool *seen)
{
    const struct bot_step *step = &flow->steps[at];

    if (seen[at])
        return;
    seen[at] = true;
    for (size_t i = 0; i < step->rule_count; i++)
        if (step->rules[i].target != BOT_NONE)
            lint_mark(flow, step->rules[i].target, seen);
    if (step->rule_count == 0 && at + 1 < flow->step_count)
        lint_mark(flow, at + 1, seen);
    if (step->has_other && step->other != BOT_NONE)
        lint_mark(flow, step->other, seen);
}

static enum err
lint_flow(const struct bot_report *report, size_t at)
{
    const struct bot *bot = report->bot;
    const struct bot_flow *flow = &bot->flows[at];
    bool seen[BOT_STEPS_MAX] = {false}, begins = bot->person_flow == at || lint_does(bot, STEP_CALL, at);

    for (size_t i = 0; i < bot->intent_count; i++)
        begins = begins || bot->intents[i].flow == at;
    if (!begins)
        TRY(bot_report_add(report, FINDING_UNREACHABLE, true, flow->line, "nothing begins the flow %.*s; write \"start: [INTENT]\", or call it", STR_ARG(flow->id)));
    lint_mark(flow, 0, seen);
    for (size_t i = 0; i < flow->step_count; i++) {
        const struct bot_step *step = &flow->steps[i];
        if (!seen[i])
            TRY(bot_report_add(report, FINDING_UNREACHABLE, true, step->line, "no way leads to step %zu%s%.*s of %.*s", i + 1, step->id.len > 0 ? ", " : "",
                               STR_ARG(step->id), STR_ARG(flow->id)));
        for (size_t k = 1; k < step->rule_count; k++)
            if (!step->rules[k - 1].condition)
                TRY(bot_report_add(report, FINDING_UNREACHABLE, true, step->rules[k].line, "this rule stands behind an \"else\", which always holds; move it up"));
        if (step->kind == STEP_REQUEST)
            TRY(bot_report_add(report, FINDING_UNREACHABLE, false, step->line, "this version sends no requests: %.*s is not called, and \"else\" is taken",
                               STR_ARG(bot->endpoints[step->what].name)));
    }
    return ERR_NONE;
}

/* What leaves for an endpoint is seen by whoever runs it. */
static enum err
lint_endpoint(const struct bot_report *report, size_t at)
{
    const struct bot *bot = report->bot;
    const struct bot_endpoint *endpoint = &bot->endpoints[at];

    if (!lint_does(bot, STEP_REQUEST, at))
        TRY(bot_report_add(report, FINDING_DEAD, true, endpoint->line, "no flow calls the endpoint %.*s; remove it", STR_ARG(endpoint->name)));
    for (size_t i = 0; i < endpoint->send_count; i++)
        for (size_t k = 0; k < bot->field_count; k++)
            if (bot->fields[k].slot == endpoint->send[i] && bot->fields[k].recipients.at[0].len == 0)
                TRY(bot_report_add(report, FINDING_DEAD, true, endpoint->line, "%.*s is sent to %.*s, and its field names no recipients; say who receives it",
                                   STR_ARG(bot->slots[endpoint->send[i]].name), STR_ARG(endpoint->name)));
    return ERR_NONE;
}

static enum err
lint_cover(const struct bot_report *report)
{
    const struct bot *bot = report->bot;
    size_t intents = 0, tried = 0, steps = 0, at = 0;

    for (size_t i = 0; i < bot->intent_count; i++) {
        bool counts = !bot->intents[i].is_built_in && (bot->intents[i].action != BOT_NONE || bot->intents[i].flow != BOT_NONE);
        intents += counts;
        tried += counts && report->cover->intents[i] > 0;
        if (counts && report->cover->intents[i] == 0)
            TRY(bot_report_add(report, FINDING_UNTRIED, false, bot->intents[i].line, "no chat has the intent %.*s", STR_ARG(bot->intents[i].name)));
    }
    for (size_t i = 0; i < bot->flow_count; i++)
        for (size_t k = 0; k < bot->flows[i].step_count; k++, at++) {
            const struct bot_step *step = &bot->flows[i].steps[k];
            steps += report->cover->steps[at] > 0;
            if (report->cover->steps[at] == 0)
                TRY(bot_report_add(report, FINDING_UNTRIED, false, step->line, "no chat reaches step %zu%s%.*s of %.*s", k + 1, step->id.len > 0 ? ", " : "",
                                   STR_ARG(step->id), STR_ARG(bot->flows[i].id)));
        }
    return bot_report_add(report, FINDING_UNTRIED, false, 0, "chats reach %zu of %zu intents and %zu of %zu steps of flows", tried, intents, steps, at);
}

enum err
bot_lint_run(const struct bot_report *report)
{
    const struct bot *bot = report->bot;

    TRY(lint_examples(report));
    TRY(lint_texts(report));
    for (size_t i = 0; i < bot->flow_count; i++)
        TRY(lint_flow(report, i));
    for (size_t i = 0; i < bot->table_count; i++)
        if (!lint_does(bot, STEP_LOOKUP, i))
            TRY(bot_report_add(report, FINDING_DEAD, true, 0, "no flow looks up the table %.*s; remove it", STR_ARG(bot->tables[i].name)));
    for (size_t i = 0; i < bot->endpoint_count; i++)
        TRY(lint_endpoint(report, i));
    return report->cover ? lint_cover(report) : ERR_NONE;
}
