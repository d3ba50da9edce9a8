/* Reads documents for measurements. Titles are joined in place where they need to be; the files are only read. */
#include "cli/bench_docs.h"

#include "base/alloc.h"
#include "cli/bench_tsv.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

struct docs_article {
    str name, title, language, questions;
    uint32_t number;
};

static enum err
docs_keep(struct bench_docs *docs, char *text)
{
    if (docs->text_count == docs->text_room) {
        void *piece = docs->texts;
        enum err err = alloc_grow(&piece, (docs->text_room * 2 + 64) * sizeof *docs->texts);
        if (err != ERR_NONE) {
            alloc_free(&text);
            return err;
        }
        docs->texts = piece;
        docs->text_room = docs->text_room * 2 + 64;
    }
    docs->texts[docs->text_count++] = text;
    return ERR_NONE;
}

static enum err
docs_add(struct bench_docs *docs, str name, const struct kb_document *document)
{
    if (docs->count == docs->room) {
        size_t room = docs->room * 2 + 256;
        void *sections = docs->sections, *names = docs->names;
        TRY(alloc_grow(&sections, room * sizeof *docs->sections));
        docs->sections = sections;
        TRY(alloc_grow(&names, room * sizeof *docs->names));
        docs->names = names;
        docs->room = room;
    }
    docs->names[docs->count] = name;
    docs->sections[docs->count++] = *document;
    return ERR_NONE;
}

/* A section's title and the article's other questions, in memory of their own. */
static enum err
docs_section(struct bench_docs *docs, const struct docs_article *article, str heading, str body)
{
    struct kb_document document = {heading, article->title, str_trim(body), article->language,
                                   article->number};
    void *piece = NULL;

    if (document.body.len == 0 && heading.len == 0)
        return ERR_NONE;
    if (article->questions.len > 0) {
        size_t len = document.title.len + 2 + article->questions.len;
        TRY(alloc_make(len + 1, 1, &piece));
        snprintf(piece, len + 1, "%.*s. %.*s", STR_ARG(document.title), STR_ARG(article->questions));
        document.title = str_bytes(piece, len);
        TRY(docs_keep(docs, piece));
    }
    return docs_add(docs, article->name, &document);
}

/* The head's lines; questions are views of one block, marks and all. */
static void
docs_head(str head, struct docs_article *article)
{
    str line, rest = head;

    while (str_split(&rest, '\n', &line)) {
        if (str_has_prefix(line, STR("title:")))
            article->title = str_trim(str_slice(line, 6, line.len));
        if (str_has_prefix(line, STR("language:")))
            article->language = str_trim(str_slice(line, 9, line.len));
        if (str_has_prefix(line, STR("questions:")) && rest.at)
            article->questions = rest;
    }
}

static enum err
docs_article(struct bench_docs *docs, str name, str language, str text)
{
    struct docs_article article = {.name = name, .language = language, .number = (uint32_t)docs->text_count};
    str rest = text, line, heading = {"", 0};

    if (str_has_prefix(text, STR("---\n")) && str_find(text, STR("\n---\n")) != SIZE_MAX) {
        size_t end = str_find(text, STR("\n---\n"));
        docs_head(str_slice(text, 4, end - 3), &article);
        rest = str_slice(text, end + 5, text.len);
    }
    if (article.title.len == 0) {
        (void)str_split(&rest, '\n', &article.title);
        while (article.title.len > 0 && (article.title.at[0] == '#' || article.title.at[0] == ' '))
            article.title = str_slice(article.title, 1, article.title.len);
    }
    const char *from = rest.at ? rest.at : text.at + text.len;
    str body = {from, 0};
    while (rest.at && str_split(&rest, '\n', &line)) {
        if (line.len == 0 || line.at[0] != '#') {
            body.len = (size_t)(line.at + line.len - body.at);
            continue;
        }
        TRY(docs_section(docs, &article, heading, body));
        while (line.len > 0 && (line.at[0] == '#' || line.at[0] == ' '))
            line = str_slice(line, 1, line.len);
        heading = line;
        body = str_bytes(line.at + line.len, 0);
    }
    return docs_section(docs, &article, heading, body);
}

static enum err
docs_file(struct bench_docs *docs, const char *folder, const char *file, str language)
{
    char path[4096], *text = NULL, *name = NULL;
    void *piece = NULL;
    size_t len = 0;
    const char *dot = strrchr(file, '.');

    snprintf(path, sizeof path, "%s/%s", folder, file);
    TRY(bench_tsv_read_file(path, &text, &len));
    TRY(docs_keep(docs, text));
    if (!str_is_utf8(str_bytes(text, len)))
        return err_raise(ERR_INPUT, "bench: a document is not UTF-8");
    TRY(alloc_make((size_t)(dot - file) + 1, 1, &piece));
    name = piece;
    memcpy(name, file, (size_t)(dot - file));
    TRY(docs_keep(docs, name));
    return docs_article(docs, str_from(name), language, str_bytes(text, len));
}

static int
docs_is_article(const struct dirent *entry)
{
    str name = str_from(entry->d_name);
    return entry->d_name[0] != '.' && (str_has_suffix(name, STR(".md")) || str_has_suffix(name, STR(".txt")));
}

static enum err
docs_lines(struct bench_docs *docs, const char *path, str language)
{
    struct bench_tsv tsv;

    TRY(bench_tsv_read(path, &tsv));
    enum err err = docs_keep(docs, tsv.text);
    for (size_t i = 0; i < tsv.count && err == ERR_NONE; i++) {
        const str *column = tsv.rows[i].column;
        err = docs_add(docs, column[0], &(struct kb_document){column[1], {"", 0}, column[2], language, (uint32_t)i});
    }
    alloc_free(&tsv.rows);
    return err;
}

enum err
bench_docs_read(const char *path, str language, struct bench_docs *out)
{
    struct dirent **files = NULL;
    struct stat facts;
    enum err err = ERR_NONE;

    if (stat(path, &facts) != 0)
        return err_raise(ERR_ABSENT, "bench: there are no such documents");
    if (S_ISREG(facts.st_mode))
        return docs_lines(out, path, language);
    int count = scandir(path, &files, docs_is_article, alphasort);
    for (int i = 0; i < count; i++) {
        if (err == ERR_NONE)
            err = docs_file(out, path, files[i]->d_name, language);
        alloc_free(&files[i]);
    }
    alloc_free(&files);
    return err;
}

void
bench_docs_free(struct bench_docs *docs)
{
    for (size_t i = 0; i < docs->text_count; i++)
        alloc_free(&docs->texts[i]);
    alloc_free(&docs->texts);
    alloc_free(&docs->sections);
    alloc_free(&docs->names);
}
