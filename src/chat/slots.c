/* The file of SLOTs. An erased SLOT is overwritten where it lies and synced before anything else happens; a cell is used
 * again only after that. It never copies the file and never writes a SLOT anywhere else. */
#include "chat/slots.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/rand.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SLOTS_CELL_BYTES 64
static const char slots_magic[SLOTS_CELL_BYTES] = "privet-slots/1\n";

struct slots {
    int fd;
    pthread_mutex_t lock;
    int64_t cell_count;
    int64_t search_from; /* no free cell lies before it */
    bool is_dirty, is_lost;
};

static enum err
slots_read(const struct slots *slots, int64_t cell, unsigned char out[64])
{
    if (fault_is_due(FAULT_FILE) || pread(slots->fd, out, 64, (off_t)(cell + 1) * SLOTS_CELL_BYTES) != 64)
        return err_raise(ERR_IO, "slots: can't be read");
    return ERR_NONE;
}

static enum err
slots_write(struct slots *slots, int64_t cell, const unsigned char in[64])
{
    if (fault_is_due(FAULT_FILE))
        return err_raise(ERR_IO, "slots: failed as told");
    ssize_t written = pwrite(slots->fd, in, 64, (off_t)(cell + 1) * SLOTS_CELL_BYTES);
    if (written == 64)
        return ERR_NONE;
    if (written >= 0 || errno == ENOSPC || errno == EDQUOT)
        return err_raise(ERR_LIMIT, "slots: the disk is full");
    return err_raise(ERR_IO, "slots: can't be written");
}

/* After a sync that failed the kernel may call the pages clean, and the next one would succeed for nothing: none is tried. */
static enum err
slots_flush(struct slots *slots)
{
    slots->is_lost = slots->is_lost || fault_is_due(FAULT_FILE) || fdatasync(slots->fd) != 0;
    return slots->is_lost ? err_raise(ERR_IO, "slots: can't be synced") : ERR_NONE;
}

static enum err
slots_start(struct slots *slots)
{
    struct stat facts;
    char head[SLOTS_CELL_BYTES];

    if (fstat(slots->fd, &facts) != 0)
        return err_raise(ERR_IO, "slots: can't be read");
    if (facts.st_size < SLOTS_CELL_BYTES) {
        if (pwrite(slots->fd, slots_magic, SLOTS_CELL_BYTES, 0) != SLOTS_CELL_BYTES || fsync(slots->fd) != 0)
            return err_raise(ERR_IO, "slots: can't be made");
        return ERR_NONE;
    }
    if (pread(slots->fd, head, SLOTS_CELL_BYTES, 0) != SLOTS_CELL_BYTES)
        return err_raise(ERR_IO, "slots: can't be read");
    if (memcmp(head, slots_magic, SLOTS_CELL_BYTES) != 0)
        return err_raise(ERR_INPUT, "slots: not a file of slots");
    slots->cell_count = facts.st_size / SLOTS_CELL_BYTES - 1;
    return ERR_NONE;
}

enum err
slots_open(const char *path, struct slots **out)
{
    void *piece = NULL;

    TRY(alloc_make(1, sizeof(struct slots), &piece));
    struct slots *slots = piece;
    slots->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    pthread_mutex_init(&slots->lock, NULL);
    enum err err = slots->fd < 0 ? err_raise(ERR_IO, "slots: can't be opened") : slots_start(slots);
    if (err != ERR_NONE) {
        slots_close(&slots);
        return err;
    }
    *out = slots;
    return ERR_NONE;
}

void
slots_close(struct slots **slots)
{
    if (!*slots)
        return;
    if ((*slots)->fd >= 0)
        close((*slots)->fd);
    pthread_mutex_destroy(&(*slots)->lock);
    alloc_free(slots);
}

/* The first free cell; the file grows when there is none. */
static enum err
slots_find_free(struct slots *slots, int64_t *cell)
{
    static const unsigned char zeros[64];
    unsigned char at[64];

    for (; slots->search_from < slots->cell_count; slots->search_from++) {
        TRY(slots_read(slots, slots->search_from, at));
        bool is_free = memcmp(at, zeros, 64) == 0;
        alloc_wipe(at, sizeof at);
        if (is_free)
            break;
    }
    *cell = slots->search_from;
    return ERR_NONE;
}

static void
slots_day_write(unsigned char cell[64])
{
    uint32_t day = (uint32_t)(clock_unix_ms() / 86400000);
    for (int i = 0; i < 4; i++)
        cell[48 + i] = (unsigned char)(day >> (24 - 8 * i));
}

static int64_t
slots_day(const unsigned char cell[64])
{
    return (int64_t)cell[48] << 24 | cell[49] << 16 | cell[50] << 8 | cell[51];
}

