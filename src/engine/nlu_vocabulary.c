/* A table of stems with the number of examples that have them, and of words with their stems; spell.c finds what is near. It holds
 * words of the author's, none of a visitor's. */
#include "engine/nlu_vocabulary.h"

#include "base/alloc.h"
#include "engine/lexicon.h"

#include <math.h>

#define VOCABULARY_REPAIRS_MAX 16

/* A word, or a stem that is its own stem. */
struct vocabulary_entry {
    uint32_t stem;     /* its number */
    uint32_t examples; /* how many have it as a stem */
    uint32_t last;     /* 1 + the last of them */
};

struct nlu_vocabulary {
    struct lexicon *lexicon;
    struct vocabulary_entry *entry; /* by number */
    size_t room;
    uint32_t examples;
    str *word; /* sealed: by number */
    struct spell *spell;
};

enum err
nlu_vocabulary_make(struct nlu_vocabulary **out)
{
    void *piece = NULL;

    TRY(alloc_make(1, sizeof(struct nlu_vocabulary), &piece));
    struct nlu_vocabulary *vocabulary = piece;
    enum err err = lexicon_make(&vocabulary->lexicon);
    if (err != ERR_NONE)
        alloc_free(&piece);
    else
        *out = vocabulary;
    return err;
}

void
nlu_vocabulary_free(struct nlu_vocabulary **vocabulary)
{
    if (!*vocabulary)
        return;
    spell_free(&(*vocabulary)->spell);
    lexicon_free(&(*vocabulary)->lexicon);
    alloc_free(&(*vocabulary)->entry);
    alloc_free(&(*vocabulary)->word);
    alloc_free(vocabulary);
}

static enum err
vocabulary_enter(struct nlu_vocabulary *vocabulary, str word, uint32_t *out)
{
    size_t before = lexicon_count(vocabulary->lexicon);

    if (before == vocabulary->room) {
        void *piece = vocabulary->entry;
        TRY(alloc_grow(&piece, (vocabulary->room * 2 + 256) * sizeof *vocabulary->entry));
        vocabulary->entry = piece;
        vocabulary->room = vocabulary->room * 2 + 256;
    }
    TRY(lexicon_add(vocabulary->lexicon, word, out));
    if (*out == before)
        vocabulary->entry[before] = (struct vocabulary_entry){.stem = *out};
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
    size_t count = lexicon_count(vocabulary->lexicon);
    void *piece = NULL;

    TRY(alloc_make(count, sizeof(str), &piece));
    vocabulary->word = piece;
    for (uint32_t i = 0; i < count; i++)
        vocabulary->word[i] = lexicon_get(vocabulary->lexicon, i);
    return spell_make(vocabulary->word, count, &vocabulary->spell);
}

/* In how many examples a stem stands; 0 when in none. */
static uint32_t
vocabulary_examples(const struct nlu_vocabulary *vocabulary, str stem)
{
    uint32_t found = lexicon_find(vocabulary->lexicon, stem);
    return found == LEXICON_NONE ? 0 : vocabulary->entry[vocabulary->entry[found].stem].examples;
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
                        vocabulary_examples(vocabulary, words->stem[i]) == 0;
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
        uint32_t examples = vocabulary_examples(vocabulary, words->stem[i]);
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
    return sizeof *vocabulary + lexicon_bytes(vocabulary->lexicon) + vocabulary->room * sizeof(struct vocabulary_entry) +
           lexicon_count(vocabulary->lexicon) * sizeof(str) + spell_bytes(vocabulary->spell);
}
