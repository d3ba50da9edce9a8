/* quota.h - what one chat, one device and the whole site may use: asked at each request, before any work is done for it.
 *
 * Costs are in units: an answer of the bot is QUOTA_ANSWER; an answer by a model is its tokens. The day is UTC's. Thread-safe.
 */
#ifndef GUARD_QUOTA_H
#define GUARD_QUOTA_H

#include "base/conf.h"
#include "guard/limit.h"

#define QUOTA_ANSWER ((uint64_t)1)

struct quota;

/* quota_make - from the settings, with nothing used. */
enum err quota_make(const struct conf *conf, struct quota **out) MUST_CHECK;
void quota_free(struct quota **quota);

/* Who asks. */
struct quota_ask {
    struct limit_bucket *session; /* the chat's own; kept with it */
    str device_tag;
    bool is_message; /* and not the greeting, a page of history, an erasure */
};
/* quota_take - one request.
 * Out:  wait_ms  on ERR_LIMIT: how long until it may be asked again
 * Errs: ERR_LIMIT this chat or this device asks too fast; ERR_BUSY the site's day is spent. */
enum err quota_take(struct quota *quota, const struct quota_ask *ask, uint64_t *wait_ms) MUST_CHECK;
/* quota_spend - an answer was made for so many units. */
void quota_spend(struct quota *quota, uint64_t units);
/* quota_get_spent - of which day (since 1970) how much is spent; quota_set_spent - what is known from before a restart. */
void quota_get_spent(struct quota *quota, int64_t *day, uint64_t *units);
void quota_set_spent(struct quota *quota, int64_t day, uint64_t units);

#endif
