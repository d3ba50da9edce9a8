/* check.h - privet check: compiles a bot and runs its chats. Arguments are those after the word; the result is a word_exit. */
#ifndef CLI_CHECK_H
#define CLI_CHECK_H

int check_run(int count, char **arguments);

#endif
