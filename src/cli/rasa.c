/* A Rasa project from its folder to what becomes of it. Files are read in the order of their names, so that the same project gives the same bot.
 * It never runs anything of the project: Python is looked at for names alone. */
#include "cli/rasa_private.h"

#include "base/alloc.h"
#include "cli/bench_tsv.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum err
rasa_note(struct rasa *rasa, enum rasa_note_kind kind, struct rasa_place place, const char *format, ...)
{
    char text[1024];
    va_list list;

    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    for (char *at = text; *at; at++)
        *at = (unsigned char)*at < 0x20 ? ' ' : *at;
    for (const struct rasa_note *earlier = rasa->notes; earlier; earlier = earlier->next)
        if (earlier->place.line == place.line && earlier->place.file == place.file && str_is(earlier->text, str_from(text)))
            return ERR_NONE;
    RASA_ADD(rasa, struct rasa_note, note, rasa, notes);
    note->kind = kind;
    note->place = place;
    return arena_take_str(rasa->arena, str_from(text), &note->text);
}

unsigned
rasa_count_notes(const struct rasa *rasa, enum rasa_note_kind kind)
{
    unsigned count = 0;

    for (const struct rasa_note *note = rasa->notes; note; note = note->next)
        count += note->kind == kind;
    return count;
}

#define RASA_FIND(list)                                                                            \
    do {                                                                                           \
        for (; list && !str_is(list->name, name);)                                                 \
            list = list->next;                                                                     \
        return list;                                                                               \
    } while (0)

struct rasa_intent *
rasa_find_intent(const struct rasa *rasa, str name)
{
    struct rasa_intent *at = rasa->intents;
    RASA_FIND(at);
}

struct rasa_entity *
rasa_find_entity(const struct rasa *rasa, str name)
{
    struct rasa_entity *at = rasa->entities;
    RASA_FIND(at);
}

struct rasa_slot *
rasa_find_slot(const struct rasa *rasa, str name)
{
    struct rasa_slot *at = rasa->slots;
    RASA_FIND(at);
}

struct rasa_response *
rasa_find_response(const struct rasa *rasa, str name)
{
    struct rasa_response *at = rasa->responses;
    RASA_FIND(at);
}

struct rasa_form *
rasa_find_form(const struct rasa *rasa, str name)
{
    struct rasa_form *at = rasa->forms;
    RASA_FIND(at);
}

enum err
rasa_clean(struct rasa *rasa, str name, str *out)
{
    void *piece = NULL;

    TRY(arena_take(rasa->arena, name.len + 2, 1, &piece));
    char *to = piece;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];
        bool is_good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
        to[i] = is_good ? c : '_';
    }
    if (name.len == 0)
        to[0] = '_';
    *out = str_bytes(to, name.len > 0 ? name.len : 1);
    return ERR_NONE;
}

enum err
rasa_intent_add(struct rasa *rasa, str name, struct rasa_place place, struct rasa_intent **out)
{
    str clean;

    *out = rasa_find_intent(rasa, name);
    if (*out)
        return ERR_NONE;
    TRY(rasa_clean(rasa, name, &clean));
    bool is_taken = str_is(clean, STR("bot")) || str_is(clean, STR("person"));
    for (const struct rasa_intent *at = rasa->intents; at; at = at->next)
        is_taken = is_taken || str_is(at->out, clean);
    if (is_taken)
        TRY(arena_take_text(rasa->arena, &clean, "%.*s_%zu", STR_ARG(clean), ++rasa->step_count));
    RASA_ADD(rasa, struct rasa_intent, intent, rasa, intents);
    intent->name = name;
    intent->out = clean;
    intent->place = place;
    *out = intent;
    return str_is(name, clean) ? ERR_NONE
                               : rasa_note(rasa, RASA_CHANGED, place, "the intent \"%.*s\" is named \"%.*s\"", STR_ARG(name), STR_ARG(clean));
}

enum err
rasa_entity_add(struct rasa *rasa, str name, struct rasa_place place, struct rasa_entity **out)
{
    *out = rasa_find_entity(rasa, name);
    if (*out)
        return ERR_NONE;
    RASA_ADD(rasa, struct rasa_entity, entity, rasa, entities);
    entity->name = name;
    entity->place = place;
    *out = entity;
    return ERR_NONE;
}

enum err
rasa_word_add(struct rasa *rasa, struct rasa_entity *entity, str value, str word)
{
    value = str_trim(value);
    word = str_trim(word);
    for (const struct rasa_word *at = entity->words; at; at = at->next)
        if (str_is(at->value, value) && str_is_nocase(at->word, word))
            return ERR_NONE;
    if (value.len == 0 || word.len == 0)
        return ERR_NONE;
    RASA_ADD(rasa, struct rasa_word, added, entity, words);
    added->value = value;
    added->word = word;
    return ERR_NONE;
}

