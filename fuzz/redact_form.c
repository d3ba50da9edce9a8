/* What `privet redact` reads: a line of text, of JSON, of CSV, or a question where things are. The first byte says which. */
#include "world/world.h"

#include "cli/redact_form.h"

#include <string.h>

static enum err
redact_line(struct redact *redact, unsigned form, str line)
{
    switch (form) {
    case 0:
        return redact_form_text(redact, line);
    case 1:
        return redact_form_json(redact, line);
    case 2:
        return redact_form_csv(redact, line);
    default:
        return redact_form_find(redact, line);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct redact redact;

    if (!redact.pii) {
        must(pii_make(&redact.pii) == ERR_NONE && arena_make((size_t)8 << 20, &redact.arena) == ERR_NONE);
        policy_init(&redact.policy);
    }
    if (size == 0)
        return 0;
    redact.fields = data[0] & 4 ? STR("a,text") : (str){"", 0};
    redact.lines = data[0] & 8 ? 0 : 1; /* a head line, or one after it */
    memset(redact.columns, data[0] & 4 ? 0x55 : 0xFF, sizeof redact.columns);
    arena_reset(redact.arena);
    buf_init(&redact.out, (size_t)1 << 20);
    enum err err = redact_line(&redact, data[0] & 3u, str_bytes(data + 1, size - 1));
    must(err == ERR_NONE || err == ERR_INPUT || err == ERR_LIMIT);
    buf_done(&redact.out);
    return 0;
}
