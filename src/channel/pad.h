/* pad.h - plaintext is len(2) ‖ data ‖ zeros to one of seven sizes (protocol/channel.md, section 4). */
#ifndef CHANNEL_PAD_H
#define CHANNEL_PAD_H

#include "base/str.h"

#define PAD_BUCKET_MAX ((size_t)32768)
#define PAD_DATA_MAX (PAD_BUCKET_MAX - 2)

#define PAD_TURN_BUCKET ((size_t)4096) /* no record of a turn is smaller, so that what is ordinary looks alike */

/* pad_bucket - the smallest bucket that holds `len` bytes of data; len must be at most PAD_DATA_MAX. */
size_t pad_bucket(size_t len);
bool pad_is_bucket(size_t size);
/* pad_turn_bucket - the same for a record of a turn. */
size_t pad_turn_bucket(size_t len);
/* pad_write - fills out[bucket], which holds data; data may lie at out + 2. */
void pad_write(str data, size_t bucket, unsigned char *out);
/* pad_parse - the data inside a padded plaintext, a view. ERR_INPUT when length or zeros are wrong. */
enum err pad_parse(str padded, str *data) MUST_CHECK;

#endif
