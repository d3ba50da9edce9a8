/* bot_report.h - advice to the author: what the bot will mix up, what it never says or reaches, what is not translated, what no chat tries. */
#ifndef ENGINE_BOT_REPORT_H
#define ENGINE_BOT_REPORT_H

#include "engine/chat_cover.h"
#include "engine/engine.h"

enum bot_finding_kind {
    FINDING_UNDERSTANDING, /* accuracy by 5-fold cross-validation: of examples that the model had not seen */
    FINDING_MIXED_UP,      /* two intents, by the same; a warning where the bot would have acted on the wrong one */
    FINDING_TWINS,         /* examples that are nearly the same, in two intents */
    FINDING_FEW,           /* an intent with fewer than five examples in a language */
    FINDING_DEAD,          /* what nothing uses: a response, an intent that does nothing, a table, an endpoint */
    FINDING_UNREACHABLE,   /* a flow that nothing begins, a step or rule that nothing leads to */
    FINDING_UNTRANSLATED,  /* a text that lacks a language of the bot */
    FINDING_UNTRIED,       /* what no chat reaches */
    FINDING_KINDS
};

struct bot_finding {
    enum bot_finding_kind kind;
    bool is_warning; /* else worth knowing */
    unsigned line;   /* of bot.yaml; 0 none */
    str text;        /* ends with the call */
};

struct bot_report {
    const struct bot *bot;
    const struct chat_cover *cover; /* NULL: nothing is said about chats */
    bool is_quick;                  /* no model is trained */
    enum err (*found)(void *context, const struct bot_finding *finding);
    void *context;
};

/* bot_report_name - of a kind, for people and for JUnit. */
const char *bot_report_name(enum bot_finding_kind kind);
/* bot_report_run - calls `found` for each. Errs: ERR_MEMORY, ERR_LIMIT, and those of `found`.
 * Cost: five times bot_make; pairs of examples are compared by the bits of their words, 15,000 of them in about a second. */
enum err bot_report_run(const struct bot_report *report) MUST_CHECK;

#endif
