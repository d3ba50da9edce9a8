/* The intent model: training from examples, judging itself on examples it has not seen, and the answer for one text. */
#include "engine/nlu.h"

#include "base/alloc.h"
#include "crypt/hkdf.h"
#include "engine/nlu_model.h"
#include "engine/nlu_scope.h"
#include "engine/nlu_vector.h"
#include "engine/nlu_vocabulary.h"

#include <string.h>

#define NLU_LESSON_BYTES ((size_t)1 << 20) /* arena for one example */
#define NLU_PASSES 12
#define NLU_FOLD_PASSES 3
#define NLU_FOLDS 10 /* net n has not seen fold n, so that it can judge it; but for those behind NLU_JUDGES */
#define NLU_JUDGES ((size_t)3)
#define NLU_NO_FOLD 255
#define NLU_NEAR_LEAST 0.2f

struct nlu {
    struct nlu_rows rows;
    struct nlu_vocabulary *vocabulary;
    struct nlu_model *model;
    struct nlu_near *near;
    struct nlu_scope scope;
    size_t intent_count, width;
};

/* While training. */
struct nlu_school {
    struct nlu *nlu;
    const struct nlu_lesson *lesson;
    struct nlu_set set;
    struct nlu_line line, fold_line;
    struct nlu_net nets[NLU_MODEL_NETS_MAX];
    size_t net_count;
    struct nlu_bag *bag;
    struct arena *arena;
    uint8_t *fold;
    struct nlu_signs *signs;
    size_t sign_count;
};

/* The hash key comes from the examples: the same bot answers the same after each load, and who does not know the bot's files can't
 * make words collide. */
static void
nlu_key(struct nlu *nlu, const struct nlu_lesson *lesson)
{
    unsigned char hash[HKDF_HASH_BYTES];
    struct hkdf_digest digest;

    hkdf_digest_init(&digest);
    for (size_t i = 0; i < lesson->count; i++) {
        hkdf_digest_add(&digest, lesson->examples[i].language);
        hkdf_digest_add(&digest, lesson->examples[i].text);
    }
    hkdf_digest_done(&digest, hash);
    memcpy(nlu->rows.key, hash, sizeof nlu->rows.key);
}

static enum err
nlu_add_example(struct nlu_school *school, str text, str language, size_t intent)
{
    struct words words;

    arena_reset(school->arena);
    TRY(words_take(school->arena, text, language, &words));
    nlu_bag_read(&school->nlu->rows, &words, &words, school->bag);
    TRY(nlu_vocabulary_add(school->nlu->vocabulary, &words));
    return nlu_bag_set_add(&school->set, school->bag, intent);
}

/* "check_balance", "checkBalance" → "check balance" */
static str
nlu_name_text(str name, char *out, size_t size_bytes)
{
    size_t used = 0;

    for (size_t i = 0; i < name.len && used + 2 < size_bytes; i++) {
        char c = name.at[i];
        if (i > 0 && c >= 'A' && c <= 'Z' && name.at[i - 1] >= 'a' && name.at[i - 1] <= 'z')
            out[used++] = ' ';
        out[used++] = c == '_' || c == '-' || c == '.' || c == '/' ? ' ' : c;
    }
    return str_bytes(out, used);
}

static enum err
nlu_read_lesson(struct nlu_school *school)
{
    const struct nlu_lesson *lesson = school->lesson;
    char name[128];

    for (size_t i = 0; i < lesson->count; i++)
        TRY(nlu_add_example(school, lesson->examples[i].text, lesson->examples[i].language, lesson->examples[i].intent));
    for (size_t i = 0; i < lesson->intent_count && lesson->names; i++)
        TRY(nlu_add_example(school, nlu_name_text(lesson->names[i], name, sizeof name), lesson->language, i));
    TRY(nlu_vocabulary_seal(school->nlu->vocabulary));
    return nlu_bag_set_weigh(&school->set, &school->nlu->rows);
}

/* More nets where examples are few: they cost little there and err most, but for the smallest bots, which
 * are loaded while their authors type. The first NLU_JUDGES leave a fold out each. */
static size_t
nlu_net_count(size_t examples)
{
    return examples <= 700 ? 3 : examples <= NLU_BAG_FEW ? 6 : 2;
}

/* The best intents, best first; fewer than asked for when there are fewer. */
static size_t
nlu_best(const float *score, size_t count, size_t best[NLU_GUESSES_MAX])
{
    size_t found = 0;

    for (size_t c = 0; c < count; c++) {
        size_t at = found;
        while (at > 0 && score[best[at - 1]] < score[c]) {
            if (at < NLU_GUESSES_MAX)
                best[at] = best[at - 1];
            at--;
        }
        if (at == NLU_GUESSES_MAX)
            continue;
        best[at] = c;
        found += found < NLU_GUESSES_MAX;
    }
    return found;
}

