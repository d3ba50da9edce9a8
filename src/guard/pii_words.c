/* Words of a folded text, the cues that they carry, and what stands near a value. It allocates from the arena only and looks at each
 * byte once. */
#include "guard/pii_private.h"

#include "guard/name_tagger.h"

#include <string.h>

/* Kinds of bytes: where one follows another, a word may begin. */
enum { WORDS_OTHER, WORDS_LOWER, WORDS_UPPER, WORDS_DIGIT, WORDS_LATER /* of a letter beyond ASCII */, WORDS_FIRST };
#define WORDS_2(c, k) [(c)] = (k), [(c) + 1] = (k)
#define WORDS_8(c, k) WORDS_2(c, k), WORDS_2((c) + 2, k), WORDS_2((c) + 4, k), WORDS_2((c) + 6, k)
#define WORDS_26(c, k) WORDS_8(c, k), WORDS_8((c) + 8, k), WORDS_8((c) + 16, k), WORDS_2((c) + 24, k)
#define WORDS_32(c, k) WORDS_8(c, k), WORDS_8((c) + 8, k), WORDS_8((c) + 16, k), WORDS_8((c) + 24, k)
static const uint8_t words_kinds[256] = {WORDS_8('0', WORDS_DIGIT), WORDS_2('8', WORDS_DIGIT), WORDS_26('a', WORDS_LOWER), WORDS_26('A', WORDS_UPPER),
                                         WORDS_32(0x80, WORDS_LATER), WORDS_32(0xA0, WORDS_LATER), WORDS_32(0xC0, WORDS_FIRST), WORDS_32(0xE0, WORDS_FIRST)};

#define WORDS_PRIME UINT64_C(0x100000001B3)
#define WORDS_BASIS UINT64_C(0xCBF29CE484222325)

/* FNV-1a over lower case. */
uint64_t
pii_words_hash(str word)
{
    uint64_t hash = WORDS_BASIS;

    for (size_t i = 0; i < word.len; i++) {
        unsigned char c = (unsigned char)word.at[i];
        hash = (hash ^ (c >= 'A' && c <= 'Z' ? c + 32u : c)) * WORDS_PRIME;
    }
    return hash ^ hash >> 29;
}

uint64_t
pii_words_join(uint64_t a, uint64_t b)
{
    uint64_t hash = (a ^ (b + UINT64_C(0x9E3779B97F4A7C15) + (a << 6) + (a >> 2))) * WORDS_PRIME;
    return hash ^ hash >> 31;
}

const struct pii_cue *
pii_words_cue(const struct pii *pii, uint64_t hash)
{
    if ((pii->cue_filter[hash >> 40 & (PII_CUE_BITS / 8 - 1)] >> (hash >> 37 & 7) & 1) == 0)
        return NULL;
    for (size_t i = hash % PII_CUES;; i = (i + 1) % PII_CUES) {
        const struct pii_cue *cue = &pii->cue[i];
        if (cue->hash == hash)
            return cue;
        if (cue->hash == 0)
            return NULL;
    }
}

/* How long a letter is that is a word of its own (Han, kana, Thai): those scripts put no blanks between words. */
static size_t
pii_words_single(str s, size_t at)
{
    unsigned char c = (unsigned char)s.at[at];

    if (c >= 0xE3 && c <= 0xE9 && at + 2 < s.len)
        return 3;
    return c == 0xE0 && at + 2 < s.len && ((unsigned char)s.at[at + 1] == 0xB8 || (unsigned char)s.at[at + 1] == 0xB9) ? 3 : 0;
}

/* Where a code is glued to a word, a change of case tells: "passportF99576473", "58289664Mthanks". */
static bool
pii_words_turns(str s, size_t at, size_t i)
{
    char now = s.at[i], before = s.at[i - 1];

    if (now >= 'A' && now <= 'Z' && before >= 'a' && before <= 'z') {
        while (i < s.len && s.at[i] >= 'A' && s.at[i] <= 'Z')
            i++;
        return i < s.len && pii_is_digit(s.at[i]);
    }
    return now >= 'a' && now <= 'z' && before >= 'A' && before <= 'Z' && i == at + 1 && at > 0 && pii_is_digit(s.at[at - 1]);
}

