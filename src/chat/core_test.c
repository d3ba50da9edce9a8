/* The core process itself, started as its parent starts it, with descriptors that break in its hands. */
#include "chat/core.h"

#include "base/log.h"
#include "proc/parent.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define HUNG_S 30 /* a core that has not ended by then never does */

static char folder[64];

static int
folder_make(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/privet-test-XXXXXX");
    return mkdtemp(folder) ? 0 : 1;
}

static int
folder_remove(void **state)
{
    char command[128];
    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

/* In a new process: descriptors 3 … 7 as parent.h says. `front` is core's end of the pair with front. */
static _Noreturn void
core_start(const struct conf *conf, int front, int log)
{
    int pair[2], high[5];

    alarm(HUNG_S);
    log_set_fd(fcntl(log, F_DUPFD, 100));
    for (int i = 0; i < 5; i++) {
        if (wire_pair(pair) != ERR_NONE || fcntl(pair[1], F_DUPFD, 100) < 0) /* the other ends stay open */
            _exit(1);
        high[i] = fcntl(i == 2 ? front : pair[0], F_DUPFD, 100);
    }
    for (int i = 0; i < 5; i++)
        if (dup2(high[i], 3 + i) < 0)
            _exit(1);
    (void)!core_run(conf);
    _exit(1);
}

static void
a_core_that_loses_front_says_so_and_ends(void **state)
{
    struct conf conf = {.site = "shop", .bot = "bots/shop", .landlock = "off", .threads_core = 2, .sessions_max = 16, .queue_max = 16,
                        .retention_days = 30};
    static unsigned char room[WIRE_PAYLOAD_MAX + 16];
    struct wire_message message;
    char words[4096] = {0};
    int front[2], log[2], status = 0;
    (void)state;

    snprintf(conf.data, sizeof conf.data, "%s", folder);
    assert_int_equal(wire_pair(front), ERR_NONE);
    assert_int_equal(pipe(log), 0);
    pid_t pid = fork();
    if (pid == 0) {
        close(front[1]);
        core_start(&conf, front[0], log[1]);
    }
    close(front[0]);
    close(log[1]);
    struct wire wire = {.fd = front[1], .me = WIRE_FRONT, .peer = WIRE_CORE};
    assert_int_equal(wire_recv(&wire, room, &message), ERR_NONE);
    assert_int_equal(message.type, WIRE_STARTED);
    close(front[1]);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 75);
    assert_true(read(log[0], words, sizeof words - 1) > 0);
    assert_non_null(strstr(words, "\"event\":\"front_lost\""));
    close(log[0]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_core_that_loses_front_says_so_and_ends, folder_make, folder_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
