/* The settings. It never keeps a value that is out of its range, and never goes on with a name that it does not know. */
#include "base/conf.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

enum conf_kind { CONF_INT, CONF_TEXT, CONF_PATH };

static const struct conf_row {
    const char *name;
    enum conf_kind kind;
    size_t offset;
    int64_t min, max, number;
    const char *text, *unit, *about;
} rows[] = {
#define ROW_INT(name, min, max, value, unit, about) {#name, CONF_INT, offsetof(struct conf, name), min, max, value, "", unit, about}
#define ROW_TEXT(name, value, unit, about) {#name, CONF_TEXT, offsetof(struct conf, name), 0, 0, 0, value, unit, about}
#define ROW_PATH(name, value, unit, about) {#name, CONF_PATH, offsetof(struct conf, name), 0, 0, 0, value, unit, about}
    ROW_PATH(data, "data", "folder", "Conversations and slots. Belongs to the user that Privet runs as; nobody else may read it."),
    ROW_PATH(bot, "bot", "folder", "The bot: bot.yaml, knowledge, products, chats. Read again whenever a file in it is saved."),
    ROW_TEXT(site, "demo", "name", "The site's name, in the address of its widget: /w/NAME."),
    ROW_TEXT(origin, "http://localhost:8080", "origin", "The chat's own public origin, as browsers see it."),
    ROW_TEXT(origins, "", "origins", "Origins of the pages that may show the widget, with blanks between. Empty: only the full-page chat works."),
    ROW_TEXT(home, "", "origin", "Where links of the bot that begin with a slash lead. Empty: the first of `origins`, else `origin`."),
    ROW_TEXT(listen, "127.0.0.1", "address", "The address to listen on."),
    ROW_INT(port, 1, 65535, 8080, "port", "The port to listen on."),
    ROW_PATH(tls_cert, "", "file", "The certificate chain, PEM. With tls_key: Privet speaks HTTPS itself."),
    ROW_PATH(tls_key, "", "file", "The certificate's private key, PEM."),
    ROW_PATH(key_file, "keys/online.key", "file", "ONLINE and MASTER, made by `privet init`. Mode 0600."),
    ROW_TEXT(root, "", "verifier key", "ROOT's public half, made by `privet init`; for the full-page chat, which no snippet pins."),
    ROW_TEXT(operator, "the operator of this site", "name", "Who runs this chat; shown in the notice."),
    ROW_TEXT(contact, "", "e-mail", "Where visitors and finders of weaknesses can write; shown in the notice and in security.txt."),
    ROW_TEXT(run_as, "nobody", "user", "The user to become when started as root."),
    ROW_TEXT(landlock, "require", "require or off", "Whether to refuse to start on a kernel without Landlock."),
    ROW_INT(threads_core, 1, 256, 4, "threads", "Threads that run turns. A turn that waits for the disk needs none."),
    ROW_INT(turns_max, 1, 4096, 256, "turns", "Turns that may be at work or wait for the disk at the same time."),
    ROW_INT(sessions_max, 1, 10000000, 20000, "sessions", "Open chats that core remembers; older ones shake hands again, unnoticed."),
    ROW_INT(queue_max, 1, 65536, 1024, "turns", "Turns that may wait. When as many wait, a visitor is told to try again."),
    ROW_INT(retention_days, 1, 3650, 30, "days", "How long a conversation is kept after its last message. Shown to visitors."),
    ROW_INT(connections_max, 16, 1000000, 12000, "connections", "Open connections. Near the limit those that have been idle longest make room."),
    ROW_INT(connections_per_address, 1, 1000000, 256, "connections", "Open connections of one address: of IPv4, or the first 56 bits of IPv6."),
    ROW_INT(handshakes_per_s, 1, 100000, 5, "per second", "Chats that one address may open in the long run, and eight times as many at once. More cost the browser a proof of work; nobody is shut out."),
    ROW_INT(site_handshakes_per_s, 1, 100000, 100, "per second", "Chats that all addresses together may open, and eight times as many at once, before each costs a proof of work."),
    ROW_INT(work_bits, 1, 22, 16, "bits", "The least proof of work: 2 to this power tries. It doubles as an address or all of them go on, up to 22."),
    ROW_INT(requests_per_min, 1, 1000000, 60, "per minute", "What one chat may ask in the long run, and twice as much at once. It then waits, and says so."),
    ROW_INT(device_messages_per_day, 1, 1000000, 2000, "per day", "Messages of one device, all at once or over the day. It then waits, and says so."),
    ROW_INT(cost_per_day, 1, 1000000000000, 1000000, "units", "What the site may spend on answers between two midnights (UTC). An answer of the bot costs 1; one by a model will cost its tokens. When it is spent, the chat says so."),
    ROW_INT(program_turns_per_s, 1, 100000, 20, "per second", "Requests that each API key may make (docs/programs.md). Without a key there is no such interface."),
    ROW_TEXT(proxies, "", "addresses", "Reverse proxies that stand before the chat, with blanks between: addresses are then taken from X-Forwarded-For."),
    ROW_INT(idle_timeout_s, 5, 3600, 30, "seconds", "A connection that asks nothing for so long is closed."),
    ROW_INT(request_timeout_s, 2, 3600, 20, "seconds", "How long a request's head, its body, and its answer may each take on the line."),
    ROW_INT(answer_step_ms, 0, 1000, 3, "milliseconds", "A turn's answer leaves in steps of so much after its request, so that the time it took does not tell what it was about. 0: at once."),
};
#define ROW_COUNT (sizeof rows / sizeof *rows)

