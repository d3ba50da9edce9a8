/* parent.h - the first process: opens what the others need, starts them, starts again what dies.
 *
 * A child is this binary, executed afresh with argv[0] "privet: ROLE" and these descriptors:
 *   3 its end of the pair with the parent   4 the settings (struct conf, as bytes)   5 … its neighbours and files, by role
 */
#ifndef PROC_PARENT_H
#define PROC_PARENT_H

#include "base/conf.h"
#include "proc/wire.h"

#define PARENT_FD_PARENT 3
#define PARENT_FD_CONF 4
/* front */
#define PARENT_FD_FRONT_CORE 5
#define PARENT_FD_FRONT_LISTEN 6
#define PARENT_FD_FRONT_CERT 7 /* only with TLS */
#define PARENT_FD_FRONT_KEY 8
/* core */
#define PARENT_FD_CORE_FRONT 5
#define PARENT_FD_CORE_VAULT 6
#define PARENT_FD_CORE_COURIER 7
/* vault */
#define PARENT_FD_VAULT_CORE 5
#define PARENT_FD_VAULT_KEYS 6
#define PARENT_FD_VAULT_IDENTITY 7
/* courier */
#define PARENT_FD_COURIER_CORE 5

/* parent_run - serves until SIGTERM or SIGINT. Errs: what kept it from starting. */
enum err parent_run(const struct conf *conf) MUST_CHECK;

/* For a child: which role argv[0] names; false when none. */
bool parent_child_role(const char *name, enum wire_role *role);
/* parent_child_conf - the settings from descriptor 4. */
enum err parent_child_conf(struct conf *out) MUST_CHECK;
/* parent_child_ready - tells the parent that this child serves. */
enum err parent_child_ready(enum wire_role me) MUST_CHECK;

#endif
