/* The reply's tree, read by a table of what may stand where. It knows no other member and no blank, so that there is one way to write a
 * reply and nothing hides in another. */
#include "guard/tree.h"

#include <string.h>

#define TREE_DEPTH_MAX 24

/* What a value is: an object of the table, or a string of a kind. */
enum tree_what { TREE_MESSAGE, TREE_BLOCK, TREE_INLINE, TREE_CARD, TREE_QUICK, TREE_SOURCE, TREE_OBJECTS, TREE_TRUE, TREE_STRING };
#define STRING(kind) (TREE_STRING + (int)TREE_##kind)

struct tree_member {
    const char *name;
    int what;       /* enum tree_what, from TREE_STRING on a string of kind what - TREE_STRING */
    unsigned lists; /* so many lists around it */
};

static const struct tree_member members[TREE_OBJECTS][8] = {
    [TREE_MESSAGE] = {{"blocks", TREE_BLOCK, 1}, {"cards", TREE_CARD, 1}, {"quick", TREE_QUICK, 1}, {"source", TREE_SOURCE, 0}},
    [TREE_BLOCK] = {{"p", TREE_INLINE, 1}, {"h", TREE_INLINE, 1}, {"ul", TREE_INLINE, 2}, {"ol", TREE_INLINE, 2}, {"pre", STRING(CODE), 0},
                    {"quote", TREE_INLINE, 1}},
    [TREE_INLINE] = {{"b", TREE_INLINE, 1}, {"i", TREE_INLINE, 1}, {"code", STRING(CODE), 0}, {"a", TREE_INLINE, 1},
                     {"href", STRING(LINK), 0}, {"br", TREE_TRUE, 0}},
    [TREE_CARD] = {{"title", STRING(TITLE), 0}, {"price", STRING(TEXT), 0}, {"note", STRING(TEXT), 0}, {"url", STRING(LINK), 0},
                   {"image", STRING(IMAGE), 0}, {"id", STRING(ID), 0}},
    [TREE_QUICK] = {{"title", STRING(TITLE), 0}, {"payload", STRING(PAYLOAD), 0}},
    [TREE_SOURCE] = {{"title", STRING(TITLE), 0}, {"url", STRING(LINK), 0}},
};

struct tree {
    str json;
    size_t at;
    unsigned depth;
    bool is_title; /* inside a heading */
    enum err (*each)(void *context, const struct tree_part *part);
    void *context;
};

static enum err
tree_wrong(void)
{
    return err_raise(ERR_INPUT, "tree: not a reply");
}

static bool
tree_is_next(const struct tree *tree, char c)
{
    return tree->at < tree->json.len && tree->json.at[tree->at] == c;
}

static enum err
tree_take(struct tree *tree, str text)
{
    if (!str_has_prefix(str_slice(tree->json, tree->at, text.len), text))
        return tree_wrong();
    tree->at += text.len;
    return ERR_NONE;
}

static enum err
tree_string(struct tree *tree, str *raw)
{
    size_t from = tree->at + 1, to = from;

    TRY(tree_take(tree, STR("\"")));
    while (to < tree->json.len && tree->json.at[to] != '"') {
        if ((unsigned char)tree->json.at[to] < 0x20)
            return tree_wrong();
        to += tree->json.at[to] == '\\' ? 2 : 1;
    }
    if (to >= tree->json.len)
        return tree_wrong();
    *raw = str_slice(tree->json, from, to - from);
    tree->at = to + 1;
    return ERR_NONE;
}

static enum err
tree_give(struct tree *tree, enum tree_kind kind, str raw)
{
    return tree->each(tree->context, &(struct tree_part){kind, raw});
}

static enum err tree_value(struct tree *tree, int what, unsigned lists);