static const struct conf_row *
conf_find(str name)
{
    for (size_t i = 0; i < ROW_COUNT; i++)
        if (str_is(name, str_from(rows[i].name)))
            return &rows[i];
    return NULL;
}

/* The name that shares the longest beginning: good enough for a slip of the finger. */
static const char *
conf_nearest(str name)
{
    size_t best = 0, best_row = 0;

    for (size_t i = 0; i < ROW_COUNT; i++) {
        size_t same = 0;
        while (same < name.len && rows[i].name[same] == name.at[same])
            same++;
        if (same > best) {
            best = same;
            best_row = i;
        }
    }
    return rows[best_row].name;
}

static enum err
conf_set(struct conf *conf, const struct conf_row *row, str value, struct conf_fault *fault)
{
    char *at = (char *)conf + row->offset;
    uint64_t number = 0;

    if (row->kind == CONF_INT) {
        if (str_parse_u64(value, (uint64_t)row->max, &number) != ERR_NONE || number < (uint64_t)row->min) {
            snprintf(fault->text, sizeof fault->text, "%s wants a number from %lld to %lld; write for example: %s: %lld", row->name,
                     (long long)row->min, (long long)row->max, row->name, (long long)row->number);
            return err_raise(ERR_INPUT, "conf: not a number in range");
        }
        int64_t signed_number = (int64_t)number;
        memcpy(at, &signed_number, sizeof signed_number);
        return ERR_NONE;
    }
    if (value.len >= CONF_TEXT_MAX || memchr(value.at, '\n', value.len) || memchr(value.at, 0, value.len)) {
        snprintf(fault->text, sizeof fault->text, "%s wants one line of at most %zu bytes", row->name, CONF_TEXT_MAX - 1);
        return err_raise(ERR_INPUT, "conf: text too long");
    }
    memcpy(at, value.at, value.len);
    at[value.len] = 0;
    return ERR_NONE;
}

/* A relative path in a file counts from that file's folder. */
static enum err
conf_set_from_file(struct conf *conf, const struct conf_row *row, str value, struct conf_fault *fault)
{
    const char *slash = strrchr(fault->file, '/');

    if (row->kind != CONF_PATH || value.len == 0 || value.at[0] == '/' || !slash)
        return conf_set(conf, row, value, fault);
    BUF_SCOPE(path, CONF_TEXT_MAX);
    TRY(buf_add(&path, fault->file, (size_t)(slash - fault->file) + 1));
    TRY(buf_add_str(&path, value));
    return conf_set(conf, row, buf_str(&path), fault);
}

