/* serve.h - privet serve: the parent and its children. Arguments are those after the word; the result is a word_exit. */
#ifndef CLI_SERVE_H
#define CLI_SERVE_H

int serve_run(int count, char **arguments);
/* serve_child - the process that argv[0] names. */
int serve_child(const char *name);

#endif
