/* The words of a text as features, and their sum. One pass, no memory: each word is used when it is whole. It holds no word. */
#include "guard/inject_model.h"

#include "guard/inject_table.h"
#include "guard/pii_private.h"

#include <string.h>

#define MODEL_WORD_MAX 24   /* letters of a word that count */
#define MODEL_BEGIN 5       /* what inflection leaves alone */
#define MODEL_GLUED_MIN 17  /* longer words are looked at for others inside */
#define MODEL_GLUED_MAX 512
#define MODEL_SINGLES_MIN 3 /* letters that stand apart, to be joined */
#define MODEL_NONE UINT64_C(11)

struct model_scan {
    const uint8_t *filter;
    str text;
    enum inject_order order;
    const struct inject_reader *reader;
    uint64_t one, two; /* the words before, the nearest first */
    /* Letters that stood apart. */
    char glued[MODEL_GLUED_MAX];
    size_t glued_len;
    size_t gap; /* between the first two of them: length and character */
};

/* Digits and signs read as the letters they look like; l as i, so that 1 and | are both. */
static char
model_letter(char c)
{
    switch (c) {
    case '0': return 'o';
    case '1': case 'l': case '!': case '|': return 'i';
    case '3': return 'e';
    case '4': case '@': return 'a';
    case '5': case '$': return 's';
    case '7': return 't';
    case '8': return 'b';
    case '9': return 'g';
    default: return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
}

static char
model_at(const struct model_scan *scan, size_t i)
{
    if (scan->order == INJECT_REVERSED)
        return scan->text.at[scan->text.len - 1 - i];
    char c = scan->text.at[i], low = (char)(c | 32);
    if (scan->order == INJECT_ROT13 && low >= 'a' && low <= 'z')
        return (char)('a' + (low - 'a' + 13) % 26);
    return c;
}

static uint64_t
model_mix(uint64_t hash, uint64_t more)
{
    hash = (hash ^ more) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 29;
}

/* First letter, last letter, and the ones between in order of the alphabet. */
static uint64_t
model_sign(const char *word, size_t len)
{
    unsigned char sorted[MODEL_WORD_MAX];
    size_t used = len < MODEL_WORD_MAX ? len : MODEL_WORD_MAX;
    uint64_t hash = UINT64_C(0xCBF29CE484222325);

    for (size_t i = 0; i < used; i++)
        sorted[i] = (unsigned char)word[i];
    for (size_t i = 2; len > 3 && i + 1 < used; i++) {
        unsigned char c = sorted[i];
        size_t k = i;
        for (; k > 1 && sorted[k - 1] > c; k--)
            sorted[k] = sorted[k - 1];
        sorted[k] = c;
    }
    for (size_t i = 0; i < used; i++)
        hash = (hash ^ sorted[i]) * UINT64_C(0x100000001B3);
    return hash ^ hash >> 29;
}

static uint64_t
model_hash_step(uint64_t hash, char c)
{
    return (hash ^ (unsigned char)c) * UINT64_C(0x100000001B3);
}

static void
model_filter_bits(uint64_t hash, uint32_t bit[2])
{
    hash ^= hash >> 29;
    bit[0] = (uint32_t)hash % INJECT_WORD_BITS;
    bit[1] = (uint32_t)(hash >> 32) % INJECT_WORD_BITS;
}

static bool
model_filter_has(const uint8_t *filter, uint64_t hash)
{
    uint32_t bit[2];

    model_filter_bits(hash, bit);
    return (filter[bit[0] / 8] >> bit[0] % 8 & 1) && (filter[bit[1] / 8] >> bit[1] % 8 & 1);
}

static uint64_t
model_word_hash(str word)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);

    for (size_t i = 0; i < word.len; i++)
        hash = model_hash_step(hash, model_letter(word.at[i]));
    return hash;
}

/* A word is whole. `letters` are model_letter's. */
static void
model_word(struct model_scan *scan, const char *letters, size_t len)
{
    uint64_t now = model_sign(letters, len);
    uint64_t begin = len > MODEL_BEGIN ? model_sign(letters, MODEL_BEGIN) : 0;
    uint64_t feature[INJECT_FEATURES] = {model_mix(now, 1), model_mix(begin, 5), model_mix(model_mix(now, 2), scan->one),
                                         model_mix(model_mix(now, 3), scan->two), model_mix(model_mix(model_mix(now, 4), scan->one), scan->two)};

    scan->two = scan->one;
    scan->one = now;
    scan->reader->each(scan->reader->context, feature);
}

uint16_t
inject_model_check(uint64_t feature)
{
    return (uint16_t)(feature >> 48 | 1);
}

uint32_t
inject_model_slot(const struct inject_slot *slot, uint64_t feature, uint32_t *free)
{
    uint16_t check = inject_model_check(feature);
    uint32_t at = (uint32_t)(feature >> 16) % INJECT_SLOTS;

    for (; slot[at].check != 0; at = (at + 1) % INJECT_SLOTS)
        if (slot[at].check == check)
            return at;
    if (free)
        *free = at;
    return INJECT_SLOT_NONE;
}

