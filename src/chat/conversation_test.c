/* Stored conversations: what is acknowledged stays, what is erased is gone, whatever call fails in between. */
#include "base/clock.h"
#include "base/fault.h"
#include "base/rand.h"
#include "chat/conversation.h"
#include "store/driver_fail.h"
#include "store/driver_sqlite.h"
#include "store/migrate.h"
#include "store/writer.h"

#include <pthread.h>
#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define SITE STR("shop")
static char folder[64], store_path[96], slots_path[96];
static const unsigned char tag[32] = {1}, commitment[32] = {2}, wrap[80] = {4};

static int
folder_make(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/privet-test-XXXXXX");
    if (!mkdtemp(folder))
        return 1;
    snprintf(store_path, sizeof store_path, "%s/store.db", folder);
    snprintf(slots_path, sizeof slots_path, "%s/slots", folder);
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

static struct conversation_turn
turn_of(const unsigned char id[16], int64_t cell, uint32_t n, unsigned char message[16])
{
    rand_bytes(message, 16);
    return (struct conversation_turn){.site = SITE, .device_tag = tag, .id = id, .slot_cell = cell, .n = n,
                                      .wrap = n == 0 ? wrap : NULL, .message = message, .commit = {commitment, commitment},
                                      .ct = {STR("CANARY-of-the-visitor"), STR("CANARY-of-the-bot")}, .day = 20000, .row_day = 20000};
}

static struct driver *
store_open(void)
{
    struct driver *driver = NULL;
    assert_int_equal(driver_sqlite_open(store_path, &driver), ERR_NONE);
    assert_int_equal(migrate_run(driver), ERR_NONE);
    return driver;
}

static void
a_turn_is_kept_once_and_only_at_its_place(void **state)
{
    struct driver *driver = store_open();
    unsigned char id[16] = {7}, message[16], other[16];
    struct conversation found;
    uint32_t n = 9;
    (void)state;
    struct conversation_turn turn = turn_of(id, 0, 0, message);
    assert_int_equal(conversation_append(driver, &turn), ERR_NONE);
    turn = turn_of(id, 0, 2, other);
    assert_int_equal(conversation_append(driver, &turn), ERR_NONE);
    assert_int_equal(conversation_find(driver, SITE, tag, &found), ERR_NONE);
    assert_int_equal(found.entries, 4);
    assert_int_equal(conversation_find_message(driver, SITE, str_bytes(id, 16), str_bytes(message, 16), &n), ERR_NONE);
    assert_int_equal(n, 0);
    /* Not the next place; and the same message again, as the first of a new session. */
    turn = turn_of(id, 0, 8, other);
    assert_int_equal(conversation_append(driver, &turn), ERR_DENIED);
    turn = turn_of(id, 0, 4, other);
    turn.message = message;
    turn.is_first = true;
    assert_int_equal(conversation_append(driver, &turn), ERR_DENIED);
    assert_int_equal(conversation_find(driver, STR("elsewhere"), tag, &found), ERR_ABSENT);
    driver->ops->close(&driver);
}

static bool
file_has(const char *path, const char *needle)
{
    char command[256];
    snprintf(command, sizeof command, "grep -qa '%s' %s 2>/dev/null", needle, path);
    return system(command) == 0;
}

static void
an_erased_conversation_is_nowhere_and_an_older_copy_opens_nothing(void **state)
{
    struct driver *driver = store_open();
    struct slots *slots = NULL;
    unsigned char id[16], message[16], slot[32], again[32];
    int64_t cell = -1;
    uint32_t entries = 0;
    char command[1024], wal[128];
    (void)state;
    rand_bytes(id, 16);
    assert_int_equal(slots_open(slots_path, &slots), ERR_NONE);
    assert_int_equal(slots_add(slots, id, &cell, slot), ERR_NONE);
    assert_int_equal(slots_sync(slots), ERR_NONE);
    struct conversation_turn turn = turn_of(id, cell, 0, message);
    assert_int_equal(conversation_append(driver, &turn), ERR_NONE);
    snprintf(wal, sizeof wal, "%s-wal", store_path);
    assert_true(file_has(store_path, "CANARY") || file_has(wal, "CANARY"));
    snprintf(command, sizeof command, "cp %s %s.old && cp %s %s.old-wal", store_path, store_path, wal, store_path);
    assert_int_equal(system(command), 0);
    assert_int_equal(conversation_erase(driver, slots, SITE, tag, &entries), ERR_NONE);
    assert_int_equal(driver->ops->scrub(driver), ERR_NONE);
    assert_int_equal(entries, 2);
    assert_false(file_has(store_path, "CANARY"));
    assert_false(file_has(wal, "CANARY"));
    assert_int_equal(conversation_erase(driver, slots, SITE, tag, &entries), ERR_ABSENT);
    driver->ops->close(&driver);
    /* Yesterday's backup comes back; the SLOT does not, even when its cell has a new owner. */
    snprintf(command, sizeof command, "mv %s.old %s && mv %s.old-wal %s", store_path, store_path, store_path, wal);
    assert_int_equal(system(command), 0);
    driver = store_open();
    struct conversation found;
    assert_int_equal(conversation_find(driver, SITE, tag, &found), ERR_NONE);
    assert_int_equal(slots_get(slots, found.slot_cell, found.id, again), ERR_ABSENT);
    unsigned char next[16] = {99};
    assert_int_equal(slots_add(slots, next, &cell, slot), ERR_NONE);
    assert_int_equal(cell, found.slot_cell);
    assert_int_equal(slots_get(slots, found.slot_cell, found.id, again), ERR_ABSENT);
    slots_close(&slots);
    driver->ops->close(&driver);
}

static void
whatever_call_fails_no_turn_is_kept_in_part(void **state)
{
    struct driver *inner = store_open(), *driver = NULL;
    unsigned char id[16] = {5}, message[16];
    struct conversation found;
    (void)state;
    assert_int_equal(driver_fail_make(&inner, &driver), ERR_NONE);
    for (uint64_t nth = 1;; nth++) {
        struct conversation_turn turn = turn_of(id, 0, 0, message);
        driver_fail_arm(driver, nth);
        enum err err = driver->ops->begin(driver);
        if (err == ERR_NONE)
            err = conversation_append(driver, &turn);
        if (err == ERR_NONE)
            err = driver->ops->commit(driver);
        if (err != ERR_NONE && nth > 1)
            assert_int_equal(driver->ops->rollback(driver), ERR_NONE);
        bool reached = !driver_fail_is_armed(driver);
        driver_fail_arm(driver, 0);
        assert_int_equal(conversation_find(driver, SITE, tag, &found), reached ? ERR_ABSENT : ERR_NONE);
        if (!reached) {
            assert_true(nth > 4 && found.entries == 2);
            break;
        }
        assert_int_equal(err, ERR_IO);
    }
    driver->ops->close(&driver);
}

struct many {
    struct writer *writer;
    unsigned char id[16];
    int kept;
};

static enum err
many_append(struct driver *driver, void *context)
{
    return conversation_append(driver, context);
}

static void *
many_run(void *context)
{
    struct many *many = context;
    unsigned char message[16], device[32];

    rand_bytes(many->id, 16);
    rand_bytes(device, 32);
    for (uint32_t i = 0; i < 50; i++) {
        struct conversation_turn turn = turn_of(many->id, 0, 2 * i, message);
        turn.device_tag = device;
        struct writer_job job = {.run = many_append, .context = &turn};
        many->kept += writer_run(many->writer, &job) == ERR_NONE;
    }
    return NULL;
}

static void
threads_write_together_and_every_turn_is_there(void **state)
{
    struct driver *driver = store_open();
    struct many many[8] = {0};
    pthread_t threads[8];
    struct writer *writer = NULL;
    BUF_SCOPE(report, 4096);
    (void)state;
    assert_int_equal(writer_make(&(struct writer_setup){.driver = driver, .queue_max = 100}, &writer), ERR_NONE);
    for (int i = 0; i < 8; i++) {
        many[i].writer = writer;
        assert_int_equal(pthread_create(&threads[i], NULL, many_run, &many[i]), 0);
    }
    for (int i = 0; i < 8; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(many[i].kept, 50);
    }
    writer_free(&writer);
    assert_int_equal(driver->ops->check(driver, &report), ERR_NONE);
    assert_int_equal(report.len, 0);
    driver->ops->close(&driver);
}

static void
a_job_that_fails_spoils_no_other_and_a_failed_commit_ends_the_writer(void **state)
{
    struct driver *inner = store_open(), *driver = NULL;
    struct writer *writer = NULL;
    unsigned char id[16] = {8}, message[16];
    (void)state;
    assert_int_equal(driver_fail_make(&inner, &driver), ERR_NONE);
    assert_int_equal(writer_make(&(struct writer_setup){.driver = driver, .queue_max = 2}, &writer), ERR_NONE);
    struct conversation_turn turn = turn_of(id, 0, 4, message);
    struct writer_job job = {.run = many_append, .context = &turn};
    assert_int_equal(writer_run(writer, &job), ERR_DENIED);
    assert_false(writer_is_broken(writer));
    turn.n = 0;
    turn.wrap = wrap;
    assert_int_equal(writer_run(writer, &job), ERR_NONE);
    driver_fail_arm(driver, 1);
    turn.n = 2;
    assert_int_equal(writer_run(writer, &job), ERR_IO);
    assert_true(writer_is_broken(writer));
    assert_int_equal(writer_run(writer, &job), ERR_IO);
    writer_free(&writer);
    driver->ops->close(&driver);
}

/* One group of three jobs, the second of which has no place. */
struct group {
    struct writer *writer;
    sem_t waits, open, told;
    unsigned char ids[3][16], tags[3][32], messages[3][16];
    struct conversation_turn turns[3];
    struct writer_job gate, jobs[3];
};

static enum err
group_wait(struct driver *driver, void *context)
{
    struct group *group = context;
    (void)driver;
    sem_post(&group->waits);
    while (sem_wait(&group->open) != 0)
        continue;
    return ERR_NONE;
}

static void
group_told(struct writer_job *job)
{
    struct group *group = job->waiter;
    sem_post(&group->told);
}

static void
group_run(struct group *group, struct driver *driver, uint64_t nth)
{
    sem_init(&group->waits, 0, 0);
    sem_init(&group->open, 0, 0);
    sem_init(&group->told, 0, 0);
    group->gate = (struct writer_job){.run = group_wait, .context = group, .done = group_told, .waiter = group};
    assert_int_equal(writer_add(group->writer, &group->gate), ERR_NONE);
    while (sem_wait(&group->waits) != 0)
        continue;
    for (int i = 0; i < 3; i++) {
        rand_bytes(group->ids[i], 16);
        rand_bytes(group->tags[i], 32);
        group->turns[i] = turn_of(group->ids[i], 0, i == 1 ? 4 : 0, group->messages[i]);
        group->turns[i].device_tag = group->tags[i];
        group->jobs[i] = (struct writer_job){.run = many_append, .context = &group->turns[i], .done = group_told, .waiter = group};
        assert_int_equal(writer_add(group->writer, &group->jobs[i]), ERR_NONE);
    }
    driver_fail_arm(driver, nth);
    sem_post(&group->open);
    for (int i = 0; i < 4; i++)
        while (sem_wait(&group->told) != 0)
            continue;
    sem_destroy(&group->waits);
    sem_destroy(&group->open);
    sem_destroy(&group->told);
}

static void
a_group_with_a_refused_job_is_done_again_whatever_call_fails(void **state)
{
    struct driver *inner = store_open(), *driver = NULL, *reader = store_open();
    struct group group = {.writer = NULL};
    struct conversation found;
    bool reached = true;
    uint64_t nth = 1;
    (void)state;

    assert_int_equal(driver_fail_make(&inner, &driver), ERR_NONE);
    for (; reached; nth++) {
        assert_int_equal(writer_make(&(struct writer_setup){.driver = driver, .queue_max = 4}, &group.writer), ERR_NONE);
        group_run(&group, driver, nth);
        reached = !driver_fail_is_armed(driver);
        driver_fail_arm(driver, 0);
        if (group.jobs[1].result != ERR_IO || !reached) /* its own look may be what failed */
            assert_int_equal(group.jobs[1].result, ERR_DENIED);
        for (int i = 0; i < 3; i++) {
            bool kept = group.jobs[i].result == ERR_NONE;
            assert_int_equal(conversation_find(reader, SITE, group.tags[i], &found), kept ? ERR_NONE : ERR_ABSENT);
            assert_true(!kept || found.entries == 2);
            assert_true(reached || kept == (i != 1));
        }
        writer_free(&group.writer);
    }
    /* The gate's commit; begin, the first job, the refused one's look; begin, three jobs between savepoints; commit. */
    assert_int_equal(nth - 2, 1 + 1 + 4 + 1 + 1 + (2 + 4) + (3 + 1) + (2 + 4) + 1);
    reader->ops->close(&reader);
    driver->ops->close(&driver);
}

/* A database that may have so many pages is a disk that is full: SQLite says so in the same words. */
static void
pages_max_set(struct driver *driver, const char *sql)
{
    assert_int_equal(driver->ops->script(driver, sql), ERR_NONE);
}

static void
a_full_disk_refuses_a_group_and_takes_the_next_one_when_there_is_room(void **state)
{
    static char long_text[30000];
    struct driver *driver = store_open();
    struct writer *writer = NULL;
    unsigned char id[16] = {9}, message[16];
    struct conversation found;
    (void)state;
    memset(long_text, 'x', sizeof long_text);
    assert_int_equal(writer_make(&(struct writer_setup){.driver = driver, .queue_max = 2}, &writer), ERR_NONE);
    struct conversation_turn turn = turn_of(id, 0, 0, message);
    turn.ct[0] = turn.ct[1] = str_bytes(long_text, sizeof long_text);
    struct writer_job job = {.run = many_append, .context = &turn};
    pages_max_set(driver, "PRAGMA max_page_count = 1");
    assert_int_equal(writer_run(writer, &job), ERR_LIMIT);
    assert_int_equal(writer_run(writer, &job), ERR_LIMIT);
    assert_false(writer_is_broken(writer));
    assert_int_equal(conversation_find(driver, SITE, tag, &found), ERR_ABSENT);
    pages_max_set(driver, "PRAGMA max_page_count = 100000");
    assert_int_equal(writer_run(writer, &job), ERR_NONE);
    assert_int_equal(conversation_find(driver, SITE, tag, &found), ERR_NONE);
    assert_int_equal(found.entries, 2);
    writer_free(&writer);
    driver->ops->close(&driver);
}

static void
a_sync_that_failed_is_never_tried_again(void **state)
{
    struct slots *slots = NULL;
    unsigned char id[16] = {10}, slot[32];
    int64_t cell = -1;
    (void)state;
    assert_int_equal(slots_open(slots_path, &slots), ERR_NONE);
    assert_int_equal(slots_add(slots, id, &cell, slot), ERR_NONE);
    assert_false(slots_is_lost(slots));
    fault_arm(FAULT_FILE, 1);
    assert_int_equal(slots_sync(slots), ERR_IO);
    assert_true(slots_is_lost(slots));
    assert_int_equal(slots_sync(slots), ERR_IO);
    slots_close(&slots);
}

static enum err
schema_row(void *context, const struct driver_value *columns, size_t count)
{
    const struct holder *const holders[] = {&conversation_holder, &field_holder};
    int *tables = context, named = 0;
    (void)count;
    (*tables)++;
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; holders[i]->tables[k]; k++)
            named += str_is(columns[0].bytes, str_from(holders[i]->tables[k]));
    if (named != 1)
        fail_msg("table %.*s has %d holders", STR_ARG(columns[0].bytes), named);
    return ERR_NONE;
}

