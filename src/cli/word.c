/* Helpers that the words share. They never guess: an unknown option is the word's to refuse. */
#include "cli/word.h"

#include <stdio.h>
#include <string.h>

const char *
word_option(int count, char **arguments, const char *name)
{
    size_t len = strlen(name);

    for (int i = 0; i < count; i++) {
        if (strncmp(arguments[i], "--", 2) != 0 || strncmp(arguments[i] + 2, name, len) != 0)
            continue;
        if (arguments[i][2 + len] == '=')
            return arguments[i] + 3 + len;
        if (arguments[i][2 + len] == 0 && i + 1 < count)
            return arguments[i + 1];
    }
    return NULL;
}

bool
word_flag(int count, char **arguments, const char *name)
{
    for (int i = 0; i < count; i++)
        if (strncmp(arguments[i], "--", 2) == 0 && strcmp(arguments[i] + 2, name) == 0)
            return true;
    return false;
}

const char *
word_plain(int count, char **arguments, int i)
{
    for (int at = 0; at < count; at++) {
        if (strncmp(arguments[at], "--", 2) == 0) {
            at += strchr(arguments[at], '=') == NULL;
            continue;
        }
        if (i-- == 0)
            return arguments[at];
    }
    return NULL;
}

int
word_fail(const char *text, enum err err, int code)
{
    if (err == ERR_NONE)
        fprintf(stderr, "privet: %s\n", text);
    else
        fprintf(stderr, "privet: %s (%s)\n", text, err_text());
    return code;
}

void
word_print(const struct buf *buf)
{
    fwrite(buf->at, 1, buf->len, stdout);
    fflush(stdout);
}
