/* Lines of text, JSON and CSV: what is a value goes through the guard, what is form stays as it is. JSON comes out compact, members in
 * their order. */
#include "cli/redact_form.h"

#include "guard/cell.h"

#include <jansson.h>
#include <string.h>

static enum err
redact_form_value(struct redact *redact, str text, str *out)
{
    struct pii_input input = redact->base;
    struct mask mask;

    input.text = text;
    TRY(mask_run(redact->pii, redact->arena, &redact->policy, &input, NULL, &mask));
    for (size_t i = 0; i < mask.spans.count; i++)
        redact->counts[mask.spans.span[i].type]++;
    redact->changed += mask.is_changed;
    *out = mask.is_refused ? STR("[REFUSED]") : mask.text;
    return ERR_NONE;
}

enum err
redact_form_text(struct redact *redact, str line)
{
    str text;

    TRY(redact_form_value(redact, line, &text));
    return buf_add_str(&redact->out, text);
}

/* Is `name` in the comma-divided list? An empty list has all. */
static bool
redact_form_has(str list, str name)
{
    str rest = list, part;

    if (list.len == 0)
        return true;
    while (str_split(&rest, ',', &part))
        if (str_is(str_trim(part), name))
            return true;
    return false;
}

static enum err
redact_form_json_value(struct redact *redact, json_t **value, bool wanted)
{
    if (json_is_string(*value) && wanted) {
        str text;
        TRY(redact_form_value(redact, str_bytes(json_string_value(*value), json_string_length(*value)), &text));
        json_t *fresh = json_stringn(text.at, text.len);
        if (!fresh)
            return err_raise(ERR_MEMORY, "redact: no memory");
        json_decref(*value);
        *value = fresh;
    }
    return ERR_NONE;
}

/* All strings below `value`, without recursion deeper than the parser allows. */
static enum err
redact_form_json_walk(struct redact *redact, json_t *value, bool wanted, unsigned depth)
{
    const char *name;
    json_t *member;
    size_t i;
    void *next;

    if (depth > 64)
        return err_raise(ERR_LIMIT, "redact: nested too deep");
    json_object_foreach_safe(value, next, name, member)
    {
        bool here = wanted || (redact->fields.len > 0 && redact_form_has(redact->fields, str_from(name)));
        json_t *fresh = json_incref(member);
        enum err err = redact_form_json_value(redact, &fresh, here);
        if (err == ERR_NONE && fresh != member && json_object_set(value, name, fresh) != 0)
            err = err_raise(ERR_MEMORY, "redact: no memory");
        if (err == ERR_NONE)
            err = redact_form_json_walk(redact, fresh, here, depth + 1);
        json_decref(fresh);
        TRY(err);
    }
    json_array_foreach(value, i, member)
    {
        json_t *fresh = json_incref(member);
        enum err err = redact_form_json_value(redact, &fresh, wanted);
        if (err == ERR_NONE && fresh != member && json_array_set(value, i, fresh) != 0)
            err = err_raise(ERR_MEMORY, "redact: no memory");
        if (err == ERR_NONE)
            err = redact_form_json_walk(redact, fresh, wanted, depth + 1);
        json_decref(fresh);
        TRY(err);
    }
    return ERR_NONE;
}

static int
redact_form_dump(const char *at, size_t len, void *out)
{
    return buf_add(out, at, len) == ERR_NONE ? 0 : -1;
}

