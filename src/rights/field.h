/* field.h - what a flow collects for the business: declared, with a purpose, sealed under the vault's field key, for a time. */
#ifndef RIGHTS_FIELD_H
#define RIGHTS_FIELD_H

#include "rights/holder.h"

extern const struct holder field_holder;

struct field {
    str site, conversation, name;
    int64_t day, until_day; /* Unix days */
    str sealed;
};

/* field_add - in a writer's job; the same field of a conversation on the same day is replaced. */
enum err field_add(struct driver *driver, const struct field *field) MUST_CHECK;
/* field_retain - deletes what is over its time; *count rows. */
enum err field_retain(struct driver *driver, int64_t today, uint64_t *count) MUST_CHECK;
/* field_each - every field, oldest first, for the operator's command line. */
enum err field_each(struct driver *driver, enum err (*each)(void *context, const struct field *field), void *context) MUST_CHECK;

#endif
