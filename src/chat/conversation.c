/* Rows of conversations. The tables tie a conversation to a device by a keyed hash alone and know no plaintext. Erasing kills the
 * SLOT before it touches a row, so that a crash in between leaves rows that nobody can open. */
#include "chat/conversation.h"

#include "crypt/hkdf.h"

#include <string.h>

static const char *const conversation_tables[] = {"conversation", "wrap", "entry", NULL};

static enum err
conversation_erase_rows(struct driver *driver, str site, str id)
{
    TRY(driver_run(driver, "DELETE FROM entry WHERE site = ? AND conversation = ?", NULL, NULL, DRIVER_TEXT(site),
                   DRIVER_BLOB(id.at, id.len)));
    TRY(driver_run(driver, "DELETE FROM wrap WHERE site = ? AND conversation = ?", NULL, NULL, DRIVER_TEXT(site),
                   DRIVER_BLOB(id.at, id.len)));
    return driver_run(driver, "DELETE FROM conversation WHERE site = ? AND conversation = ?", NULL, NULL, DRIVER_TEXT(site),
                      DRIVER_BLOB(id.at, id.len));
}

const struct holder conversation_holder = {"conversation", conversation_tables, conversation_erase_rows};

struct conversation_row {
    struct conversation value;
    char site[256];
    size_t site_len;
    bool is_there, has_entry;
};

static enum err
conversation_row_read(void *context, const struct driver_value *columns, size_t count)
{
    struct conversation_row *row = context;

    if (count != 4 || columns[0].bytes.len != 16 || columns[3].bytes.len > sizeof row->site)
        return err_raise(ERR_IO, "conversation: a damaged row");
    memcpy(row->value.id, columns[0].bytes.at, 16);
    row->value.slot_cell = columns[1].number;
    row->value.day = columns[2].number;
    memcpy(row->site, columns[3].bytes.at, columns[3].bytes.len);
    row->site_len = columns[3].bytes.len;
    row->is_there = true;
    return ERR_NONE;
}

static enum err
conversation_row_end(void *context, const struct driver_value *columns, size_t count)
{
    struct conversation_row *row = context;

    (void)count;
    row->value.entries = (uint32_t)columns[0].number + 1;
    hkdf_hash(&columns[1].bytes, 1, row->value.last_hash);
    row->has_entry = true;
    return ERR_NONE;
}

/* Where it stands is what its last entry says: a row that repeats it would be written with every turn. */
static enum err
conversation_find_end(struct driver *driver, str site, struct conversation_row *row)
{
    TRY(driver_run(driver, "SELECT n, ct FROM entry WHERE site = ? AND conversation = ? ORDER BY n DESC LIMIT 1", conversation_row_end, row,
                   DRIVER_TEXT(site), DRIVER_BLOB(row->value.id, 16)));
    return row->has_entry ? ERR_NONE : err_raise(ERR_IO, "conversation: it has no entries");
}

enum err
conversation_find(struct driver *driver, str site, const unsigned char device_tag[32], struct conversation *out)
{
    struct conversation_row row = {.is_there = false};

    TRY(driver_run(driver, "SELECT conversation, slot, day, site FROM conversation WHERE site = ? AND device_tag = ?",
                   conversation_row_read, &row, DRIVER_TEXT(site), DRIVER_BLOB(device_tag, 32)));
    if (!row.is_there)
        return err_raise(ERR_ABSENT, "conversation: there is none");
    TRY(conversation_find_end(driver, site, &row));
    *out = row.value;
    return ERR_NONE;
}

static enum err
conversation_number(void *context, const struct driver_value *columns, size_t count)
{
    (void)count;
    *(int64_t *)context = columns[0].number;
    return ERR_NONE;
}

enum err
conversation_find_message(struct driver *driver, str site, str id, str message, uint32_t *n)
{
    int64_t found = -1;

    TRY(driver_run(driver, "SELECT n FROM entry WHERE site = ? AND conversation = ? AND message = ?", conversation_number, &found,
                   DRIVER_TEXT(site), DRIVER_BLOB(id.at, id.len), DRIVER_BLOB(message.at, message.len)));
    if (found < 0)
        return err_raise(ERR_ABSENT, "conversation: no such message");
    *n = (uint32_t)found;
    return ERR_NONE;
}