enum err
rasa_response_add(struct rasa *rasa, str name, struct rasa_place place, struct rasa_response **out)
{
    *out = rasa_find_response(rasa, name);
    if (*out)
        return ERR_NONE;
    RASA_ADD(rasa, struct rasa_response, response, rasa, responses);
    response->name = name;
    response->place = place;
    *out = response;
    return rasa_clean(rasa, name, &response->out);
}

enum err
rasa_slot_add(struct rasa *rasa, str name, struct rasa_place place, struct rasa_slot **out)
{
    *out = rasa_find_slot(rasa, name);
    if (*out)
        return ERR_NONE;
    RASA_ADD(rasa, struct rasa_slot, slot, rasa, slots);
    slot->name = name;
    slot->place = place;
    *out = slot;
    return ERR_NONE;
}

/* ---- files ---- */

static int
rasa_is_entry(const struct dirent *entry)
{
    static const char *const skipped[] = {"models", "node_modules", "__pycache__", "venv", "results", "graph.html"};

    if (entry->d_name[0] == '.')
        return 0;
    for (size_t i = 0; i < sizeof skipped / sizeof *skipped; i++)
        if (strcmp(entry->d_name, skipped[i]) == 0)
            return 0;
    return 1;
}

/* Python: each class of an action, by its line. */
static enum err
rasa_read_python(struct rasa *rasa, const char *path, str text)
{
    str line;
    struct rasa_place place = {path, 0};
    unsigned found = 0;

    while (str_split(&text, '\n', &line)) {
        place.line++;
        size_t end = str_find(line, STR(":"));
        if (!str_has_prefix(line, STR("class ")))
            continue;
        found++;
        TRY(rasa_note(rasa, RASA_LOST, place, "Python: %.*s", STR_ARG(str_slice(line, 0, end < 160 ? end : 160))));
    }
    place.line = 1;
    return found > 0 ? ERR_NONE : rasa_note(rasa, RASA_LOST, place, "Python");
}

static enum err
rasa_read_file(struct rasa *rasa, const char *path, char fault[512])
{
    str name = str_from(path);
    char full[8192], *text = NULL;
    size_t len = 0, count = 0;
    bool is_yaml = str_has_suffix(name, STR(".yml")) || str_has_suffix(name, STR(".yaml")), is_python = str_has_suffix(name, STR(".py"));
    str kept;

    for (const struct rasa_file *at = rasa->files; at; at = at->next)
        count++;
    if (!is_yaml && !is_python) {
        bool is_old = str_has_suffix(name, STR(".md")) || str_has_suffix(name, STR(".json"));
        bool is_data = str_find(name, STR("data/")) != SIZE_MAX;
        return is_old && is_data ? rasa_note(rasa, RASA_LOST, (struct rasa_place){path, 1}, "not YAML; `rasa data convert` of Rasa 2 or 3 makes it so") : ERR_NONE;
    }
    if (count >= RASA_FILES_MAX)
        return err_raise(ERR_LIMIT, "rasa: more than 400 files");
    snprintf(full, sizeof full, "%s/%s", rasa->folder, path);
    TRY(bench_tsv_read_file(full, &text, &len));
    enum err err = len > RASA_BYTES_MAX ? err_raise(ERR_LIMIT, "rasa: a file of more than 4 MB") : arena_take_str(rasa->arena, str_bytes(text, len), &kept);
    alloc_free(&text);
    TRY(err);
    if (is_python)
        return rasa_read_python(rasa, path, kept);
    RASA_ADD(rasa, struct rasa_file, file, rasa, files);
    file->path = path;
    file->is_test = str_has_prefix(name, STR("test")) || str_find(name, STR("/test")) != SIZE_MAX;
    return rasa_yaml_load(rasa, file, kept, fault);
}

static enum err
rasa_read_folder(struct rasa *rasa, const char *below, unsigned depth, char fault[512])
{
    struct dirent **entries = NULL;
    char full[8192];
    enum err err = ERR_NONE;

    snprintf(full, sizeof full, "%s%s%s", rasa->folder, below[0] ? "/" : "", below);
    int count = scandir(full, &entries, rasa_is_entry, alphasort);
    if (count < 0)
        return err_raise(ERR_ABSENT, "rasa: there is no such folder");
    for (int i = 0; i < count; i++) {
        struct stat facts;
        str path = {"", 0};
        if (err == ERR_NONE)
            err = arena_take_text(rasa->arena, &path, "%s%s%s", below, below[0] ? "/" : "", entries[i]->d_name);
        if (err == ERR_NONE)
            snprintf(full, sizeof full, "%s/%s", rasa->folder, path.at);
        if (err == ERR_NONE && lstat(full, &facts) != 0)
            err = err_raise(ERR_IO, "rasa: a file can't be looked at");
        if (err == ERR_NONE && S_ISREG(facts.st_mode))
            err = rasa_read_file(rasa, path.at, fault);
        if (err == ERR_NONE && S_ISDIR(facts.st_mode) && depth < 8)
            err = rasa_read_folder(rasa, path.at, depth + 1, fault);
        alloc_free(&entries[i]);
    }
    alloc_free(&entries);
    return err;
}

