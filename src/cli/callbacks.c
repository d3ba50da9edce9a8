/* privet callbacks: the operator reads what visitors left on purpose. Only who holds the key file can; nothing else is opened. */
#include "cli/callbacks.h"

#include "cli/settings.h"
#include "cli/word.h"
#include "rights/field.h"
#include "rights/notice.h"
#include "store/driver_sqlite.h"
#include "vault/vault.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static enum err
callbacks_row(void *context, const struct field *field)
{
    BUF_SCOPE(value, 8192);
    BUF_SCOPE(line, 65536);

    TRY(vault_field_open(context, field->name, field->sealed, &value));
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
    struct vault *vault = NULL;
    char path[CONF_TEXT_MAX + 16];

    if (settings_read(line, &conf) != ERR_NONE)
        return WORD_SETTINGS;
    snprintf(path, sizeof path, "%s/store.db", conf.data);
    enum err err = callbacks_vault(&conf, &vault);
    if (err == ERR_NONE)
        err = driver_sqlite_open(path, &driver);
    if (err == ERR_NONE)
        err = field_each(driver, callbacks_row, vault);
    if (driver)
        driver->ops->close(&driver);
    vault_free(&vault);
    return err == ERR_NONE ? WORD_DONE : word_fail("can't list", err, WORD_FAILED);
}
