/* inject.h - does a message try to be more than words: markup, a query, a command, a template, orders to a model?
 *
 * An alarm and a signal for routing, not a defence: nothing that a visitor types is ever interpreted here, found or not. Whoever lets a
 * model answer asks it first; the log counts it.
 *
 * Patterns for what machines read, a small linear model for what is meant to move a model (inject_model.h), both also over what base64,
 * hex, escapes, rot13 and reversed letters hide. English, German, French, Spanish, Italian, Dutch, Polish, Portuguese, Swedish, Turkish.
 */
#ifndef GUARD_INJECT_H
#define GUARD_INJECT_H

#include "base/arena.h"

enum inject_kind {
    INJECT_HIDDEN,   /* characters that nobody sees, or that turn the order of others */
    INJECT_LONG,     /* a word or a repetition without end */
    INJECT_NESTED,   /* brackets in brackets in brackets … */
    INJECT_MARKUP,   /* HTML, script */
    INJECT_SQL,
    INJECT_SHELL,    /* commands and paths */
    INJECT_TEMPLATE, /* placeholders and format strings */
    INJECT_FORMULA,  /* of a spreadsheet */
    INJECT_PROMPT,   /* orders to a model */
    INJECT_KINDS
};

#define INJECT_WORD_MAX ((size_t)1000)  /* bytes without a blank */
#define INJECT_REPEAT_MAX ((size_t)200) /* times the same byte */
#define INJECT_DEPTH_MAX 24

struct inject {
    uint16_t kinds;  /* a bit per kind */
    bool is_encoded; /* found in what an encoding hid */
    int score;       /* of the model, highest reading; INJECT_PROMPT from 0 on */
};

/* inject_find - `words` as they were typed, before plain_take.
 * Errs: ERR_LIMIT  arena full.    Cost: linear; some bytes of arena per byte of the words, no heap.
 * Never: keeps, logs or changes anything. */
enum err inject_find(struct arena *arena, said words, struct inject *out) MUST_CHECK;
/* inject_kind_name - "prompt", …: a literal. */
const char *inject_kind_name(enum inject_kind kind);
/* inject_names - the names of all kinds found, divided by commas, into `name`: no word of the message. */
#define INJECT_NAMES_BYTES ((size_t)96)
str inject_names(const struct inject *inject, char name[INJECT_NAMES_BYTES]);

#endif
