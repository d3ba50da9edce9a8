/* redact.h - privet redact: the guard as a filter. */
#ifndef CLI_REDACT_H
#define CLI_REDACT_H

struct word_line;

int redact_run(const struct word_line *line);

#endif
