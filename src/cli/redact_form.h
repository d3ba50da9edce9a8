/* redact_form.h - one line of text, JSON or CSV through the guard, for privet redact. */
#ifndef CLI_REDACT_FORM_H
#define CLI_REDACT_FORM_H

#include "base/alloc.h"
#include "base/buf.h"
#include "guard/mask.h"

#define REDACT_RECORD_MAX ((size_t)1 << 20) /* of CSV: a quote that never ends is a mistake */

struct redact {
    struct pii *pii;
    struct arena *arena;
    struct policy policy;
    struct pii_input base; /* what holds for every line */
    uint8_t types[PII_TYPES_BYTES];
    str fields; /* names of members or columns, divided by commas; empty: all */
    uint64_t columns[4]; /* of CSV: those wanted, from the head line; more than 256 columns are all wanted */
    struct buf out, record;
    size_t lines, changed, counts[POLICY_TYPES_MAX];
};

/* Each adds its result to redact->out, without the line's end. Errs: ERR_INPUT not JSON, no such column or type; ERR_LIMIT. */
enum err redact_form_text(struct redact *redact, str line) MUST_CHECK;
enum err redact_form_json(struct redact *redact, str line) MUST_CHECK;
enum err redact_form_csv(struct redact *redact, str record) MUST_CHECK;
/* redact_form_csv_is_whole - whether the record ends here, and not in the next line: a quoted field may hold line breaks. */
bool redact_form_csv_is_whole(str record);
/* redact_form_find - {"text": …, "asked": …, "country": …, "types": […]} to {"spans": [[start, end, "TYPE", score], …]} in code points. */
enum err redact_form_find(struct redact *redact, str line) MUST_CHECK;

#endif
