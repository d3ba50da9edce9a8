/* privet bench answers: indexes a folder of articles, asks questions and counts where the judged documents stand. A document is a file,
 * named without its ending; it is found where its best section is. What is printed was measured in this run.
 *
 *   queries    ID TAB QUESTION [TAB LANGUAGE]
 *   relevant   ID TAB DOCUMENT [TAB GRADE]; a question without a line has no answer, and none should be given */
#include "cli/bench_answers.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "cli/bench_docs.h"
#include "cli/bench_tsv.h"
#include "engine/kb.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ANSWERS_DEPTH 10

struct answers_bench {
    struct bench_docs docs;
    struct bench_tsv queries, relevant;
    const char *language;
    unsigned typos;
    bool is_predicting;
    struct kb *kb;
    struct arena *arena;
    double make_s;
    uint32_t *time_ns;
    /* sums over questions */
    double ndcg, mrr, recall_3, recall_5;
    size_t judged, hit_1, answered, suggested, wrong, unanswerable, unanswerable_answered;
};

static double
answers_grade(const struct answers_bench *bench, str query, str document)
{
    for (size_t i = 0; i < bench->relevant.count; i++) {
        const struct bench_tsv_row *row = &bench->relevant.rows[i];
        if (str_is(row->column[0], query) && str_is(row->column[1], document))
            return row->column[2].len > 0 ? strtod(row->column[2].at, NULL) : 1;
    }
    return 0;
}

/* The best gain that ten places can hold, and how many documents are right. */
static double
answers_ideal(const struct answers_bench *bench, str query, size_t *right)
{
    double grades[ANSWERS_DEPTH] = {0}, sum = 0;

    *right = 0;
    for (size_t i = 0; i < bench->relevant.count; i++) {
        const struct bench_tsv_row *row = &bench->relevant.rows[i];
        double grade = row->column[2].len > 0 ? strtod(row->column[2].at, NULL) : 1;
        if (!str_is(row->column[0], query) || grade <= 0)
            continue;
        (*right)++;
        for (size_t k = 0; k < ANSWERS_DEPTH; k++)
            if (grade > grades[k]) {
                double swap = grades[k];
                grades[k] = grade;
                grade = swap;
            }
    }
    for (size_t k = 0; k < ANSWERS_DEPTH; k++)
        sum += (exp2(grades[k]) - 1) / log2((double)k + 2);
    return sum;
}

/* Sections to documents: each once, at its best place. */
static size_t
answers_documents(const struct answers_bench *bench, const struct kb_hit *hits, size_t count, str documents[ANSWERS_DEPTH])
{
    size_t used = 0;

    for (size_t i = 0; i < count && used < ANSWERS_DEPTH; i++) {
        str document = bench->docs.names[hits[i].document];
        bool is_new = true;
        for (size_t k = 0; k < used; k++)
            is_new = is_new && !str_is(documents[k], document);
        if (is_new)
            documents[used++] = document;
    }
    return used;
}

/* The ratio of the best document that is another than the first. */
static float
answers_next(const struct answers_bench *bench, const struct kb_hit *hits, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (!str_is(bench->docs.names[hits[i].document], bench->docs.names[hits[0].document]))
            return hits[i].ratio;
    return 0;
}

static void
answers_count(struct answers_bench *bench, str query, const struct kb_hit *hits, size_t hit_count)
{
    str documents[ANSWERS_DEPTH];
    size_t right = 0, count = answers_documents(bench, hits, hit_count, documents), found_3 = 0, found_5 = 0;
    double gain = 0, first = 0, ideal = answers_ideal(bench, query, &right);
    bool is_answered = hit_count > 0 && kb_is_answer(hits[0].ratio, answers_next(bench, hits, hit_count));

    bench->answered += is_answered;
    bench->suggested += !is_answered && hit_count > 0 && hits[0].ratio >= KB_SUGGEST_RATIO;
    if (right == 0) {
        bench->unanswerable++;
        bench->unanswerable_answered += is_answered;
        bench->wrong += is_answered;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        double grade = answers_grade(bench, query, documents[i]);
        gain += (exp2(grade) - 1) / log2((double)i + 2);
        if (grade > 0 && first == 0)
            first = 1 / ((double)i + 1);
        found_3 += grade > 0 && i < 3;
        found_5 += grade > 0 && i < 5;
    }
    bench->judged++;
    bench->ndcg += gain / ideal;
    bench->mrr += first;
    bench->hit_1 += first == 1;
    bench->wrong += is_answered && first != 1;
    bench->recall_3 += (double)found_3 / (double)(right < 3 ? right : 3);
    bench->recall_5 += (double)found_5 / (double)(right < 5 ? right : 5);
}

static void
answers_predict(const struct answers_bench *bench, str query, const struct kb_hit *hits, size_t count)
{
    printf("%.*s\t%.*s\t%.4f\t%.4f\n", STR_ARG(query), STR_ARG(count > 0 ? bench->docs.names[hits[0].document] : STR("-")),
           count > 0 ? (double)hits[0].ratio : 0, (double)answers_next(bench, hits, count));
}

