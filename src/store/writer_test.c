/* The store without a conversation: whatever call of the driver fails, a job is either told to be on disk and is, or is told not to be; a
 * full queue and a full disk say so; a schema is whole or as before; damage is found. */
#include "store/writer.h"

#include "store/driver_fail.h"
#include "store/driver_sqlite.h"
#include "store/migrate.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define TRIES_MAX 60

static char folder[64], path[96];

static int
folder_make(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/privet-test-XXXXXX");
    if (!mkdtemp(folder))
        return 1;
    snprintf(path, sizeof path, "%s/db", folder);
    return 0;
}

static int
folder_remove(void **state)
{
    char command[128];
    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static enum err
count_row(void *context, const struct driver_value *columns, size_t count)
{
    (void)count;
    *(int64_t *)context = columns[0].number;
    return ERR_NONE;
}

static int64_t
rows(struct driver *driver)
{
    int64_t count = -1;
    assert_int_equal(driver->ops->run(driver, &(struct driver_query){"SELECT COUNT(*) FROM t", NULL, 0, count_row, &count}, NULL), ERR_NONE);
    return count;
}

static enum err
add_row(struct driver *driver, void *context)
{
    return driver_run(driver, "INSERT INTO t (n, b) VALUES (?, ?)", NULL, NULL, DRIVER_INT(*(int64_t *)context), {DRIVER_NULL, 0, {"", 0}});
}

static enum err
add_much(struct driver *driver, void *context)
{
    static char much[1 << 16];
    (void)context;
    return driver_run(driver, "INSERT INTO t (n, b) VALUES (NULL, ?)", NULL, NULL, {DRIVER_BLOB, 0, {much, sizeof much}});
}

static void
whatever_call_fails_a_job_is_kept_or_refused(void **state)
{
    int tried = 0;
    (void)state;
    for (uint64_t nth = 1; nth < TRIES_MAX; nth++) {
        struct driver *sqlite = NULL, *driver = NULL;
        struct writer *writer = NULL;
        int64_t number = 7;

        (void)unlink(path);
        assert_int_equal(driver_sqlite_open(path, &sqlite), ERR_NONE);
        assert_int_equal(sqlite->ops->script(sqlite, "CREATE TABLE t (n BIGINT PRIMARY KEY, b BLOB)"), ERR_NONE);
        assert_int_equal(driver_fail_make(&sqlite, &driver), ERR_NONE);
        assert_int_equal(writer_make(&(struct writer_setup){.driver = driver, .queue_max = 4}, &writer), ERR_NONE);
        driver_fail_arm(driver, nth);
        struct writer_job job = {.run = add_row, .context = &number, .scrubs = true};
        enum err err = writer_run(writer, &job);
        bool was_reached = !driver_fail_is_armed(driver), is_broken = writer_is_broken(writer);
        driver_fail_arm(driver, 0);
        writer_free(&writer);
        int64_t count = rows(driver);
        driver->ops->close(&driver);
        assert_true(err != ERR_NONE || count == 1);
        assert_true(err == ERR_NONE || count == 0 || is_broken); /* a broken writer's process ends: nobody relies on it */
        tried += was_reached;
        if (!was_reached)
            break;
    }
    assert_true(tried >= 4); /* begin, the row, commit, scrub: a savepoint only where a job of a group has failed */
}

static void
whatever_call_fails_the_schema_is_whole_after_the_next_try(void **state)
{
    int tried = 0;
    (void)state;
    for (uint64_t nth = 1; nth < TRIES_MAX; nth++) {
        struct driver *sqlite = NULL, *driver = NULL;
        int64_t version = -1;

        assert_int_equal(driver_sqlite_open(":memory:", &sqlite), ERR_NONE);
        assert_int_equal(driver_fail_make(&sqlite, &driver), ERR_NONE);
        driver_fail_arm(driver, nth);
        enum err err = migrate_run(driver);
        bool was_reached = !driver_fail_is_armed(driver);
        driver_fail_arm(driver, 0);
        assert_int_equal(err, was_reached ? ERR_IO : ERR_NONE);
        assert_int_equal(migrate_run(driver), ERR_NONE);
        assert_int_equal(migrate_version(driver, &version), ERR_NONE);
        assert_int_equal(version, migrate_newest());
        driver->ops->close(&driver);
        tried += was_reached;
        if (!was_reached)
            break;
    }
    assert_true(tried >= 2 + 4 * (int)migrate_newest());
}

static void
a_schema_of_a_newer_program_is_left_alone(void **state)
{
    struct driver *driver = NULL;
    (void)state;
    assert_int_equal(driver_sqlite_open(":memory:", &driver), ERR_NONE);
    assert_int_equal(migrate_run(driver), ERR_NONE);
    assert_int_equal(driver_run(driver, "INSERT INTO migration (step) VALUES (?)", NULL, NULL, DRIVER_INT(migrate_newest() + 1)), ERR_NONE);
    assert_int_equal(migrate_run(driver), ERR_DENIED);
    driver->ops->close(&driver);
}

struct gate {
    sem_t reached, open;
};

/* Holds the writer's thread while the queue fills up. */
static enum err
gate_wait(void *context)
{
    struct gate *gate = context;
    sem_post(&gate->reached);
    while (sem_wait(&gate->open) != 0)
        continue;
    return ERR_NONE;
}

static void
job_done(struct writer_job *job)
{
    sem_post(job->waiter);
}

static void
a_full_queue_says_so_and_each_job_is_told_once(void **state)
{
    struct driver *driver = NULL;
    struct writer *writer = NULL;
    struct gate gate;
    struct writer_job jobs[6];
    int64_t numbers[6];
    sem_t told;
    (void)state;

    sem_init(&gate.reached, 0, 0);
    sem_init(&gate.open, 0, 0);
    sem_init(&told, 0, 0);
    assert_int_equal(driver_sqlite_open(":memory:", &driver), ERR_NONE);
    assert_int_equal(driver->ops->script(driver, "CREATE TABLE t (n BIGINT PRIMARY KEY, b BLOB)"), ERR_NONE);
    assert_int_equal(writer_make(&(struct writer_setup){.driver = driver, .queue_max = 4, .sync = gate_wait, .sync_context = &gate}, &writer), ERR_NONE);
    for (int i = 0; i < 6; i++) {
        numbers[i] = i == 3 ? 2 : i; /* the fourth has the key of the third */
        jobs[i] = (struct writer_job){.run = add_row, .context = &numbers[i], .done = job_done, .waiter = &told, .result = ERR_BUG};
        assert_int_equal(writer_add(writer, &jobs[i]), i < 5 ? ERR_NONE : ERR_BUSY); /* one is at work, four wait */
        if (i == 0)
            assert_int_equal(sem_wait(&gate.reached), 0);
    }
    sem_post(&gate.open);
    sem_post(&gate.open);
    writer_free(&writer); /* after the last waiting job */
    for (int i = 0; i < 5; i++) {
        assert_int_equal(sem_trywait(&told), 0);
        assert_int_equal(jobs[i].result, i == 3 ? ERR_DENIED : ERR_NONE);
    }
    assert_int_not_equal(sem_trywait(&told), 0);
    assert_int_equal(rows(driver), 4);
    driver->ops->close(&driver);
}

static void
a_full_disk_refuses_what_does_not_fit_and_takes_what_does(void **state)
{
    struct driver *driver = NULL;
    struct writer *writer = NULL;
    int64_t number = 1;
    enum err err = ERR_NONE;
    (void)state;

    assert_int_equal(driver_sqlite_open(path, &driver), ERR_NONE);
    assert_int_equal(driver->ops->script(driver, "CREATE TABLE t (n BIGINT, b BLOB); PRAGMA max_page_count = 100"), ERR_NONE);
    assert_int_equal(writer_make(&(struct writer_setup){.driver = driver, .queue_max = 4}, &writer), ERR_NONE);
    int64_t kept = 0;
    for (int i = 0; i < 100 && err == ERR_NONE; i++) {
        struct writer_job much = {.run = add_much};
        err = writer_run(writer, &much);
        kept += err == ERR_NONE;
    }
    assert_int_equal(err, ERR_LIMIT);
    struct writer_job little = {.run = add_row, .context = &number};
    assert_int_equal(writer_run(writer, &little), ERR_NONE);
    assert_false(writer_is_broken(writer));
    writer_free(&writer);
    assert_int_equal(rows(driver), kept + 1);
    driver->ops->close(&driver);
}

static void
damage_is_found(void **state)
{
    struct driver *driver = NULL;
    char junk[4096];
    BUF_SCOPE(report, 1 << 16);
    (void)state;

    assert_int_equal(driver_sqlite_open(path, &driver), ERR_NONE);
    assert_int_equal(driver->ops->script(driver, "CREATE TABLE t (n BIGINT, b BLOB)"), ERR_NONE);
    for (int i = 0; i < 4; i++)
        assert_int_equal(add_much(driver, NULL), ERR_NONE);
    assert_int_equal(driver->ops->check(driver, &report), ERR_NONE);
    assert_int_equal(report.len, 0);
    driver->ops->close(&driver);
    memset(junk, 0x55, sizeof junk);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    assert_int_equal(pwrite(fd, junk, sizeof junk, 3 * 4096), sizeof junk);
    close(fd);
    assert_int_equal(driver_sqlite_open(path, &driver), ERR_NONE);
    enum err err = driver->ops->check(driver, &report);
    assert_true(err == ERR_IO || report.len > 0);
    driver->ops->close(&driver);
    assert_int_equal(driver_sqlite_open("/nowhere/at/all", &driver), ERR_IO);
    fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);
    assert_int_equal(write(fd, junk, sizeof junk), sizeof junk);
    close(fd);
    assert_int_equal(driver_sqlite_open(path, &driver), ERR_IO); /* no database */
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(whatever_call_fails_a_job_is_kept_or_refused),
        cmocka_unit_test(whatever_call_fails_the_schema_is_whole_after_the_next_try),
        cmocka_unit_test(a_schema_of_a_newer_program_is_left_alone),
        cmocka_unit_test(a_full_queue_says_so_and_each_job_is_told_once),
        IN_FOLDER(a_full_disk_refuses_what_does_not_fit_and_takes_what_does),
        IN_FOLDER(damage_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
