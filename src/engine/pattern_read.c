/* Reads an expression into the steps of Pike's machine. It builds no tree: a piece that repeats is read again from the text for each copy.
 *
 *   alternatives = sequence {"|" sequence}   sequence = {piece}   piece = atom ["*" | "+" | "?" | "{" m ["," [n]] "}"] ["?"] */
#include "engine/pattern_private.h"

#include "engine/utf8.h"

#include <string.h>

#define PATTERN_DEPTH_MAX 32
#define PATTERN_REPEAT_MAX 1000
#define PATTERN_PIECES_MAX 20000 /* copies of pieces that are read: (((){999}){999}){999} has no step and a thousand million of them */

struct pattern_reader {
    struct pattern *pattern;
    str text;
    size_t at;
    unsigned depth, pieces;
    const char *what;
};

static enum err pattern_alternatives(struct pattern_reader *reader);

static enum err
pattern_refuse(struct pattern_reader *reader, const char *what)
{
    reader->what = what;
    return err_raise(ERR_INPUT, "pattern: not readable");
}

static enum err
pattern_add(struct pattern_reader *reader, struct pattern_step step)
{
    struct pattern *pattern = reader->pattern;

    if (pattern->step_count == PATTERN_STEPS_MAX)
        return pattern_refuse(reader, "the expression is too long when its repetitions are written out; use smaller numbers in {}");
    pattern->steps[pattern->step_count++] = step;
    return ERR_NONE;
}

static enum err
pattern_add_range(struct pattern_reader *reader, uint32_t from, uint32_t to)
{
    struct pattern *pattern = reader->pattern;

    if (from > to)
        return pattern_refuse(reader, "a range in [] runs backwards; write the smaller letter first, as in [a-z]");
    if (pattern->range_count == PATTERN_RANGES_MAX)
        return pattern_refuse(reader, "the expression has too many ranges in []");
    pattern->ranges[pattern->range_count++] = (struct pattern_range){from, to};
    return ERR_NONE;
}

static bool
pattern_next_is(const struct pattern_reader *reader, const char *what)
{
    return str_has_prefix(str_slice(reader->text, reader->at, reader->text.len), str_from(what));
}

/* Over one atom, without reading what it means. */
static void
pattern_skip_atom(struct pattern_reader *reader)
{
    str text = reader->text;
    unsigned depth = 0;

    do {
        char c = text.at[reader->at];
        if (c == '\\' && reader->at + 1 < text.len)
            reader->at++;
        else if (c == '(')
            depth++;
        else if (c == ')' && depth > 0)
            depth--;
        if (c == '[') {
            reader->at += str_has_prefix(str_slice(text, reader->at, text.len), STR("[^")) ? 2 : 1;
            reader->at += reader->at < text.len && text.at[reader->at] == ']';
            while (reader->at < text.len && text.at[reader->at] != ']') {
                bool is_named = str_has_prefix(str_slice(text, reader->at, text.len), STR("[:"));
                size_t end = is_named ? str_find(str_slice(text, reader->at, text.len), STR(":]")) : SIZE_MAX;
                reader->at += end != SIZE_MAX ? end + 2 : text.at[reader->at] == '\\' ? 2 : 1;
            }
        }
        reader->at++;
        while (reader->at < text.len && ((unsigned char)text.at[reader->at] & 0xC0) == 0x80)
            reader->at++;
    } while (depth > 0 && reader->at < text.len);
    reader->at = reader->at < text.len ? reader->at : text.len;
}

/* Is what stands here one of several alternatives? */
static bool
pattern_has_bar(const struct pattern_reader *reader)
{
    struct pattern_reader ahead = *reader;

    while (ahead.at < ahead.text.len && ahead.text.at[ahead.at] != '|' && ahead.text.at[ahead.at] != ')')
        pattern_skip_atom(&ahead);
    return ahead.at < ahead.text.len && ahead.text.at[ahead.at] == '|';
}

