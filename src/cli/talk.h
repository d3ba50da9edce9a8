/* talk.h - privet talk: the same turn in the terminal. The result is a word_exit. */
#ifndef CLI_TALK_H
#define CLI_TALK_H

#include "cli/word.h"

int talk_run(const struct word_line *line);

#endif
