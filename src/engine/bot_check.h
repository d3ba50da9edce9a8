/* bot_check.h - what a bot asks of people, held against what it declares: before it serves, and in `privet check`. */
#ifndef ENGINE_BOT_CHECK_H
#define ENGINE_BOT_CHECK_H

#include "engine/engine.h"
#include "guard/request.h"

struct bot_check_tools {
    const struct pii *pii; /* this and the next live as long as the bot */
    const struct request *request;
    str origins; /* of the site and of the chat, with blanks between: links may lead there beside the hosts of bot.yaml; copied */
    bool is_rehearsal; /* the author's own terminal: a basis that is undecided is a warning there */
};

/* bot_check_run - a flow may collect what a field declares; no text may ask for a secret, or for what no field declares; no link leads
 * to a host that is not named; no text holds a canary. When all is well, the bot has its rules for the output guard (bot_rules).
 *
 * In:    warnings  NULL, or where advice goes: "bot.yaml:LINE:COLUMN: warning: …" lines, each with better words
 * Errs:  ERR_INPUT with *fault: the first thing that must not be    ERR_LIMIT, ERR_MEMORY
 */
enum err bot_check_run(struct bot *bot, const struct bot_check_tools *tools, struct buf *warnings, struct bot_fault *fault) MUST_CHECK;

#endif
