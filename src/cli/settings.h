/* settings.h - reads the settings for a word and says what is wrong with them. */
#ifndef CLI_SETTINGS_H
#define CLI_SETTINGS_H

#include "base/conf.h"
#include "cli/word.h"

/* settings_read - --config FILE, else privet.yaml when it is there. Prints a mistake as FILE:LINE:COLUMN: text. */
enum err settings_read(const struct word_line *line, struct conf *out) MUST_CHECK;

#endif