/* The word at `at`: where it ends, its hash and its shape, in one pass. */
static size_t
pii_words_read(str s, size_t at, struct pii_word *word)
{
    size_t single = pii_words_single(s, at), i = at, upper = 0, lower = 0;
    uint64_t hash = WORDS_BASIS;

    word->is_digits = pii_is_digit(s.at[at]);
    for (; i < s.len && (single == 0 || i < at + single); i++) {
        /* Most are lower-case letters behind another such, which never end a word. */
        for (; lower > 0 && i < s.len && (unsigned char)(s.at[i] - 'a') < 26 && s.at[i - 1] >= 'a'; i++)
            hash = (hash ^ (unsigned char)s.at[i]) * WORDS_PRIME;
        if (i == s.len)
            break;
        unsigned char c = (unsigned char)s.at[i];
        if (word->is_digits ? !pii_is_digit((char)c) : !pii_is_letter((char)c)) {
            bool inner = c == '\'' && !word->is_digits && i > at && i + 1 < s.len && pii_is_letter(s.at[i + 1]);
            if (!inner)
                break;
        } else if (i > at && !word->is_digits && single == 0 && ((c >= 0xE0 && pii_words_single(s, i) > 0) || pii_words_turns(s, at, i))) {
            break;
        }
        bool capital = c >= 'A' && c <= 'Z';
        upper += capital;
        lower += c >= 'a' && c <= 'z';
        hash = (hash ^ (capital ? c + 32u : c)) * WORDS_PRIME;
    }
    word->at = (uint32_t)at;
    word->len = (uint16_t)(i - at > UINT16_MAX ? UINT16_MAX : i - at);
    word->hash = hash ^ hash >> 29;
    word->is_capital = s.at[at] >= 'A' && s.at[at] <= 'Z';
    word->is_upper = upper > 0 && lower == 0;
    word->has_capital_inside = lower > 0 && upper > word->is_capital;
    return i;
}

static size_t
pii_words_set_place(const struct pii *pii, uint64_t hash)
{
    size_t at = (hash >> 32) % PII_SETS;

    while (pii->set[at] != 0 && ((pii->set[at] ^ (uint32_t)hash) & ~PII_SET_ALL) != 0)
        at = (at + 1) % PII_SETS;
    return at;
}

void
pii_words_set_add(struct pii *pii, const char *list, enum pii_set set)
{
    str rest = str_from(list), word;

    while (str_split(&rest, ' ', &word)) {
        uint64_t hash = pii_words_hash(word);
        uint32_t *place = &pii->set[pii_words_set_place(pii, hash)];
        if (word.len > 0)
            *place = (*place & PII_SET_ALL) | ((uint32_t)hash & ~PII_SET_ALL) | set;
    }
}

bool
pii_words_is_in_set(const struct pii_scan *scan, size_t i, enum pii_set set)
{
    return (scan->pii->set[pii_words_set_place(scan->pii, scan->word[i].hash)] & set) != 0;
}

/* The longest phrase that begins at word i. */
static void
pii_words_mark(const struct pii *pii, struct pii_word *word, size_t i, size_t count)
{
    const struct pii_cue *cue = pii_words_cue(pii, word[i].key), *best = NULL;
    uint64_t hash = word[i].key;
    size_t length = 1;

    if (!cue)
        return;
    for (size_t n = 1; n <= cue->longest; n++) {
        const struct pii_cue *here = n == 1 ? cue : pii_words_cue(pii, hash);
        if (here && (here->mask != 0 || here->rows != 0)) {
            best = here;
            length = n;
        }
        if (i + n >= count || word[i + n].is_break || word[i + n].is_digits)
            break;
        hash = pii_words_join(hash, word[i + n].key);
    }
    if (!best)
        return;
    word[i].cue = best->mask | (best->rows ? CUE(ROW) : 0);
    word[i].rows = best->rows;
    word[i].value = best->value;
    word[i].phrase = (uint8_t)length;
    for (size_t k = 1; k < length; k++)
        word[i + k].phrase = 0;
}

