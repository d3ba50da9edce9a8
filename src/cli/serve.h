/* serve.h - privet serve: the parent and its children. The result is a word_exit. */
#ifndef CLI_SERVE_H
#define CLI_SERVE_H

#include "cli/word.h"

int serve_run(const struct word_line *line);
/* serve_child - the process that argv[0] names. */
int serve_child(const char *name);

#endif
