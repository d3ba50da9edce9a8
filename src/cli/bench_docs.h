/* bench_docs.h - documents for measurements: a folder of articles (.md, .txt), or a file of lines "ID TAB TITLE TAB TEXT".
 *
 * An article is read simply, so that any text will do: a head between --- lines with title, language and questions, headings that
 * begin with #, and text. Without a title, its first line is the title.
 */
#ifndef CLI_BENCH_DOCS_H
#define CLI_BENCH_DOCS_H

#include "engine/kb.h"

struct bench_docs {
    struct kb_document *sections;
    str *names; /* per section: of the file, without its ending */
    size_t count, room;
    char **texts; /* of the files */
    size_t text_count, text_room;
};

/* bench_docs_read - Errs: ERR_ABSENT, ERR_IO, ERR_INPUT not UTF-8, ERR_LIMIT, ERR_MEMORY. On failure to be freed as well. */
enum err bench_docs_read(const char *path, str language, struct bench_docs *out) MUST_CHECK;
void bench_docs_free(struct bench_docs *docs);

#endif
