/* bot_check.h - what a bot asks of people, held against what it declares: before it serves, and in `privet check`. */
#ifndef ENGINE_BOT_CHECK_H
#define ENGINE_BOT_CHECK_H

#include "engine/engine.h"
#include "guard/request.h"

struct bot_check_tools {
    const struct pii *pii;
    const struct request *request;
};

/* bot_check_run - a flow may collect what a field declares; no text may ask for a secret, or for what no field declares.
 *
 * In:    warnings  NULL, or where advice goes: "bot.yaml:LINE:COLUMN: warning: …" lines, each with better words
 * Errs:  ERR_INPUT with *fault: the first thing that must not be    ERR_LIMIT, ERR_MEMORY
 * Never: changes the bot. */
enum err bot_check_run(const struct bot *bot, const struct bot_check_tools *tools, struct buf *warnings, struct bot_fault *fault) MUST_CHECK;

#endif
