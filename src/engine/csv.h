/* csv.h - comma-separated values, RFC 4180, UTF-8; the first line names the columns. */
#ifndef ENGINE_CSV_H
#define ENGINE_CSV_H

#include "base/arena.h"

#define CSV_COLUMNS_MAX ((size_t)64)

struct csv {
    size_t column_count, row_count;
    str column[CSV_COLUMNS_MAX];
    str *cell;      /* row_count × column_count */
    unsigned *line; /* of each row, 1-based */
};

/* csv_parse - everything lies in the arena. On ERR_INPUT *line and *what say where and what. */
enum err csv_parse(struct arena *arena, str text, struct csv *out, unsigned *line, const char **what) MUST_CHECK;
/* csv_find - the column's number, or SIZE_MAX. */
size_t csv_find(const struct csv *csv, str column);

#endif
