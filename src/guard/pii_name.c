/* Names of persons, and towns that people say they live in: the tagger's opinion, and rules for what it can't know: what the bot asked,
 * "my name is", titles, greetings and closings. A famous name in a request ("play …") is not a visitor's. */
#include "guard/pii_private.h"

#include "guard/name_tagger.h"

#include <string.h>

/* How much the tagger leans to finding. Chosen on the tuning half of tests/guard. */
#define NAME_BIAS 0
/* In a text of one case a name must be likelier: nothing but the words tell. */
#define NAME_BIAS_PLAIN (-200)
#define NAME_BIAS_MEDIA (-700)
#define NAME_BIAS_ASKED 40
#define NAME_BESIDE 2 /* words beside a possible name that may belong to it */

/* Words of a request for music, films, books or news, or of an order to an assistant: who is named there is famous, or a contact. */
static const char name_media[] = " play add playlist song songs album albums track tracks tune artist singer band music movie movies film films book books novel watch "
                                 "listen rate star stars show shows series saga video game wrote directed starring author actor actress podcast radio lyrics concert "
                                 "spotify netflix youtube soundtrack trailer painting picture biography president who old born movie's theatre theatres cinema "
                                 "calendar meeting remind reminder alarm location text weather restaurant restaurants reservation table book flight flights hotel "
                                 "traffic news email timezone time directions recipe ";
/* Of these words alone: who is named beside them is in a library, and no visitor. */
static const char name_fame[] = " played playing plays movie movies film films song songs album albums lyrics book books novel novels author actor actress artist singer band "
                                "famous president historical history biography series shuffle song's movie's dead born starring stars starred directed wrote written sang "
                                "soundtrack playlist concert comedian comedy cartoon character ballad wikipedia google ";
/* English puts names and words into one heap (Will, May, Mark), and is what assistants are ordered in. */
static const char name_english[] = " the my is you what me for with your can please i it to of and tell text spell call send locate what where when who how does this that have would could should there they want need make look "
                                   "remove start stop show find change ";

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
    return pii_words_is_in(scan, i, particles);
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
    uint64_t never = CUE(NOT) | CUE(BYE) | CUE(GREET) | CUE(PASSWORD) | CUE(PHONE) | CUE(MAIL) | CUE(ORDER) | CUE(CARD) | CUE(ID) | CUE(INTRO);

    if (names->token[i].shape == 1 || (word->cue & never))
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
        size_t main = next;
        while (count > 0 && main < next + 3 && main + 1 < scan->word_count && name_is_particle(scan, main) && !scan->word[main + 1].is_break)
            main++;
        if (main > next && name_may_be(names, main)) {
            next = main;
            continue;
        }
        if (!initial && !name_may_be(names, next))
            break;
        /* The second word of a lower-case text must look like a name or be unknown to everyone. */
        if (count > 0 && !initial && !(names->shaped && scan->word[next].is_capital) && names->shaped)
            break;
        if (count > 0 && !initial && !names->shaped && NAME_COMMON_OF(names->token[next].class) > 1 && NAME_LAST_OF(names->token[next].class) < 2 &&
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

/* "your name", "votre nom": the bot's. */
static bool
name_is_bots(const struct pii_scan *scan, size_t i)
{
    static const char yours[] = " your ur ton votre dein deinen ihr ihren tu su tuo suo jouw je twoje seu teu ditt din senin ";
    return i > 0 && pii_words_is_in(scan, i - 1, yours);
}

/* "my name is …", "name: …", and titles before names. */
static void
name_announced(const struct name_scan *names)
{
    const struct pii_scan *scan = names->scan;

    for (size_t i = 0; i < scan->word_count; i++) {
        uint64_t cue = scan->word[i].cue;
        size_t at = i + (scan->word[i].phrase > 0 ? scan->word[i].phrase : 1);
        if (at >= scan->word_count || scan->word[at].is_break || (cue & (CUE(INTRO) | CUE(NAME) | CUE(TITLE))) == 0 ||
            name_is_bots(scan, i))
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
        bool rare = NAME_IS_RARE(names->token[at].class);
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
        bool first = NAME_FIRST_OF(token->class) > 0 && NAME_IS_RARE(token->class);
        bool capital = names->shaped && scan->word[at].is_capital;
        if ((scan->word[i].cue & CUE(GREET)) && first && scan->word[at].at - pii_word_end(scan, at - 1) <= 2)
            name_add(names, at, next, 68);
        /* A closing: what is left of the text is a name and nothing else. */
        bool formal = scan->word[i].value == 0, two = next - at >= 2;
        if ((scan->word[i].cue & CUE(BYE)) && next == scan->word_count && next > at && next - at <= 4 &&
            (first || ((name_is_gazetteer(token) || formal) && two) || (capital && (formal || name_is_gazetteer(token))) ||
             (formal && NAME_COMMON_OF(token->class) == 0)))
            name_add(names, at, next, 82);
    }
}

/* "Tony White here", at the beginning. */
static void
name_here(const struct name_scan *names)
{
    static const char here[] = " here speaking hier ici aqui qui ";
    const struct pii_scan *scan = names->scan;
    size_t at = scan->word_count > 0 && (scan->word[0].cue & CUE(GREET)) ? scan->word[0].phrase : 0;

    if (at >= scan->word_count)
        return;
    size_t next = name_run(names, at);
    if (next == at || next >= scan->word_count)
        return;
    if (pii_words_is_in(scan, next, here) && name_is_gazetteer(&names->token[at]) && (NAME_IS_RARE(names->token[at].class) || next - at >= 2))
        name_add(names, at, next, 76);
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
           !(NAME_FIRST_OF(names->token[at].class) == 3 && NAME_IS_RARE(names->token[at].class)))
        at += scan->word[at].phrase > 0 ? scan->word[at].phrase : 1;
    if (at >= scan->word_count)
        return;
    size_t next = name_run(names, at), rest = scan->word_count - next;
    bool known = name_is_gazetteer(&names->token[at]), rare = NAME_IS_RARE(names->token[at].class);
    if (next > at && (rest <= 3 || known) && (known || rare))
        name_add(names, at, next, rest == 0 ? 86 : 74);
}

