/* bench_store.h - privet bench store: durable turns of many threads, beside plain SQLite that commits each alone. */
#ifndef CLI_BENCH_STORE_H
#define CLI_BENCH_STORE_H

#include "cli/word.h"

int bench_store_run(const struct word_line *line);

#endif
