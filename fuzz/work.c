/* Proofs of work: whatever bytes are shown, by whoever, at whatever time, only work that was asked for there, is not too old and was not
 * shown before is taken; and such work always is. */
#include "world/world.h"

#include "channel/work.h"

#include <string.h>

static unsigned char m1[571], challenge[WORK_CHALLENGE_BYTES], proof[WORK_BYTES];

static void
work_case(struct work *work, struct view *view, unsigned char number, uint64_t now_ms)
{
    unsigned bits = 1 + world_u8(view) % 6, done = 0;
    uint8_t way = world_u8(view);
    str where = str_bytes(&way, way & 1), flight = str_bytes(m1, sizeof m1), shown = str_bytes(proof, sizeof proof);
    bool is_changed = false;

    world_fill(view, m1, 16);
    m1[16] = number; /* no flight is that of another case */
    work_ask(work, where, bits, now_ms, challenge);
    must(work_solve(challenge, flight, proof) == ERR_NONE);
    for (uint8_t left = way >> 6; left > 0; left--) {
        unsigned char change = world_u8(view);
        size_t at = world_u8(view) % (WORK_CHALLENGE_BYTES);
        proof[at] ^= change;
    }
    is_changed = memcmp(proof, challenge, sizeof challenge) != 0;
    enum err err = work_check(work, where, flight, shown, now_ms, &done);
    must(is_changed ? err == ERR_DENIED : err == ERR_NONE && done == bits);
    must(work_check(work, where, flight, shown, now_ms, &done) == ERR_DENIED);
    str rest = world_part(view);
    must(work_check(work, where, flight, rest, now_ms, &done) == ERR_DENIED || rest.len == WORK_BYTES);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct work work;
    static uint64_t now_ms = WORLD_NOW_MS % 4000000000;
    struct view view = {data, size};

    work_init(&work);
    for (unsigned char cases = 0; cases < 8 && view.len > 0; cases++) {
        work_case(&work, &view, cases, now_ms);
        now_ms += 1 + world_u16(&view);
    }
    return 0;
}
