/* Long-term keys on disk: what was written is read, for the owner alone, and any other file is refused. */
#include "vault/keyfile.h"

#include "base/fault.h"
#include "base/rand.h"
#include "crypt/sign.h"

#include <fcntl.h>
#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[64], path[96];

static int
folder_make(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/privet-test-XXXXXX");
    if (!mkdtemp(folder))
        return 1;
    snprintf(path, sizeof path, "%s/key", folder);
    return 0;
}

static int
folder_remove(void **state)
{
    (void)state;
    (void)unlink(path);
    return rmdir(folder);
}

static enum err
read_back(struct keyfile *out)
{
    int fd = -1;

    TRY(keyfile_open(path, &fd));
    enum err err = keyfile_read(fd, out);
    close(fd);
    return err;
}

static void
keys_are_read_as_they_were_written_and_never_written_over(void **state)
{
    struct keyfile keys, back;
    struct stat facts;
    (void)state;
    assert_int_equal(keyfile_make(&keys), ERR_NONE);
    assert_int_equal(keyfile_write(path, &keys), ERR_NONE);
    assert_int_equal(stat(path, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
    assert_int_equal(read_back(&back), ERR_NONE);
    assert_memory_equal(secret_bytes(keys.online), secret_bytes(back.online), 32);
    assert_memory_equal(secret_bytes(keys.master), secret_bytes(back.master), 32);
    assert_memory_not_equal(secret_bytes(keys.online), secret_bytes(keys.master), 32);
    assert_int_equal(keyfile_write(path, &keys), ERR_DENIED);
    keyfile_free(&keys);
    keyfile_free(&back);
}

static void
a_file_that_others_may_read_is_refused(void **state)
{
    struct keyfile keys;
    int fd = -1;
    (void)state;
    assert_int_equal(keyfile_open(path, &fd), ERR_ABSENT);
    assert_int_equal(keyfile_make(&keys), ERR_NONE);
    assert_int_equal(keyfile_write(path, &keys), ERR_NONE);
    for (mode_t mode = 01; mode <= 077; mode++) {
        assert_int_equal(chmod(path, 0600 | mode), 0);
        assert_int_equal(keyfile_open(path, &fd), ERR_DENIED);
    }
    assert_int_equal(keyfile_open(folder, &fd), ERR_DENIED);
    assert_int_equal(fd, -1);
    keyfile_free(&keys);
}

static void
any_changed_or_cut_file_is_refused_or_holds_another_key(void **state)
{
    struct keyfile keys, back;
    char text[512];
    (void)state;
    assert_int_equal(keyfile_make(&keys), ERR_NONE);
    assert_int_equal(keyfile_write(path, &keys), ERR_NONE);
    int fd = open(path, O_RDWR | O_CLOEXEC);
    ssize_t len = pread(fd, text, sizeof text, 0);
    assert_true(len > 80);
    for (ssize_t cut = 0; cut < len; cut++) {
        assert_int_equal(ftruncate(fd, cut), 0);
        assert_int_equal(keyfile_read(fd, &back), ERR_INPUT);
    }
    for (ssize_t i = 0; i < len; i++) {
        char was = text[i];
        text[i] ^= 1;
        assert_int_equal(pwrite(fd, text, (size_t)len, 0), len);
        if (keyfile_read(fd, &back) == ERR_NONE) {
            bool same = memcmp(secret_bytes(back.online), secret_bytes(keys.online), 32) == 0 &&
                        memcmp(secret_bytes(back.master), secret_bytes(keys.master), 32) == 0;
            assert_false(same);
            keyfile_free(&back);
        }
        text[i] = was;
    }
    assert_int_equal(pwrite(fd, text, (size_t)len, 0), len);
    assert_int_equal(pwrite(fd, "more\n", 5, len), 5);
    assert_int_equal(keyfile_read(fd, &back), ERR_INPUT);
    close(fd);
    keyfile_free(&keys);
}

static void
whatever_call_fails_there_is_a_whole_file_or_none(void **state)
{
    static const enum fault_kind kinds[] = {FAULT_ALLOC, FAULT_FILE};
    struct keyfile keys, back;
    uint64_t tried = 0;
    (void)state;
    assert_int_equal(keyfile_make(&keys), ERR_NONE);
    for (size_t kind = 0; kind < 2; kind++) {
        for (uint64_t nth = 1;; nth++, tried++) {
            fault_arm(kinds[kind], nth);
            enum err written = keyfile_write(path, &keys);
            enum err got = written == ERR_NONE ? read_back(&back) : ERR_ABSENT;
            bool was_failed = !fault_is_armed(kinds[kind]);
            fault_arm(kinds[kind], 0);
            assert_true(was_failed ? written != ERR_NONE || got != ERR_NONE : written == ERR_NONE && got == ERR_NONE);
            if (got == ERR_NONE)
                keyfile_free(&back);
            assert_int_equal(access(path, F_OK) == 0, written == ERR_NONE);
            /* A read that failed does no harm: the next one reads. */
            if (written == ERR_NONE) {
                assert_int_equal(read_back(&back), ERR_NONE);
                keyfile_free(&back);
            }
            (void)unlink(path);
            if (!was_failed)
                break;
        }
    }
    assert_true(tried >= 4);
    keyfile_free(&keys);
}

static void
a_root_key_comes_back_with_its_name(void **state)
{
    struct secret *root = NULL, *back = NULL;
    unsigned char seed[32];
    int fd = -1;
    BUF_SCOPE(name, 256);
    (void)state;
    assert_int_equal(secret_make(32, &root), ERR_NONE);
    rand_bytes(seed, sizeof seed);
    sign_seed_set(root, seed);
    assert_int_equal(keyfile_root_write(path, STR("chat.example"), root), ERR_NONE);
    assert_int_equal(keyfile_open(path, &fd), ERR_NONE);
    assert_int_equal(keyfile_root_read(fd, &name, &back), ERR_NONE);
    close(fd);
    assert_true(str_is(buf_str(&name), STR("chat.example")));
    assert_memory_equal(secret_bytes(back), seed, 32);
    secret_free(&root);
    secret_free(&back);
}

static void
a_cut_root_file_is_refused_and_no_room_for_the_name_is_said(void **state)
{
    struct secret *root = NULL, *back = NULL;
    unsigned char seed[32];
    char text[512];
    (void)state;
    assert_int_equal(secret_make(32, &root), ERR_NONE);
    rand_bytes(seed, sizeof seed);
    sign_seed_set(root, seed);
    assert_int_equal(keyfile_root_write(path, STR("chat.example"), root), ERR_NONE);
    int fd = open(path, O_RDWR | O_CLOEXEC);
    ssize_t len = pread(fd, text, sizeof text, 0);
    assert_true(len > 50);
    BUF_SCOPE(small, 11);
    assert_int_equal(keyfile_root_read(fd, &small, &back), ERR_LIMIT);
    for (ssize_t cut = 0; cut < len; cut++) {
        BUF_SCOPE(name, 256);
        assert_int_equal(ftruncate(fd, cut), 0);
        assert_int_equal(keyfile_root_read(fd, &name, &back), ERR_INPUT);
    }
    assert_int_equal(pwrite(fd, text, (size_t)len, 0), len);
    fault_arm(FAULT_FILE, 1);
    BUF_SCOPE(name, 256);
    assert_int_equal(keyfile_root_read(fd, &name, &back), ERR_IO);
    close(fd);
    assert_null(back);
    secret_free(&root);
}

static void
a_name_that_is_no_file_of_keys_is_refused(void **state)
{
    int fd = -1;
    char below[128];
    (void)state;
    assert_int_equal(keyfile_open("/", &fd), ERR_DENIED);
    assert_int_equal(keyfile_open(path, &fd), ERR_ABSENT);
    int made = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    snprintf(below, sizeof below, "%s/below", path);
    assert_int_equal(keyfile_open(below, &fd), ERR_IO);
    close(made);
    assert_int_equal(fd, -1);
}

static void
whatever_allocation_fails_there_are_both_keys_or_none(void **state)
{
    uint64_t nth = 1;
    (void)state;
    for (bool was_reached = true; was_reached; nth++) {
        struct keyfile keys = {NULL, NULL};
        fault_arm(FAULT_ALLOC, nth);
        enum err err = keyfile_make(&keys);
        was_reached = !fault_is_armed(FAULT_ALLOC);
        fault_arm(FAULT_ALLOC, 0);
        assert_int_equal(err, was_reached ? ERR_MEMORY : ERR_NONE);
        assert_true((keys.online != NULL) == (err == ERR_NONE) && (keys.master != NULL) == (err == ERR_NONE));
        if (err == ERR_NONE)
            keyfile_free(&keys);
    }
    assert_true(nth > 2);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(keys_are_read_as_they_were_written_and_never_written_over),
        IN_FOLDER(a_file_that_others_may_read_is_refused),
        IN_FOLDER(any_changed_or_cut_file_is_refused_or_holds_another_key),
        IN_FOLDER(whatever_call_fails_there_is_a_whole_file_or_none),
        IN_FOLDER(a_root_key_comes_back_with_its_name),
        IN_FOLDER(a_cut_root_file_is_refused_and_no_room_for_the_name_is_said),
        IN_FOLDER(a_name_that_is_no_file_of_keys_is_refused),
        cmocka_unit_test(whatever_allocation_fails_there_are_both_keys_or_none),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
