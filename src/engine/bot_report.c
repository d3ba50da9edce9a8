/* Advice to the author: five-fold cross-validation and its confusions, intents with few examples, unused responses. It changes
 * nothing and trains models that are thrown away. */
#include "engine/bot_report.h"

#include "base/alloc.h"
#include "engine/bot_private.h"

#define REPORT_FOLDS 5
#define REPORT_FEW 5

struct report {
    const struct bot *bot;
    struct nlu_example *some;
    unsigned *wrong; /* intent × intent */
    size_t right, asked;
};

static enum err
report_fold(struct report *report, size_t fold)
{
    const struct bot *bot = report->bot;
    ARENA_SCOPE(arena);
    struct nlu *nlu = NULL;
    struct words words;
    struct nlu_result result;
    size_t count = 0;

    TRY(arena_make((size_t)1 << 19, &arena));
    for (size_t i = 0; i < bot->example_count; i++)
        if (i % REPORT_FOLDS != fold)
            report->some[count++] = bot->examples[i];
    struct nlu_lesson lesson = bot->lesson;
    lesson.examples = report->some;
    lesson.count = count;
    TRY(nlu_make(&lesson, &nlu));
    enum err err = ERR_NONE;
    for (size_t i = fold; i < bot->example_count && err == ERR_NONE; i += REPORT_FOLDS) {
        arena_reset(arena);
        err = words_take(arena, bot->examples[i].text, bot->examples[i].language, &words);
        if (err == ERR_NONE)
            err = nlu_find(nlu, arena, &words, &result);
        if (err != ERR_NONE)
            break;
        report->asked++;
        report->right += result.intent[0] == bot->examples[i].intent;
        report->wrong[bot->examples[i].intent * bot->intent_count + result.intent[0]]++;
    }
    nlu_free(&nlu);
    return err;
}

static enum err
report_lines(const struct report *report, struct buf *out)
{
    const struct bot *bot = report->bot;

    TRY(buf_add_text(out, "understanding: %zu of %zu examples that were left out of the training (%zu %%)\n", report->right, report->asked,
                     report->asked ? report->right * 100 / report->asked : 0));
    for (size_t i = 0; i < bot->intent_count; i++)
        for (size_t k = 0; k < bot->intent_count; k++)
            if (i != k && report->wrong[i * bot->intent_count + k] > 1)
                TRY(buf_add_text(out, "mixed up: %u examples of %.*s were taken for %.*s\n", report->wrong[i * bot->intent_count + k],
                                 STR_ARG(bot->intents[i].name), STR_ARG(bot->intents[k].name)));
    for (size_t i = 0; i < bot->intent_count; i++)
        if (bot->intents[i].example_count < REPORT_FEW && !bot->intents[i].is_built_in)
            TRY(buf_add_text(out, "few examples: %.*s has %zu\n", STR_ARG(bot->intents[i].name), bot->intents[i].example_count));
    for (size_t i = 0; i < bot->response_count; i++)
        if (!bot->responses[i].is_used && !bot->responses[i].is_built_in)
            TRY(buf_add_text(out, "unused: bot.yaml:%u: nothing says %.*s\n", bot->responses[i].line, STR_ARG(bot->responses[i].name)));
    return ERR_NONE;
}

enum err
bot_report_write(const struct bot *bot, struct buf *out)
{
    struct report report = {.bot = bot};
    void *some = NULL, *wrong = NULL;

    TRY(alloc_make(bot->example_count, sizeof(struct nlu_example), &some));
    enum err err = alloc_make(bot->intent_count * bot->intent_count, sizeof(unsigned), &wrong);
    report.some = some;
    report.wrong = wrong;
    for (size_t fold = 0; fold < REPORT_FOLDS && err == ERR_NONE; fold++)
        err = report_fold(&report, fold);
    if (err == ERR_NONE)
        err = report_lines(&report, out);
    alloc_free(&some);
    alloc_free(&wrong);
    return err;
}
