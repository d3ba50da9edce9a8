/* Examples that are nearly the same in two intents: whoever says such a thing gets the one or the other by chance. Each example is the set of
 * its stems; sets are first compared by 64 bits. */
#include "engine/bot_report_private.h"

#include "base/alloc.h"
#include "engine/bot_private.h"
#include "engine/words.h"

#include <stdlib.h>

#define TWINS_STEMS_MAX 16
#define TWINS_RATIO 0.8 /* of the stems of both together that both have */
#define TWINS_SHOWN_MAX 20

struct twin {
    uint64_t bits;
    uint32_t stems[TWINS_STEMS_MAX]; /* hashes, ascending, each once */
    uint8_t count;
};

static int
twins_order(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;

    return left < right ? -1 : left > right;
}

static enum err
twins_take(struct arena *arena, const struct nlu_example *example, struct twin *out)
{
    struct words words;
    char room[256];
    size_t count = 0;

    arena_reset(arena);
    TRY(words_take(arena, example->text, example->language, &words));
    for (size_t i = 0; i < words.count && count < TWINS_STEMS_MAX; i++) {
        uint32_t hash = 2166136261u;
        str stem = words_stem_at(&words, i, example->language, room, sizeof room);
        for (size_t k = 0; k < stem.len; k++)
            hash = (hash ^ (unsigned char)stem.at[k]) * 16777619u;
        out->stems[count++] = hash;
    }
    qsort(out->stems, count, sizeof *out->stems, twins_order);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || out->stems[i] != out->stems[out->count - 1]) {
            out->stems[out->count++] = out->stems[i];
            out->bits |= UINT64_C(1) << (out->stems[out->count - 1] % 64);
        }
    return ERR_NONE;
}

static bool
twins_are(const struct twin *a, const struct twin *b)
{
    size_t i = 0, k = 0, both = 0;

    /* A bit that only one has is a stem that only one has. */
    if (a->count == 0 || b->count == 0 || __builtin_popcountll(a->bits ^ b->bits) > 3)
        return false;
    while (i < a->count && k < b->count) {
        both += a->stems[i] == b->stems[k];
        bool next_a = a->stems[i] <= b->stems[k], next_b = b->stems[k] <= a->stems[i];
        i += next_a;
        k += next_b;
    }
    return (double)both >= TWINS_RATIO * (double)(a->count + b->count - both);
}

enum err
bot_twins_run(const struct bot_report *report)
{
    const struct bot *bot = report->bot;
    ARENA_SCOPE(arena);
    void *piece = NULL;
    size_t shown = 0;

    TRY(arena_make((size_t)1 << 18, &arena));
    TRY(alloc_make(bot->example_count + 1, sizeof(struct twin), &piece));
    struct twin *twins = piece;
    enum err err = ERR_NONE;
    for (size_t i = 0; i < bot->example_count && err == ERR_NONE; i++)
        err = twins_take(arena, &bot->examples[i], &twins[i]);
    for (size_t i = 0; i < bot->example_count && err == ERR_NONE; i++)
        for (size_t k = 0; k < i && err == ERR_NONE && shown < TWINS_SHOWN_MAX; k++) {
            const struct nlu_example *one = &bot->examples[i], *two = &bot->examples[k];
            if (one->intent == two->intent || !twins_are(&twins[i], &twins[k]))
                continue;
            if (bot->intents[one->intent].is_built_in && bot->intents[two->intent].is_built_in)
                continue;
            size_t at = bot->intents[one->intent].is_built_in ? k : i;
            shown++;
            err = bot_report_add(report, FINDING_TWINS, true, bot->example_lines[at], "\"%.*s\" (%.*s) and \"%.*s\" (%.*s) are nearly the same; keep it in one intent",
                                 STR_ARG(str_slice(one->text, 0, 80)), STR_ARG(bot->intents[one->intent].name), STR_ARG(str_slice(two->text, 0, 80)),
                                 STR_ARG(bot->intents[two->intent].name));
        }
    alloc_free(&piece);
    return err;
}
