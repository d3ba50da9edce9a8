/* The author's lists. Phrases hang from their first word in one dictionary for all entities, so that the cost depends on the text and not on the
 * lists. Other forms of a word are those with its stem and nearly its length. */
#include "engine/entity_list.h"

#include "base/alloc.h"
#include "engine/lexicon.h"
#include "engine/spell.h"
#include "engine/words.h"

#include <string.h>

#define LIST_NONE UINT32_MAX
#define LIST_REPAIRS_MAX 8      /* words of a text that are tried with typing errors */
#define LIST_REPAIR_LETTERS 5   /* shorter ones are not */
#define LIST_FORM_DIFFERENCE 2  /* bytes by which another form of a word may be longer or shorter */

struct list_phrase {
    str value;
    uint32_t entity, next;
    uint32_t word[ENTITY_LIST_WORDS_MAX];
    uint8_t word_count, form_len; /* form_len: of the word whose stem this is; 0: the word itself */
};

struct entity_list {
    struct lexicon *words, *known;
    struct list_phrase *phrases;
    size_t count, room;
    uint32_t *heads; /* of each word, once sealed */
    size_t head_count;
    str *texts; /* of the words, for spell */
    struct spell *spell;
    struct arena *room_arena;
    uint64_t begins[65536 / 64]; /* the first two bytes of stems: most words of a text need no stemmer */
};

enum err
entity_list_make(struct entity_list **out)
{
    void *piece = NULL;

    TRY(alloc_make(1, sizeof(struct entity_list), &piece));
    struct entity_list *list = piece;
    enum err err = lexicon_make(&list->words);
    if (err == ERR_NONE)
        err = lexicon_make(&list->known);
    if (err == ERR_NONE)
        err = arena_make((size_t)1 << 18, &list->room_arena);
    if (err != ERR_NONE) {
        entity_list_free(&list);
        return err;
    }
    *out = list;
    return ERR_NONE;
}

void
entity_list_free(struct entity_list **list)
{
    if (!*list)
        return;
    lexicon_free(&(*list)->words);
    lexicon_free(&(*list)->known);
    spell_free(&(*list)->spell);
    arena_free(&(*list)->room_arena);
    alloc_free(&(*list)->phrases);
    alloc_free(&(*list)->heads);
    alloc_free(&(*list)->texts);
    alloc_free(list);
}

static enum err
list_grow(struct entity_list *list)
{
    void *piece = list->phrases;

    if (list->count < list->room)
        return ERR_NONE;
    size_t room = list->room * 2 + 64;
    TRY(alloc_grow(&piece, room * sizeof *list->phrases));
    list->phrases = piece;
    list->room = room;
    return ERR_NONE;
}

static size_t
list_begin(str word)
{
    return (size_t)(unsigned char)word.at[0] << 8 | (unsigned char)word.at[1];
}

/* The word's stem as another way to begin. */
static enum err
list_add_form(struct entity_list *list, const struct list_phrase *phrase, str word, str language)
{
    char at[WORDS_LETTERS_MAX * 2];
    struct list_phrase form = *phrase;

    str stem = words_stem(word, language, at, sizeof at);
    if (stem.len < 3 || word.len > 40)
        return ERR_NONE;
    TRY(lexicon_add(list->words, stem, &form.word[0]));
    form.form_len = (uint8_t)word.len;
    list->begins[list_begin(stem) / 64] |= (uint64_t)1 << list_begin(stem) % 64;
    TRY(list_grow(list));
    list->phrases[list->count++] = form;
    return ERR_NONE;
}

enum err
entity_list_add(struct entity_list *list, uint32_t entity, str phrase, str value, str language)
{
    struct entity_tokens tokens;
    struct list_phrase new = {.value = value, .entity = entity, .next = LIST_NONE};
    str only = {"", 0};

    arena_reset(list->room_arena);
    TRY(entity_token_take(list->room_arena, phrase, &tokens));
    for (size_t i = 0; i < tokens.count; i++) {
        if (tokens.at[i].kind == ENTITY_SIGN)
            continue;
        if (new.word_count == ENTITY_LIST_WORDS_MAX)
            return ERR_NONE;
        only = tokens.at[i].folded;
        TRY(lexicon_add(list->words, only, &new.word[new.word_count++]));
    }
    if (new.word_count == 0)
        return ERR_NONE;
    TRY(list_grow(list));
    list->phrases[list->count++] = new;
    return new.word_count == 1 && language.len > 0 ? list_add_form(list, &new, only, language) : ERR_NONE;
}

enum err
entity_list_know(struct entity_list *list, str text)
{
    struct entity_tokens tokens;
    uint32_t number;

    arena_reset(list->room_arena);
    TRY(entity_token_take(list->room_arena, text, &tokens));
    for (size_t i = 0; i < tokens.count; i++)
        if (tokens.at[i].kind == ENTITY_WORD && tokens.at[i].folded.len >= LIST_REPAIR_LETTERS)
            TRY(lexicon_add(list->known, tokens.at[i].folded, &number));
    return ERR_NONE;
}

