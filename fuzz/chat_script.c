/* Conversations that are tests, and through them whole dialogues with the demo bot: whatever is typed, it answers. */
#include "world/world.h"

#include "engine/chat_script.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct chat_result result = {.files = 0};
    BUF_SCOPE(report, (size_t)4 << 20);

    enum err err = chat_script_run(world_bot(), STR("fuzz"), str_bytes(data, size), &report, &result);
    must(err == ERR_NONE || err == ERR_LIMIT || err == ERR_MEMORY);
    must(result.failed <= result.checks + 1 && (result.failed == 0 || report.len > 0));
    return 0;
}
