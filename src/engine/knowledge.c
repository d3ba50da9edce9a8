/* Reads knowledge/NAME.md: front matter by libyaml, the body to sections, everything into one search. */
#include "engine/bot_yaml.h"

#include "engine/kb_markdown.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KNOWLEDGE_DOCUMENTS_MAX ((size_t)16384)

struct knowledge {
    struct bot *bot;
    struct bot_fault *fault;
    struct kb_document *documents;
    size_t document_count;
};

struct knowledge_head {
    str title, url;
    size_t language;
    str questions[64];
    size_t question_count;
};

static enum err
knowledge_head_fields(struct bot_yaml *y, struct knowledge_head *head)
{
    const yaml_node_t *top = yaml_document_get_root_node(y->document);

    if (!top)
        return bot_yaml_refuse(y, NULL, "the front matter is empty; write title: NAME");
    TRY(bot_yaml_keys(y, top, "title url language questions"));
    const yaml_node_t *title = bot_yaml_get(y, top, "title"), *url = bot_yaml_get(y, top, "url");
    const yaml_node_t *language = bot_yaml_get(y, top, "language"), *questions = bot_yaml_get(y, top, "questions");
    if (!title)
        return bot_yaml_refuse(y, top, "the article has no title; write title: NAME");
    TRY(bot_yaml_str(y, title, &head->title));
    if (url) {
        TRY(bot_yaml_str(y, url, &head->url));
        if (!str_has_prefix(head->url, STR("https://")) && !str_has_prefix(head->url, STR("http://")))
            return bot_yaml_refuse(y, url, "the url must begin with https://");
    }
    if (language) {
        str tag;
        TRY(bot_yaml_str(y, language, &tag));
        head->language = bot_language_find(y->bot, tag);
        if (!str_is_nocase(y->bot->languages[head->language], tag))
            return bot_yaml_refuse(y, language, "\"%.*s\" is not a language of this bot; add it to \"languages\"", STR_ARG(str_slice(tag, 0, 60)));
    }
    if (questions)
        TRY(bot_yaml_need(y, questions, YAML_SEQUENCE_NODE, "\"questions\""));
    for (size_t i = 0; i < bot_yaml_count(questions) && i < 64; i++)
        TRY(bot_yaml_str(y, bot_yaml_item(y, questions, i), &head->questions[head->question_count++]));
    return ERR_NONE;
}

static enum err
knowledge_head_parse(struct knowledge *k, const char *file, str *text, struct knowledge_head *head)
{
    yaml_document_t document;
    struct bot_yaml y = {k->bot, &document, k->fault, file, 1};
    str rest = *text, first;

    if (!str_split(&rest, '\n', &first) || !str_is(str_trim(first), STR("---")) || !rest.at)
        return bot_yaml_refuse(&y, NULL, "an article begins with front matter; write \"---\", \"title: NAME\", \"---\"");
    size_t end = str_find(rest, STR("\n---"));
    if (end == SIZE_MAX)
        return bot_yaml_refuse(&y, NULL, "the front matter has no end; write a line \"---\"");
    TRY(bot_yaml_parse(&y, str_slice(rest, 0, end + 1)));
    enum err err = knowledge_head_fields(&y, head);
    yaml_document_delete(&document);
    rest = str_slice(rest, end + 1, rest.len);
    (void)!str_split(&rest, '\n', &first);
    *text = rest.at ? rest : (str){"", 0};
    return err;
}

static enum err
knowledge_add(struct knowledge *k, size_t section, str title, str body)
{
    struct bot *bot = k->bot;

    if (k->document_count == KNOWLEDGE_DOCUMENTS_MAX)
        return err_raise(ERR_LIMIT, "knowledge: too many sections");
    bot->document_section[k->document_count] = section;
    k->documents[k->document_count++] = (struct kb_document){title, body, bot->languages[bot->sections[section].language]};
    return ERR_NONE;
}

static enum err
knowledge_article(struct knowledge *k, const char *file)
{
    struct bot *bot = k->bot;
    struct knowledge_head head = {.url = {"", 0}};
    void *piece = NULL;
    size_t count = 0;
    const char *what = "";
    str text, title;

    snprintf(k->fault->file, sizeof k->fault->file, "%s", file);
    TRY(bot_read_file(bot, str_from(file), &text));
    TRY(knowledge_head_parse(k, file, &text, &head));
    TRY(arena_take(bot->arena, KB_SECTIONS_MAX + 1, sizeof(struct kb_section), &piece));
    struct kb_section *sections = piece;
    enum err err = kb_markdown_parse(bot->arena, text, sections, &count, &what);
    if (err == ERR_INPUT) {
        struct bot_yaml y = {bot, NULL, k->fault, file, 0};
        return bot_yaml_refuse(&y, NULL, "%s", what);
    }
    TRY(err);
    for (size_t i = 0; i < count; i++) {
        size_t at = bot->section_count++;
        if (at >= KNOWLEDGE_DOCUMENTS_MAX)
            return err_raise(ERR_LIMIT, "knowledge: too many sections");
        bot->sections[at] = (struct bot_section){sections[i].title, head.title, head.url, sections[i].blocks, head.language};
        TRY(arena_take_text(bot->arena, &title, "%.*s %.*s", STR_ARG(head.title), STR_ARG(sections[i].title)));
        TRY(knowledge_add(k, at, title, sections[i].text));
    }
    for (size_t i = 0; i < head.question_count && count > 0; i++)
        TRY(knowledge_add(k, bot->section_count - count, head.questions[i], sections[0].text));
    return ERR_NONE;
}

static int
knowledge_is_article(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && str_has_suffix(str_from(entry->d_name), STR(".md"));
}

enum err
knowledge_load(struct bot *bot, struct bot_fault *fault)
{
    struct knowledge k = {bot, fault, NULL, 0};
    struct dirent **list = NULL;
    void *piece = NULL;
    str path;
    char file[300];
    enum err err = ERR_NONE;

    TRY(arena_take_text(bot->arena, &path, "%.*s/knowledge", STR_ARG(bot->folder)));
    int count = scandir(path.at, &list, knowledge_is_article, alphasort);
    if (count < 0)
        return ERR_NONE; /* a bot without knowledge is fine */
    TRY(arena_take(bot->arena, KNOWLEDGE_DOCUMENTS_MAX, sizeof(struct bot_section), &piece));
    bot->sections = piece;
    TRY(arena_take(bot->arena, KNOWLEDGE_DOCUMENTS_MAX, sizeof(size_t), &piece));
    bot->document_section = piece;
    TRY(arena_take(bot->arena, KNOWLEDGE_DOCUMENTS_MAX, sizeof(struct kb_document), &piece));
    k.documents = piece;
    for (int i = 0; i < count; i++) {
        snprintf(file, sizeof file, "knowledge/%s", list[i]->d_name);
        if (err == ERR_NONE)
            err = knowledge_article(&k, file);
        (free)(list[i]); /* scandir's */
    }
    (free)(list);
    TRY(err);
    return k.document_count ? kb_make(bot->arena, k.documents, k.document_count, &bot->knowledge) : ERR_NONE;
}
