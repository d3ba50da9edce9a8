/* core.h - the core process: a bounded pool of threads that run turns, the store, the bot in service. */
#ifndef CHAT_CORE_H
#define CHAT_CORE_H

#include "base/conf.h"

/* core_run - opens the store, compiles the bot, locks itself in, serves for ever. Errs: what kept it from starting. */
enum err core_run(const struct conf *conf) MUST_CHECK;

#endif
