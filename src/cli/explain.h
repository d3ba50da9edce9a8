/* explain.h - privet explain: settings for people. The result is a word_exit. */
#ifndef CLI_EXPLAIN_H
#define CLI_EXPLAIN_H

#include "cli/word.h"

int explain_run(const struct word_line *line);

#endif
