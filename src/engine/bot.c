/* Compiles a folder to a bot and answers questions about it. Order: bot.yaml, knowledge, products, the model. */
#include "engine/bot_private.h"
#include "engine/lexicon.h"

#include "base/alloc.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BOT_FILE_MAX_BYTES ((size_t)4 << 20)

str
bot_text_get(const struct bot_text *text, size_t language)
{
    return language < BOT_LANGUAGES_MAX && text->at[language].len > 0 ? text->at[language] : text->at[0];
}

static enum err
bot_read_open(struct bot *bot, int fd, str *out)
{
    struct stat stat;
    void *piece = NULL;

    if (fstat(fd, &stat) != 0 || !S_ISREG(stat.st_mode))
        return err_raise(ERR_IO, "bot: not a file");
    if ((size_t)stat.st_size > BOT_FILE_MAX_BYTES)
        return err_raise(ERR_LIMIT, "bot: file too large");
    size_t size = (size_t)stat.st_size, used = 0;
    TRY(arena_take(bot->arena, size + 1, 1, &piece));
    while (used < size) {
        ssize_t got = read(fd, (char *)piece + used, size - used);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return err_raise(ERR_IO, "bot: file unreadable");
        if (got == 0)
            break;
        used += (size_t)got;
    }
    ((char *)piece)[used] = 0;
    str text = str_bytes(piece, used);
    if (str_has_prefix(text, STR("\xEF\xBB\xBF")))
        text = str_slice(text, 3, text.len);
    for (size_t i = 0; i < text.len; i++)
        bot->hash = (bot->hash ^ (unsigned char)text.at[i]) * 0x100000001B3u;
    *out = text;
    return ERR_NONE;
}

