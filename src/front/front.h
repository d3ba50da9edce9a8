/* front.h - the front process: HTTP, TLS, static files, limits. It sees ciphertext and nothing else. */
#ifndef FRONT_FRONT_H
#define FRONT_FRONT_H

#include "base/conf.h"

#define FRONT_BODY_MAX ((size_t)80 * 1024)

/* front_run - takes over the listening socket, locks itself in, serves for ever. Errs: what kept it from starting. */
enum err front_run(const struct conf *conf) MUST_CHECK;

#endif
