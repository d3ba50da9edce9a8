/* The courier process. No destination can be configured yet, so the table of the wire gives nobody a message for it, and its cage
 * has no socket call. It never reads the store or a key. */
#include "outbox/courier.h"

#include "proc/cage.h"
#include "proc/parent.h"

enum err
courier_run(bool needs_landlock)
{
    static unsigned char room[WIRE_PAYLOAD_MAX + 16];
    struct wire core = {.fd = PARENT_FD_COURIER_CORE, .me = WIRE_COURIER, .peer = WIRE_CORE};
    struct wire_message message;
    struct cage cage = {.role = WIRE_COURIER, .needs_landlock = needs_landlock};

    TRY(cage_enter(&cage));
    TRY(parent_child_ready(WIRE_COURIER));
    for (;;)
        TRY(wire_recv(&core, room, &message)); /* any message at all is a violation and ends this process */
}
