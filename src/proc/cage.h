/* cage.h - how a process locks itself in: user, no new privileges, no dumps, Landlock, seccomp that denies by default.
 *
 * Order: what needs files is opened first, then cage_enter, then the first byte from outside is read. A system call that is
 * not on the role's list is logged by role and name and ends the process; the parent starts it again. Some are on the list for
 * some arguments only: no new code, no new process, nobody else's signals or limits.
 */
#ifndef PROC_CAGE_H
#define PROC_CAGE_H

#include "proc/wire.h"

struct cage {
    enum wire_role role;
    const char *data;       /* core: this folder may be read and written; NULL otherwise */
    const char *bot;        /* core: this folder may be read */
    const char *executable; /* parent: may be read and executed */
    bool needs_landlock;    /* refuse to go on without */
};

/* cage_drop_root - becomes `user` when we are root: groups, gid, uid, for good. Errs: ERR_INPUT no such user; ERR_IO. */
enum err cage_drop_root(const char *user) MUST_CHECK;
/* cage_enter - for good. Errs: ERR_DENIED no Landlock here; ERR_IO. */
enum err cage_enter(const struct cage *cage) MUST_CHECK;

#endif
