/* key.h - privet key: API keys of programs. The result is a word_exit. */
#ifndef CLI_KEY_H
#define CLI_KEY_H

#include "cli/word.h"

int key_run(const struct word_line *line);

#endif
