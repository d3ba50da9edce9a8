/* Builds an index: every text to words once, each different word to its stem, letters and parts once, tokens to postings. It keeps no
 * text but words. */
#include "engine/kb_private.h"

#include "base/alloc.h"
#include "engine/kb_compound.h"

#include <string.h>

#define MAKE_PIECE_BYTES ((size_t)2000)
#define MAKE_COMPOUND_BYTES ((size_t)9) /* shorter words are no compounds */

struct make_tokens {
    struct kb_token *at;
    size_t count, room;
};

/* A different word of a language. */
struct make_word {
    uint32_t term;
    uint8_t language;
    uint8_t part_count;
    uint32_t parts[KB_PARTS_MAX]; /* terms */
    uint32_t compound;            /* number in kb->compounds, or LEXICON_NONE */
};

struct make {
    struct kb *kb;
    struct arena *arena;
    struct lexicon *words; /* "word\001LANGUAGE" */
    struct make_word *word;
    size_t word_room;
    struct make_tokens tokens, grams;
};

static enum err
make_token(struct make_tokens *tokens, uint32_t term, uint32_t place)
{
    if (tokens->count == tokens->room) {
        void *piece = tokens->at;
        TRY(alloc_grow(&piece, (tokens->room * 2 + 1024) * sizeof *tokens->at));
        tokens->at = piece;
        tokens->room = tokens->room * 2 + 1024;
    }
    tokens->at[tokens->count++] = (struct kb_token){term, place};
    return ERR_NONE;
}

static enum err
make_word_new(struct make *make, const struct words *words, size_t i, uint32_t number, size_t language)
{
    char stem[2 * WORDS_LETTERS_MAX];
    struct kb *kb = make->kb;

    if (number >= make->word_room) {
        void *piece = make->word;
        TRY(alloc_grow(&piece, (make->word_room * 2 + 256) * sizeof *make->word));
        make->word = piece;
        make->word_room = make->word_room * 2 + 256;
    }
    struct make_word *word = &make->word[number];
    *word = (struct make_word){.language = (uint8_t)language, .compound = LEXICON_NONE};
    TRY(lexicon_add(kb->terms, words_stem_at(words, i, kb->languages[language], stem, sizeof stem), &word->term));
    if (kb_compound_has(kb->languages[language]) && words->word[i].len < SPELL_LETTERS_MAX * 2)
        TRY(lexicon_add(kb->compounds, words->word[i], &word->compound));
    return ERR_NONE;
}

/* The number of a word of a language; its stem is looked for once. */
static enum err
make_word_find(struct make *make, const struct words *words, size_t i, size_t language, uint32_t *out)
{
    char key[WORDS_LETTERS_MAX + 2];
    str word = str_slice(words->word[i], 0, WORDS_LETTERS_MAX);
    size_t before = lexicon_count(make->words);

    memcpy(key, word.at, word.len);
    key[word.len] = 1;
    key[word.len + 1] = (char)('a' + language);
    TRY(lexicon_add(make->words, str_bytes(key, word.len + 2), out));
    return *out == before ? make_word_new(make, words, i, *out, language) : ERR_NONE;
}

static enum err
make_grams(struct make *make, const struct words *words, size_t i, uint32_t place)
{
    size_t at = 0, size = 0;
    uint32_t number;
    str gram;

    while (kb_gram_next(words->bare[i], &at, &size, &gram)) {
        TRY(lexicon_add(make->kb->grams, gram, &number));
        TRY(make_token(&make->grams, number, place));
    }
    return ERR_NONE;
}

static enum err
make_read(struct make *make, str piece, size_t document, enum kb_field field)
{
    size_t language = make->kb->language[document];
    uint32_t place = KB_INDEX_PLACE(document, field, 0), number;
    struct words words;

    arena_reset(make->arena);
    TRY(words_take(make->arena, piece, STR(""), &words));
    for (size_t i = 0; i < words.count; i++) {
        if (words_is_common(words.word[i], make->kb->languages[language]))
            continue;
        TRY(make_word_find(make, &words, i, language, &number));
        TRY(make_token(&make->tokens, number, place));
        if (field != KB_BODY)
            TRY(make_grams(make, &words, i, place));
    }
    return ERR_NONE;
}

/* Long texts are read by pieces that are cut at a blank. */
static enum err
make_text(struct make *make, str text, size_t document, enum kb_field field)
{
    while (text.len > 0) {
        size_t cut = text.len < MAKE_PIECE_BYTES ? text.len : MAKE_PIECE_BYTES;
        while (cut < text.len && cut > 1 && text.at[cut - 1] != ' ' && text.at[cut - 1] != '\n')
            cut--;
        cut = cut > 1 ? cut : text.len < MAKE_PIECE_BYTES ? text.len : MAKE_PIECE_BYTES;
        TRY(make_read(make, str_slice(text, 0, cut), document, field));
        text = str_slice(text, cut, text.len);
    }
    return ERR_NONE;
}