static enum err
conf_parse_pair(struct conf *conf, yaml_document_t *document, const yaml_node_pair_t *pair, struct conf_fault *fault)
{
    yaml_node_t *key = yaml_document_get_node(document, pair->key), *value = yaml_document_get_node(document, pair->value);

    fault->line = (unsigned)key->start_mark.line + 1;
    fault->column = (unsigned)key->start_mark.column + 1;
    if (key->type != YAML_SCALAR_NODE || value->type != YAML_SCALAR_NODE) {
        snprintf(fault->text, sizeof fault->text, "a setting is one line: name: value");
        return err_raise(ERR_INPUT, "conf: not a scalar");
    }
    str name = str_bytes(key->data.scalar.value, key->data.scalar.length);
    const struct conf_row *row = conf_find(name);
    if (!row) {
        snprintf(fault->text, sizeof fault->text, "there is no setting \"%.*s\"; did you mean \"%s\"? `privet explain` lists all",
                 STR_ARG(str_slice(name, 0, 64)), conf_nearest(name));
        return err_raise(ERR_INPUT, "conf: unknown setting");
    }
    fault->column = (unsigned)value->start_mark.column + 1;
    return conf_set_from_file(conf, row, str_bytes(value->data.scalar.value, value->data.scalar.length), fault);
}

static enum err
conf_parse(FILE *file, struct conf *conf, struct conf_fault *fault)
{
    yaml_parser_t parser;
    yaml_document_t document;
    enum err err = ERR_NONE;

    if (!yaml_parser_initialize(&parser))
        return err_raise(ERR_MEMORY, "conf: no parser");
    yaml_parser_set_input_file(&parser, file);
    if (!yaml_parser_load(&parser, &document)) {
        fault->line = (unsigned)parser.problem_mark.line + 1;
        fault->column = (unsigned)parser.problem_mark.column + 1;
        snprintf(fault->text, sizeof fault->text, "not YAML: %s", parser.problem ? parser.problem : "unreadable");
        yaml_parser_delete(&parser);
        return err_raise(ERR_INPUT, "conf: not YAML");
    }
    yaml_node_t *root = yaml_document_get_root_node(&document);
    if (root && root->type != YAML_MAPPING_NODE) {
        fault->line = fault->column = 1;
        snprintf(fault->text, sizeof fault->text, "settings are lines of name: value");
        err = err_raise(ERR_INPUT, "conf: not a mapping");
    } else if (root) {
        for (yaml_node_pair_t *pair = root->data.mapping.pairs.start; pair < root->data.mapping.pairs.top && err == ERR_NONE; pair++)
            err = conf_parse_pair(conf, &document, pair, fault);
    }
    yaml_document_delete(&document);
    yaml_parser_delete(&parser);
    return err;
}

static enum err
conf_read_environment(struct conf *conf, struct conf_fault *fault)
{
    char name[64];

    snprintf(fault->file, sizeof fault->file, "the environment");
    fault->line = fault->column = 0;
    for (size_t i = 0; i < ROW_COUNT; i++) {
        snprintf(name, sizeof name, "PRIVET_%s", rows[i].name);
        for (char *at = name; *at; at++)
            *at = *at >= 'a' && *at <= 'z' ? (char)(*at - 32) : *at;
        const char *value = getenv(name);
        if (value)
            TRY(conf_set(conf, &rows[i], str_from(value), fault));
    }
    return ERR_NONE;
}

