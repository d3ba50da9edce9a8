/* JSON lines, read twice: once for the columns, once for the cells. It keeps no JSON. */
#include "engine/jsonl.h"

#include "base/buf.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#define JSONL_CELL_MAX ((size_t)65535)

struct jsonl {
    struct arena *arena;
    struct csv csv;
    unsigned line;
    bool is_fill;
    const char *what;
};

static enum err
jsonl_refuse(struct jsonl *reader, const char *what)
{
    reader->what = what;
    return err_raise(ERR_INPUT, "jsonl: not readable");
}

/* A string, number or truth value as text; false when it is something else. */
static bool
jsonl_scalar(const json_t *value, char number[32], str *out)
{
    if (json_is_string(value))
        *out = str_bytes(json_string_value(value), json_string_length(value));
    else if (json_is_integer(value))
        *out = str_bytes(number, (size_t)snprintf(number, 32, "%" JSON_INTEGER_FORMAT, json_integer_value(value)));
    else if (json_is_real(value))
        *out = str_bytes(number, (size_t)snprintf(number, 32, "%.15g", json_real_value(value)));
    else if (json_is_boolean(value))
        *out = json_is_true(value) ? STR("true") : STR("false");
    else if (json_is_null(value))
        *out = STR("");
    else
        return false;
    return true;
}

static enum err
jsonl_list(struct jsonl *reader, const json_t *list, struct buf *out)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        char number[32];
        str text;
        if (!jsonl_scalar(json_array_get(list, i), number, &text))
            return jsonl_refuse(reader, "a list holds strings and numbers only");
        if (out->len + text.len + 2 > JSONL_CELL_MAX)
            return jsonl_refuse(reader, "a value has at most 65,535 bytes");
        TRY(buf_add_str(out, i > 0 ? STR(", ") : STR("")));
        TRY(buf_add_str(out, text));
    }
    return ERR_NONE;
}

static enum err
jsonl_column(struct jsonl *reader, str name, size_t *out)
{
    struct csv *csv = &reader->csv;

    *out = csv_find(csv, name);
    if (*out != SIZE_MAX)
        return ERR_NONE;
    if (csv->column_count == CSV_COLUMNS_MAX)
        return jsonl_refuse(reader, "at most 64 different members");
    *out = csv->column_count;
    TRY(arena_take_str(reader->arena, name, &csv->column[*out]));
    csv->column_count++;
    return ERR_NONE;
}

static enum err
jsonl_cell(struct jsonl *reader, str name, const json_t *value)
{
    BUF_SCOPE(list, JSONL_CELL_MAX + 1);
    size_t column;
    char number[32];
    str text;

    TRY(jsonl_column(reader, name, &column));
    if (json_is_array(value)) {
        TRY(jsonl_list(reader, value, &list));
        text = buf_str(&list);
    } else if (!jsonl_scalar(value, number, &text)) {
        return jsonl_refuse(reader, "an object inside an object inside an object is not read");
    }
    if (text.len > JSONL_CELL_MAX)
        return jsonl_refuse(reader, "a value has at most 65,535 bytes");
    return reader->is_fill ? arena_take_str(reader->arena, text, &reader->csv.cell[reader->csv.row_count * reader->csv.column_count + column]) : ERR_NONE;
}

static enum err
jsonl_member(struct jsonl *reader, const char *key, json_t *value)
{
    char name[128];
    const char *inner;
    json_t *part;

    if (!json_is_object(value))
        return jsonl_cell(reader, str_from(key), value);
    json_object_foreach(value, inner, part) {
        int len = snprintf(name, sizeof name, "%s_%s", key, inner);
        if (len < 0 || (size_t)len >= sizeof name)
            return jsonl_refuse(reader, "the name of a member is too long");
        TRY(jsonl_cell(reader, str_bytes(name, (size_t)len), part));
    }
    return ERR_NONE;
}

static enum err
jsonl_row(struct jsonl *reader, str line)
{
    json_error_t error;
    json_t *row = json_loadb(line.at, line.len, JSON_REJECT_DUPLICATES, &error);
    const char *key;
    json_t *value;
    enum err err = json_is_object(row) ? ERR_NONE : jsonl_refuse(reader, "each line is one JSON object, for example {\"id\":\"A1\",\"title\":\"Mug\",\"price\":12.5}");

    json_object_foreach(row, key, value)
        if (err == ERR_NONE)
            err = jsonl_member(reader, key, value);
    if (err == ERR_NONE && reader->is_fill)
        reader->csv.line[reader->csv.row_count] = reader->line;
    reader->csv.row_count += err == ERR_NONE;
    json_decref(row);
    return err;
}

static enum err
jsonl_rows(struct jsonl *reader, str text)
{
    str line;

    reader->line = 0;
    reader->csv.row_count = 0;
    while (str_split(&text, '\n', &line)) {
        reader->line++;
        line = str_trim(line);
        if (line.len > 0)
            TRY(jsonl_row(reader, line));
    }
    return ERR_NONE;
}

enum err
jsonl_parse(struct arena *arena, str text, struct csv *out, unsigned *line, const char **what)
{
    struct jsonl reader = {.arena = arena, .line = 1, .what = "the file is too large"};
    void *piece = NULL;

    if (str_has_prefix(text, STR("\xEF\xBB\xBF")))
        text = str_slice(text, 3, text.len);
    enum err err = jsonl_rows(&reader, text);
    if (err == ERR_NONE)
        err = arena_take(arena, reader.csv.row_count * reader.csv.column_count + 1, sizeof(str), &piece);
    reader.csv.cell = piece;
    if (err == ERR_NONE)
        err = arena_take(arena, reader.csv.row_count + 1, sizeof(unsigned), &piece);
    reader.csv.line = piece;
    reader.is_fill = true;
    if (err == ERR_NONE)
        err = jsonl_rows(&reader, text);
    *line = reader.line > 0 ? reader.line : 1;
    *what = reader.what;
    TRY(err);
    *out = reader.csv;
    return ERR_NONE;
}
