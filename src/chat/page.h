/* page.h - the requests that are no message: hello, history, erase (protocol/channel.md, section 7). */
#ifndef CHAT_PAGE_H
#define CHAT_PAGE_H

#include "chat/site.h"
#include "chat/turn_room.h"

struct page {
    const struct site *site;
    const struct bot *bot;
    struct session *session; /* proven; chain placed */
    struct turn_room *room;  /* the answer goes to room->reply */
    str language;
    uint32_t from;
};

/* page_public - disclosure, notice, greeting: the hello of protocol/channel.md, section 7, open at its end. */
enum err page_public(const struct site *site, const struct bot *bot, str language, struct buf *out) MUST_CHECK;
/* page_hello - the same, and how many entries the device's conversation has. */
enum err page_hello(struct page *page) MUST_CHECK;
/* page_history - a page of the device's own rows, with wraps and SLOT: it opens them itself. */
enum err page_history(struct page *page) MUST_CHECK;
/* page_erase - SLOT, rows, fields, journal; other sessions of the device end. */
enum err page_erase(struct page *page) MUST_CHECK;

#endif
