/* privet bench WHAT: one row per measurement. Each ends with one line of JSON. */
#include "cli/bench.h"

#include "cli/bench_answers.h"
#include "cli/bench_frames.h"
#include "cli/bench_idle.h"
#include "cli/bench_inject.h"
#include "cli/bench_intents.h"
#include "cli/bench_store.h"
#include "cli/bench_turns.h"

#include <string.h>

static const struct {
    const char *name;
    int (*run)(const struct word_line *line);
} rows[] = {
    {"turns", bench_turns_run},
    {"idle", bench_idle_run},
    {"store", bench_store_run},
    {"frames", bench_frames_run},
    {"intents", bench_intents_run},
    {"answers", bench_answers_run},
    {"inject", bench_inject_run},
};

int
bench_run(const struct word_line *line)
{
    const char *what = word_plain(line, 0);

    for (size_t i = 0; what && i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].name, what) == 0)
            return rows[i].run(line);
    return word_fail("what shall be measured? privet bench turns, idle, store, frames, intents, answers or inject", ERR_NONE, WORD_USAGE);
}
