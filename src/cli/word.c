/* What the words share: reading the command line by a word's own table. It never guesses what an option might mean. */
#include "cli/word.h"

#include <stdio.h>
#include <string.h>

static const struct word_option *
word_find(const struct word *word, str name)
{
    for (size_t i = 0; i < WORD_OPTIONS_MAX && word->options[i].name; i++)
        if (str_is(name, str_from(word->options[i].name)))
            return &word->options[i];
    return NULL;
}

static enum err
word_refuse(const struct word *word, str name, const char *what)
{
    fprintf(stderr, "privet %s: --%.*s %s; `privet %s --help` lists the options\n", word->name, STR_ARG(name), what, word->name);
    return err_raise(ERR_INPUT, "word: bad option");
}

/* One option at arguments[at]; *at stays at the last argument that belongs to it. */
static enum err
word_parse_option(const struct word *word, int count, char **arguments, int *at, struct word_line *line)
{
    str rest = str_from(arguments[*at] + 2), name = rest;
    const char *equals = strchr(arguments[*at], '=');

    if (equals)
        name = str_slice(rest, 0, (size_t)(equals - rest.at));
    const struct word_option *option = word_find(word, name);
    if (!option)
        return word_refuse(word, name, "is not an option here");
    if (line->given_count == WORD_GIVEN_MAX)
        return err_raise(ERR_LIMIT, "word: too many options");
    struct word_given *given = &line->given[line->given_count++];
    *given = (struct word_given){option->name, NULL};
    if (!option->value)
        return equals ? word_refuse(word, name, "takes no value") : ERR_NONE;
    if (!equals && *at + 1 == count)
        return word_refuse(word, name, "wants a value behind it");
    given->value = equals ? equals + 1 : arguments[++*at];
    return ERR_NONE;
}

enum err
word_parse(const struct word *word, int count, char **arguments, struct word_line *out)
{
    struct word_line line = {.given_count = 0};
    bool is_plain = false;

    for (int at = 0; at < count; at++) {
        if (!is_plain && strcmp(arguments[at], "--") == 0) {
            is_plain = true;
        } else if (!is_plain && strncmp(arguments[at], "--", 2) == 0) {
            TRY(word_parse_option(word, count, arguments, &at, &line));
        } else {
            if (line.plain_count == WORD_GIVEN_MAX)
                return err_raise(ERR_LIMIT, "word: too many arguments");
            line.plain[line.plain_count++] = arguments[at];
        }
    }
    *out = line;
    return ERR_NONE;
}

const char *
word_value(const struct word_line *line, const char *name, const char *otherwise)
{
    for (size_t i = line->given_count; i > 0; i--)
        if (strcmp(line->given[i - 1].name, name) == 0)
            return line->given[i - 1].value;
    return otherwise;
}

bool
word_has(const struct word_line *line, const char *name)
{
    for (size_t i = 0; i < line->given_count; i++)
        if (strcmp(line->given[i].name, name) == 0)
            return true;
    return false;
}

const char *
word_plain(const struct word_line *line, size_t i)
{
    return i < line->plain_count ? line->plain[i] : NULL;
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
    if (buf->len > 0)
        fwrite(buf->at, 1, buf->len, stdout);
    fflush(stdout);
}
