/* rasa.h - a Rasa project, read, and written again as a Privet bot.
 *
 *   rasa_make    every YAML file of the folder: training data, domain, rules, stories, CALM flows, tests, settings
 *   rasa_settle  what becomes of it: names, entities, slots, flows. Whatever nothing asked for is noted as left behind
 *   rasa_write_… bot.yaml, chats, the list of what was not carried over
 *
 * The list is complete by construction: every node of every file is marked when something reads it, and each one that is not marked in the
 * end is a line of the list.
 */
#ifndef CLI_RASA_H
#define CLI_RASA_H

#include "base/buf.h"

#define RASA_FILES_MAX 400
#define RASA_BYTES_MAX ((size_t)4 << 20) /* of a file */

struct rasa;

/* What a person says beforehand about the fields that the forms collect; without it the import writes a placeholder that `privet check`
 * refuses, since no program can know why somebody asks for something. */
struct rasa_answers {
    const char *basis;   /* of rights/purpose.h; NULL: undecided */
    const char *purpose; /* NULL: to be written */
    const char *name;    /* of the bot; NULL: the folder's */
};

enum rasa_note_kind { RASA_LOST, RASA_CHANGED, RASA_TODO };

/* rasa_make - reads a folder. Errs: ERR_ABSENT, ERR_IO; ERR_INPUT with *fault: a file that is not YAML; ERR_LIMIT; ERR_MEMORY. */
enum err rasa_make(const char *folder, char fault[512], struct rasa **out) MUST_CHECK;
void rasa_free(struct rasa **rasa);
/* rasa_settle - once, before anything is written. Errs: ERR_LIMIT, ERR_MEMORY. */
enum err rasa_settle(struct rasa *rasa, const struct rasa_answers *answers) MUST_CHECK;
/* rasa_set_person - the intent that is named so in bot.yaml asks for a person, which Privet understands by itself: its flow begins with `person`
 * too. rasa_set_bot - it asks whether this is a machine: its answer becomes utter_bot. Errs: ERR_LIMIT, ERR_MEMORY. */
enum err rasa_set_person(struct rasa *rasa, str intent) MUST_CHECK;
enum err rasa_set_bot(struct rasa *rasa, str intent) MUST_CHECK;
/* rasa_write_bot - adds bot.yaml. Errs: ERR_LIMIT, ERR_MEMORY. */
enum err rasa_write_bot(struct rasa *rasa, struct buf *out) MUST_CHECK;
/* rasa_write_notes - adds the list, a line each: "FILE:LINE: not carried over: …", in the order of the files. */
enum err rasa_write_notes(struct rasa *rasa, struct buf *out) MUST_CHECK;
/* rasa_count_notes - of a kind. */
unsigned rasa_count_notes(const struct rasa *rasa, enum rasa_note_kind kind);
/* rasa_chat_write - the i-th chat: its file's name without its ending, and its text. Errs: ERR_ABSENT no more; ERR_LIMIT, ERR_MEMORY. */
enum err rasa_chat_write(struct rasa *rasa, size_t i, char name[80], struct buf *out) MUST_CHECK;
/* rasa_each_line - what people say in the project's own test stories: file, line, text and the intent that is expected, named as in bot.yaml. */
struct rasa_line {
    const char *file;
    unsigned line;
    str text, intent;
    bool *is_built_in; /* to be set when Privet understands the line by itself, as a wish for a person, or whether it is a machine; NULL: of no use */
};
enum err rasa_each_line(const struct rasa *rasa, enum err (*use)(void *context, const struct rasa_line *line), void *context) MUST_CHECK;
/* rasa_each_example - of the training data, without marks. */
enum err rasa_each_example(const struct rasa *rasa, enum err (*use)(void *context, const struct rasa_line *line), void *context) MUST_CHECK;

#endif