static enum err
conversation_add_entry(struct driver *driver, const struct conversation_turn *turn, int which)
{
    struct driver_value message = which == 0 ? DRIVER_BLOB(turn->message, 16) : (struct driver_value){DRIVER_NULL, 0, {"", 0}};

    return driver_run(driver,
                      "INSERT INTO entry (site, conversation, n, author, day, message, commitment, ct)"
                      " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                      NULL, NULL, DRIVER_TEXT(turn->site), DRIVER_BLOB(turn->id, 16), DRIVER_INT(turn->n + (uint32_t)which),
                      DRIVER_TEXT(which == 0 ? STR("v") : STR("b")), DRIVER_INT(turn->day), message,
                      DRIVER_BLOB(turn->commit[which], 32), DRIVER_BLOB(turn->ct[which].at, turn->ct[which].len));
}

static enum err
conversation_count(void *context, const struct driver_value *columns, size_t count)
{
    (void)columns;
    (void)count;
    ++*(int *)context;
    return ERR_NONE;
}

/* No entry without the one before it: not in an erased conversation, not after a gap. That nobody was faster is the entry's own key. */
static enum err
conversation_check_place(struct driver *driver, const struct conversation_turn *turn)
{
    int before = 0;

    TRY(driver_run(driver, "SELECT n FROM entry WHERE site = ? AND conversation = ? AND n = ?", conversation_count, &before,
                   DRIVER_TEXT(turn->site), DRIVER_BLOB(turn->id, 16), DRIVER_INT((int64_t)turn->n - 1)));
    return before == 1 ? ERR_NONE : err_raise(ERR_DENIED, "conversation: not its next entry");
}

/* The conversation's row: made with the first turn, and touched by the first of another day. */
static enum err
conversation_step(struct driver *driver, const struct conversation_turn *turn)
{
    if (turn->n == 0)
        return driver_run(driver, "INSERT INTO conversation (site, conversation, device_tag, slot, day) VALUES (?, ?, ?, ?, ?)", NULL, NULL,
                          DRIVER_TEXT(turn->site), DRIVER_BLOB(turn->id, 16), DRIVER_BLOB(turn->device_tag, 32),
                          DRIVER_INT(turn->slot_cell), DRIVER_INT(turn->day));
    TRY(conversation_check_place(driver, turn));
    if (turn->row_day == turn->day)
        return ERR_NONE;
    return driver_run(driver, "UPDATE conversation SET day = ? WHERE site = ? AND conversation = ?", NULL, NULL, DRIVER_INT(turn->day),
                      DRIVER_TEXT(turn->site), DRIVER_BLOB(turn->id, 16));
}

/* Within a session no message can come twice; the first of a new one may be the last of another, whose answer was lost. */
static enum err
conversation_check_message(struct driver *driver, const struct conversation_turn *turn)
{
    uint32_t n = 0;

    if (!turn->is_first || turn->n == 0)
        return ERR_NONE;
    enum err err = conversation_find_message(driver, turn->site, str_bytes(turn->id, 16), str_bytes(turn->message, 16), &n);
    if (err == ERR_NONE)
        return err_raise(ERR_DENIED, "conversation: kept before");
    return err == ERR_ABSENT ? ERR_NONE : err;
}

enum err
conversation_append(struct driver *driver, const struct conversation_turn *turn)
{
    TRY(conversation_check_message(driver, turn));
    TRY(conversation_step(driver, turn));
    TRY(conversation_add_entry(driver, turn, 0));
    TRY(conversation_add_entry(driver, turn, 1));
    if (turn->wrap)
        TRY(driver_run(driver, "INSERT INTO wrap (site, conversation, first_entry, wrap) VALUES (?, ?, ?, ?)", NULL, NULL,
                       DRIVER_TEXT(turn->site), DRIVER_BLOB(turn->id, 16), DRIVER_INT(turn->n), DRIVER_BLOB(turn->wrap, 80)));
    for (size_t i = 0; i < turn->field_count; i++) {
        struct field field = turn->fields[i];
        field.site = turn->site;
        field.conversation = str_bytes(turn->id, 16);
        TRY(field_add(driver, &field));
    }
    return ERR_NONE;
}

