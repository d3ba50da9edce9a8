/* Long-term keys on disk. The bytes pass through one buffer that is wiped; a file that others may read is refused. */
#include "vault/keyfile.h"

#include "base/alloc.h"
#include "base/fault.h"
#include "base/rand.h"
#include "crypt/base64.h"
#include "crypt/note.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEYFILE_MAX_BYTES ((size_t)1024)

static enum err
keyfile_secret_make(struct secret **out)
{
    TRY(secret_make(32, out));
    rand_bytes(secret_bytes(*out), 32);
    return ERR_NONE;
}

enum err
keyfile_make(struct keyfile *out)
{
    struct keyfile made = {NULL, NULL};

    TRY(keyfile_secret_make(&made.online));
    enum err err = keyfile_secret_make(&made.master);
    if (err != ERR_NONE) {
        keyfile_free(&made);
        return err;
    }
    *out = made;
    return ERR_NONE;
}

void
keyfile_free(struct keyfile *keyfile)
{
    secret_free(&keyfile->online);
    secret_free(&keyfile->master);
}

static enum err
keyfile_save(const char *path, const struct buf *text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return errno == EEXIST ? err_raise(ERR_DENIED, "keyfile: there is one already")
                               : err_raise(ERR_IO, "keyfile: can't be made");
    bool done = !fault_is_due(FAULT_FILE) && write(fd, text->at, text->len) == (ssize_t)text->len && fsync(fd) == 0;
    if (close(fd) != 0 || !done) {
        unlink(path);
        return err_raise(ERR_IO, "keyfile: can't be written");
    }
    return ERR_NONE;
}

static enum err
keyfile_line(struct buf *text, str label, struct secret *secret)
{
    TRY(buf_add_str(text, label));
    TRY(buf_add_u8(text, ' '));
    TRY(base64_write(text, BASE64_PLAIN, str_bytes(secret_bytes(secret), 32)));
    return buf_add_u8(text, '\n');
}

enum err
keyfile_write(const char *path, const struct keyfile *keyfile)
{
    BUF_SCOPE(text, KEYFILE_MAX_BYTES);

    TRY(buf_add_str(&text, STR("privet-key/1\n")));
    TRY(keyfile_line(&text, STR("online"), keyfile->online));
    TRY(keyfile_line(&text, STR("master"), keyfile->master));
    return keyfile_save(path, &text);
}

enum err
keyfile_root_write(const char *path, str name, struct secret *root)
{
    BUF_SCOPE(text, KEYFILE_MAX_BYTES);

    TRY(buf_add_text(&text, "privet-root/1\nname %.*s\n", STR_ARG(name)));
    TRY(keyfile_line(&text, STR("root"), root));
    return keyfile_save(path, &text);
}

enum err
keyfile_open(const char *path, int *fd)
{
    struct stat facts;
    int opened = open(path, O_RDONLY | O_CLOEXEC);

    if (opened < 0)
        return errno == ENOENT ? err_raise(ERR_ABSENT, "keyfile: there is none") : err_raise(ERR_IO, "keyfile: can't be opened");
    if (fstat(opened, &facts) != 0 || !S_ISREG(facts.st_mode) || (facts.st_mode & 077) != 0) {
        close(opened);
        return err_raise(ERR_DENIED, "keyfile: others may read it; its mode must be 0600");
    }
    *fd = opened;
    return ERR_NONE;
}

static enum err
keyfile_load(int fd, struct buf *text)
{
    unsigned char piece[KEYFILE_MAX_BYTES];
    ssize_t got = fault_is_due(FAULT_FILE) ? -1 : pread(fd, piece, sizeof piece, 0);

    if (got < 0)
        return err_raise(ERR_IO, "keyfile: can't be read");
    enum err err = buf_add(text, piece, (size_t)got);
    alloc_wipe(piece, sizeof piece);
    return err;
}

static enum err
keyfile_parse(str *rest, str label, struct secret **out)
{
    str value;
    struct secret *secret = NULL;

    TRY(note_line(rest, label, &value));
    TRY(secret_make(32, &secret));
    enum err err = base64_parse_exact(BASE64_PLAIN, value, secret_bytes(secret), 32);
    if (err != ERR_NONE) {
        secret_free(&secret);
        return err;
    }
    *out = secret;
    return ERR_NONE;
}

enum err
keyfile_read(int fd, struct keyfile *out)
{
    BUF_SCOPE(text, KEYFILE_MAX_BYTES);
    struct keyfile keyfile = {NULL, NULL};

    TRY(keyfile_load(fd, &text));
    str rest = buf_str(&text);
    TRY(note_line(&rest, STR("privet-key/1"), NULL));
    TRY(keyfile_parse(&rest, STR("online"), &keyfile.online));
    enum err err = keyfile_parse(&rest, STR("master"), &keyfile.master);
    if (err == ERR_NONE && rest.len > 0)
        err = err_raise(ERR_INPUT, "keyfile: unknown line");
    if (err != ERR_NONE) {
        keyfile_free(&keyfile);
        return err;
    }
    *out = keyfile;
    return ERR_NONE;
}

enum err
keyfile_root_read(int fd, struct buf *name, struct secret **root)
{
    BUF_SCOPE(text, KEYFILE_MAX_BYTES);
    str value;

    TRY(keyfile_load(fd, &text));
    str rest = buf_str(&text);
    TRY(note_line(&rest, STR("privet-root/1"), NULL));
    TRY(note_line(&rest, STR("name"), &value));
    TRY(buf_add_str(name, value));
    return keyfile_parse(&rest, STR("root"), root);
}
