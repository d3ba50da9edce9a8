/* Settings for the words that need them. */
#include "cli/settings.h"

#include <stdio.h>
#include <unistd.h>

enum err
settings_read(const struct word_line *line, struct conf *out)
{
    const char *path = word_value(line, "config", NULL);
    struct conf_fault fault;

    if (!path)
        path = access("privet.yaml", R_OK) == 0 ? "./privet.yaml" : NULL;
    enum err err = conf_read(path, out, &fault);
    if (err != ERR_NONE)
        fprintf(stderr, "%s:%u:%u: %s\n", fault.file, fault.line, fault.column, fault.text);
    return err;
}
