/* Everything is stolen: visitors talk, a thief copies the whole data folder with all keys, takes EK out of the vault's memory and has
 * recorded the traffic; the attack tool reads no turn of it. With a visitor's own keys the same tool reads them all. Then one visitor
 * erases and the database of before comes back: that conversation stays shut, the others are read by their owners.
 *
 *   theft PROGRAM BOT
 */
#include "attack.h"
#include "listener.h"

#include "base/rand.h"
#include "channel/visitor.h"
#include "crypt/base64.h"
#include "probe/client.h"
#include "probe/server.h"

#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define THEFT_VISITORS 5
#define THEFT_TURNS 4

static struct server server;
static struct client *visitors[THEFT_VISITORS];
static struct loot loot;
static unsigned passed, failed;
static size_t exchanged;

static const char *const typed[THEFT_TURNS] = {"Thistledown asks how long delivery takes", "Quillwort wonders what your opening hours are",
                                              "do you have a Marzipan red mug", "Zephyrine says thank you"};
static const char *const kept[] = {"I want to talk to a person", "yes", "Foxglove@example.org"}; /* the last one becomes a field */

static void
check(const char *what, bool is_good)
{
    passed += is_good;
    failed += !is_good;
    printf("%s %s\n", is_good ? "ok  " : "FAIL", what);
}

static void
check_number(const char *what, size_t seen, size_t wanted)
{
    char line[160];
    snprintf(line, sizeof line, "%s: %zu of %zu", what, seen, wanted);
    check(line, seen == wanted);
}

static void
run(const char *command)
{
    if (system(command) != 0)
        check(command, false);
}

static void
copy_folder(const char *from, const char *to)
{
    char command[512];
    snprintf(command, sizeof command, "rm -rf %s && cp -rp %s %s", to, from, to);
    run(command);
}

/* ---- visitors ---- */

static enum err
say(struct client *client, const char *text)
{
    unsigned char id[16];
    uint32_t n = 0;
    BUF_SCOPE(reply, 1 << 20);

    rand_bytes(id, sizeof id);
    exchanged++;
    return client_say(client, id, str_from(text), &reply, &n);
}

static enum err
talk(const char *via)
{
    struct client_setup setup = {.url = server.url, .origin = server.url, .root = server.root, .via = via, .give_up_ms = 5000};

    for (size_t i = 0; i < THEFT_VISITORS; i++) {
        TRY(client_make(&setup, &visitors[i]));
        for (size_t turn = 0; turn < THEFT_TURNS; turn++)
            TRY(say(visitors[i], typed[turn]));
    }
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        TRY(say(visitors[0], kept[i]));
    return ERR_NONE;
}

/* How many entries a visitor reads; 0 when none can be read. */
static size_t
entries_of(struct client *client)
{
    uint32_t entries = 0;
    BUF_SCOPE(texts, 1 << 24);

    return client_history(client, &texts, &entries) == ERR_NONE ? entries : 0;
}

/* ---- the thief ---- */

/* 32 bytes at the end of a page, where libsodium's guarded memory has them, whose public key is in the key note. */
static bool
is_ek(const unsigned char *bytes)
{
    unsigned char public[32];
    BUF_SCOPE(text, 64);

    return crypto_scalarmult_base(public, bytes) == 0 && base64_write(&text, BASE64_PLAIN, str_bytes(public, 32)) == ERR_NONE &&
           str_find(loot.key_note, buf_str(&text)) != SIZE_MAX;
}

static void
steal_ek(void)
{
    char path[64], line[512];
    static unsigned char page[4096];
    pid_t vault = server_process(&server, "vault");
    unsigned long from = 0, to = 0;

    snprintf(path, sizeof path, "/proc/%d/mem", (int)vault);
    int memory = open(path, O_RDONLY | O_CLOEXEC);
    snprintf(path, sizeof path, "/proc/%d/maps", (int)vault);
    FILE *maps = fopen(path, "re");
    while (maps && memory >= 0 && fgets(line, sizeof line, maps)) {
        char rights[5] = {0};
        if (sscanf(line, "%lx-%lx %4s", &from, &to, rights) != 3 || strncmp(rights, "rw", 2) != 0)
            continue;
        for (unsigned long at = from; at < to; at += sizeof page)
            if (pread(memory, page, sizeof page, (off_t)at) == (ssize_t)sizeof page && is_ek(page + sizeof page - 32))
                check("EK lies in the vault's memory, where root reads it", loot_add_key(&loot, "ek", page + sizeof page - 32) == ERR_NONE);
    }
    if (maps)
        fclose(maps);
    close(memory);
}

static void
add_visitor_keys(bool has_client_secret)
{
    for (size_t i = 0; i < THEFT_VISITORS; i++) {
        const struct visitor *visitor = client_visitor(visitors[i]);
        check("a visitor's keys are added", loot_add_key(&loot, "ahk", visitor->history_secret) == ERR_NONE &&
                                                (!has_client_secret || loot_add_key(&loot, "c", visitor->client_secret) == ERR_NONE));
    }
}

static struct attack
run_attack(void)
{
    struct attack attack = {.guesses = 0};
    check("the attack runs", attack_run(&loot, &attack) == ERR_NONE);
    printf("     %zu guesses; %zu stored entries, %zu exchanges on the wire, %zu fields\n", attack.guesses, loot.entry_count, loot.exchange_count,
           loot.field_count);
    return attack;
}

