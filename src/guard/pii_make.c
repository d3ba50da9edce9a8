/* Makes the detector's tables from the rows of cues, numbers and names. What it makes is const from then on and shared by threads. */
#include "base/alloc.h"
#include "guard/name_tagger.h"
#include "guard/pii_private.h"

#include <string.h>

#define MAKE_LISTS ((size_t)4096)
#define MAKE_WORD_BYTES ((size_t)48)

/* Words that make the gate look when no digit stands near: names, passwords, hints, spoken addresses. */
#define MAKE_ALONE                                                                                                                  \
    (CUE(PASSWORD) | CUE(USER) | CUE(KEY) | CUE(NAME) | CUE(HEALTH) | CUE(RELIGION) | CUE(POLITICS) | CUE(SEX) | CUE(UNION) |        \
     CUE(CITY) | CUE(DOT) | CUE(TITLE))
#define MAKE_DIGIT                                                                                                                  \
    (CUE(CVV) | CUE(EXPIRY) | CUE(PIN) | CUE(OTP) | CUE(AGE) | CUE(YEARS) | CUE(BIRTH) | CUE(PLATE) | CUE(STREET) | CUE(WAY_AFTER) |  \
     CUE(WAY_BEFORE) | CUE(BOX) | CUE(POSTCODE) | CUE(ACCOUNT) | CUE(PASSPORT) | CUE(LICENCE) | CUE(CARD) | CUE(ID))

static struct pii_cue *
pii_make_place(struct pii *pii, uint64_t hash)
{
    size_t i = hash % PII_CUES;

    while (pii->cue[i].hash != 0 && pii->cue[i].hash != hash)
        i = (i + 1) % PII_CUES;
    pii->cue[i].hash = hash;
    pii->cue_filter[hash >> 40 & (PII_CUE_BITS / 8 - 1)] |= (uint8_t)(1u << (hash >> 37 & 7));
    return &pii->cue[i];
}

/* A number's row joins the list of its cue: the list is written anew at the end, the old one is left behind. */
static void
pii_make_list(struct pii *pii, struct pii_cue *cue, uint16_t row)
{
    size_t from = cue->rows, start = pii->list_len;

    for (size_t i = from; from != 0 && pii->lists[i] != PII_ROW_NONE && pii->list_len + 3 < MAKE_LISTS; i++)
        pii->lists[pii->list_len++] = pii->lists[i];
    must(pii->list_len + 3 < MAKE_LISTS);
    pii->lists[pii->list_len++] = row;
    pii->lists[pii->list_len++] = PII_ROW_NONE;
    cue->rows = (uint16_t)start;
}

static void
pii_make_typo(struct pii *pii, str word, size_t place)
{
    uint64_t hashes[PII_TYPO_LETTERS + 1];
    size_t count = pii_words_typos(word, hashes);

    for (size_t i = 0; i < count; i++) {
        uint64_t hash = hashes[i];
        size_t at = hash % PII_TYPOS;
        pii->typo_filter[hash >> 40 & (PII_TYPO_BITS / 8 - 1)] |= (uint8_t)(1u << (hash >> 37 & 7));
        while (pii->typo[at] != 0)
            at = (at + 1) % PII_TYPOS;
        pii->typo[at] = (uint32_t)(hash >> 32) >> 13 << 13 | (uint32_t)place;
    }
}

/* One phrase, folded: its words' hashes joined, and the first word's `longest`. */
static struct pii_cue *
pii_make_phrase(struct pii *pii, str phrase, bool typos)
{
    uint64_t hash = 0, first = 0;
    uint8_t count = 0;
    str rest = phrase, word;

    while (str_split(&rest, ' ', &word)) {
        uint64_t one = pii_words_hash(word);
        bool fresh = !pii_words_cue(pii, one);
        struct pii_cue *place = pii_make_place(pii, one);
        if (typos && fresh)
            pii_make_typo(pii, word, (size_t)(place - pii->cue));
        hash = count == 0 ? one : pii_words_join(hash, one);
        first = count == 0 ? one : first;
        count++;
    }
    struct pii_cue *cue = pii_make_place(pii, first);
    cue->longest = cue->longest > count ? cue->longest : count;
    return count == 1 ? cue : pii_make_place(pii, hash);
}

