/* privet schema: what an editor needs to complete and check bot.yaml. */
#include "cli/schema.h"

#include "engine/bot_schema.h"

int
schema_run(const struct word_line *line)
{
    BUF_SCOPE(schema, 1 << 20);

    (void)line;
    enum err err = bot_schema_write(&schema);
    if (err != ERR_NONE)
        return word_fail("can't write the schema", err, WORD_FAILED);
    word_print(&schema);
    return WORD_DONE;
}
