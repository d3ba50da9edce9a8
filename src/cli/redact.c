/* privet redact: the same guard as in a conversation, as a Unix filter over text, JSON lines and CSV; and --find, which says where things
 * are instead of replacing them. It reads standard input or a file, writes standard output, keeps nothing. */
#include "cli/redact.h"

#include "cli/redact_form.h"
#include "cli/word.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REDACT_ARENA_BYTES ((size_t)64 << 20)

/* What was read last. */
struct redact_text {
    char *at;
    size_t size, lines;
    str read;
    enum err err;
};

static int
redact_types_list(void)
{
    char name[64];

    for (unsigned i = 0; i < pii_type_count(); i++) {
        struct pii_type type = pii_type_get(i);
        static const char *const actions[] = {"allow", "tag", "pseudonymise", "mask", "redact", "refuse"};
        printf("%-22.*s %-13s %s\n", STR_ARG(pii_type_name(i, name)), actions[type.action], type.about);
    }
    return WORD_DONE;
}

/* "CARD,EMAIL" to a set. A name that is the beginning of several ("US") stands for all of them. */
static enum err
redact_types(str list, uint8_t *types)
{
    str rest = list, part;
    char name[64];

    while (str_split(&rest, ',', &part)) {
        bool known = false;
        part = str_trim(part);
        for (unsigned i = 0; part.len > 0 && i < pii_type_count(); i++) {
            str type = pii_type_name(i, name);
            bool group = type.len > part.len && type.at[part.len] == '_' && str_is_nocase(str_slice(type, 0, part.len), part);
            if (str_is_nocase(type, part) || group) {
                pii_want(types, i);
                known = true;
            }
        }
        if (!known && part.len > 0)
            return err_raise(ERR_INPUT, "there is no such type; --types-list names them");
    }
    return ERR_NONE;
}

static void
redact_report(const struct redact *redact)
{
    char name[64];

    fprintf(stderr, "%zu lines, %zu changed\n", redact->lines, redact->changed);
    for (unsigned i = 0; i < pii_type_count(); i++)
        if (redact->counts[i] > 0)
            fprintf(stderr, "%-22.*s %zu\n", STR_ARG(pii_type_name(i, name)), redact->counts[i]);
}

/* One line; of CSV one record, which may go over several. False at the end. */
static bool
redact_read(struct redact *redact, FILE *in, bool is_csv, struct redact_text *text)
{
    ssize_t len;

    buf_reset(&redact->record);
    while ((len = getline(&text->at, &text->size, in)) >= 0) {
        str line = {text->at, (size_t)len};
        text->lines++;
        if (!is_csv || (redact->record.len == 0 && redact_form_csv_is_whole(line))) {
            text->read = line;
            return true;
        }
        text->err = buf_add_str(&redact->record, line);
        text->read = buf_str(&redact->record);
        if (text->err != ERR_NONE || redact_form_csv_is_whole(text->read))
            return true;
    }
    return redact->record.len > 0;
}

static enum err
redact_write(struct redact *redact, str read, enum err (*line)(struct redact *, str))
{
    bool ended = read.len > 0 && read.at[read.len - 1] == '\n';

    arena_reset(redact->arena);
    buf_reset(&redact->out);
    TRY(line(redact, str_slice(read, 0, read.len - ended)));
    if (ended)
        TRY(buf_add_u8(&redact->out, '\n'));
    redact->lines++;
    return fwrite(redact->out.at, 1, redact->out.len, stdout) == redact->out.len ? ERR_NONE : err_raise(ERR_IO, "can't write");
}

static int
redact_lines(struct redact *redact, FILE *in, enum err (*line)(struct redact *, str))
{
    struct redact_text text = {.err = ERR_NONE};

    while (text.err == ERR_NONE && redact_read(redact, in, line == redact_form_csv, &text))
        text.err = text.err == ERR_NONE ? redact_write(redact, text.read, line) : text.err;
    if (text.err == ERR_NONE && (ferror(in) || fflush(stdout) != 0))
        text.err = err_raise(ERR_IO, "can't read or write");
    (free)(text.at); /* getline's */
    if (text.err == ERR_NONE)
        return WORD_DONE;
    (void)fflush(stdout);
    fprintf(stderr, "privet: line %zu: %s\n", text.lines, err_text());
    return WORD_FAILED;
}

/* Fills in what the options say. */
static int
redact_options(struct redact *redact, const struct word_line *line)
{
    const char *types = word_value(line, "types", NULL), *rules = word_value(line, "policy", NULL);
    const char *country = word_value(line, "country", NULL), *asked = word_value(line, "asked", NULL);

    policy_init(&redact->policy);
    if (rules && policy_set(&redact->policy, str_from(rules)) != ERR_NONE)
        return word_fail(err_text(), ERR_NONE, WORD_USAGE);
    if (types) {
        if (redact_types(str_from(types), redact->types) != ERR_NONE)
            return word_fail(err_text(), ERR_NONE, WORD_USAGE);
        redact->base.types = redact->types;
    }
    if (country && strlen(country) == 2)
        for (size_t i = 0; i < 2; i++)
            redact->base.country[i] = (char)(country[i] & ~32);
    redact->base.asked = str_from(asked);
    redact->fields = str_from(word_value(line, "fields", NULL));
    return WORD_DONE;
}

static int
redact_stream(struct redact *redact, const struct word_line *line)
{
    const char *path = word_plain(line, 0);
    FILE *in = path ? fopen(path, "re") : stdin;

    if (!in)
        return word_fail(strerror(errno), ERR_NONE, WORD_FAILED);
    int code;
    if (word_has(line, "find"))
        code = redact_lines(redact, in, redact_form_find);
    else if (word_has(line, "json"))
        code = redact_lines(redact, in, redact_form_json);
    else if (word_has(line, "csv"))
        code = redact_lines(redact, in, redact_form_csv);
    else
        code = redact_lines(redact, in, redact_form_text);
    if (path)
        fclose(in);
    return code;
}

int
redact_run(const struct word_line *line)
{
    if (word_has(line, "types-list"))
        return redact_types_list();
    void *piece = NULL;
    if (alloc_make(1, sizeof(struct redact), &piece) != ERR_NONE)
        return word_fail("no memory", ERR_NONE, WORD_FAILED);
    struct redact *redact = piece;
    int code = redact_options(redact, line);
    buf_init(&redact->out, (size_t)256 << 20);
    buf_init(&redact->record, REDACT_RECORD_MAX);
    if (code == WORD_DONE && (pii_make(&redact->pii) != ERR_NONE || arena_make(REDACT_ARENA_BYTES, &redact->arena) != ERR_NONE))
        code = word_fail("no memory", ERR_NONE, WORD_FAILED);
    if (code == WORD_DONE)
        code = redact_stream(redact, line);
    if (code == WORD_DONE && word_has(line, "report"))
        redact_report(redact);
    buf_done(&redact->out);
    buf_done(&redact->record);
    arena_free(&redact->arena);
    pii_free(&redact->pii);
    alloc_free(&redact);
    return code;
}
