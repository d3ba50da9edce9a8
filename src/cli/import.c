/* privet import rasa: a Rasa project becomes a bot's folder, with a list of what did not. It never writes over anything. */
#include "cli/import.h"

#include "base/alloc.h"
#include "chat/turn.h"
#include "cli/rasa.h"
#include "engine/chat_script.h"
#include "rights/purpose.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct import {
    struct rasa *rasa;
    const char *folder;
    const struct bot *bot;
    struct arena *arena;
    unsigned lines, right;
    str intent; /* whose examples are counted */
    unsigned examples, persons, bots;
    struct buf wrong;
};

static enum err
import_file(const struct import *import, const char *name, const struct buf *text)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/%s", import->folder, name);
    FILE *file = fopen(path, "wxe");
    if (!file)
        return err_raise(ERR_IO, "import: a file can't be made; it may be there already");
    bool done = text->len == 0 || fwrite(text->at, 1, text->len, file) == text->len;
    done = fclose(file) == 0 && done;
    return done ? ERR_NONE : err_raise(ERR_IO, "import: a file can't be written");
}

static enum err
import_bot_file(const struct import *import, bool again)
{
    char path[4096];
    BUF_SCOPE(text, (size_t)32 << 20);

    snprintf(path, sizeof path, "%s/bot.yaml", import->folder);
    TRY(rasa_write_bot(import->rasa, &text));
    if (again && unlink(path) != 0)
        return err_raise(ERR_IO, "import: bot.yaml can't be written again");
    return import_file(import, "bot.yaml", &text);
}

/* What a person says in the bot's own words. */
static enum err
import_grasp(const struct import *import, str text, struct grasp *out)
{
    struct dialogue *dialogue = NULL;
    str payload = str_has_prefix(text, STR("/")) ? text : (str){"", 0};

    arena_reset(import->arena);
    TRY(dialogue_parse(import->arena, import->bot, (str){"", 0}, &dialogue));
    return grasp_run(import->bot, import->arena, &(struct grasp_input){.text = text, .payload = payload, .language = bot_language(import->bot, 0)}, dialogue, out);
}

/* Most of an intent's examples are what Privet understands by itself. */
static enum err
import_count_end(struct import *import)
{
    if (import->persons * 2 > import->examples)
        TRY(rasa_set_person(import->rasa, import->intent));
    return import->bots * 2 > import->examples ? rasa_set_bot(import->rasa, import->intent) : ERR_NONE;
}

static enum err
import_count_person(void *context, const struct rasa_line *line)
{
    struct import *import = context;
    struct grasp grasp;

    if (!str_is(line->intent, import->intent)) {
        TRY(import_count_end(import));
        import->intent = line->intent;
        import->examples = import->persons = import->bots = 0;
    }
    TRY(import_grasp(import, line->text, &grasp));
    import->examples++;
    import->persons += grasp.is_person;
    import->bots += grasp.is_bot_question;
    return ERR_NONE;
}

/* "not understood" is what Rasa calls nlu_fallback. */
static enum err
import_count_line(void *context, const struct rasa_line *line)
{
    struct import *import = context;
    struct grasp grasp;

    TRY(import_grasp(import, line->text, &grasp));
    str understood = grasp.is_known ? grasp.intent : STR("nlu_fallback");
    bool is_right = str_is(understood, line->intent);
    *line->is_built_in = grasp.is_person || grasp.is_bot_question;
    import->lines++;
    import->right += is_right;
    return is_right ? ERR_NONE
                    : buf_add_text(&import->wrong, "%s:%u: \"%.*s\" is understood as %.*s, not as %.*s\n", line->file, line->line,
                                   STR_ARG(str_slice(line->text, 0, 100)), STR_ARG(understood), STR_ARG(line->intent));
}

static enum err
import_chats(const struct import *import, unsigned *count)
{
    char name[80], path[128];
    enum err err = ERR_NONE;

    for (*count = 0;; ++*count) {
        BUF_SCOPE(text, (size_t)1 << 20);
        err = rasa_chat_write(import->rasa, *count, name, &text);
        if (err != ERR_NONE)
            break;
        snprintf(path, sizeof path, "chats/%s.chat", name);
        TRY(import_file(import, path, &text));
    }
    return err == ERR_ABSENT ? ERR_NONE : err;
}

static enum err
import_folder(const struct import *import)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/chats", import->folder);
    if ((mkdir(import->folder, 0755) != 0 && errno != EEXIST) || (mkdir(path, 0755) != 0 && errno != EEXIST))
        return err_raise(ERR_IO, "import: the folder can't be made");
    return ERR_NONE;
}

