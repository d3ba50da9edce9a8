/* Knowledge articles: front matter by libyaml, body by kb_markdown. It never shows what is not in the author's file. */
#include "engine/bot_private.h"
#include "engine/kb_markdown.h"

#include "base/alloc.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

struct knowledge {
    struct bot *bot;
    struct bot_fault *fault;
    /* on the heap while they grow; document i is section i */
    struct bot_section *sections;
    struct kb_document *documents;
    size_t count, room;
    uint32_t article; /* that is being read */
};

struct knowledge_head {
    str title, url, language, questions, file;
};

static enum err
knowledge_fail(struct knowledge *all, const char *name, unsigned line, const char *what)
{
    snprintf(all->fault->file, sizeof all->fault->file, "knowledge/%.200s", name);
    snprintf(all->fault->text, sizeof all->fault->text, "%s", what);
    all->fault->line = line;
    all->fault->column = 1;
    return err_raise(ERR_INPUT, "knowledge: a mistake in an article");
}

static enum err
knowledge_pair(struct knowledge *all, yaml_document_t *document, const yaml_node_pair_t *pair, struct knowledge_head *head)
{
    const yaml_node_t *key = yaml_document_get_node(document, pair->key), *value = yaml_document_get_node(document, pair->value);
    str name = key->type == YAML_SCALAR_NODE ? str_bytes(key->data.scalar.value, key->data.scalar.length) : STR("?");
    str *places[] = {&head->title, &head->url, &head->language};
    static const char *const names[] = {"title", "url", "language"};
    BUF_SCOPE(questions, 65536);

    for (size_t i = 0; i < 3; i++)
        if (str_is(name, str_from(names[i])) && value->type == YAML_SCALAR_NODE)
            return arena_take_str(all->bot->arena, str_bytes(value->data.scalar.value, value->data.scalar.length), places[i]);
    if (!str_is(name, STR("questions")) || value->type != YAML_SEQUENCE_NODE)
        return err_raise(ERR_INPUT, "knowledge: unknown key");
    for (const yaml_node_item_t *item = value->data.sequence.items.start; item < value->data.sequence.items.top; item++) {
        const yaml_node_t *one = yaml_document_get_node(document, *item);
        if (one->type != YAML_SCALAR_NODE)
            return err_raise(ERR_INPUT, "knowledge: a question is one line of text");
        TRY(buf_add_text(&questions, "%.*s \n", (int)one->data.scalar.length, (const char *)one->data.scalar.value));
    }
    return arena_take_str(all->bot->arena, buf_str(&questions), &head->questions);
}

static enum err
knowledge_head_parse(struct knowledge *all, const char *name, str text, struct knowledge_head *head)
{
    yaml_parser_t parser;
    yaml_document_t document;
    enum err err = ERR_NONE;

    if (!yaml_parser_initialize(&parser))
        return err_raise(ERR_MEMORY, "knowledge: no parser");
    yaml_parser_set_input_string(&parser, (const unsigned char *)text.at, text.len);
    if (!yaml_parser_load(&parser, &document)) {
        err = knowledge_fail(all, name, (unsigned)parser.problem_mark.line + 2, "the head between the --- lines is not YAML");
        yaml_parser_delete(&parser);
        return err;
    }
    const yaml_node_t *root = yaml_document_get_root_node(&document);
    if (root && root->type == YAML_MAPPING_NODE)
        for (const yaml_node_pair_t *pair = root->data.mapping.pairs.start; pair < root->data.mapping.pairs.top && err == ERR_NONE; pair++) {
            unsigned line = (unsigned)yaml_document_get_node(&document, pair->key)->start_mark.line + 2;
            if (knowledge_pair(all, &document, pair, head) != ERR_NONE)
                err = knowledge_fail(all, name, line, "the head has title, url, language, and questions as a list of lines");
        }
    yaml_document_delete(&document);
    yaml_parser_delete(&parser);
    return err;
}

