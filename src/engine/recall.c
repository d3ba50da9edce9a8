/* Fetches what the decision needs: passages that were found already, products that fit. It searches nothing twice. */
#include "engine/bot_private.h"

enum err
recall_run(const struct bot *bot, struct arena *arena, const struct grasp *grasp, const struct decision *decision, struct recall *out)
{
    struct recall recall = {.passage_count = 0};

    for (size_t i = 0; i < decision->say_count; i++) {
        enum say_kind kind = decision->says[i].kind;
        if (kind == SAY_PRODUCTS)
            TRY(catalog_find_run(bot, arena, grasp, &recall));
        if (kind != SAY_PASSAGE && kind != SAY_SUGGEST)
            continue;
        for (size_t k = 0; k < grasp->knowledge->count && recall.passage_count < RECALL_PASSAGES_MAX; k++)
            if (kind == SAY_PASSAGE || grasp->knowledge->ratio[k] >= KB_SUGGEST_RATIO)
                recall.passages[recall.passage_count++] = grasp->knowledge->section[k];
    }
    *out = recall;
    return ERR_NONE;
}
