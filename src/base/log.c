/* Writes events as lines of JSON. It never takes a visitor's words: their type does not fit any field. */
#include "base/log.h"

#include "base/clock.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct log_line {
    char at[LOG_LINE_MAX];
    size_t len;
};

/* What one event has said within a second. Atomics alone: a signal handler logs too. */
struct log_tally {
    _Atomic(const char *) event; /* a literal */
    _Atomic uint64_t second;
    _Atomic uint32_t lines;
};

#define LOG_TALLIES 128 /* more than there are events; one without a place is always written */
static struct log_tally tallies[LOG_TALLIES];
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

static struct log_tally *
log_tally_of(const char *event)
{
    for (size_t i = 0; i < LOG_TALLIES; i++) {
        const char *known = atomic_load_explicit(&tallies[i].event, memory_order_relaxed);
        if (!known && atomic_compare_exchange_strong(&tallies[i].event, &known, event))
            return &tallies[i];
        if (known == event)
            return &tallies[i];
    }
    return NULL;
}

/* Whether one more line of an event may be written; *held: how many were not, in the seconds before. */
static bool
log_may_write(const char *event, uint32_t *held)
{
    struct log_tally *tally = log_tally_of(event);
    uint64_t now = clock_steady_ms() / 1000 + 1;

    if (!tally)
        return true;
    uint64_t then = atomic_load(&tally->second);
    if (then != now && atomic_compare_exchange_strong(&tally->second, &then, now)) {
        uint32_t lines = atomic_exchange(&tally->lines, 0);
        *held = lines > LOG_LINES_PER_SECOND ? lines - LOG_LINES_PER_SECOND : 0;
    }
    return atomic_fetch_add(&tally->lines, 1) < LOG_LINES_PER_SECOND;
}

void
log_write(const char *event, const struct log_field *fields, size_t field_count)
{
    struct log_line line;
    char head[64];
    uint32_t held = 0;

    if (log_fd < 0 || !log_may_write(event, &held))
        return;
    line.len = 0;
    int n = snprintf(head, sizeof head, "{\"at\":%" PRIu64 ",\"role\":", clock_unix_ms());
    log_line_add(&line, head, (size_t)n);
    log_line_quote(&line, str_from(log_role));
    log_line_add(&line, ",\"event\":", 9);
    log_line_quote(&line, str_from(event));
    for (size_t i = 0; i < field_count; i++)
        log_line_field(&line, &fields[i]);
    if (held > 0)
        log_line_field(&line, &(struct log_field){"held", LOG_INT, {"", 0}, held});
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
