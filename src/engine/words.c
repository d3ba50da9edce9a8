/* Words and stems, by libunistring and Snowball. Stemmers are made once per thread and language. It keeps no text once words_forget was
 * called. */
#include "engine/words.h"

#include "engine/utf8.h"

#include "base/alloc.h"

#include <libstemmer.h>
#include <string.h>
#include <uninorm.h>

#define WORDS_LANGUAGES 8

static _Thread_local struct {
    char language[3];
    struct sb_stemmer *stemmer;
} stemmers[WORDS_LANGUAGES];

static struct sb_stemmer *
words_stemmer(str language)
{
    char name[3] = {0};

    if (language.len < 2)
        return NULL;
    memcpy(name, language.at, 2);
    for (size_t i = 0; i < WORDS_LANGUAGES; i++) {
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
words_is_ascii(str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.at[i] >= 0x80)
            return false;
    return true;
}

/* NFKC: composed letters, and the plain form of wide, joined and raised ones. Text that grows beyond the room stays as it is. */
static enum err
words_normalise(struct arena *arena, str text, str *out)
{
    size_t len = text.len * 2 + 64;
    void *piece = NULL;

    *out = text;
    if (words_is_ascii(text))
        return ERR_NONE;
    TRY(arena_take(arena, len, 1, &piece));
    uint8_t *got = u8_normalize(UNINORM_NFKC, (const uint8_t *)text.at, text.len, piece, &len);
    if (got == piece)
        *out = str_bytes(piece, len);
    else if (got)
        alloc_free(&got);
    return ERR_NONE;
}

/* Without the marks over Latin letters (NFD, marks dropped); other scripts stay. Writes no more than word.len bytes. */
static size_t
words_strip(str word, char *to)
{
    size_t used = 0;

    for (size_t at = 0; at < word.len;) {
        size_t from = at;
        if ((unsigned char)word.at[at] < 0x80) {
            to[used++] = word.at[at++];
            continue;
        }
        uint32_t point = utf8_next(word, &at), base = utf8_base(point);
        if (base == point) {
            memcpy(to + used, word.at + from, at - from);
            used += at - from;
        } else {
            used += utf8_write(base, to + used);
        }
    }
    return used;
}

str
words_stem(str word, str language, char *at, size_t size_bytes)
{
    struct sb_stemmer *stemmer = words_stemmer(language);
    str stem = word;

    if (stemmer && word.len <= WORDS_LETTERS_MAX) {
        const sb_symbol *found = sb_stemmer_stem(stemmer, (const sb_symbol *)word.at, (int)word.len);
        if (found)
            stem = str_bytes(found, (size_t)sb_stemmer_length(stemmer));
    }
    stem = str_slice(stem, 0, size_bytes);
    return str_bytes(at, words_strip(stem, at));
}

str
words_stem_at(const struct words *words, size_t i, str language, char *at, size_t size_bytes)
{
    str word = words->word[i];
    /* French and Italian elide the article: l'article, dell'ordine. */
    bool splits = str_has_prefix(language, STR("fr")) || str_has_prefix(language, STR("it"));

    if (splits && word.len > words->elided[i] + 2u)
        word = str_slice(word, words->elided[i], word.len);
    return words_stem(word, language, at, size_bytes);
}

static enum err
words_finish(struct arena *arena, struct words *words, str language)
{
    char stem[WORDS_LETTERS_MAX * 2];
    void *piece = NULL;

    for (size_t i = 0; i < words->count; i++) {
        str word = words->word[i];
        words->bare[i] = word;
        if (!words_is_ascii(word)) {
            TRY(arena_take(arena, word.len + 2, 1, &piece));
            char *bare = piece;
            bare[0] = ' ';
            words->bare[i] = str_bytes(bare + 1, words_strip(word, bare + 1));
            bare[1 + words->bare[i].len] = ' ';
        }
        str found = words_stem_at(words, i, language, stem, sizeof stem);
        words->stem[i] = words->bare[i];
        if (!str_is(found, words->bare[i]))
            TRY(arena_take_str(arena, found, &words->stem[i]));
    }
    return ERR_NONE;
}

/* The word that begins at *at, folded, to the end of words->folded; false when none begins there. */
static bool
words_read(str text, size_t *at, char *to, size_t *used, uint8_t *elided)
{
    size_t from = *used, before = *at;
    uint32_t point = utf8_fold(utf8_next(text, at));

    if (!utf8_is_word(point))
        return false;
    *used += utf8_write(point, to + *used);
    if (utf8_is_single(point))
        return true;
    while (*at < text.len) {
        before = *at;
        point = utf8_fold(utf8_next(text, at));
        if (utf8_is_ignorable(point))
            continue;
        if (point == '\'' && *at < text.len) {
            size_t next = *at;
            point = utf8_fold(utf8_next(text, &next));
            if (utf8_is_word(point) && !utf8_is_single(point)) {
                *elided = *used - from < 16 ? (uint8_t)(*used - from) : 0;
                continue;
            }
        }
        if (!utf8_is_word(point) || utf8_is_single(point)) {
            *at = before;
            break;
        }
        *used += utf8_write(point, to + *used);
    }
    return *used > from;
}

static enum err
words_room(struct arena *arena, size_t bytes, struct words *words, char **folded)
{
    void *word = NULL, *bare = NULL, *stem = NULL, *joined = NULL, *elided = NULL, *text = NULL;
    size_t most = bytes / 2 + 2 < WORDS_MAX ? bytes / 2 + 2 : WORDS_MAX;

    TRY(arena_take(arena, most, sizeof(str), &word));
    TRY(arena_take(arena, most, sizeof(str), &bare));
    TRY(arena_take(arena, most, sizeof(str), &stem));
    TRY(arena_take(arena, most, sizeof(bool), &joined));
    TRY(arena_take(arena, most, 1, &elided));
    /* Folding may make a letter of two bytes one of three; each word brings a blank. */
    TRY(arena_take(arena, bytes + bytes / 2 + 2 * most + 8, 1, &text));
    *words = (struct words){.word = word, .bare = bare, .stem = stem, .is_joined = joined, .elided = elided};
    *folded = text;
    return ERR_NONE;
}

enum err
words_take(struct arena *arena, str text, str language, struct words *out)
{
    struct words words;
    char *to = NULL;
    str plain;
    size_t used = 0;
    bool is_single = false;

    TRY(words_normalise(arena, text, &plain));
    TRY(words_room(arena, plain.len * 2, &words, &to));
    to[used++] = ' ';
    for (size_t at = 0; at < plain.len && words.count < WORDS_MAX;) {
        size_t from = used;
        if (!words_read(plain, &at, to, &used, &words.elided[words.count])) {
            is_single = false;
            continue;
        }
        size_t first = from;
        bool single = utf8_is_single(utf8_next(str_bytes(to, used), &first));
        words.is_joined[words.count] = single && is_single;
        words.word[words.count++] = str_bytes(to + from, used - from);
        is_single = single;
        to[used++] = ' ';
    }
    words.folded = str_bytes(to, used);
    TRY(words_finish(arena, &words, language));
    *out = words;
    return ERR_NONE;
}

enum err
words_fold(struct arena *arena, str text, str *out)
{
    struct words words;

    TRY(words_take(arena, text, STR("xx"), &words));
    *out = str_trim(words.folded);
    return ERR_NONE;
}

void
words_forget(void)
{
    char nothing[WORDS_LETTERS_MAX];

    memset(nothing, 'x', sizeof nothing); /* as long as the longest word that was stemmed: it lies over whatever is left of one */
    for (size_t i = 0; i < WORDS_LANGUAGES; i++)
        if (stemmers[i].stemmer)
            (void)sb_stemmer_stem(stemmers[i].stemmer, (const sb_symbol *)nothing, sizeof nothing);
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

/* A minimal list: who, what, where carry the question. */
static const struct {
    const char *language, *words;
} words_common[] = {
    {"en", " a an the of to in on and or is are be it that this for with as at by do i my "},
    {"de", " der die das den dem des ein eine einen einem einer und oder ist sind zu zum zur im in am an auf von vom mit es ich mein meine "
           "meinen meiner sie "},
    {"fr", " le la les l un une des du de d et ou est sont à au aux en ce je mon ma mes il elle "},
    {"es", " el la los las un una unos unas de del y o e es son en a al con mi mis yo lo "},
    {"it", " il lo la i gli le un uno una di del della dei e o è sono in a al alla con mio mia io "},
    {"nl", " de het een en of is zijn te van in op aan met ik mijn dat dit "},
    {"pt", " o a os as um uma uns umas de do da dos das e ou é são em no na com meu minha eu "},
};

bool
words_is_common(str word, str language)
{
    char padded[16];
    size_t row = 0;

    if (word.len > 8) /* none is longer */
        return false;
    for (size_t i = 1; i < sizeof words_common / sizeof *words_common; i++)
        row = str_has_prefix(language, str_from(words_common[i].language)) ? i : row;
    padded[0] = padded[word.len + 1] = ' ';
    memcpy(padded + 1, word.at, word.len);
    return str_find(str_from(words_common[row].words), str_bytes(padded, word.len + 2)) != SIZE_MAX;
}
