/* import.h - privet import: a bot that was written for something else. The result is a word_exit. */
#ifndef CLI_IMPORT_H
#define CLI_IMPORT_H

#include "cli/word.h"

int import_run(const struct word_line *line);

#endif
