/* driver_fail.h - wraps a driver and makes its n-th call fail, once, with ERR_IO. For tests of what follows. */
#ifndef STORE_DRIVER_FAIL_H
#define STORE_DRIVER_FAIL_H

#include "store/driver.h"

/* driver_fail_make - takes over *inner, which its close closes too. */
enum err driver_fail_make(struct driver **inner, struct driver **out) MUST_CHECK;
/* driver_fail_arm - the nth next call fails; 0 disarms. driver_fail_is_armed: not reached yet. */
void driver_fail_arm(struct driver *driver, uint64_t nth);
bool driver_fail_is_armed(const struct driver *driver);

#endif