static enum err
rasa_read_all(struct rasa *rasa, const char *folder, char fault[512])
{
    size_t len = strlen(folder);

    while (len > 1 && folder[len - 1] == '/')
        len--;
    if (len >= sizeof rasa->folder)
        return err_raise(ERR_LIMIT, "rasa: the folder's name is too long");
    memcpy(rasa->folder, folder, len);
    TRY(rasa_read_folder(rasa, "", 0, fault));
    /* Intents before stories name them, slots before forms ask for them. */
    enum err (*const parts[])(struct rasa *, struct rasa_at) = {rasa_setup_read, rasa_domain_read, rasa_nlu_read, rasa_story_read};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        for (struct rasa_file *file = rasa->files; file; file = file->next) {
            struct rasa_at top = rasa_yaml_root(file);
            if (rasa_yaml_is_map(top))
                TRY(parts[i](rasa, top));
        }
    return ERR_NONE;
}

enum err
rasa_make(const char *folder, char fault[512], struct rasa **out)
{
    void *piece = NULL;

    fault[0] = 0;
    TRY(alloc_make(1, sizeof(struct rasa), &piece));
    struct rasa *rasa = piece;
    rasa->language = STR("en");
    enum err err = arena_make(RASA_ARENA_BYTES, &rasa->arena);
    if (err == ERR_NONE)
        err = rasa_read_all(rasa, folder, fault);
    if (err != ERR_NONE) {
        rasa_free(&rasa);
        return err;
    }
    *out = rasa;
    return ERR_NONE;
}

void
rasa_free(struct rasa **rasa)
{
    if (!*rasa)
        return;
    for (struct rasa_file *file = (*rasa)->files; file; file = file->next)
        if (file->has_document)
            yaml_document_delete(&file->document);
    arena_free(&(*rasa)->arena);
    alloc_free(rasa);
}

enum err
rasa_settle(struct rasa *rasa, const struct rasa_answers *answers)
{
    rasa->answers = answers;
    TRY(rasa_flow_settle(rasa));
    TRY(rasa_calm_settle(rasa));
    TRY(rasa_field_settle(rasa));
    TRY(rasa_flow_gaps(rasa));
    return rasa_yaml_sweep(rasa);
}

static struct rasa_intent *
rasa_find_out(const struct rasa *rasa, str out)
{
    struct rasa_intent *at = rasa->intents;

    while (at && !str_is(at->out, out))
        at = at->next;
    return at;
}

enum err
rasa_set_person(struct rasa *rasa, str name)
{
    struct rasa_intent *intent = rasa_find_out(rasa, name);

    intent->is_person = true;
    return intent->flow || intent->action.len == 0 ? ERR_NONE : rasa_flow_of_action(rasa, intent);
}

enum err
rasa_set_bot(struct rasa *rasa, str name)
{
    struct rasa_intent *intent = rasa_find_out(rasa, name);
    struct rasa_response *answer = rasa->responses, *known = NULL;

    intent->is_bot = true;
    while (answer && !str_is(answer->out, intent->action))
        answer = answer->next;
    if (!answer || intent->action.len == 0)
        return ERR_NONE;
    TRY(rasa_response_add(rasa, STR("utter_bot"), intent->place, &known));
    if (!known->variants)
        known->variants = answer->variants;
    return ERR_NONE;
}

enum err
rasa_each_line(const struct rasa *rasa, enum err (*use)(void *context, const struct rasa_line *line), void *context)
{
    for (const struct rasa_story *story = rasa->stories; story; story = story->next)
        for (struct rasa_step *step = story->steps; step; step = step->next) {
            const struct rasa_intent *intent = rasa_find_intent(rasa, step->name);
            struct rasa_line line = {step->place.file, step->place.line, step->text, intent ? intent->out : step->name, &step->is_built_in};
            if (story->kind == RASA_TEST && step->kind == RASA_INTENT && step->text.len > 0 && step->name.len > 0)
                TRY(use(context, &line));
        }
    return ERR_NONE;
}

enum err
rasa_each_example(const struct rasa *rasa, enum err (*use)(void *context, const struct rasa_line *line), void *context)
{
    for (const struct rasa_intent *intent = rasa->intents; intent; intent = intent->next)
        for (const struct rasa_example *example = intent->examples; example; example = example->next) {
            struct rasa_line line = {example->place.file, example->place.line, {"", 0}, intent->out, NULL};
            TRY(rasa_nlu_plain((struct rasa *)(uintptr_t)rasa, example->text, &line.text));
            TRY(use(context, &line));
        }
    return ERR_NONE;
}
