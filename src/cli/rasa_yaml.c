/* The YAML of a Rasa project: every node that is read is marked, and what has no mark in the end was not carried over. It never follows a
 * name out of the file. */
#include "cli/rasa_private.h"

#include "base/alloc.h"

#include <stdio.h>
#include <string.h>

static struct rasa_at
rasa_yaml_at(struct rasa_file *file, int index)
{
    yaml_node_t *node = yaml_document_get_node(&file->document, index);

    if (node) {
        if (file->used[node - file->document.nodes.start] == RASA_UNSEEN)
            file->used[node - file->document.nodes.start] = RASA_READ;
    }
    return (struct rasa_at){file, node};
}

enum err
rasa_yaml_load(struct rasa *rasa, struct rasa_file *file, str text, char fault[512])
{
    yaml_parser_t parser;
    void *piece = NULL;

    if (!str_is_utf8(text)) {
        snprintf(fault, 512, "%s:1: the file is not UTF-8", file->path);
        return err_raise(ERR_INPUT, "rasa: not UTF-8");
    }
    if (!yaml_parser_initialize(&parser))
        return err_raise(ERR_MEMORY, "rasa: no YAML parser");
    yaml_parser_set_input_string(&parser, (const unsigned char *)text.at, text.len);
    bool done = yaml_parser_load(&parser, &file->document);
    if (!done)
        snprintf(fault, 512, "%s:%zu: this is not YAML: %s", file->path, parser.problem_mark.line + 1, parser.problem ? parser.problem : "?");
    yaml_parser_delete(&parser);
    if (!done)
        return err_raise(ERR_INPUT, "rasa: not YAML");
    file->has_document = true;
    TRY(arena_take(rasa->arena, (size_t)(file->document.nodes.top - file->document.nodes.start) + 1, 1, &piece));
    file->used = piece;
    return ERR_NONE;
}

struct rasa_at
rasa_yaml_root(struct rasa_file *file)
{
    return file->has_document && file->document.nodes.top > file->document.nodes.start ? rasa_yaml_at(file, 1) : (struct rasa_at){file, NULL};
}

bool
rasa_yaml_is_map(struct rasa_at at)
{
    return at.node && at.node->type == YAML_MAPPING_NODE;
}

bool
rasa_yaml_is_list(struct rasa_at at)
{
    return at.node && at.node->type == YAML_SEQUENCE_NODE;
}

bool
rasa_yaml_is_null(struct rasa_at at)
{
    str text = rasa_yaml_text(at);
    bool is_plain = at.node && at.node->type == YAML_SCALAR_NODE && at.node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;

    return !at.node || (is_plain && (text.len == 0 || str_is(text, STR("null")) || str_is(text, STR("~"))));
}

size_t
rasa_yaml_count(struct rasa_at at)
{
    if (rasa_yaml_is_map(at))
        return (size_t)(at.node->data.mapping.pairs.top - at.node->data.mapping.pairs.start);
    return rasa_yaml_is_list(at) ? (size_t)(at.node->data.sequence.items.top - at.node->data.sequence.items.start) : 0;
}

str
rasa_yaml_text(struct rasa_at at)
{
    return at.node && at.node->type == YAML_SCALAR_NODE ? str_bytes(at.node->data.scalar.value, at.node->data.scalar.length) : (str){"", 0};
}

struct rasa_place
rasa_yaml_place(struct rasa_at at)
{
    return (struct rasa_place){at.file->path, at.node ? (unsigned)at.node->start_mark.line + 1 : 1};
}

struct rasa_at
rasa_yaml_pair(struct rasa_at map, size_t i, str *key, struct rasa_place *place)
{
    const yaml_node_pair_t *pair = map.node->data.mapping.pairs.start + i;
    struct rasa_at name = rasa_yaml_at(map.file, pair->key);

    *key = rasa_yaml_text(name);
    if (place)
        *place = rasa_yaml_place(name);
    return rasa_yaml_at(map.file, pair->value);
}

struct rasa_at
rasa_yaml_item(struct rasa_at list, size_t i)
{
    return rasa_yaml_at(list.file, list.node->data.sequence.items.start[i]);
}

struct rasa_at
rasa_yaml_get(struct rasa_at map, const char *key)
{
    for (size_t i = 0; i < (rasa_yaml_is_map(map) ? rasa_yaml_count(map) : 0); i++) {
        const yaml_node_pair_t *pair = map.node->data.mapping.pairs.start + i;
        struct rasa_at name = {map.file, yaml_document_get_node(&map.file->document, pair->key)};
        if (!str_is(rasa_yaml_text(name), str_from(key)))
            continue;
        (void)rasa_yaml_at(map.file, pair->key);
        return rasa_yaml_at(map.file, pair->value);
    }
    return (struct rasa_at){map.file, NULL};
}

