/* bench_answers.h - privet bench answers: how well and how fast passages are found. */
#ifndef CLI_BENCH_ANSWERS_H
#define CLI_BENCH_ANSWERS_H

#include "cli/word.h"

int bench_answers_run(const struct word_line *line);

#endif
