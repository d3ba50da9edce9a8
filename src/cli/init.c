/* privet init: keys, settings, snippet. The root key signs who this server is; it is named so that it can be taken offline. No
 * key is ever printed. */
#include "cli/init.h"

#include "base/clock.h"
#include "cli/settings.h"
#include "cli/word.h"
#include "crypt/sign.h"
#include "base/rand.h"
#include "front/asset.h"
#include "trust/identity.h"
#include "vault/keyfile.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct init {
    const struct word_line *line;
    const char *folder;
    struct conf conf; /* what privet.yaml says, or will say */
    struct secret *root;
    struct buf name, vkey;
};

static enum err
init_write(const struct init *init, const char *name, str text)
{
    char path[CONF_TEXT_MAX + 64];

    snprintf(path, sizeof path, "%s/%s", init->folder, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    bool done = fd >= 0 && write(fd, text.at, text.len) == (ssize_t)text.len && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return done ? ERR_NONE : err_raise(ERR_IO, "init: a file can't be written");
}

/* The chat's own origin, which the full-page chat claims, and those of the pages. */
static enum err
init_origins(const struct init *init, struct identity *identity)
{
    str rest = str_from(init->conf.origins), one;

    identity->origins[identity->origin_count++] = str_from(init->conf.origin);
    while (str_split(&rest, ' ', &one)) {
        if (one.len == 0)
            continue;
        if (identity->origin_count == IDENTITY_ORIGINS_MAX)
            return err_raise(ERR_LIMIT, "init: at most 63 pages");
        identity->origins[identity->origin_count++] = one;
    }
    return ERR_NONE;
}

static enum err
init_identity(struct init *init, const struct keyfile *keys)
{
    BUF_SCOPE(text, NOTE_MAX_BYTES);
    BUF_SCOPE(note, NOTE_MAX_BYTES);
    BUF_SCOPE(signer, NOTE_NAME_MAX_BYTES);
    uint64_t now_s = clock_unix_ms() / 1000;
    struct identity identity = {.name = buf_str(&init->name), .serial = now_s, .from_s = now_s,
                                .to_s = now_s + (uint64_t)IDENTITY_DAYS * 86400};
    unsigned char public[32];

    TRY(buf_add_text(&signer, "%.*s/online", STR_ARG(identity.name)));
    identity.online.name = buf_str(&signer);
    sign_public(keys->online, identity.online.public);
    TRY(init_origins(init, &identity));
    TRY(identity_write(&text, &identity));
    TRY(note_sign(&note, buf_str(&text), identity.name, init->root));
    sign_public(init->root, public);
    TRY(note_key_write(&init->vkey, identity.name, public));
    return init_write(init, "keys/identity.note", buf_str(&note));
}

static enum err
init_settings(const struct init *init)
{
    BUF_SCOPE(yaml, 16384);
    const struct conf *conf = &init->conf;

    TRY(buf_add_text(&yaml, "# Settings of Privet; `privet explain NAME` says more about each.\nsite: %s\norigin: %s\norigins: %s\n", conf->site,
                     conf->origin, conf->origins));
    TRY(buf_add_text(&yaml, "bot: %s\ndata: data\nkey_file: keys/online.key\nroot: %.*s\nport: %lld\nretention_days: %lld\nrun_as: %s\n", conf->bot,
                     STR_ARG(buf_str(&init->vkey)), (long long)conf->port, (long long)conf->retention_days, conf->run_as));
    return init_write(init, "privet.yaml", buf_str(&yaml));
}

static enum err
init_snippet(const struct init *init, struct buf *out)
{
    const char *sha384 = "";

    for (size_t i = 0; i < asset_count; i++)
        if (strcmp(asset_table[i].path, asset_loader_path) == 0)
            sha384 = asset_table[i].sha384;
    TRY(buf_add_text(out,
                     "<script async src=\"%s%s\" integrity=\"sha384-%s\" crossorigin=\"anonymous\" data-site=\"%s\" data-root=\"%.*s\">"
                     "</script>\n",
                     init->conf.origin, asset_loader_path, sha384, init->conf.site, STR_ARG(buf_str(&init->vkey))));
    return init_write(init, "snippet.html", buf_str(out));
}

/* Started as root, Privet runs as another user, who owns data and the online key. */
static enum err
init_give(const struct init *init)
{
    static const char *const names[] = {"data", "keys/online.key"};
    const struct passwd *user = geteuid() == 0 ? getpwnam(init->conf.run_as) : NULL;
    char path[CONF_TEXT_MAX + 64];

    if (geteuid() != 0)
        return ERR_NONE;
    if (!user)
        return err_raise(ERR_INPUT, "init: there is no user of the name that --run-as gives");
    for (size_t i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/%s", init->folder, names[i]);
        if (chown(path, user->pw_uid, user->pw_gid) != 0)
            return err_raise(ERR_IO, "init: data can't be given to its user");
    }
    return ERR_NONE;
}

static enum err
init_folders(const struct init *init)
{
    static const struct {
        const char *name;
        mode_t mode;
    } folders[] = {{"", 0755}, {"/keys", 0755}, {"/data", 0700}};
    char path[CONF_TEXT_MAX + 64];

    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        snprintf(path, sizeof path, "%s%s", init->folder, folders[i].name);
        if (mkdir(path, folders[i].mode) != 0 && errno != EEXIST)
            return err_raise(ERR_IO, "init: the folder can't be made");
    }
    return ERR_NONE;
}

