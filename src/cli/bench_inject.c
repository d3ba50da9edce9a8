/* privet bench inject: lines of "family TAB language TAB text" through the alarm. What is printed was measured in this run. */
#include "cli/bench_inject.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "cli/bench_tsv.h"
#include "guard/inject.h"

#include <stdio.h>
#include <stdlib.h>

#define BENCH_FAMILIES ((size_t)64)

struct inject_row {
    str family;
    size_t count, alarms, of_kind[INJECT_KINDS], encoded;
};

struct inject_bench {
    struct bench_tsv test;
    struct arena *arena;
    struct inject_row rows[BENCH_FAMILIES];
    size_t row_count, bytes;
    uint64_t *took_ns, cpu_ns;
    bool predicts;
};

static enum err
inject_bench_row(struct inject_bench *bench, str family, struct inject_row **out)
{
    size_t i = 0;

    while (i < bench->row_count && !str_is(bench->rows[i].family, family))
        i++;
    if (i == BENCH_FAMILIES)
        return err_raise(ERR_LIMIT, "bench: too many families");
    if (i == bench->row_count)
        bench->rows[bench->row_count++].family = family;
    *out = &bench->rows[i];
    return ERR_NONE;
}

static enum err
inject_bench_one(struct inject_bench *bench, size_t i)
{
    const struct bench_tsv_row *line = &bench->test.rows[i];
    struct inject_row *row = NULL;
    struct inject found;
    char names[INJECT_NAMES_BYTES];

    uint64_t begin = clock_cpu_ns();
    TRY(inject_find(bench->arena, (said){line->column[2]}, &found));
    bench->took_ns[i] = clock_cpu_ns() - begin;
    bench->cpu_ns += bench->took_ns[i];
    bench->bytes += line->column[2].len;
    arena_reset(bench->arena);
    TRY(inject_bench_row(bench, line->column[0], &row));
    row->count++;
    row->alarms += found.kinds != 0;
    row->encoded += found.is_encoded;
    for (unsigned kind = 0; kind < INJECT_KINDS; kind++)
        row->of_kind[kind] += found.kinds >> kind & 1;
    if (bench->predicts)
        printf("%.*s\t%d\t%.*s\t%.*s\n", STR_ARG(inject_names(&found, names)), found.score, STR_ARG(line->column[0]), STR_ARG(line->column[2]));
    return ERR_NONE;
}

static int
inject_bench_order(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void
inject_bench_tell(struct inject_bench *bench)
{
    size_t n = bench->test.count;

    for (size_t i = 0; i < bench->row_count; i++) {
        const struct inject_row *row = &bench->rows[i];
        printf("%-12.*s %6zu texts, %6.2f %% alarms:", STR_ARG(row->family), row->count, 100.0 * (double)row->alarms / (double)row->count);
        for (unsigned kind = 0; kind < INJECT_KINDS; kind++)
            if (row->of_kind[kind] > 0)
                printf(" %s %zu", inject_kind_name((enum inject_kind)kind), row->of_kind[kind]);
        printf("\n");
    }
    qsort(bench->took_ns, n, sizeof *bench->took_ns, inject_bench_order);
    printf("{\"families\":{");
    for (size_t i = 0; i < bench->row_count; i++)
        printf("%s\"%.*s\":{\"texts\":%zu,\"alarms\":%zu,\"encoded\":%zu}", i > 0 ? "," : "", STR_ARG(bench->rows[i].family), bench->rows[i].count,
               bench->rows[i].alarms, bench->rows[i].encoded);
    printf("},\"microseconds\":{\"p50\":%.2f,\"p99\":%.2f},\"mb_per_second\":%.1f}\n", n > 0 ? (double)bench->took_ns[n / 2] / 1e3 : 0,
           n > 0 ? (double)bench->took_ns[n * 99 / 100] / 1e3 : 0, bench->cpu_ns > 0 ? (double)bench->bytes * 1e3 / (double)bench->cpu_ns : 0);
}

static enum err
inject_bench_all(struct inject_bench *bench, const char *path)
{
    void *piece = NULL;

    TRY(arena_make((size_t)8 << 20, &bench->arena));
    TRY(bench_tsv_read(path, &bench->test));
    TRY(alloc_make(bench->test.count + 1, sizeof *bench->took_ns, &piece));
    bench->took_ns = piece;
    for (size_t i = 0; i < bench->test.count; i++)
        TRY(inject_bench_one(bench, i));
    return ERR_NONE;
}

int
bench_inject_run(const struct word_line *line)
{
    const char *path = word_value(line, "test", NULL);
    struct inject_bench bench = {.predicts = word_has(line, "predict")};

    if (!path)
        return word_fail("privet bench inject --test FILE", ERR_NONE, WORD_USAGE);
    enum err err = inject_bench_all(&bench, path);
    if (err == ERR_NONE && !bench.predicts)
        inject_bench_tell(&bench);
    if (bench.took_ns)
        alloc_free(&bench.took_ns);
    bench_tsv_free(&bench.test);
    arena_free(&bench.arena);
    return err == ERR_NONE ? WORD_DONE : word_fail("bench inject", err, WORD_FAILED);
}
