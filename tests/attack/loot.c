/* Reads what was stolen into memory. It knows Privet's files as their formats are documented and judges nothing. */
#include "loot.h"

#include "chat/slots.h"
#include "crypt/base64.h"
#include "crypt/hkdf.h"
#include "store/driver_sqlite.h"

#include <ftw.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOOT_ARENA_BYTES ((size_t)256 << 20)
#define LOOT_FILE_MAX_BYTES ((size_t)1 << 30)

/* ---- rows ---- */

static enum err
loot_full(size_t count)
{
    return count < LOOT_ROWS_MAX ? ERR_NONE : err_raise(ERR_LIMIT, "loot: too many rows");
}

static enum err
loot_conversation(void *context, const struct driver_value *columns, size_t count)
{
    struct loot *loot = context;
    (void)count;
    TRY(loot_full(loot->conversation_count));
    struct loot_conversation *row = &loot->conversations[loot->conversation_count++];
    memcpy(row->id, columns[0].bytes.at, 16);
    memcpy(row->tag, columns[1].bytes.at, 32);
    row->cell = columns[2].number;
    return ERR_NONE;
}

static enum err
loot_wrap(void *context, const struct driver_value *columns, size_t count)
{
    struct loot *loot = context;
    (void)count;
    TRY(loot_full(loot->wrap_count));
    struct loot_wrap *row = &loot->wraps[loot->wrap_count++];
    memcpy(row->id, columns[0].bytes.at, 16);
    row->from = (uint32_t)columns[1].number;
    memcpy(row->wrap, columns[2].bytes.at, 80);
    return ERR_NONE;
}

static enum err
loot_entry(void *context, const struct driver_value *columns, size_t count)
{
    struct loot *loot = context;
    (void)count;
    TRY(loot_full(loot->entry_count));
    struct loot_entry *row = &loot->entries[loot->entry_count++];
    memcpy(row->id, columns[0].bytes.at, 16);
    row->n = (uint32_t)columns[1].number;
    row->author = columns[2].bytes.at[0];
    memcpy(row->commit, columns[3].bytes.at, 32);
    if (columns[4].bytes.len == 16)
        memcpy(row->message, columns[4].bytes.at, 16);
    for (size_t i = 0; i < loot->conversation_count; i++)
        if (memcmp(loot->conversations[i].id, row->id, 16) == 0)
            hkdf_hash(&columns[5].bytes, 1, loot->conversations[i].last_hash);
    return arena_take_str(loot->arena, columns[5].bytes, &row->ct);
}

static enum err
loot_field(void *context, const struct driver_value *columns, size_t count)
{
    struct loot *loot = context;
    (void)count;
    TRY(loot_full(loot->field_count));
    struct loot_field *row = &loot->fields[loot->field_count++];
    memcpy(row->id, columns[0].bytes.at, 16);
    TRY(arena_take_str(loot->arena, columns[1].bytes, &row->site));
    TRY(arena_take_str(loot->arena, columns[2].bytes, &row->name));
    return arena_take_str(loot->arena, columns[3].bytes, &row->sealed);
}

static enum err
loot_rows(struct loot *loot, struct driver *driver)
{
    const struct driver_query queries[] = {
        {"SELECT conversation, device_tag, slot FROM conversation", NULL, 0, loot_conversation, loot},
        {"SELECT conversation, first_entry, wrap FROM wrap ORDER BY conversation, first_entry", NULL, 0, loot_wrap, loot},
        {"SELECT conversation, n, author, commitment, message, ct FROM entry ORDER BY conversation, n", NULL, 0, loot_entry, loot},
        {"SELECT conversation, site, name, sealed FROM field", NULL, 0, loot_field, loot}};

    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        TRY(driver->ops->run(driver, &queries[i], NULL));
    return ERR_NONE;
}

static enum err
loot_read_store(struct loot *loot, const char *folder)
{
    struct driver *driver = NULL;
    struct slots *slots = NULL;
    char path[4200];

    snprintf(path, sizeof path, "%s/data/store.db", folder);
    TRY(driver_sqlite_open(path, &driver));
    enum err err = loot_rows(loot, driver);
    driver->ops->close(&driver);
    TRY(err);
    snprintf(path, sizeof path, "%s/data/slots", folder);
    TRY(slots_open(path, &slots));
    for (size_t i = 0; i < loot->conversation_count; i++) {
        struct loot_conversation *row = &loot->conversations[i];
        row->has_slot = slots_get(slots, row->cell, row->id, row->slot) == ERR_NONE;
    }
    slots_close(&slots);
    return ERR_NONE;
}

/* ---- keys and files ---- */

enum err
loot_add_key(struct loot *loot, const char *name, const unsigned char bytes[32])
{
    if (loot->key_count == LOOT_KEYS_MAX)
        return err_raise(ERR_LIMIT, "loot: too many keys");
    loot->keys[loot->key_count].name = name;
    memcpy(loot->keys[loot->key_count++].bytes, bytes, 32);
    return ERR_NONE;
}

