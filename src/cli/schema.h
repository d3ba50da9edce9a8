/* schema.h - privet schema: bot.yaml as a JSON Schema on standard output. The result is a word_exit. */
#ifndef CLI_SCHEMA_H
#define CLI_SCHEMA_H

#include "cli/word.h"

int schema_run(const struct word_line *line);

#endif
