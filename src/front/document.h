/* document.h - the widget's document: the bundled page, with what is public put into it, so that one answer is enough to show it.
 *
 * What is public (notes, notice, greeting) changes when a key is rotated or a bot is saved. Core is asked for each load; the page is
 * put together and compressed only when core's answer is another one than before.
 */
#ifndef FRONT_DOCUMENT_H
#define FRONT_DOCUMENT_H

#include "base/str.h"
#include "front/headers.h"

struct MHD_Connection;

/* document_init - once: finds the place in the bundled page. Errs: ERR_BUG it has none. */
enum err document_init(void) MUST_CHECK;
struct document_wish {
    enum headers_kind kind;
    str json; /* what core says is public */
    bool takes_brotli;
};

/* document_queue - queues the page as the connection's answer, its headers set. From a handler of libmicrohttpd alone.
 * Errs: ERR_MEMORY. Cost: a comparison; about 20 ms when json is new. */
enum err document_queue(struct MHD_Connection *connection, const struct document_wish *wish) MUST_CHECK;

#endif
