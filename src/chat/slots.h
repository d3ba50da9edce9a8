/* slots.h - the file of SLOTs: half of every stored key, never in the database, never in a backup.
 *
 *   "privet-slots/1\n" padded with zeros to 64 bytes, then cells of 64 bytes:
 *   conversation(16) ‖ slot(32) ‖ day(4) ‖ zeros(12); day: when it was made, in days since 1970; a free cell is all zero
 *
 * A cell belongs to the conversation that it names: a database restored from an older copy finds zeros or another name there,
 * and its entries stay shut. Thread-safe.
 */
#ifndef CHAT_SLOTS_H
#define CHAT_SLOTS_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct slots;

/* slots_open - opens or makes the file with mode 0600. Errs: ERR_IO; ERR_INPUT not such a file. */
enum err slots_open(const char *path, struct slots **out) MUST_CHECK;
void slots_close(struct slots **slots);
/* slots_add - a fresh SLOT in a free cell; on disk after slots_sync. Errs: ERR_LIMIT the disk is full; ERR_IO. */
enum err slots_add(struct slots *slots, const unsigned char conversation[16], int64_t *cell, unsigned char slot[32]) MUST_CHECK;
/* slots_get - ERR_ABSENT when the cell is empty or another conversation's. */
enum err slots_get(struct slots *slots, int64_t cell, const unsigned char conversation[16], unsigned char slot[32]) MUST_CHECK;
/* slots_erase - overwrites in place and syncs; ERR_NONE too when it was gone already. */
enum err slots_erase(struct slots *slots, int64_t cell, const unsigned char conversation[16]) MUST_CHECK;
/* slots_retain - frees cells that no row names: a core that was killed between cell and row left them, or an older copy of the database
 * was restored. One that was made on `before_day` or later stays: its row may be on its way, or the newer database come back.
 * In: used  a bit per cell of the first cell_count, set when a row names it. */
enum err slots_retain(struct slots *slots, const unsigned char *used, int64_t cell_count, int64_t before_day, uint64_t *freed) MUST_CHECK;
/* slots_cell_count - cells, free or not. */
int64_t slots_cell_count(struct slots *slots);
/* slots_sync - as the writer's hook before each commit; nothing to do costs nothing. After one sync that failed, here or in slots_erase,
 * every further one fails and slots_is_lost: the process must end. */
enum err slots_sync(void *slots) MUST_CHECK;
bool slots_is_lost(struct slots *slots);

#endif
