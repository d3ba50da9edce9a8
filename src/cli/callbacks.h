/* callbacks.h - privet callbacks: what visitors left on purpose. Arguments are those after the word; the result is a word_exit. */
#ifndef CLI_CALLBACKS_H
#define CLI_CALLBACKS_H

int callbacks_run(int count, char **arguments);

#endif
