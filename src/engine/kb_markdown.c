/* Markdown to blocks, by md4c. It never passes HTML on: raw HTML and images are refused where they stand. */
#include "engine/kb_markdown.h"

#include <md4c.h>
#include <string.h>

#define KB_ARTICLE_MAX_BYTES ((size_t)1 << 20)

struct kb_reader {
    struct arena *arena;
    struct kb_section *sections;
    size_t count;
    struct buf blocks, text;
    bool in_heading, in_code, after_item, needs_comma;
    unsigned list_depth, inline_open;
    const char *what;
    enum err err;
};

static void
kb_put(struct kb_reader *reader, str s)
{
    if (reader->err == ERR_NONE)
        reader->err = buf_add_str(&reader->blocks, s);
}

/* The inside of a JSON string. */
static enum err
kb_escape(struct buf *out, str s)
{
    size_t from = 0;

    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        TRY(buf_add(out, s.at + from, i - from));
        TRY(c < 0x20 ? buf_add_text(out, "\\u%04x", c) : buf_add_text(out, "\\%c", c));
        from = i + 1;
    }
    return buf_add(out, s.at + from, s.len - from);
}

enum err
kb_markdown_json(struct buf *out, str s)
{
    TRY(buf_add_u8(out, '"'));
    TRY(kb_escape(out, s));
    return buf_add_u8(out, '"');
}

/* Ends the section that was being read. */
static void
kb_section_end(struct kb_reader *reader)
{
    struct kb_section *section = &reader->sections[reader->count];

    if (reader->err != ERR_NONE || (reader->blocks.len == 0 && reader->count == 0 && section->title.len == 0))
        return;
    reader->err = arena_take_str(reader->arena, buf_str(&reader->blocks), &section->blocks);
    if (reader->err == ERR_NONE)
        reader->err = arena_take_str(reader->arena, buf_str(&reader->text), &section->text);
    buf_reset(&reader->blocks);
    buf_reset(&reader->text);
    if (section->blocks.len > 0 && reader->count + 1 < KB_SECTIONS_MAX)
        reader->count++;
    reader->sections[reader->count] = (struct kb_section){{"", 0}, {"", 0}, {"", 0}};
}

static int
kb_refuse(struct kb_reader *reader, const char *what)
{
    reader->what = what;
    if (reader->err == ERR_NONE)
        reader->err = err_raise(ERR_INPUT, "kb: not in the Markdown subset");
    return 1;
}

static void
kb_block_open(struct kb_reader *reader, const char *head)
{
    if (reader->list_depth > 0)
        return; /* paragraphs and lists in a list item flow into it */
    if (reader->blocks.len > 0)
        kb_put(reader, STR(","));
    kb_put(reader, str_from(head));
    reader->needs_comma = false;
}

static int
kb_enter_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    struct kb_reader *reader = context;
    (void)detail;
    switch (type) {
    case MD_BLOCK_H:
        if (reader->list_depth > 0)
            return kb_refuse(reader, "a heading can't stand in a list");
        kb_section_end(reader);
        reader->in_heading = true;
        break;
    case MD_BLOCK_P:
        kb_block_open(reader, "{\"p\":[");
        break;
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        kb_block_open(reader, type == MD_BLOCK_UL ? "{\"ul\":[" : "{\"ol\":[");
        reader->list_depth++;
        reader->after_item = false;
        break;
    case MD_BLOCK_LI:
        if (reader->list_depth == 1) {
            kb_put(reader, reader->after_item ? STR(",[") : STR("["));
            reader->needs_comma = false;
        }
        break;
    case MD_BLOCK_CODE:
        kb_block_open(reader, "{\"p\":[");
        break;
    case MD_BLOCK_HTML:
        return kb_refuse(reader, "HTML is not shown; write Markdown");
    case MD_BLOCK_TABLE:
        return kb_refuse(reader, "tables are not shown; write a list");
    default:
        break;
    }
    return reader->err != ERR_NONE;
}

static int
kb_leave_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    struct kb_reader *reader = context;
    (void)detail;
    if (reader->inline_open > 0) /* md4c 0.4.8 opens what it does not close */
        return kb_refuse(reader, "a link and the marks around it overlap; write them apart");
    switch (type) {
    case MD_BLOCK_H:
        reader->in_heading = false;
        reader->err = reader->err ? reader->err
                                  : arena_take_str(reader->arena, buf_str(&reader->text), &reader->sections[reader->count].title);
        buf_reset(&reader->text);
        break;
    case MD_BLOCK_P:
    case MD_BLOCK_CODE:
        if (reader->list_depth == 0)
            kb_put(reader, STR("]}"));
        reader->err = reader->err ? reader->err : buf_add_u8(&reader->text, ' ');
        break;
    case MD_BLOCK_LI:
        if (reader->list_depth == 1)
            kb_put(reader, STR("]"));
        reader->after_item = true;
        reader->err = reader->err ? reader->err : buf_add_u8(&reader->text, ' ');
        break;
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        if (--reader->list_depth == 0)
            kb_put(reader, STR("]}"));
        break;
    default:
        break;
    }
    return reader->err != ERR_NONE;
}

