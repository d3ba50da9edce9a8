/* Streets with their numbers, boxes, and the postcodes and towns beside them, in the forms of the languages: "12 Main Street", "Hauptstr.
 * 12", "12 rue de la Paix", "Calle Mayor, 5", "Storgatan 5", "Bagdat Cad. No: 5". A street without a number is a place, not an address. */
#include "guard/pii_private.h"

#include <string.h>

#define STREET_WORDS 5

/* Words that end or forbid a street's name: "5 days on the road". */
static bool
street_is_stop(const struct pii_scan *scan, size_t i)
{
    static const char stops[] =
        " and or but for to in on at is are was were my your me i we you it they he she this that with from about by if not no can will would "
        "days day hours hour minutes minute min mins weeks week months month years year people persons times time items item pieces guests adults kids "
        "more less than am pm h hrs percent miles mile km kilometers blocks stars star und oder ich wir ist sind mit fur et ou je nous est sont avec pour "
        "y o yo es son con para e io con per en of ik we is zijn met voor i ja my jest sa dla eu e sao com para och jag vi ar med for ve ben ile icin "
        "songs song tracks track movies best good new next last please thanks merci bitte svp per each every tickets ticket seats seat ways things reasons ";
    return pii_words_is_in(scan, i, stops);
}

static bool
street_is_particle(const struct pii_scan *scan, size_t i)
{
    static const char particles[] = " de la le les du des l d del della dello delle dei degli di da do das dos van der den het het 't el los las y saint st ste "
                                    "sainte san santa santo general gen marechal president docteur dr sw sv swietego jana pawla ii al aux a zum zur am an im auf "
                                    "dem in old new north south east west upper lower ";
    return pii_words_is_in(scan, i, particles);
}

/* Only blanks, a comma or a full stop between words i and i + 1. */
static bool
street_is_near(const struct pii_scan *scan, size_t i)
{
    if (i + 1 >= scan->word_count)
        return false;
    size_t from = pii_word_end(scan, i), to = scan->word[i + 1].at;

    if (to - from > 3)
        return false;
    for (; from < to; from++)
        if (!strchr(" .,-'/:", scan->fold.at[from]))
            return false;
    return true;
}

static bool
street_is_house(const struct pii_scan *scan, size_t i)
{
    const struct pii_word *word = &scan->word[i];

    if (!word->is_digits || word->len > 5 || (word->is_glued && i > 0))
        return false;
    /* 1st, 2nd, 3rd */
    if (i + 1 < scan->word_count && scan->word[i + 1].is_glued && scan->word[i + 1].len == 2)
        return false;
    char before = word->at > 0 ? scan->fold.at[word->at - 1] : ' ', after = pii_byte(scan, pii_word_end(scan, i));
    return before != '$' && before != '.' && before != ':' && before != '#' && after != '%' && after != ':';
}

static bool
street_is_awaited(const struct pii_scan *scan)
{
    return ((scan->cues | scan->asked) & (CUE(STREET) | CUE(POSTCODE))) != 0;
}

/* SW1A 1AA, K1A 0B1, 1234 AB: postcodes with letters, by the shape of their words from i on. The last word, or SIZE_MAX. */
static size_t
street_postcode_end(const struct pii_scan *scan, size_t i)
{
    char shape[16];
    size_t used = 0, k = i;

    /* All begin with letters and a digit glued to them, or with four digits. */
    bool may = i + 1 < scan->word_count && (scan->word[i].is_digits ? scan->word[i].len == 4 : scan->word[i].len <= 2 && scan->word[i + 1].is_glued);
    if (!may)
        return SIZE_MAX;

    for (; k < scan->word_count && used < 7 && k < i + 6; k++) {
        size_t gap = k == i ? 0 : scan->word[k].at - pii_word_end(scan, k - 1);
        if (gap > 1 || (gap == 1 && scan->fold.at[scan->word[k].at - 1] != ' ') || scan->word[k].len > 4 ||
            (unsigned char)scan->fold.at[scan->word[k].at] >= 0x80)
            break;
        for (size_t n = 0; n < scan->word[k].len && used < 8; n++)
            shape[used++] = scan->word[k].is_digits ? '9' : 'A';
        shape[used] = 0;
        bool whole = k + 1 >= scan->word_count || !scan->word[k + 1].is_glued;
        static const char shapes[] = " A99AA A999AA AA99AA AA999AA A9A9AA AA9A9AA A9A9A9 9999AA ";
        char key[20] = " ";
        memcpy(key + 1, shape, used);
        key[used + 1] = ' ';
        if (used >= 5 && whole && strstr(shapes, key))
            return k;
    }
    return SIZE_MAX;
}