/* What one weighed text shows to a model. */
struct nlu_look {
    float *ratio; /* of all intents */
    size_t best[NLU_GUESSES_MAX], count;
    struct nlu_signs signs;
};

static enum err
nlu_look_at(const struct nlu *nlu, const struct nlu_model *model, struct arena *arena, struct nlu_bag *bag, struct nlu_look *out)
{
    void *ratio = NULL, *margin = NULL;

    TRY(arena_take(arena, nlu->width, sizeof(float), &ratio));
    TRY(arena_take(arena, nlu->width, sizeof(float), &margin));
    TRY(nlu_model_score(model, arena, bag, ratio, margin));
    out->ratio = ratio;
    out->count = nlu_best(out->ratio, nlu->intent_count, out->best);
    const float *margins = margin;
    float largest = margins[0], best = margins[out->best[0]];
    for (size_t c = 1; c < nlu->intent_count; c++)
        largest = margins[c] > largest ? margins[c] : largest;
    out->signs = (struct nlu_signs){.margin = largest, .ratio = out->ratio[out->best[0]],
                                    .gap = out->count > 1 ? best - margins[out->best[1]] : 2};
    return ERR_NONE;
}

/* An example of a fold that neither line nor net of this model has seen. */
static enum err
nlu_judge_example(struct nlu_school *school, const struct nlu_model *model, const struct nlu_near *near, size_t i)
{
    const struct nlu_example *example = &school->lesson->examples[i];
    const struct nlu_set *set = &school->set;
    struct nlu_bag *bag = school->bag;
    struct nlu_look look;
    struct words words;

    arena_reset(school->arena);
    TRY(words_take(school->arena, example->text, example->language, &words));
    bag->count = set->from[i + 1] - set->from[i];
    bag->from[NLU_BAG_LETTERS] = set->letters_from[i] - set->from[i];
    bag->from[NLU_BAG_PAIRS] = set->pairs_from[i] - set->from[i];
    memcpy(bag->item, set->item + set->from[i], bag->count * sizeof *bag->item);
    TRY(nlu_look_at(school->nlu, model, school->arena, bag, &look));
    look.signs.near = nlu_scope_near(near, bag, look.best[0]);
    look.signs.coverage = nlu_vocabulary_coverage(school->nlu->vocabulary, &words, 1);
    look.signs.is_right = look.best[0] == example->intent;
    school->signs[school->sign_count++] = look.signs;
    return ERR_NONE;
}

static enum err
nlu_judge_fold(struct nlu_school *school, size_t n)
{
    struct nlu_model *model = NULL;
    struct nlu_near *near = NULL;

    nlu_line_copy(&school->line, &school->fold_line);
    nlu_line_drop(&school->fold_line, &school->set, school->fold, (int)n);
    TRY(nlu_line_train(&school->fold_line, &school->set, school->fold, (int)n, NLU_FOLD_PASSES));
    enum err err = nlu_model_make(&school->fold_line, &school->nets[n], 1, school->set.intent_count, &model);
    if (err == ERR_NONE)
        err = nlu_scope_near_make(&school->set, school->fold, (int)n, &near);
    for (size_t i = 0; i < school->lesson->count && err == ERR_NONE; i++)
        if (school->fold[i] == n)
            err = nlu_judge_example(school, model, near, i);
    nlu_scope_near_free(&near);
    nlu_model_free(&model);
    return err;
}

static enum err
nlu_train(struct nlu_school *school)
{
    struct nlu *nlu = school->nlu;
    void *piece = NULL;

    TRY(nlu_line_make(&school->set, nlu->rows.count, &school->line));
    TRY(nlu_line_make(&school->set, nlu->rows.count, &school->fold_line));
    TRY(alloc_make(school->set.count, 1, &piece));
    school->fold = piece;
    for (size_t i = 0; i < school->set.count; i++)
        school->fold[i] = i < school->lesson->count ? (uint8_t)(i % NLU_FOLDS) : NLU_NO_FOLD;
    TRY(nlu_line_train(&school->line, &school->set, NULL, 0, NLU_PASSES));
    for (size_t n = 0; n < nlu_net_count(school->set.count); n++) {
        const uint8_t *fold = n < NLU_JUDGES ? school->fold : NULL;
        TRY(nlu_net_make(&school->set, nlu->rows.plain_count, fold, (int)n, (unsigned)n, &school->nets[n]));
        school->net_count++;
    }
    TRY(nlu_model_make(&school->line, school->nets, school->net_count, school->set.intent_count, &nlu->model));
    TRY(nlu_scope_near_make(&school->set, NULL, 0, &nlu->near));
    TRY(alloc_make(school->lesson->count, sizeof(struct nlu_signs), &piece));
    school->signs = piece;
    for (size_t n = 0; n < school->net_count && n < NLU_JUDGES; n++)
        TRY(nlu_judge_fold(school, n));
    nlu_scope_fit(school->signs, school->sign_count, &nlu->scope);
    return ERR_NONE;
}

