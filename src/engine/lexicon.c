/* A hash table of words in one piece of text. The hash is keyed afresh in each process: a visitor's words, which are only looked up,
 * can't be made to meet. */
#include "engine/lexicon.h"

#include "base/alloc.h"
#include "base/rand.h"

#include <sodium.h>
#include <string.h>

#define LEXICON_BYTES_MAX ((size_t)256 << 20)
#define LEXICON_SLOTS_MIN ((size_t)256)

struct lexicon {
    unsigned char key[crypto_shorthash_KEYBYTES];
    char *text;
    size_t text_bytes, text_room;
    uint32_t *end; /* of word i in text; it begins where i - 1 ends */
    size_t count, room;
    /* Open addressing, a power of two. A word's slot holds 1 + its number, in as many bits as slots need, and above them bits of its hash:
     * most other words are told from it without a look at the text. */
    uint32_t *slot;
    size_t slot_count;
};

enum err
lexicon_make(struct lexicon **out)
{
    void *piece = NULL, *slot = NULL;

    TRY(alloc_make(1, sizeof(struct lexicon), &piece));
    struct lexicon *lexicon = piece;
    enum err err = alloc_make(LEXICON_SLOTS_MIN, sizeof(uint32_t), &slot);
    if (err != ERR_NONE) {
        alloc_free(&piece);
        return err;
    }
    rand_bytes(lexicon->key, sizeof lexicon->key);
    lexicon->slot = slot;
    lexicon->slot_count = LEXICON_SLOTS_MIN;
    *out = lexicon;
    return ERR_NONE;
}

void
lexicon_free(struct lexicon **lexicon)
{
    if (!*lexicon)
        return;
    alloc_free(&(*lexicon)->text);
    alloc_free(&(*lexicon)->end);
    alloc_free(&(*lexicon)->slot);
    alloc_free(lexicon);
}

str
lexicon_get(const struct lexicon *lexicon, uint32_t number)
{
    uint32_t from = number > 0 ? lexicon->end[number - 1] : 0;
    return str_bytes(lexicon->text + from, lexicon->end[number] - from);
}

struct lexicon_place {
    size_t slot;
    uint32_t mark; /* the bits of the hash */
};

/* The slot that holds the word, or the free one where it belongs. */
static struct lexicon_place
lexicon_find_slot(const struct lexicon *lexicon, str word)
{
    unsigned char hash[crypto_shorthash_BYTES];
    uint32_t number = (uint32_t)lexicon->slot_count - 1;
    uint64_t at;

    crypto_shorthash(hash, (const unsigned char *)word.at, word.len, lexicon->key);
    memcpy(&at, hash, sizeof at);
    struct lexicon_place place = {0, (uint32_t)(at >> 32) & ~number};
    for (;; at++) {
        place.slot = at & number;
        uint32_t held = lexicon->slot[place.slot];
        if (held == 0 || ((held & ~number) == place.mark && str_is(lexicon_get(lexicon, (held & number) - 1), word)))
            return place;
    }
}

static enum err
lexicon_widen(struct lexicon *lexicon)
{
    void *piece = NULL;

    TRY(alloc_make(lexicon->slot_count * 2, sizeof(uint32_t), &piece));
    alloc_free(&lexicon->slot);
    lexicon->slot = piece;
    lexicon->slot_count *= 2;
    for (uint32_t i = 0; i < lexicon->count; i++) {
        struct lexicon_place place = lexicon_find_slot(lexicon, lexicon_get(lexicon, i));
        lexicon->slot[place.slot] = place.mark | (i + 1);
    }
    return ERR_NONE;
}

static enum err
lexicon_grow(struct lexicon *lexicon, size_t bytes)
{
    if (lexicon->text_bytes + bytes > lexicon->text_room) {
        size_t room = (lexicon->text_bytes + bytes) * 2 + 1024;
        if (lexicon->text_bytes + bytes > LEXICON_BYTES_MAX)
            return err_raise(ERR_LIMIT, "lexicon: too many words");
        void *piece = lexicon->text;
        TRY(alloc_grow(&piece, room));
        lexicon->text = piece;
        lexicon->text_room = room;
    }
    if (lexicon->count == lexicon->room) {
        void *piece = lexicon->end;
        TRY(alloc_grow(&piece, (lexicon->room * 2 + 128) * sizeof *lexicon->end));
        lexicon->end = piece;
        lexicon->room = lexicon->room * 2 + 128;
    }
    return lexicon->count * 2 >= lexicon->slot_count ? lexicon_widen(lexicon) : ERR_NONE;
}

enum err
lexicon_add(struct lexicon *lexicon, str word, uint32_t *out)
{
    struct lexicon_place place = lexicon_find_slot(lexicon, word);

    if (lexicon->slot[place.slot] == 0) {
        TRY(lexicon_grow(lexicon, word.len));
        place = lexicon_find_slot(lexicon, word);
        if (word.len > 0)
            memcpy(lexicon->text + lexicon->text_bytes, word.at, word.len);
        lexicon->text_bytes += word.len;
        lexicon->end[lexicon->count++] = (uint32_t)lexicon->text_bytes;
        lexicon->slot[place.slot] = place.mark | (uint32_t)lexicon->count;
    }
    *out = (lexicon->slot[place.slot] & ((uint32_t)lexicon->slot_count - 1)) - 1;
    return ERR_NONE;
}

uint32_t
lexicon_find(const struct lexicon *lexicon, str word)
{
    uint32_t held = lexicon->slot[lexicon_find_slot(lexicon, word).slot];
    return held > 0 ? (held & ((uint32_t)lexicon->slot_count - 1)) - 1 : LEXICON_NONE;
}

size_t
lexicon_count(const struct lexicon *lexicon)
{
    return lexicon->count;
}

size_t
lexicon_bytes(const struct lexicon *lexicon)
{
    return sizeof *lexicon + lexicon->text_room + lexicon->room * sizeof(uint32_t) + lexicon->slot_count * sizeof(uint32_t);
}
