/* A fingerprint of a bot's folder. It looks at names, sizes and times, and opens no file. */
#include "engine/bot_watch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#define BOT_WATCH_DEPTH_MAX 3

/* FNV-1a: a fingerprint against accidents, not against an adversary, who could write the files as well. */
static void
bot_watch_mix(uint64_t *hash, const void *at, size_t len)
{
    const unsigned char *bytes = at;
    for (size_t i = 0; i < len; i++)
        *hash = (*hash ^ bytes[i]) * 0x100000001b3u;
}

static uint64_t
bot_watch_file(const char *name, const struct stat *facts)
{
    uint64_t hash = 0xcbf29ce484222325u;
    int64_t numbers[3] = {(int64_t)facts->st_size, (int64_t)facts->st_mtim.tv_sec, (int64_t)facts->st_mtim.tv_nsec};

    bot_watch_mix(&hash, name, strlen(name));
    bot_watch_mix(&hash, numbers, sizeof numbers);
    return hash;
}

/* Sums over files: a folder is read in any order. */
static enum err
bot_watch_folder(int fd, int depth, uint64_t *sum)
{
    DIR *folder = fdopendir(fd);
    const struct dirent *entry;
    struct stat facts;
    enum err err = ERR_NONE;

    if (!folder)
        return err_raise(ERR_IO, "bot: the folder can't be read");
    while (err == ERR_NONE && (entry = readdir(folder)) != NULL) {
        if (entry->d_name[0] == '.' || fstatat(dirfd(folder), entry->d_name, &facts, 0) != 0)
            continue;
        *sum += bot_watch_file(entry->d_name, &facts);
        if (S_ISDIR(facts.st_mode) && depth < BOT_WATCH_DEPTH_MAX) {
            int inner = openat(dirfd(folder), entry->d_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
            err = inner < 0 ? err_raise(ERR_IO, "bot: a folder can't be read") : bot_watch_folder(inner, depth + 1, sum);
        }
    }
    closedir(folder);
    return err;
}

enum err
bot_watch_get(const char *folder, uint64_t *out)
{
    uint64_t sum = 0;
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0)
        return errno == ENOENT ? err_raise(ERR_ABSENT, "bot: there is no such folder") : err_raise(ERR_IO, "bot: the folder can't be read");
    TRY(bot_watch_folder(fd, 0, &sum));
    *out = sum;
    return ERR_NONE;
}
