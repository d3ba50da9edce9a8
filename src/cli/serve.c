/* privet serve: the parent; and the door of each child. */
#include "cli/serve.h"

#include "base/log.h"
#include "chat/core.h"
#include "cli/settings.h"
#include "cli/word.h"
#include "front/asset.h"
#include "front/front.h"
#include "outbox/courier.h"
#include "proc/parent.h"
#include "trust/manifest.h"
#include "vault/vault_serve.h"

#include <string.h>

/* 1.2.3 is 1002003: it grows with each version. */
static uint64_t
serve_version_serial(void)
{
    str rest = STR(PRIVET_VERSION), part;
    uint64_t serial = 0, number = 0;

    while (str_split(&rest, '.', &part) && str_parse_u64(part, 999, &number) == ERR_NONE)
        serial = serial * 1000 + number;
    return serial;
}

int
serve_run(const struct word_line *line)
{
    static struct conf conf;

    if (settings_read(line, &conf) != ERR_NONE)
        return WORD_SETTINGS;
    enum err err = parent_run(&conf);
    return err == ERR_NONE ? WORD_DONE : word_fail("can't serve", err, WORD_SETTINGS);
}

/* The manifest that the vault signs: what this binary hands to browsers. Its name is that of ROOT, as in every note of this server. */
static enum err
serve_manifest(const struct conf *conf, struct buf *out)
{
    struct note_key root;
    struct manifest manifest = {.serial = serve_version_serial(), .version = str_from(PRIVET_VERSION)};

    if (!conf->root[0])
        return ERR_NONE;
    TRY(note_key_parse(str_from(conf->root), &root));
    manifest.name = root.name;
    for (size_t i = 0; i < asset_count && manifest.file_count < MANIFEST_FILES_MAX; i++) {
        struct manifest_file *file = &manifest.files[manifest.file_count++];
        file->path = str_from(asset_table[i].path);
        TRY(manifest_hash(str_bytes(asset_table[i].plain, asset_table[i].plain_length), file->hash));
    }
    return manifest_write(out, &manifest);
}

static enum err
serve_vault(const struct conf *conf)
{
    BUF_SCOPE(manifest, NOTE_MAX_BYTES);

    TRY(serve_manifest(conf, &manifest));
    return vault_serve_run(strcmp(conf->landlock, "require") == 0, buf_str(&manifest));
}

int
serve_child(const char *name)
{
    static struct conf conf;
    enum wire_role role = WIRE_PARENT;
    enum err err = parent_child_role(name, &role) ? parent_child_conf(&conf) : ERR_INPUT;

    log_set_role(wire_role_name(role));
    if (err == ERR_NONE && role == WIRE_FRONT)
        err = front_run(&conf);
    if (err == ERR_NONE && role == WIRE_CORE)
        err = core_run(&conf);
    if (err == ERR_NONE && role == WIRE_VAULT)
        err = serve_vault(&conf);
    if (err == ERR_NONE && role == WIRE_COURIER)
        err = courier_run(strcmp(conf.landlock, "require") == 0);
    LOG("ended", log_err(err));
    return WORD_FAILED;
}
