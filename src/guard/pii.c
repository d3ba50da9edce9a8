/* The detector: gate, folding, words, extractors, settlement. The order of the extractors does not matter: what overlaps is settled by
 * score, length and kind alone, so the same text always gives the same spans. It keeps nothing. */
#include "guard/pii.h"

#include "base/alloc.h"
#include "guard/pii_private.h"

#include <string.h>

#define PII_FOUND_MAX ((size_t)4096)

void
pii_add(struct pii_scan *scan, size_t at, size_t end, unsigned type, unsigned score)
{
    if (at >= end || end > scan->fold.len || !pii_is_wanted(scan->input->types, type))
        return;
    /* Full: what is found from here on is covered by the last one, that grows over it. Rather too much than too little. */
    if (scan->found_count == scan->found_max) {
        struct pii_found *last = &scan->found[scan->found_max - 1];
        last->at = last->at < at ? last->at : (uint32_t)at;
        last->end = last->end > end ? last->end : (uint32_t)end;
        return;
    }
    scan->found[scan->found_count++] = (struct pii_found){(uint32_t)at, (uint32_t)end, (uint16_t)type, (uint8_t)score};
}

bool
pii_is_wanted(const uint8_t *types, unsigned type)
{
    return !types || (types[type / 8] >> type % 8 & 1);
}

void
pii_want(uint8_t *types, unsigned type)
{
    types[type / 8] = (uint8_t)(types[type / 8] | 1u << type % 8);
}

/* Shell's method: in place, without the heap that the C library's qsort may ask for. Gaps after Ciura 2001. */
static void
pii_sort(struct pii_found *found, size_t count, int (*order)(const struct pii_found *, const struct pii_found *))
{
    static const size_t gaps[] = {1750, 701, 301, 132, 57, 23, 10, 4, 1};

    for (size_t g = 0; g < sizeof gaps / sizeof *gaps; g++)
        for (size_t i = gaps[g]; i < count; i++) {
            struct pii_found moved = found[i];
            size_t k = i;
            for (; k >= gaps[g] && order(&found[k - gaps[g]], &moved) > 0; k -= gaps[g])
                found[k] = found[k - gaps[g]];
            found[k] = moved;
        }
}

/* Surer, then longer, then the kind that stands earlier in the table, then the place. */
static int
pii_order(const struct pii_found *x, const struct pii_found *y)
{
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->end - x->at != y->end - y->at)
        return x->end - x->at > y->end - y->at ? -1 : 1;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return (x->type > y->type) - (x->type < y->type);
}

static int
pii_place(const struct pii_found *x, const struct pii_found *y)
{
    return (x->at > y->at) - (x->at < y->at);
}

/* Keeps the best of what overlaps. A mark per folded byte makes that linear. */
static enum err
pii_settle(struct pii_scan *scan)
{
    void *piece = NULL;
    size_t kept = 0;

    TRY(arena_take(scan->arena, scan->fold.len + 1, 1, &piece));
    uint8_t *taken = piece;
    pii_sort(scan->found, scan->found_count, pii_order);
    for (size_t i = 0; i < scan->found_count; i++) {
        struct pii_found found = scan->found[i];
        if (found.score < PII_SCORE_MIN || taken[found.at] || taken[found.end - 1] ||
            memchr(taken + found.at, 1, found.end - found.at))
            continue;
        memset(taken + found.at, 1, found.end - found.at);
        scan->found[kept++] = found;
    }
    pii_sort(scan->found, kept, pii_place);
    scan->found_count = kept;
    return ERR_NONE;
}