enum err
bot_read_file(struct bot *bot, str name, str *out)
{
    str path;

    TRY(arena_take_text(bot->arena, &path, "%.*s/%.*s", STR_ARG(bot->folder), STR_ARG(name)));
    int fd = open(path.at, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return errno == ENOENT || errno == ENOTDIR ? err_raise(ERR_ABSENT, "bot: no such file") : err_raise(ERR_IO, "bot: file unreadable");
    enum err err = bot_read_open(bot, fd, out);
    close(fd);
    return err;
}

#define BOT_FIND(what, list, member)                                                               \
    size_t bot_find_##what(const struct bot *bot, str name)                                        \
    {                                                                                              \
        for (size_t i = 0; i < bot->what##_count; i++)                                             \
            if (str_is(bot->list[i].member, name))                                                 \
                return i;                                                                          \
        return BOT_NONE;                                                                           \
    }
BOT_FIND(intent, intents, name)
BOT_FIND(slot, slots, name)
BOT_FIND(response, responses, name)
BOT_FIND(entity, entities, name)
BOT_FIND(table, tables, name)
BOT_FIND(flow, flows, id)
BOT_FIND(endpoint, endpoints, name)

static enum err
bot_fill(struct bot *bot, struct bot_fault *fault)
{
    TRY(smalltalk_make(&bot->smalltalk));
    TRY(bot_yaml_load(bot, fault));
    TRY(knowledge_load(bot, fault));
    TRY(catalog_load(bot, fault));
    TRY(mention_load(bot));
    return bot_learn_run(bot);
}

/* Of the articles and tables, which may be many. */
static size_t
bot_folder_bytes(const char *folder)
{
    static const char *const parts[] = {"knowledge", "tables", "."};
    char path[4096];
    size_t bytes = 0;

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct dirent *entry;
        struct stat facts;
        snprintf(path, sizeof path, "%s/%s", folder, parts[i]);
        DIR *open_folder = opendir(path);
        while (open_folder && (entry = readdir(open_folder)) != NULL)
            if (fstatat(dirfd(open_folder), entry->d_name, &facts, 0) == 0 && S_ISREG(facts.st_mode))
                bytes += (size_t)facts.st_size;
        if (open_folder)
            closedir(open_folder);
    }
    return bytes;
}

enum err
bot_make(const char *folder, struct bot_fault *fault, struct bot **out)
{
    struct arena *arena = NULL;
    void *piece = NULL;

    *fault = (struct bot_fault){.file = "bot.yaml"};
    TRY(arena_make(BOT_ARENA_BYTES + 8 * bot_folder_bytes(folder), &arena));
    if (arena_take(arena, 1, sizeof(struct bot), &piece) != ERR_NONE) {
        arena_free(&arena);
        return ERR_MEMORY;
    }
    struct bot *bot = piece;
    bot->arena = arena;
    bot->hash = 0xCBF29CE484222325u;
    bot->folder = str_from(folder);
    bot->person_flow = BOT_NONE;
    enum err err = bot_fill(bot, fault);
    if (err != ERR_NONE) {
        if (fault->text[0] == 0)
            snprintf(fault->text, sizeof fault->text, "%s",
                     err == ERR_ABSENT  ? "there is no such file; a bot is a folder with a bot.yaml"
                     : err == ERR_LIMIT ? "the file or the bot is too large; split it or write less"
                                        : err_text());
        bot_free(&bot);
        return err;
    }
    *out = bot;
    return ERR_NONE;
}

void
bot_free(struct bot **bot)
{
    if (!*bot)
        return;
    struct arena *arena = (*bot)->arena;
    nlu_free(&(*bot)->nlu);
    smalltalk_free(&(*bot)->smalltalk);
    language_free(&(*bot)->language);
    entity_list_free(&(*bot)->lists);
    kb_free(&(*bot)->knowledge);
    kb_free(&(*bot)->catalog);
    lexicon_free(&(*bot)->fillers);
    arena_free(&arena);
    *bot = NULL;
}

uint64_t
bot_hash(const struct bot *bot)
{
    return bot->hash | 1;
}

str
bot_name(const struct bot *bot)
{
    return bot->name;
}

size_t
bot_language_count(const struct bot *bot)
{
    return bot->language_count;
}

str
bot_language(const struct bot *bot, size_t i)
{
    return i < bot->language_count ? bot->languages[i] : bot->languages[0];
}

size_t
bot_language_find(const struct bot *bot, str tag)
{
    str rest = tag, base = tag;

    for (size_t i = 0; i < bot->language_count; i++)
        if (str_is_nocase(bot->languages[i], tag))
            return i;
    if (!str_split(&rest, '-', &base))
        return 0;
    for (size_t i = 0; i < bot->language_count; i++)
        if (str_is_nocase(bot->languages[i], base))
            return i;
    return 0;
}

str
bot_disclosure(const struct bot *bot, str language)
{
    return bot_text_get(&bot->disclosure, bot_language_find(bot, language));
}

size_t
bot_field_count(const struct bot *bot)
{
    return bot->field_count;
}

str
bot_field_name(const struct bot *bot, size_t i)
{
    return bot->fields[i].name;
}

unsigned
bot_field_days(const struct bot *bot, size_t i)
{
    return bot->fields[i].days;
}

void
bot_field_purpose(const struct bot *bot, size_t i, str language, struct purpose *out)
{
    const struct bot_field *field = &bot->fields[i];
    size_t at = bot_language_find(bot, language);
    str label = bot_text_get(&field->label, at);

    *out = (struct purpose){.name = field->name, .label = label.len > 0 ? label : field->name, .text = bot_text_get(&field->purpose, at),
                            .recipients = bot_text_get(&field->recipients, at), .basis = field->basis, .days = field->days};
    memcpy(out->types, field->types, sizeof out->types);
}

const struct policy *
bot_policy(const struct bot *bot)
{
    return &bot->policy;
}

const struct output_rules *
bot_rules(const struct bot *bot)
{
    return bot->has_rules ? &bot->rules : NULL;
}

bool
bot_has_person(const struct bot *bot)
{
    return bot->person_flow != BOT_NONE;
}
