/* privet explain: settings for people, from the table that parses them. */
#include "cli/explain.h"

#include "base/conf.h"
#include "cli/word.h"

int
explain_run(const struct word_line *line)
{
    BUF_SCOPE(text, 65536);
    const char *name = word_plain(line, 0);
    enum err err;

    if (word_has(line, "markdown"))
        err = conf_document(&text);
    else
        err = name ? conf_explain(str_from(name), &text) : conf_list(&text);
    if (err == ERR_ABSENT)
        return word_fail("there is no such setting; `privet explain` lists all", ERR_NONE, WORD_USAGE);
    if (err != ERR_NONE)
        return word_fail("can't explain", err, WORD_FAILED);
    word_print(&text);
    return WORD_DONE;
}
