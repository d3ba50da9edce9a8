/* Trains the model of the alarm (src/guard/inject_model.h).
 *
 *   inject_train OUTPUT FILE...      writes struct inject_model
 *   inject_train --families FILE...  holds out one family at a time: what a model finds of it that was trained on the others
 *
 * Files have lines "family TAB language TAB text"; family "harmless" is what customers write. A fifth of the texts of real customers,
 * whose language is the name of a set, is not learned from: the border is set on it, so that at most TRAIN_ALARMS of it are alarms. Deterministic: the same files give the same model. */
#include "guard/fold.h"
#include "guard/inject_model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TRAIN_ROUNDS 12
#define TRAIN_BORDER 10.0
#define TRAIN_MARGIN 4.0
#define TRAIN_ALARMS 0.0006
#define TRAIN_FAMILIES 32
#define TRAIN_LANGUAGES 16
#define TRAIN_SCALE 100.0 /* of a weight to sixteen bits */
#define TRAIN_COMMON 30     /* a word so frequent among the harmless is a feature as well */
#define TRAIN_SLOTS_MAX (INJECT_SLOTS / 10 * 7)

/* Slots of the features of a word; INJECT_SLOTS: a word that the model does not have; INJECT_SLOT_NONE: nothing. */
typedef uint32_t features[INJECT_FEATURES];

struct example {
    str text; /* folded */
    unsigned family, language;
    bool is_kept_back;
    features *word[INJECT_ORDERS];
    size_t words[INJECT_ORDERS];
};

struct names {
    char *name[TRAIN_FAMILIES];
    unsigned count;
};

static struct example *examples;
static size_t example_count;
static struct names families = {{"harmless"}, 1}, languages;
static uint8_t word_filter[INJECT_WORD_BITS / 8];
static struct inject_slot slot[INJECT_SLOTS];
static uint32_t slot_count;
static double weight[INJECT_SLOTS + 1], total[INJECT_SLOTS + 1];
static uint64_t seed = 1;

static uint64_t
train_random(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    return seed ^= seed << 17;
}

static unsigned
train_name(struct names *names, const char *name)
{
    for (unsigned i = 0; i < names->count; i++)
        if (strcmp(names->name[i], name) == 0)
            return i;
    must(names->count < TRAIN_LANGUAGES);
    names->name[names->count] = strdup(name);
    return names->count++;
}

static void
train_read(const char *path)
{
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t size = 0;

    if (!file) {
        perror(path);
        exit(1);
    }
    for (ssize_t len; (len = getline(&line, &size, file)) > 0;) {
        line[len - (line[len - 1] == '\n')] = 0;
        char *language = strchr(line, '\t'), *text = language ? strchr(language + 1, '\t') : NULL;
        if (!text)
            continue;
        *language = *text = 0;
        char *folded = malloc(strlen(text + 1) + 1);
        str words = {folded, fold_write(str_from(text + 1), folded, strlen(text + 1))};
        examples = realloc(examples, (example_count + 1) * sizeof *examples);
        examples[example_count++] = (struct example){.text = words, .family = train_name(&families, line), .language = train_name(&languages, language + 1)};
    }
    fclose(file);
    free(line);
}

/* Words of attacks, of three letters or more, are what glued text is cut into. */
static void
train_filter(unsigned held)
{
    memset(word_filter, 0, sizeof word_filter);
    for (size_t i = 0; i < example_count; i++) {
        str rest = examples[i].text, word;
        if (examples[i].family == 0 || examples[i].family == held)
            continue;
        while (str_split(&rest, ' ', &word)) {
            size_t len = 0;
            while (len < word.len && ((word.at[len] >= 'a' && word.at[len] <= 'z') || (unsigned char)word.at[len] >= 0x80))
                len++;
            if (len >= 3)
                inject_model_add_word(word_filter, str_slice(word, 0, len));
        }
    }
}

static void
train_add_slot(uint64_t feature)
{
    uint32_t free = 0;

    if (inject_model_slot(slot, feature, &free) != INJECT_SLOT_NONE)
        return;
    must(++slot_count < TRAIN_SLOTS_MAX);
    slot[free] = (struct inject_slot){inject_model_check(feature), 0};
}

