/* word.h - the words of the command line: one file each. */
#ifndef CLI_WORD_H
#define CLI_WORD_H

#include "base/buf.h"

/* Exit codes that scripts can use. */
enum word_exit { WORD_DONE = 0, WORD_FAILED = 1, WORD_USAGE = 2, WORD_SETTINGS = 3 };

struct word {
    const char *name, *arguments, *about, *help;
    int (*run)(int count, char **arguments); /* without program and word */
};

/* word_option - the value of "--name VALUE" or "--name=VALUE"; NULL when absent. */
const char *word_option(int count, char **arguments, const char *name);
bool word_flag(int count, char **arguments, const char *name);
/* word_plain - the i-th argument that is no option nor an option's value, or NULL. */
const char *word_plain(int count, char **arguments, int i);
/* word_fail - one line on standard error: "privet: TEXT"; with the last failure's text when err is one. */
int word_fail(const char *text, enum err err, int code);
/* word_print - a buffer to standard output. */
void word_print(const struct buf *buf);


#endif