/* The gate hears "passwrod" too: a letter missing, doubled or swapped. */
static void
pii_make_misspelt(struct pii *pii, str word)
{
    char text[MAKE_WORD_BYTES + 1];

    for (size_t i = 0; i < word.len && word.len < MAKE_WORD_BYTES; i++) {
        memcpy(text, word.at, i);
        memcpy(text + i, word.at + i + 1, word.len - i - 1);
        pii_gate_add(pii, (uint32_t)pii_words_hash((str){text, word.len - 1}), PII_TRIGGER_ALONE);
        memcpy(text, word.at, i + 1);
        memcpy(text + i + 1, word.at + i, word.len - i);
        pii_gate_add(pii, (uint32_t)pii_words_hash((str){text, word.len + 1}), PII_TRIGGER_ALONE);
        if (i + 1 == word.len)
            break;
        memcpy(text, word.at, word.len);
        text[i] = word.at[i + 1];
        text[i + 1] = word.at[i];
        pii_gate_add(pii, (uint32_t)pii_words_hash((str){text, word.len}), PII_TRIGGER_ALONE);
    }
}

/* Which word of a phrase makes the gate look: the longest that people don't say all day; with one word, that one. */
static void
pii_make_trigger(struct pii *pii, str phrase, uint64_t mask)
{
    uint64_t sure = CUE(PASSWORD) | CUE(USER) | CUE(KEY) | CUE(NAME) | CUE(HEALTH) | CUE(RELIGION) | CUE(POLITICS) | CUE(SEX) | CUE(UNION);
    str rest = phrase, word, best = {NULL, 0};

    while (str_split(&rest, ' ', &word))
        if ((NAME_COMMON_OF(name_tagger_class(pii, pii_words_hash(word))) < 3 || word.len == phrase.len) && word.len > best.len &&
            (word.len > 3 || word.len == phrase.len))
            best = word;
    if ((mask & CUE(PASSWORD)) && word.len == phrase.len && phrase.len >= 6)
        pii_make_misspelt(pii, phrase);
    bool everyday = best.len > 0 && NAME_COMMON_OF(name_tagger_class(pii, pii_words_hash(best))) == 3;
    if (best.len > 1 && (mask & MAKE_ALONE) && (!everyday || (mask & sure)))
        pii_gate_add(pii, (uint32_t)pii_words_hash(best), PII_TRIGGER_ALONE);
    if (best.len > 1 && (mask & (CUE(DIGIT) | CUE(TWICE))))
        pii_gate_add(pii, (uint32_t)pii_words_hash(best), PII_TRIGGER_SPOKEN);
    if (best.len > 1 && (mask & MAKE_DIGIT))
        pii_gate_add(pii, (uint32_t)pii_words_hash(best), PII_TRIGGER_DIGIT);
}

/* Phrases divided by |, as the rows have them. Han and kana are cut into single letters, as pii_words does. */
static void
pii_make_row(struct pii *pii, const struct pii_cue_row *row, uint16_t number)
{
    str rest = str_from(row->words), phrase;

    while (str_split(&rest, '|', &phrase)) {
        char folded[MAKE_WORD_BYTES * 2], spaced[MAKE_WORD_BYTES * 4];
        size_t len = fold_write(phrase, folded, sizeof folded), used = 0;
        for (size_t i = 0; i < len; i++) {
            unsigned char c = (unsigned char)folded[i];
            bool single = (c >= 0xE3 && c <= 0xE9) || (c == 0xE0 && ((unsigned char)folded[i + 1] | 1) == 0xB9);
            if (single && used > 0 && spaced[used - 1] != ' ')
                spaced[used++] = ' ';
            bool mark = c < 0x80 && !pii_is_alnum((char)c) && c != '\'';
            if (!mark || (used > 0 && spaced[used - 1] != ' '))
                spaced[used++] = mark ? ' ' : (char)c;
            for (size_t k = 1; single && k < 3 && i + 1 < len; k++)
                spaced[used++] = folded[++i];
        }
        str words = str_trim((str){spaced, used});
        if (words.len == 0)
            continue;
        bool naming = (row->mask & (CUES_NAMING | CUE(BYE)) & ~CUES_AGAINST) != 0 || number != PII_ROW_NONE;
        struct pii_cue *cue = pii_make_phrase(pii, words, naming);
        cue->mask |= row->mask;
        cue->value = row->value ? row->value : cue->value;
        if (number != PII_ROW_NONE)
            pii_make_list(pii, cue, number);
        pii_make_trigger(pii, words, row->mask);
    }
}

