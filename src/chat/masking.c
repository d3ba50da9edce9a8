/* The step between a visitor's words and everything that reads them. It keeps nothing itself, and what it can't look at goes no further. */
#include "chat/masking.h"

#include "guard/remark.h"
#include "guard/tree.h"
#include "rights/notice.h"

#include <string.h>

/* An identity number by its digits alone, in an answer to a question for a number of the author's own form: it is that number. */
static bool
masking_is_wanted(const struct masking_input *input, const struct mask *mask, unsigned *type)
{
    for (size_t i = 0; i < mask->spans.count; i++) {
        const struct pii_span *span = &mask->spans.span[i];
        bool is_number = span->type >= PII_TYPE_OWN || span->type == PII_ID_NUMBER || span->type == PII_PHONE;
        *type = span->type;
        if (is_number && dialogue_asked_fits(input->dialogue, str_slice(input->text, span->start, span->end - span->start)))
            return true;
    }
    return false;
}

static enum err
masking_find(struct arena *arena, const struct masking_input *input, struct masking *out)
{
    uint8_t types[PII_TYPES_BYTES];
    struct pii_input find = {.text = input->text, .asked = dialogue_asked_text(input->dialogue), .tail = input->tail};
    unsigned wanted = 0;
    struct policy room;
    const struct policy *policy = dialogue_asked_policy(input->dialogue, &room);

    TRY(mask_run(input->pii, arena, policy, &find, &out->aliases, &out->mask));
    if (!masking_is_wanted(input, &out->mask, &wanted))
        return ERR_NONE;
    memset(types, 0xFF, sizeof types);
    types[wanted / 8] = (uint8_t)(types[wanted / 8] & ~(1u << wanted % 8));
    find.types = types;
    find.tail = NULL; /* it has seen this message */
    return mask_run(input->pii, arena, policy, &find, &out->aliases, &out->mask);
}

/* Payloads are the author's; what else comes in one was made up by whoever sent it. */
static enum err
masking_check_payload(struct arena *arena, const struct masking_input *input)
{
    struct pii_input find = {.text = input->payload};
    struct mask mask;

    if (input->payload.len == 0)
        return ERR_NONE;
    TRY(mask_run(input->pii, arena, bot_policy(input->bot), &find, NULL, &mask));
    return mask.is_told ? err_raise(ERR_DENIED, "masking: a payload holds personal data") : ERR_NONE;
}

/* What looks like a pseudonym is escaped, so that no reply that repeats it is turned into a value. */
static enum err
masking_escape(struct arena *arena, str own, str *out)
{
    size_t size = own.len * 3 / 2 + 8, len = 0;
    void *piece = NULL;

    TRY(arena_take(arena, size, 1, &piece));
    TRY(alias_escape(own, piece, size, &len));
    *out = str_bytes(piece, len);
    return ERR_NONE;
}

enum err
masking_run(struct arena *arena, const struct masking_input *input, struct masking *out)
{
    struct masking masking;
    enum err err = alias_parse(arena, input->kept, &masking.aliases);

    if (err == ERR_INPUT)
        err = alias_init(arena, &masking.aliases);
    TRY(err);
    TRY(masking_check_payload(arena, input));
    TRY(masking_find(arena, input, &masking));
    for (size_t i = 0; input->tail && i < masking.mask.spans.count; i++)
        if (masking.mask.spans.span[i].type == PII_CARD)
            memset(input->tail, 0, sizeof *input->tail); /* no session remembers a card */
    masking.said = masking.mask.own;
    TRY(masking_escape(arena, masking.said, &masking.text));
    *out = masking;
    return ERR_NONE;
}

enum err
masking_remark(const struct masking *masking, str language, struct buf *json)
{
    BUF_SCOPE(words, 4096);

    TRY(remark_write(language, masking->mask.told_type, masking->mask.is_refused, &words));
    TRY(buf_add_str(json, STR("{\"blocks\":[{\"p\":[")));
    TRY(notice_json(json, buf_str(&words)));
    return buf_add_str(json, STR("]}]}"));
}

struct masking_copy {
    const struct masking *masking;
    str json;
    size_t done; /* of json */
    struct buf *out, *text, *restored;
};

static enum err
masking_copy_part(void *context, const struct tree_part *part)
{
    struct masking_copy *copy = context;
    struct alias_stream stream = {.len = 0};

    if (part->kind != TREE_TEXT && part->kind != TREE_TITLE)
        return ERR_NONE;
    buf_reset(copy->text);
    buf_reset(copy->restored);
    size_t from = (size_t)(part->raw.at - copy->json.at) - 1; /* the quote before it */
    TRY(tree_text(part->raw, copy->text));
    TRY(alias_restore(&copy->masking->aliases, &stream, buf_str(copy->text), true, copy->restored));
    TRY(buf_add_str(copy->out, str_slice(copy->json, copy->done, from - copy->done)));
    TRY(notice_json(copy->out, buf_str(copy->restored)));
    copy->done = from + part->raw.len + 2;
    return ERR_NONE;
}

enum err
masking_restore(const struct masking *masking, str json, struct buf *out)
{
    BUF_SCOPE(text, 1 << 18);
    BUF_SCOPE(restored, 1 << 20);
    struct masking_copy copy = {masking, json, 0, out, &text, &restored};

    if (masking->aliases.count == 0 && masking->text.len == masking->said.len)
        return buf_add_str(out, json); /* there is none, and none was escaped */
    TRY(tree_walk(json, masking_copy_part, &copy));
    return buf_add_str(out, str_slice(json, copy.done, json.len - copy.done));
}

enum err
masking_restore_value(const struct masking *masking, struct arena *arena, str value, str *out)
{
    struct alias_stream stream = {.len = 0};
    BUF_SCOPE(restored, 1 << 16);

    TRY(alias_restore(&masking->aliases, &stream, value, true, &restored));
    return arena_take_str(arena, buf_str(&restored), out);
}

enum err
masking_write(const struct masking *masking, struct buf *out)
{
    return alias_write(&masking->aliases, MASKING_KEPT_MAX, out);
}
