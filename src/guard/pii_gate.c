/* The gate: one pass that lets ordinary lines go by. It opens for what can't be without a digit, an @, a long token, a name or a word
 * that announces a value; it may open for nothing, it never stays shut for something. */
#include "guard/pii_private.h"

#include <string.h>

#define GATE_DIGITS 4      /* fewer digits hold nothing that is not announced */
#define GATE_TOKEN_BYTES 20 /* longer runs may be a key */
#define GATE_SPOKEN 5        /* digits in words: four one one … */
#define GATE_SINGLES 6     /* letters or digits that stand alone: s p a c e d */

/* What a byte is, and what it is in lower case. */
enum gate_class { GATE_OTHER, GATE_LETTER, GATE_DIGIT, GATE_BLANK, GATE_OPEN };

#define GATE_1(c, k) [(c)] = {(k), (c)}
#define GATE_2(c, k) GATE_1(c, k), GATE_1((c) + 1, k)
#define GATE_8(c, k) GATE_2(c, k), GATE_2((c) + 2, k), GATE_2((c) + 4, k), GATE_2((c) + 6, k)
#define GATE_26(c, k) GATE_8(c, k), GATE_8((c) + 8, k), GATE_8((c) + 16, k), GATE_2((c) + 24, k)
#define GATE_32(c, k) GATE_8(c, k), GATE_8((c) + 8, k), GATE_8((c) + 16, k), GATE_8((c) + 24, k)
#define GATE_UPPER_2(c) [(c)] = {GATE_LETTER, (c) + 32}, [(c) + 1] = {GATE_LETTER, (c) + 33}
#define GATE_UPPER_8(c) GATE_UPPER_2(c), GATE_UPPER_2((c) + 2), GATE_UPPER_2((c) + 4), GATE_UPPER_2((c) + 6)

static const struct {
    uint8_t class, lower;
} gate_bytes[256] = {
    GATE_8('0', GATE_DIGIT), GATE_2('8', GATE_DIGIT), GATE_26('a', GATE_LETTER), GATE_UPPER_8('A'), GATE_UPPER_8('I'), GATE_UPPER_8('Q'), GATE_UPPER_2('Y'),
    GATE_32(0x80, GATE_LETTER), GATE_32(0xA0, GATE_LETTER), GATE_32(0xC0, GATE_LETTER), GATE_32(0xE0, GATE_LETTER),
    GATE_1(' ', GATE_BLANK), GATE_1('\t', GATE_BLANK), GATE_1('\n', GATE_BLANK), GATE_1('\r', GATE_BLANK), GATE_1('@', GATE_OPEN)};

static uint16_t
gate_mark(uint32_t hash, unsigned kind)
{
    return (uint16_t)((hash >> 19) << 3 | kind);
}

void
pii_gate_add(struct pii *pii, uint32_t hash, unsigned kind)
{
    uint16_t *bucket = pii->trigger + hash % (PII_TRIGGERS / 4) * 4;

    for (size_t i = 0; i < 4; i++)
        if (bucket[i] == 0 || (bucket[i] ^ gate_mark(hash, 0)) < 8) {
            bucket[i] = (uint16_t)(bucket[i] | gate_mark(hash, kind));
            return;
        }
    /* A full bucket opens for every word that falls into it. */
    bucket[3] = UINT16_MAX;
}

/* Four marks are looked at as one number: a lane whose upper 13 bits are the word's is its row. */
static unsigned
gate_kind(const struct pii *pii, uint64_t hash)
{
    uint32_t low = (uint32_t)hash;
    const uint16_t *bucket = pii->trigger + low % (PII_TRIGGERS / 4) * 4;
    uint64_t four, lanes = UINT64_C(0x0001000100010001), differ;

    memcpy(&four, bucket, sizeof four);
    differ = (four ^ gate_mark(low, 0) * lanes) & ~(7 * lanes);
    /* Is any lane zero? (Warren, Hacker's Delight, 6-1; it may see one too many, and the loop then finds none.) */
    if (((differ - lanes) & ~differ & (lanes << 15)) == 0)
        return bucket[3] == UINT16_MAX ? PII_TRIGGER_ALONE : 0;
    unsigned kind = bucket[3] == UINT16_MAX ? PII_TRIGGER_ALONE : 0;
    for (size_t i = 0; i < 4; i++)
        kind |= (bucket[i] ^ gate_mark(low, 0)) < 8 ? bucket[i] & 7u : 0;
    return kind;
}

/* What was seen of a text so far. */
struct gate_seen {
    unsigned digits, kinds, singles, spoken, colons;
    size_t token;
};

/* The word at i: where it ends; *is_open when it opens the gate by where it stands. */
static size_t
gate_word(const struct pii *pii, str folded, size_t i, struct gate_seen *seen, bool *is_open)
{
    const unsigned char *at = (const unsigned char *)folded.at;
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    size_t from = i, len;

    for (;;) {
        do
            hash = (hash ^ gate_bytes[at[i]].lower) * UINT64_C(0x100000001B3);
        while (++i < folded.len && gate_bytes[at[i]].class == GATE_LETTER);
        if (i + 1 >= folded.len || at[i] != '\'' || gate_bytes[at[i + 1]].class != GATE_LETTER)
            break;
        hash = (hash ^ '\'') * UINT64_C(0x100000001B3);
        i++;
    }
    len = i - from;
    seen->token += len;
    if (len == 1) {
        seen->singles++;
        return i;
    }
    unsigned kind = gate_kind(pii, hash ^ hash >> 29);
    seen->kinds |= kind;
    seen->spoken += (kind & PII_TRIGGER_SPOKEN) != 0;
    seen->singles = 0;
    /* A capital letter inside a sentence may begin a name. */
    *is_open = len > 2 && from >= 2 && at[from] >= 'A' && at[from] <= 'Z' && at[from - 1] == ' ' && pii_is_alnum(folded.at[from - 2]);
    return i;
}

/* The byte at i, which begins no word. */
static bool
gate_byte(str folded, size_t i, struct gate_seen *seen)
{
    unsigned char c = (unsigned char)folded.at[i];
    unsigned class = gate_bytes[c].class;

    seen->digits += class == GATE_DIGIT;
    seen->colons += c == ':';
    seen->singles += class == GATE_DIGIT;
    seen->token++;
    bool dotted = c == '.' && i >= 1 && i + 1 < folded.len && pii_is_letter(folded.at[i - 1]) && pii_is_letter(folded.at[i + 1]);
    return class == GATE_OPEN || dotted || (c == '/' && i >= 1 && folded.at[i - 1] == '/');
}

bool
pii_gate_is_open(const struct pii *pii, str folded)
{
    struct gate_seen seen = {0, 0, 0, 0, 0, 0};
    bool is_open = false;

    for (size_t i = 0; i < folded.len;) {
        unsigned class = gate_bytes[(unsigned char)folded.at[i]].class;
        if (class == GATE_BLANK) {
            seen.token = 0;
            i++;
            continue;
        }
        if (class == GATE_LETTER) {
            i = gate_word(pii, folded, i, &seen, &is_open);
        } else {
            is_open = gate_byte(folded, i, &seen);
            i++;
        }
        if (is_open || seen.token >= GATE_TOKEN_BYTES || seen.singles >= GATE_SINGLES || seen.spoken >= GATE_SPOKEN || (seen.kinds & PII_TRIGGER_ALONE))
            return true;
    }
    return seen.digits >= GATE_DIGITS || seen.colons >= 2 || (seen.digits > 0 && (seen.kinds & PII_TRIGGER_DIGIT));
}
