/* fault.h - makes the n-th call of a kind fail, for every n, in tests.
 *
 * Production code asks fault_is_due() where an outside call may fail. Nothing is armed unless a test arms it: one relaxed
 * load of an atomic is what it costs.
 */
#ifndef BASE_FAULT_H
#define BASE_FAULT_H

#include <stdbool.h>
#include <stdint.h>

enum fault_kind { FAULT_ALLOC, FAULT_STORE, FAULT_FILE, FAULT_SOCKET, FAULT_KIND_COUNT };

/* fault_arm - the nth (1 = next) call of this kind in the process fails, once; 0 disarms. */
void fault_arm(enum fault_kind kind, uint64_t nth);
/* fault_is_due - counts one call; true when it is the one to fail. */
bool fault_is_due(enum fault_kind kind);
/* fault_is_armed - the armed call has not been reached yet: the loop over n is at its end when this stays true. */
bool fault_is_armed(enum fault_kind kind);

#endif