static void
train_add_word(void *context, const uint64_t feature[INJECT_FEATURES])
{
    (void)context;
    for (size_t i = 0; i < INJECT_FEATURES; i++)
        train_add_slot(feature[i]);
}

static void
train_count_word(void *context, const uint64_t feature[INJECT_FEATURES])
{
    uint16_t *seen = (uint16_t *)context + (feature[0] >> 40);

    if (*seen < TRAIN_COMMON && ++*seen == TRAIN_COMMON)
        train_add_slot(feature[0]);
}

/* What attacks have, and the words that the harmless have often. */
static void
train_slots(unsigned held)
{
    uint16_t *seen = calloc((size_t)1 << 24, sizeof *seen);

    memset(slot, 0, sizeof slot);
    slot_count = 0;
    for (size_t i = 0; i < example_count; i++)
        if (examples[i].family != held)
            inject_model_each(word_filter, examples[i].text, INJECT_PLAIN,
                              &(struct inject_reader){examples[i].family == 0 ? train_count_word : train_add_word, seen});
    free(seen);
}

struct train_context {
    struct example *example;
    unsigned order;
};

static void
train_word(void *context, const uint64_t feature[INJECT_FEATURES])
{
    const struct train_context *now = context;
    struct example *example = now->example;
    size_t n = example->words[now->order]++;

    example->word[now->order] = realloc(example->word[now->order], (n + 1) * sizeof(features));
    for (size_t i = 0; i < INJECT_FEATURES; i++) {
        uint32_t at = inject_model_slot(slot, feature[i], NULL);
        example->word[now->order][n][i] = at == INJECT_SLOT_NONE && i == 0 ? INJECT_SLOTS : at;
    }
}

static void
train_ready(unsigned held)
{
    train_filter(held);
    train_slots(held);
    for (size_t i = 0; i < example_count; i++)
        for (unsigned order = 0; order < INJECT_ORDERS; order++) {
            struct train_context context = {&examples[i], order};
            examples[i].words[order] = 0;
            inject_model_each(word_filter, examples[i].text, (enum inject_order)order, &(struct inject_reader){train_word, &context});
        }
}

/* With the first `most` features of each word. */
static double
train_sum(const struct example *example, unsigned order, size_t most, size_t *from, size_t *to)
{
    double now = 0, best = 0;
    size_t start = 0;

    *from = *to = 0;
    for (size_t i = 0; i < example->words[order]; i++) {
        if (now <= 0) {
            now = 0;
            start = i;
        }
        for (size_t k = 0; k < most; k++)
            now += example->word[order][i][k] == INJECT_SLOT_NONE ? 0 : weight[example->word[order][i][k]];
        if (now > best) {
            best = now;
            *from = start;
            *to = i + 1;
        }
    }
    return best;
}

static double
train_score(const struct example *example)
{
    double best = 0;
    size_t from, to;

    for (unsigned order = 0; order < INJECT_ORDERS; order++) {
        double sum = train_sum(example, order, INJECT_FEATURES, &from, &to);
        best = sum > best ? sum : best;
    }
    return best;
}

/* An attack is wanted above the border as a whole; of a harmless text the stretch that reads worst is pushed below. Each time with words
 * alone or with some of their neighbours, so that no feature relies on the others of its frame. */
static void
train_one(const struct example *example, double step)
{
    size_t from, to, most = 1 + train_random() % INJECT_FEATURES;
    double sum = train_sum(example, INJECT_PLAIN, most, &from, &to), sign = example->family == 0 ? -1 : 1;

    if (sign > 0 ? sum >= TRAIN_BORDER + TRAIN_MARGIN : sum <= TRAIN_BORDER - TRAIN_MARGIN)
        return;
    if (sign > 0) {
        from = 0;
        to = example->words[INJECT_PLAIN];
    }
    for (size_t i = from; i < to; i++)
        for (size_t k = 0; k < most; k++) {
            uint32_t at = example->word[INJECT_PLAIN][i][k];
            if (at == INJECT_SLOT_NONE)
                continue;
            weight[at] += sign;
            total[at] += sign * step;
        }
}

