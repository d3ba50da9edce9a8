/* The program's door: a child's name leads to its process, a word to its file. It never reads a secret from the command line. */
#include "cli/bench.h"
#include "cli/callbacks.h"
#include "cli/check.h"
#include "cli/doctor.h"
#include "cli/explain.h"
#include "cli/import.h"
#include "cli/key.h"
#include "cli/init.h"
#include "cli/redact.h"
#include "cli/schema.h"
#include "cli/serve.h"
#include "cli/talk.h"
#include "cli/word.h"
#include "proc/parent.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

static const struct word words[] = {
    {"init", "FOLDER --name NAME --origin URL --allow URL", "make keys, settings and the snippet for your site",
     "Makes FOLDER with privet.yaml, keys/, data/ and snippet.html. With --renew it signs the identity note again with keys/root.key:\n"
     "every 90 days, or after `origins` in privet.yaml has changed.\n",
     {{"name", "NAME", "the server's name, which its keys carry"},
      {"origin", "URL", "the chat's own address, for example https://chat.example"},
      {"allow", "URL", "a page's origin that may show the chat; may stand several times"},
      {"bot", "FOLDER", "the bot's folder (bot)"},
      {"site", "NAME", "the site's name in the widget's address (demo)"},
      {"port", "N", "the port to listen on (8080)"},
      {"days", "N", "days that a conversation is kept (30)"},
      {"run-as", "USER", "the user that Privet becomes when started as root (nobody)"},
      {"renew", NULL, "sign the identity note again"},
      {"root", "FILE", "with --renew: where the root key is"}},
     init_run},
    {"serve", "", "serve the chat", "Starts the five processes and serves until SIGTERM. Settings: privet.yaml beside you, or --config FILE.\n",
     {{"config", "FILE", "the settings"}}, serve_run},
    {"check", "BOT", "compile a bot, run its chats, report what it mixes up", "Exit 0 when the bot compiles and all chats pass, 1 when not.\n",
     {{"quick", NULL, "run the chats alone: no cross-validation, no advice"},
      {"strict", NULL, "fail on warnings too"},
      {"junit", "FILE", "write the results for a build server, too"},
      {"records", NULL, "print the records of processing (GDPR article 30) instead, from what the bot declares"},
      {"config", "FILE", "the settings: where links may lead, who runs the chat, how long it keeps what"}}, check_run},
    {"talk", "BOT", "talk to a bot in the terminal", "The same turn as on your site, without channel and store.\n",
     {{"lang", "LANGUAGE", "the language to begin with"},
      {"trace", NULL, "show of each turn what was understood, what was decided, each step of a flow, and how long it took"}}, talk_run},
    {"schema", "", "print a JSON Schema of bot.yaml", "For editors; docs/bots.md says how to use it with yaml-language-server.\n", {{NULL, NULL, NULL}}, schema_run},
    {"doctor", "", "prove that settings, keys and store are whole", "Exit 0 when everything is. Reads; repairs nothing.\n",
     {{"config", "FILE", "the settings"}}, doctor_run},
    {"callbacks", "", "list what visitors left for you (fields with a purpose)", "Opens the sealed fields with the key file, one line of JSON each.\n",
     {{"config", "FILE", "the settings"}}, callbacks_run},
    {"key", "add NAME|list|remove ID", "let programs use the bot, without the sealed channel",
     "`add` makes an API key and prints it once; the store has its hash alone. `list` names them. `remove` ends one at once.\n"
     "What programs send is not sealed on its way: docs/programs.md.\n",
     {{"config", "FILE", "the settings"}}, key_run},
    {"explain", "[SETTING]", "explain a setting, or list all", "Without a setting: the names of all.\n",
     {{"markdown", NULL, "print docs/config.md"}}, explain_run},
    {"redact", "[FILE]", "take personal data out of text, JSON lines or CSV",
     "Reads FILE or standard input, writes standard output. --find reads {\"text\": ..., \"asked\": ..., \"country\": ..., \"types\": [...]} per line\n"
     "and writes {\"spans\": [[start, end, \"TYPE\", score], ...]} in code points.\n",
     {{"json", NULL, "the input is JSON lines"}, {"csv", NULL, "the input is CSV with a head line; no cell stays a formula"}, {"find", NULL, "say where things are instead"},
      {"types-list", NULL, "name every type, what is done with it and what it means"}, {"report", NULL, "counts to standard error"},
      {"types", "A,B", "only these types"}, {"policy", "TYPE=ACTION,...", "allow, tag, mask, redact, pseudonymise or refuse; * is every type"},
      {"fields", "A,B", "only these members or columns"}, {"country", "CC", "the country of the texts"},
      {"asked", "QUESTION", "what was asked before each line"}},
     redact_run},
    {"import", "rasa FOLDER [BOT]", "make a bot from a Rasa project",
     "Writes the folder BOT (bot) with bot.yaml, chats/ and import.txt: every line of the project that was not carried over, by file and line.\n"
     "What forms ask of people needs a purpose and a legal basis, which only you know: `privet check BOT` names each, and the bot is not served before.\n",
     {{"basis", "NAME", "the legal basis of all that its forms ask for, if it is one and the same"}, {"purpose", "TEXT", "and what for"},
      {"name", "NAME", "the bot's name (the project's folder)"}},
     import_run},
    {"bench", "turns|idle|store|frames|intents|answers|inject", "measure this machine, or understanding",
     "`turns`: sealed, durable turns through a server of its own; ends with one line of JSON.\n"
     "`idle`: memory at rest and with many open chats, start to first answer.\n"
     "`store`: durable turns of many threads, beside SQLite that commits each alone.\n"
     "`frames`: writes sealed messages for a load generator, for the server at --url.\n"
     "`intents`: lines of \"text TAB label\"; accuracy, scope, calibration and time as JSON.\n"
     "`answers`: articles and judged questions; how often and how fast the right article is found, as JSON.\n"
     "`inject`: lines of \"family TAB language TAB text\" (--test); alarms by family and time, as JSON.\n",
     {{"seconds", "N", "how long (10)"}, {"clients", "N", "visitors at the same time (32)"}, {"chats", "N", "idle: open chats (5000)"},
      {"dir", "FOLDER", "store: on which disk (.)"}, {"silent", "SECONDS", "idle: before they are looked at again (70)"},
      {"bot", "FOLDER", "the bot (bots/shop)"},
      {"url", "URL", "frames: the server's own origin"}, {"root", "KEY", "frames: its root key"}, {"ca", "FILE", "frames: certificates to trust"},
      {"sessions", "N", "frames: sessions (100)"}, {"turns", "N", "frames: messages of each (10)"}, {"out", "FILE", "frames: where to"},
      {"train", "FILE", "intents: examples"}, {"test", "FILE", "intents, inject: what is asked"}, {"oos", "FILE", "intents: texts out of scope"},
      {"predict", NULL, "a label, document or alarm and how sure it is for each line instead"}, {"typos", "PERCENT", "mistype so many words (0)"},
      {"docs", "FOLDER", "answers: articles, or a file of ID TAB TITLE TAB TEXT"}, {"queries", "FILE", "answers: ID TAB QUESTION [TAB LANGUAGE]"},
      {"relevant", "FILE", "answers: ID TAB DOCUMENT [TAB GRADE]"}, {"lang", "LANGUAGE", "of the texts (en)"}},
     bench_run},
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

static int
main_word_help(const struct word *word)
{
    printf("privet %s %s\n\n%s\n", word->name, word->arguments, word->help);
    for (size_t i = 0; i < WORD_OPTIONS_MAX && word->options[i].name; i++) {
        const struct word_option *option = &word->options[i];
        int width = printf("  --%s%s%s", option->name, option->value ? " " : "", option->value ? option->value : "");
        printf("%*s%s\n", width < 20 ? 20 - width : 1, "", option->meaning);
    }
    return WORD_DONE;
}

/* For shells and for the manual: "word" and "word --option VALUE" lines; packaging/ makes completions from them. */
static int
main_words(void)
{
    for (size_t i = 0; i < WORD_COUNT; i++) {
        printf("%s\n", words[i].name);
        for (size_t k = 0; k < WORD_OPTIONS_MAX && words[i].options[k].name; k++)
            printf("%s --%s %s\n", words[i].name, words[i].options[k].name, words[i].options[k].value ? words[i].options[k].value : "");
    }
    return WORD_DONE;
}

static void
main_manual_word(const struct word *word)
{
    printf(".SS privet %s %s\n%s", word->name, word->arguments, word->help);
    for (size_t i = 0; i < WORD_OPTIONS_MAX && word->options[i].name; i++)
        printf(".TP\n.B \\-\\-%s %s\n%s\n", word->options[i].name, word->options[i].value ? word->options[i].value : "", word->options[i].meaning);
}

/* The manual page, in roff, from the same table. */
static int
main_manual(void)
{
    printf(".TH PRIVET 1 \"\" \"privet %s\"\n.SH NAME\nprivet \\- a web chatbot that keeps confidences\n.SH SYNOPSIS\n.B privet\n.I WORD\n[options]\n"
           ".SH DESCRIPTION\nPrivet serves a chat widget for your site and the bot behind it, on one machine, with an embedded database.\n"
           "Conversations are sealed from the visitor's browser to the bot, and at rest to the visitor's device.\n.SH WORDS\n",
           PRIVET_VERSION);
    for (size_t i = 0; i < WORD_COUNT; i++)
        main_manual_word(&words[i]);
    printf(".SH FILES\n.TP\n.B privet.yaml\nThe settings.\n.B privet explain\nlists them; the environment goes before the file: PRIVET_ and the name in upper case.\n"
           ".SH EXIT STATUS\n.TP\n0\ndone\n.TP\n1\nfailed\n.TP\n2\nwrong use\n.TP\n3\nwrong settings\n");
    return WORD_DONE;
}

static int
main_run(const struct word *word, int count, char **arguments)
{
    static struct word_line line;

    for (int i = 0; i < count; i++)
        if (strcmp(arguments[i], "--help") == 0)
            return main_word_help(word);
    if (word_parse(word, count, arguments, &line) != ERR_NONE)
        return WORD_USAGE;
    return word->run(&line);
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
    if (strcmp(arguments[1], "--manual") == 0)
        return main_manual();
    for (size_t i = 0; i < WORD_COUNT; i++)
        if (strcmp(arguments[1], words[i].name) == 0)
            return main_run(&words[i], count - 2, arguments + 2);
    fprintf(stderr, "privet: there is no word \"%s\"; `privet --help` lists them\n", arguments[1]);
    return WORD_USAGE;
}
