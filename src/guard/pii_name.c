/* Names of persons, and towns that people say they live in: the tagger's opinion, and rules for what it can't know: what the bot asked,
 * "my name is", titles, greetings and closings. A famous name in a request ("play …") is not a visitor's. */
#include "guard/pii_private.h"

#include "guard/name_tagger.h"

#include <string.h>

/* How much the tagger leans to finding. Chosen on the tuning half of tests/guard. */
#define NAME_BIAS 24
#define NAME_BIAS_ASKED 90

struct name_scan {
    struct pii_scan *scan;
    const struct name_token *token;
    uint8_t *label;
    bool shaped; /* both cases are used: a capital letter says something */
};

static bool
name_is_particle(const struct pii_scan *scan, size_t i)
{
    static const char particles[] = " van de der den von da dos das do di del della le la du el al bin ibn ben y e zu af av ter ten te st san abu mac mc o ";
    char key[12] = " ";
    const struct pii_word *word = &scan->word[i];

    if (word->len > 6)
        return false;
    for (size_t k = 0; k < word->len; k++)
        key[k + 1] = (char)(scan->fold.at[word->at + k] | 32);
    key[word->len + 1] = ' ';
    return strstr(particles, key) != NULL;
}

static bool
name_is_gazetteer(const struct name_token *token)
{
    return NAME_FIRST_OF(token->class) > 0 || NAME_LAST_OF(token->class) > 0;
}

/* May word i be part of a name where one is expected? */
static bool
name_may_be(const struct name_scan *names, size_t i)
{
    const struct pii_word *word = &names->scan->word[i];
    unsigned class = names->token[i].class, common = NAME_COMMON_OF(class);
    bool capital = names->shaped && word->is_capital;
    uint64_t never = CUE(NOT) | CUE(BYE) | CUE(GREET) | CUE(PASSWORD) | CUE(PHONE) | CUE(MAIL) | CUE(ORDER) | CUE(CARD) | CUE(ID) | CUE(MONTH) | CUE(INTRO);

    if (word->is_digits || (i + 1 < names->scan->word_count && names->scan->word[i + 1].is_glued && names->scan->word[i + 1].is_digits) ||
        (word->cue & never))
        return false;
    if (capital)
        return common < 3 || name_is_gazetteer(&names->token[i]);
    if (word->len == 1)
        return false;
    if (common >= 2)
        return NAME_FIRST_OF(class) == 3 || (NAME_LAST_OF(class) == 3 && common < 3);
    return true;
}

/* Names from word i on, at most four with particles between. The word behind. */
static size_t
name_run(const struct name_scan *names, size_t i)
{
    const struct pii_scan *scan = names->scan;
    size_t next = i, count = 0;

    while (next < scan->word_count && count < 4) {
        if (next > i && (scan->word[next].at - pii_word_end(scan, next - 1) > 2 || scan->word[next].is_break ||
                         memchr(scan->fold.at + pii_word_end(scan, next - 1), ',', scan->word[next].at - pii_word_end(scan, next - 1))))
            break;
        /* "j. smith": an initial with its full stop. */
        bool initial = scan->word[next].len == 1 && !scan->word[next].is_digits && pii_byte(scan, pii_word_end(scan, next)) == '.';
        if (count > 0 && name_is_particle(scan, next) && next + 1 < scan->word_count && name_may_be(names, next + 1) && !scan->word[next + 1].is_break) {
            next++;
            continue;
        }
        if (!initial && !name_may_be(names, next))
            break;
        /* The second word of a lower-case text must look like a name or be unknown to everyone. */
        if (count > 0 && !initial && !(names->shaped && scan->word[next].is_capital) && names->shaped)
            break;
        if (count > 0 && !initial && !names->shaped && NAME_COMMON_OF(names->token[next].class) > 0 && NAME_LAST_OF(names->token[next].class) < 2 &&
            NAME_FIRST_OF(names->token[next].class) < 2)
            break;
        next++;
        count++;
    }
    return next;
}

