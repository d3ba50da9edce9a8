/* privet bench frames: shakes hands for many sessions and writes their sealed messages to a file, first of each session first, so that
 * a load generator can fire them as they are. A frame is length(4) ‖ body of POST /v1/turn. It asks a running server and holds no key
 * of it. */
#include "cli/bench_frames.h"

#include "base/alloc.h"
#include "base/rand.h"
#include "probe/client.h"

#include <stdio.h>

#define BENCH_FRAMES_MAX 100000

struct bench_frames {
    struct client_setup setup;
    struct client **clients;
    uint64_t sessions, turns;
    FILE *out;
};

static enum err
bench_frames_open(struct bench_frames *bench)
{
    for (uint64_t i = 0; i < bench->sessions; i++) {
        TRY(client_make(&bench->setup, &bench->clients[i]));
        TRY(client_open(bench->clients[i]));
        client_rest(bench->clients[i]); /* its handle alone; the connection is the next one's */
    }
    return ERR_NONE;
}

static enum err
bench_frames_write(struct bench_frames *bench)
{
    static const char *const texts[] = {"how long does delivery take?", "do you have a red mug?", "can I return something?", "what are your opening hours?",
                                        "show me cast iron pans", "hello", "are you a robot?", "thanks, that was helpful"};
    unsigned char id[16], length[4];
    BUF_SCOPE(body, 1 << 20);

    for (uint64_t turn = 0; turn < bench->turns; turn++)
        for (uint64_t i = 0; i < bench->sessions; i++) {
            rand_bytes(id, sizeof id);
            buf_reset(&body);
            TRY(client_seal(bench->clients[i], id, str_from(texts[(turn + i) % (sizeof texts / sizeof *texts)]), &body));
            for (int k = 0; k < 4; k++)
                length[k] = (unsigned char)(body.len >> (24 - 8 * k));
            if (fwrite(length, 1, 4, bench->out) != 4 || fwrite(body.at, 1, body.len, bench->out) != body.len)
                return err_raise(ERR_IO, "bench: the file can't be written");
        }
    return ERR_NONE;
}

int
bench_frames_run(const struct word_line *line)
{
    struct bench_frames bench = {.setup = {.url = word_value(line, "url", NULL), .origin = word_value(line, "url", NULL),
                                           .root = word_value(line, "root", NULL), .ca = word_value(line, "ca", NULL)}};
    const char *file = word_value(line, "out", NULL);
    void *piece = NULL;

    if (!bench.setup.url || !bench.setup.root || !file ||
        str_parse_u64(str_from(word_value(line, "sessions", "100")), BENCH_FRAMES_MAX, &bench.sessions) != ERR_NONE ||
        str_parse_u64(str_from(word_value(line, "turns", "10")), BENCH_FRAMES_MAX, &bench.turns) != ERR_NONE)
        return word_fail("privet bench frames --url URL --root KEY --out FILE", ERR_NONE, WORD_USAGE);
    enum err err = client_init();
    if (err == ERR_NONE)
        err = client_connections_make(&bench.setup.connections);
    if (err == ERR_NONE)
        err = alloc_make((size_t)bench.sessions, sizeof *bench.clients, &piece);
    bench.clients = piece;
    bench.out = fopen(file, "we");
    if (err == ERR_NONE && !bench.out)
        err = err_raise(ERR_IO, "bench: the file can't be made");
    if (err == ERR_NONE)
        err = bench_frames_open(&bench);
    if (err == ERR_NONE)
        err = bench_frames_write(&bench);
    if (bench.out && fclose(bench.out) != 0 && err == ERR_NONE)
        err = err_raise(ERR_IO, "bench: the file can't be written");
    for (uint64_t i = 0; piece && i < bench.sessions; i++)
        client_free(&bench.clients[i]);
    client_connections_free(&bench.setup.connections);
    alloc_free(&piece);
    return err == ERR_NONE ? WORD_DONE : word_fail("can't make frames", err, WORD_FAILED);
}
