/* purpose.h - the register of purposes: what a flow may collect, as bot.yaml declares it (`fields:`). It is the one source for the
 * notice, for the records of processing and for what the output guard lets a reply ask.
 *
 * From: GDPR articles 5(1)(b, c, e), 6, 9, 13 and 30.
 */
#ifndef RIGHTS_PURPOSE_H
#define RIGHTS_PURPOSE_H

#include "base/buf.h"
#include "guard/pii.h"

/* GDPR article 6(1)(a) to (f), in their order. */
enum purpose_basis {
    PURPOSE_CONSENT, PURPOSE_CONTRACT, PURPOSE_LEGAL, PURPOSE_VITAL, PURPOSE_PUBLIC, PURPOSE_LEGITIMATE,
    PURPOSE_UNDECIDED /* an import wrote it: no bot is served before a person has decided */
};

/* A declared field, in one language. */
struct purpose {
    str name;
    str label, text; /* for people: what it is, and what for */
    str recipients;  /* who gets it beside the operator; empty: nobody */
    uint8_t types[PII_TYPES_BYTES];
    enum purpose_basis basis;
    unsigned days; /* that it is kept; 0: for the chat only, in nobody's store but the visitor's */
};

/* purpose_basis_find - "consent", "contract", "legal_obligation", "vital_interests", "public_task", "legitimate_interests".
 * Errs: ERR_ABSENT. */
enum err purpose_basis_find(str name, enum purpose_basis *out) MUST_CHECK;
/* purpose_basis_article - "6(1)(a)" and so on. */
const char *purpose_basis_article(enum purpose_basis basis);

/* Does a question need what it asks for? */
enum purpose_need {
    PURPOSE_UNKNOWN,  /* the purpose is of no kind that the table has */
    PURPOSE_NEEDED,
    PURPOSE_TOO_MUCH, /* that purpose is met with less */
};
/* purpose_check - `about` says what it is for, in the author's words of any language: purpose, description, name of the flow.
 * *better: a question that asks for less, in the language or in English; NULL when there is none. */
enum purpose_need purpose_check(str about, unsigned type, str language, const char **better);
/* purpose_is_special - health, religion, politics, sex life, union: GDPR article 9. */
bool purpose_is_special(unsigned type);
/* purpose_types_write - adds the names of a set of types, "EMAIL, PHONE". */
enum err purpose_types_write(const uint8_t *types, struct buf *out) MUST_CHECK;

#endif