enum err
slots_add(struct slots *slots, const unsigned char conversation[16], int64_t *cell, unsigned char slot[32])
{
    unsigned char content[64] = {0};
    int64_t at = 0;

    memcpy(content, conversation, 16);
    rand_bytes(content + 16, 32);
    slots_day_write(content);
    pthread_mutex_lock(&slots->lock);
    enum err err = slots_find_free(slots, &at);
    if (err == ERR_NONE)
        err = slots_write(slots, at, content);
    if (err == ERR_NONE) {
        memcpy(slot, content + 16, 32);
        *cell = at;
        slots->search_from = at + 1;
        if (at >= slots->cell_count)
            slots->cell_count = at + 1;
        slots->is_dirty = true;
    }
    pthread_mutex_unlock(&slots->lock);
    alloc_wipe(content, sizeof content);
    return err;
}

/* The lock is held, as long as what it says must stay true: another conversation may get an erased cell. */
static enum err
slots_take(const struct slots *slots, int64_t cell, const unsigned char conversation[16], unsigned char slot[32])
{
    unsigned char content[64];

    if (cell < 0 || cell >= slots->cell_count)
        return err_raise(ERR_ABSENT, "slots: no such cell");
    TRY(slots_read(slots, cell, content));
    bool fits = memcmp(content, conversation, 16) == 0;
    if (fits)
        memcpy(slot, content + 16, 32);
    alloc_wipe(content, sizeof content);
    return fits ? ERR_NONE : err_raise(ERR_ABSENT, "slots: erased");
}

enum err
slots_get(struct slots *slots, int64_t cell, const unsigned char conversation[16], unsigned char slot[32])
{
    pthread_mutex_lock(&slots->lock);
    enum err err = slots_take(slots, cell, conversation, slot);
    pthread_mutex_unlock(&slots->lock);
    return err;
}

static enum err
slots_erase_in(struct slots *slots, int64_t cell, const unsigned char conversation[16])
{
    static const unsigned char zeros[64];
    unsigned char slot[32];
    enum err err = slots_take(slots, cell, conversation, slot);

    alloc_wipe(slot, sizeof slot);
    if (err == ERR_ABSENT)
        return ERR_NONE;
    TRY(err);
    TRY(slots_write(slots, cell, zeros));
    TRY(slots_flush(slots));
    if (cell < slots->search_from)
        slots->search_from = cell;
    return ERR_NONE;
}

enum err
slots_erase(struct slots *slots, int64_t cell, const unsigned char conversation[16])
{
    pthread_mutex_lock(&slots->lock);
    enum err err = slots_erase_in(slots, cell, conversation);
    pthread_mutex_unlock(&slots->lock);
    return err;
}

/* The lock is held. */
static enum err
slots_retain_one(struct slots *slots, int64_t cell, int64_t before_day, uint64_t *freed)
{
    static const unsigned char zeros[64];
    unsigned char content[64];

    TRY(slots_read(slots, cell, content));
    bool is_old = memcmp(content, zeros, 64) != 0 && slots_day(content) < before_day;
    alloc_wipe(content, sizeof content);
    if (!is_old)
        return ERR_NONE;
    TRY(slots_write(slots, cell, zeros));
    if (cell < slots->search_from)
        slots->search_from = cell;
    slots->is_dirty = true;
    ++*freed;
    return ERR_NONE;
}

enum err
slots_retain(struct slots *slots, const unsigned char *used, int64_t cell_count, int64_t before_day, uint64_t *freed)
{
    enum err err = ERR_NONE;

    *freed = 0;
    for (int64_t cell = 0; cell < cell_count && err == ERR_NONE; cell++) {
        if (used[cell / 8] >> (cell % 8) & 1)
            continue;
        pthread_mutex_lock(&slots->lock);
        err = slots_retain_one(slots, cell, before_day, freed);
        pthread_mutex_unlock(&slots->lock);
    }
    TRY(err);
    return *freed > 0 ? slots_sync(slots) : ERR_NONE;
}

int64_t
slots_cell_count(struct slots *slots)
{
    pthread_mutex_lock(&slots->lock);
    int64_t count = slots->cell_count;
    pthread_mutex_unlock(&slots->lock);
    return count;
}

enum err
slots_sync(void *context)
{
    struct slots *slots = context;
    enum err err = ERR_NONE;

    pthread_mutex_lock(&slots->lock);
    if (slots->is_dirty || slots->is_lost)
        err = slots_flush(slots);
    if (err == ERR_NONE)
        slots->is_dirty = false;
    pthread_mutex_unlock(&slots->lock);
    return err;
}

bool
slots_is_lost(struct slots *slots)
{
    pthread_mutex_lock(&slots->lock);
    bool is_lost = slots->is_lost;
    pthread_mutex_unlock(&slots->lock);
    return is_lost;
}
