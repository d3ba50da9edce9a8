/* mask.h - a message as storage, log and model may see it: found, and dealt with as the policy says.
 *
 *   struct pii_input input = {.text = plain, .asked = question, .tail = &session->tail};
 *   TRY(mask_run(pii, arena, &policy, &input, &aliases, &mask));
 *   if (mask.is_refused) … the bot says why; nothing of the message goes on
 *
 * is what the step `mask` of a turn does (chat/masking.h).
 */
#ifndef GUARD_MASK_H
#define GUARD_MASK_H

#include "guard/alias.h"
#include "guard/pii.h"
#include "guard/policy.h"

struct mask {
    str text; /* for others: with pseudonyms; in the arena, as all of these */
    str own;  /* for the visitor and for what this process reads itself: masked and redacted alike, but with no pseudonym */
    struct pii_spans spans; /* places in the text as it was */
    bool is_changed;
    bool is_refused; /* a type that the policy refuses was found: told_type */
    bool is_told;    /* something was masked, redacted or refused that the visitor should hear of: told_type, the strictest, then the first */
    uint16_t told_type;
};

/* mask_run - `map` NULL: pseudonyms become [TYPE]. Errs: those of pii_find; ERR_LIMIT the arena is full. On failure nothing of the text
 * may go on. Never: puts a secret (pii_type.is_secret) into the text or the map. */
enum err mask_run(const struct pii *pii, struct arena *arena, const struct policy *policy, const struct pii_input *input,
                  struct alias_map *map, struct mask *out) MUST_CHECK;

#endif
