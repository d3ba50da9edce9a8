/* The alarm: what stands in the text as it was typed, then each way to read it. It keeps nothing, and nobody's answer hangs on it. */
#include "guard/inject.h"

#include "guard/fold.h"
#include "guard/inject_model.h"
#include "guard/inject_private.h"

#include <string.h>

#define INJECT_LAYERS 2     /* an encoding inside another */
#define INJECT_HIDDEN_MIN 3 /* zero-width characters between letters: one comes by copying */

static const char *const kind_names[] = {"hidden", "long", "nested", "markup", "sql", "shell", "template", "formula", "prompt"};

const char *
inject_kind_name(enum inject_kind kind)
{
    return kind_names[kind];
}

str
inject_names(const struct inject *inject, char name[INJECT_NAMES_BYTES])
{
    size_t used = 0;

    for (unsigned kind = 0; kind < INJECT_KINDS; kind++) {
        size_t len = strlen(kind_names[kind]);
        if (!(inject->kinds >> kind & 1) || used + len + 1 > INJECT_NAMES_BYTES)
            continue;
        if (used > 0)
            name[used++] = ',';
        memcpy(name + used, kind_names[kind], len);
        used += len;
    }
    return (str){name, used};
}

static void
inject_add(struct inject *inject, enum inject_kind kind)
{
    inject->kinds = (uint16_t)(inject->kinds | 1u << kind);
}

/* The character at i of valid or broken UTF-8, and its bytes. */
static size_t
inject_point(str text, size_t i, uint32_t *point)
{
    unsigned char c = (unsigned char)text.at[i];
    size_t len = c < 0xC0 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;

    *point = len == 1 ? c : c & (0xFFu >> (len + 1));
    if (i + len > text.len)
        return 1;
    for (size_t k = 1; k < len; k++)
        *point = *point << 6 | ((unsigned char)text.at[i + k] & 0x3F);
    return len;
}

/* Turns the order of letters, spells ASCII with tags or variants, or is a control that no keyboard writes. */
static bool
inject_is_never_typed(uint32_t point, uint32_t before)
{
    bool is_flag = before == 0x1F3F4 || (before >= 0xE0020 && before <= 0xE007F); /* England's is spelled with tags */

    return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069) || (point >= 0xE0000 && point <= 0xE007F && !is_flag) ||
           (point >= 0xE0100 && point <= 0xE01EF && before >= 0xE0100 && before <= 0xE01EF) ||
           (point < 0x20 && point != '\n' && point != '\t' && point != '\r') || (point >= 0x7F && point < 0xA0);
}

/* Of the text as it was typed. */
static void
inject_find_shape(str text, struct inject *out)
{
    size_t word = 0, repeat = 0, depth = 0, hidden = 0;
    uint32_t point = 0, before = 0;

    for (size_t i = 0; i < text.len;) {
        size_t len = inject_point(text, i, &point);
        word = point <= ' ' ? 0 : word + len;
        repeat = point == before ? repeat + 1 : 0;
        if (point == '(' || point == '[' || point == '{' || point == '<')
            depth++;
        else if (depth > 0 && (point == ')' || point == ']' || point == '}' || point == '>'))
            depth--;
        hidden += point == 0x200B || point == 0x2060 || (point == 0xFEFF && i > 0) || point == 0xAD || (point == 0x200D && before < 0x80);
        if (inject_is_never_typed(point, before) || hidden >= INJECT_HIDDEN_MIN)
            inject_add(out, INJECT_HIDDEN);
        if (word > INJECT_WORD_MAX || repeat >= INJECT_REPEAT_MAX)
            inject_add(out, INJECT_LONG);
        if (depth > INJECT_DEPTH_MAX)
            inject_add(out, INJECT_NESTED);
        before = point;
        i += len;
    }
}

static enum err
inject_fold(struct arena *arena, str text, str *out)
{
    struct fold fold;
    void *piece = NULL;

    TRY(fold_take(arena, text, &fold));
    TRY(arena_take(arena, fold.len + 1, 1, &piece));
    char *at = piece;
    for (size_t i = 0; i < fold.len; i++)
        at[i] = fold.at[i] >= 'A' && fold.at[i] <= 'Z' ? (char)(fold.at[i] + 32) : fold.at[i];
    *out = (str){at, fold.len};
    return ERR_NONE;
}

/* One reading of the text: as it stands, its letters turned by thirteen places, from its end. */
static enum err
inject_find_reading(struct arena *arena, str text, struct inject *out)
{
    str folded;

    TRY(inject_fold(arena, text, &folded));
    TRY(inject_pattern_find(arena, folded, &out->kinds));
    for (unsigned order = INJECT_PLAIN; order < INJECT_ORDERS; order++) {
        int score = inject_model_score(inject_model_get(), folded, (enum inject_order)order);
        if (score >= 0 && !(out->kinds >> INJECT_PROMPT & 1)) {
            inject_add(out, INJECT_PROMPT);
            out->is_encoded = out->is_encoded || order != INJECT_PLAIN;
        }
        out->score = score > out->score ? score : out->score;
    }
    return ERR_NONE;
}

/* What an encoding of the text hides is read as well, and what that hides. */
static enum err
inject_find_layer(struct arena *arena, str text, int layers, struct inject *out)
{
    void *piece = NULL;
    struct inject inner = {.score = out->score};

    for (int way = 0; layers > 0 && way < 2; way++) {
        TRY(arena_take(arena, INJECT_DECODED_BYTES(text.len), 1, &piece));
        struct inject_text decoded = {piece, 0};
        if (!(way == 0 ? inject_decode_escapes(text, &decoded) : inject_decode_runs(text, &decoded)))
            continue;
        TRY(inject_find_reading(arena, (str){decoded.at, decoded.len}, &inner));
        TRY(inject_find_layer(arena, (str){decoded.at, decoded.len}, layers - 1, &inner));
    }
    out->is_encoded = out->is_encoded || (inner.kinds & ~out->kinds) != 0;
    out->kinds |= inner.kinds;
    out->score = inner.score;
    return ERR_NONE;
}

enum err
inject_find(struct arena *arena, said words, struct inject *out)
{
    str text = words.words;
    struct inject found = {.score = -inject_model_get()->border};

    inject_find_shape(text, &found);
    TRY(inject_find_reading(arena, text, &found));
    TRY(inject_find_layer(arena, text, INJECT_LAYERS, &found));
    *out = found;
    return ERR_NONE;
}