static void
every_table_with_a_visitor_column_has_one_holder(void **state)
{
    struct driver *driver = store_open();
    int tables = 0;
    struct driver_query query = {"SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c"
                                 " WHERE m.type = 'table' AND c.name = 'conversation'",
                                 NULL, 0, schema_row, &tables};
    (void)state;
    assert_int_equal(driver->ops->run(driver, &query, NULL), ERR_NONE);
    assert_int_equal(tables, 4);
    driver->ops->close(&driver);
}

static void
a_newer_database_is_refused(void **state)
{
    struct driver *driver = store_open();
    (void)state;
    assert_int_equal(driver->ops->script(driver, "INSERT INTO migration (step) VALUES (999)"), ERR_NONE);
    assert_int_equal(migrate_run(driver), ERR_DENIED);
    driver->ops->close(&driver);
}

static void
retention_erases_what_is_old_and_nothing_else(void **state)
{
    struct driver *driver = store_open();
    struct slots *slots = NULL;
    unsigned char id[16] = {6}, message[16], slot[32];
    int64_t cell;
    uint64_t count = 9;
    (void)state;
    assert_int_equal(slots_open(slots_path, &slots), ERR_NONE);
    assert_int_equal(slots_add(slots, id, &cell, slot), ERR_NONE);
    struct conversation_turn turn = turn_of(id, cell, 0, message);
    assert_int_equal(conversation_append(driver, &turn), ERR_NONE);
    assert_int_equal(conversation_retain(driver, slots, 20000, &count), ERR_NONE);
    assert_int_equal(count, 0);
    assert_int_equal(conversation_retain(driver, slots, 20001, &count), ERR_NONE);
    assert_int_equal(count, 1);
    assert_int_equal(slots_get(slots, cell, id, slot), ERR_ABSENT);
    slots_close(&slots);
    driver->ops->close(&driver);
}

