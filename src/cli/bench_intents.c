/* privet bench intents: trains on lines of "text TAB label", asks lines of the same form, and counts. What is printed was measured in
 * this run; nothing is tuned here. */
#include "cli/bench_intents.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "cli/bench_tsv.h"
#include "engine/kb_markdown.h"
#include "engine/nlu.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INTENTS_BINS 10

struct intents_answer {
    size_t truth, label; /* truth SIZE_MAX: a label that training does not have */
    float confidence, scope;
    bool is_known, is_in_top;
    uint32_t time_ns;
};

struct intents_bench {
    struct bench_tsv train, test, oos;
    const char *language;
    unsigned typos;
    str *names; /* of the labels, in the order of training */
    size_t name_count;
    struct nlu_example *examples;
    struct nlu *nlu;
    struct arena *arena;
    struct intents_answer *answers, *strangers; /* of test, of oos */
    double train_s, train_cpu_s;
};

static size_t
intents_label(struct intents_bench *bench, str name, bool is_new)
{
    for (size_t i = 0; i < bench->name_count; i++)
        if (str_is(bench->names[i], name))
            return i;
    if (!is_new)
        return SIZE_MAX;
    bench->names[bench->name_count] = name;
    return bench->name_count++;
}

static enum err
intents_train(struct intents_bench *bench)
{
    void *piece = NULL;

    TRY(alloc_make(bench->train.count, sizeof(str), &piece));
    bench->names = piece;
    TRY(alloc_make(bench->train.count, sizeof(struct nlu_example), &piece));
    bench->examples = piece;
    for (size_t i = 0; i < bench->train.count; i++)
        bench->examples[i] = (struct nlu_example){intents_label(bench, bench->train.rows[i].column[1], true),
                                                  bench->train.rows[i].column[0], str_from(bench->language)};
    struct nlu_lesson lesson = {bench->examples, bench->train.count, bench->name_count, bench->names, str_from(bench->language)};
    uint64_t wall = clock_steady_ns(), cpu = clock_cpu_ns();
    TRY(nlu_make(&lesson, &bench->nlu));
    bench->train_s = (double)(clock_steady_ns() - wall) / 1e9;
    bench->train_cpu_s = (double)(clock_cpu_ns() - cpu) / 1e9;
    return ERR_NONE;
}

/* The time is that of a turn's part: words, then the model. */
static enum err
intents_ask(struct intents_bench *bench, const struct bench_tsv_row *row, struct intents_answer *out)
{
    struct words words;
    struct nlu_result result;
    str text = row->column[0];

    arena_reset(bench->arena);
    if (bench->typos > 0)
        TRY(bench_tsv_mistype(bench->arena, text, bench->typos, &text));
    uint64_t begin = clock_steady_ns();
    TRY(words_take(bench->arena, text, str_from(bench->language), &words));
    TRY(nlu_find(bench->nlu, bench->arena, &words, &result));
    out->time_ns = (uint32_t)(clock_steady_ns() - begin);
    out->truth = intents_label(bench, row->column[1], false);
    out->label = result.intent[0];
    out->confidence = result.ratio[0];
    out->scope = result.scope_score;
    out->is_known = result.is_known;
    out->is_in_top = false;
    for (size_t i = 0; i < result.guess_count; i++)
        out->is_in_top = out->is_in_top || result.intent[i] == out->truth;
    return ERR_NONE;
}

static enum err
intents_ask_all(struct intents_bench *bench, const struct bench_tsv *from, struct intents_answer **out)
{
    void *piece = NULL;

    TRY(alloc_make(from->count, sizeof(struct intents_answer), &piece));
    *out = piece;
    for (int round = 0; round < 2; round++) /* the first warms the caches */
        for (size_t i = 0; i < from->count; i++)
            TRY(intents_ask(bench, &from->rows[i], &(*out)[i]));
    return ERR_NONE;
}

static void
intents_predict(const struct intents_bench *bench)
{
    for (size_t i = 0; i < bench->test.count; i++)
        printf("%.*s\t%.4f\n", STR_ARG(bench->names[bench->answers[i].label]), (double)bench->answers[i].confidence);
}

static int
intents_order_time(const void *a, const void *b)
{
    const struct intents_answer *x = a, *y = b;
    return (x->time_ns > y->time_ns) - (x->time_ns < y->time_ns);
}

static int
intents_order_scope(const void *a, const void *b)
{
    const struct intents_answer *x = a, *y = b;
    return (x->scope > y->scope) - (x->scope < y->scope);
}

/* Expected calibration error over ten bins of confidence. From: Naeini et al. 2015. */
static double
intents_calibration(const struct intents_bench *bench)
{
    double confidence[INTENTS_BINS] = {0}, right[INTENTS_BINS] = {0}, sum = 0;

    for (size_t i = 0; i < bench->test.count; i++) {
        const struct intents_answer *answer = &bench->answers[i];
        int bin = (int)(answer->confidence * INTENTS_BINS);
        bin = bin < 0 ? 0 : bin >= INTENTS_BINS ? INTENTS_BINS - 1 : bin;
        confidence[bin] += (double)answer->confidence;
        right[bin] += answer->label == answer->truth;
    }
    for (int b = 0; b < INTENTS_BINS; b++)
        sum += fabs(confidence[b] - right[b]);
    return bench->test.count > 0 ? sum / (double)bench->test.count : 0;
}