static bool
pattern_take(struct pattern_reader *reader, const char *what)
{
    if (!pattern_next_is(reader, what))
        return false;
    reader->at += strlen(what);
    return true;
}

static const struct pattern_set {
    char letter;
    const char *name;
    struct pattern_range ranges[5];
    size_t count;
} pattern_sets[] = {
    {'d', "digit", {{'0', '9'}}, 1},
    {'w', "word", {{'0', '9'}, {'A', 'Z'}, {'a', 'z'}, {'_', '_'}, {0xAA, 0x10FFFF}}, 5},
    {'s', "space", {{9, 13}, {' ', ' '}, {0xA0, 0xA0}, {0x2000, 0x200A}, {0x202F, 0x202F}}, 5},
    {0, "alpha", {{'A', 'Z'}, {'a', 'z'}, {0xAA, 0x10FFFF}}, 3},
    {0, "alnum", {{'0', '9'}, {'A', 'Z'}, {'a', 'z'}, {0xAA, 0x10FFFF}}, 4},
    {0, "upper", {{'A', 'Z'}, {0xC0, 0xDE}}, 2},
    {0, "lower", {{'a', 'z'}, {0xDF, 0xFF}}, 2},
    {0, "xdigit", {{'0', '9'}, {'A', 'F'}, {'a', 'f'}}, 3},
    {0, "punct", {{'!', '/'}, {':', '@'}, {'[', '`'}, {'{', '~'}}, 4},
    {0, "blank", {{' ', ' '}, {9, 9}}, 2},
};

static enum err
pattern_add_set(struct pattern_reader *reader, const struct pattern_set *set)
{
    for (size_t i = 0; i < set->count; i++)
        TRY(pattern_add_range(reader, set->ranges[i].from, set->ranges[i].to));
    return ERR_NONE;
}

/* The letter behind a backslash, unless it names a set, a border or something that is not read here. */
static enum err
pattern_escape(struct pattern_reader *reader, uint32_t *letter)
{
    static const char known[] = "ntrfv", value[] = "\n\t\r\f\v";

    if (reader->at >= reader->text.len)
        return pattern_refuse(reader, "the expression ends with a backslash; write \\\\ for the sign itself");
    *letter = utf8_next(reader->text, &reader->at);
    const char *at = *letter < 0x80 ? strchr(known, (int)*letter) : NULL;
    if (*letter && at) {
        *letter = (unsigned char)value[at - known];
        return ERR_NONE;
    }
    if ((*letter >= '1' && *letter <= '9') || *letter == 'k')
        return pattern_refuse(reader, "back references are not read here, they can't be matched in linear time");
    bool plain = *letter >= 0x80 || strchr("\\^$.[]{}()|*+?/-_:;,'\"!@#%&=<>~` ", (int)*letter) != NULL;
    return plain ? ERR_NONE : pattern_refuse(reader, "unknown sign behind a backslash; \\d \\w \\s \\D \\W \\S \\b \\B are known");
}

static const struct pattern_set *
pattern_set_find(char letter)
{
    for (size_t i = 0; i < sizeof pattern_sets / sizeof *pattern_sets; i++)
        if (pattern_sets[i].letter && pattern_sets[i].letter == letter)
            return &pattern_sets[i];
    return NULL;
}

/* [:digit:] inside brackets. */
static enum err
pattern_named_set(struct pattern_reader *reader)
{
    str rest = str_slice(reader->text, reader->at, reader->text.len);
    size_t end = str_find(rest, STR(":]"));

    for (size_t i = 0; end != SIZE_MAX && i < sizeof pattern_sets / sizeof *pattern_sets; i++)
        if (str_is(str_slice(rest, 0, end), str_from(pattern_sets[i].name))) {
            reader->at += end + 2;
            return pattern_add_set(reader, &pattern_sets[i]);
        }
    return pattern_refuse(reader, "unknown class in []; write [:alpha:], [:digit:], [:alnum:], [:upper:], [:lower:], [:space:] or [:punct:]");
}

