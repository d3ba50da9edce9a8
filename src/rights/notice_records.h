/* notice_records.h - the records of processing activities (GDPR article 30), from the register that the notice is made from. */
#ifndef RIGHTS_NOTICE_RECORDS_H
#define RIGHTS_NOTICE_RECORDS_H

#include "rights/notice.h"

/* notice_records_write - adds Markdown, in English, with every item of article 30(1)(a) to (g). */
enum err notice_records_write(const struct notice *notice, str bot, struct buf *out) MUST_CHECK;

#endif