/* The bot as it was written is asked which intent means a person, and what it makes of the tests. */
static enum err
import_try(struct import *import, struct bot_fault *fault, unsigned *chats)
{
    struct bot *bot = NULL;

    TRY(bot_make(import->folder, fault, &bot));
    import->bot = bot;
    enum err err = rasa_each_example(import->rasa, import_count_person, import);
    if (err == ERR_NONE)
        err = import_count_end(import);
    if (err == ERR_NONE)
        err = rasa_each_line(import->rasa, import_count_line, import);
    if (err == ERR_NONE)
        err = import_bot_file(import, true);
    if (err == ERR_NONE)
        err = import_chats(import, chats);
    bot_free(&bot);
    import->bot = NULL;
    return err;
}

static enum err
import_write(struct import *import)
{
    BUF_SCOPE(notes, (size_t)16 << 20);

    TRY(import_folder(import));
    TRY(import_bot_file(import, false));
    TRY(rasa_write_notes(import->rasa, &notes));
    TRY(import_file(import, "import.txt", &notes));
    word_print(&notes);
    return ERR_NONE;
}

static int
import_rasa(struct import *import, const struct rasa_answers *answers)
{
    struct bot_fault fault = {.line = 0};
    unsigned chats = 0;

    enum err err = rasa_settle(import->rasa, answers);
    if (err == ERR_NONE)
        err = import_write(import);
    if (err != ERR_NONE)
        return word_fail("can't import", err, WORD_FAILED);
    err = import_try(import, &fault, &chats);
    if (err != ERR_NONE && fault.file[0]) {
        fprintf(stderr, "%s/%s:%u:%u: %s\n", import->folder, fault.file, fault.line, fault.column, fault.text);
        return WORD_FAILED;
    }
    if (err != ERR_NONE)
        return word_fail("the bot can't be tried", err, WORD_FAILED);
    word_print(&import->wrong);
    printf("%s: %u chats; %u not carried over, %u carried over otherwise, %u for you to write (import.txt)\n", import->folder, chats,
           rasa_count_notes(import->rasa, RASA_LOST), rasa_count_notes(import->rasa, RASA_CHANGED), rasa_count_notes(import->rasa, RASA_TODO));
    if (import->lines > 0)
        printf("%u of %u lines of its test stories get the intent that they expect (%.1f %%)\n", import->right, import->lines, 100.0 * import->right / import->lines);
    printf("`privet check %s` says what is left to do\n", import->folder);
    return WORD_DONE;
}

int
import_run(const struct word_line *line)
{
    const char *kind = word_plain(line, 0), *folder = word_plain(line, 1), *out = word_plain(line, 2);
    struct rasa_answers answers = {word_value(line, "basis", NULL), word_value(line, "purpose", NULL), word_value(line, "name", NULL)};
    struct import import = {.folder = out ? out : "bot"};
    enum purpose_basis basis;
    char fault[512], path[4096];
    ARENA_SCOPE(arena);

    if (!kind || strcmp(kind, "rasa") != 0 || !folder)
        return word_fail("what? privet import rasa FOLDER [BOT]", ERR_NONE, WORD_USAGE);
    if (answers.basis && (purpose_basis_find(str_from(answers.basis), &basis) != ERR_NONE || basis == PURPOSE_CONSENT || basis == PURPOSE_UNDECIDED))
        return word_fail("--basis is contract, legal_obligation, vital_interests, public_task or legitimate_interests; consent needs a question of its own: write it in bot.yaml",
                         ERR_NONE, WORD_USAGE);
    snprintf(path, sizeof path, "%s/bot.yaml", import.folder);
    if (access(path, F_OK) == 0)
        return word_fail("there is a bot already; name another folder", ERR_NONE, WORD_FAILED);
    enum err err = rasa_make(folder, fault, &import.rasa);
    if (err != ERR_NONE && fault[0]) {
        fprintf(stderr, "%s/%s\n", folder, fault);
        return WORD_FAILED;
    }
    if (err == ERR_NONE)
        err = arena_make(ENGINE_ARENA_BYTES * 4, &arena);
    if (err != ERR_NONE)
        return word_fail("the project can't be read", err, WORD_FAILED);
    import.arena = arena;
    buf_init(&import.wrong, (size_t)4 << 20);
    int code = import_rasa(&import, &answers);
    buf_done(&import.wrong);
    rasa_free(&import.rasa);
    return code;
}
