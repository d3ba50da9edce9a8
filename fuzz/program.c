/* A program's whole request, with a key that is good or not: every answer has a status of ours and is whole JSON, or whole events. */
#include "world/world.h"

#include "chat/program.h"
#include "chat/program_ask.h"
#include "chat/program_key.h"

#include <string.h>

#include <jansson.h>

static void
program_check(const struct program_answer *answer)
{
    static const uint16_t statuses[] = {200, 400, 401, 403, 404, 429, 500, 503};
    bool is_known = false;
    json_t *object = json_loadb(answer->body.at, answer->body.len, JSON_REJECT_DUPLICATES, NULL);

    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        is_known = is_known || statuses[i] == answer->status;
    must(is_known && answer->status != 500);
    must(answer->kind == WIRE_EVENTS || object);
    must(answer->status == 200 || json_is_object(object));
    must(answer->kind == WIRE_JSON || answer->status == 200);
    json_decref(object);
}

static void
program_parsers(str input)
{
    static struct arena *arena;
    struct program_ask ask;
    struct program_fault fault = {NULL, NULL};
    struct program_key key;

    if (!arena)
        must(arena_make((size_t)2 << 20, &arena) == ERR_NONE);
    must(program_ask_parse_rest(arena, input, &ask, &fault) != ERR_NONE || (ask.sender.len > 0 && ask.sender.len <= PROGRAM_SENDER_MAX));
    must(program_ask_parse_chat(arena, input, &ask, &fault) != ERR_NONE || ask.earlier_count < PROGRAM_EARLIER_MAX);
    must(program_ask_parse_sender(arena, input, &ask, &fault) != ERR_NONE || (ask.seconds >= 60 && ask.seconds <= 86400));
    (void)!program_key_parse(input, &key);
    arena_reset(arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct programs *all;
    static struct turn_room room;
    static char key[128];
    static size_t key_len;
    struct site *site = world_site();
    struct view view = {data, size};
    struct program *program = NULL;
    struct turn_answer answer = {.refusal = REFUSAL_NONE};
    bool needs_turn = false;
    BUF_SCOPE(payload, (size_t)1 << 20);

    if (!all) {
        BUF_SCOPE(text, 256);
        must(program_all_make(site, STR("https://chat.example"), 100000, &all) == ERR_NONE && turn_room_make(&room) == ERR_NONE);
        must(buf_add_str(&text, STR("Bearer ")) == ERR_NONE && program_key_add(site->reader, STR("fuzz"), 1, &text) == ERR_NONE);
        key_len = text.len;
        memcpy(key, text.at, text.len);
    }
    uint8_t route = world_u8(&view), flags = world_u8(&view);
    bool is_known = (flags & 2) == 0;
    str authorization = is_known ? str_bytes(key, key_len) : world_part(&view), body = world_rest(&view);
    program_parsers(body);
    must(buf_add_u8(&payload, route) == ERR_NONE && buf_add_u8(&payload, flags & 1) == ERR_NONE);
    must(buf_add_u16(&payload, (uint16_t)authorization.len) == ERR_NONE && buf_add_str(&payload, authorization) == ERR_NONE);
    must(buf_add_str(&payload, body) == ERR_NONE);
    must(program_begin(all, buf_str(&payload), &program, &needs_turn) == ERR_NONE);
    if (needs_turn) {
        must(program_run(program, &room, &answer));
        program_end(program, &room, &answer);
        turn_end(site, &room, &answer);
    }
    struct program_answer said_back = program_answer(program);
    must(is_known || said_back.status != 200 || route == PROGRAM_HEALTH);
    program_check(&said_back);
    program_free(&program);
    return 0;
}