/* "in adelaide", "from jackson, mississippi": a town that could be a name. */
static bool
name_is_town(const struct name_scan *names, size_t first, size_t next)
{
    static const char before[] = " in near from to at nach aus bei en dans vers desde hacia da naar uit w z em till fran ";
    const struct pii_scan *scan = names->scan;

    /* "San Francisco", "New York": the first word begins a place and no name. */
    static const char saints[] = " san santa saint st los las new fort port sao rio ";
    bool begins = (names->token[first].class & NAME_PLACE_BEGINS) && NAME_FIRST_OF(names->token[first].class) < 2;
    if (begins || pii_words_is_in(scan, first, saints) || (first > 0 && pii_words_is_in(scan, first - 1, saints)))
        return true;
    if (first == 0 || !pii_words_is_in(scan, first - 1, before))
        return false;
    for (size_t i = first; i < next; i++)
        if (names->token[i].class & (NAME_PLACE | NAME_PLACE_BEGINS))
            return true;
    return false;
}

/* Can the tagger be right? One of the words must be a name that is no everyday word, or look like one. */
static bool
name_is_likely(const struct name_scan *names, size_t first, size_t next)
{
    const struct pii_scan *scan = names->scan;
    bool likely = false;
    str word = pii_word_str(scan, first);

    /* "Kaart 4111 …": a word before a number is a label, unless it is known for a name. */
    if (next < scan->word_count && names->token[next].shape == 1 && names->token[next].gap < 2 && !name_is_gazetteer(&names->token[first]))
        return false;
    if (str_is_nocase(word, STR("alexa")) || str_is_nocase(word, STR("siri")) || str_is_nocase(word, STR("cortana")))
        return false;
    for (size_t i = first; i < next; i++) {
        unsigned class = names->token[i].class;
        bool capital = names->shaped && scan->word[i].is_capital;
        if (names->token[i].shape == 1 || (scan->word[i].cue & CUE(MONTH)) || ((scan->word[i].cue & CUES_NAMING) && NAME_FIRST_OF(class) < 3))
            return false;
        /* A capital letter at the beginning of a sentence, or an acronym, tells nothing. */
        capital &= i > 0 && !scan->word[i].is_break && !(scan->word[i].is_upper && scan->word[i].len < 5);
        likely |= scan->word[i].len > 1 && NAME_COMMON_OF(class) < (capital ? 3u : 2u) && (capital || name_is_gazetteer(&names->token[i]));
        likely |= NAME_FIRST_OF(class) == 3 && NAME_COMMON_OF(class) < 3;
    }
    return likely;
}

