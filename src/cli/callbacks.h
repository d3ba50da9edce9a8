/* callbacks.h - privet callbacks: what visitors left on purpose. The result is a word_exit. */
#ifndef CLI_CALLBACKS_H
#define CLI_CALLBACKS_H

#include "cli/word.h"

int callbacks_run(const struct word_line *line);

#endif
