/* flow.h - the flows of bot.yaml as a table of steps, and where a dialogue stands in them.
 *
 *   step      what it does                                   goes on when        takes `else` when
 *   collect   asks until its slot has a valid value          there is one        `tries` answers did not fit
 *   confirm   asks for a yes to what was collected           yes                 no
 *   lookup    finds a row by its key columns                 always              (never: slots.found says it)
 *   action    says a response                                always
 *   keep      keeps a field that was agreed to               always
 *   set       gives slots a value, or none                   always
 *   call      runs another flow, then comes back             it is at its end
 *   request   calls a declared HTTP endpoint                 it answered         it did not
 *   require   wants a verified visitor                       there is one        there is none
 *
 * A frame is a flow under way and its step. The frames of a dialogue are a stack: a called flow lies above its caller, a flow that
 * interrupts lies above the one that waits for it. Only the uppermost runs, and between two turns it stands at a question. A slot that is
 * filled is never asked for; going back to an earlier step therefore asks only what is no longer known.
 *
 * Beside the next step, a question may meet: a value; a correction of an earlier answer; a digression, which is answered before the question
 * is asked again, at most `digressions` times; another flow, after which the question comes back; the end of its `timeout`. flow.c holds
 * the machine, flow_fill.c what an answer is worth, flow_correct.c corrections, decide_flow.c who wins.
 */
#ifndef ENGINE_FLOW_H
#define ENGINE_FLOW_H

#include "engine/engine.h"

struct words;

#define FLOW_FRAMES_MAX ((size_t)4)
#define FLOW_STEPS_MAX 64          /* in one turn: a loop of steps that never asks ends here */
#define FLOW_SETS_MAX ((size_t)8)
#define FLOW_TRIES 3               /* when the author says nothing else */
#define FLOW_DIGRESSIONS 3
#define FLOW_TIMEOUT_MINUTES 60
#define FLOW_TIMEOUT_MINUTES_MAX (30 * 24 * 60)

enum step_kind {
    STEP_NONE, STEP_COLLECT, STEP_CONFIRM, STEP_LOOKUP, STEP_ACTION, STEP_KEEP, STEP_SET, STEP_CALL, STEP_REQUEST, STEP_REQUIRE, STEP_KINDS
};

struct bot_rule {
    const struct condition *condition; /* NULL: always */
    str then;
    size_t target; /* step; BOT_NONE ends the flow */
    unsigned line, column;
};

struct bot_set {
    size_t slot;
    str value; /* empty: is asked for again */
};

struct bot_step {
    str id;
    enum step_kind kind;
    size_t what;            /* slot, table, response, field, flow or endpoint */
    size_t ask, wrong;      /* responses of a collect or confirm */
    struct bot_set *sets;
    size_t set_count;
    struct bot_rule *rules; /* none: the step behind */
    size_t rule_count;
    bool has_other;
    str other_id;
    size_t other;           /* target of `else` */
    unsigned tries, line, column;
};

struct bot_flow {
    str id, description;
    struct bot_step *steps;
    size_t step_count;
    unsigned timeout_minutes, digressions, line, column;
};

/* What an HTTP endpoint is sent, and which slots its answer fills. */
struct bot_endpoint {
    str name, url, method;
    size_t send[FLOW_SETS_MAX], send_count;
    struct bot_set receive[FLOW_SETS_MAX]; /* value: the member of the answer */
    size_t receive_count;
    unsigned timeout_s, line, column;
};

struct flow_frame {
    size_t flow, step;
    bool is_called; /* the frame below waits at its `call`; else it was interrupted at its question */
};

/* flow_key - how a kind of step is written in bot.yaml; NULL for STEP_NONE. flow_event_name - for people. */
const char *flow_key(enum step_kind kind);
const char *flow_event_name(enum flow_event event);

/* flow_pending - the question that waits for an answer, or NULL. flow_is_running - the flow is the uppermost, or has called it. */
const struct bot_step *flow_pending(const struct dialogue *dialogue);
bool flow_is_running(const struct dialogue *dialogue, size_t flow);
/* flow_collects - the flow, or one that it calls, asks for the slot. */
bool flow_collects(const struct bot *bot, size_t flow, size_t slot);

/* flow_start - begins a flow above those under way; one that is among them already goes on from its first step, and what lies above it
 * ends. When no more frames fit, the flow takes the place of all. flow_replace - ends what is under way first. */
void flow_start(struct dialogue *dialogue, size_t flow, struct decision *out);
void flow_replace(struct dialogue *dialogue, size_t flow, struct decision *out);
/* flow_go - runs steps from where the dialogue stands until one asks or all flows are at their end. */
void flow_go(struct dialogue *dialogue, struct decision *out);
/* flow_answer - a confirm was answered. flow_wrong - an answer did not fit: asks again, or takes `else` after `tries`.
 * flow_digress - something else was answered: asks again, or puts the flow aside after `digressions`. */
void flow_answer(struct dialogue *dialogue, bool yes, struct decision *out);
void flow_wrong(struct dialogue *dialogue, struct decision *out);
void flow_digress(struct dialogue *dialogue, struct decision *out);
/* flow_cancel - ends the flow under way with its callers, forgets its answers, and comes back to the one that it interrupted. */
void flow_cancel(struct dialogue *dialogue, struct decision *out);
/* flow_lapse - ends all flows when the visitor was silent for longer than the uppermost allows. True when it did. */
bool flow_lapse(struct dialogue *dialogue, uint64_t now_ms, struct decision *out);
/* flow_say, flow_note - adds to the decision what will be said, and what happened, for the trace. */
void flow_say(struct decision *out, enum say_kind kind, size_t response);
void flow_note(struct decision *out, const struct flow_frame *frame, enum flow_event event);

/* flow_fill.c */
/* flow_fill_value - is the text a valid value of the slot? Canonical value into *value. */
bool flow_fill_value(const struct dialogue *dialogue, size_t slot, const struct grasp *grasp, str *value);
/* flow_fill_free - without a question pending: what the text mentions of the author's entities is remembered until a flow wants it. */
enum err flow_fill_free(struct arena *arena, const struct grasp *grasp, struct dialogue *dialogue) MUST_CHECK;
/* flow_fill_start - what the text that begins a flow says already: mentions go to the slots that the flow collects, in their order.
 * flow_fill_more - what an answer says beside the value of `slot`: to slots that are empty yet. */
enum err flow_fill_start(struct arena *arena, const struct grasp *grasp, struct dialogue *dialogue, size_t flow) MUST_CHECK;
enum err flow_fill_more(struct arena *arena, const struct grasp *grasp, struct dialogue *dialogue, size_t slot) MUST_CHECK;
/* flow_fill_payload - the values of a pressed button, by the names of slots. */
enum err flow_fill_payload(struct arena *arena, const struct grasp *grasp, struct dialogue *dialogue) MUST_CHECK;

/* flow_correct_is_said - words of a correction stand in the text: "I meant". */
bool flow_correct_is_said(const struct words *words);
/* flow_correct_run - did the text change an earlier answer ("no, I meant Berlin")? Then the slot has the new value, or none when only the slot
 * was named, the flow stands at its step again and has gone on from there, and *done is true. Errs: ERR_LIMIT. */
enum err flow_correct_run(struct arena *arena, const struct grasp *grasp, struct dialogue *dialogue, struct decision *out, bool *done) MUST_CHECK;

#endif
