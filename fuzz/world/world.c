/* The fuzzers' common ground: everything is made once, with keys that are no secrets and a clock that stands still. It never writes
 * outside its own folder, which goes with the process. */
#include "world/world.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/rand.h"
#include "chat/ask.h"
#include "crypt/sign.h"
#include "engine/bot_check.h"
#include "store/driver_sqlite.h"
#include "store/migrate.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[128];

__attribute__((constructor)) static void
world_start(void)
{
    must(sodium_init() >= 0);
    clock_set_fixed(WORLD_NOW_MS);
}

uint8_t
world_u8(struct view *view)
{
    uint8_t value = 0;
    (void)!buf_view_u8(view, &value);
    return value;
}

uint16_t
world_u16(struct view *view)
{
    unsigned high = world_u8(view);
    return (uint16_t)(high << 8 | world_u8(view));
}

uint32_t
world_u32(struct view *view)
{
    uint32_t high = world_u16(view);
    return high << 16 | world_u16(view);
}

str
world_part(struct view *view)
{
    const unsigned char *at = NULL;
    size_t len = world_u16(view);

    if (len > view->len)
        len = view->len;
    must(buf_view_bytes(view, len, &at) == ERR_NONE);
    return str_bytes(at, len);
}

str
world_rest(struct view *view)
{
    str rest = str_bytes(view->at, view->len);
    view->len = 0;
    return rest;
}

void
world_fill(struct view *view, void *out, size_t len)
{
    for (size_t i = 0; i < len; i++)
        ((unsigned char *)out)[i] = world_u8(view);
}

static void
world_folder_remove(void)
{
    char command[160];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    (void)!system(command);
}

const char *
world_folder(void)
{
    const char *above = getenv("TMPDIR");

    if (folder[0])
        return folder;
    snprintf(folder, sizeof folder, "%s/privet-fuzz-XXXXXX", above ? above : "/tmp");
    must(mkdtemp(folder) != NULL);
    atexit(world_folder_remove);
    return folder;
}

void
world_file(const char *name, str content)
{
    char path[256];

    snprintf(path, sizeof path, "%s/%s", world_folder(), name);
    for (char *slash = strchr(path + strlen(folder) + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        (void)mkdir(path, 0700);
        *slash = '/';
    }
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    must(fd >= 0 && write(fd, content.at, content.len) == (ssize_t)content.len && close(fd) == 0);
}

struct secret *
world_key(unsigned char byte)
{
    unsigned char bytes[32];
    struct secret *seed = NULL;

    memset(bytes, byte, sizeof bytes);
    must(secret_make(32, &seed) == ERR_NONE);
    sign_seed_set(seed, bytes);
    return seed;
}

void
world_vkey(struct buf *out, str name, unsigned char byte)
{
    unsigned char public[32];
    struct secret *seed = world_key(byte);

    sign_public(seed, public);
    secret_free(&seed);
    must(note_key_write(out, name, public) == ERR_NONE);
}

void
world_sign(struct buf *note, str text, str name, unsigned char byte)
{
    static struct secret *keys[4];

    if (!keys[byte])
        keys[byte] = world_key(byte);
    /* A text that can't be signed is a note that can't be opened: the note stays empty. */
    (void)!note_sign(note, text, name, keys[byte]);
}

void
world_identity(struct buf *note)
{
    BUF_SCOPE(text, NOTE_MAX_BYTES);
    struct identity identity = {.name = WORLD_NAME, .serial = 7, .from_s = WORLD_NOW_MS / 1000, .to_s = WORLD_NOW_MS / 1000 + 7776000,
                                .origin_count = 2, .origins = {WORLD_ORIGIN, STR("https://chat.example")}};
    struct secret *online = world_key(2);

    identity.online.name = WORLD_ONLINE;
    sign_public(online, identity.online.public);
    secret_free(&online);
    must(identity_write(&text, &identity) == ERR_NONE);
    world_sign(note, buf_str(&text), WORLD_NAME, 1);
}

struct vault *
world_vault(struct buf *keys)
{
    struct keyfile keyfile = {world_key(2), world_key(3)};
    struct vault *vault = NULL;
    unsigned char ek[32];
    const unsigned char *at = NULL;
    uint32_t len = 0;
    BUF_SCOPE(identity, NOTE_MAX_BYTES);
    BUF_SCOPE(notes, (size_t)4 * NOTE_MAX_BYTES);

    world_identity(&identity);
    memset(ek, 5, sizeof ek);
    rand_set_fixed(ek, sizeof ek);
    must(vault_make(&keyfile, buf_str(&identity), (str){"", 0}, &vault) == ERR_NONE);
    rand_set_fixed(NULL, 0);
    must(vault_notes(vault, &notes) == ERR_NONE);
    struct view view = {notes.at, notes.len};
    for (int i = 0; i < 2; i++)
        must(buf_view_u32(&view, &len) == ERR_NONE && buf_view_bytes(&view, len, &at) == ERR_NONE);
    must(buf_add(keys, at, len) == ERR_NONE);
    return vault;
}

void
world_session(struct session *core, struct session *visitor)
{
    *visitor = (struct session){.turn = 0};
    memset(visitor->id, 4, sizeof visitor->id);
    memset(visitor->up, 1, 32);
    memset(visitor->dn, 2, 32);
    memset(visitor->state_key, 3, 32);
    memset(visitor->device_tag, 6, 32);
    visitor->is_proven = true;
    *core = *visitor;
    buf_init(&core->last_reply, (size_t)4 << 20);
    core->born_ms = core->seen_ms = WORLD_NOW_MS;
}

const struct bot *
world_bot(void)
{
    static struct bot *bot;
    struct bot_fault fault;

    if (!bot)
        must(bot_make("bots/shop", &fault, &bot) == ERR_NONE);
    return bot;
}

static enum err
world_seal(void *context, str where, str value, struct buf *out)
{
    (void)context;
    (void)where;
    return buf_add_str(out, value);
}

struct site *
world_site(void)
{
    static struct site site;
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    struct bot *bot = NULL;
    struct bot_fault fault;
    struct driver *driver = NULL;
    static struct pii *pii;
    static struct request *request;
    char path[160];

    if (site.writer)
        return &site;
    site = (struct site){.name = STR("shop"), .operator = STR("Hearth & Hedge"), .contact = STR("help@shop.example"),
                              .retention_days = 30, .reader_lock = &lock, .seal = world_seal};
    snprintf(path, sizeof path, "%s/slots", world_folder());
    ask_init();
    must(slots_open(path, &site.slots) == ERR_NONE && driver_sqlite_open(":memory:", &driver) == ERR_NONE);
    must(migrate_run(driver) == ERR_NONE && session_table_make(64, &site.sessions) == ERR_NONE);
    must(bot_slot_make(&site.bots) == ERR_NONE && bot_make("bots/shop", &fault, &bot) == ERR_NONE);
    must(pii_make(&pii) == ERR_NONE && request_make(&request) == ERR_NONE);
    must(bot_check_run(bot, &(struct bot_check_tools){pii, request, WORLD_ORIGIN, false}, NULL, &fault) == ERR_NONE);
    must(bot_slot_put(site.bots, &bot) == ERR_NONE);
    site.pii = pii;
    /* One connection serves both, since each turn waits for its writer: a second one would see another memory. */
    site.reader = driver;
    must(writer_make(&(struct writer_setup){.driver = driver, .queue_max = 8}, &site.writer) == ERR_NONE);
    return &site;
}
