/* jsonl.h - JSON lines as a table: one object a line, its members the columns. */
#ifndef ENGINE_JSONL_H
#define ENGINE_JSONL_H

#include "engine/csv.h"

/* jsonl_parse - numbers and true, false as they are written, null and what a line does not have as an empty cell; a list as its members with
 * ", " between; an object as a column for each of its members: {"title":{"en":…}} is title_en. On ERR_INPUT *line and *what say where and what.
 * Errs: ERR_INPUT, ERR_LIMIT  arena full */
enum err jsonl_parse(struct arena *arena, str text, struct csv *out, unsigned *line, const char **what) MUST_CHECK;

#endif
