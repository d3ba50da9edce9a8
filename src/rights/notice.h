/* notice.h - what a visitor is told before the first word: that it is a machine, what is kept, how long, how to take it back.
 *
 * From: GDPR articles 13 and 14; EU AI Act article 50(1).
 */
#ifndef RIGHTS_NOTICE_H
#define RIGHTS_NOTICE_H

#include "rights/purpose.h"

#define NOTICE_FIELDS_MAX ((size_t)32)

struct notice {
    str operator, contact, language;
    unsigned days; /* that a conversation is kept after its last message */
    size_t field_count;
    struct purpose fields[NOTICE_FIELDS_MAX];
};

/* notice_disclosure - "You are talking to a machine …", one sentence; the product's own, whatever the author adds. */
str notice_disclosure(str language);
/* notice_list - adds what is kept as a JSON array of texts. */
enum err notice_list(const struct notice *notice, struct buf *json) MUST_CHECK;
/* notice_version - 8 bytes that change when anything the notice says changes, its language among it: ask in one language always. */
enum err notice_version(const struct notice *notice, unsigned char version[8]) MUST_CHECK;
/* notice_style - the inline style of Privet's own pages; front allows it by its hash. */
extern const char notice_style[];
/* notice_page - adds the whole public page, plain HTML without script, everything escaped. */
enum err notice_page(const struct notice *notice, struct buf *html) MUST_CHECK;
/* notice_json - adds s as a JSON string. */
enum err notice_json(struct buf *json, str s) MUST_CHECK;

#endif