static void
name_add(const struct name_scan *names, size_t first, size_t next, unsigned score)
{
    struct pii_scan *scan = names->scan;

    if (next <= first)
        return;
    size_t end = pii_word_end(scan, next - 1), len = scan->word[next - 1].len;
    /* "John's" without its 's. */
    if (len > 3 && scan->fold.at[end - 2] == '\'' && (scan->fold.at[end - 1] | 32) == 's')
        end -= 2;
    pii_add(scan, scan->word[first].at, end, PII_PERSON, score);
}

/* "my name is …", "name: …", and titles before names. */
static void
name_announced(const struct name_scan *names)
{
    const struct pii_scan *scan = names->scan;

    for (size_t i = 0; i < scan->word_count; i++) {
        uint64_t cue = scan->word[i].cue;
        size_t at = i + (scan->word[i].phrase > 0 ? scan->word[i].phrase : 1);
        if (at >= scan->word_count || scan->word[at].is_break || (cue & (CUE(INTRO) | CUE(NAME) | CUE(TITLE))) == 0)
            continue;
        const char *gap = scan->fold.at + pii_word_end(scan, at - 1);
        size_t gap_len = scan->word[at].at - pii_word_end(scan, at - 1);
        bool mark = memchr(gap, ':', gap_len) || memchr(gap, '=', gap_len);
        bool intro = (cue & CUE(INTRO)) && (cue & CUE(NAME));
        while ((cue & (CUE(NAME) | CUE(INTRO))) && at < scan->word_count && (scan->word[at].cue & (CUE(IS) | CUE(TITLE))) && !scan->word[at].is_break) {
            intro |= (cue & CUE(NAME)) != 0;
            at++;
        }
        if (at >= scan->word_count)
            continue;
        size_t next = name_run(names, at);
        bool known = name_is_gazetteer(&names->token[at]), capital = names->shaped && scan->word[at].is_capital;
        bool rare = NAME_COMMON_OF(names->token[at].class) == 0;
        if (cue & CUE(TITLE)) {
            bool dot = gap_len > 0 && gap[0] == '.';
            if ((known && rare) || capital || (dot && next > at))
                name_add(names, at, next, 80);
        } else if (mark && (cue & CUE(NAME))) {
            name_add(names, at, next, 86);
        } else if (intro) {
            name_add(names, at, next, known || capital ? 88 : rare && next > at + 1 ? 80 : rare ? 64 : 40);
        } else if ((cue & CUE(INTRO)) && known && rare && NAME_FIRST_OF(names->token[at].class) > 1) {
            name_add(names, at, next, 66);
        }
    }
}

/* "Hi John," at the beginning; "Regards, John Smith" at the end. */
static void
name_greeted(const struct name_scan *names)
{
    const struct pii_scan *scan = names->scan;

    for (size_t i = 0; i < scan->word_count; i++) {
        size_t at = i + (scan->word[i].phrase > 0 ? scan->word[i].phrase : 1);
        if (at >= scan->word_count || (scan->word[i].cue & (CUE(GREET) | CUE(BYE))) == 0)
            continue;
        size_t next = name_run(names, at);
        const struct name_token *token = &names->token[at];
        bool first = NAME_FIRST_OF(token->class) > 0 && NAME_COMMON_OF(token->class) == 0;
        bool capital = names->shaped && scan->word[at].is_capital;
        if ((scan->word[i].cue & CUE(GREET)) && first && scan->word[at].at - pii_word_end(scan, at - 1) <= 2)
            name_add(names, at, next, 68);
        /* A closing: what is left of the text is a name and nothing else. */
        if ((scan->word[i].cue & CUE(BYE)) && next == scan->word_count && next - at <= 3 &&
            (first || (name_is_gazetteer(token) && next - at >= 2) || (capital && name_is_gazetteer(token))))
            name_add(names, at, next, 82);
    }
}

/* The bot asked for a name: the answer less what leads in. */
static void
name_answered(const struct name_scan *names)
{
    const struct pii_scan *scan = names->scan;
    size_t at = 0;

    if ((scan->asked & CUE(NAME)) == 0 || scan->word_count == 0 || scan->word_count > 10)
        return;
    while (at < scan->word_count && (scan->word[at].cue & (CUE(INTRO) | CUE(NAME) | CUE(IS) | CUE(GREET) | CUE(TITLE))) &&
           !(NAME_FIRST_OF(names->token[at].class) == 3 && NAME_COMMON_OF(names->token[at].class) == 0))
        at += scan->word[at].phrase > 0 ? scan->word[at].phrase : 1;
    if (at >= scan->word_count)
        return;
    size_t next = name_run(names, at), rest = scan->word_count - next;
    bool known = name_is_gazetteer(&names->token[at]), rare = NAME_COMMON_OF(names->token[at].class) == 0;
    if (next > at && (rest <= 3 || known) && (known || rare))
        name_add(names, at, next, rest == 0 ? 86 : 74);
}

