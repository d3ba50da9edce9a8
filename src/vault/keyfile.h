/* keyfile.h - the long-term keys on disk.
 *
 *   privet-key/1\n
 *   online BASE64(32 bytes: Ed25519 seed)\n
 *   master BASE64(32 bytes)\n            or, in the operator's root file:
 *
 *   privet-root/1\n
 *   name NAME\n
 *   root BASE64(32 bytes: Ed25519 seed)\n
 *
 * Files are made with mode 0600 and refused when group or others may read them.
 */
#ifndef VAULT_KEYFILE_H
#define VAULT_KEYFILE_H

#include "base/buf.h"
#include "base/secret.h"

struct keyfile {
    struct secret *online;
    struct secret *master;
};

/* keyfile_make - fresh random keys. keyfile_free wipes. */
enum err keyfile_make(struct keyfile *out) MUST_CHECK;
void keyfile_free(struct keyfile *keyfile);
/* keyfile_write - to a new file. Errs: ERR_DENIED when it exists; ERR_IO. */
enum err keyfile_write(const char *path, const struct keyfile *keyfile) MUST_CHECK;
/* keyfile_open - a descriptor to read from; ERR_ABSENT, ERR_DENIED when others may read it, ERR_IO. */
enum err keyfile_open(const char *path, int *fd) MUST_CHECK;
/* keyfile_read - from a descriptor of keyfile_open, from its start. Errs: ERR_INPUT, ERR_IO, ERR_MEMORY. */
enum err keyfile_read(int fd, struct keyfile *out) MUST_CHECK;

/* The operator's root key: made by init, read to sign an identity note. `name` goes to buf. */
enum err keyfile_root_write(const char *path, str name, struct secret *root) MUST_CHECK;
enum err keyfile_root_read(int fd, struct buf *name, struct secret **root) MUST_CHECK;

#endif