static enum err
knowledge_grow(struct knowledge *all)
{
    size_t room = all->room * 2 + 256;
    void *sections = all->sections, *documents = all->documents;

    if (all->count < all->room)
        return ERR_NONE;
    TRY(alloc_grow(&sections, room * sizeof *all->sections));
    all->sections = sections;
    TRY(alloc_grow(&documents, room * sizeof *all->documents));
    all->documents = documents;
    all->room = room;
    return ERR_NONE;
}

static enum err
knowledge_add(struct knowledge *all, const struct knowledge_head *head, const struct kb_section *section, size_t language)
{
    struct bot *bot = all->bot;
    struct kb_document document = {.heading = head->title, .body = section->text, .language = bot->languages[language],
                                   .article = all->article};
    BUF_SCOPE(title, 1 << 17);

    TRY(knowledge_grow(all));
    TRY(buf_add_text(&title, "%.*s. %.*s", STR_ARG(section->title), STR_ARG(head->questions)));
    TRY(arena_take_str(bot->arena, buf_str(&title), &document.title));
    all->sections[all->count] = (struct bot_section){section->title.len ? section->title : head->title, head->title, head->url,
                                                     section->blocks, section->text, language, head->file};
    all->documents[all->count++] = document;
    return ERR_NONE;
}

static enum err
knowledge_article(struct knowledge *all, const char *name)
{
    struct kb_section sections[KB_SECTIONS_MAX];
    struct knowledge_head head = {.language = all->bot->languages[0]};
    size_t count = 0, language = 0;
    const char *what = "";
    str path, text;

    TRY(arena_take_text(all->bot->arena, &path, "knowledge/%s", name));
    TRY(bot_read_file(all->bot, path, &text));
    head.file = path;
    if (str_has_prefix(text, STR("---\n"))) {
        size_t end = str_find(text, STR("\n---\n"));
        if (end == SIZE_MAX)
            return knowledge_fail(all, name, 1, "the head that begins with --- must end with a line ---");
        TRY(knowledge_head_parse(all, name, str_slice(text, 4, end - 3), &head));
        text = str_slice(text, end + 5, text.len);
    }
    if (head.title.len == 0)
        return knowledge_fail(all, name, 1, "an article needs a title: begin with ---, title: …, ---");
    while (language < all->bot->language_count && !str_is(all->bot->languages[language], head.language))
        language++;
    if (language == all->bot->language_count)
        return knowledge_fail(all, name, 1, "language: is not one of the bot's languages");
    if (kb_markdown_parse(all->bot->arena, text, sections, &count, &what) != ERR_NONE)
        return knowledge_fail(all, name, 1, what);
    for (size_t i = 0; i < count; i++)
        TRY(knowledge_add(all, &head, &sections[i], language));
    return ERR_NONE;
}

static int
knowledge_is_article(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && str_has_suffix(str_from(entry->d_name), STR(".md"));
}

static enum err
knowledge_index(struct knowledge *all)
{
    struct bot *bot = all->bot;
    struct kb_library library = {all->documents, all->count, bot->synonyms, bot->synonym_count};
    void *piece = NULL;

    TRY(arena_take(bot->arena, all->count + 1, sizeof(struct bot_section), &piece));
    bot->sections = piece;
    bot->section_count = all->count;
    if (all->count > 0)
        memcpy(bot->sections, all->sections, all->count * sizeof *all->sections);
    return kb_make(&library, &bot->knowledge);
}

enum err
knowledge_load(struct bot *bot, struct bot_fault *fault)
{
    struct knowledge all = {.bot = bot, .fault = fault};
    struct dirent **names = NULL;
    char path[4096];

    snprintf(path, sizeof path, "%.*s/knowledge", STR_ARG(bot->folder));
    int count = scandir(path, &names, knowledge_is_article, alphasort);
    enum err err = ERR_NONE;
    for (int i = 0; i < count; i++) {
        all.article = (uint32_t)i;
        if (err == ERR_NONE)
            err = knowledge_article(&all, names[i]->d_name);
        alloc_free(&names[i]);
    }
    alloc_free(&names);
    if (err == ERR_NONE)
        err = knowledge_index(&all);
    alloc_free(&all.sections);
    alloc_free(&all.documents);
    return err;
}
