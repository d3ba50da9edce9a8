/* Reads a text sentence by sentence: which values it names, and whether the words around one ask for it. Sentences are cut into clauses
 * by commas; a demand reaches the values of its own clause and of those behind it, a condition only its own. It knows no grammar, so
 * that it is the same rules in ten languages, and it errs to both sides: it is a net below the rules of a bot, not the rules. */
#include "guard/request.h"

#include "base/alloc.h"
#include "guard/fold.h"
#include "guard/number.h"
#include "guard/pii_private.h"

#include <string.h>

#define REQUEST_PLACES ((size_t)1 << 13)
#define REQUEST_WORDS 256 /* in a sentence; a longer one is cut */
#define REQUEST_NONE UINT16_MAX
#define REQUEST_CUE_BYTES 6 /* shorter names of national numbers are words of other languages */

struct request_entry {
    uint64_t hash;
    uint16_t forms, type;
    bool is_weak;
    uint8_t longest; /* words of the longest phrase that begins with this one */
};

struct request {
    struct request_entry entry[REQUEST_PLACES];
};

/* A word or phrase of a sentence. */
struct request_item {
    uint16_t forms, type;
    bool is_weak, is_known;
    uint16_t clause;
};

struct request_sentence {
    struct request_item item[REQUEST_WORDS];
    size_t count;
    bool is_question, is_label; /* ends with ? or, at the end of the text, with : */
};

struct request_scan {
    const struct request *request;
    str text; /* folded */
    size_t at;
    enum request_mode mode;
    uint8_t *types;
    bool has_asked; /* some sentence asks for something, whatever */
    struct request_sentence sentence;
};

/* How many bytes the letter or digit at i has; 0: none. Punctuation beyond ASCII (U+0080-00BF, U+2000-3FFF) is none. */
static size_t
request_letter(str s, size_t i)
{
    unsigned char c = (unsigned char)s.at[i];

    if (c < 0x80)
        return pii_is_alnum((char)c);
    if (c < 0xC3 || c == 0xE2 || c == 0xE3)
        return 0;
    size_t len = c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    return i + len <= s.len ? len : 0;
}

/* The next word from *at on; what stands before it into *mark: the strongest of blank, comma, sentence. */
static bool
request_word(str s, size_t *at, str *word, char *mark)
{
    size_t i = *at;

    *mark = ' ';
    for (; i < s.len && request_letter(s, i) == 0; i++) {
        char c = s.at[i];
        bool ends = c == '?' || c == '!' || c == '\n' || c == ';' || (c == '.' && (i + 1 == s.len || s.at[i + 1] == ' ' || s.at[i + 1] == '\n'));
        if (ends && *mark != '?')
            *mark = c == '?' ? '?' : '.';
        if (c == ':' && *mark == ' ')
            *mark = ':';
        if ((c == ',' || c == '(' || c == ')') && (*mark == ' ' || *mark == ':'))
            *mark = ',';
    }
    size_t from = i;
    for (size_t len = 1; len > 0 && i < s.len; i += len)
        len = request_letter(s, i);
    *at = i;
    *word = str_slice(s, from, i - from);
    return i > from;
}

static const struct request_entry *
request_entry_of(const struct request *request, uint64_t hash)
{
    for (size_t i = hash % REQUEST_PLACES; request->entry[i].hash != 0; i = (i + 1) % REQUEST_PLACES)
        if (request->entry[i].hash == hash)
            return &request->entry[i];
    return NULL;
}

static struct request_entry *
request_entry_add(struct request *request, uint64_t hash)
{
    size_t i = hash % REQUEST_PLACES;

    while (request->entry[i].hash != 0 && request->entry[i].hash != hash)
        i = (i + 1) % REQUEST_PLACES;
    if (request->entry[i].hash == 0)
        request->entry[i] = (struct request_entry){.hash = hash, .type = REQUEST_NONE};
    return &request->entry[i];
}

static void
request_add_phrase(struct request *request, str phrase, const struct request_row *row)
{
    char folded[96], mark;
    str s = {folded, fold_write(phrase, folded, sizeof folded)}, word;
    struct request_entry *first = NULL, *last = NULL;
    uint64_t hash = 0;
    size_t at = 0, words = 0;

    while (request_word(s, &at, &word, &mark)) {
        hash = words++ == 0 ? pii_words_hash(word) : pii_words_join(hash, pii_words_hash(word));
        last = request_entry_add(request, hash);
        first = first ? first : last;
    }
    if (!last)
        return;
    if (first->longest < words)
        first->longest = (uint8_t)words;
    last->forms |= row->forms;
    if (row->forms == 0 && (last->type == REQUEST_NONE || last->is_weak)) {
        last->type = row->type;
        last->is_weak = row->is_weak;
    }
}