/* Names and places keep their blanks; numbers and keys lose them. */
static enum err
pii_canonical(const struct pii_scan *scan, const struct pii_found *found, str *out)
{
    void *piece = NULL;
    size_t used = 0;
    bool words = found->type == PII_PERSON || found->type == PII_CITY || found->type == PII_STREET;
    bool exact = found->type == PII_PASSWORD || found->type == PII_API_KEY || found->type == PII_JWT || found->type == PII_URL ||
                 found->type == PII_URL_CREDENTIALS || found->type == PII_PRIVATE_KEY;

    TRY(arena_take(scan->arena, found->end - found->at + 1, 1, &piece));
    char *at = piece;
    for (size_t i = found->at; i < found->end; i++) {
        char c = scan->fold.at[i];
        bool mark = !pii_is_letter(c) && !pii_is_digit(c);
        bool kept = !mark || exact || (found->type == PII_EMAIL && c != ' ') || (words && c == ' ') || found->type == PII_USERNAME;
        if (kept)
            at[used++] = !exact && c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    *out = (str){at, used};
    return ERR_NONE;
}

static enum err
pii_write(struct pii_scan *scan, struct pii_spans *spans)
{
    void *piece = NULL;

    TRY(arena_take(scan->arena, scan->found_count + 1, sizeof(struct pii_span), &piece));
    spans->span = piece;
    for (size_t i = 0; i < scan->found_count; i++) {
        const struct pii_found *found = &scan->found[i];
        struct pii_span *span = &spans->span[i];
        *span = (struct pii_span){.type = found->type, .score = found->score};
        span->start = (uint32_t)fold_start(&scan->fold, found->at);
        span->end = (uint32_t)fold_end(&scan->fold, scan->input->text, found->end);
        TRY(pii_canonical(scan, found, &span->canonical));
    }
    spans->count = scan->found_count;
    return ERR_NONE;
}

static unsigned
pii_marks(str folded)
{
    static const uint8_t marks[256] = {[':'] = PII_MARK_COLON, ['-'] = PII_MARK_DASH, ['.'] = PII_MARK_DOT, ['%'] = PII_MARK_CODE, ['&'] = PII_MARK_CODE};
    unsigned found = 0;

    for (size_t i = 0; i < folded.len; i++)
        found |= marks[(unsigned char)folded.at[i]];
    return found;
}

/* What the words say; `only_names`: nothing but names and streets is looked for. */
static enum err
pii_extract(struct pii_scan *scan, bool only_names)
{
    scan->marks = pii_marks((str){scan->fold.at, scan->fold.len});
    TRY(pii_words_take(scan->pii, scan->arena, (str){scan->fold.at, scan->fold.len}, &scan->word, &scan->word_count));
    size_t capital = 0, letters = 0;
    scan->cues = 0;
    scan->has_digits = false;
    for (size_t i = 0; i < scan->word_count; i++) {
        scan->cues |= scan->word[i].cue;
        capital += scan->word[i].is_capital;
        letters += !scan->word[i].is_digits;
        scan->has_digits |= scan->word[i].is_digits;
    }
    scan->is_cased = capital > 0 && capital < letters;
    if (only_names) {
        pii_street_find(scan);
        return pii_name_find(scan);
    }
    pii_mail_find(scan);
    pii_net_find(scan);
    pii_token_find(scan);
    pii_digits_find(scan);
    pii_date_find(scan);
    pii_phrase_find(scan);
    pii_street_find(scan);
    pii_hint_find(scan);
    return pii_name_find(scan);
}

static bool
pii_is_words(unsigned type)
{
    return type == PII_PERSON || type == PII_CITY || type == PII_STREET || type == PII_POSTCODE;
}

/* What another reading shows is added where the plain one showed nothing as sure. Its places are those of the plain reading. */
static enum err
pii_extract_reading(struct pii_scan *scan, const struct fold *reading, bool is_words)
{
    struct pii_scan loose = *scan;
    size_t before = scan->found_count;

    loose.fold = *reading;
    TRY(pii_extract(&loose, is_words));
    scan->found_count = loose.found_count;
    for (size_t i = before; i < scan->found_count; i++) {
        struct pii_found *found = &scan->found[i];
        uint32_t last = loose.fold.origin[found->end - 1];
        found->at = loose.fold.origin[found->at];
        while (last + 1 < scan->fold.len && last + 1 < loose.fold.origin[found->end] &&
               (pii_is_alnum(scan->fold.at[last + 1]) && pii_is_alnum(scan->fold.at[last])))
            last++;
        found->end = last + 1;
        /* Names need no joining, and what is no word no parting; hints need neither. */
        bool is_name = found->type == PII_PERSON || found->type == PII_CITY, is_hint = found->type >= PII_HEALTH && found->type < PII_TYPE_OWN;
        if (is_words ? !pii_is_words(found->type) : is_name || is_hint)
            found->score = 0;
    }
    return ERR_NONE;
}

static enum err
pii_extract_loose(struct pii_scan *scan)
{
    struct fold reading;
    enum err err = pii_loose_take_words(scan, &reading);

    if (err == ERR_NONE)
        err = pii_extract_reading(scan, &reading, true);
    if (err != ERR_NONE && err != ERR_ABSENT)
        return err;
    err = pii_loose_take(scan, &reading);
    if (err == ERR_NONE)
        err = pii_extract_reading(scan, &reading, false);
    return err == ERR_ABSENT ? ERR_NONE : err;
}

/* A card number in pieces: the digits that ended the messages before, and those that begin this one. */
static void
pii_join_tail(struct pii_scan *scan)
{
    struct pii_tail *tail = scan->input->tail;
    char digits[PII_TAIL_MAX * 2];
    size_t len = tail->len, at = SIZE_MAX, end = 0;

    memcpy(digits, tail->digits, tail->len);
    for (size_t i = 0; i < scan->fold.len && len < sizeof digits; i++) {
        char c = scan->fold.at[i];
        if (pii_is_digit(c)) {
            at = at == SIZE_MAX ? i : at;
            end = i + 1;
            digits[len++] = c;
        } else if (c != ' ' && c != '-' && c != '.' && c != '/') {
            if (at != SIZE_MAX)
                break;
        }
    }
    for (size_t from = 0; tail->len > 0 && at != SIZE_MAX && from < tail->len; from++)
        if (pii_digits_is_card((str){digits + from, len - from})) {
            pii_add(scan, at, end, PII_CARD, 96);
            return;
        }
}

static void
pii_keep_tail(const struct pii_scan *scan)
{
    struct pii_tail *tail = scan->input->tail;
    char digits[PII_TAIL_MAX];
    size_t len = 0, letters = 0;

    for (size_t i = scan->fold.len; i-- > 0 && len < PII_TAIL_MAX && letters == 0;) {
        char c = scan->fold.at[i];
        letters += pii_is_letter(c);
        if (pii_is_digit(c))
            digits[PII_TAIL_MAX - ++len] = c;
    }
    if (len == 0) {
        /* A message between two pieces; after three the pieces are forgotten. */
        tail->age++;
        if (tail->age > 3)
            *tail = (struct pii_tail){.len = 0};
        return;
    }
    size_t keep = letters == 0 ? tail->len : 0;
    keep = keep + len > PII_TAIL_MAX ? PII_TAIL_MAX - len : keep;
    memmove(tail->digits, tail->digits + tail->len - keep, keep);
    memcpy(tail->digits + keep, digits + PII_TAIL_MAX - len, len);
    tail->len = (uint8_t)(keep + len);
    tail->age = 0;
}

static enum err
pii_asked(struct pii_scan *scan)
{
    struct fold fold;
    struct pii_word *word;
    size_t count;

    if (scan->input->asked.len == 0)
        return ERR_NONE;
    TRY(fold_take(scan->arena, scan->input->asked, &fold));
    TRY(pii_words_take(scan->pii, scan->arena, (str){fold.at, fold.len}, &word, &count));
    for (size_t i = 0; i < count; i++) {
        scan->asked |= word[i].cue;
        if (word[i].rows != 0 && scan->asked_row_count < sizeof scan->asked_rows / sizeof *scan->asked_rows)
            scan->asked_rows[scan->asked_row_count++] = word[i].rows;
    }
    return ERR_NONE;
}

enum err
pii_find(const struct pii *pii, struct arena *arena, const struct pii_input *input, struct pii_spans *out)
{
    struct pii_scan scan = {.pii = pii, .arena = arena, .input = input};
    struct pii_spans spans = {NULL, 0, false};
    void *piece = NULL;

    if (input->text.len > PII_TEXT_MAX)
        return err_raise(ERR_LIMIT, "pii: text too long");
    TRY(fold_take(arena, input->text, &scan.fold));
    spans.has_hidden = scan.fold.has_hidden;
    TRY(pii_asked(&scan));
    bool digits_open = input->tail && input->tail->len > 0;
    if ((scan.asked & CUES_NAMING) == 0 && !digits_open && !pii_gate_is_open(pii, (str){scan.fold.at, scan.fold.len})) {
        if (input->tail)
            pii_keep_tail(&scan);
        *out = spans;
        return ERR_NONE;
    }
    scan.found_max = input->text.len / 2 + 16 < PII_FOUND_MAX ? input->text.len / 2 + 16 : PII_FOUND_MAX;
    TRY(arena_take(arena, scan.found_max, sizeof(struct pii_found), &piece));
    scan.found = piece;
    TRY(pii_extract(&scan, false));
    TRY(pii_extract_loose(&scan));
    if (input->tail) {
        pii_join_tail(&scan);
        pii_keep_tail(&scan);
    }
    TRY(pii_settle(&scan));
    TRY(pii_write(&scan, &spans));
    *out = spans;
    return ERR_NONE;
}

enum err
pii_make(struct pii **out)
{
    void *piece = NULL;

    TRY(alloc_make(1, sizeof(struct pii), &piece));
    struct pii *pii = piece;
    enum err err = pii_make_tables(pii);
    if (err != ERR_NONE) {
        pii_free(&pii);
        return err;
    }
    *out = pii;
    return ERR_NONE;
}

void
pii_free(struct pii **pii)
{
    if (!*pii)
        return;
    alloc_free(&(*pii)->cue);
    alloc_free(&(*pii)->typo);
    alloc_free(&(*pii)->typo_filter);
    alloc_free(&(*pii)->cue_filter);
    alloc_free(&(*pii)->lists);
    alloc_free(&(*pii)->trigger);
    alloc_free(&(*pii)->name);
    alloc_free(&(*pii)->by_length_room);
    alloc_free(pii);
}
