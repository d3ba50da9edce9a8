/* check.h - privet check: compiles a bot and runs its chats. The result is a word_exit. */
#ifndef CLI_CHECK_H
#define CLI_CHECK_H

#include "cli/word.h"

int check_run(const struct word_line *line);

/* check_asks - what the bot asks of people, held against what it declares, and where its links lead. Advice goes to standard output.
 * Errs: as bot_check_run. */
struct bot;
struct bot_fault;
enum err check_asks(struct bot *bot, str origins, struct bot_fault *fault) MUST_CHECK;

#endif
