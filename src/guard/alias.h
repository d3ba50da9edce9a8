/* alias.h - pseudonyms: what stands for a visitor's value while others work with the text.
 *
 *   EMAIL   person1@privet.invalid    .invalid is nobody's (RFC 2606)
 *   PHONE   +1 202-555-0101           555-0100 to 0199 are nobody's (NANPA)
 *   IP      192.0.2.1                 TEST-NET-1 to 3 are nobody's (RFC 5737)
 *   others  [PERSON_1]
 *
 * The same value has the same pseudonym through a conversation. The map lives in the arena of the turn; between turns it is kept as
 * bytes inside the visitor's sealed state, so that nobody else can turn a pseudonym back. Text of the visitor that looks like a
 * pseudonym is escaped with a ~ behind its first character and comes back as it was.
 */
#ifndef GUARD_ALIAS_H
#define GUARD_ALIAS_H

#include "base/arena.h"
#include "base/buf.h"
#include "guard/pii_type.h"

#define ALIAS_MAX ((size_t)256)
#define ALIAS_VALUE_MAX ((size_t)1024)
#define ALIAS_TEXT_MAX ((size_t)96)

struct alias_entry {
    uint16_t type, index; /* index from 1, by type */
    str canonical, value;
};

struct alias_map {
    struct arena *arena;
    struct alias_entry *entry; /* ALIAS_MAX places */
    size_t count;
};

/* alias_init - an empty map whose entries live in `arena`. Errs: ERR_LIMIT. */
enum err alias_init(struct arena *arena, struct alias_map *out) MUST_CHECK;
/* alias_parse - from the bytes of alias_write; they are copied. Errs: ERR_INPUT malformed; ERR_LIMIT. */
enum err alias_parse(struct arena *arena, str bytes, struct alias_map *out) MUST_CHECK;
/* alias_write - the newest entries that fit into max_bytes; an older pseudonym then means nothing any more. */
enum err alias_write(const struct alias_map *map, size_t max_bytes, struct buf *out) MUST_CHECK;
/* alias_add - the pseudonym of a value into `text`; makes one when it is new. Errs: ERR_LIMIT map, range or arena full. */
enum err alias_add(struct alias_map *map, unsigned type, str canonical, str value, char text[ALIAS_TEXT_MAX]) MUST_CHECK;
/* alias_escape - copies `literal`, the visitor's own text, to `out`, whatever looks like a pseudonym escaped; *len counts up to `size`.
 * Errs: ERR_LIMIT no room: literal.len * 3 / 2 + 8 suffices. */
enum err alias_escape(str literal, char *out, size_t size, size_t *len) MUST_CHECK;

/* What a restorer knows between two pieces of a stream. */
struct alias_stream {
    char pending[ALIAS_TEXT_MAX * 2];
    size_t len;
    unsigned char before[3]; /* the last bytes that went by, newest first */
    uint8_t place;           /* text, link target, web address, image */
};

/* alias_restore - adds to `out` what `piece` lets go by, pseudonyms of this map turned back; is_last: nothing follows, nothing is held
 * back. Never inside a link's target, a web address or an image. What it gives is the same however the stream is cut.
 * Start with a zeroed stream. Errs: those of buf_add. Cost: O(piece). */
enum err alias_restore(const struct alias_map *map, struct alias_stream *stream, str piece, bool is_last, struct buf *out) MUST_CHECK;

#endif
