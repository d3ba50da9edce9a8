/* The dialogue's state, which only the client holds: bytes of any kind are read, a turn is run on them, and what is written then is
 * read back to the same. */
#include "world/world.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    struct view view = {data, size};
    const struct bot *bot = world_bot();
    struct dialogue *dialogue = NULL;
    struct grasp grasp;
    struct decision decision;
    struct recall recall;
    BUF_SCOPE(state, 1 << 16);
    BUF_SCOPE(again, 1 << 16);
    BUF_SCOPE(reply, 1 << 20);

    if (!arena)
        must(arena_make(TURN_ARENA_BYTES, &arena) == ERR_NONE);
    arena_reset(arena);
    str text = world_part(&view), payload = world_part(&view), blob = world_rest(&view);
    if (dialogue_parse(arena, bot, blob, &dialogue) != ERR_NONE)
        return 0;
    /* jansson gives UTF-8 and nothing else. */
    struct grasp_input input = {.text = text.len > 0 && str_is_utf8(text) ? text : STR("yes"), .payload = str_is_utf8(payload) ? payload : STR("/affirm"),
                                .language = STR("en")};
    if (grasp_run(bot, arena, &input, dialogue, &grasp) != ERR_NONE || decide_run(bot, arena, &grasp, dialogue, &decision) != ERR_NONE ||
        recall_run(bot, arena, &grasp, &decision, &recall) != ERR_NONE)
        return 0;
    must(reply_write(bot, &grasp, &decision, &recall, dialogue, &reply) == ERR_NONE);
    must(dialogue_write(dialogue, &state) == ERR_NONE && state.len <= DIALOGUE_BYTES_MAX);
    must(dialogue_parse(arena, bot, buf_str(&state), &dialogue) == ERR_NONE && dialogue_write(dialogue, &again) == ERR_NONE);
    must(str_is(buf_str(&again), buf_str(&state)));
    return 0;
}
