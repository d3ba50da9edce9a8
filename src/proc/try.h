/* try.h - in builds made with -Dtry=true alone: a process tries what its cage forbids, so that tests see what comes of it.
 *
 * PRIVET_TRY=ROLE or "ROLE parent" in the environment of `privet serve`: each life of that process tries the next thing of the list in
 * try.c; with "parent" it sends its parent one message that it may not send. Everything is in the log: `try` before, `cage_refused`,
 * `try_survived` or a neighbour's `wire_violation` after, `try_end` when the list is at its end.
 */
#ifndef PROC_TRY_H
#define PROC_TRY_H

#include "proc/wire.h"

#ifdef PRIVET_TRY
/* try_run - called when `me` serves; does nothing when it is not the one named. */
void try_run(enum wire_role me);
/* try_environment - for the life number `life` of a child: what its environment holds. */
char *try_environment(unsigned life);
#else
static inline void
try_run(enum wire_role me)
{
    (void)me;
}
static inline char *
try_environment(unsigned life)
{
    (void)life;
    return (char *)0;
}
#endif

#endif
