/* token_prefix.h - how the keys and tokens of services begin: one row each. */
#ifndef GUARD_TOKEN_PREFIX_H
#define GUARD_TOKEN_PREFIX_H

#include "base/str.h"

/* token_prefix_is - `token` (letters, digits, - _ . = / + only) is a key by the way it begins, its length and its characters. */
bool token_prefix_is(str token);
/* token_prefix_count - rows. */
size_t token_prefix_count(void);

#endif