/* A tag's number; what comes after the sixteenth counts as the first. */
static size_t
make_language(struct kb *kb, str tag)
{
    for (size_t i = 0; i < kb->language_count; i++)
        if (str_is(kb->languages[i], str_slice(tag, 0, sizeof kb->tags[0])))
            return i;
    if (kb->language_count == KB_LANGUAGES_MAX)
        return 0;
    size_t number = kb->language_count++;
    size_t len = tag.len < sizeof kb->tags[0] ? tag.len : sizeof kb->tags[0];
    memcpy(kb->tags[number], tag.at, len);
    kb->languages[number] = str_bytes(kb->tags[number], len);
    return number;
}

static enum err
make_texts(struct lexicon *lexicon, str **out)
{
    void *piece = NULL;

    TRY(alloc_make(lexicon_count(lexicon) + 1, sizeof(str), &piece));
    *out = piece;
    for (uint32_t i = 0; i < lexicon_count(lexicon); i++)
        (*out)[i] = lexicon_get(lexicon, i);
    return ERR_NONE;
}

/* Which terms the words of compounds stand for, and the parts of long words. */
static enum err
make_compounds(struct make *make)
{
    struct kb *kb = make->kb;
    uint32_t parts[KB_PARTS_MAX];
    void *piece = NULL;

    TRY(make_texts(kb->compounds, &kb->compound_text));
    TRY(alloc_make(lexicon_count(kb->compounds) + 1, sizeof(uint32_t), &piece));
    kb->compound_term = piece;
    TRY(spell_make(kb->compound_text, lexicon_count(kb->compounds), &kb->compound_spell));
    for (size_t i = 0; i < lexicon_count(make->words); i++)
        if (make->word[i].compound != LEXICON_NONE)
            kb->compound_term[make->word[i].compound] = make->word[i].term;
    for (size_t i = 0; i < lexicon_count(make->words); i++) {
        struct make_word *word = &make->word[i];
        if (word->compound == LEXICON_NONE || kb->compound_text[word->compound].len < MAKE_COMPOUND_BYTES)
            continue;
        size_t count = kb_compound_split(kb->compound_spell, kb->compound_text[word->compound], parts);
        for (size_t k = 0; k < count; k++)
            word->parts[k] = kb->compound_term[parts[k]];
        word->part_count = (uint8_t)count;
    }
    return ERR_NONE;
}

/* Words become terms; parts follow their word. */
static enum err
make_terms(struct make *make)
{
    struct make_tokens terms = {.at = NULL};
    enum err err = ERR_NONE;

    for (size_t i = 0; i < make->tokens.count && err == ERR_NONE; i++) {
        struct kb_token token = make->tokens.at[i];
        const struct make_word *word = &make->word[token.term];
        err = make_token(&terms, word->term, token.place);
        for (size_t k = 0; k < word->part_count && err == ERR_NONE; k++)
            err = make_token(&terms, word->parts[k], token.place | 1);
    }
    alloc_free(&make->tokens.at);
    make->tokens = terms;
    return err;
}

static enum err
make_run(struct make *make, const struct kb_library *library)
{
    struct kb *kb = make->kb;
    void *piece = NULL;

    TRY(arena_make((size_t)256 * 1024, &make->arena));
    TRY(lexicon_make(&make->words));
    TRY(lexicon_make(&kb->terms));
    TRY(lexicon_make(&kb->grams));
    TRY(lexicon_make(&kb->compounds));
    TRY(alloc_make(library->count + 1, 1, &piece));
    kb->language = piece;
    TRY(alloc_make(library->count + 1, sizeof(bool), &piece));
    kb->is_part = piece;
    for (size_t i = 0; i < library->count; i++) {
        const struct kb_document *document = &library->documents[i];
        kb->language[i] = (uint8_t)make_language(kb, document->language);
        kb->is_part[i] = i > 0 && document->article == library->documents[i - 1].article;
        kb->has_parts = kb->has_parts || kb->is_part[i];
        TRY(make_text(make, document->title, i, KB_TITLE));
        TRY(make_text(make, document->heading, i, KB_HEADING));
        TRY(make_text(make, document->body, i, KB_BODY));
    }
    TRY(make_compounds(make));
    TRY(make_terms(make));
    TRY(kb_index_make(make->tokens.at, make->tokens.count, lexicon_count(kb->terms), library->count, &kb->term_index));
    TRY(kb_index_make(make->grams.at, make->grams.count, lexicon_count(kb->grams), library->count, &kb->gram_index));
    TRY(make_texts(kb->terms, &kb->term_text));
    return spell_make(kb->term_text, lexicon_count(kb->terms), &kb->spell);
}

enum err
kb_make_run(struct kb *kb, const struct kb_library *library)
{
    struct make make = {.kb = kb};

    enum err err = make_run(&make, library);
    arena_free(&make.arena);
    lexicon_free(&make.words);
    alloc_free(&make.word);
    alloc_free(&make.tokens.at);
    alloc_free(&make.grams.at);
    return err;
}
