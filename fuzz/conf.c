/* The file of settings: YAML of the operator's, which an installer or a panel may have written. */
#include "world/world.h"

#include "base/conf.h"

#include <stdio.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct conf conf;
    struct conf_fault fault;
    char path[160];

    snprintf(path, sizeof path, "%s/privet.yaml", world_folder());
    world_file("privet.yaml", str_bytes(data, size));
    enum err err = conf_read(path, &conf, &fault);
    must(err == ERR_NONE || fault.text[0] != 0);
    if (err == ERR_NONE)
        must(conf.port >= 0 && conf.port <= 65535 && conf.retention_days >= 0);
    return 0;
}