static enum err
init_keys(struct init *init, struct keyfile *keys)
{
    char path[CONF_TEXT_MAX + 64];
    unsigned char seed[32];

    TRY(secret_make(32, &init->root));
    rand_bytes(seed, sizeof seed);
    sign_seed_set(init->root, seed);
    explicit_bzero(seed, sizeof seed);
    snprintf(path, sizeof path, "%s/keys/root.key", init->folder);
    TRY(keyfile_root_write(path, buf_str(&init->name), init->root));
    TRY(keyfile_make(keys));
    snprintf(path, sizeof path, "%s/keys/online.key", init->folder);
    return keyfile_write(path, keys);
}

static enum err
init_keys_read(struct init *init, struct keyfile *keys)
{
    char path[CONF_TEXT_MAX + 64];
    int fd = -1;

    snprintf(path, sizeof path, "%s/keys/root.key", init->folder);
    TRY(keyfile_open(word_value(init->line, "root", path), &fd));
    enum err err = keyfile_root_read(fd, &init->name, &init->root);
    close(fd);
    TRY(err);
    TRY(keyfile_open(init->conf.key_file, &fd));
    err = keyfile_read(fd, keys);
    close(fd);
    return err;
}

/* Text of the command line on its way to a line of YAML and of HTML: it must not need quotes in either. */
static bool
init_is_plain(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text <= ' ' || strchr("\"'<>&#{}[],*!|%@`\\", *text))
            return false;
    return true;
}

static enum err
init_check(const struct init *init)
{
    str rest = str_from(init->conf.origins), one;

    if (!init_is_plain(init->conf.site) || strchr(init->conf.site, '/') || !init->conf.site[0])
        return err_raise(ERR_INPUT, "init: --site is one word, for example shop");
    if (!init_is_plain(init->conf.bot) || !init_is_plain(init->conf.run_as))
        return err_raise(ERR_INPUT, "init: --bot and --run-as must do without blanks and quotes");
    if (!identity_origin_is_good(str_from(init->conf.origin)))
        return err_raise(ERR_INPUT, "init: --origin is an origin in lower case without a path, for example https://chat.example");
    while (str_split(&rest, ' ', &one)) {
        if (one.len > 0 && !identity_origin_is_good(one))
            return err_raise(ERR_INPUT, "init: --allow is an origin in lower case without a path, for example https://www.example");
        if (str_is(one, str_from(init->conf.origin)))
            return err_raise(ERR_INPUT, "init: the chat needs an origin of its own: --allow must not name --origin");
    }
    return ERR_NONE;
}