/* Marks the nodes below, each once: an alias may lead back. */
static void
rasa_yaml_mark(struct rasa_file *file, int index, unsigned depth)
{
    yaml_node_t *node = yaml_document_get_node(&file->document, index);

    if (!node || depth > RASA_DEPTH_MAX)
        return;
    file->used[node - file->document.nodes.start] = RASA_LEFT;
    struct rasa_at at = {file, node};
    for (size_t i = 0; i < rasa_yaml_count(at); i++) {
        int pieces[2] = {0, 0};
        if (rasa_yaml_is_map(at)) {
            pieces[0] = node->data.mapping.pairs.start[i].key;
            pieces[1] = node->data.mapping.pairs.start[i].value;
        } else {
            pieces[0] = node->data.sequence.items.start[i];
        }
        for (size_t k = 0; k < 2; k++) {
            const yaml_node_t *below = yaml_document_get_node(&file->document, pieces[k]);
            if (below && file->used[below - file->document.nodes.start] != RASA_LEFT)
                rasa_yaml_mark(file, pieces[k], depth + 1);
        }
    }
}

void
rasa_yaml_leave(struct rasa_at at)
{
    if (at.node)
        rasa_yaml_mark(at.file, (int)(at.node - at.file->document.nodes.start) + 1, 0);
}

/* A list of texts, or of maps with a text, as Rasa writes examples that carry metadata. */
static enum err
rasa_yaml_list_lines(struct rasa *rasa, struct rasa_at at, struct rasa_reader reader)
{
    for (size_t i = 0; i < rasa_yaml_count(at); i++) {
        struct rasa_at item = rasa_yaml_item(at, i);
        str text = str_trim(rasa_yaml_text(rasa_yaml_is_map(item) ? rasa_yaml_get(item, "text") : item));
        if (text.len > 1 && str_has_prefix(text, STR("- ")))
            text = str_trim(str_slice(text, 1, text.len));
        if (text.len > 0)
            TRY(reader.use(rasa, reader.context, text, rasa_yaml_place(item)));
    }
    return ERR_NONE;
}

enum err
rasa_yaml_lines(struct rasa *rasa, struct rasa_at at, struct rasa_reader reader)
{
    str rest = rasa_yaml_text(at), line;
    struct rasa_place place = rasa_yaml_place(at);

    if (rasa_yaml_is_list(at))
        return rasa_yaml_list_lines(rasa, at, reader);
    bool is_block = at.node && at.node->type == YAML_SCALAR_NODE && at.node->data.scalar.style == YAML_LITERAL_SCALAR_STYLE;
    while (str_split(&rest, '\n', &line)) {
        place.line += is_block;
        line = str_trim(line);
        if (str_has_prefix(line, STR("-")))
            line = str_trim(str_slice(line, 1, line.len));
        if (line.len > 0)
            TRY(reader.use(rasa, reader.context, line, place));
    }
    return ERR_NONE;
}

struct rasa_sweep {
    struct rasa *rasa;
    struct rasa_file *file;
    bool *seen;
};

static enum err
rasa_yaml_note_left(struct rasa_sweep *sweep, const yaml_node_t *name, const yaml_node_t *value)
{
    struct rasa_at label = {sweep->file, (yaml_node_t *)(uintptr_t)name};
    str text = rasa_yaml_text(label), first = text;

    (void)str_split(&text, '\n', &first);
    rasa_yaml_leave((struct rasa_at){sweep->file, (yaml_node_t *)(uintptr_t)value});
    rasa_yaml_leave(label);
    return rasa_note(sweep->rasa, RASA_LOST, rasa_yaml_place(label), "\"%.*s\"", STR_ARG(str_slice(first, 0, 120)));
}

static enum err
rasa_yaml_sweep_node(struct rasa_sweep *sweep, const yaml_node_t *node, unsigned depth)
{
    struct rasa_file *file = sweep->file;
    const yaml_node_t *start = file->document.nodes.start;

    if (sweep->seen[node - start] || depth > RASA_DEPTH_MAX)
        return ERR_NONE;
    sweep->seen[node - start] = true;
    struct rasa_at at = {file, (yaml_node_t *)(uintptr_t)node};
    for (size_t i = 0; i < rasa_yaml_count(at); i++) {
        bool is_map = rasa_yaml_is_map(at);
        const yaml_node_t *value = yaml_document_get_node(&file->document, is_map ? node->data.mapping.pairs.start[i].value : node->data.sequence.items.start[i]);
        const yaml_node_t *name = is_map ? yaml_document_get_node(&file->document, node->data.mapping.pairs.start[i].key) : value;
        bool is_left = !file->used[name - start] || !file->used[value - start];
        if (is_left)
            TRY(rasa_yaml_note_left(sweep, name, value));
        else
            TRY(rasa_yaml_sweep_node(sweep, value, depth + 1));
    }
    return ERR_NONE;
}

enum err
rasa_yaml_sweep(struct rasa *rasa)
{
    for (struct rasa_file *file = rasa->files; file; file = file->next) {
        void *piece = NULL;
        if (!file->has_document || file->document.nodes.top == file->document.nodes.start)
            continue;
        TRY(arena_take(rasa->arena, (size_t)(file->document.nodes.top - file->document.nodes.start) + 1, sizeof(bool), &piece));
        struct rasa_sweep sweep = {rasa, file, piece};
        TRY(rasa_yaml_sweep_node(&sweep, file->document.nodes.start, 0));
    }
    return ERR_NONE;
}