/* One member of a bracket: a set, a letter, or the range that begins with it. */
static enum err
pattern_member(struct pattern_reader *reader)
{
    uint32_t from = 0, to = 0;

    if (pattern_take(reader, "[:"))
        return pattern_named_set(reader);
    if (pattern_take(reader, "\\")) {
        const struct pattern_set *set = reader->at < reader->text.len ? pattern_set_find(reader->text.at[reader->at]) : NULL;
        if (set) {
            reader->at++;
            return pattern_add_set(reader, set);
        }
        TRY(pattern_escape(reader, &from));
    } else {
        from = utf8_next(reader->text, &reader->at);
    }
    to = from;
    if (pattern_next_is(reader, "-") && !pattern_next_is(reader, "-]")) {
        reader->at++;
        if (reader->at >= reader->text.len)
            return pattern_refuse(reader, "a [ is not closed; write ]");
        if (pattern_take(reader, "\\"))
            TRY(pattern_escape(reader, &to));
        else
            to = utf8_next(reader->text, &reader->at);
    }
    return pattern_add_range(reader, from, to);
}

static enum err
pattern_bracket(struct pattern_reader *reader)
{
    size_t first = reader->pattern->range_count;
    bool is_opposite = pattern_take(reader, "^");

    if (pattern_take(reader, "]"))
        TRY(pattern_add_range(reader, ']', ']'));
    while (!pattern_take(reader, "]")) {
        if (reader->at >= reader->text.len)
            return pattern_refuse(reader, "a [ is not closed; write ]");
        TRY(pattern_member(reader));
    }
    return pattern_add(reader, (struct pattern_step){.kind = PATTERN_CLASS, .a = (uint16_t)first,
                                                     .b = (uint16_t)(reader->pattern->range_count - first), .letter = is_opposite});
}

static enum err
pattern_backslash(struct pattern_reader *reader)
{
    char next = reader->at < reader->text.len ? reader->text.at[reader->at] : 0;
    size_t first = reader->pattern->range_count;
    uint32_t letter = 0;
    static const char borders[] = "bBAZz";
    static const enum pattern_step_kind kinds[] = {PATTERN_BORDER, PATTERN_INSIDE, PATTERN_BEGIN, PATTERN_END, PATTERN_END};

    const char *border = next ? strchr(borders, next) : NULL;
    if (border) {
        reader->at++;
        return pattern_add(reader, (struct pattern_step){.kind = (uint16_t)kinds[border - borders]});
    }
    bool is_opposite = next == 'D' || next == 'W' || next == 'S';
    const struct pattern_set *set = pattern_set_find(is_opposite ? (char)(next + 32) : next);
    if (set) {
        reader->at++;
        TRY(pattern_add_set(reader, set));
        return pattern_add(reader, (struct pattern_step){.kind = PATTERN_CLASS, .a = (uint16_t)first,
                                                         .b = (uint16_t)(reader->pattern->range_count - first), .letter = is_opposite});
    }
    TRY(pattern_escape(reader, &letter));
    return pattern_add(reader, (struct pattern_step){.kind = PATTERN_LETTER, .letter = utf8_fold(letter)});
}

static enum err
pattern_group(struct pattern_reader *reader)
{
    if (pattern_take(reader, "?:") || pattern_take(reader, "?i:")) {
        /* as a plain group */
    } else if (pattern_take(reader, "?P<") || (pattern_next_is(reader, "?<") && !pattern_next_is(reader, "?<=") && !pattern_next_is(reader, "?<!"))) {
        size_t end = str_find(str_slice(reader->text, reader->at, reader->text.len), STR(">"));
        if (end == SIZE_MAX)
            return pattern_refuse(reader, "the name of a group is not closed; write (?P<name>...)");
        reader->at += end + 1;
    } else if (pattern_next_is(reader, "?")) {
        return pattern_refuse(reader, "look-around is not read here, it can't be matched in linear time; use \\b for borders of words");
    }
    TRY(pattern_alternatives(reader));
    return pattern_take(reader, ")") ? ERR_NONE : pattern_refuse(reader, "a ( is not closed; write )");
}

