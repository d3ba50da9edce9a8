/* buf.h - bytes that grow up to a maximum given when the buffer is made. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/err.h"
#include "base/str.h"

struct buf {
    unsigned char *at;
    size_t len;
    size_t size_bytes;
    size_t max_bytes;
};

/* buf_init - empty; nothing is allocated before the first byte. */
void buf_init(struct buf *buf, size_t max_bytes);
/* buf_done - wipes and frees; the buffer may be initialised again. */
void buf_done(struct buf *buf);
/* buf_reset - wipes what was written and keeps the memory. */
void buf_reset(struct buf *buf);
/* All of these: ERR_LIMIT over max_bytes, ERR_MEMORY; on failure nothing is added. */
enum err buf_add(struct buf *buf, const void *at, size_t len) MUST_CHECK;
enum err buf_add_str(struct buf *buf, str s) MUST_CHECK;
enum err buf_add_u8(struct buf *buf, uint8_t value) MUST_CHECK;
enum err buf_add_u16(struct buf *buf, uint16_t value) MUST_CHECK; /* big-endian, as all of these */
enum err buf_add_u32(struct buf *buf, uint32_t value) MUST_CHECK;
enum err buf_add_u64(struct buf *buf, uint64_t value) MUST_CHECK;
enum err buf_add_text(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3))) MUST_CHECK;
/* buf_fit - room for exactly `more` bytes, where growing by doubling would waste what is kept for long. */
enum err buf_fit(struct buf *buf, size_t more) MUST_CHECK;
/* buf_str - a view, good until the next change. */
str buf_str(const struct buf *buf);

#define BUF_SCOPE(name, max) __attribute__((cleanup(buf_done))) struct buf name = {NULL, 0, 0, (max)}

/* view - reads big-endian values off the front of bytes; every take fails with ERR_INPUT when too little is left. */
struct view {
    const unsigned char *at;
    size_t len;
};
enum err buf_view_u8(struct view *view, uint8_t *out) MUST_CHECK;
enum err buf_view_u16(struct view *view, uint16_t *out) MUST_CHECK;
enum err buf_view_u32(struct view *view, uint32_t *out) MUST_CHECK;
enum err buf_view_u64(struct view *view, uint64_t *out) MUST_CHECK;
enum err buf_view_bytes(struct view *view, size_t len, const unsigned char **out) MUST_CHECK;

#endif
