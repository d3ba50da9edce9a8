/* pattern_private.h - a compiled expression; for its reader and its machine alone. */
#ifndef ENGINE_PATTERN_PRIVATE_H
#define ENGINE_PATTERN_PRIVATE_H

#include "engine/pattern.h"

#define PATTERN_RANGES_MAX ((size_t)512)

enum pattern_step_kind { PATTERN_LETTER, PATTERN_ANY, PATTERN_CLASS, PATTERN_FORK, PATTERN_JUMP, PATTERN_BEGIN, PATTERN_END, PATTERN_EDGE,
                         PATTERN_BORDER, PATTERN_INSIDE, PATTERN_MATCH };

struct pattern_step {
    uint32_t letter;
    uint16_t kind, a, b; /* fork: a is preferred to b; class: a is the first range, b how many, letter 1 for the opposite */
};

struct pattern_range {
    uint32_t from, to;
};

struct pattern {
    struct pattern_step *steps;
    size_t step_count;
    struct pattern_range *ranges;
    size_t range_count;
    bool first[128]; /* ASCII letters that a match may begin with; others always may */
};

/* pattern_read_run - the steps of an expression; steps and ranges of `out` have room for as many as there may be.
 * Errs: ERR_INPUT with *what. */
enum err pattern_read_run(str text, struct pattern *out, const char **what) MUST_CHECK;

#endif
