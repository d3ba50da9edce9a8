/* talk.h - privet talk: the same turn in the terminal. Arguments are those after the word; the result is a word_exit. */
#ifndef CLI_TALK_H
#define CLI_TALK_H

int talk_run(int count, char **arguments);

#endif
