/* masking.h - what the guard makes of a message, for the turn: which text goes where.
 *
 *   said   the visitor's own entry, sealed to the visitor: as typed, but what the policy masks or redacts
 *   text   what the engine reads, in this process and this turn's arena: the same, and what looks like a pseudonym is escaped
 *   mask.text  what goes to others (a model, a log of its own): names, addresses, numbers are pseudonyms
 *
 * A secret (guard/pii_type.h) is in none of them.
 */
#ifndef CHAT_MASKING_H
#define CHAT_MASKING_H

#include "engine/engine.h"
#include "guard/mask.h"

/* So many bytes of pseudonyms go into the state that the client carries. */
#define MASKING_KEPT_MAX ((size_t)2048)

struct masking_input {
    const struct pii *pii;
    const struct bot *bot;
    const struct dialogue *dialogue; /* the pending question says what an answer may hold */
    str text, payload;
    str kept; /* masking_write of an earlier turn; empty or damaged: no pseudonym yet */
    struct pii_tail *tail;
};

struct masking {
    struct mask mask;
    struct alias_map aliases;
    str said, text;
};

/* masking_run - all in the arena.
 * Errs: ERR_DENIED  a quick reply's payload holds what no author wrote into one    ERR_LIMIT  arena full
 * On failure nothing of the message may go on. When out->mask.is_refused, nothing but masking_remark may. */
enum err masking_run(struct arena *arena, const struct masking_input *input, struct masking *out) MUST_CHECK;
/* masking_remark - adds one MESSAGE (protocol/channel.md, section 7) that says what was recognised and is not kept. */
enum err masking_remark(const struct masking *masking, str language, struct buf *json) MUST_CHECK;
/* masking_restore - adds a reply (a JSON array of MESSAGE) with its pseudonyms turned back into this visitor's own values: in texts, never
 * in code, links, images or payloads. Errs: ERR_INPUT  not the tree of a reply; those of buf_add. */
enum err masking_restore(const struct masking *masking, str json, struct buf *out) MUST_CHECK;
/* masking_restore_value - the same for one plain text, into the arena. */
enum err masking_restore_value(const struct masking *masking, struct arena *arena, str value, str *out) MUST_CHECK;
/* masking_write - the pseudonyms, for the sealed state. */
enum err masking_write(const struct masking *masking, struct buf *out) MUST_CHECK;

#endif