static bool
cell_is_free(struct slots *slots, int64_t cell, const unsigned char id[16])
{
    unsigned char slot[32];
    enum err err = slots_get(slots, cell, id, slot);
    assert_true(err == ERR_NONE || err == ERR_ABSENT);
    return err == ERR_ABSENT;
}

/* 1,200 conversations, so that the rows fill several pages; every third cell has no row. */
static void
cells_without_a_row_are_freed_when_their_time_is_over(void **state)
{
    struct driver *driver = store_open();
    struct slots *slots = NULL;
    static unsigned char ids[1200][16], used[151];
    unsigned char slot[32], message[16], device[32] = {0};
    struct conversation_cells cells = {.used = used};
    uint64_t freed = 0;
    int64_t cell = -1;
    int pages = 0;
    (void)state;

    clock_set_fixed((uint64_t)20000 * 86400000);
    assert_int_equal(slots_open(slots_path, &slots), ERR_NONE);
    assert_int_equal(driver->ops->begin(driver), ERR_NONE);
    for (int i = 0; i < 1200; i++) {
        rand_bytes(ids[i], 16);
        assert_int_equal(slots_add(slots, ids[i], &cell, slot), ERR_NONE);
        assert_int_equal(cell, i);
        struct conversation_turn turn = turn_of(ids[i], cell, 0, message);
        memcpy(device, ids[i], 16);
        turn.device_tag = device;
        if (i % 3 != 0)
            assert_int_equal(conversation_append(driver, &turn), ERR_NONE);
    }
    assert_int_equal(driver->ops->commit(driver), ERR_NONE);
    cells.cell_count = slots_cell_count(slots);
    for (; !cells.is_done; pages++)
        assert_int_equal(conversation_mark_cells(driver, &cells), ERR_NONE);
    assert_int_equal(pages, 2);
    assert_int_equal(slots_retain(slots, used, cells.cell_count, 20000, &freed), ERR_NONE);
    assert_int_equal(freed, 0);
    assert_int_equal(slots_retain(slots, used, cells.cell_count, 20001, &freed), ERR_NONE);
    assert_int_equal(freed, 400);
    for (int i = 0; i < 1200; i++)
        assert_int_equal(cell_is_free(slots, i, ids[i]), i % 3 == 0);
    assert_int_equal(slots_add(slots, ids[0], &cell, slot), ERR_NONE);
    assert_int_equal(cell, 0);
    clock_set_real();
    slots_close(&slots);
    driver->ops->close(&driver);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_turn_is_kept_once_and_only_at_its_place),
        IN_FOLDER(an_erased_conversation_is_nowhere_and_an_older_copy_opens_nothing),
        IN_FOLDER(whatever_call_fails_no_turn_is_kept_in_part),
        IN_FOLDER(threads_write_together_and_every_turn_is_there),
        IN_FOLDER(a_job_that_fails_spoils_no_other_and_a_failed_commit_ends_the_writer),
        IN_FOLDER(a_group_with_a_refused_job_is_done_again_whatever_call_fails),
        IN_FOLDER(a_full_disk_refuses_a_group_and_takes_the_next_one_when_there_is_room),
        IN_FOLDER(a_sync_that_failed_is_never_tried_again),
        IN_FOLDER(every_table_with_a_visitor_column_has_one_holder),
        IN_FOLDER(a_newer_database_is_refused),
        IN_FOLDER(retention_erases_what_is_old_and_nothing_else),
        IN_FOLDER(cells_without_a_row_are_freed_when_their_time_is_over),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
