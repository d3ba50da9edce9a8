/* bench.h - privet bench: measurements that an operator can repeat. The result is a word_exit. */
#ifndef CLI_BENCH_H
#define CLI_BENCH_H

#include "cli/word.h"

int bench_run(const struct word_line *line);

#endif
