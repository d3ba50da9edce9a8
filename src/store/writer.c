/* The group-committing writer. It never tells a caller that a job is done before the commit has returned, and never commits again after
 * one that failed for anything but want of room. */
#include "store/writer.h"

#include "base/alloc.h"

#include <errno.h>
#include <pthread.h>

struct writer {
    struct writer_setup setup;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t work;
    struct writer_job *first, **last;
    size_t waiting;
    bool is_closing, is_broken;
};

/* Prepared once, where a script would be read anew for each job. */
static enum err
writer_tell(struct driver *driver, const char *sql)
{
    return driver->ops->run(driver, &(struct driver_query){.sql = sql}, NULL);
}

/* Alone with its failure: what it changed is undone, what others did stays. */
static enum err
writer_job_run(struct driver *driver, struct writer_job *job)
{
    TRY(writer_tell(driver, "SAVEPOINT job"));
    enum err err = job->run(driver, job->context);
    enum err undone = err == ERR_NONE ? ERR_NONE : writer_tell(driver, "ROLLBACK TO job");
    if (undone != ERR_NONE) /* a full disk has rolled everything back already, the savepoint too */
        return err == ERR_LIMIT ? err : undone;
    TRY(writer_tell(driver, "RELEASE job"));
    job->result = err;
    return ERR_NONE;
}

/* Almost always no job fails, and a savepoint for each, for which SQLite copies each page that the job changes, would be for nothing. When
 * one does fail, all is undone and done again with them. */
static enum err
writer_jobs_run(struct driver *driver, struct writer_job *group)
{
    enum err err = ERR_NONE;

    for (struct writer_job *job = group; job && err == ERR_NONE; job = job->next)
        err = job->result = job->run(driver, job->context);
    if (err == ERR_NONE || err == ERR_LIMIT)
        return err;
    TRY(driver->ops->rollback(driver));
    TRY(driver->ops->begin(driver));
    for (struct writer_job *job = group; job; job = job->next)
        TRY(writer_job_run(driver, job));
    return ERR_NONE;
}

/* One transaction for the group. What it returns is the state of the database's file, not of a job. */
static enum err
writer_group_run(struct writer *writer, struct writer_job *group)
{
    struct driver *driver = writer->setup.driver;
    enum err err = driver->ops->begin(driver);
    bool scrubs = false;

    if (err == ERR_NONE)
        err = writer_jobs_run(driver, group);
    if (err == ERR_NONE && writer->setup.sync)
        err = writer->setup.sync(writer->setup.sync_context);
    if (err == ERR_NONE)
        err = driver->ops->commit(driver);
    if (err != ERR_NONE)
        return driver->ops->rollback(driver) == ERR_NONE ? err : ERR_IO;
    for (struct writer_job *job = group; job; job = job->next)
        scrubs = scrubs || (job->scrubs && job->result == ERR_NONE);
    err = scrubs ? driver->ops->scrub(driver) : ERR_NONE;
    return err == ERR_IO ? err : ERR_NONE; /* no room for it, or a reader in the way: the journal is written back later */
}

/* Takes up to WRITER_GROUP_MAX jobs off the queue. The lock is held. */
static struct writer_job *
writer_take(struct writer *writer)
{
    struct writer_job *group = writer->first, **at = &writer->first;

    for (size_t i = 0; i < WRITER_GROUP_MAX && *at; i++, writer->waiting--)
        at = &(*at)->next;
    struct writer_job *rest = *at;
    *at = NULL;
    if (at == &writer->first)
        group = NULL;
    writer->first = rest;
    if (!rest)
        writer->last = &writer->first;
    return group;
}

static void *
writer_loop(void *context)
{
    struct writer *writer = context;

    pthread_mutex_lock(&writer->lock);
    for (;;) {
        while (!writer->first && !writer->is_closing)
            pthread_cond_wait(&writer->work, &writer->lock);
        struct writer_job *group = writer_take(writer);
        if (!group)
            break;
        bool is_broken = writer->is_broken;
        pthread_mutex_unlock(&writer->lock);
        enum err err = is_broken ? err_raise(ERR_IO, "store: a commit failed before") : writer_group_run(writer, group);
        pthread_mutex_lock(&writer->lock);
        writer->is_broken = writer->is_broken || (err != ERR_NONE && err != ERR_LIMIT);
        pthread_mutex_unlock(&writer->lock);
        for (struct writer_job *job = group, *next; job; job = next) {
            next = job->next; /* the job is its caller's again once it is told */
            if (err != ERR_NONE)
                job->result = err == ERR_LIMIT ? ERR_LIMIT : ERR_IO;
            if (job->done)
                job->done(job);
            else
                sem_post(&job->told);
        }
        if (writer->setup.told)
            writer->setup.told(writer->setup.told_context);
        pthread_mutex_lock(&writer->lock);
    }
    pthread_mutex_unlock(&writer->lock);
    return NULL;
}

enum err
writer_make(const struct writer_setup *setup, struct writer **out)
{
    void *piece = NULL;

    TRY(alloc_make(1, sizeof(struct writer), &piece));
    struct writer *writer = piece;
    writer->setup = *setup;
    writer->last = &writer->first;
    pthread_mutex_init(&writer->lock, NULL);
    pthread_cond_init(&writer->work, NULL);
    if (pthread_create(&writer->thread, NULL, writer_loop, writer) != 0) {
        alloc_free(&writer);
        return err_raise(ERR_MEMORY, "store: no thread for the writer");
    }
    *out = writer;
    return ERR_NONE;
}

void
writer_free(struct writer **writer)
{
    if (!*writer)
        return;
    pthread_mutex_lock(&(*writer)->lock);
    (*writer)->is_closing = true;
    pthread_cond_signal(&(*writer)->work);
    pthread_mutex_unlock(&(*writer)->lock);
    pthread_join((*writer)->thread, NULL);
    pthread_mutex_destroy(&(*writer)->lock);
    pthread_cond_destroy(&(*writer)->work);
    alloc_free(writer);
}

enum err
writer_add(struct writer *writer, struct writer_job *job)
{
    pthread_mutex_lock(&writer->lock);
    bool fits = writer->waiting < writer->setup.queue_max && !writer->is_closing;
    if (fits) {
        job->next = NULL;
        *writer->last = job;
        writer->last = &job->next;
        writer->waiting++;
        pthread_cond_signal(&writer->work);
    }
    pthread_mutex_unlock(&writer->lock);
    return fits ? ERR_NONE : err_raise(ERR_BUSY, "store: too many writes wait");
}

enum err
writer_run(struct writer *writer, struct writer_job *job)
{
    must(!job->done && sem_init(&job->told, 0, 0) == 0);
    enum err err = writer_add(writer, job);
    /* Each waits by itself: a commit wakes those whose jobs are in it and nobody else. */
    while (err == ERR_NONE && sem_wait(&job->told) != 0)
        must(errno == EINTR);
    sem_destroy(&job->told);
    TRY(err);
    return job->result == ERR_NONE ? ERR_NONE : err_raise(job->result, "store: the write was refused");
}

bool
writer_is_broken(struct writer *writer)
{
    pthread_mutex_lock(&writer->lock);
    bool is_broken = writer->is_broken;
    pthread_mutex_unlock(&writer->lock);
    return is_broken;
}
