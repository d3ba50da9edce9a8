/* The index of deletion forms. Its hash is keyed, so that nobody makes the forms of a text meet by design. It keeps views of words. */
#include "engine/spell.h"

#include "base/alloc.h"
#include "base/rand.h"
#include "engine/typo.h"
#include "engine/utf8.h"

#include <sodium.h>
#include <string.h>

struct spell_entry {
    uint32_t hash, word;
};

struct spell {
    unsigned char key[crypto_shorthash_KEYBYTES];
    const str *words;
    size_t word_count, entry_count;
    unsigned shift;             /* hash >> shift is the bucket */
    uint32_t *bucket;           /* where each begins, one more at the end */
    struct spell_entry *entry;  /* by bucket */
};

/* A word by letters, so that one can be left out. Numbers and codes have no typing errors: another digit is another thing. */
struct spell_letters {
    str word;
    size_t count;
    uint8_t from[SPELL_LETTERS_MAX + 1];
};

static bool
spell_read(str word, struct spell_letters *out)
{
    size_t at = 0;

    *out = (struct spell_letters){.word = word};
    while (at < word.len) {
        if (out->count == SPELL_LETTERS_MAX || at > UINT8_MAX - 4)
            return false;
        out->from[out->count++] = (uint8_t)at;
        uint32_t point = utf8_next(word, &at);
        if (point >= '0' && point <= '9')
            return false;
    }
    out->from[out->count] = (uint8_t)word.len;
    return true;
}

static uint32_t
spell_hash(const unsigned char *key, const char *at, size_t len)
{
    unsigned char hash[crypto_shorthash_BYTES];
    uint32_t out;

    crypto_shorthash(hash, (const unsigned char *)at, len, key);
    memcpy(&out, hash, sizeof out);
    return out;
}

/* The hash of a word without letters i and k; i == k: without one. */
static uint32_t
spell_hash_without(const unsigned char *key, const struct spell_letters *letters, size_t i, size_t k)
{
    char form[SPELL_LETTERS_MAX * 4];
    size_t used = 0;

    for (size_t n = 0; n < letters->count; n++) {
        size_t from = letters->from[n], len = letters->from[n + 1] - from;
        if (n == i || n == k)
            continue;
        memcpy(form + used, letters->word.at + from, len);
        used += len;
    }
    return spell_hash(key, form, used);
}

/* Writes the entries of one word, or counts them when entry is NULL. */
static size_t
spell_enter(const struct spell *spell, uint32_t word, struct spell_entry *entry)
{
    struct spell_letters letters;
    size_t count = 0;
    bool fits = spell_read(spell->words[word], &letters);

    if (entry)
        entry[count] = (struct spell_entry){spell_hash(spell->key, spell->words[word].at, spell->words[word].len), word};
    count++;
    for (size_t i = 0; fits && letters.count >= SPELL_LETTERS_MIN - 1 && i < letters.count; i++) {
        if (entry)
            entry[count] = (struct spell_entry){spell_hash_without(spell->key, &letters, i, i), word};
        count++;
    }
    return count;
}

static enum err
spell_fill(struct spell *spell)
{
    void *all = NULL, *piece = NULL;
    size_t used = 0;

    for (uint32_t i = 0; i < spell->word_count; i++)
        spell->entry_count += spell_enter(spell, i, NULL);
    TRY(alloc_make(spell->entry_count, sizeof(struct spell_entry), &all));
    struct spell_entry *entry = all;
    for (uint32_t i = 0; i < spell->word_count; i++)
        used += spell_enter(spell, i, entry + used);
    for (spell->shift = 31; spell->shift > 8 && ((size_t)4 << (32 - spell->shift)) < spell->entry_count; spell->shift--)
        ;
    size_t buckets = (size_t)1 << (32 - spell->shift);
    enum err err = alloc_make(buckets + 1, sizeof(uint32_t), &piece);
    spell->bucket = err == ERR_NONE ? piece : NULL;
    if (err == ERR_NONE)
        err = alloc_make(spell->entry_count, sizeof(struct spell_entry), &piece);
    if (err == ERR_NONE) {
        spell->entry = piece;
        for (size_t i = 0; i < used; i++)
            spell->bucket[(entry[i].hash >> spell->shift) + 1]++;
        for (size_t i = 0; i < buckets; i++)
            spell->bucket[i + 1] += spell->bucket[i];
        /* From the back, so that a bucket's first entries are the first words; each start ends where its bucket begins. */
        for (size_t i = used; i-- > 0;)
            spell->entry[--spell->bucket[(entry[i].hash >> spell->shift) + 1]] = entry[i];
        memmove(spell->bucket, spell->bucket + 1, buckets * sizeof(uint32_t));
        spell->bucket[buckets] = (uint32_t)used;
    }
    alloc_free(&all);
    return err;
}

enum err
spell_make(const str *words, size_t count, struct spell **out)
{
    void *piece = NULL;

    TRY(alloc_make(1, sizeof(struct spell), &piece));
    struct spell *spell = piece;
    rand_bytes(spell->key, sizeof spell->key);
    spell->words = words;
    spell->word_count = count;
    enum err err = spell_fill(spell);
    if (err != ERR_NONE)
        spell_free(&spell);
    else
        *out = spell;
    return err;
}