static double
intents_f1(const struct intents_bench *bench, size_t label)
{
    size_t right = 0, claimed = 0, is = 0;

    for (size_t i = 0; i < bench->test.count; i++) {
        claimed += bench->answers[i].label == label;
        is += bench->answers[i].truth == label;
        right += bench->answers[i].label == label && bench->answers[i].truth == label;
    }
    return claimed + is > 0 ? 2.0 * (double)right / (double)(claimed + is) : 0;
}

/* How often a stranger's score lies below a known text's; and how many strangers lie below the score that 95 % of the known reach.
 * Both lists are sorted by scope here. */
static void
intents_write_scope(struct intents_bench *bench)
{
    double below = 0;
    size_t at = 0, refused = 0, strangers = bench->oos.count, known = bench->test.count, kept_out = 0;

    qsort(bench->answers, known, sizeof *bench->answers, intents_order_scope);
    qsort(bench->strangers, strangers, sizeof *bench->strangers, intents_order_scope);
    for (size_t i = 0; i < known; i++) {
        while (at < strangers && bench->strangers[at].scope < bench->answers[i].scope)
            at++;
        below += (double)at;
    }
    float least = bench->answers[known / 20].scope;
    for (size_t i = 0; i < strangers; i++) {
        refused += bench->strangers[i].scope < least;
        kept_out += !bench->strangers[i].is_known;
    }
    printf(",\"oos\":{\"auroc\":%.4f,\"recall_at_95\":%.4f,\"refused_ratio\":%.4f}", below / (double)known / (double)strangers,
           (double)refused / (double)strangers, (double)kept_out / (double)strangers);
}

static enum err
intents_write(struct intents_bench *bench)
{
    size_t right = 0, top = 0, accepted = 0, count = bench->test.count;
    double f1 = 0;
    BUF_SCOPE(names, 1 << 22);

    for (size_t i = 0; i < count; i++) {
        right += bench->answers[i].label == bench->answers[i].truth;
        top += bench->answers[i].is_in_top;
        accepted += bench->answers[i].is_known;
    }
    for (size_t i = 0; i < bench->name_count; i++) {
        double one = intents_f1(bench, i);
        f1 += one / (double)bench->name_count;
        TRY(buf_add_str(&names, i > 0 ? STR(",") : STR("")));
        TRY(kb_markdown_json(&names, bench->names[i]));
        TRY(buf_add_text(&names, ":%.4f", one));
    }
    printf("{\"examples\":%zu,\"intents\":%zu,\"tests\":%zu,\"accuracy\":%.4f,\"top3\":%.4f,\"macro_f1\":%.4f,\"ece\":%.4f,"
           "\"accepted_ratio\":%.4f",
           bench->train.count, bench->name_count, count, (double)right / (double)count, (double)top / (double)count, f1,
           intents_calibration(bench), (double)accepted / (double)count);
    if (bench->oos.count > 0)
        intents_write_scope(bench);
    qsort(bench->answers, count, sizeof *bench->answers, intents_order_time);
    printf(",\"train_seconds\":%.3f,\"train_cpu_seconds\":%.3f,\"microseconds\":{\"p50\":%.1f,\"p99\":%.1f},\"model_bytes\":%zu,\"f1\":{",
           bench->train_s, bench->train_cpu_s, (double)bench->answers[count / 2].time_ns / 1e3,
           (double)bench->answers[count - 1 - count / 100].time_ns / 1e3, nlu_bytes(bench->nlu));
    word_print(&names);
    printf("}}\n");
    return ERR_NONE;
}

static enum err
intents_run(struct intents_bench *bench, const struct word_line *line)
{
    const char *oos = word_value(line, "oos", NULL);

    TRY(bench_tsv_read(word_value(line, "train", ""), &bench->train));
    TRY(bench_tsv_read(word_value(line, "test", ""), &bench->test));
    if (oos)
        TRY(bench_tsv_read(oos, &bench->oos));
    if (bench->train.count == 0 || bench->test.count == 0)
        return err_raise(ERR_INPUT, "bench: no line to train on or to ask");
    TRY(arena_make((size_t)1 << 20, &bench->arena));
    TRY(intents_train(bench));
    TRY(intents_ask_all(bench, &bench->test, &bench->answers));
    if (oos)
        TRY(intents_ask_all(bench, &bench->oos, &bench->strangers));
    if (!word_has(line, "predict"))
        return intents_write(bench);
    intents_predict(bench);
    return ERR_NONE;
}

int
bench_intents_run(const struct word_line *line)
{
    struct intents_bench bench = {.language = word_value(line, "lang", "en")};
    uint64_t typos = 0;

    if (!word_has(line, "train") || !word_has(line, "test"))
        return word_fail("privet bench intents --train FILE --test FILE, lines of text TAB label", ERR_NONE, WORD_USAGE);
    if (str_parse_u64(str_from(word_value(line, "typos", "0")), 100, &typos) != ERR_NONE)
        return word_fail("--typos is a percentage", ERR_NONE, WORD_USAGE);
    bench.typos = (unsigned)typos;
    enum err err = intents_run(&bench, line);
    nlu_free(&bench.nlu);
    arena_free(&bench.arena);
    alloc_free(&bench.answers);
    alloc_free(&bench.strangers);
    alloc_free(&bench.names);
    alloc_free(&bench.examples);
    bench_tsv_free(&bench.train);
    bench_tsv_free(&bench.test);
    bench_tsv_free(&bench.oos);
    return err == ERR_NONE ? WORD_DONE : word_fail("can't measure", err, WORD_FAILED);
}
