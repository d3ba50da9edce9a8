/* request.h - does a text ask its reader to tell something personal, here in the chat?
 *
 * "What is your password?", "Bitte geben Sie Ihre Kartennummer ein", "Votre date de naissance, s'il vous plaît" do. "Enter your password
 * on the sign-in page", "Never tell anybody your PIN", "How do I change my password?" do not. English, German, French, Spanish,
 * Italian, Dutch, Polish, Portuguese, Swedish, Turkish; national numbers by their own names. Rules over two tables (request_table.c):
 * values with their names, and the forms that requests have. One pass, linear, no heap.
 */
#ifndef GUARD_REQUEST_H
#define GUARD_REQUEST_H

#include "base/arena.h"
#include "guard/pii.h"

struct request;

enum request_mode {
    REQUEST_TEXT,   /* any text: a value that a sentence of it asks for */
    REQUEST_PROMPT, /* known to be a question: a value that its asking sentences name; when none asks, that any names */
    REQUEST_LABEL   /* a name, of a field or a slot ("date_of_birth"): a value that it names at all */
};

enum err request_make(struct request **out) MUST_CHECK;
void request_free(struct request **request);
/* request_find - adds what is asked for to `types` (pii_is_wanted, PII_TYPES_BYTES). Errs: ERR_LIMIT arena full. */
enum err request_find(const struct request *request, struct arena *arena, str text, enum request_mode mode, uint8_t *types) MUST_CHECK;

/* For request.c: one row of request_table.c. Words are divided by |; a word of several is a phrase. */
struct request_row {
    uint16_t forms; /* enum request_form bits; 0: it names a value */
    uint16_t type;
    bool is_weak; /* names the value only right behind "your", or where nothing but it is asked */
    const char *words;
};
enum request_form {
    REQUEST_WHAT = 1,     /* what, which: a question for what follows it */
    REQUEST_FILL = 2,     /* may stand between: is, the, of */
    REQUEST_YOUR = 4,
    REQUEST_TELL = 8,     /* tell me, enter: a demand for what stands in its clause */
    REQUEST_PLEASE = 16,
    REQUEST_NOT = 32,     /* not, never */
    REQUEST_IF = 64,      /* if, when: its clause asks for nothing */
    REQUEST_ELSE = 128,   /* on the sign-in page: to be told somewhere else */
    REQUEST_HERE = 256,   /* below, in this chat */
    REQUEST_WHO = 512,    /* you, we: before a verb that then demands nothing … */
    REQUEST_COULD = 1024, /* … unless this stands before */
    REQUEST_PART = 2048   /* last four digits of: not the whole */
};
size_t request_table_count(void);
const struct request_row *request_table_get(size_t i);

#endif
