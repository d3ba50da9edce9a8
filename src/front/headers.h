/* headers.h - the security headers of each kind of answer. */
#ifndef FRONT_HEADERS_H
#define FRONT_HEADERS_H

#include "base/conf.h"

struct MHD_Response;

enum headers_kind {
    HEADERS_LOADER,  /* for any page: frozen, pinned by SRI */
    HEADERS_WIDGET,  /* the frame: embeddable by the site's origins */
    HEADERS_CHAT,    /* the same document as a page of its own: embeddable by nobody */
    HEADERS_PAGE,    /* notice, index: no script at all */
    HEADERS_API
};

/* headers_init - once, from the settings. */
enum err headers_init(const struct conf *conf) MUST_CHECK;
/* headers_add - all of a kind. is_frozen: the address names the content, so it may be cached for a year. */
enum err headers_add(struct MHD_Response *response, enum headers_kind kind, bool is_frozen) MUST_CHECK;

#endif