enum err
conversation_each_wrap(struct driver *driver, str site, str id, const struct driver_query *walk, struct conversation_range range)
{
    return driver_run(driver,
                      "SELECT first_entry, wrap FROM wrap WHERE site = ? AND conversation = ? AND first_entry >= ? AND first_entry < ?"
                      " ORDER BY first_entry",
                      walk->row, walk->context, DRIVER_TEXT(site), DRIVER_BLOB(id.at, id.len), DRIVER_INT(range.from),
                      DRIVER_INT(range.to));
}

enum err
conversation_each_entry(struct driver *driver, str site, str id, const struct driver_query *walk, struct conversation_range range)
{
    return driver_run(driver,
                      "SELECT n, author, commitment, ct FROM entry WHERE site = ? AND conversation = ? AND n >= ? AND n < ? ORDER BY n",
                      walk->row, walk->context, DRIVER_TEXT(site), DRIVER_BLOB(id.at, id.len), DRIVER_INT(range.from),
                      DRIVER_INT(range.to));
}

static enum err
conversation_erase_one(struct driver *driver, struct slots *slots, str site, const struct conversation *conversation)
{
    static const struct holder *const holders[] = {&conversation_holder, &field_holder};
    str id = str_bytes(conversation->id, 16);

    TRY(slots_erase(slots, conversation->slot_cell, conversation->id));
    for (size_t i = 0; i < sizeof holders / sizeof *holders; i++)
        TRY(holders[i]->erase(driver, site, id));
    return ERR_NONE;
}

enum err
conversation_erase(struct driver *driver, struct slots *slots, str site, const unsigned char device_tag[32], uint32_t *entries)
{
    struct conversation conversation;

    TRY(conversation_find(driver, site, device_tag, &conversation));
    TRY(conversation_erase_one(driver, slots, site, &conversation));
    *entries = conversation.entries;
    return ERR_NONE;
}

enum err
conversation_retain(struct driver *driver, struct slots *slots, int64_t day, uint64_t *count)
{
    uint64_t done = 0;

    for (; done < 100; done++) {
        struct conversation_row row = {.is_there = false};
        TRY(driver_run(driver, "SELECT conversation, slot, day, site FROM conversation WHERE day < ? LIMIT 1",
                       conversation_row_read, &row, DRIVER_INT(day)));
        if (!row.is_there)
            break;
        TRY(conversation_erase_one(driver, slots, (str){row.site, row.site_len}, &row.value));
    }
    *count = done;
    return ERR_NONE;
}

struct conversation_page {
    struct conversation_cells *cells;
    size_t count;
};

static enum err
conversation_mark_cell(void *context, const struct driver_value *columns, size_t count)
{
    struct conversation_page *page = context;
    struct conversation_cells *cells = page->cells;
    int64_t cell = columns[2].number;

    if (count != 3 || columns[0].bytes.len > sizeof cells->site || columns[1].bytes.len != sizeof cells->id)
        return err_raise(ERR_IO, "conversation: a damaged row");
    if (cell >= 0 && cell < cells->cell_count)
        cells->used[cell / 8] |= (unsigned char)(1u << (cell % 8));
    memcpy(cells->site, columns[0].bytes.at, columns[0].bytes.len);
    cells->site_len = columns[0].bytes.len;
    memcpy(cells->id, columns[1].bytes.at, sizeof cells->id);
    page->count++;
    return ERR_NONE;
}

enum err
conversation_mark_cells(struct driver *driver, struct conversation_cells *cells)
{
    struct conversation_page page = {cells, 0};

    TRY(driver_run(driver,
                   "SELECT site, conversation, slot FROM conversation WHERE (site, conversation) > (?, ?)"
                   " ORDER BY site, conversation LIMIT ?",
                   conversation_mark_cell, &page, DRIVER_TEXT(str_bytes(cells->site, cells->site_len)),
                   DRIVER_BLOB(cells->id, sizeof cells->id), DRIVER_INT(CONVERSATION_CELLS_PAGE)));
    cells->is_done = page.count < CONVERSATION_CELLS_PAGE;
    return ERR_NONE;
}
