/* The name tagger: features, and the best sequence of labels. The trainer uses the same functions, so that both see the same. It holds
 * no word, only hashes of them. */
#include "guard/name_tagger.h"

#include "guard/name_table.h"

#include <string.h>

#define NAME_LOC_BIAS 50
#define NAME_NEVER (-(1 << 24)) /* far below what weights of eight bits add up to, and far above what an int holds */

unsigned
name_tagger_class(const struct pii *pii, uint64_t hash)
{
    uint32_t low = (uint32_t)hash, mark = low >> 8;
    size_t at = low % PII_NAMES;

    for (; pii->name[at] != 0; at = (at + 1) % PII_NAMES)
        if (pii->name[at] >> 8 == mark)
            return pii->name[at] & 0xFF;
    return 0;
}

/* A row is four bytes of hash and one of class, the way tools/guard/names.mjs writes them. */
void
name_tagger_load(struct pii *pii)
{
    must(name_table_words_len / 5 < PII_NAMES / 4 * 3);
    for (size_t i = 0; i + 5 <= name_table_words_len; i += 5) {
        const unsigned char *row = name_table_words + i;
        uint32_t hash = (uint32_t)row[0] | (uint32_t)row[1] << 8 | (uint32_t)row[2] << 16 | (uint32_t)row[3] << 24;
        size_t at = hash % PII_NAMES;
        unsigned class = row[4];
        while (pii->name[at] != 0)
            at = (at + 1) % PII_NAMES;
        pii->name[at] = hash >> 8 << 8 | class;
        if (NAME_IS_RARE(class) && (NAME_FIRST_OF(class) == 3 || ((class & NAME_PLACE) == 0 && (NAME_FIRST_OF(class) > 0 || NAME_LAST_OF(class) > 1))))
            pii_gate_add(pii, hash, PII_TRIGGER_ALONE);
    }
}

static unsigned
name_tagger_gap(str folded, size_t from, size_t to)
{
    unsigned gap = from < to ? 1 : 0;

    for (; from < to; from++) {
        char c = folded.at[from];
        if (c == '.' || c == '!' || c == '?' || c == '\n' || c == ';')
            gap = 3;
        else if (c == ',' && gap < 3)
            gap = 2;
        else if (c != ' ' && gap < 2)
            gap = 4;
    }
    return gap;
}

enum err
name_tagger_take(const struct pii *pii, struct arena *arena, str folded, const struct pii_word *word, size_t count,
                 struct name_token **out)
{
    void *piece = NULL;
    size_t upper = 0, capital = 0, letters = 0;

    TRY(arena_take(arena, count + 1, sizeof(struct name_token), &piece));
    struct name_token *token = piece;
    for (size_t i = 0; i < count; i++) {
        letters += !word[i].is_digits;
        upper += word[i].is_upper && word[i].len > 1;
        capital += word[i].is_capital;
    }
    /* Shapes tell names only in a text that has both cases. */
    bool shaped = capital > 0 && upper * 2 < letters && capital < letters;
    for (size_t i = 0; i < count; i++) {
        str text = {folded.at + word[i].at, word[i].len};
        struct name_token *now = &token[i];
        /* "John's" is John. */
        bool owner = text.len > 3 && text.at[text.len - 2] == '\'' && (text.at[text.len - 1] | 32) == 's';
        str bare = owner ? str_slice(text, 0, text.len - 2) : text;
        /* Letters that touch digits are part of a code. */
        bool code = word[i].is_glued || (i + 1 < count && word[i + 1].is_glued);
        if (word[i].is_digits || code) {
            now->hash = code ? 9 : 1 + (word[i].len > 4 ? 4u : word[i].len);
            now->shape = 1;
            now->gap = (uint8_t)(i == 0 ? 3 : name_tagger_gap(folded, word[i - 1].at + word[i - 1].len, word[i].at));
            continue;
        }
        now->hash = owner ? pii_words_hash(bare) : word[i].hash;
        now->bare = bare;
        now->class = (uint8_t)(owner ? name_tagger_class(pii, now->hash) : word[i].class);
        now->shape = (uint8_t)(!shaped ? 0 : word[i].is_upper && word[i].len > 1 ? 2 : word[i].is_capital ? 3 : 4);
        now->gap = (uint8_t)(i == 0 ? 3 : name_tagger_gap(folded, word[i - 1].at + word[i - 1].len, word[i].at));
    }
    *out = token;
    return ERR_NONE;
}

