/* Fetches what the decision needs: the passages and products themselves were found when the text was understood. */
#include "engine/bot_private.h"

enum err
recall_run(const struct bot *bot, struct arena *arena, const struct grasp *grasp, const struct decision *decision, struct recall *out)
{
    struct recall recall = {.passage_count = 0};

    (void)arena;
    for (size_t i = 0; i < decision->say_count; i++) {
        enum say_kind kind = decision->says[i].kind;
        if (kind == SAY_PRODUCTS)
            catalog_find(bot, grasp->ask, &recall);
        for (size_t k = 0; (kind == SAY_PASSAGE || kind == SAY_SUGGEST) && k < grasp->knowledge->count && k < RECALL_PASSAGES_MAX; k++)
            recall.passages[k] = grasp->knowledge->section[k];
        if (kind == SAY_PASSAGE || kind == SAY_SUGGEST)
            recall.passage_count = grasp->knowledge->count < RECALL_PASSAGES_MAX ? grasp->knowledge->count : RECALL_PASSAGES_MAX;
    }
    *out = recall;
    return ERR_NONE;
}
