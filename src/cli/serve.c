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
#include "vault/vault_serve.h"

#include <string.h>

int
serve_run(int count, char **arguments)
{
    static struct conf conf;

    if (settings_read(count, arguments, &conf) != ERR_NONE)
        return WORD_SETTINGS;
    enum err err = parent_run(&conf);
    return err == ERR_NONE ? WORD_DONE : word_fail("can't serve", err, WORD_SETTINGS);
}

/* The manifest that the vault signs: what this binary hands to browsers. */
static enum err
serve_manifest(const struct conf *conf, struct buf *out)
{
    TRY(buf_add_text(out, "privet-widget/1\nname %s\nserial 1\nversion %s\n", conf->site, PRIVET_VERSION));
    for (size_t i = 0; i < asset_count; i++)
        TRY(buf_add_text(out, "file %s sha384-%s\n", asset_table[i].path, asset_table[i].sha384));
    return ERR_NONE;
}

static enum err
serve_vault(const struct conf *conf)
{
    BUF_SCOPE(manifest, 16384);

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