static void
request_add(struct request *request, const struct request_row *row, size_t shortest)
{
    str rest = str_from(row->words), phrase;

    while (str_split(&rest, '|', &phrase))
        if (phrase.len >= shortest)
            request_add_phrase(request, phrase, row);
}

enum err
request_make(struct request **out)
{
    void *piece = NULL;

    TRY(alloc_make(1, sizeof(struct request), &piece));
    struct request *request = piece;
    for (size_t i = 0; i < request_table_count(); i++)
        request_add(request, request_table_get(i), 1);
    for (size_t i = 0; i < number_count(); i++) {
        const struct number_row *number = number_get(i);
        if (number->kind != NUMBER_COMPANY && number->cues)
            request_add(request, &(struct request_row){0, (uint16_t)(PII_TYPE_OWN + i), false, number->cues}, REQUEST_CUE_BYTES);
    }
    *out = request;
    return ERR_NONE;
}

void
request_free(struct request **request)
{
    if (*request)
        alloc_free(request);
}

/* The longest phrase at the word; where it ends into *at. */
static struct request_item
request_item_take(struct request_scan *scan, str word, size_t *at)
{
    uint64_t hash = pii_words_hash(word);
    const struct request_entry *entry = request_entry_of(scan->request, hash), *best = NULL;
    size_t longest = entry ? entry->longest : 0, next = *at;
    char mark;

    for (size_t n = 1; entry && n <= longest; n++) {
        if (entry->forms != 0 || entry->type != REQUEST_NONE) {
            best = entry;
            *at = next;
        }
        if (n == longest || !request_word(scan->text, &next, &word, &mark) || mark != ' ')
            break;
        hash = pii_words_join(hash, pii_words_hash(word));
        entry = request_entry_of(scan->request, hash);
    }
    return best ? (struct request_item){best->forms, best->type, best->is_weak, true, 0} : (struct request_item){0, REQUEST_NONE, false, false, 0};
}

/* The next sentence. False at the end of the text. */
static bool
request_read(struct request_scan *scan)
{
    struct request_sentence *sentence = &scan->sentence;
    size_t at = scan->at;
    uint16_t clause = 0;
    char mark = ' ';
    str word;

    sentence->count = 0;
    sentence->is_question = sentence->is_label = false;
    while (sentence->count < REQUEST_WORDS) {
        size_t before = at;
        bool more = request_word(scan->text, &at, &word, &mark);
        bool ends = mark == '?' || mark == '.' || !more;
        if (ends && sentence->count > 0) {
            sentence->is_question = mark == '?';
            sentence->is_label = mark == ':' && !more;
            at = more ? before : at;
            break;
        }
        if (!more)
            break;
        clause = (uint16_t)(clause + (mark == ',' && sentence->count > 0));
        sentence->item[sentence->count] = request_item_take(scan, word, &at);
        sentence->item[sentence->count++].clause = clause;
    }
    scan->at = at;
    return sentence->count > 0;
}

/* In clause `clause` (or, below, up to it) an item with one of the forms. */
static bool
request_has(const struct request_sentence *sentence, unsigned forms, size_t clause)
{
    for (size_t i = 0; i < sentence->count; i++)
        if (sentence->item[i].clause == clause && (sentence->item[i].forms & forms))
            return true;
    return false;
}

static bool
request_has_anywhere(const struct request_sentence *sentence, unsigned forms)
{
    for (size_t i = 0; i < sentence->count; i++)
        if (sentence->item[i].forms & forms)
            return true;
    return false;
}

/* The clause begins with "if" or its like, after "and" or "but" at most. */
static bool
request_is_condition(const struct request_sentence *sentence, size_t clause)
{
    size_t seen = 0;

    for (size_t i = 0; i < sentence->count && seen < 2; i++)
        if (sentence->item[i].clause == clause && seen++ < 2 && (sentence->item[i].forms & REQUEST_IF))
            return true;
    return false;
}

/* "You enter", "the code that we send": tells what somebody does. "Could you send me" asks all the same. */
static bool
request_is_telling(const struct request_sentence *sentence, size_t at)
{
    if (at == 0 || sentence->item[at - 1].clause != sentence->item[at].clause || !(sentence->item[at - 1].forms & REQUEST_WHO))
        return false;
    for (size_t i = 0; i + 1 < at; i++)
        if (sentence->item[i].clause == sentence->item[at].clause && (sentence->item[i].forms & REQUEST_COULD))
            return false;
    return true;
}

