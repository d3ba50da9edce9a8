/* bench_frames.h - privet bench frames: sealed messages, made before they are fired at a running server by a load generator. */
#ifndef CLI_BENCH_FRAMES_H
#define CLI_BENCH_FRAMES_H

#include "cli/word.h"

int bench_frames_run(const struct word_line *line);

#endif
