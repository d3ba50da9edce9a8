/* A server's file calls that fail as told. Linked into a program of its own, so that SQLite and Privet itself call these instead of the C
 * library's; each asks the kernel unless the test wants it to fail. It is no part of what is installed. */
#include "failing.h"

#include "base/conf.h"
#include "proc/parent.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FAILING_FD_MAX 1024
#define EXPORT __attribute__((visibility("default")))

EXPORT int open(const char *path, int flags, ...);
EXPORT int open64(const char *path, int flags, ...);
EXPORT ssize_t read(int fd, void *at, size_t len);
EXPORT ssize_t pread(int fd, void *at, size_t len, off_t from);
EXPORT ssize_t pread64(int fd, void *at, size_t len, off_t from);
EXPORT ssize_t write(int fd, const void *at, size_t len);
EXPORT ssize_t pwrite(int fd, const void *at, size_t len, off_t from);
EXPORT ssize_t pwrite64(int fd, const void *at, size_t len, off_t from);
EXPORT int fsync(int fd);
EXPORT int fdatasync(int fd);
EXPORT int ftruncate(int fd, off_t len);
EXPORT int ftruncate64(int fd, off_t len);

static struct failing *failing;
static char names[FAILING_FD_MAX][64]; /* the ends of their paths */

/* In core alone, before its cage: its settings say where the data lie. (The C library hands a constructor what main gets.) */
__attribute__((constructor)) static void
failing_start(int count, char **words)
{
    static struct conf conf;
    char path[CONF_TEXT_MAX + 16];

    if (count < 1 || strcmp(words[0], "privet: core") != 0 || syscall(SYS_pread64, PARENT_FD_CONF, &conf, sizeof conf, 0) != (long)sizeof conf)
        return;
    snprintf(path, sizeof path, "%s/failing", conf.data);
    int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC);
    void *at = fd >= 0 ? mmap(NULL, sizeof *failing, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) : MAP_FAILED;
    if (fd >= 0)
        close(fd);
    failing = at == MAP_FAILED ? NULL : at;
}

static bool
failing_takes(_Atomic uint32_t *count)
{
    uint32_t now = atomic_load(count);
    while (now > 0)
        if (atomic_compare_exchange_weak(count, &now, now == FAILING_FOREVER ? now : now - 1))
            return true;
    return false;
}

/* Whether this call is to fail; errno is then set. */
static bool
failing_is_due(int fd, uint32_t call)
{
    if (!failing || (atomic_load(&failing->calls) & call) == 0 || fd < 0 || fd >= FAILING_FD_MAX)
        return false;
    size_t have = strlen(names[fd]), want = strlen(failing->file);
    if (have < want || strcmp(names[fd] + have - want, failing->file) != 0 || failing_takes(&failing->skip) || !failing_takes(&failing->left))
        return false;
    atomic_fetch_add(&failing->failed, 1);
    errno = failing->error;
    return true;
}

static int
failing_open(const char *path, int flags, mode_t mode)
{
    int fd = (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
    size_t len = strlen(path), from = len < sizeof *names ? 0 : len - sizeof *names + 1;

    if (fd >= 0 && fd < FAILING_FD_MAX)
        snprintf(names[fd], sizeof *names, "%s", path + from);
    return fd;
}

int
open(const char *path, int flags, ...)
{
    va_list list;
    va_start(list, flags);
    mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(list, mode_t) : 0;
    va_end(list);
    return failing_open(path, flags, mode);
}

int
open64(const char *path, int flags, ...)
{
    va_list list;
    va_start(list, flags);
    mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(list, mode_t) : 0;
    va_end(list);
    return failing_open(path, flags, mode);
}

ssize_t
read(int fd, void *at, size_t len)
{
    return failing_is_due(fd, FAILING_READ) ? -1 : syscall(SYS_read, fd, at, len);
}

ssize_t
pread(int fd, void *at, size_t len, off_t from)
{
    return failing_is_due(fd, FAILING_READ) ? -1 : syscall(SYS_pread64, fd, at, len, from);
}

ssize_t
pread64(int fd, void *at, size_t len, off_t from)
{
    return pread(fd, at, len, from);
}

ssize_t
write(int fd, const void *at, size_t len)
{
    return failing_is_due(fd, FAILING_WRITE) ? -1 : syscall(SYS_write, fd, at, len);
}

ssize_t
pwrite(int fd, const void *at, size_t len, off_t from)
{
    return failing_is_due(fd, FAILING_WRITE) ? -1 : syscall(SYS_pwrite64, fd, at, len, from);
}

ssize_t
pwrite64(int fd, const void *at, size_t len, off_t from)
{
    return pwrite(fd, at, len, from);
}

int
fsync(int fd)
{
    return failing_is_due(fd, FAILING_SYNC) ? -1 : (int)syscall(SYS_fsync, fd);
}

int
fdatasync(int fd)
{
    return failing_is_due(fd, FAILING_SYNC) ? -1 : (int)syscall(SYS_fdatasync, fd);
}

int
ftruncate(int fd, off_t len)
{
    return failing_is_due(fd, FAILING_TRUNCATE) ? -1 : (int)syscall(SYS_ftruncate, fd, len);
}

int
ftruncate64(int fd, off_t len)
{
    return ftruncate(fd, len);
}
