/* redact.h - privet redact: the guard as a filter. */
#ifndef CLI_REDACT_H
#define CLI_REDACT_H

int redact_run(int count, char **arguments);

#endif