/* Behind a street: the postcode, the town, in either order, over at most eight words. */
static void
street_tail(struct pii_scan *scan, size_t next)
{
    size_t end = next + 8, town = SIZE_MAX;

    for (size_t i = next; i < scan->word_count && i < end && street_is_near(scan, i - 1); i++) {
        const struct pii_word *word = &scan->word[i];
        size_t last = street_postcode_end(scan, i);
        if (last != SIZE_MAX || (word->is_digits && word->len >= 4 && word->len <= 6)) {
            last = last == SIZE_MAX ? i : last;
            while (last + 1 < scan->word_count && last < i + 3 && scan->word[last + 1].is_digits && scan->word[last + 1].len >= 2 && scan->word[last + 1].len <= 4 &&
                   scan->word[last + 1].at - pii_word_end(scan, last) == 1)
                last++;
            pii_add(scan, word->at, pii_word_end(scan, last), PII_POSTCODE, 85);
            i = last;
        } else if (!word->is_digits && !street_is_stop(scan, i) && word->len > 2 && town == SIZE_MAX && (word->is_capital || i > next)) {
            size_t to = i;
            while (to + 1 < scan->word_count && to < i + 2 && scan->word[to + 1].is_capital && scan->word[to + 1].len > 2 &&
                   scan->word[to + 1].at - pii_word_end(scan, to) == 1)
                to++;
            town = i;
            pii_add(scan, word->at, pii_word_end(scan, to), PII_CITY, word->is_capital ? 75 : 60);
            i = to;
        } else if (street_is_stop(scan, i)) {
            break;
        }
    }
}

/* A capital letter, or in a text of one case the expectation of an address, makes a name of a word. */
static bool
street_is_name(const struct pii_scan *scan, size_t i)
{
    return scan->is_cased ? scan->word[i].is_capital : street_is_awaited(scan);
}

/* "…, Apt 4B": a unit behind the street belongs to it. Returns the word behind. */
static size_t
street_unit(const struct pii_scan *scan, size_t next)
{
    if (next + 1 < scan->word_count && street_is_near(scan, next - 1) && (scan->word[next].cue & CUE(UNIT)) &&
        street_is_near(scan, next) && (scan->word[next + 1].is_digits || scan->word[next + 1].len == 1)) {
        next += 2;
        if (next < scan->word_count && scan->word[next].is_glued && scan->word[next].len == 1)
            next++;
    }
    return next;
}

static void
street_add(struct pii_scan *scan, size_t first, size_t next, unsigned score)
{
    next = street_unit(scan, next);
    pii_add(scan, scan->word[first].at, pii_word_end(scan, next - 1), PII_STREET, score);
    if (score >= PII_SCORE_MIN)
        street_tail(scan, next);
}

/* A letter glued to the house number or standing behind it: 12a, 12 B. */
static size_t
street_house_end(const struct pii_scan *scan, size_t i)
{
    size_t next = i + 1;

    if (next < scan->word_count && !scan->word[next].is_digits && scan->word[next].len == 1 && scan->word[next].is_glued)
        next++;
    while (next < scan->word_count && next < i + 4 && scan->word[next].is_digits && scan->word[next].len <= 4 &&
           scan->word[next].at - pii_word_end(scan, next - 1) == 1 && strchr("-/", scan->fold.at[scan->word[next].at - 1]))
        next++;
    return next;
}

