/* engine.h - what the rest of the program calls: a bot made from a folder, the state of a dialogue, and the four engine
 * steps of a turn in their order: grasp, decide, recall, reply.
 *
 * A bot is compiled once and never changed: any number of threads use it together. Everything that a turn makes lies in
 * the arena of the turn; no step touches the heap, the disk or the network.
 *
 *   dialogue_parse -> grasp_run -> decide_run -> recall_run -> reply_write -> dialogue_write
 */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "guard/policy.h"
#include "rights/purpose.h"

#define DIALOGUE_BYTES_MAX ((size_t)4096)
#define ENGINE_ARENA_BYTES ((size_t)192 * 1024) /* what one turn needs at most, 4,000 code points included */
#define GRASP_ENTITIES_MAX ((size_t)24)
#define GRASP_CUES_MAX ((size_t)16)
#define GRASP_GUESSES_MAX ((size_t)3)
#define DECISION_OPTIONS_MAX ((size_t)3)
#define DECISION_SAYS_MAX ((size_t)8)
#define DECISION_KEEPS_MAX ((size_t)8)
#define DECISION_STEPS_MAX ((size_t)48)
#define RECALL_PASSAGES_MAX ((size_t)4)
#define RECALL_PRODUCTS_MAX ((size_t)4)

struct bot;
struct dialogue;

struct bot_fault {
    char file[256]; /* relative to the bot's folder */
    unsigned line;  /* from 1; 0 when the whole file is meant */
    unsigned column;
    char text[512]; /* what is wrong and what to write instead; one sentence, no line break */
};

/* bot_make - compiles the folder of docs/bots.md.
 *
 * In:    folder  path; read once, not kept open
 * Out:   fault   the first mistake, when ERR_INPUT, ERR_LIMIT or ERR_ABSENT
 *        out     owned by the caller, ended with bot_free
 * Errs:  ERR_INPUT  a mistake in a file    ERR_ABSENT  no such file    ERR_LIMIT  a file is too large
 *        ERR_IO     unreadable             ERR_MEMORY
 * Cost:  40 intents of 20 examples in two languages: see bench/bot.c
 */
enum err bot_make(const char *folder, struct bot_fault *fault, struct bot **out) MUST_CHECK;
void bot_free(struct bot **bot);

/* bot_hash - over all its files: the same number, the same bot. Never 0. */
uint64_t bot_hash(const struct bot *bot);
str bot_name(const struct bot *bot);
size_t bot_language_count(const struct bot *bot);
str bot_language(const struct bot *bot, size_t i); /* 0 is the default */
/* bot_language_find - index of a language tag ("de", "de-AT"), 0 when the bot does not speak it. */
size_t bot_language_find(const struct bot *bot, str tag);
/* bot_disclosure - the author's sentence about being a machine; empty when there is none. */
str bot_disclosure(const struct bot *bot, str language);
/* The register of what flows may collect. */
size_t bot_field_count(const struct bot *bot);
str bot_field_name(const struct bot *bot, size_t i);
unsigned bot_field_days(const struct bot *bot, size_t i);
/* bot_field_purpose - the i-th in a language; its label is its name when the author gave none. */
void bot_field_purpose(const struct bot *bot, size_t i, str language, struct purpose *out);
/* bot_policy - what is done with each type of personal data: `guard` of bot.yaml over safe defaults. */
const struct policy *bot_policy(const struct bot *bot);
/* bot_rules - what its replies may hold; NULL before bot_check_run found all well. */
struct output_rules;
const struct output_rules *bot_rules(const struct bot *bot);
/* bot_has_person - a flow begins with "I want a person". */
bool bot_has_person(const struct bot *bot);

/* dialogue_parse - the state that the last turn wrote. The blob comes from outside: whatever does not fit this bot (another
 * version of it, damage) is left out; an empty blob is a fresh dialogue.
 * Errs: ERR_LIMIT  arena full. A damaged blob is no error. */
