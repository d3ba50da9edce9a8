/* attack FOLDER [--ek HEX] [--ahk HEX] [--client HEX] [--traffic FILE] [--text TEXT]...: what a thief can read of a copy of a server's
 * folder. Exit 0 when no turn was read, 1 when one was. */
#include "attack.h"

#include "base/buf.h"
#include "crypt/base64.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

static enum err
main_read(const char *path, struct buf *out)
{
    unsigned char piece[65536];
    size_t got;
    FILE *file = fopen(path, "rbe");
    enum err err = file ? ERR_NONE : err_raise(ERR_IO, "attack: no such file of traffic");

    while (err == ERR_NONE && (got = fread(piece, 1, sizeof piece, file)) > 0)
        err = buf_add(out, piece, got);
    if (file)
        fclose(file);
    return err;
}

static enum err
main_option(struct loot *loot, const char *name, const char *value)
{
    static const char *const keys[] = {"--ek", "--ahk", "--client"};
    unsigned char bytes[32];
    BUF_SCOPE(traffic, (size_t)1 << 30);

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(name, keys[i]) == 0) {
            TRY(base64_hex_parse_exact(str_from(value), bytes, 32));
            return loot_add_key(loot, keys[i] + 2, bytes);
        }
    if (strcmp(name, "--traffic") == 0) {
        TRY(main_read(value, &traffic));
        return loot_read_traffic(loot, buf_str(&traffic));
    }
    if (strcmp(name, "--text") != 0)
        return err_raise(ERR_INPUT, "attack: unknown option");
    const char *where = loot_has(loot, str_from(value));
    printf("\"%s\" %s%s\n", value, where ? "lies in " : "lies nowhere", where ? where : "");
    return ERR_NONE;
}

int
main(int count, char **words)
{
    static struct loot loot;
    struct attack attack;

    if (count < 2 || count % 2 != 0 || sodium_init() < 0) {
        fprintf(stderr, "usage: attack FOLDER [--ek HEX] [--ahk HEX] [--client HEX] [--traffic FILE] [--text TEXT]...\n");
        return 2;
    }
    enum err err = loot_read(&loot, words[1]);
    for (int i = 2; i < count && err == ERR_NONE; i += 2)
        err = main_option(&loot, words[i], words[i + 1]);
    if (err == ERR_NONE)
        err = attack_run(&loot, &attack);
    if (err != ERR_NONE) {
        fprintf(stderr, "attack: %s\n", err_text());
        return 2;
    }
    printf("{\"entries\":%zu,\"exchanges\":%zu,\"guesses\":%zu,\"turns\":%zu,\"wraps\":%zu,\"live_turns\":%zu,\"first_flights\":%zu,\"fields\":%zu,"
           "\"reused\":%zu,\"leaks\":%zu}\n",
           loot.entry_count, loot.exchange_count, attack.guesses, attack.turns, attack.wraps, attack.live_turns, attack.first_flights, attack.fields,
           attack.reused, attack.leaks);
    loot_done(&loot);
    return attack.turns + attack.live_turns > 0;
}
