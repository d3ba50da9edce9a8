/* The widget's document, one per kind and content, kept as libmicrohttpd's own counted answers: one that is exchanged while it is
 * being sent ends with its last reader. What was asked for is no key: whoever asks for all 676 languages gets the few pages that there
 * are, and none is compressed twice. It never puts anything into the page but a block of data, which no browser runs. */
#include "front/document.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "front/asset.h"

#include <brotli/encode.h>
#include <microhttpd.h>
#include <string.h>

#define DOCUMENT_ROWS 64 /* 16 languages of a bot and those of the notice, of two kinds */
#define DOCUMENT_MAX_BYTES ((size_t)512 * 1024)
#define DOCUMENT_QUALITY 9 /* of brotli: a tenth of the time of 11, two per cent more bytes */

struct document_row {
    enum headers_kind kind;
    struct buf json; /* what the answers below were made from */
    struct MHD_Response *plain, *brotli;
};

static struct {
    str head, tail; /* of the bundled page, around its block of data */
    struct document_row rows[DOCUMENT_ROWS];
    size_t next;
} documents;

enum err
document_init(void)
{
    str mark = STR("<script type=\"application/json\" id=\"public\">");

    for (size_t i = 0; i < asset_count; i++) {
        str page = str_bytes(asset_table[i].plain, asset_table[i].plain_length);
        size_t at = strcmp(asset_table[i].path, "/w") == 0 ? str_find(page, mark) : SIZE_MAX;
        if (at == SIZE_MAX)
            continue;
        documents.head = str_slice(page, 0, at + mark.len);
        documents.tail = str_slice(page, at + mark.len, page.len);
        return ERR_NONE;
    }
    return err_raise(ERR_BUG, "document: the bundled page has no place for data");
}

/* "<" would end the block; JSON may write it as \u003c wherever it stands. */
static enum err
document_fill(str json, struct buf *page)
{
    TRY(buf_add_str(page, documents.head));
    for (str rest = json, part; str_split(&rest, '<', &part);) {
        TRY(buf_add_str(page, part));
        TRY(buf_add_str(page, rest.at ? STR("\\u003c") : STR("")));
    }
    return buf_add_str(page, documents.tail);
}

static enum err
document_respond(const struct document_row *row, str body, const char *coding, struct MHD_Response **out)
{
    struct MHD_Response *response = MHD_create_response_from_buffer(body.len, (void *)(uintptr_t)body.at, MHD_RESPMEM_MUST_COPY);

    if (!response)
        return err_raise(ERR_MEMORY, "document: no answer");
    bool done = headers_add(response, row->kind, false) == ERR_NONE &&
                MHD_add_response_header(response, "Content-Type", "text/html; charset=utf-8") == MHD_YES &&
                MHD_add_response_header(response, "Vary", "Accept-Encoding") == MHD_YES &&
                (!coding || MHD_add_response_header(response, "Content-Encoding", coding) == MHD_YES);
    if (!done) {
        MHD_destroy_response(response);
        return err_raise(ERR_MEMORY, "document: no headers");
    }
    *out = response;
    return ERR_NONE;
}

static enum err
document_compress(str page, struct buf *out)
{
    void *piece = NULL;
    size_t len = BrotliEncoderMaxCompressedSize(page.len);

    TRY(alloc_make(1, len, &piece));
    bool done = BrotliEncoderCompress(DOCUMENT_QUALITY, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, page.len, (const uint8_t *)page.at, &len, piece);
    enum err err = done ? buf_add(out, piece, len) : err_raise(ERR_MEMORY, "document: brotli fails");
    alloc_free(&piece);
    return err;
}

/* Makes the answers of a row that has none. */
static enum err
document_make(struct document_row *row, str json)
{
    BUF_SCOPE(page, DOCUMENT_MAX_BYTES);
    BUF_SCOPE(packed, DOCUMENT_MAX_BYTES);

    TRY(document_fill(json, &page));
    TRY(document_compress(buf_str(&page), &packed));
    TRY(buf_add_str(&row->json, json));
    TRY(document_respond(row, buf_str(&page), NULL, &row->plain));
    return document_respond(row, buf_str(&packed), "br", &row->brotli);
}

static void
document_row_empty(struct document_row *row)
{
    if (row->plain)
        MHD_destroy_response(row->plain);
    if (row->brotli)
        MHD_destroy_response(row->brotli);
    buf_done(&row->json);
    *row = (struct document_row){.plain = NULL};
}

/* The row of this content; a new one takes the place of the one that was made longest ago. */
static enum err
document_row_take(enum headers_kind kind, str json, struct document_row **out)
{
    for (size_t i = 0; i < DOCUMENT_ROWS; i++)
        if (documents.rows[i].brotli && documents.rows[i].kind == kind && str_is(buf_str(&documents.rows[i].json), json)) {
            *out = &documents.rows[i];
            return ERR_NONE;
        }
    struct document_row *row = &documents.rows[documents.next++ % DOCUMENT_ROWS];
    document_row_empty(row);
    row->kind = kind;
    buf_init(&row->json, DOCUMENT_MAX_BYTES);
    enum err err = document_make(row, json);
    if (err != ERR_NONE)
        document_row_empty(row);
    TRY(err);
    *out = row;
    return ERR_NONE;
}

enum err
document_queue(struct MHD_Connection *connection, const struct document_wish *wish)
{
    struct document_row *row = NULL;

    enum err err = document_row_take(wish->kind, wish->json, &row);
    if (err == ERR_NONE && MHD_queue_response(connection, 200, wish->takes_brotli ? row->brotli : row->plain) != MHD_YES)
        err = err_raise(ERR_MEMORY, "document: can't be queued");
    return err;
}
