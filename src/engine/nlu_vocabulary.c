/* A table of stems with the number of examples that have them, and of words with their stems; spell.c finds what is near. It holds
 * words of the author's, none of a visitor's. */
#include "engine/nlu_vocabulary.h"

#include "base/alloc.h"

#include <math.h>
#include <string.h>

#define VOCABULARY_REPAIRS_MAX 16
#define VOCABULARY_BYTES_MAX ((size_t)64 << 20)

/* A word, or a stem that is its own stem. */
struct vocabulary_entry {
    uint32_t at, len; /* in text */
    uint32_t stem;    /* entry */
    uint32_t examples, last; /* how many have it as a stem; 1 + the last of them */
};

struct nlu_vocabulary {
    char *text;
    size_t text_bytes, text_room;
    struct vocabulary_entry *entry;
    size_t count, room;
    uint32_t *slot; /* while building: 1 + entry, open addressing; a multiple of two */
    size_t slot_count;
    uint32_t examples;
    str *word; /* sealed: views into text, by number */
    struct spell *spell;
};

enum err
nlu_vocabulary_make(struct nlu_vocabulary **out)
{
    void *piece = NULL, *slot = NULL;

    TRY(alloc_make(1, sizeof(struct nlu_vocabulary), &piece));
    struct nlu_vocabulary *vocabulary = piece;
    enum err err = alloc_make(1024, sizeof(uint32_t), &slot);
    if (err != ERR_NONE) {
        alloc_free(&piece);
        return err;
    }
    vocabulary->slot = slot;
    vocabulary->slot_count = 1024;
    *out = vocabulary;
    return ERR_NONE;
}

void
nlu_vocabulary_free(struct nlu_vocabulary **vocabulary)
{
    if (!*vocabulary)
        return;
    spell_free(&(*vocabulary)->spell);
    alloc_free(&(*vocabulary)->text);
    alloc_free(&(*vocabulary)->entry);
    alloc_free(&(*vocabulary)->slot);
    alloc_free(&(*vocabulary)->word);
    alloc_free(vocabulary);
}

/* FNV-1a: the author's own words while building; a visitor's never come here. */
static size_t
vocabulary_slot(const struct nlu_vocabulary *vocabulary, str word)
{
    uint64_t hash = 0xcbf29ce484222325u;

    for (size_t i = 0; i < word.len; i++)
        hash = (hash ^ (unsigned char)word.at[i]) * 0x100000001b3u;
    size_t at = (size_t)(hash ^ hash >> 32) & (vocabulary->slot_count - 1);
    for (;; at = (at + 1) & (vocabulary->slot_count - 1)) {
        const struct vocabulary_entry *entry = vocabulary->slot[at] ? &vocabulary->entry[vocabulary->slot[at] - 1] : NULL;
        if (!entry || str_is(str_bytes(vocabulary->text + entry->at, entry->len), word))
            return at;
    }
}

static enum err
vocabulary_widen(struct nlu_vocabulary *vocabulary)
{
    void *piece = NULL;

    TRY(alloc_make(vocabulary->slot_count * 2, sizeof(uint32_t), &piece));
    alloc_free(&vocabulary->slot);
    vocabulary->slot = piece;
    vocabulary->slot_count *= 2;
    for (uint32_t i = 0; i < vocabulary->count; i++) {
        const struct vocabulary_entry *entry = &vocabulary->entry[i];
        vocabulary->slot[vocabulary_slot(vocabulary, str_bytes(vocabulary->text + entry->at, entry->len))] = i + 1;
    }
    return ERR_NONE;
}

static enum err
vocabulary_grow(struct nlu_vocabulary *vocabulary, size_t bytes)
{
    if (vocabulary->text_bytes + bytes > vocabulary->text_room) {
        size_t room = (vocabulary->text_bytes + bytes) * 2 + 4096;
        if (room > VOCABULARY_BYTES_MAX)
            return err_raise(ERR_LIMIT, "nlu: too many different words in the examples");
        void *piece = vocabulary->text;
        TRY(alloc_grow(&piece, room));
        vocabulary->text = piece;
        vocabulary->text_room = room;
    }
    if (vocabulary->count == vocabulary->room) {
        void *piece = vocabulary->entry;
        TRY(alloc_grow(&piece, (vocabulary->room * 2 + 256) * sizeof *vocabulary->entry));
        vocabulary->entry = piece;
        vocabulary->room = vocabulary->room * 2 + 256;
    }
    return vocabulary->count * 2 >= vocabulary->slot_count ? vocabulary_widen(vocabulary) : ERR_NONE;
}

/* The entry of a word, made when there is none. */
static enum err
vocabulary_enter(struct nlu_vocabulary *vocabulary, str word, uint32_t *out)
{
    TRY(vocabulary_grow(vocabulary, word.len));
    size_t slot = vocabulary_slot(vocabulary, word);
    if (vocabulary->slot[slot] == 0) {
        uint32_t made = (uint32_t)vocabulary->count++;
        vocabulary->entry[made] = (struct vocabulary_entry){.at = (uint32_t)vocabulary->text_bytes, .len = (uint32_t)word.len, .stem = made};
        memcpy(vocabulary->text + vocabulary->text_bytes, word.at, word.len);
        vocabulary->text_bytes += word.len;
        vocabulary->slot[slot] = made + 1;
    }
    *out = vocabulary->slot[slot] - 1;
    return ERR_NONE;
}

