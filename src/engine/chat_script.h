/* chat_script.h - conversations that are tests and documentation: chats/NAME.chat of docs/bots.md. */
#ifndef ENGINE_CHAT_SCRIPT_H
#define ENGINE_CHAT_SCRIPT_H

#include "engine/chat_cover.h"

/* One script that was run; views end with the call. */
struct chat_case {
    str name, report;
    unsigned checks, failed;
    uint64_t took_ns;
};

struct chat_result {
    unsigned files, checks, failed; /* a file that does not parse counts as one failed check */
    struct chat_cover *cover;       /* NULL, or is added to */
    enum err (*each)(void *context, const struct chat_case *one); /* NULL, or called after each script */
    void *context;
};

/* chat_script_run - runs one script against a bot.
 *
 * In:    name    for the report
 *        script  the file's text
 * Out:   report  one line per failure: "NAME:LINE: expected …; the bot said: …"
 *        result  is added to
 * Errs:  ERR_MEMORY, ERR_LIMIT  report full. Failed checks are no error.
 */
enum err chat_script_run(const struct bot *bot, str name, str script, struct buf *report, struct chat_result *result) MUST_CHECK;
/* chat_script_run_folder - every chats/NAME.chat of a bot's folder, by name. A folder without chats is fine. Errs: ERR_IO too. */
enum err chat_script_run_folder(const struct bot *bot, const char *folder, struct buf *report, struct chat_result *result) MUST_CHECK;

#endif
