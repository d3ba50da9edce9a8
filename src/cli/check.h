/* check.h - privet check: compiles a bot and runs its chats. The result is a word_exit. */
#ifndef CLI_CHECK_H
#define CLI_CHECK_H

#include "cli/word.h"

int check_run(const struct word_line *line);

#endif
