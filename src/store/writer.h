/* writer.h - the one thread that writes. It commits in groups: everything that waits goes into one transaction and one sync.
 *
 * A job that returned ERR_NONE is on disk. A job that failed has changed nothing. When another job of its group fails, a job is undone and
 * run a second time: what it does beside the database must bear that. When the disk is full, the group is rolled back, each of its jobs
 * gets ERR_LIMIT, and the next group may fit. When a commit or a sync fails in any other way, nobody knows what the disk holds: each
 * waiting job gets ERR_IO, the writer takes no more work, and the process must end and start again from the log (Rebello et al., USENIX
 * ATC 2020).
 */
#ifndef STORE_WRITER_H
#define STORE_WRITER_H

#include "store/driver.h"

#include <semaphore.h>

#define WRITER_GROUP_MAX ((size_t)256)

struct writer;

struct writer_job {
    enum err (*run)(struct driver *driver, void *context);
    void *context;
    bool scrubs; /* it deletes: once it is committed, no deleted row stays in the journal */
    /* writer_add only: called in the writer's thread once the job is on disk or has failed; it must be short. The job is its owner's
     * again, with `result`: those of the job, ERR_LIMIT, or ERR_IO. */
    void (*done)(struct writer_job *job);
    void *waiter; /* of done */
    enum err result;
    /* private */
    sem_t told;
    struct writer_job *next;
};

struct writer_setup {
    struct driver *driver;
    size_t queue_max;
    /* sync - called before each commit: other files that the rows depend on reach the disk first. May be NULL. */
    enum err (*sync)(void *context);
    void *sync_context;
    /* told - called in the writer's thread after the last `done` of a group. May be NULL. */
    void (*told)(void *context);
    void *told_context;
};

enum err writer_make(const struct writer_setup *setup, struct writer **out) MUST_CHECK;
/* writer_free - after the last waiting job; the driver stays open. */
void writer_free(struct writer **writer);
/* writer_run - runs a job and waits until it is on disk. Errs: those of the job; ERR_BUSY queue full; ERR_LIMIT disk full; ERR_IO. */
enum err writer_run(struct writer *writer, struct writer_job *job) MUST_CHECK;
/* writer_add - hands a job over and does not wait: `done` tells. Errs: ERR_BUSY queue full, and `done` will not be called. */
enum err writer_add(struct writer *writer, struct writer_job *job) MUST_CHECK;
/* writer_is_broken - a commit failed: end this process. */
bool writer_is_broken(struct writer *writer);

#endif