static uint32_t
name_tagger_bucket(uint64_t kind, uint64_t a, uint64_t b)
{
    uint64_t hash = (a + kind * UINT64_C(0x9E3779B97F4A7C15)) * UINT64_C(0xFF51AFD7ED558CCD);

    hash = (hash ^ hash >> 32 ^ b) * UINT64_C(0xC4CEB9FE1A85EC53);
    return (uint32_t)(hash >> 40) % NAME_BUCKETS;
}

/* Of a code there is none, which is another thing than an empty word's. */
static uint64_t
name_tagger_part(str bare, size_t from, size_t len)
{
    return bare.len > 0 ? pii_words_hash(str_slice(bare, from, len)) : 0;
}

size_t
name_tagger_features(const struct name_token *token, size_t count, size_t i, uint32_t out[NAME_FEATURES])
{
    static const struct name_token edge = {.hash = 11, .class = 0, .shape = 7, .gap = 5};
    const struct name_token *now = &token[i], *one = i > 0 ? &token[i - 1] : &edge, *two = i > 1 ? &token[i - 2] : &edge;
    const struct name_token *next = i + 1 < count ? &token[i + 1] : &edge, *after = i + 2 < count ? &token[i + 2] : &edge;
    uint64_t suffix = name_tagger_part(now->bare, now->bare.len > 3 ? now->bare.len - 3 : 0, 3);
    uint64_t class = now->class, gap_after = i + 1 < count ? next->gap : 5u;
    size_t n = 0;

    out[n++] = name_tagger_bucket(1, now->hash, 0);
    out[n++] = name_tagger_bucket(2, one->hash, 0);
    out[n++] = name_tagger_bucket(3, next->hash, 0);
    out[n++] = name_tagger_bucket(4, two->hash, 0);
    out[n++] = name_tagger_bucket(5, after->hash, 0);
    out[n++] = name_tagger_bucket(6, one->hash, now->hash);
    out[n++] = name_tagger_bucket(7, now->hash, next->hash);
    out[n++] = name_tagger_bucket(8, name_tagger_part(now->bare, now->bare.len > 2 ? now->bare.len - 2 : 0, 2), 0);
    out[n++] = name_tagger_bucket(9, suffix, 0);
    out[n++] = name_tagger_bucket(10, name_tagger_part(now->bare, 0, 3), 0);
    out[n++] = name_tagger_bucket(11, class, now->shape);
    out[n++] = name_tagger_bucket(12, class, one->class);
    out[n++] = name_tagger_bucket(13, class, next->class);
    out[n++] = name_tagger_bucket(14, one->hash, class);
    out[n++] = name_tagger_bucket(15, next->hash, class);
    out[n++] = name_tagger_bucket(16, pii_words_join(two->hash, one->hash), class);
    out[n++] = name_tagger_bucket(17, pii_words_join(two->hash, one->hash), 1);
    out[n++] = name_tagger_bucket(18, now->shape, (uint64_t)one->shape << 8 | next->shape);
    out[n++] = name_tagger_bucket(19, class, (uint64_t)now->gap << 8 | gap_after);
    out[n++] = name_tagger_bucket(20, class, (uint64_t)(i == 0) << 8 | (uint64_t)(i + 1 == count) << 4 | (count > 6 ? 6u : count));
    out[n++] = name_tagger_bucket(21, one->hash, now->gap);
    out[n++] = name_tagger_bucket(22, pii_words_join(one->hash, next->hash), 2);
    out[n++] = name_tagger_bucket(23, two->hash, (uint64_t)one->class << 8 | class);
    out[n++] = name_tagger_bucket(24, suffix, (uint64_t)now->shape << 8 | (class & NAME_COMMON));
    return n;
}

