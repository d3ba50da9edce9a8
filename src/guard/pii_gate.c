/* The gate: one pass that lets ordinary lines go by. It opens for what can't be without a digit, an @, a long token, a name or a word
 * that announces a value; it may open for nothing, it never stays shut for something. */
#include "guard/pii_private.h"

#include <string.h>

#define GATE_DIGITS 4      /* fewer digits hold nothing that is not announced */
#define GATE_TOKEN_BYTES 20 /* longer runs may be a key */
#define GATE_SPOKEN 5        /* digits in words: four one one … */
#define GATE_SINGLES 6     /* letters or digits that stand alone: s p a c e d */

enum gate_class { GATE_OTHER, GATE_LETTER, GATE_DIGIT, GATE_BLANK, GATE_OPEN };

#define GATE_2(c, k) [(c)] = (k), [(c) + 1] = (k)
#define GATE_8(c, k) GATE_2(c, k), GATE_2((c) + 2, k), GATE_2((c) + 4, k), GATE_2((c) + 6, k)
#define GATE_26(c, k) GATE_8(c, k), GATE_8((c) + 8, k), GATE_8((c) + 16, k), GATE_2((c) + 24, k)
#define GATE_32(c, k) GATE_8(c, k), GATE_8((c) + 8, k), GATE_8((c) + 16, k), GATE_8((c) + 24, k)

static const unsigned char gate_classes[256] = {
    GATE_8('0', GATE_DIGIT), GATE_2('8', GATE_DIGIT), GATE_26('a', GATE_LETTER), GATE_26('A', GATE_LETTER),
    GATE_32(0x80, GATE_LETTER), GATE_32(0xA0, GATE_LETTER), GATE_32(0xC0, GATE_LETTER), GATE_32(0xE0, GATE_LETTER),
    [' '] = GATE_BLANK, ['\t'] = GATE_BLANK, ['\n'] = GATE_BLANK, ['\r'] = GATE_BLANK, ['@'] = GATE_OPEN};

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

static unsigned
gate_kind(const struct pii *pii, uint64_t hash)
{
    uint32_t low = (uint32_t)hash;
    const uint16_t *bucket = pii->trigger + low % (PII_TRIGGERS / 4) * 4;
    unsigned kind = bucket[3] == UINT16_MAX ? PII_TRIGGER_ALONE : 0;

    for (size_t i = 0; i < 4; i++)
        kind |= (bucket[i] ^ gate_mark(low, 0)) < 8 ? bucket[i] & 7u : 0;
    return kind;
}

bool
pii_gate_is_open(const struct pii *pii, str folded)
{
    unsigned digits = 0, kinds = 0, singles = 0, spoken = 0, colons = 0;
    size_t token = 0;

    for (size_t i = 0; i < folded.len;) {
        unsigned char c = (unsigned char)folded.at[i];
        unsigned class = gate_classes[c];
        if (class == GATE_LETTER) {
            uint64_t hash = UINT64_C(0xCBF29CE484222325);
            size_t from = i;
            bool capital = c >= 'A' && c <= 'Z';
            do {
                hash = (hash ^ (c >= 'A' && c <= 'Z' ? c + 32u : c)) * UINT64_C(0x100000001B3);
                c = ++i < folded.len ? (unsigned char)folded.at[i] : 0;
            } while (gate_classes[c] == GATE_LETTER || (c == '\'' && i + 1 < folded.len && pii_is_letter(folded.at[i + 1])));
            token += i - from;
            unsigned kind = i - from > 1 ? gate_kind(pii, hash ^ hash >> 29) : 0;
            kinds |= kind;
            spoken += (kind & PII_TRIGGER_SPOKEN) != 0;
            /* A capital letter inside a sentence may begin a name. */
            if (capital && i - from > 2 && from >= 2 && folded.at[from - 1] == ' ' && pii_is_alnum(folded.at[from - 2]))
                return true;
            singles = i - from == 1 ? singles + 1 : 0;
        } else {
            i++;
            digits += class == GATE_DIGIT;
            colons += c == ':';
            singles = class == GATE_DIGIT ? singles + 1 : singles;
            token = class == GATE_BLANK ? 0 : token + 1;
            bool dotted = c == '.' && i >= 2 && i < folded.len && pii_is_letter(folded.at[i - 2]) && pii_is_letter(folded.at[i]);
            if (class == GATE_OPEN || dotted || (c == '/' && i >= 2 && folded.at[i - 2] == '/'))
                return true;
        }
        if (token >= GATE_TOKEN_BYTES || singles >= GATE_SINGLES || spoken >= GATE_SPOKEN || (kinds & PII_TRIGGER_ALONE))
            return true;
    }
    return digits >= GATE_DIGITS || colons >= 2 || (digits > 0 && (kinds & PII_TRIGGER_DIGIT));
}
