/* head.h - the head of a request, as libmicrohttpd has parsed it: what is refused because servers disagree about it. */
#ifndef FRONT_HEAD_H
#define FRONT_HEAD_H

#include "base/str.h"

#define HEAD_ROWS_MAX 64

struct MHD_Connection;

/* head_get - the last value of that name; its `at` is NULL when there is none. */
str head_get(struct MHD_Connection *connection, const char *name);
/* head_is_good - *length is that of the body; false for what is the stuff of request smuggling (RFC 9112, sections 5, 6 and 11.2): any Transfer-Encoding, more than one
 * host, more than one length or one that is no number, names that are no tokens, line breaks in values, other versions than 1.0 and 1.1, more than HEAD_ROWS_MAX rows. */
bool head_is_good(struct MHD_Connection *connection, const char *version, uint64_t *length);

#endif
