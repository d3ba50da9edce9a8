/* program_door.h - the door for programs: which addresses are theirs, what core is told of a request, and how often one who has no key may knock.
 *
 * What comes through it is not sealed: front sees the plaintext of these requests, and of no visitor's.
 */
#ifndef FRONT_PROGRAM_DOOR_H
#define FRONT_PROGRAM_DOOR_H

#include "base/buf.h"
#include "chat/program.h"
#include "front/gate.h"

struct MHD_Connection;
struct MHD_Response;

struct program_door {
    struct limit_bucket misses[LIMIT_ROWS]; /* by the gate's row */
};

/* program_door_shape - of an address; PROGRAM_NONE: not for programs. */
enum program_shape program_door_shape(str path);
/* program_door_find - the route of a request. Errs: ERR_ABSENT no such address; ERR_DENIED another method. */
enum err program_door_find(const char *method, str path, enum program_route *out) MUST_CHECK;
/* program_door_write - what core is told: route, flags, Authorization, and `body`. Errs: ERR_LIMIT, ERR_MEMORY. */
enum err program_door_write(struct MHD_Connection *connection, enum program_route route, str body, struct buf *out) MUST_CHECK;
/* program_door_may_knock - fewer than 20 refused keys from there lately; one is forgotten each second. program_door_miss - one more. */
bool program_door_may_knock(struct program_door *door, struct gate_place place, uint64_t now_ms);
void program_door_miss(struct program_door *door, struct gate_place place, uint64_t now_ms);
/* program_door_head - says on each answer that it is not sealed, and what a key is, when one is missing. */
enum err program_door_head(struct MHD_Response *response, unsigned status) MUST_CHECK;

#endif
