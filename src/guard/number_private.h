/* number_private.h - the three parts of the list of numbers. */
#ifndef GUARD_NUMBER_PRIVATE_H
#define GUARD_NUMBER_PRIVATE_H

#include "guard/number.h"

size_t number_europe_count(void);
const struct number_row *number_europe_get(size_t i);
size_t number_america_count(void);
const struct number_row *number_america_get(size_t i);
size_t number_world_count(void);
const struct number_row *number_world_get(size_t i);

#endif
