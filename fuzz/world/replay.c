/* Gives a fuzzer the files of the folders that are named, once each: what its kept corpus reaches, without libFuzzer. tools/coverage
 * counts it. */
#include "world/world.h"

#include "base/alloc.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
replay_file(const char *folder, const char *name)
{
    static unsigned char bytes[1 << 20];
    char path[4096];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "re");
    if (!file)
        return false;
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    /* On the heap, so that a read past the end is one of a piece. */
    void *piece = NULL;
    if (alloc_make(size, 1, &piece) != ERR_NONE)
        return false;
    memcpy(piece, bytes, size);
    (void)LLVMFuzzerTestOneInput(piece, size);
    alloc_free(&piece);
    return true;
}

int
main(int count, char **folders)
{
    unsigned files = 0;

    for (int i = 1; i < count; i++) {
        DIR *folder = opendir(folders[i]);
        for (struct dirent *entry; folder && (entry = readdir(folder));)
            if (entry->d_name[0] != '.')
                files += replay_file(folders[i], entry->d_name);
        if (folder)
            closedir(folder);
    }
    printf("%u inputs\n", files);
    return files > 0 ? 0 : 1;
}
