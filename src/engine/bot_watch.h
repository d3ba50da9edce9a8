/* bot_watch.h - has a bot's folder changed? */
#ifndef ENGINE_BOT_WATCH_H
#define ENGINE_BOT_WATCH_H

#include "base/str.h"

/* bot_watch_get - a fingerprint over names, sizes and times (ns) of the files that make a bot: another number, another
 * bot. Cheap enough to be asked three times a second. Errs: ERR_ABSENT no such folder, ERR_IO. */
enum err bot_watch_get(const char *folder, uint64_t *out) MUST_CHECK;

#endif
