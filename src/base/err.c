/* The kinds of failure and the note of the last one. It never holds run-time data: every text is a literal of ours. */
#include "base/err.h"

#include <stdio.h>
#include <stdlib.h>

struct err_last {
    const char *text;
    const char *file;
    int line;
};

static _Thread_local struct err_last last = {"", "", 0};

enum err
err_note(enum err kind, const char *text, const char *file, int line)
{
    last = (struct err_last){text, file, line};
    return kind;
}

_Noreturn void
err_abort(const char *condition, const char *file, int line)
{
    fprintf(stderr, "{\"event\":\"must\",\"rule\":\"%s\",\"file\":\"%s\",\"line\":%d}\n", condition, file, line);
    abort();
}

const char *
err_text(void)
{
    return last.text;
}

const char *
err_file(void)
{
    return last.file;
}

int
err_line(void)
{
    return last.line;
}

const char *
err_name(enum err kind)
{
    static const char *const names[] = {"none", "input", "limit", "denied", "absent", "busy", "io", "memory", "bug"};
    return (unsigned)kind < sizeof names / sizeof *names ? names[kind] : "unknown";
}
