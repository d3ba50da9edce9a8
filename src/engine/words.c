/* Words and stems, by libunistring and Snowball. Stemmers are made once per thread and language. It keeps no text. */
#include "engine/words.h"

#include <libstemmer.h>
#include <string.h>
#include <unicase.h>

static _Thread_local struct {
    char language[3];
    struct sb_stemmer *stemmer;
} stemmers[8];

static struct sb_stemmer *
words_stemmer(str language)
{
    char name[3] = {0};

    if (language.len != 2)
        return NULL;
    memcpy(name, language.at, 2);
    for (size_t i = 0; i < 8; i++) {
        if (!stemmers[i].language[0]) {
            memcpy(stemmers[i].language, name, 3);
            stemmers[i].stemmer = sb_stemmer_new(name, "UTF_8");
        }
        if (strcmp(stemmers[i].language, name) == 0)
            return stemmers[i].stemmer;
    }
    return NULL;
}

static bool
words_is_letter(unsigned char c)
{
    return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Bytes of general punctuation (U+2000–U+206F) and the no-break space are borders; other non-ASCII bytes are letters. */
static size_t
words_border(const char *at, size_t left)
{
    if (left >= 3 && (unsigned char)at[0] == 0xE2 && ((unsigned char)at[1] == 0x80 || (unsigned char)at[1] == 0x81))
        return 3;
    if (left >= 2 && (unsigned char)at[0] == 0xC2 && (unsigned char)at[1] < 0xC0)
        return 2;
    return words_is_letter((unsigned char)at[0]) ? 0 : 1;
}

static enum err
words_fold(struct arena *arena, str text, str *out)
{
    void *piece = NULL;
    size_t len = text.len * 2 + 32;

    TRY(arena_take(arena, len, 1, &piece));
    if (text.len == 0 || u8_tolower((const uint8_t *)text.at, text.len, NULL, NULL, piece, &len) != piece)
        len = 0;
    *out = str_bytes(piece, len);
    return ERR_NONE;
}

static enum err
words_stem(struct arena *arena, struct words *words, str language)
{
    struct sb_stemmer *stemmer = words_stemmer(language);

    for (size_t i = 0; i < words->count; i++) {
        words->stem[i] = words->word[i];
        if (!stemmer)
            continue;
        const sb_symbol *stem = sb_stemmer_stem(stemmer, (const sb_symbol *)words->word[i].at, (int)words->word[i].len);
        if (stem)
            TRY(arena_take_str(arena, str_bytes(stem, (size_t)sb_stemmer_length(stemmer)), &words->stem[i]));
    }
    return ERR_NONE;
}

enum err
words_take(struct arena *arena, str text, str language, struct words *out)
{
    str folded;
    void *word = NULL, *stem = NULL, *joined = NULL;
    struct words words = {.count = 0};

    TRY(words_fold(arena, text, &folded));
    TRY(arena_take(arena, WORDS_MAX, sizeof(str), &word));
    TRY(arena_take(arena, WORDS_MAX, sizeof(str), &stem));
    TRY(arena_take(arena, folded.len + 3, 1, &joined));
    words.word = word;
    words.stem = stem;
    char *to = joined;
    size_t at = 0, used = 0;
    to[used++] = ' ';
    while (at < folded.len && words.count < WORDS_MAX) {
        size_t step = words_border(folded.at + at, folded.len - at);
        if (step > 0) {
            at += step;
            continue;
        }
        size_t from = used;
        while (at < folded.len && (step = words_border(folded.at + at, folded.len - at)) == 0)
            to[used++] = folded.at[at++];
        /* "what's" is one word, "whats". */
        if (at < folded.len && folded.at[at] == '\'' && at + 1 < folded.len && words_border(folded.at + at + 1, 1) == 0) {
            at++;
            while (at < folded.len && words_border(folded.at + at, folded.len - at) == 0)
                to[used++] = folded.at[at++];
        }
        words.word[words.count++] = str_bytes(to + from, used - from);
        to[used++] = ' ';
    }
    words.folded = str_bytes(to, used);
    TRY(words_stem(arena, &words, language));
    *out = words;
    return ERR_NONE;
}

bool
words_has(const struct words *words, str phrase)
{
    str rest = words->folded;
    size_t at;

    while ((at = str_find(rest, phrase)) != SIZE_MAX) {
        bool starts = at > 0 && rest.at[at - 1] == ' ';
        bool ends = at + phrase.len < rest.len && rest.at[at + phrase.len] == ' ';
        if (starts && ends)
            return true;
        rest = str_slice(rest, at + 1, rest.len);
    }
    return false;
}

bool
words_is_common(str word)
{
    static const char *const common[] = {"a",   "an",  "the", "of",  "to",  "in",  "on",  "and", "or",  "is",  "are", "be",  "it",
                                         "that", "this", "for", "with", "as", "at",  "by",  "do",  "i",   "my",  "der", "die", "das",
                                         "ein", "eine", "und", "ist", "zu",  "im",  "den", "ich", "mein", "meine", NULL};
    for (size_t i = 0; common[i]; i++)
        if (str_is(word, str_from(common[i])))
            return true;
    return false;
}