/* English: number, name, kind of way. */
static void
street_english(struct pii_scan *scan, size_t house)
{
    size_t i = street_house_end(scan, house), first_name = i, found = SIZE_MAX;
    bool strong = false, capital = true;

    for (; i < scan->word_count && i < first_name + STREET_WORDS && street_is_near(scan, i - 1); i++) {
        const struct pii_word *word = &scan->word[i];
        bool comma = memchr(scan->fold.at + pii_word_end(scan, i - 1), ',', word->at - pii_word_end(scan, i - 1)) != NULL;
        if ((comma && i > first_name) || word->is_break)
            break;
        if ((word->cue & CUE(WAY_AFTER)) && word->value != 2 && i > first_name) {
            /* "St" before a name is Saint; the last way counts. */
            found = i;
            strong = word->value == 1;
            continue;
        }
        if (found != SIZE_MAX || street_is_stop(scan, i) || (word->cue & (CUE(MONEY) | CUE(ORDER) | CUE(MONTH))) ||
            (word->is_digits && i > first_name && scan->word[i].len > 3))
            break;
        capital &= street_is_name(scan, i) || word->is_digits;
    }
    if (found == SIZE_MAX)
        return;
    bool name_capital = capital && (street_is_name(scan, found) || !scan->word[first_name].is_upper);
    unsigned score = strong ? (capital ? 90 : 80) : name_capital || street_is_awaited(scan) ? 74 : 40;
    size_t next = found + 1;
    static const char sides[] = " n s e w ne nw se sw north south east west ";
    next += next < scan->word_count && street_is_near(scan, found) && pii_words_is_in(scan, next, sides);
    street_add(scan, house, next, score);
}

/* Endings of compound names: German, Dutch, Swedish, Danish, Norwegian, Finnish, Hungarian. 1: needs a capital or an address near. */
static int
street_compound(str word)
{
    static const struct {
        const char *ending;
        int is_weak;
    } endings[] = {{"strasse", 0}, {"straße", 0}, {"str", 0}, {"gasse", 0}, {"platz", 1}, {"allee", 0}, {"weg", 1}, {"ufer", 1}, {"damm", 1}, {"ring", 1},
                   {"steig", 1}, {"stieg", 1}, {"chaussee", 0}, {"straat", 0}, {"laan", 0}, {"plein", 1}, {"gracht", 0}, {"kade", 1}, {"dijk", 1}, {"singel", 1},
                   {"hof", 1}, {"pad", 1}, {"plantsoen", 0}, {"kwartier", 1}, {"hoek", 1}, {"pass", 1}, {"boulevard", 0}, {"baan", 1}, {"acker", 1}, {"wiese", 1}, {"markt", 1}, {"gatan", 0}, {"vagen", 0}, {"grand", 1}, {"stigen", 1}, {"torget", 1}, {"gata", 0}, {"vej", 1},
                   {"gade", 1}, {"veien", 0}, {"katu", 0}, {"steenweg", 0}, {"dreef", 1}, {"park", 1}, {"berg", 1}, {"hang", 1}, {"garten", 1}, {"kamp", 1},
                   {"graben", 1}, {"pfad", 1}, {"winkel", 1}, {"backen", 1}, {"plan", 1}, {"leden", 1}};
    char lower[64];

    if (word.len < 5 || word.len > sizeof lower)
        return -1;
    for (size_t i = 0; i < word.len; i++)
        lower[i] = word.at[i] >= 'A' && word.at[i] <= 'Z' ? (char)(word.at[i] + 32) : word.at[i];
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t len = strlen(endings[i].ending);
        if (word.len >= len + 2 && memcmp(lower + word.len - len, endings[i].ending, len) == 0)
            return endings[i].is_weak;
    }
    return -1;
}

/* Words that are a way by themselves behind a name: "Berliner Platz 5", "Lange Straße 5". */
static bool
street_is_way_word(str word)
{
    static const char ways[] = " strasse str weg platz allee gasse ring damm ufer steig markt graben chaussee pfad laan straat plein gatan vagen ";
    char key[16] = " ";

    if (word.len > 12)
        return false;
    for (size_t k = 0; k < word.len; k++)
        key[k + 1] = (char)(word.at[k] | 32);
    key[word.len + 1] = ' ';
    return strstr(ways, key) != NULL;
}

/* "van", or "der", "den" and "de" with a "van" before: part of a Dutch name. */
static bool
street_is_van(const struct pii_scan *scan, size_t i)
{
    uint64_t van = pii_words_hash(STR("van")), hash = scan->word[i].hash;

    if (hash == van || (scan->is_cased && scan->word[i].is_capital && street_is_particle(scan, i)))
        return true;
    return i > 0 && scan->word[i - 1].hash == van && street_is_particle(scan, i);
}

