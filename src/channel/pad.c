/* Padding to buckets. It never hides a byte: what follows the data must be zero. */
#include "channel/pad.h"

#include <string.h>

size_t
pad_bucket(size_t len)
{
    size_t bucket = 512;

    must(len <= PAD_DATA_MAX);
    while (bucket < len + 2)
        bucket *= 2;
    return bucket;
}

bool
pad_is_bucket(size_t size)
{
    return size >= 512 && size <= PAD_BUCKET_MAX && (size & (size - 1)) == 0;
}

size_t
pad_turn_bucket(size_t len)
{
    size_t bucket = pad_bucket(len);
    return bucket < PAD_TURN_BUCKET ? PAD_TURN_BUCKET : bucket;
}

void
pad_write(str data, size_t bucket, unsigned char *out)
{
    if (data.len > 0)
        memmove(out + 2, data.at, data.len);
    out[0] = (unsigned char)(data.len >> 8);
    out[1] = (unsigned char)data.len;
    memset(out + 2 + data.len, 0, bucket - 2 - data.len);
}

enum err
pad_parse(str padded, str *data)
{
    unsigned char rest = 0;

    if (!pad_is_bucket(padded.len))
        return err_raise(ERR_INPUT, "pad: not a bucket");
    size_t len = (size_t)(unsigned char)padded.at[0] << 8 | (unsigned char)padded.at[1];
    if (len > padded.len - 2)
        return err_raise(ERR_INPUT, "pad: length");
    for (size_t i = 2 + len; i < padded.len; i++)
        rest |= (unsigned char)padded.at[i];
    if (rest != 0)
        return err_raise(ERR_INPUT, "pad: not zero");
    *data = str_slice(padded, 2, len);
    return ERR_NONE;
}