/* The longest known word at each place; what lies between known words is a word as well. */
static void
model_cut(struct model_scan *scan, const char *letters, size_t len)
{
    size_t from = 0;

    for (size_t i = 0; i < len;) {
        uint64_t hash = UINT64_C(0xCBF29CE484222325);
        size_t longest = 0;
        for (size_t n = 1; n <= MODEL_WORD_MAX && i + n <= len; n++) {
            hash = model_hash_step(hash, letters[i + n - 1]);
            if (n >= 3 && model_filter_has(scan->filter, hash))
                longest = n;
        }
        if (longest == 0) {
            i++;
            continue;
        }
        if (from < i)
            model_word(scan, letters + from, i - from);
        model_word(scan, letters + i, longest);
        i += longest;
        from = i;
    }
    if (from < len)
        model_word(scan, letters + from, len - from);
}

static void
model_glued_end(struct model_scan *scan)
{
    if (scan->glued_len >= MODEL_SINGLES_MIN)
        model_cut(scan, scan->glued, scan->glued_len);
    for (size_t i = 0; scan->glued_len < MODEL_SINGLES_MIN && i < scan->glued_len; i++)
        model_word(scan, scan->glued + i, 1);
    scan->glued_len = 0;
}

static bool
model_is_sign(char c)
{
    return c == '@' || c == '$' || c == '!' || c == '|';
}

/* A letter, a digit, or a sign between two letters that looks like one. */
static bool
model_is_word(const struct model_scan *scan, size_t i)
{
    char c = model_at(scan, i);

    if (pii_is_alnum(c) || (unsigned char)c >= 0x80)
        return true;
    return model_is_sign(c) && i > 0 && i + 1 < scan->text.len && pii_is_letter(model_at(scan, i - 1)) && pii_is_alnum(model_at(scan, i + 1));
}

/* Reads the word at i; returns where it ends. */
static size_t
model_read(struct model_scan *scan, size_t i, size_t gap)
{
    char letters[MODEL_GLUED_MAX];
    size_t len = 0, from = i;
    bool digits = true;

    for (; i < scan->text.len && model_is_word(scan, i); i++) {
        char c = model_at(scan, i);
        digits = digits && pii_is_digit(c);
        if (len < sizeof letters)
            letters[len++] = model_letter(c);
    }
    if (i - from == 1 && !digits) {
        /* Another gap than between the first two: the next word. */
        if (scan->glued_len == 1)
            scan->gap = gap;
        if (scan->glued_len == MODEL_GLUED_MAX || (scan->glued_len > 1 && gap != scan->gap))
            model_glued_end(scan);
        scan->glued[scan->glued_len++] = letters[0];
        return i;
    }
    model_glued_end(scan);
    if (digits)
        model_word(scan, "0000", len < 4 ? len : 4);
    else if (len >= MODEL_GLUED_MIN)
        model_cut(scan, letters, len);
    else
        model_word(scan, letters, len);
    return i;
}

void
inject_model_each(const uint8_t *word_filter, str text, enum inject_order order, const struct inject_reader *reader)
{
    struct model_scan scan = {.filter = word_filter, .text = text, .order = order, .reader = reader, .one = MODEL_NONE, .two = MODEL_NONE};
    size_t gap = 0;

    for (size_t i = 0; i < text.len;) {
        if (model_is_word(&scan, i)) {
            i = model_read(&scan, i, gap);
            gap = 0;
        } else {
            gap = gap * 31 + (unsigned char)model_at(&scan, i++);
        }
    }
    model_glued_end(&scan);
}

struct model_sum {
    const struct inject_model *model;
    int now, best;
};

static void
model_sum(void *context, const uint64_t feature[INJECT_FEATURES])
{
    struct model_sum *sum = context;
    int more = 0;

    for (size_t i = 0; i < INJECT_FEATURES; i++) {
        uint32_t at = inject_model_slot(sum->model->slot, feature[i], NULL);
        more += at != INJECT_SLOT_NONE ? sum->model->slot[at].weight : i == 0 ? sum->model->unknown : 0;
    }
    sum->now = sum->now > 0 ? sum->now + more : more;
    sum->best = sum->now > sum->best ? sum->now : sum->best;
}

int
inject_model_score(const struct inject_model *model, str text, enum inject_order order)
{
    struct model_sum sum = {model, 0, 0};
    struct inject_reader reader = {model_sum, &sum};

    inject_model_each(model->word, text, order, &reader);
    return sum.best - model->border;
}

void
inject_model_add_word(uint8_t *word_filter, str word)
{
    uint32_t bit[2];

    model_filter_bits(model_word_hash(word), bit);
    for (size_t i = 0; i < 2; i++)
        word_filter[bit[i] / 8] = (uint8_t)(word_filter[bit[i] / 8] | 1u << bit[i] % 8);
}

bool
inject_model_has_word(const uint8_t *word_filter, str word)
{
    return model_filter_has(word_filter, model_word_hash(word));
}

const struct inject_model *
inject_model_get(void)
{
    must(inject_table_len == sizeof(struct inject_model));
    return (const struct inject_model *)(const void *)inject_table;
}