/* Where the tagger's name ends: before a comma, an everyday word, an "i'm". */
static size_t
name_trim(const struct name_scan *names, size_t first, size_t next)
{
    const struct pii_scan *scan = names->scan;

    for (size_t i = first + 1; i < next; i++) {
        unsigned class = names->token[i].class;
        bool everyday = NAME_COMMON_OF(class) == 3 && NAME_FIRST_OF(class) < 3 && !names->shaped && !name_is_particle(scan, i);
        if (names->token[i].gap == 2 || (scan->word[i].cue & CUE(INTRO)) || everyday ||
            (NAME_COMMON_OF(class) >= 2 && NAME_FIRST_OF(class) < 3 && NAME_LAST_OF(class) < 3 && !name_is_particle(scan, i)))
            return i;
    }
    return next;
}

/* In a text with both cases, capital letters go on with a name: "Nila Göckeritz" of which one half is known. */
static size_t
name_extend(const struct name_scan *names, size_t next)
{
    const struct pii_scan *scan = names->scan;

    for (size_t more = 0; names->shaped && more < 3 && next < scan->word_count; more++) {
        size_t main = next;
        while (main < next + 3 && main + 1 < scan->word_count && name_is_particle(scan, main) && !scan->word[main].is_capital)
            main++;
        const struct pii_word *word = &scan->word[main];
        bool joined = names->token[main].gap == 1 || (names->token[main].gap == 4 && scan->fold.at[word->at - 1] == '-');
        if (!joined || names->token[next].gap == 3 || !word->is_capital || word->len < 2 || names->token[main].shape != 3 ||
            (word->cue & CUES_NAMING) || NAME_COMMON_OF(names->token[main].class) > 2)
            break;
        next = main + 1;
    }
    return next;
}

static bool
name_has_any(const struct name_scan *names, enum pii_set set)
{
    for (size_t i = 0; i < names->scan->word_count; i++)
        if (pii_words_is_in_set(names->scan, i, set))
            return true;
    return false;
}

/* A shop's or a place's name more often than a person: "denny's", "carl's cabin", "the ben franklin bridge". */
static bool
name_is_shop(const struct name_scan *names, size_t first, size_t next)
{
    static const char places[] = " bridge street avenue square airport university hospital park stadium museum garden gardens grill steakhouse restaurant account express turnpike ";
    str word = pii_word_str(names->scan, first);

    if (!names->shaped && next < names->scan->word_count && pii_words_is_in(names->scan, next, places))
        return true;
    return next == first + 1 && word.len > 3 && word.at[word.len - 2] == '\'' && !(names->shaped && names->scan->word[first].is_capital);
}

/* In a text of one case surnames go on with a name, and an unknown word that ends the sentence. */
static size_t
name_extend_plain(const struct name_scan *names, size_t first, size_t next)
{
    const struct pii_scan *scan = names->scan;

    while (!names->shaped && next < scan->word_count && next < first + 3 && names->token[next].gap == 1 && names->token[next].shape != 1 &&
           NAME_FIRST_OF(names->token[first].class) > 1 && !(scan->word[next].cue & (CUES_NAMING | CUE(INTRO) | CUE(IS)))) {
        bool last = next + 1 == scan->word_count || names->token[next + 1].gap == 2 || names->token[next + 1].gap == 3;
        bool known = NAME_LAST_OF(names->token[next].class) > 0 && NAME_COMMON_OF(names->token[next].class) < 2;
        if (!known && !(last && names->token[next].class == 0))
            break;
        next++;
    }
    return next;
}

/* In a text of one case: a given name and a surname side by side, neither of them an everyday word; or a given name that is nothing
 * else. */
