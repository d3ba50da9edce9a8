/* Growing bytes and a reader of big-endian values. It never grows over the maximum its maker gave. */
#include "base/buf.h"

#include "base/alloc.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define BUF_FIRST_BYTES ((size_t)256)

void
buf_init(struct buf *buf, size_t max_bytes)
{
    *buf = (struct buf){NULL, 0, 0, max_bytes};
}

void
buf_reset(struct buf *buf)
{
    if (buf->at)
        alloc_wipe(buf->at, buf->len);
    buf->len = 0;
}

void
buf_done(struct buf *buf)
{
    buf_reset(buf);
    alloc_free(&buf->at);
    buf->size_bytes = 0;
}

/* Moves to a larger piece, so that the old one can be wiped: realloc would leave a copy behind. */
static enum err
buf_move(struct buf *buf, size_t size)
{
    void *piece = NULL;

    TRY(alloc_make(1, size, &piece));
    if (buf->at) {
        memcpy(piece, buf->at, buf->len);
        alloc_wipe(buf->at, buf->len);
        alloc_free(&buf->at);
    }
    buf->at = piece;
    buf->size_bytes = size;
    return ERR_NONE;
}

enum err
buf_fit(struct buf *buf, size_t more)
{
    if (more > buf->max_bytes || buf->len > buf->max_bytes - more)
        return err_raise(ERR_LIMIT, "buf: over its maximum");
    return buf->len + more <= buf->size_bytes ? ERR_NONE : buf_move(buf, buf->len + more);
}

static enum err
buf_reserve(struct buf *buf, size_t more)
{
    if (more > buf->max_bytes || buf->len > buf->max_bytes - more)
        return err_raise(ERR_LIMIT, "buf: over its maximum");
    if (buf->len + more <= buf->size_bytes)
        return ERR_NONE;
    size_t size = buf->size_bytes ? buf->size_bytes : BUF_FIRST_BYTES;
    while (size < buf->len + more)
        size *= 2;
    return buf_move(buf, size);
}

enum err
buf_add(struct buf *buf, const void *at, size_t len)
{
    TRY(buf_reserve(buf, len));
    if (len > 0)
        memcpy(buf->at + buf->len, at, len);
    buf->len += len;
    return ERR_NONE;
}

enum err
buf_add_str(struct buf *buf, str s)
{
    return buf_add(buf, s.at, s.len);
}

enum err
buf_add_u8(struct buf *buf, uint8_t value)
{
    return buf_add(buf, &value, 1);
}

static enum err
buf_add_number(struct buf *buf, uint64_t value, size_t bytes)
{
    unsigned char out[8];
    for (size_t i = 0; i < bytes; i++)
        out[i] = (unsigned char)(value >> (8 * (bytes - 1 - i)));
    return buf_add(buf, out, bytes);
}

enum err
buf_add_u16(struct buf *buf, uint16_t value)
{
    return buf_add_number(buf, value, 2);
}

enum err
buf_add_u32(struct buf *buf, uint32_t value)
{
    return buf_add_number(buf, value, 4);
}

enum err
buf_add_u64(struct buf *buf, uint64_t value)
{
    return buf_add_number(buf, value, 8);
}

enum err
buf_add_text(struct buf *buf, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    int length = vsnprintf(NULL, 0, format, list);
    va_end(list);
    if (length < 0)
        return err_raise(ERR_BUG, "buf: bad format");
    TRY(buf_reserve(buf, (size_t)length + 1));
    va_start(list, format);
    vsnprintf((char *)buf->at + buf->len, (size_t)length + 1, format, list);
    va_end(list);
    buf->len += (size_t)length;
    return ERR_NONE;
}

str
buf_str(const struct buf *buf)
{
    return (str){buf->at ? (const char *)buf->at : "", buf->len};
}

enum err
buf_view_bytes(struct view *view, size_t len, const unsigned char **out)
{
    if (len > view->len)
        return err_raise(ERR_INPUT, "buf: too short");
    *out = view->at;
    view->at += len;
    view->len -= len;
    return ERR_NONE;
}

static enum err
buf_view_number(struct view *view, size_t bytes, uint64_t *out)
{
    const unsigned char *at = NULL;
    uint64_t value = 0;

    TRY(buf_view_bytes(view, bytes, &at));
    for (size_t i = 0; i < bytes; i++)
        value = value << 8 | at[i];
    *out = value;
    return ERR_NONE;
}

enum err
buf_view_u8(struct view *view, uint8_t *out)
{
    uint64_t value = 0;
    TRY(buf_view_number(view, 1, &value));
    *out = (uint8_t)value;
    return ERR_NONE;
}

enum err
buf_view_u16(struct view *view, uint16_t *out)
{
    uint64_t value = 0;
    TRY(buf_view_number(view, 2, &value));
    *out = (uint16_t)value;
    return ERR_NONE;
}

enum err
buf_view_u32(struct view *view, uint32_t *out)
{
    uint64_t value = 0;
    TRY(buf_view_number(view, 4, &value));
    *out = (uint32_t)value;
    return ERR_NONE;
}

enum err
buf_view_u64(struct view *view, uint64_t *out)
{
    return buf_view_number(view, 8, out);
}
