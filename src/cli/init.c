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
    const char *folder, *name, *origin, *bot, *site, *port, *days;
    int count;
    char **arguments;
    struct secret *root;
    struct buf vkey;
};

static enum err
init_write(const struct init *init, const char *name, str text, mode_t mode)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/%s", init->folder, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
    bool done = fd >= 0 && write(fd, text.at, text.len) == (ssize_t)text.len && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return done ? ERR_NONE : err_raise(ERR_IO, "init: a file can't be written");
}

/* All --allow values, and the chat's own origin, which the full-page chat claims. */
static enum err
init_origins(const struct init *init, struct identity *identity)
{
    identity->origins[identity->origin_count++] = str_from(init->origin);
    for (int i = 0; i + 1 < init->count; i++) {
        if (strcmp(init->arguments[i], "--allow") != 0)
            continue;
        if (identity->origin_count == IDENTITY_ORIGINS_MAX)
            return err_raise(ERR_LIMIT, "init: at most 63 pages");
        identity->origins[identity->origin_count++] = str_from(init->arguments[i + 1]);
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
    struct identity identity = {.name = str_from(init->name), .serial = now_s, .from_s = now_s,
                                .to_s = now_s + (uint64_t)IDENTITY_DAYS * 86400};
    unsigned char public[32];

    TRY(buf_add_text(&signer, "%s/online", init->name));
    identity.online.name = buf_str(&signer);
    sign_public(keys->online, identity.online.public);
    TRY(init_origins(init, &identity));
    TRY(identity_write(&text, &identity));
    TRY(note_sign(&note, buf_str(&text), identity.name, init->root));
    sign_public(init->root, public);
    TRY(note_key_write(&init->vkey, identity.name, public));
    return init_write(init, "keys/identity.note", buf_str(&note), 0644);
}

static enum err
init_settings(const struct init *init)
{
    BUF_SCOPE(yaml, 16384);
    BUF_SCOPE(snippet, 4096);
    const char *sha384 = "";

    TRY(buf_add_text(&yaml, "# Settings of Privet; `privet explain NAME` says more about each.\nsite: %s\norigin: %s\norigins:",
                     init->site, init->origin));
    for (int i = 0; i + 1 < init->count; i++)
        if (strcmp(init->arguments[i], "--allow") == 0)
            TRY(buf_add_text(&yaml, " %s", init->arguments[i + 1]));
    TRY(buf_add_text(&yaml, "\nbot: %s\ndata: data\nkey_file: keys/online.key\nroot: %.*s\nport: %s\nretention_days: %s\n", init->bot,
                     STR_ARG(buf_str(&init->vkey)), init->port, init->days));
    TRY(init_write(init, "privet.yaml", buf_str(&yaml), 0644));
    for (size_t i = 0; i < asset_count; i++)
        if (strcmp(asset_table[i].path, asset_loader_path) == 0)
            sha384 = asset_table[i].sha384;
    TRY(buf_add_text(&snippet,
                     "<script async src=\"%s%s\" integrity=\"sha384-%s\" crossorigin=\"anonymous\" data-site=\"%s\" data-root=\"%.*s\">"
                     "</script>\n",
                     init->origin, asset_loader_path, sha384, init->site, STR_ARG(buf_str(&init->vkey))));
    return init_write(init, "snippet.html", buf_str(&snippet), 0644);
}

/* Started as root, Privet runs as another user, who owns data and the online key. */
static enum err
init_give(const struct init *init)
{
    static const char *const names[] = {"data", "keys/online.key"};
    const struct passwd *user = getpwnam("nobody");
    char path[4096];

    if (geteuid() != 0)
        return ERR_NONE;
    if (!user)
        return err_raise(ERR_INPUT, "init: there is no user `nobody`");
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
    char path[4096];

    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        snprintf(path, sizeof path, "%s%s", init->folder, folders[i].name);
        if (mkdir(path, folders[i].mode) != 0 && errno != EEXIST)
            return err_raise(ERR_IO, "init: the folder can't be made");
    }
    return ERR_NONE;
}

static enum err
init_keys(struct init *init, bool renew, struct keyfile *keys)
{
    char path[4096];
    const char *root = word_option(init->count, init->arguments, "root");
    BUF_SCOPE(name, 256);
    unsigned char seed[32];
    int fd = -1;

    snprintf(path, sizeof path, "%s/keys/root.key", init->folder);
    if (renew) {
        TRY(keyfile_open(root ? root : path, &fd));
        enum err err = keyfile_root_read(fd, &name, &init->root);
        close(fd);
        TRY(err);
        snprintf(path, sizeof path, "%s/keys/online.key", init->folder);
        TRY(keyfile_open(path, &fd));
        err = keyfile_read(fd, keys);
        close(fd);
        return err;
    }
    TRY(secret_make(32, &init->root));
    rand_bytes(seed, sizeof seed);
    sign_seed_set(init->root, seed);
    explicit_bzero(seed, sizeof seed);
    TRY(keyfile_root_write(path, str_from(init->name), init->root));
    TRY(keyfile_make(keys));
    snprintf(path, sizeof path, "%s/keys/online.key", init->folder);
    return keyfile_write(path, keys);
}

static enum err
init_all(struct init *init, bool renew)
{
    struct keyfile keys = {NULL, NULL};

    TRY(init_folders(init));
    enum err err = init_keys(init, renew, &keys);
    if (err == ERR_NONE)
        err = init_identity(init, &keys);
    if (err == ERR_NONE)
        err = init_settings(init);
    if (err == ERR_NONE)
        err = init_give(init);
    keyfile_free(&keys);
    secret_free(&init->root);
    return err;
}

static const char *
init_option(const struct init *init, const char *name, const char *otherwise)
{
    const char *value = word_option(init->count, init->arguments, name);
    return value ? value : otherwise;
}

int
init_run(int count, char **arguments)
{
    struct init init = {.folder = word_plain(count, arguments, 0), .count = count, .arguments = arguments};

    init.name = init_option(&init, "name", NULL);
    init.origin = init_option(&init, "origin", NULL);
    init.bot = init_option(&init, "bot", "bot");
    init.site = init_option(&init, "site", "demo");
    init.port = init_option(&init, "port", "8080");
    init.days = init_option(&init, "days", "30");
    if (!init.folder || !init.name || !init.origin)
        return word_fail("privet init FOLDER --name NAME --origin URL --allow URL; `privet init --help` says more", ERR_NONE, WORD_USAGE);
    buf_init(&init.vkey, 512);
    bool renew = word_flag(count, arguments, "renew");
    enum err err = init_all(&init, renew);
    if (err == ERR_NONE) {
        printf("Made %s.\n\nTake this file offline, now, and keep it safe: it says who your server is.\n  %s/keys/root.key\n"
               "You need it again in %u days, or when your pages' origins change: privet init %s --renew …\n\n"
               "Put this line on each page that shows the chat (it is in %s/snippet.html):\n",
               init.folder, init.folder, IDENTITY_DAYS, init.folder, init.folder);
        printf("  data-root=\"%.*s\"\n", STR_ARG(buf_str(&init.vkey)));
    }
    buf_done(&init.vkey);
    return err == ERR_NONE ? WORD_DONE : word_fail("can't init", err, WORD_FAILED);
}
