/* bench_tsv.h - files of tab-separated lines for measurements: two or three columns, UTF-8, no quotes. */
#ifndef CLI_BENCH_TSV_H
#define CLI_BENCH_TSV_H

#include "base/arena.h"

#define BENCH_TSV_COLUMNS_MAX ((size_t)3)
#define BENCH_TSV_BYTES_MAX ((size_t)256 << 20)

struct bench_tsv {
    char *text;
    struct bench_tsv_row {
        str column[BENCH_TSV_COLUMNS_MAX]; /* empty when absent */
    } *rows;
    size_t count;
};

/* bench_tsv_read - empty lines are skipped. Errs: ERR_ABSENT, ERR_IO, ERR_LIMIT, ERR_INPUT not UTF-8, ERR_MEMORY. */
enum err bench_tsv_read(const char *path, struct bench_tsv *out) MUST_CHECK;
void bench_tsv_free(struct bench_tsv *tsv);
/* bench_tsv_read_file - a whole file, a zero byte behind it. */
enum err bench_tsv_read_file(const char *path, char **text, size_t *len) MUST_CHECK;
/* bench_tsv_mistype - the text with about `percent` of its words of four letters or more mistyped: a letter left out, doubled,
 * swapped with its neighbour or changed. The same text is mistyped the same way every time. Errs: ERR_LIMIT. */
enum err bench_tsv_mistype(struct arena *arena, str text, unsigned percent, str *out) MUST_CHECK;

#endif