/* The settings as the command line gives them. */
static enum err
init_from_line(struct init *init)
{
    const struct word_line *line = init->line;
    struct conf *conf = &init->conf;
    uint64_t port = 0, days = 0;
    BUF_SCOPE(origins, CONF_TEXT_MAX - 1);

    for (size_t i = 0; i < line->given_count; i++)
        if (strcmp(line->given[i].name, "allow") == 0)
            TRY(buf_add_text(&origins, "%s%s", origins.len > 0 ? " " : "", line->given[i].value));
    if (str_parse_u64(str_from(word_value(line, "port", "8080")), 65535, &port) != ERR_NONE || port == 0)
        return err_raise(ERR_INPUT, "init: --port is a number from 1 to 65535");
    if (str_parse_u64(str_from(word_value(line, "days", "30")), 3650, &days) != ERR_NONE || days == 0)
        return err_raise(ERR_INPUT, "init: --days is a number from 1 to 3650");
    conf->port = (int64_t)port;
    conf->retention_days = (int64_t)days;
    snprintf(conf->site, sizeof conf->site, "%s", word_value(line, "site", "demo"));
    snprintf(conf->origin, sizeof conf->origin, "%s", word_value(line, "origin", ""));
    snprintf(conf->origins, sizeof conf->origins, "%.*s", STR_ARG(buf_str(&origins)));
    snprintf(conf->bot, sizeof conf->bot, "%s", word_value(line, "bot", "bot"));
    snprintf(conf->run_as, sizeof conf->run_as, "%s", word_value(line, "run-as", "nobody"));
    TRY(buf_add_text(&init->name, "%s", word_value(line, "name", "")));
    return init_check(init);
}

static enum err
init_make(struct init *init, struct keyfile *keys, struct buf *snippet)
{
    TRY(init_from_line(init));
    TRY(init_folders(init));
    TRY(init_keys(init, keys));
    TRY(init_identity(init, keys));
    TRY(init_settings(init));
    TRY(init_snippet(init, snippet));
    return init_give(init);
}

/* Signs the identity note again, for the origins that privet.yaml names now, and leaves the settings as they are. */
static enum err
init_renew(struct init *init, struct keyfile *keys, struct buf *snippet)
{
    char path[CONF_TEXT_MAX + 64];
    struct conf_fault fault;

    snprintf(path, sizeof path, "%s/privet.yaml", init->folder);
    enum err err = conf_read(path, &init->conf, &fault);
    if (err != ERR_NONE)
        fprintf(stderr, "%s:%u:%u: %s\n", fault.file, fault.line, fault.column, fault.text);
    TRY(err);
    TRY(init_check(init));
    TRY(init_keys_read(init, keys));
    TRY(init_identity(init, keys));
    return init_snippet(init, snippet);
}

static void
init_tell(const struct init *init, bool renew, const struct buf *snippet)
{
    if (renew)
        printf("Signed %s/keys/identity.note again, for %u days. Restart Privet to serve it.\n\n", init->folder, IDENTITY_DAYS);
    else
        printf("Made %s.\n\nTake this file offline, now, and keep it safe: it says who your server is.\n  %s/keys/root.key\n"
               "You need it again in %u days, or when your pages' origins change: privet init %s --renew\n\n",
               init->folder, init->folder, IDENTITY_DAYS, init->folder);
    printf("Put this line on each page that shows the chat (it is in %s/snippet.html too):\n  ", init->folder);
    word_print(snippet);
}

int
init_run(const struct word_line *line)
{
    static struct init init;
    struct keyfile keys = {NULL, NULL};
    bool renew = word_has(line, "renew");
    BUF_SCOPE(snippet, 4096);

    init = (struct init){.line = line, .folder = word_plain(line, 0)};
    buf_init(&init.name, NOTE_NAME_MAX_BYTES);
    buf_init(&init.vkey, 512);
    if (!init.folder || strlen(init.folder) > CONF_TEXT_MAX || (!renew && (!word_has(line, "name") || !word_has(line, "origin"))))
        return word_fail("privet init FOLDER --name NAME --origin URL --allow URL; `privet init --help` says more", ERR_NONE, WORD_USAGE);
    enum err err = renew ? init_renew(&init, &keys, &snippet) : init_make(&init, &keys, &snippet);
    if (err == ERR_NONE)
        init_tell(&init, renew, &snippet);
    keyfile_free(&keys);
    secret_free(&init.root);
    buf_done(&init.name);
    buf_done(&init.vkey);
    return err == ERR_NONE ? WORD_DONE : word_fail("can't init", err, err == ERR_INPUT ? WORD_USAGE : WORD_FAILED);
}
