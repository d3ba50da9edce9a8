/* entry.h - stored turns: a chain that core can write and not read back (protocol/channel.md, section 5). */
#ifndef CHANNEL_ENTRY_H
#define CHANNEL_ENTRY_H

#include "base/buf.h"

#define ENTRY_CONVERSATION_BYTES ((size_t)16)
#define ENTRY_COMMIT_BYTES ((size_t)32)
#define ENTRY_WRAP_BYTES ((size_t)80)
#define ENTRY_STATE_OVERHEAD_BYTES ((size_t)(1 + 4 + 12 + 16))

/* Where a conversation's chain stands. Both core and the visitor step it. */
struct entry_chain {
    unsigned char conversation[16];
    unsigned char slot[32];
    unsigned char key[32];      /* C_n */
    unsigned char previous[32]; /* SHA256(ct_{n-1}) */
    uint32_t n;                 /* the next entry */
};

/* entry_wrap - draws C_from into chain->key and seals it to AHK. Errs: ERR_INPUT (AHK of small order). */
enum err entry_wrap(struct entry_chain *chain, const unsigned char history[32], unsigned char wrap[80]) MUST_CHECK;
/* entry_unwrap - the visitor's side of it: sets chain->key to that of entry `from`, and nothing else. Errs: ERR_INPUT. */
enum err entry_unwrap(struct entry_chain *chain, const unsigned char history_secret[32], uint32_t from,
                      const unsigned char wrap[80]) MUST_CHECK;
/* entry_seal - adds pad_bucket(text.len) + 16 bytes of ciphertext, gives commit_n and steps the chain.
 * Errs: ERR_LIMIT text over PAD_DATA_MAX. On failure the chain has not moved. */
enum err entry_seal(struct entry_chain *chain, char author, str text, unsigned char commit[32], struct buf *ct) MUST_CHECK;
/* entry_open - the visitor's side: checks commit, place, author and predecessor, adds the text, steps the chain. Errs: ERR_INPUT. */
enum err entry_open(struct entry_chain *chain, char author, const unsigned char commit[32], str ct, struct buf *text) MUST_CHECK;

/* Dialogue state, which only the client holds: bound to its conversation and to the number of the next entry. */
enum err entry_state_seal(const unsigned char key[32], const unsigned char conversation[16], uint32_t n, str state,
                          struct buf *out) MUST_CHECK;
/* entry_state_open - ERR_INPUT when forged; ERR_ABSENT when it belongs to another place of the conversation. */
enum err entry_state_open(const unsigned char key[32], const unsigned char conversation[16], uint32_t n, str sealed,
                          struct buf *state) MUST_CHECK;

#endif