static void
name_pairs(const struct name_scan *names)
{
    const struct pii_scan *scan = names->scan;

    if (names->shaped)
        return;
    for (size_t i = 0; i < scan->word_count; i++) {
        unsigned class = names->token[i].class;
        bool only = NAME_FIRST_OF(class) == 3 && NAME_COMMON_OF(class) == 0 && !(class & (NAME_PLACE | NAME_PLACE_BEGINS)) && names->token[i].shape != 1;
        if (only && scan->word[i].len > 3 && (scan->word[i].cue & (CUES_NAMING | CUE(MONTH))) == 0 && !name_is_shop(names, i, i + 1) &&
            !name_has_any(names, PII_SET_ENGLISH))
            name_add(names, i, name_extend_plain(names, i, i + 1), 56);
    }
    for (size_t i = 0; i + 1 < scan->word_count; i++) {
        const struct name_token *first = &names->token[i], *last = &names->token[i + 1];
        if (NAME_FIRST_OF(first->class) < 2 || !NAME_IS_RARE(first->class) || last->gap != 1 || NAME_COMMON_OF(last->class) > 0 ||
            NAME_LAST_OF(last->class) < 1 || first->shape == 1 || last->shape == 1 || ((scan->word[i].cue | scan->word[i + 1].cue) & CUES_NAMING) ||
            name_is_town(names, i, i + 2) || name_is_shop(names, i, i + 2))
            continue;
        if (name_has_any(names, PII_SET_MEDIA))
            return;
        size_t next = i + 2;
        while (next < scan->word_count && next < i + 4 && names->token[next].gap == 1 && NAME_LAST_OF(names->token[next].class) > 0 &&
               NAME_COMMON_OF(names->token[next].class) == 0)
            next++;
        name_add(names, i, next, 58);
    }
}

