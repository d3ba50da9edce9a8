/* Advice to the author: five-fold cross-validation and its confusions; the rest is in bot_lint.c and bot_twins.c. It changes nothing and
 * trains models that are thrown away. */
#include "engine/bot_report_private.h"

#include "base/alloc.h"
#include "engine/decide.h"

#include <stdarg.h>
#include <stdio.h>

#define REPORT_FOLDS 5
#define REPORT_SURE_MIN 2   /* once is an accident */
#define REPORT_SURE_SHARE 8 /* more than one in so many of both intents' examples is a warning */
#define REPORT_PAIR_MIN 3

struct report_pair {
    unsigned wrong, sure; /* taken for the other; so sure that the bot would have acted */
    size_t example;       /* one of them */
};

struct report_model {
    const struct bot_report *report;
    struct nlu_example *some;
    struct report_pair *pairs; /* intent × intent */
    size_t right, asked, sure;
};

const char *
bot_report_name(enum bot_finding_kind kind)
{
    static const char *const names[FINDING_KINDS] = {"understanding", "mixed up", "twins", "few examples", "dead", "unreachable", "untranslated", "untried"};

    return names[kind];
}

enum err
bot_report_add(const struct bot_report *report, enum bot_finding_kind kind, bool is_warning, unsigned line, const char *format, ...)
{
    char text[1024];
    va_list list;

    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    return report->found(report->context, &(struct bot_finding){kind, is_warning, line, str_from(text)});
}

static enum err
report_ask(struct report_model *model, struct nlu *nlu, struct arena *arena, size_t i)
{
    const struct bot *bot = model->report->bot;
    const struct nlu_example *example = &bot->examples[i];
    struct words words;
    struct nlu_result result;

    arena_reset(arena);
    TRY(words_take(arena, example->text, example->language, &words));
    TRY(nlu_find(nlu, arena, &words, &result));
    model->asked++;
    if (result.intent[0] == example->intent) {
        model->right++;
        return ERR_NONE;
    }
    struct report_pair *pair = &model->pairs[example->intent * bot->intent_count + result.intent[0]];
    bool is_sure = result.is_known && result.ratio[0] >= DECIDE_SURE_RATIO;
    pair->wrong++;
    pair->sure += is_sure;
    model->sure += is_sure;
    pair->example = i;
    return ERR_NONE;
}

static enum err
report_fold(struct report_model *model, size_t fold)
{
    const struct bot *bot = model->report->bot;
    ARENA_SCOPE(arena);
    struct nlu *nlu = NULL;
    size_t count = 0;

    TRY(arena_make((size_t)1 << 19, &arena));
    for (size_t i = 0; i < bot->example_count; i++)
        if (i % REPORT_FOLDS != fold)
            model->some[count++] = bot->examples[i];
    struct nlu_lesson lesson = bot->lesson;
    lesson.examples = model->some;
    lesson.count = count;
    TRY(nlu_make(&lesson, &nlu));
    enum err err = ERR_NONE;
    for (size_t i = fold; i < bot->example_count && err == ERR_NONE; i += REPORT_FOLDS)
        err = report_ask(model, nlu, arena, i);
    nlu_free(&nlu);
    return err;
}

static enum err
report_pairs(const struct report_model *model)
{
    const struct bot *bot = model->report->bot;

    for (size_t i = 0; i < bot->intent_count; i++)
        for (size_t k = 0; k < i; k++) {
            const struct report_pair *one = &model->pairs[i * bot->intent_count + k], *two = &model->pairs[k * bot->intent_count + i];
            const struct report_pair *more = one->wrong >= two->wrong ? one : two;
            bool is_own = !bot->intents[i].is_built_in && !bot->intents[k].is_built_in;
            if ((one->wrong + two->wrong < REPORT_PAIR_MIN && one->sure + two->sure == 0) || (bot->intents[i].is_built_in && bot->intents[k].is_built_in))
                continue;
            const struct bot_intent *from = &bot->intents[more == one ? i : k], *to = &bot->intents[more == one ? k : i];
            unsigned sure = one->sure + two->sure;
            bool is_much = sure >= REPORT_SURE_MIN && sure * REPORT_SURE_SHARE > from->example_count + to->example_count;
            TRY(bot_report_add(model->report, FINDING_MIXED_UP, is_own && is_much, bot->example_lines[more->example],
                               "%.*s and %.*s: %u examples were taken for the other, %u of them with certainty; for example \"%.*s\"; make their words differ, or "
                               "join them", STR_ARG(from->name), STR_ARG(to->name), one->wrong + two->wrong, sure,
                               STR_ARG(str_slice(bot->examples[more->example].text, 0, 80))));
        }
    return ERR_NONE;
}

static enum err
report_model(const struct bot_report *report)
{
    const struct bot *bot = report->bot;
    struct report_model model = {.report = report};
    void *some = NULL, *pairs = NULL;

    TRY(alloc_make(bot->example_count + 1, sizeof(struct nlu_example), &some));
    enum err err = alloc_make(bot->intent_count * bot->intent_count + 1, sizeof(struct report_pair), &pairs);
    model.some = some;
    model.pairs = pairs;
    for (size_t fold = 0; fold < REPORT_FOLDS && err == ERR_NONE; fold++)
        err = report_fold(&model, fold);
    if (err == ERR_NONE && model.asked > 0)
        err = bot_report_add(report, FINDING_UNDERSTANDING, false, 0, "%zu of %zu examples that were left out of the training were understood (%zu %%); %zu of the "
                             "others would have been acted on, the rest asked about", model.right, model.asked, model.right * 100 / model.asked, model.sure);
    if (err == ERR_NONE)
        err = report_pairs(&model);
    alloc_free(&some);
    alloc_free(&pairs);
    return err;
}

enum err
bot_report_run(const struct bot_report *report)
{
    if (!report->is_quick)
        TRY(report_model(report));
    TRY(bot_twins_run(report));
    return bot_lint_run(report);
}
