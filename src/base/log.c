/* Writes events as lines of JSON. It never takes a visitor's words: their type does not fit any field. */
#include "base/log.h"

#include "base/clock.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct log_line {
    char at[LOG_LINE_MAX];
    size_t len;
};

static const char *log_role = "privet";
static int log_fd = STDERR_FILENO;

static void
log_line_add(struct log_line *line, const char *text, size_t len)
{
    /* Room is kept for the closing brace and newline. */
    if (len > sizeof line->at - 4 - line->len)
        return;
    memcpy(line->at + line->len, text, len);
    line->len += len;
}

static void
log_line_quote(struct log_line *line, str s)
{
    char escaped[8];

    log_line_add(line, "\"", 1);
    for (size_t i = 0; i < s.len && line->len < sizeof line->at - 16; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (c < 0x20 || c == '"' || c == '\\' || c >= 0x7F) {
            int n = snprintf(escaped, sizeof escaped, "\\u%04x", c);
            log_line_add(line, escaped, (size_t)n);
            continue;
        }
        log_line_add(line, s.at + i, 1);
    }
    log_line_add(line, "\"", 1);
}

static void
log_line_field(struct log_line *line, const struct log_field *field)
{
    char number[32];

    log_line_add(line, ",", 1);
    log_line_quote(line, str_from(field->name));
    log_line_add(line, ":", 1);
    if (field->kind == LOG_STR) {
        log_line_quote(line, field->text);
        return;
    }
    int n = snprintf(number, sizeof number, "%" PRId64, field->number);
    log_line_add(line, number, (size_t)n);
}

void
log_write(const char *event, const struct log_field *fields, size_t field_count)
{
    struct log_line line;
    char head[64];

    if (log_fd < 0)
        return;
    line.len = 0;
    int n = snprintf(head, sizeof head, "{\"at\":%" PRIu64 ",\"role\":", clock_unix_ms());
    log_line_add(&line, head, (size_t)n);
    log_line_quote(&line, str_from(log_role));
    log_line_add(&line, ",\"event\":", 9);
    log_line_quote(&line, str_from(event));
    for (size_t i = 0; i < field_count; i++)
        log_line_field(&line, &fields[i]);
    memcpy(line.at + line.len, "}\n", 2);
    ssize_t written = write(log_fd, line.at, line.len + 2);
    (void)written; /* there is nowhere left to report it */
}

struct log_field
log_err(enum err kind)
{
    return log_str(err_name(kind), str_from(err_text()));
}

void
log_set_role(const char *role)
{
    log_role = role;
}

void
log_set_fd(int fd)
{
    log_fd = fd;
}