static void
street_continental(struct pii_scan *scan, size_t i)
{
    size_t first = i, house = i + 1;

    if (house < scan->word_count && (scan->word[house].cue & CUE(NUMBER)))
        house++;
    if (house >= scan->word_count || !scan->word[house].is_digits || !street_is_house(scan, house) || scan->word[house].len > 4 ||
        !street_is_near(scan, i) || !street_is_near(scan, house - 1))
        return;
    int weak = street_compound(pii_word_str(scan, i));
    bool alone = street_is_way_word(pii_word_str(scan, i));
    if (weak < 0 && !alone)
        return;
    /* "Lange Straße 5", "Johann-Sebastian-Bach-Str. 5": capitals and dashes before belong to the name. */
    while (first > 0 && first + 4 > i && street_is_near(scan, first - 1) && !scan->word[first].is_break && !street_is_stop(scan, first - 1) &&
           !scan->word[first - 1].is_digits &&
           (street_is_van(scan, first - 1) || (scan->word[first].at - pii_word_end(scan, first - 1) == 1 && scan->fold.at[scan->word[first].at - 1] == '-') ||
            (scan->is_cased && scan->word[first - 1].is_capital && (scan->word[first - 1].cue & CUES_NAMING) == 0) || (alone && first == i)))
        first--;
    if (alone && first == i)
        return;
    bool sure = weak == 0 || alone;
    bool near_by = street_is_awaited(scan) || (scan->is_cased && scan->word[i].is_capital);
    bool month_or_money = house + 1 < scan->word_count && (scan->word[house + 1].cue & (CUE(MONEY) | CUE(MONTH)));
    street_add(scan, first, street_house_end(scan, house), sure ? 88 : near_by && !month_or_money ? 76 : 40);
}

/* Romance and Polish: kind of way, name, number behind; or French with the number before. */
static void
street_romance(struct pii_scan *scan, size_t way)
{
    size_t i = way + scan->word[way].phrase - (scan->word[way].phrase > 0) + 1, first = way, names = 0, next;
    bool has_dot = pii_byte(scan, pii_word_end(scan, way)) == '.' || pii_byte(scan, pii_word_end(scan, way)) == '/';
    bool is_short = scan->word[way].len <= 2;
    bool number_before = way > 0 && street_is_house(scan, way - 1) && street_is_near(scan, way - 1);

    if (way > 1 && !number_before && scan->word[way - 1].len <= 4 && !scan->word[way - 1].is_digits && street_is_house(scan, way - 2) &&
        (scan->word[way - 1].hash == pii_words_hash(STR("bis")) || scan->word[way - 1].hash == pii_words_hash(STR("ter")) ||
         (scan->word[way - 1].is_glued && scan->word[way - 1].len == 1))) {
        number_before = true;
        first--;
    }
    for (next = i; next < scan->word_count && next < i + STREET_WORDS + 1 && street_is_near(scan, next - 1); next++) {
        const struct pii_word *word = &scan->word[next];
        bool comma = memchr(scan->fold.at + pii_word_end(scan, next - 1), ',', word->at - pii_word_end(scan, next - 1)) != NULL;
        bool particle = street_is_particle(scan, next);
        if (word->is_digits || (word->is_break && !has_dot) || (comma && names > 0) || (!particle && (street_is_stop(scan, next) || names >= 3)))
            break;
        names += !particle;
        if (number_before && names >= 1 && !particle && next + 1 < scan->word_count && !scan->word[next + 1].is_capital && word->is_capital &&
            !street_is_particle(scan, next + 1)) {
            next++;
            break;
        }
    }
    if (names == 0)
        return;
    bool capital = street_is_name(scan, next - 1);
    size_t house = next;
    if (house < scan->word_count && (scan->word[house].cue & CUE(NUMBER)) && house + 1 < scan->word_count && scan->word[house + 1].is_digits)
        house++;
    bool number_after = house < scan->word_count && street_is_near(scan, house - 1) && street_is_house(scan, house) && scan->word[house].len <= 4;
    if (is_short && !has_dot && !(capital && (number_after || number_before)))
        return;
    if (number_after && !(number_before && capital))
        street_add(scan, way, street_house_end(scan, house), is_short && !has_dot ? 70 : 86);
    else if (number_before && !is_short)
        street_add(scan, first - 1, next, capital ? 86 : 80);
}

static void
street_turkish(struct pii_scan *scan, size_t way)
{
    size_t first = way, house = way + 1;

    while (first > 0 && way - first < 2 && street_is_near(scan, first - 1) && !scan->word[first].is_break && !street_is_stop(scan, first - 1) &&
           !(scan->word[first - 1].cue & CUES_NAMING))
        first--;
    while (house < scan->word_count && house < way + 3 && (scan->word[house].cue & (CUE(NUMBER) | CUE(UNIT))) && street_is_near(scan, house - 1))
        house++;
    if (first < way && house < scan->word_count && street_is_house(scan, house) && street_is_near(scan, house - 1))
        street_add(scan, first, street_house_end(scan, house), 84);
}