static bool
kb_link_is_good(str href)
{
    if (str_has_prefix(href, STR("/")))
        return !str_has_prefix(href, STR("//"));
    return str_has_prefix(href, STR("https://")) || str_has_prefix(href, STR("http://")) || str_has_prefix(href, STR("mailto:")) ||
           str_has_prefix(href, STR("tel:"));
}

static void
kb_inline_comma(struct kb_reader *reader)
{
    if (reader->needs_comma)
        kb_put(reader, STR(","));
    reader->needs_comma = true;
}

static int
kb_enter_span(MD_SPANTYPE type, void *detail, void *context)
{
    struct kb_reader *reader = context;

    if (type == MD_SPAN_IMG)
        return kb_refuse(reader, "images are not shown; describe what they show");
    reader->inline_open++;
    if (reader->in_heading)
        return 0;
    kb_inline_comma(reader);
    if (type == MD_SPAN_A) {
        const MD_SPAN_A_DETAIL *link = detail;
        str href = str_bytes(link->href.text, link->href.size);
        if (!kb_link_is_good(href))
            return kb_refuse(reader, "a link begins with https://, http://, mailto:, tel: or one slash");
        kb_put(reader, STR("{\"href\":"));
        reader->err = reader->err ? reader->err : kb_markdown_json(&reader->blocks, href);
        kb_put(reader, STR(",\"a\":["));
    } else {
        kb_put(reader, type == MD_SPAN_STRONG ? STR("{\"b\":[") : type == MD_SPAN_CODE ? STR("{\"code\":\"") : STR("{\"i\":["));
    }
    reader->in_code = type == MD_SPAN_CODE;
    reader->needs_comma = false;
    return reader->err != ERR_NONE;
}

static int
kb_leave_span(MD_SPANTYPE type, void *detail, void *context)
{
    struct kb_reader *reader = context;
    (void)detail;
    if (reader->inline_open == 0)
        return kb_refuse(reader, "a link and the marks around it overlap; write them apart");
    reader->inline_open--;
    if (!reader->in_heading) {
        kb_put(reader, type == MD_SPAN_CODE ? STR("\"}") : STR("]}"));
        reader->needs_comma = true;
    }
    reader->in_code = false;
    return reader->err != ERR_NONE;
}

static int
kb_text(MD_TEXTTYPE type, const MD_CHAR *at, MD_SIZE size, void *context)
{
    struct kb_reader *reader = context;
    str text = type == MD_TEXT_SOFTBR || type == MD_TEXT_BR ? STR(" ") : str_bytes(at, size);

    if (type == MD_TEXT_HTML)
        return kb_refuse(reader, "HTML is not shown; write Markdown");
    if (type == MD_TEXT_NULLCHAR)
        return kb_refuse(reader, "a zero byte stands in the text");
    reader->err = reader->err ? reader->err : buf_add_str(&reader->text, text);
    if (reader->in_heading)
        return reader->err != ERR_NONE;
    if (reader->in_code) { /* its lines come one by one, and are one string */
        reader->err = reader->err ? reader->err : kb_escape(&reader->blocks, text);
        return reader->err != ERR_NONE;
    }
    kb_inline_comma(reader);
    reader->err = reader->err ? reader->err : kb_markdown_json(&reader->blocks, text);
    return reader->err != ERR_NONE;
}

enum err
kb_markdown_parse(struct arena *arena, str text, struct kb_section *out, size_t *count, const char **what)
{
    MD_PARSER parser = {.flags = MD_FLAG_TABLES, .enter_block = kb_enter_block, .leave_block = kb_leave_block,
                        .enter_span = kb_enter_span, .leave_span = kb_leave_span, .text = kb_text};
    struct kb_reader reader = {.arena = arena, .sections = out, .what = "the article is too long"};

    if (text.len > KB_ARTICLE_MAX_BYTES) {
        *what = reader.what;
        return err_raise(ERR_INPUT, "kb: article too long");
    }
    if (!str_is_utf8(text) || (text.len > 0 && memchr(text.at, 0, text.len))) {
        *what = "the article is not UTF-8, or a zero byte stands in it; save it as UTF-8";
        return err_raise(ERR_INPUT, "kb: not UTF-8");
    }
    buf_init(&reader.blocks, 4 * KB_ARTICLE_MAX_BYTES);
    buf_init(&reader.text, 2 * KB_ARTICLE_MAX_BYTES);
    out[0] = (struct kb_section){{"", 0}, {"", 0}, {"", 0}};
    if (md_parse(text.at, (MD_SIZE)text.len, &parser, &reader) != 0 && reader.err == ERR_NONE)
        reader.err = err_raise(ERR_INPUT, "kb: md4c refuses");
    kb_section_end(&reader);
    buf_done(&reader.blocks);
    buf_done(&reader.text);
    *what = reader.what;
    *count = reader.count;
    return reader.err;
}
