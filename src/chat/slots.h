/* slots.h - the file of SLOTs: half of every stored key, never in the database, never in a backup.
 *
 *   "privet-slots/1\n" padded with zeros to 64 bytes, then cells of 64 bytes:
 *   conversation(16) ‖ slot(32) ‖ zeros(16); a free cell is all zero
 *
 * A cell belongs to the conversation that it names: a database restored from an older copy finds zeros or another name there,
 * and its entries stay shut. Used by the writer's thread; readers only slots_get.
 */
#ifndef CHAT_SLOTS_H
#define CHAT_SLOTS_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct slots;

/* slots_open - opens or makes the file with mode 0600. Errs: ERR_IO; ERR_INPUT not such a file. */
enum err slots_open(const char *path, struct slots **out) MUST_CHECK;
void slots_close(struct slots **slots);
/* slots_add - a fresh SLOT in a free cell; on disk after slots_sync. */
enum err slots_add(struct slots *slots, const unsigned char conversation[16], int64_t *cell, unsigned char slot[32]) MUST_CHECK;
/* slots_get - ERR_ABSENT when the cell is empty or another conversation's. */
enum err slots_get(struct slots *slots, int64_t cell, const unsigned char conversation[16], unsigned char slot[32]) MUST_CHECK;
/* slots_erase - overwrites in place and syncs; ERR_NONE too when it was gone already. */
enum err slots_erase(struct slots *slots, int64_t cell, const unsigned char conversation[16]) MUST_CHECK;
/* slots_sync - as the writer's hook before each commit; nothing to do costs nothing. */
enum err slots_sync(void *slots) MUST_CHECK;

#endif
