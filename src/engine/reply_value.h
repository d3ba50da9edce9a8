/* reply_value.h - the value of a slot as people of a language read it: the label of an entity's value, a date with its weekday. */
#ifndef ENGINE_REPLY_VALUE_H
#define ENGINE_REPLY_VALUE_H

#include "engine/bot_private.h"

/* reply_value_write - adds the text; the value itself where there is nothing better. Errs: ERR_LIMIT, ERR_MEMORY. */
enum err reply_value_write(const struct bot *bot, size_t slot, str value, size_t language, struct buf *out) MUST_CHECK;

#endif
