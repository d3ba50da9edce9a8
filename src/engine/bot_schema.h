/* bot_schema.h - bot.yaml as a JSON Schema, for editors (yaml-language-server) and other programs. */
#ifndef ENGINE_BOT_SCHEMA_H
#define ENGINE_BOT_SCHEMA_H

#include "base/buf.h"

/* bot_schema_write - adds the schema (2020-12), made of the table that the reader uses (bot_shape.h). Errs: ERR_LIMIT, ERR_MEMORY. */
enum err bot_schema_write(struct buf *out) MUST_CHECK;

#endif
