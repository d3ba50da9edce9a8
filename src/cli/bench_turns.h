/* bench_turns.h - privet bench turns: sealed, durable turns through a whole server of its own. */
#ifndef CLI_BENCH_TURNS_H
#define CLI_BENCH_TURNS_H

#include "cli/word.h"

int bench_turns_run(const struct word_line *line);

#endif
