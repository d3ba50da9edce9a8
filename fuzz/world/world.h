/* world.h - what the fuzzers share: bytes of the fuzzer taken apart, a folder, and a server with a visitor in one process.
 *
 * must() is the fuzzers' assertion: a broken rule ends the process, and libFuzzer keeps the input.
 */
#ifndef FUZZ_WORLD_H
#define FUZZ_WORLD_H

#include "base/buf.h"
#include "channel/visitor.h"
#include "chat/turn.h"

#define WORLD_NOW_MS ((uint64_t)1790000000000)
#define WORLD_NAME STR("chat.example")
#define WORLD_ONLINE STR("chat.example/online")
#define WORLD_ORIGIN STR("https://shop.example")

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Off the front of the input; zeros and an empty part when it is used up. */
uint8_t world_u8(struct view *view);
uint16_t world_u16(struct view *view);
uint32_t world_u32(struct view *view);
/* world_part - a length(2), cut to what is left, and so many bytes. world_rest - all that is left. */
str world_part(struct view *view);
str world_rest(struct view *view);
/* world_fill - `len` bytes: those that are left, then zeros. */
void world_fill(struct view *view, void *out, size_t len);

/* world_folder - a fresh folder that goes with the process. world_file - writes a whole file in it. */
const char *world_folder(void);
void world_file(const char *name, str content);

/* world_key, world_vkey, world_sign - keys of one byte repeated, with names; a note by such a key. */
struct secret *world_key(unsigned char byte);
void world_vkey(struct buf *out, str name, unsigned char byte);
void world_sign(struct buf *note, str text, str name, unsigned char byte);
/* world_identity - a good identity note by key 1, online key 2. */
void world_identity(struct buf *note);

/* world_vault - a vault with online key 2; its key note is put into `keys`. */
struct vault *world_vault(struct buf *keys);

/* world_session - a session pair with fixed keys, at turn 0: core's and the visitor's. Both are wiped by session_free of the world. */
void world_session(struct session *core, struct session *visitor);

/* world_bot - the demo shop's bot, compiled once. */
const struct bot *world_bot(void);

/* world_site - a whole site on a store in memory, with the demo bot. */
struct site *world_site(void);

#endif
