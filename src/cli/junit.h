/* junit.h - results as the XML that build servers read (the JUnit format, as Jenkins and GitLab describe it). */
#ifndef CLI_JUNIT_H
#define CLI_JUNIT_H

#include "base/buf.h"

struct junit {
    struct buf cases;
    unsigned tests, failures;
};

void junit_init(struct junit *junit);
void junit_done(struct junit *junit);
/* junit_add - one test: failed when `failure` is not empty; `output` is shown with it. Any bytes are fine. Errs: ERR_LIMIT, ERR_MEMORY. */
struct junit_case {
    str suite, name, failure, output;
    uint64_t took_ns;
};
enum err junit_add(struct junit *junit, const struct junit_case *one) MUST_CHECK;
/* junit_write - the whole file, at once. Errs: ERR_IO, ERR_LIMIT, ERR_MEMORY. */
enum err junit_write(const struct junit *junit, str name, const char *path) MUST_CHECK;

#endif