static void
search_texts(void)
{
    for (size_t i = 0; i < THEFT_TURNS; i++)
        check("no typed word lies in any file", loot_has(&loot, str_from(typed[i])) == NULL);
    check("a kept field lies in no file", loot_has(&loot, STR("Foxglove")) == NULL);
    check("nor do the bot's answers", loot_has(&loot, STR("opening hours")) == NULL && loot_has(&loot, STR("working day")) == NULL);
    check("the search finds what is there", loot_has(&loot, STR("privet-key/1")) != NULL);
}

static void
steal(const char *copy, str traffic)
{
    check("the folder and its keys are stolen", loot_read(&loot, copy) == ERR_NONE && loot.key_count >= 3 && loot.entry_count > 0);
    check("so is the traffic", loot_read_traffic(&loot, traffic) == ERR_NONE && loot.key_note.len > 0);
    if (geteuid() == 0)
        steal_ek();
    else
        printf("     EK stays where it is: only root reads the vault's memory\n");
    search_texts();
    struct attack attack = run_attack();
    check_number("every first flight opens with EK", attack.first_flights, geteuid() == 0 ? THEFT_VISITORS : 0);
    check_number("the field opens with MASTER, as it is meant to", attack.fields, 1);
    check_number("stored turns read with every server key", attack.turns, 0);
    check_number("chain keys opened with every server key", attack.wraps, 0);
    check_number("recorded turns read with every server key", attack.live_turns, 0);
    check_number("ciphertexts that share a key", attack.reused, 0);
    check_number("marks of plaintext in files", attack.leaks, 0);
    add_visitor_keys(true);
    attack = run_attack();
    check_number("with the visitors' own keys, stored entries read", attack.turns, loot.entry_count);
    check_number("with the visitors' own keys, recorded turns read", attack.live_turns, geteuid() == 0 ? exchanged : 0);
    loot_done(&loot);
}

/* ---- erased, and an older copy ---- */

static void
bring_back(const char *copy)
{
    size_t before[THEFT_VISITORS], others = 0;
    char command[512];

    for (size_t i = 0; i < THEFT_VISITORS; i++) {
        before[i] = entries_of(visitors[i]);
        others += i > 0 ? before[i] : 0;
    }
    check_number("a visitor reads the whole conversation", before[0], 2 * (THEFT_TURNS + sizeof kept / sizeof *kept));
    check("the visitor erases it", client_erase(visitors[0]) == ERR_NONE && entries_of(visitors[0]) == 0);
    kill(server.pid, SIGTERM);
    waitpid(server.pid, NULL, 0);
    snprintf(command, sizeof command, "rm -f %s/data/store.db* && cp -p %s/data/store.db* %s/data/", server.folder, copy, server.folder);
    run(command);
    check("the server starts with the database of before", server_run_again(&server) == ERR_NONE);
    for (size_t i = 1; i < THEFT_VISITORS; i++)
        check_number("the others read theirs", entries_of(visitors[i]), before[i]);
    check_number("the owner reads nothing of what was erased", entries_of(visitors[0]), 0);
    copy_folder(server.folder, copy);
    loot = (struct loot){.key_count = 0};
    check("the folder is stolen once more", loot_read(&loot, copy) == ERR_NONE);
    add_visitor_keys(false);
    struct attack attack = run_attack();
    check_number("the older copy has the erased entries too", loot.entry_count, before[0] + others);
    check_number("and with every visitor's keys all but those are read", attack.turns, others);
    check_number("nor is the field that the visitor had left", attack.fields, 0);
    loot_done(&loot);
}

int
main(int count, char **words)
{
    struct listener *listener = NULL;
    char via[32], copy[96];
    BUF_SCOPE(traffic, (size_t)256 << 20);

    setvbuf(stdout, NULL, _IOLBF, 0);
    if (count != 3 || sodium_init() < 0 || client_init() != ERR_NONE) {
        fprintf(stderr, "usage: theft PROGRAM BOT\n");
        return 2;
    }
    enum err err = server_start(&(struct server_setup){.bot = words[2], .program = words[1]}, &server);
    if (err == ERR_NONE)
        err = listener_start(atoi(strrchr(server.url, ':') + 1), &listener);
    if (err == ERR_NONE) {
        snprintf(via, sizeof via, "127.0.0.1:%d", listener_port(listener));
        err = talk(via);
    }
    if (err == ERR_NONE)
        err = listener_read(listener, &traffic);
    snprintf(copy, sizeof copy, "%s.stolen", server.folder);
    copy_folder(server.folder, copy);
    check("visitors talk while someone listens", err == ERR_NONE);
    if (err == ERR_NONE) {
        steal(copy, buf_str(&traffic));
        bring_back(copy);
    }
    for (size_t i = 0; i < THEFT_VISITORS; i++)
        client_free(&visitors[i]);
    if (listener)
        listener_stop(&listener);
    server_stop(&server);
    copy_folder("/dev/null", copy);
    unlink(copy);
    printf("%u passed, %u failed\n", passed, failed);
    return failed > 0;
}
