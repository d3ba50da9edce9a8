/* bench_idle.h - privet bench idle: memory at rest, start to first answer, memory of open chats. */
#ifndef CLI_BENCH_IDLE_H
#define CLI_BENCH_IDLE_H

#include "cli/word.h"

int bench_idle_run(const struct word_line *line);

#endif