/* May the row's shape be `len` long? One alternative after the other. */
static bool
pii_make_fits(const char *shape, size_t len)
{
    size_t sum = 0;

    for (;; shape++) {
        if (*shape == 0 || *shape == '|') {
            if (sum == len)
                return true;
            if (*shape == 0)
                return false;
            sum = 0;
            continue;
        }
        bool kind = *shape == '#' || *shape == '@' || *shape == '*';
        size_t count = 0;
        while (kind && shape[1] >= '0' && shape[1] <= '9')
            count = count * 10 + (size_t)(*++shape - '0');
        sum += count == 0 ? 1 : count;
    }
}

/* May the row's shape be all digits, or have a letter? */
static bool
pii_make_mixes(const char *shape, bool mixed)
{
    bool letters = false, must_have = true, has = false;

    for (;; shape++) {
        if (*shape == 0 || *shape == '|') {
            must_have &= has;
            has = false;
            if (*shape == 0)
                return mixed ? letters : !must_have;
            continue;
        }
        bool letter = *shape == '@' || (*shape >= 'A' && *shape <= 'Z');
        letters |= letter || *shape == '*';
        has |= letter;
    }
}

static enum err
pii_make_lengths(struct pii *pii)
{
    size_t used = 0, count = number_count();
    void *piece = NULL;

    TRY(alloc_make(2 * (NUMBER_LENGTH_MAX + 1) * (count + 1), sizeof(uint16_t), &piece));
    pii->by_length_room = piece;
    for (size_t place = 0; place < 2 * (NUMBER_LENGTH_MAX + 1); place++) {
        size_t mixed = place % 2, len = place / 2;
        pii->by_length[mixed][len] = pii->by_length_room + used;
        for (unsigned pass = 0; pass < 2; pass++)
            for (size_t i = 0; i < count; i++) {
                const struct number_row *row = number_get(i);
                bool alone = row->strength == NUMBER_ALONE || (row->strength == NUMBER_GUARDED && row->format);
                if (alone == (pass == 0) && pii_make_mixes(row->shape, mixed) && pii_make_fits(row->shape, len)) {
                    pii->by_length_room[used++] = (uint16_t)i;
                    pii->alone[mixed][len] = (uint8_t)(pii->alone[mixed][len] + (pass == 0));
                }
            }
        pii->by_length_room[used++] = PII_ROW_NONE;
    }
    return ERR_NONE;
}

static enum err
pii_make_room(struct pii *pii)
{
    void *cue = NULL, *typo = NULL, *filter = NULL, *cue_filter = NULL, *lists = NULL, *trigger = NULL, *name = NULL;
    enum err err = alloc_make(PII_CUES, sizeof(struct pii_cue), &cue);

    pii->cue = cue;
    err = err == ERR_NONE ? alloc_make(PII_TYPOS, sizeof(uint32_t), &typo) : err;
    pii->typo = typo;
    err = err == ERR_NONE ? alloc_make(PII_TYPO_BITS / 8, 1, &filter) : err;
    pii->typo_filter = filter;
    err = err == ERR_NONE ? alloc_make(PII_CUE_BITS / 8, 1, &cue_filter) : err;
    pii->cue_filter = cue_filter;
    err = err == ERR_NONE ? alloc_make(MAKE_LISTS, sizeof(uint16_t), &lists) : err;
    pii->lists = lists;
    err = err == ERR_NONE ? alloc_make(PII_TRIGGERS, sizeof(uint16_t), &trigger) : err;
    pii->trigger = trigger;
    err = err == ERR_NONE ? alloc_make(PII_NAMES, sizeof(uint32_t), &name) : err;
    pii->name = name;
    return err;
}

enum err
pii_make_tables(struct pii *pii)
{
    TRY(pii_make_room(pii));
    pii->list_len = 1;
    name_tagger_load(pii);
    pii_name_load(pii);
    for (size_t i = 0; i < pii_cue_count(); i++)
        pii_make_row(pii, pii_cue_get(i), PII_ROW_NONE);
    for (size_t i = 0; i < number_count(); i++) {
        struct pii_cue_row row = {0, number_get(i)->cues, 0};
        pii_make_row(pii, &row, (uint16_t)i);
    }
    return pii_make_lengths(pii);
}
