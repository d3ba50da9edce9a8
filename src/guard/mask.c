/* Masking: what the detector found, replaced as the policy says. What is not found is copied as it is; what looks like a pseudonym is
 * escaped. It decides nothing by itself. */
#include "guard/mask.h"

#include <string.h>

struct mask_out {
    char *at;
    size_t len, size;
};

static enum err
mask_add(struct mask_out *out, str s)
{
    if (s.len > out->size - out->len)
        return err_raise(ERR_LIMIT, "mask: text grows too much");
    if (s.len > 0)
        memcpy(out->at + out->len, s.at, s.len);
    out->len += s.len;
    return ERR_NONE;
}

static bool
mask_counts(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* All letters and digits but the last four become *; a value of eight or fewer shows none. Marks stay, so that the form is seen. */
static enum err
mask_add_stars(struct mask_out *out, str value)
{
    size_t count = 0, seen = 0;

    for (size_t i = 0; i < value.len; i++)
        count += mask_counts(value.at[i]);
    size_t shown = count > 8 ? 4 : 0;
    for (size_t i = 0; i < value.len; i++) {
        bool counts = mask_counts(value.at[i]), hidden = counts && seen++ < count - shown;
        /* Letters of other alphabets, and digits of other scripts, are one * by code point. */
        if (!counts && (unsigned char)value.at[i] >= 0x80) {
            if (((unsigned char)value.at[i] & 0xC0) != 0x80)
                TRY(mask_add(out, STR("*")));
            continue;
        }
        TRY(mask_add(out, hidden ? STR("*") : str_slice(value, i, 1)));
    }
    return ERR_NONE;
}

static enum err
mask_add_label(struct mask_out *out, unsigned type)
{
    char name[64];

    TRY(mask_add(out, STR("[")));
    TRY(mask_add(out, pii_type_name(type, name)));
    return mask_add(out, STR("]"));
}

static enum err
mask_add_span(struct mask_out *out, const struct pii_span *span, str value, enum pii_action action, struct alias_map *map)
{
    char text[ALIAS_TEXT_MAX];

    if (action == PII_MASK)
        return mask_add_stars(out, value);
    if (action == PII_ALIAS && map && !pii_type_get(span->type).is_secret &&
        alias_add(map, span->type, span->canonical, value, text) == ERR_NONE)
        return mask_add(out, str_from(text));
    return mask_add_label(out, span->type);
}

/* Literal text; with pseudonyms about, what looks like one is escaped. */
static enum err
mask_add_literal(struct mask_out *out, str literal, const struct alias_map *map)
{
    return map ? alias_escape(literal, out->at, out->size, &out->len) : mask_add(out, literal);
}

/* Room for each span's label of 64 bytes and for each byte of literal text as an escape. */
static enum err
mask_out_take(struct arena *arena, const struct pii_input *input, const struct mask *mask, struct mask_out *out)
{
    void *piece = NULL;
    size_t size = input->text.len * 2 + mask->spans.count * ALIAS_TEXT_MAX + 16;

    TRY(arena_take(arena, size, 1, &piece));
    *out = (struct mask_out){piece, 0, size};
    return ERR_NONE;
}

static void
mask_tell(struct mask *mask, unsigned type, enum pii_action action, enum pii_action *strictest)
{
    if (action < PII_MASK || action <= *strictest)
        return;
    *strictest = action;
    mask->is_told = true;
    mask->is_refused = action == PII_REFUSE;
    mask->told_type = (uint16_t)type;
}

enum err
mask_run(const struct pii *pii, struct arena *arena, const struct policy *policy, const struct pii_input *input, struct alias_map *map,
         struct mask *out)
{
    struct mask mask = {.text = input->text};
    struct mask_out text, own;
    enum pii_action strictest = PII_ALLOW;
    size_t from = 0;

    TRY(pii_find(pii, arena, input, &mask.spans));
    TRY(mask_out_take(arena, input, &mask, &text));
    TRY(mask_out_take(arena, input, &mask, &own));
    for (size_t i = 0; i <= mask.spans.count; i++) {
        const struct pii_span *span = i < mask.spans.count ? &mask.spans.span[i] : NULL;
        enum pii_action action = span ? policy_get(policy, span->type) : PII_ALLOW;
        if (span && action <= PII_TAG)
            continue;
        size_t to = span ? span->start : input->text.len;
        TRY(mask_add_literal(&text, str_slice(input->text, from, to - from), map));
        TRY(mask_add(&own, str_slice(input->text, from, to - from)));
        if (!span)
            break;
        mask.is_changed = true;
        mask_tell(&mask, span->type, action, &strictest);
        str value = str_slice(input->text, span->start, span->end - span->start);
        TRY(mask_add_span(&text, span, value, action, map));
        if (action == PII_ALIAS && !pii_type_get(span->type).is_secret)
            TRY(mask_add(&own, value));
        else
            TRY(mask_add_span(&own, span, value, action, NULL));
        from = span->end;
    }
    mask.text = (str){text.at, text.len};
    mask.own = (str){own.at, own.len};
    *out = mask;
    return ERR_NONE;
}
