/* init.h - privet init: keys, settings and snippet. Arguments are those after the word; the result is a word_exit. */
#ifndef CLI_INIT_H
#define CLI_INIT_H

int init_run(int count, char **arguments);

#endif
