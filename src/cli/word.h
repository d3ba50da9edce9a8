/* word.h - the words of the command line: one file each, one row in main.c's table.
 *
 * A word names its options in its row, so that help, shell completion, the manual and the parser say the same. An option that no row
 * names is refused before the word runs.
 */
#ifndef CLI_WORD_H
#define CLI_WORD_H

#include "base/buf.h"

#define WORD_OPTIONS_MAX 24
#define WORD_GIVEN_MAX 256

/* Exit codes that scripts can use. */
enum word_exit { WORD_DONE = 0, WORD_FAILED = 1, WORD_USAGE = 2, WORD_SETTINGS = 3 };

struct word_option {
    const char *name;    /* without the dashes */
    const char *value;   /* what follows it, for people: "FILE"; NULL for a flag */
    const char *meaning; /* one line */
};

struct word_line;

struct word {
    const char *name, *arguments, *about, *help;
    struct word_option options[WORD_OPTIONS_MAX];
    int (*run)(const struct word_line *line);
};

/* What was typed behind the word: options in their order, and plain arguments. */
struct word_line {
    size_t given_count, plain_count;
    struct word_given {
        const char *name, *value; /* value NULL for a flag */
    } given[WORD_GIVEN_MAX];
    const char *plain[WORD_GIVEN_MAX];
};

/* word_parse - "--name VALUE", "--name=VALUE", "--flag"; "--" ends the options. Says on standard error what is wrong.
 * Errs: ERR_INPUT an option that the word does not have, or one without its value; ERR_LIMIT too many. */
enum err word_parse(const struct word *word, int count, char **arguments, struct word_line *out) MUST_CHECK;
/* word_value - the option's value, the last one when it stands several times; `otherwise` when absent. */
const char *word_value(const struct word_line *line, const char *name, const char *otherwise);
bool word_has(const struct word_line *line, const char *name);
/* word_plain - the i-th argument that is no option, or NULL. */
const char *word_plain(const struct word_line *line, size_t i);
/* word_fail - one line on standard error: "privet: TEXT"; with the last failure's text when err is one. */
int word_fail(const char *text, enum err err, int code);
/* word_print - a buffer to standard output. */
void word_print(const struct buf *buf);

#endif
