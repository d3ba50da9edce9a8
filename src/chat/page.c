/* Hello, history, erase. Rows go out as they lie; nothing here can open one. */
#include "chat/page.h"

#include "crypt/base64.h"

#include <string.h>

static enum err
page_bot(const struct bot *bot, str language, struct buf *out)
{
    TRY(buf_add_text(out, "{\"v\":1,\"kind\":\"hello\",\"lang\":\"%.*s\",\"bot\":{\"name\":",
                     STR_ARG(bot_language(bot, bot_language_find(bot, language)))));
    TRY(notice_json(out, bot_name(bot)));
    TRY(buf_add_str(out, STR(",\"languages\":[")));
    for (size_t i = 0; i < bot_language_count(bot); i++) {
        TRY(buf_add_str(out, i > 0 ? STR(",") : STR("")));
        TRY(notice_json(out, bot_language(bot, i)));
    }
    return buf_add_str(out, STR("]},\"disclosure\":"));
}

enum err
page_public(const struct site *site, const struct bot *bot, str language, struct buf *out)
{
    struct notice notice;
    unsigned char version[8];

    TRY(page_bot(bot, language, out));
    TRY(notice_json(out, notice_disclosure(language)));
    TRY(buf_add_str(out, STR(",\"about\":")));
    TRY(notice_json(out, bot_disclosure(bot, language)));
    site_notice(site, bot, language, &notice);
    TRY(site_notice_version(site, bot, version));
    TRY(buf_add_str(out, STR(",\"home\":")));
    TRY(notice_json(out, site->home));
    TRY(buf_add_str(out, STR(",\"notice\":{\"version\":\"")));
    TRY(base64_hex_write(out, str_bytes(version, 8)));
    TRY(buf_add_text(out, "\",\"days\":%u,\"url\":\"/notice\",\"keeps\":", notice.days));
    TRY(notice_list(&notice, out));
    TRY(buf_add_str(out, STR("},\"greeting\":")));
    return reply_greeting(bot, language, out);
}

enum err
page_hello(struct page *page)
{
    buf_reset(&page->room->reply);
    TRY(page_public(page->site, page->bot, page->language, &page->room->reply));
    return buf_add_text(&page->room->reply, ",\"entries\":%u}", page->session->chain.n);
}

struct page_rows {
    struct buf *out;
    size_t bytes;
    bool is_first, is_cut;
    int64_t next;
};

static enum err
page_wrap_row(void *context, const struct driver_value *columns, size_t count)
{
    struct page_rows *rows = context;
    (void)count;
    TRY(buf_add_text(rows->out, "%s{\"from\":%lld,\"wrap\":\"", rows->is_first ? "" : ",", (long long)columns[0].number));
    rows->is_first = false;
    TRY(base64_write(rows->out, BASE64_URL, columns[1].bytes));
    return buf_add_str(rows->out, STR("\"}"));
}

static enum err
page_entry_row(void *context, const struct driver_value *columns, size_t count)
{
    struct page_rows *rows = context;
    (void)count;
    if (!rows->is_first && rows->bytes + columns[3].bytes.len > CONVERSATION_PAGE_BYTES) {
        rows->is_cut = true;
        rows->next = columns[0].number;
        return err_raise(ERR_LIMIT, "page: full");
    }
    rows->bytes += columns[3].bytes.len;
    TRY(buf_add_text(rows->out, "%s{\"n\":%lld,\"author\":\"%.*s\",\"commit\":\"", rows->is_first ? "" : ",",
                     (long long)columns[0].number, STR_ARG(columns[1].bytes)));
    rows->is_first = false;
    TRY(base64_write(rows->out, BASE64_URL, columns[2].bytes));
    TRY(buf_add_str(rows->out, STR("\",\"ct\":\"")));
    TRY(base64_write(rows->out, BASE64_URL, columns[3].bytes));
    return buf_add_str(rows->out, STR("\"}"));
}

/* Rows, and then the wraps that begin among them: a page is as small as its rows, however many sessions the device had. What another
 * session has added since this one took its place is no part of it. */
static enum err
page_history_rows(struct page *page, struct buf *out)
{
    const struct entry_chain *chain = &page->session->chain;
    str id = str_bytes(chain->conversation, 16);
    struct page_rows rows = {.out = out, .is_first = true};
    struct driver_query walk = {.row = page_entry_row, .context = &rows};
    struct conversation_range range = {page->from, chain->n};

    enum err err = conversation_each_entry(page->site->reader, page->site->name, id, &walk, range);
    if (err != ERR_NONE && !rows.is_cut)
        return err;
    TRY(buf_add_str(out, STR("],\"next\":")));
    TRY(rows.is_cut ? buf_add_text(out, "%lld", (long long)rows.next) : buf_add_str(out, STR("null")));
    TRY(buf_add_str(out, STR(",\"wraps\":[")));
    range.to = rows.is_cut ? (uint32_t)rows.next : chain->n;
    rows = (struct page_rows){.out = out, .is_first = true};
    walk.row = page_wrap_row;
    return conversation_each_wrap(page->site->reader, page->site->name, id, &walk, range);
}

enum err
page_history(struct page *page)
{
    struct buf *out = &page->room->reply;
    const struct entry_chain *chain = &page->session->chain;

    buf_reset(out);
    if (chain->n == 0)
        return buf_add_str(out, STR("{\"v\":1,\"kind\":\"history\",\"conversation\":\"\",\"slot\":\"\",\"wraps\":[],\"rows\":[],"
                                    "\"next\":null,\"entries\":0}"));
    TRY(buf_add_str(out, STR("{\"v\":1,\"kind\":\"history\",\"conversation\":\"")));
    TRY(base64_hex_write(out, str_bytes(chain->conversation, 16)));
    TRY(buf_add_str(out, STR("\",\"slot\":\"")));
    TRY(base64_write(out, BASE64_URL, str_bytes(chain->slot, 32)));
    TRY(buf_add_str(out, STR("\",\"rows\":[")));
    pthread_mutex_lock(page->site->reader_lock);
    enum err err = page_history_rows(page, out);
    pthread_mutex_unlock(page->site->reader_lock);
    TRY(err);
    return buf_add_text(out, "],\"entries\":%u}", chain->n);
}

struct page_erasure {
    struct page *page;
    uint32_t entries;
};

static enum err
page_erase_job(struct driver *driver, void *context)
{
    struct page_erasure *erasure = context;
    return conversation_erase(driver, erasure->page->site->slots, erasure->page->site->name,
                              erasure->page->session->device_tag, &erasure->entries);
}

enum err
page_erase(struct page *page)
{
    struct page_erasure erasure = {page, 0};
    struct writer_job job = {.run = page_erase_job, .context = &erasure, .scrubs = true};
    struct session *session = page->session;

    enum err err = writer_run(page->site->writer, &job);
    if (err != ERR_NONE && err != ERR_ABSENT)
        return err;
    session_forget_device(page->site->sessions, session->device_tag, session);
    session->is_placed = session->is_chained = false;
    memset(&session->chain, 0, sizeof session->chain);
    buf_reset(&page->room->reply);
    return buf_add_text(&page->room->reply, "{\"v\":1,\"kind\":\"erased\",\"entries\":%u}", erasure.entries);
}
