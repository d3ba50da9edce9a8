/* init.h - privet init: keys, settings and snippet. The result is a word_exit. */
#ifndef CLI_INIT_H
#define CLI_INIT_H

#include "cli/word.h"

int init_run(const struct word_line *line);

#endif