enum err
entity_list_seal(struct entity_list *list)
{
    void *heads = NULL, *texts = NULL;

    arena_free(&list->room_arena);
    list->head_count = lexicon_count(list->words);
    TRY(alloc_make(list->head_count + 1, sizeof *list->heads, &heads));
    list->heads = heads;
    TRY(alloc_make(list->head_count + 1, sizeof *list->texts, &texts));
    list->texts = texts;
    for (size_t i = 0; i < list->head_count; i++) {
        list->heads[i] = LIST_NONE;
        list->texts[i] = lexicon_get(list->words, (uint32_t)i);
    }
    for (size_t i = list->count; i-- > 0;) {
        list->phrases[i].next = list->heads[list->phrases[i].word[0]];
        list->heads[list->phrases[i].word[0]] = (uint32_t)i;
    }
    return spell_make(list->texts, list->head_count, &list->spell);
}

/* What each token is in the dictionary: itself, or what it was meant to be. */
struct list_reading {
    uint32_t word[ENTITY_TOKENS_MAX];
};

static void
list_read(const struct entity_list *list, const struct entity_tokens *tokens, str language, struct list_reading *out)
{
    size_t repairs = 0;

    for (size_t i = 0; i < tokens->count; i++) {
        const struct entity_token *token = &tokens->at[i];
        struct spell_hit hits[SPELL_HITS_MAX];
        out->word[i] = token->kind == ENTITY_SIGN ? LIST_NONE : lexicon_find(list->words, token->folded);
        if (out->word[i] != LEXICON_NONE || token->kind != ENTITY_WORD || token->folded.len < LIST_REPAIR_LETTERS || token->is_blocked ||
            token->word != ENTITY_WORD_NONE || repairs == LIST_REPAIRS_MAX || lexicon_find(list->known, token->folded) != LEXICON_NONE ||
            words_is_common(token->folded, language))
            continue;
        repairs++;
        size_t count = spell_find(list->spell, token->folded, hits);
        bool is_sure = count > 0 && hits[0].distance <= (token->folded.len < 8 ? 1u : 2u) && (count == 1 || hits[1].distance > hits[0].distance);
        out->word[i] = is_sure ? hits[0].word : LIST_NONE;
    }
}

static bool
list_is_joint(const struct entity_tokens *tokens, size_t i)
{
    const struct entity_token *token = &tokens->at[i];
    return token->kind == ENTITY_SIGN && token->folded.len == 1 && strchr("-'./&", token->folded.at[0]);
}

/* Token behind the phrase that begins at i; 0 when it does not stand there. */
static size_t
list_phrase_end(const struct list_phrase *phrase, const struct entity_tokens *tokens, const struct list_reading *reading, size_t i)
{
    size_t at = i + 1;

    for (size_t k = 1; k < phrase->word_count; k++) {
        while (at < tokens->count && list_is_joint(tokens, at))
            at++;
        if (at >= tokens->count || reading->word[at] != phrase->word[k])
            return 0;
        at++;
    }
    return at;
}

static void
list_keep(struct entity_list_hit *hits, size_t *count, size_t max, const struct entity_list_hit *new)
{
    for (size_t i = 0; i < *count; i++) {
        if (hits[i].entity != new->entity || hits[i].end <= new->from)
            continue;
        if (hits[i].from == new->from && new->end > hits[i].end)
            hits[i] = *new;
        return;
    }
    if (*count < max)
        hits[(*count)++] = *new;
}

static bool
list_is_form(const struct list_phrase *phrase, str folded)
{
    size_t len = phrase->form_len;
    return (len > folded.len ? len - folded.len : folded.len - len) <= LIST_FORM_DIFFERENCE;
}

size_t
entity_list_find(const struct entity_list *list, const struct entity_tokens *tokens, str language, struct entity_list_hit *hits, size_t max)
{
    struct list_reading reading;
    char at[WORDS_LETTERS_MAX * 2];
    size_t count = 0;

    list_read(list, tokens, language, &reading);
    for (size_t i = 0; i < tokens->count; i++) {
        str folded = tokens->at[i].folded;
        for (uint32_t k = reading.word[i] < list->head_count ? list->heads[reading.word[i]] : LIST_NONE; k != LIST_NONE; k = list->phrases[k].next) {
            const struct list_phrase *phrase = &list->phrases[k];
            size_t end = phrase->form_len ? 0 : list_phrase_end(phrase, tokens, &reading, i);
            if (end > 0)
                list_keep(hits, &count, max, &(struct entity_list_hit){phrase->entity, phrase->value, i, end});
        }
        if (tokens->at[i].kind != ENTITY_WORD || folded.len < 3 || !(list->begins[list_begin(folded) / 64] >> list_begin(folded) % 64 & 1))
            continue;
        uint32_t stem = lexicon_find(list->words, words_stem(folded, language, at, sizeof at));
        for (uint32_t k = stem < list->head_count ? list->heads[stem] : LIST_NONE; k != LIST_NONE; k = list->phrases[k].next)
            if (list->phrases[k].form_len && list_is_form(&list->phrases[k], folded))
                list_keep(hits, &count, max, &(struct entity_list_hit){list->phrases[k].entity, list->phrases[k].value, i, i + 1});
    }
    return count;
}

size_t
entity_list_bytes(const struct entity_list *list)
{
    return lexicon_bytes(list->words) + lexicon_bytes(list->known) + list->room * sizeof *list->phrases + list->head_count * (sizeof(str) + 4) +
           spell_bytes(list->spell);
}