static enum err
tree_list(struct tree *tree, int what, unsigned lists)
{
    TRY(tree_take(tree, STR("[")));
    for (bool first = true; !tree_is_next(tree, ']'); first = false) {
        if (!first)
            TRY(tree_take(tree, STR(",")));
        TRY(tree_value(tree, what, lists));
    }
    return tree_take(tree, STR("]"));
}

static enum err
tree_object(struct tree *tree, int what)
{
    unsigned seen = 0;
    str name;

    TRY(tree_take(tree, STR("{")));
    while (!tree_is_next(tree, '}')) {
        size_t i = 0;
        if (seen != 0)
            TRY(tree_take(tree, STR(",")));
        TRY(tree_string(tree, &name));
        while (i < 8 && members[what][i].name && !str_is(name, str_from(members[what][i].name)))
            i++;
        if (i == 8 || !members[what][i].name || (seen >> i & 1))
            return tree_wrong();
        seen |= 1u << i;
        TRY(tree_take(tree, STR(":")));
        tree->is_title = tree->is_title || (what == TREE_BLOCK && str_is(name, STR("h")));
        TRY(tree_value(tree, members[what][i].what, members[what][i].lists));
    }
    if (seen == 0)
        return tree_wrong();
    TRY(tree_take(tree, STR("}")));
    tree->is_title = tree->is_title && what != TREE_BLOCK;
    return what == TREE_INLINE || what == TREE_MESSAGE ? ERR_NONE : tree_give(tree, TREE_END, (str){"", 0});
}

static enum err
tree_value(struct tree *tree, int what, unsigned lists)
{
    str raw = {"", 0};
    enum err err;

    if (tree->depth == TREE_DEPTH_MAX)
        return tree_wrong();
    tree->depth++;
    if (lists > 0) {
        err = tree_list(tree, what, lists - 1);
    } else if (what == TREE_TRUE) {
        err = tree_take(tree, STR("true"));
    } else if (what >= TREE_STRING || (what == TREE_INLINE && tree_is_next(tree, '"'))) {
        err = tree_string(tree, &raw);
        if (err == ERR_NONE)
            err = tree_give(tree, what >= TREE_STRING ? (enum tree_kind)(what - TREE_STRING) : tree->is_title ? TREE_TITLE : TREE_TEXT, raw);
    } else {
        err = tree_object(tree, what);
    }
    tree->depth--;
    return err;
}

enum err
tree_walk(str json, enum err (*each)(void *context, const struct tree_part *part), void *context)
{
    struct tree tree = {.json = json, .each = each, .context = context};

    TRY(tree_value(&tree, TREE_MESSAGE, 1));
    return tree.at == json.len ? ERR_NONE : tree_wrong();
}

/* \uXXXX; this program writes it for control characters alone, and a surrogate is none of them. */
static enum err
tree_escape(str raw, size_t at, uint32_t *point)
{
    *point = 0;
    for (size_t i = at; i < at + 4; i++) {
        const char *digit = i < raw.len && raw.at[i] ? strchr("0123456789abcdef", raw.at[i] | 0x20) : NULL;
        if (!digit)
            return tree_wrong();
        *point = *point << 4 | (uint32_t)(digit - "0123456789abcdef");
    }
    return *point < 0x80 ? ERR_NONE : tree_wrong();
}

enum err
tree_text(str raw, struct buf *out)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    uint32_t point = 0;

    for (size_t i = 0; i < raw.len; i++) {
        if (raw.at[i] != '\\') {
            TRY(buf_add_u8(out, (uint8_t)raw.at[i]));
            continue;
        }
        i++;
        if (i < raw.len && raw.at[i] == 'u') {
            TRY(tree_escape(raw, i + 1, &point));
            TRY(buf_add_u8(out, (uint8_t)point));
            i += 4;
            continue;
        }
        const char *found = i < raw.len && raw.at[i] ? strchr(from, raw.at[i]) : NULL;
        if (!found)
            return tree_wrong();
        TRY(buf_add_u8(out, (uint8_t)to[found - from]));
    }
    return ERR_NONE;
}
