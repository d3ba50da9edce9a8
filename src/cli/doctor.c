/* privet doctor: proves what can be proved without serving. It reads and changes nothing but the WAL's bookkeeping. */
#include "cli/doctor.h"

#include "chat/conversation.h"
#include "cli/check.h"
#include "cli/settings.h"
#include "cli/word.h"
#include "engine/engine.h"
#include "store/driver_sqlite.h"
#include "store/migrate.h"
#include "vault/keyfile.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int
doctor_line(const char *what, enum err err, const char *advice)
{
    printf("%-10s %s%s%s%s\n", what, err == ERR_NONE ? "ok" : "WRONG: ", err == ERR_NONE ? "" : err_text(),
           err == ERR_NONE ? "" : "; ", err == ERR_NONE ? "" : advice);
    return err != ERR_NONE;
}

static enum err
doctor_keys(const struct conf *conf)
{
    struct keyfile keys = {NULL, NULL};
    int fd = -1;

    TRY(keyfile_open(conf->key_file, &fd));
    enum err err = keyfile_read(fd, &keys);
    close(fd);
    keyfile_free(&keys);
    return err;
}

struct doctor_walk {
    struct slots *slots;
    unsigned conversations, without_slot, gaps;
};

static enum err
doctor_row(void *context, const struct driver_value *columns, size_t count)
{
    struct doctor_walk *walk = context;
    unsigned char slot[32];

    if (count != 4 || columns[0].bytes.len != 16)
        return err_raise(ERR_IO, "doctor: a damaged row");
    walk->conversations++;
    walk->gaps += columns[3].number == 0 || columns[2].number != columns[3].number;
    walk->without_slot += slots_get(walk->slots, columns[1].number, (const unsigned char *)columns[0].bytes.at, slot) != ERR_NONE;
    memset(slot, 0, sizeof slot);
    return ERR_NONE;
}

static enum err
doctor_store_in(struct driver *driver, struct doctor_walk *walk, struct buf *report)
{
    int64_t version = 0;
    struct driver_query query = {"SELECT c.conversation, c.slot, MAX(e.n) + 1, COUNT(e.n) FROM conversation c LEFT JOIN entry e ON e.site = c.site"
                                 " AND e.conversation = c.conversation GROUP BY c.site, c.conversation, c.slot",
                                 NULL, 0, doctor_row, walk};

    TRY(driver->ops->check(driver, report));
    TRY(migrate_version(driver, &version));
    if (version != migrate_newest())
        return err_raise(ERR_DENIED, "doctor: the schema is not this version's; `privet serve` brings it there");
    TRY(driver->ops->run(driver, &query, NULL));
    if (report->len > 0)
        return err_raise(ERR_IO, "doctor: the database is damaged");
    if (walk->gaps > 0)
        return err_raise(ERR_IO, "doctor: a conversation lacks entries");
    return walk->without_slot > 0 ? err_raise(ERR_IO, "doctor: a conversation has no SLOT: an older copy of the database?") : ERR_NONE;
}

static enum err
doctor_store(const struct conf *conf, struct doctor_walk *walk)
{
    char path[CONF_TEXT_MAX + 16];
    struct driver *driver = NULL;
    BUF_SCOPE(report, 65536);

    snprintf(path, sizeof path, "%s/store.db", conf->data);
    if (access(path, R_OK) != 0)
        return ERR_NONE; /* nothing was ever said */
    TRY(driver_sqlite_open(path, &driver));
    snprintf(path, sizeof path, "%s/slots", conf->data);
    enum err err = slots_open(path, &walk->slots);
    if (err == ERR_NONE)
        err = doctor_store_in(driver, walk, &report);
    slots_close(&walk->slots);
    driver->ops->close(&driver);
    word_print(&report);
    return err;
}

static enum err
doctor_bot(const struct conf *conf)
{
    struct bot *bot = NULL;
    struct bot_fault fault = {.line = 0};
    BUF_SCOPE(origins, 4 * CONF_TEXT_MAX);
    enum err err = bot_make(conf->bot, &fault, &bot);

    if (err == ERR_NONE)
        err = buf_add_text(&origins, "%s %s %s", conf->origin, conf->origins, conf->home);
    if (err == ERR_NONE)
        err = check_asks(bot, buf_str(&origins), &fault);
    if (err != ERR_NONE)
        printf("%s/%s:%u:%u: %s\n", conf->bot, fault.file, fault.line, fault.column, fault.text);
    bot_free(&bot);
    return err;
}

int
doctor_run(const struct word_line *line)
{
    static struct conf conf;
    struct doctor_walk walk = {.conversations = 0};
    int wrong = 0;

    if (settings_read(line, &conf) != ERR_NONE)
        return WORD_SETTINGS;
    wrong += doctor_line("settings", ERR_NONE, "");
    wrong += doctor_line("keys", doctor_keys(&conf), "restore the key file, or run privet init");
    wrong += doctor_line("bot", doctor_bot(&conf), "mend the line above");
    wrong += doctor_line("store", doctor_store(&conf, &walk), "restore the newest backup");
    printf("%u conversations, all entries there, each with its SLOT: %s\n", walk.conversations, wrong ? "no" : "yes");
    return wrong ? WORD_FAILED : WORD_DONE;
}
