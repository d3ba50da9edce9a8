/* remark.h - what a visitor is told when something of a message was not kept: what was recognised, that it is gone, what to do instead.
 *
 * Plain sentences, no markup, and never a part of what was said. Languages: ar de en es fr it nl pl pt sv tr; any other gets English.
 */
#ifndef GUARD_REMARK_H
#define GUARD_REMARK_H

#include "base/buf.h"
#include "guard/pii_type.h"

/* remark_write - adds the sentences. `type` was found; is_refused: the whole message was turned away, else the value alone was removed. */
enum err remark_write(str language, unsigned type, bool is_refused, struct buf *out) MUST_CHECK;
/* remark_stopped_write - adds the sentences that stand in place of a reply that the output guard stopped. */
enum err remark_stopped_write(str language, struct buf *out) MUST_CHECK;
/* remark_is_known - false for a type that has no name of its own here: it is told as "personal data". */
bool remark_is_known(unsigned type);

#endif