/* The buckets of a token. */
struct name_row {
    uint32_t feature[NAME_FEATURES];
    uint32_t count;
};

/* All tokens' buckets first, so that the model's far rows are on their way while the next ones are reckoned. */
static enum err
name_tagger_rows(const struct name_model *model, struct arena *arena, const struct name_token *token, size_t count, const uint8_t *labels,
                 struct name_row **out)
{
    void *piece = NULL;

    TRY(arena_take(arena, count + 1, sizeof(struct name_row), &piece));
    struct name_row *row = piece;
    for (size_t i = 0; i < count; i++) {
        row[i].count = labels[i] ? (uint32_t)name_tagger_features(token, count, i, row[i].feature) : 0;
        for (size_t k = 0; k < row[i].count; k++)
            __builtin_prefetch(model->weight[row[i].feature[k]]);
    }
    *out = row;
    return ERR_NONE;
}

/* What the words say of each label. */
static void
name_tagger_sum(const struct name_model *model, const struct name_row *row, int32_t sum[8])
{
    /* Eight lanes at once; NAME_FEATURES rows of eight bits fit into sixteen. */
    typedef int8_t narrow __attribute__((vector_size(8)));
    typedef int16_t wide __attribute__((vector_size(16)));
    wide all = {0};

    for (size_t k = 0; k < row->count; k++) {
        narrow one;
        memcpy(&one, model->weight[row->feature[k]], sizeof one);
        all += __builtin_convertvector(one, wide);
    }
    for (size_t y = 0; y < NAME_LABELS; y++)
        sum[y] = all[y];
    /* Towns are of less weight here than names, and foreign words look like them. */
    sum[NAME_B_LOC] -= NAME_LOC_BIAS;
    sum[NAME_I_LOC] -= NAME_LOC_BIAS;
}

/* An inside label follows its own kind only. */
static bool
name_tagger_may_follow(unsigned z, unsigned y)
{
    return !(y == NAME_I_PER && z != NAME_B_PER && z != NAME_I_PER) && !(y == NAME_I_LOC && z != NAME_B_LOC && z != NAME_I_LOC);
}

enum err
name_tagger_run(const struct name_model *model, struct arena *arena, const struct name_token *token, size_t count, int bias,
                uint8_t *labels)
{
    void *piece = NULL;
    struct name_row *row;
    int32_t score[NAME_LABELS], before[NAME_LABELS];

    TRY(name_tagger_rows(model, arena, token, count, labels, &row));
    TRY(arena_take(arena, count + 1, NAME_LABELS, &piece));
    uint8_t(*from)[NAME_LABELS] = piece;
    for (size_t i = 0; i < count; i++) {
        int32_t sum[8] = {0};
        if (labels[i])
            name_tagger_sum(model, &row[i], sum);
        sum[NAME_O] -= labels[i] ? bias : 0;
        for (unsigned y = 0; y < (labels[i] ? NAME_LABELS : NAME_O + 1u); y++) {
            int32_t best = i == 0 ? model->follow[NAME_LABELS][y] : NAME_NEVER;
            for (unsigned z = 0; i > 0 && z < NAME_LABELS; z++) {
                int32_t here = before[z] + model->follow[z][y];
                if (name_tagger_may_follow(z, y) && here > best) {
                    best = here;
                    from[i][y] = (uint8_t)z;
                }
            }
            bool is_never = i == 0 && (y == NAME_I_PER || y == NAME_I_LOC);
            score[y] = is_never ? NAME_NEVER : best + sum[y];
        }
        for (unsigned y = NAME_O + 1; !labels[i] && y < NAME_LABELS; y++)
            score[y] = NAME_NEVER;
        memcpy(before, score, sizeof before);
    }
    unsigned y = NAME_O;
    for (unsigned z = 0; count > 0 && z < NAME_LABELS; z++)
        y = before[z] > before[y] ? z : y;
    for (size_t i = count; i-- > 0; y = from[i][y])
        labels[i] = (uint8_t)y;
    return ERR_NONE;
}

const struct name_model *
name_tagger_model(void)
{
    return (const struct name_model *)(const void *)name_table_weights;
}