enum err
nlu_vocabulary_add(struct nlu_vocabulary *vocabulary, const struct words *words)
{
    uint32_t stem, word;

    vocabulary->examples++;
    for (size_t i = 0; i < words->count; i++) {
        TRY(vocabulary_enter(vocabulary, words->stem[i], &stem));
        TRY(vocabulary_enter(vocabulary, words->bare[i], &word));
        if (word != stem && vocabulary->entry[word].stem == word && vocabulary->entry[word].examples == 0)
            vocabulary->entry[word].stem = stem;
        struct vocabulary_entry *entry = &vocabulary->entry[stem];
        entry->examples += entry->last != vocabulary->examples;
        entry->last = vocabulary->examples;
    }
    return ERR_NONE;
}

enum err
nlu_vocabulary_seal(struct nlu_vocabulary *vocabulary)
{
    void *piece = NULL;

    TRY(alloc_make(vocabulary->count, sizeof(str), &piece));
    vocabulary->word = piece;
    for (size_t i = 0; i < vocabulary->count; i++)
        vocabulary->word[i] = str_bytes(vocabulary->text + vocabulary->entry[i].at, vocabulary->entry[i].len);
    alloc_free(&vocabulary->slot);
    return spell_make(vocabulary->word, vocabulary->count, &vocabulary->spell);
}

static bool
vocabulary_is_known(const struct nlu_vocabulary *vocabulary, str stem)
{
    uint32_t found = spell_find_exact(vocabulary->spell, stem);
    return found != UINT32_MAX && vocabulary->entry[vocabulary->entry[found].stem].examples > 0;
}

/* What one unknown word was meant to be, as stems; 0 when nobody knows. */
static size_t
vocabulary_mend(const struct nlu_vocabulary *vocabulary, str bare, str stems[SPELL_PIECES_MAX])
{
    struct spell_hit hits[SPELL_HITS_MAX];
    uint32_t pieces[SPELL_PIECES_MAX];

    size_t count = spell_find(vocabulary->spell, bare, hits);
    if (count > 0 && hits[0].distance == 1) {
        stems[0] = vocabulary->word[vocabulary->entry[hits[0].word].stem];
        return 1;
    }
    size_t split = spell_split(vocabulary->spell, bare, pieces);
    for (size_t i = 0; i < split; i++)
        stems[i] = vocabulary->word[vocabulary->entry[pieces[i]].stem];
    if (split == 0 && count > 0)
        stems[0] = vocabulary->word[vocabulary->entry[hits[0].word].stem];
    return split > 0 ? split : count > 0;
}

enum err
nlu_vocabulary_repair(const struct nlu_vocabulary *vocabulary, struct arena *arena, const struct words *words,
                      const struct words **out)
{
    str stems[SPELL_PIECES_MAX];
    struct words mended = *words;
    void *piece = NULL;
    unsigned tries = 0;
    bool is_changed = false;

    TRY(arena_take(arena, words->count + VOCABULARY_REPAIRS_MAX * SPELL_PIECES_MAX, sizeof(str), &piece));
    mended.stem = piece;
    mended.count = 0;
    for (size_t i = 0; i < words->count; i++) {
        bool is_tried = words->bare[i].len >= SPELL_LETTERS_MIN && tries < VOCABULARY_REPAIRS_MAX &&
                        !vocabulary_is_known(vocabulary, words->stem[i]);
        size_t count = is_tried ? vocabulary_mend(vocabulary, words->bare[i], stems) : 0;
        tries += is_tried;
        is_changed = is_changed || count > 0;
        if (count == 0)
            mended.stem[mended.count++] = words->stem[i];
        for (size_t k = 0; k < count; k++)
            mended.stem[mended.count++] = stems[k];
    }
    TRY(arena_take(arena, 1, sizeof(struct words), &piece));
    *(struct words *)piece = mended;
    *out = is_changed ? piece : words;
    return ERR_NONE;
}

float
nlu_vocabulary_coverage(const struct nlu_vocabulary *vocabulary, const struct words *words, uint32_t own)
{
    float all = 0, known = 0, count = (float)vocabulary->examples + 1;

    for (size_t i = 0; i < words->count; i++) {
        uint32_t found = spell_find_exact(vocabulary->spell, words->stem[i]);
        uint32_t examples = found == UINT32_MAX ? 0 : vocabulary->entry[vocabulary->entry[found].stem].examples;
        examples = examples > own ? examples - own : 0;
        float idf = logf(count / (1 + (float)examples)) + 1;
        all += idf;
        known += examples > 0 ? idf : 0;
    }
    return all > 0 ? known / all : 0;
}

size_t
nlu_vocabulary_bytes(const struct nlu_vocabulary *vocabulary)
{
    return sizeof *vocabulary + vocabulary->text_bytes + vocabulary->count * (sizeof(struct vocabulary_entry) + sizeof(str)) +
           spell_bytes(vocabulary->spell);
}