static enum err
conf_check(const struct conf *conf, struct conf_fault *fault)
{
    str rest = str_from(conf->origins), one;

    if ((conf->tls_cert[0] == 0) != (conf->tls_key[0] == 0)) {
        snprintf(fault->text, sizeof fault->text, "tls_cert and tls_key belong together; set both or none");
        return err_raise(ERR_INPUT, "conf: half of TLS");
    }
    /* The frame may keep its own origin only because the page around it has another (reference: the sandbox's flags). */
    while (str_split(&rest, ' ', &one))
        if (str_is(one, str_from(conf->origin))) {
            snprintf(fault->text, sizeof fault->text,
                     "origin and origins must differ: the chat needs an origin of its own, for example https://chat.example");
            return err_raise(ERR_INPUT, "conf: one origin for page and chat");
        }
    if (strcmp(conf->landlock, "require") != 0 && strcmp(conf->landlock, "off") != 0) {
        snprintf(fault->text, sizeof fault->text, "landlock is `require` or `off`");
        return err_raise(ERR_INPUT, "conf: landlock");
    }
    return ERR_NONE;
}

enum err
conf_read(const char *path, struct conf *out, struct conf_fault *fault)
{
    *fault = (struct conf_fault){.line = 0};
    *out = (struct conf){.port = 0};
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (rows[i].kind == CONF_INT)
            memcpy((char *)out + rows[i].offset, &rows[i].number, sizeof rows[i].number);
        else
            TRY(conf_set(out, &rows[i], str_from(rows[i].text), fault));
    }
    if (path) {
        snprintf(fault->file, sizeof fault->file, "%s", path);
        FILE *file = fopen(path, "re");
        if (!file) {
            snprintf(fault->text, sizeof fault->text, "can't be opened; `privet init FOLDER` makes one");
            return err_raise(ERR_IO, "conf: no file");
        }
        enum err err = conf_parse(file, out, fault);
        fclose(file);
        TRY(err);
    }
    TRY(conf_read_environment(out, fault));
    if (path)
        snprintf(fault->file, sizeof fault->file, "%s", path);
    return conf_check(out, fault);
}

static enum err
conf_write_default(const struct conf_row *row, struct buf *out)
{
    return row->kind == CONF_INT ? buf_add_text(out, "%lld", (long long)row->number)
                                 : buf_add_text(out, "%s", row->text[0] ? row->text : "(empty)");
}

enum err
conf_explain(str name, struct buf *out)
{
    const struct conf_row *row = conf_find(name);

    if (!row)
        return err_raise(ERR_ABSENT, "conf: no such setting");
    TRY(buf_add_text(out, "%s (%s)\n  %s\n  Default: ", row->name, row->unit, row->about));
    TRY(conf_write_default(row, out));
    if (row->kind == CONF_INT)
        TRY(buf_add_text(out, "; from %lld to %lld", (long long)row->min, (long long)row->max));
    TRY(buf_add_str(out, STR("\n  Environment: PRIVET_")));
    for (const char *at = row->name; *at; at++)
        TRY(buf_add_u8(out, (uint8_t)(*at >= 'a' && *at <= 'z' ? *at - 32 : *at)));
    return buf_add_u8(out, '\n');
}

enum err
conf_list(struct buf *out)
{
    for (size_t i = 0; i < ROW_COUNT; i++)
        TRY(buf_add_text(out, "%s\n", rows[i].name));
    return ERR_NONE;
}

enum err
conf_document(struct buf *out)
{
    TRY(buf_add_str(out, STR("# Settings\n\nMade by `privet explain --markdown` from the table in `src/base/conf.c`. A file of settings is YAML,"
                             " one `name: value` per line.\nThe environment goes before the file: `PRIVET_` and the name in upper case.\n\n"
                             "| setting | unit | default | range | meaning |\n|---|---|---|---|---|\n")));
    for (size_t i = 0; i < ROW_COUNT; i++) {
        TRY(buf_add_text(out, "| `%s` | %s | ", rows[i].name, rows[i].unit));
        TRY(conf_write_default(&rows[i], out));
        if (rows[i].kind == CONF_INT)
            TRY(buf_add_text(out, " | %lld–%lld", (long long)rows[i].min, (long long)rows[i].max));
        else
            TRY(buf_add_str(out, STR(" |")));
        TRY(buf_add_text(out, " | %s |\n", rows[i].about));
    }
    return ERR_NONE;
}
