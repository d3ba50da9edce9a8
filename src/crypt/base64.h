/* base64.h - RFC 4648 base64, strict: one text for each sequence of bytes and no other accepted. */
#ifndef CRYPT_BASE64_H
#define CRYPT_BASE64_H

#include "base/buf.h"

enum base64_kind {
    BASE64_PLAIN, /* section 4, padded */
    BASE64_URL    /* section 5, without padding */
};

/* base64_length - bytes of text for `len` bytes. */
size_t base64_length(enum base64_kind kind, size_t len);
/* base64_write - adds the text to buf. Errs: ERR_LIMIT, ERR_MEMORY. */
enum err base64_write(struct buf *buf, enum base64_kind kind, str bytes) MUST_CHECK;
/* base64_parse - out has room for out_max bytes. Errs: ERR_INPUT (a foreign letter, wrong padding, bits left over), ERR_LIMIT. */
enum err base64_parse(enum base64_kind kind, str text, unsigned char *out, size_t out_max, size_t *out_len) MUST_CHECK;
/* base64_parse_exact - as base64_parse, and exactly `len` bytes. Errs: ERR_INPUT. */
enum err base64_parse_exact(enum base64_kind kind, str text, unsigned char *out, size_t len) MUST_CHECK;

/* Lower-case hex, as strict. */
enum err base64_hex_write(struct buf *buf, str bytes) MUST_CHECK;
enum err base64_hex_parse_exact(str text, unsigned char *out, size_t len) MUST_CHECK;

#endif
