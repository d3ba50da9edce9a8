/* bench_inject.h - privet bench inject: what the alarm says of labelled texts, and how fast. */
#ifndef CLI_BENCH_INJECT_H
#define CLI_BENCH_INJECT_H

#include "cli/word.h"

int bench_inject_run(const struct word_line *line);

#endif
