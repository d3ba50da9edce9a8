/* explain.h - privet explain: settings for people. Arguments are those after the word; the result is a word_exit. */
#ifndef CLI_EXPLAIN_H
#define CLI_EXPLAIN_H

int explain_run(int count, char **arguments);

#endif
