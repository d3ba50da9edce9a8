/* Trains the name tagger: name_train OUTPUT FILE... reads files of "word TAB label" lines, sentences divided by an empty line, and writes
 * struct name_model. Each sentence is seen as it stands, in lower case, and, where it names someone, one time in seven in upper case. A
 * file whose name ends with .weak counts its sentences once. Deterministic: the same files give the same weights. */
#include "guard/name_tagger.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TRAIN_ROUNDS 8
#define TRAIN_SCALE 14.0 /* of a weight to eight bits */

struct sentence {
    char *text;
    uint8_t *label; /* by byte of the text */
    size_t len;
};

struct ready {
    size_t count;
    uint32_t (*feature)[NAME_FEATURES];
    uint8_t *features, *label;
};

static double (*weight)[NAME_LABELS], (*total)[NAME_LABELS];
static double follow[NAME_LABELS + 1][NAME_LABELS], follow_total[NAME_LABELS + 1][NAME_LABELS];
static uint64_t seed = 1;

static uint64_t
train_random(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    return seed ^= seed << 17;
}

static void
train_ready(const struct pii *pii, struct arena *arena, const struct sentence *sentence, struct ready *out)
{
    struct fold fold;
    struct pii_word *word;
    struct name_token *token;
    str text = {sentence->text, sentence->len};

    arena_reset(arena);
    must(fold_take(arena, text, &fold) == ERR_NONE);
    must(pii_words_take(pii, arena, (str){fold.at, fold.len}, &word, &out->count) == ERR_NONE);
    must(name_tagger_take(pii, arena, (str){fold.at, fold.len}, word, out->count, &token) == ERR_NONE);
    out->feature = calloc(out->count + 1, sizeof *out->feature);
    out->features = calloc(out->count + 1, 1);
    out->label = calloc(out->count + 1, 1);
    for (size_t i = 0; i < out->count; i++) {
        out->features[i] = (uint8_t)name_tagger_features(token, out->count, i, out->feature[i]);
        unsigned label = sentence->label[fold_start(&fold, word[i].at)];
        /* Words that our tokenizer cuts finer than the data go on inside. */
        bool starts = i == 0 || sentence->label[fold_start(&fold, word[i - 1].at)] != label || label == NAME_O;
        bool same_start = (label == NAME_B_PER || label == NAME_B_LOC) && i > 0 && fold_start(&fold, word[i].at) > 0 &&
                          sentence->label[fold_start(&fold, word[i].at) - 1] == label;
        (void)starts;
        out->label[i] = (uint8_t)(same_start ? label + 1 : label);
    }
}

static void
train_decode(const struct ready *ready, uint8_t *label)
{
    size_t n = ready->count;
    double(*score)[NAME_LABELS] = calloc(n + 1, sizeof *score);
    uint8_t(*from)[NAME_LABELS] = calloc(n + 1, sizeof *from);

    for (size_t i = 0; i < n; i++)
        for (unsigned y = 0; y < NAME_LABELS; y++) {
            double sum = 0, best = i == 0 ? follow[NAME_LABELS][y] : -1e30;
            for (size_t k = 0; k < ready->features[i]; k++)
                sum += weight[ready->feature[i][k]][y];
            bool inside = y == NAME_I_PER || y == NAME_I_LOC;
            for (unsigned z = 0; i > 0 && z < NAME_LABELS; z++) {
                if (inside && z != y && z != y - 1)
                    continue;
                if (score[i - 1][z] + follow[z][y] > best) {
                    best = score[i - 1][z] + follow[z][y];
                    from[i][y] = (uint8_t)z;
                }
            }
            score[i][y] = best + sum - (inside && i == 0 ? 1e6 : 0);
        }
    unsigned y = 0;
    for (unsigned z = 0; n > 0 && z < NAME_LABELS; z++)
        y = score[n - 1][z] > score[n - 1][y] ? z : y;
    for (size_t i = n; i-- > 0; y = from[i][y])
        label[i] = (uint8_t)y;
    free(score);
    free(from);
}

static void
train_update(const struct ready *ready, const uint8_t *wrong, double step)
{
    for (size_t i = 0; i < ready->count; i++) {
        unsigned y = ready->label[i], z = wrong[i];
        unsigned before_y = i > 0 ? ready->label[i - 1] : NAME_LABELS, before_z = i > 0 ? wrong[i - 1] : NAME_LABELS;
        if (y != z)
            for (size_t k = 0; k < ready->features[i]; k++) {
                uint32_t f = ready->feature[i][k];
                weight[f][y] += 1;
                weight[f][z] -= 1;
                total[f][y] += step;
                total[f][z] -= step;
            }
        if (y != z || before_y != before_z) {
            follow[before_y][y] += 1;
            follow[before_z][z] -= 1;
            follow_total[before_y][y] += step;
            follow_total[before_z][z] -= step;
        }
    }
}