/* Every "label BASE64" line of a key file. */
static enum err
loot_read_keys(struct loot *loot, str text)
{
    static const char *const labels[] = {"online", "master", "root"};
    unsigned char bytes[32];
    str line;

    while (str_split(&text, '\n', &line))
        for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
            size_t len = strlen(labels[i]);
            if (str_has_prefix(line, str_from(labels[i])) && line.len > len + 1 &&
                base64_parse_exact(BASE64_PLAIN, str_slice(line, len + 1, SIZE_MAX), bytes, 32) == ERR_NONE)
                TRY(loot_add_key(loot, labels[i], bytes));
        }
    return ERR_NONE;
}

static struct loot *walking; /* nftw has no context */

static int
loot_walk(const char *path, const struct stat *facts, int kind, struct FTW *place)
{
    unsigned char piece[65536];
    size_t got;
    (void)facts;

    if (kind != FTW_F)
        return 0;
    FILE *file = fopen(path, "rbe");
    if (!file || walking->file_count == LOOT_FILES_MAX)
        return 1;
    struct buf *to = &walking->files[walking->file_count];
    snprintf(walking->names[walking->file_count++], sizeof *walking->names, "%s", path + place->base);
    buf_init(to, LOOT_FILE_MAX_BYTES);
    enum err err = ERR_NONE;
    while (err == ERR_NONE && (got = fread(piece, 1, sizeof piece, file)) > 0)
        err = buf_add(to, piece, got);
    fclose(file);
    return err != ERR_NONE;
}

enum err
loot_read(struct loot *loot, const char *folder)
{
    TRY(arena_make(LOOT_ARENA_BYTES, &loot->arena));
    walking = loot;
    /* The files first: opening the database writes its journal back. */
    if (nftw(folder, loot_walk, 8, FTW_PHYS) != 0)
        return err_raise(ERR_IO, "loot: the folder can't be read");
    for (size_t i = 0; i < loot->file_count; i++)
        TRY(loot_read_keys(loot, buf_str(&loot->files[i])));
    return loot_read_store(loot, folder);
}

const char *
loot_has(const struct loot *loot, str what)
{
    for (size_t i = 0; i < loot->file_count; i++)
        if (str_find(buf_str(&loot->files[i]), what) != SIZE_MAX)
            return loot->names[i];
    return NULL;
}

/* ---- traffic ---- */

/* The next message of a direction: its first line, and its body by Content-Length. False at the end, or when it was cut off. */
static bool
loot_next_message(str *stream, str *line, str *body)
{
    uint64_t length = 0;
    str head, one, value;
    size_t end = str_find(*stream, STR("\r\n\r\n"));

    if (end == SIZE_MAX)
        return false;
    head = str_slice(*stream, 0, end);
    (void)!str_split(&head, '\r', line);
    while (str_split(&head, '\r', &one)) {
        value = str_slice(one, 1, SIZE_MAX);
        str name;
        if (str_split(&value, ':', &name) && str_is_nocase(name, STR("Content-Length")) && str_parse_u64(str_trim(value), 1 << 30, &length) != ERR_NONE)
            return false;
    }
    if (end + 4 + length > stream->len)
        return false;
    *body = str_slice(*stream, end + 4, (size_t)length);
    *stream = str_slice(*stream, end + 4 + (size_t)length, SIZE_MAX);
    return true;
}

static enum err
loot_read_notes(struct loot *loot, str json)
{
    json_t *notes = json_loadb(json.at, json.len, 0, NULL);
    const char *keys = json_string_value(json_object_get(notes, "keys"));
    enum err err = keys ? arena_take_str(loot->arena, str_from(keys), &loot->key_note) : ERR_NONE;
    json_decref(notes);
    return err;
}

static enum err
loot_read_connection(struct loot *loot, str sent, str got)
{
    str line, request, answer, reply;

    while (loot_next_message(&sent, &line, &request) && loot_next_message(&got, &answer, &reply)) {
        TRY(loot_full(loot->exchange_count));
        str path = line;
        (void)!str_split(&line, ' ', &path);
        (void)!str_split(&line, ' ', &path);
        if (str_is(path, STR("/.well-known/privet")) && loot->key_note.len == 0)
            TRY(loot_read_notes(loot, reply));
        loot->exchanges[loot->exchange_count++] = (struct loot_exchange){.path = path, .request = request, .reply = reply};
    }
    return ERR_NONE;
}

enum err
loot_read_traffic(struct loot *loot, str bytes)
{
    str copy;

    TRY(arena_take_str(loot->arena, bytes, &copy));
    struct view view = {(const unsigned char *)copy.at, copy.len};
    while (view.len > 0) {
        const unsigned char *at[2];
        uint32_t len[2];
        for (int i = 0; i < 2; i++) {
            TRY(buf_view_u32(&view, &len[i]));
            TRY(buf_view_bytes(&view, len[i], &at[i]));
        }
        TRY(loot_read_connection(loot, str_bytes(at[0], len[0]), str_bytes(at[1], len[1])));
    }
    return ERR_NONE;
}

void
loot_done(struct loot *loot)
{
    for (size_t i = 0; i < loot->file_count; i++)
        buf_done(&loot->files[i]);
    arena_free(&loot->arena);
}
