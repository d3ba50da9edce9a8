/* How fast the detector is: bench_pii FILE reads lines, finds in each what pii_find finds, and prints MB/s, the median, the 99th percentile
 * and the slowest line in microseconds, and how many lines the gate lets by. One thread, one arena that is wiped after each line;
 * times are the processor's, so that a busy machine measures the same. */
#include "guard/pii_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BENCH_ROUNDS 5

static double
bench_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static int
bench_order(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int
main(int count, char **arguments)
{
    struct pii *pii = NULL;
    struct arena *arena = NULL;
    FILE *in = count > 1 ? fopen(arguments[1], "r") : stdin;
    char *text = NULL;
    size_t size = 0, lines = 0, bytes = 0, open = 0, found = 0;
    str *list = NULL;

    if (!in)
        return 1;
    double start = bench_now();
    must(pii_make(&pii) == ERR_NONE);
    printf("tables made in %.1f ms\n", (bench_now() - start) / 1e3);
    must(arena_make((size_t)64 << 20, &arena) == ERR_NONE);
    for (ssize_t len; (len = getline(&text, &size, in)) > 0; lines++) {
        list = realloc(list, (lines + 1) * sizeof *list);
        list[lines] = (str){strndup(text, (size_t)len), (size_t)len - (text[len - 1] == '\n')};
        bytes += list[lines].len + 1;
    }
    double *took = calloc(lines, sizeof *took), best = 1e18;
    for (size_t i = 0; i < lines; i++)
        open += pii_gate_is_open(pii, list[i]);
    for (int round = 0; round < BENCH_ROUNDS; round++) {
        double whole = bench_now();
        found = 0;
        for (size_t i = 0; i < lines; i++) {
            struct pii_input input = {.text = list[i]};
            struct pii_spans spans;
            must(pii_find(pii, arena, &input, &spans) == ERR_NONE);
            found += spans.count;
            arena_reset(arena);
        }
        whole = bench_now() - whole;
        best = whole < best ? whole : best;
    }
    for (size_t i = 0; i < lines; i++) {
        struct pii_input input = {.text = list[i]};
        struct pii_spans spans;
        double one = bench_now();
        must(pii_find(pii, arena, &input, &spans) == ERR_NONE);
        arena_reset(arena);
        took[i] = bench_now() - one;
    }
    qsort(took, lines, sizeof *took, bench_order);
    printf("%zu lines, %.2f MB, %zu spans, %.1f %% past the gate: %.1f MB/s, median %.2f us, p99 %.2f us, slowest %.1f us\n", lines,
           (double)bytes / 1e6, found, 100.0 * (double)open / (double)(lines ? lines : 1), (double)bytes / best, took[lines / 2],
           took[lines * 99 / 100], took[lines - 1]);
    return 0;
}