void
spell_free(struct spell **spell)
{
    if (!*spell)
        return;
    alloc_free(&(*spell)->bucket);
    alloc_free(&(*spell)->entry);
    alloc_free(spell);
}

size_t
spell_bytes(const struct spell *spell)
{
    return sizeof *spell + spell->entry_count * sizeof(struct spell_entry) + ((size_t)1 << (32 - spell->shift)) * sizeof(uint32_t);
}

uint32_t
spell_find_exact(const struct spell *spell, str word)
{
    uint32_t hash = spell_hash(spell->key, word.at, word.len);
    size_t bucket = hash >> spell->shift;

    for (uint32_t i = spell->bucket[bucket]; i < spell->bucket[bucket + 1]; i++)
        if (spell->entry[i].hash == hash && str_is(spell->words[spell->entry[i].word], word))
            return spell->entry[i].word;
    return UINT32_MAX;
}

/* Puts a hit at its place: nearest first, then the better word; the same word once. */
static size_t
spell_hit_add(struct spell_hit *hits, size_t count, struct spell_hit hit)
{
    size_t at = count;

    for (size_t i = 0; i < count; i++)
        if (hits[i].word == hit.word)
            return count;
    while (at > 0 && (hits[at - 1].distance > hit.distance || (hits[at - 1].distance == hit.distance && hits[at - 1].word > hit.word))) {
        if (at < SPELL_HITS_MAX)
            hits[at] = hits[at - 1];
        at--;
    }
    if (at == SPELL_HITS_MAX)
        return count;
    hits[at] = hit;
    return count < SPELL_HITS_MAX ? count + 1 : count;
}

struct spell_search {
    const struct spell *spell;
    str word;
    unsigned most;
    struct spell_hit *hits;
    size_t count;
};

static void
spell_look(struct spell_search *search, uint32_t hash)
{
    const struct spell *spell = search->spell;
    size_t bucket = hash >> spell->shift;

    for (uint32_t i = spell->bucket[bucket]; i < spell->bucket[bucket + 1]; i++) {
        uint32_t word = spell->entry[i].word;
        if (spell->entry[i].hash != hash || spell->words[word].len < SPELL_LETTERS_MIN - 1)
            continue;
        unsigned distance = typo_distance(search->word, spell->words[word], search->most);
        if (distance > 0 && distance <= search->most)
            search->count = spell_hit_add(search->hits, search->count, (struct spell_hit){word, distance});
    }
}

size_t
spell_find(const struct spell *spell, str word, struct spell_hit hits[SPELL_HITS_MAX])
{
    struct spell_letters letters;

    if (!spell_read(word, &letters) || letters.count < SPELL_LETTERS_MIN)
        return 0;
    struct spell_search search = {spell, word, letters.count <= 5 ? 1 : 2, hits, 0};
    spell_look(&search, spell_hash(spell->key, word.at, word.len));
    for (size_t i = 0; i < letters.count; i++)
        spell_look(&search, spell_hash_without(spell->key, &letters, i, i));
    if (search.most < 2 || (search.count > 0 && hits[0].distance == 1))
        return search.count;
    for (size_t i = 0; i < letters.count; i++)
        for (size_t k = i + 1; k < letters.count; k++)
            spell_look(&search, spell_hash_without(spell->key, &letters, i, k));
    return search.count;
}

size_t
spell_split(const struct spell *spell, str word, uint32_t pieces[SPELL_PIECES_MAX])
{
    struct spell_letters letters;
    uint8_t cost[SPELL_LETTERS_MAX + 1], before[SPELL_LETTERS_MAX + 1];
    uint32_t known[SPELL_LETTERS_MAX + 1];
    size_t count = 0;

    if (!spell_read(word, &letters) || letters.count < 6)
        return 0;
    /* cost[i]: of the first i letters, a piece each 2, one of two letters 3; the word as a whole is no split. */
    memset(cost, UINT8_MAX, sizeof cost);
    cost[0] = 0;
    for (size_t to = 2; to <= letters.count; to++)
        for (size_t from = 0; from + 2 <= to; from++) {
            unsigned sum = cost[from] + (to - from == 2 ? 3u : 2u);
            if (cost[from] == UINT8_MAX || sum >= cost[to] || to - from == letters.count)
                continue;
            uint32_t piece = spell_find_exact(spell, str_slice(word, letters.from[from], (size_t)letters.from[to] - letters.from[from]));
            if (piece == UINT32_MAX)
                continue;
            cost[to] = (uint8_t)sum;
            before[to] = (uint8_t)from;
            known[to] = piece;
        }
    if (cost[letters.count] == UINT8_MAX)
        return 0;
    for (size_t at = letters.count; at > 0; at = before[at])
        count++;
    /* Pieces of less than three letters on average are chance. */
    if (count > SPELL_PIECES_MAX || count * 3 > letters.count)
        return 0;
    for (size_t at = letters.count, i = count; at > 0; at = before[at])
        pieces[--i] = known[at];
    return count;
}
