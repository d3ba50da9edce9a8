/* privet key: makes, lists and ends API keys of programs. It prints a key once, to standard output, and keeps none. */
#include "cli/key.h"

#include "base/clock.h"
#include "chat/program_key.h"
#include "cli/settings.h"
#include "store/driver_sqlite.h"
#include "store/migrate.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* The store's files belong to the user that Privet runs as: root makes none. */
static enum err
key_open(const struct conf *conf, struct driver **out)
{
    char path[CONF_TEXT_MAX + 16];

    snprintf(path, sizeof path, "%s/store.db", conf->data);
    if (geteuid() == 0 && access(path, F_OK) != 0)
        return err_raise(ERR_ABSENT, "key: there is no store yet; start `privet serve` once");
    TRY(driver_sqlite_open(path, out));
    return migrate_run(*out);
}

static enum err
key_row(void *context, str id, str name, int64_t day)
{
    time_t at = (time_t)day * 86400;
    char date[16] = "";
    struct tm parts;
    (void)context;

    if (gmtime_r(&at, &parts))
        (void)!strftime(date, sizeof date, "%Y-%m-%d", &parts);
    printf("%.*s  %s  %.*s\n", STR_ARG(id), date, STR_ARG(name));
    return ERR_NONE;
}

static enum err
key_do(struct driver *driver, const char *what, const char *name)
{
    BUF_SCOPE(text, 256);

    if (strcmp(what, "list") == 0)
        return program_key_each(driver, key_row, NULL);
    if (strcmp(what, "remove") == 0)
        return program_key_remove(driver, str_from(name));
    TRY(program_key_add(driver, str_from(name), (int64_t)(clock_unix_ms() / 86400000), &text));
    TRY(buf_add_u8(&text, '\n'));
    word_print(&text);
    fprintf(stderr, "Keep it where only your program can read it: it is not shown again. What your program sends is not sealed on its way.\n");
    return ERR_NONE;
}

int
key_run(const struct word_line *line)
{
    static struct conf conf;
    struct driver *driver = NULL;
    const char *what = word_plain(line, 0), *name = word_plain(line, 1);
    bool is_list = what && strcmp(what, "list") == 0, is_good = what && (is_list || (name && (strcmp(what, "add") == 0 || strcmp(what, "remove") == 0)));

    if (!is_good)
        return word_fail("what? privet key add NAME, privet key list, privet key remove ID", ERR_NONE, WORD_USAGE);
    if (settings_read(line, &conf) != ERR_NONE)
        return WORD_SETTINGS;
    enum err err = key_open(&conf, &driver);
    if (err == ERR_NONE)
        err = key_do(driver, what, name);
    if (driver)
        driver->ops->close(&driver);
    return err == ERR_NONE ? WORD_DONE : word_fail(is_list ? "can't list the keys" : "can't change the keys", err, WORD_FAILED);
}