/* A sentence ends in the gap [from, to): a line break, ! or ?, or a full stop with a blank behind it. */
static bool
pii_words_breaks(str s, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (s.at[i] == '\n' || s.at[i] == '!' || s.at[i] == '?' || s.at[i] == ';' ||
            (s.at[i] == '.' && i + 1 < to && s.at[i + 1] == ' '))
            return true;
    return false;
}

/* Hashes of the lower-case word less each of its letters, and of the whole word last: len + 1 of them. A polynomial, so that leaving a
 * letter out costs one multiplication. */
size_t
pii_words_typos(str word, uint64_t out[PII_TYPO_LETTERS + 1])
{
    uint64_t power = 1, tail = 0, head[PII_TYPO_LETTERS + 1];
    size_t len = word.len;

    if (len < 5 || len > PII_TYPO_LETTERS)
        return 0;
    head[0] = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)word.at[i];
        head[i + 1] = head[i] * WORDS_PRIME + (c >= 'A' && c <= 'Z' ? c + 32u : c);
    }
    for (size_t skip = len; skip-- > 0;) {
        out[skip] = head[skip] * power + tail;
        tail += (head[skip + 1] - head[skip] * WORDS_PRIME) * power;
        power *= WORDS_PRIME;
    }
    out[len] = head[len];
    for (size_t i = 0; i <= len; i++)
        out[i] = (out[i] ^ out[i] >> 32) * UINT64_C(0x9E3779B97F4A7C15);
    return len + 1;
}

/* The cue of a word with one letter wrong, missing, doubled or swapped with its neighbour: both sides less one letter are equal. */
static const struct pii_cue *
pii_words_typo(const struct pii *pii, str word)
{
    uint64_t hashes[PII_TYPO_LETTERS + 1];
    size_t count = pii_words_typos(word, hashes);

    for (size_t i = 0; i < count; i++) {
        uint64_t hash = hashes[i];
        if ((pii->typo_filter[hash >> 40 & (PII_TYPO_BITS / 8 - 1)] >> (hash >> 37 & 7) & 1) == 0)
            continue;
        for (size_t at = hash % PII_TYPOS; pii->typo[at] != 0; at = (at + 1) % PII_TYPOS)
            if ((pii->typo[at] ^ (uint32_t)(hash >> 32)) >> 13 == 0)
                return &pii->cue[pii->typo[at] & (PII_CUES - 1)];
    }
    return NULL;
}

/* The hash of what was meant: words that are known, everyday words and short ones mean themselves. */
static uint64_t
pii_words_meant(const struct pii *pii, str word, uint64_t hash, unsigned class)
{
    if (word.len < 5 || word.len > PII_TYPO_LETTERS || class != 0 || pii_words_cue(pii, hash))
        return hash;
    const struct pii_cue *cue = pii_words_typo(pii, word);
    return cue ? cue->hash : hash;
}

/* At most so many words: each begins where the kind of byte changes, or with the first byte of a letter beyond ASCII. */
static size_t
pii_words_most(str folded)
{
    size_t most = 1;
    unsigned before = WORDS_OTHER;

    for (size_t i = 0; i < folded.len; i++) {
        unsigned kind = words_kinds[(unsigned char)folded.at[i]];
        most += (kind != before && kind != WORDS_OTHER) || kind == WORDS_FIRST;
        before = kind;
    }
    return most;
}

