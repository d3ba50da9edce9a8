/* program.h - the bot for programs: Rasa's REST channel and OpenAI's chat completions, with an API key, without the sealed channel.
 *
 *   route(1) ‖ flags(1) ‖ length(2) ‖ Authorization ‖ body          what front hands over (WIRE_PROGRAM)
 *
 * A message runs through the steps of any other turn, from `plain` on: guard, masking, output guard, fields with a purpose, disk. It is not
 * sealed on its way: front, and whatever ends TLS before it, can read it. At rest it is sealed to its sender (channel/sender.h): the program's
 * own next request opens the last two entries of its conversation, for the dialogue's state, and nobody else can.
 */
#ifndef CHAT_PROGRAM_H
#define CHAT_PROGRAM_H

#include "chat/program_reply.h"
#include "chat/turn.h"
#include "proc/wire.h"

enum program_route {
    PROGRAM_HEALTH = 1, /* GET  /webhooks/rest/ */
    PROGRAM_SAY,        /* POST /webhooks/rest/webhook */
    PROGRAM_SESSION,    /* POST /webhooks/rest/session: a token that speaks for one sender */
    PROGRAM_ERASE,      /* POST /webhooks/rest/erase: that sender's conversation */
    PROGRAM_COMPLETE,   /* POST /v1/chat/completions */
    PROGRAM_MODELS,     /* GET  /v1/models */
    PROGRAM_MODEL       /* GET  /v1/models/NAME; the name is the body */
};
#define PROGRAM_FLAG_STREAM 1u /* ?stream=true of Rasa's REST channel */

struct programs; /* what all requests share */
struct program;  /* one request, from its bytes to its answer */

/* programs_make - turns_per_s: of each key. origin: the chat's own, where the notice is. */
enum err program_all_make(const struct site *site, str origin, unsigned turns_per_s, struct programs **out) MUST_CHECK;
void program_all_free(struct programs **all);

/* program_begin - reads a request and says who it is. True: *out waits for a room, and program_run. False: the answer is there already. Errors are
 * answers too. Errs of the call itself: ERR_MEMORY. */
enum err program_begin(struct programs *all, str payload, struct program **out, bool *needs_turn) MUST_CHECK;
/* program_run - as turn_run, in a room whose `program` it becomes; the answer is made by program_end. */
bool program_run(struct program *program, struct turn_room *room, struct turn_answer *answer) MUST_CHECK;
/* program_end - after program_run, or turn_resume, has said that the turn is over: the answer's body. */
void program_end(struct program *program, struct turn_room *room, const struct turn_answer *answer);
/* program_answer - status, kind of body (wire_kind), body; a view until program_free. */
struct program_answer {
    uint16_t status;
    enum wire_kind kind;
    str body;
};
struct program_answer program_answer(const struct program *program);
void program_free(struct program **program);

#endif
