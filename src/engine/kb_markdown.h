/* kb_markdown.h - Markdown of knowledge articles to the blocks that the widget draws (protocol/channel.md, section 7).
 *
 * Text, emphasis, code, lists, links, quotes. HTML and images are refused: nothing that the bot sends is ever markup.
 */
#ifndef ENGINE_KB_MARKDOWN_H
#define ENGINE_KB_MARKDOWN_H

#include "base/arena.h"
#include "base/buf.h"

struct kb_section {
    str title;  /* of the heading; empty before the first */
    str blocks; /* JSON, blocks joined by commas, without brackets */
    str text;   /* plain, for search */
};

#define KB_SECTIONS_MAX ((size_t)64)

/* kb_markdown_parse - one article's body. On ERR_INPUT *what says what to write instead. */
enum err kb_markdown_parse(struct arena *arena, str text, struct kb_section *out, size_t *count, const char **what) MUST_CHECK;
/* kb_markdown_json - adds a JSON string of s, quotes included. */
enum err kb_markdown_json(struct buf *out, str s) MUST_CHECK;

#endif
