/* bot_report.h - advice to the author: what the bot will mix up. */
#ifndef ENGINE_BOT_REPORT_H
#define ENGINE_BOT_REPORT_H

#include "engine/engine.h"

/* bot_report_write - adds lines of text: accuracy by 5-fold cross-validation and the intents that are mixed up, examples
 * that are nearly the same in different intents, intents with few examples, responses that nothing uses.
 * Errs: ERR_MEMORY, ERR_LIMIT. Cost: about five times bot_make. */
enum err bot_report_write(const struct bot *bot, struct buf *out) MUST_CHECK;

#endif
