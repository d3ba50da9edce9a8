/* bench_intents.h - privet bench intents: how well and how fast the intent model understands. */
#ifndef CLI_BENCH_INTENTS_H
#define CLI_BENCH_INTENTS_H

#include "cli/word.h"

int bench_intents_run(const struct word_line *line);

#endif