static void
name_tagged(const struct name_scan *names)
{
    struct pii_scan *scan = names->scan;

    for (size_t i = 0; i < scan->word_count; i++) {
        unsigned label = names->label[i];
        if (label != NAME_B_PER && label != NAME_B_LOC)
            continue;
        size_t next = i + 1;
        while (next < scan->word_count && names->label[next] == label + 1)
            next++;
        if (label == NAME_B_PER && !scan->word[i].is_digits)
            name_add(names, i, next, 62);
        struct pii_near near;
        if (label == NAME_B_LOC && ((scan->cues | scan->asked) & (CUE(CITY) | CUE(STREET)))) {
            pii_words_near(scan, i, next - 1, &near);
            if (pii_words_announces(&near, CUE(CITY) | CUE(STREET)) >= 2)
                pii_add(scan, scan->word[i].at, pii_word_end(scan, next - 1), PII_CITY, 66);
        }
        i = next - 1;
    }
}

/* "I live in Leeds": the word behind the cue is a place by the gazetteer. */
static void
name_lives(const struct name_scan *names)
{
    struct pii_scan *scan = names->scan;

    for (size_t i = 0; i < scan->word_count; i++) {
        if ((scan->word[i].cue & CUE(CITY)) == 0)
            continue;
        size_t at = i + (scan->word[i].phrase > 0 ? scan->word[i].phrase : 1);
        while (at < scan->word_count && (scan->word[at].cue & CUE(IS)))
            at++;
        if (at < scan->word_count && !scan->word[at].is_break && (names->token[at].class & NAME_PLACE) &&
            NAME_COMMON_OF(names->token[at].class) < 2)
            pii_add(scan, scan->word[at].at, pii_word_end(scan, at), PII_CITY, 64);
    }
}

/* Is there anything that could be a name? */
static bool
name_is_due(const struct name_scan *names)
{
    const struct pii_scan *scan = names->scan;

    if ((scan->cues | scan->asked) & (CUE(NAME) | CUE(INTRO) | CUE(TITLE) | CUE(CITY)))
        return true;
    for (size_t i = 0; i < scan->word_count; i++) {
        bool inside = names->shaped && i > 0 && scan->word[i].is_capital && scan->word[i].len > 1 && !scan->word[i].is_break;
        if (inside || (NAME_COMMON_OF(names->token[i].class) == 0 && name_is_gazetteer(&names->token[i])))
            return true;
    }
    return false;
}

enum err
pii_name_find(struct pii_scan *scan)
{
    struct name_scan names = {.scan = scan};
    struct name_token *token;
    void *piece = NULL;
    size_t capitals = 0;

    if (scan->word_count == 0 || (!pii_is_wanted(scan->input->types, PII_PERSON) && !pii_is_wanted(scan->input->types, PII_CITY)))
        return ERR_NONE;
    TRY(name_tagger_take(scan->pii, scan->arena, (str){scan->fold.at, scan->fold.len}, scan->word, scan->word_count, &token));
    names.token = token;
    for (size_t i = 0; i < scan->word_count; i++)
        capitals += scan->word[i].is_capital;
    names.shaped = capitals > 0 && capitals < scan->word_count;
    if (!name_is_due(&names))
        return ERR_NONE;
    TRY(arena_take(scan->arena, scan->word_count + 1, 1, &piece));
    names.label = piece;
    TRY(name_tagger_run(name_tagger_model(), scan->arena, token, scan->word_count, scan->asked & CUE(NAME) ? NAME_BIAS_ASKED : NAME_BIAS,
                        names.label));
    name_tagged(&names);
    name_announced(&names);
    name_greeted(&names);
    name_answered(&names);
    name_lives(&names);
    return ERR_NONE;
}