enum err
redact_form_json(struct redact *redact, str line)
{
    json_error_t error;

    if (str_trim(line).len == 0)
        return ERR_NONE;
    json_t *root = json_loadb(line.at, line.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
    if (!root)
        return err_raise(ERR_INPUT, "redact: not JSON");
    bool all = redact->fields.len == 0;
    enum err err = redact_form_json_value(redact, &root, all);
    if (err == ERR_NONE)
        err = redact_form_json_walk(redact, root, all, 0);
    if (err == ERR_NONE && json_dump_callback(root, redact_form_dump, &redact->out, JSON_COMPACT | JSON_ENCODE_ANY) != 0)
        err = err_raise(ERR_LIMIT, "redact: line too long");
    json_decref(root);
    return err;
}

/* The field at *at: its raw bytes, quotes included. */
static str
redact_form_csv_field(str line, size_t *at)
{
    size_t from = *at;
    bool quoted = false;

    for (; *at < line.len; ++*at) {
        if (line.at[*at] == '"')
            quoted = !quoted;
        else if (line.at[*at] == ',' && !quoted)
            break;
    }
    return str_slice(line, from, *at - from);
}

/* RFC 4180: a field that had quotes, or needs them now, has them; a doubled quote is one. What a spreadsheet would run, wanted or not, is
 * made text. */
static enum err
redact_form_csv_value(struct redact *redact, str field, bool is_wanted)
{
    void *piece = NULL;
    size_t len = 0;
    str text;
    bool quoted = field.len >= 2 && field.at[0] == '"' && field.at[field.len - 1] == '"';

    TRY(arena_take(redact->arena, field.len + 1, 1, &piece));
    char *plain = piece;
    for (size_t i = quoted; i < field.len - quoted; i++) {
        plain[len++] = field.at[i];
        i += quoted && field.at[i] == '"' && i + 1 < field.len - 1 && field.at[i + 1] == '"';
    }
    text = (str){plain, len};
    if (is_wanted)
        TRY(redact_form_value(redact, text, &text));
    bool is_formula = cell_is_formula(text);
    if (!is_formula && str_is(text, (str){plain, len}))
        return buf_add_str(&redact->out, field);
    TRY(buf_add_u8(&redact->out, '"'));
    if (is_formula)
        TRY(buf_add_u8(&redact->out, CELL_GUARD));
    for (size_t i = 0; i < text.len; i++) {
        TRY(buf_add(&redact->out, text.at + i, 1));
        if (text.at[i] == '"')
            TRY(buf_add_u8(&redact->out, '"'));
    }
    return buf_add_u8(&redact->out, '"');
}

bool
redact_form_csv_is_whole(str record)
{
    size_t quotes = 0;

    for (size_t i = 0; i < record.len; i++)
        quotes += record.at[i] == '"';
    return quotes % 2 == 0;
}

/* A column's name, without its quotes. */
static str
redact_form_csv_name(str field)
{
    str name = str_trim(field);
    return name.len >= 2 && name.at[0] == '"' && name.at[name.len - 1] == '"' ? str_slice(name, 1, name.len - 2) : name;
}

/* Every column that is to be redacted must be there: one that is misspelled would go out as it is. */
static enum err
redact_form_csv_head(struct redact *redact, str head)
{
    str rest = redact->fields, wanted;

    while (str_split(&rest, ',', &wanted)) {
        size_t column = 0;
        bool found = false;
        for (size_t at = 0; at <= head.len; at++, column++)
            if (str_is(str_trim(wanted), redact_form_csv_name(redact_form_csv_field(head, &at)))) {
                found = true;
                if (column < 256)
                    redact->columns[column / 64] |= UINT64_C(1) << column % 64;
            }
        if (!found)
            return err_raise(ERR_INPUT, "redact: the head line has no such column");
    }
    return ERR_NONE;
}

enum err
redact_form_csv(struct redact *redact, str record)
{
    bool head = redact->lines == 0 && redact->fields.len > 0;
    size_t column = 0;

    if (head)
        TRY(redact_form_csv_head(redact, record));
    for (size_t at = 0; at <= record.len; at++, column++) {
        str field = redact_form_csv_field(record, &at);
        if (column > 0)
            TRY(buf_add_u8(&redact->out, ','));
        bool wanted = !head && (redact->fields.len == 0 || column >= 256 || (redact->columns[column / 64] >> column % 64 & 1));
        TRY(redact_form_csv_value(redact, field, wanted));
    }
    return ERR_NONE;
}

static str
redact_form_member(json_t *root, const char *name)
{
    json_t *value = json_object_get(root, name);
    return json_is_string(value) ? str_bytes(json_string_value(value), json_string_length(value)) : STR("");
}

static enum err
redact_form_spans(struct redact *redact, str text, const struct pii_spans *spans)
{
    size_t at = 0, points = 0;
    char name[64];

    TRY(buf_add_str(&redact->out, STR("{\"spans\":[")));
    for (size_t i = 0; i < spans->count; i++) {
        const struct pii_span *span = &spans->span[i];
        size_t start;
        for (; at < span->start; at++)
            points += ((unsigned char)text.at[at] & 0xC0) != 0x80;
        start = points;
        for (; at < span->end; at++)
            points += ((unsigned char)text.at[at] & 0xC0) != 0x80;
        TRY(buf_add_text(&redact->out, "%s[%zu,%zu,\"%.*s\",%u.%02u]", i > 0 ? "," : "", start, points,
                         STR_ARG(pii_type_name(span->type, name)), span->score / 100u, span->score % 100u));
        redact->counts[span->type]++;
    }
    redact->changed += spans->count > 0;
    return buf_add_str(&redact->out, STR("]}"));
}

static enum err
redact_form_find_in(struct redact *redact, json_t *root)
{
    struct pii_input input = redact->base;
    uint8_t types[PII_TYPES_BYTES] = {0};
    struct pii_spans spans;
    str country = redact_form_member(root, "country"), asked = redact_form_member(root, "asked");
    json_t *list = json_object_get(root, "types"), *type;
    size_t i;
    unsigned id;

    input.text = redact_form_member(root, "text");
    if (asked.len > 0)
        input.asked = asked;
    for (i = 0; country.len == 2 && i < 2; i++)
        input.country[i] = (char)(country.at[i] & ~32);
    json_array_foreach(list, i, type)
    {
        if (!json_is_string(type) || pii_type_find(str_from(json_string_value(type)), &id) != ERR_NONE)
            return err_raise(ERR_INPUT, "redact: there is no such type; --types-list names them");
        pii_want(types, id);
        input.types = types;
    }
    TRY(pii_find(redact->pii, redact->arena, &input, &spans));
    return redact_form_spans(redact, input.text, &spans);
}

enum err
redact_form_find(struct redact *redact, str line)
{
    json_error_t error;

    if (str_trim(line).len == 0)
        return ERR_NONE;
    json_t *root = json_loadb(line.at, line.len, JSON_ALLOW_NUL, &error);
    if (!root)
        return err_raise(ERR_INPUT, "redact: not a JSON object");
    enum err err = redact_form_find_in(redact, root);
    json_decref(root);
    return err;
}