static enum err
pattern_atom(struct pattern_reader *reader)
{
    if (pattern_take(reader, "("))
        return pattern_group(reader);
    if (pattern_take(reader, "["))
        return pattern_bracket(reader);
    if (pattern_take(reader, "\\"))
        return pattern_backslash(reader);
    if (pattern_take(reader, "."))
        return pattern_add(reader, (struct pattern_step){.kind = PATTERN_ANY});
    if (pattern_take(reader, "^"))
        return pattern_add(reader, (struct pattern_step){.kind = PATTERN_BEGIN});
    if (pattern_take(reader, "$"))
        return pattern_add(reader, (struct pattern_step){.kind = PATTERN_END});
    if (pattern_next_is(reader, "*") || pattern_next_is(reader, "+") || pattern_next_is(reader, "?"))
        return pattern_refuse(reader, "there is nothing to repeat before * + or ?; write \\* for the sign itself");
    uint32_t letter = utf8_next(reader->text, &reader->at);
    return pattern_add(reader, (struct pattern_step){.kind = PATTERN_LETTER, .letter = utf8_fold(letter)});
}

static size_t
pattern_number(struct pattern_reader *reader)
{
    size_t number = 0;

    while (reader->at < reader->text.len && reader->text.at[reader->at] >= '0' && reader->text.at[reader->at] <= '9' && number <= PATTERN_REPEAT_MAX)
        number = number * 10 + (size_t)(reader->text.at[reader->at++] - '0');
    return number;
}

struct pattern_repeat {
    size_t least, most; /* most SIZE_MAX: without end */
    bool is_lazy;
};

/* {m,n}; a brace that begins no such thing is a letter. */
static bool
pattern_braces(struct pattern_reader *reader, struct pattern_repeat *out)
{
    size_t from = reader->at;

    if (!pattern_take(reader, "{"))
        return false;
    size_t begin = reader->at;
    out->least = pattern_number(reader);
    bool has_least = reader->at > begin, has_comma = pattern_take(reader, ",");
    out->most = out->least;
    if (has_comma) {
        size_t digits = reader->at;
        out->most = pattern_number(reader);
        if (reader->at == digits)
            out->most = SIZE_MAX;
    }
    if (!pattern_take(reader, "}") || (!has_least && (!has_comma || out->most == SIZE_MAX))) {
        reader->at = from;
        return false;
    }
    return true;
}

static bool
pattern_repeat_take(struct pattern_reader *reader, struct pattern_repeat *out)
{
    *out = (struct pattern_repeat){1, 1, false};
    if (pattern_take(reader, "*"))
        *out = (struct pattern_repeat){0, SIZE_MAX, false};
    else if (pattern_take(reader, "+"))
        *out = (struct pattern_repeat){1, SIZE_MAX, false};
    else if (pattern_take(reader, "?"))
        *out = (struct pattern_repeat){0, 1, false};
    else if (!pattern_braces(reader, out)) {
        *out = (struct pattern_repeat){1, 1, false};
        return false;
    }
    out->is_lazy = pattern_take(reader, "?");
    return true;
}

/* a fork whose other way is not known yet; the way that goes on is the step behind it. */
static enum err
pattern_fork(struct pattern_reader *reader, size_t *out)
{
    *out = reader->pattern->step_count;
    return pattern_add(reader, (struct pattern_step){.kind = PATTERN_FORK});
}

static void
pattern_fork_set(struct pattern *pattern, size_t at, size_t on, size_t past, bool is_lazy)
{
    pattern->steps[at].a = (uint16_t)(is_lazy ? past : on);
    pattern->steps[at].b = (uint16_t)(is_lazy ? on : past);
}

