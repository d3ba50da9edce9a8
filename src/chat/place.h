/* place.h - where in its device's conversation a session stands. */
#ifndef CHAT_PLACE_H
#define CHAT_PLACE_H

#include "chat/site.h"

/* place_find - asks the store. A place that is still right is kept, and its chain key with it; else the session gets the one that the
 * store names, or that of a new conversation: a random id here, rows with the first turn that is kept.
 * Errs: ERR_ABSENT the conversation is there and its SLOT is gone; ERR_IO. */
enum err place_find(const struct site *site, struct session *session) MUST_CHECK;

#endif
