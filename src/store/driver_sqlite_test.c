/* The file of a store, as several connections and programs use it. */
#include "store/driver_sqlite.h"

#include "store/migrate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[64], path[96], journal[104];

static int
make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/privet-test-XXXXXX");
    if (!mkdtemp(folder))
        return 1;
    snprintf(path, sizeof path, "%s/store.db", folder);
    snprintf(journal, sizeof journal, "%s-wal", path);
    return 0;
}

static int
remove_folder(void **state)
{
    char command[128];
    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command) != 0;
}

/* What another program does: opens the store, reads, and closes it. */
static int
look_in(const char *store)
{
    struct driver *driver = NULL;
    int64_t version = 0;
    bool done = driver_sqlite_open(store, &driver) == ERR_NONE && migrate_version(driver, &version) == ERR_NONE;

    if (driver)
        driver->ops->close(&driver);
    return done ? 0 : 1;
}

/* This program again, with nothing of the connections that are open here. */
static int
look_in_from_outside(void)
{
    char self[] = "/proc/self/exe";
    char *const arguments[] = {self, path, NULL};
    pid_t pid = fork();
    int status = 1;

    if (pid == 0) {
        execv(self, arguments);
        _exit(1);
    }
    return pid > 0 && waitpid(pid, &status, 0) == pid ? status : 1;
}

/* As `privet key` and `privet doctor` do while a server serves, which has two connections. */
static void
the_journal_stays_when_another_program_looks_in(void **state)
{
    struct driver *writing = NULL, *reading = NULL;
    (void)state;

    assert_int_equal(driver_sqlite_open(path, &writing), ERR_NONE);
    assert_int_equal(migrate_run(writing), ERR_NONE);
    assert_int_equal(driver_sqlite_open(path, &reading), ERR_NONE);
    assert_int_equal(access(journal, F_OK), 0);
    assert_int_equal(look_in_from_outside(), 0);
    assert_int_equal(access(journal, F_OK), 0);
    reading->ops->close(&reading);
    writing->ops->close(&writing);
}

static void
the_file_is_closed_to_others(void **state)
{
    struct driver *driver = NULL;
    struct stat facts;
    (void)state;

    assert_int_equal(driver_sqlite_open(path, &driver), ERR_NONE);
    driver->ops->close(&driver);
    assert_int_equal(stat(path, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
}

static void
a_link_is_not_followed(void **state)
{
    struct driver *driver = NULL;
    char link[96];
    (void)state;

    snprintf(link, sizeof link, "%s/link.db", folder);
    assert_int_equal(symlink("/dev/null", link), 0);
    assert_int_equal(driver_sqlite_open(link, &driver), ERR_IO);
}

int
main(int count, char **arguments)
{
    if (count > 1)
        return look_in(arguments[1]);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_journal_stays_when_another_program_looks_in),
        cmocka_unit_test(the_file_is_closed_to_others),
        cmocka_unit_test(a_link_is_not_followed),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
