/* log.h - one line of JSON on standard error per event; its fields are typed and none takes what a person said.
 *
 *   LOG("child_gone", log_str("role", STR("front")), log_int("signal", 9));
 *
 * A line is at most LOG_LINE_MAX bytes and is written with one write, so that processes do not mix theirs. Control
 * bytes, quotes and invalid UTF-8 are escaped: a value can't forge a line. Event names are snake_case literals.
 * At most LOG_LINES_PER_SECOND lines of one event are written in a second; how many more there were is told with the event's next line
 * ("held"): whoever makes a server complain does not fill its disk.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/str.h"

#define LOG_LINE_MAX ((size_t)2048)
#define LOG_LINES_PER_SECOND 20u

struct log_field {
    const char *name;
    enum { LOG_STR, LOG_INT } kind;
    str text;
    int64_t number;
};

/* A `said` does not convert to a str: log_str("text", words) with words of that type does not compile. */
static inline struct log_field
log_str(const char *name, str value)
{
    return (struct log_field){name, LOG_STR, value, 0};
}

static inline struct log_field
log_int(const char *name, int64_t value)
{
    return (struct log_field){name, LOG_INT, {"", 0}, value};
}

/* log_err - kind and place of this thread's last failure, as one field. */
struct log_field log_err(enum err kind);

#define LOG(event, ...)                                                                            \
    log_write("" event, (const struct log_field[]){__VA_ARGS__},                                   \
              sizeof((const struct log_field[]){__VA_ARGS__}) / sizeof(struct log_field))

void log_write(const char *event, const struct log_field *fields, size_t field_count);
/* log_set_role - the process's name in every line; a literal. Before it, "privet". */
void log_set_role(const char *role);
/* log_set_fd - where lines go; -1 silences (tests). Standard error at first. */
void log_set_fd(int fd);

#endif
