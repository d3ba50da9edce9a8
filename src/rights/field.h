/* field.h - what a flow collects for the business: declared, with a purpose, sealed by the vault, for a time.
 *
 * Its key is Expand(MASTER, "privet/1 field key" ‖ SLOT(32) ‖ conversation(16) ‖ name, 32): the business reads it as long as the conversation
 * has its SLOT. Once that is erased no older copy of the database brings it back, and no field reads as another's.
 */
#ifndef RIGHTS_FIELD_H
#define RIGHTS_FIELD_H

#include "rights/holder.h"

extern const struct holder field_holder;

struct field {
    str site, conversation, name;
    int64_t day, until_day; /* Unix days */
    str sealed;
    int64_t slot_cell; /* of its conversation; set by field_each */
};

/* field_where - what the vault makes the field's key from, besides MASTER. */
enum err field_where(struct buf *out, const unsigned char slot[32], str conversation, str name) MUST_CHECK;

/* field_add - in a writer's job; the same field of a conversation on the same day is replaced. */
enum err field_add(struct driver *driver, const struct field *field) MUST_CHECK;
/* field_retain - deletes what is over its time; *count rows. */
enum err field_retain(struct driver *driver, int64_t today, uint64_t *count) MUST_CHECK;
/* field_each - every field whose conversation is there, oldest first, for the operator's command line. */
enum err field_each(struct driver *driver, enum err (*each)(void *context, const struct field *field), void *context) MUST_CHECK;

#endif
