/* Reads tab-separated lines for measurements and mistypes texts in a repeatable way. It writes no file. */
#include "cli/bench_tsv.h"

#include "base/alloc.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum err
bench_tsv_read_file(const char *path, char **text, size_t *len)
{
    void *piece = NULL;
    size_t used = 0, room = 0, got;

    FILE *file = fopen(path, "re");
    if (!file)
        return errno == ENOENT ? err_raise(ERR_ABSENT, "bench: no such file") : err_raise(ERR_IO, "bench: file unreadable");
    enum err err = ERR_NONE;
    do {
        room = room * 2 + 65536;
        err = room > BENCH_TSV_BYTES_MAX ? err_raise(ERR_LIMIT, "bench: file too large") : alloc_grow(&piece, room + 1);
        got = err == ERR_NONE ? fread((char *)piece + used, 1, room - used, file) : 0;
        used += got;
    } while (err == ERR_NONE && used == room);
    if (err == ERR_NONE && ferror(file))
        err = err_raise(ERR_IO, "bench: file unreadable");
    fclose(file);
    if (err != ERR_NONE) {
        alloc_free(&piece);
        return err;
    }
    *text = piece;
    (*text)[used] = 0;
    *len = used;
    return ERR_NONE;
}

enum err
bench_tsv_read(const char *path, struct bench_tsv *out)
{
    struct bench_tsv tsv = {.text = NULL};
    size_t len = 0, lines = 1;
    void *piece = NULL;
    str rest, line;

    TRY(bench_tsv_read_file(path, &tsv.text, &len));
    for (size_t i = 0; i < len; i++)
        lines += tsv.text[i] == '\n';
    rest = str_bytes(tsv.text, len);
    enum err err = str_is_utf8(rest) ? alloc_make(lines, sizeof *tsv.rows, &piece) : err_raise(ERR_INPUT, "bench: not UTF-8");
    tsv.rows = piece;
    while (err == ERR_NONE && str_split(&rest, '\n', &line)) {
        line = str_has_suffix(line, STR("\r")) ? str_slice(line, 0, line.len - 1) : line;
        if (line.len == 0)
            continue;
        for (size_t i = 0; i < BENCH_TSV_COLUMNS_MAX && line.at; i++)
            (void)str_split(&line, '\t', &tsv.rows[tsv.count].column[i]);
        tsv.count++;
    }
    if (err != ERR_NONE)
        bench_tsv_free(&tsv);
    else
        *out = tsv;
    return err;
}

void
bench_tsv_free(struct bench_tsv *tsv)
{
    alloc_free(&tsv->rows);
    alloc_free(&tsv->text);
}

static uint32_t
mistype_draw(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (uint32_t)(*state >> 32);
}

static bool
mistype_is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* One error in a word of letters; returns how many bytes it has now. */
static size_t
mistype_word(uint64_t *state, const char *word, size_t len, char *to)
{
    size_t at = 1 + mistype_draw(state) % (len - 2), used = 0;
    uint32_t kind = mistype_draw(state) % 4;

    for (size_t i = 0; i < len; i++) {
        if (i == at && kind == 0)
            continue;
        if (i == at && kind == 1)
            to[used++] = word[i];
        if (i == at && kind == 2 && i + 1 < len) {
            to[used++] = word[i + 1];
            to[used++] = word[i++];
            continue;
        }
        to[used++] = i == at && kind == 3 ? (char)('a' + mistype_draw(state) % 26) : word[i];
    }
    return used;
}

enum err
bench_tsv_mistype(struct arena *arena, str text, unsigned percent, str *out)
{
    uint64_t state = 0xcbf29ce484222325u;
    size_t used = 0;
    void *piece = NULL;

    TRY(arena_take(arena, text.len * 2 + 1, 1, &piece));
    char *to = piece;
    for (size_t i = 0; i < text.len; i++)
        state = (state ^ (unsigned char)text.at[i]) * 0x100000001b3u;
    state |= 1;
    for (size_t at = 0; at < text.len;) {
        size_t end = at;
        while (end < text.len && mistype_is_letter(text.at[end]))
            end++;
        if (end - at >= 4 && mistype_draw(&state) % 100 < percent) {
            used += mistype_word(&state, text.at + at, end - at, to + used);
        } else {
            end = end > at ? end : at + 1;
            memcpy(to + used, text.at + at, end - at);
            used += end - at;
        }
        at = end;
    }
    *out = str_bytes(to, used);
    return ERR_NONE;
}
