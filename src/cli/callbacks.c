/* privet callbacks: the operator reads what visitors left on purpose. Only who holds the key file can; nothing else is opened. */
#include "cli/callbacks.h"

#include "chat/slots.h"
#include "cli/settings.h"
#include "cli/word.h"
#include "rights/field.h"
#include "rights/notice.h"
#include "store/driver_sqlite.h"
#include "vault/vault.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct callbacks {
    struct vault *vault;
    struct slots *slots;
};

static enum err
callbacks_row(void *context, const struct field *field)
{
    const struct callbacks *callbacks = context;
    unsigned char slot[32];
    BUF_SCOPE(where, 1024);
    BUF_SCOPE(value, 8192);
    BUF_SCOPE(line, 65536);

    if (field->conversation.len != 16 ||
        slots_get(callbacks->slots, field->slot_cell, (const unsigned char *)field->conversation.at, slot) != ERR_NONE)
        return ERR_NONE; /* erased; only an older copy of the database still has the row */
    TRY(field_where(&where, slot, field->conversation, field->name));
    TRY(vault_field_open(callbacks->vault, buf_str(&where), field->sealed, &value));
    TRY(buf_add_text(&line, "{\"day\":%lld,\"until\":%lld,\"field\":", (long long)field->day, (long long)field->until_day));
    TRY(notice_json(&line, field->name));
    TRY(buf_add_str(&line, STR(",\"value\":")));
    TRY(notice_json(&line, buf_str(&value)));
    TRY(buf_add_str(&line, STR("}\n")));
    word_print(&line);
    return ERR_NONE;
}

static enum err
callbacks_vault(const struct conf *conf, struct vault **out)
{
    struct keyfile keys = {NULL, NULL};
    BUF_SCOPE(identity, 32768);
    char path[CONF_TEXT_MAX + 32], piece[16384];
    const char *slash = strrchr(conf->key_file, '/');
    int fd = -1;

    TRY(keyfile_open(conf->key_file, &fd));
    enum err err = keyfile_read(fd, &keys);
    close(fd);
    TRY(err);
    snprintf(path, sizeof path, "%.*sidentity.note", slash ? (int)(slash - conf->key_file) + 1 : 0, conf->key_file);
    FILE *file = fopen(path, "re");
    size_t got = file ? fread(piece, 1, sizeof piece, file) : 0;
    if (file)
        fclose(file);
    err = buf_add(&identity, piece, got);
    if (err == ERR_NONE)
        err = vault_make(&keys, buf_str(&identity), (str){"", 0}, out);
    keyfile_free(&keys);
    return err;
}

int
callbacks_run(const struct word_line *line)
{
    static struct conf conf;
    struct driver *driver = NULL;
    struct callbacks callbacks = {NULL, NULL};
    char path[CONF_TEXT_MAX + 16];

    if (settings_read(line, &conf) != ERR_NONE)
        return WORD_SETTINGS;
    snprintf(path, sizeof path, "%s/store.db", conf.data);
    enum err err = callbacks_vault(&conf, &callbacks.vault);
    if (err == ERR_NONE)
        err = driver_sqlite_open(path, &driver);
    snprintf(path, sizeof path, "%s/slots", conf.data);
    if (err == ERR_NONE)
        err = slots_open(path, &callbacks.slots);
    if (err == ERR_NONE)
        err = field_each(driver, callbacks_row, &callbacks);
    if (driver)
        driver->ops->close(&driver);
    slots_close(&callbacks.slots);
    vault_free(&callbacks.vault);
    return err == ERR_NONE ? WORD_DONE : word_fail("can't list", err, WORD_FAILED);
}