static size_t
train_read(const char *path, struct sentence **list, size_t count)
{
    static const char *const names[] = {"O", "B-PER", "I-PER", "B-LOC", "I-LOC"};
    FILE *file = fopen(path, "r");
    char line[4096], *text = calloc(1, 65536);
    uint8_t *label = calloc(1, 65536);
    size_t len = 0;

    if (!file) {
        perror(path);
        exit(1);
    }
    for (bool more = true; more;) {
        more = fgets(line, sizeof line, file) != NULL;
        char *tab = more ? strchr(line, '\t') : NULL;
        if (!tab) {
            if (len > 0) {
                struct sentence *last;
                *list = realloc(*list, (count + 1) * sizeof **list);
                last = &(*list)[count++];
                last->text = malloc(len + 1);
                last->label = malloc(len + 1);
                memcpy(last->text, text, len);
                memcpy(last->label, label, len);
                last->len = len;
            }
            len = 0;
            continue;
        }
        *tab = 0;
        size_t size = strlen(line);
        unsigned kind = 0;
        for (unsigned k = 0; k < NAME_LABELS; k++)
            if (strncmp(tab + 1, names[k], strlen(names[k])) == 0)
                kind = k;
        if (len + size + 2 > 60000)
            continue;
        bool mark = size == 1 && strchr(",.!?;:)", line[0]);
        if (len > 0 && !mark) {
            text[len] = ' ';
            label[len++] = NAME_O;
        }
        memcpy(text + len, line, size);
        memset(label + len, (int)kind, size);
        len += size;
    }
    fclose(file);
    free(text);
    free(label);
    return count;
}

/* The sentence again in another case; ASCII and, for the accented letters of Latin-1 and beyond, as they are. */
static struct sentence
train_recase(const struct sentence *sentence, bool upper)
{
    struct sentence copy = {malloc(sentence->len + 1), sentence->label, sentence->len};

    for (size_t i = 0; i < sentence->len; i++) {
        char c = sentence->text[i];
        copy.text[i] = upper ? (c >= 'a' && c <= 'z' ? (char)(c - 32) : c) : (c >= 'A' && c <= 'Z' ? (char)(c + 32) : c);
    }
    return copy;
}

static void
train_write(const char *path, double steps)
{
    struct name_model *model = calloc(1, sizeof *model);
    FILE *file = fopen(path, "wb");
    size_t used = 0;

    for (uint32_t f = 0; f < NAME_BUCKETS; f++)
        for (unsigned y = 0; y < NAME_LABELS; y++) {
            double value = (weight[f][y] - total[f][y] / steps) * TRAIN_SCALE;
            model->weight[f][y] = (int8_t)(value > 127 ? 127 : value < -127 ? -127 : lround(value));
            used += model->weight[f][y] != 0;
        }
    for (unsigned z = 0; z <= NAME_LABELS; z++)
        for (unsigned y = 0; y < NAME_LABELS; y++)
            model->follow[z][y] = (int16_t)lround((follow[z][y] - follow_total[z][y] / steps) * TRAIN_SCALE);
    if (!file || fwrite(model, sizeof *model, 1, file) != 1) {
        perror(path);
        exit(1);
    }
    fclose(file);
    printf("%zu weights that are not zero\n", used);
}

int
main(int count, char **arguments)
{
    struct pii *pii = NULL;
    struct arena *arena = NULL;
    struct sentence *list = NULL;
    size_t n = 0;
    double step = 1;

    must(pii_make(&pii) == ERR_NONE && arena_make(32 << 20, &arena) == ERR_NONE);
    for (int i = 2; i < count; i++) {
        size_t from = n, len = strlen(arguments[i]);
        bool weak = len > 5 && strcmp(arguments[i] + len - 5, ".weak") == 0;
        n = train_read(arguments[i], &list, n);
        size_t to = n;
        for (size_t k = from; k < to && !weak; k++) {
            bool named = memchr(list[k].label, NAME_B_PER, list[k].len) || memchr(list[k].label, NAME_B_LOC, list[k].len);
            for (unsigned pass = 0; pass < 2; pass++)
                if (pass == 0 || (named && train_random() % 7 == 0)) {
                    list = realloc(list, (n + 1) * sizeof *list);
                    list[n++] = train_recase(&list[k], pass == 1);
                }
        }
        printf("%s: %zu sentences\n", arguments[i], to - from);
    }
    struct ready *ready = calloc(n, sizeof *ready);
    size_t *order = calloc(n, sizeof *order);
    for (size_t i = 0; i < n; i++) {
        train_ready(pii, arena, &list[i], &ready[i]);
        order[i] = i;
    }
    weight = calloc(NAME_BUCKETS, sizeof *weight);
    total = calloc(NAME_BUCKETS, sizeof *total);
    uint8_t *label = calloc(1, 65536);
    for (unsigned round = 0; round < TRAIN_ROUNDS; round++) {
        size_t wrong = 0;
        for (size_t i = n; i-- > 1;) {
            size_t k = train_random() % (i + 1), keep = order[i];
            order[i] = order[k];
            order[k] = keep;
        }
        for (size_t i = 0; i < n; i++, step++) {
            const struct ready *now = &ready[order[i]];
            train_decode(now, label);
            if (memcmp(label, now->label, now->count) != 0) {
                train_update(now, label, step);
                wrong++;
            }
        }
        printf("round %u: %zu of %zu sentences wrong\n", round + 1, wrong, n);
    }
    train_write(arguments[1], step);
    return 0;
}