/* A demand in the value's clause, or in one before it. */
static bool
request_is_demanded(const struct request_sentence *sentence, size_t value)
{
    size_t clause = sentence->item[value].clause;
    bool elsewhere = request_has_anywhere(sentence, REQUEST_ELSE) && !request_has_anywhere(sentence, REQUEST_HERE);

    for (size_t i = 0; i < sentence->count && sentence->item[i].clause <= clause; i++)
        if ((sentence->item[i].forms & REQUEST_TELL) && !elsewhere && !request_is_telling(sentence, i) &&
            !request_is_condition(sentence, sentence->item[i].clause))
            return true;
    return false;
}

/* Items [from, to) may all stand between. */
static bool
request_is_filled(const struct request_sentence *sentence, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (!(sentence->item[i].forms & (REQUEST_FILL | REQUEST_YOUR | REQUEST_PLEASE | REQUEST_HERE)) || sentence->item[i].type != REQUEST_NONE)
            return false;
    return true;
}

static size_t
request_clause_end(const struct request_sentence *sentence, size_t at)
{
    size_t end = at;

    while (end < sentence->count && sentence->item[end].clause == sentence->item[at].clause)
        end++;
    return end;
}

/* "What is your" before it, at the beginning of the clause or before a question mark; or, in Turkish, "nedir" behind it. */
static bool
request_is_questioned(const struct request_sentence *sentence, size_t value)
{
    for (size_t i = 0; i < sentence->count; i++) {
        if (!(sentence->item[i].forms & REQUEST_WHAT) || sentence->item[i].clause != sentence->item[value].clause)
            continue;
        size_t start = i;
        while (start > 0 && sentence->item[start - 1].clause == sentence->item[i].clause)
            start--;
        bool yours = value > 0 && (sentence->item[value - 1].forms & REQUEST_YOUR);
        bool opens = request_is_filled(sentence, start, i) || (sentence->is_question && yours);
        bool closes = i + 1 == sentence->count || sentence->item[i + 1].clause != sentence->item[i].clause;
        if (i < value ? opens && request_is_filled(sentence, i + 1, value) : closes && request_is_filled(sentence, value + 1, i))
            return true;
    }
    return false;
}

/* "Your password, please?": nothing but the value is there. */
static bool
request_is_bare(const struct request_sentence *sentence, size_t value)
{
    return (sentence->is_question || sentence->is_label || request_has_anywhere(sentence, REQUEST_PLEASE)) &&
           request_is_filled(sentence, 0, value) && request_is_filled(sentence, value + 1, sentence->count);
}

static bool
request_is_asked(const struct request_scan *scan, size_t value)
{
    const struct request_sentence *sentence = &scan->sentence;
    const struct request_item *item = &sentence->item[value];
    bool yours = value > 0 && (sentence->item[value - 1].forms & REQUEST_YOUR);

    if (scan->mode == REQUEST_LABEL)
        return true;
    if (request_is_condition(sentence, item->clause) || request_has(sentence, REQUEST_NOT, item->clause) ||
        request_has_anywhere(sentence, REQUEST_PART))
        return false;
    /* "What is the name of the product?": of a weak name, nothing else may follow. */
    if (item->is_weak && !yours && !request_is_filled(sentence, value + 1, request_clause_end(sentence, value)))
        return false;
    if (request_is_questioned(sentence, value) || request_is_bare(sentence, value))
        return true;
    if (item->is_weak && !yours)
        return false;
    return request_is_demanded(sentence, value) || (scan->mode == REQUEST_PROMPT && sentence->is_question);
}

static void
request_judge(struct request_scan *scan)
{
    const struct request_sentence *sentence = &scan->sentence;

    scan->has_asked = scan->has_asked || sentence->is_question || request_has_anywhere(sentence, REQUEST_TELL | REQUEST_WHAT | REQUEST_PLEASE);
    for (size_t i = 0; i < sentence->count; i++)
        if (sentence->item[i].type != REQUEST_NONE && request_is_asked(scan, i))
            pii_want(scan->types, sentence->item[i].type);
}

enum err
request_find(const struct request *request, struct arena *arena, str text, enum request_mode mode, uint8_t *types)
{
    struct fold fold;
    struct request_scan scan = {.request = request, .mode = mode, .types = types};

    TRY(fold_take(arena, text, &fold));
    scan.text = (str){fold.at, fold.len};
    while (request_read(&scan))
        request_judge(&scan);
    if (mode != REQUEST_PROMPT || scan.has_asked)
        return ERR_NONE;
    /* A question without any form of one: what it names is what it wants. */
    scan.at = 0;
    while (request_read(&scan))
        for (size_t i = 0; i < scan.sentence.count; i++)
            if (scan.sentence.item[i].type != REQUEST_NONE && !scan.sentence.item[i].is_weak)
                pii_want(types, scan.sentence.item[i].type);
    return ERR_NONE;
}