static void
train_run(unsigned held)
{
    size_t *order = calloc(example_count, sizeof *order), count = 0;
    double step = 0;

    memset(weight, 0, sizeof weight);
    memset(total, 0, sizeof total);
    seed = 1;
    for (size_t i = 0; i < example_count; i++)
        if (examples[i].family != held && !examples[i].is_kept_back)
            order[count++] = i;
    for (int round = 0; round < TRAIN_ROUNDS; round++) {
        for (size_t i = count; i > 1; i--) {
            size_t k = train_random() % i, swap = order[i - 1];
            order[i - 1] = order[k];
            order[k] = swap;
        }
        for (size_t i = 0; i < count; i++)
            train_one(&examples[order[i]], step++);
    }
    for (size_t i = 0; i <= INJECT_SLOTS; i++)
        weight[i] -= total[i] / (step + 1);
    free(order);
}

static int
train_compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x < y) - (x > y);
}

static double
train_border(void)
{
    double *score = calloc(example_count + 1, sizeof *score);
    size_t count = 0;

    for (size_t i = 0; i < example_count; i++)
        if (examples[i].is_kept_back)
            score[count++] = train_score(&examples[i]);
    qsort(score, count, sizeof *score, train_compare);
    double border = count > 0 ? score[(size_t)((double)count * TRAIN_ALARMS)] + 0.5 : TRAIN_BORDER;
    free(score);
    return border > TRAIN_BORDER / 2 ? border : TRAIN_BORDER / 2;
}

/* One family is unknown to the model, its words included. */
static void
train_hold(unsigned held)
{
    unsigned n[TRAIN_LANGUAGES] = {0}, found[TRAIN_LANGUAGES] = {0}, all = 0, hits = 0;

    train_ready(held);
    train_run(held);
    double border = train_border();
    for (size_t i = 0; i < example_count; i++)
        if (examples[i].family == held) {
            bool is_found = train_score(&examples[i]) >= border;
            n[examples[i].language]++;
            found[examples[i].language] += is_found;
            all++;
            hits += is_found;
        }
    printf("%-12s %5.1f %% of %4u ", families.name[held], 100.0 * hits / (all ? all : 1), all);
    for (unsigned i = 0; i < languages.count; i++)
        if (n[i] > 0)
            printf(" %s %.0f", languages.name[i], 100.0 * found[i] / n[i]);
    printf("\n");
}

static int
train_write(const char *path)
{
    struct inject_model *model = calloc(1, sizeof *model);
    FILE *file = fopen(path, "w");

    if (!file) {
        perror(path);
        return 1;
    }
    train_ready(UINT32_MAX);
    train_run(UINT32_MAX);
    model->border = (int32_t)(train_border() * TRAIN_SCALE) + 1;
    memcpy(model->word, word_filter, sizeof word_filter);
    model->unknown = (int32_t)(weight[INJECT_SLOTS] * TRAIN_SCALE);
    memcpy(model->slot, slot, sizeof slot);
    for (size_t i = 0; i < INJECT_SLOTS; i++) {
        double scaled = weight[i] * TRAIN_SCALE;
        model->slot[i].weight = (int16_t)(scaled > INT16_MAX ? INT16_MAX : scaled < INT16_MIN ? INT16_MIN : scaled);
    }
    bool good = fwrite(model, sizeof *model, 1, file) == 1;
    good = fclose(file) == 0 && good;
    printf("%zu texts, border %d, %u features\n", example_count, model->border, slot_count);
    free(model);
    return good ? 0 : 1;
}

int
main(int count, char **arguments)
{
    if (count < 3) {
        fprintf(stderr, "inject_train OUTPUT|--families FILE...\n");
        return 2;
    }
    for (int i = 2; i < count; i++)
        train_read(arguments[i]);
    for (size_t i = 0, harmless = 0; i < example_count; i++)
        examples[i].is_kept_back = examples[i].family == 0 && strlen(languages.name[examples[i].language]) > 2 && harmless++ % 5 == 0;
    if (strcmp(arguments[1], "--families") != 0)
        return train_write(arguments[1]);
    for (unsigned family = 1; family < families.count; family++)
        train_hold(family);
    return 0;
}