enum err dialogue_parse(struct arena *arena, const struct bot *bot, str blob, struct dialogue **out) MUST_CHECK;
/* dialogue_write - adds at most DIALOGUE_BYTES_MAX bytes. Errs: ERR_LIMIT, ERR_MEMORY. */
enum err dialogue_write(const struct dialogue *dialogue, struct buf *out) MUST_CHECK;
/* dialogue_flow - id of the flow that is under way; empty when none. */
str dialogue_flow(const struct dialogue *dialogue);
/* dialogue_slot - value of a slot; empty when not filled. */
str dialogue_slot(const struct dialogue *dialogue, str name);

/* dialogue_language - of the last reply; empty when nothing was said yet. */
str dialogue_language(const struct dialogue *dialogue);
/* dialogue_asked_text - the question that is pending, as it was asked; empty when none is. */
str dialogue_asked_text(const struct dialogue *dialogue);
/* dialogue_asked_policy - the bot's policy for an answer: what a field declares is let through when its slot is asked for, but no
 * secret. *room is where it is changed, when it must be. */
const struct policy *dialogue_asked_policy(const struct dialogue *dialogue, struct policy *room);
/* dialogue_asked_fits - the pending question wants a value of the author's own form, and the whole text has it. */
bool dialogue_asked_fits(const struct dialogue *dialogue, str text);

struct grasp_entity {
    str entity; /* its name in bot.yaml, or one that is built in (entity.h) */
    str value;  /* the canonical value */
    size_t from, len; /* where in the text */
};

/* A phrase of tables/catalog/words.tsv: which one of catalog_word.h, and where. */
struct grasp_cue {
    unsigned cue;
    size_t from, len;
};

struct words;   /* words.h */
struct kb_hits; /* kb.h */
struct catalog_ask;

struct grasp {
    str text;        /* of the arena or the caller; plain (guard/plain.h) */
    size_t language; /* of the reply: index into the bot's languages */
    str intent;      /* best; never empty */
    float score_ratio; /* how often such a text is understood right, if it is in scope: calibrated, 0..1 */
    str runner_up;
    float runner_up_ratio;
    bool is_known;        /* in scope */
    bool is_bot_question; /* "are you a robot?" */
    bool is_person;       /* "I want a person" */
    bool is_payload;      /* a quick reply was pressed: the intent is certain */
    uint64_t now_ms;      /* of this turn */
    struct grasp_entity entities[GRASP_ENTITIES_MAX];
    size_t entity_count;
    struct grasp_cue cues[GRASP_CUES_MAX];
    size_t cue_count;
    /* For the next steps only. */
    size_t class; /* of the intent */
    size_t guesses[GRASP_GUESSES_MAX]; /* intents, best first */
    float guess_ratio[GRASP_GUESSES_MAX];
    size_t guess_count;
    const struct words *words;
    unsigned talk; /* kinds of small talk in it */
    const struct kb_hits *knowledge;
    const struct catalog_ask *ask;
};

/* grasp_run - what does the person want?
 *
 * In:    bot       unchanged
 *        text      plain text, or the title of the quick reply
 *        payload   of the quick reply (`/intent{"slot":"value"}`), empty when the text was typed
 *        language  tag that the client wishes, for the first turn; the text itself may show another one
 *        dialogue  what was said before; not changed
 * Errs:  ERR_INPUT  text is not UTF-8    ERR_LIMIT  arena full
 */
struct grasp_input {
    str text, payload, language;
    int zone_minutes; /* of the visitor's clock, east of UTC */
    uint64_t now_ms;  /* 0: clock_unix_ms */
};
enum err grasp_run(const struct bot *bot, struct arena *arena, const struct grasp_input *input, const struct dialogue *dialogue,
                   struct grasp *out) MUST_CHECK;

enum say_kind {
    SAY_RESPONSE,     /* a response of bot.yaml or a built-in one: `response` */
    SAY_PASSAGE,      /* the best section of the knowledge, quoted with its source */
    SAY_NEXT_PASSAGE, /* the next best one */
    SAY_SUGGEST,      /* "did you mean": intents in the author's words, titles of passages, as quick replies */
    SAY_OFFER,        /* a response, with the intents of the decision as quick replies */
    SAY_PRODUCTS      /* cards, or that there are none */
};

