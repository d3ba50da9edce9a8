/* phone.h - the numbering plans of all countries. */
#ifndef GUARD_PHONE_H
#define GUARD_PHONE_H

#include "base/str.h"

/* phone_is_international - `digits` begins with a calling code and goes on as a plan of that code allows; a trunk 0 between the two,
 * "+44 (0)20 …", is forgiven. From: ITU-T E.164; libphonenumber's metadata. */
bool phone_is_international(str digits);
/* phone_is_national - `digits` is a number as dialled inside `region` (ISO 3166), with or without the trunk prefix. */
bool phone_is_national(const char region[2], str digits);
/* phone_is_somewhere - a national number of a region whose people write much: a list of 24, for texts whose country is unknown. */
bool phone_is_somewhere(str digits);

/* phone_write - the number in the form of E.164, "+492214710123": digits as dialled inside `region`, or with their calling code first
 * when `region` is NULL. Its length, at most PHONE_TEXT_MAX; 0 when no plan allows it. */
#define PHONE_TEXT_MAX ((size_t)20)
size_t phone_write(const char *region, str digits, char out[PHONE_TEXT_MAX]);

#endif