/* The atom at `from` once more, or in a loop. */
static enum err
pattern_copy(struct pattern_reader *reader, size_t from, const struct pattern_repeat *repeat, bool is_loop)
{
    struct pattern *pattern = reader->pattern;
    size_t fork = 0, back = reader->at;

    TRY(pattern_fork(reader, &fork));
    reader->at = from;
    TRY(pattern_atom(reader));
    reader->at = back;
    if (is_loop)
        TRY(pattern_add(reader, (struct pattern_step){.kind = PATTERN_JUMP, .a = (uint16_t)fork}));
    pattern_fork_set(pattern, fork, fork + 1, pattern->step_count, repeat->is_lazy);
    return ERR_NONE;
}

static enum err
pattern_piece(struct pattern_reader *reader)
{
    struct pattern_repeat repeat;
    size_t from = reader->at;

    if (++reader->pieces > PATTERN_PIECES_MAX)
        return pattern_refuse(reader, "the expression has too many repetitions inside each other");
    pattern_skip_atom(reader);
    bool repeats = pattern_repeat_take(reader, &repeat);
    size_t behind = reader->at;
    if (repeat.least > PATTERN_REPEAT_MAX || (repeat.most != SIZE_MAX && (repeat.most > PATTERN_REPEAT_MAX || repeat.most < repeat.least)))
        return pattern_refuse(reader, "a repetition {m,n} has m at most n, and at most 1000");
    for (size_t i = 0; i < repeat.least; i++) {
        reader->at = from;
        TRY(pattern_atom(reader));
    }
    if (repeats)
        reader->at = behind;
    if (repeat.most == SIZE_MAX)
        return pattern_copy(reader, from, &repeat, true);
    for (size_t i = repeat.least; i < repeat.most; i++)
        TRY(pattern_copy(reader, from, &repeat, false));
    return ERR_NONE;
}

static enum err
pattern_sequence(struct pattern_reader *reader)
{
    while (reader->at < reader->text.len && !pattern_next_is(reader, "|") && !pattern_next_is(reader, ")"))
        TRY(pattern_piece(reader));
    return ERR_NONE;
}

static enum err
pattern_alternatives(struct pattern_reader *reader)
{
    struct pattern *pattern = reader->pattern;
    size_t jumps[64], count = 0;

    if (++reader->depth > PATTERN_DEPTH_MAX)
        return pattern_refuse(reader, "the expression has too many groups inside each other");
    while (pattern_has_bar(reader)) {
        size_t fork = 0;
        TRY(pattern_fork(reader, &fork));
        TRY(pattern_sequence(reader));
        reader->at++; /* the bar */
        if (count == sizeof jumps / sizeof *jumps)
            return pattern_refuse(reader, "a group has more than 64 alternatives; write them as values: of the entity");
        jumps[count++] = pattern->step_count;
        TRY(pattern_add(reader, (struct pattern_step){.kind = PATTERN_JUMP}));
        pattern_fork_set(pattern, fork, fork + 1, pattern->step_count, false);
    }
    TRY(pattern_sequence(reader));
    for (size_t i = 0; i < count; i++)
        pattern->steps[jumps[i]].a = (uint16_t)pattern->step_count;
    reader->depth--;
    return ERR_NONE;
}

enum err
pattern_read_run(str text, struct pattern *out, const char **what)
{
    struct pattern_reader reader = {out, text, 0, 0, 0, ""};

    (void)(pattern_take(&reader, "(?i)") || pattern_take(&reader, "(?iu)"));
    enum err err = pattern_add(&reader, (struct pattern_step){.kind = PATTERN_EDGE});
    if (err == ERR_NONE)
        err = pattern_alternatives(&reader);
    if (err == ERR_NONE && reader.at < text.len)
        err = pattern_refuse(&reader, "a ) has no ( before it; write \\) for the sign itself");
    if (err == ERR_NONE)
        err = pattern_add(&reader, (struct pattern_step){.kind = PATTERN_EDGE});
    if (err == ERR_NONE)
        err = pattern_add(&reader, (struct pattern_step){.kind = PATTERN_MATCH});
    *what = reader.what;
    return err;
}
