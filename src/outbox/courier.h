/* courier.h - the only process that may speak to the outside: models, CRM systems, mail.
 *
 * Nothing has been declared that it may reach, so it may open no socket at all: its cage is the vault's.
 */
#ifndef OUTBOX_COURIER_H
#define OUTBOX_COURIER_H

#include "base/err.h"

enum err courier_run(bool needs_landlock) MUST_CHECK;

#endif
