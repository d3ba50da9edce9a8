/* err.h - what a caller does next when a call fails.
 *
 * A failing function leaves its outputs untouched, notes where it failed and a literal text, and returns a kind. The text
 * is never run-time data, so that no error can carry what a visitor said. The note is thread-local.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>

enum err {
    ERR_NONE = 0,
    ERR_INPUT,  /* the bytes given are wrong: tell the sender, don't try again */
    ERR_LIMIT,  /* a stated maximum is reached: tell the sender */
    ERR_DENIED, /* not allowed: tell the sender nothing more */
    ERR_ABSENT, /* there is no such thing: often a fine answer */
    ERR_BUSY,   /* later it will work: try again */
    ERR_IO,     /* disk, network or another process failed: log it, refuse the work */
    ERR_MEMORY, /* no memory: refuse this work, go on with the rest */
    ERR_BUG     /* our own rule broken: log it, refuse the work */
};

#define MUST_CHECK __attribute__((warn_unused_result))

/* The only macro that hides control flow: returns the caller on failure. */
#define TRY(call)                                                                                  \
    do {                                                                                           \
        enum err try_err_ = (call);                                                                \
        if (try_err_ != ERR_NONE)                                                                  \
            return try_err_;                                                                       \
    } while (0)

/* err_raise(ERR_IO, "kb: index unreadable"): notes the place and gives the kind back. "" makes anything but a literal fail. */
#define err_raise(kind, text) err_note((kind), "" text, __FILE__, __LINE__)

/* must - our own rule, on in release: ends this process, the parent starts it again. */
#define must(condition)                                                                            \
    do {                                                                                           \
        if (!(condition))                                                                          \
            err_abort("" #condition, __FILE__, __LINE__);                                          \
    } while (0)

enum err err_note(enum err kind, const char *text, const char *file, int line);
_Noreturn void err_abort(const char *condition, const char *file, int line);

/* The note of this thread's last failure; "" and 0 before the first. */
const char *err_text(void);
const char *err_file(void);
int err_line(void);

/* err_name - "input", "limit", …; "none" for ERR_NONE. */
const char *err_name(enum err kind);

#endif
