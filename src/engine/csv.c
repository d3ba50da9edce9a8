/* RFC 4180. It never guesses: a row with too many or too few cells is a mistake with a line. */
#include "engine/csv.h"

#include <string.h>

struct csv_reader {
    char *at, *end; /* a copy in the arena: a cell loses its quotes where it lies */
    unsigned line;
    const char *what;
};

/* One cell, unquoted in place; *last is set at the end of a row. */
static enum err
csv_cell(struct csv_reader *reader, str *out, bool *last)
{
    size_t len = 0;
    char *to = reader->at;
    bool quoted = reader->at < reader->end && *reader->at == '"';

    for (reader->at += quoted; reader->at < reader->end; reader->at++) {
        char c = *reader->at;
        if (quoted && c == '"') {
            if (reader->at + 1 == reader->end || reader->at[1] != '"') {
                reader->at++;
                quoted = false;
                break;
            }
            reader->at++;
        } else if (!quoted && (c == ',' || c == '\n' || c == '\r')) {
            break;
        }
        reader->line += c == '\n';
        if (len == 65535) {
            reader->what = "a cell has at most 65,535 bytes";
            return err_raise(ERR_INPUT, "csv: cell too long");
        }
        to[len++] = c;
    }
    if (quoted) {
        reader->what = "a quote is opened and not closed";
        return err_raise(ERR_INPUT, "csv: open quote");
    }
    *out = str_bytes(to, len);
    if (reader->at < reader->end && *reader->at == ',') {
        reader->at++;
        *last = false;
        return ERR_NONE;
    }
    if (reader->at < reader->end && *reader->at == '\r')
        reader->at++;
    if (reader->at < reader->end && *reader->at != '\n') {
        reader->what = "after a closing quote comes a comma or the end of the line";
        return err_raise(ERR_INPUT, "csv: text after a quote");
    }
    reader->line += reader->at < reader->end;
    reader->at += reader->at < reader->end;
    *last = true;
    return ERR_NONE;
}

static enum err
csv_head(struct csv_reader *reader, struct csv *csv)
{
    for (bool last = false; !last; csv->column_count++) {
        if (csv->column_count == CSV_COLUMNS_MAX) {
            reader->what = "at most 64 columns";
            return err_raise(ERR_INPUT, "csv: too many columns");
        }
        TRY(csv_cell(reader, &csv->column[csv->column_count], &last));
    }
    return ERR_NONE;
}

static enum err
csv_rows(struct csv_reader *reader, struct csv *csv)
{
    while (reader->at < reader->end) {
        unsigned line = reader->line;
        size_t count = 0;
        str cell;
        for (bool last = false; !last; count++) {
            TRY(csv_cell(reader, &cell, &last));
            if (count < csv->column_count)
                csv->cell[csv->row_count * csv->column_count + count] = cell;
        }
        if (count == 1 && csv->cell[csv->row_count * csv->column_count].len == 0)
            continue;
        if (count != csv->column_count) {
            reader->line = line;
            reader->what = "this row has more or fewer cells than the first line has names; quote cells that hold a comma";
            return err_raise(ERR_INPUT, "csv: cells in a row");
        }
        csv->line[csv->row_count++] = line;
    }
    return ERR_NONE;
}

enum err
csv_parse(struct arena *arena, str text, struct csv *out, unsigned *line, const char **what)
{
    struct csv csv = {.column_count = 0};
    struct csv_reader reader = {NULL, NULL, 1, "not UTF-8"};
    size_t lines = 1;
    void *piece = NULL;

    *line = 1;
    *what = "the file is too large";
    TRY(arena_take(arena, text.len + 1, 1, &piece));
    memcpy(piece, text.at, text.len);
    reader.at = piece;
    reader.end = reader.at + text.len;
    enum err err = str_is_utf8(text) ? ERR_NONE : err_raise(ERR_INPUT, "csv: not UTF-8");

    if (err == ERR_NONE && str_has_prefix(text, STR("\xEF\xBB\xBF")))
        reader.at += 3;
    for (size_t i = 0; i < text.len; i++)
        lines += text.at[i] == '\n';
    if (err == ERR_NONE)
        err = csv_head(&reader, &csv);
    if (err == ERR_NONE)
        err = arena_take(arena, lines * csv.column_count, sizeof(str), &piece);
    csv.cell = piece;
    if (err == ERR_NONE)
        err = arena_take(arena, lines, sizeof(unsigned), &piece);
    csv.line = piece;
    if (err == ERR_NONE)
        err = csv_rows(&reader, &csv);
    *line = reader.line;
    *what = err == ERR_LIMIT ? "the file is too large" : reader.what;
    TRY(err);
    *out = csv;
    return ERR_NONE;
}

size_t
csv_find(const struct csv *csv, str column)
{
    for (size_t i = 0; i < csv->column_count; i++)
        if (str_is(csv->column[i], column))
            return i;
    return SIZE_MAX;
}