static enum err
nlu_school_run(struct nlu_school *school)
{
    void *piece = NULL;

    TRY(arena_make(NLU_LESSON_BYTES, &school->arena));
    TRY(alloc_make(1, sizeof(struct nlu_bag), &piece));
    school->bag = piece;
    TRY(nlu_vocabulary_make(&school->nlu->vocabulary));
    TRY(nlu_bag_set_make(school->lesson->count + school->lesson->intent_count, school->lesson->intent_count, &school->set));
    nlu_key(school->nlu, school->lesson);
    school->nlu->rows.has_pairs = school->lesson->count <= NLU_BAG_FEW;
    TRY(nlu_read_lesson(school));
    return nlu_train(school);
}

static void
nlu_school_done(struct nlu_school *school)
{
    for (size_t n = 0; n < NLU_MODEL_NETS_MAX; n++)
        nlu_net_free(&school->nets[n]);
    nlu_line_free(&school->line);
    nlu_line_free(&school->fold_line);
    nlu_bag_set_free(&school->set);
    alloc_free(&school->fold);
    alloc_free(&school->signs);
    alloc_free(&school->bag);
    arena_free(&school->arena);
}

enum err
nlu_make(const struct nlu_lesson *lesson, struct nlu **out)
{
    void *piece = NULL;

    if (lesson->count == 0 || lesson->intent_count == 0 || lesson->intent_count > NLU_INTENTS_MAX)
        return err_raise(ERR_INPUT, "nlu: no example, no intent, or too many intents");
    TRY(alloc_make(1, sizeof(struct nlu), &piece));
    struct nlu *nlu = piece;
    nlu->intent_count = lesson->intent_count;
    nlu->width = NLU_VECTOR_PAD(lesson->intent_count);
    struct nlu_school school = {.nlu = nlu, .lesson = lesson};
    enum err err = nlu_school_run(&school);
    nlu_school_done(&school);
    if (err != ERR_NONE)
        nlu_free(&nlu);
    else
        *out = nlu;
    return err;
}

void
nlu_free(struct nlu **nlu)
{
    if (!*nlu)
        return;
    nlu_bag_rows_free(&(*nlu)->rows);
    nlu_vocabulary_free(&(*nlu)->vocabulary);
    nlu_model_free(&(*nlu)->model);
    nlu_scope_near_free(&(*nlu)->near);
    alloc_free(nlu);
}

size_t
nlu_bytes(const struct nlu *nlu)
{
    return sizeof *nlu + nlu_bag_rows_bytes(&nlu->rows) + nlu_model_bytes(nlu->model) + nlu_scope_near_bytes(nlu->near) +
           nlu_vocabulary_bytes(nlu->vocabulary);
}

/* The best intent gets the calibrated confidence, the others their share of the rest. */
static void
nlu_guesses(const struct nlu *nlu, const struct nlu_look *look, struct nlu_result *out)
{
    float confidence = nlu_scope_confidence(&nlu->scope, &look->signs), rest = 1 - look->ratio[look->best[0]];

    out->guess_count = look->count;
    for (size_t i = 0; i < look->count; i++) {
        out->intent[i] = look->best[i];
        out->ratio[i] = i == 0 ? confidence : rest > 0 ? (1 - confidence) * look->ratio[look->best[i]] / rest : 0;
    }
}

enum err
nlu_find(const struct nlu *nlu, struct arena *arena, const struct words *words, struct nlu_result *out)
{
    void *piece = NULL;
    const struct words *mended = NULL;
    struct nlu_result result = {.guess_count = 0};
    struct nlu_look look;

    TRY(arena_take(arena, 1, sizeof(struct nlu_bag), &piece));
    struct nlu_bag *bag = piece;
    TRY(nlu_vocabulary_repair(nlu->vocabulary, arena, words, &mended));
    nlu_bag_read(&nlu->rows, mended, words, bag);
    nlu_bag_weigh(&nlu->rows, bag);
    TRY(nlu_look_at(nlu, nlu->model, arena, bag, &look));
    look.signs.near = nlu_scope_near(nlu->near, bag, look.best[0]);
    /* A mended word is half known: it may be a stranger that looks like one. */
    look.signs.coverage = nlu_vocabulary_coverage(nlu->vocabulary, words, 0);
    if (mended != words)
        look.signs.coverage = (look.signs.coverage + nlu_vocabulary_coverage(nlu->vocabulary, mended, 0)) / 2;
    result.margin = look.signs.margin;
    result.near_ratio = look.signs.near;
    result.coverage_ratio = look.signs.coverage;
    result.scope_score = nlu_scope_score(&nlu->scope, &look.signs) - nlu->scope.least;
    /* Few examples make a low threshold: where neither a word nor the letters are known, nothing is. */
    result.is_known = result.scope_score >= 0 && (look.signs.coverage > 0 || look.signs.near > NLU_NEAR_LEAST);
    nlu_guesses(nlu, &look, &result);
    *out = result;
    return ERR_NONE;
}