/* British, Canadian and Dutch postcodes stand out by themselves when written in capitals. */
static void
street_postcode(struct pii_scan *scan, size_t i)
{
    size_t last = street_postcode_end(scan, i);

    if (last == SIZE_MAX || (i > 0 && scan->word[i].is_glued))
        return;
    bool upper = true, gap = false;
    for (size_t k = i; k <= last; k++) {
        upper &= scan->word[k].is_digits || scan->word[k].is_upper;
        gap |= k > i && scan->word[k].at > pii_word_end(scan, k - 1);
    }
    bool dutch = scan->word[i].is_digits;
    if (street_is_awaited(scan))
        pii_add(scan, scan->word[i].at, pii_word_end(scan, last), PII_POSTCODE, 80);
    else if (upper && gap && !dutch)
        pii_add(scan, scan->word[i].at, pii_word_end(scan, last), PII_POSTCODE, 66);
}

/* Right behind "my address is", or asked for: a name and a number in either order, whatever the way is called. */
static void
street_announced(struct pii_scan *scan, size_t i)
{
    size_t house = i, names = 0, next;
    struct pii_near near;

    if (i > 0 && (scan->word[i - 1].is_digits || (scan->is_cased && scan->word[i].is_capital && scan->word[i - 1].is_capital)))
        return;
    pii_words_near(scan, i, i, &near);
    unsigned near_by = pii_words_announces(&near, CUE(STREET));
    if (near_by < 2 || (near_by == 3 && near.first_word + 6 < i))
        return;
    bool before = street_is_house(scan, i);
    next = before ? street_house_end(scan, i) : i;
    for (; next < scan->word_count && names < 4 && (next == i || street_is_near(scan, next - 1)); next++, names++) {
        const struct pii_word *word = &scan->word[next];
        bool comma = next > i && memchr(scan->fold.at + pii_word_end(scan, next - 1), ',', word->at - pii_word_end(scan, next - 1));
        if (word->is_digits || word->is_break || (comma && names > 0) || street_is_stop(scan, next) ||
            (!(scan->is_cased && word->is_capital) && !street_is_particle(scan, next) && (word->cue & CUES_NAMING)))
            break;
    }
    if (names == 0 || (next < i + 2 && before))
        return;
    house = next;
    bool capital = street_is_name(scan, next - 1);
    if (before)
        street_add(scan, i, next, capital ? 71 : 58);
    else if (house < scan->word_count && street_is_near(scan, house - 1) && street_is_house(scan, house) && scan->word[house].len <= 4 && street_is_name(scan, i))
        street_add(scan, i, street_house_end(scan, house), 71);
}

void
pii_street_find(struct pii_scan *scan)
{
    if (!scan->has_digits && ((scan->cues | scan->asked) & (CUE(STREET) | CUE(WAY_BEFORE) | CUE(WAY_AFTER))) == 0)
        return;
    for (size_t i = 0; i < scan->word_count; i++) {
        const struct pii_word *word = &scan->word[i];
        if (street_is_house(scan, i) && i + 2 < scan->word_count)
            street_english(scan, i);
        if (!word->is_digits)
            street_continental(scan, i);
        if (((scan->cues | scan->asked) & CUE(STREET)) && (street_is_name(scan, i) || street_is_house(scan, i)))
            street_announced(scan, i);
        if (word->cue & CUE(WAY_BEFORE))
            street_romance(scan, i);
        if ((word->cue & CUE(WAY_AFTER)) && word->value == 2)
            street_turkish(scan, i);
        if ((word->cue & CUE(BOX)) && i + word->phrase < scan->word_count && scan->word[i + word->phrase].is_digits &&
            street_is_near(scan, i + word->phrase - 1)) {
            bool strong = word->phrase > 1 || word->len > 3 || street_is_awaited(scan);
            pii_add(scan, word->at, pii_word_end(scan, i + word->phrase), PII_STREET,
                    word->hash == pii_words_hash(STR("box")) && !street_is_awaited(scan) ? 40 : strong ? 82 : 45);
        }
        if (word->len <= 4 && i + 1 < scan->word_count)
            street_postcode(scan, i);
    }
}