static enum err
answers_ask(struct answers_bench *bench, size_t i, bool is_counted)
{
    const struct bench_tsv_row *row = &bench->queries.rows[i];
    struct kb_hit hits[KB_HITS_MAX];
    struct words words;
    size_t count = 0;
    str text = row->column[1], language = row->column[2].len > 0 ? row->column[2] : str_from(bench->language);

    arena_reset(bench->arena);
    if (bench->typos > 0)
        TRY(bench_tsv_mistype(bench->arena, text, bench->typos, &text));
    uint64_t begin = clock_steady_ns();
    TRY(words_take(bench->arena, text, language, &words));
    TRY(kb_find(bench->kb, bench->arena, &words, language, hits, &count));
    bench->time_ns[i] = (uint32_t)(clock_steady_ns() - begin);
    if (is_counted && bench->is_predicting)
        answers_predict(bench, row->column[0], hits, count);
    else if (is_counted)
        answers_count(bench, row->column[0], hits, count);
    return ERR_NONE;
}

static int
answers_order(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void
answers_write(struct answers_bench *bench)
{
    double judged = bench->judged > 0 ? (double)bench->judged : 1, all = (double)bench->queries.count;
    size_t count = bench->queries.count;

    qsort(bench->time_ns, count, sizeof *bench->time_ns, answers_order);
    printf("{\"sections\":%zu,\"queries\":%zu,\"ndcg_at_10\":%.4f,\"mrr_at_10\":%.4f,\"hit_at_1\":%.4f,\"recall_at_3\":%.4f,"
           "\"recall_at_5\":%.4f,",
           bench->docs.count, count, bench->ndcg / judged, bench->mrr / judged, (double)bench->hit_1 / judged,
           bench->recall_3 / judged, bench->recall_5 / judged);
    printf("\"answered_ratio\":%.4f,\"suggested_ratio\":%.4f,\"wrong_with_confidence_ratio\":%.4f,\"unanswerable\":%zu,"
           "\"unanswerable_answered\":%zu,\"make_seconds\":%.3f,\"index_bytes\":%zu,\"microseconds\":{\"p50\":%.1f,\"p99\":%.1f}}\n",
           (double)bench->answered / all, (double)bench->suggested / all, (double)bench->wrong / all, bench->unanswerable,
           bench->unanswerable_answered, bench->make_s, kb_bytes(bench->kb), (double)bench->time_ns[count / 2] / 1e3,
           (double)bench->time_ns[count - 1 - count / 100] / 1e3);
}

static enum err
answers_run(struct answers_bench *bench, const struct word_line *line)
{
    void *piece = NULL;

    TRY(bench_tsv_read(word_value(line, "queries", ""), &bench->queries));
    TRY(bench_tsv_read(word_value(line, "relevant", ""), &bench->relevant));
    if (bench->queries.count == 0)
        return err_raise(ERR_INPUT, "bench: no question");
    TRY(bench_docs_read(word_value(line, "docs", ""), str_from(bench->language), &bench->docs));
    struct kb_library library = {bench->docs.sections, bench->docs.count, NULL, 0};
    uint64_t begin = clock_steady_ns();
    TRY(kb_make(&library, &bench->kb));
    bench->make_s = (double)(clock_steady_ns() - begin) / 1e9;
    TRY(arena_make((size_t)1 << 20, &bench->arena));
    TRY(alloc_make(bench->queries.count, sizeof(uint32_t), &piece));
    bench->time_ns = piece;
    for (int round = 0; round < 2; round++) /* the first warms the caches */
        for (size_t i = 0; i < bench->queries.count; i++)
            TRY(answers_ask(bench, i, round == 1));
    if (!bench->is_predicting)
        answers_write(bench);
    return ERR_NONE;
}

int
bench_answers_run(const struct word_line *line)
{
    struct answers_bench bench = {.language = word_value(line, "lang", "en")};
    uint64_t typos = 0;

    if (!word_has(line, "docs") || !word_has(line, "queries") || !word_has(line, "relevant"))
        return word_fail("privet bench answers --docs FOLDER --queries FILE --relevant FILE", ERR_NONE, WORD_USAGE);
    if (str_parse_u64(str_from(word_value(line, "typos", "0")), 100, &typos) != ERR_NONE)
        return word_fail("--typos is a percentage", ERR_NONE, WORD_USAGE);
    bench.typos = (unsigned)typos;
    bench.is_predicting = word_has(line, "predict");
    enum err err = answers_run(&bench, line);
    kb_free(&bench.kb);
    bench_docs_free(&bench.docs);
    arena_free(&bench.arena);
    alloc_free(&bench.time_ns);
    bench_tsv_free(&bench.queries);
    bench_tsv_free(&bench.relevant);
    return err == ERR_NONE ? WORD_DONE : word_fail("can't measure", err, WORD_FAILED);
}