enum err
pii_words_take(const struct pii *pii, struct arena *arena, str folded, struct pii_word **out, size_t *count)
{
    size_t used = 0, end = 0, most = pii_words_most(folded);
    void *piece = NULL;

    TRY(arena_take(arena, most, sizeof(struct pii_word), &piece));
    struct pii_word *word = piece;
    for (size_t i = 0; i < folded.len; i++) {
        if (!pii_is_letter(folded.at[i]) && !pii_is_digit(folded.at[i]))
            continue;
        must(used < most);
        struct pii_word *now = &word[used++];
        size_t to = pii_words_read(folded, i, now);
        now->phrase = 1;
        now->is_glued = used > 1 && end == i;
        now->is_break = used > 1 && pii_words_breaks(folded, end, i);
        /* The tables are far away: let what is there come while the next words are read. */
        __builtin_prefetch(&pii->name[(uint32_t)now->hash % PII_NAMES]);
        end = to;
        i = to - 1;
    }
    for (size_t i = 0; i < used; i++) {
        word[i].class = (uint8_t)(word[i].is_digits ? 0 : name_tagger_class(pii, word[i].hash));
        word[i].key = word[i].is_digits ? word[i].hash : pii_words_meant(pii, (str){folded.at + word[i].at, word[i].len}, word[i].hash, word[i].class);
    }
    for (size_t i = 0; i < used; i++)
        if (!word[i].is_digits && word[i].phrase != 0)
            pii_words_mark(pii, word, i, used);
    *out = word;
    *count = used;
    return ERR_NONE;
}

bool
pii_words_is_in(const struct pii_scan *scan, size_t i, const char *list)
{
    char key[20] = " ";
    const struct pii_word *word = &scan->word[i];

    if (word->len > 16 || word->is_digits)
        return false;
    for (size_t k = 0; k < word->len; k++)
        key[k + 1] = (char)(scan->fold.at[word->at + k] | 32);
    key[word->len + 1] = ' ';
    return strstr(list, key) != NULL;
}

void
pii_words_before(const struct pii_scan *scan, size_t first, struct pii_near *near)
{
    size_t steps = 0;

    *near = (struct pii_near){0, 0, 0, scan->asked, SIZE_MAX};
    for (size_t i = first; i-- > 0 && steps < PII_NEAR_WORDS;) {
        if (scan->word[i + 1].is_break && (steps > 0 || scan->word[i].cue == 0))
            steps += 3;
        uint64_t cue = scan->word[i].cue;
        if (steps < PII_NEAR_WORDS) {
            near->all |= cue;
            if ((cue & CUES_NAMING) != 0 && near->first == 0) {
                near->first = cue;
                near->first_word = i;
            }
        }
        steps += !scan->word[i].is_glued && scan->word[i].phrase > 0;
    }
}

void
pii_words_after(const struct pii_scan *scan, size_t last, struct pii_near *near)
{
    near->after = 0;
    for (size_t i = last + 1; i < scan->word_count && i < last + 7 && !scan->word[i].is_break; i++)
        near->after |= scan->word[i].cue;
}

void
pii_words_near(const struct pii_scan *scan, size_t first, size_t last, struct pii_near *out)
{
    pii_words_before(scan, first, out);
    pii_words_after(scan, last, out);
}

unsigned
pii_words_announces(const struct pii_near *near, uint64_t bits)
{
    if (near->first & bits)
        return 3;
    if (near->first & CUES_AGAINST)
        return 0;
    if ((near->asked & bits) && near->first == 0)
        return 2;
    return ((near->all | near->asked) & bits) || (near->first == 0 && (near->after & bits)) ? 1 : 0;
}

static bool
pii_words_list_has(const struct pii *pii, uint16_t list, unsigned row)
{
    for (size_t i = list; list != 0 && pii->lists[i] != PII_ROW_NONE; i++)
        if (pii->lists[i] == row)
            return true;
    return false;
}

unsigned
pii_words_names_row(const struct pii_scan *scan, size_t first, size_t last, const struct pii_near *near, unsigned row)
{
    size_t steps = 0;

    if (near->first & CUES_AGAINST)
        return 0;
    for (size_t i = first; i-- > 0 && steps < PII_NEAR_WORDS; steps += scan->word[i].phrase > 0)
        if (pii_words_list_has(scan->pii, scan->word[i].rows, row))
            return i >= near->first_word || near->first_word == SIZE_MAX ? 3 : 1;
    for (size_t i = 0; i < scan->asked_row_count; i++)
        if (pii_words_list_has(scan->pii, scan->asked_rows[i], row))
            return 2;
    steps = 0;
    for (size_t i = last + 1; i < scan->word_count && steps < 6; i++, steps++)
        if (pii_words_list_has(scan->pii, scan->word[i].rows, row))
            return 1;
    return 0;
}