struct say {
    enum say_kind kind;
    size_t response;
    size_t field; /* for {purpose}: 1 + index into the bot's fields; 0 none */
};

struct decision_keep {
    str field;  /* name in bot.yaml: bot_field_* give purpose and days */
    str value;
    size_t index;
};

/* What happened in a flow, in the order of the turn. */
enum flow_event {
    FLOW_STARTED, FLOW_ASKED, FLOW_HELD, FLOW_ANSWERED, FLOW_WRONG, FLOW_GAVE_UP, FLOW_CONFIRMED, FLOW_DECLINED, FLOW_CORRECTED, FLOW_SAID,
    FLOW_FOUND, FLOW_NOT_FOUND, FLOW_KEPT, FLOW_NOT_KEPT, FLOW_SET, FLOW_CALLED, FLOW_RETURNED, FLOW_NOT_SENT, FLOW_NOT_VERIFIED, FLOW_PASSED,
    FLOW_DIGRESSED, FLOW_INTERRUPTED, FLOW_RESUMED, FLOW_SET_ASIDE, FLOW_CANCELLED, FLOW_LAPSED, FLOW_ENDED, FLOW_LOOPED, FLOW_EVENTS
};
struct decision_step {
    uint16_t flow, step;
    uint8_t event; /* enum flow_event */
};

struct decision {
    struct say says[DECISION_SAYS_MAX]; /* in this order */
    size_t say_count;
    struct decision_keep keeps[DECISION_KEEPS_MAX]; /* the person agreed: core stores these, and nothing else */
    size_t keep_count;
    size_t options[DECISION_OPTIONS_MAX]; /* of a suggestion: intents that may be meant */
    size_t option_count;
    struct decision_step steps[DECISION_STEPS_MAX];
    size_t step_count;
    str intent;       /* what was acted on: an intent, or "knowledge", "products", "suggest", "unknown", "value" */
    bool is_person;   /* a person was asked for */
    bool is_answered; /* false: neither intent, flow, knowledge nor product fitted */
};

/* decide_run - what to do about it; moves the dialogue on. The table of who wins stands at the head of decide.c.
 * Errs: ERR_LIMIT  arena full. */
enum err decide_run(const struct bot *bot, struct arena *arena, const struct grasp *grasp, struct dialogue *dialogue,
                    struct decision *out) MUST_CHECK;

struct recall {
    size_t passages[RECALL_PASSAGES_MAX]; /* index of a section, best first */
    size_t passage_count;
    size_t products[RECALL_PRODUCTS_MAX]; /* index of a product, best first */
    size_t product_count;
    size_t product_total; /* how many fit */
    unsigned product_text; /* what is said with them: enum catalog_text */
};

/* recall_run - the passages and products that the decision needs. Errs: ERR_LIMIT  arena full. */
enum err recall_run(const struct bot *bot, struct arena *arena, const struct grasp *grasp,
                    const struct decision *decision, struct recall *out) MUST_CHECK;

/* reply_write - adds a JSON array of MESSAGE (protocol/channel.md, section 7).
 * Errs: ERR_LIMIT  buffer full    ERR_MEMORY
 * Never: writes markup; links are http, https, mailto or tel. */
enum err reply_write(const struct bot *bot, const struct grasp *grasp, const struct decision *decision,
                     const struct recall *recall, struct dialogue *dialogue, struct buf *json) MUST_CHECK;

/* reply_source_take - the texts that the values of the next reply may come from (guard/output.h): the author's that it will be made of,
 * this visitor's slots and rows, what the visitor said. Before reply_write, which moves the dialogue on. Errs: ERR_LIMIT. */
struct reply_source {
    str said, masked; /* of this turn */
    const struct decision *decision;
    const struct recall *recall;
    const struct dialogue *dialogue;
};
enum err reply_source_take(const struct reply_source *of, struct arena *arena, str **out, size_t *count) MUST_CHECK;

/* reply_greeting - adds a JSON array of MESSAGE: utter_greet. */
enum err reply_greeting(const struct bot *bot, str language, struct buf *json) MUST_CHECK;

#endif
