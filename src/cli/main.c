/* The program's door: a child's name leads to its process, a word to its file. It never reads a secret from the command line. */
#include "cli/callbacks.h"
#include "cli/check.h"
#include "cli/doctor.h"
#include "cli/explain.h"
#include "cli/init.h"
#include "cli/serve.h"
#include "cli/talk.h"
#include "cli/word.h"
#include "proc/parent.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

static const struct word words[] = {
    {"init", "FOLDER --name NAME --origin URL --allow URL [--bot FOLDER]", "make keys, settings and the snippet for your site",
     "Makes FOLDER with privet.yaml, keys/, data/ and snippet.html. --origin is the chat's own address, --allow a page's origin\n"
     "(may stand several times). --site NAME, --port N and --days N set what they say. With --renew the identity note is signed\n"
     "again with keys/root.key (or --root FILE): after 90 days, or with other origins.\n", init_run},
    {"serve", "[--config FILE]", "serve the chat",
     "Starts the five processes and serves until SIGTERM. Settings: privet.yaml beside you, or --config FILE.\n", serve_run},
    {"check", "BOT", "compile a bot, run its chats, report what it mixes up",
     "Exit 0 when the bot compiles and all chats pass, 1 when not. --quick leaves the cross-validation out.\n", check_run},
    {"talk", "BOT [--lang LANGUAGE]", "talk to a bot in the terminal", "The same turn as on your site, without channel and store.\n",
     talk_run},
    {"doctor", "[--config FILE]", "prove that settings, keys and store are whole",
     "Exit 0 when everything is. Reads; repairs nothing.\n", doctor_run},
    {"callbacks", "[--config FILE]", "list what visitors left for you (fields with a purpose)",
     "Opens the sealed fields with the key file, one line of JSON each.\n", callbacks_run},
    {"explain", "[SETTING]", "explain a setting, or list all", "--markdown prints docs/config.md.\n", explain_run},
};
#define WORD_COUNT (sizeof words / sizeof *words)

static int
main_help(void)
{
    printf("privet %s: a web chatbot that keeps confidences\n\n", PRIVET_VERSION);
    for (size_t i = 0; i < WORD_COUNT; i++)
        printf("  privet %-10s %s\n", words[i].name, words[i].about);
    printf("\n  privet WORD --help says more. Exit codes: 0 done, 1 failed, 2 wrong use, 3 wrong settings.\n");
    return WORD_DONE;
}

/* For shells: the words, one per line; see packaging/completion.bash. */
static int
main_words(void)
{
    for (size_t i = 0; i < WORD_COUNT; i++)
        puts(words[i].name);
    return WORD_DONE;
}

int
main(int count, char **arguments)
{
    enum wire_role role;

    if (sodium_init() < 0)
        return word_fail("libsodium does not start", ERR_NONE, WORD_FAILED);
    if (count > 0 && parent_child_role(arguments[0], &role))
        return serve_child(arguments[0]);
    if (count < 2 || strcmp(arguments[1], "--help") == 0 || strcmp(arguments[1], "help") == 0)
        return main_help();
    if (strcmp(arguments[1], "--version") == 0) {
        puts(PRIVET_VERSION);
        return WORD_DONE;
    }
    if (strcmp(arguments[1], "--words") == 0)
        return main_words();
    for (size_t i = 0; i < WORD_COUNT; i++) {
        if (strcmp(arguments[1], words[i].name) != 0)
            continue;
        if (word_flag(count - 2, arguments + 2, "help")) {
            printf("privet %s %s\n\n%s", words[i].name, words[i].arguments, words[i].help);
            return WORD_DONE;
        }
        return words[i].run(count - 2, arguments + 2);
    }
    fprintf(stderr, "privet: there is no word \"%s\"; `privet --help` lists them\n", arguments[1]);
    return WORD_USAGE;
}