/* In a text with both cases: a given name with a capital letter, and what goes on with capitals behind it. */
static void
name_cased(const struct name_scan *names)
{
    const struct pii_scan *scan = names->scan;

    for (size_t i = 0; names->shaped && i < scan->word_count; i++) {
        unsigned class = names->token[i].class, first = NAME_FIRST_OF(class);
        if (names->token[i].shape != 3 || scan->word[i].len < 2 || (scan->word[i].cue & (CUES_NAMING | CUE(MONTH) | CUE(TITLE) | CUE(GREET) | CUE(BYE))))
            continue;
        size_t next = name_extend(names, i + 1);
        bool starts = i == 0 || scan->word[i].is_break, two = next > i + 1, town = name_is_town(names, i, next);
        bool known = first > 0 && NAME_IS_RARE(class), rare = NAME_COMMON_OF(class) == 0, place = class & (NAME_PLACE | NAME_PLACE_BEGINS);
        unsigned end = names->token[next - 1].class;
        bool surname = two && NAME_COMMON_OF(end) == 0 && !place && !starts && rare;
        /* Both words unknown to every list: a name sooner than anything else, but not a sure one. */
        if (!town && ((known && two) || (known && !starts && (first == 3 || !place)) || (surname && NAME_LAST_OF(end) > 0)))
            name_add(names, i, next, 60);
        else if (!town && surname && !(end & (NAME_PLACE | NAME_PLACE_BEGINS)))
            name_add(names, i, next, 52);
        i = next - 1;
    }
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
        /* "what zelda" begins with an everyday word. */
        if (label == NAME_B_PER && !names->shaped && next > i + 1 && NAME_COMMON_OF(names->token[i].class) == 3 && NAME_FIRST_OF(names->token[i].class) < 3)
            i++;
        size_t stop = name_trim(names, i, next);
        /* A surname alone in a text of one case is a wheel, a scale, a bridge; a given name alone, in English, tells nobody who it is. */
        bool alone = !names->shaped && stop == i + 1 && (NAME_FIRST_OF(names->token[i].class) < 2 || name_has_any(names, PII_SET_ENGLISH)) &&
                     !(i > 0 && (scan->word[i - 1].cue & (CUE(NAME) | CUE(TITLE) | CUE(INTRO)))) && !(scan->asked & CUE(NAME));
        bool famous = !names->shaped && name_has_any(names, PII_SET_FAME) && name_has_any(names, PII_SET_ENGLISH);
        if ((alone || famous) && label == NAME_B_PER) {
            i = next - 1;
            continue;
        }
        if (label == NAME_B_PER && name_is_likely(names, i, stop) && !name_is_town(names, i, stop) && !name_is_shop(names, i, stop))
            name_add(names, i, name_extend_plain(names, i, name_extend(names, stop)), 62);
        struct pii_near near;
        bool place = names->token[i].class & (NAME_PLACE | NAME_PLACE_BEGINS) || (names->shaped && scan->word[i].is_capital);
        if (label == NAME_B_LOC && place && scan->word[i].len > 2 && NAME_COMMON_OF(names->token[i].class) < 2 && ((scan->cues | scan->asked) & (CUE(CITY) | CUE(STREET)))) {
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

/* Could word i be a name? */
static bool
name_is_possible(const struct name_scan *names, size_t i)
{
    const struct pii_word *word = &names->scan->word[i];
    bool inside = names->shaped && i > 0 && word->is_capital && word->len > 1 && !word->is_break;
    return inside || (NAME_IS_RARE(names->token[i].class) && name_is_gazetteer(&names->token[i]));
}

/* Puts down which words the tagger is asked about: those that could be names or places, and who stands near them. How many. */
static size_t
name_ask(const struct name_scan *names)
{
    size_t count = names->scan->word_count, asked = 0;

    for (size_t i = 0; i < count; i++) {
        bool place = (names->token[i].class & (NAME_PLACE | NAME_PLACE_BEGINS)) && NAME_COMMON_OF(names->token[i].class) < 2;
        bool possible = name_is_possible(names, i);
        asked += possible;
        for (size_t k = i > NAME_BESIDE ? i - NAME_BESIDE : 0; (possible || place) && k <= i + NAME_BESIDE && k < count; k++)
            names->label[k] = 1;
    }
    return asked;
}

/* The tagger's labels; all NAME_O when there is no word that could be a name. */
static enum err
name_tag(const struct name_scan *names)
{
    const struct pii_scan *scan = names->scan;
    int bias = scan->asked & CUE(NAME) ? NAME_BIAS_ASKED : names->shaped ? NAME_BIAS : NAME_BIAS_PLAIN;

    if (name_ask(names) == 0) {
        memset(names->label, NAME_O, scan->word_count);
        return ERR_NONE;
    }
    TRY(name_tagger_run(name_tagger_model(), scan->arena, names->token, scan->word_count, bias, names->label));
    /* In a request the tagger is asked again, more strictly. */
    if (bias == NAME_BIAS_PLAIN && memchr(names->label, NAME_B_PER, scan->word_count) && name_has_any(names, PII_SET_MEDIA)) {
        (void)name_ask(names);
        TRY(name_tagger_run(name_tagger_model(), scan->arena, names->token, scan->word_count, NAME_BIAS_MEDIA, names->label));
    }
    return ERR_NONE;
}

void
pii_name_load(struct pii *pii)
{
    pii_words_set_add(pii, name_media, PII_SET_MEDIA);
    pii_words_set_add(pii, name_english, PII_SET_ENGLISH);
    pii_words_set_add(pii, name_fame, PII_SET_FAME);
}

enum err
pii_name_find(struct pii_scan *scan)
{
    struct name_scan names = {.scan = scan};
    struct name_token *token;
    void *piece = NULL;

    if (scan->word_count == 0 || (!pii_is_wanted(scan->input->types, PII_PERSON) && !pii_is_wanted(scan->input->types, PII_CITY)))
        return ERR_NONE;
    TRY(name_tagger_take(scan->pii, scan->arena, (str){scan->fold.at, scan->fold.len}, scan->word, scan->word_count, &token));
    names.token = token;
    for (size_t i = 0; i < scan->word_count; i++)
        names.shaped |= token[i].shape > 1;
    bool due = false;
    for (size_t i = 0; i < scan->word_count && !due; i++)
        due = name_is_possible(&names, i);
    if (!due && !((scan->cues | scan->asked) & (CUE(NAME) | CUE(INTRO) | CUE(TITLE) | CUE(CITY) | CUE(BYE))))
        return ERR_NONE;
    TRY(arena_take(scan->arena, scan->word_count + 1, 1, &piece));
    names.label = piece;
    TRY(name_tag(&names));
    name_tagged(&names);
    name_cased(&names);
    name_pairs(&names);
    name_announced(&names);
    name_greeted(&names);
    name_here(&names);
    name_answered(&names);
    name_lives(&names);
    return ERR_NONE;
}
